//! A tab: what one table, or one person at the counter, has ordered, was served and is to pay.
//!
//! Each line is an entry of its own with a name of its own, and its state only moves forward, so that what two people did at
//! once, one of them offline, adds up, whoever's act arrives first.

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
    /// What one of them costs, with what was chosen, by the menu of the moment in which it was added.
    pub unit: Money,
    /// A word to the kitchen about the dish, such as "no ice".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// It needs no kitchen: a drink, a slice of cake.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_ready_made: bool,
    /// Where it stands.
    pub state: LineState,
    /// The kitchen had prepared it, also where it was taken back afterwards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub was_prepared: bool,
    /// The menu counts its portions, and holds them for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_held: bool,
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
    /// On the table.
    Served,
    /// The guests do not want it after all; it is neither served nor billed.
    TakenBack,
    /// The last portion went to somebody else; it is neither served nor billed.
    Gone,
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
        matches!(self, Self::Added | Self::Placed | Self::Prepared)
    }
}

impl TabLine {
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
            LineState::Served | LineState::TakenBack | LineState::Gone => false,
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
    /// It is over.
    Closed {
        /// When.
        at: Millis,
    },
}

/// The tab after `event`. A line's state only moves forward, and what was served or taken back stays so.
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
        TabEvent::LineTakenBack { line } => tab.move_on(*line, LineState::TakenBack),
        TabEvent::OrderPlaced { lines } => lines.iter().for_each(|line| tab.move_on(*line, LineState::Placed)),
        TabEvent::FoodPrepared { line } => tab.move_on(*line, LineState::Prepared),
        TabEvent::LineServed { line } => tab.move_on(*line, LineState::Served),
        TabEvent::LineGone { line } => tab.move_on(*line, LineState::Gone),
        TabEvent::PortionsHeld { line } => {
            if let Some(line) = tab.line_mut(*line) {
                line.is_held = true;
            }
        }
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
        TabEvent::Closed { at } => tab.closed_at = Some(*at),
    }
    Some(tab)
}

impl Tab {
    fn line_mut(&mut self, id: LineId) -> Option<&mut TabLine> {
        self.lines.iter_mut().find(|line| line.id == id)
    }

    fn move_on(&mut self, id: LineId, to: LineState) {
        if let Some(line) = self.line_mut(id)
            && line.state.is_awaited()
            && to > line.state
        {
            line.was_prepared |= to == LineState::Prepared;
            line.state = to;
        }
    }
}
