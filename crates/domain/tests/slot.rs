//! When a meal is wanted: which times are offered, which are taken, and what follows of one for later.

mod world;

use domain::catalog::restaurant::{Openness, RUSH_MIN_MAX};
use domain::catalog::{Day, Hours, Restaurant, RestaurantCommand, Span};
use domain::delivery::zone::SEEK_MS;
use domain::delivery::{DriverCommand, OfferCommand, Standing, offer};
use domain::fulfilment::arrange::{END_MS, WARN_MS};
use domain::id::{errand_key, offer_key, restaurant_key};
use domain::kitchen::{Progress, TicketCommand};
use domain::ordering::slot::{AHEAD_MS, Kitchen, SLOT_MS};
use domain::ordering::{Cancelled, Destination, OrderRefusal, PlaceOrder, Status, Untimely, Wanted};
use domain::payment::{Card, Method};
use domain::trade::{Command, Refusal, Row, Trade};
use proptest::prelude::*;
use sync::{Millis, Model as _};
use world::services::Services;
use world::{NOON, World, ada, cart, cook, driver, order_id, pizzeria, place, placing, restaurant};

const MINUTE: Millis = 60_000;

/// This Saturday at `clock`, in Rome; `24:30` is after midnight, `36:00` is Sunday's noon.
fn at(clock: &str) -> Millis {
    let (hours, minutes) = clock.split_once(':').expect("a clock");
    let number = |text: &str| text.parse::<i64>().expect("a number");
    NOON + (number(hours) * 60 + number(minutes) - 12 * 60) * MINUTE
}

/// The same, as one reads it.
fn clock(at: Millis) -> String {
    let minutes = (at - NOON) / MINUTE + 12 * 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn rome(zone: &str, _: Millis) -> Option<i32> {
    (zone == "Europe/Rome").then_some(60)
}

fn kitchen(restaurant: &Restaurant, is_brought: bool) -> Kitchen<'_> {
    Kitchen { restaurant, is_brought, utc_offset_min: &rome }
}

fn span(day: Day, opens: u16, closes: u16) -> Span {
    Span { day, opens_min: opens * 60, closes_min: closes * 60 }
}

/// Lunch from twelve to two and dinner from six to ten, on Saturdays; dinner alone on Sundays.
fn two_meals() -> Restaurant {
    let hours = vec![span(Day::Saturday, 12, 14), span(Day::Saturday, 18, 22), span(Day::Sunday, 18, 22)];
    Restaurant { hours: Hours(hours), ..restaurant() }
}

/// A bar that closes at two in the morning.
fn bar() -> Restaurant {
    Restaurant { hours: Hours(vec![span(Day::Saturday, 20, 2)]), ..restaurant() }
}

fn first_and_last(restaurant: &Restaurant, is_brought: bool, now: &str) -> Option<(String, String)> {
    let slots = kitchen(restaurant, is_brought).slots(at(now));
    Some((clock(*slots.first()?), clock(*slots.last()?)))
}

