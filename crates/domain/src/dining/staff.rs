//! What staff ask of a tab, and whether it can be: waiters add, take back, serve and bill, the kitchen prepares.
//!
//! | act | while | refused when |
//! |---|---|---|
//! | open | there is none of that name | its table has no name |
//! | add | there is no bill, or it is taken back for it | it is not on the menu |
//! | take back | it was not served | its table has a bill; at the counter the bill is made anew, or money owed back |
//! | place, prepare | it is not over | |
//! | serve | it is not over | food was not prepared |
//! | write off | it is not paid | it was not served |
//! | bill | at a table, all is served | the sum is not the one that was seen |
//! | order on | it is not paid | |
//! | pay, card declined | there is a bill | the sum is not the one that was paid |
//! | give back, close | it is paid | somebody still waits for a line, or for money |
//!
//! What is so already is no error and changes nothing: two people may see the same plate go out. What staff report of the world is
//! believed: what was cooked was cooked and what stands on the table was served, also where a colleague took it back meanwhile.
//! Each act is judged by itself: one that is refused takes no other of the same evening with it.

use serde::{Deserialize, Serialize};
use sync::{Known, Millis};

use super::bill::{self, Means};
use super::tab::{LineState, Seat, Stage, Tab, TabEvent, TabLine};
use crate::catalog::{Availability, Menu};
use crate::id::{GroupId, LineId, OptionId, TabId};
use crate::kitchen::ticket::REASON_CHARS_MAX;
use crate::money::PRICE_MINOR_MAX;
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
        /// What one of them costs with what was chosen, as the guests were told: they pay that, whatever the menu says by then.
        unit: Money,
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
    /// It is not to be paid, although it was served.
    WriteOff {
        /// Which tab.
        tab: TabId,
        /// Which line.
        line: LineId,
        /// Why.
        reason: String,
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
    /// They have back what they paid for and could not have.
    GiveBack {
        /// Which tab.
        tab: TabId,
        /// How much they have back in all: said twice, or by two people, it is the same money.
        total: Money,
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
            | Self::WriteOff { tab, .. }
            | Self::Bill { tab, .. }
            | Self::OrderOn { tab }
            | Self::CardDeclined { tab }
            | Self::Pay { tab, .. }
            | Self::GiveBack { tab, .. }
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
    /// It cannot be had like that; a sentence.
    Choices(String),
    /// The tab has come this far, so it takes no lines and gives none back.
    TooLate(Stage),
    /// It was served, so it cannot be taken back.
    Served(String),
    /// It was not served, so there is nothing to write off.
    NotServed(String),
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
    /// The guests are to have so much back first.
    Owes(Money),
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
        return if tab.is_some() { Ok(vec![]) } else { open(*id, restaurant, seat, now) };
    }
    let tab = tab.ok_or(TabRefusal::NoSuchTab)?;
    match command {
        TabCommand::Open { .. } => Ok(vec![]),
        TabCommand::Add { line, .. } if tab.line(*line).is_some() => Ok(vec![]),
        TabCommand::Add { .. } => add(tab, command, menu),
        TabCommand::TakeBack { line, .. } => take_back(tab, *line, now),
        TabCommand::Place { lines, .. } => {
            let placed = chosen(tab, lines, |line| Ok(line.state == LineState::Added))?;
            Ok(if placed.is_empty() { vec![] } else { vec![TabEvent::OrderPlaced { lines: placed, at: now }] })
        }
        TabCommand::Prepare { lines, .. } => {
            let prepared = chosen(tab, lines, |line| Ok(!line.was_prepared && line.state != LineState::Served))?;
            Ok(prepared.into_iter().map(|line| TabEvent::FoodPrepared { line }).collect())
        }
        TabCommand::Serve { lines, .. } => serve(tab, lines, now),
        TabCommand::WriteOff { line, reason, .. } => write_off(tab, *line, reason),
        TabCommand::Bill { total, .. } => bill::prepare(tab, *total, now),
        TabCommand::OrderOn { .. } => match tab.stage() {
            Stage::Open => Ok(vec![]),
            Stage::Billed => Ok(vec![TabEvent::BillTakenBack]),
            late @ (Stage::Paid | Stage::Closed) => Err(TabRefusal::TooLate(late)),
        },
        TabCommand::CardDeclined { .. } => match tab.stage() {
            Stage::Open => Err(TabRefusal::NoBill),
            Stage::Billed => Ok(vec![TabEvent::CardDeclined { at: now }]),
            late @ (Stage::Paid | Stage::Closed) => Err(TabRefusal::TooLate(late)),
        },
        TabCommand::Pay { means, paid, tip, .. } => bill::pay(tab, *means, *paid, *tip, now),
        TabCommand::GiveBack { total, .. } => bill::give_back(tab, *total, now),
        TabCommand::Close { .. } => bill::close(tab, now),
    }
}

