//! What the catalog does about a fact: it holds portions, and takes them back.

use sync::Key;

use super::{Happened, Rows, process};
use crate::catalog::{Availability, MenuEvent, stock};
use crate::fulfilment::Process;
use crate::id::menu_key;
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
