//! Scenario 4: one account in two tabs, both with no network and one order each; the network returns in both at once.
//! Two orders, none doubled, and both tabs show both.

use anyhow::Result;
use e2e::{Cart, Customer, Engine, World};

const IN_ONE: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const IN_THE_OTHER: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };

#[tokio::test]
async fn two_tabs_with_an_order_each_make_two_orders() -> Result<()> {
    two_orders_from_two_tabs(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_two_tabs_with_an_order_each_make_two_orders() -> Result<()> {
    two_orders_from_two_tabs(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_two_tabs_with_an_order_each_make_two_orders() -> Result<()> {
    two_orders_from_two_tabs(Engine::WebKit).await
}

async fn two_orders_from_two_tabs(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let first = ada.orders(&IN_ONE).await?;
    ada.sees_stage(&first, "saved").await?;
    let mut tab = ada.browser().open_tab().await?;
    ada.opens("/").await?;
    let second = ada.orders(&IN_THE_OTHER).await?;
    ada.sees_stage(&second, "saved").await?;
    ada.has_waiting(2).await?;

    if engine.keeps_on_disk() {
        ada.phone_dies()?;
        ada.phone_starts("/").await?;
        tab = ada.browser().open_tab().await?;
        ada.opens("/").await?;
        ada.has_waiting(2).await?;
    }
    ada.network().rough_weather();
    for order in [&first, &second] {
        shows(&ada, order).await?;
    }
    ada.browser().show_tab(tab).await?;
    for order in [&first, &second] {
        shows(&ada, order).await?;
    }
    ada.has_waiting(0).await?;
    assert_eq!(world.server.orders().await?.len(), 2);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

/// The list of orders, reached without a reload, so that it is this tab's own memory that is looked at.
async fn shows(ada: &Customer, order: &str) -> Result<()> {
    ada.browser().click("[data-test=nav-orders]").await?;
    ada.sees_order(order, "submitted").await?;
    ada.sees_stage(order, "").await
}
