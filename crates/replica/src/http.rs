//! Requests, each with a limit on the wait.

use std::time::Duration;

use js_sys::Reflect;
use reqwest::{Method, Response};
use serde::{Serialize, de::DeserializeOwned};
use sync::attachment;
use sync::client::{REQUEST_MS_MAX, SendError};
use sync::protocol::{ACCOUNT_HEADER, Batch, BatchAnswer, Problem};
use sync::retry::HIDDEN_MS_MAX;
use sync::{AccountId, Model};

use crate::switches;

/// The longest that a stranger's Retry-After is believed, in milliseconds: as long as a page that nobody looks at waits by
/// itself. A proxy that stands in for our server says an hour and does not know when the server is back.
const STRANGER_MS_MAX: u64 = HIDDEN_MS_MAX;

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    pub(crate) error: SendError,
    /// Our server's own sentence, where there is one.
    pub(crate) detail: Option<String>,
}

impl Failed {
    fn lost(retry_after_ms: Option<u64>) -> Self {
        Self { error: SendError::Lost { retry_after_ms }, detail: None }
    }
}

/// Sends a batch of acts.
pub(crate) async fn post_batch<M: Model>(batch: &Batch) -> Result<BatchAnswer<M>, SendError> {
    let answer = request(Method::POST, "/api/commands", Some(batch)).await.map_err(|failed| failed.error);
    if switches::drops_ack() {
        return Err(SendError::Lost { retry_after_ms: None });
    }
    answer
}

/// Asks our server, and reads its answer or its problem.
pub(crate) async fn request<A: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<A, Failed> {
    let text = send(method, path, body).await?;
    serde_json::from_str(&text).map_err(|_| Failed::lost(None))
}

/// Asks our server; the answer's text.
pub(crate) async fn send(method: Method, path: &str, body: Option<&impl Serialize>) -> Result<String, Failed> {
    if !switches::pass().await {
        return Err(Failed::lost(None));
    }
    let mut request = to(method, path, REQUEST_MS_MAX);
    if let Some(body) = body {
        request = request.json(body);
    }
    answer(request).await
}

/// Brings our server bytes of `account`'s.
pub(crate) async fn put(path: &str, content_type: &str, account: &AccountId, bytes: Vec<u8>) -> Result<(), Failed> {
    if !switches::pass().await {
        return Err(Failed::lost(None));
    }
    let request = to(Method::PUT, path, attachment::REQUEST_MS_MAX);
    let request = request.header("content-type", content_type).header(ACCOUNT_HEADER, account.as_str()).body(bytes);
    let text = answer(request).await?;
    // A captive network takes anything, and keeps nothing: our server answers in JSON.
    serde_json::from_str::<serde_json::Value>(&text).map(drop).map_err(|_| Failed::lost(None))
}

/// A request to our server with a limit on the wait.
fn to(method: Method, path: &str, patience_ms: i64) -> reqwest::RequestBuilder {
    let patience = Duration::from_millis(patience_ms.unsigned_abs());
    reqwest::Client::new().request(method, format!("{}{path}", origin())).timeout(patience)
}

/// The answer's text.
async fn answer(request: reqwest::RequestBuilder) -> Result<String, Failed> {
    let response = request.send().await.map_err(|_| Failed::lost(None))?;
    let status = response.status().as_u16();
    let retry_after_ms = retry_after_ms(&response);
    let of_a_stranger = retry_after_ms.map(|ms| ms.min(STRANGER_MS_MAX));
    let text = response.text().await.map_err(|_| Failed::lost(of_a_stranger))?;
    if (200..300).contains(&status) {
        return Ok(text);
    }
    // Only a problem of our own type is our server's word; anything else was said by something in between.
    let problem = serde_json::from_str::<Problem>(&text).ok();
    let Some(slug) = problem.as_ref().and_then(Problem::slug).map(str::to_owned) else {
        return Err(Failed::lost(of_a_stranger));
    };
    let detail = problem.and_then(|problem| problem.detail);
    Err(Failed { error: SendError::Problem { status, slug, retry_after_ms }, detail })
}

/// Where this page or worker comes from.
fn origin() -> String {
    let location = Reflect::get(&js_sys::global(), &"location".into());
    let origin = location.and_then(|location| Reflect::get(&location, &"origin".into()));
    origin.ok().and_then(|origin| origin.as_string()).unwrap_or_default()
}

/// Whether our server answers at all. A captive network answers anything with a page of its own.
pub(crate) async fn is_there() -> bool {
    send(Method::GET, "/livez", None::<&()>).await.is_ok_and(|text| text.trim() == "ok")
}

fn retry_after_ms(response: &Response) -> Option<u64> {
    let seconds: u64 = response.headers().get("retry-after")?.to_str().ok()?.parse().ok()?;
    Some(seconds.saturating_mul(1000))
}
