//! The protocol over HTTP and sockets, with [`flow::memory`] for a store: the server of an example or of a trade that has
//! no database yet, and the shortest text that says what a server must do.
//!
//! A trade brings its [`sync::Model`] and a [`House`]: who comes in, and what they see. The server forgets all when it
//! ends; devices notice, and tell it again.
//!
//! ```no_run
//! # async fn serve<M: sync::Model>(house: wire::House) -> std::io::Result<()> where flow::memory::Memory<M>: Send {
//! let router = wire::router::<M>(house).merge(wire::names());
//! wire::serve(router, 8090, "dist").await
//! # }
//! ```

mod commands;
mod live;
mod problem;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use axum::{Json, Router};
use flow::memory::Memory;
use sync::{Actor, Epoch, Millis, Model, Scope};
use tokio::sync::watch;
use tower_http::services::ServeDir;
use uuid::Uuid;

/// Who comes in, and what they see.
#[derive(Clone, Copy)]
pub struct House {
    /// Whoever sent a request with these headers.
    pub who: fn(&HeaderMap) -> Actor,
    /// The scopes whose rows they may see.
    pub sees: fn(&Actor) -> Vec<Scope>,
}

/// What every request shares.
struct Shared<M: Model> {
    house: House,
    memory: Mutex<Memory<M>>,
    /// Something happened that a client may want to hear of.
    news: watch::Sender<()>,
}

type Shop<M> = State<Arc<Shared<M>>>;

impl<M: Model> Shared<M> {
    /// For one transaction, and never over a wait.
    fn memory(&self) -> MutexGuard<'_, Memory<M>> {
        self.memory.lock().expect("no transaction panicked")
    }
}

/// A server that begins a history of its own: `/api/commands`, `/api/session`, `/live` and `/livez`.
pub fn router<M: Model>(house: House) -> Router
where
    Memory<M>: Send,
{
    let memory = Mutex::new(Memory::new(Epoch(Uuid::new_v4())));
    Router::new()
        .merge(commands::router::<M>())
        .merge(live::router::<M>())
        .route("/api/session", get(session::<M>))
        .route("/livez", get(async || "ok"))
        .with_state(Arc::new(Shared { house, memory, news: watch::channel(()).0 }))
}

/// Who is signed in, for the page.
async fn session<M: Model>(State(shop): Shop<M>, headers: HeaderMap) -> impl IntoResponse {
    let Actor { account, role } = (shop.house.who)(&headers);
    let session = serde_json::json!({ "account": account, "role": role.name, "of": role.of });
    ([(header::CACHE_CONTROL, "no-store")], Json(session))
}

/// `/as/{name}` makes whoever opens it that person, with no proof: for houses where everybody trusts everybody.
pub fn names() -> Router {
    let become_somebody = async |UrlPath(name): UrlPath<String>| {
        ([(header::SET_COOKIE, format!("name={name}; Path=/; SameSite=Lax"))], Redirect::to("/"))
    };
    Router::new().route("/as/{name}", get(become_somebody))
}

/// The name that a browser took at [`names`].
pub fn name(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies.split("; ").find_map(|cookie| cookie.strip_prefix("name="))
}

/// Serves `router` on this machine's `port` with the files of `pages` beside it, until it is stopped; prints where, once
/// it listens.
///
/// # Errors
/// When the port is taken.
#[allow(clippy::print_stdout, reason = "this is for programs that a person starts in a terminal")]
pub async fn serve(router: Router, port: u16, pages: impl AsRef<Path>) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{address}; for somebody else, http://{address}/as/ben", address = listener.local_addr()?);
    axum::serve(listener, router.fallback_service(ServeDir::new(pages))).await
}

fn now() -> Millis {
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}
