//! The cache's database: rows and the cursor, in one transaction. It may be thrown away whole; it holds nothing that the
//! server does not. Its name is an [`Expendable`] one.
//!
//! A leading tab claims it. A write is taken only while that claim holds: an earlier leader's is refused, and into a cache
//! that was thrown away only the whole is written, so that no cursor is ever stored without what is before it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo_timers::future::sleep;
use rexie::{ObjectStore, Rexie, TransactionMode};
use sync::Key;
use sync::cache::{self, CacheWrite, Claim, Mark, StoredRow};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::name::{Expendable, evict};
use super::{StoreError, json_of, to_js};

const ROWS: &str = "rows";
const META: &str = "meta";
const MARK: &str = "mark";
const GENERATION: &str = "generation";

/// How long the cache may take to open. Nobody waits longer for what the server has as well.
const OPEN_MAX: Duration = Duration::from_secs(3);

/// How long a transaction of the cache may take: many times what ten thousand rows take on a slow phone.
const DONE_MAX: Duration = Duration::from_secs(5);

/// The rows of this device.
pub(crate) struct CacheStore {
    name: Expendable,
    database: RefCell<Option<Rc<Rexie>>>,
    /// It has given way to acts, or there is nothing to keep it in: nothing is kept until the page is opened again.
    rests: Cell<bool>,
}

impl CacheStore {
    pub(crate) fn new(prefix: &str) -> Self {
        Self { name: Expendable::cache(prefix), database: RefCell::default(), rests: Cell::default() }
    }

    /// Keeps nothing from here on.
    pub(crate) fn rest(&self) {
        self.rests.set(true);
        self.close();
    }

    /// Whether nothing is kept.
    pub(crate) fn rests(&self) -> bool {
        self.rests.get()
    }

    /// Goes from the disk, so that there is room for what may not. False where it has gone already.
    pub(crate) async fn give_way(&self) -> bool {
        let was_there = !self.rests.get();
        self.rest();
        was_there && evict(&self.name).await.is_ok()
    }

    /// Lets go of the database until it is next needed.
    pub(crate) fn close(&self) {
        if let Some(open) = self.database.borrow_mut().take()
            && let Ok(open) = Rc::try_unwrap(open)
        {
            open.close();
        }
    }

    async fn database(&self) -> Result<Rc<Rexie>, StoreError> {
        if let Some(open) = self.database.borrow().as_ref() {
            return Ok(open.clone());
        }
        let builder = Rexie::builder(self.name.as_str()).version(1);
        let builder = builder.add_object_store(ObjectStore::new(ROWS).key_path("key"));
        let opening = builder.add_object_store(ObjectStore::new(META)).build();
        let opened = match select(Box::pin(opening), Box::pin(sleep(OPEN_MAX))).await {
            Either::Left((opened, _)) => Rc::new(opened.map_err(|error| plain(&error))?),
            Either::Right(_) => return Err(StoreError::Blocked),
        };
        *self.database.borrow_mut() = Some(opened.clone());
        Ok(opened)
    }

