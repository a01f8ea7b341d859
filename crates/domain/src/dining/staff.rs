//! What staff ask of a tab, and whether it can be: waiters add, take back, serve and bill, the kitchen prepares.
//!
//! | act | while | refused when |
//! |---|---|---|
//! | open | there is none of that name | its table has no name |
//! | add | there is no bill, or it is taken back for it | it is not on the menu, or none is left |
//! | take back | there is no bill | it was served |
//! | place, prepare, serve | it is not over | food is served before it is prepared; none of the lines can be |
//! | bill | at a table, all is served | the sum is not the one that was seen |
//! | order on | it is not paid | |
//! | pay, card declined | there is a bill | the sum is not the one that was paid |
//! | close | it is paid | somebody still waits for a line |
//!
//! What is so already is no error and changes nothing: two people may see the same plate go out.

use serde::{Deserialize, Serialize};
use sync::{Known, Millis};

use super::bill::{self, Bill, Means, Settlement};
use super::tab::{LineState, Seat, Stage, Tab, TabEvent, TabLine};
use crate::catalog::Menu;
use crate::id::{GroupId, LineId, OptionId, TabId};
use crate::ordering::order::QUANTITY_MAX;
use crate::ordering::price;
use crate::{ItemId, Money, RestaurantId};

/// The most lines of one tab: a party of thirty that orders three times. A tab travels whole with each of its facts.
pub const LINES_MAX: usize = 100;

/// The longest name of a table, in characters: it is read from afar.
pub const TABLE_CHARS_MAX: usize = 12;

/// The longest word to the kitchen about one line, in characters: two lines on its card.
pub const NOTE_CHARS_MAX: usize = 80;

/// What staff may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TabCommand {
    /// Guests came.
    Open {
        /// The tab, named by the device.
        tab: TabId,
        /// In which house.
        restaurant: RestaurantId,
        /// Where they are.
        seat: Seat,
    },
    /// They want something.
    Add {
        /// Which tab.
        tab: TabId,
        /// Of which house: its menu is read.
        restaurant: RestaurantId,
        /// The line, named by the device.
        line: LineId,
        /// Which dish.
        item: ItemId,
        /// With what.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<(GroupId, OptionId)>,
        /// How many.
        count: u32,
        /// A word to the kitchen.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// Where there is a bill that is not paid, it is taken back for it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reopens: bool,
    },
    /// They do not want it after all.
    TakeBack {
        /// Which tab.
        tab: TabId,
        /// Which line.
        line: LineId,
    },
    /// Send it to the kitchen.
    Place {
        /// Which tab.
        tab: TabId,
        /// What whoever sends it sees: what a colleague adds meanwhile is theirs to send.
        lines: Vec<LineId>,
    },
    /// It is on the pass.
    Prepare {
        /// Which tab.
        tab: TabId,
        /// Which lines.
        lines: Vec<LineId>,
    },
    /// It is on the table.
    Serve {
        /// Which tab.
        tab: TabId,
        /// Which lines.
        lines: Vec<LineId>,
    },
    /// They want to pay.
    Bill {
        /// Which tab.
        tab: TabId,
        /// The sum that whoever makes the bill sees; none, where nothing is to be paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<Money>,
    },
    /// They order on: there is no bill any more.
    OrderOn {
        /// Which tab.
        tab: TabId,
    },
    /// The house's terminal declined a card.
    CardDeclined {
        /// Which tab.
        tab: TabId,
    },
    /// They paid.
    Pay {
        /// Which tab.
        tab: TabId,
        /// With what.
        means: Means,
        /// How much, without the tip.
        paid: Money,
        /// On top of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tip: Option<Money>,
    },
    /// They left.
    Close {
        /// Which tab.
        tab: TabId,
    },
}

impl TabCommand {
    /// Which tab it is for.
    pub fn tab(&self) -> TabId {
        match self {
            Self::Open { tab, .. }
            | Self::Add { tab, .. }
            | Self::TakeBack { tab, .. }
            | Self::Place { tab, .. }
            | Self::Prepare { tab, .. }
            | Self::Serve { tab, .. }
            | Self::Bill { tab, .. }
            | Self::OrderOn { tab }
            | Self::CardDeclined { tab }
            | Self::Pay { tab, .. }
            | Self::Close { tab } => *tab,
        }
    }
}

