//! The trade as one [`sync::Model`]: every slice's commands, rows and events in one place.
//!
//! How one slice's facts move another's rows is in [`crate::rules`].

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Context, Key, Known, Model, Scope};

use crate::catalog::{
    Menu, MenuCommand, MenuEvent, MenuRefusal, Restaurant, RestaurantCommand, RestaurantEvent, menu, restaurant,
};
use crate::id::{menu_key, order_key, restaurant_key, ticket_key};
use crate::kitchen::{Numbering, Ticket, TicketCommand, TicketEvent, TicketRefusal, ticket};
use crate::ordering::order::{Desk, PLACE_VALID_FOR_MS};
use crate::ordering::{Order, OrderCommand, OrderEvent, OrderRefusal, order};
use crate::{RestaurantId, access};

/// Food ordering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trade;

/// What anyone may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// A customer, of an order.
    Order(OrderCommand),
    /// A cook, of a ticket.
    Ticket(TicketCommand),
    /// Staff, of their menu.
    Menu {
        /// Whose.
        restaurant: RestaurantId,
        /// What.
        command: MenuCommand,
    },
    /// Staff, of their restaurant.
    Restaurant {
        /// Whose.
        restaurant: RestaurantId,
        /// What.
        command: RestaurantCommand,
    },
}

/// What is known of one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Row {
    /// A restaurant.
    Restaurant(Restaurant),
    /// A menu.
    Menu(Menu),
    /// An order.
    Order(Order),
    /// A ticket.
    Ticket(Ticket),
    /// A restaurant's count of tickets.
    Numbering(Numbering),
}

/// What happened to one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// To a restaurant.
    Restaurant(RestaurantEvent),
    /// To a menu.
    Menu(MenuEvent),
    /// To an order.
    Order(OrderEvent),
    /// To a ticket.
    Ticket(TicketEvent),
    /// A ticket number was given.
    NumberTaken(u32),
    /// An order's portions could not be had: these dishes were short.
    StockShort {
        /// Which order.
        order: crate::OrderId,
        /// Of what.
        items: Vec<crate::ItemId>,
    },
}

/// Why the trade says no.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// To a customer.
    Order(OrderRefusal),
    /// To a cook.
    Ticket(TicketRefusal),
    /// To an editor of a menu.
    Menu(MenuRefusal),
    /// There is no such restaurant.
    NoSuchRestaurant,
}

impl Model for Trade {
    type Command = Command;
    type Row = Row;
    type Event = Event;
    type Refusal = Refusal;

    fn lane(command: &Command) -> Key {
        match command {
            Command::Order(OrderCommand::Place(place)) => order_key(place.order),
            Command::Order(OrderCommand::Cancel(order)) => order_key(*order),
            Command::Ticket(command) => ticket_key(command.order()),
            Command::Menu { restaurant, .. } => menu_key(restaurant),
            Command::Restaurant { restaurant, .. } => restaurant_key(restaurant),
        }
    }

    fn reads(command: &Command) -> Vec<Key> {
        match command {
            Command::Order(OrderCommand::Place(place)) => {
                vec![restaurant_key(&place.restaurant), menu_key(&place.restaurant)]
            }
            _ => vec![],
        }
    }

    fn permits(actor: &Actor, command: &Command, row: Option<&Row>) -> bool {
        access::permits(actor, command, row)
    }

