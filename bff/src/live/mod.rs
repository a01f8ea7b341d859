//! Live: facts become the feed ([`view`]), and the feed reaches the screens: in a [`talk`], over a [`socket`] or by
//! requests ([`poll`]). What nobody has to hear of any more is forgotten ([`forget`]).

pub(crate) mod forget;
mod poll;
mod read;
mod socket;
mod talk;
mod view;

use axum::Router;

use crate::state::AppState;

pub(crate) use view::run;

/// `/live`.
pub(crate) fn router() -> Router<AppState> {
    socket::router().merge(poll::router())
}
