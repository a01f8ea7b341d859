//! Money that is given back: by the restaurant or the desk, in part or whole, and never more than was charged.

mod world;

use domain::fulfilment::secure::SECURE;
use domain::id::{case_key, payment_key, ticket_key};
use domain::kitchen::ticket::Refund;
use domain::kitchen::{TicketCommand, TicketEvent, TicketRefusal};
use domain::ops::{CaseCommand, CaseRefusal, Concern};
use domain::ordering::PlaceOrder;
use domain::payment::{Card, Method, Paid, Payment, PaymentEvent, RefundTotals, Report, Standing, hold};
use domain::rules::{Happened, RULES};
use domain::trade::{Command, Event, Refusal, Trade};
use domain::{Currency, Money, OrderId};
use sync::Model as _;
use world::services::{Bank, Services, yes};
use world::{cart, cook, operator, place, placing};

const ORDER: OrderId = OrderId(uuid::Uuid::from_u128(1));

fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn by_card() -> PlaceOrder {
    let card = Card { token: "tok_succeeds".into(), label: "Sandbox card 4242".into() };
    PlaceOrder { pays: Method::Card(card), ..place(cart()) }
}

fn kitchen(services: &mut Services, command: TicketCommand) -> Result<(), Refusal> {
    services.give_as(cook(), &Command::Ticket(command))
}

fn restaurant_gives(services: &mut Services, minor: i64) -> Result<(), Refusal> {
    let (amount, reason) = (euro(minor), " it was cold ".into());
    kitchen(services, TicketCommand::GiveBack { order: ORDER, amount, reason })
}

fn desk_gives(services: &mut Services, minor: i64) -> Result<(), Refusal> {
    let (amount, note) = (euro(minor), "she was cross".into());
    services.give_as(operator(), &Command::Case(CaseCommand::GiveBack { order: ORDER, amount, note }))
}

/// An order of 18.00 that was eaten and charged, at this bank.
fn eaten(bank: Bank) -> Services {
    let mut services = Services::with(&SECURE, bank);
    services.give(&placing(by_card())).expect("placed");
    kitchen(&mut services, TicketCommand::Accept { order: ORDER, ready_in_min: 9 }).expect("accepted");
    kitchen(&mut services, TicketCommand::HandOver { order: ORDER }).expect("gone");
    services
}

/// What the customer, the kitchen and the bank's gateway say was given back.
fn told(services: &Services) -> (Option<Money>, Option<Money>, i64) {
    let payment = services.payment(ORDER);
    let kitchen = services.ticket(ORDER).refund.as_ref().map(|refund| refund.made);
    (services.order(ORDER).refunded, kitchen, payment.given_back.made)
}

fn back(minor: i64) -> (Option<Money>, Option<Money>, i64) {
    (Some(euro(minor)), Some(euro(minor)), minor)
}

#[test]
fn what_is_given_back_is_seen_by_everybody_and_never_more_than_was_charged() {
    let mut services = eaten(yes);
    let sum = services.order(ORDER).total.minor;
    assert_eq!(services.ticket(ORDER).may_give_back(), Some(euro(sum)));
    restaurant_gives(&mut services, 300).expect("given");
    assert_eq!(told(&services), back(300));
    desk_gives(&mut services, 200).expect("given");
    restaurant_gives(&mut services, 100).expect("given");
    assert_eq!(told(&services), back(600));
    assert_eq!(services.ticket(ORDER).may_give_back(), Some(euro(sum - 400)), "each knows what it gave itself");
    assert_eq!(services.ticket(ORDER).given_back[0].reason, "it was cold");
    // The desk knows nothing of the kitchen's four euro: together they would give back more than there was.
    desk_gives(&mut services, sum - 200).expect("given");
    assert_eq!(told(&services), back(sum));
    assert_eq!(services.order(ORDER).paid, Paid::Charged);
    assert_eq!(services.order(ORDER).total.minor, sum, "what it cost stays what it cost");
}

