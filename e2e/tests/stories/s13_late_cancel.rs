//! Scenario 13: a customer cancels with no network while the kitchen has begun to cook: the cancel is refused with its
//! reason, the order stays, both see the same, and nothing flips later.

use anyhow::Result;
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

#[tokio::test]
async fn a_cancel_that_comes_too_late_is_refused_and_the_order_stays() -> Result<()> {
    comes_too_late(Engine::Chromium).await
}

// A page of WebKitGTK that is loaded again in the middle of a write sometimes does not come up, so it does not tell this one.
#[tokio::test]
async fn firefox_a_cancel_that_comes_too_late_is_refused_and_the_order_stays() -> Result<()> {
    comes_too_late(Engine::Firefox).await
}

async fn comes_too_late(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    let order = ada.orders(&CART).await?;
    kitchen.accepts(&order).await?;
    ada.sees_order(&order, "received").await?;
    ada.is_ready_for_offline().await?;

    ada.network().cut();
    ada.is_cut_off().await?;
    ada.browser().click("[data-test=cancel]").await?;
    ada.browser().click("[data-test=confirm-cancel]").await?;
    ada.sees_stage(&order, "saved").await?;
    ada.has_waiting(1).await?;
    kitchen.taps(&order, "start").await?;
    kitchen.sees_ticket(&order, "cooking").await?;
    ada.phone_dies_and_starts(&format!("/orders/{order}")).await?;
    ada.sees_stage(&order, "saved").await?;

    ada.network().rough_weather();
    let item = ada.finds_in_inbox("too-late").await?;
    let card = format!("[data-test=inbox-item][data-id={item:?}]");
    ada.browser().wait_text(&card, "the kitchen has begun to cook").await?;
    ada.chooses(&item, "dismiss").await?;
    ada.browser().wait_gone("[data-test=inbox-item]").await?;
    ada.has_waiting(0).await?;
    kitchen.sees_ticket(&order, "cooking").await?;
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;

    // The same request again, late: nothing flips.
    for request in ada.network().requests("POST /api/commands") {
        ada.network().repeat(&request).await?;
    }
    ada.opens(&format!("/orders/{order}")).await?;
    ada.sees_order(&order, "preparing").await?;
    kitchen.sees_ticket(&order, "cooking").await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
