//! Scenario 10: an order of the last minutes arrives after closing time. Its customer is told and asked; it is never moved to
//! another day in silence.

use anyhow::{Context, Result};
use e2e::{Cart, World};
use serde_json::{Value, json};
use tempfile::TempDir;

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/demo/trattoria-lucciola.jsonld");

#[tokio::test]
async fn an_order_that_arrives_after_closing_time_is_asked_about() -> Result<()> {
    let mut world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;

    opens_on(&mut world, another_day()).await?;
    ada.network().rough_weather();
    let item = ada.finds_in_inbox("closed").await?;
    ada.browser().wait_text("[data-test=inbox-item]", "The restaurant was closed when your order arrived").await?;
    assert!(world.server.orders().await?.is_empty(), "it was not moved to another day");
    assert!(world.server.tickets().await?.is_empty(), "nobody cooks it");
    ada.browser().screenshot("closed-meanwhile").await?;

    // The choice is hers, and its answer is as true as the first: it is still closed, and she is asked again.
    ada.chooses(&item, "send-again").await?;
    ada.finds_another_in_inbox("closed", &item).await?;
    assert!(world.server.orders().await?.is_empty());

    opens_on(&mut world, EVERY_DAY.to_vec()).await?;
    ada.is_online().await?;
    let item = ada.finds_in_inbox("closed").await?;
    ada.chooses(&item, "send-again").await?;
    ada.browser().wait_gone("[data-test=inbox-item]").await?;
    ada.has_waiting(0).await?;
    let orders = world.server.orders().await?;
    assert_eq!(orders.len(), 1, "wanted once: {orders:?}");
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

pub(crate) const EVERY_DAY: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A day of the week on which it is nowhere on earth now, nor will be within the story.
pub(crate) fn another_day() -> Vec<&'static str> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    // 1970-01-01 was a Thursday.
    let today = usize::try_from(now / (24 * 60 * 60) + 3).unwrap_or(0) % 7;
    vec![EVERY_DAY[(today + 3) % 7]]
}

/// The restaurant is described anew: it is open on these days, and the server comes back with that.
pub(crate) async fn opens_on(world: &mut World, days: Vec<&str>) -> Result<()> {
    let mut document: Value = serde_json::from_str(&std::fs::read_to_string(DEMO).context(DEMO)?)?;
    document["openingHoursSpecification"] =
        json!([{ "@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": "00:00", "closes": "23:59" }]);
    let folder = TempDir::new()?;
    let file = folder.path().join("lucciola.jsonld");
    std::fs::write(&file, document.to_string())?;
    world.server.stop().await?;
    world.server.imports(&file).await?;
    world.server.restart().await
}
