//! What everybody who works has in common: an account, a home page, and a device that can die and lose its network.

use anyhow::Result;
use serde_json::Value;

use crate::browser::Browser;
use crate::network::Network;

/// Somebody who works, with their device. The browser goes before the network it uses.
pub struct Staff {
    name: String,
    home: &'static str,
    browser: Browser,
    network: Network,
}

impl Staff {
    pub(crate) fn new(name: &str, home: &'static str, browser: Browser, network: Network) -> Self {
        Self { name: name.into(), home, browser, network }
    }

    /// The account's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The device's browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The device's way to the server.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The browser is killed with SIGKILL.
    pub fn dies(&mut self) -> Result<()> {
        self.browser.kill()
    }

    /// The browser is started again on the same profile, and a path opened.
    pub async fn starts(&mut self, path: &str) -> Result<()> {
        self.browser.restart().await?;
        self.opens(path).await
    }

    /// Opens a path and waits for the shell's status line.
    pub async fn opens(&self, path: &str) -> Result<()> {
        self.browser.goto(path).await?;
        self.browser.wait("[data-test=status]").await?;
        Ok(())
    }

    /// Signs in with the demo password and opens the first page.
    pub async fn signs_in(&self) -> Result<()> {
        self.opens(&format!("{}/sign-in", self.home)).await?;
        self.browser.fill("[name=account]", &self.name).await?;
        self.browser.fill("[name=password]", "carryout").await?;
        self.browser.click("[data-test=sign-in]").await?;
        self.is_online().await?;
        self.opens(self.home).await?;
        self.is_online().await
    }

    /// Signs in, and closes and opens the browser once, so that the sign-in is on the disk: see
    /// [`Customer::signed_in_days_ago`](crate::Customer::signed_in_days_ago).
    pub async fn signed_in_days_ago(&mut self) -> Result<()> {
        self.signs_in().await?;
        self.browser.close().await?;
        self.starts(self.home).await?;
        self.is_online().await
    }

    /// The status line says that the device is connected and up to date.
    pub async fn is_online(&self) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-state", "online").await
    }

    /// The status line says that the server cannot be reached, in one of its two honest ways.
    pub async fn is_cut_off(&self) -> Result<()> {
        self.browser.wait("[data-test=status]:is([data-state=offline], [data-state=unreachable])").await?;
        Ok(())
    }

    /// The app and all it shows are kept on the device: it would open with no network.
    pub async fn is_ready_for_offline(&self) -> Result<()> {
        self.browser.is_ready_for_offline().await
    }

    /// The status line says how many acts wait.
    pub async fn has_waiting(&self, acts: usize) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-waiting", &acts.to_string()).await
    }

    /// The outbox as it is stored, done records too.
    pub async fn outbox(&self) -> Result<Vec<Value>> {
        self.browser.indexed_db("carryout-outbox", "commands").await
    }

    /// All rows that the device keeps of the server's, as they are stored.
    pub async fn rows(&self) -> Result<Vec<Value>> {
        self.browser.indexed_db("carryout-cache", "rows").await
    }
}
