//! The money path of an order: secured before the kitchen hears of it, settled when the meal is gone, and given back
//! wherever it ends early.

mod world;

use domain::OrderId;
use domain::catalog::Availability::{self, Left};
use domain::fulfilment::secure::SECURE;
use domain::fulfilment::settle::SETTLE;
use domain::id::{secure_key, settle_key, ticket_key};
use domain::kitchen::TicketCommand;
use domain::ordering::{Cancelled, OrderCommand, OrderRefusal, PlaceOrder, Status};
use domain::payment::{Card, Method, Paid, Payment, Report, Standing};
use domain::trade::{Command, Refusal};
use saga::{Saga, Step};
use world::services::{Bank, Services, yes};
use world::{cart, menu, order_id, pizzeria, place, placing};

fn by_card() -> Method {
    Method::Card(Card { token: "tok_succeeds".into(), label: "Sandbox card 4242".into() })
}

/// Two cakes, of which there are two, by card.
fn cakes() -> PlaceOrder {
    let mut cart = domain::ordering::Cart::new(pizzeria());
    cart.add(&menu(), &"cake".into(), &[], 2, "").expect("on the menu");
    PlaceOrder { pays: by_card(), ..place(cart) }
}

fn cook(services: &mut Services, command: TicketCommand) {
    services.give(&Command::Ticket(command)).expect("in order");
}

fn cancel(services: &mut Services, order: OrderId) {
    let cancel = OrderCommand::Cancel { order, reason: "".into() };
    services.give(&Command::Order(cancel)).expect("asked");
}

/// A bank that never answers.
fn silent(_: &'static str, _: &Payment) -> Vec<Report> {
    vec![]
}

/// A bank that has no money to give, and lets go of it gladly.
fn no(asked: &'static str, _: &Payment) -> Vec<Report> {
    match asked {
        "payment-authorization-asked" => vec![Report::Declined { reason: "no funds".into() }],
        _ => vec![Report::Released],
    }
}

/// A bank that says everything twice.
fn twice(asked: &'static str, payment: &Payment) -> Vec<Report> {
    [yes(asked, payment), yes(asked, payment)].concat()
}

/// How an order ends: what was left of the cake, what became of the money, and how the customer sees it.
#[derive(Debug, PartialEq)]
struct End {
    cakes: Availability,
    money: Standing,
    status: Status,
    because: Option<&'static str>,
    reached_the_kitchen: bool,
}

fn end(services: &Services, id: OrderId) -> End {
    let order = services.order(id);
    End {
        cakes: services.left("cake"),
        money: services.payment(id).standing.clone(),
        status: order.status,
        because: order.ended.as_ref().map(Cancelled::name),
        reached_the_kitchen: services.rows.contains_key(&ticket_key(id)),
    }
}

/// All that was had is given back.
fn given_back(status: Status, because: &'static str, reached_the_kitchen: bool) -> End {
    End { cakes: Left(2), money: Standing::LetGo, status, because: Some(because), reached_the_kitchen }
}

#[test]
fn a_card_is_charged_when_the_meal_is_handed_over_and_not_before() {
    for bank in [yes, twice] {
        let id = order_id(1);
        let mut services = Services::with(&SECURE, bank);
        services.give(&placing(cakes())).expect("placed");
        assert_eq!(services.order(id).paid, Paid::Reserved);
        assert_eq!(services.order(id).number, Some(1), "the kitchen has it");
        for command in [
            TicketCommand::Accept { order: id, ready_in_min: 9 },
            TicketCommand::StartCooking { order: id },
            TicketCommand::MarkReady { order: id },
        ] {
            cook(&mut services, command);
            assert_eq!(services.payment(id).standing, Standing::Reserved);
        }
        cook(&mut services, TicketCommand::HandOver { order: id });
        assert_eq!(services.order(id).paid, Paid::Charged);
        assert_eq!(services.facts.iter().filter(|fact| **fact == "payment-captured").count(), 1);
        assert_eq!(services.facts.iter().rfind(|fact| fact.starts_with("order-")), Some(&"order-payment-noted"));
        assert!(services.facts.contains(&"order-fulfilled"));
    }
}

#[test]
fn what_is_paid_at_the_counter_asks_no_bank_and_is_fulfilled_all_the_same() {
    let id = order_id(1);
    let mut services = Services::new();
    services.give(&placing(place(cart()))).expect("placed");
    cook(&mut services, TicketCommand::Accept { order: id, ready_in_min: 9 });
    cook(&mut services, TicketCommand::HandOver { order: id });
    assert!(services.facts.contains(&"order-fulfilled"));
    assert!(!services.facts.iter().any(|fact| fact.starts_with("payment-")), "{:?}", services.facts);
    assert_eq!(services.order(id).paid, Paid::NotYet);
}

