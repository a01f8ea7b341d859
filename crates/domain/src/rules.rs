//! The walk of an order through the services, as a table: who reacts to which fact, and with what.
//!
//! ```text
//! ordering    order-submitted
//! fulfilment    → stock-hold-requested                               the saga in fulfilment/secure.rs
//! catalog         → stock-held | stock-short
//! fulfilment        → payment-authorization-requested                for a card
//! payment             → payment-authorization-asked … payment-authorized | payment-declined
//! fulfilment            → order-secured | order-not-secured          by then both are given back
//! ordering                → order-confirmed | order-cancelled
//! kitchen                   → ticket-number-taken, ticket-opened
//! ordering                    → order-numbered
//! kitchen     order-received | -rejected | -preparing | -prepared | -handed-over
//! ordering      → order-status-changed | order-cancelled
//! ordering    order-cancellation-requested
//! kitchen       → order-cancellation-granted | -refused               or fulfilment, before there is a ticket
//! ordering        → order-cancelled | order-kept
//! fulfilment  order-cancelled → stock-release-requested, payment-authorization-cancelled
//! fulfilment  order-status-changed (handed over) → payment-capture-requested … order-fulfilled
//!
//! account     order-submitted by a guest → guest-ordered
//! ordering      guest-claimed | guest-ordered after it → order-claimed, for each order
//! ```
//! A reaction reads and writes rows of its own service only; the rest comes with the fact.

use sync::{AccountId, Key, Millis, Model as _};

use crate::OrderId;
use crate::account::guest::is_guest;
use crate::account::{Guest, GuestEvent};
use crate::catalog::MenuEvent;
use crate::catalog::stock;
use crate::fulfilment::{Process, secure, settle};
use crate::id::{guest_key, menu_key, numbering_key, order_key, payment_key, secure_key, settle_key, ticket_key};
use crate::kitchen::{TicketEvent, ticket};
use crate::ordering::{Cancelled, Order, OrderEvent, Paid, Status, Step};
use crate::payment::{Payment, PaymentEvent, Standing, hold};
use crate::trade::{Event, Row, Service, Trade};

/// A fact that another service published.
pub struct Happened<'a> {
    /// Which row it happened to.
    pub key: &'a Key,
    /// What happened.
    pub event: &'a Event,
    /// The row after it, where the fact changed it.
    pub row: Option<&'a Row>,
    /// When, by the server's clock.
    pub at: Millis,
}

impl Happened<'_> {
    /// Its name on the wire.
    pub fn kind(&self) -> &'static str {
        Trade::event_name(self.event)
    }
}

/// The service's own rows, as a reaction reads them.
pub type Rows<'a> = &'a dyn Fn(&Key) -> Option<Row>;

/// How one service's fact moves another's rows.
pub struct Rule {
    /// A name for logs and faults.
    pub id: &'static str,
    /// Who reacts, with rows of its own only.
    pub service: Service,
    /// To what, by wire name.
    pub on: &'static [&'static str],
    /// The service's own rows that the reaction reads.
    pub reads: fn(&Happened<'_>) -> Vec<Key>,
    /// What follows, in order, each an event of one own row.
    pub react: fn(&Happened<'_>, Rows<'_>) -> Vec<(Key, Event)>,
}

