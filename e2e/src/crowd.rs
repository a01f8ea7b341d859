//! A crowd: many people in few browsers, for what a browser each would be too much.
//!
//! Each has an origin of their own (`http://NAME.localhost:PORT`), and with it storage, a service worker, cookies and a network
//! of their own, as if the browser were theirs alone. They live in their pages by themselves ([`crowd.js`](Person)); a test
//! reads what they tell, cuts their networks, and kills the browser under all who share it.

use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::wd::WindowHandle;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::agree;
use crate::browser::{Browser, Screen};
use crate::engine::Engine;
use crate::network::Network;
use crate::server::Server;

const SCRIPT: &str = include_str!("crowd.js");

/// What somebody does all the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Orders, waits, and sometimes thinks better of it.
    Customer,
    /// Says yes to orders and cooks them.
    Kitchen,
    /// Takes offers and brings meals.
    Driver,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Kitchen => "kitchen",
            Self::Driver => "driver",
        }
    }

    fn signs_in_at(self) -> &'static str {
        match self {
            Self::Customer => "/sign-in",
            Self::Kitchen => "/kitchen/sign-in",
            Self::Driver => "/drive/sign-in",
        }
    }

    fn works_at(self) -> &'static str {
        match self {
            Self::Customer => "/orders",
            Self::Kitchen => "/kitchen",
            Self::Driver => "/drive",
        }
    }
}

/// Something that happened to somebody, as their page told it.
#[derive(Clone, Debug, Deserialize)]
pub struct Told {
    /// `saved`, `cancels`, `taps`, `seen` or `stuck`.
    pub what: String,
    /// When, by the machine's clock in milliseconds, which all share.
    pub at: u64,
    /// The order it is about.
    #[serde(default)]
    pub order: String,
    /// Of a tap, what it makes of the order; of what is seen, what became of it.
    #[serde(default)]
    pub status: String,
    /// Of what is seen: since when the list was open, and the page connected.
    #[serde(default)]
    pub since: u64,
    /// Of a tap: whether the page said that it was connected.
    #[serde(default)]
    pub online: bool,
    /// What somebody is stuck at.
    #[serde(default)]
    pub why: String,
}

/// One of the crowd.
pub struct Person {
    /// The account.
    pub name: String,
    /// What they do.
    pub kind: Kind,
    /// Their way to the server, and nobody else's.
    pub network: Network,
    /// What their pages told so far, the oldest first. What a page had not told when it was killed is not here.
    pub told: Vec<Told>,
    window: Option<WindowHandle>,
}

impl Person {
    /// Somebody who has not opened a browser yet.
    pub async fn new(name: &str, kind: Kind, server: &Server) -> Result<Self> {
        let network = Network::start(server.address()).await?;
        Ok(Self { name: name.to_owned(), kind, network, told: Vec::new(), window: None })
    }

    fn address(&self, path: &str) -> Result<String> {
        let origin = self.network.origin();
        let (_, port) = origin.rsplit_once(':').context("an origin has a port")?;
        Ok(format!("http://{}.localhost:{port}{path}", self.name))
    }
}

/// A browser that some of the crowd share.
pub struct Household {
    browser: Browser,
    /// Who share it.
    pub people: Vec<Person>,
    /// The script that each of their pages begins with, but for who it is.
    script: String,
}

impl Household {
    /// A browser whose people are signed in and are at work; `kitchens` are the restaurants that are ordered from, and an order
    /// is thought about for so long at most. What is on the disk outlives a kill from here on.
    pub async fn moves_in(people: Vec<Person>, kitchens: &[String], thinks: Duration, mark: &str) -> Result<Self> {
        let browser = Browser::start(Engine::Chromium, mark, "http://localhost").await?;
        let script = SCRIPT
            .replace("CROWD_KITCHENS", &json!(kitchens).to_string())
            .replace("CROWD_THINKS_MS", &thinks.as_millis().to_string());
        let mut household = Self { browser, people, script };
        for at in 0..household.people.len() {
            household.signs_in(at).await.with_context(|| format!("{} signs in", household.people[at].name))?;
        }
        // Cookies reach the disk.
        household.browser.close().await?;
        household.comes_back().await?;
        Ok(household)
    }

