//! The desk: people who help where a rule cannot.
//!
//! | row | what it is | who sees it |
//! |---|---|---|
//! | `case/ORDER` | what the desk knows of an order, what troubles it, and what was done about it | operators, while something does and for an hour after |
//!
//! Nothing waits for the desk: an order in trouble comes to its end without it too. What an operator does comes to the services
//! as a fact like any other.

pub mod case;

pub use case::{Case, CaseCommand, CaseEvent, CaseRefusal, Concern, Done, Measure, Trouble};
