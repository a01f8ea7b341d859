//! Who asks to be forgotten is: in the kitchen, on the phone in the hand, and on the phone at home that was off meanwhile.

use anyhow::{Result, ensure};
use e2e::{Browser, Cart, Customer, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

/// The name that the checkout is given.
const NAME: &str = "Ada";

#[tokio::test]
async fn who_asks_is_forgotten_in_the_kitchen_and_on_every_phone() -> Result<()> {
    forgotten(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_who_asks_is_forgotten_in_the_kitchen_and_on_every_phone() -> Result<()> {
    forgotten(Engine::Firefox).await
}

async fn forgotten(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let home = world.phone("ada").await?;
    home.signs_in().await?;
    home.is_ready_for_offline().await?;
    let order = ada.orders(&CART).await?;
    kitchen.accepts(&order).await?;
    home.opens(&format!("/orders/{order}")).await?;
    home.sees_order(&order, "received").await?;
    home.network().cut();
    home.is_cut_off().await?;

    ada.opens("/sign-in").await?;
    takes_her_data(&ada, &order).await?;
    ada.browser().click("[data-test=erase]").await?;
    ada.browser().screenshot("erase-question").await?;
    ada.browser().click("[data-test=confirm-erase]").await?;
    ada.browser().wait_text("[data-test=erasure-asked]", "when your order is over").await?;
    ada.browser().screenshot("erasure-asked").await?;
    ensure!(!is_clean(kitchen.browser()).await?, "the kitchen still has to call her");
    kitchen.cooks_and_hands_over(&order).await?;
    ada.browser().wait_text("[data-test=erasure-asked]", "about to be erased").await?;
    world.server.a_minute_passes_for("ada").await?;
    // The server looks at its clock whenever something was done.
    kitchen.marks_sold_out("minestrone").await?;

    ada.browser().wait("[name=password]").await?;
    ada.browser().screenshot("erased").await?;
    keeps_nothing(&ada).await?;
    forgets_her(kitchen.browser()).await?;
    home.network().restore();
    forgets_her(home.browser()).await?;
    keeps_nothing(&home).await?;
    ada.opens("/sign-in").await?;
    ada.browser().fill("[name=account]", "ada").await?;
    ada.browser().fill("[name=password]", "carryout").await?;
    ada.browser().click("[data-test=sign-in]").await?;
    ada.browser().wait_text("[role=alert]", "erased").await?;
    world.end(&[ada.browser(), home.browser(), kitchen.browser()]).await
}

/// Notes what a file is made of when the page makes one.
const NOTE_THE_FILE: &str = "
    const { URL } = window; // the page's, not the driver's
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.made = blob.text(); return make.call(URL, blob); };
";

/// The file is made on the phone, so it needs no network.
async fn takes_her_data(ada: &Customer, order: &str) -> Result<()> {
    ada.network().cut();
    ada.browser().client().execute(NOTE_THE_FILE, vec![]).await?;
    ada.browser().click("[data-test=export]").await?;
    let name = ada.browser().attribute("[data-test=export]", "download").await?;
    ensure!(name.as_deref() == Some("carryout-ada.json"), "{name:?}");
    let made = ada.browser().client().execute("return window.made", vec![]).await?;
    let file = made.as_str().unwrap_or_default();
    for part in [&format!("\"order/{order}\""), &format!("\"{NAME}\""), "\"acts\"", "\"as_of\""] {
        ensure!(file.contains(part), "{part} is not in {file}");
    }
    ada.network().restore();
    Ok(())
}

async fn forgets_her(browser: &Browser) -> Result<()> {
    // A look that failed is one that saw her.
    let look = async || Ok(is_clean(browser).await.unwrap_or(false).then_some(()));
    browser.until("nothing that names her", look).await
}

/// Whether nothing that this device keeps or shows names her.
async fn is_clean(browser: &Browser) -> Result<bool> {
    let rows = browser.indexed_db("carryout-cache", "rows").await.unwrap_or_default();
    let acts = browser.indexed_db("carryout-outbox", "commands").await?;
    let page = browser.text("body").await?;
    // There is an Adana kebab on a menu.
    let names_her = |text: &String| text.split(|letter: char| !letter.is_alphabetic()).any(|word| word == NAME);
    Ok(![format!("{rows:?}"), format!("{acts:?}"), page].iter().any(names_her))
}

async fn keeps_nothing(phone: &Customer) -> Result<()> {
    ensure!(phone.outbox().await?.is_empty(), "no act of hers is left");
    let drafts = phone.browser().indexed_db("carryout-outbox", "drafts").await?;
    ensure!(drafts.is_empty(), "nor what was half-written: {drafts:?}");
    Ok(())
}
