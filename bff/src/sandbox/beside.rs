//! A sandbox beside a server: a process of its own that ends when the server does.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use uuid::Uuid;

/// The sandbox's folder in the server's.
const FOLDER: &str = "sandbox";

/// A sandbox that lives as long as this does.
pub(crate) struct Beside {
    /// Where it is.
    pub(crate) base: String,
    /// What it signs its words with.
    pub(crate) secret: String,
    _child: Child,
}

/// Starts one that keeps its books in the server's folder `data`, and tells `webhook` what becomes of payments.
///
/// # Errors
/// A sentence, where it does not start.
pub(crate) async fn start(data: &Path, webhook: SocketAddr) -> anyhow::Result<Beside> {
    let secret = Uuid::new_v4().simple().to_string();
    let mut child = Command::new(std::env::current_exe()?)
        .args(["sandbox-payments", "--until-stdin-ends", "--addr"])
        .arg(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).to_string())
        .arg("--data")
        .arg(data.join(FOLDER))
        .args(["--webhook", &format!("http://{webhook}/webhooks/payments")])
        .env("CARRYOUT_PAYMENTS_SECRET", &secret)
        // The pipe closes with this process, however it ends, and the sandbox with the pipe.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("cannot start the sandbox payment provider")?;
    let said = child.stdout.take().context("the sandbox has no output")?;
    let line = BufReader::new(said).lines().next_line().await?.unwrap_or_default();
    let base = line.strip_prefix(super::LISTENING).context("the sandbox payment provider did not start")?.to_owned();
    Ok(Beside { base, secret, _child: child })
}
