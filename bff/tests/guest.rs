//! Guests over HTTP: a device mints one, orders as them, and a person takes them over.

mod support;

use domain::account::Secret;
use domain::kitchen::{Progress, TicketCommand};
use domain::ordering::{OrderCommand, PlaceOrder};
use domain::{Command, OrderId};
use serde_json::Value;
use support::*;
use sync::protocol::{Outcome, Problem, ServerMessage};
use sync::{Act, Envelope};

const CLAIMS: &str = "select count(*) from hub where kind = 'guest-claimed'";

fn secret() -> Secret {
    Secret::new([7; 32])
}

async fn problem(answer: reqwest::Response) -> (u16, String) {
    let problem: Problem = answer.json().await.expect("a problem");
    (problem.status, problem.slug().unwrap_or_default().to_owned())
}

fn customer(order: &Value) -> &str {
    order["customer"].as_str().expect("whose it is")
}

/// A server, a guest with an order, and the order.
async fn a_guest_who_ordered() -> (Server, Person, PlaceOrder) {
    let server = Server::start();
    let mut guest = Person::guest(&server, &secret()).await;
    let place = place(&guest.menu(LUCCIOLA).await);
    let act = guest.act(place_command(&place));
    assert_eq!(guest.send_one(&act).await, Outcome::Accepted);
    (server, guest, place)
}

#[tokio::test]
async fn a_guest_is_made_once_and_comes_in_by_their_secret_only() {
    let server = Server::start();
    let guest = Person::guest(&server, &secret()).await;
    let (status, who) = guest.get("/api/session").await;
    assert_eq!((status, who["name"].as_str(), who["role"].as_str()), (200, Some("Guest"), Some("customer")));
    let again = guest.enters_again(&secret()).await;
    assert_eq!(again.status(), 200);
    assert!(!again.headers().contains_key("set-cookie"), "a session that has begun goes on");
    assert_eq!(server.count("select count(*) from account_session").await, 1);
    Person::guest(&server, &secret()).await;
    assert_eq!(server.count("select count(*) from account_user where account like 'guest-%'").await, 1);

    let other = Secret::new([8; 32]);
    let wrong = enter(&server, guest.account.as_str(), other.as_str()).await;
    assert_eq!(problem(wrong).await, (401, "wrong-credentials".into()));
    for name in ["ada", "lucciola", "guest-", "", &"guest-".repeat(100)] {
        let taken = enter(&server, name, secret().as_str()).await;
        assert_eq!(problem(taken).await, (401, "wrong-credentials".into()), "{name}");
    }
    let long = enter(&server, guest.account.as_str(), &"07".repeat(33)).await;
    assert_eq!(problem(long).await, (422, "malformed".into()));
    let texts =
        server.texts("select password_hash || name || account from account_user union select fact from hub").await;
    assert!(texts.iter().all(|text| !text.contains(secret().as_str())), "the secret is kept nowhere");
}

#[tokio::test]
async fn a_guest_has_no_password() {
    let server = Server::start();
    let guest = Person::guest(&server, &secret()).await;
    for password in ["", "carryout", secret().as_str()] {
        let credentials = serde_json::json!({ "name": guest.account, "password": password });
        let request = reqwest::Client::new().post(format!("{}/api/session", server.base)).json(&credentials);
        let answer = request.send().await.expect("an answer");
        assert_eq!(problem(answer).await, (401, "wrong-credentials".into()));
    }
}

#[tokio::test]
async fn trying_secrets_is_slowed_down() {
    let server = Server::start();
    let account = secret().account();
    for number in 0..10 {
        let wrong = enter(&server, account.as_str(), Secret::new([number + 10; 32]).as_str()).await;
        assert_eq!(problem(wrong).await, (401, "wrong-credentials".into()));
    }
    let slowed = enter(&server, account.as_str(), secret().as_str()).await;
    assert_eq!(problem(slowed).await, (429, "too-many-attempts".into()));
}

#[tokio::test]
async fn a_claim_moves_the_order_while_the_kitchen_cooks_it_and_ends_the_guest() {
    let (server, guest, place) = a_guest_who_ordered().await;
    let mut lucciola = Person::sign_in(&server, "lucciola").await;
    let mut board = lucciola.feed().await;
    let ticket = board.until("the ticket", |board| board.tickets().pop()).await;
    for command in [accept_command(place.order), Command::Ticket(TicketCommand::StartCooking { order: place.order })] {
        let act = lucciola.act(command);
        assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    }
    let mut guest_s = guest.feed().await;
    let mut ada = Person::sign_in(&server, "ada").await;
    let mut hers = ada.feed().await;
    let claim = ada.claim(&secret());
    assert_eq!(ada.send_one(&claim).await, Outcome::Accepted);
    hers.until("the order as hers", |feed| {
        feed.order(place.order).filter(|order| order.customer == "ada".into()).cloned()
    })
    .await;
    assert_eq!(guest.get("/api/orders").await.0, 401, "the guest's session is over");
    let code = loop {
        // Frames and beats may cross the end of the session.
        if let ServerMessage::Bye(bye) = guest_s.hear().await.expect("the talk ends with a word") {
            break bye.code;
        }
    };
    assert_eq!(code, "signed-out", "a talk that was open ends as well");
    let again = enter(&server, guest.account.as_str(), secret().as_str()).await;
    assert_eq!(problem(again).await, (410, "guest-over".into()));

    let (_, orders) = ada.get("/api/orders").await;
    assert_eq!(orders["orders"].as_array().map(Vec::len), Some(1));
    assert_eq!(customer(&orders["orders"][0]), "ada");
    let act = lucciola.act(Command::Ticket(TicketCommand::MarkReady { order: place.order }));
    assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    let ready = board
        .until("a ready ticket", |board| board.tickets().into_iter().find(|ticket| ticket.progress == Progress::Ready))
        .await;
    assert_eq!((ready.number, ready.lines), (ticket.number, ticket.lines), "it is the ticket that it was");
}

