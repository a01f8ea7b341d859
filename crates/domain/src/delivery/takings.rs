//! What a driver takes in: meals that they brought, cash that they carry for the house, and tips by card that the house owes them.
//!
//! There is no wage in this model, so a row of takings is no payslip: it says what passed through somebody's hands.
//!
//! | what | counts |
//! |---|---|
//! | the driver says that a meal is delivered, and no card pays it | its total is cash that they carry |
//! | the same, where the meal was called off or given up meanwhile | the same: who handed it over took the money |
//! | the same, of a meal that somebody else brought by then | nothing: its money was taken once |
//! | a card pays it | no cash; its tip is owed to them, where the delivery stands |
//! | the money is given back later, or somebody complains | nothing: what was taken at the door was taken |
//! | they hand cash in | what they carry is that much less |
//!
//! A meal counts once, by its order, a hand-in once, by its name, and sums are the same in whatever order facts come.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Key, Known, Millis};

use super::errand::{Errand, Standing};
use crate::id::{HandInId, errand_key};
use crate::trade::Row;
use crate::{Currency, Money, OrderId};

/// How many days are told apart; what is older is one sum. Two weeks are looked back upon, and every fact carries the row.
pub const DAYS_MAX: i64 = 14;

/// How many of the latest meals are listed one by one: a long evening's. A fact that is told again is heard once in any case; by
/// this list one meal that was reported twice counts once.
pub const LATEST_MAX: usize = 40;

/// How many of the latest hand-ins are listed one by one: more than one a shift for the days that are told apart.
pub const HANDED_MAX: usize = 20;

/// How many meals an act of handing in may name that may not have been counted yet: what a bag held in a long tunnel.
pub const COUNTING_MAX: usize = 40;

const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// The day of a moment, counted from 1970. A driver drives in one zone and the server in any, so it is a day of UTC.
pub fn day_of(at: Millis) -> i64 {
    at.div_euclid(DAY_MS)
}

/// When a day begins.
pub fn day_begins(day: i64) -> Millis {
    day.saturating_mul(DAY_MS)
}

/// What a driver has taken in and handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Takings {
    /// Whose.
    pub driver: AccountId,
    /// The days on which there was something, the latest last.
    pub days: Vec<Day>,
    /// All before them, a sum a currency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Sum>,
    /// The latest meals, the last one last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub latest: Vec<Brought>,
    /// The latest hand-ins, the last one last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed: Vec<Handed>,
}

/// One day of a driver's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// Which, see [`day_of`].
    pub day: i64,
    /// A sum a currency: a zone may lie across a border.
    pub sums: Vec<Sum>,
}

/// What came together, in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Meals that were brought.
    pub meals: u32,
    /// Cash that was taken at doors.
    pub cash: Money,
    /// Tips by card.
    pub tips: Money,
    /// Cash that was handed in.
    pub handed_in: Money,
}

/// A meal that was brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// Of which order.
    pub order: OrderId,
    /// From whom: it is no name of a person.
    pub restaurant_name: String,
    /// Cash that was taken at the door; none where a card pays.
    pub cash: Money,
    /// The tip by card.
    pub tip: Money,
    /// When, by the server's clock.
    pub at: Millis,
}

/// Cash that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// Which.
    pub id: HandInId,
    /// How much.
    pub amount: Money,
    /// When, by the server's clock.
    pub at: Millis,
}

impl Sum {
    fn nothing(currency: Currency) -> Self {
        let nothing = Money::new(0, currency);
        Self { meals: 0, cash: nothing, tips: nothing, handed_in: nothing }
    }

    /// Of which currency.
    pub fn currency(&self) -> Currency {
        self.cash.currency
    }

    /// What is left of the cash. Less than nothing where more was handed in than is counted yet.
    pub fn carried(&self) -> Money {
        Money { minor: self.cash.minor.saturating_sub(self.handed_in.minor), ..self.cash }
    }
}

