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
//! delivery                  → delivery-opened                        where a driver brings it
//! fulfilment                → restaurant-order-requested ∥ driver-assignment-requested     fulfilment/arrange.rs
//! delivery                    → driver-asked → offer-made            … offer-claimed | -declined | -expired
//! delivery                        → driver-assigned | driver-assignment-aborted
//! kitchen     order-received | -rejected | -preparing | -prepared | -handed-over
//! ordering      → order-status-changed | order-cancelled
//! fulfilment  order-received + driver-assigned → delivery-initiated
//! delivery    order-picked-up, delivery-completed | delivery-failed | driver-dropped-out
//! delivery    delivery-proved, when the photo has come after the status           delivery/proof.rs
//! ordering, ops → order-proof-noted, case-proof-noted
//! delivery    delivery-completed → takings-counted, for its driver        delivery/takings.rs
//! kitchen       → order-prepared, order-handed-over                  where the board did not say so
//! ordering      → order-status-changed
//! fulfilment  delivery-completed → order-arranged; else order-not-arranged, and both are let go
//! fulfilment  a silent kitchen → order-submission-expired, later restaurant-order-cancelled … order-not-arranged
//! ordering    order-cancellation-requested
//! kitchen       → order-cancellation-granted | -refused               or fulfilment, before there is a ticket
//! ordering        → order-cancelled | order-kept
//! fulfilment  order-cancelled → stock-release-requested, payment-authorization-cancelled      fulfilment/aftermath.rs
//! fulfilment    where it was brought in vain → payment-capture-requested … order-cancellation-settled
//! fulfilment  order-status-changed (the customer has it) → payment-capture-requested … order-fulfilled
//!
//! kitchen     restaurant-refund-requested | ops desk-refund-requested       payment/refund.rs
//! payment       → payment-refund-asked … payment-refunded | payment-refund-failed
//!
//! dining      table-line-added
//! catalog       → portions-taken | portions-short                        where the menu counts them
//! dining          → table-portions-noted | table-line-gone
//! catalog     table-line-taken-back + table-portions-noted → portions-returned
//! catalog     menu-item-renamed, menu-item-repriced → menu-edit-noted                   by whom, for its staff alone
//!
//! ops         a trouble of an order → task-raised … task-passed | task-settled          ops/case.rs
//! fulfilment    kitchen-time-given, order-given-up → the saga waits longer, or no longer
//! delivery      driver-chosen → driver-assigned
//!
//! account     order-submitted by a guest → guest-ordered
//! account     order-submitted … its end → person-ordered, person-order-ended
//! account     erasure-asked, and nothing under way → person-erased
//! ordering      → order-erased, for each order
//! kitchen, delivery, ops → ticket-erased, delivery-erased, case-erased
//! ordering, kitchen, dining   a month → order-put-away, ticket-put-away, table-put-away       put_away.rs
//! ordering      guest-claimed | guest-ordered after it → order-claimed, for each order
//! ```
//! A reaction reads and writes rows of its own service only; the rest comes with the fact.

mod account;
mod catalog;
mod delivery;
mod dining;
mod fulfilment;
mod kitchen;
mod ops;
mod ordering;
mod payment;

use sync::{AccountId, Key, Millis, Model as _};

