//! `POST /api/faults`: a device tells what it could not make sense of. Anyone may, signed in or not, and not often.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Extension, Router};
use sync::protocol::{FAULT_BYTES_MAX, Fault as Told};

use super::{Fault, Kind, Teller, keep};
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::problem::{Json, Problem};
use crate::web::rate::{Limit, Rate};
use crate::web::session::Visitor;

/// Of one account, or of all strangers: a client tells at most fifty in its life, and has them told twice if it restarts.
const EACH: Limit = Limit { times: 100, returns_after: Duration::from_secs(10) };

/// Of everybody together: each costs a commit of the file that orders are in, and a broken release tells from every phone.
const TOGETHER: Limit = Limit { times: 500, returns_after: Duration::from_millis(200) };

/// `/api/faults`.
pub(crate) fn router() -> Router<AppState> {
    let rate = Arc::new(Rate::new(EACH, TOGETHER));
    Router::new().route("/api/faults", post(take)).layer(DefaultBodyLimit::max(FAULT_BYTES_MAX)).layer(Extension(rate))
}

async fn take(
    State(state): State<AppState>,
    Visitor { actor, .. }: Visitor,
    Extension(rate): Extension<Arc<Rate>>,
    Json(told): Json<Told>,
) -> Result<StatusCode, Problem> {
    let account = actor.map(|actor| actor.account);
    let whose = account.as_ref().map_or("", |account| account.as_str());
    rate.take(whose, Instant::now()).map_err(too_many)?;
    let Told { kind, about, detail, release } = told;
    let (fault, teller) = (Fault { kind: Kind::Device(kind), about, detail, unit: None }, Teller { release, account });
    let kept: Result<(), StoreError> = state
        .truth
        .writer
        .write(move |mut work| Box::pin(async move { keep(&mut work, &fault, &teller, now()).await }))
        .await;
    kept?;
    Ok(StatusCode::NO_CONTENT)
}

fn too_many(wait_s: u32) -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-faults", "too many faults were told")
        .detail("This one was not kept. Nothing waits for it; what you did on this device is kept there.")
        .retry_after_s(wait_s)
}
