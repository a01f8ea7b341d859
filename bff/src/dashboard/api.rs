//! The dashboard over HTTP, for operators: one answer, asked for again while somebody looks.

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use sync::Millis;

use super::count::{self, Rate, UnderWay};
use super::health::{self, Outside, Part, Stored};
use crate::device::{self, Clients};
use crate::state::{AppState, Compared, now};
use crate::web::problem::Problem;
use crate::web::session::Operator;

/// `/api/desk/dashboard`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/desk/dashboard", get(dashboard))
}

/// How it goes.
#[derive(Serialize)]
struct Dashboard {
    at: Millis,
    /// This server's own version.
    version: &'static str,
    parts: Vec<Part>,
    store: Stored,
    outside: Vec<Outside>,
    /// Screens that are told of news as it comes.
    talks: usize,
    clients: Vec<Clients>,
    compared: Compared,
    orders: UnderWay,
    rates: Vec<Rate>,
}

async fn dashboard(State(state): State<AppState>, _: Operator) -> Result<impl IntoResponse, Problem> {
    let (at, compared) = (now(), *state.wake.compared.borrow());
    let dashboard = Dashboard {
        at,
        version: env!("CARGO_PKG_VERSION"),
        parts: health::parts(&state, at).await?,
        store: health::stored(&state).await?,
        outside: health::outside(&state, at).await?,
        talks: state.talks.len(),
        clients: device::clients(&state.truth.readers, at).await?,
        compared,
        orders: count::under_way(&state.views.readers).await?,
        rates: count::rates(&state.views.readers, at).await?,
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(dashboard)))
}
