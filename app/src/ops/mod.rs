//! The operators' desk: orders in trouble, the most urgent first, with what can be done about each and what happened to it; and
//! how the whole system goes.

mod case;
mod dashboard;
mod desk;
mod faults;
mod measures;
mod story;
mod system;

pub use desk::Desk;
pub use system::System;