use crate::OrderId;
use crate::Service;
use crate::account::{GuestEvent, PersonEvent};
use crate::catalog::MenuEvent;
use crate::delivery::ErrandEvent;
use crate::dining::Tab;
use crate::fulfilment::{Process, arrange};
use crate::id::{case_key, errand_key, ticket_key};
use crate::kitchen::TicketEvent;
use crate::ops::CaseEvent;
use crate::ordering::Order;
use crate::put_away;
use crate::trade::{Event, Row, Trade};

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
            "stock-used-up",
            "payment-authorized",
            "payment-declined",
            "payment-voided",
        ],
        reads: fulfilment::secure_of,
        react: fulfilment::secure_order,
    },
    Rule {
        id: "fulfilment.arrange",
        service: Service::Fulfilment,
        on: &[
            "order-confirmed",
            "order-cancelled",
            "order-received",
            "order-rejected",
            "restaurant-order-withdrawn",
            "driver-assigned",
            "driver-dropped-out",
            "driver-assignment-aborted",
            "driver-released",
            "delivery-completed",
            "delivery-failed",
            "kitchen-time-given",
            "order-given-up",
        ],
        reads: fulfilment::arrange_of,
        react: fulfilment::arrange_order,
    },
    Rule {
        id: "fulfilment.settle",
        service: Service::Fulfilment,
        on: &["order-status-changed", "order-cancelled", "payment-captured", "payment-capture-failed"],
        reads: fulfilment::settle_of,
        react: fulfilment::settle_order,
    },
    Rule {
        id: "catalog.hold-stock",
        service: Service::Catalog,
        on: &["stock-hold-requested"],
        reads: catalog::menu_of_process,
        react: catalog::hold_stock,
    },
    Rule {
        id: "catalog.release-stock",
        service: Service::Catalog,
        on: &["stock-release-requested"],
        reads: catalog::menu_of_process,
        react: catalog::release_stock,
    },
    Rule {
        id: "catalog.hold-portions",
        service: Service::Catalog,
        on: &["table-line-added"],
        reads: catalog::menu_of_tab,
        react: catalog::hold_portions,
    },
    Rule {
        id: "catalog.return-portions",
        service: Service::Catalog,
        on: &["table-line-taken-back", "table-portions-noted"],
        reads: catalog::menu_of_tab,
        react: catalog::return_portions,
    },
    Rule {
        id: "catalog.note-edit",
        service: Service::Catalog,
        on: &["menu-written", "menu-item-renamed", "menu-item-repriced"],
        reads: catalog::edits_of_menu,
        react: catalog::note_edit,
    },
    Rule {
        id: "dining.follow-portions",
        service: Service::Dining,
        on: &["portions-taken", "portions-short"],
        reads: dining::tab_of_portions,
        react: dining::follow_portions,
    },
    Rule {
        id: "payment.reserve",
        service: Service::Payment,
        on: &["payment-authorization-requested"],
        reads: payment::payment_of_process,
        react: payment::reserve_money,
    },
    Rule {
        id: "payment.release",
        service: Service::Payment,
        on: &["payment-authorization-cancelled"],
        reads: payment::payment_of_process,
        react: payment::release_money,
    },
    Rule {
        id: "payment.charge",
        service: Service::Payment,
        on: &["payment-capture-requested"],
        reads: payment::payment_of_process,
        react: payment::charge_money,
    },
    Rule {
        id: "payment.give-back",
        service: Service::Payment,
        on: &["restaurant-refund-requested", "desk-refund-requested"],
        reads: payment::payment_of_order,
        react: payment::give_back_money,
    },
    Rule {
        id: "kitchen.open-ticket",
        service: Service::Kitchen,
        on: &["order-confirmed"],
        reads: kitchen::board_of_order,
        react: kitchen::open_ticket,
    },
    Rule {
        id: "kitchen.judge-cancellation",
        service: Service::Kitchen,
        on: &["order-cancellation-requested"],
        reads: kitchen::board_of_order,
        react: kitchen::judge_cancellation,
    },
    Rule {
        id: "kitchen.withdraw-ticket",
        service: Service::Kitchen,
        on: &["restaurant-order-cancelled"],
        reads: kitchen::ticket_of_process,
        react: kitchen::withdraw_ticket,
    },
    Rule {
        id: "kitchen.follow-driver",
        service: Service::Kitchen,
        on: &["driver-assigned", "driver-dropped-out", "order-picked-up"],
        reads: kitchen::ticket_of_errand,
        react: kitchen::follow_driver,
    },
    Rule {
        id: "kitchen.follow-refund",
        service: Service::Kitchen,
        on: &["payment-refunded", "payment-refund-failed", "payment-refund-moot"],
        reads: kitchen::ticket_of_order,
        react: kitchen::follow_refund,
    },
    Rule {
        id: "delivery.open-errand",
        service: Service::Delivery,
        on: &["order-confirmed"],
        reads: delivery::errand_of_order,
        react: delivery::open_errand,
    },
    Rule {
        id: "delivery.assign",
        service: Service::Delivery,
        on: &["offer-claimed"],
        reads: delivery::errand_of,
        react: delivery::assign,
    },
    Rule {
        id: "delivery.assign-by-hand",
        service: Service::Delivery,
        on: &["driver-chosen"],
        reads: delivery::errand_offer_and_board,
        react: delivery::assign_by_hand,
    },
    Rule {
        id: "delivery.note-assigned",
        service: Service::Delivery,
        on: &["driver-assigned"],
        reads: delivery::errand_and_board,
        react: delivery::note_assigned,
    },
    Rule {
        id: "delivery.call-off",
        service: Service::Delivery,
        on: &["driver-assignment-cancelled", "order-not-arranged"],
        reads: delivery::errand_and_offer_of,
        react: delivery::call_off,
    },
    Rule {
        id: "delivery.withdraw-offer",
        service: Service::Delivery,
        on: &["order-picked-up", "delivery-completed", "delivery-failed"],
        reads: delivery::offer_of,
        react: delivery::withdraw_offer,
    },
    Rule {
        id: "delivery.count-takings",
        service: Service::Delivery,
        on: &["delivery-completed"],
        reads: delivery::errand_and_takings,
        react: delivery::count_takings,
    },
    Rule {
        id: "delivery.agree",
        service: Service::Delivery,
        on: &["delivery-initiated"],
        reads: delivery::errand_of,
        react: delivery::agree,
    },
    Rule {
        id: "delivery.follow-kitchen",
        service: Service::Delivery,
        on: &["order-prepared"],
        reads: delivery::errand_of,
        react: delivery::follow_kitchen,
    },
    Rule {
        id: "delivery.dispatch",
        service: Service::Delivery,
        on: &[
            "driver-came-on-duty",
            "driver-went-off-duty",
            "driver-assignment-requested",
            "driver-assignment-cancelled",
            "order-not-arranged",
            "offer-claimed",
            "offer-declined",
            "offer-expired",
            "driver-dropped-out",
            "order-picked-up",
            "delivery-completed",
            "delivery-failed",
        ],
        reads: delivery::board_of,
        react: delivery::dispatch,
    },
    Rule {
        id: "delivery.seek-on",
        service: Service::Delivery,
        on: &["driver-assignment-aborted"],
        reads: delivery::board_and_errand,
        react: delivery::seek_on,
    },
    Rule {
        id: "delivery.make-offer",
        service: Service::Delivery,
        on: &["driver-asked"],
        reads: delivery::offer_of_asked,
        react: delivery::make_offer,
    },
    Rule {
        id: "ordering.follow-secure",
        service: Service::Ordering,
        on: &["order-secured", "order-not-secured"],
        reads: ordering::order_of_process,
        react: ordering::follow_secure,
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
            "payment-refunded",
        ],
        reads: ordering::order_of_payment,
        react: ordering::follow_payment,
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
        reads: ordering::order_of_ticket,
        react: ordering::follow_kitchen,
    },
    Rule {
        id: "ordering.follow-arrange",
        service: Service::Ordering,
        on: &["order-submission-expired", "order-not-arranged"],
        reads: ordering::order_of_process,
        react: ordering::follow_arrange,
    },
    Rule {
        id: "ordering.follow-driver",
        service: Service::Ordering,
        on: &["driver-assigned", "driver-dropped-out", "order-picked-up", "delivery-completed"],
        reads: ordering::order_of_errand,
        react: ordering::follow_driver,
    },
    Rule {
        id: "ordering.note-proof",
        service: Service::Ordering,
        on: &["delivery-proved"],
        reads: ordering::order_of_errand,
        react: ordering::note_proof,
    },
    Rule {
        id: "account.note-order",
        service: Service::Account,
        on: &["order-submitted"],
        reads: account::guest_of_order,
        react: account::note_order,
    },
    Rule {
        id: "account.note-under-way",
        service: Service::Account,
        on: &["order-submitted", "order-claimed", "order-status-changed", "order-cancelled"],
        reads: account::person_of_order,
        react: account::note_under_way,
    },
    Rule {
        id: "kitchen.erase",
        service: Service::Kitchen,
        on: &["order-erased"],
        reads: |happened| named_by_order(happened, ticket_key),
        react: |happened, rows| erase_in(happened, rows, ticket_key, Event::Ticket(TicketEvent::Erased)),
    },
    Rule {
        id: "delivery.erase",
        service: Service::Delivery,
        on: &["order-erased"],
        reads: |happened| named_by_order(happened, errand_key),
        react: |happened, rows| erase_in(happened, rows, errand_key, Event::Errand(ErrandEvent::Erased)),
    },
    Rule {
        id: "ops.erase",
        service: Service::Ops,
        on: &["order-erased"],
        reads: |happened| named_by_order(happened, case_key),
        react: |happened, rows| erase_in(happened, rows, case_key, Event::Case(CaseEvent::Erased)),
    },
    Rule {
        id: "ordering.follow-claim",
        service: Service::Ordering,
        on: &["guest-claimed", "guest-ordered"],
        reads: ordering::orders_of_claimed,
        react: ordering::follow_claim,
    },
    Rule {
        id: "ops.open-case",
        service: Service::Ops,
        on: &["order-confirmed"],
        reads: ops::case_of,
        react: ops::open_case,
    },
    Rule {
        id: "ops.note-proof",
        service: Service::Ops,
        on: &["delivery-proved"],
        reads: ops::case_of,
        react: ops::note_proof,
    },
    Rule {
        id: "ops.follow",
        service: Service::Ops,
        on: &[
            "order-submission-expired",
            "order-received",
            "order-rejected",
            "order-handed-over",
            "order-cancelled",
            "driver-assignment-aborted",
            "driver-assigned",
            "driver-dropped-out",
            "order-picked-up",
            "delivery-completed",
            "delivery-failed",
            "payment-captured",
            "payment-capture-failed",
            "payment-refunded",
            "payment-refund-failed",
        ],
        reads: ops::case_of,
        react: ops::follow,
    },
];

