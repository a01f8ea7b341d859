//! The network between one browser and the server: a TCP proxy with a switch.
//!
//! The browser knows only the proxy's address, so its network fails alone. WebSockets pass through as plain bytes.
//! Faults count requests, not connections: browsers send several requests over one connection, and on one that was
//! used before they quietly repeat a request whose answer never came.

use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until, timeout};

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

#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    /// The server gets the request and answers; the answer is lost and the connection reset.
    LoseAnswer,
    /// The connection is reset before the server sees the request.
    Refuse,
    /// This comes back, and the server never sees the request.
    Answer(Arc<str>),
    /// The server gets the request a second time, by itself; nobody hears the second answer.
    Duplicate,
}

/// How slow a bad network is, each way: long beside the loopback, short beside a person's patience.
const ROUGH_DELAY: Duration = Duration::from_millis(60);

/// How many pieces of answers a slow network holds at once, of 64 KiB at most.
const FLYING_MAX: usize = 256;

/// What carries acts to the server.
const COMMANDS: &str = "POST /api/commands";

struct Rule {
    line_holds: String,
    fault: Fault,
    times: usize,
}

struct Shared {
    target: SocketAddr,
    mode: watch::Sender<Mode>,
    /// Told when every open connection is to be reset, whatever the mode: a switch that is turned and turned back at once
    /// would not be noticed.
    resets: watch::Sender<()>,
    rules: Mutex<Vec<Rule>>,
    requests: watch::Sender<Vec<Request>>,
    answers_lost: watch::Sender<usize>,
    duplicated: watch::Sender<usize>,
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
            resets: watch::channel(()).0,
            rules: Mutex::default(),
            requests: watch::channel(Vec::new()).0,
            answers_lost: watch::channel(0).0,
            duplicated: watch::channel(0).0,
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

    /// Lets everything pass again, as a train's network does: late, and every batch of acts twice.
    pub fn rough_weather(&self) {
        self.duplicate(COMMANDS, usize::MAX);
        self.set(Mode::Delayed(ROUGH_DELAY));
    }

    /// Answers everything with a page of its own, as a hotel's network does until one has signed in there. What is open
    /// is reset first.
    pub fn is_captive(&self) {
        let page = "<!doctype html><title>Welcome</title><p>Sign in to use the hotel's network.";
        self.answer(" HTTP/", usize::MAX, &answer("200 OK", "text/html", page));
        self.shared.resets.send_replace(());
    }

    /// Answers the feed and every batch of acts as a proxy does whose server is away: with a page of its own that says to come
    /// again in an hour. What is open is reset first.
    pub fn is_under_maintenance(&self) {
        let page = answer("503 Service Unavailable", "text/html", "<!doctype html><title>Back soon</title>");
        let page = page.replacen("\r\n", "\r\nretry-after: 3600\r\n", 1);
        for line in ["GET /live HTTP", "POST /live HTTP", COMMANDS] {
            self.answer(line, usize::MAX, &page);
        }
        self.shared.resets.send_replace(());
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
        self.answer(line_holds, times, &answer("404 Not Found", "text/plain", ""));
    }

    /// Answers the next `times` requests whose request line holds `line_holds` with 400 and a problem of our own, as the
    /// server would if it could not read them.
    pub fn answer_malformed(&self, line_holds: &str, times: usize) {
        let problem = r#"{"type":"https://carryout.example/problems/malformed","title":"cannot be read","status":400}"#;
        self.answer(line_holds, times, &answer("400 Bad Request", "application/problem+json", problem));
    }

    /// Answers the next `times` requests whose request line holds `line_holds` with this, head and body.
    pub fn answer(&self, line_holds: &str, times: usize, answer: &str) {
        self.add(Fault::Answer(answer.into()), line_holds, times);
    }

    /// Answers every WebSocket's upgrade with 404, as a proxy does that knows plain requests only. One that is open stays.
    pub fn lets_no_socket_pass(&self) {
        self.answer_not_found("GET /live", usize::MAX);
    }

    /// Hands the next `times` requests whose request line holds `line_holds` to the server twice, the second time over
    /// another connection and while the first is being answered.
    pub fn duplicate(&self, line_holds: &str, times: usize) {
        self.add(Fault::Duplicate, line_holds, times);
    }

    /// Hands a request that passed by to the server once more, however late, and gives back what the server says.
    pub async fn repeat(&self, request: &Request) -> Result<String> {
        again::send(self.shared.target, request).await
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
        reached(&self.shared.answers_lost, count).await.context("of lost answers")
    }

    /// Waits until `count` duplicates in all have reached the server and were answered.
    pub async fn duplicates(&self, count: usize) -> Result<()> {
        reached(&self.shared.duplicated, count).await.context("of duplicates")
    }

    /// How many answers were lost and how many requests duplicated so far.
    pub fn faults(&self) -> (usize, usize) {
        (*self.shared.answers_lost.borrow(), *self.shared.duplicated.borrow())
    }

    fn add(&self, fault: Fault, line_holds: &str, times: usize) {
        self.rules().push(Rule { line_holds: line_holds.into(), fault, times });
    }

    fn rules(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.shared.rules.lock().expect("nobody panics while holding the rules")
    }
}

/// Waits until a counter has come this far.
async fn reached(counter: &watch::Sender<usize>, count: usize) -> Result<()> {
    if timeout(PATIENCE, counter.subscribe().wait_for(|now| *now >= count)).await.is_err() {
        bail!("waited {PATIENCE:?} for {count}, there were {}", *counter.borrow());
    }
    Ok(())
}

impl Drop for Network {
    fn drop(&mut self) {
        self.acceptor.abort();
        self.cut();
    }
}

