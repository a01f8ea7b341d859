//! Every screen, on a phone of today and on a small one, by day and by night: nothing sticks out sideways.
//!
//! The pictures are in `target/e2e/screens/`.

use anyhow::Result;
use e2e::{Browser, Cart, Screen, World};

const SIZES: &[(&str, Screen)] = &[("390x844", Screen::PHONE), ("320x568", Screen::SMALL)];

/// The colours of a button change in a moment's time; that moment is over.
const COLOURS_CHANGE: &str = "
    for (const change of document.getAnimations()) {
        if (change instanceof CSSTransition) change.finish();
    }
";

#[tokio::test]
async fn every_screen_of_the_customer_fits() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.adds("trattoria-lucciola", "tiramisu").await?;
    for (name, path) in [
        ("restaurants", "/"),
        ("menu", "/r/trattoria-lucciola"),
        ("item", "/r/trattoria-lucciola/i/margherita"),
        ("cart", "/cart"),
        ("checkout", "/r/trattoria-lucciola/checkout"),
        ("orders", "/orders"),
        ("archive", "/orders/archive"),
        ("order", &format!("/orders/{order}")),
        ("outbox", "/outbox"),
        ("inbox", "/inbox"),
        ("sync", "/sync"),
        ("sign-in", "/sign-in"),
    ] {
        fits(ada.browser(), &format!("customer-{name}"), path).await?;
    }
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn every_screen_of_a_guest_fits() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.opens("/").await?;
    ada.has_state("signed-out").await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    ada.adds("trattoria-lucciola", "tiramisu").await?;
    for (name, path) in [
        ("checkout", "/r/trattoria-lucciola/checkout"),
        ("order", &format!("/orders/{order}")),
        ("orders", "/orders"),
        ("sign-in", "/sign-in"),
    ] {
        fits(ada.browser(), &format!("guest-{name}"), path).await?;
    }
    ada.browser().click("[data-test=forget-guest]").await?;
    ada.browser().wait("dialog[open] [data-test=confirm-forget]").await?;
    looks_right(ada.browser(), "guest-forget").await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn every_screen_of_the_kitchen_fits() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    let table = kitchen.opens_table("12").await?;
    for (item, nth) in [("margherita", 1), ("espresso", 1), ("acqua-frizzante-75-cl", 1), ("margherita", 2)] {
        kitchen.adds_line(item, nth).await?;
    }
    kitchen.taps_next("send-lines").await?;
    kitchen.sees_line("espresso", "placed").await?;
    looks_right(kitchen.browser(), "kitchen-table-sent").await?;
    kitchen.browser().click("[data-test=pick][data-id=tiramisu] [data-test=add-more]").await?;
    kitchen.browser().wait("dialog[open] [data-test=confirm-add]").await?;
    looks_right(kitchen.browser(), "kitchen-table-add").await?;
    let counter = kitchen.begins_at_the_counter().await?;
    kitchen.adds_line("espresso", 1).await?;
    kitchen.taps_next("bill").await?;
    kitchen.taps_next("declined").await?;
    kitchen.browser().wait("[data-test=card-declined]").await?;
    kitchen.has_waiting(0).await?;
    for (name, path) in [
        ("board", "/kitchen"),
        ("tables", "/kitchen/tables"),
        ("table", &format!("/kitchen/tables/{table}")),
        ("counter", &format!("/kitchen/tables/{counter}")),
        ("menu", "/kitchen/menu"),
        ("figures", "/kitchen/figures"),
        ("archive", "/kitchen/archive"),
        ("outbox", "/kitchen/outbox"),
        ("inbox", "/kitchen/inbox"),
        ("sync", "/kitchen/sync"),
        ("sign-in", "/kitchen/sign-in"),
    ] {
        fits(kitchen.browser(), &format!("kitchen-{name}"), path).await?;
    }
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn every_screen_of_the_driver_fits() -> Result<()> {
    let world = World::start().await?;
    let mut dora = world.driver("dora").await?;
    dora.opens("/drive").await?;
    dora.browser().wait("a[href='/drive/sign-in']").await?;
    looks_right(dora.browser(), "driver-signed-out").await?;
    dora.signed_in_days_ago().await?;
    looks_right(dora.browser(), "driver-off-duty").await?;
    dora.goes_on_duty().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let cart = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
    let order = ada.orders_to_the_door(&cart, "tok_succeeds", "Torstra\u{df}e 1, 10119 Berlin").await?;
    dora.is_offered(&order).await?;
    looks_right(dora.browser(), "driver-offer").await?;
    dora.claims(&order).await?;
    looks_right(dora.browser(), "driver-to-fetch").await?;
    ada.browser().wait_attr("[data-test=driver]", "data-found", "true").await?;
    looks_right(ada.browser(), "customer-order-with-driver").await?;
    dora.taps(&order, "pick-up").await?;
    dora.sees_errand(&order, "picked-up").await?;
    looks_right(dora.browser(), "driver-in-the-bag").await?;
    dora.taps(&order, "fail").await?;
    dora.browser().wait("dialog[open] [data-test=confirm-fail]").await?;
    looks_right(dora.browser(), "driver-cannot-bring").await?;
    ada.sees_order(&order, "picked-up").await?;
    looks_right(ada.browser(), "customer-order-on-its-way").await?;
    for (name, path) in
        [("outbox", "/drive/outbox"), ("inbox", "/drive/inbox"), ("sync", "/drive/sync"), ("archive", "/drive/archive")]
    {
        fits(dora.browser(), &format!("driver-{name}"), path).await?;
    }
    world.end(&[ada.browser(), dora.browser()]).await
}

