//! Scenario 17: a kitchen without a network goes on cooking. When the network returns, driver and customer see what was marked
//! meanwhile, and no order goes a step back on the way.

use anyhow::{Result, ensure};
use e2e::{Cart, Engine, World};
use serde_json::Value;

const CART: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
/// Notes each status that the page shows of its order.
const EYES: &str = "window.seen = [];
    const look = () => {
        const status = document.querySelector('[data-test=order]')?.dataset.status;
        if (status && status !== window.seen.at(-1)) window.seen.push(status);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    look();";
/// In which order they may come; one may be too short to be seen.
const WAY: [&str; 4] = ["submitted", "received", "preparing", "prepared"];

#[tokio::test]
async fn what_a_kitchen_marks_without_a_network_reaches_driver_and_customer_and_nothing_goes_back() -> Result<()> {
    cut_off(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_what_a_kitchen_marks_without_a_network_reaches_driver_and_customer_and_nothing_goes_back() -> Result<()>
{
    cut_off(Engine::Firefox).await
}

async fn cut_off(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let dora = world.driver("dora").await?;
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    let mut kitchen = world.tablet("ginkgo").await?;
    kitchen.signed_in_days_ago().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_to_the_door(&CART, "tok_succeeds", "Torstra\u{df}e 1, Berlin").await?;
    ada.browser().client().execute(EYES, vec![]).await?;
    dora.is_offered(&order).await?;
    dora.claims(&order).await?;
    kitchen.accepts(&order).await?;
    ada.sees_order(&order, "received").await?;
    kitchen.is_ready_for_offline().await?;

    kitchen.network().cut();
    kitchen.is_cut_off().await?;
    for tap in ["start", "ready"] {
        kitchen.taps(&order, tap).await?;
    }
    kitchen.sees_ticket(&order, "ready").await?;
    kitchen.has_waiting(2).await?;
    kitchen.dies()?;
    kitchen.starts("/kitchen").await?;
    kitchen.sees_ticket(&order, "ready").await?;
    kitchen.has_waiting(2).await?;
    ensure!(!dora.browser().text("[data-test=errand]").await?.contains("Ready"), "nobody knows of it yet");

    kitchen.network().rough_weather();
    dora.browser().wait_text("[data-test=kitchen]", "Ready on the pass").await?;
    ada.sees_order(&order, "prepared").await?;
    kitchen.has_waiting(0).await?;
    kitchen.sees_ticket(&order, "ready").await?;
    let seen = ada.browser().client().execute("return window.seen", vec![]).await?;
    let seen: Vec<&str> = seen.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let steps: Vec<_> = seen.iter().map(|status| WAY.iter().position(|step| step == status)).collect();
    ensure!(steps.is_sorted() && steps.iter().all(Option::is_some), "a step back: {seen:?}");
    for fact in ["order-preparing", "order-prepared"] {
        ensure!(world.server.told(fact).await?.len() == 1, "{fact}: {:?}", world.server.told(fact).await?);
    }
    kitchen.agrees_with(&world.server).await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser(), dora.browser()]).await
}
