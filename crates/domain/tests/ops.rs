//! The desk: what troubles an order comes before an operator, what they do comes to the services, and nothing waits for them.

mod world;

use domain::delivery::zone::SEEK_MS;
use domain::delivery::{DriverCommand, ErrandCommand, Hitch, OfferCommand, Standing, offer};
use domain::fulfilment::ProcessEvent;
use domain::fulfilment::arrange::{END_MS, WARN_MS};
use domain::fulfilment::secure::SECURE;
use domain::id::{arrange_key, case_key, errand_key, offer_key, order_key, ticket_key, zone_key};
use domain::kitchen::{TicketCommand, TicketEvent};
use domain::ops::{Case, CaseCommand, CaseEvent, CaseRefusal, Concern, Done, Measure, case};
use domain::ordering::{Cancelled, Destination, OrderCommand, OrderEvent, PlaceOrder, Status};
use domain::payment::{self, Card, Method, Payment, Report};
use domain::trade::{Command, Event, Refusal, Row, Trade};
use domain::{OrderId, access};
use sync::{Millis, Model};
use world::services::{Bank, Services, yes};
use world::{ada, cart, cook, driver, operator, place, placing};

const ORDER: OrderId = OrderId(uuid::Uuid::from_u128(1));

const MINUTE: Millis = 60_000;

fn with_bank(bank: Bank) -> Services {
    let mut services = Services::with(&SECURE, bank);
    services.has_drivers = true;
    let card = Card { token: "tok_succeeds".into(), label: "Sandbox card 4242".into() };
    let destination = Destination::Deliver("Via Lunga 2, Roma".into());
    let order = PlaceOrder { destination, pays: Method::Card(card), ..place(cart()) };
    services.give(&placing(order)).expect("placed");
    services
}

fn placed() -> Services {
    with_bank(yes)
}

/// An order that its customer fetches.
fn to_be_fetched() -> Services {
    let mut services = Services::new();
    services.give(&placing(place(cart()))).expect("placed");
    services
}

fn desk(services: &mut Services, command: CaseCommand) -> Result<(), Refusal> {
    let row = services.rows.get(&case_key(command.order()));
    assert!(Trade::permits(&operator(), &Command::Case(command.clone()), row), "an operator may");
    services.give_as(operator(), &Command::Case(command))
}

fn settle(concern: Concern) -> CaseCommand {
    CaseCommand::Settle { order: ORDER, concern, note: "called Ada".into() }
}

fn give_up(concern: Concern) -> CaseCommand {
    CaseCommand::GiveUp { order: ORDER, concern }
}

fn choose(name: &str) -> CaseCommand {
    CaseCommand::Choose { order: ORDER, driver: name.into() }
}

fn case(services: &Services) -> &Case {
    services.rows[&case_key(ORDER)].as_case().expect("a case")
}

fn troubles(services: &Services) -> Vec<Concern> {
    case(services).troubles.iter().map(|trouble| trouble.concern).collect()
}

fn is_shown(services: &Services) -> bool {
    Trade::scopes(&case_key(ORDER), &services.rows[&case_key(ORDER)]) == [access::desk_scope()]
}

fn on_duty(services: &mut Services, name: &str) {
    let command = DriverCommand::GoOnDuty { driver: name.into(), at: None };
    services.give_as(driver(name), &Command::Driver(command)).expect("on duty");
}

fn claim(services: &mut Services, name: &str) {
    services.give_as(driver(name), &Command::Offer(OfferCommand::Claim { order: ORDER })).expect("theirs");
}

fn report(services: &mut Services, name: &str, command: ErrandCommand) {
    services.give_as(driver(name), &Command::Errand(command)).expect("reported");
}

fn accept(services: &mut Services) {
    services.give_as(cook(), &Command::Ticket(TicketCommand::Accept { order: ORDER, ready_in_min: 9 })).expect("a yes");
}

fn ended(services: &Services) -> Option<&'static str> {
    services.order(ORDER).ended.as_ref().map(Cancelled::name)
}

