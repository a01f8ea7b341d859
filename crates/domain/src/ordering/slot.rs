//! When a meal is wanted: as soon as possible, or in a slot of a quarter of an hour that its customer chose.
//!
//! | a slot is not to be had | because |
//! |---|---|
//! | its restaurant takes no orders for now | whoever paused it did not say until when |
//! | it is over | |
//! | it is more than [`AHEAD_MS`] away | hours and menus change |
//! | its kitchen is closed while the meal is made, or before it can be had | |
//! | the kitchen cannot have it ready by then | it takes its time, more in a rush, and a brought meal is under way for [`WAY_MIN`] |
//!
//! A slot is offered while the meal can be ready as it begins, and an order for it is taken while the meal can be ready before it
//! ends: what waited for the network for some minutes is no reason to ask anybody again. Nothing is ever moved to another slot.

use serde::{Deserialize, Serialize};
use sync::Millis;

use crate::catalog::Restaurant;
use crate::catalog::hours::WallClock;
use crate::catalog::restaurant::LEAD_MIN;

/// How long a slot is, in milliseconds: the quarter of an hour that kitchens and people plan by. Local time is ahead of UTC by
/// whole quarters everywhere, so slots begin at the same moments whichever zone they are read in.
pub const SLOT_MS: Millis = 15 * MINUTE_MS;

/// How long a meal is on its way, in minutes, where it is brought: no map is asked, and a zone is what can be crossed in that.
pub const WAY_MIN: i64 = 15;

/// How far ahead a slot may be, in milliseconds: six days, within which the name of a day says which day it is.
pub const AHEAD_MS: Millis = 6 * 24 * 60 * MINUTE_MS;

/// Of how many days slots are offered: today and the next on which the kitchen is open.
const DAYS_MAX: usize = 2;

/// Until when what was open before midnight is still that evening, in minutes after midnight: by then every bar has closed.
const EVENING_ENDS_MIN: i64 = 5 * 60;

const MINUTE_MS: Millis = 60_000;

/// When a meal is wanted, and what that means for its kitchen, as it was agreed: later hours do not change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// When the slot begins.
    pub at: Millis,
    /// When the kitchen is to have it ready.
    pub ready_by: Millis,
    /// When the kitchen is to begin.
    pub begin_by: Millis,
    /// When the kitchen opens, where it was closed as it was ordered: nobody is there to answer before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Millis>,
}

impl Wanted {
    /// When the slot ends.
    pub fn ends(self) -> Millis {
        self.at + SLOT_MS
    }

    /// From when on a kitchen that was told at `told_at` is silent where it says nothing.
    pub fn asked_at(self, told_at: Millis) -> Millis {
        self.opens_at.map_or(told_at, |opens_at| opens_at.max(told_at))
    }

    /// For a device that does not know the restaurant.
    pub(crate) fn nowhere_known(at: Millis, is_brought: bool) -> Self {
        let ready_by = ready_by(at, is_brought);
        Self { at, ready_by, begin_by: ready_by - i64::from(LEAD_MIN) * MINUTE_MS, opens_at: None }
    }
}

/// Why a slot cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Untimely {
    /// It is over.
    Past,
    /// The kitchen cannot have it ready by then.
    TooSoon,
    /// The kitchen is closed then.
    Closed,
    /// The restaurant takes no orders for now.
    Paused,
    /// Nobody knows so far ahead.
    TooFar,
}

/// Whether a slot begins at `at`.
pub fn is_slot(at: Millis) -> bool {
    at.rem_euclid(SLOT_MS) == 0
}

fn ready_by(at: Millis, is_brought: bool) -> Millis {
    if is_brought { at - WAY_MIN * MINUTE_MS } else { at }
}

/// Whose slots they are.
pub struct Kitchen<'a> {
    /// The restaurant as it is known.
    pub restaurant: &'a Restaurant,
    /// Whether the meal is brought.
    pub is_brought: bool,
    /// Minutes that a zone is ahead of UTC at a moment.
    pub utc_offset_min: &'a dyn Fn(&str, Millis) -> Option<i32>,
}

