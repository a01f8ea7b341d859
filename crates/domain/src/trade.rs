//! The trade as one [`sync::Model`]: every slice's commands, rows and events in one place.
//!
//! How one slice's facts move another's rows is in [`crate::rules`].

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Context, Key, Known, Model, Personal, Scope};

use crate::account::{
    Erasure, Guest, GuestCommand, GuestEvent, GuestRefusal, Person, PersonCommand, PersonEvent, guest, person,
};
use crate::catalog::{
    Edits, EditsEvent, Menu, MenuCommand, MenuEvent, MenuRefusal, Restaurant, RestaurantCommand, RestaurantEvent,
    edits, menu, restaurant,
};
use crate::delivery::{
    Driver, DriverCommand, DriverEvent, DriverRefusal, Errand, ErrandCommand, ErrandEvent, ErrandRefusal, Offer,
    OfferCommand, OfferEvent, OfferRefusal, Takings, TakingsCommand, TakingsEvent, TakingsRefusal, Zone, ZoneEvent,
    driver, errand, offer, takings, zone,
};
use crate::dining::{Tab, TabCommand, TabEvent, TabRefusal, staff, tab};
use crate::fulfilment::{Process, ProcessEvent, process};
use crate::id::{
    case_key, driver_key, errand_key, guest_key, menu_key, offer_key, order_key, person_key, restaurant_key, tab_key,
    takings_key, ticket_key,
};
use crate::kitchen::{Numbering, Ticket, TicketCommand, TicketEvent, TicketRefusal, ticket};
use crate::ops::{Case, CaseCommand, CaseEvent, CaseRefusal, case};
use crate::ordering::order::{Desk, PLACE_VALID_FOR_MS};
use crate::ordering::{Order, OrderCommand, OrderEvent, OrderRefusal, order};
use crate::payment::{Payment, PaymentEvent, hold};
use crate::{RestaurantId, access, fact, format, personal, put_away};

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
    /// A person, of the guest they were.
    Guest(GuestCommand),
    /// A person, of themselves.
    Person(PersonCommand),
    /// A driver, of themselves.
    Driver(DriverCommand),
    /// A driver, of a meal to fetch.
    Offer(OfferCommand),
    /// A driver, of a meal they have.
    Errand(ErrandCommand),
    /// A driver, of what they took in.
    Takings(TakingsCommand),
    /// An operator, of an order in trouble.
    Case(CaseCommand),
    /// Staff, of what is eaten in the house.
    Tab(TabCommand),
}

/// What is known of one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Row {
    /// A restaurant.
    Restaurant(Restaurant),
    /// A menu.
    Menu(Menu),
    /// Who changed a menu last.
    Edits(Edits),
    /// An order.
    Order(Order),
    /// A ticket.
    Ticket(Ticket),
    /// A restaurant's count of tickets.
    Numbering(Numbering),
    /// A guest.
    Guest(Guest),
    /// A person who orders.
    Person(Person),
    /// The money of an order.
    Payment(Payment),
    /// A run of a saga.
    Process(Box<Process>),
    /// A driver.
    Driver(Driver),
    /// A dispatcher's board.
    Zone(Zone),
    /// A meal to fetch.
    Offer(Offer),
    /// A meal on its way.
    Errand(Errand),
    /// What a driver took in.
    Takings(Takings),
    /// An order as the desk has it.
    Case(Case),
    /// What is eaten at a table, or ordered at the counter.
    Tab(Tab),
}

