//! The browser throws away what it kept for the site: what is then said is what can be proved, and ordering goes on.

use anyhow::Result;
use e2e::{ALL_BUT_COOKIES, Cart, Customer, DATABASES, World};

const COMMANDS: &str = "POST /api/commands";
const PIZZA: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const SOUP: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const LOST: &str = "[data-test=storage-note][data-kind=lost]";

#[tokio::test]
async fn pain_08_after_an_eviction_the_page_says_what_is_provable_and_orders_again() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    assert_eq!(ada.browser().count(LOST).await?, 0, "a browser that was never here has lost nothing");
    let arrived = ada.orders(&PIZZA).await?;
    ada.sees_order(&arrived, "submitted").await?;
    ada.has_waiting(0).await?;
    two_wait_and_the_server_has_heard_of_them(&world, &ada).await?;

    ada.browser().client().goto("about:blank").await?;
    ada.browser().evicts(ALL_BUT_COOKIES).await?;
    ada.network().heal();
    ada.opens("/orders").await?;
    ada.browser().wait(&format!("{LOST}[data-asked=true][data-never-arrived='2']")).await?;
    ada.browser().wait_text(LOST, "2 things known to be waiting on this device have never arrived.").await?;
    ada.browser().wait_text(LOST, "2 things were waiting to be sent").await?;
    ada.browser().wait_text(LOST, "may be lost.").await?;
    ada.browser().screenshot("storage-evicted").await?;
    ada.browser().has_no_sideways_scroll().await?;
    ada.sees_order(&arrived, "submitted").await?;
    assert_eq!(world.server.orders().await?.len(), 1);

    // Ordering again works at once, under another device's name, and the sentence stays until it was read.
    let again = ada.orders(&SOUP).await?;
    ada.sees_order(&again, "submitted").await?;
    ada.has_waiting(0).await?;
    assert_eq!(world.server.orders().await?.len(), 2);
    assert_eq!(world.server.numbers_given_twice().await?, 0);
    ada.browser().reload().await?;
    ada.browser().wait(LOST).await?;
    ada.browser().click("[data-test=loss-read]").await?;
    ada.browser().wait_gone(LOST).await?;
    ada.browser().reload().await?;
    ada.is_online().await?;
    ada.browser().comes_to("carryout.storage().then(({ loss }) => loss === null)").await?;
    assert_eq!(ada.browser().count(LOST).await?, 0);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn what_the_cookie_proves_is_said_with_no_network_and_completed_by_the_server() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    two_wait_and_the_server_has_heard_of_them(&world, &ada).await?;
    ada.network().cut();
    // One more that nobody but this phone ever knew of.
    let third = ada.orders(&SOUP).await?;
    ada.sees_stage(&third, "saved").await?;
    ada.has_waiting(3).await?;

    // The second place goes, too, and the app itself stays, so that it starts with no network.
    ada.browser().comes_to("caches.delete('carryout-outbox-twin')").await?;
    ada.browser().client().goto("about:blank").await?;
    ada.browser().evicts(DATABASES).await?;
    ada.opens("/").await?;
    ada.browser().wait(&format!("{LOST}[data-asked=false]")).await?;
    ada.browser().wait_text(LOST, "3 things were waiting to be sent").await?;
    ada.browser().wait_text(LOST, "may be lost.").await?;
    ada.network().heal();
    ada.network().restore();
    ada.browser().wait(&format!("{LOST}[data-asked=true][data-never-arrived='2']")).await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn what_is_thrown_away_under_an_open_page_is_written_again() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    let first = ada.orders(&PIZZA).await?;
    ada.has_waiting(1).await?;
    ada.browser().evicts(DATABASES).await?;
    ada.browser().click("[data-test=cancel]").await?;
    ada.browser().click("[data-test=confirm-cancel]").await?;
    ada.has_waiting(2).await?;

    ada.phone_dies()?;
    ada.phone_starts(&format!("/orders/{first}")).await?;
    ada.has_waiting(2).await?;
    assert_eq!(ada.outbox().await?.len(), 2);
    assert_eq!(ada.browser().count(LOST).await?, 0);
    ada.network().restore();
    ada.drains().await?;
    ada.sees_order(&first, "cancelled").await?;
    assert_eq!(world.server.numbers_given_twice().await?, 0);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

/// No act gets through, and everything else does: so the server hears that two wait.
async fn two_wait_and_the_server_has_heard_of_them(world: &World, ada: &Customer) -> Result<()> {
    ada.network().refuse(COMMANDS, usize::MAX);
    for cart in [&PIZZA, &SOUP] {
        let order = ada.orders(cart).await?;
        ada.sees_stage(&order, "sent").await?;
    }
    ada.has_waiting(2).await?;
    ada.opens("/orders").await?;
    let heard = async || Ok(world.server.heard_to_wait().await.ok().filter(|waiting| *waiting == 2).map(drop));
    ada.browser().until("the server to hear of two acts", heard).await
}