fn open(id: TabId, restaurant: &RestaurantId, seat: &Seat, now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    let seat = match seat {
        Seat::Counter => Seat::Counter,
        Seat::Table(name) => Seat::Table(text(name, 1, TABLE_CHARS_MAX, "a table's name")?),
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
        is_put_away: false,
    };
    Ok(vec![TabEvent::Opened(Box::new(opened))])
}

/// What was typed, without what stands around it.
fn text(text: &str, min: usize, max: usize, what: &str) -> Result<String, TabRefusal> {
    let text = text.trim();
    match text.chars().count() {
        few if few < min => Err(TabRefusal::Malformed(format!("{what} is needed"))),
        many if many > max => Err(TabRefusal::Malformed(format!("{what} has at most {max} characters"))),
        _ => Ok(text.to_owned()),
    }
}

/// The line in the menu's own words, at the price that the guests were told. What the menu says is sold out is on the tab all the
/// same, as that: whoever noted it is to tell the guests, and what was carried out by then is billed.
fn add(tab: &Tab, command: &TabCommand, menu: Known<Menu>) -> Result<Vec<TabEvent>, TabRefusal> {
    let TabCommand::Add { restaurant, line, item, choices, count, unit, note, reopens, .. } = command else {
        return Ok(vec![]);
    };
    if tab.restaurant != *restaurant {
        return Err(TabRefusal::NoSuchTab);
    }
    let stage = tab.stage();
    let reopened = (*reopens && stage == Stage::Billed).then_some(TabEvent::BillTakenBack);
    if reopened.is_none() && stage != Stage::Open {
        return Err(TabRefusal::TooLate(stage));
    }
    if tab.lines.len() >= LINES_MAX {
        return Err(TabRefusal::Malformed(format!("a tab has at most {LINES_MAX} lines; open another one")));
    }
    if !(1..=QUANTITY_MAX).contains(count) {
        return Err(TabRefusal::Malformed(format!("{count} of one dish: between 1 and {QUANTITY_MAX} can be added")));
    }
    let note = text(note, 0, NOTE_CHARS_MAX, "a note")?;
    let Known::Row(menu, _) = menu else { return Err(TabRefusal::NoMenu) };
    let item = menu.item(item).ok_or_else(|| TabRefusal::NotOnMenu(item.clone()))?;
    let (_, choices) = price::priced(item, choices).map_err(|why| TabRefusal::Choices(why.to_string()))?;
    let other_currency = tab.lines.first().is_some_and(|line| line.unit.currency != unit.currency);
    if unit.currency != item.price.currency || other_currency {
        return Err(TabRefusal::Malformed(format!("a bill has one currency, here {}", item.price.currency.code())));
    }
    if !(0..=PRICE_MINOR_MAX).contains(&unit.minor) {
        return Err(TabRefusal::Malformed("a price is not negative, and not that large".into()));
    }
    let added = TabLine {
        id: *line,
        item: item.id.clone(),
        name: item.name.clone(),
        choices: choices.into_iter().map(|choice| choice.name).collect(),
        count: *count,
        unit: *unit,
        note,
        is_ready_made: item.is_ready_made,
        is_counted: item.availability.left().is_some(),
        state: LineState::Added,
        placed_at: None,
        was_prepared: false,
        is_held: false,
        goes_back: false,
        written_off: None,
    };
    // Where portions are counted, the count decides, and not what was last seen of it.
    let gone = item.availability == Availability::SoldOut;
    let gone = gone.then_some(TabEvent::LineGone { line: *line });
    Ok(reopened.into_iter().chain([TabEvent::LineAdded(Box::new(added))]).chain(gone).collect())
}

fn take_back(tab: &Tab, line: LineId, now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    let Some(line) = tab.line(line) else { return Err(TabRefusal::NoSuchLine) };
    let back = TabEvent::LineTakenBack { line: line.id };
    let stage = tab.stage();
    match (line.state, stage, &tab.seat) {
        (LineState::TakenBack, _, _) => Ok(vec![]),
        (LineState::Served, _, _) => Err(TabRefusal::Served(line.name.clone())),
        // That the guests know of it changes no sum.
        (LineState::Gone, _, _) => Ok(vec![back]),
        (_, Stage::Open, _) => Ok(vec![back]),
        (_, Stage::Billed, Seat::Counter) => Ok(vec![TabEvent::BillTakenBack, back]),
        (_, Stage::Paid, Seat::Counter) => Ok(bill::and_over(tab, vec![back], now)),
        _ => Err(TabRefusal::TooLate(stage)),
    }
}

