//! A small world for tests: the real server as a process of its own, and people who talk to it.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::catalog::Menu;
use domain::kitchen::{Ticket, TicketCommand};
use domain::ordering::{Contact, Destination, Line, Order, OrderCommand, PlaceOrder};
use domain::trade::Row;
use domain::{Command, OrderId, RestaurantId, Trade};
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use sync::envelope::{Act, Envelope, FORMAT, Saw};
use sync::protocol::{
    Ack, Answered, BatchAnswer, Body, Cursor, Hello, Outcome, PROTOCOL, Problem, ServerMessage, Settled,
};
use sync::{AccountId, CommandId, DeviceId, InboxItem, Key, Model as _, Reason, Scope};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest as _};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

/// The restaurant that is always open in the demo.
pub const LUCCIOLA: &str = "trattoria-lucciola";

/// The longest a test waits for anything.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server with a folder of its own.
pub struct Server {
    pub base: String,
    pub data: TempDir,
    child: Child,
}

impl Server {
    /// A new one with the demo's restaurants and accounts.
    pub fn start() -> Self {
        Self::in_folder(TempDir::new().expect("a folder"), &[])
    }

    /// One that aborts right after the `nth` commit that holds somebody's act.
    pub fn that_crashes_after_commit(nth: u32) -> Self {
        let nth = nth.to_string();
        Self::in_folder(TempDir::new().expect("a folder"), &[("CARRYOUT_CRASH_AFTER_COMMIT", &nth)])
    }

    /// The same folder, killed and served again.
    pub fn restart(self) -> Self {
        self.restart_after(|_| {})
    }

    /// The same, after something happened to the folder.
    pub fn restart_after(mut self, happens: impl FnOnce(&Path)) -> Self {
        self.kill();
        happens(self.data.path());
        let data = std::mem::replace(&mut self.data, TempDir::new().expect("a folder"));
        Self::in_folder(data, &[])
    }

    fn in_folder(data: TempDir, vars: &[(&str, &str)]) -> Self {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/demo");
        let mut child = Process::new(env!("CARGO_BIN_EXE_bff"))
            .args(["serve", "--addr", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .arg("--demo-data")
            .arg(demo)
            .envs(vars.iter().copied())
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("it says where it listens");
        let base = line.trim().strip_prefix("carryout listening on ").expect("it says where it listens").to_owned();
        Self { base, data, child }
    }

    /// Kills it as a power cut would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits until it is gone by itself; whether it ended well.
    pub fn wait(&mut self) -> bool {
        self.child.wait().expect("it ends").success()
    }

    /// Its process id.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks the database for a number.
    pub async fn count(&self, sql: &str) -> i64 {
        let mut truth = self.truth().await;
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut truth).await.expect("the question is answered")
    }

    /// Asks the database for texts.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let mut truth = self.truth().await;
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut truth).await.expect("the question is answered")
    }

    async fn truth(&self) -> SqliteConnection {
        let url = format!("sqlite://{}/truth.sqlite?mode=ro", self.data.path().display());
        SqliteConnection::connect(&url).await.expect("the database opens")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Somebody with a device.
pub struct Person {
    pub account: AccountId,
    pub device: DeviceId,
    base: String,
    cookie: String,
    http: reqwest::Client,
    seq: u64,
}

/// The device's clock.
pub fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis())
        .expect("before 292 million")
}

impl Person {
    /// Signs in one of the demo's accounts.
    pub async fn sign_in(server: &Server, name: &str) -> Self {
        let http = reqwest::Client::new();
        let request =
            http.post(format!("{}/api/session", server.base)).json(&json!({ "name": name, "password": "carryout" }));
        let answer = request.send().await.expect("the server answers");
        assert_eq!(answer.status(), 200, "{name} signs in");
        let cookie = answer.headers()["set-cookie"].to_str().expect("text");
        let cookie = cookie.split(';').next().expect("a pair").to_owned();
        let (account, device) = (AccountId::from(name), DeviceId(Uuid::now_v7()));
        Self { account, device, base: server.base.clone(), cookie, http, seq: 0 }
    }

    /// Ends the session.
    pub async fn sign_out(&self) {
        let request = self.http.delete(format!("{}/api/session", self.base)).header("cookie", &self.cookie);
        assert!(request.send().await.expect("the server answers").status().is_success());
    }

    /// Speaks to a server that was started again.
    pub fn meet(&mut self, server: &Server) {
        self.base.clone_from(&server.base);
    }

