//! Search: an order is found again by what was in it, where it was from, or its number, by whoever had a part in it.
//!
//! ```text
//! hub ─► what an order reads like on paper ─► an index of its words and whose it is   index.rs
//!                                                └─► what somebody typed, as a query   query.rs ─► a page   api.rs
//! ```
//! Menus are searched on the device, where they are; this is for what no device carries. The index is a view: it is computed from
//! the hub, and again where it was lost. Nothing that a person wrote is in it ([`crate::paper`]).

mod query;

mod index;

mod api;

pub(crate) use api::router;
pub(crate) use index::{reached, run};
