//! The walk of a fact through the services.

use std::collections::{BTreeMap, VecDeque};

use domain::catalog::Restaurant;
use domain::fulfilment::secure::{self, SECURE};
use domain::id::{menu_key, order_key, payment_key, ticket_key};
use domain::kitchen::Ticket;
use domain::ordering::{Order, OrderEvent};
use domain::payment::{Payment, Report, hold};
use domain::rules::{self, Happened, RULES};
use domain::trade::{Command, Event, Refusal, Row, Trade};
use domain::{ItemId, OrderId};
use saga::Saga;
use sync::{Actor, Key, Millis, Model};

use super::{NOON, World, ada, menu, pizzeria};

/// What the bank says to what it is asked, by the asking fact's name; it is told after all else has come to rest.
pub type Bank = fn(&'static str, &Payment) -> Vec<Report>;

/// All services on one table: each fact is told to every rule that listens, in the order of the hub.
pub struct Services {
    pub rows: BTreeMap<Key, Row>,
    pub facts: Vec<&'static str>,
    /// Every fact as it was told, where that is wished.
    pub told: Option<Vec<Told>>,
    /// By which table orders are secured.
    secure: &'static Saga,
    bank: Bank,
    /// The server's clock.
    pub now: Millis,
    /// The restaurant's meals are brought by the drivers of Rome.
    pub has_drivers: bool,
    /// The restaurant, where it is another than always.
    pub restaurant: Option<Restaurant>,
    /// The hub, as far as it was not told yet.
    untold: VecDeque<(Key, Event, Option<Row>)>,
    asked: VecDeque<(&'static str, OrderId)>,
}

/// A fact as it was told, and what each rule that listens made of it.
#[derive(Clone)]
pub struct Told {
    pub key: Key,
    pub event: Event,
    /// The row after it, where it changed one.
    pub row: Option<Row>,
    pub at: Millis,
    pub heard: Vec<Heard>,
}

/// What a rule found and said.
#[derive(Clone)]
pub struct Heard {
    pub rule: &'static str,
    /// What it may read, as it was then.
    pub rows: Vec<(Key, Row)>,
    pub says: Vec<(Key, Event)>,
}

/// A bank that says yes.
pub fn yes(asked: &'static str, payment: &Payment) -> Vec<Report> {
    match asked {
        "payment-authorization-asked" => vec![Report::Reserved { reference: "r-1".into() }],
        "payment-void-asked" => vec![Report::Released],
        "payment-refund-asked" => vec![Report::Refunded { total: payment.given_back.asked }],
        _ => vec![Report::Charged],
    }
}

impl Services {
    pub fn new() -> Self {
        Self::with(&SECURE, yes)
    }

    /// Services that secure orders by this table, with this bank.
    pub fn with(secure: &'static Saga, bank: Bank) -> Self {
        Self {
            rows: [(menu_key(&pizzeria()), Row::Menu(menu()))].into(),
            facts: vec![],
            told: None,
            secure,
            bank,
            now: NOON,
            has_drivers: false,
            restaurant: None,
            untold: VecDeque::new(),
            asked: VecDeque::new(),
        }
    }

    pub fn give(&mut self, command: &Command) -> Result<(), Refusal> {
        self.give_as(ada(), command)
    }

    /// Gives a command as somebody else than Ada.
    pub fn give_as(&mut self, actor: Actor, command: &Command) -> Result<(), Refusal> {
        let lane = Trade::lane(command);
        let drivers = self.has_drivers.then(|| "rome".into());
        let known = self.restaurant.clone();
        let world = World::with_restaurant(|restaurant| {
            *restaurant = known.unwrap_or(Restaurant { drivers, ..restaurant.clone() })
        });
        let others = Trade::reads(command).into_iter();
        let others = others.filter_map(|key| Some((key.clone(), self.rows.get(&key)?.clone()))).collect();
        let world = World { actor, now: self.now, others, ..world };
        let events = world.decide(self.rows.get(&lane), command)?;
        events.into_iter().for_each(|event| self.write(&lane, event));
        self.rest();
        Ok(())
    }

    /// Time passes, and every clock that strikes meanwhile does so at its moment.
    pub fn pass(&mut self, ms: Millis) {
        let end = self.now + ms;
        loop {
            let due = |(key, row): (&Key, &Row)| Some(((rules::clock(key)?.due)(row)?, key.clone()));
            let Some((at, key)) = self.rows.iter().filter_map(due).min().filter(|(at, _)| *at <= end) else { break };
            self.now = self.now.max(at);
            let clock = rules::clock(&key).expect("it is due");
            let events = (clock.strike)(&self.rows[&key], self.now);
            assert!(!events.is_empty(), "{} strikes for ever", clock.id);
            events.into_iter().for_each(|event| self.write(&key, event));
            self.rest();
        }
        self.now = end;
    }

    /// The server is away for so long, and strikes what it missed when it is back, each clock once.
    pub fn is_away(&mut self, ms: Millis) {
        self.now += ms;
        loop {
            let due =
                |row: &Row, key| rules::clock(key).and_then(|clock| (clock.due)(row)).filter(|at| *at <= self.now);
            let missed = self.rows.iter().filter_map(|(key, row)| Some((due(row, key)?, key.clone()))).min();
            let Some((_, key)) = missed else { return };
            let clock = rules::clock(&key).expect("it is due");
            (clock.strike)(&self.rows[&key], self.now).into_iter().for_each(|event| self.write(&key, event));
            let still = (clock.due)(&self.rows[&key]).is_some_and(|at| at <= self.now);
            assert!(!still, "{} strikes for ever", clock.id);
            self.rest();
        }
    }

    /// Something happens by itself, and all that follows from it.
    pub fn happen(&mut self, key: &Key, event: &Event) {
        self.write(key, event.clone());
        self.rest();
    }

    /// The bank says something by itself.
    pub fn bank_says(&mut self, order: OrderId, report: &Report) {
        let events = hold::hear(self.payment(order), report);
        events.into_iter().for_each(|event| self.write(&payment_key(order), Event::Payment(event)));
        self.rest();
    }

    fn write(&mut self, key: &Key, event: Event) {
        let before = self.rows.remove(key);
        let row = Trade::apply(before.clone(), &event);
        if let Some(row) = &row {
            self.rows.insert(key.clone(), row.clone());
        }
        self.facts.push(Trade::event_name(&event));
        // A fact carries the row that it changed.
        let changed = row.filter(|row| before.as_ref() != Some(row));
        self.untold.push_back((key.clone(), event, changed));
    }

    /// Tells the hub to everybody, and then the bank's answers, until nobody has anything to say.
    fn rest(&mut self) {
        loop {
            while let Some((key, event, row)) = self.untold.pop_front() {
                self.tell(&key, &event, row.as_ref());
            }
            let Some((asked, order)) = self.asked.pop_front() else { return };
            let reports = (self.bank)(asked, self.payment(order));
            reports.iter().for_each(|report| self.bank_says(order, report));
        }
    }

    fn tell(&mut self, key: &Key, event: &Event, row: Option<&Row>) {
        let name = Trade::event_name(event);
        let mut heard = vec![];
        let happened = Happened { key, event, row, at: self.now };
        if name.starts_with("payment-") && name.ends_with("-asked") {
            self.asked.push_back((name, OrderId(key.id().parse().expect("an order"))));
        }
        if let Some(person) = rules::forgets(event) {
            let theirs = |row: &Row| row.as_order().is_some_and(|order| order.customer == *person);
            let orders: Vec<Key> =
                self.rows.iter().filter(|(_, row)| theirs(row)).map(|(key, _)| key.clone()).collect();
            orders.iter().for_each(|key| self.write(key, Event::Order(OrderEvent::Erased)));
        }
        for rule in RULES.iter().filter(|rule| rule.on.contains(&name)) {
            let reads = (rule.reads)(&happened);
            let seen = |key: &Key| {
                assert!(reads.contains(key), "{} reads {key} without saying so", rule.id);
                self.rows.get(key).cloned()
            };
            let effects = if rule.id == "fulfilment.secure" {
                let process = seen(&reads[0]).and_then(Row::into_process);
                let events = secure::react(self.secure, &happened, process.as_ref());
                events.into_iter().map(|event| (reads[0].clone(), Event::Secure(event))).collect()
            } else {
                (rule.react)(&happened, &seen)
            };
            if self.told.is_some() {
                let rows = reads.iter().filter_map(|key| Some((key.clone(), self.rows.get(key)?.clone()))).collect();
                heard.push(Heard { rule: rule.id, rows, says: effects.clone() });
            }
            for (key, event) in effects {
                assert_eq!(domain::Service::owner(&key), Some(rule.service), "{} writes {key}", rule.id);
                self.write(&key, event);
            }
        }
        if let Some(told) = &mut self.told {
            let (key, event, row) = (key.clone(), event.clone(), row.cloned());
            told.push(Told { key, event, row, at: self.now, heard });
        }
    }

    pub fn payment(&self, id: OrderId) -> &Payment {
        self.rows[&payment_key(id)].as_payment().expect("a payment")
    }

    pub fn order(&self, id: OrderId) -> &Order {
        self.rows[&order_key(id)].as_order().expect("an order")
    }

    pub fn ticket(&self, id: OrderId) -> &Ticket {
        self.rows[&ticket_key(id)].as_ticket().expect("a ticket")
    }

    pub fn left(&self, item: &str) -> domain::catalog::Availability {
        let menu = self.rows[&menu_key(&pizzeria())].as_menu().expect("a menu");
        menu.item(&ItemId::from(item)).expect("on the menu").availability
    }
}
