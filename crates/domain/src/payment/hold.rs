//! The money of one order, as the provider last said. It is asked for, reserved, and then charged or let go; whatever the
//! provider says late, twice or in another order, no money stays reserved for an order that is over.

use serde::{Deserialize, Serialize};

use super::Card;
use super::refund::{self, Giver, RefundTotals};
use crate::{Money, OrderId};

/// The money of one order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// Whose.
    pub order: OrderId,
    /// How much.
    pub amount: Money,
    /// By which card.
    pub card: Card,
    /// Where it stands.
    pub standing: Standing,
    /// What the provider calls it, once it has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The provider could not be reached for a while.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deferred: bool,
    /// How often it was to be charged.
    #[serde(default)]
    pub charges: u32,
    /// What is given back of it.
    #[serde(default, skip_serializing_if = "RefundTotals::is_nothing")]
    pub given_back: RefundTotals,
}

/// Where the money of an order stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The provider is being asked to reserve it.
    Asked,
    /// It is reserved.
    Reserved,
    /// It cannot be had, and this is why.
    Declined(String),
    /// The provider is being asked to let it go.
    LettingGo,
    /// Nothing is reserved, and nothing was charged.
    LetGo,
    /// The provider is being asked to charge it.
    Charging,
    /// It is charged.
    Charged,
}

/// What happened to the money of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentEvent {
    /// It is to be reserved: the provider will be asked.
    ReservationAsked(Box<Payment>),
    /// The provider cannot be reached now; it will be asked when it can.
    Deferred,
    /// It is reserved, and this is what the provider calls it.
    Reserved {
        /// The provider's name for it.
        reference: String,
    },
    /// It cannot be had.
    Declined {
        /// Why, in the provider's words or ours.
        reason: String,
    },
    /// It is to be let go: the provider will be asked.
    ReleaseAsked,
    /// Nothing of it is reserved.
    Released,
    /// It is to be charged: the provider will be asked.
    ChargeAsked {
        /// For the how-manieth time, from 1.
        attempt: u32,
    },
    /// It is charged.
    Charged,
    /// It could not be charged this time.
    ChargeFailed {
        /// The try that failed.
        attempt: u32,
        /// Why.
        reason: String,
    },
    /// Somebody wants to give back so much in all, in minor units.
    RefundWanted {
        /// Who.
        by: Giver,
        /// How much, with what they gave back before.
        total: i64,
    },
    /// So much is to be given back in all, in minor units: the provider will be asked.
    RefundAsked {
        /// How much, with what was given back before.
        total: i64,
    },
    /// The customer has so much back in all, in minor units.
    Refunded {
        /// How much, with what was given back before.
        total: i64,
    },
    /// What was asked for last is not given back.
    RefundFailed {
        /// Why.
        reason: String,
    },
    /// Somebody gave back money of an order of which none was charged: there is nothing to give back.
    RefundMoot,
}

/// What the provider says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    /// The money is reserved.
    Reserved {
        /// What the provider calls it.
        reference: String,
    },
    /// It is not.
    Declined {
        /// Why.
        reason: String,
    },
    /// It is let go.
    Released,
    /// It is charged.
    Charged,
    /// It is not.
    ChargeFailed {
        /// Why.
        reason: String,
    },
    /// It is charged, and so much of it was given back in all, in minor units.
    Refunded {
        /// How much.
        total: i64,
    },
    /// It will not be given back.
    RefundFailed {
        /// What was asked for, in all: a no to an earlier sum is none to a later one.
        total: i64,
        /// What the customer has back already, in all: a yes to an earlier sum may have been lost on its way.
        back: i64,
        /// Why.
        reason: String,
    },
    /// The provider cannot be reached.
    Busy,
}

/// What follows when an order's money is to be reserved.
pub(crate) fn reserve(payment: Option<&Payment>, wanted: Payment) -> Vec<PaymentEvent> {
    match payment {
        // Asked before: whoever asks again has not heard the answer, which is told by the same facts.
        Some(_) => vec![],
        None => vec![PaymentEvent::ReservationAsked(Box::new(wanted))],
    }
}

/// What follows when nobody wants an order's money any more. That cannot be refused; at worst it takes time.
pub(crate) fn release(payment: Option<&Payment>) -> Vec<PaymentEvent> {
    match payment.map(|payment| &payment.standing) {
        // The answer to what was asked decides; where it is a yes, it is let go at once.
        Some(Standing::Asked | Standing::Reserved) => vec![PaymentEvent::ReleaseAsked],
        Some(Standing::Declined(_) | Standing::LetGo) => vec![PaymentEvent::Released],
        Some(Standing::LettingGo | Standing::Charging | Standing::Charged) | None => vec![],
    }
}

/// What follows when a reserved sum is to be charged.
pub(crate) fn charge(payment: Option<&Payment>, attempt: u32) -> Vec<PaymentEvent> {
    match payment.map(|payment| &payment.standing) {
        Some(Standing::Reserved | Standing::Charging) => vec![PaymentEvent::ChargeAsked { attempt }],
        _ => vec![],
    }
}