fn carried_by(services: &Services, name: &str) -> usize {
    let board = services.rows[&zone_key(&"rome".into())].as_zone().expect("a board");
    board.drivers.iter().filter(|seat| seat.driver.as_str() == name).map(|seat| seat.carries.len()).sum()
}

#[test]
fn an_order_that_nothing_troubles_is_never_before_the_desk() {
    let mut services = placed();
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    accept(&mut services);
    report(&mut services, "dora", ErrandCommand::PickUp { order: ORDER });
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER });
    assert!(!is_shown(&services) && troubles(&services).is_empty() && case(&services).is_over);
    assert_eq!(desk(&mut services, give_up(Concern::KitchenSilent)), not_troubled(Concern::KitchenSilent));
}

fn not_troubled(concern: Concern) -> Result<(), Refusal> {
    Err(Refusal::Case(CaseRefusal::NotTroubled(concern)))
}

#[test]
fn a_kitchen_that_was_silent_all_the_time_that_the_server_was_away_loses_the_order() {
    let mut services = Services::new();
    services.give(&placing(place(cart()))).expect("placed");
    services.is_away(END_MS + 1);
    let order = services.order(ORDER);
    assert_eq!((order.status, &order.ended, order.is_late), (Status::Cancelled, &Some(Cancelled::NoAnswer), true));
    let said = |kind| services.facts.iter().filter(|fact| **fact == kind).count();
    assert_eq!((said("order-submission-expired"), said("restaurant-order-cancelled")), (1, 1), "{:?}", services.facts);
}

#[test]
fn a_silent_kitchen_comes_before_the_desk_and_its_yes_takes_it_away() {
    let mut services = to_be_fetched();
    services.pass(WARN_MS - 1);
    assert!(!is_shown(&services));
    services.pass(1);
    let trouble = case(&services).trouble(Concern::KitchenSilent).expect("it is late");
    assert_eq!(trouble.due - trouble.since, END_MS - WARN_MS, "until it ends by itself");
    accept(&mut services);
    assert!(case(&services).trouble(Concern::KitchenSilent).is_none());
    assert!(is_shown(&services), "whoever is on the telephone about it still sees it");
}

#[test]
fn a_kitchen_that_is_given_time_has_it_and_the_order_ends_then() {
    let mut services = to_be_fetched();
    services.pass(WARN_MS);
    desk(&mut services, CaseCommand::GiveTime { order: ORDER, minutes: 30 }).expect("given");
    services.pass(30 * MINUTE - 1);
    assert_eq!(services.order(ORDER).status, Status::Submitted, "it was given until then");
    services.pass(1);
    assert_eq!(ended(&services), Some("no-answer"));
    assert!(case(&services).is_over && troubles(&services).is_empty());
}

#[test]
fn what_an_operator_gives_up_ends_with_its_reason_and_gives_all_back() {
    for (wait, concern, why) in
        [(WARN_MS, Concern::KitchenSilent, "no-answer"), (SEEK_MS, Concern::NobodyFound, "no-driver")]
    {
        let mut services = placed();
        services.pass(wait);
        desk(&mut services, give_up(concern)).expect("given up");
        assert_eq!((services.order(ORDER).status, ended(&services)), (Status::Cancelled, Some(why)));
        assert_eq!(services.payment(ORDER).standing, payment::Standing::LetGo, "{why}: the money");
        assert!(services.ticket(ORDER).progress.is_final(), "{why}: the kitchen");
        let errand = services.rows[&errand_key(ORDER)].as_errand().expect("an errand");
        assert_eq!(errand.standing, Standing::CalledOff, "{why}: the driver");
        assert!(troubles(&services).is_empty() && is_shown(&services), "{why}: it is seen how it ended");
        assert_eq!(desk(&mut services, give_up(concern)), not_troubled(concern));
    }
}