/// What happened to one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// To a restaurant.
    Restaurant(RestaurantEvent),
    /// To a menu.
    Menu(MenuEvent),
    /// To what is known of a menu's edits.
    Edits(EditsEvent),
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
    /// To a guest.
    Guest(GuestEvent),
    /// To a person who orders.
    Person(PersonEvent),
    /// To the money of an order.
    Payment(PaymentEvent),
    /// To the run by which an order is secured.
    Secure(ProcessEvent),
    /// To the run by which an order is settled.
    Settle(ProcessEvent),
    /// To the run by which an order is settled that ended early.
    SettleEarly(ProcessEvent),
    /// To the run by which an order finds its kitchen and its driver.
    Arrange(ProcessEvent),
    /// To a driver.
    Driver(DriverEvent),
    /// To a dispatcher's board.
    Zone(ZoneEvent),
    /// To a meal to fetch.
    Offer(OfferEvent),
    /// To a meal on its way.
    Errand(ErrandEvent),
    /// To what a driver took in.
    Takings(TakingsEvent),
    /// To an order as the desk has it.
    Case(CaseEvent),
    /// To a tab.
    Tab(TabEvent),
    /// The portions of a tab's line could not be had.
    PortionsShort {
        /// Of which tab.
        tab: crate::id::TabId,
        /// Of which of its lines.
        line: crate::id::LineId,
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
    /// To a person, of a guest.
    Guest(GuestRefusal),
    /// To a driver, of themselves.
    Driver(DriverRefusal),
    /// To a driver, of a meal to fetch.
    Offer(OfferRefusal),
    /// To a driver, of a meal they have.
    Errand(ErrandRefusal),
    /// To a driver, of what they took in.
    Takings(TakingsRefusal),
    /// To an operator.
    Case(CaseRefusal),
    /// To staff, of a tab.
    Tab(TabRefusal),
}

impl Model for Trade {
    type Command = Command;
    type Row = Row;
    type Event = Event;
    type Refusal = Refusal;

    const FORMAT: u16 = format::FORMAT;

    fn upcast(act: serde_json::Value, from: u16) -> serde_json::Value {
        format::upcast(act, from)
    }

    fn lane(command: &Command) -> Key {
        match command {
            Command::Order(OrderCommand::Place(place)) => order_key(place.order),
            Command::Order(OrderCommand::Cancel { order, .. }) => order_key(*order),
            Command::Ticket(command) => ticket_key(command.order()),
            Command::Menu { restaurant, .. } => menu_key(restaurant),
            Command::Restaurant { restaurant, .. } => restaurant_key(restaurant),
            Command::Guest(command) => guest_key(command.guest()),
            Command::Person(command) => person_key(command.person()),
            Command::Driver(command) => driver_key(command.driver()),
            Command::Offer(command) => offer_key(command.order()),
            Command::Errand(command) => errand_key(command.order()),
            Command::Takings(command) => takings_key(command.driver()),
            Command::Case(command) => case_key(command.order()),
            Command::Tab(command) => tab_key(command.tab()),
        }
    }

    fn reads(command: &Command) -> Vec<Key> {
        match command {
            Command::Order(OrderCommand::Place(place)) => {
                vec![restaurant_key(&place.restaurant), menu_key(&place.restaurant)]
            }
            Command::Tab(TabCommand::Add { restaurant, .. }) => vec![menu_key(restaurant)],
            Command::Takings(command) => command.reads(),
            _ => vec![],
        }
    }

    fn personal(command: &mut Command) -> Vec<&mut Personal> {
        personal::texts(command)
    }

