//! The stories in which every rule has something to say, told once from the first order to the last table.
//!
//! A new one is added at the end: what is recorded of those before it stays.

use domain::OrderId;
use domain::account::{GuestCommand, PersonCommand, Secret};
use domain::catalog::menu::Edit;
use domain::catalog::{MenuCommand, MenuEvent};
use domain::delivery::zone::SEEK_MS;
use domain::delivery::{DriverCommand, ErrandCommand, ErrandEvent, Hitch, OfferCommand, Place, offer, proof};
use domain::dining::{Seat, TabCommand, TabEvent};
use domain::fulfilment::arrange::{END_MS, WARN_MS};
use domain::fulfilment::secure::SECURE;
use domain::id::{LineId, TabId, errand_key, menu_key, order_key, payment_key, tab_key};
use domain::kitchen::TicketCommand;
use domain::ops::{CaseCommand, Concern};
use domain::ordering::{Destination, OrderCommand, OrderEvent, PlaceOrder};
use domain::payment::{Card, Method, Payment, PaymentEvent, Report};
use domain::trade::{Command, Event, Row};
use sync::{Actor, Role};
use uuid::Uuid;

use super::services::{Bank, Services, Told, yes};
use super::{ada, cart, cook, driver, euro, menu, operator, order_id, pizzeria, place, placing};

const ORDER: OrderId = OrderId(Uuid::from_u128(1));

/// What is told in a story that begins with `has_drivers` and this bank.
fn told(has_drivers: bool, bank: Bank, story: impl FnOnce(&mut Services)) -> Vec<Told> {
    let mut services = Services::with(&SECURE, bank);
    services.has_drivers = has_drivers;
    services.told = Some(vec![]);
    story(&mut services);
    services.told.unwrap_or_default()
}

/// The chains, by name: each is recorded whole.
pub fn chains() -> [(&'static str, Vec<Told>); 4] {
    let fulfilled = told(true, yes, |services| {
        has_driver(services);
        kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
        kitchen(services, TicketCommand::StartCooking { order: ORDER });
        kitchen(services, TicketCommand::MarkReady { order: ORDER });
        brings(services, ErrandCommand::PickUp { order: ORDER });
        brings(services, ErrandCommand::Deliver { order: ORDER });
    });
    let expired = told(true, yes, |services| {
        has_driver(services);
        services.pass(END_MS);
    });
    let cancelled = told(true, yes, |services| {
        has_driver(services);
        kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
        cancel(services);
    });
    let in_vain = told(true, yes, |services| {
        has_driver(services);
        kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
        fails(services, Hitch::NobodyThere);
    });
    [("fulfilled", fulfilled), ("expired", expired), ("cancelled", cancelled), ("in-vain", in_vain)]
}

/// The chains that came later, recorded after all else, so that nothing of it is numbered anew.
pub fn later_chains() -> [(&'static str, Vec<Told>); 1] {
    let wanted = super::NOON + 3 * 60 * 60_000;
    let for_later = told(true, yes, |services| {
        on_duty(services, "dora");
        order(services, PlaceOrder { wanted: Some(wanted), ..to_the_door() });
        kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 1 });
        services.pass(services.ticket(ORDER).begins_at() - services.now);
        claim(services, "dora", ORDER);
        kitchen(services, TicketCommand::StartCooking { order: ORDER });
        brings(services, ErrandCommand::PickUp { order: ORDER });
        brings(services, ErrandCommand::Deliver { order: ORDER });
    });
    [("for-later", for_later)]
}

/// The other stories, of which is recorded what the chains do not say.
pub fn others() -> Vec<Told> {
    [ends(), drivers(), desk(), money(), persons(), tables(), edits(), proofs()]
        .into_iter()
        .flatten()
        .flatten()
        .collect()
}

/// A photo of the door comes after the status.
fn proofs() -> Vec<Vec<Told>> {
    vec![told(true, yes, |services| {
        has_driver(services);
        kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
        brings(services, ErrandCommand::Deliver { order: ORDER });
        let errand = services.rows[&errand_key(ORDER)].as_errand().expect("an errand");
        let photo = super::photo(1, services.now);
        let proved = proof::prove(Some(errand), &photo, &driver("dora")).expect("it is hers").expect("it is news");
        services.happen(&errand_key(ORDER), &Event::Errand(proved));
    })]
}

