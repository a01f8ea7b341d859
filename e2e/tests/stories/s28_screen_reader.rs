//! Scenario 28, all screens: whoever sees little, hears a screen read out, has an unsteady hand or needs letters twice as large
//! finds nothing in their way. Every route of the four apps, with something on it, is looked at by day and by night.

use anyhow::Result;
use e2e::{Cart, Customer, Inspection, Kitchen, World};

const TO_COLLECT: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const TO_THE_DOOR: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const ADDRESS: &str = "Torstra\u{df}e 1, 10119 Berlin";

#[tokio::test]
async fn nothing_is_in_the_way_of_a_customer() -> Result<()> {
    let (world, mut eyes) = (World::start().await?, Inspection::begins()?);
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let browser = ada.browser();
    let over = ada.orders(&TO_COLLECT).await?;
    kitchen.accepts(&over).await?;
    kitchen.cooks_and_hands_over(&over).await?;
    ada.sees_order(&over, "handed-over").await?;
    eyes.looks_at(browser, "customer-order-over").await?;
    let order = ada.orders(&TO_COLLECT).await?;
    ada.sees_order(&order, "submitted").await?;
    eyes.looks_at(browser, "customer-order").await?;
    browser.click("[data-test=cancel]").await?;
    browser.wait("dialog[open] [data-test=confirm-cancel]").await?;
    eyes.looks_at(browser, "customer-cancel").await?;
    comes_back_to_the_inbox(&ada, &kitchen).await?;
    eyes.looks_at(browser, "customer-inbox").await?;
    ada.adds("trattoria-lucciola", "tiramisu").await?;
    for (name, path, shows) in [
        ("restaurants", "/", "[data-test=restaurant]"),
        ("menu", "/r/trattoria-lucciola", "[data-test=item]"),
        ("dish", "/r/trattoria-lucciola/i/margherita", "[data-test=add-to-cart]"),
        ("dish-gone", "/r/trattoria-lucciola/i/minestrone", "[data-test=add-to-cart]"),
        ("cart", "/cart", "[data-test=checkout-link]"),
        ("checkout", "/r/trattoria-lucciola/checkout", "[data-test=place-order]"),
        ("orders", "/orders", "[data-test=order]"),
        ("outbox", "/outbox", "[data-test=outbox-act]"),
        ("sync", "/sync", "[data-test=condition]"),
        ("account", "/sign-in", "[data-test=sign-out]"),
        ("nothing-there", "/there/is/nothing", ".empty"),
    ] {
        ada.opens(path).await?;
        ada.is_online().await?;
        browser.wait(shows).await?;
        eyes.looks_at(browser, &format!("customer-{name}")).await?;
    }
    browser.goes("/sign-in").await?;
    browser.click("[data-test=erase]").await?;
    browser.wait("dialog[open] [data-test=confirm-erase]").await?;
    eyes.looks_at(browser, "customer-erase").await?;
    ada.opens("/r/trattoria-lucciola/checkout").await?;
    browser.choose("[name=destination][value=deliver]").await?;
    browser.choose("[name=pays][value=tok_succeeds]").await?;
    browser.choose("[name=tip][value='10']").await?;
    browser.wait("[data-test=with-tip]").await?;
    eyes.looks_at(browser, "customer-checkout-by-card").await?;
    ada.opens("/").await?;
    browser.fill("[name=search]", "no such dish").await?;
    browser.wait(".empty").await?;
    eyes.looks_at(browser, "customer-none-found").await?;
    ada.opens("/orders/archive").await?;
    browser.click("[data-test=paper] summary").await?;
    browser.wait("[data-test=paper][open], [data-test=paper] [open]").await?;
    eyes.looks_at(browser, "customer-archive").await?;
    eprintln!("{} screens", eyes.ends()?);
    world.end(&[browser, kitchen.browser()]).await
}

/// Ada orders with no network, and a dish of it is sold out when her order arrives.
async fn comes_back_to_the_inbox(ada: &Customer, kitchen: &Kitchen) -> Result<()> {
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["minestrone", "tiramisu"] }).await?;
    kitchen.marks_sold_out("minestrone").await?;
    kitchen.reprices("tiramisu", "7.00").await?;
    ada.network().restore();
    ada.finds_in_inbox("changed").await.map(|_| ())
}

