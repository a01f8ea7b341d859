//! Ordering, as a customer and a restaurant would tell it.

mod world;

use domain::access;
use domain::catalog::{Availability, Hours};
use domain::ordering::order::LINES_MAX;
use domain::ordering::{
    Change, Line, LineChange, Order, OrderCommand, OrderEvent, OrderRefusal, PlaceOrder, Status, Step, price,
};
use domain::payment::{Card, Method};
use domain::trade::{Command, Event, Refusal, Row, Trade};
use proptest::prelude::*;
use sync::{AccountId, Actor, Key, Model, Role};
use world::services::Services;
use world::{World, ada, cart, cook, euro, menu, order_id, place, placed, placing};

fn refused(world: &World, command: &Command) -> OrderRefusal {
    match world.decide(None, command) {
        Err(Refusal::Order(refusal)) => refusal,
        other => panic!("not refused as an order: {other:?}"),
    }
}

fn change(line: usize, item: &str, name: &str, before: i64, after: Change) -> LineChange {
    LineChange { line, item: item.into(), name: name.into(), before: euro(before), after }
}

#[test]
fn a_tip_is_a_share_of_the_dishes_reserved_with_them_and_only_by_a_card() {
    let card = Card { token: "tok_succeeds".into(), label: "Sandbox card".into() };
    let with_tip = |tip_percent| PlaceOrder { tip_percent, pays: Method::Card(card.clone()), ..place(cart()) };
    for (percent, tip) in [(0, None), (10, Some(260)), (7, Some(182)), (50, Some(1300))] {
        let mut services = Services::new();
        services.give(&placing(with_tip(percent))).expect("placed");
        let order = services.order(order_id(1));
        assert_eq!(order.tip.map(|tip| tip.minor), tip, "{percent} %");
        assert_eq!(order.total.minor, 2600 + tip.unwrap_or_default());
        assert_eq!(with_tip(percent).total(), Some(order.total), "as it was shown");
        assert_eq!(services.payment(order_id(1)).amount, order.total, "it is reserved with the rest");
        assert_eq!((services.ticket(order_id(1)).tip, services.ticket(order_id(1)).total), (order.tip, order.total));
    }
    let in_cash = PlaceOrder { tip_percent: 10, ..place(cart()) };
    for wrong in [with_tip(51), in_cash] {
        let refused = Services::new().give(&placing(wrong));
        assert!(matches!(refused, Err(Refusal::Order(OrderRefusal::Malformed(_)))), "{refused:?}");
    }
    // Half a cent goes up, and what is less than half a cent is none.
    let tip = |minor, percent| price::tip(euro(minor), percent).map(|tip| tip.minor);
    assert_eq!([tip(5, 10), tip(4, 10), tip(i64::MAX, 50)], [Some(1), None, Some(i64::MAX / 100)]);
}

#[test]
fn a_placed_order_costs_what_the_menu_says() {
    let order = placed();
    assert_eq!(order.total, euro(2600));
    assert_eq!(order.status, Status::Submitted);
    assert_eq!(order.restaurant_name, "Pizzeria");
    assert_eq!(order.customer, AccountId::from("ada"));
}

#[test]
fn a_sold_out_soup_and_a_dearer_pizza_hold_the_order_and_say_both() {
    let world = World::with_menu(|menu| {
        menu.sections[0].items[0].price = euro(1100);
        menu.sections[1].items[0].availability = Availability::SoldOut;
    });
    let expected = OrderRefusal::Changed {
        lines: vec![
            change(0, "margherita", "Margherita", 1300, Change::Price(euro(1500))),
            change(1, "soup", "Minestrone", 650, Change::SoldOut),
        ],
        before: euro(2600),
        after: Some(euro(1500)),
    };
    assert_eq!(refused(&world, &placing(place(cart()))), expected);
}

