//! The network against a server that counts.

use std::io;
use std::time::Instant;

use super::*;

/// Answers each request with how many it has seen; the count is the server's memory.
async fn counting_server() -> (SocketAddr, watch::Receiver<usize>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (count, counted) = watch::channel(0);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let count = count.clone();
            tokio::spawn(async move {
                let mut conversation = Conversation::default();
                let mut buffer = [0; 1024];
                while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                    for step in conversation.feed(&buffer[..read]) {
                        let Step::End(_) = step else { continue };
                        count.send_modify(|count| *count += 1);
                        let body = count.borrow().to_string();
                        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                        let _ = stream.write_all(answer.as_bytes()).await;
                    }
                }
            });
        }
    });
    (address, counted)
}

async fn call(network: &Network) -> io::Result<TcpStream> {
    TcpStream::connect(network.address).await
}

async fn ask(stream: &mut TcpStream, path: &str) -> io::Result<String> {
    stream.write_all(format!("POST {path} HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi").as_bytes()).await?;
    let mut buffer = [0; 1024];
    let read = stream.read(&mut buffer).await?;
    Ok(String::from_utf8_lossy(&buffer[..read]).into_owned())
}

fn is_reset<T: std::fmt::Debug>(outcome: io::Result<T>) -> bool {
    let kinds = [io::ErrorKind::ConnectionReset, io::ErrorKind::BrokenPipe];
    outcome.is_err_and(|error| kinds.contains(&error.kind()))
}

#[tokio::test]
async fn an_open_network_carries_requests_and_remembers_them() {
    let network = Network::start(counting_server().await.0).await.unwrap();
    let mut stream = call(&network).await.unwrap();
    assert!(ask(&mut stream, "/a").await.unwrap().ends_with('1'));
    assert!(ask(&mut stream, "/b").await.unwrap().ends_with('2'));
    let requests = network.requested("POST", 2).await.unwrap();
    assert_eq!(requests[1].line, "POST /b HTTP/1.1");
    assert_eq!(requests[1].body, b"hi");
}

#[tokio::test]
async fn a_cut_resets_the_old_and_the_new_and_heals() {
    let network = Network::start(counting_server().await.0).await.unwrap();
    let mut old = call(&network).await.unwrap();
    ask(&mut old, "/").await.unwrap();
    network.cut();
    assert!(is_reset(old.read(&mut [0; 8]).await));
    let mut new = call(&network).await.unwrap();
    assert!(is_reset(ask(&mut new, "/").await));
    network.restore();
    assert!(ask(&mut call(&network).await.unwrap(), "/").await.unwrap().ends_with('2'));
}

#[tokio::test]
async fn a_silent_network_answers_only_when_the_silence_ends() {
    let (server, counted) = counting_server().await;
    let network = Network::start(server).await.unwrap();
    network.set(Mode::Silent);
    let mut stream = call(&network).await.unwrap();
    let no_answer = timeout(Duration::from_millis(200), ask(&mut stream, "/")).await;
    assert!(no_answer.is_err());
    assert_eq!(*counted.borrow(), 0);
    network.restore();
    let mut buffer = [0; 1024];
    let read = stream.read(&mut buffer).await.unwrap();
    assert!(buffer[..read].ends_with(b"1"));
}

#[tokio::test]
async fn a_slow_network_takes_its_time_each_way() {
    let network = Network::start(counting_server().await.0).await.unwrap();
    network.set(Mode::Delayed(Duration::from_millis(80)));
    let started = Instant::now();
    ask(&mut call(&network).await.unwrap(), "/").await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(160));
}

#[tokio::test]
async fn an_answer_is_lost_after_the_server_gave_it() {
    let (server, counted) = counting_server().await;
    let network = Network::start(server).await.unwrap();
    network.lose_answers("POST /api/commands", 2);
    for _ in 0..2 {
        assert!(is_reset(ask(&mut call(&network).await.unwrap(), "/api/commands").await));
    }
    network.lost_answers(2).await.unwrap();
    assert_eq!(*counted.borrow(), 2);
    let mut stream = call(&network).await.unwrap();
    assert!(ask(&mut stream, "/api/commands").await.unwrap().ends_with('3'));
}

