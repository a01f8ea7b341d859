//! Accounts: who signs in here, and as what. An account is a customer's, or staff of one restaurant.
//!
//! [`api`] is `/api/session`; [`password`] hashes away from the async threads; [`attempts`] slows guessing down;
//! [`session`] keeps who is signed in, by a hash of the token; [`demo`] makes the accounts that anyone may try.

mod api;

mod attempts;
mod demo;
mod password;
pub(crate) mod session;

pub(crate) use api::router;
pub(crate) use demo::seed_demo;
