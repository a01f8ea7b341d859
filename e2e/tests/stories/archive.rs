//! What is over is found again by who ate it and by who cooked it, on their own device while the server is there; where it is not, the
//! screen says what it needs and fills by itself.

use anyhow::{Result, ensure};
use e2e::{Browser, Cart, World};

use crate::screens::looks_right;

const TO_COLLECT: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const PAPER: &str = "[data-test=paper]";

/// How often it is looked; each look takes a browser some tenths of a second.
const LOOKS: u32 = 50;

#[tokio::test]
async fn an_order_that_is_over_is_found_by_its_customer_and_its_kitchen_and_by_nobody_else() -> Result<()> {
    let world = World::start().await?;
    let mut kitchen = world.tablet("lucciola").await?;
    kitchen.signed_in_days_ago().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&TO_COLLECT).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    kitchen.accepts(&order).await?;
    kitchen.cooks_and_hands_over(&order).await?;
    ada.sees_order(&order, "handed-over").await?;
    kitchen.is_ready_for_offline().await?;
    let mine = format!("{PAPER}[data-id={order:?}]");

    // Who looks too early reads less than a moment later.
    for looks in 1.. {
        ada.opens("/orders").await?;
        ada.browser().click("[data-test=archive-link]").await?;
        ada.browser().wait(&format!("{PAPER}, [data-test=no-papers]")).await?;
        if ada.browser().count(&format!("{mine}[data-status=handed-over]")).await? == 1 {
            break;
        }
        ensure!(looks < LOOKS, "her order is not in the archive");
    }
    ada.browser().click(&format!("{mine} summary")).await?;
    ada.browser().wait_text(&mine, "Margherita").await?;
    looks_right(ada.browser(), "customer-archive-open").await?;
    looks_for(ada.browser(), "marg lucc").await?;
    ada.browser().wait(&mine).await?;
    looks_for(ada.browser(), "sushi").await?;
    ada.browser().wait_text("[data-test=not-found]", "sushi").await?;
    ensure!(ada.browser().count(PAPER).await? == 0, "what was there before is not what was found");
    looks_right(ada.browser(), "customer-archive-not-found").await?;

    let ben = world.phone("ben").await?;
    ben.signs_in().await?;
    ben.opens("/orders/archive").await?;
    ben.browser().wait("[data-test=no-papers]").await?;
    looks_for(ben.browser(), "margherita").await?;
    ben.browser().wait("[data-test=not-found]").await?;

    kitchen.browser().goto("/kitchen").await?;
    kitchen.browser().click("[data-test=archive-link]").await?;
    kitchen.browser().wait(&mine).await?;
    looks_right(kitchen.browser(), "kitchen-archive-of-a-day").await?;
    kitchen.network().cut();
    kitchen.browser().wait("[data-test=needs-network]").await?;
    ensure!(kitchen.browser().count(&mine).await? == 1, "what was read stays");
    kitchen.browser().goto("/kitchen/archive").await?;
    kitchen.browser().wait("[data-test=needs-network]").await?;
    looks_right(kitchen.browser(), "kitchen-archive-offline").await?;
    kitchen.network().restore();
    kitchen.browser().wait(&mine).await?;
    kitchen.browser().wait_gone("[data-test=needs-network]").await?;
    world.end(&[ada.browser(), ben.browser(), kitchen.browser()]).await
}

async fn looks_for(browser: &Browser, words: &str) -> Result<()> {
    browser.fill("[name=archive]", words).await?;
    browser.click("[data-test=look]").await
}
