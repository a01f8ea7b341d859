//! The bill: what of a tab is to be paid, how it was, and what follows from that.

use serde::{Deserialize, Serialize};
use sync::Millis;

use super::staff::TabRefusal;
use super::tab::{LineState, Seat, Stage, Tab, TabEvent, TabLine};
use crate::Money;
use crate::id::LineId;

/// The most that is believed as a tip: ten times the bill. Guests round five up from two; more is a slip of the keyboard.
const TIP_TIMES_MAX: u32 = 10;

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
    /// What of it the guests have back, because it could not be had after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_back: Option<Money>,
    /// When.
    pub at: Millis,
}

/// What is to be paid in all; none, where there is nothing.
pub fn total(tab: &Tab) -> Option<Money> {
    tab.lines.iter().filter(|line| line.is_billable()).map(TabLine::price).reduce(Money::plus)
}

/// What the guests have back in all once they have what is owed; none, where nothing is owed.
pub fn back_in_all(tab: &Tab) -> Option<Money> {
    let owed = owed_back(tab)?;
    let before = tab.settlement.as_ref()?.given_back;
    Some(before.map_or(owed, |before| before.plus(owed)))
}

/// What the house owes its guests of what they paid, because it could not be had after all; none, where nothing is owed.
pub fn owed_back(tab: &Tab) -> Option<Money> {
    let settlement = tab.settlement.as_ref()?;
    let worth = total(tab).map_or(0, |total| total.minor);
    let back = settlement.given_back.map_or(0, |back| back.minor);
    let owed = Money::new(settlement.paid.minor - worth - back, settlement.paid.currency);
    (owed.minor > 0).then_some(owed)
}

/// The most that is taken as a tip on a bill of `due`.
pub fn tip_max(due: Money) -> Money {
    due.times(TIP_TIMES_MAX)
}

/// The bill, where the sum is the one that was `seen`.
pub(super) fn prepare(tab: &Tab, seen: Option<Money>, now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    let stage = tab.stage();
    if stage > Stage::Billed {
        return Err(TabRefusal::TooLate(stage));
    }
    if tab.seat != Seat::Counter {
        all_is_served(tab)?;
    }
    let lines = tab.lines.iter().filter(|line| line.is_billable()).map(|line| line.id).collect();
    let bill = Bill { lines, total: total(tab), at: now };
    if bill.total != seen {
        return Err(TabRefusal::OtherSum(bill.total));
    }
    if bill.total.is_none() {
        // Nobody stayed, or all of it is on the house: there is nothing to pay, so it is over.
        return Ok(vec![TabEvent::BillPrepared(bill), TabEvent::Closed { at: now }]);
    }
    if stage == Stage::Billed {
        return Ok(vec![]);
    }
    // Who pays at the counter has ordered.
    let unsent: Vec<_> = tab.lines.iter().filter(|line| line.state == LineState::Added).map(|line| line.id).collect();
    let placed = (!unsent.is_empty()).then_some(TabEvent::OrderPlaced { lines: unsent, at: now });
    Ok(placed.into_iter().chain([TabEvent::BillPrepared(bill)]).collect())
}

/// It is paid, where the sum is the bill's.
pub(super) fn pay(
    tab: &Tab,
    means: Means,
    paid: Money,
    tip: Option<Money>,
    now: Millis,
) -> Result<Vec<TabEvent>, TabRefusal> {
    let bill = tab.bill.as_ref().ok_or(TabRefusal::NoBill)?;
    if tab.stage() > Stage::Billed {
        return Err(TabRefusal::TooLate(tab.stage()));
    }
    if bill.total != Some(paid) {
        return Err(TabRefusal::OtherSum(bill.total));
    }
    if tip.is_some_and(|tip| !tip.is_some_of(tip_max(paid))) {
        let what = format!("a tip is more than nothing, and at most {TIP_TIMES_MAX} times the bill");
        return Err(TabRefusal::Malformed(what));
    }
    let settled = TabEvent::Paid(Settlement { means, paid, tip, given_back: None, at: now });
    Ok(and_over(tab, vec![settled], now))
}

/// The guests have `total` back in all. It is believed also where less is owed by what is known here: whoever took a line back may
/// not have been in contact yet.
pub(super) fn give_back(tab: &Tab, total: Money, now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    let settlement = tab.settlement.as_ref().ok_or(TabRefusal::NotPaid)?;
    if !total.is_some_of(settlement.paid) {
        return Err(TabRefusal::OtherSum(owed_back(tab)));
    }
    let before = settlement.given_back.map_or(0, |back| back.minor);
    let events = if total.minor > before { vec![TabEvent::OwedGivenBack { total }] } else { vec![] };
    Ok(and_over(tab, events, now))
}

/// It is over: paid, served, and nothing owed.
pub(super) fn close(tab: &Tab, now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    match tab.stage() {
        Stage::Open => Err(TabRefusal::NoBill),
        Stage::Billed => Err(TabRefusal::NotPaid),
        Stage::Closed => Ok(vec![]),
        Stage::Paid => {
            all_is_served(tab)?;
            match owed_back(tab) {
                Some(owed) => Err(TabRefusal::Owes(owed)),
                None => Ok(vec![TabEvent::Closed { at: now }]),
            }
        }
    }
}

/// `events`, and the end of an order at the counter that is over with them: nobody sits there.
pub(super) fn and_over(tab: &Tab, mut events: Vec<TabEvent>, now: Millis) -> Vec<TabEvent> {
    let after = events.iter().fold(Some(tab.clone()), super::tab::apply);
    let ends = after.filter(|after| after.seat == Seat::Counter && after.stage() == Stage::Paid);
    events.extend(ends.and_then(|after| close(&after, now).ok()).into_iter().flatten());
    events
}

fn all_is_served(tab: &Tab) -> Result<(), TabRefusal> {
    let unserved = tab.awaited();
    if unserved == 0 { Ok(()) } else { Err(TabRefusal::Unserved(unserved)) }
}