/// Where the network is away, and where the app itself cannot be had.
#[tokio::test]
async fn nothing_is_in_the_way_of_who_has_no_network() -> Result<()> {
    let (world, mut eyes) = (World::start().await?, Inspection::begins()?);
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    let browser = ada.browser();
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&TO_COLLECT).await?;
    ada.sees_stage(&order, "saved").await?;
    eyes.looks_at(browser, "offline-order").await?;
    ada.adds("trattoria-lucciola", "tiramisu").await?;
    for (name, path, shows) in [
        ("restaurants", "/".to_owned(), "[data-test=restaurant]"),
        ("checkout", "/r/trattoria-lucciola/checkout".to_owned(), "[data-test=place-order]"),
        ("change", format!("/orders/{order}/change"), "[data-test=save-revision]"),
        ("archive", "/orders/archive".to_owned(), "[data-test=needs-network]"),
        ("sync", "/sync".to_owned(), "[data-test=send-now]"),
        ("outbox", "/outbox".to_owned(), "[data-test=send-now]"),
    ] {
        ada.opens(&path).await?;
        browser.wait(shows).await?;
        eyes.looks_at(browser, &format!("offline-{name}")).await?;
    }
    browser.click("[data-test=act-withdraw]").await?;
    browser.wait("dialog[open] [data-test=confirm-withdraw]").await?;
    eyes.looks_at(browser, "offline-take-back").await?;

    let nobody = world.phone("nobody").await?;
    nobody.network().answer_not_found(".wasm", usize::MAX);
    nobody.browser().goto("/").await?;
    nobody.browser().wait("[data-test=app-error]").await?;
    eyes.looks_at(nobody.browser(), "no-app").await?;
    eprintln!("{} screens", eyes.ends()?);
    world.end(&[browser, nobody.browser()]).await
}

#[tokio::test]
async fn nothing_is_in_the_way_of_a_guest() -> Result<()> {
    let (world, mut eyes) = (World::start().await?, Inspection::begins()?);
    let guest = world.phone("ada").await?;
    let browser = guest.browser();
    for (name, path) in
        [("cart-empty", "/cart"), ("orders-none", "/orders"), ("outbox", "/outbox"), ("inbox", "/inbox")]
    {
        guest.opens(path).await?;
        guest.has_state("signed-out").await?;
        browser.wait(".empty").await?;
        eyes.looks_at(browser, &format!("guest-{name}")).await?;
    }
    guest.adds("trattoria-lucciola", "margherita").await?;
    eyes.looks_at(browser, "guest-menu-with-cart").await?;
    guest.checks_out("trattoria-lucciola").await?;
    eyes.looks_at(browser, "guest-checkout").await?;
    browser.click("[data-test=place-order]").await?;
    let order = guest.tracked_order().await?;
    guest.sees_order(&order, "submitted").await?;
    browser.wait("[data-test=keep-order]").await?;
    eyes.looks_at(browser, "guest-order").await?;
    guest.opens("/sign-in").await?;
    browser.wait("[data-test=takes-over]").await?;
    browser.fill("[name=account]", "ada").await?;
    browser.fill("[name=password]", "wrong").await?;
    guest.has_waiting(0).await?;
    browser.click("[data-test=sign-in]").await?;
    browser.wait("form [role=alert]").await?;
    eyes.looks_at(browser, "guest-sign-in").await?;
    browser.click("[data-test=forget-guest]").await?;
    browser.wait("dialog[open] [data-test=confirm-forget]").await?;
    eyes.looks_at(browser, "guest-forget").await?;
    eprintln!("{} screens", eyes.ends()?);
    world.end(&[browser]).await
}

