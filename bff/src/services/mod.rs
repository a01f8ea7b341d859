//! The services: each owns its rows, judges the commands for them, and hears of the others by facts only.

pub(crate) mod catalog;
pub(crate) mod kitchen;
pub(crate) mod ordering;

use axum::Router;

use crate::state::AppState;

/// What the services answer over HTTP.
pub(crate) fn router() -> Router<AppState> {
    Router::new().merge(catalog::api::router()).merge(ordering::api::router())
}
