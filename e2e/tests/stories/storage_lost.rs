//! The browser's storage misbehaves under an open page: connections are lost, transactions ended, databases held.

use anyhow::{Context, Result};
use e2e::{Engine, World};
use serde_json::json;

/// Ends every third transaction that would write an act, as a browser does that is short of something.
const ABORTS: &str = "
    const begin = IDBDatabase.prototype.transaction;
    let begun = 0;
    IDBDatabase.prototype.transaction = function (stores, mode, options) {
        const transaction = begin.call(this, stores, mode, options);
        const writes = mode === 'readwrite' && this.name === 'carryout-outbox' && window.isUnderLoad;
        if (writes && ++begun % 3 === 0) queueMicrotask(() => { try { transaction.abort(); } catch {} });
        return transaction;
    };
";

/// Taps thirty times as fast as the page lets it, while the connections are closed again and again.
const LOAD: &str = "
    const [taps, done] = arguments;
    window.isUnderLoad = true;
    const closing = setInterval(() => carryout.closeDatabase(), 1);
    const buttons = () => [...document.querySelectorAll('[data-test=sold-out]:not(:disabled)')];
    let tapped = 0;
    const tap = () => {
        const free = buttons();
        if (tapped < taps && free.length) { free[tapped++ % free.length].click(); }
        if (tapped < taps || document.querySelector('[data-test=sold-out]:disabled')) return setTimeout(tap, 1);
        clearInterval(closing);
        window.isUnderLoad = false;
        done({ tapped, begun: carryout.acts().length });
    };
    tap();
";

const TAPS: u64 = 30;

#[tokio::test]
async fn pain_07_connections_lost_under_load_cost_no_act() -> Result<()> {
    let world = World::start().await?;
    let mut kitchen = world.tablet("lucciola").await?;
    kitchen.signed_in_days_ago().await?;
    kitchen.is_ready_for_offline().await?;
    kitchen.browser().begins_with(ABORTS).await?;
    kitchen.opens("/kitchen/menu?debug").await?;
    kitchen.browser().wait("[data-test=sold-out]").await?;
    kitchen.network().cut();
    kitchen.is_cut_off().await?;
    let end = kitchen.browser().client().execute_async(LOAD, vec![json!(TAPS)]).await?;
    assert_eq!(end["tapped"], TAPS);
    assert_eq!(end["begun"], TAPS, "every tap was called saved");
    kitchen.has_waiting(TAPS as usize).await?;
    let shown = kitchen.browser().says("carryout.acts().map(({ id }) => id).sort()").await?;

    kitchen.dies()?;
    kitchen.starts("/kitchen/outbox").await?;
    let mut kept = kitchen.outbox().await?;
    kept.sort_by_key(|record| record["seq"].as_u64());
    let numbers: Vec<_> = kept.iter().filter_map(|record| record["seq"].as_u64()).collect();
    assert_eq!(numbers, (1..=TAPS).collect::<Vec<_>>(), "no number is missing and none was given twice");
    let mut ids: Vec<_> = kept.iter().filter_map(|record| record["id"].as_str()).collect();
    ids.sort();
    assert_eq!(json!(ids), shown, "what was called saved is what is there");

    kitchen.network().restore();
    kitchen.has_waiting(0).await?;
    assert_eq!(world.server.answered().await?.len(), TAPS as usize);
    world.end(&[kitchen.browser()]).await
}

/// What an older release in another tab would do at worst: it holds the database while the browser is to make another.
const HOLDS: &str = "
    const [done] = arguments;
    const opening = indexedDB.open('carryout-outbox', 1);
    opening.onsuccess = () => { window.held = opening.result; indexedDB.deleteDatabase('carryout-outbox'); done(true); };
    opening.onerror = () => done(false);
";

#[tokio::test]
async fn a_tab_that_holds_the_storage_is_named_and_the_page_goes_on_when_it_lets_go() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.browser().goto("/livez").await?;
    let held = ada.browser().client().execute_async(HOLDS, vec![]).await?;
    assert_eq!(held, json!(true));
    let holder = ada.browser().open_tab().await?;
    ada.browser().goto("/").await?;
    ada.browser().wait_text("[data-test=app-error]", "close the other tabs").await?;
    let page = ada.browser().show_tab(holder).await?;
    ada.browser().client().execute("held.close()", vec![]).await?;
    ada.browser().show_tab(page).await?;
    ada.browser().wait("[data-test=restaurant]").await?;
    world.end(&[ada.browser()]).await
}

