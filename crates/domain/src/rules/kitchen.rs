//! What the kitchen does about a fact: it opens tickets, judges cancellations, and clears its board.

use sync::Key;

use super::{Happened, Rows, order, order_of, process};
use crate::Money;
use crate::delivery::ErrandEvent;
use crate::fulfilment::Process;
use crate::id::{numbering_key, ticket_key};
use crate::kitchen::ticket::Refund;
use crate::kitchen::{TicketEvent, ticket};
use crate::ordering::Cancelled;
use crate::payment::{PaymentEvent, RefundTotals};
use crate::trade::{Event, Row};

pub(super) fn board_of_order(happened: &Happened<'_>) -> Vec<Key> {
    let Some(order) = order(happened) else { return vec![] };
    vec![ticket_key(order.id), numbering_key(&order.restaurant)]
}

pub(super) fn open_ticket(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened) else { return vec![] };
    if rows(&ticket_key(order.id)).is_some() {
        return vec![];
    }
    let numbering = numbering_key(&order.restaurant);
    let last = rows(&numbering).and_then(Row::into_numbering).unwrap_or_default().last;
    let number = last + 1;
    let ticket = ticket::open(order, number, happened.at);
    vec![
        (numbering, Event::NumberTaken(number)),
        (ticket_key(order.id), Event::Ticket(TicketEvent::Opened(Box::new(ticket)))),
    ]
}

/// No ticket yet means that the order is not secured: fulfilment gives it up, or ordering ends it when it is.
pub(super) fn judge_cancellation(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened) else { return vec![] };
    let key = ticket_key(order.id);
    let Some(Row::Ticket(ticket)) = rows(&key) else { return vec![] };
    vec![(key, Event::Ticket(ticket::judge_cancellation(&ticket, &order.cancel_reason, happened.at)))]
}

fn told(order: crate::OrderId, events: Vec<TicketEvent>) -> Vec<(Key, Event)> {
    events.into_iter().map(|event| (ticket_key(order), Event::Ticket(event))).collect()
}

pub(super) fn ticket_of_process(happened: &Happened<'_>) -> Vec<Key> {
    process(happened).map(|process| ticket_key(process.claim.order)).into_iter().collect()
}

/// A ticket that is over is taken back all the same: whoever asked waits for the word.
pub(super) fn withdraw_ticket(happened: &Happened<'_>, _: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Process { claim, because, .. }) = process(happened) else { return vec![] };
    let why = because.clone().unwrap_or(Cancelled::ByCustomer);
    told(claim.order, vec![ticket::withdraw(&why, happened.at)])
}

pub(super) fn ticket_of_order(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(ticket_key).into_iter().collect()
}

pub(super) fn follow_refund(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(key) = ticket_of_order(happened).pop() else { return vec![] };
    let Some(ticket) = rows(&key).and_then(Row::into_ticket) else { return vec![] };
    // Of what the desk gives back a kitchen that gave nothing back need not hear.
    let Some(wanted) = ticket.total_given_back() else { return vec![] };
    // That nothing was charged changes nothing at the gateway, and comes without its row.
    let is_moot = matches!(happened.event, Event::Payment(PaymentEvent::RefundMoot));
    let row = happened.row.and_then(Row::as_payment).map(|payment| payment.given_back);
    let Some(RefundTotals { made, waived, .. }) = row.or(is_moot.then(RefundTotals::default)) else { return vec![] };
    let money = |minor| Money::new(minor, wanted.currency);
    let known = ticket.refund.clone();
    let why = match happened.event {
        Event::Payment(PaymentEvent::RefundFailed { reason }) => reason.clone(),
        _ if waived == 0 => String::new(),
        _ => known.as_ref().map(|known| known.why.clone()).unwrap_or_default(),
    };
    let refund = Refund { made: money(made), waived: (waived > 0).then(|| money(waived)), why, is_moot };
    // What is heard again, later than what followed it, is not news.
    if known.is_some_and(|known| known == refund || known.made.minor > made) {
        return vec![];
    }
    vec![(key, Event::Ticket(TicketEvent::RefundNoted(refund)))]
}

pub(super) fn ticket_of_errand(happened: &Happened<'_>) -> Vec<Key> {
    happened.row.and_then(Row::as_errand).map(|errand| ticket_key(errand.order)).into_iter().collect()
}

pub(super) fn follow_driver(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Event::Errand(event), Some(key)) = (happened.event, ticket_of_errand(happened).pop()) else { return vec![] };
    let Some(ticket) = rows(&key).and_then(Row::into_ticket) else { return vec![] };
    let found = |found| if ticket.has_driver == Some(found) { vec![] } else { vec![TicketEvent::DriverFound(found)] };
    let events = match event {
        ErrandEvent::Assigned { .. } => found(true),
        ErrandEvent::DroppedOut { .. } => found(false),
        ErrandEvent::PickedUp { at, .. } => ticket::picked_up(&ticket, *at),
        _ => vec![],
    };
    told(ticket.order, events)
}
