//! Prices: what a line costs on a menu, and what changed since the customer looked.
//!
//! The price in an order is a claim about what was shown. It is compared with the menu and never charged on its own
//! word: a lower price than the menu's is a change to be confirmed, wherever it came from.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::cart::chosen;
use super::order::{Choice, Line};
use crate::catalog::{Availability, Item, Menu};
use crate::id::{GroupId, OptionId};
use crate::{ItemId, Money};

/// So many percent of what the dishes cost, to the nearest minor unit; nothing for none.
pub fn tip(dishes: Money, percent: u8) -> Option<Money> {
    let minor = (dishes.minor.saturating_mul(i64::from(percent)).saturating_add(50)) / 100;
    (minor > 0).then(|| Money::new(minor, dishes.currency))
}

/// One line that is not as it was shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineChange {
    /// Its place in the order, from 0.
    pub line: usize,
    /// Which dish.
    pub item: ItemId,
    /// Its name as it was shown.
    pub name: String,
    /// The price of one as it was shown.
    pub before: Money,
    /// What is so now.
    pub after: Change,
}

/// What is so now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// One costs this.
    Price(Money),
    /// It cannot be had.
    SoldOut,
    /// Fewer are left than wanted.
    Left(u32),
    /// It is not on the menu any more.
    Gone,
    /// The choices are not offered like that any more.
    ChoicesGone,
}

/// Why options do not fit a dish.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unfit {
    /// One is chosen twice.
    #[error("{option} is chosen twice")]
    Twice {
        /// Its name.
        option: String,
    },
    /// Too few of a group are chosen.
    #[error("choose at least {least} of {group}")]
    TooFew {
        /// The group's name.
        group: String,
        /// How many it takes.
        least: u32,
    },
    /// Too many of a group are chosen.
    #[error("choose at most {most} of {group}")]
    TooMany {
        /// The group's name.
        group: String,
        /// How many it takes.
        most: u32,
    },
    /// One is not there.
    #[error("a choice is not offered any more")]
    NotOffered,
}

/// The price of one `item` with the options `chosen`, and the choices with their names and prices.
///
/// # Errors
/// An option that is not there or chosen twice, too few or too many of a group.
pub fn priced(item: &Item, chosen: &[(GroupId, OptionId)]) -> Result<(Money, Vec<Choice>), Unfit> {
    let mut unit = item.price;
    let mut choices = vec![];
    for group in &item.groups {
        let mut count = 0;
        for option in &group.options {
            let times = chosen.iter().filter(|(g, o)| *g == group.id && *o == option.id).count();
            if times > 1 {
                return Err(Unfit::Twice { option: option.name.clone() });
            }
            if times == 1 {
                count += 1;
                unit = unit.plus(option.adds);
                choices.push(Choice {
                    group: group.id.clone(),
                    option: option.id.clone(),
                    name: option.name.clone(),
                    adds: option.adds,
                });
            }
        }
        if count < group.min {
            return Err(Unfit::TooFew { group: group.name.clone(), least: group.min });
        }
        if count > group.max {
            return Err(Unfit::TooMany { group: group.name.clone(), most: group.max });
        }
    }
    if choices.len() == chosen.len() { Ok((unit, choices)) } else { Err(Unfit::NotOffered) }
}

/// The sum of `lines`; `None` where there are none, or their currencies differ.
pub fn total(lines: &[Line]) -> Option<Money> {
    let currency = lines.first()?.unit.currency;
    let mut sum = Money::new(0, currency);
    for line in lines {
        if line.unit.currency != currency {
            return None;
        }
        sum = sum.plus(line.unit.times(line.quantity));
    }
    Some(sum)
}

/// The lines in the menu's own words: only dish, choices, number and note are the customer's to say.
pub fn in_the_menu_s_words(lines: &[Line], menu: &Menu) -> Vec<Line> {
    let worded = |line: &Line| {
        let item = menu.item(&line.item)?;
        let (unit, choices) = priced(item, &chosen(&line.choices)).ok()?;
        Some(Line { name: item.name.clone(), choices, unit, ..line.clone() })
    };
    lines.iter().filter_map(worded).collect()
}

/// The lines of which the menu now says something else.
pub fn changes(lines: &[Line], menu: &Menu) -> Vec<LineChange> {
    let change = |(index, line): (usize, &Line)| {
        let wanted_of_item = lines.iter().filter(|other| other.item == line.item).map(|other| other.quantity).sum();
        let after = change(line, wanted_of_item, menu)?;
        Some(LineChange { line: index, item: line.item.clone(), name: line.name.clone(), before: line.unit, after })
    };
    lines.iter().enumerate().filter_map(change).collect()
}

fn change(line: &Line, wanted_of_item: u32, menu: &Menu) -> Option<Change> {
    let Some(item) = menu.item(&line.item) else { return Some(Change::Gone) };
    match item.availability {
        Availability::SoldOut | Availability::Left(0) => return Some(Change::SoldOut),
        Availability::Left(left) if left < wanted_of_item => return Some(Change::Left(left)),
        _ => {}
    }
    match priced(item, &chosen(&line.choices)) {
        Err(_) => Some(Change::ChoicesGone),
        Ok((unit, _)) if unit != line.unit => Some(Change::Price(unit)),
        Ok(_) => None,
    }
}

/// The lines once the customer said yes to `changes`: new prices taken, what cannot be had dropped, a number that is
/// too large reduced to what is left.
pub fn with_changes(lines: &[Line], changes: &[LineChange]) -> Vec<Line> {
    let mut taken: Vec<(ItemId, u32)> = vec![];
    let mut kept = vec![];
    for (index, line) in lines.iter().enumerate() {
        let mut line = line.clone();
        match changes.iter().find(|change| change.line == index).map(|change| &change.after) {
            None => {}
            Some(Change::Price(unit)) => line.unit = *unit,
            Some(Change::Left(left)) => {
                let before: u32 = taken.iter().filter(|(item, _)| *item == line.item).map(|(_, count)| *count).sum();
                line.quantity = line.quantity.min(left.saturating_sub(before));
                taken.push((line.item.clone(), line.quantity));
            }
            Some(Change::SoldOut | Change::Gone | Change::ChoicesGone) => line.quantity = 0,
        }
        if line.quantity > 0 {
            kept.push(line);
        }
    }
    kept
}

/// The lines without those that `changes` names: what the customer gets who takes no new price.
pub fn without_changed(lines: &[Line], changes: &[LineChange]) -> Vec<Line> {
    let changed = |index: &usize| changes.iter().any(|change| change.line == *index);
    lines.iter().enumerate().filter(|(index, _)| !changed(index)).map(|(_, line)| line.clone()).collect()
}
