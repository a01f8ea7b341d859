//! The built app, from a folder or from inside the executable.

use axum::Router;

use crate::state::AppState;

/// Everything that is not the API.
pub(crate) fn router(_state: &AppState) -> Router<AppState> {
    Router::new()
}
