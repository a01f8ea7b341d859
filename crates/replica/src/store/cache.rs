//! The cache's database: rows and the cursor, in one transaction. It may be thrown away whole; it holds nothing that the
//! server does not.

use std::cell::RefCell;

use rexie::{ObjectStore, Rexie, TransactionMode};
use sync::Key;
use sync::cache::{CacheWrite, Mark, StoredRow};
use wasm_bindgen::JsValue;

use super::{StoreError, json_of, to_js};

const ROWS: &str = "rows";
const META: &str = "meta";

/// The rows of this device.
pub(crate) struct CacheStore {
    name: String,
    database: RefCell<Option<std::rc::Rc<Rexie>>>,
}

impl CacheStore {
    pub(crate) fn new(prefix: &str) -> Self {
        Self { name: format!("{prefix}-cache"), database: RefCell::new(None) }
    }

    async fn database(&self) -> Result<std::rc::Rc<Rexie>, StoreError> {
        if let Some(open) = self.database.borrow().as_ref() {
            return Ok(open.clone());
        }
        let builder = Rexie::builder(&self.name).version(1);
        let builder = builder.add_object_store(ObjectStore::new(ROWS).key_path("key"));
        let opened = builder.add_object_store(ObjectStore::new(META)).build().await.map_err(|error| plain(&error))?;
        let opened = std::rc::Rc::new(opened);
        *self.database.borrow_mut() = Some(opened.clone());
        Ok(opened)
    }

    /// Everything, and how far it was read.
    pub(crate) async fn load(&self) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        match self.load_once().await {
            Err(StoreError::Lost) => {
                self.database.borrow_mut().take();
                self.load_once().await
            }
            loaded => loaded,
        }
    }

    async fn load_once(&self) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        let database = self.database().await?;
        let read = async {
            let transaction = database.transaction(&[ROWS, META], TransactionMode::ReadOnly)?;
            let rows = transaction.store(ROWS)?.get_all(None, None).await?;
            let mark = transaction.store(META)?.get("mark".into()).await?;
            transaction.done().await?;
            Ok::<_, rexie::Error>((rows, mark))
        };
        let (rows, mark) = read.await.map_err(|error| plain(&error))?;
        let mark = mark.and_then(|mark| serde_json::from_str(&json_of(&mark)?).ok()).unwrap_or_default();
        // All rows cross the border as one text: one crossing, not one a row.
        let rows = json_of(&rows.into_iter().collect::<js_sys::Array>());
        let rows = rows.and_then(|rows| serde_json::from_str(&rows).ok()).unwrap_or_default();
        Ok((rows, mark))
    }

    /// These rows, and how far it was read, as another tab left them.
    pub(crate) async fn load_rows(&self, keys: &[Key]) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        match self.load_rows_once(keys).await {
            Err(StoreError::Lost) => {
                self.database.borrow_mut().take();
                self.load_rows_once(keys).await
            }
            loaded => loaded,
        }
    }

    async fn load_rows_once(&self, keys: &[Key]) -> Result<(Vec<StoredRow>, Mark), StoreError> {
        let database = self.database().await?;
        let read = async {
            let transaction = database.transaction(&[ROWS, META], TransactionMode::ReadOnly)?;
            let store = transaction.store(ROWS)?;
            let mut rows = vec![];
            for key in keys {
                rows.extend(store.get(key.as_str().into()).await?);
            }
            let mark = transaction.store(META)?.get("mark".into()).await?;
            Ok::<_, rexie::Error>((rows, mark))
        };
        let (rows, mark) = read.await.map_err(|error| plain(&error))?;
        let mark = mark.and_then(|mark| serde_json::from_str(&json_of(&mark)?).ok()).unwrap_or_default();
        Ok((rows.iter().filter_map(|row| serde_json::from_str(&json_of(row)?).ok()).collect(), mark))
    }

    /// Stores a frame's rows and cursor in one transaction.
    pub(crate) async fn store(&self, write: &CacheWrite) -> Result<(), StoreError> {
        let database = self.database().await?;
        let rows: Vec<JsValue> = write.puts.iter().map(to_js).collect();
        let mark = to_js(&write.mark);
        let stored = async {
            let transaction = database.transaction(&[ROWS, META], TransactionMode::ReadWrite)?;
            let store = transaction.store(ROWS)?;
            store.put_all(rows.into_iter().map(|row| (row, None))).await?;
            for key in &write.removes {
                store.delete(key.as_str().into()).await?;
            }
            transaction.store(META)?.put(&mark, Some(&"mark".into())).await?;
            transaction.done().await
        };
        let stored = stored.await.map(drop).map_err(|error| plain(&error));
        if stored == Err(StoreError::Lost) {
            self.database.borrow_mut().take();
        }
        stored
    }
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