/// What a row waits for by itself: time.
pub struct Clock {
    /// A name for logs and faults.
    pub id: &'static str,
    /// Whose rows it is about.
    pub service: Service,
    /// Which kind of them.
    pub kind: &'static str,
    /// When a row is to be looked at; none: it waits for nothing.
    pub due: fn(&Row) -> Option<Millis>,
    /// What follows when that moment has come, each an event of the same row.
    pub strike: fn(&Row, Millis) -> Vec<Event>,
}

/// The clocks. A row says itself when it wants to be looked at, so no timer can be lost, doubled or forgotten: there is none.
pub const CLOCKS: &[Clock] = &[
    Clock {
        id: "fulfilment.kitchen-is-silent",
        service: Service::Fulfilment,
        kind: "arrange",
        due: |row| row.as_process().and_then(arrange::due),
        strike: fulfilment::kitchen_is_silent,
    },
    Clock {
        id: "delivery.offer-is-over",
        service: Service::Delivery,
        kind: "offer",
        due: delivery::offer_due,
        strike: delivery::expire_offer,
    },
    Clock {
        id: "delivery.called-off-is-forgotten",
        service: Service::Delivery,
        kind: "delivery",
        due: delivery::errand_due,
        strike: delivery::forget_errand,
    },
    Clock {
        id: "ordering.order-is-put-away",
        service: Service::Ordering,
        kind: "order",
        due: put_away::due,
        strike: put_away::strike,
    },
    Clock {
        id: "kitchen.ticket-is-put-away",
        service: Service::Kitchen,
        kind: "ticket",
        due: put_away::due,
        strike: put_away::strike,
    },
    Clock {
        id: "dining.tab-is-put-away",
        service: Service::Dining,
        kind: "tab",
        due: put_away::due,
        strike: put_away::strike,
    },
    Clock { id: "ops.case-was-shown", service: Service::Ops, kind: "case", due: ops::case_due, strike: ops::file_case },
    Clock {
        id: "account.person-is-to-be-erased",
        service: Service::Account,
        kind: "person",
        due: account::erasure_due,
        strike: account::erase,
    },
    Clock {
        id: "delivery.nobody-found",
        service: Service::Delivery,
        kind: "zone",
        due: delivery::board_due,
        strike: delivery::look_at_board,
    },
];

