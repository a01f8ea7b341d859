//! Stock: portions that are counted go to orders, first come first served, and never below none.

use super::menu::{Availability, Menu, MenuEvent};
use crate::{ItemId, OrderId};

/// The portions that `order` takes; or the dishes of which too few are left.
///
/// # Errors
/// The dishes that cannot be had in the number wanted.
pub fn hold(menu: &Menu, order: OrderId, wanted: &[(ItemId, u32)]) -> Result<MenuEvent, Vec<ItemId>> {
    let mut portions: Vec<(ItemId, u32)> = vec![];
    for (item, count) in wanted {
        match portions.iter_mut().find(|(known, _)| known == item) {
            Some((_, sum)) => *sum = sum.saturating_add(*count),
            None => portions.push((item.clone(), *count)),
        }
    }
    let can_be_had = |item: &ItemId, count: u32| menu.item(item).is_some_and(|item| item.availability.covers(count));
    let short: Vec<_> =
        portions.iter().filter(|(item, count)| !can_be_had(item, *count)).map(|(item, _)| item.clone()).collect();
    if short.is_empty() { Ok(MenuEvent::StockTaken { order, portions }) } else { Err(short) }
}

pub(super) fn take(menu: &mut Menu, portions: &[(ItemId, u32)]) {
    for (item, count) in portions {
        if let Some(item) = menu.item_mut(item)
            && let Availability::Left(left) = item.availability
        {
            item.availability = Availability::Left(left.saturating_sub(*count));
        }
    }
}

pub(super) fn give_back(menu: &mut Menu, portions: &[(ItemId, u32)]) {
    for (item, count) in portions {
        if let Some(item) = menu.item_mut(item)
            && let Availability::Left(left) = item.availability
        {
            item.availability = Availability::Left(left.saturating_add(*count));
        }
    }
}
