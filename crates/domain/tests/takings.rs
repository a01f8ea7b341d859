//! What a driver takes in: the cash of each door once, in any order of the facts, and never more handed in than was taken.

mod world;

use domain::delivery::TakingsRefusal;
use domain::delivery::takings::{
    Brought, COUNTING_MAX, DAYS_MAX, HANDED_MAX, Handed, LATEST_MAX, Sum, day_begins, day_of,
};
use domain::delivery::{DriverCommand, ErrandCommand, Hitch, OfferCommand, Takings, TakingsCommand, TakingsEvent};
use domain::fulfilment::secure::SECURE;
use domain::id::{HandInId, errand_key, takings_key};
use domain::kitchen::TicketCommand;
use domain::ops::{CaseCommand, Concern};
use domain::ordering::{Destination, PlaceOrder};
use domain::payment::{Card, Method};
use domain::trade::{Command, Event, Refusal, Row, Trade};
use domain::{Currency, Money, OrderId, access};
use sync::{Millis, Model};
use world::services::{Services, yes};
use world::{World, cart, cook, driver, euro, operator, order_id, place, placing};

const ORDER: OrderId = OrderId(uuid::Uuid::from_u128(1));

/// What the dishes of [`cart`] cost.
const DISHES: i64 = 2600;

fn to_the_door(pays: Method, tip_percent: u8) -> PlaceOrder {
    let destination = Destination::Deliver("Via Lunga 2, Roma".into());
    PlaceOrder { destination, pays, tip_percent, ..place(cart()) }
}

fn by_card() -> Method {
    Method::Card(Card { token: "tok_succeeds".into(), label: "Sandbox card 4242".into() })
}

/// Dora has the meal, and its kitchen has said yes.
fn on_the_way(pays: Method, tip_percent: u8) -> Services {
    let mut services = Services::with(&SECURE, yes);
    services.has_drivers = true;
    for name in ["dora", "emil"] {
        let command = DriverCommand::GoOnDuty { driver: name.into(), at: None };
        services.give_as(driver(name), &Command::Driver(command)).expect("on duty");
    }
    services.give(&placing(to_the_door(pays, tip_percent))).expect("placed");
    services.give_as(driver("dora"), &Command::Offer(OfferCommand::Claim { order: ORDER })).expect("theirs");
    services.give_as(cook(), &Command::Ticket(TicketCommand::Accept { order: ORDER, ready_in_min: 9 })).expect("yes");
    services
}

fn reports(services: &mut Services, name: &str, command: ErrandCommand) {
    services.give_as(driver(name), &Command::Errand(command)).expect("reported");
}

fn delivers(services: &mut Services, name: &str) {
    reports(services, name, ErrandCommand::Deliver { order: ORDER });
}

fn hands_in(services: &mut Services, name: &str, minor: i64, counting: Vec<OrderId>) -> Result<(), Refusal> {
    let id = HandInId(uuid::Uuid::from_u128(services.facts.len() as u128));
    let command = TakingsCommand::HandIn { driver: name.into(), id, amount: euro(minor), counting };
    services.give_as(driver(name), &Command::Takings(command))
}

fn takings(services: &Services, name: &str) -> Takings {
    let row = services.rows.get(&takings_key(&name.into())).and_then(Row::as_takings);
    row.cloned().unwrap_or_else(|| Takings::of(name.into()))
}

fn first() -> HandInId {
    HandInId(uuid::Uuid::from_u128(1))
}

/// Meals, cash, tips and what was handed in.
fn sums(takings: &Takings) -> Vec<(u32, i64, i64, i64)> {
    let figures = |sum: Sum| (sum.meals, sum.cash.minor, sum.tips.minor, sum.handed_in.minor);
    takings.all().into_iter().map(figures).collect()
}