#[test]
fn what_is_offered_is_ready_as_it_begins_and_over_before_the_kitchen_closes() {
    let saturday = || Restaurant { hours: Hours(vec![span(Day::Saturday, 12, 22)]), ..restaurant() };
    for (case, restaurant, is_brought, now, expected) in [
        ("twenty minutes are needed", saturday(), false, "17:40", Some(("18:00", "21:45"))),
        ("a second later it is the next", saturday(), false, "17:41", Some(("18:15", "21:45"))),
        ("who brings it is under way as well", saturday(), true, "17:40", Some(("18:15", "22:00"))),
        ("a slow kitchen", Restaurant { lead_min: Some(50), ..saturday() }, false, "17:40", Some(("18:30", "21:45"))),
        ("a rush", Restaurant { rush_min: 30, ..saturday() }, false, "17:40", Some(("18:30", "21:45"))),
        ("the last", saturday(), false, "21:25", Some(("21:45", "21:45"))),
        ("no other day is open within the week but for this one", saturday(), false, "21:26", None),
        ("lunch, dinner and tomorrow", two_meals(), false, "12:00", Some(("12:30", "45:45"))),
        ("closed: the next opening day alone", two_meals(), false, "10:00", Some(("12:30", "21:45"))),
        ("closed between: the evening, cooked once it is open", two_meals(), false, "15:00", Some(("18:30", "21:45"))),
        ("closed for today: tomorrow", two_meals(), false, "22:00", Some(("42:30", "45:45"))),
        ("an evening goes on after midnight", bar(), false, "15:00", Some(("20:30", "25:45"))),
        (
            "a day that begins at midnight is one",
            Restaurant { hours: Hours(vec![span(Day::Sunday, 0, 24)]), ..restaurant() },
            false,
            "15:00",
            Some(("24:30", "47:45")),
        ),
        ("paused", Restaurant { closed_for_now: true, ..saturday() }, false, "17:40", None),
        ("a zone that is not known", Restaurant { zone: "Nowhere".into(), ..saturday() }, false, "17:40", None),
        ("never open", Restaurant { hours: Hours::default(), ..saturday() }, false, "17:40", None),
    ] {
        let expected = expected.map(|(first, last): (&str, &str)| (first.to_owned(), last.to_owned()));
        assert_eq!(first_and_last(&restaurant, is_brought, now), expected, "{case}");
    }
    let slots = kitchen(&two_meals(), false).slots(at("12:00"));
    let between = slots.iter().filter(|slot| (at("14:00")..at("18:30")).contains(slot)).count();
    assert_eq!(between, 0, "nobody cooks between lunch and dinner");
    assert_eq!(kitchen(&restaurant(), false).slots(NOON).last().map(|last| clock(*last)), Some("52:45".into()));
}

#[test]
fn a_rush_tonight_does_not_move_tomorrow() {
    let rushed = Restaurant { rush_min: 90, ..two_meals() };
    let tomorrow = |restaurant: &Restaurant| {
        let slots = kitchen(restaurant, false).slots(at("19:00"));
        slots.into_iter().find(|slot| *slot > at("24:00"))
    };
    assert_eq!(tomorrow(&rushed), tomorrow(&two_meals()));
}

#[test]
fn a_slot_is_taken_as_long_as_it_can_be_kept_and_else_held_with_the_reason() {
    let saturday = || Restaurant { hours: Hours(vec![span(Day::Saturday, 12, 22)]), ..restaurant() };
    let paused = Restaurant { closed_for_now: true, ..saturday() };
    let rushed = Restaurant { rush_min: 45, ..saturday() };
    let early = Restaurant { hours: Hours(vec![span(Day::Saturday, 12, 18)]), ..restaurant() };
    let late = Restaurant { hours: Hours(vec![span(Day::Saturday, 20, 22)]), ..restaurant() };
    for (case, restaurant, is_brought, now, wanted, expected) in [
        ("as it was offered", saturday(), false, "17:40", "18:00", None),
        ("it lay in a tunnel", saturday(), false, "17:55", "18:00", None),
        ("too long", saturday(), false, "17:56", "18:00", Some((Untimely::TooSoon, Some("18:30")))),
        ("a rush began", rushed.clone(), false, "17:40", "18:00", Some((Untimely::TooSoon, Some("18:45")))),
        ("to be brought", saturday(), true, "17:41", "18:00", Some((Untimely::TooSoon, Some("18:30")))),
        ("over", saturday(), false, "18:15", "18:00", Some((Untimely::Past, Some("18:45")))),
        ("it closes early today", early.clone(), false, "15:00", "18:00", Some((Untimely::Closed, Some("15:30")))),
        ("it opens late today", late.clone(), false, "15:00", "19:00", Some((Untimely::Closed, Some("20:30")))),
        ("it is paused", paused.clone(), false, "15:00", "19:00", Some((Untimely::Paused, None))),
        ("next week", saturday(), false, "15:00", "159:15", Some((Untimely::TooFar, Some("15:30")))),
        ("hours that nobody can read", Restaurant { zone: "?".into(), ..saturday() }, false, "17:40", "18:00", None),
    ] {
        let world = World { now: at(now), ..World::with_restaurant(|known| *known = restaurant.clone()) };
        let destination = if is_brought { Destination::Deliver("Via Lunga 2".into()) } else { Destination::Collect };
        let order = PlaceOrder { wanted: Some(at(wanted)), destination, ..place(cart()) };
        let found = world.decide(None, &placing(order));
        match expected {
            None => assert!(found.is_ok(), "{case}: {found:?}"),
            Some((why, next)) => {
                let held = OrderRefusal::SlotGone { wanted: at(wanted), why, next: next.map(at) };
                let refusal = found.expect_err(case);
                assert_eq!(refusal, Refusal::Order(held), "{case}");
                assert!(Trade::rests_on_context(&refusal), "{case}: a device only warns");
                assert_eq!(Trade::code(&refusal), "slot-gone");
            }
        }
    }
}

