//! The operators' desk: orders in trouble, the most urgent first, with what can be done about each and what happened to it.

mod case;
mod desk;
mod faults;
mod measures;
mod story;

pub use desk::Desk;
