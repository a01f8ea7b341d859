//! The sync centre: what is on its way, what came back, and how this device stands.

mod outbox;

mod act;
mod back;
mod change;
mod export;

mod choices;
mod clash;
mod inbox;
mod settled;

mod centre;
mod prepare;

pub use back::AskToCancel;
pub use centre::SyncCentre;
pub use inbox::Inbox;
pub use outbox::Outbox;
