//! Every screen, on a phone of today and on a small one, by day and by night: nothing sticks out sideways.
//!
//! The pictures are in `target/e2e/screens/`.

use anyhow::Result;
use e2e::{Browser, Cart, Screen, World};

const SIZES: &[(&str, Screen)] = &[("390x844", Screen::PHONE), ("320x568", Screen::SMALL)];

#[tokio::test]
async fn every_screen_of_the_customer_fits() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.adds("trattoria-lucciola", "tiramisu").await?;
    for (name, path) in [
        ("restaurants", "/"),
        ("menu", "/r/trattoria-lucciola"),
        ("item", "/r/trattoria-lucciola/i/margherita"),
        ("cart", "/cart"),
        ("checkout", "/r/trattoria-lucciola/checkout"),
        ("orders", "/orders"),
        ("order", &format!("/orders/{order}")),
        ("outbox", "/outbox"),
        ("inbox", "/inbox"),
        ("sign-in", "/sign-in"),
    ] {
        fits(ada.browser(), &format!("customer-{name}"), path).await?;
    }
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn every_screen_of_the_kitchen_fits() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    for (name, path) in [
        ("board", "/kitchen"),
        ("menu", "/kitchen/menu"),
        ("outbox", "/kitchen/outbox"),
        ("inbox", "/kitchen/inbox"),
        ("sign-in", "/kitchen/sign-in"),
    ] {
        fits(kitchen.browser(), &format!("kitchen-{name}"), path).await?;
    }
    world.end(&[ada.browser(), kitchen.browser()]).await
}

async fn fits(browser: &Browser, name: &str, path: &str) -> Result<()> {
    for (size, screen) in SIZES {
        browser.resize(*screen).await?;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await?;
            browser.goto(path).await?;
            browser.wait("[data-test=status][data-state=online]").await?;
            browser.screenshot(&format!("screens/{name}-{size}-{scheme}")).await?;
            browser.has_no_sideways_scroll().await?;
        }
    }
    Ok(())
}