    async fn signs_in(&mut self, at: usize) -> Result<()> {
        self.opens(at, self.people[at].kind.signs_in_at()).await?;
        let (browser, name) = (&self.browser, &self.people[at].name);
        browser.fill("[name=account]", name).await?;
        browser.fill("[name=password]", "carryout").await?;
        browser.click("[data-test=sign-in]").await?;
        browser.wait_attr("[data-test=status]", "data-state", "online").await
    }

    /// A window of its own for each: a page behind others is put to sleep by its browser.
    async fn opens(&mut self, at: usize, path: &str) -> Result<()> {
        let window = self.browser.client().new_window(false).await?.handle;
        self.browser.show_tab(window.clone()).await?;
        let person = &mut self.people[at];
        person.window = Some(window);
        self.browser.resize(Screen::PHONE).await?;
        self.browser.begins_with(&self.script.replace("CROWD_KIND", &json!(person.kind.name()).to_string())).await?;
        Ok(self.browser.client().goto(&person.address(path)?).await?)
    }

    /// SIGKILL to the browser, under all who share it.
    pub fn dies(&mut self) -> Result<()> {
        self.browser.kill()
    }

    /// The browser is started again, and everybody opens their page.
    pub async fn comes_back(&mut self) -> Result<()> {
        self.browser.restart().await?;
        for at in 0..self.people.len() {
            let path = self.people[at].kind.works_at();
            self.opens(at, path).await.with_context(|| format!("{} comes back", self.people[at].name))?;
        }
        Ok(())
    }

    /// Everybody goes on with what is under way, or begins nothing new.
    pub async fn is_busy(&mut self, busy: bool) -> Result<()> {
        for at in 0..self.people.len() {
            self.looks_at(at).await?;
            self.browser.client().execute("window.somebody.busy = arguments[0]", vec![json!(busy)]).await?;
        }
        Ok(())
    }

    /// Writes down what everybody has told since they were asked last.
    pub async fn is_heard(&mut self) -> Result<()> {
        for at in 0..self.people.len() {
            self.looks_at(at).await?;
            let told = self.browser.client().execute("return window.somebody?.told.splice(0) ?? []", vec![]).await?;
            self.people[at].told.extend(serde_json::from_value::<Vec<Told>>(told)?);
        }
        Ok(())
    }

    /// Shows somebody's page; what the browser is asked from here on is about it.
    pub async fn looks_at(&self, at: usize) -> Result<&Browser> {
        let window = self.people[at].window.clone().context("the page is open")?;
        self.browser.show_tab(window).await?;
        Ok(&self.browser)
    }

    /// Opens a path on somebody's page.
    pub async fn goes(&self, at: usize, path: &str) -> Result<&Browser> {
        let browser = self.looks_at(at).await?;
        browser.goes(path).await?;
        Ok(browser)
    }

    /// Screen, device and server say the same of somebody's orders or tickets, and every act of theirs was decided, once.
    pub async fn agrees_with(&self, at: usize, server: &Server) -> Result<()> {
        let person = &self.people[at];
        let browser = self.goes(at, person.kind.works_at()).await?;
        match person.kind {
            Kind::Customer => agree::orders(browser, &person.name, server).await,
            Kind::Kitchen => agree::tickets(browser, &person.name, server).await,
            Kind::Driver => agree::errands(browser, &person.name, server).await,
        }
    }

    /// What the status line of somebody's page says: its state, and how many acts wait.
    pub async fn status(&self, at: usize) -> Result<(String, String)> {
        let script =
            "const { state, waiting } = document.querySelector('[data-test=status]').dataset; return [state, waiting]";
        let said = self.looks_at(at).await?.client().execute(script, vec![]).await?;
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok((word(&said[0]), word(&said[1])))
    }

    /// The browser, for what must not have been said in any of its pages.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }
}