/// What the money is called that was charged before the order was last forgotten.
const CHARGED_BEFORE: &str = "charged before";

/// What follows from what the provider says; nothing from what was known or cannot be.
pub fn hear(payment: &Payment, report: &Report) -> Vec<PaymentEvent> {
    use PaymentEvent as Event;
    match (report, &payment.standing) {
        (Report::Busy, Standing::Asked) if !payment.deferred => vec![Event::Deferred],
        (Report::Reserved { reference }, Standing::Asked) => vec![Event::Reserved { reference: reference.clone() }],
        // It was let go in a history that a restore took back.
        (Report::Released, Standing::Asked) => vec![Event::Declined { reason: "the bank let it go before".to_owned() }],
        // A backup was restored that is older than the charge: the money is there, and the meal may be handed over again.
        (Report::Charged, Standing::Asked) => vec![Event::Reserved { reference: CHARGED_BEFORE.to_owned() }],
        // A yes after a no, or after all was let go: the money must not stay reserved.
        (Report::Reserved { reference }, Standing::Declined(_) | Standing::LettingGo | Standing::LetGo)
            if payment.reference.as_ref() != Some(reference) =>
        {
            vec![Event::Reserved { reference: reference.clone() }, Event::ReleaseAsked]
        }
        (Report::Declined { reason }, Standing::Asked) => vec![Event::Declined { reason: reason.clone() }],
        // There was nothing to let go. A no that comes after a yes is an old one: what is set aside stays asked for.
        (Report::Declined { .. }, Standing::LettingGo) if payment.reference.is_none() => vec![Event::Released],
        (Report::Released, Standing::LettingGo | Standing::Reserved) => {
            std::iter::once(Event::Released).chain(refund::moot(payment)).collect()
        }
        (Report::Charged, Standing::Charging) => charged(payment).collect(),
        (Report::Refunded { total }, Standing::Charging) => {
            charged(payment).chain([Event::Refunded { total: *total }]).collect()
        }
        (Report::Refunded { total }, Standing::Charged) if *total > payment.given_back.made => {
            vec![Event::Refunded { total: *total }]
        }
        (Report::RefundFailed { total, back, reason }, Standing::Charged)
            if payment.given_back.is_awaited() && payment.given_back.asked == *total =>
        {
            let made = (*back > payment.given_back.made).then_some(Event::Refunded { total: *back });
            let failed = (back < total).then(|| Event::RefundFailed { reason: reason.clone() });
            made.into_iter().chain(failed).collect()
        }
        // Charged and given back in a history that a restore took back: whole, it is as if it had been let go.
        (Report::Refunded { total }, _) if *total >= payment.amount.minor => hear(payment, &Report::Released),
        (Report::Refunded { .. }, Standing::Asked) => hear(payment, &Report::Charged),
        (Report::ChargeFailed { reason }, Standing::Charging) => {
            vec![Event::ChargeFailed { attempt: payment.charges, reason: reason.clone() }]
        }
        _ => vec![],
    }
}

/// What follows when it is charged: what somebody wanted to give back meanwhile is asked for.
fn charged(payment: &Payment) -> impl Iterator<Item = PaymentEvent> + use<> {
    let after = apply(Some(payment.clone()), &PaymentEvent::Charged);
    std::iter::once(PaymentEvent::Charged).chain(after.as_ref().and_then(refund::ask))
}

/// The money after `event`.
pub(crate) fn apply(payment: Option<Payment>, event: &PaymentEvent) -> Option<Payment> {
    if let PaymentEvent::ReservationAsked(asked) = event {
        return Some(payment.unwrap_or_else(|| (**asked).clone()));
    }
    let mut payment = payment?;
    match event {
        PaymentEvent::ReservationAsked(_) => {}
        PaymentEvent::Deferred => payment.deferred = true,
        PaymentEvent::Reserved { reference } => {
            payment.reference = Some(reference.clone());
            payment.standing = Standing::Reserved;
            payment.deferred = false;
        }
        PaymentEvent::Declined { reason } => {
            payment.standing = Standing::Declined(reason.clone());
            payment.deferred = false;
        }
        PaymentEvent::ReleaseAsked => payment.standing = Standing::LettingGo,
        PaymentEvent::Released => payment.standing = Standing::LetGo,
        PaymentEvent::ChargeAsked { attempt } => {
            payment.standing = Standing::Charging;
            payment.charges = *attempt;
        }
        PaymentEvent::Charged => payment.standing = Standing::Charged,
        PaymentEvent::ChargeFailed { .. } => {}
        PaymentEvent::RefundWanted { by: Giver::Restaurant, total } => payment.given_back.by_restaurant = *total,
        PaymentEvent::RefundWanted { by: Giver::Desk, total } => payment.given_back.by_desk = *total,
        PaymentEvent::RefundAsked { total } => payment.given_back.asked = *total,
        PaymentEvent::Refunded { total } => payment.given_back.make(*total),
        PaymentEvent::RefundFailed { .. } => payment.given_back.waive(),
        PaymentEvent::RefundMoot => {}
    }
    Some(payment)
}
