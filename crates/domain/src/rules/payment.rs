//! What payment does about a fact: it asks for money, lets go of it, and charges it.

use sync::Key;

use super::{Happened, Rows, order_of, process};
use crate::OrderId;
use crate::fulfilment::Process;
use crate::id::payment_key;
use crate::kitchen::TicketEvent;
use crate::ops::{CaseEvent, Done, Measure};
use crate::payment::{Giver, Payment, PaymentEvent, RefundTotals, Standing, hold, refund};
use crate::trade::{Event, Row};

pub(super) fn payment_of_process(happened: &Happened<'_>) -> Vec<Key> {
    process(happened).map(|process| payment_key(process.claim.order)).into_iter().collect()
}

pub(super) fn payment_in(rows: Rows<'_>, order: OrderId) -> Option<Payment> {
    rows(&payment_key(order)).and_then(Row::into_payment)
}

pub(super) fn paid(order: OrderId, events: Vec<PaymentEvent>) -> Vec<(Key, Event)> {
    events.into_iter().map(|event| (payment_key(order), Event::Payment(event))).collect()
}

pub(super) fn reserve_money(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Process { claim, .. }) = process(happened) else { return vec![] };
    let Some(card) = claim.pays.card() else { return vec![] };
    let wanted = Payment {
        order: claim.order,
        amount: claim.amount,
        card: card.clone(),
        standing: Standing::Asked,
        reference: None,
        deferred: false,
        charges: 0,
        given_back: RefundTotals::default(),
    };
    paid(claim.order, hold::reserve(payment_in(rows, claim.order).as_ref(), wanted))
}

pub(super) fn release_money(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Process { claim, .. }) = process(happened) else { return vec![] };
    paid(claim.order, hold::release(payment_in(rows, claim.order).as_ref()))
}

pub(super) fn charge_money(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some(Process { claim, .. }), Event::Settle(event) | Event::SettleEarly(event)) =
        (process(happened), happened.event)
    else {
        return vec![];
    };
    paid(claim.order, hold::charge(payment_in(rows, claim.order).as_ref(), event.attempt()))
}

pub(super) fn payment_of_order(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(payment_key).into_iter().collect()
}

pub(super) fn give_back_money(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (by, total) = match happened.event {
        Event::Ticket(TicketEvent::GivenBack(given)) => (Giver::Restaurant, given.total.minor),
        Event::Case(CaseEvent::Done(Done { what: Measure::GivenBack { total, .. }, .. })) => (Giver::Desk, total.minor),
        _ => return vec![],
    };
    let Some(order) = order_of(happened) else { return vec![] };
    paid(order, refund::give_back(payment_in(rows, order).as_ref(), by, total))
}