    /// An act made now.
    pub fn act(&mut self, command: Command) -> Envelope<Command> {
        self.seq += 1;
        Envelope {
            format: FORMAT,
            id: CommandId(Uuid::now_v7()),
            device: self.device,
            seq: self.seq,
            account: self.account.clone(),
            lane: Trade::lane(&command),
            saw: None,
            after: vec![],
            acted_at: now(),
            valid_for_ms: Trade::valid_for_ms(&command),
            resolves: None,
            act: Act::Do(command),
        }
    }

    /// The same, made at the screen that `feed` shows.
    pub fn act_at(&mut self, feed: &Feed, command: Command) -> Envelope<Command> {
        let cursor = feed.cursor.expect("a place");
        let version = feed.rows.get(&Trade::lane(&command)).map(|(version, _)| *version).unwrap_or_default();
        let saw = Saw { epoch: cursor.epoch, position: cursor.position, version };
        Envelope { saw: Some(saw), ..self.act(command) }
    }

    /// The body of a request with these acts.
    pub fn batch(&self, acts: &[Envelope<Command>]) -> Value {
        json!({
            "protocol": PROTOCOL, "account": self.account, "device": self.device, "sent_at": now(), "commands": acts,
        })
    }

    /// Sends acts and expects to be answered.
    pub async fn send(&self, acts: &[Envelope<Command>]) -> Vec<Answered<Trade>> {
        self.send_body(self.batch(acts).to_string()).await.expect("outcomes")
    }

    /// Sends one act.
    pub async fn send_one(&self, act: &Envelope<Command>) -> Outcome<Trade> {
        let mut answered = self.send(std::slice::from_ref(act)).await;
        assert_eq!(answered.len(), 1);
        assert_eq!(answered[0].id, act.id);
        answered.remove(0).outcome
    }

    /// Sends a body; a problem comes back as it is.
    pub async fn send_body(&self, body: String) -> Result<Vec<Answered<Trade>>, Problem> {
        let answer = self.try_send(body).await.expect("the server answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        if status.is_success() {
            let answer: BatchAnswer<Trade> = serde_json::from_str(&text).expect("an answer");
            return Ok(answer.outcomes);
        }
        let problem: Problem = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} is no problem: {text}"));
        assert_eq!(problem.status, status.as_u16());
        Err(problem)
    }

    /// Sends a body; the connection may break.
    pub async fn try_send(&self, body: String) -> Result<reqwest::Response, reqwest::Error> {
        let request = self.http.post(format!("{}/api/commands", self.base)).header("cookie", &self.cookie);
        request.header("content-type", "application/json").body(body).send().await
    }

    /// Asks for JSON.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        let request = self.http.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        let answer = request.send().await.expect("the server answers");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    /// Opens the feed from the beginning.
    pub async fn feed(&self) -> Feed {
        self.feed_from(None, vec![], vec![]).await
    }

    /// Opens the feed where it was left.
    pub async fn feed_from(&self, cursor: Option<Cursor>, scopes: Vec<Scope>, unsettled: Vec<CommandId>) -> Feed {
        let account = Some(self.account.clone());
        let hello = Hello { protocol: PROTOCOL, device: self.device, account, cursor, scopes, unsettled };
        let mut feed = self.socket().await;
        feed.say(Message::text(serde_json::to_string(&hello).expect("JSON"))).await;
        feed.catch_up().await;
        feed
    }

    /// Opens the socket and says nothing yet.
    pub async fn socket(&self) -> Feed {
        let url = format!("{}/live", self.base.replace("http", "ws"));
        let mut request = url.into_client_request().expect("a request");
        request.headers_mut().insert("cookie", self.cookie.parse().expect("a header"));
        let (socket, _) = connect_async(request).await.expect("the socket opens");
        Feed { socket, rows: BTreeMap::new(), acks: vec![], cursor: None, scopes: vec![], frames: 0, was_reset: false }
    }

    /// The menu of a restaurant, as anyone may read it.
    pub async fn menu(&self, restaurant: &str) -> Menu {
        let (status, menu) = self.get(&format!("/api/catalog/restaurants/{restaurant}/menu")).await;
        assert_eq!(status, 200);
        serde_json::from_value(menu).expect("a menu")
    }
}

/// An order of one of the first dish that needs no choice, to be collected.
pub fn place(menu: &Menu) -> PlaceOrder {
    let item = menu.items().find(|item| item.groups.iter().all(|group| group.min == 0)).expect("a plain dish");
    PlaceOrder {
        order: OrderId(Uuid::now_v7()),
        restaurant: RestaurantId::from(menu.restaurant.0.as_str()),
        lines: vec![Line {
            item: item.id.clone(),
            name: item.name.clone(),
            quantity: 1,
            choices: vec![],
            unit: item.price,
            note: String::new(),
        }],
        destination: Destination::Collect,
        contact: Contact { name: "Ada".into(), phone: String::new() },
        note: String::new(),
    }
}

