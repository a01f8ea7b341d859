//! Where drivers are just now, over HTTP: a phone says it, and whoever waits for what is in its bag asks.
//!
//! | to | answer |
//! |---|---|
//! | `POST /api/drive/place` `{"at": [52.5163, 13.3777]}` | in how many milliseconds it is to be said anew; `409` for who is off duty |
//! | `GET /api/deliveries/{order}/driver` | where its driver was, and how many milliseconds ago; `null` where nothing is to be told |
//!
//! They are kept in memory and nowhere else, as [`domain::delivery::sighting`] says: neither a backup nor the lake ever knows where
//! somebody was, and a server that starts anew is told again within seconds.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use domain::delivery::sighting::{self, HereIAm, SayAgain, Seen, Sighting};
use domain::delivery::{Driver, Errand};
use domain::id::{driver_key, errand_key};
use domain::trade::Row;
use domain::{OrderId, Service, access};
use sync::{AccountId, Key};

use crate::account::session::Session;
use crate::ledger;
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::guard::in_time;
use crate::web::problem::{Json, Problem, not_found};
use crate::web::rate::{Limit, Rate};
use crate::web::session::Identity;

/// Of one driver: twice as often as a phone says it, and a few at once after a tunnel.
const EACH: Limit = Limit { times: 10, returns_after: Duration::from_secs(7) };

/// Of all together: a thousand drivers.
const TOGETHER: Limit = Limit { times: 1_000, returns_after: Duration::from_millis(10) };

static RATE: LazyLock<Rate> = LazyLock::new(|| Rate::new(EACH, TOGETHER));

/// Where each driver said last that they are.
#[derive(Default)]
pub(crate) struct Sightings(Mutex<HashMap<AccountId, Sighting>>);

impl Sightings {
    /// Keeps it until there is a newer one, and lets go of all that say nothing any more.
    fn keep(&self, driver: AccountId, seen: Sighting) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, known| known.is_fresh(seen.seen));
        all.insert(driver, seen);
    }

    fn of(&self, driver: &AccountId) -> Option<Sighting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(driver).copied()
    }
}

/// `/api/drive/place` and `/api/deliveries/{order}/driver`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/drive/place", post(tell)).route("/api/deliveries/{order}/driver", get(ask))
}

async fn tell(
    State(state): State<AppState>,
    Identity(Session { actor, .. }): Identity,
    Json(HereIAm { at }): Json<HereIAm>,
) -> Result<axum::Json<SayAgain>, Problem> {
    check_rate(&actor.account)?;
    let nowhere = || {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no-such-place", "there is no such place")
            .detail("A latitude is at most 90 degrees, a longitude at most 180. Nothing was kept.")
    };
    let seen = Sighting::new(at, now()).ok_or_else(nowhere)?;
    let driver = driver(&state, &actor.account).await?;
    if !driver.is_some_and(|driver| driver.on_duty) {
        return Err(Problem::new(StatusCode::CONFLICT, "not-on-duty", "who is off duty is nobody's business")
            .detail("Nothing was kept. Tell it again once you are on duty."));
    }
    state.sightings.keep(actor.account, seen);
    Ok(axum::Json(SayAgain { again_ms: sighting::TOLD_EVERY_MS }))
}

async fn ask(
    State(state): State<AppState>,
    Identity(Session { actor, .. }): Identity,
    order: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(order) = order?;
    let order = order.parse().map(OrderId).map_err(|_| not_found())?;
    // Of other people's meals not even their being there is told.
    let errand = errand(&state, order).await?.ok_or_else(not_found)?;
    let subject = errand.contact.name.subject().filter(|_| actor.role.name == access::CUSTOMER);
    let is_theirs = match subject {
        Some(subject) => state.keys.is_of(subject, &actor.account).await?,
        None => false,
    };
    if !is_theirs {
        return Err(not_found());
    }
    let seen = seen(&state, &errand).await?;
    Ok(([(CACHE_CONTROL, "no-store")], axum::Json(seen)).into_response())
}

/// Where who carries `errand` was, where that is told.
async fn seen(state: &AppState, errand: &Errand) -> Result<Option<Seen>, StoreError> {
    let Some(account) = sighting::carrier(errand) else { return Ok(None) };
    let driver = driver(state, account).await?;
    if !driver.is_some_and(|driver| sighting::is_shown(&driver, errand)) {
        return Ok(None);
    }
    Ok(state.sightings.of(account).and_then(|seen| seen.told(now())))
}

async fn driver(state: &AppState, account: &AccountId) -> Result<Option<Driver>, StoreError> {
    Ok(row(state, &driver_key(account)).await?.and_then(Row::into_driver))
}

async fn errand(state: &AppState, order: OrderId) -> Result<Option<Errand>, StoreError> {
    Ok(row(state, &errand_key(order)).await?.and_then(Row::into_errand))
}

async fn row(state: &AppState, key: &Key) -> Result<Option<Row>, StoreError> {
    let mut reader = in_time(state.truth.readers.acquire()).await?;
    Ok(ledger::row(&mut reader, Service::Delivery, key).await?.map(|(row, _)| row))
}

fn check_rate(driver: &AccountId) -> Result<(), Problem> {
    RATE.take(driver.as_str(), Instant::now()).map_err(|wait_s| {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many", "told too often")
            .detail("What was told before stands. A place is told every fifteen seconds.")
            .retry_after_s(wait_s)
    })
}
