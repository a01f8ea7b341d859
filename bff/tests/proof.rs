//! Photos, signatures and words from the door, over HTTP: on their own delivery, for whoever may see them, and for no longer than
//! that.

mod support;

use domain::account::PersonCommand;
use domain::delivery::proof::{KEPT_MS, PHOTO_BYTES_MAX, WORD_BYTES_MAX};
use domain::delivery::{ErrandCommand, Hitch, Proof};
use domain::id::{case_key, errand_key};
use domain::kitchen::TicketCommand;
use domain::{Command, OrderId};
use reqwest::Response;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use support::town::{Driver, Town, row};
use support::{Feed, Person, bff, facts_add_up_to_rows, now, problem, sign_in};
use uuid::Uuid;

const JPEG: &str = "image/jpeg";

/// A photo, as far as its first bytes and its size go; no two numbers are the same.
fn photo(number: u8, bytes: usize) -> Vec<u8> {
    let noise =
        (0..bytes).map(|place| (place as u64 + 1).wrapping_mul(0x9e37_79b9 * (u64::from(number) + 1)).to_le_bytes()[3]);
    [0xff, 0xd8, 0xff, 0xe0].into_iter().chain(noise).take(bytes).collect()
}

fn path(order: OrderId, id: Uuid) -> String {
    format!("/api/deliveries/{order}/proofs/{id}")
}

async fn brings(driver: &Driver, order: OrderId, id: Uuid, bytes: Vec<u8>) -> Response {
    driver.person.put(&format!("{}?kind=photo", path(order, id)), JPEG, bytes).await
}

async fn delivered(town: &mut Town) -> OrderId {
    let order = town.gives_dora_a_meal().await;
    ends(town, order).await;
    order
}

async fn ends(town: &mut Town, order: OrderId) {
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    town.dora.reports(ErrandCommand::Deliver { order }).await;
}

/// What the customer's screen knows of the order's proofs.
async fn shown(town: &mut Town, order: OrderId, count: usize) -> Vec<Proof> {
    let all = |screen: &Feed| screen.order(order).map(|order| order.proofs.clone()).filter(|all| all.len() == count);
    town.screen.until("its proofs", all).await
}

#[tokio::test]
async fn each_photo_is_on_its_own_delivery_and_read_by_its_customer_its_driver_and_the_desk() {
    let mut town = Town::new().await;
    let first = delivered(&mut town).await;
    let second = town.orders().await;
    town.dora.fetches(second).await;
    ends(&mut town, second).await;

    let photos = [photo(1, 900_000), photo(2, 60_000)];
    let ids = [Uuid::now_v7(), Uuid::now_v7()];
    for ((order, id), bytes) in [first, second].into_iter().zip(ids).zip(&photos) {
        assert_eq!(brings(&town.dora, order, id, bytes.clone()).await.status(), 201);
        assert_eq!(brings(&town.dora, order, id, bytes.clone()).await.status(), 200, "the same again is no news");
    }
    for ((order, id), bytes) in [first, second].into_iter().zip(ids).zip(&photos) {
        let [proof] = <[Proof; 1]>::try_from(shown(&mut town, order, 1).await).expect("one");
        let hash = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!((proof.id.0, proof.bytes as usize, proof.hash), (id, bytes.len(), Some(hash)));
        let olga = Person::sign_in(&town.server, "olga").await;
        for may in [&town.ada, &town.dora.person, &olga] {
            let answer = may.ask(&path(order, id)).await;
            assert_eq!(answer.status(), 200, "{}", may.account);
            let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
            assert_eq!(header("content-type"), JPEG);
            assert!(header("cache-control").starts_with("private"));
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert!(header("content-security-policy").starts_with("sandbox;"));
            assert_eq!(answer.bytes().await.expect("a photo"), *bytes);
        }
    }
    let ben = Person::sign_in(&town.server, "ben").await;
    let emil = Person::sign_in(&town.server, "emil").await;
    for may_not in [&ben, &emil, &town.cook] {
        assert_eq!(may_not.ask(&path(first, ids[0])).await.status(), 404, "{}", may_not.account);
    }
    assert_eq!(town.ada.ask(&path(first, ids[1])).await.status(), 404, "of the other door");
    town.ada.sign_out().await;
    assert_eq!(town.ada.ask(&path(first, ids[0])).await.status(), 401);

    let facts = town.server.texts("select fact from hub where kind = 'delivery-proved'").await;
    assert_eq!(facts.len(), 2);
    assert!(facts.iter().all(|fact| fact.len() < 4_000), "no bytes are in a fact");
    facts_add_up_to_rows(&town.server).await;
}