#[test]
fn what_is_ordered_now_is_ready_before_the_kitchen_closes_or_is_asked_about() {
    for (now, expected) in [
        ("11:59", Openness::ClosedByHours { opens_in_min: Some(1) }),
        ("12:00", Openness::Open { closes_in_min: 120 }),
        ("13:40", Openness::Open { closes_in_min: 20 }),
        ("13:41", Openness::LastOrdersOver { opens_in_min: Some(259) }),
        ("14:00", Openness::ClosedByHours { opens_in_min: Some(240) }),
        ("21:45", Openness::LastOrdersOver { opens_in_min: Some(15 + 20 * 60) }),
    ] {
        assert_eq!(two_meals().openness(at(now), &rome), expected, "{now}");
    }
    let world = World { now: at("13:41"), ..World::with_restaurant(|known| *known = two_meals()) };
    let held = OrderRefusal::Closed { opens_in_min: Some(259), last_orders_over: true };
    assert_eq!(world.decide(None, &placing(place(cart()))), Err(Refusal::Order(held)));
    let in_a_rush = Restaurant { rush_min: 45, ..two_meals() };
    assert!(matches!(in_a_rush.openness(at("13:00"), &rome), Openness::LastOrdersOver { .. }), "a rush ends earlier");
    assert!(
        matches!(restaurant().openness(at("23:55"), &rome), Openness::Open { .. }),
        "who never closes has no last order"
    );
}

#[test]
fn an_order_says_when_its_kitchen_is_to_begin_and_when_somebody_is_there() {
    let judged = |restaurant: &Restaurant, is_brought, now, wanted| {
        kitchen(restaurant, is_brought).judge(at(wanted), at(now)).expect("it can be had")
    };
    let wanted = |wanted, ready_by, begin_by, opens_at: Option<&str>| Wanted {
        at: at(wanted),
        ready_by: at(ready_by),
        begin_by: at(begin_by),
        opens_at: opens_at.map(at),
    };
    assert_eq!(judged(&two_meals(), false, "12:00", "13:00"), wanted("13:00", "13:00", "12:40", None));
    assert_eq!(judged(&two_meals(), true, "12:00", "13:00"), wanted("13:00", "12:45", "12:25", None));
    assert_eq!(judged(&two_meals(), false, "15:00", "19:00"), wanted("19:00", "19:00", "18:40", Some("18:00")));
    // A device that has never seen the restaurant lets the server judge.
    let order = PlaceOrder { wanted: Some(at("13:00")), ..place(cart()) };
    let row = World::knowing_nothing().after(None, &placing(order)).and_then(Row::into_order);
    assert_eq!(row.expect("an order").wanted, Some(wanted("13:00", "13:00", "12:40", None)));
}

#[test]
fn a_time_that_no_restaurant_could_offer_is_refused_on_the_device() {
    let odd = PlaceOrder { wanted: Some(at("13:07")), ..place(cart()) };
    let refusal = World::new().decide(None, &placing(odd)).expect_err("odd");
    assert!(matches!(&refusal, Refusal::Order(OrderRefusal::Malformed(_))), "{refusal:?}");
    assert!(!Trade::rests_on_context(&refusal));
}

