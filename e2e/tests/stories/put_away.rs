//! What is over for a month leaves the screen it was on, also that of a phone that was away meanwhile, and is where the screen says.

use anyhow::{Result, ensure};
use e2e::{Cart, World};

use crate::screens::looks_right;

const TO_COLLECT: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

#[tokio::test]
async fn an_order_of_long_ago_leaves_the_phone_and_is_found_among_all_orders() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&TO_COLLECT).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    kitchen.accepts(&order).await?;
    kitchen.cooks_and_hands_over(&order).await?;
    ada.sees_order(&order, "handed-over").await?;
    let listed = format!("[data-test=order][data-id={order:?}]");
    ada.opens("/orders").await?;
    ada.browser().wait(&listed).await?;

    ada.network().cut();
    ada.is_cut_off().await?;
    world.server.has_ended_long_ago(&order).await?;
    let ben = world.phone("ben").await?;
    ben.signs_in().await?;
    let his = ben.orders(&TO_COLLECT).await?;
    kitchen.sees_ticket(&his, "waiting").await?;
    ensure!(ada.browser().count(&listed).await? == 1, "what was seen last stays on a phone without a network");

    ada.network().restore();
    ada.browser().wait_gone(&listed).await?;
    looks_right(ada.browser(), "customer-orders-put-away").await?;
    ada.browser().click("[data-test=archive-link]").await?;
    ada.browser().wait(&format!("[data-test=paper][data-id={order:?}][data-status=handed-over]")).await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.browser().wait_text(".empty", "All orders").await?;
    looks_right(ada.browser(), "customer-order-put-away").await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), ben.browser(), kitchen.browser()]).await
}
