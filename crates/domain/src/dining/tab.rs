//! A tab: what one table, or one person at the counter, has ordered, was served and is to pay.
//!
//! Each line is an entry of its own with a name of its own, and its state only moves forward, so that what two people did at
//! once, one of them offline, adds up, whoever's act arrives first. What was carried out is the last word: a plate that stands on
//! the table was served, also where somebody took it back meanwhile.

use serde::{Deserialize, Serialize};
use sync::Millis;

use super::bill::{Bill, Settlement};
use crate::id::{LineId, TabId};
use crate::{ItemId, Money, RestaurantId};

/// What one table, or one person at the counter, has ordered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tab {
    /// Which one.
    pub id: TabId,
    /// Whose guests they are.
    pub restaurant: RestaurantId,
    /// Where they are.
    pub seat: Seat,
    /// When it was opened, by the server's clock.
    pub opened_at: Millis,
    /// In the order in which they were added; what was taken back stays and says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<TabLine>,
    /// The bill, while there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<Bill>,
    /// The last time that a card was declined for this bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined_at: Option<Millis>,
    /// That it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Settlement>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Millis>,
    /// It is over for so long that no screen shows it any more ([`crate::put_away`]).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_put_away: bool,
}

/// Where guests are, and with it when they pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seat {
    /// At a table, by what the house calls it. They pay when all is served.
    Table(String),
    /// At the counter. They pay first, and all is over when they have it.
    Counter,
}

/// How far a tab has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It takes lines and gives them back.
    Open,
    /// There is a bill.
    Billed,
    /// The bill is paid.
    Paid,
    /// It is over.
    Closed,
}

impl Stage {
    /// Its name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Billed => "billed",
            Self::Paid => "paid",
            Self::Closed => "closed",
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TabLine {
    /// Which one.
    pub id: LineId,
    /// Which dish.
    pub item: ItemId,
    /// Its name when it was added.
    pub name: String,
    /// With what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// How many.
    pub count: u32,
    /// What one of them costs, with what was chosen, as the guests were told.
    pub unit: Money,
    /// A word to the kitchen about the dish, such as "no ice".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// It needs no kitchen: a drink, a slice of cake.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_ready_made: bool,
    /// The menu counted its portions when it was added.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_counted: bool,
    /// Where it stands.
    pub state: LineState,
    /// When it was sent to the kitchen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<Millis>,
    /// The kitchen had prepared it, also where it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub was_prepared: bool,
    /// Portions of it were taken off the menu's count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_held: bool,
    /// It was taken back before it was prepared, so portions that were taken go back to the count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goes_back: bool,
    /// Why it is not billed although it was served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_off: Option<String>,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineState {
    /// Noted, and not yet sent to the kitchen.
    Added,
    /// Sent.
    Placed,
    /// On the pass.
    Prepared,
    /// There was not so much left; whoever serves there is to tell the guests.
    Gone,
    /// The guests do not want it after all, or know that it cannot be had. It is neither served nor billed.
    TakenBack,
    /// On the table.
    Served,
}

impl LineState {
    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Placed => "placed",
            Self::Prepared => "prepared",
            Self::Served => "served",
            Self::TakenBack => "taken-back",
            Self::Gone => "gone",
        }
    }

    /// Whether it will be neither served nor billed.
    pub fn is_off(self) -> bool {
        matches!(self, Self::TakenBack | Self::Gone)
    }

    /// Whether somebody still waits for it.
    pub fn is_awaited(self) -> bool {
        self <= Self::Prepared
    }
}

impl TabLine {
    /// Whether it is to be paid.
    pub fn is_billable(&self) -> bool {
        !self.state.is_off() && self.written_off.is_none()
    }

    /// Whether portions of it are off the menu's count, and stay so.
    pub fn keeps_portions(&self) -> bool {
        self.is_held && !self.goes_back
    }

    /// What it costs.
    pub fn price(&self) -> Money {
        self.unit.times(self.count)
    }

    /// Whether the kitchen has it before it.
    pub fn is_to_cook(&self) -> bool {
        self.state == LineState::Placed && !self.is_ready_made
    }

    /// Whether it can be carried out: food once it is prepared, what is ready made at once.
    pub fn can_be_served(&self) -> bool {
        match self.state {
            LineState::Added | LineState::Placed => self.is_ready_made,
            LineState::Prepared => true,
            // The kitchen made it all the same.
            LineState::Gone => self.was_prepared,
            LineState::Served | LineState::TakenBack => false,
        }
    }
}