#[test]
fn only_what_a_card_has_paid_is_given_back_and_only_as_much_as_is_left() {
    let most = |most| Err(Refusal::Ticket(TicketRefusal::NotToGiveBack { most }));
    let mut services = Services::new();
    services.give(&placing(by_card())).expect("placed");
    assert_eq!(restaurant_gives(&mut services, 100), most(None), "nobody has eaten anything");
    assert_eq!(desk_gives(&mut services, 100), Err(Refusal::Case(CaseRefusal::NotToGiveBack { most: None })));
    let mut services = eaten(yes);
    let sum = services.order(ORDER).total;
    for minor in [0, -100, sum.minor + 1, i64::MAX] {
        assert_eq!(restaurant_gives(&mut services, minor), most(Some(sum)));
    }
    let yen = Money::new(100, Currency::new("JPY").expect("a code"));
    let in_yen = TicketCommand::GiveBack { order: ORDER, amount: yen, reason: "".into() };
    assert_eq!(kitchen(&mut services, in_yen), most(Some(sum)));
    restaurant_gives(&mut services, sum.minor).expect("all of it");
    assert_eq!(restaurant_gives(&mut services, 1), most(None));
    let mut cash = Services::new();
    cash.give(&placing(place(cart()))).expect("placed");
    kitchen(&mut cash, TicketCommand::Accept { order: ORDER, ready_in_min: 9 }).expect("accepted");
    kitchen(&mut cash, TicketCommand::HandOver { order: ORDER }).expect("gone");
    assert_eq!(restaurant_gives(&mut cash, 100), most(None), "cash is given back in cash");
    assert!(!cash.rows.contains_key(&payment_key(ORDER)));
}

/// A bank that takes charges and will not give back three euro.
fn not_three_euro(asked: &'static str, payment: &Payment) -> Vec<Report> {
    match asked {
        "payment-refund-asked" if payment.given_back.asked == 300 => {
            vec![Report::RefundFailed { total: 300, back: 0, reason: "the card is gone".into() }]
        }
        _ => yes(asked, payment),
    }
}

#[test]
fn money_that_is_not_given_back_comes_before_the_desk_and_is_not_asked_for_again() {
    let mut services = eaten(not_three_euro);
    restaurant_gives(&mut services, 300).expect("given");
    let is_not_made = |made, services: &Services| {
        let wanted =
            Refund { made: euro(made), waived: Some(euro(300)), why: "the card is gone".into(), is_moot: false };
        assert_eq!(services.ticket(ORDER).refund, Some(wanted));
    };
    is_not_made(0, &services);
    assert_eq!(services.order(ORDER).refunded, None);
    let troubles = |services: &Services| {
        let case = services.rows[&case_key(ORDER)].as_case().expect("a case");
        case.trouble(Concern::NotGivenBack).map(|trouble| trouble.words.as_str().to_owned())
    };
    assert_eq!(troubles(&services).as_deref(), Some("the card is gone"));
    // They were told to give it otherwise, so it does not go to the card with what is given later.
    restaurant_gives(&mut services, 100).expect("given");
    assert_eq!(told(&services), back(100));
    assert!(troubles(&services).is_some(), "the three euro are still to be given");
    is_not_made(100, &services);
    // The provider did it after all.
    services.bank_says(ORDER, &Report::Refunded { total: 400 });
    assert_eq!(told(&services), back(400));
    assert_eq!(troubles(&services), None);
    desk_gives(&mut services, 50).expect("given");
    assert_eq!(told(&services), back(450));
}

#[test]
fn what_is_given_back_before_it_is_charged_waits_for_that() {
    let silent_at_the_charge = |asked: &'static str, payment: &Payment| match asked {
        "payment-capture-asked" => vec![],
        _ => yes(asked, payment),
    };
    let mut services = eaten(silent_at_the_charge);
    restaurant_gives(&mut services, 300).expect("given");
    assert_eq!(services.payment(ORDER).given_back.asked, 0);
    services.bank_says(ORDER, &Report::Charged);
    assert_eq!(told(&services), back(300));
}

/// However often and in whatever order what is said of it arrives, the customer has back what was meant.
#[test]
fn what_is_said_twice_or_late_counts_once() {
    let mut services =
        eaten(|asked, payment| if asked == "payment-refund-asked" { vec![] } else { yes(asked, payment) });
    restaurant_gives(&mut services, 300).expect("given");
    restaurant_gives(&mut services, 200).expect("given");
    let given = services.ticket(ORDER).given_back.clone();
    // A replay has the service hear of both again, the later one first.
    for given in [&given[1], &given[0], &given[1]] {
        let (key, event) = (ticket_key(ORDER), Event::Ticket(TicketEvent::GivenBack(given.clone())));
        let again = Happened { key: &key, event: &event, row: None, at: services.now };
        let rule = RULES.iter().find(|rule| rule.id == "payment.give-back").expect("a rule");
        assert!((rule.react)(&again, &|key| services.rows.get(key).cloned()).is_empty());
    }
    assert_eq!(services.payment(ORDER).given_back.asked, 500);
    for total in [300, 500, 300, 500] {
        services.bank_says(ORDER, &Report::Refunded { total });
    }
    assert_eq!(told(&services), back(500));
    assert_eq!(services.facts.iter().filter(|fact| **fact == "payment-refunded").count(), 2);
}

