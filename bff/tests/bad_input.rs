//! Bad input: a typed problem or a refusal, nothing stored, and the server goes on.

mod support;

use domain::catalog::MenuCommand;
use domain::ordering::{OrderCommand, OrderRefusal};
use domain::{Command, Money, Refusal, RestaurantId};
use serde_json::json;
use support::*;
use sync::protocol::{Outcome, SERVER_OLDER, ServerMessage, Settled, UPDATE};
use sync::{Epoch, Position, Reason, Saw, Version};
use tokio_tungstenite::tungstenite::Message;

const ORDERS: &str = "select count(*) from ordering_row";

#[tokio::test]
async fn what_cannot_be_read_is_a_problem_that_names_the_act() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let good = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    let mut no_lane = serde_json::to_value(&good).expect("JSON");
    no_lane.as_object_mut().expect("an object").remove("lane");
    let mut wrong_type = serde_json::to_value(&good).expect("JSON");
    wrong_type["act"]["do"]["order"]["place"]["lines"][0]["quantity"] = json!(-1);
    let mut wrong_lane = serde_json::to_value(&good).expect("JSON");
    wrong_lane["lane"] = json!("ticket/1");
    let mut nobodys = serde_json::to_value(&good).expect("JSON");
    nobodys["account"] = json!("ben");
    for (what, act) in [
        ("no lane", no_lane),
        ("a negative quantity", wrong_type),
        ("another lane", wrong_lane),
        ("another account", nobodys),
    ] {
        let mut batch = ada.batch(std::slice::from_ref(&good));
        batch["commands"].as_array_mut().expect("acts").push(act);
        let problem = ada.send_body(batch.to_string()).await.expect_err(what);
        assert_eq!((problem.status, problem.slug()), (400, Some("malformed")), "{what}");
        assert!(problem.detail.as_deref().unwrap_or_default().contains("act 1"), "{what}: {problem:?}");
    }
    for body in ["", "{", "[]", "null", "{\"protocol\":2}", "\u{0}"] {
        let problem = ada.send_body(body.into()).await.expect_err("malformed");
        assert_eq!((problem.status, problem.slug()), (400, Some("malformed")), "{body:?}");
    }
    for (body, status, slug) in [
        (r#"{"protocol":1,"words":"of another time"}"#, 426, UPDATE),
        (r#"{"protocol":99,"words":"of another time"}"#, 503, SERVER_OLDER),
    ] {
        let answer = ada.try_send(body.into()).await.expect("the server answers");
        assert!(answer.headers().contains_key("retry-after"), "{slug}");
        assert_eq!(problem(answer).await, (status, slug.to_owned()));
    }
    let mut batch = ada.batch(std::slice::from_ref(&good));
    batch["account"] = json!("ben");
    let problem = ada.send_body(batch.to_string()).await.expect_err("another account");
    assert_eq!((problem.status, problem.slug()), (401, Some("other-account")));
    assert_eq!(server.count(ORDERS).await, 0);
    assert_eq!(ada.send_one(&good).await, Outcome::Accepted, "the server goes on");
}

#[tokio::test]
async fn an_act_of_a_newer_release_is_unknown_and_can_come_again() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let good = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    let mut newer = serde_json::to_value(&good).expect("JSON");
    newer["act"] = json!({ "do": { "drone": { "land": true } } });
    let mut format = serde_json::to_value(&good).expect("JSON");
    format["format"] = json!(99);
    for act in [newer, format] {
        let mut batch = ada.batch(&[]);
        batch["commands"] = json!([act]);
        let answered = ada.send_body(batch.to_string()).await.expect("an outcome");
        assert_eq!(answered[0].outcome, Outcome::UnknownCommand);
    }
    assert_eq!(ada.send_one(&good).await, Outcome::Accepted, "its id was not used up");
}

