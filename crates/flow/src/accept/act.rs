//! Reading an act from its bytes, as [`sync::envelope::read`] does on the device: who, where and which, then what.

use sync::envelope::{self, Header, Unreadable};
use sync::{Envelope, Model};

use super::Rejection;

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
    match envelope::read::<M>(bytes) {
        Ok(envelope) => Ok(Parsed::Whole(Box::new(envelope))),
        Err(Unreadable::Newer(header)) => Ok(Parsed::Unknown(*header)),
        Err(Unreadable::Malformed(why)) => Err(Rejection::Malformed(why)),
    }
}
