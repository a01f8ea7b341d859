//! A new release is out while somebody types: it waits, asks, and costs nothing.

use anyhow::Result;
use e2e::{Browser, Cart, Customer, Engine, Folder, Release, World};
use serde_json::json;

const LUCCIOLA: &str = "trattoria-lucciola";
const CART: Cart<'_> = Cart { restaurant: LUCCIOLA, items: &["margherita"] };
const COMMANDS: &str = "POST /api/commands";
const NAME: &str = "[name=customer-name]";
const OFFER: &str = "[data-test=update-now]";
/// A field that nobody keeps: only a page that is not reloaded still holds it.
const UNKEPT: &str = "[name=search]";

#[tokio::test]
async fn a_new_release_waits_until_it_is_asked_for_and_costs_nothing() -> Result<()> {
    waits_until_it_is_asked_for(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_a_new_release_waits_until_it_is_asked_for_and_costs_nothing() -> Result<()> {
    waits_until_it_is_asked_for(Engine::Firefox).await
}

async fn waits_until_it_is_asked_for(engine: Engine) -> Result<()> {
    let (one, two) = (Release::built()?.named("one")?, Release::built()?.named("two")?);
    let folder = one.folder()?;
    let world = World::serving(engine, &folder).await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;
    // An order of the first release waits in the outbox, and another one is half typed.
    ada.network().refuse(COMMANDS, usize::MAX);
    ada.orders(&CART).await?;
    ada.has_waiting(1).await?;
    ada.adds(LUCCIOLA, "tiramisu").await?;
    ada.opens(&format!("/r/{LUCCIOLA}/checkout")).await?;
    ada.browser().fill(NAME, "Ada of the half-typed na").await?;
    draft_is_kept(&ada, "half-typed na").await?;
    let first = ada.browser().open_tab().await?;
    ada.opens("/").await?;
    ada.browser().fill(UNKEPT, "somebo").await?;
    let second = ada.browser().show_tab(first.clone()).await?;

    folder.deploy(&two)?;
    assert_eq!(ada.browser().looks_for_update().await?, "installed", "it waits");
    ada.browser().wait(OFFER).await?;
    assert!(shows(ada.browser(), "one").await?, "no reload");
    assert_eq!(value(ada.browser(), NAME).await?, "Ada of the half-typed na");

    ada.browser().click(OFFER).await?;
    ada.browser().wait("html[data-release=two]").await?;
    ada.browser().wait(NAME).await?;
    assert_eq!(value(ada.browser(), NAME).await?, "Ada of the half-typed na", "the text is there");
    ada.has_waiting(1).await?;
    assert_eq!(ada.browser().count("[data-test=place-order]").await?, 1, "the cart is there");

    // The other tab is told, and keeps its page with what was typed into it and with what it has yet to load.
    ada.browser().show_tab(second).await?;
    ada.browser().wait_text("[data-test=update-ready]", "another tab").await?;
    assert!(shows(ada.browser(), "one").await?, "the other tab was not reloaded");
    assert_eq!(value(ada.browser(), UNKEPT).await?, "somebo");
    let go = "dispatchEvent(new CustomEvent('carryout:navigate', { detail: '/kitchen' }))";
    ada.browser().client().execute(go, vec![]).await?;
    ada.browser().wait("#nav a[data-test=nav-board], [data-test=sign-in]").await?;
    assert!(shows(ada.browser(), "one").await?);
    assert_eq!(ada.browser().count("[data-test=app-error]").await?, 0, "the old release's kitchen was found");

    ada.browser().show_tab(first).await?;
    ada.phone_dies()?;
    ada.phone_starts("/orders").await?;
    ada.has_waiting(1).await?;
    ada.network().heal();
    ada.network().rough_weather();
    ada.has_waiting(0).await?;
    assert_eq!(world.server.orders().await?.len(), 1, "the old release's act is understood");
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_release_that_is_only_half_in_place_is_not_taken() -> Result<()> {
    only_half_in_place(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_release_that_is_only_half_in_place_is_not_taken() -> Result<()> {
    only_half_in_place(Engine::Firefox).await
}

async fn only_half_in_place(engine: Engine) -> Result<()> {
    let (one, two) = (Release::built()?.named("one")?, Release::built()?.named("two")?);
    let folder = one.folder()?;
    let world = World::serving(engine, &folder).await?;
    let ada = world.phone("ada").await?;
    ada.opens("/").await?;
    ada.is_ready_for_offline().await?;
    let shells = ada.browser().stored_shells().await?;
    let two = two.changed("manifest.webmanifest", |text| text.replace("\"Carryout\"", "\"Carryout!\""))?;
    // The hashed one first: what a try has brought stays in the browser's own cache, and is right for ever.
    for late in [two.name_of("shell.js")?.as_str(), "index.html", "manifest.webmanifest"] {
        half_way(&folder, &one, &two, late)?;
        assert_eq!(ada.browser().looks_for_update().await?, "redundant", "{late} is of release one, or missing");
        assert_eq!(ada.browser().stored_shells().await?, shells, "{late}");
    }
    // What is there is whole.
    ada.network().cut();
    ada.opens("/cart").await?;
    assert!(shows(ada.browser(), "one").await?);
    ada.network().restore();
    folder.deploy(&two)?;
    assert_eq!(ada.browser().looks_for_update().await?, "installed");
    ada.browser().click(OFFER).await?;
    ada.browser().wait("html[data-release=two]").await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.opens("/cart").await?;
    assert!(shows(ada.browser(), "two").await?);
    world.end(&[ada.browser()]).await
}

/// All of `two` is in place but for one file.
fn half_way(folder: &Folder, one: &Release, two: &Release, late: &str) -> Result<()> {
    folder.clear()?;
    folder.deploy(one)?;
    folder.deploy_but(two, &[late])
}

async fn draft_is_kept(ada: &Customer, words: &str) -> Result<()> {
    let kept = async || {
        let drafts = ada.browser().indexed_db("carryout-outbox", "drafts").await.unwrap_or_default();
        Ok(drafts.iter().any(|draft| draft.to_string().contains(words)).then_some(()))
    };
    ada.browser().until("the draft to be kept", kept).await
}

async fn shows(browser: &Browser, release: &str) -> Result<bool> {
    Ok(browser.count(&format!("html[data-release={release}]")).await? == 1)
}

async fn value(browser: &Browser, css: &str) -> Result<String> {
    let value =
        browser.client().execute("return document.querySelector(arguments[0])?.value", vec![json!(css)]).await?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}
