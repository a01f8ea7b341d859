//! The sandbox payment provider, as a process of its own.

use std::process::{Child, Command as Process, Stdio};

use domain::OrderId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
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

    /// Sets money aside for an order, as a request would of which the server has not heard what came of it.
    pub async fn sets_aside(&self, order: OrderId, minor: i64) {
        let wanted = json!({ "order": order, "amount_minor": minor, "currency": "EUR", "card": "tok_succeeds" });
        let request = reqwest::Client::new().post(format!("{}/v1/payments", self.base)).json(&wanted);
        assert!(request.send().await.expect("the bank answers").status().is_success());
    }

    /// Tells nobody from here on.
    pub async fn tells_nobody(&self) {
        let request = reqwest::Client::new().put(format!("{}/v1/webhook", self.base)).body("http://127.0.0.1:9/");
        assert!(request.send().await.expect("the bank answers").status().is_success());
    }

    async fn books(&self, order: OrderId) -> Option<Value> {
        let answer = reqwest::get(format!("{}/v1/payments/{order}", self.base)).await.expect("the bank answers");
        if answer.status() == 404 {
            return None;
        }
        answer.json().await.expect("JSON")
    }
}

/// How a provider signs its words, just now.
pub fn signature(body: &str, secret: &str) -> String {
    let seconds = super::now() / 1000;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(format!("{seconds}.{body}").as_bytes());
    let signed: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={signed}")
}

impl Drop for Bank {
    fn drop(&mut self) {
        self.kill();
    }
}
