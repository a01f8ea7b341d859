//! A person who orders, as far as the right to be forgotten needs it: what is under way for them, and whether they want to go.
//!
//! ```text
//! None ── erase ──► Asked ── nothing is under way any more ──► Done
//! ```
//! While an order is under way its kitchen and its driver need the name and the address, so erasing waits for its end. Then all
//! of it goes at once: the key under which the texts are sealed, the account, and what devices keep.

use serde::{Deserialize, Serialize};
use sync::{AccountId, Millis};

use crate::OrderId;

/// How long erasing waits after it was asked for and after the last order ended, in milliseconds: another that was placed just
/// before has been heard of by then.
pub const ERASE_AFTER_MS: Millis = 60_000;

/// A person who orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Their name here.
    pub account: AccountId,
    /// Their orders that are under way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<OrderId>,
    /// When the last of those that are over ended, by the server's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
    /// Whether they want to be forgotten.
    #[serde(default, skip_serializing_if = "Erasure::is_none")]
    pub erasure: Erasure,
}

/// How far a person is forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Erasure {
    /// Nobody asked.
    #[default]
    None,
    /// They asked, at this time of the server's clock.
    Asked(Millis),
    /// They are, since then.
    Done(Millis),
}

impl Erasure {
    /// Whether nobody asked.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// What a person may ask for about themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonCommand {
    /// To be forgotten, once nothing is under way for them any more.
    Erase {
        /// Who: whoever gives it.
        person: AccountId,
    },
}

impl PersonCommand {
    /// Whom it is about.
    pub fn person(&self) -> &AccountId {
        let Self::Erase { person } = self;
        person
    }
}

/// What happened to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonEvent {
    /// They ordered, or took over what a guest had ordered.
    Ordered {
        /// Who.
        person: AccountId,
        /// What.
        order: OrderId,
    },
    /// One of their orders is over.
    OrderEnded {
        /// Whose.
        person: AccountId,
        /// Which.
        order: OrderId,
        /// When.
        at: Millis,
    },
    /// They want to be forgotten.
    ErasureAsked {
        /// Who.
        person: AccountId,
        /// When.
        at: Millis,
    },
    /// They are forgotten.
    Erased {
        /// Who.
        person: AccountId,
        /// When.
        at: Millis,
    },
}

impl PersonEvent {
    fn person(&self) -> &AccountId {
        match self {
            Self::Ordered { person, .. }
            | Self::OrderEnded { person, .. }
            | Self::ErasureAsked { person, .. }
            | Self::Erased { person, .. } => person,
        }
    }
}

/// Decides for the person themselves. Asking twice changes nothing.
pub(crate) fn decide(person: Option<&Person>, command: &PersonCommand, now: Millis) -> Vec<PersonEvent> {
    let PersonCommand::Erase { person: account } = command;
    match person.map_or(Erasure::None, |person| person.erasure) {
        Erasure::None => vec![PersonEvent::ErasureAsked { person: account.clone(), at: now }],
        Erasure::Asked(_) | Erasure::Done(_) => vec![],
    }
}

/// When a person is to be forgotten; none while something is under way for them.
pub(crate) fn due(person: &Person) -> Option<Millis> {
    match person.erasure {
        Erasure::Asked(at) if person.open.is_empty() => Some(person.ended_at.unwrap_or(at).max(at) + ERASE_AFTER_MS),
        _ => None,
    }
}

/// What is to happen when that moment has come.
pub(crate) fn erase(person: &Person, now: Millis) -> Vec<PersonEvent> {
    vec![PersonEvent::Erased { person: person.account.clone(), at: now }]
}

/// The person after `event`. Who is forgotten stays so.
pub(crate) fn apply(person: Option<Person>, event: &PersonEvent) -> Person {
    let unknown = || Person { account: event.person().clone(), open: vec![], ended_at: None, erasure: Erasure::None };
    let mut person = person.unwrap_or_else(unknown);
    match event {
        PersonEvent::Ordered { order, .. } if person.open.contains(order) => {}
        PersonEvent::Ordered { order, .. } => person.open.push(*order),
        PersonEvent::OrderEnded { order, at, .. } => {
            person.open.retain(|open| open != order);
            person.ended_at = person.ended_at.max(Some(*at));
        }
        PersonEvent::ErasureAsked { at, .. } if person.erasure.is_none() => person.erasure = Erasure::Asked(*at),
        PersonEvent::ErasureAsked { .. } => {}
        PersonEvent::Erased { at, .. } => person.erasure = Erasure::Done(*at),
    }
    person
}
