//! Before a tunnel somebody makes sure: the sync centre says what is on the phone, one tap fetches what is missing and says that all is
//! there, and in the tunnel that a menu opens which was never looked at. A tap in the tunnel says what is so there.

use anyhow::Result;
use e2e::{Engine, World};

const STAND: &str = "[data-test=prepare]";
const TAP: &str = "[data-test=prepare-now]";

#[tokio::test]
async fn who_prepares_is_told_that_all_is_here_and_finds_it_in_the_tunnel() -> Result<()> {
    prepared(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_who_prepares_is_told_that_all_is_here_and_finds_it_in_the_tunnel() -> Result<()> {
    prepared(Engine::Firefox).await
}

async fn prepared(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.opens("/sync").await?;
    let page = ada.browser();
    page.wait("[data-test=here][data-kind=restaurant][data-count='40']").await?;
    page.click(TAP).await?;
    page.wait_attr(STAND, "data-stand", "ready").await?;
    page.wait_text(STAND, "All you need is on this device").await?;
    page.screenshot("prepared").await?;

    ada.network().cut();
    ada.opens("/r/ginkgo-ramen").await?;
    page.wait("[data-test=item]").await?;
    ada.is_cut_off().await?;
    ada.opens("/sync").await?;
    ada.is_cut_off().await?;
    page.click(TAP).await?;
    page.wait_attr(STAND, "data-stand", "not-ready").await?;
    page.wait_text("[data-test=rows-missing]", "What you see is as of").await?;
    page.wait_gone("[data-test=files-missing]").await?;
    page.screenshot("prepared-in-a-tunnel").await?;
    world.end(&[ada.browser()]).await
}
