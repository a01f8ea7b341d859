//! The archive over HTTP: pages of papers, the latest first, and each by its name, for whoever had a part in it.

use axum::Json;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;
use serde::Deserialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqlitePool};
use sync::Key;

use crate::ledger::json;
use crate::paper::{Paper, Papers};
use crate::state::AppState;
use crate::store::StoreError;
use crate::web::cursor::{self, Cursor};
use crate::web::guard::in_time;
use crate::web::party::Party;
use crate::web::problem::Problem;

/// `/api/archive`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/archive", get(list)).route("/api/archive/{kind}/{id}", get(one))
}

#[derive(Deserialize)]
struct Asked {
    before: Option<String>,
    limit: Option<String>,
}

async fn list(
    State(state): State<AppState>,
    party: Party,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Problem> {
    let before = cursor::before(asked.before.as_deref())?;
    let limit = cursor::limit(asked.limit.as_deref())?;
    let papers = papers(&state.truth.readers, &party, before.as_ref(), limit).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(papers)))
}

async fn one(
    State(state): State<AppState>,
    party: Party,
    Path((kind, id)): Path<(String, String)>,
) -> Result<impl IntoResponse, Problem> {
    let of = Key::new(&kind, &id);
    // Of others' orders not even their being there is told.
    let paper = paper(&state.truth.readers, &party, &of).await?.ok_or_else(|| no_paper(&of))?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(paper)))
}

/// A page of somebody's papers, by when each was placed, a driver's by when they took it.
async fn papers(
    archive: &SqlitePool,
    party: &Party,
    before: Option<&Cursor>,
    limit: u32,
) -> Result<Papers, StoreError> {
    let (select, whose) = match party {
        Party::Customer(account) => (
            "select placed_at, row_key, paper from archive_paper
             where customer = ?1 and (?2 is null or (placed_at, row_key) < (?2, ?3))
             order by placed_at desc, row_key desc limit ?4",
            account.as_str(),
        ),
        Party::Restaurant(restaurant) => (
            "select placed_at, row_key, paper from archive_paper
             where restaurant = ?1 and (?2 is null or (placed_at, row_key) < (?2, ?3))
             order by placed_at desc, row_key desc limit ?4",
            restaurant.0.as_str(),
        ),
        Party::Driver(account) => (
            "select brought.at, row_key, paper from archive_brought as brought join archive_paper using (row_key)
             where driver = ?1 and (?2 is null or (brought.at, row_key) < (?2, ?3))
             order by brought.at desc, row_key desc limit ?4",
            account.as_str(),
        ),
        Party::Operator => (
            "select placed_at, row_key, paper from archive_paper
             where ?1 = '' and (?2 is null or (placed_at, row_key) < (?2, ?3))
             order by placed_at desc, row_key desc limit ?4",
            "",
        ),
    };
    let found = sqlx::query(select).bind(whose).bind(before.map(|before| before.at));
    let found = found.bind(before.map(|before| before.of.as_str())).bind(limit + 1).fetch_all(archive);
    Papers::read(&in_time(found).await?, limit)
}

/// The paper of a row, where it is `party`'s.
async fn paper(archive: &SqlitePool, party: &Party, of: &Key) -> Result<Option<Paper>, StoreError> {
    let found = sqlx::query(
        "select paper, restaurant, customer, driver from archive_paper left join archive_brought using (row_key)
         where row_key = ?",
    );
    let found = in_time(found.bind(of.as_str()).fetch_optional(archive)).await?;
    let is_theirs = |row: &SqliteRow| {
        let is = |column: usize, whose: &str| row.get::<Option<&str>, _>(column) == Some(whose);
        match party {
            Party::Restaurant(restaurant) => is(1, &restaurant.0),
            Party::Customer(account) => is(2, account.as_str()),
            Party::Driver(account) => is(3, account.as_str()),
            Party::Operator => true,
        }
    };
    found.filter(is_theirs).map(|row| json(row.get(0))).transpose()
}

fn no_paper(of: &Key) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no-paper", "there is no such order of yours").detail(format!(
        "Of {of} nothing is kept for you, or only just now. /api/archive lists what you ordered, cooked or brought."
    ))
}
