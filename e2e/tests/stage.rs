//! The stage itself: the browser can be killed, its network cut, and what it stored is read. No app, no server of ours.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use e2e::{Browser, Engine, Mode, Network, Screen};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const PAGE: &str = r#"<!doctype html><meta name=viewport content="width=device-width"><title>stage</title>
<p data-test=words>hello</p><p data-test=late hidden>late</p><input name=field><button data-test=press>press</button>
<label><input type=radio name=way value=deliver style="display:none">deliver</label>
<style>body { background: white } @media (prefers-color-scheme: dark) { body { background: black } }</style>
<script src=/page.js></script>"#;

const SCRIPT: &str = r#"
navigator.serviceWorker.register("/sw.js");
navigator.serviceWorker.ready.then(() => document.body.dataset.worker = "ready");
document.querySelector("button").onclick = () => {
    document.querySelector("[data-test=words]").textContent = document.querySelector("[name=field]").value;
    document.querySelector("[data-test=late]").hidden = false;
    console.log("pressed");
};
const opening = indexedDB.open("shelf", 1);
opening.onupgradeneeded = () => opening.result.createObjectStore("jars", { keyPath: "id" });
opening.onsuccess = () => {
    const writing = opening.result.transaction("jars", "readwrite", { durability: "strict" });
    writing.objectStore("jars").put({ id: "a", bytes: new TextEncoder().encode("{}"), raw: new Uint8Array([255]) });
    writing.oncomplete = () => document.body.dataset.stored = "yes";
};
"#;

const WORKER: &str = r#"
self.addEventListener("install", event => event.waitUntil(
    caches.open("shell").then(shell => shell.addAll(["/", "/page.js"])).then(() => self.skipWaiting())));
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", event => event.respondWith(
    fetch(event.request).catch(() => caches.match(event.request, { ignoreSearch: true }))));
"#;

/// Serves the three files above, and a cookie that lasts.
async fn tiny_server() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    Ok(address)
}

async fn answer(mut stream: TcpStream) -> Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    while let read @ 1.. = stream.read(&mut buffer).await? {
        let request = String::from_utf8_lossy(&buffer[..read]);
        let (kind, body) = match request.split(' ').nth(1) {
            Some("/page.js") => ("text/javascript", SCRIPT),
            Some("/sw.js") => ("text/javascript", WORKER),
            _ => ("text/html", PAGE),
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nset-cookie: who=ada; max-age=99999\r\n\r\n",
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).await?;
    }
    Ok(())
}

async fn stage(name: &str) -> Result<(Browser, Network)> {
    stage_in(Engine::Chromium, name).await
}

async fn stage_in(engine: Engine, name: &str) -> Result<(Browser, Network)> {
    let network = Network::start(tiny_server().await?).await?;
    let browser = Browser::start(engine, name, &network.origin()).await?;
    browser.goto("/").await?;
    Ok((browser, network))
}

