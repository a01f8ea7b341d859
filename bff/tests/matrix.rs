//! The compensation matrix of the design (8.3), row by row, over HTTP and SQLite and with the sandbox provider beside: where an
//! order ends early, what becomes of its portions and its money, and what its customer, its kitchen, its driver and the desk
//! have on their screens.

mod support;

use domain::catalog::Availability::Left;
use domain::catalog::{Item, Menu};
use domain::delivery::{ErrandCommand, Hitch, Standing};
use domain::id::{arrange_key, case_key, errand_key, offer_key, ticket_key, zone_key};
use domain::kitchen::{Progress, TicketCommand};
use domain::ops::{CaseCommand, Concern};
use domain::ordering::{Cancelled, Destination, Line, OrderCommand, OrderRefusal, PlaceOrder, Status};
use domain::payment::{Card, Method, Paid};
use domain::{Command, Money, OrderId, Refusal};
use support::town::{GINKGO, Town, row};
use support::*;
use sync::Reason;
use sync::protocol::Outcome;

/// What a driver has of an order that is over.
#[derive(Debug, PartialEq)]
enum Phone {
    /// Nothing: no question and no address.
    Nothing,
    /// That it was called off, and not to whom it was.
    CalledOff,
}

/// How an order has ended, on every screen and in every book.
#[derive(Debug, PartialEq)]
struct End {
    /// Why, as its customer reads.
    because: &'static str,
    /// What became of the money, as its customer reads.
    paid: Paid,
    /// The same, as the bank has it.
    bank: Option<&'static str>,
    /// Portions of the dish that went back to the menu; else they are gone.
    portions_back: bool,
    /// What the kitchen's board has; nothing, where the kitchen never heard of it.
    kitchen: Option<Progress>,
    driver: Phone,
    /// What waits for a person at the desk.
    desk: Option<Concern>,
}

/// The dish of which so many are left.
fn counted(menu: &Menu) -> (&Item, u32) {
    let left = |item: &'_ Item| if let Left(left) = item.availability { Some(left) } else { None };
    let counted = menu.items().filter(|item| item.groups.iter().all(|group| group.min == 0));
    counted.filter_map(|item| Some((item, left(item)?))).next().expect("a counted dish")
}

async fn left(town: &Town) -> u32 {
    counted(&town.ada.menu(GINKGO).await).1
}

/// Ada orders one of the counted dish to her door, by this card, and does not wait for anything.
async fn places(town: &mut Town, token: &str) -> OrderId {
    let menu = town.ada.menu(GINKGO).await;
    let (item, _) = counted(&menu);
    let plain = place(&menu);
    let line = Line { item: item.id.clone(), name: item.name.clone(), unit: item.price, ..plain.lines[0].clone() };
    let place = PlaceOrder {
        lines: vec![line],
        destination: Destination::Deliver("Torstra\u{df}e 1, Berlin".into()),
        pays: Method::Card(Card { token: token.into(), label: "Sandbox card".into() }),
        ..plain
    };
    let act = town.ada.act(place_command(&place));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    place.order
}

/// A town in which the kitchen has Ada's order.
async fn ordered() -> (Town, OrderId) {
    let mut town = Town::new().await;
    let order = places(&mut town, "tok_succeeds").await;
    town.sees("a number", order, |order| order.number.is_some()).await;
    (town, order)
}

/// The same, and Dora is to fetch it.
async fn with_dora() -> (Town, OrderId) {
    let (mut town, order) = ordered().await;
    town.dora.goes_on_duty(None).await;
    town.dora.fetches(order).await;
    (town, order)
}

async fn accepts_and_cooks(town: &mut Town, order: OrderId) {
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.cooks(TicketCommand::StartCooking { order }).await;
    town.sees("that it cooks", order, |order| order.status == Status::Preparing).await;
}

async fn cancels(town: &mut Town, order: OrderId) {
    let act = town.ada.act(Command::Order(OrderCommand::Cancel { order, reason: "".into() }));
    town.ada.send_one(&act).await;
}