impl Tab {
    /// The line `id`.
    pub fn line(&self, id: LineId) -> Option<&TabLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        match (self.closed_at, &self.settlement, &self.bill) {
            (Some(_), _, _) => Stage::Closed,
            (None, Some(_), _) => Stage::Paid,
            (None, None, Some(_)) => Stage::Billed,
            (None, None, None) => Stage::Open,
        }
    }

    /// How many lines somebody still waits for.
    pub fn awaited(&self) -> usize {
        self.lines.iter().filter(|line| line.state.is_awaited()).count()
    }
}

/// What happened to a tab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TabEvent {
    /// Guests came.
    Opened(Box<Tab>),
    /// They want this.
    LineAdded(Box<TabLine>),
    /// They do not want it after all.
    LineTakenBack {
        /// Which.
        line: LineId,
    },
    /// It went to the kitchen.
    OrderPlaced {
        /// Which lines.
        lines: Vec<LineId>,
        /// When.
        at: Millis,
    },
    /// The kitchen has it ready.
    FoodPrepared {
        /// Which line.
        line: LineId,
    },
    /// It is on the table.
    LineServed {
        /// Which.
        line: LineId,
    },
    /// It is not billed, although it was served.
    LineWrittenOff {
        /// Which.
        line: LineId,
        /// Why.
        reason: String,
    },
    /// The menu, which counts its portions, holds them for it.
    PortionsHeld {
        /// Which line.
        line: LineId,
    },
    /// There were not so many portions left.
    LineGone {
        /// Which.
        line: LineId,
    },
    /// There is a bill.
    BillPrepared(Bill),
    /// They order on.
    BillTakenBack,
    /// A card was declined.
    CardDeclined {
        /// When.
        at: Millis,
    },
    /// It is paid.
    Paid(Settlement),
    /// The guests have back what they paid for and could not have.
    OwedGivenBack {
        /// How much of what they paid they have back in all.
        total: Money,
    },
    /// It is over.
    Closed {
        /// When.
        at: Millis,
    },
    /// It is over for so long that no screen shows it any more.
    PutAway,
}

/// The tab after `event`. A line's state only moves forward.
pub(crate) fn apply(tab: Option<Tab>, event: &TabEvent) -> Option<Tab> {
    if let TabEvent::Opened(opened) = event {
        return Some(tab.unwrap_or_else(|| (**opened).clone()));
    }
    let mut tab = tab?;
    match event {
        TabEvent::Opened(_) => {}
        TabEvent::LineAdded(line) => {
            if tab.line(line.id).is_none() {
                tab.lines.push((**line).clone());
            }
        }
        TabEvent::LineTakenBack { line } => tab.change(*line, |line| {
            line.goes_back |= line.state.is_awaited() && !line.was_prepared;
            line.move_on(LineState::TakenBack);
        }),
        TabEvent::OrderPlaced { lines, at } => lines.iter().for_each(|line| {
            tab.change(*line, |line| {
                line.placed_at.get_or_insert(*at);
                line.move_on(LineState::Placed);
            });
        }),
        TabEvent::FoodPrepared { line } => tab.change(*line, |line| {
            line.was_prepared = true;
            line.move_on(LineState::Prepared);
        }),
        TabEvent::LineServed { line } => tab.change(*line, |line| line.move_on(LineState::Served)),
        TabEvent::LineGone { line } => tab.change(*line, |line| line.move_on(LineState::Gone)),
        TabEvent::LineWrittenOff { line, reason } => tab.change(*line, |line| line.written_off = Some(reason.clone())),
        TabEvent::PortionsHeld { line } => tab.change(*line, |line| line.is_held = true),
        TabEvent::BillPrepared(bill) => {
            tab.bill = Some(bill.clone());
            tab.declined_at = None;
        }
        TabEvent::BillTakenBack => {
            tab.bill = None;
            tab.declined_at = None;
        }
        TabEvent::CardDeclined { at } => tab.declined_at = Some(*at),
        TabEvent::Paid(settlement) => tab.settlement = Some(settlement.clone()),
        TabEvent::OwedGivenBack { total } => {
            if let Some(settlement) = &mut tab.settlement {
                settlement.given_back = Some(*total);
            }
        }
        TabEvent::Closed { at } => tab.closed_at = Some(*at),
        TabEvent::PutAway => tab.is_put_away = true,
    }
    Some(tab)
}

impl Tab {
    fn change(&mut self, id: LineId, change: impl FnOnce(&mut TabLine)) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.id == id) {
            change(line);
        }
    }
}

impl TabLine {
    fn move_on(&mut self, to: LineState) {
        self.state = self.state.max(to);
    }
}