/// A cook edits a dish, and the menu is imported once more.
fn edits() -> Vec<Vec<Told>> {
    vec![told(false, yes, |services| {
        let name = Edit { from: "Minestrone".into(), to: "Minestrone della casa".into() };
        let price = Edit { from: euro(650), to: euro(700) };
        let command = MenuCommand::ChangeItem { item: "soup".into(), name: Some(name), price: Some(price) };
        services.give_as(cook(), &Command::Menu { restaurant: pizzeria(), command }).expect("edited");
        services.happen(&menu_key(&pizzeria()), &Event::Menu(MenuEvent::Written(Box::new(menu()))));
    })]
}

/// An order ends early, each time for another reason.
fn ends() -> Vec<Vec<Told>> {
    let declined = |asked: &'static str, payment: &Payment| match asked {
        "payment-authorization-asked" => vec![Report::Declined { reason: "no funds".into() }],
        _ => yes(asked, payment),
    };
    vec![
        told(false, declined, |services| order(services, cakes())),
        told(false, yes, |services| {
            order(services, cakes());
            order(services, PlaceOrder { order: order_id(2), ..cakes() });
        }),
        told(
            false,
            |_, _| vec![Report::Busy],
            |services| {
                order(services, cakes());
                cancel(services);
                services.bank_says(ORDER, &Report::Released);
            },
        ),
        told(false, yes, |services| {
            order(services, cakes());
            kitchen(services, TicketCommand::Refuse { order: ORDER, reason: "no oven".into() });
        }),
        told(false, yes, |services| {
            order(services, cakes());
            kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
            kitchen(services, TicketCommand::StartCooking { order: ORDER });
            // Asked before ordering has heard that it cooks.
            services.happen(&order_key(ORDER), &Event::Order(OrderEvent::CancellationRequested));
            kitchen(services, TicketCommand::HandOver { order: ORDER });
        }),
        told(false, yes, |services| {
            order(services, cakes());
            kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
            kitchen(services, TicketCommand::CallOff { order: ORDER, reason: "no oven".into() });
        }),
    ]
}

/// Who is asked, who drops out, what is not delivered.
fn drivers() -> Vec<Vec<Told>> {
    let second = order_id(2);
    vec![
        told(true, yes, |services| {
            has_driver(services);
            kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
            fails(services, Hitch::Other);
        }),
        told(true, yes, |services| {
            order(services, to_the_door());
            for name in ["dora", "emil", "fay"] {
                on_duty(services, name);
            }
            services.give_as(driver("dora"), &Command::Offer(OfferCommand::Decline { order: ORDER })).expect("no");
            services.pass(offer::OPEN_FOR_MS);
            claim(services, "fay", ORDER);
            services.give_as(driver("fay"), &Command::Errand(ErrandCommand::DropOut { order: ORDER })).expect("out");
        }),
        told(true, yes, |services| {
            order(services, to_the_door());
            services.pass(3 * SEEK_MS);
        }),
        told(true, yes, |services| {
            has_driver(services);
            order(services, PlaceOrder { order: second, ..to_the_door() });
            claim(services, "dora", second);
            order(services, PlaceOrder { order: order_id(3), ..to_the_door() });
            brings(services, ErrandCommand::PickUp { order: ORDER });
            brings(services, ErrandCommand::Deliver { order: ORDER });
        }),
        told(true, yes, |services| {
            order(services, to_the_door());
            on_duty(services, "dora");
            services.give_as(driver("dora"), &Command::Offer(OfferCommand::Decline { order: ORDER })).expect("no");
            on_duty(services, "emil");
            let off = DriverCommand::GoOffDuty { driver: "emil".into() };
            services.give_as(driver("emil"), &Command::Driver(off)).expect("off duty");
        }),
        told(true, yes, |services| {
            has_driver(services);
            cancel(services);
            brings(services, ErrandCommand::PickUp { order: ORDER });
            brings(services, ErrandCommand::Deliver { order: ORDER });
        }),
        told(true, yes, |services| {
            dropped_out(services);
            brings(services, ErrandCommand::PickUp { order: ORDER });
        }),
        // She had it all the same, while somebody else is asked.
        told(true, yes, |services| {
            dropped_out(services);
            let delivered = ErrandEvent::Delivered { driver: "dora".into(), at: services.now };
            services.happen(&errand_key(ORDER), &Event::Errand(delivered));
        }),
        told(true, yes, |services| {
            dropped_out(services);
            let reason = "nobody opens".into();
            let failed = ErrandEvent::Failed { driver: "dora".into(), at: services.now, reason, hitch: Hitch::Other };
            services.happen(&errand_key(ORDER), &Event::Errand(failed));
        }),
        told(true, yes, |services| {
            has_driver(services);
            brings(services, ErrandCommand::DropOut { order: ORDER });
            services.pass(SEEK_MS);
        }),
    ]
}

