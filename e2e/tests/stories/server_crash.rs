//! The server dies between commit and answer; nothing is lost and nothing doubled.

use anyhow::Result;
use e2e::{Cart, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

/// The server aborts right after this many batches of commands are durable, before it answers the last of them.
const CRASH: &str = "CARRYOUT_CRASH_AFTER_COMMIT";

#[tokio::test]
async fn a_crash_between_commit_and_answer_neither_loses_nor_doubles() -> Result<()> {
    let mut world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;

    world.server.stop().await?;
    world.server.restart_with(&[(CRASH, "1")]).await?;
    ada.is_online().await?;
    kitchen.is_online().await?;
    let order = ada.orders(&CART).await?;
    world.server.crashed().await?;
    assert_eq!(world.server.orders().await?.len(), 1, "the order was durable before the crash");
    ada.is_cut_off().await?;
    ada.has_waiting(1).await?;
    assert_eq!(ada.undecided().await?.len(), 1, "the phone has not heard of it");

    world.server.restart_with(&[(CRASH, "1")]).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    assert_eq!(kitchen.all_tickets().await?, 1);
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;

    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn a_server_killed_under_load_of_both_sides_comes_back_with_all_of_it() -> Result<()> {
    let mut world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&CART).await?;
    kitchen.sees_ticket(&order, "waiting").await?;

    world.server.kill();
    ada.is_cut_off().await?;
    kitchen.taps(&order, "accept").await?;
    kitchen.browser().wait_attr("[data-test=status]", "data-waiting", "1").await?;
    world.server.restart().await?;
    kitchen.has_waiting(0).await?;
    kitchen.sees_ticket(&order, "accepted").await?;
    ada.sees_order(&order, "received").await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    assert_eq!(world.server.tickets().await?.len(), 1);
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
