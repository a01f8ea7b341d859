//! What is over leaves the screens after a month, and that something left them is forgotten after three: over HTTP, with the time
//! that has passed written into the rows.

mod support;

use domain::OrderId;
use domain::kitchen::TicketCommand;
use domain::{Command, Row};
use support::*;
use sync::Position;
use sync::protocol::{Body, Cursor, Outcome};

/// An order that was handed over.
async fn eaten(ada: &mut Person, lucciola: &mut Person) -> OrderId {
    let place = place(&ada.menu(LUCCIOLA).await);
    let (order, act) = (place.order, ada.act(place_command(&place)));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut board = lucciola.feed().await;
    board.until("its ticket", |board| board.tickets().iter().any(|ticket| ticket.order == order).then_some(())).await;
    for command in [TicketCommand::Accept { order, ready_in_min: 9 }, TicketCommand::HandOver { order }] {
        let act = lucciola.act(Command::Ticket(command));
        assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    }
    ada.feed().await.until("its end", |screen| screen.order(order)?.status.is_final().then_some(())).await;
    order
}

/// It is as if the order had ended long ago, and an earlier release had written it, which knew no clock for it.
async fn was_long_ago(server: &Server, order: OrderId) {
    for (table, kind, since) in
        [("ordering_row", "order", "$.order.steps[#-1].at"), ("kitchen_row", "ticket", "$.ticket.opened_at")]
    {
        let key = format!("{kind}/{order}");
        server.change(&format!("update {table} set body = json_set(body, '{since}', 0) where key = '{key}'")).await;
        server.change(&format!("update timer set due_at = 0 where key like '{kind}/%'")).await;
    }
}

fn tickets(board: &Feed, order: OrderId) -> usize {
    board.tickets().iter().filter(|ticket| ticket.order == order).count()
}

#[tokio::test]
async fn what_is_over_for_a_month_leaves_every_screen_and_is_in_the_archive() {
    let server = Server::start();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let old = eaten(&mut ada, &mut lucciola).await;
    let (hers, theirs) = (ada.feed().await, lucciola.feed().await);
    let places = [(hers.cursor, hers.scopes.clone()), (theirs.cursor, theirs.scopes.clone())];
    was_long_ago(&server, old).await;
    // Whatever is written wakes the clock.
    let young = eaten(&mut ada, &mut lucciola).await;
    server.until("select count(*) from hub where kind in ('order-put-away', 'ticket-put-away')", 2).await;
    server.until("select count(*) from timer where key like 'order/%' or key like 'ticket/%'", 2).await;
    server.until("select count(*) from timer where due_at = 0", 0).await;
    server.until("select count(*) from archive_paper", 2).await;

    let [(her_place, her_scopes), (their_place, their_scopes)] = places;
    let mut hers = ada.feed_from(her_place, her_scopes, vec![]).await;
    let mut theirs = lucciola.feed_from(their_place, their_scopes, vec![]).await;
    for screen in [&mut hers, &mut theirs] {
        let is_told = |screen: &Feed| screen.first.iter().any(|key| key.id() == old.to_string()).then_some(());
        screen.until("that it left", is_told).await;
        assert!(!screen.was_reset);
    }
    let (hers, theirs) = (ada.feed().await, lucciola.feed().await);
    assert!(hers.order(old).is_none() && hers.order(young).is_some());
    assert_eq!((tickets(&theirs, old), tickets(&theirs, young)), (0, 1));

    let papers = ada.get("/api/archive").await.1;
    let kept = papers["papers"].as_array().map(Vec::len);
    assert_eq!(kept, Some(2), "the archive has both: {papers}");
    let late = lucciola.act(Command::Ticket(TicketCommand::Refuse { order: old, reason: "".into() }));
    assert!(matches!(lucciola.send_one(&late).await, Outcome::Refused(_)), "its service knows that it is over");
}

#[tokio::test]
async fn who_was_away_for_longer_than_what_left_is_remembered_begins_anew_and_has_what_is_there() {
    let server = Server::start();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let order = eaten(&mut ada, &mut lucciola).await;
    let long_ago = ada.feed().await;
    let (long_ago, scopes) = (long_ago.cursor.expect("a place"), long_ago.scopes.clone());
    was_long_ago(&server, order).await;
    let act = lucciola.act(Command::Ticket(TicketCommand::HandOver { order }));
    assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    server.until("select count(*) from hub where kind = 'order-put-away'", 1).await;
    server.until("select count(*) from hub where kind = 'ticket-put-away'", 1).await;
    let left = server.count("select max(position) from hub").await;
    server.has_built_views(left).await;
    let gone = "select key from feed_scope where removed = 1";
    assert_eq!(server.texts_of_views(gone).await, [format!("order/{order}"), format!("ticket/{order}")]);

    // All of that was a hundred days ago, and something has happened since.
    server.change("update hub set at = at - 8640000000").await;
    let young = eaten(&mut ada, &mut lucciola).await;
    let server = server.restart();
    ada.meet(&server);
    lucciola.meet(&server);
    server.until_views_say("select cast(position as text) from feed_horizon", &[&left.to_string()]).await;
    server.until_views_say(gone, &[]).await;

    let there = |feed: &Feed| {
        let orders = feed.rows.values().filter(|(_, body)| matches!(body, Body::Row(Row::Order(_)))).count();
        (feed.was_reset, orders, feed.order(young).is_some())
    };
    let anew = ada.feed_from(Some(long_ago), scopes.clone(), vec![]).await;
    assert_eq!(there(&anew), (true, 1, true), "nobody could tell her that the old one left");
    let fact = server.texts(&format!("select fact_id from hub where position = {left}")).await;
    let then = Cursor { position: Position(left.cast_unsigned()), fact: fact[0].parse().ok(), ..long_ago };
    let goes_on = ada.feed_from(Some(then), scopes, vec![]).await;
    assert_eq!(there(&goes_on), (false, 1, true), "who has heard of all that is forgotten goes on");

    // Views that are built again remember, until it is looked at again.
    let server = server.restart_after(|data| {
        for file in ["views.sqlite", "views.sqlite-wal", "views.sqlite-shm"] {
            // The last two are there or not.
            let _ = std::fs::remove_file(data.join(file));
        }
    });
    ada.meet(&server);
    server.has_built_views(server.count("select max(position) from hub").await).await;
    assert_eq!(there(&ada.feed().await), (true, 1, true));
}
