//! What the catalog does about a fact: it holds portions, of orders and of what is eaten in the house, and takes them back.

use sync::{AccountId, Key};

use super::{Happened, Rows, process, tab};
use crate::ItemId;
use crate::catalog::edits::{Field, Hand};
use crate::catalog::{Availability, EditsEvent, MenuEvent, stock};
use crate::dining::TabEvent;
use crate::fulfilment::Process;
use crate::id::{edits_key, menu_key};
use crate::trade::{Event, Row};

pub(super) fn menu_of_process(happened: &Happened<'_>) -> Vec<Key> {
    process(happened).map(|process| menu_key(&process.claim.restaurant)).into_iter().collect()
}

pub(super) fn hold_stock(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Process { claim, .. }) = process(happened) else { return vec![] };
    let key = menu_key(&claim.restaurant);
    let Some(Row::Menu(menu)) = rows(&key) else {
        let items = claim.portions.iter().map(|(item, _)| item.clone()).collect();
        return vec![(key, Event::StockShort { order: claim.order, items })];
    };
    // A dish that was sold out or taken off after the order was accepted is the kitchen's to judge; only counted
    // portions are held here.
    let counted = claim
        .portions
        .iter()
        .filter(|(item, _)| menu.item(item).is_some_and(|item| matches!(item.availability, Availability::Left(_))));
    match stock::hold(&menu, claim.order, &counted.cloned().collect::<Vec<_>>()) {
        Ok(taken) => vec![(key, Event::Menu(taken))],
        Err(items) => vec![(key, Event::StockShort { order: claim.order, items })],
    }
}

/// What is given back is what was taken, and not what the order wanted; what was cooked is not.
pub(super) fn release_stock(happened: &Happened<'_>, _: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Process { claim, held, is_used_up, .. }) = process(happened) else { return vec![] };
    let order = claim.order;
    let what = if *is_used_up {
        MenuEvent::StockUsedUp { order }
    } else {
        MenuEvent::StockReturned { order, portions: held.clone() }
    };
    vec![(menu_key(&claim.restaurant), Event::Menu(what))]
}

pub(super) fn edits_of_menu(happened: &Happened<'_>) -> Vec<Key> {
    happened.row.and_then(Row::as_menu).map(|menu| edits_key(&menu.restaurant)).into_iter().collect()
}

/// Who changed what, and when; a menu that is written anew is nobody's work.
pub(super) fn note_edit(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(menu) = happened.row.and_then(Row::as_menu) else { return vec![] };
    let key = edits_key(&menu.restaurant);
    let noted = |field, item: &ItemId, by: &Option<AccountId>| {
        let hand = Hand { by: by.clone()?, at: happened.at };
        Some(EditsEvent::Noted { restaurant: menu.restaurant.clone(), item: item.clone(), field, hand })
    };
    let event = match happened.event {
        Event::Menu(MenuEvent::Renamed { item, by, .. }) => noted(Field::Name, item, by),
        Event::Menu(MenuEvent::Repriced { item, by, .. }) => noted(Field::Price, item, by),
        Event::Menu(MenuEvent::Written(_)) => {
            let known = rows(&key).and_then(Row::into_edits);
            known.filter(|known| !known.dishes.is_empty()).map(|_| EditsEvent::Forgotten)
        }
        _ => None,
    };
    event.map(|event| (key, Event::Edits(event))).into_iter().collect()
}

pub(super) fn menu_of_tab(happened: &Happened<'_>) -> Vec<Key> {
    tab(happened).map(|tab| menu_key(&tab.restaurant)).into_iter().collect()
}

/// A line's portions, where the menu counted them when it was added and does so still. A line of before the count began took
/// none, also where the catalog hears of it again.
pub(super) fn hold_portions(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some(tab), Event::Tab(TabEvent::LineAdded(line))) = (tab(happened), happened.event) else { return vec![] };
    let key = menu_key(&tab.restaurant);
    let Some(Row::Menu(menu)) = rows(&key) else { return vec![] };
    let left = menu.item(&line.item).filter(|_| line.is_counted).and_then(|item| item.availability.left());
    let Some(left) = left else { return vec![] };
    let what = if left >= line.count {
        let portion = (line.item.clone(), line.count);
        Event::Menu(MenuEvent::PortionsTaken { tab: tab.id, line: line.id, portion })
    } else {
        Event::PortionsShort { tab: tab.id, line: line.id }
    };
    vec![(key, what)]
}

/// Portions come back with whichever is told last: that the line was taken back, or that they are held for it. What was
/// cooked by then does not.
pub(super) fn return_portions(happened: &Happened<'_>, _: Rows<'_>) -> Vec<(Key, Event)> {
    let line = match happened.event {
        Event::Tab(TabEvent::LineTakenBack { line } | TabEvent::PortionsHeld { line }) => *line,
        _ => return vec![],
    };
    let Some(tab) = tab(happened) else { return vec![] };
    let unwanted = tab.line(line).filter(|line| line.goes_back && line.is_held);
    let back = unwanted.map(|line| {
        let portion = (line.item.clone(), line.count);
        (menu_key(&tab.restaurant), Event::Menu(MenuEvent::PortionsReturned { tab: tab.id, line: line.id, portion }))
    });
    back.into_iter().collect()
}