#[test]
fn an_operator_chooses_a_driver_whom_the_board_would_not_have_asked() {
    let mut services = placed();
    on_duty(&mut services, "dora");
    services.give_as(driver("dora"), &Command::Offer(OfferCommand::Decline { order: ORDER })).expect("declined");
    services.pass(SEEK_MS);
    assert_eq!(troubles(&services), [Concern::NobodyFound]);
    desk(&mut services, choose("dora")).expect("chosen");
    let errand = services.rows[&errand_key(ORDER)].as_errand().expect("an errand");
    assert_eq!(errand.carried_by().map(ToString::to_string).as_deref(), Some("dora"));
    assert_eq!(carried_by(&services, "dora"), 1, "the board knows");
    assert!(troubles(&services).is_empty() && services.order(ORDER).has_driver);
    let offer = services.rows[&offer_key(ORDER)].as_offer().expect("an offer");
    assert_ne!(offer.standing, offer::Standing::Open, "and nobody else is asked");
    accept(&mut services);
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER });
    assert_eq!(services.order(ORDER).status, Status::Delivered);
    assert_eq!(services.facts.iter().filter(|fact| **fact == "driver-assigned").count(), 1);
}

#[test]
fn a_driver_who_is_not_there_is_chosen_in_vain_and_the_case_stays() {
    let mut services = placed();
    services.pass(SEEK_MS);
    desk(&mut services, choose("dora")).expect("the desk may say so");
    assert_eq!(troubles(&services), [Concern::NobodyFound]);
    on_duty(&mut services, "dora");
    desk(&mut services, choose("dora")).expect("and say it again when she is");
    assert!(troubles(&services).is_empty() && carried_by(&services, "dora") == 1);
    desk(&mut services, choose("dora")).expect_err("she has it");
    report(&mut services, "dora", ErrandCommand::DropOut { order: ORDER });
    services.pass(SEEK_MS);
    desk(&mut services, choose("dora")).expect("she is asked to think again");
    assert_eq!(carried_by(&services, "dora"), 1);
}

#[test]
fn a_meal_that_a_driver_gave_back_can_be_given_up() {
    let mut services = placed();
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    accept(&mut services);
    report(&mut services, "dora", ErrandCommand::DropOut { order: ORDER });
    services.pass(SEEK_MS);
    assert_eq!(troubles(&services), [Concern::NobodyFound]);
    services.pass(4 * SEEK_MS);
    assert_eq!(troubles(&services), [Concern::NobodyFound], "it is looked for as long as it takes");
    desk(&mut services, give_up(Concern::NobodyFound)).expect("given up");
    assert_eq!(ended(&services), Some("no-driver"));
    assert_eq!(services.payment(ORDER).standing, payment::Standing::LetGo);
}

#[test]
fn a_meal_that_was_not_delivered_waits_for_somebody_who_calls() {
    let mut services = placed();
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    accept(&mut services);
    report(&mut services, "dora", ErrandCommand::PickUp { order: ORDER });
    report(
        &mut services,
        "dora",
        ErrandCommand::Fail { order: ORDER, reason: "nobody opens".into(), hitch: Hitch::Other },
    );
    assert_eq!(troubles(&services), [Concern::NotDelivered], "also after the order has ended");
    assert_eq!(case(&services).troubles[0].words, "nobody opens");
    assert_eq!(
        desk(&mut services, give_up(Concern::NotDelivered)),
        Err(Refusal::Case(CaseRefusal::NotToBeGivenUp)),
        "it has ended already"
    );
    services.pass(3 * case::SHOWN_MS);
    assert!(is_shown(&services), "it does not go away by itself");
    desk(&mut services, settle(Concern::NotDelivered)).expect("settled");
    assert!(troubles(&services).is_empty() && is_shown(&services));
    let done = &case(&services).done[0];
    assert_eq!(done.by, operator().account);
    assert_eq!(done.what, Measure::Settled { concern: Concern::NotDelivered, note: "called Ada".into() });
    assert_eq!(
        desk(&mut services, settle(Concern::NotDelivered)),
        not_troubled(Concern::NotDelivered),
        "a colleague did"
    );
    services.pass(case::SHOWN_MS);
    assert!(!is_shown(&services), "and then it is filed");
    // She found the customer after all.
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER });
    assert_eq!(troubles(&services), [Concern::Contradicted]);
    assert!(is_shown(&services), "the next trouble brings it back");
}

