//! A restaurant: where it is, when it is open, how long a meal takes there, and whether it has closed its doors for now.

use serde::{Deserialize, Serialize};
use sync::Millis;

use super::hours::{Hours, WallClock};
use crate::id::ZoneId;
use crate::{Currency, RestaurantId};

/// How long a meal takes in a kitchen that does not say, in minutes: what kitchens promise until they say otherwise.
pub const LEAD_MIN: u16 = 20;

/// The most that a kitchen says to take longer for now, in minutes: who needs more than that takes no orders.
pub const RUSH_MIN_MAX: u16 = 120;

/// A restaurant as customers see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Restaurant {
    /// Which one.
    pub id: RestaurantId,
    /// Its name.
    pub name: String,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Its kitchens, such as `Italian`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuisines: Vec<String>,
    /// Street, postal code and town on one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Latitude and longitude in degrees (WGS 84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<(f64, f64)>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub telephone: String,
    /// Whose drivers bring its meals; none: it brings them itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drivers: Option<ZoneId>,
    /// What it charges in.
    pub currency: Currency,
    /// Its time zone's IANA name.
    pub zone: String,
    /// When it is open, in its own local time.
    pub hours: Hours,
    /// How long a meal takes in its kitchen, in minutes, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_min: Option<u16>,
    /// How much longer it takes for now, in minutes: its kitchen is in a rush.
    #[serde(default, skip_serializing_if = "is_none_more")]
    pub rush_min: u16,
    /// Closed for now whatever the hours say.
    #[serde(default)]
    pub closed_for_now: bool,
}

fn is_none_more(minutes: &u16) -> bool {
    *minutes == 0
}

/// What staff may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestaurantCommand {
    /// Take orders again, within the hours.
    Open {},
    /// Take no more orders until opened again.
    Close {},
    /// Say how much longer meals take for now; nothing ends the rush.
    Rush {
        /// Minutes; more than [`RUSH_MIN_MAX`] is said as that.
        more_min: u16,
    },
}

/// What happened to a restaurant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestaurantEvent {
    /// It was described anew, as a whole (import).
    Described(Box<Restaurant>),
    /// It takes orders again.
    Opened,
    /// It takes none for now.
    Closed,
    /// Meals take so many minutes longer for now.
    RushSet(u16),
}

/// Whether a restaurant takes orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// It does, for this many minutes more.
    Open {
        /// Minutes.
        closes_in_min: i64,
    },
    /// It is open, and what is ordered now would not be ready before it closes; it opens again in so many minutes, or never.
    LastOrdersOver {
        /// Minutes.
        opens_in_min: Option<i64>,
    },
    /// Its hours say no; it opens in so many minutes, or never.
    ClosedByHours {
        /// Minutes.
        opens_in_min: Option<i64>,
    },
    /// Its staff say no, for now.
    ClosedForNow,
    /// Its time zone is not known here, so its hours cannot be read.
    NotKnown,
}

impl Openness {
    /// Whether somebody may order now, as far as is known here.
    pub fn may_order(self) -> bool {
        matches!(self, Self::Open { .. } | Self::NotKnown)
    }
}

impl Restaurant {
    /// Where it stands among all: those that are open first, then by name.
    pub fn place(&self, openness: Openness) -> (bool, &str) {
        (!openness.may_order(), &self.name)
    }

    /// Whether it takes orders at `now`.
    pub fn openness(&self, now: Millis, utc_offset_min: &dyn Fn(&str, Millis) -> Option<i32>) -> Openness {
        if self.closed_for_now {
            return Openness::ClosedForNow;
        }
        let Some(offset) = utc_offset_min(&self.zone, now) else { return Openness::NotKnown };
        let wall = WallClock::at(now, offset);
        match self.hours.closes_in_min(wall) {
            Some(closes_in_min) if closes_in_min < self.takes_min() => {
                let again = self.hours.opens_in_min(WallClock::at(now + closes_in_min * 60_000, offset));
                Openness::LastOrdersOver { opens_in_min: again.map(|minutes| closes_in_min + minutes) }
            }
            Some(closes_in_min) => Openness::Open { closes_in_min },
            None => Openness::ClosedByHours { opens_in_min: self.hours.opens_in_min(wall) },
        }
    }

    /// How long a meal takes in its kitchen on an evening like any other, in minutes.
    pub fn lead_min(&self) -> i64 {
        i64::from(self.lead_min.unwrap_or(LEAD_MIN))
    }

    /// How long a meal takes in its kitchen now, in minutes.
    pub fn takes_min(&self) -> i64 {
        self.lead_min() + i64::from(self.rush_min)
    }
}

/// Decides for the staff. Opening an open restaurant changes nothing and is no error.
pub(crate) fn decide(restaurant: &Restaurant, command: &RestaurantCommand) -> Vec<RestaurantEvent> {
    match (command, restaurant.closed_for_now) {
        (RestaurantCommand::Open {}, true) => vec![RestaurantEvent::Opened],
        (RestaurantCommand::Close {}, false) => vec![RestaurantEvent::Closed],
        (RestaurantCommand::Open {}, false) | (RestaurantCommand::Close {}, true) => vec![],
        (RestaurantCommand::Rush { more_min }, _) => {
            let more_min = (*more_min).min(RUSH_MIN_MAX);
            if more_min == restaurant.rush_min { vec![] } else { vec![RestaurantEvent::RushSet(more_min)] }
        }
    }
}

/// The restaurant after `event`.
pub(crate) fn apply(restaurant: Option<Restaurant>, event: &RestaurantEvent) -> Option<Restaurant> {
    let closed = |closed_for_now| restaurant.clone().map(|restaurant| Restaurant { closed_for_now, ..restaurant });
    match event {
        RestaurantEvent::Described(described) => {
            let closed_for_now = restaurant.as_ref().is_some_and(|restaurant| restaurant.closed_for_now);
            let rush_min = restaurant.as_ref().map_or(0, |restaurant| restaurant.rush_min);
            Some(Restaurant { closed_for_now, rush_min, ..(**described).clone() })
        }
        RestaurantEvent::RushSet(rush_min) => {
            restaurant.map(|restaurant| Restaurant { rush_min: *rush_min, ..restaurant })
        }
        RestaurantEvent::Opened => closed(false),
        RestaurantEvent::Closed => closed(true),
    }
}
