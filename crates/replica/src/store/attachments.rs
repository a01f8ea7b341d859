//! The database of attachments: what is known of each, and its bytes. Its name is a [`Precious`] one, and it is apart from the
//! outbox, so that neither what acts are kept in nor how quickly they are read changes with a photo.
//!
//! What waits has a second place ([`super::twin`]), which is read into a database that nobody has opened before.
//!
//! No fence is needed here: a name is one attachment, what is known of it only moves forward, and a server that is brought one
//! twice keeps it once.

use std::cell::RefCell;

use js_sys::{Object, Reflect, Uint8Array};
use sync::AccountId;
use sync::attachment::{self, Attachment, AttachmentId, Stage};
use wasm_bindgen::JsCast;

use super::idb::{Database, Mode, StoreShape};
use super::memory::Memory;
use super::name::Precious;
use super::transaction::Transaction;
use super::twin::Twin;
use super::{StoreError, json_of, to_js};

const ABOUT: &str = "about";
const BYTES: &str = "bytes";

/// What stands beside what is known of attachments from the first time on that the database was opened. It is none.
const OPENED: &str = "opened";

const SHAPE: &[StoreShape] =
    &[StoreShape { name: ABOUT, key_path: Some("id") }, StoreShape { name: BYTES, key_path: None }];

/// What follows the acts of this device.
pub(crate) struct AttachmentStore {
    database: Database,
    /// Where it is kept instead, where the browser keeps nothing.
    memory: RefCell<Option<Memory>>,
    /// Where what waits is kept once more.
    twin: Twin,
}

impl AttachmentStore {
    pub(crate) fn new(prefix: &str) -> Self {
        let database = Database::new(Precious::attachments(prefix).as_str(), SHAPE);
        Self { database, memory: RefCell::default(), twin: Twin::of_attachments(prefix) }
    }

    /// Keeps everything in memory, because the browser keeps nothing.
    pub(crate) fn stay_in_memory(&self) {
        self.twin.stop();
        *self.memory.borrow_mut() = Some(Memory::default());
    }

    /// Fills a database that nobody has opened before with what the second place holds: it may be the only copy.
    pub(crate) async fn open(&self) -> Result<(), StoreError> {
        if !self.surely(async || self.is_new().await).await? {
            return Ok(());
        }
        let found = self.twin.attachments().await;
        self.surely(async || {
            // Another tab may have been quicker.
            if !self.is_new().await? {
                return Ok(());
            }
            let mut transaction = self.begin(Mode::Write).await?;
            for (about, bytes) in &found {
                if let Some(about) = attachment::read(about) {
                    transaction.put(ABOUT, &to_js(&about), None)?;
                    transaction.put(BYTES, bytes, Some(&about.id.to_string()))?;
                }
            }
            let opened = Object::new();
            let _ = Reflect::set(&opened, &"id".into(), &OPENED.into());
            transaction.put(ABOUT, &opened, None)?;
            transaction.durable().await
        })
        .await
    }

    async fn is_new(&self) -> Result<bool, StoreError> {
        Ok(self.begin(Mode::Read).await?.get(ABOUT, OPENED).await?.is_undefined())
    }

    /// Lets go of the database until it is next needed.
    pub(crate) fn close(&self) {
        self.database.close();
    }

    async fn begin(&self, mode: Mode) -> Result<Transaction, StoreError> {
        let memory = self.memory.borrow().as_ref().map(Memory::begin);
        match memory {
            Some(begun) => Ok(Transaction::Memory(begun)),
            None => Ok(Transaction::Disk(self.database.strict(&[ABOUT, BYTES], mode).await?)),
        }
    }

    /// Does `work` once more on a fresh connection where the first was lost under it.
    async fn surely<T>(&self, work: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        match work().await {
            Err(StoreError::Lost) => {
                self.database.close();
                work().await
            }
            done => done,
        }
    }

    /// All that this release can read, the oldest first.
    pub(crate) async fn all(&self) -> Result<Vec<Attachment>, StoreError> {
        self.surely(async || {
            let all = self.begin(Mode::Read).await?.all(ABOUT).await?;
            let mut kept: Vec<_> = all.iter().filter_map(|about| attachment::read(&json_of(&about)?)).collect();
            kept.sort_by_key(|kept| (kept.kept_at, kept.id));
            Ok(kept)
        })
        .await
    }

    /// Keeps one with its bytes. When this returns both are on the disk, and in the second place, if they can be.
    pub(crate) async fn put(&self, about: &Attachment, bytes: &[u8]) -> Result<(), StoreError> {
        let kept = self.surely(async || {
            let mut transaction = self.begin(Mode::Write).await?;
            transaction.put(ABOUT, &to_js(about), None)?;
            transaction.put(BYTES, &Uint8Array::from(bytes), Some(&about.id.to_string()))?;
            transaction.durable().await
        });
        kept.await?;
        self.twin.keep_attachment(about.id, &json(about), bytes).await;
        Ok(())
    }

    /// The bytes of one.
    pub(crate) async fn bytes(&self, id: AttachmentId) -> Result<Option<Vec<u8>>, StoreError> {
        self.surely(async || {
            let bytes = self.begin(Mode::Read).await?.get(BYTES, &id.to_string()).await?;
            Ok(bytes.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()))
        })
        .await
    }

    /// Stores what became of some, as far as they are still here; of what is sent the bytes go in the same step.
    pub(crate) async fn change(&self, changed: &[Attachment], gone: &[AttachmentId]) -> Result<(), StoreError> {
        // First there: what nobody wants must not be found again.
        self.twin.let_attachments_go(gone).await;
        let stored = self.surely(async || {
            let mut transaction = self.begin(Mode::Write).await?;
            for about in changed {
                let id = about.id.to_string();
                let known = json_of(&transaction.get(ABOUT, &id).await?).and_then(|json| attachment::read(&json));
                // Another tab may have come further.
                if known.is_none_or(|known| known.stage == Stage::Sent) {
                    continue;
                }
                transaction.put(ABOUT, &to_js(about), None)?;
                if about.stage == Stage::Sent {
                    transaction.delete(BYTES, &id)?;
                }
            }
            for id in gone {
                transaction.delete(ABOUT, &id.to_string())?;
                transaction.delete(BYTES, &id.to_string())?;
            }
            transaction.durable().await
        });
        stored.await?;
        let sent = changed.iter().filter(|about| about.stage == Stage::Sent).map(|about| about.id);
        self.twin.let_attachments_go(&sent.collect::<Vec<_>>()).await;
        Ok(())
    }

    /// Forgets all of `accounts`.
    pub(crate) async fn forget(&self, accounts: &[AccountId]) -> Result<(), StoreError> {
        let all = self.all().await?;
        let theirs = all.iter().filter(|kept| accounts.contains(&kept.account));
        let theirs: Vec<AttachmentId> = theirs.map(|kept| kept.id).collect();
        if theirs.is_empty() { Ok(()) } else { self.change(&[], &theirs).await }
    }
}

fn json(about: &Attachment) -> String {
    serde_json::to_string(about).expect("what is kept is plain data")
}
