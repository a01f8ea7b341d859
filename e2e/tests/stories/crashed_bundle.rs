//! A micro-app that crashes, or whose work the browser ended in the middle, says so in its own place; the shell lives on, and
//! what was saved arrives once all the same.

use anyhow::Result;
use e2e::{Cart, Engine, World};

/// What the browser reports when WebAssembly traps, as it does when it crashes.
const TRAP: &str =
    "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('memory access out of bounds') }))";

/// What is left of a page whose script the browser ends where it stands, as Firefox does when a tab at work is closed, and every
/// browser when somebody stops a page that does not answer: nothing is unwound. Then something comes in from outside.
const CUT_OFF: &str = "
    const { Date } = window; // the page's, not the driver's
    const now = Date.now;
    Date.now = () => { Date.now = now; throw new Error('the browser ends this script') };
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
";

#[tokio::test]
async fn a_crash_costs_a_tap_and_no_order() -> Result<()> {
    costs_no_order(Engine::Chromium, TRAP).await
}

#[tokio::test]
async fn a_script_that_is_ended_in_the_middle_costs_a_tap_and_no_order() -> Result<()> {
    costs_no_order(Engine::Chromium, CUT_OFF).await
}

#[tokio::test]
async fn firefox_a_script_that_is_ended_in_the_middle_costs_a_tap_and_no_order() -> Result<()> {
    costs_no_order(Engine::Firefox, CUT_OFF).await
}

async fn costs_no_order(engine: Engine, blow: &str) -> Result<()> {
    let world = World::of(engine).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["diavola"] }).await?;
    ada.sees_stage(&order, "saved").await?;

    ada.browser().client().execute(blow, vec![]).await?;
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
