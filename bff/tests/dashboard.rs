//! The dashboard: an operator sees how the whole goes, by what happened and by how the parts are; and a monitoring system is told
//! the same as numbers.

mod support;

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use domain::Command;
use domain::ordering::{Destination, OrderCommand};
use domain::payment::{Card, Method};
use serde_json::{Value, json};
use support::*;
use sync::CommandId;
use sync::protocol::{Holds, Outcome};
use uuid::Uuid;

const DASHBOARD: &str = "/api/desk/dashboard";

/// The longest that is waited for: counts are taken once a second, and a fact is tried some times before it is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a service tries a fact, with the time after which it lays it aside.
const TRIES: u64 = 6;

/// Asks until what is said is so.
async fn sees(olga: &Person, what: &str, is: impl Fn(&Value) -> bool) -> Value {
    let look = async {
        loop {
            let (status, said) = olga.get(DASHBOARD).await;
            assert_eq!(status, 200, "{said}");
            if is(&said) {
                return said;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, look).await.unwrap_or_else(|_| panic!("the dashboard never said {what}"))
}

fn find<'a>(list: &'a Value, name: &str, value: &str) -> Option<&'a Value> {
    list.as_array().expect("a list").iter().find(|entry| entry[name] == value)
}

fn how<'a>(said: &'a Value, list: &str, name: &str) -> &'a str {
    find(&said[list], "name", name).and_then(|part| part["how"].as_str()).unwrap_or_default()
}

/// How often facts of a kind are counted on the day.
fn counted(said: &Value, kind: &str) -> i64 {
    find(&said["rates"], "kind", kind).and_then(|rate| rate["day"].as_i64()).unwrap_or(0)
}

/// An address that nobody uses.
fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address")
}

/// What a monitoring system is told.
async fn told(addr: SocketAddr) -> String {
    reqwest::get(format!("http://{addr}/metrics")).await.expect("it answers").text().await.expect("text")
}

/// The same once `what` is in it: what is kept is told a moment later.
async fn told_of(addr: SocketAddr, what: &str) -> String {
    let look = async {
        loop {
            let told = told(addr).await;
            if told.contains(what) {
                return told;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, look).await.unwrap_or_else(|_| panic!("nobody was told {what}"))
}

/// How many facts or reactions of a service's rule came to a step.
fn of_rule(told: &str, service: &str, rule: &str, step: &str) -> u64 {
    let line = format!(r#"carryout_pipeline_rule_total{{pipeline="{service}",rule="{rule}",step="{step}"}}"#);
    let number = told.lines().find_map(|told| told.strip_prefix(&line)?.trim().parse().ok());
    number.unwrap_or_else(|| panic!("{line} is not in\n{told}"))
}

async fn places(ada: &mut Person) -> domain::OrderId {
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    place.order
}

#[tokio::test]
async fn an_operator_sees_what_happens_which_orders_are_under_way_and_that_all_parts_are_well() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let olga = Person::sign_in(&server, "olga").await;
    let order = places(&mut ada).await;
    let said = sees(&olga, "the order", |said| counted(said, "order-numbered") == 1).await;
    for list in ["parts", "outside"] {
        for part in said[list].as_array().expect("a list") {
            assert!(["well", "absent"].contains(&part["how"].as_str().expect("a word")), "{part}");
        }
    }
    assert!(find(&said["parts"], "name", "ordering").is_some(), "every service is there: {said}");
    for reader in ["ordering", "live", "dashboard"] {
        let part = find(&said["parts"], "name", reader).expect("it is a task");
        assert!(part["behind"].is_u64(), "it is known how far {reader} has come: {part}");
    }
    assert_eq!(how(&said, "outside", "payments"), "absent", "nobody takes cards here");
    assert_eq!(counted(&said, "order-submitted"), 1);
    assert_eq!(said["orders"]["by_status"][0]["status"], "submitted");
    assert_eq!(said["orders"]["oldest"][0]["order"], order.to_string());
    assert!(said["store"]["truth_bytes"].as_i64().is_some_and(|bytes| bytes > 0), "{said}");
    assert_eq!(server.count("select count(*) from meta").await, 1);

    let cancel = ada.act(Command::Order(OrderCommand::Cancel { order, reason: "".into() }));
    assert_eq!(ada.send_one(&cancel).await, Outcome::Asked);
    let over = |said: &Value| counted(said, "order-cancelled") == 1 && said["orders"]["oldest"] == json!([]);
    sees(&olga, "that it is over", over).await;
}

#[tokio::test]
async fn nobody_else_is_shown_it() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    assert_eq!(ada.get(DASHBOARD).await.0, 403);
    let stranger = reqwest::get(format!("{}{DASHBOARD}", server.base)).await.expect("the server answers");
    assert_eq!(stranger.status(), 401);
}

#[tokio::test]
async fn counts_are_the_same_however_often_they_are_computed_and_of_the_history_that_is_there() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let olga = Person::sign_in(&server, "olga").await;
    for _ in 0..3 {
        places(&mut ada).await;
    }
    let numbered = |said: &Value| counted(said, "order-numbered") == 3;
    let before = sees(&olga, "three orders", numbered).await;
    let totals = |said: &Value| -> Vec<(Value, Value)> {
        let mut rates: Vec<_> = said["rates"].as_array().expect("a list").clone();
        rates.sort_by_key(|rate| rate["kind"].to_string());
        rates.into_iter().map(|rate| (rate["kind"].clone(), rate["day"].clone())).collect()
    };
    let mut server = server;
    // As it was; with the views gone; and with views whose place is lost, as an older release leaves it.
    for happens in ["nothing", "lost", "no place"] {
        server = server.restart_after(|data| {
            if happens == "lost" {
                for file in ["views.sqlite", "views.sqlite-wal", "views.sqlite-shm"] {
                    let _ = std::fs::remove_file(data.join(file));
                }
            }
        });
        if happens == "no place" {
            server.change_views("delete from checkpoint where name = 'dashboard'").await;
            server = server.restart();
        }
        let mut olga = olga.clone();
        olga.meet(&server);
        let after = sees(&olga, "three orders", numbered).await;
        assert_eq!(totals(&after), totals(&before), "{happens}");
        assert_eq!(after["orders"], before["orders"], "{happens}");
    }
}

