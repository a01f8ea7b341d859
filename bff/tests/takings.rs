//! What a driver takes in, over HTTP: cash and tips are counted once, cash is handed in once and never more of it than was taken,
//! and nobody else sees any of it.

mod support;

use domain::delivery::{ErrandCommand, Takings, TakingsCommand, TakingsRefusal};
use domain::id::{HandInId, errand_key, takings_key};
use domain::kitchen::TicketCommand;
use domain::ordering::{Destination, PlaceOrder};
use domain::payment::Method;
use domain::{Command, Currency, Money, OrderId, Refusal};
use support::town::{Driver, GINKGO, Town, row};
use support::*;
use sync::protocol::Outcome;
use sync::{AccountId, Reason};

/// Ada orders to her door and pays there.
async fn orders_for_cash(town: &mut Town) -> (OrderId, i64) {
    let place = PlaceOrder {
        destination: Destination::Deliver("Torstra\u{df}e 1, Berlin".into()),
        pays: Method::AtHandOver,
        ..place(&town.ada.menu(GINKGO).await)
    };
    let act = town.ada.act(place_command(&place));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    town.sees("a number", place.order, |order| order.number.is_some()).await;
    (place.order, place.total().expect("a total").minor)
}

/// Dora takes the meal and fetches it.
async fn fetches(town: &mut Town, order: OrderId) {
    town.dora.fetches(order).await;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.cooks(TicketCommand::StartCooking { order }).await;
    town.cooks(TicketCommand::MarkReady { order }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
}

async fn takings(driver: &mut Driver, what: &str, is: impl Fn(&Takings) -> bool) -> Takings {
    let key = takings_key(&driver.person.account);
    driver.phone.until(what, |phone| row(phone, &key)?.as_takings().filter(|takings| is(takings)).cloned()).await
}

fn hand_in(driver: &AccountId, number: u128, minor: i64, counting: Vec<OrderId>) -> Command {
    let (driver, id) = (driver.clone(), HandInId(uuid::Uuid::from_u128(number)));
    Command::Takings(TakingsCommand::HandIn { driver, id, amount: Money::new(minor, Currency::EUR), counting })
}

fn carried(takings: &Takings) -> i64 {
    takings.carried(Currency::EUR).minor
}

#[tokio::test]
async fn cash_of_doors_is_carried_until_it_is_handed_in_and_a_card_leaves_none() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(None).await;
    let dora = town.dora.person.account.clone();
    let (cash_order, total) = orders_for_cash(&mut town).await;
    fetches(&mut town, cash_order).await;
    town.dora.reports(ErrandCommand::Deliver { order: cash_order }).await;
    takings(&mut town.dora, "the cash", |takings| carried(takings) == total).await;
    // Told again, it is no other meal.
    town.dora.reports(ErrandCommand::Deliver { order: cash_order }).await;

    let card_order = town.orders().await;
    fetches(&mut town, card_order).await;
    town.dora.reports(ErrandCommand::Deliver { order: card_order }).await;
    let after = takings(&mut town.dora, "both meals", |takings| takings.latest.len() == 2).await;
    assert_eq!((after.all()[0].meals, carried(&after)), (2, total), "a card leaves no cash");

    let too_much =
        Reason::Trade(Refusal::Takings(TakingsRefusal::TooMuch { carried: Money::new(total, Currency::EUR) }));
    assert_eq!(refused(&town.dora.tries(hand_in(&dora, 1, total + 1, vec![])).await), &too_much);
    let act = town.dora.person.act(hand_in(&dora, 2, 500, vec![]));
    for _ in 0..3 {
        assert_eq!(town.dora.person.send_one(&act).await, Outcome::Accepted, "the same act gets the same answer");
    }
    town.dora.gives(hand_in(&dora, 2, 500, vec![])).await;
    let after = takings(&mut town.dora, "what is left", |takings| !takings.handed.is_empty()).await;
    assert_eq!((carried(&after), after.handed.len()), (total - 500, 1), "handed in once");

    // Nobody acts for her, and nobody is shown it.
    let mut emil = Driver::sign_in(&town.server, "emil").await;
    for who in [&mut emil.person, &mut town.cook, &mut town.ada] {
        let act = who.act(hand_in(&dora, 3, 1, vec![]));
        assert_eq!(refused(&who.send_one(&act).await), &Reason::NotAllowed);
        let screen = who.feed().await;
        assert!(row(&screen, &takings_key(&dora)).is_none(), "{}", who.account);
    }
    facts_add_up_to_rows(&town.server).await;
}

#[tokio::test]
async fn cash_out_of_a_tunnel_is_handed_in_although_its_meal_is_counted_a_moment_later() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(None).await;
    let dora = town.dora.person.account.clone();
    let (order, total) = orders_for_cash(&mut town).await;
    fetches(&mut town, order).await;
    // Both acts leave in one batch, as a phone sends what it saved.
    let acts = [
        town.dora.person.act(Command::Errand(ErrandCommand::Deliver { order })),
        town.dora.person.act(hand_in(&dora, 1, total, vec![order])),
    ];
    let outcomes = town.dora.person.send(&acts).await;
    assert!(outcomes.iter().all(|answered| answered.outcome == Outcome::Accepted), "{outcomes:?}");
    town.dora.has_no_more(&errand_key(order)).await;
    let after = takings(&mut town.dora, "the meal", |takings| !takings.latest.is_empty()).await;
    assert_eq!((carried(&after), after.handed.len()), (0, 1));
    // A meal that is named and is not there is worth nothing, and keeps nothing waiting.
    let nothing = OrderId(uuid::Uuid::from_u128(404));
    let refusal = town.dora.tries(hand_in(&dora, 2, 1, vec![nothing, order])).await;
    let none = TakingsRefusal::TooMuch { carried: Money::new(0, Currency::EUR) };
    assert_eq!(refused(&refusal), &Reason::Trade(Refusal::Takings(none)));
    facts_add_up_to_rows(&town.server).await;
}
