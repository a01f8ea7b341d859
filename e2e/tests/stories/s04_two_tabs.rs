//! Scenario 4: one account in two tabs, both with no network and one order each; the network returns in both at once.
//! Two orders, none doubled, and both tabs show both. The same when both tabs tap in one moment.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use e2e::{Cart, Customer, Engine, World};
use serde_json::Value;

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
    ada.enters_a_tunnel().await?;
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

/// Two tabs at once draw the device's numbers from one place.
#[tokio::test]
async fn taps_of_one_moment_in_two_tabs_are_two_acts_with_two_numbers() -> Result<()> {
    taps_of_one_moment(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_taps_of_one_moment_in_two_tabs_are_two_acts_with_two_numbers() -> Result<()> {
    taps_of_one_moment(Engine::Firefox).await
}

async fn taps_of_one_moment(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    for cart in [&IN_ONE, &IN_THE_OTHER] {
        ada.fills(cart).await?;
    }
    taps_when_told(&ada, IN_ONE.restaurant).await?;
    let first = ada.browser().open_tab().await?;
    ada.opens("/").await?;
    taps_when_told(&ada, IN_THE_OTHER.restaurant).await?;
    // A channel does not hear itself, so the word comes through one more.
    ada.browser().client().execute("new BroadcastChannel('taps').postMessage('now')", vec![]).await?;
    let second = ada.tracked_order().await?;
    ada.browser().show_tab(first).await?;
    let first = ada.tracked_order().await?;
    ada.has_waiting(2).await?;

    let before = numbers(&ada).await?;
    assert_eq!(before.len(), 2, "two taps, two acts with a number each: {before:?}");
    ada.phone_dies_and_starts("/orders").await?;
    ada.has_waiting(2).await?;
    assert_eq!(numbers(&ada).await?, before);
    ada.network().rough_weather();
    for order in [&first, &second] {
        shows(&ada, order).await?;
    }
    ada.has_waiting(0).await?;
    assert_eq!(world.server.answered().await?.len(), 2);
    assert_eq!(world.server.numbers_given_twice().await?, 0);
    assert_eq!(world.server.orders().await?.len(), 2);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

/// The tab that is shown stands before the last tap of its order, and taps when all tabs are told to.
async fn taps_when_told(ada: &Customer, restaurant: &str) -> Result<()> {
    ada.checks_out(restaurant).await?;
    ada.browser().wait("[data-test=place-order]:enabled").await?;
    let script = "
        window.told = new BroadcastChannel('taps');
        window.told.onmessage = () => document.querySelector('[data-test=place-order]').click();
    ";
    ada.browser().client().execute(script, vec![]).await?;
    Ok(())
}

/// The acts on the phone by the numbers that the device gave them.
async fn numbers(ada: &Customer) -> Result<BTreeMap<u64, String>> {
    let number = |record: &Value| {
        let id = record["id"].as_str().context("a record has its id")?;
        Ok((record["seq"].as_u64().context("a record has its number")?, id.to_owned()))
    };
    ada.outbox().await?.iter().map(number).collect()
}

/// The list of orders, reached without a reload, so that it is this tab's own memory that is looked at.
async fn shows(ada: &Customer, order: &str) -> Result<()> {
    ada.browser().click("[data-test=nav-orders]").await?;
    ada.sees_order(order, "submitted").await?;
    ada.sees_stage(order, "").await
}