/// What an operator does.
fn desk() -> Vec<Vec<Told>> {
    let does = |services: &mut Services, command| {
        services.give_as(operator(), &Command::Case(command)).expect("an operator may");
    };
    vec![
        told(false, yes, |services| {
            order(services, cakes());
            services.pass(WARN_MS);
            does(services, CaseCommand::GiveTime { order: ORDER, minutes: 30 });
            does(services, CaseCommand::GiveUp { order: ORDER, concern: Concern::KitchenSilent });
        }),
        told(true, yes, |services| {
            order(services, to_the_door());
            on_duty(services, "dora");
            services.give_as(driver("dora"), &Command::Offer(OfferCommand::Decline { order: ORDER })).expect("no");
            services.pass(SEEK_MS);
            does(services, CaseCommand::Choose { order: ORDER, driver: "dora".into() });
        }),
    ]
}

/// Charges and refunds.
fn money() -> Vec<Vec<Told>> {
    let flaky = |asked: &'static str, payment: &Payment| match asked {
        "payment-capture-asked" if payment.charges < 2 => vec![Report::ChargeFailed { reason: "try later".into() }],
        "payment-refund-asked" if payment.given_back.asked == 300 => {
            vec![Report::RefundFailed { total: 300, back: payment.given_back.made, reason: "the card is gone".into() }]
        }
        _ => yes(asked, payment),
    };
    let silent_at_the_charge = |asked: &'static str, payment: &Payment| match asked {
        "payment-capture-asked" => vec![],
        _ => yes(asked, payment),
    };
    let eaten = |services: &mut Services| {
        order(services, cakes());
        kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
        kitchen(services, TicketCommand::HandOver { order: ORDER });
    };
    let gives = |services: &mut Services, minor| {
        let give = TicketCommand::GiveBack { order: ORDER, amount: euro(minor), reason: "it was cold".into() };
        kitchen(services, give);
    };
    vec![
        told(false, flaky, |services| {
            eaten(services);
            gives(services, 300);
            gives(services, 100);
            let give = CaseCommand::GiveBack { order: ORDER, amount: euro(50), note: "she was cross".into() };
            services.give_as(operator(), &Command::Case(give)).expect("given");
            services.bank_says(ORDER, &Report::Refunded { total: 450 });
        }),
        told(false, silent_at_the_charge, |services| {
            eaten(services);
            gives(services, 300);
            services.happen(&payment_key(ORDER), &Event::Payment(PaymentEvent::Released));
            gives(services, 100);
        }),
    ]
}

/// A guest who is claimed, and a person who is forgotten.
fn persons() -> Vec<Vec<Told>> {
    let secret = Secret::new([7; 32]);
    let guest = Actor { account: secret.account(), role: Role::named("customer") };
    let claim = Command::Guest(GuestCommand::Claim { guest: secret.account(), proof: secret.proof() });
    vec![told(true, yes, |services| {
        services.give_as(guest.clone(), &placing(to_the_door())).expect("placed");
        services.give(&claim).expect("claimed");
        services.give_as(guest, &placing(PlaceOrder { order: order_id(2), ..place(cart()) })).expect("placed");
        for order in [ORDER, order_id(2)] {
            kitchen(services, TicketCommand::Refuse { order, reason: "no oven".into() });
        }
        services.give(&Command::Person(PersonCommand::Erase { person: ada().account })).expect("asked");
        services.pass(END_MS);
    })]
}

