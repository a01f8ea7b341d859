//! A small trade to tell stories in: one pizzeria, one menu, one clock.

#![allow(dead_code, reason = "each story uses the part it needs")]

pub mod services;
pub mod stories;

use std::collections::BTreeMap;

use domain::catalog::{Availability, Hours, Item, Menu, OptionGroup, OptionItem, Restaurant, Section};
use domain::delivery::{Medium, Proof, ProofId, ProofKind};
use domain::id::{menu_key, restaurant_key};
use domain::ordering::{Cart, Contact, Destination, Order, OrderCommand, PlaceOrder};
use domain::payment::Method;
use domain::trade::{Command, Event, Refusal, Row, Trade};
use domain::{Currency, ItemId, Money, OrderId, RestaurantId};
use sync::{AccountId, Actor, Context, Key, Known, Millis, Model, Role, Version};
use uuid::Uuid;

/// Saturday 2026-11-21, 12:00 in Rome.
pub const NOON: Millis = 1_795_258_800_000;

pub fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

pub fn pizzeria() -> RestaurantId {
    RestaurantId::from("pizzeria")
}

pub fn ada() -> Actor {
    Actor { account: AccountId::from("ada"), role: Role::named("customer") }
}

pub fn ben() -> Actor {
    Actor { account: AccountId::from("ben"), role: Role::named("customer") }
}

pub fn cook() -> Actor {
    Actor { account: AccountId::from("cook"), role: Role::of("restaurant", "pizzeria") }
}

/// A driver of Rome.
pub fn driver(name: &str) -> Actor {
    Actor { account: AccountId::from(name), role: Role::of("driver", "rome") }
}

/// Somebody at the desk.
pub fn operator() -> Actor {
    Actor { account: AccountId::from("olga"), role: Role::named("operator") }
}

pub fn order_id(n: u128) -> OrderId {
    OrderId(Uuid::from_u128(n))
}

fn dish(id: &str, name: &str, minor: i64) -> Item {
    Item {
        id: ItemId::from(id),
        name: name.to_owned(),
        description: String::new(),
        price: euro(minor),
        groups: vec![],
        allergens: vec![],
        diets: vec![],
        availability: Availability::Available,
        is_ready_made: false,
    }
}

pub fn menu() -> Menu {
    let mut margherita = dish("margherita", "Margherita", 900);
    let option = |id: &str, name: &str, minor| OptionItem {
        id: id.into(),
        name: name.to_owned(),
        adds: euro(minor),
        allergens: vec![],
    };
    margherita.groups = vec![
        OptionGroup {
            id: "size".into(),
            name: "Size".into(),
            min: 1,
            max: 1,
            options: vec![option("normal", "Normal", 0), option("large", "Large", 350)],
        },
        OptionGroup {
            id: "extra".into(),
            name: "Extras".into(),
            min: 0,
            max: 2,
            options: vec![option("basil", "Basil", 50), option("olives", "Olives", 120)],
        },
    ];
    let soup = dish("soup", "Minestrone", 650);
    let mut cake = dish("cake", "Almond cake", 480);
    cake.availability = Availability::Left(2);
    let drink = |id, name, minor| Item { is_ready_made: true, ..dish(id, name, minor) };
    let drinks = vec![drink("juice", "Apple juice", 320), drink("soda", "Soda", 280)];
    let sections = vec![
        Section { name: "Pizza".into(), items: vec![margherita] },
        Section { name: "More".into(), items: vec![soup, cake] },
        Section { name: "Drinks".into(), items: drinks },
    ];
    Menu { restaurant: pizzeria(), sections }
}

pub fn restaurant() -> Restaurant {
    Restaurant {
        id: pizzeria(),
        name: "Pizzeria".into(),
        description: String::new(),
        cuisines: vec!["Italian".into()],
        address: "Via Breve 1, Roma".into(),
        geo: Some((41.9, 12.5)),
        drivers: None,
        telephone: String::new(),
        currency: Currency::EUR,
        zone: "Europe/Rome".into(),
        hours: Hours::always(),
        lead_min: None,
        rush_min: 0,
        closed_for_now: false,
    }
}

