//! Whether the server lives, and whether it is ready.

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

/// `/livez` and `/readyz`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/livez", get(|| async { "ok" })).route("/readyz", get(|| async { "ok" }))
}
