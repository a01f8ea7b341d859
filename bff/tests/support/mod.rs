//! A small world for tests: the real server as a process of its own, and people who talk to it.
#![allow(dead_code, unused_imports, reason = "each test file uses its own part")]

pub mod bank;
pub mod partner;
pub mod push;
mod server;
pub mod town;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command as Process;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::account::{GuestCommand, Secret};
use domain::catalog::Menu;
use domain::kitchen::{Ticket, TicketCommand};
use domain::ordering::{Contact, Destination, Line, Order, OrderCommand, PlaceOrder};
use domain::payment::Method;
use domain::trade::Row;
use domain::{Command, OrderId, RestaurantId, Trade};
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use sync::cache::Cache;
use sync::envelope::{Act, Envelope, Saw};
use sync::protocol::{
    Ack, Answered, BatchAnswer, Body, Cursor, Digest, Frame, Hello, Holds, Outcome, PROTOCOL, Problem, ServerMessage,
    Settled,
};
use sync::{AccountId, CommandId, DeviceId, InboxItem, Key, Model as _, Reason, Scope};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest as _};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

pub use bank::Bank;
pub use server::Server;

/// The restaurant that is always open in the demo.
pub const LUCCIOLA: &str = "trattoria-lucciola";

/// The longest a test waits for anything.
const PATIENCE: Duration = Duration::from_secs(10);

/// Somebody with a device.
#[derive(Clone)]
pub struct Person {
    pub account: AccountId,
    pub device: DeviceId,
    base: String,
    cookie: String,
    http: reqwest::Client,
    seq: u64,
    /// Whose acts lie on the device, too.
    pub others: Vec<AccountId>,
    /// The release of the app that the device says it runs, and the acts that it says lie on it.
    pub says: (String, Holds),
}

/// Asks to be signed in as one of the demo's accounts.
pub async fn sign_in(server: &Server, name: &str) -> reqwest::Response {
    let credentials = json!({ "name": name, "password": "carryout" });
    let request = reqwest::Client::new().post(format!("{}/api/session", server.base)).json(&credentials);
    request.send().await.expect("the server answers")
}

/// How often a server may say that it is busy. A machine under many tests at once has it do so now and then.
const BUSY_MAX: u32 = 10;

/// Asks to come in as a guest.
pub async fn enter(server: &Server, account: &str, secret: &str) -> reqwest::Response {
    let credentials = json!({ "account": account, "secret": secret });
    let request = reqwest::Client::new().post(format!("{}/api/guest", server.base)).json(&credentials);
    request.send().await.expect("the server answers")
}

/// What the server says once it has time: who is told that it is busy comes again when it asked to, as a person does.
async fn in_time(ask: impl AsyncFn() -> reqwest::Response) -> reqwest::Response {
    for _ in 0..BUSY_MAX {
        let answer = ask().await;
        if answer.status() != 503 {
            return answer;
        }
        let wait = answer.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.parse().ok());
        tokio::time::sleep(Duration::from_secs(wait.expect("a busy server says for how long"))).await;
    }
    panic!("the server was busy {BUSY_MAX} times");
}

fn cookie(answer: &reqwest::Response) -> String {
    let cookie = answer.headers()["set-cookie"].to_str().expect("text");
    cookie.split(';').next().expect("a pair").to_owned()
}

/// The device's clock.
pub fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis())
        .expect("before 292 million")
}

impl Person {
    /// Signs in one of the demo's accounts.
    pub async fn sign_in(server: &Server, name: &str) -> Self {
        Self::let_in(server, AccountId::from(name), &in_time(async || sign_in(server, name).await).await)
    }

    /// Begins the session of the guest that has this secret.
    pub async fn guest(server: &Server, secret: &Secret) -> Self {
        let answer = in_time(async || enter(server, secret.account().as_str(), secret.as_str()).await).await;
        Self::let_in(server, secret.account(), &answer)
    }

    fn let_in(server: &Server, account: AccountId, answer: &reqwest::Response) -> Self {
        assert_eq!(answer.status(), 200, "{account} is let in");
        Self {
            account,
            device: DeviceId(Uuid::now_v7()),
            base: server.base.clone(),
            cookie: cookie(answer),
            http: reqwest::Client::new(),
            seq: 0,
            others: vec![],
            says: Default::default(),
        }
    }

    /// Begins the guest's session once more, from where it has begun.
    pub async fn enters_again(&self, secret: &Secret) -> reqwest::Response {
        let credentials = json!({ "account": secret.account(), "secret": secret.as_str() });
        let request = self.http.post(format!("{}/api/guest", self.base)).header("cookie", &self.cookie);
        request.json(&credentials).send().await.expect("the server answers")
    }

