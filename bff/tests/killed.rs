//! The server is killed at random moments while orders by cash and by card are placed, cancelled, cooked, refused, fetched and
//! brought to the door and tables are served and pay, and every act that was not answered is sent again. When all has come to rest, what holds after any run holds: nothing is lost, nothing
//! is done twice, facts add up to rows, and money and stock are where their orders are.
//!
//! `CARRYOUT_SERVER_KILLS` says how often; twenty orders are placed before each.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::Service;
use domain::account::{PersonCommand, Secret};
use domain::catalog::{Availability, Menu};
use domain::delivery::{DriverCommand, ErrandCommand, Hitch, OfferCommand, Standing};
use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, TabLine, bill};
use domain::fulfilment::Aftermath;
use domain::id::{LineId, TabId};
use domain::kitchen::{Progress, Ticket, TicketCommand};
use domain::ordering::{Cancelled, Destination, Order, OrderCommand, PlaceOrder, Status};
use domain::payment::{Card, Method, Paid};
use domain::trade::Row;
use domain::{Command, Money, OrderId, RestaurantId};
use support::*;
use sync::protocol::Outcome;
use sync::{Envelope, Personal};
use uuid::Uuid;

/// How often the server is killed where nobody says how often.
const KILLS: u32 = 20;

/// Orders placed before each death: a quarter are refused or never arrive, and ten thousand are to be left of five hundred deaths.
const ORDERS_A_ROUND: usize = 28;

/// After how many deaths somebody else orders: nobody has hundreds of orders under way.
const ROUNDS_A_CUSTOMER: u32 = 5;

/// After how many deaths somebody comes who orders once, takes it back, and wants to be forgotten.
const ROUNDS_A_VISITOR: u32 = 3;

/// The longest that a server lives, in milliseconds: some die in the first batch, some while the bank is thinking.
const LIFE_MS_MAX: u64 = 900;

/// A restaurant that is always open, has a dish that is counted, and has drivers.
const RESTAURANT: &str = "ginkgo-ramen";
const KITCHEN: &str = "ginkgo";
const DRIVERS: [&str; 2] = ["dora", "emil"];

/// How long nothing may come any nearer to rest after the last death: the late card's answer, and the longest pause before a
/// call is made again. How long all of it takes depends on how much was under way.
const STANDSTILL_MAX: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// What the bank was asked and has not answered, for whoever reads a failure.
const OPEN_CALLS: &str =
    "select json_object('asked', request, 'tries', tries, 'taken', taken_at, 'due', due_at, 'money',
        (select json_extract(body, '$.payment.standing') from payment_row where key = 'payment/' || payment))
    from payment_call where ended_at is null order by asked_at limit 5";

/// Chance, from a seed.
struct Dice(u64);

impl Dice {
    /// Evenly below `sides` (a linear congruential generator with Knuth's constants, MMIX).
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Somebody whose acts wait until they are answered.
struct Patient {
    person: Person,
    waiting: Vec<Envelope<Command>>,
    accepted: BTreeSet<OrderId>,
    /// The lines of tables that were added.
    added: BTreeSet<LineId>,
}

impl Patient {
    async fn sign_in(server: &Server, name: &str) -> Self {
        Self {
            person: Person::sign_in(server, name).await,
            waiting: vec![],
            accepted: BTreeSet::new(),
            added: BTreeSet::new(),
        }
    }

    /// A guest who was never here.
    async fn guest(server: &Server, number: u32) -> Self {
        let mut secret = [7; 32];
        secret[..4].copy_from_slice(&number.to_le_bytes());
        let person = Person::guest(server, &Secret::new(secret)).await;
        Self { person, waiting: vec![], accepted: BTreeSet::new(), added: BTreeSet::new() }
    }

    /// Nobody taps again what still waits.
    fn wants(&mut self, command: Command) {
        let act = self.person.act(command);
        if self.waiting.iter().all(|waiting| waiting.lane != act.lane) {
            self.waiting.push(act);
        }
    }

