//! The server's books, read from its files: what was ordered, what is cooked, what was answered.
//!
//! Every query of the tests stands here, so that a table that is renamed is renamed in one place.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::server::{Database, Server};

/// Every order that exists, as the row says it.
const ORDERS: &str = "select body -> '$.order' as body from ordering_row where key like 'order/%' order by key";
/// Every ticket that exists, as the row says it.
const TICKETS: &str = "select body -> '$.ticket' as body from kitchen_row where key like 'ticket/%' order by key";
/// The commands that were decided, accepted or refused.
const ANSWERS: &str = "select id from answer order by id";

impl Server {
    /// Every order that exists: `id`, `status`, `lines` with `item`, `total` and more.
    pub async fn orders(&self) -> Result<Vec<Value>> {
        self.bodies(ORDERS).await
    }

    /// Every ticket that exists.
    pub async fn tickets(&self) -> Result<Vec<Value>> {
        self.bodies(TICKETS).await
    }

    /// The ids of the commands that were decided.
    pub async fn answered(&self) -> Result<Vec<String>> {
        let rows = self.rows(Database::Truth, ANSWERS).await?;
        Ok(rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect())
    }

    /// The dishes of the only order there is.
    pub async fn dishes(&self) -> Result<Vec<String>> {
        let orders = self.orders().await?;
        let [order] = orders.as_slice() else { anyhow::bail!("there are {} orders: {orders:?}", orders.len()) };
        let lines = order["lines"].as_array().context("an order has lines")?;
        Ok(lines.iter().filter_map(|line| line["item"].as_str().map(str::to_owned)).collect())
    }

    async fn bodies(&self, query: &str) -> Result<Vec<Value>> {
        let rows = self.rows(Database::Truth, query).await?;
        let body = |row: &Value| -> Result<Value> {
            let text = row["body"].as_str().context("a body is text")?;
            Ok(serde_json::from_str(text)?)
        };
        rows.iter().map(body).collect()
    }
}
