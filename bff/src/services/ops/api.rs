//! The story of an order over HTTP, for operators: every fact that tells of it, in the order in which they became true.

use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use domain::OrderId;
use serde::Serialize;
use sync::{Millis, Position};

use crate::hub::Wanted;
use crate::state::AppState;
use crate::web::problem::{Problem, not_found};
use crate::web::session::Operator;

/// The most facts that are told of one order, the latest. One has about forty; a meal that nobody fetches has some every five
/// minutes.
const FACTS_MAX: usize = 1_000;

/// `/api/desk/orders/{id}/story`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/desk/orders/{id}/story", get(story))
}

/// An order's facts, the oldest first.
#[derive(Serialize)]
struct Story {
    facts: Vec<Told>,
}

/// A fact without what it holds of people: what happened, when, and to whom it goes back.
#[derive(Serialize)]
struct Told {
    position: Position,
    at: Millis,
    kind: String,
    service: String,
    /// Whose act began it; absent where the system did by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

async fn story(
    State(state): State<AppState>,
    _: Operator,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let order: OrderId = id.parse().map(OrderId).map_err(|_| not_found())?;
    let wanted = Wanted { order: Some(order), ..Wanted::default() };
    let facts = state.hub.latest(&wanted, FACTS_MAX).await?;
    if facts.is_empty() {
        return Err(not_found());
    }
    let told = facts.into_iter().map(|(position, fact)| Told {
        position,
        at: fact.at,
        kind: fact.kind.clone(),
        service: fact.tags.source.clone(),
        by: fact.cause.as_ref().map(|cause| cause.account.to_string()),
    });
    Ok(([(CACHE_CONTROL, "no-store")], Json(Story { facts: told.collect() })))
}
