//! Catalog: what restaurants offer. Alone holds stock.

pub(crate) mod api;
mod model;

pub(crate) use model::{Replaced, replace};