impl Kitchen<'_> {
    /// In how many minutes a meal is there that is wanted as soon as possible.
    pub fn soonest_min(&self) -> i64 {
        self.restaurant.takes_min() + if self.is_brought { WAY_MIN } else { 0 }
    }

    /// The slots that can be had, in order: of this day and the next on which the kitchen is open, and of the next such day alone
    /// where it is closed now. None where its hours cannot be read.
    pub fn slots(&self, now: Millis) -> Vec<Millis> {
        let zone = &self.restaurant.zone;
        let Some(offset) = (self.utc_offset_min)(zone, now) else { return vec![] };
        // Asking for a zone's offset is dear in a browser. Where no clock is put forward or back before the last slot, one answer serves.
        let is_steady = (self.utc_offset_min)(zone, now + AHEAD_MS) == Some(offset);
        let steady = |_: &str, _: Millis| Some(offset);
        let utc_offset_min = if is_steady { &steady } else { self.utc_offset_min };
        let kitchen = Kitchen { utc_offset_min, ..*self };
        let days_max = if kitchen.is_open(now, now + MINUTE_MS) { DAYS_MAX } else { 1 };
        let first = (now + SLOT_MS - 1).div_euclid(SLOT_MS) * SLOT_MS;
        let mut days = vec![];
        let mut slots = vec![];
        for at in (0..AHEAD_MS / SLOT_MS).map(|step| first + step * SLOT_MS) {
            if kitchen.complaint(at, now, 0).is_some() {
                continue;
            }
            let day = kitchen.day(at);
            if days.last() != Some(&day) {
                days.push(day);
            }
            if days.len() > days_max {
                break;
            }
            slots.push(at);
        }
        slots
    }

    /// The next slot that can be had from `at` on, else the first of all.
    pub fn next_after(&self, at: Millis, now: Millis) -> Option<Millis> {
        let slots = self.slots(now);
        slots.iter().find(|slot| **slot >= at).or(slots.first()).copied()
    }

    /// What the slot that begins at `at` means for the kitchen, where it can be had.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn judge(&self, at: Millis, now: Millis) -> Result<Wanted, Untimely> {
        match self.complaint(at, now, SLOT_MS) {
            Some(why) => Err(why),
            None => {
                let ready_by = ready_by(at, self.is_brought);
                let begin_by = ready_by - self.restaurant.lead_min() * MINUTE_MS;
                Ok(Wanted { at, ready_by, begin_by, opens_at: self.opens_at(now) })
            }
        }
    }

    /// Why the slot at `at` cannot be had by a meal that may be ready as much as `slack` after it begins.
    fn complaint(&self, at: Millis, now: Millis, slack: Millis) -> Option<Untimely> {
        let (ready_by, restaurant) = (ready_by(at, self.is_brought), self.restaurant);
        let latest = ready_by + slack;
        let begins = (latest - restaurant.lead_min() * MINUTE_MS).min(ready_by).max(now);
        let is_too_soon = now + restaurant.takes_min() * MINUTE_MS > latest;
        if restaurant.closed_for_now {
            Some(Untimely::Paused)
        } else if at + SLOT_MS <= now {
            Some(Untimely::Past)
        } else if at > now + AHEAD_MS {
            Some(Untimely::TooFar)
        } else if !self.is_open(begins, ready_by + SLOT_MS) {
            Some(Untimely::Closed)
        } else {
            is_too_soon.then_some(Untimely::TooSoon)
        }
    }

    /// Whether the kitchen is open from `from` until `to`; also where its hours cannot be read.
    fn is_open(&self, from: Millis, to: Millis) -> bool {
        let minutes = to.div_euclid(MINUTE_MS) - from.div_euclid(MINUTE_MS);
        let lasts = |from, minutes| match self.wall(from) {
            Some(wall) => self.restaurant.hours.is_open_for(wall, minutes),
            None => true,
        };
        // A clock that is put forward or back in between makes the wall tell the end otherwise than the beginning says.
        minutes <= 0 || (lasts(from, minutes) && lasts(to - MINUTE_MS, 1))
    }

    /// When it opens, where it is closed.
    fn opens_at(&self, now: Millis) -> Option<Millis> {
        let minutes = self.restaurant.hours.opens_in_min(self.wall(now)?).filter(|minutes| *minutes > 0)?;
        Some((now.div_euclid(MINUTE_MS) + minutes) * MINUTE_MS)
    }

    fn wall(&self, at: Millis) -> Option<WallClock> {
        (self.utc_offset_min)(&self.restaurant.zone, at).map(|offset| WallClock::at(at, offset))
    }

    /// Which day it is for who is up at `at`: an evening that goes on after midnight is one.
    fn day(&self, at: Millis) -> i64 {
        let offset = (self.utc_offset_min)(&self.restaurant.zone, at).unwrap_or(0);
        let local = at.div_euclid(MINUTE_MS) + i64::from(offset);
        let (day, minute) = (local.div_euclid(24 * 60), local.rem_euclid(24 * 60));
        let goes_on = minute < EVENING_ENDS_MIN && self.is_open(at - (minute + 1) * MINUTE_MS, at);
        day - i64::from(goes_on)
    }
}