#[tokio::test]
async fn the_status_comes_first_and_only_who_had_the_meal_brings_a_proof() {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    let (id, bytes) = (Uuid::now_v7(), photo(1, 1_000));
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    let early = problem(brings(&town.dora, order, id, bytes.clone()).await).await;
    assert_eq!(early, (412, "not-delivered-yet".into()), "it is tried again");
    let nowhere = problem(brings(&town.dora, OrderId(Uuid::now_v7()), id, bytes.clone()).await).await;
    assert_eq!(nowhere, (412, "no-such-delivery".into()), "a server that was restored is told again");
    town.dora.reports(ErrandCommand::Deliver { order }).await;

    let emil = Driver::sign_in(&town.server, "emil").await;
    let strange = problem(brings(&emil, order, id, bytes.clone()).await).await;
    assert_eq!(strange, (403, "not-your-delivery".into()));
    let of_the_customer = town.ada.put(&format!("{}?kind=photo", path(order, id)), JPEG, bytes.clone()).await;
    assert_eq!(problem(of_the_customer).await, (403, "not-your-delivery".into()));
    // Emil's phone with Dora's session.
    let mut other = town.dora.person.clone();
    other.account = "emil".into();
    let of_another = other.put(&format!("{}?kind=photo", path(order, id)), JPEG, bytes.clone()).await;
    assert_eq!(problem(of_another).await, (401, "other-account".into()));
    assert_eq!(town.server.count("select count(*) from delivery_proof").await, 0);
    assert_eq!(brings(&town.dora, order, id, bytes).await.status(), 201);
    let other_bytes = problem(brings(&town.dora, order, id, photo(2, 1_000)).await).await;
    assert_eq!(other_bytes, (409, "id-reused".into()));
    town.dora.person.sign_out().await;
    assert_eq!(problem(brings(&town.dora, order, id, photo(1, 1_000)).await).await, (401, "signed-out".into()));
}

#[tokio::test]
async fn what_is_too_large_or_not_what_it_says_is_refused_and_says_why() {
    let mut town = Town::new().await;
    let order = delivered(&mut town).await;
    let of = |kind: &str| format!("{}?kind={kind}", path(order, Uuid::now_v7()));
    let dora = &town.dora.person;
    let png = b"\x89PNG\r\n\x1a\n0000".to_vec();
    for (kind, medium, bytes, status, slug) in [
        ("photo", JPEG, photo(1, PHOTO_BYTES_MAX + 1), 413, "too-large"),
        ("photo", JPEG, png.clone(), 415, "wrong-form"),
        ("photo", JPEG, b"<svg onload=alert(1)>".to_vec(), 415, "wrong-form"),
        ("photo", "image/svg+xml", b"<svg/>".to_vec(), 415, "wrong-form"),
        ("photo", "text/html", b"<script>".to_vec(), 415, "wrong-form"),
        ("signature", JPEG, photo(1, 100), 415, "wrong-form"),
        ("video", JPEG, photo(1, 100), 415, "wrong-form"),
        ("word", "text/plain", vec![b'a'; WORD_BYTES_MAX + 1], 413, "too-large"),
        ("word", "text/plain", vec![], 415, "wrong-form"),
    ] {
        let refused = dora.put(&of(kind), medium, bytes).await;
        assert_eq!(problem(refused).await, (status, slug.into()), "{kind} as {medium}");
    }
    assert_eq!(town.server.count("select count(*) from delivery_proof").await, 0);
    for (kind, medium, bytes) in [
        ("photo", JPEG, photo(1, PHOTO_BYTES_MAX)),
        ("signature", "image/png", png),
        ("word", "text/plain;charset=UTF-8", "left with Frau Gr\u{fc}n".as_bytes().to_vec()),
    ] {
        assert_eq!(dora.put(&of(kind), medium, bytes).await.status(), 201, "{kind}");
    }
    let proofs = shown(&mut town, order, 3).await;
    assert!(proofs[2].hash.is_none() && proofs[0].hash.is_some(), "a word cannot be guessed by its hash");
    let word = town.ada.ask(&path(order, proofs[2].id.0)).await;
    assert_eq!(word.headers()["content-type"], "text/plain; charset=utf-8");
    assert_eq!(word.text().await.expect("a word"), "left with Frau Gr\u{fc}n");
}

#[tokio::test]
async fn a_proof_of_a_meal_that_was_brought_in_vain_is_with_the_case() {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    let hitch = Hitch::NobodyThere;
    town.dora.reports(ErrandCommand::Fail { order, reason: "nobody opens".into(), hitch }).await;
    let id = Uuid::now_v7();
    assert_eq!(brings(&town.dora, order, id, photo(1, 1_000)).await.status(), 201);
    let olga = Person::sign_in(&town.server, "olga").await;
    let proofs = |desk: &Feed| row(desk, &case_key(order))?.as_case().filter(|case| !case.proofs.is_empty()).cloned();
    let case = olga.feed().await.until("the photo", proofs).await;
    assert_eq!(case.proofs[0].id.0, id);
}

