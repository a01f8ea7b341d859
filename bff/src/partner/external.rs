//! What partners are told: events with versions, in words that stay while our facts change.
//!
//! [`LEAVES`] is the whole list; what is not in it never leaves. A mapping is pure, names every field that goes out, and takes
//! no more of a customer than a kitchen needs. A field may be added to a version; one that changes its meaning or goes makes
//! the next version, sent beside the old one until nobody reads that any more.

use domain::ordering::{Cancelled, Destination, Line, Order, OrderEvent, Status, Step};
use domain::trade::{Event, Row};
use serde::Serialize;
use sync::protocol::Body;
use sync::{Millis, Personal};
use uuid::Uuid;

use super::time;
use crate::ledger::Fact;

/// By which events' ids are made; never changed, because partners know events by their ids.
const NAMESPACE: Uuid = Uuid::from_u128(0x8c1f_5e0a_52f6_4b5e_9d31_0b7a_1c5e_77d1);

/// A kind of fact, the event that partners are told of it, and how the one becomes the other.
pub(super) struct Leaves {
    /// Our own name.
    pub(super) on: &'static str,
    /// The name outside, with its version.
    pub(super) tells: &'static str,
    data: fn(&OrderEvent, &Order) -> Option<Data>,
}

/// Everything that leaves. All of it is told by ordering, of one row, so that what is told of an order has one order.
pub(super) const LEAVES: &[Leaves] = &[
    leaves("order-numbered", "carryout.order.placed.v1", placed),
    leaves("order-status-changed", "carryout.order.accepted.v1", accepted),
    leaves("order-status-changed", "carryout.order.handed_over.v1", handed_over),
    leaves("order-cancelled", "carryout.order.cancelled.v1", cancelled),
];

const fn leaves(on: &'static str, tells: &'static str, data: fn(&OrderEvent, &Order) -> Option<Data>) -> Leaves {
    Leaves { on, tells, data }
}

/// An event on its way to a partner.
#[derive(Debug, Serialize)]
pub(super) struct External<'a> {
    id: Uuid,
    #[serde(rename = "type")]
    tells: &'static str,
    version: u32,
    created: String,
    restaurant: &'a str,
    data: &'a Data,
}

/// What an event says of its order.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Data {
    Placed(Box<Placed>),
    Accepted(Accepted),
    HandedOver(HandedOver),
    Cancelled(Ended),
}

/// The kitchen is to cook this.
#[derive(Debug, Serialize)]
struct Placed {
    order: String,
    number: u32,
    placed_at: String,
    /// When the customer wants it, where that is not as soon as possible, and when the kitchen is to have it ready for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ready_by: Option<String>,
    lines: Vec<Dish>,
    total_minor: i64,
    /// How much of that is a tip.
    #[serde(skip_serializing_if = "Option::is_none")]
    tip_minor: Option<i64>,
    currency: String,
    paid_by: &'static str,
    handover: &'static str,
    customer: Customer,
    note: Personal,
}

#[derive(Debug, Serialize)]
struct Dish {
    item: String,
    name: String,
    quantity: u32,
    unit_minor: i64,
    options: Vec<Picked>,
    note: Personal,
}

#[derive(Debug, Serialize)]
struct Picked {
    group: String,
    option: String,
    name: String,
    adds_minor: i64,
}

/// Whom to call out or to ring. The address is there where the restaurant itself brings the meal.
#[derive(Debug, Serialize)]
struct Customer {
    name: Personal,
    phone: Personal,
    address: Personal,
}

#[derive(Debug, Serialize)]
struct Accepted {
    order: String,
    number: u32,
    ready_at: String,
}

#[derive(Debug, Serialize)]
struct HandedOver {
    order: String,
    number: u32,
    handed_over_at: String,
    to: &'static str,
}

#[derive(Debug, Serialize)]
struct Ended {
    order: String,
    number: u32,
    cancelled_at: String,
    reason: &'static str,
}

/// What a fact tells partners, before it is known which.
pub(super) struct Told<'a> {
    pub(super) order: &'a Order,
    pub(super) tells: &'static str,
    fact: Uuid,
    at: Millis,
    data: Data,
}

/// What partners are told of `fact`; nothing of almost all.
pub(super) fn of(fact: &Fact) -> Option<Told<'_>> {
    let (Some(Event::Order(event)), Some(entity)) = (&fact.event, &fact.entity) else { return None };
    let Some(Body::Row(Row::Order(order))) = &entity.body else { return None };
    let mut rows = LEAVES.iter().filter(|row| row.on == fact.kind);
    let (tells, data) = rows.find_map(|row| Some((row.tells, (row.data)(event, order)?)))?;
    Some(Told { order, tells, fact: fact.id, at: fact.at, data })
}