#[tokio::test]
async fn a_claim_made_again_changes_nothing_and_another_person_s_is_refused() {
    let (server, _guest, place) = a_guest_who_ordered().await;
    let (mut ada, mut ben) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "ben").await);
    let (first, second) = (ada.claim(&secret()), ada.claim(&secret()));
    for act in [&first, &first, &second] {
        assert_eq!(ada.send_one(act).await, Outcome::Accepted);
    }
    assert_eq!(server.count(CLAIMS).await, 1);
    let his = ben.claim(&secret());
    assert_eq!(refused(&ben.send_one(&his).await).code(), "claimed-before");
    let mut forged = ben.claim(&Secret::new([8; 32]));
    if let Act::Do(Command::Guest(domain::account::GuestCommand::Claim { guest, .. })) = &mut forged.act {
        *guest = secret().account();
        forged.lane = domain::id::guest_key(guest);
    }
    assert_eq!(refused(&ben.send_one(&forged).await).code(), "not-allowed");
    let mut hers = ada.feed().await;
    hers.until("the order as hers", |feed| feed.order(place.order).cloned()).await;
    let of_ben = ben.feed().await;
    assert!(of_ben.order(place.order).is_none());
}

/// An act that the menu has overtaken: it comes back.
fn too_cheap(guest: &mut Person, place: &PlaceOrder) -> Envelope<Command> {
    let mut cheap = PlaceOrder { order: OrderId(uuid::Uuid::now_v7()), ..place.clone() };
    cheap.lines[0].unit.minor = 1;
    guest.act(place_command(&cheap))
}

#[tokio::test]
async fn what_waits_in_the_guest_s_inbox_is_the_person_s_to_decide() {
    let (server, mut guest, place) = a_guest_who_ordered().await;
    let held = too_cheap(&mut guest, &place);
    assert_eq!(refused(&guest.send_one(&held).await).code(), "changed");
    let mut ada = Person::sign_in(&server, "ada").await;
    let claim = ada.claim(&secret());
    assert_eq!(ada.send_one(&claim).await, Outcome::Accepted);
    let mut hers = ada.feed().await;
    let item = hers.until("the item", |feed| feed.inbox().pop()).await;
    assert_eq!((item.id, item.account.as_str()), (held.id, "ada"));

    let Act::Do(Command::Order(OrderCommand::Place(wanted))) = item.act else { panic!("an order") };
    let dearer = PlaceOrder { lines: place.lines.clone(), ..*wanted };
    let choice = Envelope { resolves: Some(item.id), ..ada.act(place_command(&dearer)) };
    assert_eq!(ada.send_one(&choice).await, Outcome::Accepted);
    hers.until("an empty inbox", |feed| feed.inbox().is_empty().then_some(())).await;
    hers.until("the order", |feed| feed.order(dearer.order).cloned()).await;
}

#[tokio::test]
async fn a_kitchen_s_no_to_the_guest_s_cancel_finds_the_person() {
    let (server, mut guest, place) = a_guest_who_ordered().await;
    let mut lucciola = Person::sign_in(&server, "lucciola").await;
    let mut board = lucciola.feed().await;
    board.until("the ticket", |board| board.tickets().pop()).await;
    for command in [accept_command(place.order), Command::Ticket(TicketCommand::StartCooking { order: place.order })] {
        let act = lucciola.act(command);
        assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    }
    let cancel = guest.act(Command::Order(OrderCommand::Cancel { order: place.order, reason: "".into() }));
    let outcome = guest.send_one(&cancel).await;
    assert!(matches!(outcome, Outcome::Asked | Outcome::Refused(_)), "{outcome:?}");
    let mut ada = Person::sign_in(&server, "ada").await;
    let claim = ada.claim(&secret());
    assert_eq!(ada.send_one(&claim).await, Outcome::Accepted);
    let mut hers = ada.feed().await;
    let item = hers.until("the kitchen's no", |feed| feed.inbox().pop()).await;
    assert_eq!((item.reason.code(), item.account.as_str()), ("too-late", "ada"));
}
