//! Recovery: killed, stopped, or with its views lost, the server goes on where the truth stands.

mod support;

use std::fs;
use std::process::Command as Process;

use support::*;
use sync::protocol::{Outcome, ServerMessage};

#[tokio::test]
async fn killed_while_orders_are_on_their_way_each_gets_one_ticket_with_the_next_number() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let menu = ada.menu(LUCCIOLA).await;
    let acts: Vec<_> = (0..30).map(|_| ada.act(place_command(&place(&menu)))).collect();
    for batch in acts.chunks(10) {
        assert!(ada.send(batch).await.iter().all(|answered| answered.outcome == Outcome::Accepted));
    }
    // The answers are out; most tickets are not written yet.
    let server = server.restart();
    let lucciola = Person::sign_in(&server, "lucciola").await;
    let mut board = lucciola.feed().await;
    board.until("thirty tickets", |board| (board.tickets().len() == 30).then_some(())).await;
    let mut numbers: Vec<_> = board.tickets().iter().map(|ticket| ticket.number).collect();
    numbers.sort();
    assert_eq!(numbers, (1..=30).collect::<Vec<_>>());
    assert_eq!(server.count("select max(position) - count(*) from hub").await, 0, "positions have no gap");
}

#[tokio::test]
async fn every_row_is_what_its_facts_add_up_to() {
    let server = Server::start();
    let (mut ada, mut ben) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "ben").await);
    let mut lucciola = Person::sign_in(&server, "lucciola").await;
    let mut board = lucciola.feed().await;
    let menu = ada.menu(LUCCIOLA).await;
    let orders: Vec<_> = (0..12).map(|_| place(&menu)).collect();
    let (hers, his) = orders.split_at(6);
    let hers: Vec<_> = hers.iter().map(|place| ada.act(place_command(place))).collect();
    let his: Vec<_> = his.iter().map(|place| ben.act(place_command(place))).collect();
    let sent = hers.iter().map(|act| ada.send_one(act));
    let also = his.iter().map(|act| ben.send_one(act));
    futures::join!(futures::future::join_all(sent), futures::future::join_all(also));
    board.until("twelve tickets", |board| (board.tickets().len() == 12).then_some(())).await;
    let answers: Vec<_> = orders.iter().map(|place| lucciola.act(accept_command(place.order))).collect();
    lucciola.send(&answers).await;
    board.until("twelve yeses", |board| board.ack(answers[11].id).cloned()).await;
    ada.feed().await.until("received", |screen| screen.order(orders[5].order)?.ready_at).await;

    facts_add_up_to_rows(&server).await;
}

#[tokio::test]
async fn a_restart_keeps_every_place_in_the_feed_also_without_the_views() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let act = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut screen = ada.feed().await;
    screen.until("its ticket", |screen| screen.order(order_of(&act))?.number).await;
    let (cursor, scopes) = (screen.cursor, screen.scopes.clone());

    let server = server.restart();
    ada.meet(&server);
    let again = ada.feed_from(cursor, scopes.clone(), vec![]).await;
    assert!(!again.was_reset && again.rows.is_empty(), "it has everything");

    let server = server.restart_after(|data| {
        for file in ["views.sqlite", "views.sqlite-wal", "views.sqlite-shm"] {
            // The last two are there or not.
            let _ = fs::remove_file(data.join(file));
        }
    });
    ada.meet(&server);
    let again = ada.feed_from(cursor, scopes, vec![]).await;
    assert!(!again.was_reset && again.rows.is_empty(), "the feed that was built again is the same");
    assert_eq!(ada.feed().await.rows.len(), 81);
}

fn order_of(act: &sync::Envelope<domain::Command>) -> domain::OrderId {
    domain::OrderId(act.lane.id().parse().expect("an id"))
}

#[tokio::test]
async fn a_stop_is_said_before_the_door_closes_and_a_sign_out_ends_the_talk() {
    let mut server = Server::start();
    let (ada, ben) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "ben").await);
    let mut his = ben.feed().await;
    // So many that some have not spoken yet when the web server has ended.
    let mut hers = futures::future::join_all((0..40).map(|_| ada.feed())).await;
    ben.sign_out().await;
    assert_eq!(bye(&mut his).await, "signed-out");

    let stopped = Process::new("kill").args(["-TERM", &server.process().to_string()]).status().expect("kill runs");
    assert!(stopped.success());
    for talk in &mut hers {
        assert_eq!(bye(talk).await, "restart");
    }
    assert!(server.wait(), "it ends well");
}

async fn bye(feed: &mut Feed) -> String {
    loop {
        if let ServerMessage::Bye(bye) = feed.hear().await.expect("a word before the end") {
            return bye.code;
        }
    }
}

#[tokio::test]
async fn what_another_process_imports_reaches_the_screens() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let mut screen = ada.feed().await;
    let import = Process::new(env!("CARGO_BIN_EXE_bff"))
        .args(["import", "--generate", "3", "--data"])
        .arg(server.data.path())
        .output()
        .expect("the import runs");
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    screen.until("three more restaurants", |screen| (screen.rows.len() == 86).then_some(())).await;
}

#[tokio::test]
async fn two_servers_do_not_share_a_folder_and_say_so_in_a_sentence() {
    let server = Server::start();
    let second = Process::new(env!("CARGO_BIN_EXE_bff"))
        .args(["serve", "--no-demo", "--addr", "127.0.0.1:0", "--data"])
        .arg(server.data.path())
        .output()
        .expect("it ends");
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(!second.status.success());
    assert!(said.contains("--data") && said.lines().count() == 1, "{said}");

    let address = server.base.trim_start_matches("http://");
    let second = Process::new(env!("CARGO_BIN_EXE_bff")).args(["serve", "--no-demo", "--addr", address]).output();
    let said = String::from_utf8_lossy(&second.expect("it ends").stderr).into_owned();
    assert!(said.contains("--addr") && said.lines().count() == 1, "{said}");
}
