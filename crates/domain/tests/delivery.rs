//! Who brings a meal: one driver is asked at a time, exactly one has it, and a kitchen and a driver find each other in any
//! order.

mod world;

use domain::catalog::Availability::Left;
use domain::delivery::zone::SEEK_MS;
use domain::delivery::{
    DriverCommand, ErrandCommand, ErrandRefusal, Hitch, OfferCommand, OfferRefusal, Place, Standing, offer,
};
use domain::fulfilment::arrange::{ARRANGE, END_MS, WARN_MS};
use domain::fulfilment::secure::SECURE;
use domain::id::{arrange_key, errand_key, offer_key, order_key, secure_key, ticket_key, zone_key};
use domain::kitchen::{Progress, Ticket, TicketCommand};
use domain::ordering::{Cancelled, Destination, OrderCommand, OrderEvent, PlaceOrder, Status};
use domain::payment::{self, Card, Method, Paid};
use domain::trade::{Command, Event, Refusal, Row, Trade};
use domain::{OrderId, access};
use sync::Model;
use world::services::{Services, yes};
use world::{cart, cook, driver, order_id, place, placing};

const ORDER: OrderId = OrderId(uuid::Uuid::from_u128(1));

fn with_drivers() -> Services {
    let mut services = Services::with(&SECURE, yes);
    services.has_drivers = true;
    services
}

fn to_the_door() -> PlaceOrder {
    let card = Card { token: "tok_succeeds".into(), label: "Sandbox card 4242".into() };
    PlaceOrder {
        destination: Destination::Deliver("Via Lunga 2, Roma".into()),
        pays: Method::Card(card),
        ..place(cart())
    }
}

fn placed() -> Services {
    let mut services = with_drivers();
    services.give(&placing(to_the_door())).expect("placed");
    services
}

fn on_duty(services: &mut Services, name: &str, at: Option<Place>) {
    let command = DriverCommand::GoOnDuty { driver: name.into(), at };
    services.give_as(driver(name), &Command::Driver(command)).expect("on duty");
}

fn off_duty(services: &mut Services, name: &str) {
    services
        .give_as(driver(name), &Command::Driver(DriverCommand::GoOffDuty { driver: name.into() }))
        .expect("off duty");
}

fn claim(services: &mut Services, name: &str, order: OrderId) -> Result<(), Refusal> {
    services.give_as(driver(name), &Command::Offer(OfferCommand::Claim { order }))
}

fn decline(services: &mut Services, name: &str, order: OrderId) {
    services.give_as(driver(name), &Command::Offer(OfferCommand::Decline { order })).expect("declined");
}

fn report(services: &mut Services, name: &str, command: ErrandCommand) -> Result<(), Refusal> {
    let row = services.rows.get(&errand_key(command.order()));
    assert!(Trade::permits(&driver(name), &Command::Errand(command.clone()), row), "{name} may report");
    services.give_as(driver(name), &Command::Errand(command))
}

fn kitchen(services: &mut Services, command: TicketCommand) {
    services.give_as(cook(), &Command::Ticket(command)).expect("in order");
}

fn accept(services: &mut Services) {
    kitchen(services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 });
}

/// Who is being asked about the order.
fn asked(services: &Services, order: OrderId) -> Option<String> {
    let offer = services.rows.get(&offer_key(order)).and_then(Row::as_offer)?;
    (offer.standing == offer::Standing::Open).then(|| offer.driver.to_string())
}

fn standing(services: &Services) -> Standing {
    services.rows[&errand_key(ORDER)].as_errand().expect("an errand").standing
}

fn count(services: &Services, fact: &str) -> usize {
    services.facts.iter().filter(|told| **told == fact).count()
}

/// All is given back and nobody waits for anybody.
fn is_undone(services: &Services, why: &str, status: Status) {
    let order = services.order(ORDER);
    assert_eq!((order.status, order.ended.as_ref().map(Cancelled::name)), (status, Some(why)));
    assert_eq!(services.payment(ORDER).standing, payment::Standing::LetGo, "{why}: the money");
    for key in [secure_key(ORDER), arrange_key(ORDER)] {
        assert_eq!(services.rows[&key].as_process().expect("a run").state.ended_well(), Some(false), "{why}: {key}");
    }
    assert_eq!(standing(services), Standing::CalledOff, "{why}: the driver");
    assert!(services.ticket(ORDER).progress.is_final(), "{why}: the kitchen");
    assert_eq!(asked(services, ORDER), None, "{why}: nobody is asked");
    if let Some(board) = services.rows.get(&zone_key(&"rome".into())).and_then(Row::as_zone) {
        assert!(
            board.sought.is_empty() && board.drivers.iter().all(|seat| seat.carries.is_empty()),
            "{why}: {board:?}"
        );
    }
}