#[test]
fn what_is_wanted_now_goes_stale_and_a_time_says_itself_how_long_it_is_wanted() {
    let later = PlaceOrder { wanted: Some(at("19:00")), ..place(cart()) };
    assert!(Trade::valid_for_ms(&placing(place(cart()))).is_some());
    assert_eq!(Trade::valid_for_ms(&placing(later)), None);
}

#[test]
fn what_earlier_releases_wrote_is_wanted_as_soon_as_possible_and_takes_what_kitchens_take() {
    let without = |row: serde_json::Value, names: &[&str]| {
        let mut row = row;
        names.iter().for_each(|name| _ = row.as_object_mut().expect("a map").remove(*name));
        row
    };
    let plain = serde_json::to_value(place(cart())).expect("plain data");
    assert_eq!(plain.get("wanted"), None, "and what is wanted now is written as before");
    assert_eq!(serde_json::from_value::<PlaceOrder>(plain).expect("read").wanted, None);
    let slow = Restaurant { lead_min: Some(45), rush_min: 10, ..restaurant() };
    let old = without(serde_json::to_value(slow).expect("plain data"), &["lead_min", "rush_min"]);
    let old: Restaurant = serde_json::from_value(old).expect("read");
    assert_eq!((old.lead_min(), old.takes_min()), (20, 20));
    assert_eq!(serde_json::from_str::<OrderRefusal>(r#"{"closed":{"opens_in_min":null}}"#).expect("read"), {
        OrderRefusal::Closed { opens_in_min: None, last_orders_over: false }
    });
}

#[test]
fn staff_say_how_much_longer_it_takes_and_an_import_does_not_end_the_rush() {
    let world = World::new();
    let world = World { actor: cook(), ..world };
    let rush = |more_min| Command::Restaurant { restaurant: pizzeria(), command: RestaurantCommand::Rush { more_min } };
    let row = |row: Option<Row>| row.and_then(Row::into_restaurant).expect("a restaurant");
    let rushed = world.after(Some(Row::Restaurant(restaurant())), &rush(30));
    assert_eq!(row(rushed.clone()).takes_min(), 50);
    assert_eq!(world.decide(rushed.as_ref(), &rush(30)), Ok(vec![]), "said before");
    assert_eq!(row(world.after(rushed.clone(), &rush(1_000))).rush_min, RUSH_MIN_MAX);
    let described = domain::catalog::RestaurantEvent::Described(Box::new(restaurant()));
    let again = Trade::apply(rushed.clone(), &domain::trade::Event::Restaurant(described));
    assert_eq!(row(again).rush_min, 30);
    assert_eq!(row(world.after(rushed, &rush(0))).takes_min(), 20);
    assert_eq!(Trade::lane(&rush(1)), restaurant_key(&pizzeria()));
}

// ---- what follows ----------------------------------------------------------------------------------------------------

const ORDER: domain::OrderId = domain::OrderId(uuid::Uuid::from_u128(1));

/// Ada's order for `wanted`, to her door, by card, as it was placed at noon.
fn for_later(wanted: &str) -> PlaceOrder {
    let card = Card { token: "tok_succeeds".into(), label: "Sandbox card".into() };
    let destination = Destination::Deliver("Via Lunga 2, Roma".into());
    PlaceOrder { wanted: Some(at(wanted)), destination, pays: Method::Card(card), ..place(cart()) }
}

fn placed_for(wanted: &str) -> Services {
    let mut services = Services::new();
    services.has_drivers = true;
    let dora = DriverCommand::GoOnDuty { driver: "dora".into(), at: None };
    services.give_as(driver("dora"), &Command::Driver(dora)).expect("on duty");
    services.give(&placing(for_later(wanted))).expect("placed");
    services
}

fn accepts(services: &mut Services, ready_in_min: u32) {
    let accept = Command::Ticket(TicketCommand::Accept { order: ORDER, ready_in_min });
    services.give_as(cook(), &accept).expect("accepted");
}

