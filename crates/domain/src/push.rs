//! What somebody is told while no page of theirs is open: that something happened to one order, and nothing of who is in it.
//!
//! [`of`] is the whole table: which fact is worth a notification, and whose it is. Whether they want it is their choice, by [`Topic`];
//! the words are their device's, in their language.

use sync::{AccountId, Millis};

use crate::delivery::OfferEvent;
use crate::delivery::offer::OPEN_FOR_MS;
use crate::kitchen::TicketEvent;
use crate::ordering::{Cancelled, Destination, Order, OrderEvent, Status};
use crate::trade::{Event, Row};
use crate::{OrderId, RestaurantId};

const MINUTE_MS: Millis = 60_000;

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The kitchen said yes.
    Accepted,
    /// The meal waits for its customer.
    Ready,
    /// The meal is on its way to them.
    OnItsWay,
    /// A driver has brought it.
    Delivered,
    /// The kitchen has been silent for long; the order may be taken back.
    Late,
    /// It ended early.
    Cancelled,
    /// It ended because the kitchen never said yes or no.
    NoAnswer,
    /// They asked to cancel, and the kitchen had begun.
    Kept,
    /// To a kitchen: an order waits for a yes or a no.
    NewOrder,
    /// To a driver: a meal waits for a yes or a no.
    Offer,
}

/// What one may choose to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// That the kitchen said yes.
    Accepted,
    /// That a meal is ready, or on its way.
    Ready,
    /// That it was brought.
    Delivered,
    /// That an order ended early, or may.
    Trouble,
    /// A kitchen's new orders.
    NewOrder,
    /// A driver's offers.
    Offer,
}

/// Whose it is to hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// One person's.
    Account(AccountId),
    /// All of a restaurant's staff.
    Staff(RestaurantId),
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub notice: Notice,
    /// To whom.
    pub to: Whom,
    /// Of which order.
    pub order: OrderId,
}

impl Notice {
    /// Its name on the wire; the service worker has the words for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Ready => "ready",
            Self::OnItsWay => "on-its-way",
            Self::Delivered => "delivered",
            Self::Late => "late",
            Self::Cancelled => "cancelled",
            Self::NoAnswer => "no-answer",
            Self::Kept => "kept",
            Self::NewOrder => "new-order",
            Self::Offer => "offer",
        }
    }

    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Accepted,
        Self::Ready,
        Self::OnItsWay,
        Self::Delivered,
        Self::Late,
        Self::Cancelled,
        Self::NoAnswer,
        Self::Kept,
        Self::NewOrder,
        Self::Offer,
    ];

    /// What it belongs to.
    pub fn topic(self) -> Topic {
        match self {
            Self::Accepted => Topic::Accepted,
            Self::Ready | Self::OnItsWay => Topic::Ready,
            Self::Delivered => Topic::Delivered,
            Self::Late | Self::Cancelled | Self::NoAnswer | Self::Kept => Topic::Trouble,
            Self::NewOrder => Topic::NewOrder,
            Self::Offer => Topic::Offer,
        }
    }

    /// How long it is worth saying, in milliseconds: past it, it is not true any more, or no help.
    pub fn worth_for_ms(self) -> Millis {
        match self {
            // Whoever waits for a meal wants to know within the time that it takes.
            Self::Accepted | Self::Ready | Self::OnItsWay => 60 * MINUTE_MS,
            Self::Delivered => 4 * 60 * MINUTE_MS,
            // The order ends by itself five minutes later.
            Self::Late => 5 * MINUTE_MS,
            // That there is no meal is to be known the next morning, too.
            Self::Cancelled | Self::NoAnswer | Self::Kept => 24 * 60 * MINUTE_MS,
            // A kitchen that says nothing for a quarter of an hour has lost the order.
            Self::NewOrder => 15 * MINUTE_MS,
            Self::Offer => OPEN_FOR_MS,
        }
    }

    /// Whether somebody has to do something about it now, so that a phone that sleeps is to be woken.
    pub fn is_urgent(self) -> bool {
        !matches!(self, Self::Accepted | Self::Delivered)
    }
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Accepted, Self::Ready, Self::Delivered, Self::Trouble, Self::NewOrder, Self::Offer];

    /// A customer's.
    pub const CUSTOMER: &[Self] = &[Self::Accepted, Self::Ready, Self::Delivered, Self::Trouble];

    /// A kitchen's.
    pub const KITCHEN: &[Self] = &[Self::NewOrder];

    /// A driver's.
    pub const DRIVER: &[Self] = &[Self::Offer];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Ready => "ready",
            Self::Delivered => "delivered",
            Self::Trouble => "trouble",
            Self::NewOrder => "new-order",
            Self::Offer => "offer",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}

