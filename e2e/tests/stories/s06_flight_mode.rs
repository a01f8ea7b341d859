//! Scenario 6: the app is opened in flight mode for the first time that day, on any of its routes: the restaurants, menus,
//! cart and orders that were seen last are there, and the page says as of when.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Browser, Cart, Engine, World};

/// What a person waits for a page that needs no network. It holds for the routes of an app in the middle: a machine that
/// runs other stories beside this one may hold up a single page for longer.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_customers_routes_open_offline() -> Result<()> {
    customers_routes(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell these.
#[tokio::test]
async fn firefox_a_customers_routes_open_offline() -> Result<()> {
    customers_routes(Engine::Firefox).await
}

async fn customers_routes(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.network().rough_weather();
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.adds("trattoria-lucciola", "tiramisu").await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.phone_dies()?;
    ada.phone_starts("/").await?;
    let mut waited = vec![];
    for (path, shows) in [
        ("/", "[data-test=restaurant]"),
        ("/r/trattoria-lucciola", "[data-test=item]"),
        ("/r/trattoria-lucciola/i/margherita", "[data-test=add-to-cart]"),
        ("/cart", "[data-test=checkout-link]"),
        ("/r/trattoria-lucciola/checkout", "[data-test=place-order]"),
        ("/orders", "[data-test=order]"),
        (&format!("/orders/{order}"), "[data-test=order][data-status=submitted]"),
        ("/outbox", "[data-test=status]"),
        ("/inbox", "[data-test=status]"),
        ("/sign-in", "[data-test=status]"),
        // Pages whose names look like files.
        ("/r/st.john", "[data-test=status]"),
        ("/r/cafe.js", "[data-test=status]"),
        ("/v1.2", "[data-test=status]"),
    ] {
        waited.push(opens(ada.browser(), path, shows).await?);
        assert_eq!(ada.browser().count("[data-test=app-error]").await?, 0, "{path}");
    }
    opened_at_once(waited)?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_kitchens_routes_open_offline() -> Result<()> {
    kitchens_routes(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_kitchens_routes_open_offline() -> Result<()> {
    kitchens_routes(Engine::Firefox).await
}

async fn kitchens_routes(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut kitchen = world.tablet("lucciola").await?;
    kitchen.signed_in_days_ago().await?;
    kitchen.is_ready_for_offline().await?;
    kitchen.network().cut();
    kitchen.dies()?;
    kitchen.starts("/kitchen").await?;
    let mut waited = vec![];
    for (path, shows) in [
        ("/kitchen", "[data-test=status]"),
        ("/kitchen/menu", "[data-test=menu-item]"),
        ("/kitchen/outbox", "[data-test=status]"),
        ("/kitchen/inbox", "[data-test=status]"),
        ("/kitchen/sign-in", "[data-test=status]"),
    ] {
        waited.push(opens(kitchen.browser(), path, shows).await?);
        assert_eq!(kitchen.browser().count("[data-test=app-error]").await?, 0, "{path}");
    }
    opened_at_once(waited)?;
    world.end(&[kitchen.browser()]).await
}

/// The page shows what is asked for, and says as of when; how long after its navigation it did.
async fn opens(browser: &Browser, path: &str, shows: &str) -> Result<Duration> {
    browser.goto(path).await?;
    let shown = browser.shown_after(shows).await?;
    browser.wait_text("[data-test=status]", "as of").await?;
    Ok(shown)
}

fn opened_at_once(mut waited: Vec<Duration>) -> Result<()> {
    waited.sort();
    let middle = waited[waited.len() / 2];
    ensure!(middle <= SHOWN_WITHIN, "half of the routes took {middle:?} and longer: {waited:?}");
    Ok(())
}