    fn subject(command: &Command, row: Option<&Row>) -> Option<AccountId> {
        personal::subject(command, row)
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
                let events = menu::decide(menu, command, &context.actor.account).map_err(Refusal::Menu)?;
                Ok(events.into_iter().map(Event::Menu).collect())
            }
            Command::Restaurant { command, .. } => {
                let restaurant = row.and_then(Row::as_restaurant).ok_or(Refusal::NoSuchRestaurant)?;
                Ok(restaurant::decide(restaurant, command).into_iter().map(Event::Restaurant).collect())
            }
            Command::Guest(command) => {
                let (guest, by) = (row.and_then(Row::as_guest), &context.actor.account);
                let events = guest::decide(guest, command, by).map_err(Refusal::Guest)?;
                Ok(events.into_iter().map(Event::Guest).collect())
            }
            Command::Person(command) => {
                let events = person::decide(row.and_then(Row::as_person), command, context.now);
                Ok(events.into_iter().map(Event::Person).collect())
            }
            Command::Driver(command) => {
                let driver = row.and_then(Row::as_driver);
                let events = driver::decide(driver, command, context.actor, context.now).map_err(Refusal::Driver)?;
                Ok(events.into_iter().map(Event::Driver).collect())
            }
            Command::Offer(command) => {
                let offer = row.and_then(Row::as_offer);
                let events = offer::decide(offer, command, context.actor).map_err(Refusal::Offer)?;
                Ok(events.into_iter().map(Event::Offer).collect())
            }
            Command::Errand(command) => {
                let errand = row.and_then(Row::as_errand);
                let events = errand::decide(errand, command, context.actor, context.now).map_err(Refusal::Errand)?;
                Ok(events.into_iter().map(Event::Errand).collect())
            }
            Command::Takings(command) => {
                let takings = row.and_then(Row::as_takings);
                let events = takings::decide(takings, command, context.rows, context.actor, context.now);
                Ok(events.map_err(Refusal::Takings)?.into_iter().map(Event::Takings).collect())
            }
            Command::Case(command) => {
                let case = row.and_then(Row::as_case);
                let events = case::decide(case, command, context.actor, context.now).map_err(Refusal::Case)?;
                Ok(events.into_iter().map(Event::Case).collect())
            }
            Command::Tab(command) => {
                let menu = match command {
                    TabCommand::Add { restaurant, .. } => menu_of(restaurant, context),
                    _ => Known::Unknown,
                };
                let events = staff::decide(row.and_then(Row::as_tab), command, menu, context.now);
                Ok(events.map_err(Refusal::Tab)?.into_iter().map(Event::Tab).collect())
            }
        }
    }

    fn apply(row: Option<Row>, event: &Event) -> Option<Row> {
        match event {
            Event::Restaurant(event) => {
                restaurant::apply(row.and_then(Row::into_restaurant), event).map(Row::Restaurant)
            }
            Event::Menu(event) => menu::apply(row.and_then(Row::into_menu), event).map(Row::Menu),
            Event::Edits(event) => edits::apply(row.and_then(Row::into_edits), event).map(Row::Edits),
            Event::Order(event) => order::apply(row.and_then(Row::into_order), event).map(Row::Order),
            Event::Ticket(event) => ticket::apply(row.and_then(Row::into_ticket), event).map(Row::Ticket),
            Event::NumberTaken(last) => Some(Row::Numbering(Numbering { last: *last })),
            Event::StockShort { .. } | Event::PortionsShort { .. } => row,
            Event::Guest(event) => Some(Row::Guest(guest::apply(row.and_then(Row::into_guest), event))),
            Event::Person(event) => Some(Row::Person(person::apply(row.and_then(Row::into_person), event))),
            Event::Payment(event) => hold::apply(row.and_then(Row::into_payment), event).map(Row::Payment),
            Event::Driver(event) => driver::apply(row.and_then(Row::into_driver), event).map(Row::Driver),
            Event::Zone(event) => Some(Row::Zone(zone::apply(row.and_then(Row::into_zone), event))),
            Event::Offer(event) => offer::apply(row.and_then(Row::into_offer), event).map(Row::Offer),
            Event::Errand(event) => errand::apply(row.and_then(Row::into_errand), event).map(Row::Errand),
            Event::Takings(event) => Some(Row::Takings(takings::apply(row.and_then(Row::into_takings), event))),
            Event::Case(event) => case::apply(row.and_then(Row::into_case), event).map(Row::Case),
            Event::Tab(event) => tab::apply(row.and_then(Row::into_tab), event).map(Row::Tab),
            Event::Secure(event) | Event::Settle(event) | Event::SettleEarly(event) | Event::Arrange(event) => {
                process::apply(row.and_then(Row::into_process), event).map(|process| Row::Process(Box::new(process)))
            }
        }
    }

    fn event_name(event: &Event) -> &'static str {
        fact::name(event)
    }

    fn code(refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::NoSuchRestaurant => "no-such-restaurant",
            Refusal::Order(refusal) => match refusal {
                OrderRefusal::EmptyCart => "empty-cart",
                OrderRefusal::Malformed(_) => "malformed",
                OrderRefusal::Changed { .. } => "changed",
                OrderRefusal::Closed { .. } => "closed",
                OrderRefusal::SlotGone { .. } => "slot-gone",
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
                TicketRefusal::NotToGiveBack { .. } => "not-to-give-back",
                TicketRefusal::Malformed(_) => "malformed",
            },
            Refusal::Menu(refusal) => match refusal {
                MenuRefusal::NoSuchItem(_) => "no-such-item",
                MenuRefusal::BadValue(_) => "bad-value",
                MenuRefusal::EditedMeanwhile { .. } => "edited-meanwhile",
            },
            Refusal::Guest(GuestRefusal::ClaimedBefore) => "claimed-before",
            Refusal::Driver(DriverRefusal::NoSuchPlace) => "no-such-place",
            Refusal::Driver(DriverRefusal::NoZone) => "no-zone",
            Refusal::Offer(OfferRefusal::Gone) => "offer-gone",
            Refusal::Errand(refusal) => match refusal {
                ErrandRefusal::NoSuchErrand => "no-such-delivery",
                ErrandRefusal::PickedUp => "picked-up",
                ErrandRefusal::NotPickedUp => "not-picked-up",
                ErrandRefusal::Malformed(_) => "malformed",
            },
            Refusal::Takings(refusal) => match refusal {
                TakingsRefusal::TooMuch { .. } => "more-than-carried",
                TakingsRefusal::NoAmount | TakingsRefusal::TooMany => "malformed",
            },
            Refusal::Case(refusal) => match refusal {
                CaseRefusal::NoSuchCase => "no-such-case",
                CaseRefusal::NotTroubled(_) => "not-troubled",
                CaseRefusal::NotToBeGivenUp => "not-to-be-given-up",
                CaseRefusal::NotToBeSettled => "not-to-be-settled",
                CaseRefusal::NotToGiveBack { .. } => "not-to-give-back",
                CaseRefusal::Malformed(_) => "malformed",
            },
            Refusal::Tab(refusal) => match refusal {
                TabRefusal::NoSuchTab => "no-such-tab",
                TabRefusal::NoSuchLine => "no-such-line",
                TabRefusal::NoMenu => "no-menu",
                TabRefusal::NotOnMenu(_) => "not-on-menu",
                TabRefusal::Choices(_) => "choices-gone",
                TabRefusal::TooLate(_) => "tab-too-late",
                TabRefusal::Served(_) => "served",
                TabRefusal::NotServed(_) => "not-served",
                TabRefusal::NotPrepared(_) => "not-prepared",
                TabRefusal::Unserved(_) => "unserved",
                TabRefusal::OtherSum(_) => "other-sum",
                TabRefusal::NoBill => "no-bill",
                TabRefusal::NotPaid => "not-paid",
                TabRefusal::Owes(_) => "owes",
                TabRefusal::Malformed(_) => "malformed",
            },
        }
    }

    fn rests_on_context(refusal: &Refusal) -> bool {
        matches!(
            refusal,
            Refusal::Order(
                OrderRefusal::Changed { .. }
                    | OrderRefusal::Closed { .. }
                    | OrderRefusal::SlotGone { .. }
                    | OrderRefusal::NoSuchRestaurant
            ) | Refusal::Tab(TabRefusal::NoMenu | TabRefusal::NotOnMenu(_) | TabRefusal::Choices(_))
        )
    }

    fn scopes(_key: &Key, row: &Row) -> Vec<Scope> {
        if put_away::is_put_away(row) {
            return vec![];
        }
        match row {
            Row::Restaurant(restaurant) => {
                vec![access::catalog_scope(), access::restaurant_scope(&restaurant.id), access::desk_scope()]
            }
            Row::Menu(menu) => vec![access::catalog_scope(), access::restaurant_scope(&menu.restaurant)],
            // What a person's name is to their colleagues is nothing to their guests.
            Row::Edits(edits) => vec![access::restaurant_scope(&edits.restaurant)],
            Row::Order(order) => vec![access::customer_scope(&order.customer)],
            Row::Ticket(ticket) => vec![access::restaurant_scope(&ticket.restaurant)],
            // Nobody is shown it: the orders are what a person sees of a guest, of their money and of its sagas.
            Row::Numbering(_) | Row::Guest(_) | Row::Payment(_) | Row::Process(_) => vec![],
            // Whoever is forgotten has no screen any more.
            Row::Person(person) => match person.erasure {
                Erasure::Asked(_) => vec![access::customer_scope(&person.account)],
                Erasure::None | Erasure::Done(_) => vec![],
            },
            Row::Driver(driver) => vec![access::driver_scope(&driver.account)],
            Row::Offer(offer) => offer.shown_to().map(access::driver_scope).into_iter().collect(),
            Row::Errand(errand) => errand.shown_to().map(access::driver_scope).into_iter().collect(),
            Row::Takings(takings) => vec![access::driver_scope(&takings.driver)],
            // Who is on duty is who can be chosen.
            Row::Zone(_) => vec![access::desk_scope()],
            Row::Case(case) => case.is_shown.then(access::desk_scope).into_iter().collect(),
            Row::Tab(tab) => vec![access::restaurant_scope(&tab.restaurant)],
        }
    }

    fn personal_scope(account: &AccountId) -> Scope {
        access::personal_scope(account)
    }

    fn urgency(scope: &Scope) -> u8 {
        access::urgency(scope)
    }

    fn valid_for_ms(command: &Command) -> Option<u64> {
        match command {
            // A time that was chosen says itself until when it is wanted.
            Command::Order(OrderCommand::Place(place)) if place.wanted.is_none() => Some(PLACE_VALID_FOR_MS),
            _ => None,
        }
    }

    fn asks(event: &Event) -> bool {
        matches!(event, Event::Order(OrderEvent::CancellationRequested | OrderEvent::CancellationRequestedBecause(_)))
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

    fn stands_alone(command: &Command) -> bool {
        // An evening at a table is many small truths, and an edit of one dish says nothing of the next.
        // Cash that was handed in is not less so because a slip of the keyboard before it was refused.
        matches!(command, Command::Tab(_) | Command::Menu { .. } | Command::Takings(_))
    }

    fn withdraws(command: &Command) -> bool {
        matches!(command, Command::Order(OrderCommand::Cancel { .. }))
    }
}

