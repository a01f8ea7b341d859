//! The nearest first, for who wishes so: where the phone is stays on it, and one that does not say where it is says that.

use anyhow::{Result, ensure};
use e2e::{Engine, World};

const CHIP: &str = "[data-test=nearest]";
const FIRST: &str = ".cards li:first-child [data-test=restaurant]";

/// At the trattoria, which is open at every hour.
const AT_LUCCIOLA: (f64, f64) = (41.8862, 12.4701);

#[tokio::test]
async fn the_nearest_come_first_and_nobody_is_told_where_the_phone_is() -> Result<()> {
    let world = World::of(Engine::Chromium).await?;
    let ada = world.phone("ada").await?;
    let page = ada.browser();
    ada.opens("/").await?;
    page.wait("[data-test=restaurant]").await?;
    page.is_at(None).await?;
    page.click(CHIP).await?;
    page.wait_text("[data-test=said]", "does not say where it is").await?;
    page.wait_attr(CHIP, "aria-pressed", "false").await?;

    page.is_at(Some(AT_LUCCIOLA)).await?;
    page.click(CHIP).await?;
    page.wait_attr(CHIP, "aria-pressed", "true").await?;
    page.wait_attr(FIRST, "data-id", "trattoria-lucciola").await?;
    page.wait_text(&format!("{FIRST} [data-test=far]"), "0 m away").await?;
    page.screenshot("nearest").await?;
    // In a tunnel as well: it is all on the phone.
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    page.click(CHIP).await?;
    page.wait_gone("[data-test=far]").await?;
    page.click(CHIP).await?;
    page.wait_attr(FIRST, "data-id", "trattoria-lucciola").await?;
    let told = ada.network().requests("/");
    ensure!(!told.iter().any(|request| format!("{request:?}").contains("41.88")), "{told:?}");
    world.end(&[ada.browser()]).await
}
