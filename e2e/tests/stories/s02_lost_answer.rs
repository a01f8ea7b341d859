//! Scenario 2: the answer is lost after the server has stored the order, and the app tries again five times: one order, one
//! kitchen ticket, and one charge where a card pays. The same when the network repeats requests by itself, and when two tabs and the app send at once.

use anyhow::{Context, Result};
use e2e::{Browser, Cart, Customer, Engine, Kitchen, Request, World};
use serde_json::{Value, json};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const COMMANDS: &str = "POST /api/commands";
const FEED: &str = "/live HTTP";

#[tokio::test]
async fn five_lost_answers_and_five_more_sendings_make_one_order() -> Result<()> {
    five_lost_answers(Engine::Chromium, None).await
}

#[tokio::test]
async fn firefox_five_lost_answers_make_one_order() -> Result<()> {
    five_lost_answers(Engine::Firefox, None).await
}

#[tokio::test]
async fn webkit_five_lost_answers_make_one_order() -> Result<()> {
    five_lost_answers(Engine::WebKit, None).await
}

#[tokio::test]
async fn five_lost_answers_to_an_order_by_card_make_one_charge() -> Result<()> {
    five_lost_answers(Engine::Chromium, Some("tok_succeeds")).await
}

async fn five_lost_answers(engine: Engine, card: Option<&str>) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;

    // The feed tells of a finished act too, and an act that is told of is not tried again: only the answers may tell.
    ada.network().refuse(FEED, usize::MAX);
    ada.network().cut();
    ada.is_cut_off().await?;
    ada.network().lose_answers(COMMANDS, 5);
    ada.network().refuse(COMMANDS, usize::MAX);
    ada.network().restore();
    let order = match card {
        Some(card) => ada.orders_by_card(&CART, card).await?,
        None => ada.orders(&CART).await?,
    };
    ada.network().lost_answers(5).await?;
    // The server has it, the phone does not know, and dies.
    ada.phone_dies_and_starts(&format!("/orders/{order}")).await?;
    ada.has_waiting(1).await?;
    ada.network().heal();
    ada.network().rough_weather();
    kitchen.sees_ticket(&order, "waiting").await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    let record = only_record(&ada).await?;
    let requests = ada.network().requested(COMMANDS, 5).await?;
    for request in &requests {
        let body = String::from_utf8_lossy(&request.body);
        assert!(body.contains(bytes(&record)?), "a retry carries the saved bytes:\n{body}\n{record}");
    }

    let last = requests.last().context("it was sent")?;
    arrives_five_times_more(&ada, last).await?;
    if card.is_some() {
        is_handed_over(&ada, &kitchen, &order).await?;
        arrives_five_times_more(&ada, last).await?;
        assert_eq!(world.server.told("payment-captured").await?, [order], "charged once");
    }
    is_decided_once(&world, &record).await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    assert_eq!(kitchen.all_tickets().await?, 1);
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

async fn arrives_five_times_more(ada: &Customer, request: &Request) -> Result<()> {
    for _ in 0..5 {
        let answer = ada.network().repeat(request).await?;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("accepted"), "{answer}");
    }
    Ok(())
}

async fn is_handed_over(ada: &Customer, kitchen: &Kitchen, order: &str) -> Result<()> {
    kitchen.accepts(order).await?;
    kitchen.cooks_and_hands_over(order).await?;
    kitchen.sees_ticket(order, "handed-over").await?;
    ada.sees_paid("charged").await
}

/// The page itself loses an answer here, as its developer's window can: the way back is the same as for a lost one.
#[tokio::test]
async fn an_answer_that_the_page_drops_is_asked_for_again() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.opens("/?debug").await?;
    ada.is_online().await?;
    ada.network().refuse(FEED, usize::MAX);
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders_within_the_page(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.browser().says("carryout.dropAcks(1)").await?;
    ada.network().restore();
    let sent = ada.network().requested(COMMANDS, 2).await?;
    ada.network().heal();
    kitchen.sees_ticket(&order, "waiting").await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    let record = only_record(&ada).await?;
    for request in &sent {
        let body = String::from_utf8_lossy(&request.body);
        assert!(body.contains(bytes(&record)?), "a retry carries the saved bytes:\n{body}\n{record}");
    }
    is_decided_once(&world, &record).await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn two_tabs_and_the_app_sending_at_once_make_one_order() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    let before = ada.orders(&CART).await?;
    kitchen.sees_ticket(&before, "waiting").await?;
    ada.has_waiting(0).await?;
    let sent_before = ada.network().requests(COMMANDS).pop().context("the first order was sent")?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    let waiting = ada.undecided().await?;
    let [record] = waiting.as_slice() else { anyhow::bail!("one act is one record: {waiting:?}") };

    let body = batch(&sent_before, record)?;
    send_when_told(ada.browser(), &body).await?;
    let first = ada.browser().open_tab().await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.has_waiting(1).await?;
    send_when_told(ada.browser(), &body).await?;
    ada.network().rough_weather();
    tell(ada.browser()).await?;
    assert_eq!(sent(ada.browser()).await?, 200);
    ada.browser().show_tab(first).await?;
    assert_eq!(sent(ada.browser()).await?, 200);

    kitchen.sees_ticket(&order, "waiting").await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    is_decided_once(&world, record).await?;
    assert_eq!(world.server.orders().await?.len(), 2);
    assert_eq!(kitchen.all_tickets().await?, 2);
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

async fn is_decided_once(world: &World, record: &Value) -> Result<()> {
    let id = record["id"].as_str().context("a record has its id")?;
    let answers = world.server.answered().await?.into_iter().filter(|answered| answered == id).count();
    assert_eq!(answers, 1, "a command is answered once and its answer repeated");
    Ok(())
}

async fn only_record(customer: &Customer) -> Result<Value> {
    let outbox = customer.outbox().await?;
    assert_eq!(outbox.len(), 1, "one act is one record: {outbox:?}");
    Ok(outbox[0].clone())
}

fn bytes(record: &Value) -> Result<&str> {
    record["bytes"].as_str().context("a record keeps its bytes, and they are text")
}

/// A batch around the record's exact bytes, with the head that this device's batches have.
fn batch(sent: &Request, record: &Value) -> Result<String> {
    let mut head: Value = serde_json::from_slice(&sent.body)?;
    head.as_object_mut().context("a batch is an object")?.remove("commands").context("a batch has commands")?;
    let head = head.to_string();
    Ok(format!(r#"{},"commands":[{}]}}"#, head.trim_end_matches('}'), bytes(record)?))
}

/// What the page sends with the cookie of whoever is signed in there.
const SEND: &str = r#"
    const send = body => fetch("/api/commands", {
        method: "POST", headers: { "content-type": "application/json" }, body,
    });
"#;

async fn send_when_told(browser: &Browser, body: &str) -> Result<()> {
    let script = format!(
        "{SEND} const [body] = arguments;
        const told = new BroadcastChannel('test');
        window.sent = new Promise(done => told.onmessage = () => send(body).then(r => done(r.status), e => done(String(e))));"
    );
    browser.client().execute(&script, vec![json!(body)]).await?;
    Ok(())
}

/// A channel does not hear itself, so the word comes through one more.
async fn tell(browser: &Browser) -> Result<()> {
    browser.client().execute("new BroadcastChannel('test').postMessage('now')", vec![]).await?;
    Ok(())
}

async fn sent(browser: &Browser) -> Result<Value> {
    let script = "const [done] = arguments; window.sent.then(done)";
    Ok(browser.client().execute_async(script, vec![]).await?)
}
