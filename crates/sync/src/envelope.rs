//! What is saved at a tap, and sent as it was saved.
//!
//! The bytes of an envelope are made once and never rewritten: the server answers an id by the hash of its bytes, so a
//! rewritten envelope would be a different act under the same name.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{AccountId, CommandId, DeviceId, Epoch, Key, Millis, Model, Position, Version};

/// One act with everything needed to judge it later, elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<C> {
    /// How `act` is to be read; see [`Model::FORMAT`]. The envelope around it only ever grows by fields that may be absent.
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

/// What every act says of itself, whatever it wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// How the rest is to be read.
    pub format: u16,
    /// The act's name.
    pub id: CommandId,
    /// Where it was made.
    pub device: DeviceId,
    /// The device's own count.
    pub seq: u64,
    /// The person it was made as.
    pub account: AccountId,
    /// The aggregate it is for.
    pub lane: Key,
}

/// Why an act cannot be read here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A newer release wrote it, or names a command that only a newer one has.
    #[error("act {} was written by a newer release", .0.id)]
    Newer(Box<Header>),
    /// No release would write it so.
    #[error("{0}")]
    Malformed(String),
}

/// Reads an act from its bytes, whichever release wrote them. The bytes stay as they are: only what was read is brought
/// up to date.
///
/// # Errors
/// [`Unreadable`].
pub fn read<M: Model>(bytes: &str) -> Result<Envelope<M::Command>, Unreadable> {
    if let Ok(envelope) = serde_json::from_str::<Envelope<M::Command>>(bytes)
        && envelope.format == M::FORMAT
    {
        return Ok(envelope);
    }
    let malformed = |error: serde_json::Error| Unreadable::Malformed(error.to_string());
    let header: Header = serde_json::from_str(bytes).map_err(malformed)?;
    if header.format > M::FORMAT {
        return Err(Unreadable::Newer(Box::new(header)));
    }
    let Text { act } = serde_json::from_str(bytes).map_err(malformed)?;
    let act: serde_json::Value = serde_json::from_str(act.get()).map_err(malformed)?;
    let act = up_to_date::<M>(act, header.format);
    if let Err(error) = of_value::<Act<M::Command>>(&act) {
        let newer = names_the_unknown(&error);
        return Err(if newer { Unreadable::Newer(Box::new(header)) } else { malformed(error) });
    }
    let mut whole: serde_json::Value = serde_json::from_str(bytes).map_err(malformed)?;
    whole["act"] = act;
    of_value(&whole).map_err(malformed)
}

/// Reads `value` by way of its text. A bundle then knows one way to read each type, and is a twentieth smaller.
fn of_value<T: DeserializeOwned>(value: &serde_json::Value) -> serde_json::Result<T> {
    serde_json::from_str(&value.to_string())
}

/// Reads an act that is kept apart from its envelope, as format `format` wrote it.
///
/// # Errors
/// A sentence, for one that this release cannot read.
pub fn act_of<M: Model>(act: serde_json::Value, format: u16) -> Result<Act<M::Command>, String> {
    if format > M::FORMAT {
        return Err(format!("an act of format {format} was written by a newer release"));
    }
    of_value(&up_to_date::<M>(act, format)).map_err(|error| error.to_string())
}

/// Reads a command that is kept apart from its act, as format `format` wrote it.
///
/// # Errors
/// A sentence, for one that this release cannot read.
pub fn command_of<M: Model>(command: serde_json::Value, format: u16) -> Result<M::Command, String> {
    match act_of::<M>(serde_json::json!({ "do": command }), format)? {
        Act::Do(command) => Ok(command),
        Act::Dismiss => Err("not a command".to_owned()),
    }
}

/// The format of what was kept before it was said beside what is kept.
pub fn first_format() -> u16 {
    1
}

fn up_to_date<M: Model>(act: serde_json::Value, format: u16) -> serde_json::Value {
    (format..M::FORMAT).fold(act, M::upcast)
}

#[derive(Deserialize)]
struct Text<'a> {
    #[serde(borrow)]
    act: &'a RawValue,
}

/// A command that a newer release has is a variant that this one has not; anything else that cannot be read is wrong.
/// Serde tells the two apart in its message only.
fn names_the_unknown(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("unknown variant")
}
