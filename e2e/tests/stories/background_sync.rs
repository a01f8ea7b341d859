//! What was saved offline leaves with all tabs closed, when the browser says that the network is back.

use anyhow::{Context, Result};
use e2e::{Browser, Cart, Customer, World};
use serde_json::{Value, json};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const COMMANDS: &str = "POST /api/commands";
const TAG: &str = "carryout-outbox";

#[tokio::test]
async fn pain_23_an_order_saved_offline_leaves_with_all_tabs_closed() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.browser().until("the sync to be asked for", async || Ok(asked(ada.browser()).await?.then_some(()))).await?;

    all_tabs_are_closed(&ada).await?;
    network_is_back(ada.browser()).await?;
    ada.network().requested(COMMANDS, 1).await?;
    stage_is(ada.browser(), "accepted").await?;
    assert_eq!(world.server.orders().await?.len(), 1);

    // Asked again, it has nothing to do.
    network_is_back(ada.browser()).await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.has_waiting(0).await?;
    ada.sees_stage(&order, "").await?;
    assert_eq!(ada.outbox().await?[0]["stage"], "done");
    assert_eq!(world.server.orders().await?.len(), 1);
    assert_eq!(ada.network().requests(COMMANDS).len(), 1);
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn an_answer_lost_in_the_background_is_asked_for_again_by_the_tab() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    // As often as Chromium by itself repeats a request on a connection that was used before.
    ada.network().lose_answers(COMMANDS, 2);
    all_tabs_are_closed(&ada).await?;
    network_is_back(ada.browser()).await?;
    ada.network().lost_answers(1).await?;
    stage_is(ada.browser(), "sent").await?;
    ada.network().heal();
    ada.opens(&format!("/orders/{order}")).await?;
    ada.has_waiting(0).await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_tab_that_is_open_does_the_work_itself() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    ada.network().refuse(COMMANDS, usize::MAX);
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "sent").await?;
    let fence = fence(ada.browser()).await?;
    network_is_back(ada.browser()).await?;
    ada.network().heal();
    ada.has_waiting(0).await?;
    assert_eq!(self::fence(ada.browser()).await?, fence, "the worker did not raise the fence");
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn the_acts_of_somebody_else_do_not_leave_in_the_background() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    all_tabs_are_closed(&ada).await?;
    // Ben signs in elsewhere in this profile: the cookie is his, and what waits is Ada's.
    let script = r#"
        const [done] = arguments;
        fetch("/api/session", {
            method: "POST", headers: { "content-type": "application/json" },
            body: JSON.stringify({ name: "ben", password: "carryout" }),
        }).then(answer => done(answer.status), error => done(String(error)));
    "#;
    assert_eq!(ada.browser().client().execute_async(script, vec![]).await?, json!(200));
    network_is_back(ada.browser()).await?;
    ada.network().requested(COMMANDS, 1).await?;
    nobody_leads(ada.browser()).await?;
    stage_is(ada.browser(), "sent").await?;
    assert!(world.server.orders().await?.is_empty());
    assert!(world.server.answered().await?.is_empty());
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_guest_s_order_leaves_with_all_tabs_closed_although_nobody_has_heard_of_them() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.opens("/").await?;
    ada.has_state("signed-out").await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    all_tabs_are_closed(&ada).await?;
    network_is_back(ada.browser()).await?;
    stage_is(ada.browser(), "accepted").await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    ada.opens(&format!("/orders/{order}")).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    world.end(&[ada.browser()]).await
}

/// The app's only tab is closed. A browser under a driver keeps one, and for the sake of its storage it shows a page of
/// the same site that is no app and runs nothing.
async fn all_tabs_are_closed(ada: &Customer) -> Result<()> {
    ada.browser().client().goto("about:blank").await?;
    ada.network().restore();
    ada.browser().goto("/livez").await?;
    nobody_leads(ada.browser()).await
}

/// A tab that was closed has let go of its lock, or the worker of its.
async fn nobody_leads(browser: &Browser) -> Result<()> {
    let script = "const [done] = arguments; navigator.locks.query().then(locks => done(locks.held.length))";
    let free = async || Ok((browser.client().execute_async(script, vec![]).await? == json!(0)).then_some(()));
    browser.until("the lock to be free", free).await
}

/// What the browser does when it believes in the network again.
async fn network_is_back(browser: &Browser) -> Result<()> {
    browser.devtools("ServiceWorker.enable", json!({})).await?;
    let event = json!({"origin": browser.origin(), "registrationId": "0", "tag": TAG, "lastChance": false});
    browser.devtools("ServiceWorker.dispatchSyncEvent", event).await
}

async fn asked(browser: &Browser) -> Result<bool, fantoccini::error::CmdError> {
    let script = "
        const [done] = arguments;
        navigator.serviceWorker.ready.then(worker => worker.sync.getTags()).then(done, error => done([String(error)]));
    ";
    Ok(browser.client().execute_async(script, vec![]).await? == json!([TAG]))
}

async fn stage_is(browser: &Browser, stage: &str) -> Result<()> {
    let look = async || {
        let records = browser.indexed_db("carryout-outbox", "commands").await.unwrap_or_default();
        Ok(records.iter().all(|record| record["stage"] == stage).then_some(()))
    };
    browser.until(&format!("all acts to be {stage}"), look).await
}

async fn fence(browser: &Browser) -> Result<Value> {
    let script = r#"
        const [done] = arguments;
        const opening = indexedDB.open("carryout-outbox");
        opening.onsuccess = () => {
            const reading = opening.result.transaction("meta").objectStore("meta").get("generation");
            reading.onsuccess = () => { opening.result.close(); done(reading.result); };
        };
    "#;
    let fence = browser.client().execute_async(script, vec![]).await?;
    fence.is_number().then_some(fence).context("the outbox has no fence")
}
