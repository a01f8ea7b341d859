//! What came back: acts that were refused, with why, kept until the person settles each once.

use serde::{Deserialize, Serialize, Serializer};

use crate::envelope::{act_of, command_of, first_format};
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

/// A refused act that waits for the person's decision. It lives on the server, in the person's own scope, and outlives
/// releases: it is kept with the format of its acts ([`Model::FORMAT`]) and read by any later one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(bound = "", try_from = "Read<M>")]
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

/// An item as it is written.
#[derive(Serialize)]
#[serde(bound = "")]
struct Written<'a, M: Model> {
    format: u16,
    id: CommandId,
    account: &'a AccountId,
    device: DeviceId,
    lane: &'a Key,
    act: &'a Act<M::Command>,
    reason: &'a Reason<M>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dependents: &'a [M::Command],
    acted_at: Millis,
    refused_at: Millis,
}

/// An item as any release wrote it. The first one did not say its format.
#[derive(Deserialize)]
#[serde(bound = "")]
struct Read<M: Model> {
    #[serde(default = "first_format")]
    format: u16,
    id: CommandId,
    account: AccountId,
    device: DeviceId,
    lane: Key,
    act: serde_json::Value,
    reason: Reason<M>,
    #[serde(default)]
    dependents: Vec<serde_json::Value>,
    acted_at: Millis,
    refused_at: Millis,
}

impl<M: Model> Serialize for InboxItem<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, account, device, lane, act, reason, dependents, acted_at, refused_at } = self;
        let (id, device, acted_at, refused_at) = (*id, *device, *acted_at, *refused_at);
        let format = M::FORMAT;
        Written::<M> { format, id, account, device, lane, act, reason, dependents, acted_at, refused_at }
            .serialize(serializer)
    }
}

impl<M: Model> TryFrom<Read<M>> for InboxItem<M> {
    type Error = String;

    fn try_from(read: Read<M>) -> Result<Self, String> {
        let Read { format, id, account, device, lane, act, reason, dependents, acted_at, refused_at } = read;
        let act = act_of::<M>(act, format)?;
        let dependents = dependents.into_iter().map(|command| command_of::<M>(command, format));
        let dependents = dependents.collect::<Result<_, _>>()?;
        Ok(Self { id, account, device, lane, act, reason, dependents, acted_at, refused_at })
    }
}
