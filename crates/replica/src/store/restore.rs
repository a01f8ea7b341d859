//! What is done when a connection, or everything behind it, is lost under an open page.
//!
//! A browser closes connections when it is short of something, and throws the storage of a site away when it is short of
//! room. The page still has all that was in it, and writes it again.

use sync::loss::Loss;
use sync::{Actor, DeviceId, Epoch};
use wasm_bindgen::JsValue;

use super::StoreError;
use super::idb::Mode;
use super::outbox::{COMMANDS, DEVICE, DRAFTS, Drafts, GUEST, META, OutboxStore, json};
use crate::guest::Guest;

/// All that a page knows of its outbox.
pub(crate) struct Backup {
    pub(crate) device: DeviceId,
    pub(crate) actor: Option<Actor>,
    pub(crate) epoch: Option<Epoch>,
    pub(crate) generation: u64,
    /// The highest number that an act has.
    pub(crate) counter: u64,
    pub(crate) records: Vec<JsValue>,
    pub(crate) drafts: Drafts,
    pub(crate) loss: Option<Loss>,
    /// Without it nobody could send or claim what a guest did here.
    pub(crate) guest: Option<Guest>,
}

impl OutboxStore {
    /// Writes what `known` says again, should the browser throw the database away while the page is open, and calls
    /// `closed` as soon as it may have.
    pub(crate) fn watch(&self, known: impl Fn() -> Option<Backup> + 'static, closed: impl Fn() + 'static) {
        *self.backup.borrow_mut() = Some(Box::new(known));
        self.database.on_closed(closed);
    }

    /// Does `work`, and does it again where the connection, or the outbox itself, was lost under it.
    pub(super) async fn surely<T>(&self, work: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let done = match work().await {
            Err(StoreError::Lost | StoreError::Other(_)) => {
                self.database.close();
                work().await
            }
            done => done,
        };
        match done {
            Err(StoreError::Evicted) => {
                self.restore().await?;
                work().await
            }
            done => done,
        }
    }

    /// The browser threw the outbox away under the page: what the page knows is written again, unless another tab has.
    /// Where another tab has begun a new one already, this page's acts cannot be kept, and nothing is called saved any more.
    async fn restore(&self) -> Result<(), StoreError> {
        let Some(known) = self.backup.borrow().as_ref().and_then(|backup| backup()) else { return Ok(()) };
        let mut transaction = self.begin(&[COMMANDS, META, DRAFTS], Mode::Write).await?;
        if !transaction.get(META, DEVICE).await?.is_undefined() {
            return Ok(());
        }
        transaction.put(META, &known.device.to_string().into(), Some(DEVICE))?;
        transaction.put(META, &JsValue::from_f64(known.generation as f64), Some("generation"))?;
        transaction.put(META, &JsValue::from_f64(known.counter as f64), Some("counter"))?;
        if let Some(actor) = &known.actor {
            transaction.put(META, &json(actor).into(), Some("actor"))?;
        }
        if let Some(epoch) = known.epoch {
            transaction.put(META, &epoch.to_string().into(), Some("epoch"))?;
        }
        if let Some(loss) = &known.loss {
            transaction.put(META, &json(loss).into(), Some("loss"))?;
        }
        if let Some(guest) = &known.guest {
            transaction.put(META, &json(guest).into(), Some(GUEST))?;
        }
        for record in &known.records {
            transaction.put(COMMANDS, record, None)?;
        }
        for (name, text) in &known.drafts {
            transaction.put(DRAFTS, &text.as_str().into(), Some(name))?;
        }
        transaction.durable().await
    }
}
