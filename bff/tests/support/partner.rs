//! A restaurant's own system, as a small server that notes what it is told.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use domain::OrderId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use tokio::sync::watch;

/// The longest that something is waited for, on a machine that compiles beside.
const PATIENCE: Duration = Duration::from_secs(60);

/// What it was told.
#[derive(Clone, Debug)]
pub struct Told {
    pub signature: String,
    pub body: String,
    pub event: Value,
}

/// How it answers.
#[derive(Clone, Debug)]
enum Manner {
    Answers { status: u16, words: String, header: Option<(&'static str, String)> },
    Silent,
}

#[derive(Clone)]
struct Inside {
    manner: Arc<Mutex<Manner>>,
    told: watch::Sender<Vec<Told>>,
}

/// A restaurant's own system.
pub struct Shop {
    pub url: String,
    inside: Inside,
}

impl Shop {
    /// One that says yes to everything.
    pub async fn open() -> Self {
        let manner = Manner::Answers { status: 200, words: String::new(), header: None };
        let inside = Inside { manner: Arc::new(Mutex::new(manner)), told: watch::Sender::new(vec![]) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let app = Router::new().route("/hook", post(hear)).with_state(inside.clone());
        tokio::spawn(axum::serve(listener, app).into_future());
        Self { url, inside }
    }

    fn is(&self, manner: Manner) {
        *self.inside.manner.lock().expect("nobody panicked") = manner;
    }

    pub fn answers(&self, status: u16) {
        self.is(Manner::Answers { status, words: String::new(), header: None });
    }

    pub fn says(&self, words: &str) {
        self.is(Manner::Answers { status: 200, words: words.to_owned(), header: None });
    }

    pub fn sends_to(&self, url: &str) {
        self.is(Manner::Answers { status: 307, words: String::new(), header: Some(("location", url.to_owned())) });
    }

    pub fn wants_to_rest(&self, seconds: u32) {
        let header = Some(("retry-after", seconds.to_string()));
        self.is(Manner::Answers { status: 429, words: String::new(), header });
    }

    /// It takes what comes and never answers.
    pub fn is_silent(&self) {
        self.is(Manner::Silent);
    }

    /// All that it was told so far.
    pub fn told(&self) -> Vec<Told> {
        self.inside.told.borrow().clone()
    }

    /// Waits until it was told so much; all of it.
    pub async fn is_told(&self, count: usize) -> Vec<Told> {
        self.until(&format!("{count} events"), |told| told.len() >= count).await
    }

    /// The same, whether it answered or not.
    pub async fn hears(&self, count: usize) {
        self.is_told(count).await;
    }

    pub async fn is_told_of(&self, order: OrderId) {
        let order = order.to_string();
        self.until("an order", |told| told.iter().any(|told| told.event["data"]["order"] == order)).await;
    }

    async fn until(&self, what: &str, is: impl Fn(&[Told]) -> bool) -> Vec<Told> {
        let mut told = self.inside.told.subscribe();
        let found = tokio::time::timeout(PATIENCE, told.wait_for(|told| is(told))).await;
        found.unwrap_or_else(|_| panic!("it never heard {what}: {:?}", self.told())).expect("it is open").clone()
    }
}

async fn hear(State(inside): State<Inside>, headers: HeaderMap, body: String) -> Response {
    let signature = headers.get("carryout-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let event = serde_json::from_str(&body).expect("JSON");
    inside.told.send_modify(|told| told.push(Told { signature: signature.to_owned(), body, event }));
    let manner = inside.manner.lock().expect("nobody panicked").clone();
    match manner {
        Manner::Silent => std::future::pending().await,
        Manner::Answers { status, words, header } => {
            let status = StatusCode::from_u16(status).expect("a status");
            let mut response = (status, words).into_response();
            if let Some((name, value)) = header {
                response.headers_mut().insert(name, value.parse().expect("a header"));
            }
            response
        }
    }
}

/// Whether the holder of `secret` signed it: as the README tells partners to check it.
pub fn checks(told: &Told, secret: &str) -> bool {
    let part = |name: &'static str| told.signature.split(',').filter_map(move |part| part.strip_prefix(name));
    let time = part("t=").next().expect("a time");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(format!("{time}.{}", told.body).as_bytes());
    let signed: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    part("v1=").any(|given| given == signed)
}

/// The places of a value, such as `data.lines[].name`.
pub fn places(value: &Value) -> BTreeSet<String> {
    let inner = |at: &str, value: &Value| -> Vec<String> {
        places(value).into_iter().map(|place| format!("{at}{place}")).collect()
    };
    match value {
        Value::Object(map) => map.iter().flat_map(|(name, value)| inner(&format!(".{name}"), value)).collect(),
        Value::Array(values) => values.iter().flat_map(|value| inner("[]", value)).collect(),
        _ => BTreeSet::from([String::new()]),
    }
}
