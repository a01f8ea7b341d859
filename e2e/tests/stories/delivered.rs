//! A meal is brought to the door: offered to a driver without a name or an address, fetched and delivered where there is no
//! network, and charged once; then the address is on the driver's phone no more.

use anyhow::{Result, ensure};
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const ADDRESS: &str = "Torstra\u{df}e 1, Berlin";

#[tokio::test]
async fn a_meal_is_delivered_where_there_is_no_network_and_charged_once() -> Result<()> {
    delivered(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_a_meal_is_delivered_where_there_is_no_network_and_charged_once() -> Result<()> {
    delivered(Engine::Firefox).await
}

async fn delivered(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut dora = world.driver("dora").await?;
    dora.signed_in_days_ago().await?;
    dora.goes_on_duty().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_to_the_door_with_a_tip(&CART, "tok_succeeds", ADDRESS, 10).await?;
    ada.browser().wait_text("[data-test=tip]", "0.35").await?;

    dora.is_offered(&order).await?;
    let page = dora.browser().text("body").await?;
    ensure!(!page.contains("Torstra"), "an address before a yes: {page}");
    dora.claims(&order).await?;
    dora.browser().wait_text("[data-test=address]", ADDRESS).await?;
    dora.browser().wait_text("[data-test=money]", "0.35 is yours").await?;
    ada.browser().wait_attr("[data-test=driver]", "data-found", "true").await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    kitchen.browser().wait_attr("[data-test=ticket-driver]", "data-found", "true").await?;
    kitchen.accepts(&order).await?;
    for tap in ["start", "ready"] {
        kitchen.taps(&order, tap).await?;
    }
    dora.browser().wait_text("[data-test=kitchen]", "Ready on the pass").await?;
    dora.is_ready_for_offline().await?;

    // A cellar kitchen, a phone that dies in a tunnel, and the door of somebody on the fifth floor.
    dora.network().cut();
    dora.taps(&order, "pick-up").await?;
    dora.sees_errand(&order, "picked-up").await?;
    dora.has_waiting(1).await?;
    dora.dies()?;
    dora.starts("/drive").await?;
    dora.sees_errand(&order, "picked-up").await?;
    dora.browser().wait_text("[data-test=address]", ADDRESS).await?;
    dora.taps(&order, "deliver").await?;
    dora.has_waiting(2).await?;

    dora.network().rough_weather();
    ada.sees_order(&order, "delivered").await?;
    ada.sees_paid("charged").await?;
    ada.browser().wait_text("[data-test=paid]", "3.85").await?;
    kitchen.sees_ticket(&order, "handed-over").await?;
    dora.has_waiting(0).await?;
    dora.sees_no_errand(&order).await?;
    let told = ["driver-assigned", "order-picked-up", "delivery-completed", "payment-captured", "order-fulfilled"];
    for fact in told {
        ensure!(world.server.told(fact).await?.len() == 1, "{fact}: {:?}", world.server.told(fact).await?);
    }
    let forgotten =
        async || Ok(dora.rows().await.ok().filter(|rows| !format!("{rows:?}").contains("Torstra")).map(|_| ()));
    dora.browser().until("a phone without the address", forgotten).await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser(), dora.browser()]).await
}
