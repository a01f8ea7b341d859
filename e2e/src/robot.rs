//! A customer who places one order after the other, faster than a driver could tap, and whose page's word is written down
//! outside of the browser.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::browser::Browser;

const SCRIPT: &str = include_str!("robot.js");
/// What the page has called saved, and what stopped the robot.
const SAID: &str = "return [window.robot.saved, window.robot.trouble]";

/// It runs in the page that is open, until that page goes.
pub struct Robot<'a> {
    browser: &'a Browser,
}

impl<'a> Robot<'a> {
    /// Starts it; it orders from `menu`, a restaurant and one of its dishes at a time, round and round.
    pub async fn start(browser: &'a Browser, menu: &[(&str, &str)]) -> Result<Self> {
        let script = SCRIPT.replace("ROBOT_MENU", &json!(menu).to_string());
        browser.client().execute(&script, vec![]).await.context("the robot does not start")?;
        Ok(Self { browser })
    }

    /// Lets it run, and writes down what the page calls saved.
    ///
    /// # Errors
    /// When the robot could not go on.
    pub async fn runs_for(&self, life: Duration, saved: &mut BTreeSet<String>) -> Result<()> {
        let end = Instant::now() + life;
        loop {
            let said = self.browser.client().execute(SAID, vec![]).await?;
            saved.extend(saved_in(&said)?);
            if Instant::now() >= end {
                return Ok(());
            }
        }
    }

    /// Lets it run until the page has called so many orders saved, and gives them back, the first one first. It runs on until
    /// the page goes.
    ///
    /// # Errors
    /// When the robot could not go on.
    pub async fn places(&self, orders: usize) -> Result<Vec<String>> {
        let mut saved = Vec::new();
        while saved.len() < orders {
            let look = async || {
                let said = self.browser.client().execute(SAID, vec![]).await?;
                let is_news = said[0].as_array().map_or(0, Vec::len) > saved.len() || !said[1].is_null();
                Ok(is_news.then_some(said))
            };
            saved = saved_in(&self.browser.until("the robot to place another order", look).await?)?;
        }
        Ok(saved)
    }
}

fn saved_in(said: &Value) -> Result<Vec<String>> {
    ensure!(said[1].is_null(), "the robot is stuck: {}", said[1]);
    let orders = said[0].as_array().context("the robot keeps a list")?;
    Ok(orders.iter().filter_map(|order| order.as_str().map(str::to_owned)).collect())
}
