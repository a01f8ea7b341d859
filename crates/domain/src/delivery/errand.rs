//! An errand: one meal on its way, from the moment its kitchen may have it until it is delivered.
//!
//! What a driver reports is a fact about the world: it is believed from whoever was ever given the errand, whatever has
//! happened since, and what has ended stays ended.

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Millis, Personal};

use super::Place;
use super::proof::{self, Proof};
use crate::id::ZoneId;
use crate::kitchen::ticket::REASON_CHARS_MAX;
use crate::ordering::{Contact, Destination, Order, Wanted};
use crate::{Money, OrderId, RestaurantId, personal};

/// How long a driver is told that an errand was called off, in milliseconds: until they are back from where they were going.
pub const CALLED_OFF_MS: Millis = 60 * 60_000;

/// A meal to bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Errand {
    /// Of which order.
    pub order: OrderId,
    /// Where.
    pub zone: ZoneId,
    /// From whom.
    pub restaurant: RestaurantId,
    /// The restaurant's name.
    pub restaurant_name: String,
    /// Where the kitchen is, on one line.
    pub kitchen: String,
    /// Where that is on a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kitchen_at: Option<Place>,
    /// To where.
    pub address: Personal,
    /// To whom, and whom to ring.
    pub contact: Contact,
    /// A word that came with the order.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub note: Personal,
    /// What the customer agreed to, with the tip.
    pub total: Money,
    /// A tip for who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<Money>,
    /// A card pays it, so nothing is to be taken at the door.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_card: bool,
    /// When it is wanted; none: as soon as possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Wanted>,
    /// The kitchen has it on the pass.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_ready: bool,
    /// Kitchen and driver are both there: it will happen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_agreed: bool,
    /// Where it stands.
    pub standing: Standing,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub driver: Option<AccountId>,
    /// Whose it ever was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<AccountId>,
    /// It was called off long ago, and whoever had it knows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_forgotten: bool,
    /// Why it failed, in the driver's words.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub reason: Personal,
    /// What proves that it was brought, or was brought in vain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
    /// When it came to stand as it does, by the server's clock.
    pub since: Millis,
}

/// Where an errand stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nobody has it.
    Open,
    /// A driver is on the way to the kitchen.
    Assigned,
    /// The driver has it.
    PickedUp,
    /// The customer has it.
    Delivered,
    /// The driver could not bring it.
    Failed,
    /// Nobody wants it any more.
    CalledOff,
}

impl Standing {
    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Assigned => "assigned",
            Self::PickedUp => "picked-up",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::CalledOff => "called-off",
        }
    }

    /// Whether nothing more happens to it.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Delivered | Self::Failed | Self::CalledOff)
    }
}

impl Errand {
    /// Who has it: whoever is to fetch it, or has it in their bag.
    pub fn carried_by(&self) -> Option<&AccountId> {
        self.driver.as_ref().filter(|_| matches!(self.standing, Standing::Assigned | Standing::PickedUp))
    }

    /// Who may see it: whoever has it, until the meal is delivered, and for a while whoever had it when it was called off,
    /// without the name and the address, which are nobody's after that.
    pub fn shown_to(&self) -> Option<&AccountId> {
        let is_told = self.standing == Standing::CalledOff && !self.is_forgotten;
        self.carried_by().or(self.driver.as_ref().filter(|_| is_told))
    }
}

/// What a driver may report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrandCommand {
    /// I have the meal.
    PickUp {
        /// Which.
        order: OrderId,
    },
    /// The customer has it.
    Deliver {
        /// Which.
        order: OrderId,
    },
    /// I cannot fetch it after all: find somebody else.
    DropOut {
        /// Which.
        order: OrderId,
    },
    /// I have it and cannot bring it.
    Fail {
        /// Which.
        order: OrderId,
        /// Why.
        reason: Personal,
        /// What kept them from it.
        #[serde(default, skip_serializing_if = "Hitch::is_other")]
        hitch: Hitch,
    },
}

/// What keeps a driver from bringing a meal that they have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hitch {
    /// They were at the door, and nobody took it.
    NobodyThere,
    /// Whatever else.
    #[default]
    Other,
}

impl Hitch {
    fn is_other(&self) -> bool {
        *self == Self::Other
    }
}

