//! The desk: an operator on a train gives a meal that nobody takes to a driver, hears that it was not delivered, reads what
//! happened, and settles it once. And what a service failed on is tried again with one tap, once it is mended.

use anyhow::{Result, ensure};
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };

#[tokio::test]
async fn an_operator_without_a_network_finds_a_driver_and_settles_what_went_wrong() -> Result<()> {
    helps(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_an_operator_without_a_network_finds_a_driver_and_settles_what_went_wrong() -> Result<()> {
    helps(Engine::Firefox).await
}

async fn helps(engine: Engine) -> Result<()> {
    let mut world = World::of(engine).await?;
    let dora = world.driver("dora").await?;
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    let mut olga = world.operator("olga").await?;
    olga.signed_in_days_ago().await?;
    olga.browser().wait_text("[data-test=on-duty][data-zone=berlin]", "dora").await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_to_the_door(&CART, "tok_succeeds", "Torstra\u{df}e 1, Berlin").await?;
    dora.is_offered(&order).await?;
    dora.declines(&order).await?;
    world.server.stop().await?;
    world.server.nobody_was_found_in("berlin").await?;
    world.server.restart().await?;
    olga.sees_trouble(&order, "nobody-found").await?;
    olga.is_ready_for_offline().await?;

    olga.network().cut();
    olga.is_cut_off().await?;
    olga.taps(&order, "nobody-found", "[data-test=choose-driver][data-driver=dora]").await?;
    olga.has_waiting(1).await?;
    olga.dies()?;
    olga.starts("/desk").await?;
    olga.sees_trouble(&order, "nobody-found").await?;
    olga.has_waiting(1).await?;
    olga.network().rough_weather();
    dora.sees_errand(&order, "assigned").await?;
    olga.sees_no_trouble(&order).await?;
    ada.browser().wait_attr("[data-test=driver]", "data-found", "true").await?;

    dora.taps(&order, "pick-up").await?;
    dora.sees_errand(&order, "picked-up").await?;
    dora.taps(&order, "fail").await?;
    dora.browser().click("[data-test=confirm-fail]").await?;
    olga.sees_trouble(&order, "not-delivered").await?;
    ada.sees_order(&order, "cancelled").await?;
    olga.reads_story(&order, &["order-submitted", "driver-chosen", "order-picked-up", "delivery-failed"]).await?;
    olga.taps(&order, "not-delivered", "[data-test=settle]").await?;
    olga.browser().click("[data-test=confirm-settle]").await?;
    olga.sees_no_trouble(&order).await?;
    olga.has_waiting(0).await?;
    for fact in ["driver-chosen", "driver-assigned", "task-settled"] {
        ensure!(world.server.told(fact).await?.len() == 1, "{fact}: {:?}", world.server.told(fact).await?);
    }
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), dora.browser(), olga.browser()]).await
}

#[tokio::test]
async fn an_operator_has_what_a_service_failed_on_tried_again_once_it_is_mended() -> Result<()> {
    let world = World::start().await?;
    let olga = world.operator("olga").await?;
    olga.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    let told = async |kind| world.server.told(kind).await.is_ok_and(|facts| !facts.is_empty());
    let numbered = async || Ok(told("order-numbered").await.then_some(()));
    ada.browser().until("a number", numbered).await?;
    world.server.spoils(&order).await?;
    kitchen.accepts(&order).await?;

    let given_up = async || Ok(world.server.waits_to_be_tried().await.is_ok_and(|facts| facts > 0).then_some(()));
    olga.browser().until("a fault", given_up).await?;
    olga.opens("/desk/system").await?;
    olga.browser().click("[data-test=look-for-faults]").await?;
    let group = "[data-test=fault-group][data-service=ordering]";
    olga.browser().wait(group).await?;
    world.server.mends().await?;
    olga.browser().click(&format!("{group} [data-test=try-again]")).await?;
    olga.browser().wait_text("[data-test=tried-again][data-by=olga]", "1 fault of ordering. 1 is done").await?;
    olga.browser().wait("[data-test=fault][data-kind=fact-parked]").await?;
    olga.browser().wait_gone(group).await?;
    ada.sees_order(&order, "received").await?;
    ensure!(world.server.told("order-received").await?.len() == 1, "the kitchen said it once");
    world.end(&[ada.browser(), kitchen.browser(), olga.browser()]).await
}

#[tokio::test]
async fn an_operator_watches_how_the_whole_goes_and_is_told_how_old_it_is_when_cut_off() -> Result<()> {
    let world = World::start().await?;
    let olga = world.operator("olga").await?;
    olga.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    olga.opens("/desk/system").await?;
    olga.browser().wait("[data-test=health][data-unwell=\"0\"]").await?;
    olga.browser().wait("[data-test=rate][data-kind=order-submitted]").await?;
    olga.browser().wait("[data-test=release]").await?;
    let under_way = format!("[data-test=under-way][data-id={order:?}]");
    olga.browser().click(&format!("{under_way} [data-test=story]")).await?;
    olga.browser().wait(&format!("{under_way} [data-test=fact][data-kind=order-submitted]")).await?;
    olga.browser().screenshot("system").await?;

    // The numbers come again and again; what was opened stays open.
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    kitchen.accepts(&order).await?;
    olga.browser().wait("[data-test=standing][data-status=received]").await?;
    olga.browser().wait(&format!("{under_way} [data-test=fact][data-kind=order-submitted]")).await?;

    olga.network().cut();
    olga.browser().wait_text("[data-test=not-asked]", "This is as of").await?;
    olga.browser().wait(&under_way).await?;
    olga.network().restore();
    olga.browser().wait_gone("[data-test=not-asked]").await?;
    world.end(&[ada.browser(), kitchen.browser(), olga.browser()]).await
}
