//! An order, from a placed cart to a handed-over meal.
//!
//! An order only moves forward; what moved it is an [`OrderEvent`]. The customer's commands are decided here; what the
//! kitchen and the stock say arrives as events that follow from theirs ([`crate::rules`]).

use serde::{Deserialize, Serialize};
use sync::{AccountId, Known, Millis, Personal};

use super::price::{self, LineChange};
use super::slot::{self, Untimely, Wanted};
use crate::catalog::restaurant::Openness;
use crate::catalog::{Menu, Restaurant};
use crate::delivery::{Place, Proof, proof};
use crate::id::{GroupId, OptionId, ZoneId};
use crate::kitchen::ticket::REASON_CHARS_MAX;
use crate::payment::{Card, Method, Paid};
use crate::{ItemId, Money, OrderId, RestaurantId, personal};

/// The most lines of one order: a large office's lunch. More is not a person ordering.
pub const LINES_MAX: usize = 100;

/// The most of one line.
pub const QUANTITY_MAX: u32 = 99;

/// The longest note, name, telephone number or address, in characters.
pub const TEXT_CHARS_MAX: usize = 300;

/// The largest tip, in percent of what the dishes cost: more is a slip of the thumb.
pub const TIP_PERCENT_MAX: u8 = 50;

/// How long after the tap an order is still wanted, in milliseconds: two hours, after which hunger has gone elsewhere.
pub const PLACE_VALID_FOR_MS: u64 = 2 * 60 * 60 * 1000;

/// An order as its customer sees it: a copy of what was agreed, which later menu edits do not change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Which one.
    pub id: OrderId,
    /// Whose.
    pub customer: AccountId,
    /// From where.
    pub restaurant: RestaurantId,
    /// The restaurant's name when it was placed.
    pub restaurant_name: String,
    /// What.
    pub lines: Vec<Line>,
    /// What it costs, with the tip.
    pub total: Money,
    /// How much of that is a tip: for who brings it, or for the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<Money>,
    /// How it gets to the customer.
    pub destination: Destination,
    /// Whom to call.
    pub contact: Contact,
    /// A word to the kitchen.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub note: Personal,
    /// How it is paid.
    #[serde(default, skip_serializing_if = "Method::is_at_hand_over")]
    pub pays: Method,
    /// What has become of the money, where a card pays.
    #[serde(default, skip_serializing_if = "Paid::is_not_yet")]
    pub paid: Paid,
    /// What of it was given back in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunded: Option<Money>,
    /// Who brings it, where that is not the restaurant's own affair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispatch: Option<Dispatch>,
    /// When it is wanted; none: as soon as possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Wanted>,
    /// Where it stands.
    pub status: Status,
    /// Its portions are held and its money is reserved: the kitchen may have it.
    #[serde(default)]
    pub confirmed: bool,
    /// The kitchen's number for it, gap-free a restaurant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// When the kitchen means to have it ready, by the server's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<Millis>,
    /// The kitchen has said nothing for so long that the customer was told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_late: bool,
    /// A driver is found who brings it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_driver: bool,
    /// The customer has asked to cancel and the kitchen has not answered yet.
    #[serde(default)]
    pub cancel_asked: bool,
    /// Why they asked, in their words; may be empty.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub cancel_reason: Personal,
    /// Why it ended, where it did not end well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Cancelled>,
    /// What proves how it ended at the door.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
    /// Each status with the time it was reached, oldest first.
    pub steps: Vec<Step>,
    /// It is over for so long that no screen shows it any more ([`crate::put_away`]).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_put_away: bool,
}

/// A dish of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Which dish.
    pub item: ItemId,
    /// Its name as it was shown.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// With what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// The price of one with its choices, as it was shown.
    pub unit: Money,
    /// A word to the cook.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub note: Personal,
}

/// A chosen option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Of which group.
    pub group: GroupId,
    /// Which.
    pub option: OptionId,
    /// Its name as it was shown.
    pub name: String,
    /// What it added, as it was shown; part of the line's unit price.
    pub adds: Money,
}

/// How a meal gets to its customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Destination {
    /// The customer fetches it.
    Collect,
    /// It is brought to this address.
    Deliver(Personal),
}

/// What a driver has to know of the kitchen, as it was when the order was placed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispatch {
    /// Where drivers are looked for.
    pub zone: ZoneId,
    /// The kitchen's address, on one line.
    pub kitchen: String,
    /// Where that is on a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kitchen_at: Option<Place>,
}

