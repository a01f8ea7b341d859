//! Giving back money that was charged, in part or whole.
//!
//! | who | when | how much |
//! |---|---|---|
//! | the restaurant | its meal was handed over | up to the sum |
//! | the desk | the order is over | up to the sum |
//!
//! Each of them says how much they have given back of an order in all, and the provider is asked for how much is to be back in
//! all. So what is said twice, late or again after a restore counts once, and both together never give back more than was
//! charged. What the provider will not give back is waived: people are told to give it otherwise, so it is not asked for again with
//! what they give back later. What was paid in cash is given back in cash, and not here.

use serde::{Deserialize, Serialize};

use super::{Payment, PaymentEvent, Standing};

/// Who gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Giver {
    /// Whoever cooked it.
    Restaurant,
    /// An operator.
    Desk,
}

/// What is given back of an order's money, in minor units of its currency, each in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundTotals {
    /// What the restaurant wants to give back.
    #[serde(default)]
    pub by_restaurant: i64,
    /// What the desk wants to give back.
    #[serde(default)]
    pub by_desk: i64,
    /// What the provider was asked for.
    #[serde(default)]
    pub asked: i64,
    /// What the customer has back.
    #[serde(default)]
    pub made: i64,
    /// What the provider would not give back.
    #[serde(default)]
    pub waived: i64,
}

impl RefundTotals {
    /// The customer has `total` back. What was waived and is made after all is not waived.
    pub(super) fn make(&mut self, total: i64) {
        let unasked = (total - self.asked).max(0);
        self.waived = (self.waived - unasked).max(0);
        (self.made, self.asked) = (total, self.asked.max(total));
    }

    /// What was asked for last is not to be had.
    pub(super) fn waive(&mut self) {
        self.waived += self.asked - self.made;
        self.asked = self.made;
    }

    /// Whether nothing is given back.
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the provider is still to do what it was asked for.
    pub fn is_awaited(&self) -> bool {
        self.asked > self.made
    }
}

/// What follows when `by` has given back `total` of an order in all.
pub(crate) fn give_back(payment: Option<&Payment>, by: Giver, total: i64) -> Vec<PaymentEvent> {
    let Some(payment) = payment else { return vec![] };
    let known = match by {
        Giver::Restaurant => payment.given_back.by_restaurant,
        Giver::Desk => payment.given_back.by_desk,
    };
    if total <= known {
        return vec![];
    }
    let wanted = PaymentEvent::RefundWanted { by, total };
    let after = super::hold::apply(Some(payment.clone()), &wanted);
    std::iter::once(wanted).chain(after.as_ref().and_then(ask)).collect()
}

/// What the provider is to be asked for next, where money was charged and more is to be given back than it was asked for.
pub(super) fn ask(payment: &Payment) -> Option<PaymentEvent> {
    let RefundTotals { by_restaurant, by_desk, asked, waived, .. } = payment.given_back;
    let total = by_restaurant.saturating_add(by_desk).min(payment.amount.minor) - waived;
    match payment.standing {
        Standing::Charged if total > asked => Some(PaymentEvent::RefundAsked { total }),
        Standing::Declined(_) | Standing::LetGo => moot(payment),
        // What is not charged yet is given back when it is.
        _ => None,
    }
}

/// What follows where nothing was charged, or will be, of an order whose money somebody gives back.
pub(super) fn moot(payment: &Payment) -> Option<PaymentEvent> {
    let RefundTotals { by_restaurant, by_desk, .. } = payment.given_back;
    (by_restaurant > 0 || by_desk > 0).then_some(PaymentEvent::RefundMoot)
}
