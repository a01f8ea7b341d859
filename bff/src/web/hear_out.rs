//! Whoever sends too much hears so.
//!
//! A server that answers 413 and closes, with more still coming, resets the connection, and the answer is lost on the way: the
//! client sees a network that fails and sends the same again. So what still comes is heard, up to a bound, and thrown away.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use futures::StreamExt as _;
use futures::stream::poll_fn;

/// The most that is heard in vain, in bytes: four times the largest request that is taken anywhere. Who sends more sees a reset.
const BYTES_MAX: usize = 8 * 1024 * 1024;

/// The longest that is listened in vain.
const WAIT_MAX: Duration = Duration::from_secs(2);

/// A request's body that two can read from: the handler, and then whoever hears it out.
type Shared = Arc<Mutex<BodyDataStream>>;

/// Reads on after an answer that says that the request is too large.
pub(super) async fn hear_out(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let shared: Shared = Arc::new(Mutex::new(body.into_data_stream()));
    let handed = Body::from_stream(chunks(shared.clone()));
    let response = next.run(Request::from_parts(parts, handed)).await;
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        // It ends by itself, at the bound, or in time; the answer is the same.
        let _ = tokio::time::timeout(WAIT_MAX, throw_away(shared)).await;
    }
    response
}

async fn throw_away(shared: Shared) {
    let mut heard = 0;
    let mut chunks = chunks(shared);
    while let Some(Ok(chunk)) = chunks.next().await {
        heard += chunk.len();
        if heard > BYTES_MAX {
            return;
        }
    }
}

fn chunks(shared: Shared) -> impl futures::Stream<Item = Result<axum::body::Bytes, axum::Error>> {
    poll_fn(move |context| -> Poll<Option<_>> {
        shared.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(context)
    })
}
