//! HTTP: the router is the sum of what each part declares, inside what holds for every request.

pub(crate) mod cursor;
pub(crate) mod guard;
pub(crate) mod health;
mod hear_out;
pub(crate) mod metrics;
pub(crate) mod party;
pub(crate) mod problem;
pub(crate) mod rate;
pub(crate) mod session;
pub(crate) mod static_files;

use axum::Router;

use crate::services;
use crate::state::AppState;
use crate::{accept, account, archive, dashboard, device, faults, live, partner, push, reporting, search};

/// The longest that a request may take, the socket excepted.
pub(crate) const REQUEST_WAIT_MAX: std::time::Duration = std::time::Duration::from_secs(3);

/// The most bytes of a request's body: a full batch, with room for what wraps it.
pub(crate) const BODY_BYTES_MAX: usize = 512 * 1024;

/// The whole site.
pub(crate) fn router(state: AppState) -> Router {
    guard::harden(site(), &state).with_state(state)
}

/// All that is answered, before what holds for every request.
pub(crate) fn site() -> Router<AppState> {
    let api = Router::new()
        .merge(accept::router())
        .merge(services::router())
        .merge(account::router())
        .merge(device::router())
        .merge(faults::api::router())
        .merge(faults::desk::router())
        .merge(dashboard::router())
        .merge(reporting::router())
        .merge(archive::router())
        .merge(search::router())
        .merge(push::router());
    let limited = guard::limit(api.merge(health::router()));
    // Photos and menus are larger than all else, and come more slowly.
    let large = services::delivery::api::router().merge(partner::router());
    Router::new().merge(live::router()).merge(limited).merge(large).merge(static_files::router())
}
