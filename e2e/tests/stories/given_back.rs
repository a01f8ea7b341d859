//! Where an order does not go as it was meant to, and who pays: nobody opens the door, a kitchen's oven breaks after its yes, and
//! money that was charged is given back.

use anyhow::Result;
use e2e::{Cart, Engine, World};

use crate::screens::looks_right;

const TO_THE_DOOR: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const TO_COLLECT: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const ADDRESS: &str = "Torstra\u{df}e 1, Berlin";

/// A driver says so where there is no network; it is paid for, until the desk thinks otherwise.
#[tokio::test]
async fn a_meal_that_nobody_takes_is_paid_for_and_the_desk_gives_it_back() -> Result<()> {
    let world = World::start().await?;
    let mut dora = world.driver("dora").await?;
    dora.signed_in_days_ago().await?;
    dora.goes_on_duty().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_to_the_door(&TO_THE_DOOR, "tok_succeeds", ADDRESS).await?;
    dora.is_offered(&order).await?;
    dora.claims(&order).await?;
    dora.taps(&order, "pick-up").await?;
    ada.sees_order(&order, "picked-up").await?;
    dora.is_ready_for_offline().await?;

    dora.network().cut();
    dora.taps(&order, "nobody-there").await?;
    dora.browser().wait("dialog[open] [data-test=confirm-nobody-there]").await?;
    looks_right(dora.browser(), "drive-nobody-there").await?;
    dora.browser().click("[data-test=confirm-nobody-there]").await?;
    dora.has_waiting(1).await?;
    dora.network().rough_weather();
    dora.sees_no_errand(&order).await?;

    ada.sees_order(&order, "cancelled").await?;
    ada.sees_paid("charged").await?;
    ada.browser().wait_text("[data-test=order]", "It was cooked and brought, so it is paid for.").await?;
    looks_right(ada.browser(), "order-nobody-there").await?;
    assert_eq!(world.server.told("payment-captured").await?, std::slice::from_ref(&order));
    assert!(world.server.told("order-fulfilled").await?.is_empty(), "nobody got a meal");

    let olga = world.operator("olga").await?;
    olga.signs_in().await?;
    olga.sees_trouble(&order, "nobody-there").await?;
    looks_right(olga.browser(), "desk-nobody-there").await?;
    olga.taps_case(&order, "give-back").await?;
    olga.browser().wait("dialog[open] [data-test=confirm-give-back]").await?;
    looks_right(olga.browser(), "desk-give-back").await?;
    olga.browser().click("[data-test=confirm-give-back]").await?;
    ada.browser().wait_text("[data-test=paid]", "all of it was given back").await?;
    assert_eq!(world.server.told("payment-refunded").await?, [order]);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), dora.browser(), olga.browser()]).await
}

#[tokio::test]
async fn a_kitchen_gives_a_part_back_from_its_cellar_and_once() -> Result<()> {
    gives_a_part_back(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_kitchen_gives_a_part_back_from_its_cellar_and_once() -> Result<()> {
    gives_a_part_back(Engine::Firefox).await
}

async fn gives_a_part_back(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut kitchen = world.tablet("lucciola").await?;
    kitchen.signed_in_days_ago().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_by_card(&TO_COLLECT, "tok_succeeds").await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    kitchen.accepts(&order).await?;
    kitchen.cooks_and_hands_over(&order).await?;
    ada.sees_paid("charged").await?;
    kitchen.is_ready_for_offline().await?;

    kitchen.network().cut();
    kitchen.taps(&order, "give-back").await?;
    kitchen.browser().fill("dialog[open] [name=amount]", "900").await?;
    kitchen.browser().click("[data-test=confirm-give-back]").await?;
    kitchen.browser().wait_text("dialog[open] [role=alert]", "at most").await?;
    if engine == Engine::Chromium {
        looks_right(kitchen.browser(), "kitchen-give-back").await?;
    }
    kitchen.browser().fill("dialog[open] [name=amount]", "2,50").await?;
    kitchen.browser().click("[data-test=confirm-give-back]").await?;
    kitchen.has_waiting(1).await?;
    kitchen.dies()?;
    kitchen.starts("/kitchen").await?;
    kitchen.has_waiting(1).await?;
    kitchen.network().rough_weather();

    ada.browser().wait_text("[data-test=paid]", "2.50 of it were given back").await?;
    kitchen.browser().wait_text("[data-test=given-back]", "were given back").await?;
    if engine == Engine::Chromium {
        looks_right(kitchen.browser(), "kitchen-given-back").await?;
        looks_right(ada.browser(), "order-given-back").await?;
    }
    assert_eq!(world.server.told("payment-refunded").await?, [order]);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn a_kitchen_whose_oven_breaks_after_its_yes_calls_the_order_off() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_by_card(&TO_COLLECT, "tok_succeeds").await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    kitchen.accepts(&order).await?;
    kitchen.taps(&order, "start").await?;
    kitchen.sees_ticket(&order, "cooking").await?;
    looks_right(kitchen.browser(), "kitchen-cooking").await?;
    kitchen.taps(&order, "call-off").await?;
    kitchen.browser().wait("dialog[open] [data-test=confirm-call-off]").await?;
    looks_right(kitchen.browser(), "kitchen-call-off").await?;
    kitchen.browser().click("[data-test=confirm-call-off]").await?;
    ada.sees_order(&order, "rejected").await?;
    ada.sees_paid("let-go").await?;
    ada.browser().wait_text("[data-test=order]", "Something in our kitchen broke.").await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
