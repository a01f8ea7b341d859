//! What is remembered of a device, and who is told.

mod support;

use serde_json::{Value, json};
use support::*;
use sync::loss::Remembered;
use sync::protocol::Outcome;
use sync::{CommandId, DeviceId};
use uuid::Uuid;

const HEARD: &str = "select count(*) from device_holds";

/// `/api/device`, asked with a cookie.
async fn ask(server: &Server, cookie: &str) -> Option<Remembered> {
    let request = reqwest::Client::new().get(format!("{}/api/device", server.base)).header("cookie", cookie);
    request.send().await.expect("an answer").json().await.expect("JSON")
}

/// Has the server name a device; the whole cookie.
async fn name(server: &Server, device: DeviceId) -> String {
    let request = reqwest::Client::new().put(format!("{}/api/device", server.base));
    let answer = request.json(&json!({ "device": device })).send().await.expect("an answer");
    assert_eq!(answer.status(), 204);
    answer.headers()["set-cookie"].to_str().expect("text").to_owned()
}

fn pair(cookie: &str) -> String {
    cookie.split(';').next().expect("a pair").to_owned()
}

/// Waits until the server has noted `wanted` of a device; notes are written beside the answers.
async fn noted(server: &Server, device: DeviceId, wanted: Value) {
    let sql = format!("select json_object('seq', seq, 'open', json(open)) from device_holds where device = '{device}'");
    let look = async {
        loop {
            let found = server.texts(&sql).await;
            if found.first().is_some_and(|text| serde_json::from_str::<Value>(text).is_ok_and(|it| it == wanted)) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), look).await.expect("it is noted in time");
}

#[tokio::test]
async fn a_device_that_lost_everything_is_told_what_never_arrived() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let menu = ada.menu(LUCCIOLA).await;
    let (first, second) = (ada.act(place_command(&place(&menu))), ada.act(place_command(&place(&menu))));
    let cookie = name(&server, ada.device).await;
    for part in ["carryout-device-", "; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=34560000"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let mut body = ada.batch(std::slice::from_ref(&first));
    body["holds"] = json!({ "seq": 2, "open": [first.id, second.id] });
    let answered = ada.send_body(body.to_string()).await.expect("outcomes");
    assert_eq!(answered[0].outcome, Outcome::Accepted);
    noted(&server, ada.device, body["holds"].clone()).await;

    let known = ask(&server, &pair(&cookie)).await.expect("a device");
    assert_eq!((known.device, known.seq, known.waiting), (ada.device, 2, 2));
    assert_eq!(known.missing, [second.id], "the first one has arrived");
    assert!(known.heard_at.is_some());
    // What arrives later is not missing.
    assert_eq!(ada.send_one(&second).await, Outcome::Accepted);
    assert!(ask(&server, &pair(&cookie)).await.expect("a device").missing.is_empty());
}

#[tokio::test]
async fn only_who_has_the_device_s_cookie_is_told() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let open = CommandId(Uuid::now_v7());
    let mut body = ada.batch(&[]);
    body["holds"] = json!({ "seq": 1, "open": [open] });
    ada.send_body(body.to_string()).await.expect("an answer");
    noted(&server, ada.device, body["holds"].clone()).await;
    assert_eq!(ask(&server, "").await, None);
    let (status, answer) = ada.get("/api/device").await;
    assert_eq!((status, answer), (200, Value::Null), "to be signed in is not enough");
    let other = ask(&server, &pair(&name(&server, DeviceId(Uuid::new_v4())).await)).await.expect("a device");
    assert_eq!((other.waiting, other.heard_at), (0, None));
    let own = ask(&server, &pair(&name(&server, ada.device).await)).await.expect("a device");
    assert_eq!(own.missing, [open]);
}

#[tokio::test]
async fn the_same_again_is_not_written_again_and_old_devices_are_forgotten() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let holds = json!({ "seq": 7, "open": [CommandId(Uuid::now_v7())] });
    let say = async |ada: &Person| {
        let mut body = ada.batch(&[]);
        body["holds"] = holds.clone();
        ada.send_body(body.to_string()).await.expect("an answer");
        noted(&server, ada.device, holds.clone()).await;
    };
    say(&ada).await;
    let heard_at = server.texts("select cast(heard_at as text) from device_holds").await;
    say(&ada).await;
    let first = ada.device;
    ada.device = DeviceId(Uuid::now_v7());
    say(&ada).await;
    let of_first = format!("select cast(heard_at as text) from device_holds where device = '{first}'");
    assert_eq!(server.texts(&of_first).await, heard_at);
    for _ in 0..31 {
        ada.device = DeviceId(Uuid::now_v7());
        say(&ada).await;
    }
    assert_eq!(server.count(HEARD).await, 32);
    let of_the_first = format!("select count(*) from device_holds where device = '{first}'");
    assert_eq!(server.count(&of_the_first).await, 0, "the one that was heard longest ago");
}