/// Another page that is in the middle of something, and does not come to its end: who wants the same stores waits.
const DOES_NOT_END: &str = "
    const [done] = arguments;
    const opening = indexedDB.open('carryout-outbox', 1);
    opening.onerror = () => done(String(opening.error));
    opening.onsuccess = () => {
        const names = [...opening.result.objectStoreNames];
        const store = opening.result.transaction(names, 'readwrite').objectStore('meta');
        const go_on = () => { if (!window.let_go) store.get('device').onsuccess = go_on; };
        go_on();
        done('begun');
    };
";

#[tokio::test]
async fn storage_that_does_not_answer_is_told_and_the_page_goes_on_when_it_does() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.adds("trattoria-lucciola", "margherita").await?;
    ada.browser().goto("/livez").await?;
    let begun = ada.browser().client().execute_async(DOES_NOT_END, vec![]).await?;
    assert_eq!(begun, json!("begun"));
    let holder = ada.browser().open_tab().await?;
    ada.browser().goto("/cart").await?;
    ada.browser().wait_text("[data-test=app-error]", "does not answer").await?;
    let page = ada.browser().show_tab(holder).await?;
    ada.browser().client().execute("window.let_go = true", vec![]).await?;
    ada.browser().show_tab(page).await?;
    ada.browser().wait("[data-test=checkout-link]").await?;
    world.end(&[ada.browser()]).await
}

/// What a newer release in another tab does: it asks for the next version of the database.
const UPGRADES: &str = "
    const [done] = arguments;
    const opening = indexedDB.open('carryout-outbox', 2);
    opening.onsuccess = () => { opening.result.close(); done('upgraded'); };
    opening.onblocked = () => done('blocked');
    opening.onerror = () => done(String(opening.error));
";

#[tokio::test]
async fn an_old_tab_lets_a_newer_release_upgrade_and_says_that_it_is_old() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.adds("trattoria-lucciola", "margherita").await?;
    ada.checks_out("trattoria-lucciola").await?;
    let old = ada.browser().open_tab().await?;
    ada.browser().goto("/livez").await?;
    let answer = ada.browser().client().execute_async(UPGRADES, vec![]).await?;
    assert_eq!(answer.as_str().context("an answer")?, "upgraded");
    ada.browser().show_tab(old).await?;
    ada.browser().click("[data-test=place-order]").await?;
    ada.browser().wait_text("[data-test=storage-note][data-kind=storage-fails]", "newer version").await?;
    assert!(ada.browser().path().await?.ends_with("/checkout"), "nothing was called saved");
    assert_eq!(ada.browser().says("carryout.acts().length").await?, json!(0));
    world.end(&[ada.browser()]).await
}

/// What the page writes from here on does not come to its end, as on a disk that does not answer; and a half-written text is
/// to be kept.
const WRITES_FOR_EVER: &str = "
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode, options) {
        const begun = begin.call(this, stores, mode, options);
        if (mode === 'readwrite' && this.name === 'carryout-outbox') {
            const meta = begun.objectStore('meta');
            const go_on = () => { document.body.dataset.writes = ''; meta.get('device').onsuccess = go_on; };
            go_on();
        }
        return begun;
    };
    const field = document.querySelector('[name=customer-name]');
    field.value += ' Lovelace';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
";

/// WebKit keeps a page that is left as it stands, with the transactions that are open in it. None may be: the next page would
/// wait for them for ever.
#[tokio::test]
async fn webkit_a_page_that_is_left_in_the_middle_of_a_write_holds_up_nobody() -> Result<()> {
    let world = World::of(Engine::WebKit).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.adds("trattoria-lucciola", "margherita").await?;
    ada.checks_out("trattoria-lucciola").await?;
    ada.browser().client().execute(WRITES_FOR_EVER, vec![]).await?;
    ada.browser().wait("body[data-writes]").await?;
    ada.opens("/cart").await?;
    ada.browser().wait("[data-test=checkout-link]").await?;
    world.end(&[ada.browser()]).await
}