/// What becomes of stock, money and order where it ends early: the compensation matrix of the design, as far as there are
/// steps for it.
#[test]
fn the_compensation_matrix() {
    type Story = fn(&mut Services, OrderId);
    let table: [(&str, Bank, Story, End); 8] = [
        (
            "the bank says no",
            no,
            |_, _| {},
            End {
                cakes: Left(2),
                money: Standing::Declined("no funds".into()),
                status: Status::Cancelled,
                because: Some("not-paid"),
                reached_the_kitchen: false,
            },
        ),
        (
            "the customer cancels while the bank is silent, and the bank lets go",
            silent,
            |services, id| {
                cancel(services, id);
                services.bank_says(id, &Report::Released);
            },
            given_back(Status::Cancelled, "by-customer", false),
        ),
        (
            "the customer cancels, and the bank says yes before it lets go",
            silent,
            |services, id| {
                cancel(services, id);
                services.bank_says(id, &Report::Reserved { reference: "late".into() });
                services.bank_says(id, &Report::Released);
            },
            given_back(Status::Cancelled, "by-customer", false),
        ),
        (
            "the bank says no, and then yes",
            no,
            |services, id| services.bank_says(id, &Report::Reserved { reference: "late".into() }),
            given_back(Status::Cancelled, "not-paid", false),
        ),
        (
            "the bank says no, and then yes, and its no is heard once more before it lets go",
            |asked, payment| if asked == "payment-void-asked" { vec![] } else { no(asked, payment) },
            |services, id| {
                services.bank_says(id, &Report::Reserved { reference: "late".into() });
                services.bank_says(id, &Report::Declined { reason: "no funds".into() });
                assert_eq!(services.payment(id).standing, Standing::LettingGo, "what is set aside stays asked for");
                services.bank_says(id, &Report::Released);
            },
            given_back(Status::Cancelled, "not-paid", false),
        ),
        (
            "the bank knows of nothing, lets go of it, and then says yes, twice",
            silent,
            |services, id| {
                cancel(services, id);
                services.bank_says(id, &Report::Released);
                for _ in 0..2 {
                    services.bank_says(id, &Report::Reserved { reference: "late".into() });
                }
                services.bank_says(id, &Report::Released);
            },
            given_back(Status::Cancelled, "by-customer", false),
        ),
        (
            "the restaurant refuses",
            yes,
            |services, id| cook(services, TicketCommand::Refuse { order: id, reason: "no oven".into() }),
            given_back(Status::Rejected, "by-restaurant", true),
        ),
        (
            "the customer cancels after the kitchen said yes and before it cooks",
            yes,
            |services, id| {
                cook(services, TicketCommand::Accept { order: id, ready_in_min: 9 });
                cancel(services, id);
            },
            given_back(Status::Cancelled, "by-customer", true),
        ),
    ];
    for (story, bank, happens, wanted) in table {
        let id = order_id(1);
        let mut services = Services::with(&SECURE, bank);
        services.give(&placing(cakes())).expect("placed");
        happens(&mut services, id);
        assert_eq!(end(&services, id), wanted, "{story}");
        let process = services.rows[&secure_key(id)].as_process().expect("a run");
        assert_eq!(process.state.ended_well(), Some(false), "{story}: all is given back");
        assert!(!services.rows.contains_key(&settle_key(id)), "{story}: nothing is charged");
    }
}

#[test]
fn an_order_that_is_sold_out_asks_no_bank() {
    let id = order_id(2);
    let mut services = Services::new();
    services.give(&placing(cakes())).expect("placed");
    // The customer's screen still says two are left.
    services.give(&placing(PlaceOrder { order: id, ..cakes() })).expect("accepted at the desk");
    assert_eq!(services.order(id).ended, Some(Cancelled::SoldOut(vec!["cake".into()])));
    assert_eq!(services.order(id).paid, Paid::NotYet);
    assert_eq!(services.left("cake"), Left(0));
}

