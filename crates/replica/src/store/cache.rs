//! The cache's database: rows and the cursor, in one transaction. It may be thrown away whole; it holds nothing that the
//! server does not. Its name is an [`Expendable`] one.
//!
//! A leading tab claims it. A write is taken only while that claim holds: an earlier leader's is refused, and into a cache
//! that was thrown away only the whole is written, so that no cursor is ever stored without what is before it.

use std::cell::Cell;
use std::time::Duration;

use futures::future::{Either, select};
use gloo_timers::future::sleep;
use sync::Key;
use sync::cache::{self, CacheWrite, Claim, Mark, StoredRow};
use wasm_bindgen::JsValue;

use super::idb::{Database, Mode, StoreShape};
use super::name::{Expendable, evict};
use super::{StoreError, json_of, to_js};

const ROWS: &str = "rows";
const META: &str = "meta";
const MARK: &str = "mark";
const GENERATION: &str = "generation";

const SHAPE: &[StoreShape] =
    &[StoreShape { name: ROWS, key_path: Some("key") }, StoreShape { name: META, key_path: None }];

/// How long the cache may take to answer: many times what ten thousand rows take on a slow phone. Nobody waits longer for what
/// the server has as well.
const DONE_MAX: Duration = Duration::from_secs(5);

/// The rows of this device.
pub(crate) struct CacheStore {
    name: Expendable,
    database: Database,
    /// It has given way to acts, or there is nothing to keep it in: nothing is kept until the page is opened again.
    rests: Cell<bool>,
}

impl CacheStore {
    pub(crate) fn new(prefix: &str) -> Self {
        let name = Expendable::cache(prefix);
        let database = Database::new(name.as_str(), SHAPE);
        Self { name, database, rests: Cell::default() }
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
        self.database.close();
    }

    /// Everything, and how far it was read.
    pub(crate) async fn load(&self) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        self.again(async || self.load_once(None).await).await
    }

    /// Everything, for the leader `generation`: what an earlier one still wants to write is refused from now on.
    pub(crate) async fn claim(&self, generation: u64) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        self.again(async || self.load_once(Some(generation)).await).await
    }

    /// Does `work` in time, and once more where the connection, or the transaction, was lost under it. What is read then may be a new database.
    async fn again<T>(&self, work: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        match in_time(work()).await {
            Err(StoreError::Lost | StoreError::Other(_)) => {
                self.close();
                in_time(work()).await
            }
            done => done,
        }
    }

    async fn load_once(&self, claims: Option<u64>) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        if self.rests() {
            return Err(StoreError::Full);
        }
        let mode = if claims.is_some() { Mode::Write } else { Mode::Read };
        let transaction = self.database.relaxed(&[ROWS, META], mode).await?;
        if let Some(generation) = claims {
            transaction.put(META, &JsValue::from_f64(generation as f64), Some(GENERATION))?;
        }
        let mark = mark_of(&transaction.get(META, MARK).await?);
        let rows = transaction.all(ROWS).await?;
        transaction.durable().await?;
        // All rows cross the border as one text: one crossing, not one a row.
        let rows = json_of(&rows).and_then(|rows| serde_json::from_str(&rows).ok()).unwrap_or_default();
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
        let transaction = self.database.relaxed(&[ROWS, META], Mode::Read).await?;
        if transaction.get(META, GENERATION).await?.is_undefined() {
            return Ok(None);
        }
        let mark = mark_of(&transaction.get(META, MARK).await?);
        let mut rows = vec![];
        for key in keys {
            // A row that is not there is no JSON.
            let row = json_of(&transaction.get(ROWS, key.as_str()).await?);
            rows.extend(row.and_then(|row| serde_json::from_str(&row).ok()));
        }
        Ok(Some((rows, mark)))
    }

    /// Stores a frame's rows and cursor in one transaction, if the claim of the leader `generation` holds; or the whole
    /// cache, where the one that it claimed is gone.
    pub(crate) async fn store(&self, generation: u64, write: &CacheWrite) -> Result<Claim, StoreError> {
        if self.rests() {
            return Ok(Claim::Holds);
        }
        let stored = in_time(self.store_once(generation, write)).await;
        if stored == Err(StoreError::Lost) {
            self.close();
        }
        stored
    }

    async fn store_once(&self, generation: u64, write: &CacheWrite) -> Result<Claim, StoreError> {
        let transaction = self.database.relaxed(&[ROWS, META], Mode::Write).await?;
        let there = transaction.get(META, GENERATION).await?.as_f64().unwrap_or(0.0);
        let claim = cache::check_claim(there as u64, generation);
        if claim == Claim::Taken || (claim == Claim::Gone && !write.anew) {
            return Ok(claim);
        }
        if write.anew {
            transaction.clear(ROWS)?;
        }
        for row in &write.puts {
            transaction.put(ROWS, &to_js(row), None)?;
        }
        for key in &write.removes {
            transaction.delete(ROWS, key.as_str())?;
        }
        transaction.put(META, &to_js(&write.mark), Some(MARK))?;
        transaction.put(META, &JsValue::from_f64(generation as f64), Some(GENERATION))?;
        transaction.durable().await?;
        Ok(Claim::Holds)
    }
}

/// Does `work`, and waits for it no longer than [`DONE_MAX`]: nobody waits for what the server has as well. A transaction that is
/// given up is undone.
async fn in_time<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    match select(Box::pin(work), Box::pin(sleep(DONE_MAX))).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => Err(StoreError::Slow),
    }
}

fn mark_of(stored: &JsValue) -> Mark {
    json_of(stored).and_then(|mark| serde_json::from_str(&mark).ok()).unwrap_or_default()
}
