//! Scenario 14: the session ran out during hours with no network: the outbox is kept, signing in is asked for once, then
//! all goes out and nothing is lost.

use anyhow::Result;
use e2e::{Cart, Engine, World};

const COMMANDS: &str = "POST /api/commands";
const DISHES: [&str; 3] = ["margherita", "diavola", "tiramisu"];

#[tokio::test]
async fn a_session_that_ran_out_pauses_the_outbox_until_one_sign_in() -> Result<()> {
    ran_out(Engine::Chromium).await
}

// A page of WebKitGTK that is loaded again in the middle of a write sometimes does not come up, so it does not tell this one.
#[tokio::test]
async fn firefox_a_session_that_ran_out_pauses_the_outbox_until_one_sign_in() -> Result<()> {
    ran_out(Engine::Firefox).await
}

async fn ran_out(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    let mut orders = vec![];
    for dish in DISHES {
        let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &[dish] }).await?;
        ada.sees_stage(&order, "saved").await?;
        orders.push(order);
    }
    ada.has_waiting(3).await?;
    world.server.forgets_everybody().await?;
    ada.phone_dies_and_starts("/outbox").await?;
    ada.has_waiting(3).await?;

    ada.network().rough_weather();
    ada.has_state("signed-out").await?;
    ada.has_waiting(3).await?;
    let asked_once = ".notice a[href^='/sign-in']";
    assert_eq!(ada.browser().count(asked_once).await?, 1, "signing in is asked for once");
    assert!(world.server.orders().await?.is_empty());
    let stages: Vec<_> = ada.outbox().await?.iter().map(|record| record["stage"].clone()).collect();
    assert!(stages.iter().all(|stage| stage == "saved" || stage == "sent"), "{stages:?}");

    // One of the answers after the sign-in is lost as well.
    ada.network().lose_answers(COMMANDS, 1);
    ada.signs_in().await?;
    ada.has_waiting(0).await?;
    for order in &orders {
        ada.opens(&format!("/orders/{order}")).await?;
        ada.sees_order(order, "submitted").await?;
    }
    assert_eq!(world.server.orders().await?.len(), 3);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}