/// The command that places it.
pub fn place_command(place: &PlaceOrder) -> Command {
    Command::Order(OrderCommand::Place(Box::new(place.clone())))
}

/// The kitchen's yes.
pub fn accept_command(order: OrderId) -> Command {
    Command::Ticket(TicketCommand::Accept { order, ready_in_min: 20 })
}

/// A live feed, with the rows it brought.
pub struct Feed {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub rows: BTreeMap<Key, (sync::Version, Body<Trade>)>,
    pub acks: Vec<Ack<Trade>>,
    pub cursor: Option<Cursor>,
    pub scopes: Vec<Scope>,
    pub frames: usize,
    pub was_reset: bool,
}

impl Feed {
    /// Says something.
    pub async fn say(&mut self, message: Message) {
        self.socket.send(message).await.expect("the socket takes it");
    }

    /// The next message of the server; none when it has closed.
    pub async fn hear(&mut self) -> Option<ServerMessage<Trade>> {
        loop {
            let heard = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("the server says something");
            match heard?.ok()? {
                Message::Text(text) => return Some(serde_json::from_str(&text).expect("a message")),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    /// Applies frames until one says that it is the last of its catch-up.
    pub async fn catch_up(&mut self) {
        while self.step().await {}
    }

    /// Applies the next frame; whether more follow at once.
    async fn step(&mut self) -> bool {
        loop {
            match self.hear().await.expect("the feed goes on") {
                ServerMessage::Bye(bye) => panic!("the server says bye: {bye:?}"),
                ServerMessage::Beat(beat) => {
                    let here = self.cursor.expect("a beat follows a frame").position;
                    assert_eq!(beat.head, here, "a beat finds the client at its head");
                }
                ServerMessage::Frame(frame) => {
                    if frame.reset {
                        self.rows.clear();
                        self.was_reset = true;
                    } else if let Some(cursor) = self.cursor {
                        assert_eq!(frame.base, cursor.position, "a frame follows the one before");
                    }
                    let sorted = frame.changes.is_sorted_by_key(|change| change.position);
                    assert!(sorted, "the changes of a frame are in order");
                    assert!(!frame.more || frame.acks.is_empty(), "final words come last");
                    for change in frame.changes {
                        match change.body {
                            Some(body) => {
                                let body = serde_json::from_str(body.get()).expect("a body");
                                self.rows.insert(change.key, (change.version, body));
                            }
                            None => drop(self.rows.remove(&change.key)),
                        }
                    }
                    self.acks.extend(frame.acks);
                    self.cursor = Some(frame.cursor);
                    self.scopes = frame.scopes.unwrap_or(std::mem::take(&mut self.scopes));
                    self.frames += 1;
                    return frame.more;
                }
            }
        }
    }

    /// Applies frames until `is` finds what it looks for.
    pub async fn until<T>(&mut self, what: &str, is: impl Fn(&Self) -> Option<T>) -> T {
        let wait = async {
            loop {
                if let Some(found) = is(self) {
                    return found;
                }
                self.step().await;
            }
        };
        let found = tokio::time::timeout(PATIENCE, wait).await;
        found.unwrap_or_else(|_| panic!("the feed never showed {what}"))
    }

    /// The order as it stands here.
    pub fn order(&self, id: OrderId) -> Option<&Order> {
        match self.rows.get(&domain::id::order_key(id)) {
            Some((_, Body::Row(Row::Order(order)))) => Some(order),
            _ => None,
        }
    }

    /// The tickets on the board.
    pub fn tickets(&self) -> Vec<Ticket> {
        let ticket = |(_, body): &'_ (_, Body<Trade>)| match body {
            Body::Row(Row::Ticket(ticket)) => Some(ticket.clone()),
            _ => None,
        };
        self.rows.values().filter_map(ticket).collect()
    }

    /// What waits in the inbox.
    pub fn inbox(&self) -> Vec<InboxItem<Trade>> {
        let item = |(_, body): &(_, Body<Trade>)| match body {
            Body::Inbox(item) => Some(item.clone()),
            Body::Row(_) => None,
        };
        self.rows.values().filter_map(item).collect()
    }

    /// The final word on an act.
    pub fn ack(&self, id: CommandId) -> Option<&Settled<Trade>> {
        self.acks.iter().rev().find(|ack| ack.id == id).map(|ack| &ack.settled)
    }
}

/// The reason of a refusal.
pub fn refused(outcome: &Outcome<Trade>) -> &Reason<Trade> {
    match outcome {
        Outcome::Refused(reason) => reason,
        other => panic!("not refused: {other:?}"),
    }
}