/// All have heard of the end, and it is this.
async fn ends_so(mut town: Town, order: OrderId, before: u32, wanted: End) {
    town.sees(wanted.because, order, |order| {
        order.paid == wanted.paid && order.ended.as_ref().map(Cancelled::name) == Some(wanted.because)
    })
    .await;
    let bank = wanted.bank.map(str::to_owned);
    town.server.until("select count(*) from payment_call where ended_at is null and taken_at is null", 0).await;
    for looks in 0.. {
        if town.bank.status(order).await == bank {
            break;
        }
        assert!(looks < LOOKS, "the bank says {:?} and not {bank:?}", town.bank.status(order).await);
        tokio::time::sleep(LOOK_EVERY).await;
    }
    // The catalog answers when it has heard: both ways of giving back are facts.
    let heard =
        "select count(*) from hub where kind in ('stock-released', 'stock-used-up', 'order-cancellation-settled')";
    town.server.until(heard, 1).await;
    let is_back = wanted.portions_back;
    assert_eq!(left(&town).await, if is_back { before } else { before - 1 }, "portions that are left");
    let mut board = town.cook.feed().await;
    let ticket = |board: &Feed| row(board, &ticket_key(order)).and_then(|row| row.as_ticket()).cloned();
    match wanted.kitchen {
        Some(progress) => {
            // A meal that is gone and did not arrive is told to whoever cooked it.
            let is_told = |why: Option<&Cancelled>| {
                progress != Progress::HandedOver || why.map(Cancelled::name) == Some(wanted.because)
            };
            let is_so = |board: &Feed| {
                ticket(board)
                    .filter(|ticket| ticket.progress == progress && is_told(ticket.withdrawn.as_ref()))
                    .map(|_| ())
            };
            board.until("how it ended", is_so).await;
        }
        None => assert_eq!(ticket(&board), None, "the kitchen never heard of it"),
    }
    let (asked, errand) = (offer_key(order), errand_key(order));
    town.dora.has_no_more(&asked).await;
    match wanted.driver {
        Phone::Nothing => town.dora.has_no_more(&errand).await,
        Phone::CalledOff => {
            let called_off = |phone: &Feed| {
                let errand = row(phone, &errand)?.as_errand()?;
                (errand.standing == Standing::CalledOff && errand.address.is_empty()).then_some(())
            };
            town.dora.phone.until("that it is called off", called_off).await;
        }
    }
    let mut desk = Person::sign_in(&town.server, "olga").await.feed().await;
    let troubles = |desk: &Feed| match row(desk, &case_key(order)).and_then(|row| row.as_case()) {
        Some(case) => case.troubles.iter().map(|trouble| trouble.concern).collect(),
        None => vec![],
    };
    let is_so = |desk: &Feed| (troubles(desk) == Vec::from_iter(wanted.desk)).then_some(());
    desk.until("what troubles it", is_so).await;
}

/// How often, and how many times, the bank is asked, which has no socket.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(50);
const LOOKS: u32 = 400;

/// All goes back: money, portions, kitchen and driver.
fn undone(because: &'static str, kitchen: Progress, driver: Phone) -> End {
    End {
        because,
        paid: Paid::LetGo,
        bank: Some("voided"),
        portions_back: true,
        kitchen: Some(kitchen),
        driver,
        desk: None,
    }
}

#[tokio::test]
async fn the_bank_says_no() {
    let mut town = Town::new().await;
    let before = left(&town).await;
    let order = places(&mut town, "tok_declined").await;
    let end = End {
        paid: Paid::Declined,
        bank: Some("declined"),
        kitchen: None,
        ..undone("not-paid", Progress::Waiting, Phone::Nothing)
    };
    ends_so(town, order, before, end).await;
}

#[tokio::test]
async fn the_bank_never_answers() {
    let mut town = Town::new().await;
    let before = left(&town).await;
    let order = places(&mut town, "tok_silent").await;
    town.server.until("select count(*) from payment_call where tries > 0", 1).await;
    // Two minutes pass.
    town.server.change("update payment_call set asked_at = 1, due_at = 1").await;
    let end = End {
        paid: Paid::Declined,
        bank: None,
        kitchen: None,
        ..undone("not-paid", Progress::Waiting, Phone::Nothing)
    };
    ends_so(town, order, before, end).await;
}