impl Told<'_> {
    /// The event for one partner. The same fact makes the same event for the same partner.
    pub(super) fn to<'a>(&'a self, partner: &str) -> External<'a> {
        External {
            id: Uuid::new_v5(&NAMESPACE, format!("{}/{partner}", self.fact).as_bytes()),
            tells: self.tells,
            version: version(self.tells),
            created: time(self.at),
            restaurant: &self.order.restaurant.0,
            data: &self.data,
        }
    }
}

impl External<'_> {
    /// Its name, the same at every try.
    pub(super) fn id(&self) -> Uuid {
        self.id
    }
}

/// The version that an event's name ends with.
fn version(tells: &str) -> u32 {
    tells.rsplit_once(".v").and_then(|(_, version)| version.parse().ok()).unwrap_or_default()
}

// ---- what each says --------------------------------------------------------------------------------------------------

/// When its portions are held, its money is had, and it has its number on the board: what was only wanted is not cooked.
fn placed(event: &OrderEvent, order: &Order) -> Option<Data> {
    let OrderEvent::Numbered(number) = event else { return None };
    if order.status.is_final() {
        return None;
    }
    let (handover, address) = match &order.destination {
        Destination::Collect => ("collect", Personal::default()),
        Destination::Deliver(_) if order.is_dispatched() => ("driver", Personal::default()),
        Destination::Deliver(address) => ("deliver", address.clone()),
    };
    Some(Data::Placed(Box::new(Placed {
        order: order.id.to_string(),
        number: *number,
        placed_at: time(order.steps.first().map_or(0, |step| step.at)),
        wanted_at: order.wanted.map(|wanted| time(wanted.at)),
        ready_by: order.wanted.map(|wanted| time(wanted.ready_by)),
        lines: order.lines.iter().map(dish).collect(),
        total_minor: order.total.minor,
        tip_minor: order.tip.map(|tip| tip.minor),
        currency: order.total.currency.code().to_owned(),
        paid_by: if order.pays.is_at_hand_over() { "at-hand-over" } else { "card" },
        handover,
        customer: Customer { name: order.contact.name.clone(), phone: order.contact.phone.clone(), address },
        note: order.note.clone(),
    })))
}

fn dish(line: &Line) -> Dish {
    let picked = |choice: &domain::ordering::Choice| Picked {
        group: choice.group.to_string(),
        option: choice.option.to_string(),
        name: choice.name.clone(),
        adds_minor: choice.adds.minor,
    };
    Dish {
        item: line.item.to_string(),
        name: line.name.clone(),
        quantity: line.quantity,
        unit_minor: line.unit.minor,
        options: line.choices.iter().map(picked).collect(),
        note: line.note.clone(),
    }
}

/// Where a driver was quicker than the board, nothing is accepted any more.
fn accepted(event: &OrderEvent, order: &Order) -> Option<Data> {
    let OrderEvent::Promised { ready_at, .. } = event else { return None };
    let is_news = order.status == Status::Received;
    is_news.then_some(())?;
    Some(Data::Accepted(Accepted { order: order.id.to_string(), number: order.number?, ready_at: time(*ready_at) }))
}

fn handed_over(event: &OrderEvent, order: &Order) -> Option<Data> {
    let OrderEvent::Reached(step @ Step { status: Status::PickedUp | Status::HandedOver, at }) = event else {
        return None;
    };
    let is_news = order.steps.last() == Some(step);
    is_news.then_some(())?;
    let to = if step.status == Status::PickedUp { "driver" } else { "customer" };
    let handed_over_at = time(*at);
    Some(Data::HandedOver(HandedOver { order: order.id.to_string(), number: order.number?, handed_over_at, to }))
}

/// Only of what has a number: of the others nobody outside has heard.
fn cancelled(event: &OrderEvent, order: &Order) -> Option<Data> {
    let OrderEvent::Ended { at, why } = event else { return None };
    let cancelled_at = time(*at);
    Some(Data::Cancelled(Ended {
        order: order.id.to_string(),
        number: order.number?,
        cancelled_at,
        reason: reason(why),
    }))
}

/// Why, in a word that stays; never in anybody's own words.
fn reason(why: &Cancelled) -> &'static str {
    match why {
        Cancelled::ByCustomer => "by-customer",
        Cancelled::ByRestaurant(_) => "by-restaurant",
        Cancelled::SoldOut(_) => "sold-out",
        Cancelled::NotPaid(_) => "not-paid",
        Cancelled::NoAnswer => "no-answer",
        Cancelled::NoDriver => "no-driver",
        // Partners are told no more than that it was not: who pays is between us and the customer.
        Cancelled::NotDelivered(_) | Cancelled::NobodyThere(_) => "not-delivered",
    }
}

#[cfg(test)]
mod tests;
