//! Drift: what a service holds of an order is not what the facts say, by an accident with the disk or a hand in the database. It is
//! noticed, mended from the facts, and told; and what is sound is never called different.

mod support;

use std::time::Duration;

use domain::OrderId;
use domain::delivery::ErrandCommand;
use domain::kitchen::TicketCommand;
use domain::ordering::Status;
use domain::payment::Paid;
use serde_json::Value;
use support::town::Town;
use support::*;
use sync::protocol::Outcome;

const PATIENCE: Duration = Duration::from_secs(60);

/// What operators are told of it.
const TOLD: &str = "select about || ': ' || detail from fault where kind = 'drifted' order by id";

/// A server that compares every second.
fn comparing() -> Server {
    Server::with_settings(vec![("CARRYOUT_COMPARE_EVERY_S", "1".to_owned())])
}

/// Waits for a comparison that began after this was asked for: the second to end from now.
async fn compared(server: &Server) -> Value {
    let olga = Person::sign_in(server, "olga").await;
    let last = async || olga.get("/api/desk/dashboard").await.1["compared"].clone();
    let look = async {
        let mut seen = last().await["at"].clone();
        let mut ends = 0;
        loop {
            let now = last().await;
            if now["at"] != seen {
                (seen, ends) = (now["at"].clone(), ends + 1);
            }
            if ends == 2 {
                return now;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, look).await.expect("orders are compared again and again")
}

/// An order that has its number.
async fn numbered(ada: &mut Person) -> OrderId {
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut screen = ada.feed().await;
    screen.until("its number", |screen| screen.order(place.order)?.number).await;
    place.order
}

#[tokio::test]
async fn a_row_that_is_lost_old_or_broken_is_written_again_from_its_facts() {
    let server = comparing();
    let mut ada = Person::sign_in(&server, "ada").await;
    let order = numbered(&mut ada).await;
    assert_eq!(compared(&server).await["differed"], 0);
    let ticket = format!("select body || version from kitchen_row where key = 'ticket/{order}'");
    let sound = server.texts(&ticket).await;
    for accident in [
        "delete from kitchen_row where key = 'ticket/ORDER'",
        "update kitchen_row set version = version - 1 where key = 'ticket/ORDER'",
        "update kitchen_row set body = '{\"ticket\":7}' where key = 'ticket/ORDER'",
        "update kitchen_row set body = json_set(body, '$.ticket.number', 77) where key = 'ticket/ORDER'",
    ] {
        server.change(&accident.replace("ORDER", &order.to_string())).await;
        assert_ne!(server.texts(&ticket).await, sound, "{accident}");
        compared(&server).await;
        assert_eq!(server.texts(&ticket).await, sound, "{accident}");
    }
    let told = server.texts(TOLD).await;
    assert_eq!(told.len(), 4, "{told:?}");
    for (told, held) in
        told.iter().zip(["nothing was held", "version 0 was held", "what cannot be read", "something else"])
    {
        assert!(told.starts_with(&format!("kitchen, ticket/{order}: ")) && told.contains(held), "{told}");
    }
    assert_eq!(compared(&server).await["differed"], 0, "and then all is sound");
    facts_add_up_to_rows(&server).await;
}

#[tokio::test]
async fn what_a_service_heard_and_did_not_follow_it_is_asked_to_follow() {
    let server = Server::start();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let order = numbered(&mut ada).await;
    spoil(&server, order).await;
    let act = lucciola.act(accept_command(order));
    assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    server.until("select count(*) from parked", 1).await;
    // By an accident the note of it is gone: nobody would ever try it again.
    server.change("delete from parked").await;
    mend(&server).await;

    let server = server.restart();
    ada.meet(&server);
    let mut screen = ada.feed().await;
    let received = |screen: &Feed| screen.order(order).filter(|order| order.status == Status::Received).map(drop);
    screen.until("what the kitchen said", received).await;
    let told = server.texts(TOLD).await;
    let [told] = told.as_slice() else { panic!("{told:?}") };
    assert!(told.contains("order-status-changed did not follow order-received"), "{told}");
    assert_eq!(server.count("select count(*) from hub where kind = 'order-status-changed'").await, 1, "once");
    facts_add_up_to_rows(&server).await;
}

#[tokio::test]
async fn a_server_that_starts_compares_also_what_is_over_and_calls_nothing_different_that_is_sound() {
    let mut town = Town::new().await;
    let brought = town.gives_dora_a_meal().await;
    for command in [
        TicketCommand::Accept { order: brought, ready_in_min: 9 },
        TicketCommand::StartCooking { order: brought },
        TicketCommand::MarkReady { order: brought },
    ] {
        town.cooks(command).await;
    }
    town.dora.reports(ErrandCommand::PickUp { order: brought }).await;
    town.sees("on its way", brought, |order| order.status == Status::PickedUp).await;
    town.dora.reports(ErrandCommand::Deliver { order: brought }).await;
    town.sees("charged", brought, |order| order.status == Status::Delivered && order.paid == Paid::Charged).await;
    let refused = town.orders().await;
    town.cooks(TicketCommand::Refuse { order: refused, reason: "too busy".into() }).await;
    town.sees("that it is off", refused, |order| order.status.is_final()).await;
    town.gives_dora_a_meal().await;

    let server = town.server.restart();
    let olga = Person::sign_in(&server, "olga").await;
    let all = async {
        loop {
            let compared = olga.get("/api/desk/dashboard").await.1["compared"].clone();
            if compared["at"].is_i64() {
                return compared;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let compared = tokio::time::timeout(PATIENCE, all).await.expect("a server that starts compares");
    assert_eq!((&compared["orders"], &compared["differed"]), (&3.into(), &0.into()), "{:?}", server.texts(TOLD).await);
}
