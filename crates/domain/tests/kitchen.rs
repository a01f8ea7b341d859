//! The kitchen and the walk of an order through the services.

mod world;

use domain::OrderId;
use domain::id::{numbering_key, order_key};
use domain::kitchen::{Progress, Ticket, TicketCommand, TicketRefusal};
use domain::ordering::{Cancelled, OrderCommand, Status};
use domain::rules::RULES;
use domain::trade::{Command, Refusal, Row};
use world::services::Services;
use world::{NOON, World, cart, menu, order_id, pizzeria, place, placing};

fn cook(command: TicketCommand) -> Command {
    Command::Ticket(command)
}

fn cakes(id: OrderId, count: u32) -> Command {
    let mut cart = domain::ordering::Cart::new(pizzeria());
    cart.add(&menu(), &"cake".into(), &[], count, "").expect("on the menu");
    let mut place = place(cart);
    place.order = id;
    placing(place)
}

#[test]
fn an_order_walks_from_the_cart_to_the_counter() {
    let mut services = Services::new();
    let id = order_id(1);
    services.give(&placing(place(cart()))).expect("placed");
    assert_eq!(services.order(id).number, Some(1));
    assert_eq!(services.ticket(id).progress, Progress::Waiting);
    for (command, progress, status) in [
        (TicketCommand::Accept { order: id, ready_in_min: 20 }, Progress::Accepted, Status::Received),
        (TicketCommand::StartCooking { order: id }, Progress::Cooking, Status::Preparing),
        (TicketCommand::MarkReady { order: id }, Progress::Ready, Status::Prepared),
        (TicketCommand::HandOver { order: id }, Progress::HandedOver, Status::HandedOver),
    ] {
        services.give(&cook(command)).expect("in order");
        assert_eq!((services.ticket(id).progress, services.order(id).status), (progress, status));
    }
    assert_eq!(services.order(id).ready_at, Some(NOON + 20 * 60_000));
}

#[test]
fn numbers_have_no_gap_even_where_an_order_never_reached_the_kitchen() {
    let mut services = Services::new();
    services.give(&cakes(order_id(1), 1)).expect("placed");
    // The customer's screen still says two are left, one is: accepted at the desk, short in the store.
    services.give(&cakes(order_id(2), 2)).expect("accepted at the desk");
    services.give(&cakes(order_id(3), 1)).expect("placed");
    assert_eq!(services.order(order_id(2)).ended, Some(Cancelled::SoldOut(vec!["cake".into()])));
    assert_eq!(services.order(order_id(2)).number, None);
    assert_eq!(services.ticket(order_id(3)).number, 2);
    let numbering = services.rows[&numbering_key(&pizzeria())].as_numbering().expect("a count");
    assert_eq!(numbering.last, 2);
}

#[test]
fn stock_goes_to_the_first_and_comes_back_from_a_refused_order() {
    use domain::catalog::Availability::Left;
    let mut services = Services::new();
    let id = order_id(1);
    services.give(&cakes(id, 2)).expect("placed");
    assert_eq!(services.left("cake"), Left(0));
    services.give(&cook(TicketCommand::Refuse { order: id, reason: "the oven broke".into() })).expect("refused");
    assert_eq!(services.left("cake"), Left(2));
    assert_eq!(services.order(id).ended, Some(Cancelled::ByRestaurant("the oven broke".into())));
    assert_eq!(services.order(id).status, Status::Rejected);
}

#[test]
fn a_customer_may_cancel_until_the_stove_is_lit() {
    let cancel = |id| Command::Order(OrderCommand::Cancel { order: id, reason: "".into() });
    let mut services = Services::new();
    services.give(&placing(place(cart()))).expect("placed");
    services.give(&cancel(order_id(1))).expect("asked");
    assert_eq!(services.ticket(order_id(1)).progress, Progress::Cancelled);
    assert_eq!(services.order(order_id(1)).status, Status::Cancelled);

    // The cook lights the stove; the customer, who has not heard, asks all the same.
    let mut services = Services::new();
    let id = order_id(1);
    services.give(&placing(place(cart()))).expect("placed");
    services.give(&cook(TicketCommand::Accept { order: id, ready_in_min: 10 })).expect("accepted");
    let unaware = services.order(id).clone();
    services.give(&cook(TicketCommand::StartCooking { order: id })).expect("started");
    services.rows.insert(order_key(id), Row::Order(unaware));
    services.give(&cancel(id)).expect("asked");
    assert_eq!(services.ticket(id).progress, Progress::Cooking);
    assert!(!services.order(id).cancel_asked, "the kitchen has answered");
    assert_eq!(services.order(id).ended, None);
}

