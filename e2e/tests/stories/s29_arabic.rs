//! A customer who reads Arabic: every page is mirrored and fits, prices, quantities and phone numbers read the right way round,
//! and in a tunnel the language is changed without losing the cart, the page or the order.

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Cart, Kitchen, Screen, World};
use serde_json::json;

const RESTAURANT: &str = "trattoria-lucciola";
const CART: Cart<'_> = Cart { restaurant: RESTAURANT, items: &["margherita"] };
const PHONE: &str = "+44 20 7946 0000";

/// Whether an element's first letter or digit stands to the left of its last, on one line, and what it says.
const READS_FROM_THE_LEFT: &str = r"
    const element = [...document.querySelectorAll(arguments[0])].find(one => one.getClientRects().length);
    if (!element) return [false, 'not there'];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const places = [];
    while (walker.nextNode()) {
        const text = walker.currentNode.data;
        for (const { index } of text.matchAll(/[0-9]/g)) {
            const range = document.createRange();
            range.setStart(walker.currentNode, index);
            range.setEnd(walker.currentNode, index + 1);
            places.push(range.getBoundingClientRect().left);
        }
    }
    const inOrder = places.every((left, at) => at === 0 || left > places[at - 1]);
    return [places.length > 0 && inOrder, element.innerText];
";

/// How the page lies: its direction, where its title ends, how wide the screen is, and where the first entry of the navigation
/// and the last one stand.
const LIES: &str = "
    const main = document.querySelector('main');
    const links = [...document.querySelectorAll('nav a')].filter(link => link.getClientRects().length);
    const title = document.createRange();
    title.selectNodeContents(document.querySelector('main h1'));
    return [
        getComputedStyle(main).direction,
        innerWidth - title.getBoundingClientRect().right,
        title.getBoundingClientRect().left,
        links[0].getBoundingClientRect().left - links.at(-1).getBoundingClientRect().left,
    ];
";

#[tokio::test]
async fn a_customer_orders_in_arabic_and_changes_the_language_in_a_tunnel() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.opens("/sign-in").await?;
    speaks(ada.browser(), "ar").await?;
    // Nothing of it is lost when the page is loaded again, or the phone is closed.
    ada.signed_in_days_ago().await?;
    is_spoken(ada.browser(), "ar", "rtl").await?;
    ada.is_ready_for_offline().await?;

    for (path, hook) in [
        ("/", "[data-test=restaurant]"),
        ("/r/trattoria-lucciola", "[data-test=item]"),
        ("/r/trattoria-lucciola/i/margherita", "[data-test=add-to-cart]"),
        ("/orders", "main h1"),
        ("/outbox", "main h1"),
        ("/inbox", "main h1"),
    ] {
        ada.opens(path).await?;
        ada.browser().wait(hook).await?;
        is_mirrored(ada.browser()).await?;
    }
    ada.fills(&CART).await?;
    ada.opens("/cart").await?;
    ada.browser().wait("[data-test=checkout-link]").await?;
    is_mirrored(ada.browser()).await?;
    reads_from_the_left(ada.browser(), ".price").await?;
    ada.fills_in_the_checkout(RESTAURANT).await?;
    is_mirrored(ada.browser()).await?;
    reads_from_the_left(ada.browser(), ".total .price").await?;
    let phone = ada
        .browser()
        .client()
        .execute("return getComputedStyle(document.querySelector('[name=phone]')).direction", vec![]);
    ensure!(phone.await? == json!("ltr"), "a phone number is typed from right to left");
    ada.browser().screenshot("arabic-checkout").await?;

    // In a tunnel: the checkout stays open, half filled in, and speaks another language.
    ada.network().cut();
    ada.is_cut_off().await?;
    ada.browser().goes("/sync").await?;
    speaks(ada.browser(), "de").await?;
    is_spoken(ada.browser(), "de", "ltr").await?;
    ada.browser().wait_text("main h1", "Abgleich").await?;
    speaks(ada.browser(), "ar").await?;
    is_spoken(ada.browser(), "ar", "rtl").await?;
    ada.browser().goes("/cart").await?;
    ada.fills_in_the_checkout(RESTAURANT).await?;
    ensure!(ada.browser().value("[name=phone]").await? == PHONE, "what was half filled in is gone");
    ada.browser().click("[data-test=place-order]").await?;
    let order = ada.tracked_order().await?;
    ada.sees_stage(&order, "saved").await?;
    is_mirrored(ada.browser()).await?;
    ada.browser().screenshot("arabic-saved").await?;

    ada.network().restore();
    ada.sees_order(&order, "submitted").await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    cooks_in_arabic(&kitchen, &order).await?;
    ada.sees_order(&order, "received").await?;
    ada.browser().wait_text("[data-test=order]", "وافق المطبخ").await?;
    tells_the_time(ada.browser()).await?;
    is_mirrored(ada.browser()).await?;
    ada.browser().screenshot("arabic-received").await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

