//! The lake: every fact there ever was, kept for ever, found by its order, its kind and its time.
//!
//! It is the hub's ([`crate::hub`]); here is what a terminal reads of it: by operators from a page, see `services/ops`.

pub(crate) mod command;
