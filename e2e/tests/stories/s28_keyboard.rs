//! Scenario 28, one order: somebody who sees nothing finds a restaurant, picks a dish with what it may come with, and orders, by the
//! names that are read out, with Tab, Enter, Space and the arrows alone; and hears each step of the order once.

use anyhow::{Result, ensure};
use e2e::{Browser, Cart, Focus, Listener, Screen, World, key};

const TO_COLLECT: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const TO_THE_DOOR: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const ADDRESS: &str = "Torstra\u{df}e 1, 10119 Berlin";

#[tokio::test]
async fn a_whole_order_is_placed_by_keyboard_and_each_of_its_steps_is_heard_once() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let guest = world.phone("guest").await?;
    let ears = Listener::of(guest.browser()).await?;
    guest.opens("/").await?;
    guest.browser().wait("[data-test=restaurant]").await?;
    ears.comes_to("What are you hungry for?").await?;

    ears.goes_to("searchbox", "Search restaurants and dishes").await?;
    ears.types("lucciola").await?;
    ears.hears("1 restaurant").await?;
    ears.follows("link", "Trattoria Lucciola").await?;
    ears.comes_to("Trattoria Lucciola").await?;
    let dish = ears.goes_to("link", "Margherita").await?;
    ensure!(dish.name.contains("Contains gluten, milk"), "what is in it is not said: {dish:?}");
    ears.presses(key::ENTER).await?;
    ears.comes_to("Margherita").await?;
    let more = ears.goes_to("checkbox", "Buffalo mozzarella").await?;
    ensure!(more.name.contains("Contains milk"), "what is in it is not said: {more:?}");
    ears.presses(key::SPACE).await?;
    ears.goes_to("button", "One more").await?;
    ears.presses(key::SPACE).await?;
    ears.hears("2").await?;
    ears.follows("button", "Add 2").await?;
    ears.comes_back_to("Trattoria Lucciola").await?;
    ears.follows("link", "View cart \u{b7} 2 dishes").await?;
    ears.comes_to("Cart").await?;
    ears.follows("link", "Go to checkout").await?;
    ears.comes_to("Checkout: Trattoria Lucciola").await?;

    // Whoever forgets a field is brought to it.
    ears.follows("button", "Place order").await?;
    let missing = ears.focus().await?;
    ensure!(
        missing == Some(Focus { role: "textbox".into(), name: "Name to call out".into() }),
        "{missing:?} has the focus"
    );
    ears.types("Ada").await?;
    ears.goes_to("radio", "I collect it").await?;
    ears.presses(key::DOWN).await?;
    ears.goes_to("textbox", "Address").await?;
    ears.types("Vicolo dei Lampionai 1, Rome").await?;
    ears.follows("button", "Place order").await?;
    ears.comes_to("Order at Trattoria Lucciola").await?;
    ears.hears("Your order is saved on this phone.").await?;
    let order = guest.tracked_order().await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    guest.sees_order(&order, "submitted").await?;

    // One step after the other: steps that follow each other at once are said as the last of them.
    ears.hears("Waiting for the kitchen\u{2019}s yes").await?;
    kitchen.accepts(&order).await?;
    ears.hears("The kitchen said yes").await?;
    for (tap, step) in [("start", "Being cooked"), ("ready", "Ready"), ("hand-over", "Handed over")] {
        kitchen.taps(&order, tap).await?;
        ears.hears(&format!(": {step}.")).await?;
    }
    guest.has_waiting(0).await?;
    let heard = ears.heard().await?;
    for step in [
        "Your order is saved on this phone.",
        "Waiting for the kitchen\u{2019}s yes",
        "The kitchen said yes",
        "Being cooked",
        ": Ready.",
        "Handed over",
    ] {
        let times = heard.iter().filter(|said| said.contains(step)).count();
        ensure!(times == 1, "{step:?} was heard {times} times: {heard:#?}");
    }
    eprintln!("heard: {heard:#?}");
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[guest.browser(), kitchen.browser()]).await
}

