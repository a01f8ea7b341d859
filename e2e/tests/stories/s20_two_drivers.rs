//! Scenario 20: two drivers claim the same meal, one of them out of a queue that waited in a tunnel: exactly one has it, the
//! other is told, and what else waited in the tunnel arrives.

use anyhow::{Result, ensure};
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const ADDRESS: &str = "Torstra\u{df}e 1, Berlin";

#[tokio::test]
async fn of_two_drivers_who_claim_a_meal_at_once_one_has_it_and_the_other_is_told() -> Result<()> {
    claimed_twice(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_of_two_drivers_who_claim_a_meal_at_once_one_has_it_and_the_other_is_told() -> Result<()> {
    claimed_twice(Engine::Firefox).await
}

async fn claimed_twice(engine: Engine) -> Result<()> {
    let mut world = World::of(engine).await?;
    let (dora, emil) = (world.driver("dora").await?, world.driver("emil").await?);
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    emil.signs_in().await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let hers = ada.orders_to_the_door(&CART, "tok_succeeds", ADDRESS).await?;
    dora.is_offered(&hers).await?;
    dora.claims(&hers).await?;
    kitchen.accepts(&hers).await?;
    for tap in ["start", "ready"] {
        kitchen.taps(&hers, tap).await?;
    }
    dora.browser().wait_text("[data-test=kitchen]", "Ready on the pass").await?;

    // In the tunnel she takes the next one, too, and fetches the first.
    let next = ada.orders_to_the_door(&CART, "tok_succeeds", ADDRESS).await?;
    dora.is_offered(&next).await?;
    dora.network().cut();
    dora.is_cut_off().await?;
    dora.claims_unheard(&next).await?;
    dora.taps(&hers, "pick-up").await?;
    dora.sees_errand(&hers, "picked-up").await?;
    dora.has_waiting(2).await?;

    // Her forty-five seconds are over meanwhile, and somebody else is asked.
    emil.goes_on_duty().await?;
    world.server.stop().await?;
    world.server.an_offer_runs_out(&next).await?;
    world.server.restart().await?;
    emil.is_offered(&next).await?;
    dora.network().rough_weather();
    emil.claims(&next).await?;

    dora.sees_no_errand(&next).await?;
    dora.sees_errand(&hers, "picked-up").await?;
    dora.has_waiting(0).await?;
    dora.opens("/drive/inbox").await?;
    dora.browser().wait("[data-test=inbox-item][data-code=offer-gone]").await?;
    emil.sees_errand(&next, "assigned").await?;
    ada.opens(&format!("/orders/{hers}")).await?;
    ada.sees_order(&hers, "picked-up").await?;
    let claimed = world.server.told("offer-claimed").await?;
    ensure!(claimed.len() == 2, "one meal each: {claimed:?}");
    ensure!(world.server.told("driver-assigned").await?.len() == 2, "one driver a meal");
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser(), dora.browser(), emil.browser()]).await
}
