//! A driver with a phone, in the trade's words.

use anyhow::Result;
use serde_json::Value;

use crate::browser::Browser;
use crate::network::Network;

/// Who brings meals. The browser goes before the network it uses.
pub struct Driver {
    name: String,
    browser: Browser,
    network: Network,
}

impl Driver {
    pub(crate) fn new(name: &str, browser: Browser, network: Network) -> Self {
        Self { name: name.into(), browser, network }
    }

    /// The phone's browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The phone's way to the server.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The phone's browser is killed with SIGKILL.
    pub fn phone_dies(&mut self) -> Result<()> {
        self.browser.kill()
    }

    /// The browser is started again on the same profile, and the shift opened.
    pub async fn phone_starts(&mut self) -> Result<()> {
        self.browser.restart().await?;
        self.opens("/drive").await
    }

    /// Signs in with the demo password, and closes and opens the browser once, so that the sign-in is on the disk: see
    /// [`Customer::signed_in_days_ago`](crate::Customer::signed_in_days_ago).
    pub async fn signed_in_days_ago(&mut self) -> Result<()> {
        self.opens("/drive/sign-in").await?;
        self.browser.fill("[name=account]", &self.name).await?;
        self.browser.fill("[name=password]", "carryout").await?;
        self.browser.click("[data-test=sign-in]").await?;
        self.is_online().await?;
        self.browser.close().await?;
        self.phone_starts().await?;
        self.is_online().await
    }

    /// Opens a path and waits for the shell's status line.
    pub async fn opens(&self, path: &str) -> Result<()> {
        self.browser.goto(path).await?;
        self.browser.wait("[data-test=status]").await?;
        Ok(())
    }

    /// The status line says that the phone is connected and up to date.
    pub async fn is_online(&self) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-state", "online").await
    }

    /// The app and all it shows are kept on the phone: it would open with no network.
    pub async fn is_ready_for_offline(&self) -> Result<()> {
        self.browser.is_ready_for_offline().await
    }

    /// The status line says how many acts wait.
    pub async fn has_waiting(&self, acts: usize) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-waiting", &acts.to_string()).await
    }

    /// Comes on duty, and the server has it.
    pub async fn goes_on_duty(&self) -> Result<()> {
        self.browser.click("[data-test=turn-duty]").await?;
        self.browser.wait("[data-test=duty][data-on=true][data-stage='']").await?;
        Ok(())
    }

    /// Is offered the order's meal.
    pub async fn is_offered(&self, order: &str) -> Result<()> {
        self.browser.wait(&offer(order)).await?;
        Ok(())
    }

    /// Takes what is offered, and has it.
    pub async fn claims(&self, order: &str) -> Result<()> {
        self.browser.click(&format!("{} [data-test=claim]", offer(order))).await?;
        self.sees_errand(order, "assigned").await
    }

    /// The shift shows the order's meal with this status.
    pub async fn sees_errand(&self, order: &str, status: &str) -> Result<()> {
        self.browser.wait_attr(&errand(order), "data-status", status).await
    }

    /// The shift shows the order's meal no more.
    pub async fn sees_no_errand(&self, order: &str) -> Result<()> {
        self.browser.wait_gone(&errand(order)).await
    }

    /// Taps a button on the order's meal: `pick-up`, `deliver` or `drop-out`.
    pub async fn taps(&self, order: &str, button: &str) -> Result<()> {
        self.browser.click(&format!("{} [data-test={button}]", errand(order))).await
    }

    /// All rows that the phone keeps of the server's, as they are stored.
    pub async fn rows(&self) -> Result<Vec<Value>> {
        self.browser.indexed_db("carryout-cache", "rows").await
    }
}

fn offer(order: &str) -> String {
    format!("[data-test=offer][data-id={order:?}]")
}

fn errand(order: &str) -> String {
    format!("[data-test=errand][data-id={order:?}]")
}
