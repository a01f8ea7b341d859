//! Scenario 1: somebody without a network marks three jobs done, kills the browser, opens it again and comes back into
//! reach: each is recorded once, in order, with the time of the tap, and the customer sees it.
//!
//! The scenario tells of a driver in a tunnel. There are no drivers yet, so it is a kitchen's tablet in a cellar.

use anyhow::{Context, Result};
use e2e::{Cart, Customer, Engine, Kitchen, World};
use serde_json::Value;

const LUCCIOLA: &str = "trattoria-lucciola";
const DISHES: [&str; 3] = ["margherita", "diavola", "tiramisu"];

#[tokio::test]
async fn three_marks_from_a_cellar_are_recorded_once_and_in_order() -> Result<()> {
    three_marks(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_three_marks_from_a_cellar_are_recorded_once_and_in_order() -> Result<()> {
    three_marks(Engine::Firefox).await
}

async fn three_marks(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let mut kitchen = world.tablet("lucciola").await?;
    kitchen.signed_in_days_ago().await?;
    let orders = three_orders(&ada, &kitchen).await?;
    kitchen.is_ready_for_offline().await?;

    kitchen.network().cut();
    kitchen.is_cut_off().await?;
    for (marked, order) in orders.iter().enumerate() {
        kitchen.accepts(order).await?;
        kitchen.has_waiting(marked + 1).await?;
    }
    let saved = acts(&kitchen).await?;
    kitchen.dies()?;
    kitchen.starts("/kitchen").await?;
    for order in &orders {
        kitchen.sees_ticket(order, "accepted").await?;
    }
    assert_eq!(acts(&kitchen).await?, saved, "what was saved is what was found again");

    // Out of the cellar, where the network is slow, loses the first answer and sends everything twice.
    kitchen.network().lose_answers("POST /api/commands", 1);
    kitchen.network().rough_weather();
    kitchen.has_waiting(0).await?;
    for order in &orders {
        ada.opens(&format!("/orders/{order}")).await?;
        ada.sees_order(order, "received").await?;
    }

    assert_eq!(world.server.told("order-received").await?, orders, "each once, in the order of the taps");
    let sent = kitchen.network().requests("POST /api/commands");
    for (act, order) in saved.iter().zip(&orders) {
        assert!(act.contains(order) && act.contains("acted_at"), "{act}");
        // The time of the tap travels with the act; the ticket's own times are the server's.
        let arrived = sent.iter().filter(|request| String::from_utf8_lossy(&request.body).contains(act.as_str()));
        assert!(arrived.count() > 0, "the saved bytes are what is sent");
    }
    kitchen.agrees_with(&world.server).await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

/// Orders that wait on the board, oldest first.
async fn three_orders(ada: &Customer, kitchen: &Kitchen) -> Result<Vec<String>> {
    let mut orders = vec![];
    for dish in DISHES {
        let order = ada.orders(&Cart { restaurant: LUCCIOLA, items: &[dish] }).await?;
        kitchen.sees_ticket(&order, "waiting").await?;
        orders.push(order);
    }
    Ok(orders)
}

/// The bytes of every act on the tablet, in the order of the taps.
async fn acts(kitchen: &Kitchen) -> Result<Vec<String>> {
    let mut records = kitchen.outbox().await?;
    records.sort_by_key(|record| record["seq"].as_u64());
    let bytes = |record: &Value| record["bytes"].as_str().map(str::to_owned);
    records.iter().map(bytes).collect::<Option<_>>().context("a record keeps its bytes, and they are text")
}
