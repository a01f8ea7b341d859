//! The feed: facts become rows by scope and final words by device ([`materialise`]), and those become frames for one
//! client ([`Talk`]).
//!
//! Positions are the hub's. A scope keeps, of each row that ever was in it, the last thing that happened: put, or removed
//! from it; so a catch-up from any position is one read in position order, and a snapshot is the same read from 0.

mod talk;
#[cfg(test)]
mod tests;
mod view;

pub use talk::{Look, Start, Talk, Window, digests_told_at};
pub use view::{Entry, FeedRow, FeedWrites, Sum, materialise};
