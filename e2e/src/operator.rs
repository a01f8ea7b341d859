//! An operator at the desk, in the trade's words.

use std::ops::{Deref, DerefMut};

use anyhow::Result;

use crate::staff::Staff;

/// Who helps where a rule cannot.
pub struct Operator(pub(crate) Staff);

impl Deref for Operator {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.0
    }
}

impl DerefMut for Operator {
    fn deref_mut(&mut self) -> &mut Staff {
        &mut self.0
    }
}

impl Operator {
    /// Where an operator works.
    pub(crate) const HOME: &str = "/desk";

    /// The desk shows that this troubles the order.
    pub async fn sees_trouble(&self, order: &str, concern: &str) -> Result<()> {
        self.browser().wait(&trouble(order, concern)).await?;
        Ok(())
    }

    /// The desk shows the order, and nothing troubles it any more.
    pub async fn sees_no_trouble(&self, order: &str) -> Result<()> {
        self.browser().wait(&format!("[data-test=seen-to] {}", case(order))).await?;
        Ok(())
    }

    /// Taps a button under a trouble of the order, such as `settle`.
    pub async fn taps(&self, order: &str, concern: &str, button: &str) -> Result<()> {
        self.browser().click(&format!("{} {button}", trouble(order, concern))).await
    }

    /// Taps a button under the order itself, such as `give-back`.
    pub async fn taps_case(&self, order: &str, button: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test={button}]", case(order))).await
    }

    /// Opens the order's story, which tells of a fact of each of these kinds.
    pub async fn reads_story(&self, order: &str, kinds: &[&str]) -> Result<()> {
        self.browser().click(&format!("{} [data-test=story]", case(order))).await?;
        for kind in kinds {
            self.browser().wait(&format!("{} [data-test=fact][data-kind={kind}]", case(order))).await?;
        }
        Ok(())
    }
}

fn case(order: &str) -> String {
    format!("[data-test=case][data-id={order:?}]")
}

fn trouble(order: &str, concern: &str) -> String {
    format!("{} [data-test=trouble][data-concern={concern}]", case(order))
}
