//! Who changed a dish last, for the staff of its restaurant alone: the menu itself is everybody's, and names nobody.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sync::{AccountId, Millis};

use crate::{ItemId, RestaurantId};

/// Who changed what of a menu last. An import is nobody's hand: with it this begins anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edits {
    /// Whose menu.
    pub restaurant: RestaurantId,
    /// By dish: those of which somebody changed something since the menu was written.
    pub dishes: BTreeMap<ItemId, Hands>,
}

/// Who changed the fields of a dish last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hands {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Hand>,
    /// Its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Hand>,
}

/// Who, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hand {
    /// Whose account.
    pub by: AccountId,
    /// By the server's clock.
    pub at: Millis,
}

/// What is noted of the edits of a menu.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditsEvent {
    /// Somebody changed a field of a dish.
    Noted {
        /// Of whose menu.
        restaurant: RestaurantId,
        /// Which dish.
        item: ItemId,
        /// What of it.
        field: Field,
        /// Who, and when.
        hand: Hand,
    },
    /// The menu was written anew.
    Forgotten,
}

/// A field of a dish that two people may want different things of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Its name.
    Name,
    /// Its price.
    Price,
}

/// What is known after `event`.
pub(crate) fn apply(edits: Option<Edits>, event: &EditsEvent) -> Option<Edits> {
    let EditsEvent::Noted { restaurant, item, field, hand } = event else {
        return edits.map(|edits| Edits { dishes: BTreeMap::new(), ..edits });
    };
    let mut edits = edits.unwrap_or_else(|| Edits { restaurant: restaurant.clone(), dishes: BTreeMap::new() });
    let hands = edits.dishes.entry(item.clone()).or_default();
    let noted = match field {
        Field::Name => &mut hands.name,
        Field::Price => &mut hands.price,
    };
    *noted = Some(hand.clone());
    Some(edits)
}
