//! The feed by plain requests, where no socket passes.

mod support;

use std::process::Command as Process;
use std::time::{Duration, Instant};

use domain::Trade;
use domain::trade::Row;
use serde_json::json;
use support::*;
use sync::cache::Cache;
use sync::outbox::WAITING_MAX;
use sync::protocol::{
    Body, FRAME_BYTES_MAX, Frame, HELLO_BYTES_MAX, Hello, Outcome, POLL_HOLD_MS, PROTOCOL, SERVER_OLDER,
    SILENCE_MS_MAX, ServerMessage, Settled, UPDATE,
};
use sync::{CommandId, Key};
use uuid::Uuid;

/// Somebody who asks by requests, with the cache that a client would have.
struct Asking<'a> {
    person: &'a Person,
    cache: Cache<Trade>,
    goes_on: bool,
    unsettled: Vec<CommandId>,
    acks: Vec<(CommandId, Settled<Trade>)>,
}

impl<'a> Asking<'a> {
    fn new(person: &'a Person) -> Self {
        Self { person, cache: Cache::default(), goes_on: false, unsettled: vec![], acks: vec![] }
    }

    fn hello(&self) -> Hello {
        let half_way = self.cache.half_way();
        let scopes = half_way.map_or(&self.cache.mark().scopes[..], |(_, scopes)| scopes);
        Hello {
            protocol: PROTOCOL,
            device: self.person.device,
            account: Some(self.person.account.clone()),
            cursor: self.cache.mark().cursor,
            scopes: scopes.to_vec(),
            unsettled: self.unsettled.clone(),
            holds: Default::default(),
            release: String::new(),
            anew: half_way.map(|(anew, _)| anew.clone()),
            goes_on: self.goes_on,
            others: vec![],
        }
    }

    /// Asks once, and takes in what is said: the frame, if there is one, and whether a beat came behind it.
    async fn ask(&mut self) -> (Option<Frame<Trade>>, bool) {
        let answer = self.person.post("/live", &self.hello()).await;
        assert_eq!(answer.status(), 200);
        let text = answer.text().await.expect("lines");
        let (mut said, mut beat) = (None, false);
        for line in text.lines() {
            match serde_json::from_str(line).expect("a message") {
                ServerMessage::Frame(frame) => {
                    assert!(said.is_none() && !beat, "one frame, and the beat behind it");
                    self.cache.apply(&frame).expect("it follows");
                    assert_eq!(self.cache.differing(&frame.digests), [], "what came adds up");
                    self.acks.extend(frame.acks.iter().map(|ack| (ack.id, ack.settled.clone())));
                    said = Some(frame);
                }
                ServerMessage::Beat(head) => {
                    assert_eq!(Some(head.head), self.cache.mark().cursor.map(|cursor| cursor.position));
                    beat = true;
                }
                ServerMessage::Erased(account) => panic!("nobody named {account}"),
                ServerMessage::Bye(bye) => panic!("the server says bye: {bye:?}"),
            }
        }
        self.goes_on = true;
        (said, beat)
    }

    /// Asks until it is up to date; how many requests that took.
    async fn catches_up(&mut self) -> usize {
        for asked in 1.. {
            if let (Some(Frame { more: false, .. }), true) = self.ask().await {
                return asked;
            }
        }
        unreachable!("a catch-up ends")
    }

    fn rows(&self, kind: &str) -> Vec<Row> {
        let row = |key: &Key| self.cache.row(key).cloned();
        self.cache.of_kind(kind).filter_map(|(key, _)| row(key)).collect()
    }
}

#[tokio::test]
async fn by_requests_alone_everything_comes_and_an_order_is_told_at_once() {
    let server = Server::start();
    let (mut ada, lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let mut board = Asking::new(&lucciola);
    board.catches_up().await;
    assert!(board.rows("ticket").is_empty());

    let menu = ada.menu(LUCCIOLA).await;
    let act = ada.act(place_command(&place(&menu)));
    let places = async {
        // The board's request is on its way first, as far as one can tell; either way it is answered before its time.
        assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    };
    let started = Instant::now();
    let asks = async {
        while board.rows("ticket").is_empty() {
            board.ask().await;
        }
    };
    tokio::join!(asks, places);
    assert!(started.elapsed() < Duration::from_millis(POLL_HOLD_MS), "nobody waited for the end of a hold");

    let mut screen = Asking::new(&ada);
    let (first, _) = screen.ask().await;
    let first = first.expect("the first request is answered at once");
    assert_eq!(first.changes[0].key.kind(), "order", "what a person waits for comes first");
    assert!(screen.catches_up().await > 1, "forty menus do not fit into one answer");
    let rows = ["order", "menu", "restaurant"].map(|kind| screen.rows(kind).len());
    assert_eq!(rows, [1, 40, 40]);
}

#[tokio::test]
async fn an_answer_is_held_back_while_there_is_nothing_to_say_whatever_is_asked_about() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let mut screen = Asking::new(&ada);
    screen.catches_up().await;
    let never_sent = CommandId(Uuid::now_v7());
    screen.unsettled = vec![never_sent];
    let started = Instant::now();
    let (_, beat) = screen.ask().await;
    let held = started.elapsed();
    assert!(held >= Duration::from_millis(POLL_HOLD_MS - 100), "{held:?}: a question must not become a loop");
    assert!(held < Duration::from_millis(SILENCE_MS_MAX), "{held:?}: the client has not given it up");
    assert_eq!((screen.acks, beat), (vec![(never_sent, Settled::Unknown)], true), "and it is answered in the end");
}

