//! The archive: what was ordered, fetched, brought and eaten, on paper and for ever, for whoever had a part in it.
//!
//! ```text
//! hub ─► rules ─► the last of each order ─► a paper an order, by whose it is and when   made.rs, keep.rs
//!                                                └─► a page of them, one of them        api.rs
//! ```
//! It begins with an order's first fact and not with its end, so nothing has to be handed over, and whoever else keeps an order may
//! let it go. It stands outside of the services, follows the hub by a checkpoint of its own, and the paper is what the order's last
//! version says, so neither order nor number of the facts matters. On paper stands nothing that a person wrote
//! ([`crate::paper`]); of who was erased it also forgets that they ordered.

mod made;

mod keep;

mod api;

pub(crate) use api::router;
pub(crate) use keep::run;
