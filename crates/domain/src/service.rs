//! The services: which parts of the system there are, whose rows are whose, and who keeps copies of what.

use sync::Key;

/// The part of the system that owns rows and judges commands for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Restaurants, menus, stock.
    Catalog,
    /// Orders.
    Ordering,
    /// Tickets and their numbers.
    Kitchen,
    /// Guests.
    Account,
    /// The sagas over an order.
    Fulfilment,
    /// The money of orders; the gateway to the provider.
    Payment,
    /// Drivers, and who brings what.
    Delivery,
    /// The desk: orders in trouble.
    Ops,
    /// What is eaten in the house.
    Dining,
}

impl Service {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Catalog,
        Self::Ordering,
        Self::Kitchen,
        Self::Account,
        Self::Fulfilment,
        Self::Payment,
        Self::Delivery,
        Self::Ops,
        Self::Dining,
    ];

    /// The service's name; also the prefix of its tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Ordering => "ordering",
            Self::Kitchen => "kitchen",
            Self::Account => "account",
            Self::Fulfilment => "fulfilment",
            Self::Payment => "payment",
            Self::Delivery => "delivery",
            Self::Ops => "ops",
            Self::Dining => "dining",
        }
    }

    /// Who owns rows of this kind; `None` for a kind that nobody owns.
    pub fn owner(key: &Key) -> Option<Self> {
        match key.kind() {
            "restaurant" | "menu" | "edits" => Some(Self::Catalog),
            "order" => Some(Self::Ordering),
            "ticket" | "numbering" => Some(Self::Kitchen),
            "guest" | "person" => Some(Self::Account),
            "driver" | "zone" | "offer" | "delivery" | "takings" => Some(Self::Delivery),
            "secure" | "settle" | "arrange" => Some(Self::Fulfilment),
            "payment" => Some(Self::Payment),
            "case" => Some(Self::Ops),
            "tab" => Some(Self::Dining),
            _ => None,
        }
    }

    /// The kinds of rows of other services that this one keeps copies of, because its rules read them.
    pub fn copies(self) -> &'static [&'static str] {
        match self {
            Self::Ordering => &["restaurant", "menu"],
            Self::Dining => &["menu"],
            _ => &[],
        }
    }
}