/// The table.
pub const RULES: &[Rule] = &[
    Rule {
        id: "fulfilment.secure",
        service: Service::Fulfilment,
        on: &[
            "order-submitted",
            "order-cancellation-requested",
            "order-cancelled",
            "stock-held",
            "stock-short",
            "stock-released",
            "payment-authorized",
            "payment-declined",
            "payment-voided",
        ],
        reads: secure_of,
        react: secure_order,
    },
    Rule {
        id: "fulfilment.settle",
        service: Service::Fulfilment,
        on: &["order-status-changed", "payment-captured", "payment-capture-failed"],
        reads: settle_of,
        react: settle_order,
    },
    Rule {
        id: "catalog.hold-stock",
        service: Service::Catalog,
        on: &["stock-hold-requested"],
        reads: menu_of_process,
        react: hold_stock,
    },
    Rule {
        id: "catalog.release-stock",
        service: Service::Catalog,
        on: &["stock-release-requested"],
        reads: menu_of_process,
        react: release_stock,
    },
    Rule {
        id: "payment.reserve",
        service: Service::Payment,
        on: &["payment-authorization-requested"],
        reads: payment_of_process,
        react: reserve_money,
    },
    Rule {
        id: "payment.release",
        service: Service::Payment,
        on: &["payment-authorization-cancelled"],
        reads: payment_of_process,
        react: release_money,
    },
    Rule {
        id: "payment.charge",
        service: Service::Payment,
        on: &["payment-capture-requested"],
        reads: payment_of_process,
        react: charge_money,
    },
    Rule {
        id: "kitchen.open-ticket",
        service: Service::Kitchen,
        on: &["order-confirmed"],
        reads: board_of_order,
        react: open_ticket,
    },
    Rule {
        id: "kitchen.judge-cancellation",
        service: Service::Kitchen,
        on: &["order-cancellation-requested"],
        reads: board_of_order,
        react: judge_cancellation,
    },
    Rule {
        id: "ordering.follow-secure",
        service: Service::Ordering,
        on: &["order-secured", "order-not-secured"],
        reads: order_of_process,
        react: follow_secure,
    },
    Rule {
        id: "ordering.follow-payment",
        service: Service::Ordering,
        on: &[
            "payment-authorization-asked",
            "payment-authorization-deferred",
            "payment-authorized",
            "payment-declined",
            "payment-voided",
            "payment-captured",
        ],
        reads: order_of_payment,
        react: follow_payment,
    },
    Rule {
        id: "ordering.follow-kitchen",
        service: Service::Ordering,
        on: &[
            "ticket-opened",
            "order-received",
            "order-rejected",
            "order-preparing",
            "order-prepared",
            "order-handed-over",
            "order-cancellation-granted",
            "order-cancellation-refused",
        ],
        reads: order_of_ticket,
        react: follow_kitchen,
    },
    Rule {
        id: "account.note-order",
        service: Service::Account,
        on: &["order-submitted"],
        reads: guest_of_order,
        react: note_order,
    },
    Rule {
        id: "ordering.follow-claim",
        service: Service::Ordering,
        on: &["guest-claimed", "guest-ordered"],
        reads: orders_of_claimed,
        react: follow_claim,
    },
];

/// Whose inbox passes to whom with a fact: what was addressed to a guest is the person's who claimed them.
pub fn inbox_passes(event: &Event) -> Option<(&AccountId, &AccountId)> {
    match event {
        Event::Guest(GuestEvent::Claimed { guest, by }) => Some((guest, by)),
        _ => None,
    }
}

fn order<'a>(happened: &Happened<'a>) -> Option<&'a Order> {
    happened.row.and_then(Row::as_order)
}

/// The order that a fact is about, whoever told it.
fn order_of(happened: &Happened<'_>) -> Option<OrderId> {
    match (happened.event, happened.row) {
        (Event::Menu(MenuEvent::StockTaken { order, .. } | MenuEvent::StockReturned { order, .. }), _)
        | (Event::StockShort { order, .. }, _) => Some(*order),
        (_, Some(Row::Order(order))) => Some(order.id),
        _ => happened.key.id().parse().ok().map(OrderId),
    }
}

fn secure_of(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(secure_key).into_iter().collect()
}

fn secure_order(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(key) = order_of(happened).map(secure_key) else { return vec![] };
    let process = rows(&key).and_then(Row::into_process);
    let events = secure::react(&secure::SECURE, happened, process.as_ref());
    events.into_iter().map(|event| (key.clone(), Event::Secure(event))).collect()
}

fn settle_of(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(settle_key).into_iter().collect()
}

fn settle_order(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(key) = order_of(happened).map(settle_key) else { return vec![] };
    let process = rows(&key).and_then(Row::into_process);
    let events = settle::react(happened, process.as_ref());
    events.into_iter().map(|event| (key.clone(), Event::Settle(event))).collect()
}

