//! The engine's smallest example: a household's shopping list, offline and on two devices.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use e2e::{Browser, Engine, Network, Program};
use fantoccini::Locator;

/// One of the household, with a browser and a network of their own.
struct Member {
    browser: Browser,
    network: Network,
}

impl Member {
    async fn joins(shop: &Program, name: &str) -> Result<Self> {
        let network = Network::start(shop.address()).await?;
        let browser = Browser::start(Engine::Chromium, name, &network.origin()).await?;
        browser.goto(&format!("/as/{name}")).await?;
        browser.wait_text("#status", "Online, 0 waiting").await?;
        Ok(Self { browser, network })
    }

    async fn wants(&self, thing: &str) -> Result<()> {
        self.browser.wait("input").await?.send_keys(thing).await?;
        self.browser.wait("form button").await?.click().await?;
        self.browser.wait_text("#things", thing).await
    }

    async fn buys(&self) -> Result<()> {
        let button = self.browser.client().find(Locator::Css("#things button")).await?;
        button.click().await?;
        self.browser.wait_text("#things", "bought by").await
    }
}

fn built(name: &str, otherwise: &str) -> Result<PathBuf> {
    let test = env::current_exe()?;
    let target = test.ancestors().nth(3).context("tests are built into <target>/debug/deps")?;
    Ok(env::var_os(name).map_or_else(|| target.join(otherwise), PathBuf::from))
}

#[tokio::test]
async fn two_people_who_buy_the_same_milk_are_told_who_was_first() -> Result<()> {
    let server = built("CARRYOUT_EXAMPLE_SERVER", "debug/shopping-list")?;
    let shop = Program::start(&server, &built("CARRYOUT_EXAMPLE_PAGES", "shopping-list")?).await?;
    let (anna, ben) = (Member::joins(&shop, "anna").await?, Member::joins(&shop, "ben").await?);
    anna.wants("milk").await?;
    ben.browser.wait_text("#things", "milk").await?;

    anna.network.cut();
    anna.browser.wait_text("#status", "Unreachable").await?;
    anna.buys().await?;
    anna.browser.wait_text("#things", "bought by anna (saved here)").await?;
    anna.browser.wait_text("#status", "1 waiting").await?;
    ben.buys().await?;
    ben.browser.wait_text("#status", "0 waiting").await?;

    anna.network.restore();
    anna.browser.wait_text("#inbox", "milk: ben bought it before you").await?;
    anna.browser.wait_text("#things", "bought by ben").await?;
    anna.browser.wait("#inbox button").await?.click().await?;
    anna.browser.wait_gone("#inbox li").await?;
    anna.browser.wait_text("#status", "Online, 0 waiting").await?;
    Ok(())
}
