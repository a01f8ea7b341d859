//! Reports: what a restaurant's days came to, in orders and money, for whoever keeps its books.
//!
//! ```text
//! hub ─► rules ─► the last of each order ─► batches ─► a row an order, and which days changed     figure.rs, book.rs
//!                                                         └─► when it is quiet: version n + 1     report.rs, run.rs
//!                                                                └─► list, CSV                    api.rs
//! ```
//! It stands outside of the services, follows the hub by a checkpoint of its own ([`run`]), and could be emptied and computed again:
//! the row of an order is what its last version says, so neither order nor number of the facts matters. An order counts, with all
//! that becomes of it later, on the day on which it was placed, from midnight to midnight where its restaurant is. A day that
//! changes after its report has another one; what somebody has read stays. Nothing in here is about a person.

mod figure;

mod book;
mod report;

mod run;

mod api;

#[cfg(test)]
mod tests;

pub(crate) use api::router;
pub(crate) use run::run;