#[tokio::test]
async fn the_kitchen_says_no_and_nobody_has_said_yes_to_bring_it() {
    let (mut town, order) = ordered().await;
    let before = left(&town).await + 1;
    town.dora.goes_on_duty(None).await;
    town.dora.is_offered(order).await;
    town.cooks(TicketCommand::Refuse { order, reason: "no oven".into() }).await;
    ends_so(town, order, before, undone("by-restaurant", Progress::Refused, Phone::Nothing)).await;
}

#[tokio::test]
async fn the_kitchen_says_no_and_a_driver_has_said_yes() {
    let (mut town, order) = with_dora().await;
    let before = left(&town).await + 1;
    town.cooks(TicketCommand::Refuse { order, reason: "no oven".into() }).await;
    ends_so(town, order, before, undone("by-restaurant", Progress::Refused, Phone::CalledOff)).await;
}

#[tokio::test]
async fn the_kitchen_takes_back_its_yes_and_has_cooked() {
    let (mut town, order) = with_dora().await;
    let before = left(&town).await + 1;
    accepts_and_cooks(&mut town, order).await;
    town.cooks(TicketCommand::CallOff { order, reason: "the oven broke".into() }).await;
    let end = End { portions_back: false, ..undone("by-restaurant", Progress::Refused, Phone::CalledOff) };
    ends_so(town, order, before, end).await;
}

#[tokio::test]
async fn the_kitchen_is_silent_first_told_and_then_given_up() {
    let (town, order) = with_dora().await;
    let before = left(&town).await + 1;
    let mut town = town.time_passes(&arrange_key(order), "fulfilment", "$.process.waits[0]").await;
    // Not yet cancelled: the money stays reserved, the driver waits, and the desk has it before it.
    town.sees("the wait", order, |order| order.is_late && order.paid == Paid::Reserved).await;
    assert_eq!(town.bank.status(order).await.as_deref(), Some("reserved"));
    assert_eq!(left(&town).await, before - 1);
    town.dora.has(order).await;
    let mut desk = Person::sign_in(&town.server, "olga").await.feed().await;
    let is_told = |desk: &Feed| row(desk, &case_key(order))?.as_case()?.trouble(Concern::KitchenSilent).map(|_| ());
    desk.until("a silent kitchen", is_told).await;
    let town = town.time_passes(&arrange_key(order), "fulfilment", "$.process.waits[1]").await;
    ends_so(town, order, before, undone("no-answer", Progress::Cancelled, Phone::CalledOff)).await;
}

#[tokio::test]
async fn nobody_is_found_to_bring_it() {
    let (mut town, order) = ordered().await;
    let before = left(&town).await + 1;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    let (berlin, mut desk_was_told) = (zone_key(&"berlin".into()), false);
    for attempt in 1..=3 {
        let sought =
            format!("select json_extract(body, '$.zone.sought[0].attempt') from delivery_row where key = '{berlin}'");
        town.server.until(&sought, attempt).await;
        town = town.time_passes(&berlin, "delivery", "$.zone.sought[0].until").await;
        town.server.until("select count(*) from hub where kind = 'driver-assignment-aborted'", attempt).await;
        desk_was_told |= town.server.count("select count(*) from hub where kind = 'task-raised'").await > 0;
    }
    assert!(desk_was_told, "the dispatcher first");
    ends_so(town, order, before, undone("no-driver", Progress::Cancelled, Phone::Nothing)).await;
}

#[tokio::test]
async fn the_customer_cancels_before_the_kitchen_says_yes() {
    let (mut town, order) = with_dora().await;
    let before = left(&town).await + 1;
    cancels(&mut town, order).await;
    ends_so(town, order, before, undone("by-customer", Progress::Cancelled, Phone::CalledOff)).await;
}

#[tokio::test]
async fn the_customer_cancels_after_the_kitchen_said_yes() {
    let (mut town, order) = with_dora().await;
    let before = left(&town).await + 1;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.sees("the yes", order, |order| order.status == Status::Received).await;
    cancels(&mut town, order).await;
    ends_so(town, order, before, undone("by-customer", Progress::Cancelled, Phone::CalledOff)).await;
}

