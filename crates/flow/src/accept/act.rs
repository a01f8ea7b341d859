//! Reading an act from its bytes: first who, where and which, then what.

use serde::Deserialize;
use serde_json::value::RawValue;
use sync::envelope::FORMAT;
use sync::{AccountId, Act, CommandId, DeviceId, Envelope, Key, Model};

use super::Rejection;

/// What every act says of itself, whatever it wants.
#[derive(Clone, Debug, Deserialize)]
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

/// An act as far as this release can read it.
#[derive(Clone, Debug)]
pub enum Parsed<M: Model> {
    /// All of it.
    Whole(Box<Envelope<M::Command>>),
    /// What it wants is not known here; a newer release may.
    Unknown(Header),
}

/// Reads an act.
///
/// # Errors
/// [`Rejection::Malformed`] for bytes that no release would write.
pub fn parse<M: Model>(bytes: &str) -> Result<Parsed<M>, Rejection> {
    let malformed = |error: serde_json::Error| Rejection::Malformed(error.to_string());
    let header: Header = serde_json::from_str(bytes).map_err(malformed)?;
    if header.format > FORMAT {
        return Ok(Parsed::Unknown(header));
    }
    let act: ActText<'_> = serde_json::from_str(bytes).map_err(malformed)?;
    match serde_json::from_str::<Act<M::Command>>(act.act.get()) {
        Ok(_) => {}
        Err(error) if names_the_unknown(&error) => return Ok(Parsed::Unknown(header)),
        Err(error) => return Err(malformed(error)),
    }
    serde_json::from_str(bytes).map(|envelope| Parsed::Whole(Box::new(envelope))).map_err(malformed)
}

#[derive(Deserialize)]
struct ActText<'a> {
    #[serde(borrow)]
    act: &'a RawValue,
}

/// A command that a newer release has is a variant that this one has not; anything else that cannot be read is wrong.
/// Serde tells the two apart in its message only.
fn names_the_unknown(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("unknown variant")
}