    /// Everything, and how far it was read.
    pub(crate) async fn load(&self) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        self.again(async || self.load_once(None).await).await
    }

    /// Everything, for the leader `generation`: what an earlier one still wants to write is refused from now on.
    pub(crate) async fn claim(&self, generation: u64) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        self.again(async || self.load_once(Some(generation)).await).await
    }

    /// Reads once more where the browser closed the connection. What is read then may be a new database.
    async fn again<T>(&self, read: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        match read().await {
            Err(StoreError::Lost) => {
                self.database.borrow_mut().take();
                read().await
            }
            read => read,
        }
    }

    async fn load_once(&self, claims: Option<u64>) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        if self.rests() {
            return Err(StoreError::Full);
        }
        let database = self.database().await?;
        let (rows, mark) = in_time(async move {
            let mode = if claims.is_some() { TransactionMode::ReadWrite } else { TransactionMode::ReadOnly };
            let transaction = database.transaction(&[ROWS, META], mode)?;
            let meta = transaction.store(META)?;
            if let Some(generation) = claims {
                meta.put(&JsValue::from_f64(generation as f64), Some(&GENERATION.into())).await?;
            }
            let mark = meta.get(MARK.into()).await?;
            let rows = transaction.store(ROWS)?.get_all(None, None).await?;
            transaction.done().await?;
            Ok((rows, mark))
        })
        .await?;
        let mark = mark_of(mark);
        // All rows cross the border as one text: one crossing, not one a row.
        let rows = json_of(&rows.into_iter().collect::<js_sys::Array>());
        let rows = rows.and_then(|rows| serde_json::from_str(&rows).ok()).unwrap_or_default();
        Ok((rows, mark))
    }

    /// These rows, as another tab left them, and how far it had read by then; nothing where nobody has claimed the cache
    /// since it was thrown away.
    pub(crate) async fn load_rows(&self, keys: &[Key]) -> Result<Option<(Vec<StoredRow>, Mark)>, StoreError> {
        self.again(async || self.load_rows_once(keys).await).await
    }

    async fn load_rows_once(&self, keys: &[Key]) -> Result<Option<(Vec<StoredRow>, Mark)>, StoreError> {
        if self.rests() {
            return Err(StoreError::Full);
        }
        let (database, keys) = (self.database().await?, keys.to_vec());
        let read = in_time(async move {
            let transaction = database.transaction(&[ROWS, META], TransactionMode::ReadOnly)?;
            let meta = transaction.store(META)?;
            if meta.get(GENERATION.into()).await?.is_none() {
                return Ok(None);
            }
            let mark = meta.get(MARK.into()).await?;
            let store = transaction.store(ROWS)?;
            let mut rows = vec![];
            for key in keys {
                rows.extend(store.get(key.as_str().into()).await?);
            }
            Ok(Some((rows, mark)))
        });
        let Some((rows, mark)) = read.await? else { return Ok(None) };
        let rows = rows.iter().filter_map(|row| serde_json::from_str(&json_of(row)?).ok()).collect();
        Ok(Some((rows, mark_of(mark))))
    }

    /// Stores a frame's rows and cursor in one transaction, if the claim of the leader `generation` holds; or the whole
    /// cache, where the one that it claimed is gone.
    pub(crate) async fn store(&self, generation: u64, write: &CacheWrite) -> Result<Claim, StoreError> {
        if self.rests() {
            return Ok(Claim::Holds);
        }
        let database = self.database().await?;
        let rows: Vec<JsValue> = write.puts.iter().map(to_js).collect();
        let (removes, anew, mark) = (write.removes.clone(), write.anew, to_js(&write.mark));
        let stored = in_time(async move {
            let transaction = database.transaction(&[ROWS, META], TransactionMode::ReadWrite)?;
            let (store, meta) = (transaction.store(ROWS)?, transaction.store(META)?);
            let there = meta.get(GENERATION.into()).await?.and_then(|there| there.as_f64()).unwrap_or(0.0);
            let claim = cache::check_claim(there as u64, generation);
            if claim == Claim::Taken || (claim == Claim::Gone && !anew) {
                transaction.abort().await?;
                return Ok(claim);
            }
            if anew {
                store.clear().await?;
            }
            store.put_all(rows.into_iter().map(|row| (row, None))).await?;
            for key in &removes {
                store.delete(key.as_str().into()).await?;
            }
            meta.put(&mark, Some(&MARK.into())).await?;
            meta.put(&JsValue::from_f64(generation as f64), Some(&GENERATION.into())).await?;
            transaction.done().await?;
            Ok(Claim::Holds)
        });
        let stored = stored.await;
        if stored == Err(StoreError::Lost) {
            self.database.borrow_mut().take();
        }
        stored
    }
}

/// Does `work`, and waits for it no longer than [`DONE_MAX`]: a transaction of a page that is gone may stand before it (seen in
/// WebKitGTK), and nobody waits for what the server has as well. The work itself goes on: half of a transaction would be kept.
async fn in_time<T: 'static>(work: impl Future<Output = Result<T, rexie::Error>> + 'static) -> Result<T, StoreError> {
    let (tell, told) = oneshot::channel();
    spawn_local(async move {
        // Whoever asked may have stopped waiting.
        let _ = tell.send(work.await);
    });
    match select(told, Box::pin(sleep(DONE_MAX))).await {
        Either::Left((Ok(done), _)) => done.map_err(|error| plain(&error)),
        Either::Left((Err(_), _)) | Either::Right(_) => Err(StoreError::Slow),
    }
}

fn mark_of(stored: Option<JsValue>) -> Mark {
    stored.and_then(|mark| serde_json::from_str(&json_of(&mark)?).ok()).unwrap_or_default()
}

/// Rexie prints every failure alike; the browser's name for it is inside.
fn plain(error: &rexie::Error) -> StoreError {
    let text = format!("{error:?}");
    let known = [
        ("QuotaExceeded", StoreError::Full),
        ("SecurityError", StoreError::Refused),
        ("InvalidState", StoreError::Lost),
        ("closing", StoreError::Lost),
    ];
    let found = known.into_iter().find(|(name, _)| text.contains(name)).map(|(_, error)| error);
    found.unwrap_or(StoreError::Other(text.chars().take(120).collect()))
}
