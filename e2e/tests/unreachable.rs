//! A server that cannot be reached is said to be so within the app's patience, and heals by itself.

use std::time::Duration;

use anyhow::Result;
use e2e::{Mode, World};

/// The app's patience is 5 s; one more for a busy machine to draw it.
const SAID_WITHIN: Duration = Duration::from_secs(6);
const CUT_OFF: &str = "[data-test=status]:is([data-state=unreachable], [data-state=offline])";

#[tokio::test]
async fn a_network_that_is_cut_or_silent_is_said_within_the_patience_and_heals() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    for mode in [Mode::Cut, Mode::Silent] {
        ada.network().set(mode);
        ada.browser().wait_at_most(SAID_WITHIN, CUT_OFF).await?;
        ada.network().restore();
        ada.is_online().await?;
    }
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_server_that_dies_is_said_and_its_return_noticed() -> Result<()> {
    let mut world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    world.server.kill();
    ada.browser().wait_at_most(SAID_WITHIN, CUT_OFF).await?;
    world.server.restart().await?;
    ada.is_online().await?;
    world.end(&[ada.browser()]).await
}
