//! What is said to the sandbox provider, and by it.

use domain::OrderId;
use serde::{Deserialize, Serialize};

/// `POST /v1/payments`: set this aside. `…/{order}/capture` takes it, `…/{order}/void` lets it go,
/// `…/{order}/refund` gives back of what was taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Reserve {
    /// The merchant's name for it.
    pub(crate) order: OrderId,
    pub(crate) amount_minor: i64,
    pub(crate) currency: String,
    /// The name of a card.
    pub(crate) card: String,
}

/// Give back until so much is back in all, in minor units: asked twice it is done once.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub(crate) total_minor: i64,
}

/// A payment, as the provider sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub(crate) id: String,
    pub(crate) order: OrderId,
    /// How much, in minor units.
    pub(crate) amount_minor: i64,
    /// How much of it was given back.
    #[serde(default)]
    pub(crate) refunded_minor: i64,
    pub(crate) status: Status,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// The bank is being asked.
    Processing,
    /// It is set aside.
    Reserved,
    /// The bank said no.
    Declined,
    /// It was let go.
    Voided,
    /// It was taken.
    Captured,
}

/// What is told to the merchant's webhook, signed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    /// The same whenever it is told again.
    pub(crate) id: String,
    /// The payment after it.
    pub(crate) payment: Payment,
}
