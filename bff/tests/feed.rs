//! The feed: what was missed while away comes, what was not is not sent again.

mod support;

use domain::Command;
use domain::RestaurantId;
use domain::catalog::{MenuCommand, RestaurantCommand};
use support::*;
use sync::protocol::{Cursor, Outcome, Settled};
use sync::{CommandId, Epoch, Position};
use uuid::Uuid;

#[tokio::test]
async fn who_comes_back_is_sent_what_changed_and_nothing_else() {
    let server = Server::start();
    let (ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let first = ada.feed().await;
    assert!(first.was_reset, "who comes with nothing begins anew");
    assert_eq!(first.rows.len(), 80, "forty restaurants and their menus");
    let (cursor, scopes) = (first.cursor, first.scopes.clone());
    drop(first);

    let item = ada.menu(LUCCIOLA).await.items().next().expect("a dish").id.clone();
    let restaurant = RestaurantId::from(LUCCIOLA);
    let sold_out = Command::Menu { restaurant, command: MenuCommand::SetSoldOut { item, sold_out: true } };
    let act = lucciola.act(sold_out);
    assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);

    let mut second = ada.feed_from(cursor, scopes.clone(), vec![]).await;
    second.until("the menu", |feed| (!feed.rows.is_empty()).then_some(())).await;
    assert!(!second.was_reset);
    assert_eq!(second.rows.keys().map(|key| key.kind()).collect::<Vec<_>>(), ["menu"]);
    let third = ada.feed_from(second.cursor, scopes, vec![]).await;
    assert_eq!((third.rows.len(), third.frames), (0, 1), "up to date is said even when nothing is new");
}

#[tokio::test]
async fn a_cursor_of_another_history_begins_anew() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let here = ada.feed().await;
    let (cursor, scopes) = (here.cursor.expect("a place"), here.scopes.clone());
    for strange in [
        Cursor { epoch: Epoch(Uuid::now_v7()), ..cursor },
        Cursor { position: Position(cursor.position.0 + 1), ..cursor },
        Cursor { fact: Some(Uuid::now_v7()), ..cursor },
        Cursor { fact: None, ..cursor },
    ] {
        let feed = ada.feed_from(Some(strange), scopes.clone(), vec![]).await;
        assert!(feed.was_reset, "{strange:?}");
        assert_eq!(feed.rows.len(), 80);
    }
}

#[tokio::test]
async fn a_scope_that_is_new_to_the_client_comes_whole() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut feed = ada.feed().await;
    feed.until("the order's number", |feed| feed.order(place.order)?.number).await;
    let cursor = feed.cursor;
    let catalog = vec![domain::access::catalog_scope()];
    let feed = ada.feed_from(cursor, catalog, vec![]).await;
    assert!(!feed.was_reset);
    assert_eq!(feed.rows.keys().map(|key| key.kind()).collect::<Vec<_>>(), ["order"], "and what it has does not come");
}

#[tokio::test]
async fn every_act_that_is_asked_about_is_answered() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let act = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut feed = ada.feed().await;
    feed.until("the order", |feed| feed.rows.keys().any(|key| key.kind() == "order").then_some(())).await;
    let never_sent = CommandId(Uuid::now_v7());
    let feed = ada.feed_from(feed.cursor, feed.scopes.clone(), vec![act.id, never_sent]).await;
    assert_eq!(feed.ack(act.id), Some(&Settled::Done));
    assert_eq!(feed.ack(never_sent), Some(&Settled::Unknown));
}

#[tokio::test]
async fn a_stranger_sees_what_is_public_and_a_closed_door_is_seen_at_once() {
    let server = Server::start();
    let (ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let mut feed = ada.feed().await;
    let close = Command::Restaurant { restaurant: RestaurantId::from(LUCCIOLA), command: RestaurantCommand::Close {} };
    let act = lucciola.act(close);
    assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    let key = domain::id::restaurant_key(&RestaurantId::from(LUCCIOLA));
    feed.until("a closed door", |feed| {
        let (_, body) = feed.rows.get(&key)?;
        match body {
            sync::protocol::Body::Row(domain::Row::Restaurant(restaurant)) => restaurant.closed_for_now.then_some(()),
            _ => None,
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_person_waits_for_is_in_the_first_frame_of_many() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut feed = ada.feed().await;
    feed.until("the order's number", |feed| feed.order(place.order)?.number).await;

    let feed = ada.feed().await;
    assert!(feed.frames > 1, "forty menus do not fit in one");
    assert_eq!(feed.first.first(), Some(&domain::id::order_key(place.order)));
    assert_eq!(feed.rows.len(), 81, "and nothing comes twice or not at all");
    assert!(feed.order(place.order).is_some_and(|order| order.number.is_some()));
}

#[tokio::test]
async fn what_the_scopes_add_up_to_is_told_and_survives_the_views() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut feed = ada.feed().await;
    feed.until("the order's number", |feed| feed.order(place.order)?.number).await;
    let before = ada.feed().await.digests;
    let rows: Vec<_> = before.iter().map(|digest| (digest.scope.as_str(), digest.rows)).collect();
    assert_eq!(rows, [("customer:ada", 1), ("person:ada", 0), ("catalog", 80)]);

    let server = server.restart_after(|data| {
        for file in ["views.sqlite", "views.sqlite-wal", "views.sqlite-shm"] {
            // The last two are there or not.
            let _ = std::fs::remove_file(data.join(file));
        }
    });
    ada.meet(&server);
    assert_eq!(ada.feed().await.digests, before);
    let again = ada.feed_from(feed.cursor, feed.scopes.clone(), vec![]).await;
    assert_eq!((again.digests, again.rows.len()), (before, 0), "who comes back is told too");
}
