//! A meal for later, over HTTP: what its kitchen and its driver hear, and when, and what becomes of one that comes too late.

mod support;

use domain::catalog::RestaurantCommand;
use domain::id::{ZoneId, restaurant_key, ticket_key, zone_key};
use domain::kitchen::TicketCommand;
use domain::ordering::slot::SLOT_MS;
use domain::ordering::{Destination, OrderRefusal, PlaceOrder, Status, Untimely};
use domain::payment::{Card, Method};
use domain::{Command, Refusal, RestaurantId, Row};
use support::town::{GINKGO, Town, row};
use support::*;
use sync::protocol::Outcome;
use sync::{Envelope, Millis, Reason};

const MINUTE: Millis = 60_000;

/// How often it is looked whether a word has arrived: for half a minute.
const LOOKS: u32 = 600;

/// The slot that begins in `minutes`, or as soon as one does after that.
fn slot_in(minutes: i64) -> Millis {
    (now() + minutes * MINUTE + SLOT_MS - 1).div_euclid(SLOT_MS) * SLOT_MS
}

/// To Ada's door, by card, for `wanted`.
async fn order_for(town: &Town, wanted: Option<Millis>) -> PlaceOrder {
    let card = Card { token: "tok_succeeds".into(), label: "Sandbox card".into() };
    let destination = Destination::Deliver("Torstra\u{df}e 1, Berlin".into());
    PlaceOrder { destination, pays: Method::Card(card), wanted, ..place(&town.ada.menu(GINKGO).await) }
}

/// Whose drivers bring Ginkgo's meals.
async fn zone_of(town: &Town) -> ZoneId {
    let (_, restaurant) = town.ada.get(&format!("/api/catalog/restaurants/{GINKGO}")).await;
    serde_json::from_value::<domain::catalog::Restaurant>(restaurant).expect("a restaurant").drivers.expect("drivers")
}

#[tokio::test]
async fn a_meal_for_later_is_accepted_at_once_and_no_driver_is_asked_before_it_is_begun() {
    let mut town = Town::new().await;
    let mut board = town.cook.feed().await;
    town.dora.goes_on_duty(None).await;
    let later = order_for(&town, Some(slot_in(180))).await;
    let act = town.ada.act(place_command(&later));
    assert_eq!(act.valid_for_ms, None);
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    town.sees("a number", later.order, |order| order.number.is_some()).await;

    let ticket =
        board.until("the ticket", |board| row(board, &ticket_key(later.order)).and_then(Row::as_ticket).cloned()).await;
    let wanted = ticket.wanted.expect("it is for later");
    assert_eq!(
        (Some(wanted.at), wanted.ready_by),
        (later.wanted, wanted.at - 15 * MINUTE),
        "it is under way for a while"
    );
    town.cooks(TicketCommand::Accept { order: later.order, ready_in_min: 20 }).await;
    town.sees("the promise", later.order, |order| order.ready_at == Some(wanted.ready_by)).await;

    // Dora is free for what is wanted now, and has heard of nothing else.
    let soon = order_for(&town, None).await;
    let act = town.ada.act(place_command(&soon));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    town.dora.is_offered(soon.order).await;
    let offered = town.server.texts("select order_id from hub where kind = 'offer-made'").await;
    assert_eq!(offered, [soon.order.to_string()]);

    // The moment has come in which the kitchen is to begin.
    town.dora.fetches(soon.order).await;
    let zone = zone_key(&zone_of(&town).await);
    let due = format!("select cast(due_at as text) from timer where key = '{zone}'");
    assert_eq!(town.server.texts(&due).await, [wanted.begin_by.to_string()], "the board waits for that");
    facts_add_up_to_rows(&town.server).await;
    let mut town = town.time_passes(&zone, "delivery", "$.zone.sought[0].not_before").await;
    town.dora.is_offered(later.order).await;
}

#[tokio::test]
async fn a_time_that_is_gone_holds_the_order_and_nothing_is_reserved_before_another_yes() {
    let mut town = Town::new().await;
    let past = order_for(&town, Some(slot_in(0) - 2 * SLOT_MS)).await;
    let act = town.ada.act(place_command(&past));
    let outcome = town.ada.send_one(&act).await;
    let Reason::Trade(Refusal::Order(OrderRefusal::SlotGone { wanted, why, next })) = refused(&outcome) else {
        panic!("not held for its time: {outcome:?}")
    };
    assert_eq!((Some(*wanted), *why), (past.wanted, Untimely::Past));
    let next = next.expect("the kitchen is open round the clock");
    assert!(next > now() && next < now() + 90 * MINUTE);
    let item = town.screen.until("the item", |screen| screen.inbox().into_iter().next()).await;
    assert_eq!((item.id, item.reason.code()), (act.id, "slot-gone"));
    for kind in ["order-submitted", "stock-held", "payment-authorization-asked", "ticket-opened"] {
        let told = town.server.texts(&format!("select kind from hub where kind = '{kind}'")).await;
        assert!(told.is_empty(), "{kind}: nothing happens before a yes");
    }
    assert_eq!(town.bank.status(past.order).await, None);

    // The choice keeps the order's name; as it says yes to another time it is an order like any other.
    let again = place_command(&PlaceOrder { wanted: Some(next), ..past.clone() });
    let choice = Envelope { resolves: Some(item.id), ..town.ada.act(again) };
    assert_eq!(town.ada.send_one(&choice).await, Outcome::Accepted);
    town.screen.until("an empty inbox", |screen| screen.inbox().is_empty().then_some(())).await;
    town.sees("the order", past.order, |order| order.wanted.is_some_and(|wanted| wanted.at == next)).await;
    town.sees("a number", past.order, |order| order.number.is_some() && order.status == Status::Submitted).await;
    facts_add_up_to_rows(&town.server).await;
}

#[tokio::test]
async fn a_rush_that_the_kitchen_says_holds_what_it_cannot_keep_and_a_pause_all() {
    let mut town = Town::new().await;
    let restaurant = RestaurantId::from(GINKGO);
    let says = async |town: &mut Town, command: RestaurantCommand| {
        let act = town.cook.act(Command::Restaurant { restaurant: restaurant.clone(), command });
        assert_eq!(town.cook.send_one(&act).await, Outcome::Accepted);
    };
    says(&mut town, RestaurantCommand::Rush { more_min: 60 }).await;
    let key = restaurant_key(&RestaurantId::from(GINKGO));
    let rushed = |screen: &Feed| row(screen, &key).and_then(Row::as_restaurant).is_some_and(|it| it.rush_min == 60);
    town.screen.until("the rush", |screen| rushed(screen).then_some(())).await;

    let why = async |town: &mut Town, minutes| {
        let order = order_for(town, Some(slot_in(minutes))).await;
        let act = town.ada.act(place_command(&order));
        match town.ada.send_one(&act).await {
            Outcome::Refused(Reason::Trade(Refusal::Order(OrderRefusal::SlotGone { why, next, .. }))) => {
                Some((why, next.is_some()))
            }
            outcome => {
                assert_eq!(outcome, Outcome::Accepted);
                None
            }
        }
    };
    // Ordering has its own copy of the restaurant, and hears of the rush as everybody does.
    for _ in 0..LOOKS {
        if why(&mut town, 45).await == Some((Untimely::TooSoon, true)) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(why(&mut town, 45).await, Some((Untimely::TooSoon, true)));
    assert_eq!(why(&mut town, 120).await, None);
    says(&mut town, RestaurantCommand::Close {}).await;
    for _ in 0..LOOKS {
        if why(&mut town, 120).await.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(why(&mut town, 120).await, Some((Untimely::Paused, false)));
}
