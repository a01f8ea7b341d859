//! The sandbox payment provider, as a process of its own.

use std::process::{Child, Command as Process, Stdio};

use domain::OrderId;
use serde_json::Value;
use tempfile::TempDir;

use super::server::{Server, address};

/// What the bank signs its words with.
pub const SECRET: &str = "a secret for tests";

/// The sandbox payment provider, as a process of its own.
pub struct Bank {
    pub base: String,
    data: TempDir,
    child: Child,
}

impl Bank {
    /// One that tells nobody yet.
    pub fn start() -> Self {
        Self::on("127.0.0.1:0", TempDir::new().expect("a folder"))
    }

    fn on(addr: &str, data: TempDir) -> Self {
        let mut child = Process::new(env!("CARGO_BIN_EXE_bff"))
            .args(["sandbox-payments", "--addr", addr, "--late-ms", "600", "--data"])
            .arg(data.path())
            .env("CARRYOUT_PAYMENTS_SECRET", SECRET)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the bank starts");
        let base = address(&mut child, "sandbox payments listening on ");
        Self { base, data, child }
    }

    /// Tells `server` from here on what becomes of payments.
    pub async fn tells(&self, server: &Server) {
        let webhook = format!("{}/webhooks/payments", server.base);
        let request = reqwest::Client::new().put(format!("{}/v1/webhook", self.base)).body(webhook);
        assert!(request.send().await.expect("the bank answers").status().is_success());
    }

    /// Kills it as a power cut would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The same bank with the same books, where it was.
    pub fn again(mut self) -> Self {
        self.kill();
        let data = std::mem::replace(&mut self.data, TempDir::new().expect("a folder"));
        Self::on(self.base.strip_prefix("http://").expect("an address"), data)
    }

    /// How the bank sees an order's money; nothing, where it knows of none.
    pub async fn status(&self, order: OrderId) -> Option<String> {
        self.payment(order).await.map(|(status, _)| status)
    }

    /// The same, with the sum in minor units.
    pub async fn payment(&self, order: OrderId) -> Option<(String, i64)> {
        let payment = self.books(order).await?;
        Some((payment["status"].as_str()?.to_owned(), payment["amount_minor"].as_i64()?))
    }

    /// How much of an order's money was given back, in minor units.
    pub async fn refunded(&self, order: OrderId) -> i64 {
        self.books(order).await.and_then(|payment| payment["refunded_minor"].as_i64()).unwrap_or_default()
    }

    async fn books(&self, order: OrderId) -> Option<Value> {
        let answer = reqwest::get(format!("{}/v1/payments/{order}", self.base)).await.expect("the bank answers");
        if answer.status() == 404 {
            return None;
        }
        answer.json().await.expect("JSON")
    }
}

impl Drop for Bank {
    fn drop(&mut self) {
        self.kill();
    }
}