fn is_offered(services: &Services) -> bool {
    let offer = services.rows.get(&offer_key(ORDER)).and_then(Row::as_offer);
    offer.is_some_and(|offer| offer.standing == offer::Standing::Open)
}

#[test]
fn a_kitchen_says_yes_at_once_and_promises_the_time_that_was_chosen() {
    let mut services = placed_for("15:00");
    assert_eq!(services.ticket(ORDER).wanted.map(|wanted| clock(wanted.begin_by)), Some("14:25".into()));
    accepts(&mut services, 20);
    // It is on its way for a quarter of an hour.
    assert_eq!(services.order(ORDER).ready_at.map(clock), Some("14:45".into()));
    let mut services = placed_for("13:00");
    services.pass(9 * MINUTE);
    accepts(&mut services, 60);
    assert_eq!(services.order(ORDER).ready_at.map(clock), Some("13:09".into()), "a kitchen that needs longer says so");
}

#[test]
fn a_kitchen_that_is_silent_about_a_meal_for_later_is_given_up_as_soon_as_about_one_for_now() {
    let mut services = placed_for("18:00");
    services.pass(WARN_MS);
    assert!(services.order(ORDER).is_late);
    services.pass(END_MS - WARN_MS);
    assert_eq!(services.order(ORDER).ended, Some(Cancelled::NoAnswer));
}

#[test]
fn nobody_is_silent_who_is_not_there_yet() {
    let mut services = Services::new();
    services.has_drivers = false;
    services.restaurant = Some(two_meals());
    services.now = at("15:00");
    let order = PlaceOrder { destination: Destination::Collect, ..for_later("19:00") };
    services.give(&placing(order)).expect("placed");
    let ticket = services.ticket(ORDER);
    assert_eq!((clock(ticket.asked_at()), clock(ticket.begins_at())), ("18:00".into(), "18:40".into()));
    services.pass(3 * 60 * MINUTE + WARN_MS - 1);
    assert!(!services.order(ORDER).is_late, "it has been open for nine minutes");
    services.pass(1);
    assert!(services.order(ORDER).is_late);
    accepts(&mut services, 20);
    services.pass(END_MS);
    assert_eq!(services.order(ORDER).status, Status::Received);
}

#[test]
fn a_board_is_ordered_by_when_to_begin() {
    let mut services = placed_for("13:30");
    services.pass(10 * MINUTE);
    let begins = |services: &Services, order| clock(services.ticket(order).begins_at());
    for (order, wanted) in [(2, None), (3, Some("13:00"))] {
        let wanted = wanted.map(at);
        services.give(&placing(PlaceOrder { order: order_id(order), wanted, ..for_later("13:00") })).expect("placed");
    }
    let mut board: Vec<_> = (1..=3).map(|order| (begins(&services, order_id(order)), order)).collect();
    board.sort();
    assert_eq!(board, [("12:10".into(), 2), ("12:25".into(), 3), ("12:55".into(), 1)]);
}

#[test]
fn no_driver_is_asked_before_the_kitchen_is_to_begin() {
    let mut services = placed_for("15:00");
    accepts(&mut services, 20);
    services.pass(at("14:25") - NOON - 1);
    assert!(!is_offered(&services), "three hours early");
    assert_eq!(services.order(ORDER).status, Status::Received);
    services.pass(1);
    assert!(is_offered(&services), "as the kitchen begins");
    // Where nobody comes it is given up by the same clock as a meal for now, from then on.
    services.pass(3 * SEEK_MS + 3 * offer::OPEN_FOR_MS);
    assert_eq!(services.order(ORDER).ended, Some(Cancelled::NoDriver));
}

#[test]
fn a_meal_for_later_lets_others_go_first() {
    let mut services = placed_for("15:00");
    accepts(&mut services, 20);
    let now = PlaceOrder { order: order_id(2), wanted: None, ..for_later("15:00") };
    services.give(&placing(now)).expect("placed");
    let offered = services.rows[&offer_key(order_id(2))].as_offer().expect("an offer");
    assert_eq!(offered.driver.as_str(), "dora", "she is free until then");
}