/// What a rule can see.
pub struct World {
    pub actor: Actor,
    pub now: Millis,
    pub menu: Known<Row>,
    pub restaurant: Known<Row>,
    /// Whatever else can be seen.
    pub others: BTreeMap<Key, Row>,
}

impl World {
    pub fn new() -> Self {
        Self {
            actor: ada(),
            now: NOON,
            menu: Known::Row(Row::Menu(menu()), Version(1)),
            restaurant: Known::Row(Row::Restaurant(restaurant()), Version(1)),
            others: BTreeMap::new(),
        }
    }

    /// A device that has never seen this restaurant.
    pub fn knowing_nothing() -> Self {
        Self { menu: Known::Unknown, restaurant: Known::Unknown, ..Self::new() }
    }

    pub fn with_menu(change: impl FnOnce(&mut Menu)) -> Self {
        let mut menu = menu();
        change(&mut menu);
        Self { menu: Known::Row(Row::Menu(menu), Version(2)), ..Self::new() }
    }

    pub fn with_restaurant(change: impl FnOnce(&mut Restaurant)) -> Self {
        let mut restaurant = restaurant();
        change(&mut restaurant);
        Self { restaurant: Known::Row(Row::Restaurant(restaurant), Version(2)), ..Self::new() }
    }

    pub fn decide(&self, row: Option<&Row>, command: &Command) -> Result<Vec<Event>, Refusal> {
        let rows = |key: &Key| {
            if *key == menu_key(&pizzeria()) {
                self.menu.clone()
            } else if *key == restaurant_key(&pizzeria()) {
                self.restaurant.clone()
            } else {
                self.others.get(key).map_or(Known::Unknown, |row| Known::Row(row.clone(), Version(1)))
            }
        };
        let rome = |zone: &str, _: Millis| (zone == "Europe/Rome").then_some(60);
        let context = Context { now: self.now, actor: &self.actor, rows: &rows, utc_offset_min: &rome };
        Trade::decide(row, command, &context)
    }

    /// The row after `command`, which must be accepted.
    pub fn after(&self, row: Option<Row>, command: &Command) -> Option<Row> {
        let events = self.decide(row.as_ref(), command).expect("accepted");
        events.iter().fold(row, Trade::apply)
    }
}

/// One large margherita with basil and two soups: 13.00 + 2 × 6.50 = 26.00.
pub fn cart() -> Cart {
    let mut cart = Cart::new(pizzeria());
    let chosen = [("size".into(), "large".into()), ("extra".into(), "basil".into())];
    cart.add(&menu(), &"margherita".into(), &chosen, 1, "").expect("on the menu");
    cart.add(&menu(), &"soup".into(), &[], 2, "hot, please").expect("on the menu");
    cart
}

pub fn place(cart: Cart) -> PlaceOrder {
    PlaceOrder {
        tip_percent: 0,
        order: order_id(1),
        restaurant: cart.restaurant,
        lines: cart.lines,
        destination: Destination::Collect,
        contact: Contact { name: "Ada".into(), phone: "".into() },
        note: "".into(),
        pays: Method::AtHandOver,
        wanted: None,
    }
}

pub fn placing(place: PlaceOrder) -> Command {
    Command::Order(OrderCommand::Place(Box::new(place)))
}

/// Ada's order as it stands after it was placed.
pub fn placed() -> Order {
    let row = World::new().after(None, &placing(place(cart())));
    row.and_then(Row::into_order).expect("an order")
}

/// A photo of a door, of this name.
pub fn photo(name: u128, at: Millis) -> Proof {
    let hash = Some(format!("{name:064x}"));
    Proof {
        id: ProofId(uuid::Uuid::from_u128(name)),
        kind: ProofKind::Photo,
        medium: Medium::Jpeg,
        bytes: 400_000,
        hash,
        at,
    }
}
