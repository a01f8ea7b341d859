//! Scenario 5, and the main job: the phone loses power right after "saved on this phone" appeared. After the start the
//! order is in the outbox, and it is cooked once.

use anyhow::Result;
use e2e::{Cart, Engine, World};

const LUCCIOLA: &str = "trattoria-lucciola";

#[tokio::test]
async fn pain_01_an_order_placed_offline_on_a_phone_that_dies_reaches_the_kitchen_once() -> Result<()> {
    reaches_the_kitchen_once(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_an_order_on_a_phone_that_dies_reaches_the_kitchen_once() -> Result<()> {
    reaches_the_kitchen_once(Engine::Firefox).await
}

async fn reaches_the_kitchen_once(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;

    ada.network().cut();
    ada.browser().reload().await?;
    ada.is_cut_off().await?;
    let order = ada.orders(&Cart { restaurant: LUCCIOLA, items: &["margherita", "tiramisu"] }).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.has_waiting(1).await?;
    ada.browser().screenshot("order-saved-offline").await?;
    let saved = ada.outbox().await?;
    assert_eq!(saved.len(), 1, "one act is one record: {saved:?}");
    assert_eq!(saved[0]["stage"], "saved");
    assert!(saved[0]["bytes"].as_str().is_some_and(|bytes| bytes.contains("margherita")), "{saved:?}");
    assert!(world.server.orders().await?.is_empty());

    ada.phone_dies()?;
    ada.phone_starts(&format!("/orders/{order}")).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.has_waiting(1).await?;
    assert_eq!(ada.outbox().await?, saved, "what was saved is what was found again");

    assert_eq!(kitchen.all_tickets().await?, 0);
    ada.network().lose_answers("POST /api/commands", 1);
    ada.network().duplicate("POST /api/commands", 2);
    ada.network().restore();
    kitchen.sees_ticket(&order, "waiting").await?;
    assert_eq!(kitchen.all_tickets().await?, 1);
    kitchen.accepts(&order).await?;
    ada.sees_order(&order, "received").await?;
    ada.sees_stage(&order, "").await?;
    ada.has_waiting(0).await?;

    assert!(ada.undecided().await?.is_empty());
    assert_eq!(world.server.orders().await?.len(), 1);
    assert_eq!(world.server.dishes().await?, ["margherita", "tiramisu"]);
    assert_eq!(world.server.tickets().await?.len(), 1);
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