#[test]
fn a_meal_goes_from_the_kitchen_to_the_door_and_is_paid_there() {
    let mut services = with_drivers();
    on_duty(&mut services, "dora", Some(Place(41.91, 12.51)));
    services.give(&placing(to_the_door())).expect("placed");
    let offer = services.rows[&offer_key(ORDER)].as_offer().expect("an offer");
    assert_eq!(offer.metres, Some(1_386), "how far, and not where to");
    assert!(!serde_json::to_string(offer).expect("plain data").contains("Via"), "no address before a yes");
    claim(&mut services, "dora", ORDER).expect("theirs");
    assert!(services.order(ORDER).has_driver && services.ticket(ORDER).has_driver == Some(true));
    accept(&mut services);
    assert_eq!(count(&services, "delivery-initiated"), 1);
    kitchen(&mut services, TicketCommand::MarkReady { order: ORDER });
    assert!(services.rows[&errand_key(ORDER)].as_errand().expect("an errand").is_ready);
    report(&mut services, "dora", ErrandCommand::PickUp { order: ORDER }).expect("picked up");
    assert_eq!(services.order(ORDER).status, Status::PickedUp);
    assert_eq!(services.ticket(ORDER).progress, Progress::HandedOver, "the board is cleared by the driver's word");
    assert_eq!(services.order(ORDER).paid, Paid::Reserved, "nothing is charged on the way");
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER }).expect("delivered");
    assert_eq!((services.order(ORDER).status, services.order(ORDER).paid), (Status::Delivered, Paid::Charged));
    for fact in ["order-arranged", "order-fulfilled", "payment-captured"] {
        assert_eq!(count(&services, fact), 1, "{fact}");
    }
    let errand = &services.rows[&errand_key(ORDER)];
    assert_eq!(Trade::scopes(&errand_key(ORDER), errand), [], "the address leaves the driver's device");
}

#[test]
fn kitchen_and_driver_find_each_other_in_any_order_and_once() {
    for kitchen_first in [true, false] {
        let mut services = placed();
        if kitchen_first {
            accept(&mut services);
        }
        assert_eq!(count(&services, "delivery-initiated"), 0);
        on_duty(&mut services, "dora", None);
        claim(&mut services, "dora", ORDER).expect("theirs");
        if !kitchen_first {
            assert_eq!(count(&services, "delivery-initiated"), 0);
            accept(&mut services);
        }
        assert_eq!(count(&services, "delivery-initiated"), 1);
        assert!(services.rows[&errand_key(ORDER)].as_errand().expect("an errand").is_agreed);
    }
}

#[test]
fn one_driver_is_asked_at_a_time_the_nearest_first_and_exactly_one_has_it() {
    let mut services = with_drivers();
    on_duty(&mut services, "far", Some(Place(42.2, 12.5)));
    on_duty(&mut services, "near", Some(Place(41.9, 12.5)));
    on_duty(&mut services, "somewhere", None);
    services.give(&placing(to_the_door())).expect("placed");
    assert_eq!(asked(&services, ORDER).as_deref(), Some("near"));
    assert_eq!(claim(&mut services, "far", ORDER), Err(Refusal::Offer(OfferRefusal::Gone)), "nobody else may take it");
    services.pass(offer::OPEN_FOR_MS - 1);
    assert_eq!(asked(&services, ORDER).as_deref(), Some("near"));
    services.pass(1);
    assert_eq!(asked(&services, ORDER).as_deref(), Some("far"), "who says nothing is asked no more");
    assert_eq!(
        claim(&mut services, "near", ORDER),
        Err(Refusal::Offer(OfferRefusal::Gone)),
        "a yes that comes too late"
    );
    decline(&mut services, "far", ORDER);
    assert_eq!(asked(&services, ORDER).as_deref(), Some("somewhere"));
    claim(&mut services, "somewhere", ORDER).expect("theirs");
    claim(&mut services, "somewhere", ORDER).expect("said twice");
    assert_eq!(count(&services, "driver-assigned"), 1);
    let errand = services.rows[&errand_key(ORDER)].as_errand().expect("an errand");
    assert_eq!(errand.driver.as_ref().map(ToString::to_string).as_deref(), Some("somewhere"));
}