#[tokio::test]
async fn too_much_at_once_is_too_much() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let mut place = place(&ada.menu(LUCCIOLA).await);
    let many: Vec<_> = (0..65).map(|_| ada.act(place_command(&place))).collect();
    let problem = ada.send_body(ada.batch(&many).to_string()).await.expect_err("too many");
    assert_eq!((problem.status, problem.slug()), (413, Some("too-large")));

    place.lines = vec![place.lines[0].clone(); 20_000];
    let huge = ada.act(place_command(&place));
    // More than the network holds on its way: a server that closed the door on it would not be heard.
    for _ in 0..20 {
        let problem = ada.send_body(ada.batch(std::slice::from_ref(&huge)).to_string()).await.expect_err("too large");
        assert_eq!((problem.status, problem.slug()), (413, Some("too-large")));
    }

    place.lines.truncate(101);
    let long = ada.act(place_command(&place));
    assert_eq!(refused(&ada.send_one(&long).await).code(), "malformed");
    assert_eq!(server.count(ORDERS).await, 0);
}

#[tokio::test]
async fn a_forged_price_is_held_and_never_charged() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let mut screen = ada.feed().await;
    let mut place = place(&ada.menu(LUCCIOLA).await);
    let true_price = place.lines[0].unit;
    place.lines[0].unit = Money { minor: 1, ..true_price };
    let forged = ada.act(place_command(&place));
    let outcome = ada.send_one(&forged).await;
    let Reason::Trade(Refusal::Order(OrderRefusal::Changed { after, .. })) = refused(&outcome) else {
        panic!("not held: {outcome:?}")
    };
    assert_eq!(*after, Some(true_price));
    assert_eq!(server.count(ORDERS).await, 0);
    let item = screen.until("the inbox item", |screen| screen.inbox().pop()).await;
    assert_eq!(item.reason.code(), "changed");

    place.lines[0].unit = true_price;
    let mut again = ada.act(place_command(&place));
    again.resolves = Some(item.id);
    again.after = vec![forged.id];
    assert_eq!(ada.send_one(&again).await, Outcome::Accepted);
    screen.until("an empty inbox", |screen| screen.inbox().is_empty().then_some(())).await;
    let mut second = ada.act(place_command(&support::place(&ada.menu(LUCCIOLA).await)));
    second.resolves = Some(item.id);
    assert_eq!(*refused(&ada.send_one(&second).await), Reason::AlreadySettled);
    assert_eq!(server.count(ORDERS).await, 1);
}

#[tokio::test]
async fn nobody_moves_what_is_not_theirs() {
    let server = Server::start();
    let (mut ada, mut ben) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "ben").await);
    let (mut lucciola, mut ginkgo) =
        (Person::sign_in(&server, "lucciola").await, Person::sign_in(&server, "ginkgo").await);
    let mut board = lucciola.feed().await;
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    board.until("the ticket", |board| board.tickets().pop()).await;

    let cancel = Command::Order(OrderCommand::Cancel { order: place.order, reason: "".into() });
    let edit = Command::Menu {
        restaurant: RestaurantId::from(LUCCIOLA),
        command: MenuCommand::SetSoldOut { item: place.lines[0].item.clone(), sold_out: true },
    };
    let orders = [place_command(&place), cancel, accept_command(place.order), edit];
    for (who, forbidden) in
        [(&mut ben, &orders[1..]), (&mut ada, &orders[2..]), (&mut ginkgo, &orders[..]), (&mut lucciola, &orders[..2])]
    {
        for command in forbidden {
            let act = who.act(command.clone());
            assert_eq!(*refused(&who.send_one(&act).await), Reason::NotAllowed, "{} {command:?}", who.account);
        }
    }
    assert!(ben.feed().await.order(place.order).is_none());
    assert!(ginkgo.feed().await.tickets().is_empty());
}