/// The clock of rows of this kind, if they have one.
pub fn clock(key: &Key) -> Option<&'static Clock> {
    CLOCKS.iter().find(|clock| clock.kind == key.kind())
}

/// Whose inbox passes to whom with a fact: what was addressed to a guest is the person's who claimed them.
pub fn inbox_passes(event: &Event) -> Option<(&AccountId, &AccountId)> {
    match event {
        Event::Guest(GuestEvent::Claimed { guest, by }) => Some((guest, by)),
        _ => None,
    }
}

/// Whose orders ordering forgets with a fact, each by [`crate::ordering::OrderEvent::Erased`].
pub fn forgets(event: &Event) -> Option<&AccountId> {
    match event {
        Event::Person(PersonEvent::Erased { person, .. }) => Some(person),
        _ => None,
    }
}

fn named_by_order(happened: &Happened<'_>, key: fn(OrderId) -> Key) -> Vec<Key> {
    order_of(happened).map(key).into_iter().collect()
}

/// A service forgets what its row says of the customer, where it has one.
fn erase_in(happened: &Happened<'_>, rows: Rows<'_>, key: fn(OrderId) -> Key, event: Event) -> Vec<(Key, Event)> {
    let there = named_by_order(happened, key).into_iter().filter(|key| rows(key).is_some());
    there.map(|key| (key, event.clone())).collect()
}

