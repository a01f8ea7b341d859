//! What becomes of an order is told with no page open: asked for by a tap after the order, in the person's language, kind by kind, and
//! honest where it cannot be.
//!
//! A browser under a driver has no push service of its own to subscribe with, so its half of a subscription is made in the page, with
//! keys of its own, and names a push service in this story. What the server sends there is handed to the worker as the browser would.

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Cart, Database, World};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::watch;

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

/// A browser's half of a subscription, which outlives the page.
const SUBSCRIBES: &str = r"
    const base64 = (bytes) =>
        btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
    const KEPT = 'a-subscription';
    const subscription = ({ endpoint, key, keys }) => ({
        endpoint,
        options: { applicationServerKey: bytes(key).buffer },
        toJSON: () => ({ endpoint, keys }),
        unsubscribe: async () => (localStorage.removeItem(KEPT), true),
    });
    PushManager.prototype.getSubscription = async () => {
        const kept = localStorage.getItem(KEPT);
        return kept && subscription(JSON.parse(kept));
    };
    PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => {
        const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
        const p256dh = base64(await crypto.subtle.exportKey('raw', pair.publicKey));
        const keys = { p256dh, auth: base64(crypto.getRandomValues(new Uint8Array(16))) };
        const kept = { endpoint: 'ENDPOINT', key, keys };
        localStorage.setItem(KEPT, JSON.stringify(kept));
        return subscription(kept);
    };
";

/// What the browser shows, as its worker asked for it.
const SHOWN: &str = "
    const [done] = arguments;
    navigator.serviceWorker.getRegistration()
        .then((worker) => worker.getNotifications())
        .then((all) => done(all.map(({ title, tag, lang, dir, data }) => ({ title, tag, lang, dir, data }))), (error) => done(String(error)));
";

/// The worker as it ships, with clients of this story's, and what it does when a notification is tapped.
const TAPPED: &str = "
    const [path, pages, done] = arguments;
    const heard = {}, log = [];
    const client = (url) => ({
        url, focus: async () => log.push(`focus ${url}`), postMessage: ({ type, path }) => log.push(`${type} ${path}`),
    });
    const self = {
        registration: {},
        addEventListener: (name, hear) => (heard[name] = hear),
        clients: { matchAll: async () => pages.map(client), openWindow: async (path) => log.push(`open ${path}`) },
    };
    const importScripts = () => {};
    WORKER
    heard.notificationclick({
        notification: { close: () => log.push('close'), data: path },
        waitUntil: (work) => work.then(() => done(log), (error) => done(String(error))),
    });
";

/// A push service that takes everything: its address, and how much it took.
async fn push_service() -> Result<(String, watch::Receiver<usize>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let endpoint = format!("http://{}/push/ada", listener.local_addr()?);
    let (took, taken) = watch::channel(0);
    tokio::spawn(async move {
        while let Ok((mut call, _)) = listener.accept().await {
            let mut bytes = vec![];
            let mut part = [0; 4096];
            // All of ours are one small request, which is over when its sealed body is there.
            while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
                match call.read(&mut part).await {
                    Ok(0) | Err(_) => break,
                    Ok(read) => bytes.extend_from_slice(&part[..read]),
                }
            }
            took.send_modify(|count| *count += 1);
            let _ = call.write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
        }
    });
    Ok((endpoint, taken))
}

async fn may_notify(browser: &Browser) -> Result<()> {
    let granted = json!({"origin": browser.origin(), "permissions": ["notifications"]});
    browser.devtools("Browser.grantPermissions", granted).await
}

/// The push service has handed it over: the browser wakes the worker.
async fn delivers(browser: &Browser, kind: &str, order: &str) -> Result<()> {
    browser.devtools("ServiceWorker.enable", json!({})).await?;
    let said = json!({"v": 1, "kind": kind, "key": format!("order/{order}")}).to_string();
    let message = json!({"origin": browser.origin(), "registrationId": "0", "data": said});
    browser.devtools("ServiceWorker.deliverPushMessage", message).await
}