#[tokio::test]
async fn nothing_is_in_the_way_of_a_kitchen() -> Result<()> {
    let (world, mut eyes) = (World::start().await?, Inspection::begins()?);
    let kitchen = world.tablet("lucciola").await?;
    let browser = kitchen.browser();
    for (name, path) in [("board", "/kitchen"), ("tables", "/kitchen/tables"), ("sign-in", "/kitchen/sign-in")] {
        kitchen.opens(path).await?;
        browser.wait("a[href='/kitchen/sign-in']").await?;
        eyes.looks_at(browser, &format!("kitchen-signed-out-{name}")).await?;
    }
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    // One of each column, the last of them done.
    for taps in [&["start", "ready", "hand-over"][..], &["start", "ready"], &["start"], &[]] {
        let order = ada.orders(&TO_COLLECT).await?;
        kitchen.sees_ticket(&order, "waiting").await?;
        kitchen.accepts(&order).await?;
        for tap in taps {
            kitchen.taps(&order, tap).await?;
        }
    }
    let waiting = ada.orders(&TO_COLLECT).await?;
    kitchen.sees_ticket(&waiting, "waiting").await?;
    let table = kitchen.opens_table("12").await?;
    for (item, nth) in [("margherita", 1), ("espresso", 1)] {
        kitchen.adds_line(item, nth).await?;
    }
    eyes.looks_at_work(browser, "kitchen-table-noted").await?;
    kitchen.taps_next("send-lines").await?;
    kitchen.sees_line("espresso", "placed").await?;
    browser.click("[data-test=pick][data-id=tiramisu] [data-test=add-more]").await?;
    browser.wait("dialog[open] [data-test=confirm-add]").await?;
    eyes.looks_at(browser, "kitchen-table-add").await?;
    let counter = kitchen.begins_at_the_counter().await?;
    kitchen.adds_line("espresso", 1).await?;
    kitchen.taps_next("bill").await?;
    kitchen.taps_next("declined").await?;
    browser.wait("[data-test=card-declined]").await?;
    kitchen.has_waiting(0).await?;
    for (name, path, shows) in [
        ("board", "/kitchen".to_owned(), "[data-test=accept]"),
        ("tables", "/kitchen/tables".to_owned(), "[data-test=table]"),
        ("table", format!("/kitchen/tables/{table}"), "[data-test=tab]"),
        ("counter", format!("/kitchen/tables/{counter}"), "[data-test=tab]"),
        ("menu", "/kitchen/menu".to_owned(), "[data-test=menu-item]"),
    ] {
        kitchen.opens(&path).await?;
        kitchen.is_online().await?;
        browser.wait(shows).await?;
        eyes.looks_at_work(browser, &format!("kitchen-{name}")).await?;
    }
    kitchen.marks_sold_out("minestrone").await?;
    browser.fill("[data-test=menu-item][data-id=tiramisu] [name=item-price]", "8.00").await?;
    eyes.looks_at_work(browser, "kitchen-menu-edited").await?;
    for (name, path, shows) in [
        ("figures", "/kitchen/figures", "[data-test=report], [data-test=no-figures]"),
        ("archive", "/kitchen/archive", "[data-test=paper], [data-test=no-papers]"),
        ("outbox", "/kitchen/outbox", "[data-test=outbox-act]"),
        ("inbox", "/kitchen/inbox", "[data-test=status]"),
        ("sync", "/kitchen/sync", "[data-test=condition]"),
        ("account", "/kitchen/sign-in", "[data-test=sign-out]"),
    ] {
        kitchen.opens(path).await?;
        kitchen.is_online().await?;
        browser.wait(shows).await?;
        eyes.looks_at(browser, &format!("kitchen-{name}")).await?;
    }
    kitchen.opens("/kitchen").await?;
    kitchen.taps(&waiting, "refuse").await?;
    browser.wait("dialog[open]").await?;
    eyes.looks_at(browser, "kitchen-refuse").await?;
    eprintln!("{} screens", eyes.ends()?);
    world.end(&[ada.browser(), browser]).await
}

