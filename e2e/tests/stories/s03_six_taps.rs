//! Scenario 3: "Place order" is tapped six times fast, with no network and with one: one order each time.

use anyhow::Result;
use e2e::{Cart, Customer, Engine, World};
use serde_json::json;

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

/// Six taps in one turn of the page's loop, and the sixth by the Enter key's way.
const SIX_TAPS: &str = "
    const button = document.querySelector('[data-test=place-order]');
    const form = button.form;
    for (let tap = 0; tap < 5; tap++) button.click();
    form.requestSubmit();
";
/// Six taps, each in a turn of its own, as fast as the browser lets anything happen.
const SIX_QUICK_TAPS: &str = "
    const done = arguments[0];
    const tap = left => {
        document.querySelector('[data-test=place-order]')?.click();
        if (left > 1) setTimeout(tap, 0, left - 1); else done();
    };
    tap(6);
";

#[tokio::test]
async fn six_taps_are_one_order_with_and_without_a_network() -> Result<()> {
    six_taps(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_six_taps_are_one_order_with_and_without_a_network() -> Result<()> {
    six_taps(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_six_taps_are_one_order_with_and_without_a_network() -> Result<()> {
    six_taps(Engine::WebKit).await
}

async fn six_taps(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;

    // The network slows down and repeats what it carries, so that the taps meet an act on its way.
    ada.network().rough_weather();
    let online = taps_six_times(&ada, false).await?;
    ada.sees_order(&online, "submitted").await?;
    kitchen.sees_ticket(&online, "waiting").await?;

    ada.network().cut();
    ada.is_cut_off().await?;
    let offline = taps_six_times(&ada, true).await?;
    ada.sees_stage(&offline, "saved").await?;
    ada.has_waiting(1).await?;
    ada.phone_dies_and_starts(&format!("/orders/{offline}")).await?;
    ada.sees_stage(&offline, "saved").await?;
    ada.has_waiting(1).await?;
    assert_eq!(ada.outbox().await?.len(), 2, "twelve taps, two acts");
    ada.network().rough_weather();
    ada.sees_order(&offline, "submitted").await?;
    kitchen.sees_ticket(&offline, "waiting").await?;

    assert_eq!(kitchen.all_tickets().await?, 2);
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    assert_eq!(world.server.orders().await?.len(), 2);
    world.end(&[ada.browser(), kitchen.browser()]).await
}

async fn taps_six_times(ada: &Customer, quick: bool) -> Result<String> {
    ada.fills(&CART).await?;
    ada.checks_out(CART.restaurant).await?;
    if quick {
        ada.browser().client().execute_async(SIX_QUICK_TAPS, vec![]).await?;
    } else {
        ada.browser().client().execute(SIX_TAPS, vec![json!(null)]).await?;
    }
    ada.tracked_order().await
}