/// A question is asked by voice, too; whoever leaves it is where they were.
#[tokio::test]
async fn a_question_takes_the_focus_and_gives_it_back() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    let ears = Listener::of(ada.browser()).await?;
    ada.signs_in().await?;
    let order = ada.orders(&TO_COLLECT).await?;
    ada.sees_order(&order, "submitted").await?;
    let asks = ears.goes_to("button", "Cancel this order").await?;
    for leave in [key::ESCAPE, key::ENTER] {
        ears.presses(key::ENTER).await?;
        ada.browser().wait("dialog[open]").await?;
        let first = ears.focus().await?;
        ensure!(first.as_ref().is_some_and(|focus| focus.role == "textbox"), "{first:?} has the focus");
        if leave == key::ENTER {
            ears.goes_to("button", "Back").await?;
        }
        ears.presses(leave).await?;
        ada.browser().wait_gone("dialog[open]").await?;
        ensure!(ears.focus().await?.as_ref() == Some(&asks), "{:?} has the focus", ears.focus().await?);
    }
    ears.presses(key::ENTER).await?;
    ears.follows("button", "Cancel the order").await?;
    ada.sees_order(&order, "cancelled").await?;
    let after = ears.focus().await?;
    ensure!(after.is_some(), "the button is gone, and with it the focus");
    world.end(&[ada.browser()]).await
}

/// On the smallest phone, where bars leave the least room between them.
#[tokio::test]
async fn the_focus_goes_around_every_screen_of_a_customer_and_is_always_seen() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    let ears = Listener::of(ada.browser()).await?;
    ada.signs_in().await?;
    let order = ada.orders(&TO_COLLECT).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.adds("trattoria-lucciola", "tiramisu").await?;
    ada.browser().resize(Screen::SMALL).await?;
    for (path, shows) in [
        ("/", "[data-test=restaurant]"),
        ("/r/trattoria-lucciola", "[data-test=item]"),
        ("/r/trattoria-lucciola/i/margherita", "[data-test=add-to-cart]"),
        ("/cart", "[data-test=checkout-link]"),
        ("/r/trattoria-lucciola/checkout", "[data-test=place-order]"),
        ("/orders", "[data-test=order]"),
        (&format!("/orders/{order}"), "[data-test=cancel]"),
        ("/outbox", "[data-test=outbox-act]"),
        ("/inbox", ".empty"),
        ("/sync", "[data-test=condition]"),
        ("/sign-in", "[data-test=sign-out]"),
    ] {
        ada.opens(path).await?;
        goes_around(&ears, ada.browser(), path, shows).await?;
    }
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn the_focus_goes_around_the_screens_of_those_who_work_and_is_always_seen() -> Result<()> {
    let world = World::start().await?;
    let (kitchen, dora) = (world.tablet("lucciola").await?, world.driver("dora").await?);
    let (cook, driver) = (Listener::of(kitchen.browser()).await?, Listener::of(dora.browser()).await?);
    kitchen.signs_in().await?;
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let cooked = ada.orders(&TO_COLLECT).await?;
    kitchen.sees_ticket(&cooked, "waiting").await?;
    let brought = ada.orders_to_the_door(&TO_THE_DOOR, "tok_succeeds", ADDRESS).await?;
    // First, since an offer stands for 45 seconds.
    dora.is_offered(&brought).await?;
    dora.browser().resize(Screen::SMALL).await?;
    goes_around(&driver, dora.browser(), "an offer", "[data-test=claim]").await?;
    dora.claims(&brought).await?;
    goes_around(&driver, dora.browser(), "an errand", "[data-test=pick-up]").await?;
    let table = kitchen.opens_table("12").await?;
    kitchen.adds_line("margherita", 1).await?;
    kitchen.has_waiting(0).await?;
    kitchen.browser().resize(Screen::SMALL).await?;
    for (path, shows) in [
        ("/kitchen", "[data-test=accept]"),
        ("/kitchen/tables", "[data-test=table]"),
        (&format!("/kitchen/tables/{table}"), "[data-test=pick]"),
        ("/kitchen/menu", "[data-test=menu-item]"),
        ("/kitchen/figures", "[data-test=report], [data-test=no-figures]"),
    ] {
        kitchen.opens(path).await?;
        goes_around(&cook, kitchen.browser(), path, shows).await?;
    }
    world.end(&[kitchen.browser(), dora.browser(), ada.browser()]).await
}

async fn goes_around(ears: &Listener<'_>, browser: &Browser, screen: &str, shows: &str) -> Result<()> {
    browser.wait("[data-test=status][data-state=online]").await?;
    browser.wait(shows).await?;
    eprintln!("{screen}: {} stops", ears.goes_around().await?);
    Ok(())
}