fn order<'a>(happened: &Happened<'a>) -> Option<&'a Order> {
    happened.row.and_then(Row::as_order)
}

/// The order that a fact is about, whoever told it.
fn order_of(happened: &Happened<'_>) -> Option<OrderId> {
    about(happened.key, Some(happened.event))
}

/// The order that something which happened to the row `key` is about; none where it is about no order, or about many. A tab is
/// none: its name is its house's to mint, and must not come into the story of another house's order.
pub fn about(key: &Key, event: Option<&Event>) -> Option<OrderId> {
    match event {
        Some(Event::Menu(
            MenuEvent::StockTaken { order, .. }
            | MenuEvent::StockReturned { order, .. }
            | MenuEvent::StockUsedUp { order },
        )) => Some(*order),
        Some(Event::StockShort { order, .. } | Event::Guest(GuestEvent::Ordered { order, .. })) => Some(*order),
        Some(Event::Person(PersonEvent::Ordered { order, .. } | PersonEvent::OrderEnded { order, .. })) => Some(*order),
        Some(Event::Zone(event)) => event.order(),
        _ if NAMED_BY_ORDER.contains(&key.kind()) => key.id().parse().ok().map(OrderId),
        _ => None,
    }
}

/// The kinds of rows that have an order's name.
const NAMED_BY_ORDER: [&str; 9] =
    ["order", "ticket", "payment", "secure", "settle", "arrange", "offer", "delivery", "case"];

fn tab<'a>(happened: &Happened<'a>) -> Option<&'a Tab> {
    happened.row.and_then(Row::as_tab)
}

fn process<'a>(happened: &Happened<'a>) -> Option<&'a Process> {
    happened.row.and_then(Row::as_process)
}
