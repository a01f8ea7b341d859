//! Where a driver was last seen, over HTTP: told while they are at work with somebody's meal, to whoever waits for it, and kept
//! nowhere.

mod support;

use domain::delivery::{DriverCommand, ErrandCommand};
use domain::kitchen::TicketCommand;
use domain::{Command, OrderId};
use serde_json::{Value, json};
use support::town::{Driver, Town};
use support::{Person, problem};

const PLACE: &str = "/api/drive/place";

async fn tells(driver: &Driver, at: Value) -> reqwest::Response {
    driver.person.post(PLACE, &json!({ "at": at })).await
}

async fn asks(person: &Person, order: OrderId) -> (u16, Value) {
    person.get(&format!("/api/deliveries/{order}/driver")).await
}

/// Dora has Ada's meal in her bag.
async fn on_her_way() -> (Town, OrderId) {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    (town, order)
}

#[tokio::test]
async fn who_waits_for_a_meal_is_told_where_its_driver_is_and_nobody_else_is() {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    assert_eq!(tells(&town.dora, json!([52.5, 13.4])).await.status(), 200);
    assert_eq!(asks(&town.ada, order).await, (200, Value::Null), "on the way to the kitchen it is nobody's business");
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    assert_eq!(tells(&town.dora, json!([52.516_284_91, 13.377_707_3])).await.status(), 200);
    let (status, seen) = asks(&town.ada, order).await;
    assert_eq!((status, &seen["at"]), (200, &json!([52.5163, 13.3777])), "to a house and not to a room");
    assert!((0..60_000).contains(&seen["ago_ms"].as_i64().expect("milliseconds")), "{seen}");
    let ben = Person::sign_in(&town.server, "ben").await;
    let olga = Person::sign_in(&town.server, "olga").await;
    for stranger in [&ben, &olga, &town.cook, &town.dora.person] {
        assert_eq!(asks(stranger, order).await.0, 404, "{}", stranger.account);
    }
    let others = town.ada.get("/api/deliveries/0190b7a0-0000-7000-8000-000000000000/driver").await;
    assert_eq!(others.0, 404);
    town.dora.reports(ErrandCommand::Deliver { order }).await;
    assert_eq!(asks(&town.ada, order).await, (200, Value::Null), "it is brought");
    town.ada.sign_out().await;
    assert_eq!(asks(&town.ada, order).await.0, 401);
}

#[tokio::test]
async fn who_is_off_duty_is_seen_nowhere_also_with_a_meal_in_the_bag() {
    let (mut town, order) = on_her_way().await;
    assert_eq!(tells(&town.dora, json!([52.5, 13.4])).await.status(), 200);
    let driver = town.dora.person.account.clone();
    town.dora.gives(Command::Driver(DriverCommand::GoOffDuty { driver })).await;
    assert_eq!(asks(&town.ada, order).await, (200, Value::Null));
    let why = problem(tells(&town.dora, json!([52.5, 13.4])).await).await;
    assert_eq!(why, (409, "not-on-duty".into()));
    let ada = town.ada.post(PLACE, &json!({ "at": [52.5, 13.4] })).await;
    assert_eq!(problem(ada).await, (409, "not-on-duty".into()), "who is no driver is never on duty");
}

#[tokio::test]
async fn a_place_is_in_no_file_and_not_in_the_next_server() {
    let (mut town, order) = on_her_way().await;
    assert_eq!(tells(&town.dora, json!([52.123_4, 13.432_1])).await.status(), 200);
    assert_eq!(asks(&town.ada, order).await.1["at"], json!([52.1234, 13.4321]));
    let files = std::fs::read_dir(town.server.data.path()).expect("a folder").map(|file| file.expect("a file").path());
    let files: Vec<_> = files.filter_map(|file| std::fs::read(file).ok()).collect();
    let hold = |text: &str| files.iter().any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()));
    assert!(hold(&order.to_string()), "what is written down is found");
    assert!(!hold("52.1234"));
    town.server = town.server.restart();
    town.ada.meet(&town.server);
    assert_eq!(asks(&town.ada, order).await, (200, Value::Null));
}

#[tokio::test]
async fn what_is_no_place_or_too_often_is_refused_and_says_why() {
    let (town, order) = on_her_way().await;
    assert_eq!(tells(&town.dora, json!([52.5, 13.4])).await.status(), 200);
    for nowhere in [json!([91.0, 13.4]), json!([52.5, -180.1])] {
        assert_eq!(problem(tells(&town.dora, nowhere).await).await, (422, "no-such-place".into()));
    }
    for garbage in [json!([52.5]), json!("here"), json!(["52", "13"]), Value::Null] {
        assert_eq!(tells(&town.dora, garbage).await.status(), 422);
    }
    assert_eq!(asks(&town.ada, order).await.1["at"], json!([52.5, 13.4]), "what was told before stands");
    let mut answers = vec![];
    for _ in 0..12 {
        answers.push(tells(&town.dora, json!([52.6, 13.4])).await.status().as_u16());
    }
    assert!(answers.contains(&200) && answers.ends_with(&[429]), "{answers:?}");
}
