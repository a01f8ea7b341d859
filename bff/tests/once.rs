//! Once: whatever is sent again, lost or killed, there is one order and one ticket.

mod support;

use support::*;
use sync::protocol::{Outcome, Settled};

const ORDERS: &str = "select count(*) from ordering_row";
const TICKETS: &str = "select count(*) from kitchen_row where key glob 'ticket/*'";

#[tokio::test]
async fn pain_03_the_same_act_five_times_and_at_once_is_one_order_and_one_ticket() {
    let server = Server::start();
    let (mut ada, lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let mut board = lucciola.feed().await;
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    for _ in 0..5 {
        assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    }
    let at_once: Vec<_> = (0..8).map(|_| ada.send_one(&act)).collect();
    assert!(futures::future::join_all(at_once).await.iter().all(|outcome| *outcome == Outcome::Accepted));
    let twice_in_one = ada.send(&[act.clone(), act.clone()]).await;
    assert!(twice_in_one.iter().all(|answered| answered.outcome == Outcome::Accepted));

    board.until("the ticket", |board| board.tickets().pop()).await;
    assert_eq!((server.count(ORDERS).await, server.count(TICKETS).await), (1, 1));
    assert_eq!(server.count("select count(*) from answer").await, 1);
    assert_eq!(server.count("select max(position) - count(*) from hub").await, 0, "positions have no gap");
}

#[tokio::test]
async fn two_devices_that_place_the_same_order_make_one() {
    let server = Server::start();
    let mut phone = Person::sign_in(&server, "ada").await;
    let mut tablet = Person::sign_in(&server, "ada").await;
    let place = place(&phone.menu(LUCCIOLA).await);
    let (first, second) = (phone.act(place_command(&place)), tablet.act(place_command(&place)));
    let outcomes = futures::join!(phone.send_one(&first), tablet.send_one(&second));
    let refusals: Vec<_> =
        [&outcomes.0, &outcomes.1].into_iter().filter(|outcome| **outcome != Outcome::Accepted).collect();
    assert_eq!(refusals.len(), 1);
    assert_eq!(refused(refusals[0]).code(), "already-placed");
    assert_eq!(server.count(ORDERS).await, 1);
}

#[tokio::test]
async fn an_id_that_comes_back_with_another_body_is_a_conflict_and_changes_nothing() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut other = act.clone();
    other.acted_at += 1;
    let fresh = ada.act(place_command(&support::place(&ada.menu(LUCCIOLA).await)));
    let problem = ada.send_body(ada.batch(&[fresh, other]).to_string()).await.expect_err("a conflict");
    assert_eq!((problem.status, problem.slug()), (409, Some("id-reused")));
    assert_eq!(server.count(ORDERS).await, 1, "the act before it in the request was not kept either");
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted, "the first body still has its answer");
}

#[tokio::test]
async fn killed_between_commit_and_answer_nothing_is_lost_or_doubled() {
    let mut server = Server::that_crashes_after_commit(1);
    let mut ada = Person::sign_in(&server, "ada").await;
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    let body = ada.batch(std::slice::from_ref(&act)).to_string();
    assert!(ada.try_send(body).await.is_err(), "the answer never leaves");
    server.wait();

    let server = server.restart();
    ada.meet(&server);
    let lucciola = Person::sign_in(&server, "lucciola").await;
    let mut board = lucciola.feed().await;
    board.until("the ticket of the order that nobody was told of", |board| board.tickets().pop()).await;
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut screen = ada.feed_from(None, vec![], vec![act.id]).await;
    screen.until("its final word", |screen| screen.ack(act.id).filter(|word| **word == Settled::Done).cloned()).await;
    assert_eq!((server.count(ORDERS).await, server.count(TICKETS).await), (1, 1));
}

#[tokio::test]
async fn the_answer_can_be_asked_for_by_its_own_person_only() {
    let server = Server::start();
    let (mut ada, ben) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "ben").await);
    let act = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    let path = format!("/api/commands/{}", act.id);
    assert_eq!(ada.get(&path).await.0, 404);
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let (code, answer) = ada.get(&path).await;
    assert_eq!((code, answer["outcome"].as_str()), (200, Some("accepted")));
    assert_eq!(ben.get(&path).await.0, 404);
}
