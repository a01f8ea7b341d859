//! Where the driver is: while they are at work with a meal in the bag and look at their page, who waits for it sees about where they
//! are, in words and as a picture; what was seen last stays with its age where there is no network, and nothing is told any more once
//! the meal is brought.

use anyhow::{Result, ensure};
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const ADDRESS: &str = "Torstra\u{df}e 1, Berlin";
const SEEN: &str = "[data-test=driver-seen]";
const SKETCH: &str = "[data-test=sketch]";
const TOLD: &str = "POST /api/drive/place";

/// A kilometre to the north-east of the kitchen.
const ON_THE_WAY: (f64, f64) = (52.505, 13.429);
const AT_HOME: (f64, f64) = (52.51, 13.433);

#[tokio::test]
async fn who_waits_sees_where_the_driver_is_while_they_carry_it() -> Result<()> {
    let world = World::of(Engine::Chromium).await?;
    let dora = world.driver("dora").await?;
    dora.signs_in().await?;
    dora.browser().is_at(Some(ON_THE_WAY)).await?;
    dora.goes_on_duty().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_to_the_door(&CART, "at-hand-over", ADDRESS).await?;
    dora.is_offered(&order).await?;
    dora.browser().wait_text("[data-test=offer] .ticket-age", "1.1 km away").await?;
    dora.claims(&order).await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    kitchen.accepts(&order).await?;
    for tap in ["start", "ready"] {
        kitchen.taps(&order, tap).await?;
    }
    dora.browser().wait_text("[data-test=kitchen]", "Ready on the pass").await?;
    ensure!(dora.network().requests(TOLD).is_empty(), "on the way to the kitchen it is nobody's business");
    dora.taps(&order, "pick-up").await?;
    dora.network().requested(TOLD, 1).await?;
    dora.browser().wait("[data-test=sighted][data-knows=true]").await?;

    // Ada sees it in words and as a picture, and may ask how far it is from her without telling anybody where she is.
    let page = ada.browser();
    page.wait(SEEN).await?;
    page.wait_text(SEEN, "1.1 km north-east of Ginkgo Ramen").await?;
    page.wait(SKETCH).await?;
    page.screenshot("driver-seen").await?;
    page.is_at(Some(AT_HOME)).await?;
    page.click("[data-test=how-far]").await?;
    page.wait_text("[data-test=from-here]", "from you").await?;
    page.screenshot("driver-seen-from-here").await?;
    dora.browser().screenshot("driver-sighted").await?;

    // In a cellar what was seen last stays.
    ada.network().cut();
    ada.is_cut_off().await?;
    page.wait(SEEN).await?;
    page.wait_text("[data-test=from-here]", "from you").await?;
    ada.network().restore();

    dora.taps(&order, "deliver").await?;
    dora.has_waiting(0).await?;
    dora.browser().wait_gone("[data-test=sighted]").await?;
    page.wait_attr("[data-test=order]", "data-status", "delivered").await?;
    page.wait_gone("[data-test=whereabouts]").await?;
    world.end(&[ada.browser(), kitchen.browser(), dora.browser()]).await
}
