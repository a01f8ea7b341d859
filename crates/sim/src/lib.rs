//! The whole system on virtual time, from one seed.
//!
//! Devices run [`sync::client::Client`], the server runs the steps of [`flow`] over [`domain::rules`]: the code that
//! ships, with memory where it has disks. Between them is a network that loses, repeats, delays and parts; devices and
//! the server crash at any step. After the storm everything heals, and then what the system promises must hold
//! ([`check`]). A run that fails prints its seed, and the same seed fails the same way.

pub mod bank;
pub mod check;
pub mod disk;
pub mod people;
pub mod profile;
pub mod report;
pub mod server;
pub mod world;

mod chance;
mod driver;
mod host;
mod network;
mod plan;
mod queue;
mod release;
mod session;
mod storm;
mod waiters;
mod watch;

pub use report::{Failure, Fault, Faults, Report};
pub use world::{run, told};
