//! The dashboard: how the whole goes, for operators. What is counted is computed from the hub ([`count`]); the parts say
//! themselves how they are ([`health`]); a page shows both ([`api`]).
//!
//! It knows no person: kinds of facts, orders by their ids, releases of the app.

mod api;
mod count;
mod health;

pub(crate) use api::router;
pub(crate) use count::run;
pub(crate) use health::readers;