#[test]
fn a_driver_is_asked_about_one_meal_at_a_time_and_carries_two_at_most() {
    let mut services = with_drivers();
    on_duty(&mut services, "dora", None);
    let orders: Vec<OrderId> = (1..=3).map(order_id).collect();
    for order in &orders {
        services.give(&placing(PlaceOrder { order: *order, ..to_the_door() })).expect("placed");
    }
    assert_eq!(orders.iter().filter(|order| asked(&services, **order).is_some()).count(), 1);
    claim(&mut services, "dora", orders[0]).expect("theirs");
    claim(&mut services, "dora", orders[1]).expect("theirs");
    assert_eq!(asked(&services, orders[2]), None, "her bag is full");
    report(&mut services, "dora", ErrandCommand::PickUp { order: orders[0] }).expect("picked up");
    report(&mut services, "dora", ErrandCommand::Deliver { order: orders[0] }).expect("delivered");
    assert_eq!(asked(&services, orders[2]).as_deref(), Some("dora"));
    off_duty(&mut services, "dora");
    decline(&mut services, "dora", orders[2]);
    services.pass(SEEK_MS);
    assert_eq!(asked(&services, orders[2]), None, "nobody is asked who is off duty");
    report(&mut services, "dora", ErrandCommand::PickUp { order: orders[1] }).expect("what she has she delivers");
}

#[test]
fn where_there_is_nobody_it_is_tried_three_times_and_then_all_is_given_back() {
    let mut services = placed();
    accept(&mut services);
    for attempt in 1..=3 {
        assert_eq!(count(&services, "driver-assignment-requested"), attempt);
        services.pass(SEEK_MS);
        assert_eq!(count(&services, "driver-assignment-aborted"), attempt);
    }
    is_undone(&services, "no-driver", Status::Cancelled);
    assert_eq!(services.ticket(ORDER).withdrawn, Some(Cancelled::NoDriver), "the kitchen is told why");
    on_duty(&mut services, "dora", None);
    assert_eq!(asked(&services, ORDER), None);
}

#[test]
fn a_driver_who_comes_in_the_second_try_is_asked() {
    let mut services = placed();
    accept(&mut services);
    services.pass(SEEK_MS + 60_000);
    on_duty(&mut services, "dora", None);
    claim(&mut services, "dora", ORDER).expect("theirs");
    assert_eq!(count(&services, "delivery-initiated"), 1);
    services.pass(3 * SEEK_MS);
    assert_eq!(services.order(ORDER).status, Status::Received, "nothing is given up any more");
}

#[test]
fn a_driver_who_drops_out_is_replaced_and_not_asked_again() {
    let mut services = placed();
    accept(&mut services);
    on_duty(&mut services, "dora", None);
    claim(&mut services, "dora", ORDER).expect("theirs");
    report(&mut services, "dora", ErrandCommand::DropOut { order: ORDER }).expect("dropped");
    assert!(!services.order(ORDER).has_driver);
    assert_eq!((standing(&services), asked(&services, ORDER)), (Standing::Open, None));
    // Nobody for a while: the board goes on by itself, and asks her again before nobody does.
    services.pass(SEEK_MS);
    assert_eq!(asked(&services, ORDER).as_deref(), Some("dora"));
    decline(&mut services, "dora", ORDER);
    on_duty(&mut services, "emil", None);
    assert_eq!(asked(&services, ORDER).as_deref(), Some("emil"));
    claim(&mut services, "emil", ORDER).expect("theirs");
    assert!(services.order(ORDER).has_driver);
    assert_eq!(services.order(ORDER).status, Status::Received);
}

#[test]
fn a_driver_s_word_is_believed_whatever_has_happened_since() {
    let mut services = placed();
    accept(&mut services);
    on_duty(&mut services, "dora", None);
    claim(&mut services, "dora", ORDER).expect("theirs");
    report(&mut services, "dora", ErrandCommand::DropOut { order: ORDER }).expect("dropped");
    on_duty(&mut services, "emil", None);
    claim(&mut services, "emil", ORDER).expect("theirs");
    // She had it in her bag all the same, with no network to say so.
    report(&mut services, "dora", ErrandCommand::PickUp { order: ORDER }).expect("believed");
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER }).expect("believed");
    assert_eq!(services.order(ORDER).status, Status::Delivered);
    report(&mut services, "emil", ErrandCommand::Deliver { order: ORDER }).expect("kept, and changes nothing");
    let errand = services.rows[&errand_key(ORDER)].as_errand().expect("an errand");
    assert_eq!(errand.driver.as_ref().map(ToString::to_string).as_deref(), Some("dora"));
    assert_eq!(count(&services, "payment-captured"), 1);
    let stranger = Command::Errand(ErrandCommand::Deliver { order: ORDER });
    assert!(!Trade::permits(&driver("fay"), &stranger, services.rows.get(&errand_key(ORDER))));
}

