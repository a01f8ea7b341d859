//! How facts travel on the server: pure steps that say what to read first, then what to write and send.
//!
//! ```text
//! accept    an act from a device    → the row of its lane, facts, the stored answer      in one transaction
//! publish   facts of all services   → the hub, at gap-free positions
//! react     a fact from the hub     → rows of another service, and their facts           in one transaction
//! clock     a row whose time came   → the row, and its facts                             in one transaction
//! feed      a fact from the hub     → rows by scope, and final words by device; then the frames for one client
//! pipeline  facts from the hub      → units by rules, the last of each key, in batches, in turns, not too often
//! ```
//! Every step is handed what it reads as plain data and hands back what is to be written as plain data, so that a server
//! on SQLite and a simulation in memory run the same code. Nothing here knows a clock, chance, IO, SQL or any trade.

pub mod fact;

pub mod accept;
pub mod clock;
pub mod publish;
pub mod react;

pub mod feed;
pub mod memory;
pub mod pipeline;

#[cfg(test)]
mod testing;

pub use fact::{Addressed, Cause, Entity, Fact, Writes};
