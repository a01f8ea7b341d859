//! What ordering does about a fact: it keeps an order as its customer sees it.

use sync::{AccountId, Key, Millis};

use super::{Happened, Rows, order_of, process};
use crate::account::{Guest, GuestEvent};
use crate::delivery::ErrandEvent;
use crate::id::order_key;
use crate::kitchen::{Progress, TicketEvent};
use crate::ordering::{Cancelled, Order, OrderEvent, Status, Step};
use crate::payment::{Paid, PaymentEvent};
use crate::trade::{Event, Row};
use crate::{Money, OrderId};

pub(super) fn order_of_process(happened: &Happened<'_>) -> Vec<Key> {
    process(happened).map(|process| order_key(process.claim.order)).into_iter().collect()
}

pub(super) fn follow_secure(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some(process), Some(key)) = (process(happened), order_of_process(happened).pop()) else { return vec![] };
    let Some(Row::Order(order)) = rows(&key) else { return vec![] };
    if order.status.is_final() {
        return vec![];
    }
    let at = happened.at;
    let event = match process.state.ended_well() {
        // Asked while nobody had a ticket to judge by.
        Some(true) if order.cancel_asked => OrderEvent::Ended { at, why: Cancelled::ByCustomer },
        Some(true) => OrderEvent::Confirmed,
        _ => OrderEvent::Ended { at, why: process.because.clone().unwrap_or(Cancelled::ByCustomer) },
    };
    vec![(key, Event::Order(event))]
}

pub(super) fn order_of_payment(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(order_key).into_iter().collect()
}

pub(super) fn follow_payment(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Event::Payment(event), Some(key)) = (happened.event, order_of_payment(happened).pop()) else { return vec![] };
    let Some(Row::Order(order)) = rows(&key) else { return vec![] };
    if let PaymentEvent::Refunded { total } = event {
        let (refunded, known) = (Money::new(*total, order.total.currency), order.refunded);
        let is_news = known.is_none_or(|known| known.minor < refunded.minor);
        return is_news.then_some((key, Event::Order(OrderEvent::Refunded(refunded)))).into_iter().collect();
    }
    let paid = match event {
        PaymentEvent::ReservationAsked(_) => Paid::Asking,
        PaymentEvent::Deferred => Paid::ProviderBusy,
        PaymentEvent::Reserved { .. } => Paid::Reserved,
        PaymentEvent::Declined { .. } => Paid::Declined,
        PaymentEvent::Released => Paid::LetGo,
        PaymentEvent::Charged => Paid::Charged,
        PaymentEvent::ReleaseAsked
        | PaymentEvent::ChargeAsked { .. }
        | PaymentEvent::ChargeFailed { .. }
        | PaymentEvent::RefundWanted { .. }
        | PaymentEvent::RefundAsked { .. }
        | PaymentEvent::Refunded { .. }
        | PaymentEvent::RefundFailed { .. }
        | PaymentEvent::RefundMoot => return vec![],
    };
    if paid == order.paid { vec![] } else { vec![(key, Event::Order(OrderEvent::Paid(paid)))] }
}

pub(super) fn order_of_ticket(happened: &Happened<'_>) -> Vec<Key> {
    happened.key.id().parse().ok().map(|id| order_key(OrderId(id))).into_iter().collect()
}

pub(super) fn follow_kitchen(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Event::Ticket(event) = happened.event else { return vec![] };
    let Some(key) = order_of_ticket(happened).pop() else { return vec![] };
    let Some(Row::Order(order)) = rows(&key) else { return vec![] };
    let reached = |status, at: &Millis| OrderEvent::Reached(Step { status, at: *at });
    let event = match event {
        TicketEvent::Opened(ticket) => OrderEvent::Numbered(ticket.number),
        TicketEvent::Accepted { at, ready_at } => OrderEvent::Promised { at: *at, ready_at: *ready_at },
        // Its driver was quicker and its customer has it: what is over stays as it is, and the desk hears of both.
        TicketEvent::Refused { .. } if order.status.is_final() => return vec![],
        TicketEvent::Refused { at, reason } => {
            OrderEvent::Ended { at: *at, why: Cancelled::ByRestaurant(reason.clone()) }
        }
        TicketEvent::CookingStarted { at } => reached(Status::Preparing, at),
        TicketEvent::MarkedReady { at } => reached(Status::Prepared, at),
        TicketEvent::HandedOver { at } if order.is_dispatched() => reached(Status::PickedUp, at),
        TicketEvent::HandedOver { at } => reached(Status::HandedOver, at),
        // Its customer has had it meanwhile: what was granted came too late.
        TicketEvent::CancellationGranted { .. } if order.status.is_eaten() => {
            OrderEvent::CancellationRefused(order.status)
        }
        TicketEvent::CancellationGranted { at, .. } => OrderEvent::Ended { at: *at, why: Cancelled::ByCustomer },
        TicketEvent::CancellationRefused { progress, .. } => OrderEvent::CancellationRefused(status_of(*progress)),
        // What made fulfilment take it back ends the order too; of its driver the order hears by itself.
        TicketEvent::Withdrawn { .. }
        | TicketEvent::DriverFound(_)
        | TicketEvent::GivenBack(_)
        | TicketEvent::RefundNoted(_)
        | TicketEvent::Erased
        | TicketEvent::PutAway => return vec![],
    };
    vec![(key, Event::Order(event))]
}

