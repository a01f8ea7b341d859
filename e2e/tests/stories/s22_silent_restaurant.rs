//! Scenario 22: a restaurant does not answer. After ten minutes its customer is told and may cancel, after fifteen the clock
//! cancels for them, and a tablet that comes back later with its yes learns that it came too late.

use anyhow::{Result, ensure};
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

#[tokio::test]
async fn an_order_that_no_kitchen_answers_is_cancelled_by_the_clock_and_a_late_yes_is_refused() -> Result<()> {
    unanswered(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_an_order_that_no_kitchen_answers_is_cancelled_by_the_clock_and_a_late_yes_is_refused() -> Result<()> {
    unanswered(Engine::Firefox).await
}

async fn unanswered(engine: Engine) -> Result<()> {
    let mut world = World::of(engine).await?;
    let mut kitchen = world.tablet("lucciola").await?;
    kitchen.signed_in_days_ago().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_by_card(&CART, "tok_succeeds").await?;
    ada.sees_paid("reserved").await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    kitchen.is_ready_for_offline().await?;

    kitchen.network().cut();
    kitchen.is_cut_off().await?;
    world.server.stop().await?;
    world.server.nobody_has_answered(&order).await?;
    world.server.restart().await?;
    ada.browser().wait_text("[data-test=late]", "has not answered yet").await?;
    ada.browser().wait("[data-test=cancel]").await?;
    ada.sees_order(&order, "submitted").await?;

    // The cook finds the tablet in the drawer, and says yes to what is on it.
    kitchen.accepts(&order).await?;
    kitchen.has_waiting(1).await?;
    kitchen.dies()?;
    world.server.stop().await?;
    world.server.nobody_will_answer(&order).await?;
    world.server.restart().await?;
    ada.sees_order(&order, "cancelled").await?;
    ada.sees_paid("let-go").await?;

    kitchen.starts("/kitchen").await?;
    kitchen.has_waiting(1).await?;
    kitchen.network().rough_weather();
    kitchen.sees_ticket(&order, "cancelled").await?;
    kitchen.has_waiting(0).await?;
    kitchen.opens("/kitchen/inbox").await?;
    kitchen.browser().wait("[data-test=inbox-item]").await?;
    ada.sees_order(&order, "cancelled").await?;
    ensure!(world.server.told("order-received").await?.is_empty(), "a late yes counts for nothing");
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