/// Nobody looks at a page of ours. A browser under a driver shows one all the same, for the sake of its storage; it is none that the
/// worker knows, because a page that is loaded past its worker is not the worker's.
async fn looks_elsewhere(browser: &Browser) -> Result<()> {
    browser.goto("/livez").await?;
    browser.devtools("Page.reload", json!({"ignoreCache": true})).await?;
    let script = "return navigator.serviceWorker.controller === null";
    let look = async || Ok((browser.client().execute(script, vec![]).await? == json!(true)).then_some(()));
    browser.until("a page without a worker", look).await
}

/// Waits until just this is shown.
async fn is_shown(browser: &Browser, wanted: &[Value]) -> Result<()> {
    let look = async || {
        let shown = browser.client().execute_async(SHOWN, vec![]).await?;
        Ok((shown == json!(wanted)).then_some(()))
    };
    browser.until(&format!("{} notifications", json!(wanted)), look).await
}

async fn speaks_german(browser: &Browser) -> Result<()> {
    browser.wait("[data-test=language]").await?;
    let script = "
        const select = document.querySelector('[data-test=language]');
        select.value = 'de';
        select.dispatchEvent(new Event('change', { bubbles: true }));
    ";
    browser.client().execute(script, vec![]).await?;
    browser.wait("html[lang=de]").await?;
    Ok(())
}

async fn devices(world: &World, wanted: &str) -> Result<()> {
    let topics = world.server.rows(Database::Truth, "select topics from push_subscription").await?;
    ensure!(json!(topics) == serde_json::from_str::<Value>(wanted)?, "{topics:?} and not {wanted}");
    Ok(())
}