/// How far a ticket's progress is for its customer.
pub(super) fn status_of(progress: Progress) -> Status {
    match progress {
        Progress::Waiting => Status::Submitted,
        Progress::Accepted => Status::Received,
        Progress::Cooking => Status::Preparing,
        Progress::Ready => Status::Prepared,
        Progress::HandedOver => Status::HandedOver,
        Progress::Cancelled => Status::Cancelled,
        Progress::Refused => Status::Rejected,
    }
}

/// The guest with whoever claimed them, and the orders that this fact moves: all that were noted before the claim, and
/// one that was on its way while it was made.
pub(super) fn claimed<'a>(happened: &Happened<'a>) -> Option<(&'a Guest, &'a AccountId, &'a [OrderId])> {
    let guest = happened.row.and_then(Row::as_guest)?;
    let orders = match happened.event {
        Event::Guest(GuestEvent::Claimed { .. }) => guest.orders.as_slice(),
        Event::Guest(GuestEvent::Ordered { order, .. }) => std::slice::from_ref(order),
        _ => &[],
    };
    Some((guest, guest.claimed_by.as_ref()?, orders))
}

pub(super) fn orders_of_claimed(happened: &Happened<'_>) -> Vec<Key> {
    let orders = claimed(happened).map_or(&[][..], |(_, _, orders)| orders);
    orders.iter().map(|order| order_key(*order)).collect()
}

pub(super) fn follow_claim(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some((guest, by, orders)) = claimed(happened) else { return vec![] };
    let is_theirs = |key: &Key| matches!(rows(key), Some(Row::Order(order)) if order.customer == guest.account);
    let keys = orders.iter().map(|order| order_key(*order)).filter(is_theirs);
    keys.map(|key| (key, Event::Order(OrderEvent::Claimed { by: by.clone() }))).collect()
}

pub(super) fn follow_arrange(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some(process), Some(key)) = (process(happened), order_of_process(happened).pop()) else { return vec![] };
    let Some(order) = rows(&key).and_then(Row::into_order).filter(|order| !order.status.is_final()) else {
        return vec![];
    };
    let event = match happened.kind() {
        "order-submission-expired" if order.status == Status::Submitted => OrderEvent::Late,
        "order-not-arranged" => {
            OrderEvent::Ended { at: happened.at, why: process.because.clone().unwrap_or(Cancelled::ByCustomer) }
        }
        _ => return vec![],
    };
    vec![(key, Event::Order(event))]
}

pub(super) fn order_of_errand(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(order_key).into_iter().collect()
}

pub(super) fn follow_driver(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    // What a driver reports of an errand that is over changes nothing, here either.
    let (Event::Errand(event), Some(_), Some(key)) = (happened.event, happened.row, order_of_errand(happened).pop())
    else {
        return vec![];
    };
    let Some(Row::Order(order)) = rows(&key) else { return vec![] };
    let reached = |status, at: &Millis| OrderEvent::Reached(Step { status, at: *at });
    let event = match event {
        ErrandEvent::Assigned { .. } if !order.has_driver => OrderEvent::DriverFound(true),
        ErrandEvent::DroppedOut { .. } if order.has_driver => OrderEvent::DriverFound(false),
        ErrandEvent::PickedUp { at, .. } => reached(Status::PickedUp, at),
        ErrandEvent::Delivered { at, .. } => reached(Status::Delivered, at),
        _ => return vec![],
    };
    vec![(key, Event::Order(event))]
}

pub(super) fn note_proof(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Event::Errand(ErrandEvent::Proved { proof, .. }), Some(key)) =
        (happened.event, order_of_errand(happened).pop())
    else {
        return vec![];
    };
    // Of whom nothing is to be left, nothing comes back by word that was on its way.
    let is_news =
        |order: &Order| !order.contact.name.is_empty() && !order.proofs.iter().any(|known| known.id == proof.id);
    let is_wanted = rows(&key).and_then(Row::into_order).is_some_and(|order| is_news(&order));
    is_wanted.then(|| (key, Event::Order(OrderEvent::Proved(proof.clone())))).into_iter().collect()
}