/// Whom the kitchen calls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// A name to call out.
    pub name: Personal,
    /// A telephone number; may be empty.
    #[serde(default)]
    pub phone: Personal,
}

impl Order {
    /// Whether a driver brings it who is not the restaurant's own.
    pub fn is_dispatched(&self) -> bool {
        self.dispatch.is_some()
    }

    /// When it ended; nothing while it is under way.
    pub fn ended_at(&self) -> Option<Millis> {
        self.steps.last().filter(|_| self.status.is_final()).map(|step| step.at)
    }
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The server has it, the kitchen has not said yes.
    Submitted,
    /// The kitchen said yes.
    Received,
    /// It is being cooked.
    Preparing,
    /// It is ready.
    Prepared,
    /// The driver has it.
    PickedUp,
    /// The customer has it, or whoever of the restaurant's own brings it.
    HandedOver,
    /// A driver has brought it.
    Delivered,
    /// It was cancelled.
    Cancelled,
    /// The restaurant said no.
    Rejected,
}

impl Status {
    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::Preparing => "preparing",
            Self::Prepared => "prepared",
            Self::PickedUp => "picked-up",
            Self::HandedOver => "handed-over",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
            Self::Rejected => "rejected",
        }
    }

    /// Whether its customer has the meal, or will without anybody's help: it is paid for.
    pub fn is_eaten(self) -> bool {
        matches!(self, Self::HandedOver | Self::Delivered)
    }

    /// Whether nothing more happens to it.
    pub fn is_final(self) -> bool {
        matches!(self, Self::HandedOver | Self::Delivered | Self::Cancelled | Self::Rejected)
    }
}

/// A status and when it was reached, by the server's clock (by the device's in a forecast).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Step {
    pub status: Status,
    pub at: Millis,
}

/// Why an order ended early.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cancelled {
    /// Its customer took it back.
    ByCustomer,
    /// The restaurant refused it, for this reason.
    ByRestaurant(Personal),
    /// The last portions of these dishes went to somebody else in the same moment.
    SoldOut(Vec<ItemId>),
    /// The money could not be had, for this reason.
    NotPaid(String),
    /// The kitchen never said yes or no.
    NoAnswer,
    /// No driver could be found.
    NoDriver,
    /// The driver could not bring it, for this reason.
    NotDelivered(Personal),
    /// The driver was at the door, and nobody took it.
    NobodyThere(Personal),
}

impl Cancelled {
    /// Whether it ended after the meal had left its kitchen.
    pub(crate) fn is_on_the_way(&self) -> bool {
        matches!(self, Self::NotDelivered(_) | Self::NobodyThere(_))
    }

    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ByCustomer => "by-customer",
            Self::ByRestaurant(_) => "by-restaurant",
            Self::SoldOut(_) => "sold-out",
            Self::NotPaid(_) => "not-paid",
            Self::NoAnswer => "no-answer",
            Self::NoDriver => "no-driver",
            Self::NotDelivered(_) => "not-delivered",
            Self::NobodyThere(_) => "nobody-there",
        }
    }
}

/// What a customer may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderCommand {
    /// Order what is in the cart.
    Place(Box<PlaceOrder>),
    /// Take the order back, if the kitchen has not begun.
    Cancel {
        /// Which.
        order: OrderId,
        /// Why, in the customer's words; may be empty. The kitchen reads it.
        #[serde(default, skip_serializing_if = "Personal::is_empty")]
        reason: Personal,
    },
}

/// A cart with everything the kitchen needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceOrder {
    /// The order's name, made at the tap. A held order that is sent again keeps it.
    pub order: OrderId,
    /// From where.
    pub restaurant: RestaurantId,
    /// What, at the prices that were shown.
    pub lines: Vec<Line>,
    /// How it gets to the customer.
    pub destination: Destination,
    /// Whom to call.
    pub contact: Contact,
    /// A word to the kitchen.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub note: Personal,
    /// How it is paid.
    #[serde(default, skip_serializing_if = "Method::is_at_hand_over")]
    pub pays: Method,
    /// A tip, in percent of what the dishes cost, by card; cash is given by hand.
    #[serde(default, skip_serializing_if = "is_no_tip")]
    pub tip_percent: u8,
    /// The beginning of the slot in which it is wanted, by the server's clock; none: as soon as possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Millis>,
}

fn is_no_tip(percent: &u8) -> bool {
    *percent == 0
}

