//! A card pays: chosen with no network, reserved before the kitchen hears of the order, charged when the meal is handed over;
//! where the bank says no, the order ends with the reason and no kitchen ever sees it.

use anyhow::Result;
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

#[tokio::test]
async fn a_card_chosen_offline_is_reserved_then_charged_at_the_hand_over() -> Result<()> {
    reserved_then_charged(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_card_chosen_offline_is_reserved_then_charged_at_the_hand_over() -> Result<()> {
    reserved_then_charged(Engine::Firefox).await
}

async fn reserved_then_charged(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;

    ada.network().cut();
    let order = ada.orders_by_card(&CART, "tok_twice").await?;
    ada.sees_stage(&order, "saved").await?;
    ada.phone_dies()?;
    ada.phone_starts(&format!("/orders/{order}")).await?;
    ada.sees_stage(&order, "saved").await?;

    ada.network().rough_weather();
    ada.sees_paid("reserved").await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    kitchen.accepts(&order).await?;
    for tap in ["start", "ready"] {
        kitchen.taps(&order, tap).await?;
    }
    kitchen.sees_ticket(&order, "ready").await?;
    assert!(world.server.told("payment-captured").await?.is_empty(), "nothing is charged before the hand-over");
    kitchen.taps(&order, "hand-over").await?;
    ada.sees_paid("charged").await?;
    assert_eq!(world.server.told("payment-captured").await?, std::slice::from_ref(&order));
    assert_eq!(world.server.told("order-fulfilled").await?, [order]);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn an_order_whose_card_is_declined_ends_with_the_reason_and_reaches_no_kitchen() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_by_card(&CART, "tok_declined").await?;
    ada.sees_order(&order, "cancelled").await?;
    ada.sees_paid("declined").await?;
    ada.browser().wait_text("[data-test=order]", "The money could not be had: The bank said no.").await?;
    assert!(world.server.tickets().await?.is_empty());
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}
