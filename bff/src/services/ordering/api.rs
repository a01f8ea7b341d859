//! A customer's orders over HTTP, for when no feed passes.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::id::order_key;
use domain::ordering::Order;
use domain::trade::Row;
use domain::{OrderId, access};
use serde::{Deserialize, Serialize};
use sync::AccountId;

use crate::account::session::Session;
use crate::keys::opened;
use crate::ledger;
use crate::state::AppState;
use crate::web::guard::in_time;
use crate::web::problem::{Problem, not_found};
use crate::web::session::Identity;

/// Orders of a page, where nobody says how many.
const LIMIT: u32 = 20;

/// The most orders of a page.
const LIMIT_MAX: u32 = 100;

/// `/api/orders`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/orders", get(list)).route("/api/orders/{id}", get(one))
}

/// An order with its steps, as it stands.
#[derive(Serialize)]
struct Shown {
    version: i64,
    #[serde(flatten)]
    order: Order,
}

/// A page of orders, newest first.
#[derive(Serialize)]
struct Orders {
    orders: Vec<Shown>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn list(
    State(state): State<AppState>,
    Identity(Session { actor, .. }): Identity,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    if actor.role.name != access::CUSTOMER {
        return Err(Problem::new(StatusCode::FORBIDDEN, "not-allowed", "orders are listed to their customers")
            .detail("A kitchen finds its tickets on its board."));
    }
    let Query(page) = page?;
    let (placed_at, key) = match &page.cursor {
        Some(cursor) => decode(cursor).ok_or_else(bad_cursor)?,
        None => (i64::MAX, String::new()),
    };
    let limit = page.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
    let query = sqlx::query_as::<_, (String, i64, i64, String)>(
        "select key, version, placed_at, body from ordering_row
         where customer = ? and (placed_at, key) < (?, ?) order by placed_at desc, key desc limit ?",
    );
    let query = query.bind(actor.account.as_str()).bind(placed_at).bind(key).bind(limit + 1);
    let mut rows = in_time(query.fetch_all(&state.truth.readers)).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|(key, _, placed_at, _)| format!("{placed_at}.{key}"));
    let shown = |(_, version, _, body): &(_, _, _, String)| Ok(Shown { version: *version, order: order(body)? });
    let orders = rows.iter().map(shown).collect::<Result<_, Problem>>()?;
    opened(&state.keys, &Orders { orders, next }).await
}

async fn one(
    State(state): State<AppState>,
    Identity(Session { actor, .. }): Identity,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: OrderId = id.parse().map(OrderId).map_err(|_| not_found())?;
    let query = sqlx::query_as::<_, (i64, String)>("select version, body from ordering_row where key = ?");
    let found = in_time(query.bind(order_key(id).as_str()).fetch_optional(&state.truth.readers)).await?;
    let (version, body) = found.ok_or_else(not_found)?;
    let order = order(&body)?;
    // Of other people's orders not even their being there is told.
    if !is_mine(&order, &actor.account) {
        return Err(not_found());
    }
    opened(&state.keys, &Shown { version, order }).await
}

fn is_mine(order: &Order, account: &AccountId) -> bool {
    order.customer == *account
}

fn order(body: &str) -> Result<Order, Problem> {
    ledger::json::<Row>(body)?.into_order().ok_or_else(not_found)
}

fn decode(cursor: &str) -> Option<(i64, String)> {
    let (placed_at, key) = cursor.split_once('.')?;
    Some((placed_at.parse().ok()?, key.to_owned()))
}

fn bad_cursor() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-cursor", "the cursor is not one of this server's")
        .detail("Begin again without one.")
}
