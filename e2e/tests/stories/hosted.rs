//! Hosting by others: a shell of somebody else's, built on single-spa as npm has it, mounts each bundle and takes it off again,
//! twice, and nothing of it stays behind: no element, no socket, no lock.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use e2e::{Cart, Customer, Engine, Release, World};
use serde_json::{Value, json};

/// The bundles with a page of each, in the order in which they are visited.
const VISITS: [(&str, &str); 4] =
    [("customer", "/"), ("restaurant", "/kitchen"), ("driver", "/drive"), ("ops", "/desk")];

/// Counts the sockets that are open, as no page tells.
const COUNT_SOCKETS: &str = "
    window.openSockets = new Set();
    const Plain = WebSocket;
    window.WebSocket = class extends Plain {
        constructor(...args) {
            super(...args);
            openSockets.add(this);
            this.addEventListener('close', () => openSockets.delete(this));
        }
        close(...args) {
            openSockets.delete(this);
            super.close(...args);
        }
    };
";

#[tokio::test]
async fn a_single_spa_shell_mounts_each_bundle_twice_and_nothing_of_it_stays_behind() -> Result<()> {
    let town = Release::built()?.folder()?;
    for (name, file) in [
        ("index.html", "host/index.html"),
        ("host/host.js", "host/host.js"),
        ("host/single-spa.js", "node_modules/single-spa/lib/es2015/esm/single-spa.min.js"),
    ] {
        town.put(name, &web(file)?)?;
    }
    let world = World::serving(Engine::Chromium, &town).await?;
    let guest = world.phone("guest").await?;
    guest.browser().begins_with(COUNT_SOCKETS).await?;
    guest.browser().goto("/").await?;
    let begun = async || {
        Ok((guest.browser().client().execute("return !!window.host", vec![]).await? == json!(true)).then_some(()))
    };
    guest.browser().until("the shell to begin", begun).await?;
    for _ in ["for the first time", "and again"] {
        for (app, path) in VISITS {
            shows(&guest, app, path).await?;
        }
    }

    // What comes back works as it did, and what is done in it reaches the server.
    shows(&guest, "customer", "/").await?;
    let cart = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
    let order = guest.orders_within_the_page(&cart).await?;
    guest.sees_order(&order, "submitted").await?;
    guest.has_waiting(0).await?;
    ensure!(world.server.orders().await?.len() == 1, "one order");

    // A shell may also let go of a bundle and load it anew.
    ask(&guest, "return host.unloadApplication('customer', { waitForUnmount: false }).then(() => true)").await?;
    shows(&guest, "customer", &format!("/orders/{order}")).await?;
    guest.sees_order(&order, "submitted").await?;
    ensure!(ask(&guest, "return host.errors").await? == json!([]), "single-spa had to complain");

    // No service worker keeps the words of other languages here: one that cannot be fetched is told, and the old one stays.
    shows(&guest, "customer", "/sync").await?;
    guest.network().cut();
    chooses(&guest, "es").await?;
    guest.browser().wait_text("[data-test=language-missing]", "Español").await?;
    ensure!(ask(&guest, SPOKEN).await? == json!(["en", "en"]), "another language is spoken than there are words for");
    guest.network().restore();
    chooses(&guest, "es").await?;
    guest.browser().wait_text("h1", "Sincronización").await?;
    world.end(&[guest.browser()]).await
}

/// Goes where `app` is at home. It is shown, and of the others nothing is left.
async fn shows(guest: &Customer, app: &str, path: &str) -> Result<()> {
    ask(guest, &format!("host.navigateToUrl({})", json!(path))).await?;
    guest.browser().wait(&format!("[id='single-spa-application:{app}'] [data-test=status]")).await?;
    let left = "
        const drawn = [...document.querySelectorAll('[id^=\"single-spa-application:\"]')]
            .filter((element) => element.childElementCount).map((element) => element.id.split(':')[1]);
        return navigator.locks.query().then(({ held }) => ({
            mounted: ['customer', 'restaurant', 'driver', 'ops'].filter((app) => host.getAppStatus(app) === 'MOUNTED'),
            drawn,
            leaders: held.filter(({ name }) => name === 'carryout-leader').length,
            sockets: openSockets.size,
        }));
    ";
    let alone = json!({ "mounted": [app], "drawn": [app], "leaders": 1, "sockets": 1 });
    let look = async || Ok((guest.browser().client().execute(left, vec![]).await? == alone).then_some(()));
    let seen = async || ask(guest, left).await.unwrap_or(Value::Null);
    match guest.browser().until(&format!("{app} to be alone"), look).await {
        Ok(()) => Ok(()),
        Err(error) => Err(error.context(format!("{} instead of {alone}", seen().await))),
    }
}

/// What is spoken, and what is chosen.
const SPOKEN: &str = "return [document.documentElement.lang, document.querySelector('[data-test=language]').value]";

async fn chooses(guest: &Customer, language: &str) -> Result<()> {
    let script = "
        const select = document.querySelector('[data-test=language]');
        select.value = arguments[0];
        select.dispatchEvent(new Event('change', { bubbles: true }));
    ";
    guest.browser().client().execute(script, vec![json!(language)]).await?;
    Ok(())
}

/// What the page answers; a promise is waited for.
async fn ask(guest: &Customer, script: &str) -> Result<Value> {
    Ok(guest.browser().client().execute(script, vec![]).await?)
}

/// A file of `e2e/web`.
fn web(file: &str) -> Result<Vec<u8>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("web").join(file);
    fs::read(&path).with_context(|| {
        format!(
            "{} is not there: `cargo xtask browsers` installs the npm packages that the stories use",
            path.display()
        )
    })
}