/// The kinds of facts that may be told of.
pub const HEARD: [&str; 6] =
    ["order-status-changed", "order-lateness-noted", "order-cancelled", "order-kept", "ticket-opened", "offer-made"];

/// What is told of a fact, after which its row stands like that; nothing of almost all.
pub fn of(event: &Event, row: &Row) -> Option<Told> {
    match (event, row) {
        (Event::Order(event), Row::Order(order)) => {
            let to = Whom::Account(order.customer.clone());
            Some(Told { notice: of_order(event, order)?, to, order: order.id })
        }
        (Event::Ticket(TicketEvent::Opened(_)), Row::Ticket(ticket)) => {
            Some(Told { notice: Notice::NewOrder, to: Whom::Staff(ticket.restaurant.clone()), order: ticket.order })
        }
        (Event::Offer(OfferEvent::Made(_)), Row::Offer(offer)) => {
            Some(Told { notice: Notice::Offer, to: Whom::Account(offer.driver.clone()), order: offer.order })
        }
        _ => None,
    }
}

fn of_order(event: &OrderEvent, order: &Order) -> Option<Notice> {
    match event {
        OrderEvent::Promised { .. } => reached(Status::Received, order),
        OrderEvent::Reached(step) => reached(step.status, order),
        OrderEvent::Late => (order.status == Status::Submitted).then_some(Notice::Late),
        OrderEvent::CancellationRefused(_) => Some(Notice::Kept),
        // A second word of an end changes nothing, and is not told.
        OrderEvent::Ended { at, why } if order.ended_at() == Some(*at) && order.ended.as_ref() == Some(why) => {
            Some(if *why == Cancelled::NoAnswer { Notice::NoAnswer } else { Notice::Cancelled })
        }
        _ => None,
    }
}