#[test]
fn the_kitchen_reads_why_a_customer_wants_to_cancel_whether_it_grants_it_or_not() {
    let id = order_id(1);
    let cancel = Command::Order(OrderCommand::Cancel { order: id, reason: " my train is late ".into() });
    for cooking in [false, true] {
        let mut services = Services::new();
        services.give(&placing(place(cart()))).expect("placed");
        let unaware = services.order(id).clone();
        if cooking {
            services.give(&cook(TicketCommand::Accept { order: id, ready_in_min: 10 })).expect("accepted");
            services.give(&cook(TicketCommand::StartCooking { order: id })).expect("started");
            services.rows.insert(order_key(id), Row::Order(unaware));
        }
        services.give(&cancel).expect("asked");
        assert_eq!(services.ticket(id).cancel_reason, "my train is late");
        assert_eq!(services.ticket(id).progress, if cooking { Progress::Cooking } else { Progress::Cancelled });
    }
}

/// What a cook may do with a ticket, as a table: rows are commands, columns the ticket's progress.
#[test]
fn the_kitchen_s_decision_table() {
    use Progress::{Accepted, Cancelled, Cooking, HandedOver, Ready, Refused, Waiting};
    let columns = [Waiting, Accepted, Cooking, Ready, HandedOver, Cancelled, Refused];
    let id = order_id(1);
    let table: [(&str, TicketCommand, [&str; 7]); 6] = [
        (
            "accept",
            TicketCommand::Accept { order: id, ready_in_min: 9 },
            ["yes", "again", "again", "again", "again", "over", "over"],
        ),
        (
            "refuse",
            TicketCommand::Refuse { order: id, reason: "no".into() },
            ["yes", "late", "late", "late", "over", "over", "again"],
        ),
        (
            "call off",
            TicketCommand::CallOff { order: id, reason: "no".into() },
            ["yes", "yes", "yes", "yes", "over", "over", "again"],
        ),
        (
            "start",
            TicketCommand::StartCooking { order: id },
            ["first accept", "yes", "again", "again", "again", "over", "over"],
        ),
        (
            "ready",
            TicketCommand::MarkReady { order: id },
            ["first accept", "yes", "yes", "again", "again", "over", "over"],
        ),
        (
            "hand over",
            TicketCommand::HandOver { order: id },
            ["first accept", "yes", "yes", "yes", "again", "over", "over"],
        ),
    ];
    let mut services = Services::new();
    services.give(&placing(place(cart()))).expect("placed");
    let ticket = services.ticket(id).clone();
    for (name, command, cells) in table {
        for (progress, cell) in columns.into_iter().zip(cells) {
            let row = Row::Ticket(Ticket { progress, ..ticket.clone() });
            let said = match World::new().decide(Some(&row), &cook(command.clone())) {
                Ok(events) if events.is_empty() => "again",
                Ok(_) => "yes",
                Err(Refusal::Ticket(TicketRefusal::NotAccepted)) => "first accept",
                Err(Refusal::Ticket(TicketRefusal::AlreadyAccepted(_))) => "late",
                Err(Refusal::Ticket(TicketRefusal::Over(_))) => "over",
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(said, cell, "{name} on {progress:?}");
        }
    }
}

#[test]
fn every_fact_a_rule_waits_for_is_one_that_somebody_publishes() {
    let mut services = Services::new();
    let id = order_id(1);
    services.give(&placing(place(cart()))).expect("placed");
    services.give(&cook(TicketCommand::Accept { order: id, ready_in_min: 9 })).expect("accepted");
    services.give(&cook(TicketCommand::StartCooking { order: id })).expect("started");
    services.give(&cook(TicketCommand::MarkReady { order: id })).expect("ready");
    services.give(&cook(TicketCommand::HandOver { order: id })).expect("gone");
    let mut other = Services::new();
    other.give(&placing(place(cart()))).expect("placed");
    other.give(&Command::Order(OrderCommand::Cancel { order: id, reason: "".into() })).expect("asked");
    let mut third = Services::new();
    third.give(&placing(place(cart()))).expect("placed");
    third.give(&cook(TicketCommand::Refuse { order: id, reason: "".into() })).expect("refused");
    let seen = [services.facts, other.facts, third.facts].concat();
    // Told by the other two stories of this file, and by those of guests and persons.
    let elsewhere = [
        "stock-short",
        "order-not-secured",
        "order-cancellation-refused",
        "guest-claimed",
        "guest-ordered",
        "order-claimed",
        "order-erased",
    ];
    // Those of money are in fulfilment.rs, those of drivers and silent kitchens in delivery.rs, those of tables in dining.rs,
    // those of who edits a menu in catalog.rs.
    let others = [
        "payment-",
        "driver-",
        "offer-",
        "delivery-",
        "restaurant-order-",
        "restaurant-refund-",
        "desk-refund-",
        "table-",
        "portions-",
        "menu-",
    ];
    let others_too = ["order-picked-up", "order-not-arranged", "order-submission-expired", "stock-used-up"];
    // Those of the desk are in ops.rs.
    let of_the_desk = ["kitchen-time-given", "order-given-up"];
    let is_here = |name: &&&str| {
        let elsewhere = others.iter().any(|start| name.starts_with(start));
        !elsewhere && !others_too.contains(*name) && !of_the_desk.contains(*name)
    };
    for name in RULES.iter().flat_map(|rule| rule.on).filter(is_here) {
        assert!(seen.contains(name) || elsewhere.contains(name), "nobody publishes {name}");
    }
}