#[test]
fn accepting_the_changes_makes_an_order_that_is_accepted() {
    let world = World::with_menu(|menu| {
        menu.sections[0].items[0].price = euro(1100);
        menu.sections[1].items[0].availability = Availability::SoldOut;
    });
    let first = place(cart());
    let OrderRefusal::Changed { lines, .. } = refused(&world, &placing(first.clone())) else { panic!("held") };
    let mut again = first.clone();
    again.lines = price::with_changes(&first.lines, &lines);
    let row = world.after(None, &placing(again));
    assert_eq!(row.and_then(Row::into_order).expect("an order").total, euro(1500));
}

#[test]
fn dropping_the_changed_lines_sends_the_rest_at_the_old_price() {
    let world = World::with_menu(|menu| menu.sections[1].items[0].price = euro(700));
    let first = place(cart());
    let OrderRefusal::Changed { lines, .. } = refused(&world, &placing(first.clone())) else { panic!("held") };
    let mut rest = first.clone();
    rest.lines = price::without_changed(&first.lines, &lines);
    let order = world.after(None, &placing(rest)).and_then(Row::into_order).expect("an order");
    assert_eq!((order.lines.len(), order.total), (1, euro(1300)));
}

#[test]
fn a_forged_price_is_a_change_to_be_confirmed_and_never_charged() {
    let mut forged = place(cart());
    forged.lines[0].unit = euro(1);
    let OrderRefusal::Changed { lines, after, .. } = refused(&World::new(), &placing(forged)) else { panic!("held") };
    assert_eq!(lines, [change(0, "margherita", "Margherita", 1, Change::Price(euro(1300)))]);
    assert_eq!(after, Some(euro(2600)));
}

#[test]
fn a_forged_name_is_not_what_the_kitchen_reads() {
    let mut forged = place(cart());
    forged.lines[0].name = "Lobster".into();
    forged.lines[0].choices[0].name = "With caviar".into();
    forged.lines[0].choices[0].adds = euro(0);
    let order = World::new().after(None, &placing(forged)).and_then(Row::into_order).expect("an order");
    assert_eq!(order.lines, placed().lines);
}

#[test]
fn three_cakes_cannot_be_had_where_two_are_left_even_on_two_lines() {
    let mut cart = domain::ordering::Cart::new(world::pizzeria());
    cart.add(&menu(), &"cake".into(), &[], 2, "").expect("on the menu");
    cart.add(&menu(), &"cake".into(), &[], 1, "with a candle").expect("on the menu");
    let first = place(cart);
    let OrderRefusal::Changed { lines, after, .. } = refused(&World::new(), &placing(first.clone())) else {
        panic!("held")
    };
    assert!(lines.iter().all(|line| line.after == Change::Left(2)), "{lines:?}");
    assert_eq!(after, Some(euro(960)));
}

