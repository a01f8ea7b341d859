//! Web Push: what becomes of orders is told to devices on which no page is open, through the push services of their browsers.
//!
//! ```text
//! hub ─► what is told of a fact (domain::push) ─► noted for each device that wants it ─► sealed, sent ─► push service ─► device
//!                                                  letter.rs, book.rs                     sealed.rs, vapid.rs, send.rs, egress.rs
//! ```
//! Outside of the services: it follows the hub by a checkpoint of its own. Where a device is reached is its account's secret, so it
//! lies in [`book`] sealed, and in no fact. A push service is told that there is a message, and how urgent it is; the message names
//! what happened and the order, is sealed for the device, and is always equally long. What it says in words, the device knows.

mod book;
mod letter;

mod sealed;
mod send;
pub(crate) mod vapid;

mod api;
pub(crate) mod egress;

pub(crate) use api::router;
pub(crate) use book::pass_on;
pub(crate) use letter::queue;
