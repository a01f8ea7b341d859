//! A kitchen with a tablet, in the trade's words.

use std::ops::{Deref, DerefMut};

use anyhow::Result;
use serde_json::json;

use crate::staff::Staff;

/// Who cooks.
pub struct Kitchen(pub(crate) Staff);

impl Deref for Kitchen {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.0
    }
}

impl DerefMut for Kitchen {
    fn deref_mut(&mut self) -> &mut Staff {
        &mut self.0
    }
}

impl Kitchen {
    /// Where a kitchen works.
    pub(crate) const HOME: &str = "/kitchen";

    /// The board, which is open, shows the order's ticket with this status.
    pub async fn sees_ticket(&self, order: &str, status: &str) -> Result<()> {
        self.browser().wait_attr(&ticket(order), "data-status", status).await
    }

    /// How many tickets the board shows, for one order.
    pub async fn tickets(&self, order: &str) -> Result<usize> {
        self.browser().count(&ticket(order)).await
    }

    /// How many tickets the board shows in all.
    pub async fn all_tickets(&self) -> Result<usize> {
        self.browser().count("[data-test=ticket]").await
    }

    /// Accepts the order on the board.
    pub async fn accepts(&self, order: &str) -> Result<()> {
        self.taps(order, "accept").await?;
        self.sees_ticket(order, "accepted").await
    }

    /// Cooks what it accepted and hands it over.
    pub async fn cooks_and_hands_over(&self, order: &str) -> Result<()> {
        for tap in ["start", "ready", "hand-over"] {
            self.taps(order, tap).await?;
        }
        Ok(())
    }

    /// Taps a button on the order's ticket: `accept`, `refuse`, `call-off`, `start`, `ready`, `hand-over` or `give-back`.
    pub async fn taps(&self, order: &str, button: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test={button}]", ticket(order))).await
    }

    /// Marks an item sold out in the menu editor, and waits until the server has it.
    pub async fn marks_sold_out(&self, item: &str) -> Result<()> {
        self.opens("/kitchen/menu").await?;
        let acts_before = self.acts_sent();
        self.browser().click(&format!("{} [data-test=sold-out]", menu_item(item))).await?;
        self.act_leaves(acts_before).await
    }

    /// Says in the menu editor how many portions of an item are left, and waits until the server has it.
    pub async fn counts(&self, item: &str, left: u32) -> Result<()> {
        self.opens("/kitchen/menu").await?;
        let acts_before = self.acts_sent();
        self.browser().fill(&format!("{} [name=item-left]", menu_item(item)), &left.to_string()).await?;
        self.browser().click(&format!("{} [data-test=save-item]", menu_item(item))).await?;
        self.act_leaves(acts_before).await
    }

    /// Gives an item another price in the menu editor, and waits until the server has it.
    pub async fn reprices(&self, item: &str, price: &str) -> Result<()> {
        self.opens("/kitchen/menu").await?;
        let acts_before = self.acts_sent();
        self.types_of(item, "item-price", price).await?;
        self.saves(item).await?;
        self.act_leaves(acts_before).await
    }

    /// Writes into a field of an item in the menu editor, which is open, and does not save it: `item-name` or `item-price`.
    pub async fn types_of(&self, item: &str, field: &str, text: &str) -> Result<()> {
        self.browser().fill(&format!("{} [name={field}]", menu_item(item)), text).await
    }

    /// Saves what was written of an item.
    pub async fn saves(&self, item: &str) -> Result<()> {
        self.taps_of(item, "save-item").await
    }

    /// Taps a button of an item in the menu editor.
    pub async fn taps_of(&self, item: &str, button: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test={button}]", menu_item(item))).await
    }

    /// The menu editor, which is open, has this in a field of an item.
    pub async fn reads_of(&self, item: &str, field: &str, text: &str) -> Result<()> {
        let css = format!("{} [name={field}]", menu_item(item));
        let script = "return document.querySelector(arguments[0])?.value ?? null";
        let look = async || {
            let value = self.browser().client().execute(script, vec![json!(css)]).await?;
            Ok((value == json!(text)).then_some(()))
        };
        self.browser().until(&format!("{css} to hold {text:?}"), look).await
    }

    /// The menu editor says this beside an item, at the hook.
    pub async fn is_told_of(&self, item: &str, hook: &str, words: &str) -> Result<()> {
        self.browser().wait_text(&format!("{} [data-test={hook}]", menu_item(item)), words).await
    }

    fn acts_sent(&self) -> usize {
        self.network().requests("POST /api/commands").len()
    }

    /// Waits until the act that was just made has been sent and answered.
    async fn act_leaves(&self, acts_before: usize) -> Result<()> {
        self.network().requested("POST /api/commands", acts_before + 1).await?;
        self.has_waiting(0).await
    }
}

fn ticket(order: &str) -> String {
    format!("[data-test=ticket][data-id={order:?}]")
}

fn menu_item(item: &str) -> String {
    format!("[data-test=menu-item][data-id={item:?}]")
}
