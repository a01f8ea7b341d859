//! `bff sandbox-payments`: a payment provider to try things with. It moves no money; what it does with a payment its card says
//! ([`domain::payment::SANDBOX_CARDS`]).
//!
//! It is a system of its own: other code knows its HTTP and its signed words ([`wire`]), and nothing else of it. It keeps its
//! books in a file, takes a request once however often it comes, and repeats each word until it is answered.

mod api;
pub(crate) mod beside;
mod books;
mod speaker;
pub(crate) mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use axum::Router;

use crate::config::SandboxSettings;
use crate::signals::Ending;

/// What it says when it can be reached, before its address.
const LISTENING: &str = "sandbox payments listening on ";

/// What its handlers and its speaker hold.
#[derive(Clone)]
struct Sandbox {
    books: books::Books,
    settings: Arc<SandboxSettings>,
    /// Where the merchant is told.
    webhook: Arc<Mutex<String>>,
    wake: Arc<tokio::sync::Notify>,
}

impl Sandbox {
    /// Where the merchant is told now.
    fn webhook(&self) -> MutexGuard<'_, String> {
        self.webhook.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves until the process is ended.
///
/// # Errors
/// A sentence: the address is taken, the file cannot be written.
#[expect(clippy::print_stdout, reason = "the one line that whoever started it waits for")]
pub(crate) async fn run(settings: SandboxSettings) -> anyhow::Result<()> {
    let books = books::Books::open(&settings.data).await?;
    let listener = tokio::net::TcpListener::bind(settings.addr);
    let listener =
        listener.await.with_context(|| format!("cannot listen on {}: give a free address", settings.addr))?;
    let address = listener.local_addr()?;
    let webhook = Arc::new(Mutex::new(settings.webhook.clone()));
    let until_stdin_ends = settings.until_stdin_ends;
    let sandbox = Sandbox { books, settings: Arc::new(settings), webhook, wake: Arc::default() };
    tokio::spawn(speaker::run(sandbox.clone()));
    let app: Router = api::router().with_state(sandbox);
    let ending = Ending::listen().context("cannot listen for the system's word to end")?;
    println!("{LISTENING}http://{address}");
    axum::serve(listener, app)
        .with_graceful_shutdown(stopped(ending, until_stdin_ends))
        .await
        .context("the sandbox ended")
}

async fn stopped(mut ending: Ending, until_stdin_ends: bool) {
    let ends = async {
        if !until_stdin_ends {
            return std::future::pending().await;
        }
        let _ = tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await;
    };
    tokio::select! {
        () = ending.told() => {}
        () = ends => {}
    }
}
