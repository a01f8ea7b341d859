//! An offer: a meal to fetch, made to one driver for [`OPEN_FOR_MS`].
//!
//! Whether it is still theirs is what its own row says, and never a clock: a claim that arrives late wins as long as nobody
//! took the offer back, and one that arrives after that loses, however early it was tapped.

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Millis};

use crate::OrderId;
use crate::id::ZoneId;

/// How long a driver has to answer, in milliseconds: long enough to stop and read, short beside a meal that is cooking.
pub const OPEN_FOR_MS: Millis = 45_000;

/// A meal to fetch, as a driver sees it who does not have it yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Of which order.
    pub order: OrderId,
    /// Where.
    pub zone: ZoneId,
    /// To whom.
    pub driver: AccountId,
    /// How far the kitchen is from where the driver was, in metres; unknown where the driver keeps that to themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metres: Option<u32>,
    /// Until when, by the server's clock.
    pub until: Millis,
    /// Where it stands.
    pub standing: Standing,
}

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It waits for a yes or a no.
    Open,
    /// The driver said yes.
    Claimed,
    /// The driver said no.
    Declined,
    /// The driver said nothing.
    Expired,
    /// Nobody wants the meal any more.
    Withdrawn,
}

impl Offer {
    /// Who may see it: whoever may still answer it.
    pub fn shown_to(&self) -> Option<&AccountId> {
        (self.standing == Standing::Open).then_some(&self.driver)
    }
}

/// What a driver may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfferCommand {
    /// I fetch it.
    Claim {
        /// Which.
        order: OrderId,
    },
    /// Ask somebody else.
    Decline {
        /// Which.
        order: OrderId,
    },
}

impl OfferCommand {
    /// Of which order.
    pub fn order(&self) -> OrderId {
        match self {
            Self::Claim { order } | Self::Decline { order } => *order,
        }
    }
}

/// What happened to an offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfferEvent {
    /// It was made.
    Made(Box<Offer>),
    /// The driver said yes.
    Claimed,
    /// The driver said no.
    Declined,
    /// The driver said nothing.
    Expired,
    /// Nobody wants the meal any more.
    Withdrawn,
}

/// Why the trade says no to a driver about an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfferRefusal {
    /// It is not theirs any more: it was made to somebody else, taken back, or answered before.
    Gone,
}

/// Decides for a driver.
pub(crate) fn decide(
    offer: Option<&Offer>,
    command: &OfferCommand,
    actor: &Actor,
) -> Result<Vec<OfferEvent>, OfferRefusal> {
    let mine = offer.filter(|offer| offer.driver == actor.account).ok_or(OfferRefusal::Gone)?;
    match (command, mine.standing) {
        (OfferCommand::Claim { .. }, Standing::Open) => Ok(vec![OfferEvent::Claimed]),
        (OfferCommand::Claim { .. }, Standing::Claimed) => Ok(vec![]),
        (OfferCommand::Claim { .. }, _) => Err(OfferRefusal::Gone),
        (OfferCommand::Decline { .. }, Standing::Open) => Ok(vec![OfferEvent::Declined]),
        (OfferCommand::Decline { .. }, Standing::Claimed) => Err(OfferRefusal::Gone),
        // Nobody holds it against them: they do not have it, which is what they want.
        (OfferCommand::Decline { .. }, Standing::Declined | Standing::Expired | Standing::Withdrawn) => Ok(vec![]),
    }
}

/// What follows when an offer's time has come.
pub(crate) fn expire(offer: &Offer, now: Millis) -> Option<OfferEvent> {
    due(offer).is_some_and(|due| due <= now).then_some(OfferEvent::Expired)
}

/// When an offer is to be looked at.
pub(crate) fn due(offer: &Offer) -> Option<Millis> {
    (offer.standing == Standing::Open).then_some(offer.until)
}

/// The offer after `event`. A later offer of the same meal takes the place of an earlier one.
pub(crate) fn apply(offer: Option<Offer>, event: &OfferEvent) -> Option<Offer> {
    let standing = match event {
        OfferEvent::Made(made) => return Some((**made).clone()),
        OfferEvent::Claimed => Standing::Claimed,
        OfferEvent::Declined => Standing::Declined,
        OfferEvent::Expired => Standing::Expired,
        OfferEvent::Withdrawn => Standing::Withdrawn,
    };
    offer.map(|offer| Offer { standing, ..offer })
}