#[test]
fn what_a_meal_comes_to_is_what_its_door_paid() {
    let fails = |hitch| ErrandCommand::Fail { order: ORDER, reason: "nobody".into(), hitch };
    let call_off = |services: &mut Services| {
        let command = CaseCommand::GiveUp { order: ORDER, concern: Concern::NobodyFound };
        let _ = services.give_as(operator(), &Command::Case(command));
        let event = domain::delivery::ErrandEvent::CalledOff { at: services.now };
        services.happen(&errand_key(ORDER), &Event::Errand(event));
    };
    let cash = || Method::AtHandOver;
    /// Of each currency: meals, cash, tips, and what was handed in.
    type Sums<'a> = &'a [(u32, i64, i64, i64)];

    type Story<'a> = &'a dyn Fn(&mut Services);
    let stories: [(&str, Method, u8, Story<'_>, Sums<'_>); 8] = [
        ("cash", cash(), 0, &|services| delivers(services, "dora"), &[(1, DISHES, 0, 0)]),
        ("a card", by_card(), 0, &|services| delivers(services, "dora"), &[(1, 0, 0, 0)]),
        ("a card with a tip", by_card(), 10, &|services| delivers(services, "dora"), &[(1, 0, 260, 0)]),
        ("nothing yet", cash(), 0, &|services| reports(services, "dora", ErrandCommand::PickUp { order: ORDER }), &[]),
        (
            "brought in vain",
            cash(),
            0,
            &|services| {
                reports(services, "dora", ErrandCommand::PickUp { order: ORDER });
                reports(services, "dora", fails(Hitch::NobodyThere));
            },
            &[],
        ),
        (
            "told twice",
            cash(),
            0,
            &|services| {
                delivers(services, "dora");
                delivers(services, "dora");
            },
            &[(1, DISHES, 0, 0)],
        ),
        (
            "called off, and delivered all the same, and told twice",
            cash(),
            0,
            &|services| {
                call_off(services);
                delivers(services, "dora");
                delivers(services, "dora");
            },
            &[(1, DISHES, 0, 0)],
        ),
        (
            "called off, and the card's tip is let go with it",
            by_card(),
            10,
            &|services| {
                call_off(services);
                delivers(services, "dora");
            },
            &[(1, 0, 0, 0)],
        ),
    ];
    for (what, pays, tip, story, expected) in stories {
        let mut services = on_the_way(pays, tip);
        story(&mut services);
        assert_eq!(sums(&takings(&services, "dora")), expected, "{what}");
        assert_eq!(sums(&takings(&services, "emil")), [], "{what}: another driver");
    }
}

#[test]
fn of_two_drivers_who_say_they_delivered_it_the_first_took_the_money() {
    let mut services = on_the_way(Method::AtHandOver, 0);
    reports(&mut services, "dora", ErrandCommand::DropOut { order: ORDER });
    services.give_as(driver("emil"), &Command::Offer(OfferCommand::Claim { order: ORDER })).expect("theirs");
    delivers(&mut services, "emil");
    delivers(&mut services, "dora");
    assert_eq!(sums(&takings(&services, "emil")), [(1, DISHES, 0, 0)]);
    assert_eq!(sums(&takings(&services, "dora")), []);
}

#[test]
fn money_that_is_given_back_later_does_not_change_what_was_taken() {
    let mut services = on_the_way(by_card(), 10);
    delivers(&mut services, "dora");
    let before = takings(&services, "dora");
    let give_back = TicketCommand::GiveBack { order: ORDER, amount: euro(500), reason: "cold".into() };
    services.give_as(cook(), &Command::Ticket(give_back)).expect("given back");
    assert_eq!(services.payment(ORDER).given_back.made, 500, "the customer has it");
    assert_eq!(takings(&services, "dora"), before);
}