impl Brought {
    /// What a meal comes to that `driver` says they delivered; none where its money was somebody else's to take.
    pub fn of(errand: &Errand, driver: &AccountId, at: Millis) -> Option<Self> {
        let stands = errand.standing == Standing::Delivered;
        let is_theirs = errand.driver.as_ref() == Some(driver);
        if !errand.drivers.contains(driver) || stands && !is_theirs {
            return None;
        }
        let nothing = Money { minor: 0, ..errand.total };
        let tip = errand.tip.filter(|_| errand.by_card && stands).unwrap_or(nothing);
        let cash = if errand.by_card { nothing } else { errand.total };
        Some(Self { order: errand.order, restaurant_name: errand.restaurant_name.clone(), cash, tip, at })
    }

    fn sum(&self) -> Sum {
        Sum { meals: 1, cash: self.cash, tips: self.tip, ..Sum::nothing(self.cash.currency) }
    }
}

impl Handed {
    fn sum(&self) -> Sum {
        Sum { handed_in: self.amount, ..Sum::nothing(self.amount.currency) }
    }
}

impl Takings {
    /// Nothing yet.
    pub fn of(driver: AccountId) -> Self {
        Self { driver, days: vec![], before: vec![], latest: vec![], handed: vec![] }
    }

    /// Whether a meal is counted, as far as is remembered.
    pub fn counts(&self, order: OrderId) -> bool {
        self.latest.iter().any(|brought| brought.order == order)
    }

    /// Whether this was handed in, as far as is remembered.
    pub fn has_handed(&self, id: HandInId) -> bool {
        self.handed.iter().any(|handed| handed.id == id)
    }

    /// All that ever was, a sum a currency.
    pub fn all(&self) -> Vec<Sum> {
        let sums = self.days.iter().flat_map(|day| &day.sums).chain(&self.before);
        sums.fold(vec![], |mut all, sum| {
            add(&mut all, *sum);
            all
        })
    }

    /// The cash of a currency that they carry for the house.
    pub fn carried(&self, currency: Currency) -> Money {
        let sum = self.all().into_iter().find(|sum| sum.currency() == currency);
        sum.unwrap_or(Sum::nothing(currency)).carried()
    }

    /// Adds to a day. What is older than the days that are told apart is added to what was before them.
    fn add(&mut self, at: Millis, sum: Sum) {
        let day = day_of(at);
        match self.days.binary_search_by_key(&day, |day| day.day) {
            Ok(found) => add(&mut self.days[found].sums, sum),
            Err(place) => self.days.insert(place, Day { day, sums: vec![sum] }),
        }
        let last = self.days.last().map_or(day, |day| day.day);
        let kept = self.days.partition_point(|day| day.day <= last - DAYS_MAX);
        for sum in self.days.drain(..kept).flat_map(|day| day.sums) {
            add(&mut self.before, sum);
        }
    }
}

fn add(sums: &mut Vec<Sum>, sum: Sum) {
    match sums.iter_mut().find(|known| known.currency() == sum.currency()) {
        Some(known) => {
            known.meals = known.meals.saturating_add(sum.meals);
            known.cash = known.cash.plus(sum.cash);
            known.tips = known.tips.plus(sum.tips);
            known.handed_in = known.handed_in.plus(sum.handed_in);
        }
        None => {
            let place = sums.partition_point(|known| known.currency() < sum.currency());
            sums.insert(place, sum);
        }
    }
}

/// What a driver may do with what they took in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakingsCommand {
    /// I handed in cash.
    HandIn {
        /// Who.
        driver: AccountId,
        /// Named at the tap: the same is handed in once.
        id: HandInId,
        /// How much.
        amount: Money,
        /// Meals that they reported as delivered and that may not be counted yet: lanes do not wait for each other, and the cash of
        /// a tunnel is handed in as it was taken.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counting: Vec<OrderId>,
    },
}

impl TakingsCommand {
    /// Whose takings.
    pub fn driver(&self) -> &AccountId {
        let Self::HandIn { driver, .. } = self;
        driver
    }

