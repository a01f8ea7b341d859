//! Whether the server lives, and whether it is ready.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::guard::in_time;
use super::problem::Problem;
use crate::state::AppState;

/// `/livez` and `/readyz`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/livez", get(live)).route("/readyz", get(ready))
}

/// The process answers; nothing else is asked.
async fn live() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// Both files answer in time, and nobody has told the server to stop.
async fn ready(State(state): State<AppState>) -> Result<Response, Problem> {
    if state.notice.is_cancelled() {
        let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", "the server is stopping");
        return Err(problem.detail("Open requests are finished; send new ones again soon.").retry_after_s(1));
    }
    in_time(sqlx::query("select epoch from meta").fetch_one(&state.truth.readers)).await?;
    in_time(sqlx::query("select 1").fetch_one(&state.views.readers)).await?;
    Ok(([(CACHE_CONTROL, "no-store")], "ok\n").into_response())
}
