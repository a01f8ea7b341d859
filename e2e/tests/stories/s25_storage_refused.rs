//! Scenario 25: the disk is full or storage is refused: the page says so before anybody relies on it, and nothing is shown
//! as saved that is not.

use anyhow::{Result, ensure};
use e2e::{Cart, Customer, World};
use serde_json::{Value, json};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

/// A browser that keeps nothing for the page.
const REFUSES: &str = "
    Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });
";

#[tokio::test]
async fn s25_a_browser_that_keeps_nothing_says_so_and_orders_all_the_same() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.browser().begins_with(REFUSES).await?;
    ada.opens("/").await?;
    ada.browser().wait_text("[data-test=storage-note][data-kind=not-kept]", "keeps nothing").await?;
    ada.signs_in().await?;
    let order = ada.orders_within_the_page(&CART).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.sees_stage(&order, "").await?;
    assert_eq!(world.server.orders().await?.len(), 1);

    // With no network it waits in this window, which is not called saved anywhere.
    ada.network().cut();
    ada.is_cut_off().await?;
    let waits = ada.orders_within_the_page(&CART).await?;
    ada.has_waiting(1).await?;
    assert_eq!(asks_before_leaving(&ada).await?, json!(true));
    nothing_is_called_saved(&ada).await?;
    ada.browser().click("[data-test=status]").await?;
    ada.browser().wait("[data-test=storage][data-kept=memory]").await?;
    nothing_is_called_saved(&ada).await?;
    ada.browser().screenshot("storage-refused").await?;
    ada.browser().has_no_sideways_scroll().await?;
    ada.network().rough_weather();
    ada.has_waiting(0).await?;
    assert_eq!(asks_before_leaving(&ada).await?, json!(false));
    let orders = world.server.orders().await?;
    assert!(orders.iter().any(|order| order["id"] == json!(waits)), "{orders:?}");
    world.end(&[ada.browser()]).await
}

/// Whether a person who closes the window now is asked first.
async fn asks_before_leaving(ada: &Customer) -> Result<Value> {
    let script = "
        const leaving = new Event('beforeunload', { cancelable: true });
        dispatchEvent(leaving);
        return leaving.defaultPrevented;
    ";
    Ok(ada.browser().client().execute(script, vec![]).await?)
}

async fn nothing_is_called_saved(ada: &Customer) -> Result<()> {
    let words = ada.browser().text("body").await?;
    let claims = words.to_lowercase().replace("not saved", "");
    ensure!(!claims.contains("saved"), "the page says:\n{words}");
    Ok(())
}

/// A disk that takes nothing while the page says so.
const FULL: &str = "
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...record) {
        if (window.isFull) throw new DOMException('no', 'QuotaExceededError');
        return put.apply(this, record);
    };
";

#[tokio::test]
async fn s25_an_order_that_a_full_disk_does_not_take_is_not_called_saved_and_can_be_tapped_again() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.browser().begins_with(FULL).await?;
    ada.signs_in().await?;
    ada.fills(&CART).await?;
    ada.checks_out(CART.restaurant).await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    ada.browser().client().execute("window.isFull = true", vec![]).await?;
    ada.browser().click("[data-test=place-order]").await?;
    let full = "[data-test=storage-note][data-kind=storage-fails]";
    ada.browser().wait_text(full, "no room left").await?;
    ada.browser().wait_text(".said", "could not be saved").await?;
    assert!(ada.browser().path().await?.ends_with("/checkout"));
    assert_eq!(ada.browser().value("[name=customer-name]").await?, "Ada", "what was typed is still there");
    ada.has_waiting(0).await?;
    assert!(ada.outbox().await?.is_empty());
    ada.browser().screenshot("storage-full").await?;

    ada.browser().client().execute("window.isFull = false", vec![]).await?;
    ada.browser().click("[data-test=place-order]").await?;
    let order = ada.tracked_order().await?;
    ada.sees_stage(&order, "saved").await?;
    ada.browser().wait_gone(full).await?;
    ada.network().rough_weather();
    ada.has_waiting(0).await?;
    ada.sees_order(&order, "submitted").await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn s25_with_no_room_at_all_one_can_still_order_while_the_server_is_there() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.fills(&CART).await?;
    ada.has_room_now(1).await?;
    ada.browser().wait_text("[data-test=storage-note][data-kind=not-kept]", "no room left").await?;
    // The cart that was filled before is still here.
    ada.fills_in_the_checkout(CART.restaurant).await?;
    nothing_is_called_saved(&ada).await?;
    ada.browser().click("[data-test=place-order]").await?;
    let order = ada.tracked_order().await?;
    ada.sees_order(&order, "submitted").await?;
    ada.sees_stage(&order, "").await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    assert!(ada.outbox().await?.is_empty(), "nothing was kept");
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn s25_menus_give_way_to_an_order_when_the_disk_is_full() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;
    ada.fills(&CART).await?;
    assert!(!ada.browser().indexed_db("carryout-cache", "rows").await?.is_empty());
    let used = ada.browser().used().await?;
    ada.has_room_now(used).await?;
    ada.fills_in_the_checkout(CART.restaurant).await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    ada.browser().click("[data-test=place-order]").await?;
    let order = ada.tracked_order().await?;
    ada.sees_stage(&order, "saved").await?;
    ada.browser().wait("[data-test=storage-note][data-kind=rows-not-kept]").await?;
    assert!(ada.browser().indexed_db("carryout-cache", "rows").await?.is_empty());
    assert_eq!(ada.outbox().await?.len(), 1);

    ada.phone_dies()?;
    ada.network().rough_weather();
    ada.phone_starts(&format!("/orders/{order}")).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn the_browsers_promise_to_keep_is_asked_for_after_the_first_order_and_shown() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_order(&order, "submitted").await?;
    // Chromium without a screen says no unless it was told otherwise.
    ada.browser().wait("[data-test=storage-note][data-kind=best-effort]").await?;
    ada.opens("/sync").await?;
    ada.browser().wait("[data-test=storage][data-kept=best-effort]").await?;
    ada.browser().lets_keep().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.browser().comes_to("carryout.storage().then(({ kept, granted }) => kept === 'durable' && granted)").await?;
    ada.opens("/sync").await?;
    ada.browser().wait("[data-test=storage][data-kept=durable]").await?;
    world.end(&[ada.browser()]).await
}