#[test]
fn options_are_priced_and_their_rules_are_kept() {
    let menu = menu();
    let margherita = menu.item(&"margherita".into()).expect("on the menu");
    let chosen =
        |options: &[(&str, &str)]| -> Vec<_> { options.iter().map(|(g, o)| ((*g).into(), (*o).into())).collect() };
    let priced = |options: &[(&str, &str)]| price::priced(margherita, &chosen(options)).map(|(unit, _)| unit.minor);
    assert_eq!(priced(&[("size", "normal")]), Ok(900));
    assert_eq!(priced(&[("size", "large"), ("extra", "olives"), ("extra", "basil")]), Ok(1420));
    for wrong in [
        &[][..],
        &[("size", "normal"), ("size", "large")],
        &[("size", "huge")],
        &[("size", "normal"), ("extra", "basil"), ("extra", "basil")],
    ] {
        assert!(priced(wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_closed_door_is_said_with_when_it_opens() {
    let by_hand = World::with_restaurant(|restaurant| restaurant.closed_for_now = true);
    assert_eq!(
        refused(&by_hand, &placing(place(cart()))),
        OrderRefusal::Closed { opens_in_min: None, last_orders_over: false }
    );
    // It is Saturday noon; Saturday's dinner begins at 18:00.
    let by_hours = World::with_restaurant(|restaurant| {
        let dinner = |span: &mut domain::catalog::Span| (span.opens_min, span.closes_min) = (18 * 60, 23 * 60);
        restaurant.hours = Hours::always();
        restaurant.hours.0.iter_mut().for_each(dinner);
    });
    assert_eq!(
        refused(&by_hours, &placing(place(cart()))),
        OrderRefusal::Closed { opens_in_min: Some(360), last_orders_over: false }
    );
}

#[test]
fn a_device_that_knows_nothing_of_the_restaurant_lets_the_server_judge() {
    assert!(World::knowing_nothing().decide(None, &placing(place(cart()))).is_ok());
}

#[test]
fn what_no_restaurant_could_serve_is_refused_wherever_it_is_judged() {
    type Spoil = fn(&mut domain::ordering::PlaceOrder);
    let spoilt: [(&str, Spoil); 7] = [
        ("empty", |place| place.lines.clear()),
        ("ten thousand lines", |place| place.lines = vec![place.lines[1].clone(); 10_000]),
        ("none of a dish", |place| place.lines[0].quantity = 0),
        ("a hundred of a dish", |place| place.lines[0].quantity = 100),
        ("a negative price", |place| place.lines[0].unit = euro(-900)),
        ("no name", |place| place.contact.name = "  ".into()),
        ("a novel as a note", |place| place.note = "x".repeat(301).into()),
    ];
    for world in [World::new(), World::knowing_nothing()] {
        for (what, spoil) in spoilt {
            let mut place = place(cart());
            spoil(&mut place);
            let refusal = refused(&world, &placing(place));
            assert!(matches!(refusal, OrderRefusal::EmptyCart | OrderRefusal::Malformed(_)), "{what}: {refusal:?}");
            assert!(!Trade::rests_on_context(&Refusal::Order(refusal)), "{what}");
        }
    }
}

#[test]
fn the_same_order_is_not_placed_twice() {
    let row = Row::Order(placed());
    let again = World::new().decide(Some(&row), &placing(place(cart())));
    assert_eq!(again, Err(Refusal::Order(OrderRefusal::AlreadyPlaced)));
}

#[test]
fn a_cancel_is_asked_while_the_kitchen_has_not_begun_and_too_late_after() {
    let cancel = Command::Order(OrderCommand::Cancel { order: order_id(1), reason: "".into() });
    let at = |status| {
        let row = Row::Order(Order { status, ..placed() });
        World::new().decide(Some(&row), &cancel)
    };
    let asked = vec![Event::Order(OrderEvent::CancellationRequested)];
    assert_eq!(at(Status::Submitted), Ok(asked.clone()));
    assert_eq!(at(Status::Received), Ok(asked));
    for late in [Status::Preparing, Status::Prepared, Status::HandedOver, Status::Rejected] {
        assert_eq!(at(late), Err(Refusal::Order(OrderRefusal::TooLate(late))));
    }
    assert_eq!(at(Status::Cancelled), Ok(vec![]));
}

#[test]
fn a_reason_to_cancel_is_kept_as_it_was_said_and_has_an_end() {
    let cancel = |reason: String| {
        let command = Command::Order(OrderCommand::Cancel { order: order_id(1), reason: reason.into() });
        World::new().decide(Some(&Row::Order(placed())), &command)
    };
    let asked = OrderEvent::CancellationRequestedBecause("rain \u{1f327}".into());
    assert_eq!(cancel(" rain \u{1f327} ".into()), Ok(vec![Event::Order(asked.clone())]));
    let after = Trade::apply(Some(Row::Order(placed())), &Event::Order(asked.clone()));
    let order = after.as_ref().and_then(Row::as_order).expect("an order");
    assert_eq!((order.cancel_asked, order.cancel_reason.as_str()), (true, "rain \u{1f327}"));
    assert!(Trade::asks(&Event::Order(asked)), "the kitchen answers");
    assert!(cancel("x".repeat(200)).is_ok());
    assert!(matches!(cancel("x".repeat(201)), Err(Refusal::Order(OrderRefusal::Malformed(_)))));
}

#[test]
fn nobody_orders_or_cancels_for_somebody_else() {
    let order = Row::Order(placed());
    let ben = Actor { account: AccountId::from("ben"), role: Role::named("customer") };
    let cancel = Command::Order(OrderCommand::Cancel { order: order_id(1), reason: "".into() });
    assert!(access::permits(&ada(), &cancel, Some(&order)));
    assert!(!access::permits(&ben, &cancel, Some(&order)));
    assert!(!access::permits(&cook(), &cancel, Some(&order)));
    assert!(!access::permits(&cook(), &placing(place(cart())), None));
    let seen_by_ada = Trade::scopes(&Key::from("order/1"), &order);
    assert!(access::scopes_of(Some(&ada())).iter().any(|scope| seen_by_ada.contains(scope)));
    assert!(access::scopes_of(Some(&ben)).iter().all(|scope| !seen_by_ada.contains(scope)));
}

#[test]
fn a_carried_cart_shows_what_changed_and_takes_it_on_a_yes() {
    let mut cart = cart();
    let mut menu = menu();
    menu.sections[1].items[0].price = euro(700);
    assert_eq!(cart.changes(&menu), [change(1, "soup", "Minestrone", 650, Change::Price(euro(700)))]);
    cart.accept_changes(&menu);
    assert_eq!((cart.changes(&menu).len(), cart.total()), (0, Some(euro(2700))));
}

#[test]
fn two_carts_become_one_line_by_line_and_what_has_no_room_is_counted() {
    let mut own = cart();
    let mut guest_s = cart();
    guest_s.add(&menu(), &"cake".into(), &[], 1, "").expect("on the menu");
    assert_eq!(own.merge(guest_s), 0);
    let quantities: Vec<_> = own.lines.iter().map(|line| line.quantity).collect();
    assert_eq!(quantities, [2, 4, 1], "the same dish joins its line");

    let noted = |note: usize| Line { note: note.to_string().into(), ..cart().lines[1].clone() };
    own.lines = (0..LINES_MAX).map(noted).collect();
    let late = domain::ordering::Cart { lines: vec![noted(0), noted(LINES_MAX)], ..cart() };
    assert_eq!(own.merge(late), 1);
    assert_eq!((own.lines.len(), own.lines[0].quantity), (LINES_MAX, 4));
}

fn any_event() -> impl Strategy<Value = OrderEvent> {
    let status =
        prop_oneof![Just(Status::Received), Just(Status::Preparing), Just(Status::Prepared), Just(Status::HandedOver),];
    prop_oneof![
        status.prop_map(|status| OrderEvent::Reached(Step { status, at: 1 })),
        Just(OrderEvent::Promised { at: 1, ready_at: 2 }),
        Just(OrderEvent::CancellationRequested),
        Just(OrderEvent::CancellationRefused(Status::Preparing)),
        Just(OrderEvent::Confirmed),
        (1u32..9).prop_map(OrderEvent::Numbered),
        Just(OrderEvent::Ended { at: 1, why: domain::ordering::Cancelled::ByCustomer }),
        Just(OrderEvent::Ended { at: 1, why: domain::ordering::Cancelled::ByRestaurant("no".into()) }),
    ]
}

proptest! {
    /// However its facts arrive, an order never goes back, never leaves an end, and never loses a line or a cent.
    #[test]
    fn an_order_only_moves_forward(events in proptest::collection::vec(any_event(), 0..20)) {
        let mut order = placed();
        for event in events {
            let before = order.clone();
            let row = Trade::apply(Some(Row::Order(order)), &Event::Order(event));
            order = row.and_then(Row::into_order).expect("an order stays an order");
            prop_assert!(order.status >= before.status);
            prop_assert!(!before.status.is_final() || order.status == before.status);
            prop_assert_eq!(&order.lines, &before.lines);
            prop_assert_eq!(order.total, before.total);
        }
    }
}