#[test]
fn a_provider_that_cannot_be_reached_is_told_and_the_order_waits() {
    let id = order_id(1);
    let mut services = Services::with(&SECURE, |_, _| vec![Report::Busy, Report::Busy]);
    services.give(&placing(cakes())).expect("placed");
    assert_eq!(services.order(id).paid, Paid::ProviderBusy);
    assert_eq!(services.order(id).status, Status::Submitted);
    assert_eq!(services.facts.iter().filter(|fact| **fact == "payment-authorization-deferred").count(), 1);
    services.bank_says(id, &Report::Reserved { reference: "r-1".into() });
    assert_eq!(services.order(id).paid, Paid::Reserved);
    assert_eq!(services.order(id).number, Some(1));
}

#[test]
fn a_charge_that_fails_is_tried_until_it_is_made() {
    let id = order_id(1);
    let flaky = |asked: &'static str, payment: &Payment| match asked {
        "payment-capture-asked" if payment.charges < 4 => vec![Report::ChargeFailed { reason: "try later".into() }],
        asked => yes(asked, payment),
    };
    let mut services = Services::with(&SECURE, flaky);
    services.give(&placing(cakes())).expect("placed");
    cook(&mut services, TicketCommand::Accept { order: id, ready_in_min: 9 });
    cook(&mut services, TicketCommand::HandOver { order: id });
    assert_eq!(services.payment(id).charges, 4);
    assert_eq!(services.order(id).paid, Paid::Charged);
}

/// The money before the stock: the table of [`SECURE`] with its two steps the other way round, and nothing else changed.
const MONEY_FIRST: Saga = Saga {
    steps: &[Step { after: &[], ..SECURE.steps[1] }, Step { after: &["payment"], ..SECURE.steps[0] }],
    ..SECURE
};

#[test]
fn stock_and_money_change_places_by_a_change_of_the_table() {
    let place_with = |secure: &'static Saga, bank: Bank| {
        let mut services = Services::with(secure, bank);
        services.give(&placing(cakes())).expect("placed");
        let id = order_id(1);
        let asked =
            |fact: &&&'static str| fact.ends_with("-hold-requested") || fact.ends_with("-authorization-requested");
        let order: Vec<_> = services.facts.iter().filter(asked).copied().collect();
        (end(&services, id), order)
    };
    let (stock_first, order) = place_with(&SECURE, yes);
    assert_eq!(order, ["stock-hold-requested", "payment-authorization-requested"]);
    let (money_first, order) = place_with(&MONEY_FIRST, yes);
    assert_eq!(order, ["payment-authorization-requested", "stock-hold-requested"]);
    assert_eq!(stock_first, money_first);
    let ((stock_first, _), (money_first, order)) = (place_with(&SECURE, no), place_with(&MONEY_FIRST, no));
    assert_eq!(order, ["payment-authorization-requested"]);
    assert_eq!(stock_first, money_first);
}

#[test]
fn the_sagas_are_sound_and_touch_at_most_three_services() {
    for saga in [&SECURE, &SETTLE, &MONEY_FIRST] {
        assert_eq!(saga.faults(), [], "{}", saga.name);
        // Ordering begins each and hears its end.
        assert!(saga.doers().len() < 3, "{} is too large: {:?}", saga.name, saga.doers());
    }
}

#[test]
fn a_cancellation_that_comes_before_the_order_is_confirmed_ends_it() {
    // The order is secured; the order's own service hears of that only after the customer has cancelled.
    let id = order_id(1);
    let mut services = Services::with(&SECURE, silent);
    services.give(&placing(cakes())).expect("placed");
    let process = services.rows[&secure_key(id)].as_process().expect("a run");
    assert_eq!(process.state.ended_well(), None, "the bank has not answered");
    cancel(&mut services, id);
    assert!(services.order(id).cancel_asked, "nothing is over before all is given back");
    assert_eq!(services.left("cake"), Left(0));
    services.bank_says(id, &Report::Released);
    assert_eq!(services.order(id).ended, Some(Cancelled::ByCustomer));
    assert_eq!(services.left("cake"), Left(2));
}

#[test]
fn a_card_s_number_is_not_taken() {
    let card = |token: &str, label: &str| Method::Card(Card { token: token.into(), label: label.into() });
    for (pays, word) in [
        (card("", "Visa"), "name"),
        (card("tok_1", &"x".repeat(61)), "at most"),
        (card("tok 1", "Visa"), "letters"),
        (card("4242424242424242", "Visa"), "number"),
        (card("tok_1", "4242 4242 4242 4242"), "number"),
    ] {
        let refused = Services::new().give(&placing(PlaceOrder { pays: pays.clone(), ..cakes() }));
        let Err(Refusal::Order(OrderRefusal::Malformed(why))) = refused else { panic!("{pays:?}: {refused:?}") };
        assert!(why.contains(word), "{why}");
    }
}
