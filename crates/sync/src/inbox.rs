//! What came back: acts that were refused, with why, kept until the person settles each once.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Act, CommandId, DeviceId, Key, Millis, Model};

/// Why an act was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", bound = "")]
pub enum Reason<M: Model> {
    /// The trade said no.
    Trade(M::Refusal),
    /// An act that it rests on was refused; the two are settled together.
    Predecessor(CommandId),
    /// It reached the server too long after the tap.
    Stale {
        /// How old it was, in milliseconds.
        age_ms: u64,
        /// How old it might have been.
        valid_for_ms: u64,
    },
    /// This identity may not do that.
    NotAllowed,
    /// The inbox item that it settles was settled already, perhaps from another device.
    AlreadySettled,
}

impl<M: Model> Reason<M> {
    /// The reason's name on the wire and in the page.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Trade(refusal) => M::code(refusal),
            Self::Predecessor(_) => "predecessor",
            Self::Stale { .. } => "stale",
            Self::NotAllowed => "not-allowed",
            Self::AlreadySettled => "already-settled",
        }
    }

    /// Whether a person must decide something. A settled item or a forbidden act leaves nothing to decide.
    pub fn opens_an_item(&self) -> bool {
        matches!(self, Self::Trade(_) | Self::Stale { .. })
    }
}

/// A refused act that waits for the person's decision. It lives on the server, in the person's own scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct InboxItem<M: Model> {
    /// The refused act; also the item's own name.
    pub id: CommandId,
    /// Whose it is.
    pub account: AccountId,
    /// The device it was made on.
    pub device: DeviceId,
    /// The aggregate it was for.
    pub lane: Key,
    /// What was wanted.
    pub act: Act<M::Command>,
    /// Why not, with what stood on the server.
    pub reason: Reason<M>,
    /// Acts that rested on it and fell with it.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub dependents: Vec<M::Command>,
    /// When the person tapped, by the server's clock.
    pub acted_at: Millis,
    /// When it was refused, by the server's clock.
    pub refused_at: Millis,
}

impl<M: Model> InboxItem<M> {
    /// The row under which the item travels.
    pub fn key(id: CommandId) -> Key {
        Key::new("inbox", id)
    }
}
