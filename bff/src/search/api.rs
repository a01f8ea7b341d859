//! Search over HTTP: the orders of whoever asks in which all words that they typed begin a word, the latest first.

use axum::Json;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;
use serde::Deserialize;
use sqlx::SqlitePool;

use super::query::{self, CHARS_MAX, NoSearch, WORDS_MAX};
use crate::paper::Papers;
use crate::state::AppState;
use crate::store::StoreError;
use crate::web::cursor::{self, Cursor};
use crate::web::guard::in_time;
use crate::web::party::Party;
use crate::web::problem::Problem;

/// `/api/search`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/search", get(search))
}

#[derive(Deserialize)]
struct Asked {
    q: Option<String>,
    before: Option<String>,
    limit: Option<String>,
}

async fn search(
    State(state): State<AppState>,
    party: Party,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Problem> {
    let typed = asked.q.unwrap_or_default();
    let query = query::query(&query::words(&typed).map_err(no_search)?, &party);
    let before = cursor::before(asked.before.as_deref())?;
    let limit = cursor::limit(asked.limit.as_deref())?;
    let found = find(&state.views.readers, &query, before.as_ref(), limit).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(found)))
}

async fn find(views: &SqlitePool, query: &str, before: Option<&Cursor>, limit: u32) -> Result<Papers, StoreError> {
    let found = sqlx::query(
        "select placed_at, row_key, paper from search_words join search_paper on id = search_words.rowid
         where search_words match ?1 and (?2 is null or (placed_at, row_key) < (?2, ?3))
         order by placed_at desc, row_key desc limit ?4",
    );
    let found = found.bind(query).bind(before.map(|before| before.at));
    let found = found.bind(before.map(|before| before.of.as_str())).bind(limit + 1).fetch_all(views);
    Papers::read(&in_time(found).await?, limit)
}

fn no_search(why: NoSearch) -> Problem {
    let title = match why {
        NoSearch::NoWord => "there is no word to look for",
        NoSearch::TooLong => "that is too much to look for",
    };
    Problem::new(StatusCode::BAD_REQUEST, "bad-search", title).detail(format!(
        "Give as q up to {WORDS_MAX} words in up to {CHARS_MAX} characters, such as a dish, a restaurant or an order's number."
    ))
}
