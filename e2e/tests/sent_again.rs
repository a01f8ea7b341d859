//! The same command, sent again and again and from two tabs at once, is one order and one ticket.

use anyhow::{Context, Result};
use e2e::{Browser, Cart, Customer, World};
use serde_json::{Value, json};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const COMMANDS: &str = "POST /api/commands";

#[tokio::test]
async fn five_lost_answers_and_five_more_sendings_make_one_order() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;

    ada.network().lose_answers(COMMANDS, 5);
    let order = ada.orders(&CART).await?;
    ada.network().lost_answers(5).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    let record = only_record(&ada).await?;
    for request in ada.network().requested(COMMANDS, 5).await? {
        let body = String::from_utf8(request.body)?;
        assert!(body.contains(bytes(&record)?), "a retry carries the saved bytes:\n{body}\n{record}");
    }

    for _ in 0..5 {
        let answer = send(ada.browser(), &batch(&record)?).await?;
        assert_eq!(answer["status"], 200);
        assert!(answer["text"].as_str().is_some_and(|text| text.contains("accepted")), "{answer}");
    }
    is_one_order(&world, &record).await?;
    assert_eq!(kitchen.all_tickets().await?, 1);
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
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    let record = only_record(&ada).await?;

    let body = batch(&record)?;
    send_when_told(ada.browser(), &body).await?;
    let first = ada.browser().open_tab().await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.has_waiting(1).await?;
    send_when_told(ada.browser(), &body).await?;
    ada.network().restore();
    tell(ada.browser()).await?;
    assert_eq!(sent(ada.browser()).await?, 200);
    ada.browser().show_tab(first).await?;
    assert_eq!(sent(ada.browser()).await?, 200);

    kitchen.sees_ticket(&order, "waiting").await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    is_one_order(&world, &record).await?;
    assert_eq!(kitchen.all_tickets().await?, 1);
    world.end(&[ada.browser(), kitchen.browser()]).await
}

async fn is_one_order(world: &World, record: &Value) -> Result<()> {
    assert_eq!(world.server.orders().await?.len(), 1);
    assert_eq!(world.server.tickets().await?.len(), 1);
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

/// A batch around the record's exact bytes.
fn batch(record: &Value) -> Result<String> {
    let bytes = bytes(record)?;
    let envelope: Value = serde_json::from_str(bytes)?;
    let (account, device, sent_at) = (&envelope["account"], &envelope["device"], &envelope["acted_at"]);
    let head = format!(r#""protocol":1,"account":{account},"device":{device},"sent_at":{sent_at}"#);
    Ok(format!(r#"{{{head},"commands":[{bytes}]}}"#))
}

/// What the page sends with the cookie of whoever is signed in there.
const SEND: &str = r#"
    const send = body => fetch("/api/commands", {
        method: "POST", headers: { "content-type": "application/json" }, body,
    });
"#;

async fn send(browser: &Browser, body: &str) -> Result<Value> {
    let script = format!(
        "{SEND} const [body, done] = arguments;
        send(body).then(async r => done({{ status: r.status, text: await r.text() }}), e => done({{ error: String(e) }}));"
    );
    Ok(browser.client().execute_async(&script, vec![json!(body)]).await?)
}

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
