//! Account: who orders. The guest who orders without an account and how a person takes a guest's orders over; and how a person
//! is forgotten.

pub mod guest;
pub mod person;

pub use guest::{Guest, GuestCommand, GuestEvent, GuestRefusal, Proof, Secret};
pub use person::{Erasure, Person, PersonCommand, PersonEvent};
