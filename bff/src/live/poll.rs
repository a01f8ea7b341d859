//! `POST /live`: the same talk by requests, where no socket passes. An answer is lines of JSON.
//!
//! It is held back until there is something to say, or for [`POLL_HOLD_MS`]; and it ends with its first frame, since a slow
//! phone must have the whole of it before its patience ends. The next request asks for the rest.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use domain::Trade;
use sync::protocol::{ERASED, HELLO_BYTES_MAX, POLL_HOLD_MS, SILENCE_MS_MAX, ServerMessage};

use super::talk::{self, Caller, Carrier, End};
use crate::state::AppState;
use crate::store::StoreError;
use crate::web::guard;
use crate::web::problem::Problem;
use crate::web::session::{Visitor, signed_out};

/// The longest that such a request may take: by then the client has given it up.
const POLL_WAIT_MAX: Duration = Duration::from_millis(SILENCE_MS_MAX);

/// `POST /live`.
pub(super) fn router() -> Router<AppState> {
    guard::within(HELLO_BYTES_MAX, POLL_WAIT_MAX, Router::new().route("/live", post(poll)))
}

async fn poll(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let caller = Caller::new(&state, visitor, &headers);
    let mut answer = Answer::default();
    let talked = async { talk::hold(&state, caller, talk::hello(&body)?, &mut answer).await };
    if let Err(end) = talked.await {
        answer.farewell(end)?;
    }
    let headers = [(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, "application/x-ndjson")];
    Ok((headers, answer.lines).into_response())
}

/// The lines of one answer.
#[derive(Default)]
struct Answer {
    lines: String,
}

impl Answer {
    fn add(&mut self, message: &str) {
        self.lines += message;
        self.lines.push('\n');
    }

    /// What the client did wrong is a problem, as with any request; what the server does is told as by a socket.
    fn farewell(&mut self, end: End) -> Result<(), Problem> {
        match end {
            End::Misfit(misfit) => Err(misfit.into()),
            End::BadHello(why) => {
                Err(Problem::new(StatusCode::BAD_REQUEST, "malformed", "the hello cannot be read").detail(why))
            }
            End::SignedOut(_) => Err(signed_out()),
            End::Erased => Err(Problem::new(StatusCode::GONE, ERASED, "this account was erased")),
            End::Store(error) => Err(error.into()),
            end => {
                if let Some(bye) = end.bye() {
                    let bye = serde_json::to_string(&ServerMessage::<Trade>::Bye(bye)).map_err(StoreError::from)?;
                    self.add(&bye);
                }
                Ok(())
            }
        }
    }
}

impl Carrier for Answer {
    const BEAT: Duration = Duration::from_millis(POLL_HOLD_MS);

    async fn say(&mut self, message: String) -> Result<(), End> {
        self.add(&message);
        Ok(())
    }

    /// A client that goes takes its request along, and this with it.
    async fn ended(&mut self) -> End {
        std::future::pending().await
    }

    fn is_full(&self) -> bool {
        !self.lines.is_empty()
    }
}