/// Why the trade says no to staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TabRefusal {
    /// There is no such tab.
    NoSuchTab,
    /// There is no such line on it.
    NoSuchLine,
    /// The menu is not known here.
    NoMenu,
    /// It is not on the menu any more.
    NotOnMenu(ItemId),
    /// So many cannot be had; this is what is left.
    SoldOut {
        /// What.
        name: String,
        /// How many there are.
        left: u32,
    },
    /// The tab has come this far, so it takes no lines and gives none back.
    TooLate(Stage),
    /// It was served, so it cannot be taken back.
    Served(String),
    /// It was taken back, or the last portion went to somebody else.
    Off(String),
    /// The kitchen does not have it ready.
    NotPrepared(String),
    /// So many lines are not served yet.
    Unserved(usize),
    /// The sum is another one by now; none: nothing is to be paid.
    OtherSum(Option<Money>),
    /// There is no bill.
    NoBill,
    /// The bill is not paid.
    NotPaid,
    /// A number or a text that cannot be, in a sentence.
    Malformed(String),
}

/// Decides for the staff of `tab`'s house, by its `menu` where something is added.
pub(crate) fn decide(
    tab: Option<&Tab>,
    command: &TabCommand,
    menu: Known<Menu>,
    now: Millis,
) -> Result<Vec<TabEvent>, TabRefusal> {
    if let TabCommand::Open { tab: id, restaurant, seat } = command {
        return open(tab, *id, restaurant, seat, now);
    }
    let tab = tab.ok_or(TabRefusal::NoSuchTab)?;
    let stage = tab.stage();
    match command {
        TabCommand::Open { .. } => Ok(vec![]),
        TabCommand::Add { line, .. } if tab.line(*line).is_some() => Ok(vec![]),
        TabCommand::Add { line, item, choices, count, note, restaurant, reopens, .. } => {
            if tab.restaurant != *restaurant {
                return Err(TabRefusal::NoSuchTab);
            }
            let reopened = (*reopens && stage == Stage::Billed).then_some(TabEvent::BillTakenBack);
            if reopened.is_none() {
                while_open(stage)?;
            }
            let menu = if let Known::Row(menu, _) = menu { menu } else { return Err(TabRefusal::NoMenu) };
            let line = line_of(tab, &menu, *line, item, choices, *count, note)?;
            Ok(reopened.into_iter().chain([TabEvent::LineAdded(Box::new(line))]).collect())
        }
        TabCommand::TakeBack { line, .. } => {
            let line = tab.line(*line).ok_or(TabRefusal::NoSuchLine)?;
            match line.state {
                LineState::TakenBack | LineState::Gone => Ok(vec![]),
                LineState::Served => Err(TabRefusal::Served(line.name.clone())),
                LineState::Added | LineState::Placed | LineState::Prepared => {
                    while_open(stage)?;
                    Ok(vec![TabEvent::LineTakenBack { line: line.id }])
                }
            }
        }
        TabCommand::Place { lines, .. } => {
            let placed = each(tab, lines, |line| match line.state {
                LineState::Added => Ok(Some(line.id)),
                LineState::Placed | LineState::Prepared | LineState::Served => Ok(None),
                LineState::TakenBack | LineState::Gone => Err(TabRefusal::Off(line.name.clone())),
            })?;
            Ok(if placed.is_empty() { vec![] } else { vec![TabEvent::OrderPlaced { lines: placed }] })
        }
        TabCommand::Prepare { lines, .. } => {
            let prepared = each(tab, lines, |line| match line.state {
                LineState::Added | LineState::Placed => Ok(Some(line.id)),
                LineState::Prepared | LineState::Served => Ok(None),
                LineState::TakenBack | LineState::Gone => Err(TabRefusal::Off(line.name.clone())),
            })?;
            Ok(prepared.into_iter().map(|line| TabEvent::FoodPrepared { line }).collect())
        }
        TabCommand::Serve { lines, .. } => serve(tab, lines, now),
        TabCommand::Bill { total, .. } => prepare_bill(tab, stage, *total, now),
        TabCommand::OrderOn { .. } => match stage {
            Stage::Open => Ok(vec![]),
            Stage::Billed => Ok(vec![TabEvent::BillTakenBack]),
            Stage::Paid | Stage::Closed => Err(TabRefusal::TooLate(stage)),
        },
        TabCommand::CardDeclined { .. } => match stage {
            Stage::Open => Err(TabRefusal::NoBill),
            Stage::Billed => Ok(vec![TabEvent::CardDeclined { at: now }]),
            Stage::Paid | Stage::Closed => Err(TabRefusal::TooLate(stage)),
        },
        TabCommand::Pay { means, paid, tip, .. } => pay(tab, *means, *paid, *tip, now),
        TabCommand::Close { .. } => match stage {
            Stage::Closed => Ok(vec![]),
            Stage::Paid if tab.awaited() == 0 => Ok(vec![TabEvent::Closed { at: now }]),
            Stage::Paid => Err(TabRefusal::Unserved(tab.awaited())),
            Stage::Billed => Err(TabRefusal::NotPaid),
            Stage::Open => Err(TabRefusal::NoBill),
        },
    }
}