#[test]
fn a_meal_in_the_bag_is_not_dropped_and_one_that_is_not_cannot_fail() {
    let mut services = placed();
    accept(&mut services);
    on_duty(&mut services, "dora", None);
    claim(&mut services, "dora", ORDER).expect("theirs");
    let fail = || ErrandCommand::Fail { order: ORDER, reason: " nobody opens ".into(), hitch: Hitch::Other };
    assert_eq!(report(&mut services, "dora", fail()), Err(Refusal::Errand(ErrandRefusal::NotPickedUp)));
    report(&mut services, "dora", ErrandCommand::PickUp { order: ORDER }).expect("picked up");
    let drop = ErrandCommand::DropOut { order: ORDER };
    assert_eq!(report(&mut services, "dora", drop), Err(Refusal::Errand(ErrandRefusal::PickedUp)));
    report(&mut services, "dora", fail()).expect("failed");
    let order = services.order(ORDER);
    assert_eq!(
        (order.status, order.ended.clone()),
        (Status::Cancelled, Some(Cancelled::NotDelivered("nobody opens".into())))
    );
    assert_eq!(services.payment(ORDER).standing, payment::Standing::LetGo, "who got nothing pays nothing");
    let board = services.rows[&zone_key(&"rome".into())].as_zone().expect("a board");
    assert!(board.drivers.iter().all(|seat| seat.carries.is_empty()));
}

/// The compensation matrix of the design with its driver column: whoever ends it, wherever it stands.
#[test]
fn the_compensation_matrix_with_a_driver() {
    type Story = fn(&mut Services);
    let cancel: Story = |services| {
        services.give(&Command::Order(OrderCommand::Cancel { order: ORDER, reason: "".into() })).expect("asked");
    };
    let before: [(&str, Story); 5] = [
        ("nobody is there", |_| {}),
        ("a driver is asked", |services| on_duty(services, "dora", None)),
        ("a driver has it", |services| {
            on_duty(services, "dora", None);
            claim(services, "dora", ORDER).expect("theirs");
        }),
        ("the kitchen said yes", accept),
        ("both said yes", |services| {
            accept(services);
            on_duty(services, "dora", None);
            claim(services, "dora", ORDER).expect("theirs");
        }),
    ];
    for (stands, happens) in before {
        let mut services = placed();
        happens(&mut services);
        cancel(&mut services);
        is_undone(&services, "by-customer", Status::Cancelled);
        is_told_without_the_address(&mut services, ["a driver has it", "both said yes"].contains(&stands));
        if stands == "a driver is asked" {
            assert_eq!(claim(&mut services, "dora", ORDER), Err(Refusal::Offer(OfferRefusal::Gone)), "a dead order");
        }
    }
    for (_, happens) in &before[..3] {
        let mut services = placed();
        happens(&mut services);
        kitchen(&mut services, TicketCommand::Refuse { order: ORDER, reason: "no oven".into() });
        is_undone(&services, "by-restaurant", Status::Rejected);
        let mut services = placed();
        happens(&mut services);
        services.pass(END_MS);
        is_undone(
            &services,
            if services.order(ORDER).has_driver { "no-answer" } else { ended(&services) },
            Status::Cancelled,
        );
    }
}

/// Dora fetches it and cannot bring it.
fn fails(services: &mut Services, hitch: Hitch) {
    report(services, "dora", ErrandCommand::PickUp { order: ORDER }).expect("picked up");
    let fail = ErrandCommand::Fail { order: ORDER, reason: "so it is".into(), hitch };
    report(services, "dora", fail).expect("told");
}