    /// Sends what waits, as far as the server lives.
    async fn sends(&mut self) {
        for batch in self.waiting.clone().chunks(7) {
            let Ok(answer) = self.person.try_send(self.person.batch(batch).to_string()).await else { return };
            if !answer.status().is_success() {
                return;
            }
            let Ok(answer) = answer.json::<sync::protocol::BatchAnswer<domain::Trade>>().await else { return };
            for answered in answer.outcomes {
                match answered.outcome {
                    Outcome::Accepted | Outcome::Asked | Outcome::Refused(_) => {
                        let act = self.waiting.iter().position(|act| act.id == answered.id).expect("it was sent");
                        let act = self.waiting.remove(act);
                        match (act.command(), &answered.outcome) {
                            (Some(Command::Order(OrderCommand::Place(place))), Outcome::Accepted) => {
                                self.accepted.insert(place.order);
                            }
                            (Some(Command::Tab(TabCommand::Add { line, .. })), Outcome::Accepted) => {
                                self.added.insert(*line);
                            }
                            _ => {}
                        }
                    }
                    Outcome::NotYet | Outcome::Behind | Outcome::Fault => {}
                    other => panic!("{other:?}"),
                }
            }
        }
    }
}

/// Somebody who orders once, takes it back, and wants to be forgotten.
struct Visitor {
    patient: Patient,
    order: OrderId,
    has_asked: bool,
}

impl Visitor {
    async fn comes(server: &Server, number: u32, menu: &Menu) -> Self {
        let mut patient = Patient::guest(server, VISITORS_FROM + number).await;
        let mut place = place(menu);
        place.contact.name = format!("{SECRET_WORD} {number}").as_str().into();
        let order = place.order;
        patient.wants(place_command(&place));
        Self { patient, order, has_asked: false }
    }