impl ErrandCommand {
    /// Of which order.
    pub fn order(&self) -> OrderId {
        match self {
            Self::PickUp { order } | Self::Deliver { order } | Self::DropOut { order } | Self::Fail { order, .. } => {
                *order
            }
        }
    }
}

/// What happened to an errand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrandEvent {
    /// There is a meal to bring.
    Opened(Box<Errand>),
    /// A driver has it.
    Assigned {
        /// Who.
        driver: AccountId,
        /// When.
        at: Millis,
    },
    /// Kitchen and driver are both there.
    Agreed,
    /// It is on the pass.
    Ready,
    /// The driver cannot fetch it.
    DroppedOut {
        /// Who.
        driver: AccountId,
        /// When.
        at: Millis,
    },
    /// The driver has the meal.
    PickedUp {
        /// Who.
        driver: AccountId,
        /// When.
        at: Millis,
    },
    /// The customer has the meal.
    Delivered {
        /// Who brought it.
        driver: AccountId,
        /// When.
        at: Millis,
    },
    /// The driver cannot bring it.
    Failed {
        /// Who.
        driver: AccountId,
        /// When.
        at: Millis,
        /// Why.
        reason: Personal,
        /// What kept them from it.
        #[serde(default, skip_serializing_if = "Hitch::is_other")]
        hitch: Hitch,
    },
    /// Nobody wants it any more.
    CalledOff {
        /// When.
        at: Millis,
    },
    /// There is a proof of how it ended.
    Proved {
        /// Who made it.
        driver: AccountId,
        /// What.
        proof: Proof,
    },
    /// It was called off long ago.
    Forgotten,
    /// Its customer is forgotten.
    Erased,
}

/// Why the trade says no to a driver about an errand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrandRefusal {
    /// There is no such errand.
    NoSuchErrand,
    /// They have the meal already, so it cannot be somebody else's.
    PickedUp,
    /// They do not have the meal yet; who cannot fetch it drops out.
    NotPickedUp,
    /// A text that cannot be, in a sentence.
    Malformed(String),
}

/// Decides for a driver who was given the errand at some time.
pub(crate) fn decide(
    errand: Option<&Errand>,
    command: &ErrandCommand,
    actor: &Actor,
    now: Millis,
) -> Result<Vec<ErrandEvent>, ErrandRefusal> {
    let errand = errand.ok_or(ErrandRefusal::NoSuchErrand)?;
    let (driver, at) = (actor.account.clone(), now);
    let is_theirs = errand.driver.as_ref() == Some(&driver);
    match (command, errand.standing) {
        // A fact about the world is kept also where it changes nothing any more; one that was told before is not news.
        (ErrandCommand::PickUp { .. }, Standing::PickedUp | Standing::Delivered) if is_theirs => Ok(vec![]),
        (ErrandCommand::PickUp { .. }, _) => Ok(vec![ErrandEvent::PickedUp { driver, at }]),
        (ErrandCommand::Deliver { .. }, Standing::Delivered) if is_theirs => Ok(vec![]),
        // Nothing is delivered that was not picked up: a driver who skips the tap has it say so all the same.
        (ErrandCommand::Deliver { .. }, Standing::Open | Standing::Assigned) => {
            Ok(vec![ErrandEvent::PickedUp { driver: driver.clone(), at }, ErrandEvent::Delivered { driver, at }])
        }
        (ErrandCommand::Deliver { .. }, _) => Ok(vec![ErrandEvent::Delivered { driver, at }]),
        (ErrandCommand::DropOut { .. }, Standing::Assigned) if is_theirs => {
            Ok(vec![ErrandEvent::DroppedOut { driver, at }])
        }
        (ErrandCommand::DropOut { .. }, Standing::PickedUp) if is_theirs => Err(ErrandRefusal::PickedUp),
        (ErrandCommand::DropOut { .. }, _) => Ok(vec![]),
        (ErrandCommand::Fail { reason, .. }, _) if reason.is_longer_than(REASON_CHARS_MAX) => {
            Err(ErrandRefusal::Malformed(format!("a reason has at most {REASON_CHARS_MAX} characters")))
        }
        (ErrandCommand::Fail { .. }, Standing::Assigned | Standing::Open) => Err(ErrandRefusal::NotPickedUp),
        (ErrandCommand::Fail { reason, hitch, .. }, Standing::PickedUp) if is_theirs => {
            Ok(vec![ErrandEvent::Failed { driver, at, reason: reason.trimmed(), hitch: *hitch }])
        }
        // It is over, or somebody else has it.
        (ErrandCommand::Fail { .. }, _) => Ok(vec![]),
    }
}

