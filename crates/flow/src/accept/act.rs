//! Reading an act from its bytes, as [`sync::envelope::read`] does on the device: who, where and which, then what.

use sync::envelope::{self, Header, Unreadable};
use sync::personal::Seal;
use sync::{AccountId, Act, Envelope, Model, Personal};

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
    let mut envelope = match envelope::read::<M>(bytes) {
        Ok(envelope) => envelope,
        Err(Unreadable::Newer(header)) => return Ok(Parsed::Unknown(*header)),
        Err(Unreadable::Malformed(why)) => return Err(Rejection::Malformed(why)),
    };
    // Whoever sends a seal that they found somewhere must not have it opened here.
    if personal::<M>(&mut envelope).any(|text| text.seal().is_some()) {
        return Err(Rejection::Malformed("a device sends no text that is sealed".into()));
    }
    Ok(Parsed::Whole(Box::new(envelope)))
}

/// Whether an act brings texts about a person.
pub fn has_texts<M: Model>(envelope: &mut Envelope<M::Command>) -> bool {
    personal::<M>(envelope).any(|text| !text.is_empty())
}

/// Whom the texts that an act brings are about, given the row it is for.
pub fn subject<M: Model>(envelope: &Envelope<M::Command>, row: Option<&M::Row>) -> AccountId {
    let named = envelope.command().and_then(|command| M::subject(command, row));
    named.unwrap_or_else(|| envelope.account.clone())
}

/// Seals the texts about a person that an act brings, before it is judged. What is kept of it from then on is sealed.
pub fn seal<M: Model>(envelope: &mut Envelope<M::Command>, seal: impl Fn(&str) -> Option<Seal>) {
    personal::<M>(envelope).for_each(|text| text.seal_with(&seal));
}

fn personal<M: Model>(envelope: &mut Envelope<M::Command>) -> impl Iterator<Item = &mut Personal> {
    let command = match &mut envelope.act {
        Act::Do(command) => Some(command),
        Act::Dismiss => None,
    };
    command.into_iter().flat_map(|command| M::personal(command))
}
