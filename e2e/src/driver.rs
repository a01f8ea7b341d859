//! A driver with a phone, in the trade's words.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::Value;

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

    /// The phone offers to add something to the delivery that was just made.
    pub async fn is_at_the_door(&self, order: &str) -> Result<()> {
        self.browser().wait(&door(order)).await?;
        Ok(())
    }

    /// Takes a photo of the door; the picture is in `file`. It is saved when this returns.
    pub async fn photographs(&self, order: &str, file: &Path) -> Result<()> {
        let camera = format!("{} [data-test=take-photo]", door(order));
        let input = self.browser().client().find(Locator::Css(&camera)).await?;
        input.send_keys(file.to_str().context("a plain path")?).await?;
        self.browser().wait(&proof(order, "photo")).await?;
        Ok(())
    }

    /// Hands the phone over to be signed on. It is saved when this returns.
    pub async fn has_signed(&self, order: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test=take-signature]", door(order))).await?;
        let element = self.browser().wait("dialog[open] [data-test=pad]").await?;
        let to = |x, y| PointerAction::MoveToElement {
            element: element.clone(),
            duration: Some(Duration::from_millis(20)),
            x,
            y,
        };
        let (down, up) =
            (PointerAction::Down { button: MOUSE_BUTTON_LEFT }, PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        let line = MouseActions::new("pen".into()).then(to(-80.0, 0.0)).then(down).then(to(-20.0, -25.0));
        let line = line.then(to(20.0, 25.0)).then(to(80.0, 0.0)).then(up);
        self.browser().client().perform_actions(line).await?;
        self.browser().click("dialog[open] [data-test=pad-save]").await?;
        self.browser().wait(&proof(order, "signature")).await?;
        Ok(())
    }

    /// Says in words how it was handed over. It is saved when this returns.
    pub async fn says_how(&self, order: &str, words: &str) -> Result<()> {
        self.browser().click(&format!("{} [data-test=take-word]", door(order))).await?;
        self.browser().wait("dialog[open] [name=word-text]").await?;
        self.browser().fill("dialog[open] [name=word-text]", words).await?;
        self.browser().click("dialog[open] [data-test=word-save]").await?;
        self.browser().wait(&proof(order, "word")).await?;
        Ok(())
    }

    /// A proof of this kind has come so far: `saved`, `free` (its status is on the server), `sent` or `ended`.
    pub async fn sees_proof(&self, order: &str, kind: &str, stage: &str) -> Result<()> {
        self.browser().wait_attr(&proof(order, kind), "data-stage", stage).await
    }

    /// What follows the acts, as it is stored, without the bytes.
    pub async fn attachments(&self) -> Result<Vec<Value>> {
        let all = self.browser().indexed_db("carryout-attachments", "about").await?;
        Ok(all.into_iter().filter(|about| about["stage"] != Value::Null).collect())
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

fn door(order: &str) -> String {
    format!("[data-test=door][data-id={order:?}]")
}

fn proof(order: &str, kind: &str) -> String {
    format!("{} [data-test=proof][data-kind={kind}]", door(order))
}