#[test]
fn what_is_handed_in_is_at_most_what_is_carried() {
    let too_much = |minor| Err(Refusal::Takings(TakingsRefusal::TooMuch { carried: euro(minor) }));
    let no_amount = || Err(Refusal::Takings(TakingsRefusal::NoAmount));
    let mut services = on_the_way(Method::AtHandOver, 0);
    assert_eq!(hands_in(&mut services, "dora", 1, vec![]), too_much(0), "of nothing");
    delivers(&mut services, "dora");
    for (minor, expected, left) in [
        (0, no_amount(), DISHES),
        (-100, no_amount(), DISHES),
        (DISHES + 1, too_much(DISHES), DISHES),
        (1000, Ok(()), 1600),
        (1601, too_much(1600), 1600),
        (1600, Ok(()), 0),
        (1, too_much(0), 0),
    ] {
        assert_eq!(hands_in(&mut services, "dora", minor, vec![]), expected, "{minor}");
        assert_eq!(takings(&services, "dora").carried(Currency::EUR), euro(left), "{minor}");
    }
    let dollars = Money::new(100, Currency::new("USD").expect("a code"));
    let (whose, id) = ("dora".into(), HandInId(uuid::Uuid::from_u128(77)));
    let command = TakingsCommand::HandIn { driver: whose, id, amount: dollars, counting: vec![] };
    let refused = services.give_as(driver("dora"), &Command::Takings(command));
    assert!(refused.is_err(), "cash of a currency in which nothing was taken");
    let handed: Vec<_> = takings(&services, "dora").handed.iter().map(|handed| handed.amount.minor).collect();
    assert_eq!(handed, [1000, 1600], "each with its time, and no refused one");
}

#[test]
fn the_cash_of_a_meal_that_is_not_counted_yet_may_be_handed_in_by_whoever_had_it_and_once() {
    let too_much = |minor| Err(Refusal::Takings(TakingsRefusal::TooMuch { carried: euro(minor) }));
    let mut services = on_the_way(Method::AtHandOver, 0);
    reports(&mut services, "dora", ErrandCommand::PickUp { order: ORDER });
    assert_eq!(hands_in(&mut services, "emil", 100, vec![ORDER]), too_much(0), "somebody else's meal");
    assert_eq!(hands_in(&mut services, "dora", DISHES + 1, vec![ORDER, ORDER]), too_much(DISHES), "named twice");
    assert_eq!(hands_in(&mut services, "dora", DISHES, vec![ORDER]), Ok(()));
    assert_eq!(takings(&services, "dora").carried(Currency::EUR), euro(-DISHES), "before its meal is counted");
    delivers(&mut services, "dora");
    assert_eq!(takings(&services, "dora").carried(Currency::EUR), euro(0));
    assert_eq!(hands_in(&mut services, "dora", 1, vec![ORDER]), too_much(0), "it is counted, and is not named again");
    let many = (0..=COUNTING_MAX as u128).map(|number| OrderId(uuid::Uuid::from_u128(number))).collect();
    assert_eq!(hands_in(&mut services, "dora", 1, many), Err(Refusal::Takings(TakingsRefusal::TooMany)));
}

#[test]
fn the_same_hand_in_said_twice_is_one() {
    let mut services = on_the_way(Method::AtHandOver, 0);
    delivers(&mut services, "dora");
    let command =
        |minor| TakingsCommand::HandIn { driver: "dora".into(), id: first(), amount: euro(minor), counting: vec![] };
    for _ in 0..2 {
        services.give_as(driver("dora"), &Command::Takings(command(1000))).expect("in order");
    }
    services.give_as(driver("dora"), &Command::Takings(command(1500))).expect("what was said first counts");
    assert_eq!(takings(&services, "dora").carried(Currency::EUR), euro(DISHES - 1000));
    assert_eq!(services.facts.iter().filter(|fact| **fact == "cash-handed-in").count(), 1);
}

#[test]
fn a_device_that_does_not_see_a_named_meal_any_more_leaves_it_to_the_server() {
    let command =
        TakingsCommand::HandIn { driver: "dora".into(), id: first(), amount: euro(DISHES), counting: vec![ORDER] };
    let world = World { actor: driver("dora"), ..World::knowing_nothing() };
    assert!(world.decide(None, &Command::Takings(command)).is_ok());
}