fn menu_of(restaurant: &RestaurantId, context: &Context<'_, Trade>) -> Known<Menu> {
    (context.rows)(&menu_key(restaurant)).narrow(Row::into_menu)
}

fn desk<'a>(command: &OrderCommand, context: &'a Context<'_, Trade>) -> Desk<'a> {
    let (mut restaurant, mut menu) = (Known::Unknown, Known::Unknown);
    if let OrderCommand::Place(place) = command {
        restaurant = (context.rows)(&restaurant_key(&place.restaurant)).narrow(Row::into_restaurant);
        menu = menu_of(&place.restaurant, context);
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
    Edits Edits, as_edits, into_edits;
    Order Order, as_order, into_order;
    Ticket Ticket, as_ticket, into_ticket;
    Numbering Numbering, as_numbering, into_numbering;
    Guest Guest, as_guest, into_guest;
    Person Person, as_person, into_person;
    Payment Payment, as_payment, into_payment;
    Driver Driver, as_driver, into_driver;
    Zone Zone, as_zone, into_zone;
    Offer Offer, as_offer, into_offer;
    Errand Errand, as_errand, into_errand;
    Takings Takings, as_takings, into_takings;
    Case Case, as_case, into_case;
    Tab Tab, as_tab, into_tab;
}

impl Row {
    /// The row as a run of a saga, if it is one.
    pub fn as_process(&self) -> Option<&Process> {
        if let Self::Process(process) = self { Some(process) } else { None }
    }

    /// The row as a run of a saga, if it is one.
    pub fn into_process(self) -> Option<Process> {
        if let Self::Process(process) = self { Some(*process) } else { None }
    }
}
