//! The feed.

use axum::Router;

use crate::state::AppState;

/// `/live`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
}
