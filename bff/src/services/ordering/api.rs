//! A customer's orders over HTTP, for when no feed passes.

use axum::Router;

use crate::state::AppState;

/// `/api/orders`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
}