fn process<'a>(happened: &Happened<'a>) -> Option<&'a Process> {
    happened.row.and_then(Row::as_process)
}

fn menu_of_process(happened: &Happened<'_>) -> Vec<Key> {
    process(happened).map(|process| menu_key(&process.claim.restaurant)).into_iter().collect()
}

fn hold_stock(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Process { claim, .. }) = process(happened) else { return vec![] };
    let key = menu_key(&claim.restaurant);
    let Some(Row::Menu(menu)) = rows(&key) else {
        let items = claim.portions.iter().map(|(item, _)| item.clone()).collect();
        return vec![(key, Event::StockShort { order: claim.order, items })];
    };
    // A dish that was sold out or taken off after the order was accepted is the kitchen's to judge; only counted
    // portions are held here.
    let counted = claim.portions.iter().filter(|(item, _)| {
        menu.item(item).is_some_and(|item| matches!(item.availability, crate::catalog::Availability::Left(_)))
    });
    match stock::hold(&menu, claim.order, &counted.cloned().collect::<Vec<_>>()) {
        Ok(taken) => vec![(key, Event::Menu(taken))],
        Err(items) => vec![(key, Event::StockShort { order: claim.order, items })],
    }
}

/// What is given back is what was taken, and not what the order wanted.
fn release_stock(happened: &Happened<'_>, _: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Process { claim, held, .. }) = process(happened) else { return vec![] };
    let returned = MenuEvent::StockReturned { order: claim.order, portions: held.clone() };
    vec![(menu_key(&claim.restaurant), Event::Menu(returned))]
}

fn payment_of_process(happened: &Happened<'_>) -> Vec<Key> {
    process(happened).map(|process| payment_key(process.claim.order)).into_iter().collect()
}

fn payment_in(rows: Rows<'_>, order: OrderId) -> Option<Payment> {
    rows(&payment_key(order)).and_then(Row::into_payment)
}

fn paid(order: OrderId, events: Vec<PaymentEvent>) -> Vec<(Key, Event)> {
    events.into_iter().map(|event| (payment_key(order), Event::Payment(event))).collect()
}

fn reserve_money(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
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
    };
    paid(claim.order, hold::reserve(payment_in(rows, claim.order).as_ref(), wanted))
}

fn release_money(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Process { claim, .. }) = process(happened) else { return vec![] };
    paid(claim.order, hold::release(payment_in(rows, claim.order).as_ref()))
}

fn charge_money(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some(Process { claim, .. }), Event::Settle(event)) = (process(happened), happened.event) else {
        return vec![];
    };
    paid(claim.order, hold::charge(payment_in(rows, claim.order).as_ref(), settle::attempt(event)))
}

fn board_of_order(happened: &Happened<'_>) -> Vec<Key> {
    let Some(order) = order(happened) else { return vec![] };
    vec![ticket_key(order.id), numbering_key(&order.restaurant)]
}

fn open_ticket(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
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
fn judge_cancellation(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened) else { return vec![] };
    let key = ticket_key(order.id);
    let Some(Row::Ticket(ticket)) = rows(&key) else { return vec![] };
    vec![(key, Event::Ticket(ticket::judge_cancellation(&ticket, &order.cancel_reason, happened.at)))]
}

fn order_of_process(happened: &Happened<'_>) -> Vec<Key> {
    process(happened).map(|process| order_key(process.claim.order)).into_iter().collect()
}