/// A bank that says nothing of a charge by itself.
fn slow_to_charge(asked: &'static str, payment: &Payment) -> Vec<Report> {
    if asked == "payment-capture-asked" { vec![] } else { yes(asked, payment) }
}

#[test]
fn money_that_is_not_had_comes_before_the_desk_until_it_is() {
    let mut services = with_bank(slow_to_charge);
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    accept(&mut services);
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER });
    assert!(troubles(&services).is_empty());
    services.bank_says(ORDER, &Report::ChargeFailed { reason: "card expired".into() });
    assert_eq!(troubles(&services), [Concern::NotCharged], "also after the order was delivered");
    assert_eq!(case(&services).troubles[0].words, "card expired");
    services.bank_says(ORDER, &Report::Charged);
    assert!(troubles(&services).is_empty());
}

#[test]
fn a_report_that_cannot_be_comes_before_the_desk() {
    let mut services = placed();
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    let cancel = OrderCommand::Cancel { order: ORDER, reason: "".into() };
    services.give_as(ada(), &Command::Order(cancel)).expect("asked");
    assert_eq!(services.order(ORDER).status, Status::Cancelled);
    report(&mut services, "dora", ErrandCommand::PickUp { order: ORDER });
    assert_eq!(troubles(&services), [Concern::Contradicted]);
    let trouble = &case(&services).troubles[0];
    assert_eq!((trouble.by.clone(), trouble.words.as_str()), (Some("dora".into()), "picked up"));
    desk(&mut services, settle(Concern::Contradicted)).expect("settled");
}

#[test]
fn a_kitchen_that_refuses_what_was_delivered_gives_nothing_back() {
    let mut services = placed();
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER });
    // Both were in a cellar, and the kitchen said so before it heard of the driver.
    let refused = TicketEvent::Refused { at: services.now, reason: "too busy".into() };
    services.happen(&ticket_key(ORDER), &Event::Ticket(refused));
    assert_eq!((services.order(ORDER).status, ended(&services)), (Status::Delivered, None));
    assert_eq!(troubles(&services), [Concern::Contradicted]);
    assert_eq!(services.payment(ORDER).standing, payment::Standing::Charged, "who ate pays");
    for undo in ["order-cancelled", "payment-authorization-cancelled", "stock-release-requested"] {
        assert!(!services.facts.contains(&undo), "{undo}");
    }
}

#[test]
fn word_of_a_trouble_that_comes_after_word_of_its_end_troubles_nobody() {
    let mut services = to_be_fetched();
    accept(&mut services);
    // The saga looked at its clock before it heard of the yes.
    services.happen(&arrange_key(ORDER), &Event::Arrange(ProcessEvent::Late));
    assert!(troubles(&services).is_empty() && !is_shown(&services));
}

#[test]
fn a_colleague_s_shorter_time_takes_none_away() {
    let mut services = to_be_fetched();
    services.pass(WARN_MS);
    desk(&mut services, CaseCommand::GiveTime { order: ORDER, minutes: 20 }).expect("given");
    desk(&mut services, CaseCommand::GiveTime { order: ORDER, minutes: 5 }).expect("given");
    services.pass(19 * MINUTE);
    assert_eq!(services.order(ORDER).status, Status::Submitted);
}

#[test]
fn an_order_is_not_given_up_for_want_of_a_driver_who_has_it() {
    let mut services = placed();
    services.pass(SEEK_MS);
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    // The desk had not heard of her yet.
    let given_up = Done { by: operator().account, at: services.now, what: Measure::GivenUp(Concern::NobodyFound) };
    services.happen(&case_key(ORDER), &Event::Case(CaseEvent::Done(given_up)));
    assert_eq!(ended(&services), None);
    assert_eq!(carried_by(&services, "dora"), 1);
}