#[test]
fn a_driver_who_has_it_knows_when_it_is_wanted_and_who_gives_it_back_has_nobody_asked_early() {
    let mut services = placed_for("15:00");
    accepts(&mut services, 20);
    services.pass(at("14:25") - NOON);
    services.give_as(driver("dora"), &Command::Offer(OfferCommand::Claim { order: ORDER })).expect("theirs");
    let errand = services.rows[&errand_key(ORDER)].as_errand().expect("an errand");
    assert_eq!(
        (errand.standing, errand.wanted.map(|wanted| clock(wanted.at))),
        (Standing::Assigned, Some("15:00".into()))
    );
    services.pass(2 * END_MS);
    assert_eq!(services.order(ORDER).status, Status::Received, "nothing is given up any more");
}

#[test]
fn a_customer_may_take_back_a_meal_for_later_until_it_is_begun_and_its_board_is_cleared() {
    let mut services = placed_for("15:00");
    accepts(&mut services, 20);
    let cancel = domain::ordering::OrderCommand::Cancel { order: ORDER, reason: "".into() };
    services.give_as(ada(), &Command::Order(cancel)).expect("asked");
    assert_eq!(services.ticket(ORDER).progress, Progress::Cancelled);
    services.pass(at("15:30") - NOON);
    assert!(!is_offered(&services), "nobody fetches what nobody wants");
    assert_eq!(services.order(ORDER).ended, Some(Cancelled::ByCustomer));
}

#[test]
fn a_server_that_was_away_asks_a_driver_when_it_is_back() {
    let mut services = placed_for("15:00");
    accepts(&mut services, 20);
    services.is_away(at("14:27") - NOON);
    assert!(is_offered(&services));
}

prop_compose! {
    fn any_restaurant()(
        spans in proptest::collection::vec((0usize..7, 0u16..1440, 1u16..=1440), 0..6),
        lead_min in proptest::option::of(0u16..=90),
        rush_min in 0u16..=120,
    ) -> Restaurant {
        let span = |(day, opens_min, closes_min): (usize, u16, u16)| Span { day: Day::WEEK[day], opens_min, closes_min };
        Restaurant { hours: Hours(spans.into_iter().map(span).collect()), lead_min, rush_min, ..restaurant() }
    }
}

proptest! {
    #[test]
    fn what_is_offered_is_taken_also_a_little_later_and_is_ready_while_the_kitchen_is_open(
        restaurant in any_restaurant(), is_brought: bool, minute in 0i64..10_080, late in 0i64..=15,
    ) {
        let (kitchen, now) = (kitchen(&restaurant, is_brought), NOON + minute * MINUTE);
        let slots = kitchen.slots(now);
        prop_assert!(slots.is_sorted());
        for at in slots {
            prop_assert_eq!(at % SLOT_MS, 0);
            prop_assert!(at <= now + AHEAD_MS);
            let wanted = kitchen.judge(at, now).expect("offered");
            prop_assert!(wanted.ready_by >= now + restaurant.takes_min() * MINUTE, "the kitchen has its time");
            for minute in [wanted.begin_by, wanted.ready_by, wanted.ready_by + SLOT_MS - MINUTE] {
                let wall = domain::catalog::hours::WallClock::at(minute, 60);
                prop_assert!(restaurant.hours.closes_in_min(wall).is_some(), "closed at {}", clock(minute));
            }
            prop_assert!(kitchen.judge(at, now + late * MINUTE).is_ok(), "{} minutes in a tunnel", late);
        }
    }

    #[test]
    fn what_is_taken_now_can_be_had_later_at_the_time_that_is_named(
        restaurant in any_restaurant(), is_brought: bool, minute in 0i64..10_080, slot in 0i64..800,
    ) {
        let (kitchen, now) = (kitchen(&restaurant, is_brought), NOON + minute * MINUTE);
        let at = NOON + slot * SLOT_MS;
        if let (Err(_), Some(next)) = (kitchen.judge(at, now), kitchen.next_after(at, now)) {
            prop_assert!(kitchen.judge(next, now).is_ok(), "what a refusal names is to be had");
        }
    }
}