#[tokio::test]
async fn nothing_is_in_the_way_of_a_driver() -> Result<()> {
    let (world, mut eyes) = (World::start().await?, Inspection::begins()?);
    let dora = world.driver("dora").await?;
    let browser = dora.browser();
    dora.opens("/drive").await?;
    browser.wait("a[href='/drive/sign-in']").await?;
    eyes.looks_at(browser, "driver-signed-out").await?;
    dora.signs_in().await?;
    eyes.looks_at_work(browser, "driver-off-duty").await?;
    dora.goes_on_duty().await?;
    eyes.looks_at_work(browser, "driver-on-duty").await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_to_the_door(&TO_THE_DOOR, "tok_succeeds", ADDRESS).await?;
    dora.is_offered(&order).await?;
    eyes.looks_at_work(browser, "driver-offer").await?;
    dora.claims(&order).await?;
    eyes.looks_at_work(browser, "driver-to-fetch").await?;
    dora.taps(&order, "pick-up").await?;
    dora.sees_errand(&order, "picked-up").await?;
    eyes.looks_at_work(browser, "driver-in-the-bag").await?;
    ada.sees_order(&order, "picked-up").await?;
    eyes.looks_at(ada.browser(), "customer-order-on-its-way").await?;
    dora.taps(&order, "fail").await?;
    browser.wait("dialog[open] [data-test=confirm-fail]").await?;
    eyes.looks_at(browser, "driver-cannot-bring").await?;
    for (name, path, shows) in [
        ("outbox", "/drive/outbox", "[data-test=outbox-act]"),
        ("inbox", "/drive/inbox", "[data-test=status]"),
        ("sync", "/drive/sync", "[data-test=condition]"),
        ("archive", "/drive/archive", "[data-test=paper], [data-test=no-papers]"),
        ("account", "/drive/sign-in", "[data-test=sign-out]"),
    ] {
        dora.opens(path).await?;
        dora.is_online().await?;
        browser.wait(shows).await?;
        eyes.looks_at(browser, &format!("driver-{name}")).await?;
    }
    dora.opens("/drive").await?;
    dora.is_online().await?;
    dora.taps(&order, "deliver").await?;
    dora.is_at_the_door(&order).await?;
    eyes.looks_at_work(browser, "driver-at-the-door").await?;
    for (name, button, shows) in [("to-be-signed", "take-signature", "pad"), ("in-words", "take-word", "word-save")] {
        browser.click(&format!("[data-test=door] [data-test={button}]")).await?;
        browser.wait(&format!("dialog[open] [data-test={shows}]")).await?;
        eyes.looks_at_work(browser, &format!("driver-{name}")).await?;
        browser.click("dialog[open] .actions button:first-child").await?;
        browser.wait_gone("dialog[open]").await?;
    }
    dora.has_signed(&order).await?;
    dora.says_how(&order, "Left at the door").await?;
    eyes.looks_at_work(browser, "driver-with-proofs").await?;
    ada.browser().wait("[data-test=proofs] [data-kind=signature] img").await?;
    eyes.looks_at(ada.browser(), "customer-order-with-proofs").await?;
    dora.opens("/drive/outbox").await?;
    browser.wait("[data-name=attachments] [data-test=proof][data-stage=sent]").await?;
    eyes.looks_at(browser, "driver-outbox-with-proofs").await?;
    eprintln!("{} screens", eyes.ends()?);
    world.end(&[ada.browser(), browser]).await
}

#[tokio::test]
async fn nothing_is_in_the_way_of_an_operator() -> Result<()> {
    let (mut world, mut eyes) = (World::start().await?, Inspection::begins()?);
    let olga = world.operator("olga").await?;
    let browser = olga.browser();
    olga.opens("/desk").await?;
    browser.wait("a[href='/desk/sign-in']").await?;
    eyes.looks_at(browser, "desk-signed-out").await?;
    olga.signs_in().await?;
    eyes.looks_at(browser, "desk-quiet").await?;
    let dora = world.driver("dora").await?;
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders_to_the_door(&TO_THE_DOOR, "tok_succeeds", ADDRESS).await?;
    dora.is_offered(&order).await?;
    dora.declines(&order).await?;
    world.server.stop().await?;
    world.server.nobody_was_found_in("berlin").await?;
    world.server.restart().await?;
    olga.sees_trouble(&order, "nobody-found").await?;
    olga.reads_story(&order, &["order-submitted"]).await?;
    eyes.looks_at(browser, "desk-trouble-with-its-story").await?;
    olga.taps(&order, "nobody-found", "[data-test=give-up]").await?;
    browser.wait("dialog[open] [data-test=confirm-give-up]").await?;
    eyes.looks_at(browser, "desk-give-up").await?;

    let numbered = async || {
        let told = world.server.told("order-numbered").await;
        Ok(told.is_ok_and(|orders| orders.contains(&order)).then_some(()))
    };
    browser.until("a number", numbered).await?;
    world.server.spoils(&order).await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    kitchen.accepts(&order).await?;
    let given_up = async || Ok(world.server.waits_to_be_tried().await.is_ok_and(|facts| facts > 0).then_some(()));
    browser.until("a fault", given_up).await?;
    olga.opens("/desk/system").await?;
    browser.click("[data-test=look-for-faults]").await?;
    browser.wait("[data-test=fault-group]").await?;
    browser.click("[data-test=under-way] [data-test=story]").await?;
    browser.wait("[data-test=under-way] [data-test=fact]").await?;
    eyes.looks_at(browser, "desk-system-with-faults").await?;
    for (name, path, shows) in [
        ("outbox", "/desk/outbox", "[data-test=status]"),
        ("inbox", "/desk/inbox", "[data-test=status]"),
        ("sync", "/desk/sync", "[data-test=condition]"),
        ("archive", "/desk/archive", "[data-test=paper], [data-test=no-papers]"),
        ("account", "/desk/sign-in", "[data-test=sign-out]"),
    ] {
        olga.opens(path).await?;
        olga.is_online().await?;
        browser.wait(shows).await?;
        eyes.looks_at(browser, &format!("desk-{name}")).await?;
    }
    eprintln!("{} screens", eyes.ends()?);
    world.end(&[ada.browser(), dora.browser(), browser]).await
}
