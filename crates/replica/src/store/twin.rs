//! A second place for what is precious: the acts, who acts here, and what is half-written.
//!
//! A browser may throw a database away for reasons of its own. Chromium keeps all databases of a site in one log, goes on
//! writing after a record that a lost power tore in the middle, takes that for damage at the start after, and begins anew with
//! nothing. The caches of a site lie elsewhere, a file an entry, so what is written there as well is still there.
//!
//! What follows the acts has such a place of its own ([`Twin::of_attachments`]), with its bytes.
//!
//! It is read only into a database that has no name of a device: that is, one that is new. Nothing is ever less kept because
//! this place fails, so its failures are let go.

use std::cell::Cell;
use std::time::Duration;

use futures::future::{Either, join_all, select};
use futures::lock::Mutex;
use gloo_timers::future::sleep;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use sync::CommandId;
use sync::attachment::AttachmentId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Request, Response};

/// How long one word of the cache's is waited for: longer than a busy disk takes, shorter than a person waits for a tap.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long it is waited for where nothing else is left: a cold browser on a busy machine takes seconds to open its caches, and
/// whoever does not wait for them loses what waited. Who looks on is told after a few seconds that the storage does not answer.
const LAST_PATIENCE: Duration = Duration::from_secs(30);

/// How long a place that did not answer is left alone, in milliseconds: it must not hold up tap after tap.
const REST_MS: f64 = 30_000.0;

/// How often what is beside the acts is looked at again after it was written: another tab may have written an older word over a
/// newer one.
const LOOKS: usize = 3;

/// What the address of an attachment's bytes ends with.
const BYTES: &str = ".bytes";

/// The entry that says who and what beside the acts.
const SELF: &str = "self";

