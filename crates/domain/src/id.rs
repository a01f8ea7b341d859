//! The names of restaurants, dishes and orders, and of the rows they live in.

use std::fmt;

use serde::{Deserialize, Serialize};
use sync::{AccountId, Key};
use uuid::Uuid;

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

slug!(
    /// A restaurant, by a short readable name that never changes.
    RestaurantId
);
slug!(
    /// Where a driver drives, such as a town.
    ZoneId
);
slug!(
    /// A dish, unique within its restaurant's menu.
    ItemId
);
slug!(
    /// A group of options of a dish, such as its sizes.
    GroupId
);
slug!(
    /// One option of a group.
    OptionId
);

macro_rules! minted {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl $name {
            /// What people call it who have no number of it: four letters and digits off the end of the id, where a
            /// time-ordered id is random.
            pub fn provisional(&self) -> String {
                let text = self.0.simple().to_string();
                text[text.len() - 4..].to_uppercase()
            }
        }
    };
}

minted!(
    /// An order, named on the customer's device at the tap. Its ticket in the kitchen has the same name, and before the
    /// kitchen has numbered it its customer calls it by its provisional one.
    OrderId
);
minted!(
    /// What is eaten at one table, or ordered at the counter, named on the waiter's device when it is opened.
    TabId
);
minted!(
    /// One line of a tab, named at the tap, so that two people who add to one tab never overwrite each other.
    LineId
);
minted!(
    /// Cash that a driver handed in, named at the tap, so that it counts once however often it is said.
    HandInId
);

/// The row of a restaurant.
pub fn restaurant_key(id: &RestaurantId) -> Key {
    Key::new("restaurant", id)
}

/// The row of a restaurant's menu.
pub fn menu_key(id: &RestaurantId) -> Key {
    Key::new("menu", id)
}

/// The row that says who changed a restaurant's menu last.
pub fn edits_key(id: &RestaurantId) -> Key {
    Key::new("edits", id)
}

/// The row of an order.
pub fn order_key(id: OrderId) -> Key {
    Key::new("order", id)
}

/// The row of a tab.
pub fn tab_key(id: TabId) -> Key {
    Key::new("tab", id)
}

/// The row of an order's ticket in the kitchen.
pub fn ticket_key(id: OrderId) -> Key {
    Key::new("ticket", id)
}

/// The row of an order's money.
pub fn payment_key(id: OrderId) -> Key {
    Key::new("payment", id)
}

/// The log by which an order is secured.
pub fn secure_key(id: OrderId) -> Key {
    Key::new("secure", id)
}

/// The log by which an order is settled.
pub fn settle_key(id: OrderId) -> Key {
    Key::new("settle", id)
}

/// The log by which an order finds its kitchen and its driver.
pub fn arrange_key(id: OrderId) -> Key {
    Key::new("arrange", id)
}

/// The row of a driver.
pub fn driver_key(driver: &AccountId) -> Key {
    Key::new("driver", driver)
}

/// The dispatcher's board of a zone.
pub fn zone_key(zone: &ZoneId) -> Key {
    Key::new("zone", zone)
}

/// The row of the offer of an order's meal.
pub fn offer_key(id: OrderId) -> Key {
    Key::new("offer", id)
}

/// The row of an order's delivery.
pub fn errand_key(id: OrderId) -> Key {
    Key::new("delivery", id)
}

/// What a driver has taken in.
pub fn takings_key(driver: &AccountId) -> Key {
    Key::new("takings", driver)
}

/// What the desk knows of an order.
pub fn case_key(id: OrderId) -> Key {
    Key::new("case", id)
}

/// The row of a guest.
pub fn guest_key(guest: &AccountId) -> Key {
    Key::new("guest", guest)
}

/// The row of a person who orders.
pub fn person_key(person: &AccountId) -> Key {
    Key::new("person", person)
}

/// The row that counts a restaurant's tickets.
pub fn numbering_key(id: &RestaurantId) -> Key {
    Key::new("numbering", id)
}