impl PlaceOrder {
    /// What it costs as it was shown, with the tip; nothing for no lines, or for lines in several currencies.
    pub fn total(&self) -> Option<Money> {
        let dishes = price::total(&self.lines)?;
        Some(price::tip(dishes, self.tip_percent).map_or(dishes, |tip| dishes.plus(tip)))
    }
}

/// What happened to an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderEvent {
    /// It was placed.
    Submitted(Box<Order>),
    /// Its portions are held and its money is reserved; the kitchen may have it.
    Confirmed,
    /// Something became of its money.
    Paid(Paid),
    /// So much of its money was given back in all.
    Refunded(Money),
    /// The kitchen has it on its board, under this number.
    Numbered(u32),
    /// The kitchen has been silent for too long.
    Late,
    /// A driver was found, or is not there any more.
    DriverFound(bool),
    /// It reached a status.
    Reached(Step),
    /// The kitchen said yes, and when it will be ready.
    Promised {
        /// When it said so.
        at: Millis,
        /// When it means to be ready.
        ready_at: Millis,
    },
    /// The customer asked to cancel.
    CancellationRequested,
    /// The customer asked to cancel, and said why.
    CancellationRequestedBecause(Personal),
    /// The kitchen had begun, and this is how far it had come: the order stays.
    CancellationRefused(Status),
    /// It ended early.
    Ended {
        /// When.
        at: Millis,
        /// Why.
        why: Cancelled,
    },
    /// The driver has sent a proof of how it ended at the door.
    Proved(Proof),
    /// Its guest became a person, who has it from here on.
    Claimed {
        /// Who.
        by: AccountId,
    },
    /// Its customer is forgotten.
    Erased,
    /// It is over for so long that no screen shows it any more.
    PutAway,
}

/// Why the trade says no to a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderRefusal {
    /// Nothing is ordered.
    EmptyCart,
    /// A line, a text or a number that cannot be, in a sentence.
    Malformed(String),
    /// The menu is not as it was shown: nothing is charged before a yes.
    Changed {
        /// Which lines, and how.
        lines: Vec<LineChange>,
        /// The sum as it was shown.
        before: Money,
        /// The sum with the new prices and without what cannot be had; `None` if nothing is left.
        after: Option<Money>,
    },
    /// The restaurant takes no orders now.
    Closed {
        /// Minutes until it opens, where its hours tell.
        opens_in_min: Option<i64>,
        /// It is open still, and the meal would not be ready before it closes.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        last_orders_over: bool,
    },
    /// It cannot be had at the time at which it is wanted, and is not moved to another one.
    SlotGone {
        /// When it was wanted.
        wanted: Millis,
        /// Why that cannot be.
        why: Untimely,
        /// The next time that can be had, where there is one.
        next: Option<Millis>,
    },
    /// There is no such restaurant any more.
    NoSuchRestaurant,
    /// An order of this name is there already.
    AlreadyPlaced,
    /// There is no such order.
    NoSuchOrder,
    /// It is too late to cancel: it has come this far.
    TooLate(Status),
}

/// Decides for a customer.
pub(crate) fn decide(
    order: Option<&Order>,
    command: &OrderCommand,
    desk: &Desk<'_>,
) -> Result<Vec<OrderEvent>, OrderRefusal> {
    match command {
        OrderCommand::Place(_) if order.is_some() => Err(OrderRefusal::AlreadyPlaced),
        OrderCommand::Place(place) => Ok(vec![OrderEvent::Submitted(Box::new(self::place(place, desk)?))]),
        OrderCommand::Cancel { reason, .. } => {
            let order = order.ok_or(OrderRefusal::NoSuchOrder)?;
            if reason.is_longer_than(REASON_CHARS_MAX) {
                return Err(OrderRefusal::Malformed(format!("a reason has at most {REASON_CHARS_MAX} characters")));
            }
            match order.status {
                Status::Submitted | Status::Received if order.cancel_asked => Ok(vec![]),
                Status::Submitted | Status::Received => Ok(vec![match reason.trimmed() {
                    reason if reason.is_empty() => OrderEvent::CancellationRequested,
                    reason => OrderEvent::CancellationRequestedBecause(reason),
                }]),
                Status::Cancelled => Ok(vec![]),
                late => Err(OrderRefusal::TooLate(late)),
            }
        }
    }
}

