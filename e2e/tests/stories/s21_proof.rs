//! Scenario 21: a driver takes a photo of 4 MB and a signature where there is no network, for two doors. Each lands on its own
//! delivery, after its status, also when the phone was locked or died in between.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use e2e::{Browser, Cart, Customer, Driver, Engine, Kitchen, Request, World};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const CART: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const ADDRESSES: [&str; 2] = ["Torstra\u{df}e 1, Berlin", "Linienstra\u{df}e 2, Berlin"];
const COMMANDS: &str = "POST /api/commands";
const PROOFS: &str = "PUT /api/deliveries/";

/// Where the photo was taken, as a camera writes it beside the picture.
const PLACE: &str = "52.5200N 13.4050E quokka";

/// The largest that is sent of a photo.
const SENT_MAX: usize = 2 * 1024 * 1024;

/// A picture of noise, which no packing makes small.
const NOISE: &str = "
    const [done] = arguments;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2400, 1800];
    const pen = canvas.getContext('2d');
    const picture = pen.createImageData(2400, 1800);
    const words = new Uint32Array(picture.data.buffer);
    let seed = 7;
    for (let at = 0; at < words.length; at++) {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        const grey = 96 + (seed >>> 26);
        words[at] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
    }
    pen.putImageData(picture, 0, 0);
    canvas.toBlob(blob => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result.split(',')[1]);
        reader.readAsDataURL(blob);
    }, 'image/jpeg', 0.97);
";

/// What the page gets at an address, as its SHA-256 in hexadecimal digits.
const FETCHED: &str = "
    const [path, done] = arguments;
    fetch(path).then(async answer => {
        const hash = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer());
        const hex = [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('');
        done({ status: answer.status, hash: hex });
    }, error => done({ error: String(error) }));
";