fn open(
    tab: Option<&Tab>,
    id: TabId,
    restaurant: &RestaurantId,
    seat: &Seat,
    now: Millis,
) -> Result<Vec<TabEvent>, TabRefusal> {
    if tab.is_some() {
        return Ok(vec![]);
    }
    let seat = match seat {
        Seat::Counter => Seat::Counter,
        Seat::Table(name) => match name.trim() {
            "" => return Err(TabRefusal::Malformed("a table needs a name, such as its number".into())),
            name if name.chars().count() > TABLE_CHARS_MAX => {
                let what = format!("a table's name has at most {TABLE_CHARS_MAX} characters");
                return Err(TabRefusal::Malformed(what));
            }
            name => Seat::Table(name.to_owned()),
        },
    };
    let opened = Tab {
        id,
        restaurant: restaurant.clone(),
        seat,
        opened_at: now,
        lines: vec![],
        bill: None,
        declined_at: None,
        settlement: None,
        closed_at: None,
    };
    Ok(vec![TabEvent::Opened(Box::new(opened))])
}

fn while_open(stage: Stage) -> Result<(), TabRefusal> {
    if stage == Stage::Open { Ok(()) } else { Err(TabRefusal::TooLate(stage)) }
}

/// The line, in the menu's own words and at its price.
fn line_of(
    tab: &Tab,
    menu: &Menu,
    id: LineId,
    item: &ItemId,
    choices: &[(GroupId, OptionId)],
    count: u32,
    note: &str,
) -> Result<TabLine, TabRefusal> {
    if tab.lines.len() >= LINES_MAX {
        return Err(TabRefusal::Malformed(format!("a tab has at most {LINES_MAX} lines; open another one")));
    }
    if !(1..=QUANTITY_MAX).contains(&count) {
        return Err(TabRefusal::Malformed(format!("{count} of one dish: between 1 and {QUANTITY_MAX} can be added")));
    }
    let note = note.trim();
    if note.chars().count() > NOTE_CHARS_MAX {
        return Err(TabRefusal::Malformed(format!("a note has at most {NOTE_CHARS_MAX} characters")));
    }
    let item = menu.item(item).ok_or_else(|| TabRefusal::NotOnMenu(item.clone()))?;
    if !item.availability.covers(count) {
        let left = item.availability.left().unwrap_or(0);
        return Err(TabRefusal::SoldOut { name: item.name.clone(), left });
    }
    let (unit, choices) = price::priced(item, choices).map_err(TabRefusal::Malformed)?;
    if bill::total(tab).is_some_and(|total| total.currency != unit.currency) {
        return Err(TabRefusal::Malformed("a bill has one currency, and this dish costs another".into()));
    }
    Ok(TabLine {
        id,
        item: item.id.clone(),
        name: item.name.clone(),
        choices: choices.into_iter().map(|choice| choice.name).collect(),
        count,
        unit,
        note: note.to_owned(),
        is_ready_made: item.is_ready_made,
        state: LineState::Added,
        was_prepared: false,
        is_held: false,
    })
}