/// Those of `lines` of which `is` says that something is to be done with them, each once.
fn chosen(
    tab: &Tab,
    lines: &[LineId],
    is: impl Fn(&TabLine) -> Result<bool, TabRefusal>,
) -> Result<Vec<LineId>, TabRefusal> {
    if lines.len() > LINES_MAX {
        return Err(TabRefusal::Malformed(format!("a tab has at most {LINES_MAX} lines")));
    }
    // A line that was refused when it was added takes no other with it.
    let known: Vec<_> = lines.iter().filter_map(|id| tab.line(*id)).collect();
    if known.is_empty() && !lines.is_empty() {
        return Err(TabRefusal::NoSuchLine);
    }
    let mut chosen = vec![];
    for line in known {
        if is(line)? && !chosen.contains(&line.id) {
            chosen.push(line.id);
        }
    }
    Ok(chosen)
}

fn serve(tab: &Tab, lines: &[LineId], now: Millis) -> Result<Vec<TabEvent>, TabRefusal> {
    let served = chosen(tab, lines, |line| match line.state {
        LineState::Served => Ok(false),
        _ if line.is_ready_made || line.was_prepared => Ok(true),
        _ => Err(TabRefusal::NotPrepared(line.name.clone())),
    })?;
    // Who carries out a drink before anybody sent the order says with it that it was ordered.
    let is_unsent = |id: &&LineId| tab.line(**id).is_some_and(|line| line.state == LineState::Added);
    let unsent: Vec<_> = served.iter().filter(is_unsent).copied().collect();
    let placed = (!unsent.is_empty()).then_some(TabEvent::OrderPlaced { lines: unsent, at: now });
    // What a colleague took back meanwhile stands on the table, and a bill without it is to be made anew.
    let is_off = |id: &LineId| tab.line(*id).is_some_and(|line| line.state.is_off());
    let stage = tab.stage();
    let unbilled = stage >= Stage::Billed && served.iter().any(is_off);
    if unbilled && stage > Stage::Billed {
        return Err(TabRefusal::TooLate(stage));
    }
    let events = placed.into_iter().chain(unbilled.then_some(TabEvent::BillTakenBack));
    let events = events.chain(served.into_iter().map(|line| TabEvent::LineServed { line })).collect();
    Ok(bill::and_over(tab, events, now))
}

fn write_off(tab: &Tab, line: LineId, reason: &str) -> Result<Vec<TabEvent>, TabRefusal> {
    let line = tab.line(line).ok_or(TabRefusal::NoSuchLine)?;
    let stage = tab.stage();
    if line.written_off.is_some() {
        return Ok(vec![]);
    }
    if line.state != LineState::Served {
        return Err(TabRefusal::NotServed(line.name.clone()));
    }
    if stage > Stage::Billed {
        return Err(TabRefusal::TooLate(stage));
    }
    let reason = text(reason, 1, REASON_CHARS_MAX, "a reason")?;
    let unbilled = (stage == Stage::Billed).then_some(TabEvent::BillTakenBack);
    Ok(unbilled.into_iter().chain([TabEvent::LineWrittenOff { line: line.id, reason }]).collect())
}

/// What follows for a tab of which one line's portions were short: the line is off, unless the kitchen had it by then, and a bill
/// that is not paid is to be made anew.
pub(crate) fn portions_short(tab: &Tab, line: LineId) -> Vec<TabEvent> {
    let is_gone = tab.line(line).is_some_and(|line| line.state < LineState::Prepared);
    let gone = is_gone.then_some(TabEvent::LineGone { line });
    let unbilled = (is_gone && tab.stage() == Stage::Billed).then_some(TabEvent::BillTakenBack);
    gone.into_iter().chain(unbilled).collect()
}

/// What goes along with a colleague, where an act was refused because of what they did: a bill of the new sum, a bill taken back
/// for a line.
pub fn going_along(refused: &TabCommand, why: &TabRefusal) -> Option<TabCommand> {
    let mut again = refused.clone();
    match (&mut again, why) {
        (TabCommand::Bill { total, .. }, TabRefusal::OtherSum(now)) => *total = *now,
        (TabCommand::Add { reopens, .. }, TabRefusal::TooLate(Stage::Billed)) => *reopens = true,
        _ => return None,
    }
    Some(again)
}
