//! The network between one browser and the server: a TCP proxy with a switch.
//!
//! The browser knows only the proxy's address, so its network fails alone. WebSockets pass through as plain bytes.
//! Faults count requests, not connections: browsers send several requests over one connection, and on one that was
//! used before they quietly repeat a request whose answer never came.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::request::{Conversation, Request, Step};
use crate::wait::PATIENCE;

/// What the network does with whoever wants to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything passes at once.
    Open,
    /// Connections are reset, and so are new ones.
    Cut,
    /// Connections are accepted and nothing comes back: a captive network. What was sent into the silence arrives
    /// when it ends, however late, as TCP would have it.
    Silent,
    /// Everything takes this much longer, each way.
    Delayed(Duration),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The server gets the request and answers; the answer is lost and the connection reset.
    LoseAnswer,
    /// The connection is reset before the server sees the request.
    Refuse,
    /// A 404 comes back, and the server never sees the request.
    NotFound,
}

struct Rule {
    line_holds: String,
    fault: Fault,
    times: usize,
}

struct Shared {
    target: SocketAddr,
    mode: watch::Sender<Mode>,
    rules: Mutex<Vec<Rule>>,
    requests: watch::Sender<Vec<Request>>,
    answers_lost: watch::Sender<usize>,
}

/// One browser's way to the server.
pub struct Network {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: JoinHandle<()>,
}

impl Network {
    /// A network that is open, on a free port of the loopback interface.
    pub async fn start(target: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            target,
            mode: watch::channel(Mode::Open).0,
            rules: Mutex::default(),
            requests: watch::channel(Vec::new()).0,
            answers_lost: watch::channel(0).0,
        });
        let acceptor = tokio::spawn(accept(listener, shared.clone()));
        Ok(Self { address, shared, acceptor })
    }

    /// What the browser is told to be the server: `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Turns the switch, for connections that exist as well as for new ones.
    pub fn set(&self, mode: Mode) {
        self.shared.mode.send_replace(mode);
    }

    /// Resets every connection and every new one.
    pub fn cut(&self) {
        self.set(Mode::Cut);
    }

    /// Lets everything pass again, at once.
    pub fn restore(&self) {
        self.set(Mode::Open);
    }

    /// Loses the answers to the next `times` requests whose request line holds `line_holds`; the server has given them.
    pub fn lose_answers(&self, line_holds: &str, times: usize) {
        self.add(Fault::LoseAnswer, line_holds, times);
    }

    /// Resets the connection at the next `times` requests whose request line holds `line_holds`.
    pub fn refuse(&self, line_holds: &str, times: usize) {
        self.add(Fault::Refuse, line_holds, times);
    }

    /// Answers the next `times` requests whose request line holds `line_holds` with 404.
    pub fn answer_not_found(&self, line_holds: &str, times: usize) {
        self.add(Fault::NotFound, line_holds, times);
    }

    /// Forgets every fault that was asked for.
    pub fn heal(&self) {
        self.rules().clear();
    }

    /// The requests that reached the server so far and whose request line holds `line_holds`.
    pub fn requests(&self, line_holds: &str) -> Vec<Request> {
        self.shared.requests.borrow().iter().filter(|request| request.line.contains(line_holds)).cloned().collect()
    }

    /// Waits until at least `count` requests whose request line holds `line_holds` have reached the server.
    pub async fn requested(&self, line_holds: &str, count: usize) -> Result<Vec<Request>> {
        let enough = |all: &Vec<Request>| all.iter().filter(|one| one.line.contains(line_holds)).count() >= count;
        let mut requests = self.shared.requests.subscribe();
        if timeout(PATIENCE, requests.wait_for(enough)).await.is_err() {
            let seen = self.requests(line_holds).len();
            bail!("waited {PATIENCE:?} for {count} requests like {line_holds:?}, saw {seen}");
        }
        Ok(self.requests(line_holds))
    }

    /// Waits until `count` answers in all have been lost.
    pub async fn lost_answers(&self, count: usize) -> Result<()> {
        let mut lost = self.shared.answers_lost.subscribe();
        if timeout(PATIENCE, lost.wait_for(|lost| *lost >= count)).await.is_err() {
            bail!("waited {PATIENCE:?} for {count} lost answers, there were {}", *self.shared.answers_lost.borrow());
        }
        Ok(())
    }

    fn add(&self, fault: Fault, line_holds: &str, times: usize) {
        self.rules().push(Rule { line_holds: line_holds.into(), fault, times });
    }

    fn rules(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.shared.rules.lock().expect("nobody panics while holding the rules")
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.acceptor.abort();
        self.cut();
    }
}

