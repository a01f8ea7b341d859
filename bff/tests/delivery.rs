//! A meal to the door, over HTTP: kitchen and driver find each other, exactly one driver has it, and what waits for a moment
//! waits for it over restarts.

mod support;

use domain::delivery::{ErrandCommand, OfferCommand, OfferRefusal, Place, Standing};
use domain::id::{arrange_key, errand_key, offer_key};
use domain::kitchen::TicketCommand;
use domain::ordering::{Cancelled, OrderCommand, Status};
use domain::payment::Paid;
use domain::{Command, Refusal};
use support::town::{Driver, Town, row};
use support::*;
use sync::Reason;
use sync::protocol::Outcome;

#[tokio::test]
async fn an_order_goes_through_stock_money_kitchen_and_driver_to_fulfilled_and_every_step_is_a_fact() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(Some(Place(52.5, 13.4))).await;
    let order = town.orders().await;
    let offer = town.dora.is_offered(order).await;
    assert_eq!((offer.zone.0.as_str(), offer.metres.is_some()), ("berlin", true));
    let seen = serde_json::to_string(&town.dora.phone.rows.values().map(|(_, body)| body).collect::<Vec<_>>());
    assert!(!seen.expect("plain data").contains("Torstra"), "no address before a yes");

    let errand = town.dora.fetches(order).await;
    assert_eq!(errand.address, "Torstra\u{df}e 1, Berlin");
    town.sees("a driver", order, |order| order.has_driver).await;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    // Fulfilment hears the kitchen's yes and joins it with the driver's, whatever the cook does meanwhile.
    town.server.until("select count(*) from hub where kind = 'delivery-initiated'", 1).await;
    town.cooks(TicketCommand::StartCooking { order }).await;
    town.cooks(TicketCommand::MarkReady { order }).await;
    town.dora.phone.until("ready", |phone| row(phone, &errand_key(order))?.as_errand()?.is_ready.then_some(())).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    town.sees("on its way", order, |order| order.status == Status::PickedUp && order.paid == Paid::Reserved).await;
    town.dora.reports(ErrandCommand::Deliver { order }).await;
    town.sees("delivered and charged", order, |order| order.status == Status::Delivered && order.paid == Paid::Charged)
        .await;
    town.dora.has_no_more(&errand_key(order)).await;
    assert_eq!(town.bank.status(order).await.as_deref(), Some("captured"));

    let facts = town.facts(order).await;
    let way = [
        "order-submitted",
        "stock-hold-requested",
        "payment-authorization-requested",
        "payment-authorized",
        "order-secured",
        "order-confirmed",
        "driver-assignment-requested",
        "driver-asked",
        "offer-made",
        "offer-claimed",
        "driver-assigned",
        "order-received",
        "delivery-initiated",
        "order-prepared",
        "order-picked-up",
        "delivery-completed",
        "payment-capture-requested",
        "payment-captured",
        "order-fulfilled",
    ];
    let mut after = facts.iter();
    for step in way {
        assert!(after.any(|fact| fact == step), "{step} is not where it belongs in {facts:?}");
    }
    facts_add_up_to_rows(&town.server).await;
}

#[tokio::test]
async fn a_driver_who_is_not_asked_cannot_take_it_and_one_who_drops_out_is_replaced() {
    let mut town = Town::new().await;
    let mut emil = Driver::sign_in(&town.server, "emil").await;
    town.dora.goes_on_duty(None).await;
    emil.goes_on_duty(None).await;
    let order = town.orders().await;
    town.dora.is_offered(order).await;
    let claim = || Command::Offer(OfferCommand::Claim { order });
    let gone = Reason::Trade(Refusal::Offer(OfferRefusal::Gone));
    assert_eq!(refused(&emil.tries(claim()).await), &gone);
    town.dora.gives(claim()).await;
    town.dora.has(order).await;
    town.dora.reports(ErrandCommand::DropOut { order }).await;
    emil.is_offered(order).await;
    town.dora.has_no_more(&errand_key(order)).await;
    emil.gives(claim()).await;
    assert_eq!(emil.has(order).await.driver, Some("emil".into()));
    // Who cannot see it any more may still report what they did with it; nobody else may.
    let stranger = town.cook.act(Command::Errand(ErrandCommand::Deliver { order }));
    assert!(matches!(town.cook.send_one(&stranger).await, Outcome::Refused { .. }));
}

#[tokio::test]
async fn an_offer_that_nobody_answers_passes_to_the_next_also_when_the_server_was_away() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(None).await;
    let order = town.orders().await;
    town.dora.is_offered(order).await;
    let mut emil = Driver::sign_in(&town.server, "emil").await;
    emil.goes_on_duty(None).await;
    let mut town = town.time_passes(&offer_key(order), "delivery", "$.offer.until").await;
    emil.person.meet(&town.server);
    emil.phone = emil.person.feed().await;
    assert_eq!(emil.is_offered(order).await.driver, "emil".into());
    town.dora.has_no_more(&offer_key(order)).await;
}

#[tokio::test]
async fn a_silent_kitchen_is_told_of_and_then_given_up_with_money_and_driver() {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    let mut town = town.time_passes(&arrange_key(order), "fulfilment", "$.process.waits[0]").await;
    town.sees("the wait", order, |order| order.is_late && order.status == Status::Submitted).await;
    let mut town = town.time_passes(&arrange_key(order), "fulfilment", "$.process.waits[1]").await;
    town.sees("the end", order, |order| order.ended == Some(Cancelled::NoAnswer) && order.paid == Paid::LetGo).await;
    let called_off = |phone: &Feed| {
        let errand = row(phone, &errand_key(order))?.as_errand().filter(|errand| errand.standing.is_final())?;
        Some(errand.clone())
    };
    let errand = town.dora.phone.until("that it is called off", called_off).await;
    assert_eq!((errand.standing, errand.address.as_str()), (Standing::CalledOff, ""), "told, and not to whom it was");
    assert_eq!(town.bank.status(order).await.as_deref(), Some("voided"));
    let board = town.cook.feed().await;
    let ticket = board.tickets().into_iter().find(|ticket| ticket.order == order).expect("a ticket");
    assert!(ticket.progress.is_final() && ticket.withdrawn == Some(Cancelled::NoAnswer));
}

#[tokio::test]
async fn a_customer_who_cancels_before_it_is_cooked_lets_the_driver_go() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(None).await;
    let order = town.orders().await;
    town.dora.is_offered(order).await;
    let cancel = Command::Order(OrderCommand::Cancel { order, reason: "".into() });
    let act = town.ada.act(cancel);
    town.ada.send_one(&act).await;
    town.sees("the end", order, |order| order.ended == Some(Cancelled::ByCustomer) && order.paid == Paid::LetGo).await;
    town.dora.has_no_more(&offer_key(order)).await;
    let claim = town.dora.tries(Command::Offer(OfferCommand::Claim { order })).await;
    assert_eq!(refused(&claim), &Reason::Trade(Refusal::Offer(OfferRefusal::Gone)), "a dead order");
}