/// What is told where an order has just come as far as `status`. What was reported late, and is behind it already, is no news.
fn reached(status: Status, order: &Order) -> Option<Notice> {
    let is_collected = order.destination == Destination::Collect;
    match status {
        _ if order.status != status => None,
        Status::Received => Some(Notice::Accepted),
        Status::Prepared if is_collected => Some(Notice::Ready),
        // Whom the restaurant itself brings it, it has left the house for.
        Status::HandedOver if !is_collected && !order.is_dispatched() => Some(Notice::OnItsWay),
        Status::PickedUp => Some(Notice::OnItsWay),
        Status::Delivered => Some(Notice::Delivered),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ordering::{Contact, Dispatch, Step};
    use crate::payment::{Method, Paid};
    use crate::{Currency, Money};

    fn order(destination: Destination, status: Status) -> Order {
        Order {
            wanted: None,
            id: OrderId(Uuid::from_u128(7)),
            customer: "ada".into(),
            restaurant: "lucciola".into(),
            restaurant_name: "Lucciola".into(),
            lines: vec![],
            total: Money::new(900, Currency::EUR),
            tip: None,
            destination,
            contact: Contact::default(),
            note: "".into(),
            pays: Method::AtHandOver,
            paid: Paid::default(),
            refunded: None,
            dispatch: None,
            status,
            confirmed: true,
            number: Some(1),
            ready_at: None,
            is_late: false,
            has_driver: false,
            cancel_asked: false,
            cancel_reason: "".into(),
            ended: None,
            proofs: vec![],
            steps: vec![Step { status, at: 5 }],
            is_put_away: false,
        }
    }

    fn told(event: OrderEvent, order: &Order) -> Option<Notice> {
        let told = of(&Event::Order(event), &Row::Order(order.clone()))?;
        assert_eq!((told.to, told.order), (Whom::Account("ada".into()), order.id));
        Some(told.notice)
    }

    #[test]
    fn a_customer_hears_of_what_they_wait_for_and_of_nothing_else() {
        let driver = |order: Order| {
            let dispatch = Dispatch { zone: "mitte".into(), kitchen: "Via 1".into(), kitchen_at: None };
            Order { dispatch: Some(dispatch), ..order }
        };
        let brought = || Destination::Deliver("Elm 1".into());
        let by_house = |status| order(brought(), status);
        for (order, wanted) in [
            (order(Destination::Collect, Status::Received), Some(Notice::Accepted)),
            (order(Destination::Collect, Status::Preparing), None),
            (order(Destination::Collect, Status::Prepared), Some(Notice::Ready)),
            (order(Destination::Collect, Status::HandedOver), None),
            (by_house(Status::Prepared), None),
            (by_house(Status::HandedOver), Some(Notice::OnItsWay)),
            (driver(by_house(Status::Prepared)), None),
            (driver(by_house(Status::PickedUp)), Some(Notice::OnItsWay)),
            (driver(by_house(Status::Delivered)), Some(Notice::Delivered)),
        ] {
            let step = Step { status: order.status, at: 5 };
            assert_eq!(told(OrderEvent::Reached(step), &order), wanted, "{:?} {:?}", order.status, order.dispatch);
        }
        let late = Step { status: Status::Received, at: 4 };
        let ready = order(Destination::Collect, Status::Prepared);
        assert_eq!(told(OrderEvent::Reached(late), &ready), None, "it is behind that already");
    }

    #[test]
    fn an_order_that_ends_early_is_told_of_once_and_one_that_nobody_answered_by_its_own_word() {
        let ended = |why: Cancelled| Order { ended: Some(why), ..order(Destination::Collect, Status::Cancelled) };
        for (why, wanted) in [
            (Cancelled::NoAnswer, Notice::NoAnswer),
            (Cancelled::ByCustomer, Notice::Cancelled),
            (Cancelled::ByRestaurant("the oven broke".into()), Notice::Cancelled),
            (Cancelled::NoDriver, Notice::Cancelled),
        ] {
            assert_eq!(told(OrderEvent::Ended { at: 5, why: why.clone() }, &ended(why)), Some(wanted));
        }
        let again = OrderEvent::Ended { at: 9, why: Cancelled::NoDriver };
        assert_eq!(told(again, &ended(Cancelled::NoAnswer)), None);
        let waits = order(Destination::Collect, Status::Submitted);
        assert_eq!(told(OrderEvent::Late, &waits), Some(Notice::Late));
        assert_eq!(told(OrderEvent::Late, &ended(Cancelled::NoAnswer)), None);
        assert_eq!(told(OrderEvent::CancellationRefused(Status::Preparing), &waits), Some(Notice::Kept));
    }

    #[test]
    fn every_notice_belongs_to_a_choice_that_somebody_has_and_names_are_no_other_s() {
        for notice in Notice::ALL {
            let offered = [Topic::CUSTOMER, Topic::KITCHEN, Topic::DRIVER].concat();
            assert!(offered.contains(&notice.topic()), "{notice:?}");
            assert_eq!(Notice::ALL.into_iter().filter(|other| other.name() == notice.name()).count(), 1);
        }
        for topic in Topic::ALL {
            assert_eq!(Topic::named(topic.name()), Some(topic));
        }
        assert_eq!(Topic::named("weather"), None);
    }

    #[test]
    fn the_kinds_that_are_heard_are_kinds_of_facts() {
        let all: Vec<_> = crate::Service::ALL.into_iter().flat_map(crate::fact::names).collect();
        assert!(HEARD.iter().all(|kind| all.contains(kind)));
    }
}
