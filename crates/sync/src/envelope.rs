//! What is saved at a tap, and sent as it was saved.
//!
//! The bytes of an envelope are made once and never rewritten: the server answers an id by the hash of its bytes, so a
//! rewritten envelope would be a different act under the same name.

use serde::{Deserialize, Serialize};

use crate::{AccountId, CommandId, DeviceId, Epoch, Key, Millis, Position, Version};

/// The format that this release writes. A reader meets any older one.
pub const FORMAT: u16 = 1;

/// One act with everything needed to judge it later, elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<C> {
    /// How the rest is to be read; see [`FORMAT`].
    pub format: u16,
    /// The act's name, minted once.
    pub id: CommandId,
    /// The profile it was made on.
    pub device: DeviceId,
    /// The device's own count of acts, from 1, without a gap.
    pub seq: u64,
    /// The person it was made as.
    pub account: AccountId,
    /// The aggregate it is for.
    pub lane: Key,
    /// The screen it was made on; `None` where nothing of it came from a server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saw: Option<Saw>,
    /// Acts of this device that must be decided first: the one before it in its lane, and what it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<CommandId>,
    /// The device's clock at the tap.
    pub acted_at: Millis,
    /// How long after `acted_at` it still means what was wanted, in milliseconds; `None` for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_for_ms: Option<u64>,
    /// The inbox item that this act settles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolves: Option<CommandId>,
    /// What is wanted.
    pub act: Act<C>,
}

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act<C> {
    /// A command of the trade.
    Do(C),
    /// To let an inbox item go with nothing done.
    Dismiss,
}

/// How far the device's screen had come when the act was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saw {
    /// The history it was reading.
    pub epoch: Epoch,
    /// How far it had read.
    pub position: Position,
    /// The version of the lane's row that was shown; 0 for a row that was not there.
    pub version: Version,
}

impl<C> Envelope<C> {
    /// The command, where the act is one.
    pub fn command(&self) -> Option<&C> {
        match &self.act {
            Act::Do(command) => Some(command),
            Act::Dismiss => None,
        }
    }
}