#[tokio::test]
async fn an_old_wish_is_stale_by_the_devices_own_clock() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let mut screen = ada.feed().await;
    let mut act = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    act.acted_at -= 3 * 60 * 60 * 1000;
    assert!(matches!(refused(&ada.send_one(&act).await), Reason::Stale { .. }));
    screen.until("the item", |screen| screen.inbox().pop()).await;

    // A clock that runs a day ahead changes nothing: both times are from it.
    let mut act = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    act.acted_at += 24 * 60 * 60 * 1000;
    let mut batch = ada.batch(&[act]);
    batch["sent_at"] = json!(now() + 24 * 60 * 60 * 1000 + 60_000);
    assert_eq!(ada.send_body(batch.to_string()).await.expect("an outcome")[0].outcome, Outcome::Accepted);
}

#[tokio::test]
async fn what_follows_a_refused_act_falls_with_it_and_a_cancel_takes_both_back() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let mut screen = ada.feed().await;
    let mut place = place(&ada.menu(LUCCIOLA).await);
    place.lines[0].unit.minor += 1;
    let held = ada.act(place_command(&place));
    let mut other = ada.act(place_command(&support::place(&ada.menu(LUCCIOLA).await)));
    other.after = vec![held.id];
    let mut early = ada.act(Command::Order(OrderCommand::Cancel { order: place.order, reason: "".into() }));
    early.after = vec![other.id];
    let answered = ada.send(&[early.clone()]).await;
    assert_eq!(answered[0].outcome, Outcome::NotYet, "what it follows is not decided");
    let answered = ada.send(&[held.clone(), other.clone()]).await;
    assert_eq!(refused(&answered[0].outcome).code(), "changed");
    assert_eq!(*refused(&answered[1].outcome), Reason::Predecessor(held.id));
    let item = screen.until("the item", |screen| screen.inbox().pop().filter(|item| !item.dependents.is_empty())).await;
    assert_eq!((item.id, item.dependents.len()), (held.id, 1));

    assert_eq!(ada.send_one(&early).await, Outcome::Accepted, "the cancel takes the held order back");
    screen.until("an empty inbox", |screen| screen.inbox().is_empty().then_some(())).await;
    screen.until("its final word", |screen| screen.ack(early.id).filter(|word| **word == Settled::Done).cloned()).await;
    assert_eq!(server.count(ORDERS).await, 0);
}

#[tokio::test]
async fn who_saw_more_than_the_server_is_told_to_come_again() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let screen = ada.feed().await;
    let mut act = ada.act_at(&screen, place_command(&place(&ada.menu(LUCCIOLA).await)));
    let saw = act.saw.expect("a place");
    act.saw = Some(Saw { position: Position(saw.position.0 + 1000), ..saw });
    assert_eq!(ada.send_one(&act).await, Outcome::Behind);
    assert_eq!(server.count("select count(*) from answer").await, 0, "it is not kept");
    act.saw = Some(Saw { epoch: Epoch(uuid::Uuid::now_v7()), position: Position(1 << 40), version: Version(7) });
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted, "another history's positions say nothing");
}

#[tokio::test]
async fn bytes_nonsense_and_too_many_words_end_the_talk_with_a_reason() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    for (message, code) in [
        (Message::binary(vec![1, 2, 3]), "bad-hello"),
        (Message::text("hello?"), "bad-hello"),
        (Message::text("x".repeat(100_000)), "bad-hello"),
        (Message::text(r#"{"protocol":1,"words":"of another time"}"#), UPDATE),
        (Message::text(r#"{"protocol":99,"words":"of another time"}"#), SERVER_OLDER),
        (
            Message::text(
                r#"{"protocol":2,"device":"00000000-0000-0000-0000-000000000000","account":"ben","cursor":null,"scopes":[],"unsettled":[]}"#,
            ),
            "signed-out",
        ),
    ] {
        let mut socket = ada.socket().await;
        socket.say(message).await;
        match socket.hear().await {
            Some(ServerMessage::Bye(bye)) => assert_eq!(bye.code, code),
            other => panic!("no reason was given, but {other:?}"),
        }
        assert!(socket.hear().await.is_none(), "it closes");
    }
    assert!(ada.feed().await.rows.len() > 10, "the server goes on");
}
