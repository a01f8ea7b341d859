//! What partners ask over HTTP, each with a key of their own: `PUT /partner/v1/menu`, `GET /partner/v1/deliveries`, and
//! `POST /partner/v1/deliveries/{id}/redeliver`.

use std::time::Duration;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use axum::routing::{get, post, put};
use serde::{Deserialize, Serialize};

use super::caller::{self, Caller};
use super::delivery::{self, Delivery, Wanted};
use super::menu;
use crate::keys;
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::problem::{Problem, not_found};
use crate::web::rate::Limit;
use crate::web::{REQUEST_WAIT_MAX, guard};

/// Looking and asking again, of one partner: a program that pages through a month, and then waits.
const EACH: Limit = Limit { times: 300, returns_after: Duration::from_secs(1) };

/// Of all together: each reads a page of the truth.
const TOGETHER: Limit = Limit { times: 2_000, returns_after: Duration::from_millis(20) };

/// Deliveries of a page, where nobody says how many, and the most.
const LIMIT: i64 = 50;
const LIMIT_MAX: i64 = 200;

/// The most bytes of a request that brings nothing.
const NO_BODY_BYTES_MAX: usize = 1024;

/// How long a menu may take to come: the largest by a restaurant's uplink of half a megabit a second.
const MENU_WAIT_MAX: Duration = Duration::from_secs(40);

/// `/partner/v1/...`, with limits of its own.
pub(crate) fn router() -> Router<AppState> {
    let menu = Router::new().route("/partner/v1/menu", put(menu::put));
    let menu = menu.layer(DefaultBodyLimit::max(menu::BYTES_MAX)).layer(caller::rate(menu::EACH, menu::TOGETHER));
    let deliveries = Router::new()
        .route("/partner/v1/deliveries", get(list))
        .route("/partner/v1/deliveries/{id}/redeliver", post(redeliver))
        .layer(caller::rate(EACH, TOGETHER));
    Router::new().merge(guard::patient(MENU_WAIT_MAX, menu)).merge(guard::within(
        NO_BODY_BYTES_MAX,
        REQUEST_WAIT_MAX,
        deliveries,
    ))
}

#[derive(Deserialize)]
struct Page {
    after: Option<String>,
    limit: Option<i64>,
}

/// A page of deliveries, in the order in which they were noted.
#[derive(Serialize)]
struct Deliveries {
    /// Whether nothing is sent at present, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    paused: Option<String>,
    deliveries: Vec<Delivery>,
    /// What to ask for next, as `after`; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

async fn list(
    State(state): State<AppState>,
    Caller(partner): Caller,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<([(axum::http::HeaderName, &'static str); 1], Response), Problem> {
    let Query(page) = page?;
    let after = page.after.map_or(Ok(0), |after| after.parse()).map_err(|_| bad_cursor())?;
    let limit = page.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
    let wanted = Wanted { partner: Some(partner.id), after, limit: limit + 1, open: false };
    let mut readers = state.truth.readers.acquire().await?;
    let mut deliveries = delivery::list(&mut readers, &wanted).await?;
    drop(readers);
    let has_more = deliveries.len() as i64 > limit;
    deliveries.truncate(usize::try_from(limit).unwrap_or_default());
    let next = deliveries.last().filter(|_| has_more).map(|last| last.seq.to_string());
    let paused = partner.paused.map(|(_, why)| why);
    let answer = keys::opened(&state.keys, &Deliveries { paused, deliveries, next }).await?;
    Ok(([(CACHE_CONTROL, "no-store")], answer))
}

fn bad_cursor() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-cursor", "`after` is not one of this server's")
        .detail("Begin again without it.")
}

/// Whose it is is asked with the id, so that nobody learns what others have.
async fn redeliver(
    State(state): State<AppState>,
    Caller(partner): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let asked = state.truth.writer.write(move |mut work| {
        Box::pin(async move { delivery::redeliver(&mut work, &id, Some(&partner.id), now()).await })
    });
    let is_there: Result<bool, StoreError> = asked.await;
    if is_there? { Ok(StatusCode::ACCEPTED) } else { Err(not_found()) }
}