/// What `of` makes of each of `lines`: what can be done is done. Where nothing can and nothing was done already, the first
/// reason stands.
fn each(
    tab: &Tab,
    lines: &[LineId],
    of: impl Fn(&TabLine) -> Result<Option<LineId>, TabRefusal>,
) -> Result<Vec<LineId>, TabRefusal> {
    let asked = lines.iter().map(|id| tab.line(*id).ok_or(TabRefusal::NoSuchLine).and_then(&of));
    let (can, cannot): (Vec<_>, Vec<_>) = asked.partition(Result::is_ok);
    match cannot.into_iter().find_map(Result::err) {
        Some(why) if can.is_empty() => Err(why),
        _ => Ok(can.into_iter().flatten().flatten().collect()),
    }
}

fn serve(tab: &Tab, lines: &[LineId], now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    let served = each(tab, lines, |line| match line.state {
        LineState::Served => Ok(None),
        LineState::TakenBack | LineState::Gone => Err(TabRefusal::Off(line.name.clone())),
        _ if line.can_be_served() => Ok(Some(line.id)),
        _ => Err(TabRefusal::NotPrepared(line.name.clone())),
    })?;
    // Who carries out a drink before anybody sent the order says with it that it was ordered.
    let unsent = served.iter().filter(|id| tab.line(**id).is_some_and(|line| line.state == LineState::Added));
    let unsent: Vec<_> = unsent.copied().collect();
    let placed = (!unsent.is_empty()).then_some(TabEvent::OrderPlaced { lines: unsent });
    let is_last = tab.lines.iter().all(|line| !line.state.is_awaited() || served.contains(&line.id));
    let is_over = tab.seat == Seat::Counter && tab.stage() == Stage::Paid && is_last && !served.is_empty();
    let events = placed.into_iter().chain(served.into_iter().map(|line| TabEvent::LineServed { line }));
    Ok(events.chain(is_over.then_some(TabEvent::Closed { at: now })).collect())
}

fn prepare_bill(tab: &Tab, stage: Stage, seen: Option<Money>, now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    if stage > Stage::Billed {
        return Err(TabRefusal::TooLate(stage));
    }
    let unserved = tab.awaited();
    if tab.seat != Seat::Counter && unserved > 0 {
        return Err(TabRefusal::Unserved(unserved));
    }
    let bill = bill::prepare(tab, now);
    if bill.total != seen {
        return Err(TabRefusal::OtherSum(bill.total));
    }
    let Bill { total: Some(_), .. } = &bill else {
        // Nobody stayed: there is nothing to pay, so it is over.
        return Ok(vec![TabEvent::BillPrepared(bill), TabEvent::Closed { at: now }]);
    };
    if stage == Stage::Billed {
        return Ok(vec![]);
    }
    // Who pays at the counter has ordered.
    let unsent = tab.lines.iter().filter(|line| line.state == LineState::Added).map(|line| line.id);
    let unsent: Vec<_> = unsent.collect();
    let placed = (!unsent.is_empty()).then_some(TabEvent::OrderPlaced { lines: unsent });
    Ok(placed.into_iter().chain([TabEvent::BillPrepared(bill)]).collect())
}

fn pay(tab: &Tab, means: Means, paid: Money, tip: Option<Money>, now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    let stage = tab.stage();
    let bill = tab.bill.as_ref().ok_or(TabRefusal::NoBill)?;
    if stage > Stage::Billed {
        return Err(TabRefusal::TooLate(stage));
    }
    if bill.total != Some(paid) {
        return Err(TabRefusal::OtherSum(bill.total));
    }
    if tip.is_some_and(|tip| !tip.is_some_of(paid)) {
        return Err(TabRefusal::Malformed("a tip is more than nothing, and not more than the bill".into()));
    }
    let settled = TabEvent::Paid(Settlement { means, paid, tip, at: now });
    let is_over = tab.seat == Seat::Counter && tab.awaited() == 0;
    Ok([settled].into_iter().chain(is_over.then_some(TabEvent::Closed { at: now })).collect())
}

/// What follows for a tab of which one line's portions were short: the line is off, unless it was carried out by then, and a
/// bill that is not paid is to be made anew.
pub(crate) fn portions_short(tab: &Tab, line: LineId) -> Vec<TabEvent> {
    let is_awaited = tab.line(line).is_some_and(|line| line.state.is_awaited());
    let gone = is_awaited.then_some(TabEvent::LineGone { line });
    let unbilled = (is_awaited && tab.stage() == Stage::Billed).then_some(TabEvent::BillTakenBack);
    gone.into_iter().chain(unbilled).collect()
}
