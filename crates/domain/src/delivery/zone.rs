//! The dispatcher's board of a zone: who is on duty, which meals have nobody yet, and who is asked next.
//!
//! ```text
//! sought ──► offered to the nearest free driver ──► claimed: theirs
//!   ▲                │ declined, expired                 │ dropped
//!   └────────────────┴───────────────────────────────────┘
//! sought for SEEK_MS and nobody found: given up; whoever asked may ask again
//! ```
//! A meal for later stands on the board, and nobody is asked about it before its kitchen is to begin.
//!
//! All of it is decided on this one row, so two meals are never offered to one driver at once, nor one meal to two.

use serde::{Deserialize, Serialize};
use sync::{AccountId, Millis};

use super::Place;
use super::driver::Driver;
use crate::OrderId;

/// How long a driver is looked for before whoever asked hears that there is none, in milliseconds (design table 8.1).
pub const SEEK_MS: Millis = 5 * 60_000;

/// The most meals a driver carries at once: the second is still warm when the first is delivered.
pub const CARRIES_MAX: usize = 2;

/// A zone's board.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// Who is on duty, or still carries something, in the order in which they came.
    #[serde(default)]
    pub drivers: Vec<Seat>,
    /// Which meals have nobody yet, the oldest first.
    #[serde(default)]
    pub sought: Vec<Sought>,
}

/// A driver as the board has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    /// Who.
    pub driver: AccountId,
    /// Whether they are to be asked.
    pub on_duty: bool,
    /// Where they were last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
    /// Which meal they are being asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<OrderId>,
    /// What they have.
    #[serde(default)]
    pub carries: Vec<OrderId>,
}

/// A meal that has nobody yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sought {
    /// Of which order.
    pub order: OrderId,
    /// Where the kitchen is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Place>,
    /// For the how-manieth time a driver is looked for, from 1.
    pub attempt: u32,
    /// Until when, by the server's clock.
    pub until: Millis,
    /// Who was asked and does not have it.
    #[serde(default)]
    pub passed: Vec<AccountId>,
    /// Nobody is asked about it before, by the server's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Millis>,
}

/// What happened on a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneEvent {
    /// A driver came on duty.
    Came {
        /// Who.
        driver: AccountId,
        /// Where they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Place>,
    },
    /// A driver went off duty.
    Left {
        /// Who.
        driver: AccountId,
    },
    /// A driver is looked for.
    Sought(Sought),
    /// A driver is asked.
    Asked(Asked),
    /// A driver who was asked does not have it.
    Passed {
        /// Which meal.
        order: OrderId,
        /// Who.
        driver: AccountId,
    },
    /// A driver has it.
    Taken {
        /// Which meal.
        order: OrderId,
        /// Who.
        driver: AccountId,
    },
    /// Nobody was found in time.
    NobodyFound {
        /// For which meal.
        order: OrderId,
        /// In which attempt.
        attempt: u32,
    },
    /// The board has nothing to do with this meal any more.
    Cleared {
        /// Which.
        order: OrderId,
    },
}

impl ZoneEvent {
    /// The order it is about, where it is about one.
    pub fn order(&self) -> Option<OrderId> {
        match self {
            Self::Came { .. } | Self::Left { .. } => None,
            Self::Sought(Sought { order, .. })
            | Self::Asked(Asked { order, .. })
            | Self::Passed { order, .. }
            | Self::Taken { order, .. }
            | Self::NobodyFound { order, .. }
            | Self::Cleared { order } => Some(*order),
        }
    }
}

/// A driver is asked about a meal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Which.
    pub order: OrderId,
    /// Whom.
    pub driver: AccountId,
    /// How far the kitchen is from them, in metres, where both are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metres: Option<u32>,
}

impl Zone {
    fn seat(&self, driver: &AccountId) -> Option<&Seat> {
        self.drivers.iter().find(|seat| seat.driver == *driver)
    }

    /// Whether this driver is to be asked about meals here.
    pub fn is_on_duty(&self, driver: &AccountId) -> bool {
        self.seat(driver).is_some_and(|seat| seat.on_duty)
    }

    fn sought(&self, order: OrderId) -> Option<&Sought> {
        self.sought.iter().find(|sought| sought.order == order)
    }

