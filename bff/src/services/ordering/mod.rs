//! Ordering: orders, as their customers see them.

pub(crate) mod api;
