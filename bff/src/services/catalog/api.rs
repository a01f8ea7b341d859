//! Public menus over HTTP.

use axum::Router;

use crate::state::AppState;

/// `/api/catalog/...`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
}