    fn decide(row: Option<&Row>, command: &Command, context: &Context<'_, Self>) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Order(command) => {
                let desk = desk(command, context);
                let events = order::decide(row.and_then(Row::as_order), command, &desk).map_err(Refusal::Order)?;
                Ok(events.into_iter().map(Event::Order).collect())
            }
            Command::Ticket(command) => {
                let ticket = row.and_then(Row::as_ticket);
                let events = ticket::decide(ticket, command, context.now).map_err(Refusal::Ticket)?;
                Ok(events.into_iter().map(Event::Ticket).collect())
            }
            Command::Menu { command, .. } => {
                let menu = row.and_then(Row::as_menu).ok_or(Refusal::NoSuchRestaurant)?;
                let events = menu::decide(menu, command).map_err(Refusal::Menu)?;
                Ok(events.into_iter().map(Event::Menu).collect())
            }
            Command::Restaurant { command, .. } => {
                let restaurant = row.and_then(Row::as_restaurant).ok_or(Refusal::NoSuchRestaurant)?;
                Ok(restaurant::decide(restaurant, command).into_iter().map(Event::Restaurant).collect())
            }
        }
    }

    fn apply(row: Option<Row>, event: &Event) -> Option<Row> {
        match event {
            Event::Restaurant(event) => {
                restaurant::apply(row.and_then(Row::into_restaurant), event).map(Row::Restaurant)
            }
            Event::Menu(event) => menu::apply(row.and_then(Row::into_menu), event).map(Row::Menu),
            Event::Order(event) => order::apply(row.and_then(Row::into_order), event).map(Row::Order),
            Event::Ticket(event) => ticket::apply(row.and_then(Row::into_ticket), event).map(Row::Ticket),
            Event::NumberTaken(last) => Some(Row::Numbering(Numbering { last: *last })),
            Event::StockShort { .. } => row,
        }
    }

    fn event_name(event: &Event) -> &'static str {
        match event {
            Event::Restaurant(RestaurantEvent::Described(_)) => "restaurant-described",
            Event::Restaurant(RestaurantEvent::Opened) => "restaurant-opened",
            Event::Restaurant(RestaurantEvent::Closed) => "restaurant-closed",
            Event::Menu(MenuEvent::Written(_)) => "menu-written",
            Event::Menu(MenuEvent::Renamed { .. }) => "menu-item-renamed",
            Event::Menu(MenuEvent::Repriced { .. }) => "menu-item-repriced",
            Event::Menu(MenuEvent::AvailabilitySet { .. }) => "menu-item-availability-set",
            Event::Menu(MenuEvent::StockTaken { .. }) => "stock-held",
            Event::Menu(MenuEvent::StockReturned { .. }) => "stock-released",
            Event::StockShort { .. } => "stock-short",
            Event::Order(event) => match event {
                OrderEvent::Submitted(_) => "order-submitted",
                OrderEvent::Confirmed => "order-confirmed",
                OrderEvent::Numbered(_) => "order-numbered",
                OrderEvent::Reached(_) | OrderEvent::Promised { .. } => "order-status-changed",
                OrderEvent::CancellationRequested => "order-cancellation-requested",
                OrderEvent::CancellationRefused(_) => "order-kept",
                OrderEvent::Ended { .. } => "order-cancelled",
            },
            Event::Ticket(event) => match event {
                TicketEvent::Opened(_) => "ticket-opened",
                TicketEvent::Accepted { .. } => "order-received",
                TicketEvent::Refused { .. } => "order-rejected",
                TicketEvent::CookingStarted { .. } => "order-preparing",
                TicketEvent::MarkedReady { .. } => "order-prepared",
                TicketEvent::HandedOver { .. } => "order-handed-over",
                TicketEvent::CancellationGranted { .. } => "order-cancellation-granted",
                TicketEvent::CancellationRefused { .. } => "order-cancellation-refused",
            },
            Event::NumberTaken(_) => "ticket-number-taken",
        }
    }

    fn code(refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::NoSuchRestaurant => "no-such-restaurant",
            Refusal::Order(refusal) => match refusal {
                OrderRefusal::EmptyCart => "empty-cart",
                OrderRefusal::Malformed(_) => "malformed",
                OrderRefusal::Changed { .. } => "changed",
                OrderRefusal::Closed { .. } => "closed",
                OrderRefusal::NoSuchRestaurant => "no-such-restaurant",
                OrderRefusal::AlreadyPlaced => "already-placed",
                OrderRefusal::NoSuchOrder => "no-such-order",
                OrderRefusal::TooLate(_) => "too-late",
            },
            Refusal::Ticket(refusal) => match refusal {
                TicketRefusal::NoSuchTicket => "no-such-ticket",
                TicketRefusal::Over(_) => "ticket-over",
                TicketRefusal::AlreadyAccepted(_) => "already-accepted",
                TicketRefusal::NotAccepted => "not-accepted",
                TicketRefusal::Malformed(_) => "malformed",
            },
            Refusal::Menu(refusal) => match refusal {
                MenuRefusal::NoSuchItem(_) => "no-such-item",
                MenuRefusal::BadValue(_) => "bad-value",
                MenuRefusal::EditedMeanwhile { .. } => "edited-meanwhile",
            },
        }
    }

    fn rests_on_context(refusal: &Refusal) -> bool {
        matches!(
            refusal,
            Refusal::Order(OrderRefusal::Changed { .. } | OrderRefusal::Closed { .. } | OrderRefusal::NoSuchRestaurant)
        )
    }

    fn scopes(_key: &Key, row: &Row) -> Vec<Scope> {
        match row {
            Row::Restaurant(restaurant) => vec![access::catalog_scope(), access::restaurant_scope(&restaurant.id)],
            Row::Menu(menu) => vec![access::catalog_scope(), access::restaurant_scope(&menu.restaurant)],
            Row::Order(order) => vec![access::customer_scope(&order.customer)],
            Row::Ticket(ticket) => vec![access::restaurant_scope(&ticket.restaurant)],
            Row::Numbering(_) => vec![],
        }
    }

    fn personal_scope(account: &AccountId) -> Scope {
        access::personal_scope(account)
    }

    fn valid_for_ms(command: &Command) -> Option<u64> {
        matches!(command, Command::Order(OrderCommand::Place(_))).then_some(PLACE_VALID_FOR_MS)
    }

    fn asks(event: &Event) -> bool {
        matches!(event, Event::Order(OrderEvent::CancellationRequested))
    }

    fn answers(event: &Event) -> Option<Result<(), Refusal>> {
        match event {
            Event::Order(OrderEvent::Ended { .. }) => Some(Ok(())),
            Event::Order(OrderEvent::CancellationRefused(status)) => {
                Some(Err(Refusal::Order(OrderRefusal::TooLate(*status))))
            }
            _ => None,
        }
    }

    fn withdraws(command: &Command) -> bool {
        matches!(command, Command::Order(OrderCommand::Cancel(_)))
    }
}