/// A table that orders what is counted.
fn tables() -> Vec<Vec<Told>> {
    let tab = TabId(Uuid::from_u128(0x7a));
    let does = |services: &mut Services, command| {
        services.give_as(cook(), &Command::Tab(command)).expect("on the menu");
    };
    let line = |n: u128| LineId(Uuid::from_u128(n));
    let add = move |n, count| TabCommand::Add {
        tab,
        restaurant: pizzeria(),
        line: line(n),
        item: "cake".into(),
        choices: vec![],
        count,
        unit: euro(480),
        note: String::new(),
        reopens: false,
    };
    vec![told(false, yes, |services| {
        does(services, TabCommand::Open { tab, restaurant: pizzeria(), seat: Seat::Table("12".into()) });
        does(services, add(1, 1));
        does(services, add(2, 2));
        does(services, TabCommand::TakeBack { tab, line: line(1) });
        // Taken back before the tab hears that the portions are held.
        does(services, add(3, 1));
        let mut row = services.rows[&tab_key(tab)].as_tab().expect("a tab").clone();
        row.lines.iter_mut().for_each(|line| line.is_held = false);
        services.rows.insert(tab_key(tab), Row::Tab(row));
        does(services, TabCommand::TakeBack { tab, line: line(3) });
        services.happen(&tab_key(tab), &Event::Tab(TabEvent::PortionsHeld { line: line(3) }));
    })]
}

/// Two cakes, of which there are two, by card.
fn cakes() -> PlaceOrder {
    let mut cart = domain::ordering::Cart::new(pizzeria());
    cart.add(&menu(), &"cake".into(), &[], 2, "").expect("on the menu");
    PlaceOrder { pays: by_card(), ..place(cart) }
}

fn by_card() -> Method {
    Method::Card(Card { token: "tok_succeeds".into(), label: "Sandbox card 4242".into() })
}

/// A cake, which is counted, and more, which is not.
fn to_the_door() -> PlaceOrder {
    let mut cart = cart();
    cart.add(&menu(), &"cake".into(), &[], 1, "").expect("on the menu");
    PlaceOrder { destination: Destination::Deliver("Via Lunga 2, Roma".into()), pays: by_card(), ..place(cart) }
}

fn order(services: &mut Services, order: PlaceOrder) {
    services.give(&placing(order)).expect("placed");
}

fn cancel(services: &mut Services) {
    let cancel = OrderCommand::Cancel { order: ORDER, reason: "my train is late".into() };
    services.give(&Command::Order(cancel)).expect("asked");
}

fn kitchen(services: &mut Services, command: TicketCommand) {
    services.give_as(cook(), &Command::Ticket(command)).expect("in order");
}

fn on_duty(services: &mut Services, name: &str) {
    let command = DriverCommand::GoOnDuty { driver: name.into(), at: Some(Place(41.91, 12.51)) };
    services.give_as(driver(name), &Command::Driver(command)).expect("on duty");
}

fn claim(services: &mut Services, name: &str, order: OrderId) {
    services.give_as(driver(name), &Command::Offer(OfferCommand::Claim { order })).expect("theirs");
}

/// An order to the door, and Dora, who will bring it.
fn has_driver(services: &mut Services) {
    on_duty(services, "dora");
    order(services, to_the_door());
    claim(services, "dora", ORDER);
}

/// Dora brings it in vain.
fn fails(services: &mut Services, hitch: Hitch) {
    brings(services, ErrandCommand::PickUp { order: ORDER });
    brings(services, ErrandCommand::Fail { order: ORDER, reason: "nobody opens".into(), hitch });
}

/// Dora gave it back, and Emil is asked.
fn dropped_out(services: &mut Services) {
    has_driver(services);
    brings(services, ErrandCommand::DropOut { order: ORDER });
    on_duty(services, "emil");
}

fn brings(services: &mut Services, command: ErrandCommand) {
    services.give_as(driver("dora"), &Command::Errand(command)).expect("reported");
}
