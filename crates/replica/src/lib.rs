//! The browser driver of [`sync`]: it gives the machine its hands.
//!
//! | what the machine asks | who does it here |
//! |---|---|
//! | keep an act, its stage | [`store::outbox`]: a database of its own, strict transactions |
//! | keep rows and the cursor | [`store::cache`]: another database, which may go at any time |
//! | send a batch | [`http`]: fetch, with a limit on the wait |
//! | listen | [`socket`]: one WebSocket |
//! | lead, or follow another tab | [`tabs`]: a Web Lock and a BroadcastChannel |
//! | be woken | [`driver`]: one timer |
//!
//! The page holds a [`Replica`]: it reads rows, gives acts, and is told when something may look different.

pub mod zone;

mod driver;
mod http;
mod replica;
mod session;
mod socket;
mod store;
mod tabs;

pub use replica::{ActFailure, OpenError, Replica, Settings, Subscription, new_command_id, new_uuid};
pub use session::SignInError;
pub use store::StoreError;

/// The device's clock.
pub fn now() -> sync::Millis {
    // A double holds whole milliseconds exactly for the next 280,000 years.
    js_sys::Date::now() as sync::Millis
}