#[test]
fn a_yes_that_was_given_comes_before_the_desk_s_choice() {
    let mut services = placed();
    on_duty(&mut services, "dora");
    on_duty(&mut services, "emil");
    services.pass(SEEK_MS + 2 * offer::OPEN_FOR_MS);
    let asked = services.rows[&offer_key(ORDER)].as_offer().expect("an offer").driver.clone();
    let other = if asked.as_str() == "dora" { "emil" } else { "dora" };
    // Their yes is in the row; the fact is not heard yet.
    let claimed = services.rows[&offer_key(ORDER)].as_offer().cloned().expect("an offer");
    let claimed = offer::Offer { standing: offer::Standing::Claimed, ..claimed };
    services.rows.insert(offer_key(ORDER), Row::Offer(claimed));
    let chosen = Done { by: operator().account, at: services.now, what: Measure::Chosen { driver: other.into() } };
    services.happen(&case_key(ORDER), &Event::Case(CaseEvent::Done(chosen)));
    let errand = services.rows[&errand_key(ORDER)].as_errand().expect("an errand");
    assert_eq!(errand.standing, Standing::Open, "it is theirs as soon as that is heard");
}

#[test]
fn money_that_somebody_sees_to_comes_back_only_when_it_is_had() {
    let mut services = with_bank(slow_to_charge);
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    accept(&mut services);
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER });
    let fails = Report::ChargeFailed { reason: "card expired".into() };
    services.bank_says(ORDER, &fails);
    let due = case(&services).troubles[0].due;
    services.now += MINUTE;
    services.bank_says(ORDER, &fails);
    assert_eq!(case(&services).troubles[0].due, due, "it is not due later because it failed again");
    desk(&mut services, settle(Concern::NotCharged)).expect("settled");
    services.bank_says(ORDER, &fails);
    assert!(troubles(&services).is_empty());
}

#[test]
fn a_meal_that_was_delivered_and_cancelled_comes_before_the_desk() {
    let mut services = placed();
    on_duty(&mut services, "dora");
    claim(&mut services, "dora");
    accept(&mut services);
    report(&mut services, "dora", ErrandCommand::PickUp { order: ORDER });
    // The desk hears of the delivery before ordering, which has heard of the kitchen's no.
    services.happen(&case_key(ORDER), &Event::Case(CaseEvent::OrderOver { at: services.now }));
    let ended = OrderEvent::Ended { at: services.now, why: Cancelled::ByRestaurant("too busy".into()) };
    services.happen(&order_key(ORDER), &Event::Order(ended));
    assert_eq!(troubles(&services), [Concern::Contradicted]);
}

#[test]
fn limits_are_said_before_anything_is_looked_up() {
    let mut services = placed();
    services.pass(WARN_MS);
    for minutes in [0, case::GIVE_MIN_MAX + 1] {
        let refused = desk(&mut services, CaseCommand::GiveTime { order: ORDER, minutes });
        assert!(matches!(refused, Err(Refusal::Case(CaseRefusal::Malformed(_)))), "{minutes}: {refused:?}");
    }
    let note = "x".repeat(1_000);
    let refused =
        desk(&mut services, CaseCommand::Settle { order: ORDER, concern: Concern::NotDelivered, note: note.into() });
    assert!(matches!(refused, Err(Refusal::Case(CaseRefusal::Malformed(_)))));
    let settled = desk(&mut services, settle(Concern::NobodyFound));
    assert_eq!(settled, Err(Refusal::Case(CaseRefusal::NotToBeSettled)), "that finds nobody");
}

#[test]
fn nobody_but_the_desk_may_act_on_a_case() {
    let services = placed();
    let row = services.rows.get(&case_key(ORDER));
    for actor in [ada(), cook(), driver("dora")] {
        assert!(!Trade::permits(&actor, &Command::Case(give_up(Concern::NobodyFound)), row));
    }
    assert!(!access::scopes_of(Some(&ada())).contains(&access::desk_scope()));
}
