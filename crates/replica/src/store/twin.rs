//! A second place for what is precious: the acts, who acts here, and what is half-written.
//!
//! A browser may throw a database away for reasons of its own. Chromium keeps all databases of a site in one log, goes on
//! writing after a record that a lost power tore in the middle, takes that for damage at the start after, and begins anew with
//! nothing. The caches of a site lie elsewhere, a file an entry, so what is written there as well is still there.
//!
//! Only [`OutboxStore::open`](super::outbox::OutboxStore::open) reads it, and only where the database has no name of a device:
//! that is, where it is new. Nothing is ever less kept because this place fails, so its failures are let go.

use std::time::Duration;

use futures::future::{Either, select};
use futures::lock::Mutex;
use gloo_timers::future::sleep;
use js_sys::{Array, Reflect};
use sync::CommandId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Request, Response};

/// How long one word of the cache's is waited for: longer than a busy disk takes, shorter than a person waits for a tap.
const PATIENCE: Duration = Duration::from_secs(1);

/// The entry that says who and what beside the acts.
const SELF: &str = "self";

/// The second place, by the name of its cache.
pub(crate) struct Twin {
    name: String,
    /// What the last [`Twin::keep_self`] wrote. Held while it is written, so that an older word does not come last.
    said: Mutex<String>,
}

/// What was found there.
#[derive(Default)]
pub(crate) struct Found {
    /// The last [`Twin::keep_self`].
    pub(crate) itself: Option<String>,
    /// The acts, each as it was kept last.
    pub(crate) acts: Vec<String>,
}

impl Twin {
    /// The second place of the replica with this prefix.
    pub(crate) fn new(prefix: &str) -> Self {
        Self { name: format!("{prefix}-outbox-twin"), said: Mutex::default() }
    }

    /// Which acts are there.
    pub(crate) async fn acts(&self) -> Vec<CommandId> {
        self.urls().await.unwrap_or_default().iter().filter_map(|url| name(url)?.parse().ok()).collect()
    }

    /// Everything that is there.
    pub(crate) async fn all(&self) -> Found {
        self.read().await.unwrap_or_default()
    }

    async fn read(&self) -> Option<Found> {
        let cache = self.cache().await?;
        let mut found = Found::default();
        for url in self.urls().await? {
            let Some(text) = text(&cache, &url).await else { continue };
            match name(&url) {
                Some(SELF) => found.itself = Some(text),
                _ => found.acts.push(text),
            }
        }
        Some(found)
    }

    async fn urls(&self) -> Option<Vec<String>> {
        let requests: Array = awaited(self.cache().await?.keys()).await?.dyn_into().ok()?;
        Some(requests.iter().filter_map(|request| Some(request.dyn_into::<Request>().ok()?.url())).collect())
    }

    /// Keeps an act as it is now. When this returns it is there, if it can be.
    pub(crate) async fn keep(&self, id: CommandId, record: &str) {
        self.put(&id.to_string(), record).await;
    }

    /// Lets acts go that were taken back, or whose time is over.
    pub(crate) async fn let_go(&self, ids: &[CommandId]) {
        if ids.is_empty() {
            return;
        }
        let Some(cache) = self.cache().await else { return };
        for id in ids {
            awaited(cache.delete_with_str(&self.path(&id.to_string()))).await;
        }
    }

    /// Keeps what `look` finds beside the acts, unless that is there already.
    pub(crate) async fn keep_self(&self, look: impl AsyncFnOnce() -> Option<String>) {
        let mut said = self.said.lock().await;
        if let Some(now) = look().await
            && *said != now
        {
            self.put(SELF, &now).await;
            *said = now;
        }
    }

    async fn put(&self, name: &str, text: &str) -> Option<()> {
        let cache = self.cache().await?;
        let response = Response::new_with_opt_str(Some(text)).ok()?;
        awaited(cache.put_with_str(&self.path(name), &response)).await.map(drop)
    }

    async fn cache(&self) -> Option<Cache> {
        let caches = Reflect::get(&js_sys::global(), &"caches".into()).ok()?.dyn_into::<CacheStorage>().ok()?;
        awaited(caches.open(&self.name)).await?.dyn_into().ok()
    }

    /// No page is ever at this address; the cache wants one.
    fn path(&self, name: &str) -> String {
        format!("/.{}/{name}", self.name)
    }
}

fn name(url: &str) -> Option<&str> {
    url.rsplit('/').next()
}

async fn text(cache: &Cache, url: &str) -> Option<String> {
    let response: Response = awaited(cache.match_with_str(url)).await?.dyn_into().ok()?;
    awaited(response.text().ok()?).await?.as_string()
}

/// What is promised, if it comes in time: a place that does not answer keeps nobody from going on.
async fn awaited(promise: js_sys::Promise) -> Option<JsValue> {
    match select(JsFuture::from(promise), Box::pin(sleep(PATIENCE))).await {
        Either::Left((answer, _)) => answer.ok(),
        Either::Right(_) => None,
    }
}
