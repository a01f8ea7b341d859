//! What people write of each other and of themselves is sealed wherever it lies, and read by whoever may.

mod support;

use std::path::Path;

use domain::Command;
use domain::delivery::{ErrandCommand, Hitch};
use domain::id::ticket_key;
use domain::kitchen::TicketCommand;
use domain::ordering::{Contact, Destination, OrderCommand, PlaceOrder};
use domain::payment::{Card, Method};
use serde_json::json;
use support::town::{GINKGO, Town, row};
use support::{Person, Server, bff, place, place_command, refused};
use sync::envelope::Act;
use sync::protocol::Outcome;

/// A word that stands in all that people write here, and nowhere else.
const SECRET: &str = "quokka";

/// An order to a door, with a word in every text.
fn wordy(place: PlaceOrder) -> PlaceOrder {
    let said = |what: &str| format!("{what} {SECRET}").as_str().into();
    let mut place = PlaceOrder {
        destination: Destination::Deliver(said("Torstra\u{df}e 1,")),
        contact: Contact { name: said("Ada"), phone: said("030 1") },
        note: said("no onions,"),
        pays: Method::Card(Card { token: "tok_succeeds".into(), label: said("card") }),
        ..place
    };
    place.lines[0].note = said("crisp,");
    place
}

/// The files under `folder` that hold `word`.
fn files_with(folder: &Path, word: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let holds = |file: &Path| {
        let bytes = std::fs::read(file).unwrap_or_default();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    };
    entries.filter(|file| holds(file)).map(|file| file.display().to_string()).collect()
}

#[tokio::test]
async fn what_people_write_is_read_by_whoever_may_and_lies_in_no_file() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(None).await;
    let menu = town.ada.menu(GINKGO).await;
    let wanted = wordy(place(&menu));
    let order = wanted.order;
    let act = town.ada.act(place_command(&wanted));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    town.sees("her own words", order, |order| {
        order.contact.name == "Ada quokka" && order.note == "no onions, quokka" && order.number.is_some()
    })
    .await;
    let (_, told) = town.ada.get(&format!("/api/orders/{order}")).await;
    assert_eq!(told["contact"]["phone"], json!("030 1 quokka"), "also to who asks");

    let mut board = town.cook.feed().await;
    let name = |board: &_| row(board, &ticket_key(order))?.as_ticket().map(|ticket| ticket.customer_name.clone());
    assert_eq!(board.until("the ticket", name).await, "Ada quokka");
    assert_eq!(town.dora.fetches(order).await.address, "Torstra\u{df}e 1, quokka");
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    town.dora.reports(ErrandCommand::Fail { order, reason: "no quokka opens".into(), hitch: Hitch::Other }).await;

    // What is refused waits in her inbox, with all that she wrote.
    let mut dearer = wordy(place(&menu));
    dearer.lines[0].unit.minor += 1;
    let act = town.ada.act(place_command(&dearer));
    refused(&town.ada.send_one(&act).await);
    let waits = |screen: &support::Feed| screen.inbox().into_iter().find(|item| item.id == act.id);
    match town.screen.until("the item", waits).await.act {
        Act::Do(Command::Order(OrderCommand::Place(held))) => assert_eq!(held.contact.name, "Ada quokka"),
        other => panic!("{other:?} is not what she wanted"),
    }

    // What a kitchen says of an order is about its customer.
    let other = wordy(place(&menu));
    let act = town.ada.act(place_command(&other));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    town.sees("a number", other.order, |order| order.number.is_some()).await;
    town.cooks(TicketCommand::Refuse { order: other.order, reason: "no quokka here".into() }).await;
    town.sees("why", other.order, |order| {
        matches!(&order.ended, Some(domain::ordering::Cancelled::ByRestaurant(why)) if *why == "no quokka here")
    })
    .await;

    let copy = town.server.data.path().join("copy.sqlite");
    let (copied, said) = bff(town.server.data.path(), &["backup", "--to", copy.to_str().expect("UTF-8")]);
    assert!(copied, "{said}");
    town.server.kill();
    for word in [SECRET, "tok_succeeds"] {
        assert_eq!(files_with(town.server.data.path(), word), Vec::<String>::new());
    }
    assert!(!files_with(town.server.data.path(), "order-submitted").is_empty(), "the test looks where facts are");
}

#[tokio::test]
async fn a_seal_that_somebody_found_is_opened_for_nobody_who_sends_it() {
    let server = Server::start();
    let mut ben = Person::sign_in(&server, "ben").await;
    let menu = ben.menu(support::LUCCIOLA).await;
    let act = ben.act(place_command(&place(&menu)));
    let body = ben.batch(std::slice::from_ref(&act)).to_string();
    let stolen = body.replace("\"name\":\"Ada\"", "\"name\":{\"sealed\":{\"of\":\"ada\",\"text\":\"AAAA\"}}");
    assert_ne!(stolen, body);
    let refused = ben.send_body(stolen).await.expect_err("no device sends such");
    assert_eq!(refused.status, 400, "{refused:?}");
    assert_eq!(server.count("select count(*) from answer").await, 0, "and nothing was kept");
}

#[tokio::test]
async fn a_backup_is_read_on_another_machine_with_its_keys_and_only_with_them() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let wanted = PlaceOrder { pays: Method::AtHandOver, ..wordy(place(&ada.menu(support::LUCCIOLA).await)) };
    let act = ada.act(place_command(&wanted));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("monday.backup");
    let (copied, said) = bff(server.data.path(), &["backup", "--to", file.to_str().expect("UTF-8")]);
    assert!(copied, "{said}");
    let keys = folder.path().join("monday.backup.keys");
    assert!(said.contains(keys.to_str().expect("UTF-8")), "it says what it wrote: {said}");

    for (with_keys, name) in [(true, "Ada quokka"), (false, "")] {
        let elsewhere = Server::start().restart_after(|data| {
            for file in std::fs::read_dir(data).expect("its folder") {
                std::fs::remove_file(file.expect("a file").path()).expect("it is a new machine");
            }
            let (restored, said) = bff(data, &["restore", "--from", file.to_str().expect("UTF-8")]);
            assert!(restored, "{said}");
            assert_eq!(said.contains("stay unreadable"), !with_keys, "{said}");
        });
        let ada = Person::sign_in(&elsewhere, "ada").await;
        let (status, told) = ada.get(&format!("/api/orders/{}", wanted.order)).await;
        assert_eq!((status, &told["contact"]["name"]), (200, &json!(name)));
        if with_keys {
            std::fs::remove_file(&keys).expect("the keys are lost");
        }
    }
}
