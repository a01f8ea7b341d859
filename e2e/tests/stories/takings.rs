//! A driver's cash: a meal is delivered and paid at the door where there is no network, its cash is counted at once as waiting, some of
//! it is handed in there and the rest when the network is back; after a reload all stands there once.

use anyhow::{Result, ensure};
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const ADDRESS: &str = "Torstra\u{df}e 1, Berlin";

/// What the soup costs.
const TOTAL: &str = "350";

#[tokio::test]
async fn cash_of_a_door_in_a_tunnel_is_counted_at_once_and_handed_in() -> Result<()> {
    takings(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_cash_of_a_door_in_a_tunnel_is_counted_at_once_and_handed_in() -> Result<()> {
    takings(Engine::Firefox).await
}

async fn takings(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let dora = world.driver("dora").await?;
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_to_the_door(&CART, "at-hand-over", ADDRESS).await?;
    dora.is_offered(&order).await?;
    dora.claims(&order).await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    kitchen.accepts(&order).await?;
    for tap in ["start", "ready"] {
        kitchen.taps(&order, tap).await?;
    }
    dora.browser().wait_text("[data-test=kitchen]", "Ready on the pass").await?;
    dora.is_ready_for_offline().await?;
    dora.network().cut();
    dora.is_cut_off().await?;
    dora.taps(&order, "pick-up").await?;
    dora.sees_errand(&order, "picked-up").await?;
    dora.taps(&order, "deliver").await?;
    dora.has_waiting(2).await?;

    // What she took at the door is in her wallet and on her screen, and waits.
    let page = dora.browser();
    page.click("[data-test=takings-link]").await?;
    carries(page, TOTAL).await?;
    page.wait("[data-test=takings-waiting][data-count='1']").await?;
    page.wait(&format!("[data-test=takings-meal][data-id={order:?}][data-waits=true]")).await?;
    page.screenshot("takings-waiting").await?;
    // More than she has is refused at once, by the rule that the server has.
    page.fill("[name=hand-in]", "3.51").await?;
    page.click("[data-test=hand-in]").await?;
    page.wait_text("[data-test=hand-in-refused]", "You carry").await?;
    page.screenshot("takings-refused").await?;
    dora.has_waiting(2).await?;
    page.fill("[name=hand-in]", "1.50").await?;
    page.click("[data-test=hand-in]").await?;
    carries(page, "200").await?;
    dora.has_waiting(3).await?;

    dora.network().rough_weather();
    dora.has_waiting(0).await?;
    page.wait_gone("[data-test=takings-waiting]").await?;
    carries(page, "200").await?;
    page.click("[data-test=hand-in-all]").await?;
    page.click("[data-test=hand-in]").await?;
    carries(page, "0").await?;
    dora.has_waiting(0).await?;
    dora.opens("/drive/takings").await?;
    carries(page, "0").await?;
    let today = "[data-test=takings-day][data-today=true]";
    page.wait(&format!("{today} [data-test=meals][data-count='1']")).await?;
    page.wait(&format!("{today} [data-test=cash][data-minor='{TOTAL}']")).await?;
    page.wait(&format!("{today} [data-test=handed-in][data-minor='{TOTAL}']")).await?;
    page.wait(&format!("[data-test=takings-meal][data-id={order:?}][data-waits=false]")).await?;
    page.screenshot("takings").await?;
    for (fact, times) in [("takings-counted", 1), ("cash-handed-in", 2)] {
        let told = world.server.told(fact).await?;
        ensure!(told.len() == times, "{fact}: {told:?}");
    }
    world.end(&[ada.browser(), kitchen.browser(), dora.browser()]).await
}

async fn carries(page: &e2e::Browser, minor: &str) -> Result<()> {
    page.wait_attr("[data-test=takings-carried]", "data-minor", minor).await
}