    fn is_carried(&self, order: OrderId) -> bool {
        self.drivers.iter().any(|seat| seat.carries.contains(&order))
    }

    fn is_asked_about(&self, order: OrderId) -> bool {
        self.drivers.iter().any(|seat| seat.asked == Some(order))
    }
}

/// What a board is told.
pub(crate) enum Told {
    /// A driver came on or went off duty.
    Duty(Driver),
    /// A driver is to be found.
    Seek(Sought),
    /// A driver who was asked said no, or nothing.
    Passed(OrderId, AccountId),
    /// A driver who was asked said yes.
    Taken(OrderId, AccountId),
    /// A driver says that they have it, whomever the board gave it to.
    Has(OrderId, AccountId),
    /// A meal is delivered, or nobody wants it any more.
    Over(OrderId),
    /// A driver who had a meal cannot bring it.
    Dropped(Sought, AccountId),
    /// Time has passed.
    Clock,
}

/// What follows from what a board is told, and whom it asks then.
pub(crate) fn tell(zone: &Zone, told: Told, now: Millis) -> Vec<ZoneEvent> {
    let mut events = first(zone, told);
    let mut after = events.iter().fold(zone.clone(), |zone, event| apply(Some(zone), event));
    let begun: Vec<_> = begun(&after, now).collect();
    after = begun.iter().fold(after, |zone, event| apply(Some(zone), event));
    events.extend(begun);
    let late: Vec<_> = late(&after, now).collect();
    after = late.iter().fold(after, |zone, event| apply(Some(zone), event));
    events.extend(late);
    // Each who is asked is not free for the next.
    while let Some(asked) = next(&after) {
        let event = ZoneEvent::Asked(asked);
        after = apply(Some(after), &event);
        events.push(event);
    }
    events
}

fn first(zone: &Zone, told: Told) -> Vec<ZoneEvent> {
    match told {
        Told::Duty(driver) if driver.on_duty => vec![ZoneEvent::Came { driver: driver.account, at: driver.at }],
        Told::Duty(driver) => vec![ZoneEvent::Left { driver: driver.account }],
        // Somebody has it meanwhile: the desk was quicker than the next attempt.
        Told::Seek(sought) if zone.is_carried(sought.order) => vec![],
        Told::Seek(sought) if zone.sought(sought.order).is_none_or(|known| known.attempt < sought.attempt) => {
            vec![ZoneEvent::Sought(sought)]
        }
        Told::Seek(_) | Told::Clock => vec![],
        Told::Passed(order, driver) => match zone.seat(&driver) {
            Some(seat) if seat.asked == Some(order) => vec![ZoneEvent::Passed { order, driver }],
            _ => vec![],
        },
        // A meal that nobody wants any more is not anybody's.
        Told::Taken(order, driver) => match zone.sought(order) {
            Some(_) => vec![ZoneEvent::Taken { order, driver }],
            None => vec![],
        },
        Told::Has(order, driver) if zone.seat(&driver).is_some_and(|seat| seat.carries.contains(&order)) => vec![],
        Told::Has(order, driver) => vec![ZoneEvent::Taken { order, driver }],
        Told::Over(order) => vec![ZoneEvent::Cleared { order }],
        Told::Dropped(sought, driver) => {
            let order = sought.order;
            let passed = vec![driver];
            vec![ZoneEvent::Cleared { order }, ZoneEvent::Sought(Sought { passed, ..sought })]
        }
    }
}

/// The meals for later whose time to be looked for has come.
fn begun(zone: &Zone, now: Millis) -> impl Iterator<Item = ZoneEvent> {
    let begun = zone.sought.iter().filter(move |sought| sought.not_before.is_some_and(|not_before| not_before <= now));
    begun.map(|sought| ZoneEvent::Sought(Sought { not_before: None, ..sought.clone() }))
}

/// The meals whose time is over and about whom nobody is being asked.
fn late(zone: &Zone, now: Millis) -> impl Iterator<Item = ZoneEvent> {
    let late = zone.sought.iter().filter(move |sought| sought.until <= now && !zone.is_asked_about(sought.order));
    late.map(|sought| ZoneEvent::NobodyFound { order: sought.order, attempt: sought.attempt })
}