impl Shared {
    fn fault_for(&self, request: &Request) -> Option<Fault> {
        let mut rules = self.rules.lock().expect("nobody panics while holding the rules");
        let rule = rules.iter_mut().find(|rule| rule.times > 0 && request.line.contains(&rule.line_holds))?;
        rule.times -= 1;
        Some(rule.fault)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(carry(client, shared.clone()));
    }
}

/// How a connection ends.
enum End {
    Closed,
    Reset,
    NotFound,
}

async fn carry(mut client: TcpStream, shared: Arc<Shared>) {
    let mut mode = shared.mode.subscribe();
    let end = {
        let cut = async {
            let _ = mode.wait_for(|mode| *mode == Mode::Cut).await;
            End::Reset
        };
        tokio::select! {
            biased;
            end = cut => end,
            end = connect_and_pump(&mut client, &shared) => end,
        }
    };
    match end {
        End::Closed => {}
        End::Reset => reset(&client),
        End::NotFound => {
            let answer = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            let _ = client.write_all(answer).await;
            let _ = client.shutdown().await;
        }
    }
}

async fn connect_and_pump(client: &mut TcpStream, shared: &Shared) -> End {
    hold(shared).await;
    let Ok(mut server) = TcpStream::connect(shared.target).await else { return End::Reset };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let answer_is_lost = AtomicBool::new(false);
    let end = tokio::select! {
        end = pump_requests(from_client, to_server, shared, &answer_is_lost) => end,
        end = pump_answers(from_server, to_client, shared, &answer_is_lost) => end,
    };
    if matches!(end, End::Reset) {
        reset(&server);
    }
    end
}

async fn pump_requests(mut from: ReadHalf<'_>, mut to: WriteHalf<'_>, shared: &Shared, lose: &AtomicBool) -> End {
    let mut conversation = Conversation::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let Ok(read @ 1..) = from.read(&mut buffer).await else { return End::Closed };
        hold(shared).await;
        for step in conversation.feed(&buffer[..read]) {
            match step {
                Step::Begin(request) => match shared.fault_for(&request) {
                    None => {}
                    Some(Fault::LoseAnswer) => lose.store(true, Ordering::Relaxed),
                    Some(Fault::Refuse) => return End::Reset,
                    Some(Fault::NotFound) => return End::NotFound,
                },
                Step::Pass(bytes) => {
                    if to.write_all(&bytes).await.is_err() {
                        return End::Reset;
                    }
                }
                Step::End(request) => shared.requests.send_modify(|requests| requests.push(request)),
            }
        }
    }
}

async fn pump_answers(mut from: ReadHalf<'_>, mut to: WriteHalf<'_>, shared: &Shared, lose: &AtomicBool) -> End {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match from.read(&mut buffer).await {
            Ok(0) => return End::Closed,
            Ok(read) => read,
            Err(_) => return End::Reset,
        };
        if lose.load(Ordering::Relaxed) {
            shared.answers_lost.send_modify(|lost| *lost += 1);
            return End::Reset;
        }
        hold(shared).await;
        if to.write_all(&buffer[..read]).await.is_err() {
            return End::Closed;
        }
    }
}

/// Holds what is about to pass for as long as the network says: through a silence, or for its delay.
async fn hold(shared: &Shared) {
    let mut mode = shared.mode.subscribe();
    let now = mode.wait_for(|mode| *mode != Mode::Silent).await.map(|mode| *mode);
    if let Ok(Mode::Delayed(delay)) = now {
        sleep(delay).await;
    }
}

/// The connection's end will be a reset, not a farewell.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

#[cfg(test)]
mod tests;
