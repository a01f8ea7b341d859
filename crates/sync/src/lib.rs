//! How replicas agree, without a clock, a network or a disk.
//!
//! A person's device keeps two things: a **cache** of rows that the server sent, which may go at any time, and an
//! **outbox** of commands the person gave, which may never go before each was answered. The screen shows the cached
//! rows with the pending commands re-run over them. What the server refuses comes back as an **inbox** item.
//!
//! This crate is the pure half: it is told what happened ([`client::Client`]), says what to do next
//! ([`client::Output`]) and never does it. It is generic over one trait, [`Model`], and knows no trade.
//!
//! Read in this order: [`model`] is what a trade must tell us, [`personal`] what is sealed, [`envelope`] what is saved at a tap, [`protocol`] what
//! travels, [`outbox`] and [`cache`] what the device keeps, [`loss`] what can be said when
//! it is gone, [`rebase`] what the screen shows, [`client`] how it moves, [`attachment`] what follows an act later, such as a photo.

pub mod id;
pub mod model;
pub mod personal;

pub mod envelope;
pub mod inbox;
pub mod protocol;

pub mod cache;
pub mod loss;
pub mod outbox;
pub mod rebase;
pub mod retry;

pub mod attachment;
pub mod client;

pub use envelope::{Act, Envelope, Saw};
pub use id::{AccountId, CommandId, DeviceId, Epoch, Key, Millis, Position, Scope, Version};
pub use inbox::{InboxItem, Reason};
pub use model::{Actor, Context, Known, Model, Role};
pub use personal::Personal;
