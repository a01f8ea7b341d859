//! An act as it is kept on the device: the exact bytes to be sent, and how far they have come.

use serde::{Deserialize, Serialize};

use crate::protocol::COMMAND_BYTES_MAX;
use crate::{AccountId, Act, CommandId, DeviceId, Envelope, Epoch, Key, Millis, Model, Position, Reason, Saw};

/// The format in which this release keeps records. A record of a newer one is left alone, with its lane, until an update
/// can read it. A new format is written only one release after it can be read.
pub const RECORD_FORMAT: u16 = 1;

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Durable on this device; it has not left.
    Saved,
    /// It has left, and may have arrived.
    Sent,
    /// Durable on the server; what it changed is not on this device yet.
    Accepted,
    /// The server passed it on as a question; the answer is not here yet.
    Asked,
    /// It happened, and the rows on this device show it.
    Done,
    /// It will not happen.
    Refused,
    /// The server cannot take it as it is. It waits for the person, or for an update.
    NeedsYou,
}

impl Stage {
    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Asked => "asked",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::NeedsYou => "needs-you",
        }
    }

    /// Whether it still has to reach the server.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Saved | Self::Sent | Self::NeedsYou)
    }

    /// Whether the final word is here.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Refused)
    }
}

/// Why an act needs its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parked {
    /// The server does not know this command; a newer one may.
    UnknownCommand,
    /// The server has another act under the same name.
    IdReused,
    /// The server cannot read it.
    Malformed,
    /// It is larger than the server takes.
    TooLarge,
    /// The server answered in words that this release cannot read; an update can.
    UnreadableAnswer,
}

/// A place in a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which history.
    pub epoch: Epoch,
    /// How far in it.
    pub position: Position,
}

/// An act as it is kept: the bytes to be sent, and how far they have come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Record<M: Model> {
    /// How the rest is to be read; see [`RECORD_FORMAT`]. The first release did not say.
    #[serde(default = "first_format")]
    pub format: u16,
    /// The act.
    pub id: CommandId,
    /// Its place among the acts of this device.
    pub seq: u64,
    /// Whose it is; nobody else's session sends it.
    pub account: AccountId,
    /// What it is for.
    pub lane: Key,
    /// How far it has come.
    pub stage: Stage,
    /// Whether it was ever marked as sent. What never left may be taken back without a trace.
    pub left: bool,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason<M>>,
    /// Why it needs its person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked: Option<Parked>,
    /// Where the row of its lane stood when its final word came. The cache may fall behind that when the power goes, or go
    /// itself: until it is there again the act is still run over what is there. None where there is no such row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_by: Option<Place>,
    /// When the stage changed last, by the device's clock.
    pub changed_at: Millis,
    /// An [`Envelope`] as JSON, exactly as it travels.
    pub bytes: String,
}

fn first_format() -> u16 {
    1
}

/// A kept act that this release cannot read, as far as it says who and where. It is never changed or removed; what comes
/// after it in its lane waits with it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Strange {
    /// The act.
    pub id: CommandId,
    /// Its place among the acts of this device.
    pub seq: u64,
    /// Whose it is.
    pub account: AccountId,
    /// What it is for.
    pub lane: Key,
}

/// One entry of the device's storage.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored<M: Model> {
    /// A record that this release can read.
    Record(Record<M>),
    /// One that it cannot; a newer release may.
    Strange(Strange),
}

impl<M: Model> Stored<M> {
    /// Reads an entry of the device's storage.
    ///
    /// # Errors
    /// A sentence, for what does not even say which act it is. It is to be left where it is.
    pub fn read(json: &str) -> Result<Self, String> {
        if let Ok(record) = serde_json::from_str::<Record<M>>(json)
            && record.format <= RECORD_FORMAT
        {
            return Ok(Self::Record(record));
        }
        serde_json::from_str(json).map(Self::Strange).map_err(|error| error.to_string())
    }

    /// The act's name.
    pub fn id(&self) -> CommandId {
        match self {
            Self::Record(record) => record.id,
            Self::Strange(strange) => strange.id,
        }
    }

    /// The record, if it can be read.
    pub fn record(&self) -> Option<&Record<M>> {
        match self {
            Self::Record(record) => Some(record),
            Self::Strange(_) => None,
        }
    }

    /// Whose act it is.
    pub fn account(&self) -> &AccountId {
        self.place().1
    }

    /// The act's place: its number, whose it is and its lane, and whether something may still have to wait for it.
    pub(super) fn place(&self) -> (u64, &AccountId, &Key, bool) {
        match self {
            Self::Record(record) => (record.seq, &record.account, &record.lane, !record.stage.is_settled()),
            Self::Strange(strange) => (strange.seq, &strange.account, &strange.lane, true),
        }
    }
}

/// An act before it has its number: what the append transaction completes.
#[derive(Clone, Debug)]
pub struct Draft<M: Model> {
    pub(crate) id: CommandId,
    pub(crate) device: DeviceId,
    pub(crate) account: AccountId,
    pub(crate) lane: Key,
    pub(crate) saw: Option<Saw>,
    pub(crate) acted_at: Millis,
    pub(crate) valid_for_ms: Option<u64>,
    pub(crate) resolves: Option<CommandId>,
    pub(crate) replaces: Option<CommandId>,
    pub(crate) act: Act<M::Command>,
}

impl<M: Model> Draft<M> {
    /// The act's name.
    pub fn id(&self) -> CommandId {
        self.id
    }

    /// The aggregate it is for.
    pub fn lane(&self) -> &Key {
        &self.lane
    }

    /// The act that this one takes the place of, if it is an edit.
    pub fn replaces(&self) -> Option<CommandId> {
        self.replaces
    }

    /// The record to be stored under the number `seq`, after `before`; see [`super::append`].
    ///
    /// # Errors
    /// The act is larger than one act may be; the number of bytes.
    pub(super) fn seal(self, seq: u64, before: Option<CommandId>) -> Result<Record<M>, usize> {
        let envelope = Envelope {
            format: M::FORMAT,
            id: self.id,
            device: self.device,
            seq,
            account: self.account.clone(),
            lane: self.lane.clone(),
            saw: self.saw,
            after: before.into_iter().collect(),
            acted_at: self.acted_at,
            valid_for_ms: self.valid_for_ms,
            resolves: self.resolves,
            act: self.act,
        };
        let bytes = serde_json::to_string(&envelope).expect("an envelope is plain data");
        if bytes.len() > COMMAND_BYTES_MAX {
            return Err(bytes.len());
        }
        Ok(Record {
            format: RECORD_FORMAT,
            id: self.id,
            seq,
            account: self.account,
            lane: self.lane,
            stage: Stage::Saved,
            left: false,
            reason: None,
            parked: None,
            shown_by: None,
            changed_at: self.acted_at,
            bytes,
        })
    }
}