impl Shared {
    /// How late everything is at the moment.
    fn delay(&self) -> Duration {
        match *self.mode.borrow() {
            Mode::Delayed(delay) => delay,
            Mode::Open | Mode::Cut | Mode::Silent => Duration::ZERO,
        }
    }

    /// Waits until the silence is over.
    async fn is_heard(&self) {
        // The switch lives as long as this does.
        let _ = self.mode.subscribe().wait_for(|mode| *mode != Mode::Silent).await;
    }

    /// What happens to a request: the first fault that was asked for, and a duplicate beside it.
    fn faults_for(&self, request: &Request) -> impl Iterator<Item = Fault> {
        let mut rules = self.rules.lock().expect("nobody panics while holding the rules");
        let mut first = |twice: bool| {
            let meets = |rule: &&mut Rule| {
                rule.times > 0 && request.line.contains(&rule.line_holds) && (rule.fault == Fault::Duplicate) == twice
            };
            let rule = rules.iter_mut().find(meets)?;
            rule.times -= 1;
            Some(rule.fault.clone())
        };
        [first(true), first(false)].into_iter().flatten()
    }
}

fn answer(status: &str, kind: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
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
    /// Who asked went away before the answer that was to be lost: it is lost all the same, once the server gives it.
    Unheard,
    Answered(Arc<str>),
}

async fn carry(mut client: TcpStream, shared: Arc<Shared>) {
    let (mut mode, mut resets) = (shared.mode.subscribe(), shared.resets.subscribe());
    let end = {
        let cut = async {
            tokio::select! {
                _ = mode.wait_for(|mode| *mode == Mode::Cut) => End::Reset,
                _ = resets.changed() => End::Reset,
            }
        };
        tokio::select! {
            biased;
            end = cut => end,
            end = connect_and_pump(&mut client, &shared) => end,
        }
    };
    match end {
        End::Closed | End::Unheard => {}
        End::Reset => reset(&client),
        End::Answered(answer) => {
            let _ = client.write_all(answer.as_bytes()).await;
            let _ = client.shutdown().await;
        }
    }
}

async fn connect_and_pump(client: &mut TcpStream, shared: &Arc<Shared>) -> End {
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
    match end {
        End::Unheard if matches!(server.read(&mut [0]).await, Ok(1)) => {
            shared.answers_lost.send_modify(|lost| *lost += 1);
        }
        End::Reset => reset(&server),
        End::Unheard | End::Closed | End::Answered(_) => {}
    }
    end
}

async fn pump_requests(mut from: ReadHalf<'_>, mut to: WriteHalf<'_>, shared: &Arc<Shared>, lose: &AtomicBool) -> End {
    let (mut twice, mut whole) = (false, false);
    let mut conversation = Conversation::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let Ok(read @ 1..) = from.read(&mut buffer).await else {
            return if whole && lose.load(Ordering::Relaxed) { End::Unheard } else { End::Closed };
        };
        hold(shared).await;
        for step in conversation.feed(&buffer[..read]) {
            match step {
                Step::Begin(request) => {
                    whole = false;
                    for fault in shared.faults_for(&request) {
                        match fault {
                            Fault::LoseAnswer => lose.store(true, Ordering::Relaxed),
                            Fault::Refuse => return End::Reset,
                            Fault::Answer(answer) => return End::Answered(answer),
                            Fault::Duplicate => twice = true,
                        }
                    }
                }
                Step::Pass(bytes) => {
                    if to.write_all(&bytes).await.is_err() {
                        return End::Reset;
                    }
                }
                Step::End(request) => {
                    whole = true;
                    if std::mem::take(&mut twice) {
                        tokio::spawn(send_again(shared.clone(), request.clone()));
                    }
                    shared.requests.send_modify(|requests| requests.push(request));
                }
            }
        }
    }
}

async fn send_again(shared: Arc<Shared>, request: Request) {
    // A server that is gone meanwhile got no duplicate, and none is counted.
    if again::send(shared.target, &request).await.is_ok() {
        shared.duplicated.send_modify(|duplicated| *duplicated += 1);
    }
}

/// Answers fly beside each other: each is late by itself, so a slow network is late and not narrow.
async fn pump_answers(from: ReadHalf<'_>, to: WriteHalf<'_>, shared: &Shared, lose: &AtomicBool) -> End {
    let (sent, flying) = mpsc::channel(FLYING_MAX);
    let mut landing = pin!(land(flying, to, shared));
    let end = tokio::select! {
        end = take_off(from, sent, shared, lose) => end,
        () = &mut landing => return End::Closed,
    };
    if matches!(end, End::Closed) {
        landing.await;
    }
    end
}

async fn take_off(mut from: ReadHalf<'_>, sent: Sender<(Instant, Vec<u8>)>, shared: &Shared, lose: &AtomicBool) -> End {
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
        let due = Instant::now() + shared.delay();
        if sent.send((due, buffer[..read].to_vec())).await.is_err() {
            return End::Closed;
        }
    }
}

/// Ends when nothing more comes, or nobody takes it.
async fn land(mut flying: Receiver<(Instant, Vec<u8>)>, mut to: WriteHalf<'_>, shared: &Shared) {
    while let Some((due, bytes)) = flying.recv().await {
        sleep_until(due).await;
        shared.is_heard().await;
        if to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

/// Holds what is about to pass for as long as the network says: through a silence, or for its delay.
async fn hold(shared: &Shared) {
    shared.is_heard().await;
    sleep(shared.delay()).await;
}

/// The connection's end will be a reset, not a farewell.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

mod again;
#[cfg(test)]
mod tests;