    /// The deliveries that it rests on beside the takings.
    pub(crate) fn reads(&self) -> Vec<Key> {
        let Self::HandIn { counting, .. } = self;
        // What is named beyond the limit is not looked at: it is refused.
        counting.iter().take(COUNTING_MAX).map(|order| errand_key(*order)).collect()
    }
}

/// What happened to a driver's takings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakingsEvent {
    /// They brought a meal.
    Counted {
        /// Who.
        driver: AccountId,
        /// What it comes to.
        brought: Brought,
    },
    /// They handed cash in.
    HandedIn {
        /// Who.
        driver: AccountId,
        /// How much, and when.
        handed: Handed,
    },
}

/// Why the trade says no to a driver about their takings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakingsRefusal {
    /// They do not carry so much.
    TooMuch {
        /// How much they carry.
        carried: Money,
    },
    /// It is no amount.
    NoAmount,
    /// More meals are named than a bag ever held.
    TooMany,
}

/// Decides for a driver. What they handed in is at most what they carry, with the meals that they name.
pub(crate) fn decide(
    takings: Option<&Takings>,
    command: &TakingsCommand,
    rows: &dyn Fn(&Key) -> Known<Row>,
    actor: &Actor,
    now: Millis,
) -> Result<Vec<TakingsEvent>, TakingsRefusal> {
    let TakingsCommand::HandIn { id, amount, counting, .. } = command;
    if takings.is_some_and(|takings| takings.has_handed(*id)) {
        return Ok(vec![]);
    }
    if amount.minor <= 0 {
        return Err(TakingsRefusal::NoAmount);
    }
    if counting.len() > COUNTING_MAX {
        return Err(TakingsRefusal::TooMany);
    }
    let (driver, currency) = (&actor.account, amount.currency);
    let mut most = takings.map_or(Money::new(0, currency), |takings| takings.carried(currency));
    let uncounted = |order: &&OrderId| takings.is_none_or(|takings| !takings.counts(**order));
    for order in counting.iter().filter(uncounted).collect::<BTreeSet<_>>() {
        match rows(&errand_key(*order)) {
            Known::Row(Row::Errand(errand), _) => {
                let brought = Brought::of(&errand, driver, now).filter(|brought| brought.cash.currency == currency);
                most = brought.map_or(most, |brought| most.plus(brought.cash));
            }
            // A delivery leaves the device when the server knows of it, and its money comes a moment later: the server judges.
            Known::Unknown => most = most.plus(*amount),
            Known::Row(..) | Known::Absent => {}
        }
    }
    if !amount.is_some_of(most) {
        return Err(TakingsRefusal::TooMuch { carried: Money { minor: most.minor.max(0), ..most } });
    }
    Ok(vec![TakingsEvent::HandedIn { driver: driver.clone(), handed: Handed { id: *id, amount: *amount, at: now } }])
}

/// The takings after `event`. What is counted is not counted again.
pub(crate) fn apply(takings: Option<Takings>, event: &TakingsEvent) -> Takings {
    match event {
        TakingsEvent::Counted { driver, brought } => {
            let mut takings = takings.unwrap_or_else(|| Takings::of(driver.clone()));
            if !takings.counts(brought.order) {
                takings.add(brought.at, brought.sum());
                let place =
                    takings.latest.partition_point(|known| (known.at, known.order) < (brought.at, brought.order));
                takings.latest.insert(place, brought.clone());
                keep_last(&mut takings.latest, LATEST_MAX);
            }
            takings
        }
        TakingsEvent::HandedIn { driver, handed } => {
            let mut takings = takings.unwrap_or_else(|| Takings::of(driver.clone()));
            if !takings.has_handed(handed.id) {
                takings.add(handed.at, handed.sum());
                let place = takings.handed.partition_point(|known| (known.at, known.id) < (handed.at, handed.id));
                takings.handed.insert(place, *handed);
                keep_last(&mut takings.handed, HANDED_MAX);
            }
            takings
        }
    }
}

fn keep_last<T>(list: &mut Vec<T>, most: usize) {
    list.drain(..list.len().saturating_sub(most));
}