#[tokio::test]
async fn an_answer_that_was_to_be_lost_is_lost_too_when_who_asked_has_gone_before_it() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let network = Network::start(listener.local_addr().unwrap()).await.unwrap();
    network.lose_answers("POST /api/commands", 1);
    let mut phone = call(&network).await.unwrap();
    phone.write_all(b"POST /api/commands HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi").await.unwrap();
    network.requested("POST", 1).await.unwrap();
    drop(phone);
    let (mut server, _) = listener.accept().await.unwrap();
    let mut asked = Vec::new();
    let hung_up = timeout(Duration::from_millis(200), server.read_to_end(&mut asked)).await;
    assert!(hung_up.is_err() && asked.ends_with(b"hi"), "the server is heard out");
    server.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    network.lost_answers(1).await.unwrap();
}

#[tokio::test]
async fn a_duplicate_reaches_the_server_and_only_one_answer_comes_back() {
    let (server, mut counted) = counting_server().await;
    let network = Network::start(server).await.unwrap();
    network.duplicate("POST /api/commands", 1);
    let mut stream = call(&network).await.unwrap();
    let first = ask(&mut stream, "/api/commands").await.unwrap();
    assert!(first.ends_with('1') || first.ends_with('2'), "{first}");
    network.duplicates(1).await.unwrap();
    counted.wait_for(|count| *count == 2).await.unwrap();
    assert!(ask(&mut stream, "/api/commands").await.unwrap().ends_with('3'), "one was asked for, and one was made");
    assert_eq!(network.requests("POST").len(), 2, "what the browser sent");
    let late = network.repeat(&network.requests("POST")[0]).await.unwrap();
    assert!(late.starts_with("HTTP/1.1 200") && late.ends_with('4'), "{late}");
    assert_eq!(network.faults(), (0, 1));
}

#[tokio::test]
async fn rough_weather_doubles_what_loses_its_answer_too() {
    let (server, mut counted) = counting_server().await;
    let network = Network::start(server).await.unwrap();
    network.rough_weather();
    network.lose_answers("POST /api/commands", 1);
    assert!(is_reset(ask(&mut call(&network).await.unwrap(), "/api/commands").await));
    counted.wait_for(|count| *count == 2).await.unwrap();
    network.duplicates(1).await.unwrap();
    assert_eq!(network.faults(), (1, 1));
}

#[tokio::test]
async fn a_captive_network_resets_what_is_open_and_answers_by_itself() {
    let (server, counted) = counting_server().await;
    let network = Network::start(server).await.unwrap();
    let mut open = call(&network).await.unwrap();
    assert!(ask(&mut open, "/api/commands").await.unwrap().ends_with('1'));
    network.is_captive();
    assert!(is_reset(ask(&mut open, "/api/commands").await));
    let answer = ask(&mut call(&network).await.unwrap(), "/api/commands").await.unwrap();
    assert!(answer.contains("hotel"), "{answer}");
    assert_eq!(*counted.borrow(), 1);
}

#[tokio::test]
async fn a_refused_request_never_reaches_the_server() {
    let (server, counted) = counting_server().await;
    let network = Network::start(server).await.unwrap();
    network.refuse(".wasm", 1);
    network.answer_not_found(".css", 1);
    assert!(is_reset(ask(&mut call(&network).await.unwrap(), "/app.wasm").await));
    assert!(ask(&mut call(&network).await.unwrap(), "/app.css").await.unwrap().starts_with("HTTP/1.1 404"));
    assert_eq!(*counted.borrow(), 0);
    assert!(network.requests("POST").is_empty());
}

#[tokio::test]
async fn a_server_that_is_gone_looks_like_a_reset() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let network = Network::start(listener.local_addr().unwrap()).await.unwrap();
    drop(listener);
    assert!(is_reset(ask(&mut call(&network).await.unwrap(), "/").await));
}
