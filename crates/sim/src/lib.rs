//! The whole system on virtual time, from one seed.
//!
//! Devices run [`sync::client::Client`], the server runs the steps of [`flow`] over [`domain::rules`]: the code that
//! ships, with memory where it has disks. Between them is a network that loses, repeats, delays and parts; devices and
//! the server crash at any step. After the storm everything heals, and then what the system promises must hold
//! ([`check`]). A run that fails prints its seed, and the same seed fails the same way.

pub mod chance;
pub mod check;
pub mod device;
pub mod people;
pub mod report;
pub mod server;
pub mod world;

pub use report::{Failure, Faults, Report};
pub use world::run;