    /// What they do next, as their order stands.
    fn goes_on(&mut self, order: &Order) {
        if order.status.is_final() {
            if !std::mem::replace(&mut self.has_asked, true) {
                let person = self.patient.person.account.clone();
                self.patient.wants(Command::Person(PersonCommand::Erase { person }));
            }
        } else if !order.cancel_asked {
            self.patient.wants(Command::Order(OrderCommand::Cancel { order: self.order, reason: "".into() }));
        }
    }
}

/// What stands in each visitor's name, and nowhere else.
const SECRET_WORD: &str = "Quokka";

/// Visitors are other guests than those who stay.
const VISITORS_FROM: u32 = 1_000_000;

fn pays(dice: &mut Dice) -> Method {
    let card = |token: &str| Method::Card(Card { token: token.into(), label: token.into() });
    match dice.below(8) {
        0 | 1 => Method::AtHandOver,
        2 => card("tok_declined"),
        3 => card("tok_late"),
        4 => card("tok_twice"),
        _ => card("tok_succeeds"),
    }
}

/// An order of the counted dish, or of a plain one; every third is to be brought to the door.
fn wanted(menu: &Menu, dice: &mut Dice) -> PlaceOrder {
    let mut place = PlaceOrder { pays: pays(dice), ..place(menu) };
    if dice.below(3) == 0 {
        place.destination = Destination::Deliver("Torstra\u{df}e 1, Berlin".into());
    }
    if let Some(item) = counted(menu).filter(|_| dice.below(4) == 0) {
        let line = &mut place.lines[0];
        (line.item, line.name, line.unit) = (item.id.clone(), item.name.clone(), item.price);
    }
    place
}

fn counted(menu: &Menu) -> Option<&domain::catalog::Item> {
    menu.items().find(|item| {
        matches!(item.availability, Availability::Left(_)) && item.groups.iter().all(|group| group.min == 0)
    })
}

/// What a cook does with a ticket next; nothing with every fourth.
fn next(ticket: &Ticket, dice: &mut Dice) -> Option<TicketCommand> {
    let order = ticket.order;
    Some(match (ticket.progress, dice.below(4)) {
        (_, 0) => return None,
        (Progress::Accepted | Progress::Cooking, 1) if dice.below(8) == 0 => {
            TicketCommand::CallOff { order, reason: "the oven broke".into() }
        }
        (Progress::Waiting, 1) => TicketCommand::Refuse { order, reason: "no oven".into() },
        (Progress::Waiting, _) => TicketCommand::Accept { order, ready_in_min: 9 },
        (Progress::Accepted, _) => TicketCommand::StartCooking { order },
        (Progress::Cooking, _) => TicketCommand::MarkReady { order },
        (Progress::Ready, _) => TicketCommand::HandOver { order },
        // Each ticket is asked about in every round that follows.
        (Progress::HandedOver, 1) if dice.below(40) == 0 => {
            let most = ticket.may_give_back()?;
            let minor = 1 + i64::try_from(dice.below(most.minor.unsigned_abs())).unwrap_or_default();
            TicketCommand::GiveBack { order, amount: Money::new(minor, most.currency), reason: "it was cold".into() }
        }
        _ => return None,
    })
}

/// What a driver does with what they see next; nothing with every fourth.
fn drives(name: &str, row: &Row, dice: &mut Dice) -> Option<Command> {
    let skips = dice.below(4) == 0;
    match row {
        Row::Offer(offer) if offer.shown_to().is_some_and(|driver| driver.as_str() == name) => {
            let (order, claims) = (offer.order, !skips);
            Some(Command::Offer(if claims { OfferCommand::Claim { order } } else { OfferCommand::Decline { order } }))
        }
        Row::Errand(errand) if errand.carried_by().is_some_and(|driver| driver.as_str() == name) && !skips => {
            let order = errand.order;
            Some(Command::Errand(match (errand.standing, dice.below(8)) {
                (Standing::Assigned, 0) => ErrandCommand::DropOut { order },
                (Standing::Assigned, _) => ErrandCommand::PickUp { order },
                (_, 0) => ErrandCommand::Fail { order, reason: "a flat tyre".into(), hitch: Hitch::Other },
                (_, 1) => ErrandCommand::Fail { order, reason: "nobody opens".into(), hitch: Hitch::NobodyThere },
                _ => ErrandCommand::Deliver { order },
            }))
        }
        _ => None,
    }
}

/// What a waiter does next at each table, and another one opened; counted dishes are wanted there, too.
fn waits(tabs: &[Tab], menu: &Menu, dice: &mut Dice) -> Vec<Command> {
    let opened = TabCommand::Open {
        tab: TabId(Uuid::now_v7()),
        restaurant: RESTAURANT.into(),
        seat: Seat::Table(dice.below(9).to_string()),
    };
    let items: Vec<_> = menu.items().filter(|item| item.groups.iter().all(|group| group.min == 0)).collect();
    let mut next = |tab: &Tab| {
        let id = tab.id;
        let lines = |wanted: &dyn Fn(&TabLine) -> bool| {
            tab.lines.iter().filter(|line| wanted(line)).map(|line| line.id).collect::<Vec<_>>()
        };
        Some(match (tab.stage(), dice.below(9)) {
            (Stage::Closed, _) => return None,
            (Stage::Open, 0..=2) if tab.lines.len() < 6 => {
                let mut counted = items.iter().filter(|item| item.availability.left().is_some());
                let item = if dice.below(2) == 0 {
                    counted.next_back()?
                } else {
                    &items[dice.below(items.len() as u64) as usize]
                };
                TabCommand::Add {
                    tab: id,
                    restaurant: tab.restaurant.clone(),
                    line: LineId(Uuid::now_v7()),
                    item: item.id.clone(),
                    choices: vec![],
                    count: 1,
                    unit: item.price,
                    note: String::new(),
                    reopens: false,
                }
            }
            (Stage::Open, 3) => {
                TabCommand::TakeBack { tab: id, line: *lines(&|line| line.state.is_awaited()).first()? }
            }
            (Stage::Open, 4 | 5) => TabCommand::Place { tab: id, lines: lines(&|line| line.state == LineState::Added) },
            (Stage::Open | Stage::Paid, 6) => TabCommand::Prepare { tab: id, lines: lines(&TabLine::is_to_cook) },
            (Stage::Open | Stage::Paid, 7) => TabCommand::Serve { tab: id, lines: lines(&TabLine::can_be_served) },
            (Stage::Open, _) => TabCommand::Bill { tab: id, total: bill::total(tab) },
            (Stage::Billed, _) => {
                let paid = tab.bill.as_ref()?.total?;
                TabCommand::Pay { tab: id, means: Means::Card, paid, tip: None }
            }
            (Stage::Paid, _) => TabCommand::Close { tab: id },
        })
    };
    tabs.iter().filter_map(&mut next).chain([opened]).map(Command::Tab).collect()
}

async fn rows<T>(server: &Server, table: &str, narrow: impl Fn(Row) -> Option<T>) -> Vec<T> {
    let bodies = server.texts(&format!("select body from {table}_row order by key")).await;
    bodies.iter().filter_map(|body| narrow(serde_json::from_str(body).expect("a row"))).collect()
}

#[tokio::test]
async fn nothing_is_lost_doubled_or_left_over_however_often_the_server_dies() {
    let kills = std::env::var("CARRYOUT_SERVER_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut dice = Dice(20_261_128);
    let bank = Bank::start();
    let mut server = Server::with(&bank).await;
    let mut customers = vec![Patient::sign_in(&server, "ada").await];
    let mut cook = Patient::sign_in(&server, KITCHEN).await;
    let mut waiter = Patient::sign_in(&server, KITCHEN).await;
    let mut drivers = vec![];
    for name in DRIVERS {
        let mut driver = Patient::sign_in(&server, name).await;
        driver.wants(Command::Driver(DriverCommand::GoOnDuty { driver: name.into(), at: None }));
        drivers.push(driver);
    }
    let menu = customers[0].person.menu(RESTAURANT).await;
    let before = stock(&menu);
    let mut visitors: Vec<Visitor> = vec![];

    for kill in 1..=kills {
        if kill.is_multiple_of(ROUNDS_A_CUSTOMER) {
            customers.push(Patient::guest(&server, kill).await);
        }
        let hungry = customers.last_mut().expect("somebody is there");
        for _ in 0..ORDERS_A_ROUND {
            hungry.wants(Command::Order(OrderCommand::Place(Box::new(wanted(&menu, &mut dice)))));
        }
        if kill.is_multiple_of(ROUNDS_A_VISITOR) {
            visitors.push(Visitor::comes(&server, kill, &menu).await);
        }
        for order in rows(&server, "ordering", Row::into_order).await {
            if let Some(visitor) = visitors.iter_mut().find(|visitor| visitor.order == order.id) {
                visitor.goes_on(&order);
                continue;
            }
            if !order.status.is_final() && !order.cancel_asked && dice.below(12) == 0 {
                let whose = customers.iter_mut().find(|customer| customer.person.account == order.customer);
                let cancel = OrderCommand::Cancel { order: order.id, reason: "".into() };
                whose.expect("it is somebody's").wants(Command::Order(cancel));
            }
        }
        for ticket in rows(&server, "kitchen", Row::into_ticket).await {
            next(&ticket, &mut dice).into_iter().for_each(|command| cook.wants(Command::Ticket(command)));
        }
        let tabs = rows(&server, "dining", Row::into_tab).await;
        waits(&tabs, &menu, &mut dice).into_iter().for_each(|command| waiter.wants(command));
        for row in rows(&server, "delivery", Some).await {
            for driver in &mut drivers {
                let name = driver.person.account.as_str().to_owned();
                drives(&name, &row, &mut dice).into_iter().for_each(|command| driver.wants(command));
            }
        }
        let life = Duration::from_millis(dice.below(LIFE_MS_MAX) + 1);
        let all = async {
            let drive = futures::future::join_all(drivers.iter_mut().map(Patient::sends));
            let order = futures::future::join_all(customers.iter_mut().map(Patient::sends));
            let visit = futures::future::join_all(visitors.iter_mut().map(|visitor| visitor.patient.sends()));
            futures::join!(order, cook.sends(), waiter.sends(), drive, visit);
            std::future::pending::<()>().await;
        };
        let _ = tokio::time::timeout(life, all).await;
        server = server.restart();
        bank.tells(&server).await;
        let all = customers.iter_mut().chain([&mut cook, &mut waiter]).chain(&mut drivers);
        all.chain(visitors.iter_mut().map(|visitor| &mut visitor.patient))
            .for_each(|patient| patient.person.meet(&server));
    }
    let all = customers.iter_mut().chain([&mut cook, &mut waiter]).chain(&mut drivers);
    for patient in all.chain(visitors.iter_mut().map(|visitor| &mut visitor.patient)) {
        while !patient.waiting.is_empty() {
            patient.sends().await;
        }
    }
    comes_to_rest(&server).await;
    // The minute is over that erasing waits at least.
    server.change("update timer set due_at = 1 where key glob 'person/*'").await;
    let server = server.restart();
    bank.tells(&server).await;
    server.until("select count(*) from timer where key glob 'person/*'", 0).await;
    let server = stands_still(server).await;
    bank.tells(&server).await;
    let all = customers.iter_mut().chain([&mut cook, &mut waiter]).chain(&mut drivers);
    all.chain(visitors.iter_mut().map(|visitor| &mut visitor.patient)).for_each(|patient| patient.person.meet(&server));

    let orders = rows(&server, "ordering", Row::into_order).await;
    let placed: BTreeSet<_> = orders.iter().map(|order| order.id).collect();
    let all = customers.iter().chain(visitors.iter().map(|visitor| &visitor.patient));
    let accepted: BTreeSet<_> = all.flat_map(|customer| &customer.accepted).copied().collect();
    assert_eq!(placed, accepted, "each order that was accepted is there, and no other");
    assert_eq!(server.count("select max(position) - count(*) from hub").await, 0, "positions have no gap");
    assert_eq!(server.count("select count(*) from parked").await, 0, "no service failed on a fact");
    assert_eq!(server.count("select count(*) from question").await, 0, "every cancel was answered");
    let drifted = server.texts("select about || ': ' || detail from fault where kind = 'drifted'").await;
    assert!(drifted.is_empty(), "each new server compared, and found no difference: {drifted:?}");
    facts_add_up_to_rows(&server).await;
    one_ticket_an_order(&server, &orders).await;
    let tabs = rows(&server, "dining", Row::into_tab).await;
    stock_is_constant(&server, &before, &orders, &tabs).await;
    tables_pay_for_what_they_were_served(&tabs, &waiter);
    money_is_where_its_order_is(&bank, &server, &orders).await;
    what_was_given_back_is_had(&bank, &server, &orders).await;
    nothing_left_before_it_was_prepared(&server).await;
    every_meal_has_one_driver(&server).await;
    for customer in &customers {
        let shown = customer.person.feed().await;
        for order in orders.iter().filter(|order| order.customer == customer.person.account) {
            let seen = shown.order(order.id).map(without_texts);
            assert_eq!(seen, Some(without_texts(order)), "a device that syncs anew sees what the server has");
        }
    }
    nothing_is_left_of_who_was_forgotten(&server, &visitors, &cook).await;
    eprintln!("{kills} deaths, {} orders, {}", orders.len(), ends(&orders));
    let mut people: Vec<_> =
        customers.into_iter().chain([cook, waiter]).chain(drivers).map(|patient| patient.person).collect();
    views_built_again_are_the_same(server, &mut people).await;
}

/// The order without what people wrote: the server keeps that sealed, and a device has it in plain text.
fn without_texts(order: &Order) -> Order {
    let mut order = order.clone();
    (order.contact, order.note, order.cancel_reason) = Default::default();
    order.lines.iter_mut().for_each(|line| line.note = Personal::default());
    if let Destination::Deliver(address) = &mut order.destination {
        *address = Personal::default();
    }
    if let Method::Card(Card { token, label }) = &mut order.pays {
        (*token, *label) = Default::default();
    }
    if let Some(Cancelled::ByRestaurant(why) | Cancelled::NotDelivered(why) | Cancelled::NobodyThere(why)) =
        &mut order.ended
    {
        *why = Personal::default();
    }
    order
}

/// How the orders ended, for a person who reads the output.
fn ends(orders: &[Order]) -> String {
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    for order in orders {
        let why = order.ended.as_ref().map_or("", Cancelled::name);
        *ends.entry(format!("{} {why}", order.status.name())).or_default() += 1;
    }
    ends.iter().map(|(end, count)| format!("{} {count}", end.trim())).collect::<Vec<_>>().join(", ")
}

/// What is still under way: facts that were not published, or not heard by every service, and what the bank owes.
fn unrest() -> String {
    let services = Service::ALL.map(|service| format!("'{}'", service.name())).join(", ");
    format!(
        "select (select count(*) from change) - (select count(*) from hub)
            + (select count(*) from checkpoint where name in ({services}) and position < (select max(position) from hub))
            + (select count(*) from payment_row where json_extract(body, '$.payment.standing') in ('asked', 'letting-go', 'charging')
                or json_extract(body, '$.payment.given_back.asked') > json_extract(body, '$.payment.given_back.made'))"
    )
}

/// The same server at rest, and no moment comes any more that anything waits for: in a run of some minutes there is always an
/// order whose kitchen has been silent for too long just now, and what is looked at would not hold still.
async fn stands_still(mut server: Server) -> Server {
    loop {
        comes_to_rest(&server).await;
        server.kill();
        if server.count(&unrest()).await == 0 {
            server.change("update timer set due_at = due_at + 1000000000000").await;
            return server.restart();
        }
        server = server.restart();
    }
}

/// Everybody has heard of everything, and the bank owes no answer.
async fn comes_to_rest(server: &Server) {
    let unrest = unrest();
    let (mut least, mut since) = (i64::MAX, std::time::Instant::now());
    loop {
        let left = server.count(&unrest).await;
        if left == 0 {
            return;
        }
        if left < least {
            (least, since) = (left, std::time::Instant::now());
        }
        if since.elapsed() > STANDSTILL_MAX {
            let readers = server.texts("select name || ' at ' || position from checkpoint").await;
            let calls = server.texts(OPEN_CALLS).await;
            panic!("{left} things never came to rest; readers: {readers:?}; calls to the bank: {calls:?}");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn one_ticket_an_order(server: &Server, orders: &[Order]) {
    let tickets = rows(server, "kitchen", Row::into_ticket).await;
    let confirmed: BTreeSet<_> = orders.iter().filter(|order| order.confirmed).map(|order| order.id).collect();
    let cooked: BTreeSet<_> = tickets.iter().map(|ticket| ticket.order).collect();
    assert_eq!(cooked, confirmed, "each confirmed order has a ticket, and no other");
    let mut numbers: Vec<_> = tickets.iter().map(|ticket| ticket.number as usize).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=tickets.len()).collect::<Vec<_>>(), "numbers have no gap");
}

fn stock(menu: &Menu) -> BTreeMap<String, u32> {
    let left = |item: &domain::catalog::Item| match item.availability {
        Availability::Left(left) => Some((item.id.0.clone(), left)),
        _ => None,
    };
    menu.items().filter_map(left).collect()
}

/// Every line that was added is there, what is paid is what was served, and nothing waits on a table that is over.
fn tables_pay_for_what_they_were_served(tabs: &[Tab], waiter: &Patient) {
    let lines: BTreeSet<_> = tabs.iter().flat_map(|tab| &tab.lines).map(|line| line.id).collect();
    assert_eq!(lines, waiter.added, "each line that was accepted is there, and no other");
    for tab in tabs {
        let paid = tab.settlement.as_ref().map(|settlement| settlement.paid);
        assert!(paid.is_none() || paid == bill::total(tab), "{tab:?}");
        assert!(tab.stage() != Stage::Closed || (tab.awaited() == 0 && paid == bill::total(tab)), "{tab:?}");
    }
    let closed = tabs.iter().filter(|tab| tab.stage() == Stage::Closed).count();
    eprintln!("{} tables with {} lines, {closed} of them closed", tabs.len(), lines.len());
}

async fn stock_is_constant(server: &Server, before: &BTreeMap<String, u32>, orders: &[Order], tabs: &[Tab]) {
    let menus = rows(server, "catalog", Row::into_menu).await;
    let menu = menus.iter().find(|menu| menu.restaurant == RestaurantId::from(RESTAURANT)).expect("the menu");
    let mut sum = stock(menu);
    // What was cooked is gone, also where nobody ate it.
    let has = |order: &&Order| order.confirmed && Aftermath::of(order) != Some(Aftermath::Undone);
    for line in orders.iter().filter(has).flat_map(|order| &order.lines) {
        if let Some(left) = sum.get_mut(&line.item.0) {
            *left += line.quantity;
        }
    }
    for line in tabs.iter().flat_map(|tab| &tab.lines).filter(|line| line.keeps_portions()) {
        if let Some(left) = sum.get_mut(&line.item.0) {
            *left += line.count;
        }
    }
    assert_eq!(&sum, before, "left, held and cooked portions are as many as there were");
}

async fn money_is_where_its_order_is(bank: &Bank, server: &Server, orders: &[Order]) {
    for kind in ["payment-authorized", "payment-captured", "order-fulfilled", "order-cancellation-settled"] {
        let twice = format!("select count(*) - count(distinct key) from hub where kind = '{kind}'");
        assert_eq!(server.count(&twice).await, 0, "{kind} is said once of an order");
    }
    for order in orders {
        let held = bank.payment(order.id).await;
        let has =
            |wanted: &str| held.as_ref().is_some_and(|(status, minor)| status == wanted && *minor == order.total.minor);
        let agree = match order.status {
            _ if order.pays == Method::AtHandOver => held.is_none(),
            Status::Cancelled if Aftermath::of(order) == Some(Aftermath::Paid) => has("captured"),
            Status::Cancelled | Status::Rejected => held.is_none() || has("declined") || has("voided"),
            Status::HandedOver | Status::Delivered => has("captured"),
            _ => has("reserved"),
        };
        assert!(agree, "order {} is {:?} ({:?}), and the bank says {held:?}", order.id, order.status, order.ended);
    }
}

/// What a kitchen gave back its customer has, by the bank's books, and no more.
async fn what_was_given_back_is_had(bank: &Bank, server: &Server, orders: &[Order]) {
    let tickets = rows(server, "kitchen", Row::into_ticket).await;
    let (mut times, mut sum) = (0, 0);
    for ticket in tickets.iter().filter(|ticket| !ticket.given_back.is_empty()) {
        let order = orders.iter().find(|order| order.id == ticket.order).expect("an order");
        // Where nothing was charged, as of a meal that never came, nothing is given back.
        let wanted = if order.paid == Paid::Charged { ticket.total_given_back() } else { None };
        let at_bank = bank.refunded(order.id).await;
        let kitchen = ticket.refund.as_ref().filter(|refund| !refund.is_moot).map(|refund| refund.made);
        let all = (wanted, order.refunded, kitchen);
        assert_eq!(all, (wanted, wanted, wanted), "what is given back of {}", order.id);
        assert_eq!(at_bank, wanted.map_or(0, |wanted| wanted.minor), "by the bank's books, of {}", order.id);
        (times, sum) = (times + ticket.given_back.len(), sum + at_bank);
    }
    eprintln!("money given back {times} times, {sum} in all");
}

/// Whoever asked to be forgotten and has nothing under way is: on the kitchen's board, in the files, and for their device.
async fn nothing_is_left_of_who_was_forgotten(server: &Server, visitors: &[Visitor], cook: &Patient) {
    let board = cook.person.feed().await;
    let forgotten: Vec<_> = visitors.iter().filter(|visitor| visitor.has_asked).collect();
    assert!(!forgotten.is_empty(), "somebody has asked");
    for visitor in &forgotten {
        assert_eq!(visitor.patient.person.bye().await, "erased", "a device that comes back is told");
        let ticket = board.tickets().into_iter().find(|ticket| ticket.order == visitor.order);
        assert!(ticket.is_none_or(|ticket| ticket.customer_name.is_empty()), "the board still names {}", visitor.order);
    }
    for file in ["truth.sqlite", "truth.sqlite-wal", "views.sqlite", "views.sqlite-wal"] {
        let Ok(bytes) = std::fs::read(server.data.path().join(file)) else { continue };
        let is_there = bytes.windows(SECRET_WORD.len()).any(|window| window == SECRET_WORD.as_bytes());
        assert!(!is_there, "{file} has a visitor's name in plain text");
    }
    let keys =
        sqlx::sqlite::SqliteConnectOptions::new().filename(server.data.path().join("keys.sqlite")).read_only(true);
    let mut keys = sqlx::ConnectOptions::connect(&keys).await.expect("the keys are there");
    let destroyed: i64 = sqlx::query_scalar("select count(*) from subject_key where key is null")
        .fetch_one(&mut keys)
        .await
        .expect("read");
    assert_eq!(usize::try_from(destroyed).ok(), Some(forgotten.len()), "a destroyed key for each of them");
    eprintln!("{} people forgotten", forgotten.len());
}

/// What each device is shown from views that were lost and built again from the lake is what it was shown before.
async fn views_built_again_are_the_same(server: Server, people: &mut [Person]) {
    let mut before = vec![];
    for person in people.iter() {
        before.push(person.feed().await.rows);
    }
    let server = server.restart_after(|data| {
        for file in ["views.sqlite", "views.sqlite-wal", "views.sqlite-shm"] {
            let _ = std::fs::remove_file(data.join(file));
        }
    });
    // To build them takes longer than a start waits for.
    let head = server.count("select max(position) from hub").await;
    server.has_built_views(head).await;
    for (person, before) in people.iter_mut().zip(before) {
        person.meet(&server);
        let after = person.feed().await.rows;
        assert_eq!(after.len(), before.len(), "rows of {}", person.account);
        for (key, row) in before {
            assert_eq!(after.get(&key), Some(&row), "{key} of {}", person.account);
        }
    }
}

/// The board, the offers and the meals on their way say the same.
async fn every_meal_has_one_driver(server: &Server) {
    let zones = rows(server, "delivery", Row::into_zone).await;
    let seats: Vec<_> = zones.iter().flat_map(|zone| &zone.drivers).collect();
    for offer in rows(server, "delivery", Row::into_offer).await {
        let asked: Vec<_> =
            seats.iter().filter(|seat| seat.asked == Some(offer.order)).map(|seat| &seat.driver).collect();
        assert_eq!(asked, offer.shown_to().into_iter().collect::<Vec<_>>(), "who is asked about {}", offer.order);
    }
    for errand in rows(server, "delivery", Row::into_errand).await {
        let carry = seats.iter().filter(|seat| seat.carries.contains(&errand.order)).map(|seat| &seat.driver);
        assert_eq!(carry.collect::<Vec<_>>(), errand.carried_by().into_iter().collect::<Vec<_>>(), "{}", errand.order);
    }
}

async fn nothing_left_before_it_was_prepared(server: &Server) {
    let early = "select count(*) from hub as gone where gone.kind = 'order-handed-over' and not exists
        (select 1 from hub where key = gone.key and kind = 'order-prepared' and position < gone.position)";
    assert_eq!(server.count(early).await, 0);
}
