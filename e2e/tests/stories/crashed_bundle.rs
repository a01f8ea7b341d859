//! A micro-app that crashes says so in its own place; the shell lives on, and what was saved arrives once all the same.

use anyhow::Result;
use e2e::{Cart, World};

/// What the browser reports when WebAssembly traps, as it does when it crashes.
const TRAP: &str =
    "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('memory access out of bounds') }))";

#[tokio::test]
async fn a_crash_costs_a_tap_and_no_order() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["diavola"] }).await?;
    ada.sees_stage(&order, "saved").await?;

    ada.browser().client().execute(TRAP, vec![]).await?;
    ada.browser().wait("[data-test=app-error]").await?;
    ada.browser().wait("#nav a").await?;
    assert_eq!(ada.outbox().await?.len(), 1, "the outbox outlives the crash");

    ada.browser().click("[data-test=retry]").await?;
    ada.sees_stage(&order, "saved").await?;
    ada.network().restore();
    ada.has_waiting(0).await?;
    ada.sees_order(&order, "submitted").await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[ada.browser()]).await
}