/// The second place, by the name of its cache.
pub(crate) struct Twin {
    name: String,
    /// What the last [`Twin::keep_self`] wrote. Held while it is written, so that an older word does not come last.
    said: Mutex<String>,
    /// Until when it is left alone, by the device's clock.
    rests_until: Cell<f64>,
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
        Self::called(format!("{prefix}-outbox-twin"))
    }

    /// The same, for what follows the acts.
    pub(crate) fn of_attachments(prefix: &str) -> Self {
        Self::called(format!("{prefix}-attachments-twin"))
    }

    fn called(name: String) -> Self {
        Self { name, said: Mutex::default(), rests_until: Cell::default() }
    }

    /// Nothing is kept here from now on: the browser is to keep nothing.
    pub(crate) fn stop(&self) {
        self.rests_until.set(f64::INFINITY);
    }

    /// Whether there is such a place in this browser.
    pub(crate) fn is_there(&self) -> bool {
        self.rests_until.get().is_finite() && is_needed()
    }

    /// Whether anything is kept here now; where not, nobody needs to look for what to keep.
    pub(crate) fn is_used(&self) -> bool {
        self.is_there() && js_sys::Date::now() >= self.rests_until.get()
    }

    /// Which acts are there.
    pub(crate) async fn acts(&self) -> Vec<CommandId> {
        let urls = async { Some(urls(self.awaited(self.cache().await?.keys()).await?)) };
        urls.await.unwrap_or_default().iter().filter_map(|url| name(url)?.parse().ok()).collect()
    }

    /// Everything that is there.
    pub(crate) async fn all(&self) -> Found {
        let mut found = Found::default();
        let Some((cache, urls)) = self.last_copy().await else { return found };
        for url in urls {
            let Some(text) = text(&cache, &url).await else { continue };
            match name(&url) {
                Some(SELF) => found.itself = Some(text),
                _ => found.acts.push(text),
            }
        }
        found
    }

    /// The place and what is in it, for whoever has nothing else left: it is waited for longer, and asked where it rests as well.
    async fn last_copy(&self) -> Option<(Cache, Vec<String>)> {
        if !self.is_there() {
            return None;
        }
        let cache: Cache = within(LAST_PATIENCE, self.opening()?).await?.ok()?.dyn_into().ok()?;
        let names = within(LAST_PATIENCE, cache.keys()).await?.ok()?;
        Some((cache, urls(names)))
    }

    /// Keeps acts as they are now, each under its name. When this returns they are there, if they can be.
    pub(crate) async fn keep(&self, acts: &[(CommandId, String)]) {
        join_all(acts.iter().map(|(id, record)| self.put(id.to_string(), record))).await;
    }

    /// Keeps what is known of an attachment, and its bytes. When this returns they are there, if they can be.
    pub(crate) async fn keep_attachment(&self, id: AttachmentId, about: &str, bytes: &[u8]) {
        let Some(cache) = self.cache().await else { return };
        let body = Uint8Array::from(bytes);
        let Ok(response) = Response::new_with_opt_buffer_source(Some(&body)) else { return };
        // First the bytes: what is known of them says that they are there.
        if self.awaited(cache.put_with_str(&self.path(&format!("{id}{BYTES}")), &response)).await.is_some() {
            self.put(id.to_string(), about).await;
        }
    }

    /// Lets attachments go that were sent, or that nobody wants.
    pub(crate) async fn let_attachments_go(&self, ids: &[AttachmentId]) {
        self.delete(ids.iter().flat_map(|id| [id.to_string(), format!("{id}{BYTES}")]).collect()).await;
    }

    /// All attachments that are there, each with its bytes.
    pub(crate) async fn attachments(&self) -> Vec<(String, Uint8Array)> {
        let Some((cache, urls)) = self.last_copy().await else { return vec![] };
        let mut found = vec![];
        for url in urls.iter().filter(|url| !url.ends_with(BYTES)) {
            let bytes = bytes(&cache, &format!("{url}{BYTES}")).await;
            if let (Some(about), Some(bytes)) = (text(&cache, url).await, bytes) {
                found.push((about, bytes));
            }
        }
        found
    }

    /// Lets acts go that were taken back, or whose time is over.
    pub(crate) async fn let_go(&self, ids: &[CommandId]) {
        self.delete(ids.iter().map(CommandId::to_string).collect()).await;
    }

    async fn delete(&self, names: Vec<String>) {
        if names.is_empty() {
            return;
        }
        let Some(cache) = self.cache().await else { return };
        for name in names {
            self.awaited(cache.delete_with_str(&self.path(&name))).await;
        }
    }

    /// Keeps what `look` finds beside the acts, unless that is there already.
    pub(crate) async fn keep_self(&self, look: impl AsyncFn() -> Option<String>) {
        let mut said = self.said.lock().await;
        for _ in 0..LOOKS {
            match look().await {
                Some(now) if *said != now && self.put(SELF.into(), &now).await.is_some() => *said = now,
                _ => break,
            }
        }
    }

    async fn put(&self, name: String, text: &str) -> Option<()> {
        let cache = self.cache().await?;
        let response = Response::new_with_opt_str(Some(text)).ok()?;
        self.awaited(cache.put_with_str(&self.path(&name), &response)).await.map(drop)
    }

    async fn cache(&self) -> Option<Cache> {
        if !self.is_used() {
            return None;
        }
        self.awaited(self.opening()?).await?.dyn_into().ok()
    }

    fn opening(&self) -> Option<Promise> {
        let caches = Reflect::get(&js_sys::global(), &"caches".into()).ok()?.dyn_into::<CacheStorage>().ok()?;
        Some(caches.open(&self.name))
    }

    /// What is promised, if it comes in time; else the place is left alone for a while.
    async fn awaited(&self, promise: Promise) -> Option<JsValue> {
        let answer = within(PATIENCE, promise).await;
        if answer.is_none() {
            self.rests_until.set(self.rests_until.get().max(js_sys::Date::now() + REST_MS));
        }
        answer?.ok()
    }

    /// No page is ever at this address; the cache wants one.
    fn path(&self, name: &str) -> String {
        format!("/.{}/{name}", self.name)
    }
}

/// Whether this is a browser of Chromium's kind, by what only those have. Others keep each database in a file that outlives a
/// torn end, and a second place would only cost their people time.
fn is_needed() -> bool {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into());
    navigator.and_then(|navigator| Reflect::has(&navigator, &"userAgentData".into())).unwrap_or(false)
}

fn urls(requests: JsValue) -> Vec<String> {
    let requests = requests.dyn_into::<Array>().unwrap_or_default();
    requests.iter().filter_map(|request| Some(request.dyn_into::<Request>().ok()?.url())).collect()
}

fn name(url: &str) -> Option<&str> {
    url.rsplit('/').next()
}

async fn text(cache: &Cache, url: &str) -> Option<String> {
    let response = within(LAST_PATIENCE, cache.match_with_str(url)).await?.ok()?;
    within(LAST_PATIENCE, response.dyn_into::<Response>().ok()?.text().ok()?).await?.ok()?.as_string()
}

async fn bytes(cache: &Cache, url: &str) -> Option<Uint8Array> {
    let response = within(LAST_PATIENCE, cache.match_with_str(url)).await?.ok()?;
    let buffer = within(LAST_PATIENCE, response.dyn_into::<Response>().ok()?.array_buffer().ok()?).await?.ok()?;
    Some(Uint8Array::new(&buffer))
}

/// What is promised, or nothing where it does not come in time.
async fn within(patience: Duration, promise: Promise) -> Option<Result<JsValue, JsValue>> {
    match select(JsFuture::from(promise), Box::pin(sleep(patience))).await {
        Either::Left((answer, _)) => Some(answer),
        Either::Right(_) => None,
    }
}
