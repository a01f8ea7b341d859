//! Scenarios 7 and 8: a server that cannot be reached, or never answers, is said to be so within five seconds; nothing
//! vanishes and ordering goes on into the outbox. When it is back, the line turns by itself.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{Cart, Customer, Engine, Mode, Network, World};
use serde_json::Value;

/// The app's patience is 5 s; one more for a busy machine to draw it.
const SAID_WITHIN: Duration = Duration::from_secs(6);
/// The line turns within 5 s of the server's return, and the same one more.
const TURNS_WITHIN: Duration = Duration::from_secs(6);
const CUT_OFF: &str = "[data-test=status]:is([data-state=unreachable], [data-state=offline])";

#[tokio::test]
async fn a_network_that_is_cut_or_silent_is_said_and_orders_wait_for_it() -> Result<()> {
    cut_or_silent(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_network_that_is_cut_or_silent_is_said_and_orders_wait_for_it() -> Result<()> {
    cut_or_silent(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_a_network_that_is_cut_or_silent_is_said_and_orders_wait_for_it() -> Result<()> {
    cut_or_silent(Engine::WebKit).await
}

async fn cut_or_silent(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    for (mode, dish, path) in [(Mode::Cut, "margherita", "/"), (Mode::Silent, "diavola", "/orders")] {
        ada.opens(path).await?;
        ada.is_online().await?;
        let shown = shown(&ada).await?;
        ada.network().set(mode);
        ada.browser().wait_at_most(SAID_WITHIN, CUT_OFF).await?;
        shows_still(&ada, &shown).await?;
        orders_into_the_outbox_until(&ada, dish, Network::rough_weather).await?;
    }
    assert_eq!(world.server.orders().await?.len(), 2);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

/// The browser believes that it is connected, and everything is answered, by somebody else.
#[tokio::test]
async fn a_network_that_answers_with_its_own_page_is_told_as_unreachable() -> Result<()> {
    answers_with_its_own_page(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_network_that_answers_with_its_own_page_is_told_as_unreachable() -> Result<()> {
    answers_with_its_own_page(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_a_network_that_answers_with_its_own_page_is_told_as_unreachable() -> Result<()> {
    answers_with_its_own_page(Engine::WebKit).await
}

async fn answers_with_its_own_page(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    ada.opens("/r/trattoria-lucciola").await?;
    ada.is_online().await?;
    let shown = shown(&ada).await?;
    ada.network().is_captive();
    ada.browser().wait_at_most(SAID_WITHIN, "[data-test=status][data-state=unreachable]").await?;
    shows_still(&ada, &shown).await?;
    orders_into_the_outbox_until(&ada, "margherita", Network::heal).await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

/// What the page shows, by its marks: the restaurants, dishes and orders.
const MARKS: &str = "return [...document.querySelectorAll('main [data-id]')].map(({ dataset }) => dataset.id)";

async fn shown(ada: &Customer) -> Result<Vec<Value>> {
    ada.browser().wait("main [data-id]").await?;
    let marks = ada.browser().client().execute(MARKS, vec![]).await?;
    marks.as_array().cloned().context("a list of marks")
}

async fn shows_still(ada: &Customer, before: &[Value]) -> Result<()> {
    assert_eq!(shown(ada).await?, before, "nothing vanishes because the network does");
    Ok(())
}

/// An order is placed and saved; the network is mended, and the order leaves and the line turns by themselves.
async fn orders_into_the_outbox_until(ada: &Customer, dish: &str, mend: impl Fn(&Network)) -> Result<()> {
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &[dish] }).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.has_waiting(1).await?;
    mend(ada.network());
    turns_by_itself(ada).await?;
    ada.has_waiting(0).await?;
    ada.sees_order(&order, "submitted").await
}

async fn turns_by_itself(ada: &Customer) -> Result<()> {
    ada.browser().wait_attr_within(TURNS_WITHIN, "[data-test=status]", "data-state", "online").await
}

#[tokio::test]
async fn a_server_that_dies_is_said_and_its_return_noticed() -> Result<()> {
    dies_and_returns(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_server_that_dies_is_said_and_its_return_noticed() -> Result<()> {
    dies_and_returns(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_a_server_that_dies_is_said_and_its_return_noticed() -> Result<()> {
    dies_and_returns(Engine::WebKit).await
}

async fn dies_and_returns(engine: Engine) -> Result<()> {
    let mut world = World::of(engine).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    world.server.kill();
    ada.browser().wait_at_most(SAID_WITHIN, CUT_OFF).await?;
    world.server.restart().await?;
    turns_by_itself(&ada).await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}
