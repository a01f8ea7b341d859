//! A micro-app that cannot be loaded shows so in its own place; a retry brings it back.

use anyhow::Result;
use e2e::{Network, World};

const BUNDLE: &str = ".wasm";
/// However often it is asked for.
const ALWAYS: usize = usize::MAX;

#[tokio::test]
async fn a_bundle_that_is_missing_is_said_and_retried() -> Result<()> {
    comes_back_after(|network| network.answer_not_found(BUNDLE, ALWAYS)).await
}

#[tokio::test]
async fn a_bundle_whose_transfer_breaks_is_said_and_retried() -> Result<()> {
    comes_back_after(|network| network.refuse(BUNDLE, ALWAYS)).await
}

async fn comes_back_after(harm: impl Fn(&Network)) -> Result<()> {
    let world = World::start().await?;
    let guest = world.phone("guest").await?;
    harm(guest.network());
    guest.browser().goto("/").await?;
    guest.browser().wait("[data-test=app-error]").await?;
    guest.browser().wait("#nav a").await?;
    guest.network().heal();
    guest.browser().click("[data-test=retry]").await?;
    guest.browser().wait("[data-test=restaurant]").await?;
    assert_eq!(guest.browser().count("[data-test=app-error]").await?, 0);
    world.end(&[guest.browser()]).await
}
