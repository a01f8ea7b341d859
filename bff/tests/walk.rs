//! The walk of an order: from a customer's tap to the kitchen's board and back.

mod support;

use domain::kitchen::{Progress, TicketCommand};
use domain::ordering::{OrderCommand, Status};
use domain::{Command, OrderId, Trade};
use support::*;
use sync::protocol::{Outcome, Settled};
use sync::{Act, Envelope, InboxItem};

#[tokio::test]
async fn an_order_reaches_the_kitchen_and_its_yes_reaches_the_customer() {
    let server = Server::start();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let (mut screen, mut board) = (ada.feed().await, lucciola.feed().await);
    let place = place(&ada.menu(LUCCIOLA).await);

    let act = ada.act_at(&screen, place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    screen
        .until("the order's final word", |screen| screen.ack(act.id).map(|word| assert_eq!(*word, Settled::Done)))
        .await;
    assert_eq!(screen.order(place.order).expect("the order").status, Status::Submitted, "it came with its row");

    let ticket = board.until("the ticket", |board| board.tickets().pop()).await;
    assert_eq!((ticket.order, ticket.number, ticket.progress), (place.order, 1, Progress::Waiting));
    screen.until("its number", |screen| screen.order(place.order)?.number.filter(|number| *number == 1)).await;

    let yes = lucciola.act_at(&board, accept_command(place.order));
    assert_eq!(lucciola.send_one(&yes).await, Outcome::Accepted);
    board.until("the kitchen's own word", |board| board.ack(yes.id).cloned()).await;
    screen.until("received", |screen| status(screen, place.order, Status::Received)).await;

    for (command, status) in [
        (TicketCommand::StartCooking { order: place.order }, Status::Preparing),
        (TicketCommand::MarkReady { order: place.order }, Status::Prepared),
        (TicketCommand::HandOver { order: place.order }, Status::HandedOver),
    ] {
        let act = lucciola.act(Command::Ticket(command));
        assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
        screen.until(status.name(), |screen| self::status(screen, place.order, status)).await;
    }
    let (code, order) = ada.get(&format!("/api/orders/{}", place.order)).await;
    let steps: Vec<_> = order["steps"].as_array().expect("steps").iter().map(|step| step["status"].clone()).collect();
    assert_eq!((code, steps.len()), (200, 5), "{steps:?}");
}

fn status(screen: &Feed, order: OrderId, status: Status) -> Option<()> {
    (screen.order(order)?.status == status).then_some(())
}

#[tokio::test]
async fn a_cancellation_is_asked_of_the_kitchen_and_answered() {
    let server = Server::start();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let (mut screen, mut board) = (ada.feed().await, lucciola.feed().await);
    let menu = ada.menu(LUCCIOLA).await;

    let in_time = place(&menu);
    let act = ada.act(place_command(&in_time));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    board.until("the ticket", |board| board.tickets().pop()).await;
    let cancel = ada.act(Command::Order(OrderCommand::Cancel { order: in_time.order, reason: "".into() }));
    assert_eq!(ada.send_one(&cancel).await, Outcome::Asked);
    screen
        .until("the kitchen's leave", |screen| screen.ack(cancel.id).filter(|word| **word == Settled::Done).cloned())
        .await;
    assert_eq!(screen.order(in_time.order).expect("the order").status, Status::Cancelled);

    let late = place(&menu);
    let act = ada.act(place_command(&late));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    board.until("the second ticket", |board| (board.tickets().len() == 2).then_some(())).await;
    let yes = lucciola.act(accept_command(late.order));
    let start = lucciola.act(Command::Ticket(TicketCommand::StartCooking { order: late.order }));
    assert!(lucciola.send(&[yes, start]).await.iter().all(|answered| answered.outcome == Outcome::Accepted));
    let cancel = ada.act(Command::Order(OrderCommand::Cancel { order: late.order, reason: "".into() }));
    let outcome = ada.send_one(&cancel).await;
    // Ordering may have heard of the cooking already, or may have to ask.
    if outcome != Outcome::Asked {
        assert_eq!(refused(&outcome).code(), "too-late");
    }
    let item = screen.until("the no", |screen| screen.inbox().pop()).await;
    assert_eq!((item.id, item.reason.code()), (cancel.id, "too-late"));
    screen
        .until("its final word", |screen| {
            screen.ack(cancel.id).filter(|word| matches!(word, Settled::Refused(_))).cloned()
        })
        .await;
    assert_eq!(screen.order(late.order).expect("the order").status, Status::Preparing);

    let letting_go = Envelope {
        lane: InboxItem::<Trade>::key(item.id),
        act: Act::Dismiss,
        resolves: Some(item.id),
        ..ada.act(Command::Order(OrderCommand::Cancel { order: late.order, reason: "".into() }))
    };
    assert_eq!(ada.send_one(&letting_go).await, Outcome::Accepted);
    screen.until("an empty inbox", |screen| screen.inbox().is_empty().then_some(())).await;
}

#[tokio::test]
async fn orders_are_listed_newest_first_a_page_at_a_time_to_their_customer_only() {
    let server = Server::start();
    let (mut ada, ben) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "ben").await);
    let menu = ada.menu(LUCCIOLA).await;
    let mut placed = vec![];
    for _ in 0..5 {
        let place = place(&menu);
        let act = ada.act(place_command(&place));
        assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
        placed.insert(0, place.order.to_string());
    }
    let (mut listed, mut path) = (vec![], "/api/orders?limit=2".to_owned());
    loop {
        let (code, page) = ada.get(&path).await;
        assert_eq!(code, 200, "{page}");
        listed.extend(
            page["orders"]
                .as_array()
                .expect("orders")
                .iter()
                .map(|order| order["id"].as_str().expect("an id").to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/orders?limit=2&cursor={next}");
    }
    assert_eq!(listed, placed);

    assert_eq!(ben.get("/api/orders").await.1["orders"].as_array().map(Vec::len), Some(0));
    let (code, problem) = ben.get(&format!("/api/orders/{}", placed[0])).await;
    assert_eq!((code, problem["status"].as_u64()), (404, Some(404)));
}