#[tokio::test]
async fn an_answer_is_bounded_whatever_was_missed() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let mut screen = Asking::new(&ada);
    let mut more = true;
    while more {
        let answer = ada.post("/live", &screen.hello()).await;
        let bytes = answer.bytes().await.expect("lines").len();
        assert!(bytes < 2 * FRAME_BYTES_MAX, "{bytes}");
        let (frame, _) = screen.ask().await;
        more = frame.expect("the same again, since the place is the same").more;
    }
}

#[tokio::test]
async fn what_a_request_gets_wrong_is_a_problem_of_ours() {
    let server = Server::start();
    let (ada, ben) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "ben").await);
    let hello = Asking::new(&ada).hello();
    let ask = async |body: serde_json::Value| problem(ada.post("/live", &body).await).await;
    let hello = |field: &str, value: serde_json::Value| {
        let mut hello = serde_json::to_value(&hello).expect("plain");
        hello[field] = value;
        hello
    };
    assert_eq!(ask(json!({ "protocol": 1, "words": "of another time" })).await, (426, UPDATE.into()));
    assert_eq!(ask(json!({ "protocol": 99 })).await, (503, SERVER_OLDER.into()));
    assert_eq!(ask(json!("hello?")).await, (400, "malformed".into()));
    assert_eq!(ask(hello("device", json!(7))).await, (400, "malformed".into()));
    let many = vec![Uuid::nil(); WAITING_MAX + 1];
    assert_eq!(ask(hello("unsettled", json!(many))).await, (400, "malformed".into()));
    assert_eq!(ask(hello("release", json!("x".repeat(HELLO_BYTES_MAX)))).await, (413, "too-large".into()));
    assert_eq!(ask(hello("account", json!("ben"))).await, (401, "signed-out".into()));

    let mut his = Asking::new(&ben);
    his.catches_up().await;
    ben.sign_out().await;
    assert_eq!(problem(ben.post("/live", &his.hello()).await).await, (401, "signed-out".into()));
}

#[tokio::test]
async fn a_server_that_stops_says_so_to_a_request_that_it_holds() {
    let mut server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let mut screen = Asking::new(&ada);
    screen.catches_up().await;
    let hello = screen.hello();
    let held = ada.post("/live", &hello);
    let stops = async {
        // Told while the request is held, or before it arrives: it hears of the stop, or finds a closed door.
        Process::new("kill").args(["-TERM", &server.process().to_string()]).status().expect("kill runs")
    };
    let mut held = std::pin::pin!(held);
    assert!(futures::poll!(&mut held).is_pending());
    let first = tokio::time::timeout(Duration::from_millis(500), &mut held).await;
    assert!(first.is_err(), "it is held");
    assert!(stops.await.success());
    let said = held.await.text().await.expect("lines");
    match serde_json::from_str(said.trim()).expect("a message") {
        ServerMessage::<Trade>::Bye(bye) => assert_eq!(bye.code, "restart"),
        other => panic!("no farewell, but {other:?}"),
    }
    assert!(server.wait(), "and it ends well");
}

/// What a stranger sees by requests is what a stranger sees by a socket.
#[tokio::test]
async fn whoever_is_nobody_asks_too_and_sees_what_is_public() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let hello = Hello { account: None, ..Asking::new(&ada).hello() };
    let answer = ada.post("/live", &hello).await;
    let text = answer.text().await.expect("lines");
    let ServerMessage::<Trade>::Frame(frame) = serde_json::from_str(text.lines().next().expect("a line")).expect("one")
    else {
        panic!("no frame: {text}")
    };
    assert_eq!(frame.scopes, Some(vec![domain::access::catalog_scope()]));
    let public = |body: &serde_json::value::RawValue| {
        let body = serde_json::from_str::<Body<Trade>>(body.get()).expect("a body");
        matches!(body, Body::Row(Row::Menu(_) | Row::Restaurant(_)))
    };
    assert!(frame.changes.iter().all(|change| change.body.as_deref().is_some_and(public)));
}
