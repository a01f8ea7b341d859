//! The bill: what of a tab is to be paid, and how it was.

use serde::{Deserialize, Serialize};
use sync::Millis;

use super::tab::{Tab, TabLine};
use crate::Money;
use crate::id::LineId;

/// What is to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// The lines on it, in the order in which they were added.
    pub lines: Vec<LineId>,
    /// Their sum; none, where there is no line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
    /// When it was made.
    pub at: Millis,
}

/// With what it was paid. A card is read by the house's own terminal, which Carryout does not speak to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// Notes and coins.
    Cash,
    /// A card.
    Card,
}

/// That it was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// With what.
    pub means: Means,
    /// How much, without the tip: the sum of the bill.
    pub paid: Money,
    /// On top of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<Money>,
    /// When.
    pub at: Millis,
}

/// The lines that are to be paid: all but those that were taken back or could not be had.
pub fn billable(tab: &Tab) -> impl Iterator<Item = &TabLine> {
    tab.lines.iter().filter(|line| !line.state.is_off())
}

/// What they cost in all; none, where there is none.
pub fn total(tab: &Tab) -> Option<Money> {
    billable(tab).map(TabLine::price).reduce(Money::plus)
}

/// What the house owes its guests of what they paid, because it could not be had after all; none, where nothing is owed.
pub fn owed_back(tab: &Tab) -> Option<Money> {
    let paid = tab.settlement.as_ref()?.paid;
    let owed = Money::new(paid.minor - total(tab).map_or(0, |total| total.minor), paid.currency);
    (owed.minor > 0).then_some(owed)
}

/// The bill of `tab` as it stands.
pub(super) fn prepare(tab: &Tab, at: Millis) -> Bill {
    Bill { lines: billable(tab).map(|line| line.id).collect(), total: total(tab), at }
}