/// What lies on the desk where an order is judged.
pub(crate) struct Desk<'a> {
    pub(crate) customer: &'a AccountId,
    pub(crate) now: Millis,
    pub(crate) restaurant: Known<Restaurant>,
    pub(crate) menu: Known<Menu>,
    pub(crate) utc_offset_min: &'a dyn Fn(&str, Millis) -> Option<i32>,
}

fn place(place: &PlaceOrder, desk: &Desk<'_>) -> Result<Order, OrderRefusal> {
    check_form(place)?;
    let before = price::total(&place.lines)
        .ok_or_else(|| OrderRefusal::Malformed("the lines of an order are in one currency".into()))?;
    let (restaurant_name, dispatch, wanted) = match &desk.restaurant {
        Known::Absent => return Err(OrderRefusal::NoSuchRestaurant),
        Known::Unknown => (String::new(), None, place.wanted.map(|at| Wanted::nowhere_known(at, is_brought(place)))),
        Known::Row(restaurant, _) => {
            let wanted = check_time(place, restaurant, desk)?;
            (restaurant.name.clone(), dispatch(restaurant, &place.destination), wanted)
        }
    };
    let mut lines = place.lines.clone();
    if let Known::Row(menu, _) = &desk.menu {
        let changed = price::changes(&place.lines, menu);
        if !changed.is_empty() {
            let after = price::total(&price::with_changes(&place.lines, &changed));
            return Err(OrderRefusal::Changed { lines: changed, before, after });
        }
        // A forged name on a cheap dish would be cooked as it reads.
        lines = price::in_the_menu_s_words(&place.lines, menu);
    }
    let tip = price::tip(before, place.tip_percent);
    Ok(Order {
        id: place.order,
        customer: desk.customer.clone(),
        restaurant: place.restaurant.clone(),
        restaurant_name,
        lines,
        total: tip.map_or(before, |tip| before.plus(tip)),
        tip,
        destination: place.destination.clone(),
        contact: place.contact.clone(),
        note: place.note.clone(),
        pays: place.pays.clone(),
        paid: Paid::NotYet,
        refunded: None,
        dispatch,
        wanted,
        status: Status::Submitted,
        confirmed: false,
        number: None,
        ready_at: None,
        is_late: false,
        has_driver: false,
        cancel_asked: false,
        cancel_reason: Personal::default(),
        ended: None,
        proofs: vec![],
        steps: vec![Step { status: Status::Submitted, at: desk.now }],
        is_put_away: false,
    })
}

/// Who brings it: a driver of the restaurant's zone, where it has one.
fn dispatch(restaurant: &Restaurant, destination: &Destination) -> Option<Dispatch> {
    let zone = restaurant.drivers.clone().filter(|_| matches!(destination, Destination::Deliver(_)))?;
    let kitchen_at = restaurant.geo.map(|(latitude, longitude)| Place(latitude, longitude));
    Some(Dispatch { zone, kitchen: restaurant.address.clone(), kitchen_at })
}

fn is_brought(place: &PlaceOrder) -> bool {
    matches!(place.destination, Destination::Deliver(_))
}

/// Whether it can be had when it is wanted. No order is moved to another time than the one that its customer said yes to.
fn check_time(place: &PlaceOrder, restaurant: &Restaurant, desk: &Desk<'_>) -> Result<Option<Wanted>, OrderRefusal> {
    let Some(at) = place.wanted else { return check_open(restaurant, desk).map(|()| None) };
    let kitchen = slot::Kitchen { restaurant, is_brought: is_brought(place), utc_offset_min: desk.utc_offset_min };
    match kitchen.judge(at, desk.now) {
        Ok(wanted) => Ok(Some(wanted)),
        Err(why) => Err(OrderRefusal::SlotGone { wanted: at, why, next: kitchen.next_after(at, desk.now) }),
    }
}

fn check_open(restaurant: &Restaurant, desk: &Desk<'_>) -> Result<(), OrderRefusal> {
    let closed = |opens_in_min, last_orders_over| Err(OrderRefusal::Closed { opens_in_min, last_orders_over });
    match restaurant.openness(desk.now, desk.utc_offset_min) {
        Openness::Open { .. } | Openness::NotKnown => Ok(()),
        Openness::ClosedForNow => closed(None, false),
        Openness::ClosedByHours { opens_in_min } => closed(opens_in_min, false),
        Openness::LastOrdersOver { opens_in_min } => closed(opens_in_min, true),
    }
}

