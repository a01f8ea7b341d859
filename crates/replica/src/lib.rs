//! The browser driver of [`sync`]: it gives the machine its hands.
//!
//! | what the machine asks | who does it here |
//! |---|---|
//! | keep an act, its stage | `store::outbox`: a database of its own, strict transactions |
//! | (keep that in a second place) | `store::twin`: the site's caches, which outlive its databases |
//! | keep bytes that follow an act | `store::attachments`: a third one; `attachments` carries them |
//! | keep rows and the cursor | `store::cache`: another database, which may go at any time |
//! | send a batch | `http`: fetch, with a limit on the wait |
//! | listen | `socket`: one WebSocket |
//! | lead, or follow another tab | `tabs`: a Web Lock and a BroadcastChannel |
//! | notice that everything was thrown away | `traces`: a cookie, and what the server heard |
//! | act before anybody has an account | `guest`: a person of the device's own making |
//! | be woken | `driver`: one timer |
//! | show how it stands | `window`: a global object for developers |
//! | send with all tabs closed | [`drain()`]: one round in a service worker |
//!
//! The page holds a [`Replica`]: it reads rows, gives acts, and is told when something may look different.

pub mod zone;

mod ask;
mod attachments;
mod drain;
mod driver;
mod guest;
mod http;
mod replica;
mod room;
mod session;
mod socket;
mod storage;
mod store;
mod switches;
mod tabs;
mod traces;
mod window;

pub use ask::{AskError, Refused};
pub use attachments::AttachFailure;
pub use drain::{DrainError, Drained, drain};
pub use guest::{Guest, chance};
pub use replica::{ActFailure, KeptDraft, OpenError, Replica, Settings, Subscription, new_command_id, new_uuid};
pub use session::{SignInError, SignedIn, Takeover};
pub use storage::{Keeping, Storage};
pub use store::StoreError;
pub use store::name::{Expendable, Precious, evict};

/// The device's clock.
pub fn now() -> sync::Millis {
    // A double holds whole milliseconds exactly for the next 280,000 years.
    js_sys::Date::now() as sync::Millis
}
