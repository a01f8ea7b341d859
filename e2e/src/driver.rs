//! A driver with a phone, in the trade's words.

use std::ops::{Deref, DerefMut};

use anyhow::Result;

use crate::staff::Staff;

/// Who brings meals.
pub struct Driver(pub(crate) Staff);

impl Deref for Driver {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.0
    }
}

impl DerefMut for Driver {
    fn deref_mut(&mut self) -> &mut Staff {
        &mut self.0
    }
}

impl Driver {
    /// Where a driver works.
    pub(crate) const HOME: &str = "/drive";

    /// Comes on duty, and the server has it.
    pub async fn goes_on_duty(&self) -> Result<()> {
        self.browser().click("[data-test=turn-duty]").await?;
        self.browser().wait("[data-test=duty][data-on=true][data-stage='']").await?;
        Ok(())
    }

    /// Is offered the order's meal.
    pub async fn is_offered(&self, order: &str) -> Result<()> {
        self.browser().wait(&offer(order)).await?;
        Ok(())
    }

    /// Takes what is offered, and has it.
    pub async fn claims(&self, order: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test=claim]", offer(order))).await?;
        self.sees_errand(order, "assigned").await
    }

    /// Takes what is offered with no network: it is theirs when the server says so.
    pub async fn claims_unheard(&self, order: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test=claim]", offer(order))).await?;
        self.browser().wait_attr(&offer(order), "data-stage", "saved").await
    }

    /// Leaves what is offered to somebody else, and sees it no more.
    pub async fn declines(&self, order: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test=decline]", offer(order))).await?;
        self.browser().wait_gone(&offer(order)).await
    }

    /// The shift shows the order's meal with this status.
    pub async fn sees_errand(&self, order: &str, status: &str) -> Result<()> {
        self.browser().wait_attr(&errand(order), "data-status", status).await
    }

    /// The shift shows the order's meal no more.
    pub async fn sees_no_errand(&self, order: &str) -> Result<()> {
        self.browser().wait_gone(&errand(order)).await
    }

    /// Taps a button on the order's meal: `pick-up`, `deliver`, `drop-out`, `fail` or `nobody-there`.
    pub async fn taps(&self, order: &str, button: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test={button}]", errand(order))).await
    }
}

fn offer(order: &str) -> String {
    format!("[data-test=offer][data-id={order:?}]")
}

fn errand(order: &str) -> String {
    format!("[data-test=errand][data-id={order:?}]")
}