#[tokio::test]
async fn what_is_answered_outlives_the_server_and_what_is_a_month_old_does_not() {
    let mut town = Town::new().await;
    let order = delivered(&mut town).await;
    let (id, bytes) = (Uuid::now_v7(), photo(1, 5_000));
    assert_eq!(brings(&town.dora, order, id, bytes.clone()).await.status(), 201);
    town.server = town.server.restart();
    for person in [&mut town.ada, &mut town.dora.person] {
        person.meet(&town.server);
    }
    assert_eq!(town.ada.ask(&path(order, id)).await.bytes().await.expect("a photo"), bytes);
    assert_eq!(brings(&town.dora, order, id, bytes).await.status(), 200);

    let old = now() - KEPT_MS;
    town.server.change(&format!("update delivery_proof set kept_at = {old}")).await;
    assert_eq!(town.ada.ask(&path(order, id)).await.status(), 404, "at once");
    town.server = town.server.restart();
    town.server.until("select count(*) from delivery_proof", 0).await;
    // The delivery itself is as old by now.
    town.dora.person.meet(&town.server);
    let sql = format!(
        "update delivery_row set body = json_set(body, '$.errand.since', {old}) where key = 'delivery/{order}'"
    );
    town.server.change(&sql).await;
    let late = problem(brings(&town.dora, order, Uuid::now_v7(), photo(2, 100)).await).await;
    assert_eq!(late, (410, "too-late".into()));
}

#[tokio::test]
async fn who_is_erased_takes_the_pictures_of_their_door_along_also_out_of_a_backup() {
    let mut town = Town::new().await;
    let order = delivered(&mut town).await;
    let (id, mark) = (Uuid::now_v7(), b"quokka at the door".repeat(40));
    let bytes = [photo(1, 100), mark].concat();
    assert_eq!(brings(&town.dora, order, id, bytes).await.status(), 201);
    let seal = "select hex(sealed) from delivery_proof";
    assert!(!town.server.texts(seal).await[0].contains(&hex("quokka")), "it lies sealed");
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("monday.backup");
    let name = file.to_str().expect("UTF-8").to_owned();
    let (copied, said) = bff(town.server.data.path(), &["backup", "--to", &name]);
    assert!(copied, "{said}");

    town.sees("the end", order, |order| order.paid == domain::payment::Paid::Charged).await;
    let act = town.ada.act(Command::Person(PersonCommand::Erase { person: town.ada.account.clone() }));
    town.ada.send_one(&act).await;
    town.server.until("select count(*) from timer where key = 'person/ada'", 1).await;
    town.server.change("update timer set due_at = 1 where key glob 'person/*'").await;
    town.server = town.server.restart();
    town.server.until("select count(*) from delivery_proof", 0).await;
    let dora = Driver::sign_in(&town.server, "dora").await;
    let olga = Person::sign_in(&town.server, "olga").await;
    for gone in [&dora.person, &olga] {
        assert_eq!(gone.ask(&path(order, id)).await.status(), 404, "{}", gone.account);
    }
    town.server.until("select count(*) from hub where kind = 'delivery-erased'", 1).await;
    let late = problem(brings(&dora, order, Uuid::now_v7(), photo(2, 100)).await).await;
    assert_eq!(late, (410, "customer-erased".into()));

    // Monday's backup has the bytes, and nobody has the key.
    town.server = town.server.restart_after(|data| {
        let (restored, said) = bff(data, &["restore", "--from", &name]);
        assert!(restored, "{said}");
    });
    let olga = Person::sign_in(&town.server, "olga").await;
    assert_eq!(olga.ask(&path(order, id)).await.status(), 404);
    town.server.until("select count(*) from delivery_proof", 0).await;
    assert_eq!(sign_in(&town.server, "ada").await.status(), 410);
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02X}")).collect()
}

#[tokio::test]
async fn one_that_comes_twice_at_once_is_one() {
    let mut town = Town::new().await;
    let order = delivered(&mut town).await;
    let (id, bytes) = (Uuid::now_v7(), photo(1, 300_000));
    let answers = [0; 4].map(|_| brings(&town.dora, order, id, bytes.clone()));
    let mut statuses: Vec<u16> =
        futures::future::join_all(answers).await.iter().map(|answer| answer.status().as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 201]);
    assert_eq!(shown(&mut town, order, 1).await[0].id.0, id);
    assert_eq!(town.server.count("select count(*) from hub where kind = 'delivery-proved'").await, 1);
    let told: Value =
        serde_json::from_str(&town.server.texts("select fact from hub where kind = 'delivery-proved'").await[0])
            .expect("a fact");
    assert_eq!(told["partition_key"], errand_key(order).0);
}
