//! A restaurant and its menu as a whole, as an import brings them.

use domain::Service;
use domain::Trade;
use domain::catalog::{Menu, MenuEvent, Restaurant, RestaurantEvent};
use domain::id::{menu_key, restaurant_key};
use domain::trade::Event;
use flow::fact::Put;
use sync::{Key, Millis};

use crate::ledger::{self, Writes};
use crate::store::{StoreError, Work};

/// What became of a restaurant that was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replaced {
    /// Something of it is new.
    Changed,
    /// It stood there as it is.
    Unchanged,
}

/// Writes a restaurant with its menu, as facts, where they differ from what is there.
///
/// # Errors
/// The store's.
pub(crate) async fn replace(
    work: &mut Work<'_>,
    restaurant: &Restaurant,
    menu: &Menu,
    now: Millis,
) -> Result<Replaced, StoreError> {
    let described = Event::Restaurant(RestaurantEvent::Described(Box::new(restaurant.clone())));
    let written = Event::Menu(MenuEvent::Written(Box::new(menu.clone())));
    let mut replaced = Replaced::Unchanged;
    for (key, event) in [(restaurant_key(&restaurant.id), described), (menu_key(&menu.restaurant), written)] {
        if let Some(writes) = describe(work, &key, event, now).await? {
            ledger::write(work, Service::Catalog, &writes, None, now).await?;
            replaced = Replaced::Changed;
        }
    }
    Ok(replaced)
}

/// What `event` changes in the row `key`; nothing if it stands there like that.
async fn describe(work: &mut Work<'_>, key: &Key, event: Event, now: Millis) -> Result<Option<Writes>, StoreError> {
    let before = ledger::row(work, Service::Catalog, key).await?;
    let (after, facts) = flow::fact::told::<Trade>(Service::Catalog.name(), now, key, before.clone(), vec![event]);
    let Some((row, version)) = after.filter(|after| Some(after) != before.as_ref()) else { return Ok(None) };
    Ok(Some(Writes { rows: vec![Put { key: key.clone(), version, row }], facts, ..Writes::default() }))
}