/// Who is asked next: about the oldest meal that anybody is free for, the nearest of them; of those whose place is not
/// known, whoever has the least to carry and came first.
fn next(zone: &Zone) -> Option<Asked> {
    let open = zone.sought.iter().filter(|sought| sought.not_before.is_none() && !zone.is_asked_about(sought.order));
    open.filter_map(|sought| {
        let free = zone.drivers.iter().filter(|seat| seat.is_free() && !sought.passed.contains(&seat.driver));
        let with_way = free.map(|seat| (seat.metres_to(sought.from), seat));
        let (metres, seat) = with_way.min_by_key(|(metres, seat)| (metres.unwrap_or(u32::MAX), seat.carries.len()))?;
        Some(Asked { order: sought.order, driver: seat.driver.clone(), metres })
    })
    .next()
}

impl Seat {
    /// Of a driver who is off duty and has nothing.
    fn away(driver: AccountId) -> Self {
        Self { driver, on_duty: false, at: None, asked: None, carries: vec![] }
    }

    fn is_free(&self) -> bool {
        self.on_duty && self.asked.is_none() && self.carries.len() < CARRIES_MAX
    }

    fn metres_to(&self, from: Option<Place>) -> Option<u32> {
        Some(self.at?.metres_to(from?))
    }
}

/// When a board is to be looked at: when the first of those whom nobody is being asked about is late, or is to be looked for.
pub(crate) fn due(zone: &Zone) -> Option<Millis> {
    let open = zone.sought.iter().filter(|sought| !zone.is_asked_about(sought.order));
    open.map(|sought| sought.not_before.unwrap_or(sought.until)).min()
}

/// The board after `event`.
pub(crate) fn apply(zone: Option<Zone>, event: &ZoneEvent) -> Zone {
    let mut zone = zone.unwrap_or_default();
    match event {
        ZoneEvent::Came { driver, at } => match zone.drivers.iter_mut().find(|seat| seat.driver == *driver) {
            Some(seat) => (seat.on_duty, seat.at) = (true, *at),
            None => {
                zone.drivers.push(Seat { on_duty: true, at: *at, ..Seat::away(driver.clone()) });
            }
        },
        ZoneEvent::Left { driver } => {
            zone.drivers.iter_mut().filter(|seat| seat.driver == *driver).for_each(|seat| seat.on_duty = false);
        }
        ZoneEvent::Sought(sought) => {
            zone.sought.retain(|known| known.order != sought.order);
            zone.sought.push(sought.clone());
        }
        ZoneEvent::Asked(asked) => {
            let whom = zone.drivers.iter_mut().filter(|seat| seat.driver == asked.driver);
            whom.for_each(|seat| seat.asked = Some(asked.order));
        }
        ZoneEvent::Passed { order, driver } => {
            let sought = zone.sought.iter_mut().filter(|sought| sought.order == *order);
            sought.for_each(|sought| sought.passed.push(driver.clone()));
            zone.forget(*order);
        }
        ZoneEvent::Taken { order, driver } => {
            zone.clear(*order);
            match zone.drivers.iter_mut().find(|seat| seat.driver == *driver) {
                Some(seat) => seat.carries.push(*order),
                None => zone.drivers.push(Seat { carries: vec![*order], ..Seat::away(driver.clone()) }),
            }
        }
        ZoneEvent::NobodyFound { order, .. } | ZoneEvent::Cleared { order } => zone.clear(*order),
    }
    zone.drivers.retain(|seat| seat.on_duty || seat.asked.is_some() || !seat.carries.is_empty());
    zone
}

impl Zone {
    /// Nobody is asked about it.
    fn forget(&mut self, order: OrderId) {
        self.drivers.iter_mut().filter(|seat| seat.asked == Some(order)).for_each(|seat| seat.asked = None);
    }

    /// Nobody is asked about it, nobody has it, and nobody is looked for.
    fn clear(&mut self, order: OrderId) {
        self.forget(order);
        self.drivers.iter_mut().for_each(|seat| seat.carries.retain(|carried| *carried != order));
        self.sought.retain(|sought| sought.order != order);
    }
}