/// The rows of the matrix where something was cooked: its portions are used up, whoever ends it, and its money is charged only
/// where it was brought to a door that nobody opened.
#[test]
fn what_was_cooked_is_used_up_and_what_was_brought_in_vain_is_paid_for() {
    type Story = fn(&mut Services);
    let call_off: Story =
        |services| kitchen(services, TicketCommand::CallOff { order: ORDER, reason: "the oven broke".into() });
    let nobody_drives: Story = |services| services.pass(4 * SEEK_MS);
    let spoilt: Story = |services| fails(services, Hitch::Other);
    let nobody_there: Story = |services| fails(services, Hitch::NobodyThere);
    let (let_go, charged) = (payment::Standing::LetGo, payment::Standing::Charged);
    // Story, who drives, whether it is cooked, its end, the cakes that are left of two, its money, the fact that settles it.
    let table: [(Story, bool, bool, &str, u32, _, &str); 6] = [
        (call_off, true, false, "by-restaurant", 2, &let_go, "stock-released"),
        (call_off, true, true, "by-restaurant", 0, &let_go, "stock-used-up"),
        (nobody_drives, false, false, "no-driver", 2, &let_go, "stock-released"),
        (nobody_drives, false, true, "no-driver", 0, &let_go, "stock-used-up"),
        (spoilt, true, true, "not-delivered", 0, &let_go, "stock-used-up"),
        (nobody_there, true, true, "nobody-there", 0, &charged, "order-cancellation-settled"),
    ];
    for (happens, drives, cooks, why, cakes, money, settled) in table {
        let mut cart = domain::ordering::Cart::new(world::pizzeria());
        cart.add(&world::menu(), &"cake".into(), &[], 2, "").expect("on the menu");
        let mut services = with_drivers();
        services.give(&placing(PlaceOrder { lines: place(cart).lines, ..to_the_door() })).expect("placed");
        if drives {
            on_duty(&mut services, "dora", None);
            claim(&mut services, "dora", ORDER).expect("theirs");
        }
        accept(&mut services);
        if cooks {
            kitchen(&mut services, TicketCommand::StartCooking { order: ORDER });
        }
        happens(&mut services);
        let order = services.order(ORDER);
        assert_eq!(order.ended.as_ref().map(Cancelled::name), Some(why));
        assert_eq!(services.left("cake"), Left(cakes), "{why}, cooked: {cooks}");
        assert_eq!(services.payment(ORDER).standing, *money, "{why}, cooked: {cooks}");
        assert_eq!(order.paid, if *money == charged { Paid::Charged } else { Paid::LetGo }, "the customer is told");
        assert_eq!(count(&services, settled), 1, "{why}: {:?}", services.facts);
        assert_eq!(count(&services, "order-fulfilled"), 0, "{why}: nobody got a meal");
    }
}

#[test]
fn in_cash_nothing_is_had_where_nobody_opens() {
    let mut services = with_drivers();
    services.give(&placing(PlaceOrder { pays: Method::AtHandOver, ..to_the_door() })).expect("placed");
    on_duty(&mut services, "dora", None);
    claim(&mut services, "dora", ORDER).expect("theirs");
    fails(&mut services, Hitch::NobodyThere);
    assert_eq!(services.order(ORDER).ended, Some(Cancelled::NobodyThere("so it is".into())));
    assert!(!services.rows.contains_key(&domain::id::settle_key(ORDER)), "there is nothing to settle");
}

#[test]
fn a_second_end_of_an_order_moves_no_money() {
    let mut services = placed();
    on_duty(&mut services, "dora", None);
    claim(&mut services, "dora", ORDER).expect("theirs");
    fails(&mut services, Hitch::NobodyThere);
    let again = OrderEvent::Ended { at: services.now, why: Cancelled::ByCustomer };
    services.happen(&order_key(ORDER), &Event::Order(again));
    assert_eq!(services.payment(ORDER).standing, payment::Standing::Charged);
    assert_eq!(count(&services, "payment-void-asked"), 0);
}

/// A driver who was on the way is told for an hour, and not to whom they were going.
fn is_told_without_the_address(services: &mut Services, had_it: bool) {
    let key = errand_key(ORDER);
    let shown = |services: &Services| Trade::scopes(&key, &services.rows[&key]);
    let dora = access::driver_scope(&"dora".into());
    assert_eq!(shown(services), if had_it { vec![dora] } else { vec![] });
    let row = serde_json::to_string(&services.rows[&key]).expect("plain data");
    assert!(!row.contains("Lunga") && !row.contains("Ada"), "{row}");
    services.pass(domain::delivery::errand::CALLED_OFF_MS);
    assert_eq!(shown(services), []);
}