/// From there on the way is forward: what is cooked is brought, and paid.
#[tokio::test]
async fn the_customer_cancels_while_it_is_cooked_and_is_told_no() {
    let (mut town, order) = with_dora().await;
    accepts_and_cooks(&mut town, order).await;
    let act = town.ada.act(Command::Order(OrderCommand::Cancel { order, reason: "".into() }));
    let answer = town.ada.send_one(&act).await;
    let late = Refusal::Order(OrderRefusal::TooLate(Status::Preparing));
    assert_eq!(refused(&answer), &Reason::Trade(late));
    assert_eq!(town.bank.status(order).await.as_deref(), Some("reserved"));
}

async fn could_not_be_brought(hitch: Hitch) -> (Town, OrderId, u32) {
    let (mut town, order) = with_dora().await;
    let before = left(&town).await + 1;
    accepts_and_cooks(&mut town, order).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    town.sees("on its way", order, |order| order.status == Status::PickedUp).await;
    town.dora.reports(ErrandCommand::Fail { order, reason: "so it is".into(), hitch }).await;
    (town, order, before)
}

#[tokio::test]
async fn it_cannot_be_brought() {
    let (town, order, before) = could_not_be_brought(Hitch::Other).await;
    let end = End {
        portions_back: false,
        desk: Some(Concern::NotDelivered),
        ..undone("not-delivered", Progress::HandedOver, Phone::Nothing)
    };
    ends_so(town, order, before, end).await;
}

#[tokio::test]
async fn nobody_is_there_to_take_it() {
    let (town, order, before) = could_not_be_brought(Hitch::NobodyThere).await;
    let end = End {
        paid: Paid::Charged,
        bank: Some("captured"),
        portions_back: false,
        desk: Some(Concern::NobodyThere),
        ..undone("nobody-there", Progress::HandedOver, Phone::Nothing)
    };
    ends_so(town, order, before, end).await;
}

/// What was charged and should not have been, people give back: a part by the restaurant, the rest by the desk.
#[tokio::test]
async fn what_was_charged_is_given_back_in_part_and_never_twice() {
    let (mut town, order, _) = could_not_be_brought(Hitch::NobodyThere).await;
    town.sees("charged", order, |order| order.paid == Paid::Charged).await;
    let sum = town.screen.order(order).expect("an order").total;
    let money = |minor| Money::new(minor, sum.currency);
    let back = |minor| move |order: &domain::ordering::Order| order.refunded.is_some_and(|back| back.minor == minor);
    let refund = TicketCommand::GiveBack { order, amount: money(300), reason: "she rang us".into() };
    let act = town.cook.act(Command::Ticket(refund));
    for _ in 0..3 {
        assert_eq!(town.cook.send_one(&act).await, Outcome::Accepted, "the same tap, sent again");
    }
    town.sees("three euro", order, back(300)).await;
    assert_eq!(town.bank.refunded(order).await, 300);

    // The provider is away while the desk gives back all; together that would be more than there was.
    let mut olga = Person::sign_in(&town.server, "olga").await;
    town.bank.kill();
    let all = CaseCommand::GiveBack { order, amount: sum, note: "our driver rang next door".into() };
    let act = olga.act(Command::Case(all));
    assert_eq!(olga.send_one(&act).await, Outcome::Accepted);
    town.server.until("select count(*) from hub where kind = 'payment-refund-asked'", 2).await;
    town.server = town.server.restart();
    town.bank = town.bank.again();
    town.bank.tells(&town.server).await;
    town.ada.meet(&town.server);
    town.cook.meet(&town.server);
    town.screen = town.ada.feed().await;
    town.sees("all of it", order, back(sum.minor)).await;
    assert_eq!(town.bank.refunded(order).await, sum.minor, "all, and not three euro more");
    let is_told = |board: &Feed| {
        let ticket = row(board, &ticket_key(order))?.as_ticket()?;
        (ticket.refund.as_ref()?.made == sum).then_some(())
    };
    town.cook.feed().await.until("all of it", is_told).await;
    let yet_more = TicketCommand::GiveBack { order, amount: sum, reason: "".into() };
    let act = town.cook.act(Command::Ticket(yet_more));
    assert!(matches!(refused(&town.cook.send_one(&act).await), Reason::Trade(Refusal::Ticket(_))));
    facts_add_up_to_rows(&town.server).await;
}