#[test]
fn takings_are_a_driver_s_own() {
    let row = Row::Takings(Takings::of("dora".into()));
    assert_eq!(Trade::scopes(&takings_key(&"dora".into()), &row), [access::driver_scope(&"dora".into())]);
    let command = |name: &str| {
        Command::Takings(TakingsCommand::HandIn { driver: name.into(), id: first(), amount: euro(1), counting: vec![] })
    };
    for (who, whose, may) in [
        (driver("dora"), "dora", true),
        (driver("emil"), "dora", false),
        (driver("dora"), "emil", false),
        (cook(), "cook", false),
        (operator(), "dora", false),
    ] {
        assert_eq!(Trade::permits(&who, &command(whose), Some(&row)), may, "{who:?} {whose}");
        assert_eq!(Trade::permits(&who, &command(whose), None), may, "{who:?} {whose}, of nothing yet");
    }
}

// ---- the row ---------------------------------------------------------------------------------------------------------

fn counted(number: u8, minor: i64, at: Millis) -> Event {
    let (order, cash) = (order_id(number.into()), euro(minor));
    let brought = Brought { order, restaurant_name: "Pizzeria".into(), cash, tip: euro(10), at };
    Event::Takings(TakingsEvent::Counted { driver: "dora".into(), brought })
}

fn handed(minor: i64, at: Millis) -> Event {
    let handed = Handed { id: HandInId(uuid::Uuid::from_u128(at as u128)), amount: euro(minor), at };
    Event::Takings(TakingsEvent::HandedIn { driver: "dora".into(), handed })
}

fn after<'a>(events: impl IntoIterator<Item = &'a Event>) -> Takings {
    let row = events.into_iter().fold(None, Trade::apply);
    row.and_then(Row::into_takings).expect("takings")
}

#[test]
fn facts_in_any_order_and_told_again_add_up_to_the_same() {
    let day = day_begins(1);
    let events = [
        counted(1, 100, 3 * day),
        counted(2, 200, 3 * day + 1),
        handed(250, 5 * day),
        counted(3, 400, 40 * day),
        handed(50, 39 * day),
    ];
    let expected = after(&events);
    assert_eq!(sums(&expected), [(3, 700, 30, 300)]);
    for first in 0..events.len() {
        for second in 0..events.len() {
            let mut other = events.to_vec();
            other.swap(first, second);
            assert_eq!(after(&other), expected, "{first} and {second} swapped");
        }
    }
    let again = events[..3].iter().chain(&events).chain(&events[3..]);
    assert_eq!(after(again), expected, "a meal counts once, and so does a hand-in");
}

#[test]
fn a_row_stays_small_and_forgets_no_cent() {
    let day = day_begins(1);
    let events: Vec<_> = (0..=u8::MAX)
        .flat_map(|number| {
            let at = i64::from(number) * day / 4;
            [counted(number, 1000, at), handed(900, at)]
        })
        .collect();
    let row = after(&events);
    assert_eq!(sums(&row), [(256, 256_000, 2560, 230_400)]);
    assert_eq!(row.carried(Currency::EUR), euro(25_600));
    assert_eq!(row.days.len() as i64, DAYS_MAX);
    assert_eq!((row.latest.len(), row.handed.len()), (LATEST_MAX, HANDED_MAX));
    let last = row.days.last().expect("a day");
    assert_eq!((last.day, last.sums[0].meals), (day_of(255 * day / 4), 4));
    let bytes = serde_json::to_string(&row).expect("plain data").len();
    assert!(bytes < 12 * 1024, "{bytes} bytes, and every fact carries them");
}

#[test]
fn a_day_is_one_of_utc_also_before_1970() {
    for (at, day) in [(0, 0), (day_begins(1) - 1, 0), (day_begins(1), 1), (-1, -1)] {
        assert_eq!(day_of(at), day, "{at}");
    }
}
