//! A broken release is followed by a good one: the phone mends itself at its next start online, and the outbox is kept.

use std::time::Duration;

use anyhow::Result;
use e2e::{Cart, Customer, Engine, Folder, Release, World};
use fantoccini::error::CmdError;

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const COMMANDS: &str = "POST /api/commands";
const WORKER: &str = "GET /sw.js";
const OFFER: &str = "[data-test=update-now]";
/// Twice what any other wait may take, because a browser that has just begun takes its time.
const MENDS_IN: Duration = Duration::from_secs(40);
const APP_ERROR: &str = "[data-test=app-error]";

#[tokio::test]
async fn a_worker_that_cannot_be_installed_leaves_the_release_before_it() -> Result<()> {
    cannot_be_installed(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_worker_that_cannot_be_installed_leaves_the_release_before_it() -> Result<()> {
    cannot_be_installed(Engine::Firefox).await
}

async fn cannot_be_installed(engine: Engine) -> Result<()> {
    let (one, good) = (Release::built()?.named("one")?, Release::built()?.named("good")?);
    let (folder, world, ada) = a_phone_with_an_order_that_waits(engine, &one).await?;
    let garbage = one.changed("sw.js", |_| "<!doctype html> a page of the hotel's network".into())?;
    let throws_at_once = one.changed("sw.js", |worker| format!("throw new Error('broken');\n{worker}"))?;
    let throws_in_install = one.changed("sw.js", |worker| {
        worker.replace("async function install() {", "async function install() { throw new Error('broken');")
    })?;
    for (broken, becomes) in [(garbage, "not taken"), (throws_at_once, "not taken"), (throws_in_install, "redundant")] {
        folder.deploy(&broken)?;
        assert_eq!(ada.browser().looks_for_update().await?, becomes);
    }
    ada.network().cut();
    ada.opens("/cart").await?;
    ada.browser().wait("html[data-release=one]").await?;
    ada.has_waiting(1).await?;
    ada.network().restore();
    folder.deploy(&good)?;
    assert_eq!(ada.browser().looks_for_update().await?, "installed", "an app runs, so it is asked");
    ada.browser().click(OFFER).await?;
    is_mended(world, ada).await
}

#[tokio::test]
async fn a_worker_that_throws_in_activate_is_followed() -> Result<()> {
    throws_in_activate(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_worker_that_throws_in_activate_is_followed() -> Result<()> {
    throws_in_activate(Engine::Firefox).await
}

async fn throws_in_activate(engine: Engine) -> Result<()> {
    let (one, good) = (Release::built()?.named("one")?, Release::built()?.named("good")?);
    let (folder, world, ada) = a_phone_with_an_order_that_waits(engine, &one).await?;
    let broken = Release::built()?.named("broken")?;
    folder.deploy(&broken.changed("sw.js", |worker| {
        worker.replace("async function activate() {", "async function activate() { throw new Error('broken');")
    })?)?;
    assert_eq!(ada.browser().looks_for_update().await?, "installed");
    ada.browser().click(OFFER).await?;
    ada.browser().wait("html[data-release=broken]").await?;
    ada.has_waiting(1).await?;
    folder.deploy(&good)?;
    assert_eq!(ada.browser().looks_for_update().await?, "installed");
    ada.browser().click(OFFER).await?;
    is_mended(world, ada).await
}

/// Nothing of ours runs here any more: the browser itself looks for a newer worker when a page is asked for. (Firefox's driver
/// makes an error of a page that does not open.)
#[tokio::test]
async fn a_worker_that_answers_nothing_is_replaced_by_starting_the_app() -> Result<()> {
    let (one, good) = (Release::built()?.named("one")?, Release::built()?.named("good")?);
    let (folder, world, ada) = a_phone_with_an_order_that_waits(Engine::Chromium, &one).await?;
    let broken = one.changed("sw.js", |_| {
        "self.addEventListener('message', () => self.skipWaiting());
         self.addEventListener('fetch', (event) => event.respondWith(Promise.reject(new Error('broken'))));"
            .into()
    })?;
    folder.deploy(&broken)?;
    assert_eq!(ada.browser().looks_for_update().await?, "installed");
    ada.browser().click(OFFER).await?;
    ada.browser().wait_gone("html[data-release]").await?;
    assert!(!starts(&ada).await?, "no page opens any more");
    folder.deploy(&good)?;
    let asked = ada.network().requests(WORKER).len();
    assert!(!starts(&ada).await?);
    ada.network().requested(WORKER, asked + 1).await?;
    // Whoever could not open an app tries again.
    let opens = async || Ok(starts(&ada).await?.then_some(()));
    ada.browser().until("the app to open again", opens).await?;
    is_mended(world, ada).await
}

#[tokio::test]
async fn a_bundle_that_throws_at_its_start_is_replaced_by_starting_the_app() -> Result<()> {
    throws_at_its_start(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_bundle_that_throws_at_its_start_is_replaced_by_starting_the_app() -> Result<()> {
    throws_at_its_start(Engine::Firefox).await
}

/// A bundle that throws as it starts, under a worker that works: no app runs, so nobody is asked.
async fn throws_at_its_start(engine: Engine) -> Result<()> {
    let (one, good) = (Release::built()?.named("one")?, Release::built()?.named("good")?);
    let (folder, world, mut ada) = a_phone_with_an_order_that_waits(engine, &one).await?;
    let broken = Release::built()?.named("broken")?;
    folder.deploy(&broken.changed("customer.entry.js", |module| format!("throw new Error('broken');\n{module}"))?)?;
    assert_eq!(ada.browser().looks_for_update().await?, "installed");
    ada.browser().click(OFFER).await?;
    ada.browser().wait(APP_ERROR).await?;
    ada.browser().wait("html[data-release=broken]").await?;
    ada.phone_dies()?;
    folder.deploy(&good)?;
    ada.phone_starts_broken("/").await?;
    // The browser looks for a newer worker a while after the page is there, and that one asks for three seconds whether
    // anybody runs.
    ada.browser().wait_at_most(MENDS_IN, "html[data-release=good]").await?;
    is_mended(world, ada).await
}

#[tokio::test]
async fn the_kill_switch_takes_the_worker_away_and_nothing_else() -> Result<()> {
    kill_switch(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_the_kill_switch_takes_the_worker_away_and_nothing_else() -> Result<()> {
    kill_switch(Engine::Firefox).await
}

async fn kill_switch(engine: Engine) -> Result<()> {
    let one = Release::built()?.named("one")?;
    let (folder, world, ada) = a_phone_with_an_order_that_waits(engine, &one).await?;
    assert_eq!(workers_and_shells(&ada).await?, (1, 1));
    folder.put("sw.json", br#"{ "kill": true }"#)?;
    ada.opens("/outbox").await?;
    let gone = async || Ok((workers_and_shells(&ada).await? == (0, 0)).then_some(()));
    ada.browser().until("the worker and its files to go", gone).await?;
    ada.has_waiting(1).await?;
    // Meanwhile the app works as any page does, and calls no worker back.
    ada.opens("/").await?;
    ada.browser().wait("[data-test=restaurant]").await?;
    assert_eq!(workers_and_shells(&ada).await?, (0, 0));
    let good = Release::built()?.named("good")?;
    folder.deploy(&good)?;
    ada.opens("/").await?;
    ada.is_ready_for_offline().await?;
    is_mended(world, ada).await
}

/// Ada's phone runs `one`, and an order on it could not be sent yet.
async fn a_phone_with_an_order_that_waits(engine: Engine, one: &Release) -> Result<(Folder, World, Customer)> {
    let folder = one.folder()?;
    let world = World::serving(engine, &folder).await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;
    ada.network().refuse(COMMANDS, usize::MAX);
    ada.orders(&CART).await?;
    ada.has_waiting(1).await?;
    Ok((folder, world, ada))
}

/// The good release runs, opens without a network, and the order that waited all the time is made once.
async fn is_mended(world: World, ada: Customer) -> Result<()> {
    ada.browser().wait("html[data-release=good]").await?;
    ada.has_waiting(1).await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.opens("/cart").await?;
    ada.browser().wait("html[data-release=good]").await?;
    ada.network().heal();
    ada.network().rough_weather();
    ada.has_waiting(0).await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[ada.browser()]).await
}

/// Opens the app; whether a page of ours came.
async fn starts(ada: &Customer) -> Result<bool, CmdError> {
    ada.browser().client().goto(ada.browser().origin()).await?;
    let script = "return document.documentElement.dataset.release !== undefined";
    Ok(ada.browser().client().execute(script, vec![]).await? == serde_json::json!(true))
}

async fn workers_and_shells(ada: &Customer) -> Result<(usize, usize), CmdError> {
    let script = "
        const [done] = arguments;
        const shells = caches.keys().then(names => names.filter(name => name.startsWith('shell-')).length);
        const workers = navigator.serviceWorker.getRegistrations().then(all => all.length);
        Promise.all([workers, shells]).then(done);
    ";
    let counts = ada.browser().client().execute_async(script, vec![]).await?;
    let count = |index: usize| counts[index].as_u64().unwrap_or(u64::MAX) as usize;
    Ok((count(0), count(1)))
}