/// When an errand is to be looked at: whoever had it when it was called off has been told for long enough.
pub(crate) fn due(errand: &Errand) -> Option<Millis> {
    let is_told = errand.standing == Standing::CalledOff && errand.shown_to().is_some();
    is_told.then_some(errand.since + CALLED_OFF_MS)
}

/// What follows when an errand's time has come.
pub(crate) fn forget(errand: &Errand, now: Millis) -> Option<ErrandEvent> {
    due(errand).is_some_and(|due| due <= now).then_some(ErrandEvent::Forgotten)
}

/// The errand for `order`, where a driver brings it.
pub(crate) fn open(order: &Order, at: Millis) -> Option<Errand> {
    let (Destination::Deliver(address), Some(dispatch)) = (&order.destination, &order.dispatch) else { return None };
    Some(Errand {
        order: order.id,
        zone: dispatch.zone.clone(),
        restaurant: order.restaurant.clone(),
        restaurant_name: order.restaurant_name.clone(),
        kitchen: dispatch.kitchen.clone(),
        kitchen_at: dispatch.kitchen_at,
        address: address.clone(),
        contact: order.contact.clone(),
        note: order.note.clone(),
        total: order.total,
        tip: order.tip,
        by_card: order.pays.card().is_some(),
        wanted: order.wanted,
        is_ready: false,
        is_agreed: false,
        is_forgotten: false,
        standing: Standing::Open,
        driver: None,
        drivers: vec![],
        reason: Personal::default(),
        proofs: vec![],
        since: at,
    })
}

/// The errand after `event`. What has ended stays ended, and only whoever has it moves it.
pub(crate) fn apply(errand: Option<Errand>, event: &ErrandEvent) -> Option<Errand> {
    if let ErrandEvent::Opened(opened) = event {
        return Some(errand.unwrap_or_else(|| (**opened).clone()));
    }
    let mut errand = errand?;
    if *event == ErrandEvent::Forgotten {
        errand.is_forgotten = true;
    }
    if *event == ErrandEvent::Erased {
        personal::erase(personal::of_errand(&mut errand));
        errand.proofs.clear();
    }
    if let ErrandEvent::Proved { proof, .. } = event
        && !errand.contact.name.is_empty()
    {
        proof::note(&mut errand.proofs, proof);
    }
    if errand.standing.is_final() {
        return Some(errand);
    }
    match event {
        ErrandEvent::Opened(_) | ErrandEvent::Proved { .. } | ErrandEvent::Forgotten | ErrandEvent::Erased => {}
        ErrandEvent::Assigned { driver, at } => {
            errand.driver = Some(driver.clone());
            errand.drivers.push(driver.clone());
            errand.reach(Standing::Assigned, *at);
        }
        ErrandEvent::Agreed => errand.is_agreed = true,
        ErrandEvent::Ready => errand.is_ready = true,
        ErrandEvent::DroppedOut { driver, at } if errand.driver.as_ref() == Some(driver) => {
            errand.driver = None;
            errand.standing = Standing::Open;
            errand.since = *at;
        }
        ErrandEvent::DroppedOut { .. } => {}
        // Whoever says that they have the meal has it, also where it was somebody else's by then.
        ErrandEvent::PickedUp { driver, at } => {
            errand.driver = Some(driver.clone());
            errand.reach(Standing::PickedUp, *at);
        }
        ErrandEvent::Delivered { driver, at } => {
            errand.driver = Some(driver.clone());
            errand.reach(Standing::Delivered, *at);
        }
        ErrandEvent::Failed { reason, at, .. } => {
            errand.reason.clone_from(reason);
            errand.reach(Standing::Failed, *at);
        }
        ErrandEvent::CalledOff { at } => {
            errand.reach(Standing::CalledOff, *at);
            (errand.contact, errand.address, errand.note) =
                (Contact::default(), Personal::default(), Personal::default());
        }
    }
    Some(errand)
}

impl Errand {
    /// Moves forward only.
    fn reach(&mut self, standing: Standing, at: Millis) {
        if self.standing < standing {
            (self.standing, self.since) = (standing, at);
        }
    }
}
