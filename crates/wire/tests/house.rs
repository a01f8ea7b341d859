//! A house with bells that ring once: what its server says over HTTP and over a socket.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use sync::protocol::{POLL_HOLD_MS, PROTOCOL};
use sync::{Actor, Context, Key, Model, Role, Scope};
use tokio_tungstenite::tungstenite::Message;
use tower::ServiceExt as _;
use wire::House;

#[derive(Clone, Debug, PartialEq)]
struct Bells;

impl Model for Bells {
    type Command = String;
    type Row = bool;
    type Event = ();
    type Refusal = ();

    fn lane(bell: &String) -> Key {
        Key::new("bell", bell)
    }

    fn permits(_: &Actor, _: &String, _: Option<&bool>) -> bool {
        true
    }

    fn decide(rang: Option<&bool>, _: &String, _: &Context<'_, Self>) -> Result<Vec<()>, ()> {
        if rang.is_some() { Err(()) } else { Ok(vec![()]) }
    }

    fn apply(_: Option<bool>, (): &()) -> Option<bool> {
        Some(true)
    }

    fn scopes(_: &Key, _: &bool) -> Vec<Scope> {
        vec![Scope::from("hall")]
    }
}

const DEVICE: &str = "00000000-0000-0000-0000-0000000000de";

fn router() -> Router {
    let house = House {
        who: |headers| Actor {
            account: wire::name(headers).unwrap_or("ada").into(),
            role: Role::of("guest", "room 4"),
        },
        sees: |actor| vec![Scope::from("hall"), Bells::personal_scope(&actor.account)],
    };
    wire::router::<Bells>(house).merge(wire::names())
}

async fn says(router: &Router, method: &str, path: &str, body: &Value) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
    let request = request.body(Body::from(body.to_string())).expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    (status, String::from_utf8(body.to_vec()).expect("text"))
}

/// Ada's device rings `bell` with its act `number`.
fn ring(number: u32, bell: &str) -> Value {
    let act = json!({
        "format": 1, "id": format!("00000000-0000-0000-0000-{number:012}"), "device": DEVICE, "seq": number,
        "account": "ada", "lane": format!("bell/{bell}"), "acted_at": 0, "act": { "do": bell },
    });
    json!({ "protocol": PROTOCOL, "account": "ada", "device": DEVICE, "sent_at": 0, "commands": [act] })
}

fn hello(more: &Value) -> Value {
    let mut hello = json!({
        "protocol": PROTOCOL, "device": DEVICE, "account": "ada", "cursor": null, "scopes": [], "unsettled": [],
    });
    hello.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
    hello
}

async fn outcome(router: &Router, batch: &Value) -> Value {
    let (status, body) = says(router, "POST", "/api/commands", batch).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str::<Value>(&body).expect("JSON")["outcomes"][0]["outcome"].clone()
}

/// The words of one answer to a request for the feed.
async fn asks(router: &Router, more: &Value) -> Vec<Value> {
    let (status, body) = says(router, "POST", "/live", &hello(more)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[tokio::test]
async fn an_act_that_comes_twice_is_done_once() {
    let router = router();
    let first = outcome(&router, &ring(1, "door")).await;
    assert_eq!(outcome(&router, &ring(1, "door")).await, first);
    assert_ne!(outcome(&router, &ring(2, "door")).await, first, "it rings once");
    let words = asks(&router, &json!({})).await;
    let [frame, beat] = &words[..] else { panic!("{words:?}") };
    assert_eq!(frame["frame"]["changes"].as_array().map(Vec::len), Some(2), "the bell and the inbox item: {frame}");
    assert_eq!(beat["beat"]["head"], frame["frame"]["cursor"]["position"]);
}

#[tokio::test]
async fn who_asks_by_requests_waits_for_news_and_no_longer_than_is_promised() {
    let router = router();
    let words = asks(&router, &json!({})).await;
    let here = json!({
        "goes_on": true, "cursor": words[0]["frame"]["cursor"], "scopes": words[0]["frame"]["scopes"],
    });
    let asked_at = Instant::now();
    let (words, _) = tokio::join!(asks(&router, &here), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        outcome(&router, &ring(1, "door")).await
    });
    assert_eq!(words[0]["frame"]["changes"][0]["key"], "bell/door", "{words:?}");
    assert!(asked_at.elapsed() < Duration::from_millis(POLL_HOLD_MS), "news are not held back");
}

#[tokio::test]
async fn what_is_not_for_this_server_is_a_problem_of_its_own() {
    let router = router();
    let problem = async |path: &str, mut body: Value, more: Value| {
        body.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
        let (status, body) = says(&router, "POST", path, &body).await;
        let problem: sync::protocol::Problem = serde_json::from_str(&body).expect("a problem");
        (status.as_u16(), problem.slug().expect("ours").to_owned())
    };
    let another = json!({ "epoch": "00000000-0000-0000-0000-000000000008" });
    assert_eq!(problem("/api/commands", ring(1, "a"), another).await, (412, "another-history".into()));
    for (path, body) in [("/api/commands", ring(1, "a")), ("/live", hello(&json!({})))] {
        assert_eq!(problem(path, body.clone(), json!({ "protocol": 1 })).await, (426, "update".into()));
        assert_eq!(problem(path, body.clone(), json!({ "protocol": 99 })).await, (503, "server-older".into()));
        assert_eq!(problem(path, body.clone(), json!({ "account": "ben" })).await.0, 401);
        assert_eq!(problem(path, body, json!({ "device": 4 })).await, (400, "malformed".into()));
    }
}

#[tokio::test]
async fn a_socket_says_what_is_here_and_then_what_happens() {
    let router = router();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(axum::serve(listener, router.clone()).into_future());
    let (mut socket, _) = tokio_tungstenite::connect_async(format!("ws://{address}/live")).await.expect("a socket");
    socket.send(Message::text(hello(&json!({})).to_string())).await.expect("said");
    let mut frame = async || loop {
        let heard = socket.next().await.expect("a word").expect("heard");
        let word: Value = serde_json::from_str(heard.to_text().expect("text")).expect("JSON");
        if !word["frame"].is_null() {
            return word["frame"].clone();
        }
    };
    assert_eq!(frame().await["changes"], json!([]));
    outcome(&router, &ring(1, "door")).await;
    assert_eq!(frame().await["changes"][0]["key"], "bell/door");
}

#[tokio::test]
async fn a_page_is_told_who_is_signed_in() {
    let (_, session) = says(&router(), "GET", "/api/session", &Value::Null).await;
    let session: Value = serde_json::from_str(&session).expect("JSON");
    assert_eq!(session, json!({ "account": "ada", "role": "guest", "of": "room 4" }));
}