fn desk<'a>(command: &OrderCommand, context: &'a Context<'_, Trade>) -> Desk<'a> {
    let (mut restaurant, mut menu) = (Known::Unknown, Known::Unknown);
    if let OrderCommand::Place(place) = command {
        restaurant = (context.rows)(&restaurant_key(&place.restaurant)).narrow(Row::into_restaurant);
        menu = (context.rows)(&menu_key(&place.restaurant)).narrow(Row::into_menu);
    }
    Desk {
        customer: &context.actor.account,
        now: context.now,
        restaurant,
        menu,
        utc_offset_min: context.utc_offset_min,
    }
}

trait Narrow {
    fn narrow<T>(self, to: impl FnOnce(Row) -> Option<T>) -> Known<T>;
}

impl Narrow for Known<Row> {
    fn narrow<T>(self, to: impl FnOnce(Row) -> Option<T>) -> Known<T> {
        match self {
            Known::Row(row, version) => to(row).map_or(Known::Unknown, |row| Known::Row(row, version)),
            Known::Absent => Known::Absent,
            Known::Unknown => Known::Unknown,
        }
    }
}

macro_rules! narrow {
    ($($variant:ident $type:ty, $as:ident, $into:ident;)*) => {
        impl Row {
            $(
                #[doc = concat!("The row as a ", stringify!($variant), ", if it is one.")]
                pub fn $as(&self) -> Option<&$type> {
                    if let Self::$variant(row) = self { Some(row) } else { None }
                }

                #[doc = concat!("The row as a ", stringify!($variant), ", if it is one.")]
                pub fn $into(self) -> Option<$type> {
                    if let Self::$variant(row) = self { Some(row) } else { None }
                }
            )*
        }
    };
}

narrow! {
    Restaurant Restaurant, as_restaurant, into_restaurant;
    Menu Menu, as_menu, into_menu;
    Order Order, as_order, into_order;
    Ticket Ticket, as_ticket, into_ticket;
    Numbering Numbering, as_numbering, into_numbering;
}

/// The part of the system that owns rows and judges commands for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Restaurants, menus, stock.
    Catalog,
    /// Orders.
    Ordering,
    /// Tickets and their numbers.
    Kitchen,
}

impl Service {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Catalog, Self::Ordering, Self::Kitchen];

    /// The service's name; also the prefix of its tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Ordering => "ordering",
            Self::Kitchen => "kitchen",
        }
    }

    /// Who owns rows of this kind; `None` for a kind that nobody owns.
    pub fn owner(key: &Key) -> Option<Self> {
        match key.kind() {
            "restaurant" | "menu" => Some(Self::Catalog),
            "order" => Some(Self::Ordering),
            "ticket" | "numbering" => Some(Self::Kitchen),
            _ => None,
        }
    }

    /// The kinds of rows of other services that this one keeps copies of, because its rules read them.
    pub fn copies(self) -> &'static [&'static str] {
        match self {
            Self::Ordering => &["restaurant", "menu"],
            Self::Catalog | Self::Kitchen => &[],
        }
    }
}
