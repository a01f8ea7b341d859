//! Partners: restaurants' own systems, outside of the services. They push their menu, and are told what becomes of their orders.
//!
//! ```text
//! PUT menu ─► caller ─► the importer's reader ─► catalog ─► facts as usual        menu.rs
//! hub ─► what may leave ─► noted ─► signed, sent, tried again ─► partner           external.rs, egress.rs, send.rs
//!                            └─► looked at, and asked for again                    delivery.rs, api.rs, command.rs
//! ```
//! What leaves is a language of its own with versions, apart from our facts: what stands in no row of
//! [`external::LEAVES`] never leaves. Who the partners are is in [`book`], and only an operator writes it, from a terminal.

mod external;

mod book;
mod delivery;

pub(crate) mod egress;
mod send;

mod api;
mod caller;
mod menu;

pub(crate) mod command;

pub(crate) use api::router;
pub(crate) use delivery::queue;

use jiff::Timestamp;
use sync::Millis;

/// A moment as partners and operators read it, by RFC 3339.
fn time(at: Millis) -> String {
    Timestamp::from_millisecond(at).unwrap_or_default().to_string()
}
