//! The walk of an order through the services, as a table: who reacts to which fact, and with what.
//!
//! ```text
//! ordering  order-submitted
//! catalog     → stock-held | stock-short
//! ordering      → order-confirmed | order-cancelled (sold out)
//! kitchen         → ticket-number-taken, ticket-opened
//! ordering          → order-numbered
//! kitchen   order-received | -rejected | -preparing | -prepared | -handed-over
//! ordering    → order-status-changed | order-cancelled
//! ordering  order-cancellation-requested
//! kitchen     → order-cancellation-granted | -refused
//! ordering      → order-cancelled | order-kept
//! catalog   order-cancelled → stock-released
//! ```
//! A reaction reads and writes rows of its own service only; the rest comes with the fact.

use sync::{Key, Millis};

use crate::catalog::stock;
use crate::id::{menu_key, numbering_key, order_key, ticket_key};
use crate::kitchen::{TicketEvent, ticket};
use crate::ordering::{Cancelled, Order, OrderEvent, Status, Step};
use crate::{ItemId, OrderId};
use crate::{
    catalog::MenuEvent,
    trade::{Event, Row, Service},
};

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
        id: "catalog.hold-stock",
        service: Service::Catalog,
        on: &["order-submitted"],
        reads: menu_of_order,
        react: hold_stock,
    },
    Rule {
        id: "catalog.release-stock",
        service: Service::Catalog,
        on: &["order-cancelled"],
        reads: menu_of_order,
        react: release_stock,
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
        id: "ordering.follow-stock",
        service: Service::Ordering,
        on: &["stock-held", "stock-short"],
        reads: order_of_stock,
        react: follow_stock,
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
];

fn order<'a>(happened: &Happened<'a>) -> Option<&'a Order> {
    happened.row.and_then(Row::as_order)
}

fn menu_of_order(happened: &Happened<'_>) -> Vec<Key> {
    order(happened).map(|order| menu_key(&order.restaurant)).into_iter().collect()
}

fn portions(order: &Order) -> Vec<(ItemId, u32)> {
    order.lines.iter().map(|line| (line.item.clone(), line.quantity)).collect()
}

fn hold_stock(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened) else { return vec![] };
    let key = menu_key(&order.restaurant);
    let wanted = portions(order);
    let Some(Row::Menu(menu)) = rows(&key) else {
        let items = wanted.into_iter().map(|(item, _)| item).collect();
        return vec![(key, Event::StockShort { order: order.id, items })];
    };
    // A dish that was sold out or taken off after the order was accepted is the kitchen's to judge; only counted
    // portions are held here.
    let counted = wanted.into_iter().filter(|(item, _)| {
        menu.item(item).is_some_and(|item| matches!(item.availability, crate::catalog::Availability::Left(_)))
    });
    match stock::hold(&menu, order.id, &counted.collect::<Vec<_>>()) {
        Ok(taken) => vec![(key, Event::Menu(taken))],
        Err(items) => vec![(key, Event::StockShort { order: order.id, items })],
    }
}

fn release_stock(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened) else { return vec![] };
    let key = menu_key(&order.restaurant);
    let was_held = order.confirmed || matches!(order.ended, Some(Cancelled::ByCustomer));
    if !was_held || rows(&key).is_none() {
        return vec![];
    }
    vec![(key, Event::Menu(MenuEvent::StockReturned { order: order.id, portions: portions(order) }))]
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

/// No ticket yet means that the stock has not answered: ordering then ends the order itself when it does.
fn judge_cancellation(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened) else { return vec![] };
    let key = ticket_key(order.id);
    let Some(Row::Ticket(ticket)) = rows(&key) else { return vec![] };
    vec![(key, Event::Ticket(ticket::judge_cancellation(&ticket, happened.at)))]
}

fn stock_of(happened: &Happened<'_>) -> Option<OrderId> {
    match happened.event {
        Event::Menu(MenuEvent::StockTaken { order, .. }) | Event::StockShort { order, .. } => Some(*order),
        _ => None,
    }
}

fn order_of_stock(happened: &Happened<'_>) -> Vec<Key> {
    stock_of(happened).map(order_key).into_iter().collect()
}

fn follow_stock(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(key) = stock_of(happened).map(order_key) else { return vec![] };
    let Some(Row::Order(order)) = rows(&key) else { return vec![] };
    let at = happened.at;
    let event = match happened.event {
        Event::StockShort { items, .. } => OrderEvent::Ended { at, why: Cancelled::SoldOut(items.clone()) },
        _ if order.cancel_asked => OrderEvent::Ended { at, why: Cancelled::ByCustomer },
        _ => OrderEvent::Confirmed,
    };
    vec![(key, Event::Order(event))]
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
        TicketEvent::CancellationGranted { at } => OrderEvent::Ended { at: *at, why: Cancelled::ByCustomer },
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