#[tokio::test]
async fn a_fact_that_waits_to_be_tried_again_shows_at_its_service_and_nowhere_else() {
    let free = free();
    let server = Server::with_settings(vec![("CARRYOUT_METRICS_ADDR", free.to_string())]);
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let olga = Person::sign_in(&server, "olga").await;
    let order = places(&mut ada).await;
    sees(&olga, "its number", |said| counted(said, "order-numbered") == 1).await;
    spoil(&server, order).await;
    let accept = lucciola.act(accept_command(order));
    assert_eq!(lucciola.send_one(&accept).await, Outcome::Accepted);
    let said = sees(&olga, "that it waits", |said| how(said, "parts", "ordering") == "waits").await;
    assert_eq!(find(&said["parts"], "name", "ordering").expect("it is there")["parked"], 1);
    assert_eq!(how(&said, "parts", "kitchen"), "well");
    let told = told_of(free, r#"rule="ordering.follow-kitchen",step="parked"} 1"#).await;
    let follow_kitchen = |step| of_rule(&told, "ordering", "ordering.follow-kitchen", step);
    assert_eq!((follow_kitchen("failed"), follow_kitchen("parked")), (TRIES, 1), "{told}");
    assert_eq!(of_rule(&told, "kitchen", "kitchen.open-ticket", "failed"), 0);
}

#[tokio::test]
async fn a_bank_that_does_not_answer_shows_with_how_many_calls_wait_and_since_when() {
    let mut bank = Bank::start();
    let server = Server::with(&bank).await;
    let mut ada = Person::sign_in(&server, "ada").await;
    let olga = Person::sign_in(&server, "olga").await;
    assert_eq!(how(&sees(&olga, "anything", |_| true).await, "outside", "payments"), "well");
    bank.kill();
    let card = Method::Card(Card { token: "tok_succeeds".into(), label: "a card".into() });
    let place = domain::ordering::PlaceOrder {
        pays: card,
        destination: Destination::Collect,
        ..place(&ada.menu(LUCCIOLA).await)
    };
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let said = sees(&olga, "a bank at rest", |said| how(said, "outside", "payments") == "resting").await;
    let payments = find(&said["outside"], "name", "payments").expect("it is there");
    assert_eq!(payments["waiting"], 1);
    assert!(payments["oldest"].as_i64().is_some_and(|since| since <= said["at"].as_i64().unwrap_or(0)), "{payments}");
}

#[tokio::test]
async fn devices_are_counted_by_the_release_they_run_with_what_waits_on_them() {
    let server = Server::start();
    let olga = Person::sign_in(&server, "olga").await;
    let open = vec![CommandId(Uuid::now_v7()), CommandId(Uuid::now_v7())];
    for (name, release, open) in [("ada", "newer", vec![]), ("ben", "older", open)] {
        let mut person = Person::sign_in(&server, name).await;
        person.says = (release.to_owned(), Holds { seq: 7, open });
        person.feed().await;
        // What it sends later does not say which release it is.
        let place = place(&person.menu(LUCCIOLA).await);
        let act = person.act(place_command(&place));
        person.send_one(&act).await;
    }
    let told = |said: &Value, release: &str| find(&said["clients"], "release", release).cloned();
    let both = |said: &Value| told(said, "older").is_some() && told(said, "newer").is_some();
    let said = sees(&olga, "both releases", both).await;
    let older = told(&said, "older").expect("it is there");
    assert_eq!((&older["devices"], &older["waiting"]), (&json!(1), &json!(2)), "{older}");
    assert_eq!(told(&said, "newer").expect("it is there")["waiting"], 0);
}

#[tokio::test]
async fn a_monitoring_system_is_told_the_same_as_numbers_at_an_address_of_its_own() {
    let free = free();
    let server = Server::with_settings(vec![("CARRYOUT_METRICS_ADDR", free.to_string())]);
    let mut ada = Person::sign_in(&server, "ada").await;
    places(&mut ada).await;
    let olga = Person::sign_in(&server, "olga").await;
    sees(&olga, "its number", |said| counted(said, "order-numbered") == 1).await;
    let told = told(free).await;
    for line in [
        r#"carryout_acts_total{outcome="accepted"} 1"#,
        r#"carryout_reader_behind{reader="kitchen"} 0"#,
        r#"carryout_task_restarts_total{task="clock"} 0"#,
        "# TYPE carryout_commit_seconds histogram",
        r#"carryout_pipeline_rule_total{pipeline="kitchen""#,
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
    // It was submitted and its portions are held: of both follows something, and all of that is kept.
    let secure = |step| of_rule(&told, "fulfilment", "fulfilment.secure", step);
    assert_eq!((secure("seen"), secure("mapped"), secure("sunk")), (2, 2, 2), "{told}");
    assert_eq!((secure("filtered"), secure("failed"), secure("parked")), (0, 0, 0), "{told}");
    let page = reqwest::get(format!("{}/metrics", server.base)).await.expect("it answers");
    assert_ne!(page.headers()["content-type"], "text/plain; version=0.0.4", "people's own address does not tell it");
}