fn follow_secure(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
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

fn order_of_payment(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(order_key).into_iter().collect()
}

fn follow_payment(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Event::Payment(event), Some(key)) = (happened.event, order_of_payment(happened).pop()) else { return vec![] };
    let Some(Row::Order(order)) = rows(&key) else { return vec![] };
    let paid = match event {
        PaymentEvent::ReservationAsked(_) => Paid::Asking,
        PaymentEvent::Deferred => Paid::ProviderBusy,
        PaymentEvent::Reserved { .. } => Paid::Reserved,
        PaymentEvent::Declined { .. } => Paid::Declined,
        PaymentEvent::Released => Paid::LetGo,
        PaymentEvent::Charged => Paid::Charged,
        PaymentEvent::ReleaseAsked | PaymentEvent::ChargeAsked { .. } | PaymentEvent::ChargeFailed { .. } => {
            return vec![];
        }
    };
    if paid == order.paid { vec![] } else { vec![(key, Event::Order(OrderEvent::Paid(paid)))] }
}

fn order_of_ticket(happened: &Happened<'_>) -> Vec<Key> {
    happened.key.id().parse().ok().map(|id| order_key(OrderId(id))).into_iter().collect()
}

fn follow_kitchen(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Event::Ticket(event) = happened.event else { return vec![] };
    let Some(key) = order_of_ticket(happened).pop() else { return vec![] };
    if rows(&key).is_none() {
        return vec![];
    }
    let reached = |status, at: &Millis| OrderEvent::Reached(Step { status, at: *at });
    let event = match event {
        TicketEvent::Opened(ticket) => OrderEvent::Numbered(ticket.number),
        TicketEvent::Accepted { at, ready_at } => OrderEvent::Promised { at: *at, ready_at: *ready_at },
        TicketEvent::Refused { at, reason } => {
            OrderEvent::Ended { at: *at, why: Cancelled::ByRestaurant(reason.clone()) }
        }
        TicketEvent::CookingStarted { at } => reached(Status::Preparing, at),
        TicketEvent::MarkedReady { at } => reached(Status::Prepared, at),
        TicketEvent::HandedOver { at } => reached(Status::HandedOver, at),
        TicketEvent::CancellationGranted { at, .. } => OrderEvent::Ended { at: *at, why: Cancelled::ByCustomer },
        TicketEvent::CancellationRefused { progress, .. } => OrderEvent::CancellationRefused(status_of(*progress)),
    };
    vec![(key, Event::Order(event))]
}

/// How far a ticket's progress is for its customer.
fn status_of(progress: crate::kitchen::Progress) -> Status {
    use crate::kitchen::Progress;
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

fn guest_of_order(happened: &Happened<'_>) -> Vec<Key> {
    let guest = order(happened).map(|order| &order.customer).filter(|customer| is_guest(customer));
    guest.map(guest_key).into_iter().collect()
}

fn note_order(happened: &Happened<'_>, _: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened).filter(|order| is_guest(&order.customer)) else { return vec![] };
    let guest = order.customer.clone();
    vec![(guest_key(&guest), Event::Guest(GuestEvent::Ordered { guest, order: order.id }))]
}

/// The guest with whoever claimed them, and the orders that this fact moves: all that were noted before the claim, and
/// one that was on its way while it was made.
fn claimed<'a>(happened: &Happened<'a>) -> Option<(&'a Guest, &'a AccountId, &'a [OrderId])> {
    let guest = happened.row.and_then(Row::as_guest)?;
    let orders = match happened.event {
        Event::Guest(GuestEvent::Claimed { .. }) => guest.orders.as_slice(),
        Event::Guest(GuestEvent::Ordered { order, .. }) => std::slice::from_ref(order),
        _ => &[],
    };
    Some((guest, guest.claimed_by.as_ref()?, orders))
}

fn orders_of_claimed(happened: &Happened<'_>) -> Vec<Key> {
    let orders = claimed(happened).map_or(&[][..], |(_, _, orders)| orders);
    orders.iter().map(|order| order_key(*order)).collect()
}

fn follow_claim(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some((guest, by, orders)) = claimed(happened) else { return vec![] };
    let is_theirs = |key: &Key| matches!(rows(key), Some(Row::Order(order)) if order.customer == guest.account);
    let keys = orders.iter().map(|order| order_key(*order)).filter(is_theirs);
    keys.map(|key| (key, Event::Order(OrderEvent::Claimed { by: by.clone() }))).collect()
}
