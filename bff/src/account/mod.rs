//! Accounts: who signs in here, and as what. An account is a customer's, or staff of one restaurant.
//!
//! [`api`] is `/api/session`; [`password`] hashes away from the async threads; [`attempts`] slows guessing down;
//! [`session`] keeps who is signed in, by a hash of the token; [`guest`] is `/api/guest`, for those without an account;
//! [`demo`] makes the accounts that anyone may try.

mod api;
mod guest;

mod attempts;
mod demo;
mod password;
pub(crate) mod session;

use axum::Router;

use crate::state::AppState;

pub(crate) use demo::seed_demo;

/// What is answered over HTTP about accounts.
pub(crate) fn router() -> Router<AppState> {
    Router::new().merge(api::router()).merge(guest::router())
}