/// The kitchen reads Arabic too, and calls its customers by numbers that read from the left.
async fn cooks_in_arabic(kitchen: &Kitchen, order: &str) -> Result<()> {
    kitchen.opens("/kitchen/sign-in").await?;
    speaks(kitchen.browser(), "ar").await?;
    kitchen.opens("/kitchen").await?;
    kitchen.sees_ticket(order, "waiting").await?;
    reads_from_the_left(kitchen.browser(), "a[href^='tel:']").await?;
    kitchen.browser().has_no_sideways_scroll().await?;
    kitchen.browser().screenshot("arabic-kitchen").await?;
    kitchen.accepts(order).await
}

/// The steps that were reached have their times: hours and minutes of the phone's own clock, in the digits that all numbers have.
async fn tells_the_time(browser: &Browser) -> Result<()> {
    let script = r"return [...document.querySelectorAll('[data-test=order] .step.reached')].map(step => {
        const told = step.innerText.match(/([0-9]{2}):([0-9]{2})/);
        const now = new Date();
        return told && Math.abs(now.getHours() * 60 + now.getMinutes() - told[1] * 60 - told[2]) % 1435 < 5;
    })";
    let times = browser.client().execute(script, vec![]).await?;
    let times = times.as_array().context("the order has steps")?;
    ensure!(!times.is_empty() && times.iter().all(|time| *time == json!(true)), "the steps' times are off: {times:?}");
    Ok(())
}

async fn speaks(browser: &Browser, language: &str) -> Result<()> {
    let script = "
        const select = document.querySelector('[data-test=language]');
        if (!select) return false;
        select.value = arguments[0];
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return true;
    ";
    let look = async || {
        let chosen = browser.client().execute(script, vec![json!(language)]).await?;
        Ok((chosen == json!(true)).then_some(()))
    };
    browser.until("a choice of languages", look).await?;
    browser.wait(&format!("html[lang={language}]")).await?;
    Ok(())
}

async fn is_spoken(browser: &Browser, language: &str, direction: &str) -> Result<()> {
    browser.wait(&format!("html[lang={language}][dir={direction}]")).await?;
    Ok(())
}

/// The page begins on the right, with its title and its navigation, and is no wider than the phone or a smaller one.
async fn is_mirrored(browser: &Browser) -> Result<()> {
    let lies = browser.client().execute(LIES, vec![]).await?;
    let (direction, right, left, nav) = (lies[0].as_str(), lies[1].as_f64(), lies[2].as_f64(), lies[3].as_f64());
    let path = browser.path().await?;
    ensure!(direction == Some("rtl"), "{path} reads {direction:?}");
    ensure!(right < left, "the title of {path} begins {right:?} from the right and ends {left:?} from the left");
    ensure!(nav.is_some_and(|first| first > 0.0), "the navigation of {path} begins on the left: {nav:?}");
    for screen in [Screen::SMALL, Screen::PHONE] {
        browser.resize(screen).await?;
        browser.has_no_sideways_scroll().await?;
    }
    Ok(())
}

async fn reads_from_the_left(browser: &Browser, css: &str) -> Result<()> {
    let read = browser.client().execute(READS_FROM_THE_LEFT, vec![json!(css)]).await?;
    ensure!(read[0] == json!(true), "{css} does not read from left to right: {}", read[1]);
    Ok(())
}
