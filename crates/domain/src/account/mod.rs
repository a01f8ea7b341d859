//! Account: who orders. So far, the guest who orders without one, and how a person takes a guest's orders over.

pub mod guest;

pub use guest::{Guest, GuestCommand, GuestEvent, GuestRefusal, Proof, Secret};