#[tokio::test]
async fn every_screen_of_the_desk_fits() -> Result<()> {
    let mut world = World::start().await?;
    let olga = world.operator("olga").await?;
    olga.opens("/desk").await?;
    olga.browser().wait("a[href='/desk/sign-in']").await?;
    looks_right(olga.browser(), "desk-signed-out").await?;
    olga.signs_in().await?;
    looks_right(olga.browser(), "desk-quiet").await?;
    olga.opens("/desk/system").await?;
    olga.browser().wait("[data-test=health]").await?;
    olga.browser().click("[data-test=look-for-faults]").await?;
    olga.browser().wait("[data-test=no-faults]").await?;
    looks_right(olga.browser(), "desk-system").await?;
    olga.opens("/desk").await?;
    let dora = world.driver("dora").await?;
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let cart = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
    let order = ada.orders_to_the_door(&cart, "tok_succeeds", "Torstra\u{df}e 1, 10119 Berlin").await?;
    dora.is_offered(&order).await?;
    dora.declines(&order).await?;
    world.server.stop().await?;
    world.server.nobody_was_found_in("berlin").await?;
    world.server.restart().await?;
    olga.sees_trouble(&order, "nobody-found").await?;
    looks_right(olga.browser(), "desk-nobody-found").await?;
    olga.taps(&order, "nobody-found", "[data-test=give-up]").await?;
    olga.browser().wait("dialog[open] [data-test=confirm-give-up]").await?;
    looks_right(olga.browser(), "desk-give-up").await?;
    olga.opens("/desk").await?;
    olga.taps(&order, "nobody-found", "[data-test=choose-driver]").await?;
    dora.sees_errand(&order, "assigned").await?;
    dora.taps(&order, "pick-up").await?;
    dora.sees_errand(&order, "picked-up").await?;
    dora.taps(&order, "fail").await?;
    dora.browser().click("[data-test=confirm-fail]").await?;
    olga.sees_trouble(&order, "not-delivered").await?;
    olga.reads_story(&order, &["delivery-failed"]).await?;
    looks_right(olga.browser(), "desk-not-delivered").await?;
    olga.taps(&order, "not-delivered", "[data-test=settle]").await?;
    olga.browser().wait("dialog[open] [data-test=confirm-settle]").await?;
    looks_right(olga.browser(), "desk-settle").await?;
    olga.browser().click("[data-test=confirm-settle]").await?;
    olga.sees_no_trouble(&order).await?;
    looks_right(olga.browser(), "desk-seen-to").await?;
    for (name, path) in [("outbox", "/desk/outbox"), ("inbox", "/desk/inbox"), ("sync", "/desk/sync")] {
        fits(olga.browser(), &format!("desk-{name}"), path).await?;
    }
    world.end(&[ada.browser(), dora.browser(), olga.browser()]).await
}

/// What waits on a phone with no network: it is changed and taken back there.
#[tokio::test]
async fn every_screen_of_what_waits_fits() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    ada.browser().click("[data-test=cancel]").await?;
    ada.browser().click("[data-test=confirm-cancel]").await?;
    ada.has_waiting(2).await?;
    let other = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["tiramisu"] }).await?;

    ada.opens("/outbox").await?;
    ada.browser().wait("[data-test=send-now]").await?;
    looks_right(ada.browser(), "waiting-outbox").await?;
    ada.browser().click("[data-test=act-withdraw][data-with='1']").await?;
    ada.browser().wait("[data-test=confirm-withdraw]").await?;
    looks_right(ada.browser(), "waiting-take-back").await?;
    ada.browser().click("dialog[open] [data-test=confirm-withdraw]").await?;
    ada.browser().wait_gone(&format!("[data-test=outbox-act][data-id={order:?}]")).await?;
    ada.has_waiting(1).await?;

    for (name, path) in [("change", format!("/orders/{other}/change")), ("sync", "/sync".to_owned())] {
        ada.opens(&path).await?;
        ada.browser().wait("[data-test=save-revision], [data-test=storage-kept]").await?;
        looks_right(ada.browser(), &format!("waiting-{name}")).await?;
    }
    world.end(&[ada.browser()]).await
}

/// The screen as it is, without going anywhere.
pub(crate) async fn looks_right(browser: &Browser, name: &str) -> Result<()> {
    for (size, screen) in SIZES {
        browser.resize(*screen).await?;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await?;
            browser.client().execute(COLOURS_CHANGE, vec![]).await?;
            browser.screenshot(&format!("screens/{name}-{size}-{scheme}")).await?;
            browser.has_no_sideways_scroll().await?;
        }
    }
    Ok(())
}

async fn fits(browser: &Browser, name: &str, path: &str) -> Result<()> {
    for (size, screen) in SIZES {
        browser.resize(*screen).await?;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await?;
            browser.goto(path).await?;
            browser.wait("[data-test=status][data-state=online]").await?;
            browser.screenshot(&format!("screens/{name}-{size}-{scheme}")).await?;
            browser.has_no_sideways_scroll().await?;
        }
    }
    Ok(())
}