/// What no restaurant could serve, whatever its menu says.
fn check_form(place: &PlaceOrder) -> Result<(), OrderRefusal> {
    let malformed = |what: String| Err(OrderRefusal::Malformed(what));
    if place.lines.is_empty() {
        return Err(OrderRefusal::EmptyCart);
    }
    if place.lines.len() > LINES_MAX {
        return malformed(format!("an order has at most {LINES_MAX} lines; this one has {}", place.lines.len()));
    }
    if let Some(line) = place.lines.iter().find(|line| !(1..=QUANTITY_MAX).contains(&line.quantity)) {
        return malformed(format!("{} of {:?}: order between 1 and {QUANTITY_MAX}", line.quantity, line.name));
    }
    if place.lines.iter().any(|line| line.unit.minor < 0) {
        return malformed("a price is not negative".into());
    }
    let address = match &place.destination {
        Destination::Collect => None,
        Destination::Deliver(address) if address.trimmed().is_empty() => {
            return malformed("a delivery needs an address".into());
        }
        Destination::Deliver(address) => Some(address),
    };
    if let Some(complaint) = place.pays.card().and_then(Card::complaint) {
        return malformed(complaint);
    }
    if place.tip_percent > TIP_PERCENT_MAX {
        return malformed(format!("a tip is at most {TIP_PERCENT_MAX} percent"));
    }
    if place.tip_percent > 0 && place.pays.is_at_hand_over() {
        return malformed("a tip by card needs a card".into());
    }
    if place.wanted.is_some_and(|at| !slot::is_slot(at)) {
        return malformed("a time to choose begins at a quarter of an hour".into());
    }
    if place.contact.name.trimmed().is_empty() {
        return malformed("the kitchen needs a name to call".into());
    }
    let texts = [&place.contact.name, &place.contact.phone, &place.note].into_iter().chain(address);
    let mut texts = texts.chain(place.lines.iter().map(|line| &line.note));
    let mut names = place.lines.iter().map(|line| line.name.chars().count());
    if texts.any(|text| text.is_longer_than(TEXT_CHARS_MAX)) || names.any(|chars| chars > TEXT_CHARS_MAX) {
        return malformed(format!("a note, a name or an address has at most {TEXT_CHARS_MAX} characters"));
    }
    Ok(())
}

/// The order after `event`. A terminal status stays terminal.
pub(crate) fn apply(order: Option<Order>, event: &OrderEvent) -> Option<Order> {
    if let OrderEvent::Submitted(submitted) = event {
        return Some(order.unwrap_or_else(|| (**submitted).clone()));
    }
    let mut order = order?;
    match event {
        OrderEvent::Submitted(_) => {}
        OrderEvent::Confirmed => order.confirmed = true,
        OrderEvent::Paid(paid) => order.paid = *paid,
        OrderEvent::Refunded(total) => order.refunded = Some(*total),
        OrderEvent::Numbered(number) => order.number = Some(*number),
        OrderEvent::Late => order.is_late = true,
        OrderEvent::DriverFound(found) => order.has_driver = *found,
        OrderEvent::Reached(step) => reach(&mut order, step.status, step.at),
        OrderEvent::Promised { at, ready_at } => {
            reach(&mut order, Status::Received, *at);
            order.is_late = false;
            order.ready_at = Some(*ready_at);
        }
        OrderEvent::CancellationRequested => order.cancel_asked = true,
        OrderEvent::CancellationRequestedBecause(reason) => {
            order.cancel_asked = true;
            order.cancel_reason.clone_from(reason);
        }
        OrderEvent::CancellationRefused(_) => order.cancel_asked = false,
        OrderEvent::Ended { at, why } if !order.status.is_final() => {
            let by_restaurant = matches!(why, Cancelled::ByRestaurant(_));
            reach(&mut order, if by_restaurant { Status::Rejected } else { Status::Cancelled }, *at);
            order.ended = Some(why.clone());
            order.cancel_asked = false;
        }
        OrderEvent::Ended { .. } => {}
        OrderEvent::Claimed { by } => order.customer.clone_from(by),
        OrderEvent::Proved(proof) => proof::note(&mut order.proofs, proof),
        OrderEvent::Erased => {
            personal::erase(personal::of_order(&mut order));
            order.proofs.clear();
        }
        OrderEvent::PutAway => order.is_put_away = true,
    }
    Some(order)
}

/// Moves forward only.
fn reach(order: &mut Order, status: Status, at: Millis) {
    if order.status < status && !order.status.is_final() {
        order.status = status;
        order.steps.push(Step { status, at });
    }
}