/// Where nobody drives and nobody cooks, whichever is given up first.
fn ended(services: &Services) -> &'static str {
    let why = services.order(ORDER).ended.as_ref().map(Cancelled::name).expect("it is over");
    assert!(["no-answer", "no-driver"].contains(&why), "{why}");
    why
}

#[test]
fn a_kitchen_that_says_nothing_is_late_and_then_given_up_and_a_yes_between_heals() {
    for collects in [true, false] {
        let order = if collects { place(cart()) } else { to_the_door() };
        let start = || {
            let mut services = with_drivers();
            if !collects {
                on_duty(&mut services, "dora", None);
            }
            services.give(&placing(order.clone())).expect("placed");
            if !collects {
                claim(&mut services, "dora", ORDER).expect("theirs");
            }
            services
        };
        let mut services = start();
        services.pass(WARN_MS - 1);
        assert!(!services.order(ORDER).is_late);
        services.pass(1);
        assert!(services.order(ORDER).is_late, "the customer is told");
        assert_eq!(count(&services, "order-submission-expired"), 1);
        accept(&mut services);
        assert!(!services.order(ORDER).is_late);
        services.pass(2 * END_MS);
        assert_eq!(services.order(ORDER).status, Status::Received);

        let mut services = start();
        services.pass(END_MS);
        assert_eq!(services.order(ORDER).ended, Some(Cancelled::NoAnswer));
        assert_eq!(services.ticket(ORDER).progress, Progress::Cancelled, "the ticket is closed");
        assert_eq!(services.ticket(ORDER).withdrawn, Some(Cancelled::NoAnswer));
    }
}

#[test]
fn who_fetches_their_meal_needs_no_driver() {
    let mut services = with_drivers();
    on_duty(&mut services, "dora", None);
    services.give(&placing(place(cart()))).expect("placed");
    assert!(!services.rows.contains_key(&errand_key(ORDER)));
    accept(&mut services);
    assert_eq!(count(&services, "order-arranged"), 1);
    kitchen(&mut services, TicketCommand::HandOver { order: ORDER });
    assert_eq!(services.order(ORDER).status, Status::HandedOver);
    assert!(!services.facts.iter().any(|fact| fact.starts_with("driver-a")), "{:?}", services.facts);
}

#[test]
fn arranging_is_a_sound_saga_over_two_services() {
    assert_eq!(ARRANGE.faults(), []);
    assert_eq!(ARRANGE.doers().len(), 2);
    assert!(access::scopes_of(Some(&driver("dora"))).iter().any(|scope| scope.as_str() == "driver:dora"));
}

#[test]
fn a_driver_who_is_quicker_than_the_kitchen_s_taps_is_believed() {
    for (report_end, status) in [
        (ErrandCommand::Deliver { order: ORDER }, Status::Delivered),
        (ErrandCommand::Fail { order: ORDER, reason: "".into(), hitch: Hitch::Other }, Status::Cancelled),
    ] {
        let mut services = placed();
        on_duty(&mut services, "dora", None);
        claim(&mut services, "dora", ORDER).expect("theirs");
        // The kitchen has not even said yes on its board.
        report(&mut services, "dora", ErrandCommand::PickUp { order: ORDER }).expect("picked up");
        report(&mut services, "dora", report_end).expect("ended");
        assert_eq!(services.ticket(ORDER).progress, Progress::HandedOver);
        assert_eq!(services.order(ORDER).status, status);
    }
}

#[test]
fn a_cancel_that_is_granted_after_the_meal_was_eaten_came_too_late() {
    let mut services = placed();
    on_duty(&mut services, "dora", None);
    claim(&mut services, "dora", ORDER).expect("theirs");
    report(&mut services, "dora", ErrandCommand::Deliver { order: ORDER }).expect("delivered");
    // The kitchen heard of the cancel before it heard of the driver.
    let ticket = Ticket { progress: Progress::Accepted, ..services.ticket(ORDER).clone() };
    services.rows.insert(ticket_key(ORDER), Row::Ticket(ticket));
    services.happen(&order_key(ORDER), &Event::Order(OrderEvent::CancellationRequested));
    let order = services.order(ORDER);
    assert_eq!((order.status, order.cancel_asked, order.ended.clone()), (Status::Delivered, false, None));
    assert_eq!(services.facts.iter().filter(|fact| **fact == "order-kept").count(), 1, "the customer is told no");
}