/// What a provider says after a backup was restored that is older than what it did.
#[test]
fn what_was_given_back_in_a_history_that_is_gone_is_not_given_back_again() {
    let services = eaten(yes);
    let payment =
        |standing| Payment { standing, given_back: RefundTotals::default(), ..services.payment(ORDER).clone() };
    let sum = services.order(ORDER).total.minor;
    let heard = |standing, total| hold::hear(&payment(standing), &Report::Refunded { total });
    let names = |events: Vec<PaymentEvent>| {
        events.into_iter().map(|event| Trade::event_name(&Event::Payment(event))).collect::<Vec<_>>()
    };
    assert_eq!(names(heard(Standing::Charging, 200)), ["payment-captured", "payment-refunded"]);
    assert_eq!(names(heard(Standing::Asked, 200)), ["payment-authorized"], "it is there, and charged later");
    assert_eq!(names(heard(Standing::Asked, sum)), ["payment-declined"], "nothing of it is there");
    assert_eq!(names(heard(Standing::LettingGo, sum)), ["payment-voided"]);
    assert_eq!(names(heard(Standing::LetGo, sum)), [] as [&str; 0]);
}

#[test]
fn what_was_never_charged_is_not_given_back_and_nobody_is_told_to_pay_it_otherwise() {
    let moot = |services: &Services| services.ticket(ORDER).refund.as_ref().is_some_and(|refund| refund.is_moot);
    // The kitchen gives some back while the bank is asked to charge; then the bank lets go by itself.
    let silent_at_the_charge = |asked: &'static str, payment: &Payment| match asked {
        "payment-capture-asked" => vec![],
        _ => yes(asked, payment),
    };
    let mut services = eaten(silent_at_the_charge);
    restaurant_gives(&mut services, 300).expect("given");
    let let_go = PaymentEvent::Released;
    services.happen(&payment_key(ORDER), &Event::Payment(let_go));
    restaurant_gives(&mut services, 100).expect("given");
    assert!(moot(&services), "{:?}", services.ticket(ORDER).refund);
    assert_eq!(services.ticket(ORDER).may_give_back(), None);
    let case = services.rows[&case_key(ORDER)].as_case().expect("a case");
    assert_eq!((case.trouble(Concern::NotGivenBack), case.may_give_back()), (None, None));
    let released =
        hold::hear(&Payment { standing: Standing::LettingGo, ..services.payment(ORDER).clone() }, &Report::Released);
    assert_eq!(released, [PaymentEvent::Released, PaymentEvent::RefundMoot]);
}

#[test]
fn a_no_to_an_earlier_sum_is_none_to_a_later_one() {
    let mut services =
        eaten(|asked, payment| if asked == "payment-refund-asked" { vec![] } else { yes(asked, payment) });
    restaurant_gives(&mut services, 300).expect("given");
    desk_gives(&mut services, 200).expect("given");
    services.bank_says(ORDER, &Report::RefundFailed { total: 300, back: 0, reason: "not so".into() });
    assert!(services.payment(ORDER).given_back.is_awaited(), "five euro are still asked for");
    services.bank_says(ORDER, &Report::Refunded { total: 500 });
    assert_eq!(told(&services), back(500));
}

/// Three euro are back, and nobody here has heard of it when five are asked for and refused: two are to be given otherwise.
#[test]
fn what_is_back_already_is_not_to_be_given_otherwise() {
    let mut services =
        eaten(|asked, payment| if asked == "payment-refund-asked" { vec![] } else { yes(asked, payment) });
    restaurant_gives(&mut services, 300).expect("given");
    desk_gives(&mut services, 200).expect("given");
    services.bank_says(ORDER, &Report::RefundFailed { total: 500, back: 300, reason: "not so".into() });
    let RefundTotals { asked, made, waived, .. } = services.payment(ORDER).given_back;
    assert_eq!((asked, made, waived), (300, 300, 200));
    assert_eq!(told(&services), back(300));
    // A no that crossed with the yes to the same sum is none.
    desk_gives(&mut services, 50).expect("given");
    services.bank_says(ORDER, &Report::RefundFailed { total: 350, back: 350, reason: "not so".into() });
    assert_eq!(told(&services), back(350));
    assert_eq!(services.payment(ORDER).given_back.waived, 200);
}

#[test]
fn a_kitchen_that_gave_nothing_back_does_not_hear_of_what_the_desk_gives() {
    let mut services = eaten(yes);
    desk_gives(&mut services, 200).expect("given");
    assert_eq!(services.ticket(ORDER).refund, None);
    assert_eq!(services.order(ORDER).refunded, Some(euro(200)));
}