#[tokio::test]
async fn a_tap_after_an_order_has_its_end_told_with_no_page_open() -> Result<()> {
    let mut world = World::start().await?;
    world.server.stop().await?;
    world.server.restart_with(&[("CARRYOUT_PUSH_SANDBOX", "true")]).await?;
    let (endpoint, mut taken) = push_service().await?;
    let mut ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.phone_closes().await?;
    ada.phone_starts_under(&format!("{{ {} }}", SUBSCRIBES.replace("ENDPOINT", &endpoint)), "/sync").await?;
    ada.is_ready_for_offline().await?;
    may_notify(ada.browser()).await?;
    speaks_german(ada.browser()).await?;
    let order = ada.orders(&CART).await?;
    ada.browser().wait_attr("[data-test=push]", "data-state", "off").await?;
    devices(&world, "[]").await?;
    ada.browser().click("[data-test=tell-me]").await?;
    ada.browser().wait("[data-test=is-told]").await?;
    devices(&world, r#"[{"topics": "[\"accepted\",\"ready\",\"delivered\",\"trouble\"]"}]"#).await?;
    ada.browser().screenshot("push-tracking").await?;

    // One kind is enough for some; and with no network nothing is called chosen.
    ada.opens("/sync").await?;
    ada.browser().wait_attr("[data-test=notifications]", "data-state", "on").await?;
    ada.browser().click("[data-test=push-topic][name=delivered]").await?;
    ada.browser().wait("[data-test=push-topic][name=delivered]:not(:checked):enabled").await?;
    devices(&world, r#"[{"topics": "[\"accepted\",\"ready\",\"trouble\"]"}]"#).await?;
    ada.browser().screenshot("push-sync-centre").await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    ada.browser().click("[data-test=push-topic][name=trouble]").await?;
    ada.browser().wait("[data-test=push-failed]").await?;
    ada.browser().wait("[data-test=push-topic][name=trouble]:checked").await?;
    ada.browser().screenshot("push-failed").await?;
    ada.network().restore();
    ada.is_online().await?;

    // The kitchen says yes while she is elsewhere.
    looks_elsewhere(ada.browser()).await?;
    let cook = world.tablet("lucciola").await?;
    cook.signs_in().await?;
    cook.accepts(&order).await?;
    taken.wait_for(|taken| *taken == 1).await.context("the push service hears of it")?;
    delivers(ada.browser(), "accepted", &order).await?;
    let told = |title: &str| json!({"title": title, "tag": format!("order/{order}"), "lang": "de", "dir": "ltr", "data": format!("/orders/{order}")});
    is_shown(ada.browser(), &[told("Die Küche hat deine Bestellung angenommen")]).await?;
    looks_elsewhere(ada.browser()).await?;
    delivers(ada.browser(), "ready", &order).await?;
    is_shown(ada.browser(), &[told("Dein Essen ist fertig")]).await?;
    looks_elsewhere(ada.browser()).await?;
    delivers(ada.browser(), "a-word-of-a-later-release", &order).await?;
    is_shown(ada.browser(), &[told("Es gibt Neues in Carryout")]).await?;

    // Who looks at a page of ours sees it there.
    ada.opens(&format!("/orders/{order}")).await?;
    ada.sees_order(&order, "received").await?;
    delivers(ada.browser(), "cancelled", &order).await?;
    is_shown(ada.browser(), &[told("Es gibt Neues in Carryout")]).await?;

    // Signed out, she is told nothing more.
    ada.opens("/sign-in").await?;
    ada.signs_out().await?;
    let left = async || {
        let subscription = "return localStorage.getItem('a-subscription')";
        Ok((ada.browser().client().execute(subscription, vec![]).await?.is_null()).then_some(()))
    };
    ada.browser().until("the subscription to be let go", left).await?;
    cook.taps(&order, "start").await?;
    cook.taps(&order, "ready").await?;
    cook.sees_ticket(&order, "ready").await?;
    assert_eq!(*taken.borrow(), 1);
    world.end(&[ada.browser(), cook.browser()]).await
}

#[tokio::test]
async fn a_browser_that_cannot_says_so_and_nothing_is_asked_before_a_tap() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_order(&order, "submitted").await?;
    // This one has no push service behind it, and only finds out when it is asked.
    may_notify(ada.browser()).await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.browser().wait_attr("[data-test=push]", "data-state", "off").await?;
    ada.browser().click("[data-test=tell-me]").await?;
    ada.browser().wait("[data-test=push-failed]").await?;
    assert_eq!(world.server.number(Database::Truth, "select count(*) from push_subscription").await?, 0);
    ada.browser().devtools("Browser.resetPermissions", json!({})).await?;
    let denied =
        json!({"permission": {"name": "notifications"}, "setting": "denied", "origin": ada.browser().origin()});
    ada.browser().devtools("Browser.setPermission", denied).await?;
    ada.opens("/sync").await?;
    ada.browser().wait_attr("[data-test=notifications]", "data-state", "denied").await?;
    ada.browser().wait("[data-test=push-topic]:disabled").await?;
    ada.browser().screenshot("push-denied").await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_tap_on_a_notification_opens_its_order_in_the_page_that_is_there() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;
    let order = ada.orders(&CART).await?;
    let path = format!("/orders/{order}");
    let worker = r"const [done] = arguments; fetch('/sw.js').then((answer) => answer.text()).then(done, (error) => done(String(error)))";
    let worker = ada.browser().client().execute_async(worker, vec![]).await?;
    let script = TAPPED.replace("WORKER", worker.as_str().context("the worker's text")?);
    let at = |path: &str| format!("{}{path}", ada.browser().origin());
    for (pages, wanted) in [
        (vec![], vec!["close".to_owned(), format!("open {path}")]),
        (vec![at("/cart")], vec!["close".to_owned(), format!("focus {}", at("/cart")), format!("go {path}")]),
        (vec![at("/cart"), at(&path)], vec!["close".to_owned(), format!("focus {}", at(&path)), format!("go {path}")]),
    ] {
        let did = ada.browser().client().execute_async(&script, vec![json!(path), json!(pages)]).await?;
        assert_eq!(did, json!(wanted), "{pages:?}");
    }
    ada.opens("/cart").await?;
    let go = "navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { type: 'go', path: arguments[0] } }))";
    ada.browser().client().execute(go, vec![json!(path)]).await?;
    ada.sees_order(&order, "submitted").await?;
    assert_eq!(ada.browser().path().await?, path);
    world.end(&[ada.browser()]).await
}
