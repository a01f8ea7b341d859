//! Scenario 16: a kitchen's tablet slept. When it wakes, what was ordered meanwhile is there, the alarm rings for all of it
//! together, and it stops on every device once somebody answers on any of them.

use anyhow::Result;
use e2e::{Cart, Kitchen, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
/// Counts the tones that a page has begun.
const EARS: &str = "{ const { start } = OscillatorNode.prototype; window.tones = 0;
    OscillatorNode.prototype.start = function(...at) { window.tones += 1; return start.apply(this, at); }; }";
const RINGS: &str = "[data-test=alarm][data-ringing=true]";
const IS_HUSHED: &str = "[data-test=alarm][data-ringing=false]";

#[tokio::test]
async fn what_came_while_the_tablet_slept_rings_until_it_is_answered_on_any_device() -> Result<()> {
    let world = World::start().await?;
    let kitchen = a_tablet_that_is_heard(&world).await?;
    let counter = world.tablet("lucciola").await?;
    counter.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;

    kitchen.browser().says("carryout.freeze()").await?;
    kitchen.network().cut();
    let mut orders = vec![];
    for _ in ["first", "second"] {
        let order = ada.orders(&CART).await?;
        counter.sees_ticket(&order, "waiting").await?;
        orders.push(order);
    }
    assert_eq!(kitchen.all_tickets().await?, 0, "the tablet sleeps");

    kitchen.network().restore();
    kitchen.browser().says("carryout.freeze(false)").await?;
    for order in &orders {
        kitchen.sees_ticket(order, "waiting").await?;
    }
    kitchen.browser().wait(RINGS).await?;
    kitchen.browser().wait_text("[data-test=alarm]", "2 orders wait").await?;
    kitchen.browser().comes_to("window.tones >= 2").await?;
    kitchen.browser().screenshot("alarm").await?;

    counter.accepts(&orders[0]).await?;
    kitchen.browser().wait_text("[data-test=alarm]", "1 order waits").await?;
    kitchen.browser().wait(RINGS).await?;
    counter.accepts(&orders[1]).await?;
    for tablet in [&kitchen, &counter] {
        tablet.browser().wait_gone(RINGS).await?;
    }
    kitchen.browser().wait_gone("[data-test=alarm]").await?;
    world.end(&[ada.browser(), kitchen.browser(), counter.browser()]).await
}

#[tokio::test]
async fn an_alarm_is_hushed_on_one_tablet_until_another_order_comes_and_follows_to_every_screen() -> Result<()> {
    let world = World::start().await?;
    let kitchen = a_tablet_that_is_heard(&world).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let first = ada.orders(&CART).await?;
    kitchen.browser().wait(RINGS).await?;
    kitchen.browser().click("[data-test=hush]").await?;
    kitchen.browser().wait(IS_HUSHED).await?;
    kitchen.browser().wait_text("[data-test=alarm]", "1 order waits").await?;

    // A cook who repairs the menu hears it too.
    kitchen.browser().goes("/kitchen/menu").await?;
    kitchen.browser().wait("[data-test=menu-item]").await?;
    kitchen.browser().wait(IS_HUSHED).await?;
    let second = ada.orders(&CART).await?;
    kitchen.browser().wait(RINGS).await?;
    kitchen.browser().click("[data-test=alarm-off]").await?;
    kitchen.browser().wait_text("[data-test=alarm]", "is off").await?;

    // Off stays off over a new start, and says so.
    kitchen.opens("/kitchen").await?;
    kitchen.browser().wait(IS_HUSHED).await?;
    kitchen.browser().wait_text("[data-test=alarm]", "is off").await?;
    for order in [&first, &second] {
        kitchen.accepts(order).await?;
    }
    kitchen.browser().wait_text("[data-test=alarm]", "is off").await?;
    kitchen.browser().click("[data-test=alarm-on]").await?;
    kitchen.browser().wait_gone("[data-test=alarm]").await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn what_a_waiter_sends_for_a_table_rings_once_in_the_kitchen_and_not_in_the_waiter_s_hand() -> Result<()> {
    let world = World::start().await?;
    let kitchen = a_tablet_that_is_heard(&world).await?;
    let waiter = a_tablet_that_is_heard(&world).await?;
    let table = waiter.opens_table("7").await?;
    waiter.adds_line("minestrone", 1).await?;
    waiter.taps_next("send-lines").await?;
    waiter.sees_line("minestrone", "placed").await?;
    kitchen.browser().wait(&format!("[data-test=tab-to-cook][data-id={table:?}]")).await?;
    kitchen.browser().comes_to("window.tones >= 2").await?;
    waiter.has_waiting(0).await?;
    assert_eq!(waiter.browser().says("window.tones").await?, 0, "whoever sent it knows");
    assert_eq!(kitchen.browser().says("window.tones").await?, 2, "a bell is two tones");
    world.end(&[kitchen.browser(), waiter.browser()]).await
}

/// Whose page was tapped, without which a browser lets nothing sound, and who says so until then.
async fn a_tablet_that_is_heard(world: &World) -> Result<Kitchen> {
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    kitchen.browser().begins_with(EARS).await?;
    kitchen.opens("/kitchen?debug").await?;
    kitchen.is_online().await?;
    kitchen.browser().wait("[data-test=alarm][data-heard=awaits-tap]").await?;
    kitchen.browser().click("[data-test=alarm-wake]").await?;
    kitchen.browser().wait_gone("[data-test=alarm]").await?;
    Ok(kitchen)
}
