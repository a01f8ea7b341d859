//! A kitchen with a tablet, in the trade's words.

use anyhow::Result;
use serde_json::Value;

use crate::browser::Browser;
use crate::network::Network;

/// Who cooks. The browser goes before the network it uses.
pub struct Kitchen {
    name: String,
    browser: Browser,
    network: Network,
}

impl Kitchen {
    pub(crate) fn new(name: &str, browser: Browser, network: Network) -> Self {
        Self { name: name.into(), browser, network }
    }

    /// The account's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The tablet's browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The tablet's way to the server.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The tablet's browser is killed with SIGKILL.
    pub fn tablet_dies(&mut self) -> Result<()> {
        self.browser.kill()
    }

    /// The browser is started again on the same profile, and the app opened.
    pub async fn tablet_starts(&mut self, path: &str) -> Result<()> {
        self.browser.restart().await?;
        self.opens(path).await
    }

    /// Signs in, and closes and opens the browser once, so that the sign-in is on the disk: see
    /// [`Customer::signed_in_days_ago`](crate::Customer::signed_in_days_ago).
    pub async fn signed_in_days_ago(&mut self) -> Result<()> {
        self.signs_in().await?;
        self.browser.close().await?;
        self.tablet_starts("/kitchen").await?;
        self.is_online().await
    }

    /// The outbox as it is stored, done records too.
    pub async fn outbox(&self) -> Result<Vec<Value>> {
        self.browser.indexed_db("carryout-outbox", "commands").await
    }

    /// Opens a path and waits for the shell's status line.
    pub async fn opens(&self, path: &str) -> Result<()> {
        self.browser.goto(path).await?;
        self.browser.wait("[data-test=status]").await?;
        Ok(())
    }

    /// Signs in with the demo password and opens the board.
    pub async fn signs_in(&self) -> Result<()> {
        self.opens("/kitchen/sign-in").await?;
        self.browser.fill("[name=account]", &self.name).await?;
        self.browser.fill("[name=password]", "carryout").await?;
        self.browser.click("[data-test=sign-in]").await?;
        self.is_online().await?;
        self.opens("/kitchen").await?;
        self.is_online().await
    }

    /// The app and all it shows are kept on the tablet: it would open with no network.
    pub async fn is_ready_for_offline(&self) -> Result<()> {
        self.browser.is_ready_for_offline().await
    }

    /// The status line says that the tablet is connected and up to date.
    pub async fn is_online(&self) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-state", "online").await
    }

    /// The status line says that the server cannot be reached, in one of its two honest ways.
    pub async fn is_cut_off(&self) -> Result<()> {
        self.browser.wait("[data-test=status]:is([data-state=offline], [data-state=unreachable])").await?;
        Ok(())
    }

    /// The status line says how many acts wait.
    pub async fn has_waiting(&self, acts: usize) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-waiting", &acts.to_string()).await
    }

    /// The status line says that nothing the kitchen did is still on its way.
    pub async fn has_nothing_waiting(&self) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-waiting", "0").await
    }

    /// The board, which is open, shows the order's ticket with this status.
    pub async fn sees_ticket(&self, order: &str, status: &str) -> Result<()> {
        self.browser.wait_attr(&ticket(order), "data-status", status).await
    }

    /// How many tickets the board shows, for one order.
    pub async fn tickets(&self, order: &str) -> Result<usize> {
        self.browser.count(&ticket(order)).await
    }

    /// How many tickets the board shows in all.
    pub async fn all_tickets(&self) -> Result<usize> {
        self.browser.count("[data-test=ticket]").await
    }

    /// Accepts the order on the board.
    pub async fn accepts(&self, order: &str) -> Result<()> {
        self.taps(order, "accept").await?;
        self.sees_ticket(order, "accepted").await
    }

    /// Taps a button on the order's ticket: `accept`, `refuse`, `start`, `ready` or `hand-over`.
    pub async fn taps(&self, order: &str, button: &str) -> Result<()> {
        self.browser.click(&format!("{} [data-test={button}]", ticket(order))).await
    }

    /// Marks an item sold out in the menu editor, and waits until the server has it.
    pub async fn marks_sold_out(&self, item: &str) -> Result<()> {
        self.opens("/kitchen/menu").await?;
        let acts_before = self.acts_sent();
        self.browser.click(&format!("{} [data-test=sold-out]", menu_item(item))).await?;
        self.act_leaves(acts_before).await
    }

    /// Gives an item another price in the menu editor, and waits until the server has it.
    pub async fn reprices(&self, item: &str, price: &str) -> Result<()> {
        self.opens("/kitchen/menu").await?;
        let acts_before = self.acts_sent();
        self.browser.fill(&format!("{} [name=item-price]", menu_item(item)), price).await?;
        self.browser.click(&format!("{} [data-test=save-item]", menu_item(item))).await?;
        self.act_leaves(acts_before).await
    }

    fn acts_sent(&self) -> usize {
        self.network.requests("POST /api/commands").len()
    }

    /// Waits until the act that was just made has been sent and answered.
    async fn act_leaves(&self, acts_before: usize) -> Result<()> {
        self.network.requested("POST /api/commands", acts_before + 1).await?;
        self.has_nothing_waiting().await
    }
}

fn ticket(order: &str) -> String {
    format!("[data-test=ticket][data-id={order:?}]")
}

fn menu_item(item: &str) -> String {
    format!("[data-test=menu-item][data-id={item:?}]")
}
