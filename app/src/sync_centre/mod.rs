//! The sync centre: what is on its way, and what came back.

mod choices;
mod inbox;
mod outbox;

pub use inbox::Inbox;
pub use outbox::Outbox;
