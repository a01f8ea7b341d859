//! The app opens with no network on any route, cold.

use anyhow::Result;
use e2e::{Cart, World};

#[tokio::test]
async fn a_customers_routes_open_offline() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.adds("trattoria-lucciola", "tiramisu").await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.phone_dies()?;
    ada.phone_starts("/").await?;
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
    ] {
        ada.opens(path).await?;
        ada.browser().wait(shows).await?;
        assert_eq!(ada.browser().count("[data-test=app-error]").await?, 0, "{path}");
    }
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_kitchens_routes_open_offline() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    kitchen.is_ready_for_offline().await?;
    kitchen.network().cut();
    for (path, shows) in [
        ("/kitchen", "[data-test=status]"),
        ("/kitchen/menu", "[data-test=menu-item]"),
        ("/kitchen/outbox", "[data-test=status]"),
        ("/kitchen/inbox", "[data-test=status]"),
        ("/kitchen/sign-in", "[data-test=status]"),
    ] {
        kitchen.opens(path).await?;
        kitchen.browser().wait(shows).await?;
        assert_eq!(kitchen.browser().count("[data-test=app-error]").await?, 0, "{path}");
    }
    world.end(&[kitchen.browser()]).await
}
