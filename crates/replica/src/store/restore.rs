//! What is done when a connection, or everything behind it, is lost under an open page.
//!
//! A browser closes connections when it is short of something, and throws the storage of a site away when it is short of
//! room. The page still has all that was in it, and writes it again. Where it happens while no page is open, what waited is
//! found in its second place ([`Twin`](super::twin::Twin)).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json as value};
use sync::loss::{Loss, Trace};
use sync::outbox::Record;
use sync::{Actor, CommandId, DeviceId, Epoch, Millis, Model};
use wasm_bindgen::JsValue;

use super::StoreError;
use super::idb::Mode;
use super::outbox::{COMMANDS, COUNTER, DEVICE, DRAFTS, Drafts, GUEST, META, OutboxStore, json, text};
use super::to_js;
use super::transaction::Transaction;
use super::twin::Found;
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
        // Another tab may have done what this page has not heard of.
        let found = self.twin.all().await;
        let mut transaction = self.begin(&[COMMANDS, META, DRAFTS], Mode::Write).await?;
        if !transaction.get(META, DEVICE).await?.is_undefined() {
            return Ok(());
        }
        put_again(&mut transaction, &found, None, 0)?;
        transaction.put(META, &known.device.to_string().into(), Some(DEVICE))?;
        transaction.put(META, &JsValue::from_f64(known.generation as f64), Some("generation"))?;
        let given = transaction.get(META, COUNTER).await?.as_f64().unwrap_or_default().max(known.counter as f64);
        transaction.put(META, &JsValue::from_f64(given), Some(COUNTER))?;
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

/// What the outbox holds beside the acts, as it is kept in the second place: the texts of [`META`] and [`DRAFTS`] by their names,
/// and the highest number that an act was given.
#[derive(Default, Serialize, Deserialize)]
struct Beside {
    meta: BTreeMap<String, String>,
    counter: f64,
    drafts: BTreeMap<String, String>,
}

/// How many numbers are left out after the highest that is known to be given: the second place may be a few acts behind, and no
/// number is given twice.
const NUMBERS_LEFT_OUT: f64 = 1000.0;

/// All that the outbox holds beside the acts, in one text.
pub(super) async fn beside(transaction: &Transaction) -> Result<String, StoreError> {
    let texts = async |store| -> Result<BTreeMap<String, String>, StoreError> {
        let (names, texts) = (transaction.all_keys(store).await?, transaction.all(store).await?);
        Ok(names.iter().zip(texts.iter()).filter_map(|(name, kept)| Some((text(&name)?, text(&kept)?))).collect())
    };
    let counter = transaction.get(META, COUNTER).await?.as_f64().unwrap_or_default();
    Ok(json(&Beside { meta: texts(META).await?, counter, drafts: texts(DRAFTS).await? }))
}

/// The field of an act in the second place that names the one whose place it takes: who dies between writing the one and
/// letting the other go must not find both.
const REPLACES: &str = "replaces";

/// An act as it is written into the second place.
pub(super) fn twin_text<M: Model>(record: &Record<M>, replaces: Option<CommandId>) -> String {
    let mut record = value!(record);
    if let (Some(fields), Some(replaced)) = (record.as_object_mut(), replaces) {
        fields.insert(REPLACES.into(), value!(replaced));
    }
    record.to_string()
}

/// Writes into a new outbox what was found in the second place. Where less is found than the page's `trace` says waited, the device
/// gets a new name, by which it is noticed that something is lost.
pub(super) fn put_again(
    transaction: &mut Transaction,
    found: &Found,
    trace: Option<Trace>,
    now: Millis,
) -> Result<(), StoreError> {
    let beside: Beside = found.itself.as_ref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let acts = found_acts(found);
    let waiting = |act: &&Value| ["sent", "needs-you"].iter().any(|stage| act["stage"] == *stage);
    let is_whole = trace.is_none_or(|trace| trace.waiting <= acts.iter().filter(waiting).count());
    for (name, kept) in &beside.meta {
        if is_whole || name != DEVICE {
            transaction.put(META, &kept.as_str().into(), Some(name))?;
        }
    }
    let given = acts.iter().filter_map(|act| act["seq"].as_f64()).fold(beside.counter, f64::max);
    if given > 0.0 {
        transaction.put(META, &JsValue::from_f64(given + NUMBERS_LEFT_OUT), Some(COUNTER))?;
    }
    if !acts.is_empty() || !beside.meta.is_empty() {
        // Higher than any that a tab of before may still lead under.
        transaction.put(META, &JsValue::from_f64(now as f64), Some("generation"))?;
    }
    for (name, kept) in &beside.drafts {
        transaction.put(DRAFTS, &kept.as_str().into(), Some(name))?;
    }
    for act in &acts {
        transaction.put(COMMANDS, &to_js(act), None)?;
    }
    Ok(())
}

/// The acts of the second place without those whose place another has taken.
fn found_acts(found: &Found) -> Vec<Value> {
    let mut acts: Vec<Value> = found.acts.iter().filter_map(|record| as_if_sent(record)).collect();
    let replaced: Vec<Value> = acts.iter_mut().filter_map(|act| act.as_object_mut()?.remove(REPLACES)).collect();
    acts.retain(|act| !replaced.contains(&act["id"]));
    acts
}

/// An act as it was kept there last. One that had not left may have left since: nobody may take it back, and the server is asked
/// about it.
fn as_if_sent(record: &str) -> Option<Value> {
    let mut record: Value = serde_json::from_str(record).ok()?;
    let fields = record.as_object_mut()?;
    if fields.get("stage").is_some_and(|stage| stage == "saved") {
        fields.insert("stage".into(), value!("sent"));
        fields.insert("left".into(), value!(true));
    }
    Some(record)
}