    /// Takes a guest over.
    pub fn claim(&mut self, secret: &Secret) -> Envelope<Command> {
        self.act(Command::Guest(GuestCommand::Claim { guest: secret.account(), proof: secret.proof() }))
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
            format: <domain::Trade as sync::Model>::FORMAT,
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

    /// Sends JSON to any address.
    pub async fn post(&self, path: &str, body: &impl serde::Serialize) -> reqwest::Response {
        let request = self.http.post(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        request.json(body).send().await.expect("the server answers")
    }

    /// Another person signs in in the same browser, while this one's session is still there.
    pub async fn gives_the_device_to(&self, server: &Server, name: &str) -> Self {
        let credentials = json!({ "name": name, "password": "carryout" });
        let request = self.http.post(format!("{}/api/session", self.base)).header("cookie", &self.cookie);
        let answer = request.json(&credentials).send().await.expect("the server answers");
        Self::let_in(server, AccountId::from(name), &answer)
    }

    /// A request in this session.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        self.http.request(method, format!("{}{path}", self.base)).header("cookie", &self.cookie)
    }

    /// Puts bytes at any address.
    pub async fn put(&self, path: &str, content_type: &str, bytes: Vec<u8>) -> reqwest::Response {
        let request = self.http.put(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        let request = request.header("carryout-account", self.account.as_str()).header("content-type", content_type);
        request.body(bytes).send().await.expect("the server answers")
    }

    /// Asks for JSON.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        let answer = self.ask(path).await;
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    /// Asks for anything.
    pub async fn ask(&self, path: &str) -> reqwest::Response {
        let request = self.http.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        request.send().await.expect("the server answers")
    }

    /// Opens the feed from the beginning.
    pub async fn feed(&self) -> Feed {
        self.feed_from(None, vec![], vec![]).await
    }

    /// Opens the feed where it was left.
    pub async fn feed_from(&self, cursor: Option<Cursor>, scopes: Vec<Scope>, unsettled: Vec<CommandId>) -> Feed {
        let mut feed = self.greet(cursor, scopes, unsettled).await;
        feed.catch_up().await;
        feed
    }

    /// Says hello; the code by which the server says bye instead of anything else.
    pub async fn bye(&self) -> String {
        match self.greet(None, vec![], vec![]).await.hear().await {
            Some(ServerMessage::Bye(bye)) => bye.code,
            other => panic!("{other:?} is no bye"),
        }
    }

    async fn greet(&self, cursor: Option<Cursor>, scopes: Vec<Scope>, unsettled: Vec<CommandId>) -> Feed {
        let account = Some(self.account.clone());
        let hello = Hello {
            protocol: PROTOCOL,
            device: self.device,
            account,
            cursor,
            scopes,
            unsettled,
            holds: self.says.1.clone(),
            release: self.says.0.clone(),
            anew: None,
            goes_on: false,
            others: self.others.clone(),
        };
        let mut feed = self.socket().await;
        feed.say(Message::text(serde_json::to_string(&hello).expect("JSON"))).await;
        feed
    }

    /// Opens the socket and says nothing yet.
    pub async fn socket(&self) -> Feed {
        let url = format!("{}/live", self.base.replace("http", "ws"));
        let mut request = url.into_client_request().expect("a request");
        request.headers_mut().insert("cookie", self.cookie.parse().expect("a header"));
        let (socket, _) = connect_async(request).await.expect("the socket opens");
        Feed {
            socket,
            rows: BTreeMap::new(),
            acks: vec![],
            erased: vec![],
            cursor: None,
            scopes: vec![],
            frames: 0,
            was_reset: false,
            first: vec![],
            digests: vec![],
            cache: Cache::default(),
            part: 0,
        }
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
            note: "".into(),
        }],
        destination: Destination::Collect,
        contact: Contact { name: "Ada".into(), phone: "".into() },
        note: "".into(),
        pays: Method::AtHandOver,
        tip_percent: 0,
        wanted: None,
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
    /// Who of the others on the device is erased.
    pub erased: Vec<AccountId>,
    pub cursor: Option<Cursor>,
    pub scopes: Vec<Scope>,
    pub frames: usize,
    pub was_reset: bool,
    /// The rows of the first frame, in its order.
    pub first: Vec<Key>,
    /// What the scopes add up to, as last told.
    pub digests: Vec<Digest>,
    cache: Cache<Trade>,
    part: u32,
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
                ServerMessage::Erased(account) => self.erased.push(account),
                ServerMessage::Beat(beat) => {
                    let here = self.cursor.expect("a beat follows a frame").position;
                    assert_eq!(beat.head, here, "a beat finds the client at its head");
                }
                ServerMessage::Frame(frame) => return self.take(frame),
            }
        }
    }

    fn take(&mut self, frame: Frame<Trade>) -> bool {
        if frame.reset || self.was_reset {
            // A client's own cache, which began with nothing, agrees with every sum that it is told.
            self.cache.apply(&frame).expect("the frame follows");
            assert_eq!(self.cache.differing(&frame.digests), [], "what came adds up");
        }
        if frame.reset {
            self.rows.clear();
            self.cursor = None;
            self.was_reset = true;
        } else if let Some(cursor) = self.cursor {
            assert_eq!(frame.base, cursor.position, "a frame follows the one before");
            assert_eq!(frame.part, 0);
            let sorted = frame.changes.is_sorted_by_key(|change| change.position);
            assert!(sorted, "the changes of a frame are in order");
        }
        assert!(!frame.more || (frame.acks.is_empty() && frame.digests.is_empty()), "what holds with all comes last");
        let anew = self.was_reset && self.cursor.is_none();
        assert!(!anew || frame.part == self.part, "the parts are counted");
        self.part = if anew { frame.part + 1 } else { 0 };
        if self.frames == 0 {
            self.first = frame.changes.iter().map(|change| change.key.clone()).collect();
        }
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
        if !frame.digests.is_empty() {
            self.digests = frame.digests;
        }
        if !(anew && frame.more) {
            self.cursor = Some(frame.cursor);
        }
        self.scopes = frame.scopes.unwrap_or(std::mem::take(&mut self.scopes));
        self.frames += 1;
        frame.more
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

/// The problem in an error.
pub async fn problem(answer: reqwest::Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let problem: Problem = answer.json().await.expect("a problem");
    assert_eq!(problem.status, status);
    (status, problem.slug().expect("one of ours").to_owned())
}

/// Ordering can no longer read its row of `order`.
pub async fn spoil(server: &Server, order: OrderId) {
    server.change("create table if not exists kept as select key, body from ordering_row").await;
    let unreadable = r#"update ordering_row set body = '{"order":7}' where key = 'order/"#;
    server.change(&format!("{unreadable}{order}'")).await;
}

/// It can again.
pub async fn mend(server: &Server) {
    let mended = "update ordering_row set body = (select body from kept where kept.key = ordering_row.key)
        where json_extract(body, '$.order') = 7";
    server.change(mended).await;
}

/// Runs the server's program with other arguments on a folder; whether it ended well, and all that it said.
pub fn bff(data: &Path, arguments: &[&str]) -> (bool, String) {
    let mut program = Process::new(env!("CARGO_BIN_EXE_bff"));
    let ended = program.args(arguments).arg("--data").arg(data).output().expect("it runs");
    let said = [ended.stdout, ended.stderr].concat();
    (ended.status.success(), String::from_utf8(said).expect("text"))
}

/// Each row is what its facts add up to, and each fact shows the row after it.
pub async fn facts_add_up_to_rows(server: &Server) {
    let mut folded: BTreeMap<Key, (Option<Row>, sync::Version)> = BTreeMap::new();
    let (facts, rows) = facts_and_rows(server).await;
    for text in facts {
        let fact: flow::Fact<Trade> = serde_json::from_str(&text).expect("a fact");
        let (Some(event), Some(entity)) = (fact.event, fact.entity) else { continue };
        let (row, version) = folded.remove(&entity.key).unwrap_or_default();
        let after = Trade::apply(row, &event);
        assert_eq!(entity.version, version.next(), "{}: each version once, in order", entity.key);
        assert_eq!(entity.body, after.clone().map(Body::Row), "{}: the fact shows the row after it", entity.key);
        folded.insert(entity.key, (after, entity.version));
    }
    for text in rows {
        let stored: Value = serde_json::from_str(&text).expect("a row");
        let key = Key(stored["key"].as_str().expect("a key").to_owned());
        let row: Row = serde_json::from_value(stored["body"].clone()).expect("a row");
        assert_eq!(folded[&key].0.as_ref(), Some(&row), "{key}");
    }
}

/// All facts and all rows of one moment: both are read again where a service wrote in between, and where a fact of a row was on its way
/// to the hub.
async fn facts_and_rows(server: &Server) -> (Vec<String>, Vec<String>) {
    loop {
        let facts = server.texts("select fact from hub order by position").await;
        let mut rows = vec![];
        for service in domain::Service::ALL.map(domain::Service::name) {
            let sql = format!("select json_object('key', key, 'body', json(body)) from {service}_row");
            rows.extend(server.texts(&sql).await);
        }
        let on_their_way = "select fact_id from change where fact_id not in (select fact_id from hub)";
        let all_are_there = server.texts(on_their_way).await.is_empty();
        if all_are_there && server.texts("select fact from hub order by position").await.len() == facts.len() {
            return (facts, rows);
        }
    }
}