#[tokio::test]
async fn a_page_is_read_and_used() -> Result<()> {
    reads_and_uses(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_reads_and_uses_a_page() -> Result<()> {
    reads_and_uses(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_reads_and_uses_a_page() -> Result<()> {
    reads_and_uses(Engine::WebKit).await
}

async fn reads_and_uses(engine: Engine) -> Result<()> {
    let (browser, _network) = stage_in(engine, "reader").await?;
    assert_eq!(browser.text("[data-test=words]").await?, "hello");
    browser.fill("[name=field]", "soup").await?;
    browser.choose("[name=way][value=deliver]").await?;
    browser.click("[data-test=press]").await?;
    browser.wait("[data-test=late]").await?;
    browser.wait_text("[data-test=words]", "soup").await?;
    assert_eq!(browser.count("p").await?, 2);
    assert_eq!(browser.attribute("[name=field]", "name").await?.as_deref(), Some("field"));
    // WebKitGTK prints its console when it comes to it, which may be after the page is gone.
    if engine != Engine::WebKit {
        assert!(browser.console().await?.iter().any(|line| line.contains("pressed")));
    }
    Ok(())
}

#[tokio::test]
async fn the_screen_is_small_dark_and_photographed() -> Result<()> {
    let (browser, _network) = stage("screen").await?;
    browser.resize(Screen::SMALL).await?;
    browser.prefer("dark").await?;
    let script = "return [innerWidth, innerHeight, getComputedStyle(document.body).backgroundColor]";
    let seen = browser.client().execute(script, vec![]).await?;
    assert_eq!(seen, json!([320, 568, "rgb(0, 0, 0)"]));
    browser.has_no_sideways_scroll().await?;
    assert!(browser.screenshot("stage/small-dark").await?.metadata()?.len() > 0);
    Ok(())
}

#[tokio::test]
async fn a_killed_browser_comes_back_to_what_it_stored_with_no_network() -> Result<()> {
    comes_back(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_comes_back_to_what_it_stored_with_no_network() -> Result<()> {
    comes_back(Engine::Firefox).await
}

async fn comes_back(engine: Engine) -> Result<()> {
    let (mut browser, network) = stage_in(engine, "mortal").await?;
    browser.wait("[data-worker=ready][data-stored=yes]").await?;
    network.cut();
    browser.reload().await?;
    assert_eq!(browser.text("[data-test=words]").await?, "hello");
    browser.kill()?;
    browser.restart().await?;
    // Not every driver calls a page that cannot be loaded a failure.
    let _ = browser.goto("/any/where").await;
    assert_eq!(browser.count("[data-test=words]").await?, 0, "the little worker knows only one path");
    browser.goto("/").await?;
    let jars = browser.indexed_db("shelf", "jars").await?;
    assert_eq!(jars, [json!({"id": "a", "bytes": "{}", "raw": [255]})]);
    assert!(browser.indexed_db("no such", "jars").await?.is_empty());
    assert!(browser.indexed_db("shelf", "no such").await?.is_empty());
    network.restore();
    browser.goto("/any/where").await?;
    browser.wait("[data-test=words]").await?;
    Ok(())
}

#[tokio::test]
async fn a_cookie_outlives_a_browser_that_was_closed() -> Result<()> {
    let (mut browser, network) = stage("cookie").await?;
    browser.close().await?;
    network.cut();
    browser.restart().await?;
    network.restore();
    browser.goto("/").await?;
    let request = network.requests("GET / ").pop().expect("the page was asked for");
    assert_eq!(request.header("cookie"), Some("who=ada"));
    Ok(())
}

#[tokio::test]
async fn two_tabs_share_one_profile() -> Result<()> {
    share_one_profile(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_tabs_share_one_profile() -> Result<()> {
    share_one_profile(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_tabs_share_one_profile() -> Result<()> {
    share_one_profile(Engine::WebKit).await
}

async fn share_one_profile(engine: Engine) -> Result<()> {
    let (browser, _network) = stage_in(engine, "tabs").await?;
    let first = browser.open_tab().await?;
    browser.goto("/?second").await?;
    assert_eq!(browser.indexed_db("shelf", "jars").await?.len(), 1);
    let second = browser.show_tab(first).await?;
    assert_eq!(browser.path().await?, "/");
    browser.show_tab(second).await?;
    Ok(())
}

#[tokio::test]
async fn a_wait_that_fails_brings_evidence() -> Result<()> {
    let (browser, network) = stage("evidence").await?;
    network.set(Mode::Silent);
    let waiting = browser.wait_at_most(std::time::Duration::from_millis(300), "[data-test=never]");
    let report = waiting.await.unwrap_err().to_string();
    for part in ["evidence waited 300ms for [data-test=never]", "hello", "no such element", ".png"] {
        assert!(report.contains(part), "{part:?} is not in\n{report}");
    }
    Ok(())
}
