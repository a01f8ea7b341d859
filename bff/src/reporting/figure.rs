//! What of a fact is a figure: the rules, each pure, and the day on which an order counts.

use domain::dining::Tab;
use domain::id::{order_key, tab_key};
use domain::ordering::{Order, Status};
use domain::payment::Paid;
use domain::trade::Row;
use domain::{Currency, RestaurantId, Trade};
use flow::pipeline::{Pipeline, Rule};
use sync::{Key, Millis, Version};

use crate::ledger::Fact;
use crate::paper::row;

/// From the hub to the books.
pub(super) const FIGURES: Pipeline<Trade, Made> = Pipeline {
    name: "reporting",
    rules: &[
        Rule { id: "zone", on: &["restaurant-described"], map: zone },
        Rule {
            id: "order",
            on: &[
                "order-submitted",
                "order-status-changed",
                "order-cancelled",
                "order-payment-noted",
                "order-refund-noted",
            ],
            map: order,
        },
        Rule { id: "table", on: &["bill-paid", "bill-given-back"], map: table },
    ],
};

/// What is made of a fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Made {
    Zone(Zone),
    Counted(Counted),
}

/// Where a restaurant's days begin and end, from a moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    pub(super) restaurant: RestaurantId,
    pub(super) since: Millis,
    pub(super) zone: String,
}

/// An order as far as figures go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// The order's row, or the tab's: a name that another house may have minted, too, is no name of both.
    pub(super) order: Key,
    pub(super) version: Version,
    pub(super) restaurant: RestaurantId,
    pub(super) placed_at: Millis,
    pub(super) currency: Currency,
    /// The restaurant said yes, whatever came of it.
    pub(super) accepted: bool,
    /// It said no, or took its yes back.
    pub(super) refused: bool,
    /// It ended early by anybody else's word.
    pub(super) cancelled: bool,
    /// Whoever fetched it has it, or the restaurant's own people brought it.
    pub(super) handed_over: bool,
    /// A driver brought it.
    pub(super) delivered: bool,
    /// What was paid for what was ordered, in minor units.
    pub(super) goods: i64,
    /// The tip beside it.
    pub(super) tips: i64,
    /// What was given back of both.
    pub(super) refunds: i64,
}

/// What a unit is the last of: an order has one row, a restaurant a zone from each moment on.
pub(super) fn key(fact: &Fact, made: &Made) -> (Key, Option<Millis>) {
    let since = match made {
        Made::Zone(zone) => Some(zone.since),
        Made::Counted(_) => None,
    };
    (fact.key.clone(), since)
}

fn zone(fact: &Fact) -> Option<Made> {
    let (Row::Restaurant(restaurant), _) = row(fact)? else { return None };
    Some(Made::Zone(Zone { restaurant: restaurant.id.clone(), since: fact.at, zone: restaurant.zone.clone() }))
}

fn order(fact: &Fact) -> Option<Made> {
    let (Row::Order(order), version) = row(fact)? else { return None };
    Some(Made::Counted(counted(order, version, fact.at)))
}

fn table(fact: &Fact) -> Option<Made> {
    let (Row::Tab(tab), version) = row(fact)? else { return None };
    seated(tab, version).map(Made::Counted)
}

/// What was eaten in the house, or bought at the counter, from the moment in which it was paid: until then it is no order yet.
pub(super) fn seated(tab: &Tab, version: Version) -> Option<Counted> {
    let settlement = tab.settlement.as_ref()?;
    Some(Counted {
        order: tab_key(tab.id),
        version,
        restaurant: tab.restaurant.clone(),
        placed_at: tab.opened_at,
        currency: settlement.paid.currency,
        accepted: true,
        refused: false,
        cancelled: false,
        handed_over: true,
        delivered: false,
        goods: settlement.paid.minor,
        tips: settlement.tip.map_or(0, |tip| tip.minor),
        refunds: settlement.given_back.map_or(0, |back| back.minor),
    })
}

pub(super) fn counted(order: &Order, version: Version, at: Millis) -> Counted {
    let tips = order.tip.map_or(0, |tip| tip.minor);
    let paid = if is_paid_for(order) { order.total.minor } else { 0 };
    let said_yes = |status| {
        !matches!(status, Status::Submitted | Status::Cancelled | Status::Rejected) // All others come after a yes.
    };
    Counted {
        order: order_key(order.id),
        version,
        restaurant: order.restaurant.clone(),
        placed_at: order.steps.first().map_or(at, |step| step.at),
        currency: order.total.currency,
        accepted: order.steps.iter().any(|step| said_yes(step.status)),
        refused: order.status == Status::Rejected,
        cancelled: order.status == Status::Cancelled,
        handed_over: order.status == Status::HandedOver,
        delivered: order.status == Status::Delivered,
        goods: (paid - tips).max(0),
        tips: tips.min(paid),
        refunds: order.refunded.map_or(0, |refunded| refunded.minor),
    }
}

/// Whether its money has come: a card's when it is charged, which it also is for what was brought in vain; all other when the meal
/// changes hands.
fn is_paid_for(order: &Order) -> bool {
    if order.pays.is_at_hand_over() { order.status.is_eaten() } else { order.paid == Paid::Charged }
}