#[tokio::test]
async fn what_was_taken_in_a_tunnel_lands_on_its_own_delivery_after_its_status() -> Result<()> {
    two_doors(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_what_was_taken_in_a_tunnel_lands_on_its_own_delivery_after_its_status() -> Result<()> {
    two_doors(Engine::Firefox).await
}

async fn two_doors(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut dora = world.driver("dora").await?;
    dora.signed_in_days_ago().await?;
    dora.goes_on_duty().await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    let (ada, ben) = (world.phone("ada").await?, world.phone("ben").await?);
    let folder = tempfile::tempdir()?;
    let photo = photo_of_4_mb(ada.browser(), folder.path()).await?;
    let mut orders = vec![];
    for (customer, address) in [&ada, &ben].into_iter().zip(ADDRESSES) {
        customer.signs_in().await?;
        orders.push(a_meal_to_bring(customer, address, &kitchen, &dora).await?);
    }
    let [first, second] = <[String; 2]>::try_from(orders).expect("two");
    dora.is_ready_for_offline().await?;

    dora.network().cut();
    dora.is_cut_off().await?;
    for order in [&first, &second] {
        brings(&dora, order).await?;
    }
    dora.has_waiting(4).await?;
    dora.photographs(&first, &photo).await?;
    dora.has_signed(&second).await?;
    dora.says_how(&second, "Frau Gr\u{fc}n, 2nd floor").await?;
    dora.has_waiting(7).await?;
    dora.dies()?;
    dora.starts("/drive").await?;
    dora.has_waiting(7).await?;
    for (order, kind) in [(&first, "photo"), (&second, "signature"), (&second, "word")] {
        dora.sees_proof(order, kind, "saved").await?;
    }

    // The answer to the photo is lost: it is brought once more, and is there once.
    dora.network().lose_answers(&format!("{PROOFS}{first}"), 1);
    dora.network().rough_weather();
    dora.has_waiting(0).await?;
    for (order, kind) in [(&first, "photo"), (&second, "signature"), (&second, "word")] {
        dora.sees_proof(order, kind, "sent").await?;
    }
    ensure!(dora.browser().indexed_db("carryout-attachments", "bytes").await?.is_empty(), "bytes stay on the phone");

    let requests = dora.network().requests("");
    let statuses = each_follows_its_status(&requests, &[&first, &second])?;
    ensure!(statuses == 2, "{statuses} statuses were sent");
    let photos = dora.network().requests(&format!("{PROOFS}{first}"));
    ensure!(photos.len() >= 2 && photos.iter().all(|photo| photo.body == photos[0].body), "the same bytes again");
    let sent = &photos[0].body;
    ensure!(sent.starts_with(&[0xff, 0xd8, 0xff]) && sent.len() <= SENT_MAX, "{} bytes were sent", sent.len());
    ensure!(!holds(sent, PLACE.as_bytes()) && holds(&std::fs::read(&photo)?, PLACE.as_bytes()), "where it was taken");

    let mut known = vec![];
    for (customer, order, kinds) in [(&ada, &first, &["photo"][..]), (&ben, &second, &["signature", "word"])] {
        customer.opens(&format!("/orders/{order}")).await?;
        customer.sees_order(order, "delivered").await?;
        for kind in kinds {
            let path = sees_proof_of(customer, order, kind).await?;
            let brought = dora.network().requests(&format!("PUT {path}"));
            let hash = Sha256::digest(&brought.first().context("it was brought")?.body);
            let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            let fetched = customer.browser().client().execute_async(FETCHED, vec![json!(path)]).await?;
            ensure!(fetched == json!({ "status": 200, "hash": hash }), "{kind} of {order}: {fetched} is not {hash}");
            known.push((customer.name().to_owned(), path));
        }
    }
    for (owner, path) in &known {
        let other = if owner == ada.name() { &ben } else { &ada };
        let fetched = other.browser().client().execute_async(FETCHED, vec![json!(path)]).await?;
        ensure!(fetched["status"] == 404, "{} sees {owner}'s door: {fetched}", other.name());
    }
    ensure!(world.server.told("delivery-proved").await? == [&*first, &*second, &*second], "each once, on its own");
    world.end(&[ada.browser(), ben.browser(), kitchen.browser(), dora.browser()]).await
}

/// The phone is locked in the middle: it stands still from the tap on, hears no answer, and goes on when it is woken.
#[tokio::test]
async fn a_phone_that_was_locked_brings_the_photo_when_it_is_woken() -> Result<()> {
    let world = World::start().await?;
    let dora = world.driver("dora").await?;
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let folder = tempfile::tempdir()?;
    let photo = photo_of_4_mb(ada.browser(), folder.path()).await?;
    let order = a_meal_to_bring(&ada, ADDRESSES[0], &kitchen, &dora).await?;
    dora.opens("/drive?debug").await?;
    dora.is_online().await?;
    dora.is_ready_for_offline().await?;
    dora.network().cut();
    dora.is_cut_off().await?;
    brings(&dora, &order).await?;
    dora.photographs(&order, &photo).await?;
    dora.browser().says("carryout.freeze()").await?;
    let before = dora.network().requests(COMMANDS).len();
    dora.network().restore();
    // Somebody else's phone is served meanwhile; this one does nothing.
    ada.opens(&format!("/orders/{order}")).await?;
    ada.is_online().await?;
    ensure!(dora.network().requests(PROOFS).is_empty(), "a locked phone sent a photo");
    ensure!(dora.network().requests(COMMANDS).len() == before, "a locked phone sent an act");
    dora.browser().says("carryout.freeze(false)").await?;
    dora.sees_proof(&order, "photo", "sent").await?;
    dora.has_waiting(0).await?;
    each_follows_its_status(&dora.network().requests(""), &[&order])?;
    sees_proof_of(&ada, &order, "photo").await?;
    ensure!(world.server.told("delivery-proved").await? == [order]);
    world.end(&[ada.browser(), kitchen.browser(), dora.browser()]).await
}

/// The power goes in the middle of a write, twice, and the browser throws all databases of the site away: what was saved is found
/// again in the second place where it is kept, and lands where it belongs.
#[tokio::test]
async fn a_photo_outlives_a_browser_that_throws_its_databases_away() -> Result<()> {
    let world = World::start().await?;
    let mut dora = world.driver("dora").await?;
    dora.signed_in_days_ago().await?;
    dora.goes_on_duty().await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    let folder = tempfile::tempdir()?;
    let photo = photo_of_4_mb(ada.browser(), folder.path()).await?;
    ada.signs_in().await?;
    let order = a_meal_to_bring(&ada, ADDRESSES[0], &kitchen, &dora).await?;
    dora.is_ready_for_offline().await?;
    dora.network().cut();
    dora.is_cut_off().await?;
    brings(&dora, &order).await?;
    dora.photographs(&order, &photo).await?;
    for _ in ["now", "and again"] {
        dora.dies()?;
        dora.browser().tears_the_log()?;
        dora.starts("/drive").await?;
    }
    dora.has_waiting(3).await?;
    dora.sees_proof(&order, "photo", "saved").await?;
    dora.network().rough_weather();
    dora.sees_proof(&order, "photo", "sent").await?;
    dora.has_waiting(0).await?;
    ada.opens(&format!("/orders/{order}")).await?;
    sees_proof_of(&ada, &order, "photo").await?;
    ensure!(world.server.told("delivery-proved").await? == [order]);
    let is_empty = "caches.open('carryout-attachments-twin').then(async twin => (await twin.keys()).length === 0)";
    dora.browser().comes_to(is_empty).await?;
    world.end(&[ada.browser(), kitchen.browser(), dora.browser()]).await
}

/// A proof that the server does not take says why, on the card and in the outbox, and holds up no other; one of a driver who hands
/// the phone over is neither seen nor sent by the next.
#[tokio::test]
async fn what_is_not_taken_says_why_and_nobody_else_brings_it() -> Result<()> {
    let world = World::start().await?;
    let dora = world.driver("dora").await?;
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = a_meal_to_bring(&ada, ADDRESSES[0], &kitchen, &dora).await?;
    brings(&dora, &order).await?;
    let called_off = r#"{"type":"https://carryout.example/problems/called-off","title":"called off","status":410}"#;
    let length = called_off.len();
    let answer = format!(
        "HTTP/1.1 410 Gone\r\ncontent-type: application/problem+json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{called_off}"
    );
    dora.network().answer(PROOFS, 1, &answer);
    dora.says_how(&order, "Left at the door").await?;
    dora.sees_proof(&order, "word", "ended").await?;
    dora.has_waiting(0).await?;
    dora.opens("/drive/outbox").await?;
    dora.browser().wait_text("[data-test=proof-ended]", "called off").await?;

    // She signs out in a tunnel of the server's: what she has yet to bring stays hers.
    dora.opens("/drive").await?;
    dora.network().refuse(PROOFS, usize::MAX);
    dora.has_signed(&order).await?;
    dora.has_waiting(1).await?;
    dora.opens("/drive/sign-in").await?;
    dora.browser().click("[data-test=sign-out]").await?;
    dora.browser().wait("[name=account]").await?;
    dora.network().heal();
    for (field, text) in [("account", "emil"), ("password", "carryout")] {
        dora.browser().fill(&format!("[name={field}]"), text).await?;
    }
    dora.browser().click("[data-test=sign-in]").await?;
    dora.is_online().await?;
    dora.opens("/drive/outbox").await?;
    dora.is_online().await?;
    dora.has_waiting(0).await?;
    ensure!(dora.browser().count("[data-test=proof]").await? == 0, "somebody else's door");
    let kept = dora.attachments().await?;
    let stages: Vec<&Value> = kept.iter().map(|kept| &kept["stage"]).collect();
    ensure!(kept.len() == 2 && stages.contains(&&json!("free")), "hers is kept: {stages:?}");
    ensure!(world.server.told("delivery-proved").await?.is_empty());

    // She is back: what was refused she has tried again, and all of it arrives.
    dora.opens("/drive/sign-in").await?;
    dora.browser().click("[data-test=sign-out]").await?;
    dora.browser().wait("[name=account]").await?;
    dora.signs_in().await?;
    dora.has_waiting(0).await?;
    dora.opens("/drive/outbox").await?;
    dora.browser().click("[data-test=proof-again]").await?;
    dora.browser().wait("[data-test=proof][data-kind=word][data-stage=sent]").await?;
    ensure!(world.server.told("delivery-proved").await? == [&*order, &*order]);
    world.end(&[ada.browser(), kitchen.browser(), dora.browser()]).await
}

/// An order to the door that Dora has taken, and that is ready.
async fn a_meal_to_bring(ada: &Customer, address: &str, kitchen: &Kitchen, dora: &Driver) -> Result<String> {
    let order = ada.orders_to_the_door(&CART, "tok_succeeds", address).await?;
    dora.is_offered(&order).await?;
    dora.claims(&order).await?;
    kitchen.accepts(&order).await?;
    for tap in ["start", "ready"] {
        kitchen.taps(&order, tap).await?;
    }
    dora.browser().wait(&format!("[data-test=errand][data-id={order:?}] [data-test=kitchen].good")).await?;
    Ok(order)
}

/// Dora fetches it and hands it over.
async fn brings(dora: &Driver, order: &str) -> Result<()> {
    dora.taps(order, "pick-up").await?;
    dora.sees_errand(order, "picked-up").await?;
    dora.taps(order, "deliver").await?;
    dora.is_at_the_door(order).await
}

/// A photo as a phone takes it: 4 MB, and beside the picture where it was taken.
async fn photo_of_4_mb(browser: &Browser, folder: &Path) -> Result<PathBuf> {
    browser.goto("/").await?;
    let noise = browser.client().execute_async(NOISE, vec![]).await?;
    let picture = BASE64_STANDARD.decode(noise.as_str().context("a picture")?)?;
    let place = [b"Exif\0\0", PLACE.as_bytes()].concat();
    let length = u16::try_from(place.len() + 2)?.to_be_bytes();
    // Beside it are comments, as much as makes it 4 MB.
    let mut photo = [&picture[..2], &[0xff, 0xe1], &length, &place].concat();
    while photo.len() + picture.len() < 4 * 1024 * 1024 {
        photo.extend([0xff, 0xfe, 0xff, 0xff]);
        photo.extend(std::iter::repeat_n(b'.', 0xffff - 2));
    }
    photo.extend(&picture[2..]);
    let path = folder.join("door.jpg");
    std::fs::write(&path, photo)?;
    Ok(path)
}

/// Every proof of these orders was brought after a batch with its order's end, and after every batch that had one. How many
/// ends there were.
fn each_follows_its_status(requests: &[Request], orders: &[&str]) -> Result<usize> {
    let is_end_of = |request: &Request, order: &str| {
        request.line.starts_with(COMMANDS)
            && holds(&request.body, format!("\"deliver\":{{\"order\":\"{order}\"").as_bytes())
    };
    let mut ends = 0;
    let first_proof = requests.iter().position(|request| request.line.starts_with(PROOFS)).context("no proof")?;
    for order in orders {
        let end = requests.iter().position(|request| is_end_of(request, order));
        let end = end.with_context(|| format!("nobody said how {order} ended"))?;
        ensure!(end < first_proof, "a proof was brought before the status of {order}");
        let proof = requests.iter().position(|request| request.line.starts_with(&format!("{PROOFS}{order}")));
        ensure!(proof.is_some_and(|proof| end < proof), "the proof of {order} came before its status");
        ends += 1;
    }
    Ok(ends)
}

/// The order's page shows the proof, and a picture that is one; its address.
async fn sees_proof_of(customer: &Customer, order: &str, kind: &str) -> Result<String> {
    let proof = format!("[data-test=proofs] [data-test=proof][data-kind={kind}]");
    customer.browser().wait(&proof).await?;
    if kind == "word" {
        customer.browser().wait_text("[data-test=proof-word]", "Frau Gr\u{fc}n").await?;
    } else {
        let is_drawn = format!("document.querySelector('{proof} img')?.naturalWidth > 0");
        customer.browser().comes_to(&is_drawn).await?;
    }
    let id = customer.browser().attribute(&proof, "data-id").await?.context("a proof has a name")?;
    Ok(format!("/api/deliveries/{order}/proofs/{id}"))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
