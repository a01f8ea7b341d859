//! `POST /api/commands`.

use axum::Router;

use crate::state::AppState;

/// `/api/commands`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
}
