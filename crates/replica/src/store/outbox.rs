//! The outbox's own database. It cannot be evicted with the cache, because its name is a [`Precious`] one.
//!
//! Whatever is done here is done once more on a fresh connection when the first was lost under it: nothing was written
//! then, since a transaction is whole or not at all.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use js_sys::Array;
use sync::loss::{Loss, Trace};
use sync::outbox::{self, Append, AppendError, Draft, Record, Stage, Stored};
use sync::{Actor, CommandId, DeviceId, Epoch, Millis, Model};
use uuid::Uuid;
use wasm_bindgen::JsValue;

mod people;

pub(crate) use people::{Forgot, SteppedDown, TakenOver};

pub(super) use people::GUEST;

use super::idb::{Database, Mode, StoreShape};
use super::memory::Memory;
use super::name::Precious;
use super::restore::{self, Backup};
use super::transaction::Transaction;
use super::twin::{Found, Twin};
use super::{StoreError, json_of, to_js};
use crate::replica::KeptDraft;

pub(super) const COMMANDS: &str = "commands";
pub(super) const META: &str = "meta";
pub(super) const DRAFTS: &str = "drafts";

/// The key in [`META`] under which the device has its name.
pub(super) const DEVICE: &str = "device";

/// The key in [`META`] under which stands the highest number that an act was given.
pub(super) const COUNTER: &str = "counter";

const SHAPE: &[StoreShape] = &[
    StoreShape { name: COMMANDS, key_path: Some("id") },
    StoreShape { name: META, key_path: None },
    StoreShape { name: DRAFTS, key_path: None },
];

/// Tells what a page knows of its outbox, while there is a page.
type Known = Box<dyn Fn() -> Option<Backup>>;

/// The acts of this device, its name, who is signed in, and what is half-written.
pub(crate) struct OutboxStore {
    pub(super) database: Database,
    /// Whose outbox it is, once it was opened.
    device: Cell<Option<DeviceId>>,
    /// Where it is kept instead, where the browser keeps nothing.
    memory: RefCell<Option<Memory>>,
    /// Where what is precious is kept once more.
    pub(super) twin: Twin,
    /// What the page knows to be in the database, should the browser throw it away meanwhile.
    pub(super) backup: RefCell<Option<Known>>,
}

/// Half-written texts with their names.
pub(crate) type Drafts = Vec<(String, String)>;

/// What the outbox held when it was opened.
pub(crate) struct Opened<M: Model> {
    pub(crate) device: DeviceId,
    pub(crate) actor: Option<Actor>,
    pub(crate) kept: Vec<Stored<M>>,
    pub(crate) epoch: Option<Epoch>,
    pub(crate) drafts: Drafts,
    pub(crate) loss: Option<Loss>,
    /// Records that do not even say which act they are.
    pub(crate) unreadable: usize,
}

impl OutboxStore {
    pub(crate) fn new(prefix: &str) -> Self {
        let database = Database::new(Precious::outbox(prefix).as_str(), SHAPE);
        let twin = Twin::new(prefix);
        Self { database, device: Cell::default(), memory: RefCell::default(), twin, backup: RefCell::default() }
    }

    /// Lets go of the database until it is next needed.
    pub(crate) fn close(&self) {
        self.database.close();
    }

    /// Closes the connection as the browser does when it must.
    pub(crate) fn lose_connection(&self) {
        self.database.lose();
    }

    /// Whether nothing is kept past the page's end.
    pub(crate) fn is_in_memory(&self) -> bool {
        self.memory.borrow().is_some()
    }

    /// Keeps everything in memory from here on, because the browser keeps nothing; with who is signed in and what is
    /// half-written, where that is known.
    pub(crate) async fn stay_in_memory(&self, known: Option<(Option<Actor>, Drafts)>) -> Result<(), StoreError> {
        self.device.set(None);
        self.twin.stop();
        *self.memory.borrow_mut() = Some(Memory::default());
        let (actor, drafts) = known.unwrap_or_default();
        if let Some(actor) = &actor {
            self.set_actor(actor).await?;
        }
        for (name, text) in &drafts {
            self.set_draft(name, Some(text)).await?;
        }
        Ok(())
    }

    /// Begins a transaction on these stores of the outbox that was opened. A browser may have thrown it away since, and
    /// made an empty one for whoever asked first.
    async fn strict(&self, stores: &[&str], mode: Mode) -> Result<Transaction, StoreError> {
        let stores: Vec<&str> = stores.iter().copied().chain([META]).collect();
        let transaction = self.begin(&stores, mode).await?;
        if let Some(device) = self.device.get()
            && text(&transaction.get(META, DEVICE).await?) != Some(device.to_string())
        {
            return Err(StoreError::Evicted);
        }
        Ok(transaction)
    }

    pub(super) async fn begin(&self, stores: &[&str], mode: Mode) -> Result<Transaction, StoreError> {
        let memory = self.memory.borrow().as_ref().map(Memory::begin);
        match memory {
            Some(begun) => Ok(Transaction::Memory(begun)),
            None => Ok(Transaction::Disk(self.database.strict(stores, mode).await?)),
        }
    }

    /// Reads everything; names the device if it has no name yet. `trace` is what was left outside of an earlier outbox: if
    /// it is not this one, it is lost, and that is remembered until the person has read it. With [`Mode::Write`] something is
    /// written in any case, so that a disk that takes nothing shows itself now; with [`Mode::Read`] nothing is.
    pub(crate) async fn open<M: Model>(
        &self,
        fresh: DeviceId,
        trace: Option<Trace>,
        now: Millis,
        mode: Mode,
    ) -> Result<Opened<M>, StoreError> {
        let writes = matches!(mode, Mode::Write) && self.twin.is_there();
        // Before the database: what is there and not in what is read after it, was taken back or is over.
        let there = if writes { self.twin.acts().await } else { vec![] };
        let is_new = writes && self.surely(|| self.is_new()).await?;
        let found = if is_new { self.twin.all().await } else { Found::default() };
        let opened = self.surely(|| self.open_once(fresh, trace, now, mode, &found)).await?;
        self.device.set(Some(opened.device));
        if writes {
            // What could not be read where the database is new may be the only copy there is.
            self.tidy_twin(&opened.kept, &there, !is_new).await;
            self.keep_beside().await;
        }
        Ok(opened)
    }

    /// Whether nobody has opened it before.
    async fn is_new(&self) -> Result<bool, StoreError> {
        let transaction = self.strict(&[META], Mode::Read).await?;
        Ok(transaction.get(META, DEVICE).await?.is_undefined())
    }

    async fn open_once<M: Model>(
        &self,
        fresh: DeviceId,
        trace: Option<Trace>,
        now: Millis,
        mode: Mode,
        found: &Found,
    ) -> Result<Opened<M>, StoreError> {
        let mut transaction = self.strict(&[COMMANDS, META, DRAFTS], mode).await?;
        if transaction.get(META, DEVICE).await?.is_undefined() {
            restore::put_again(&mut transaction, found, trace, now)?;
        }
        let device = text(&transaction.get(META, DEVICE).await?).and_then(|text| text.parse::<Uuid>().ok());
        let device = device.map_or(fresh, DeviceId);
        let writes = matches!(mode, Mode::Write);
        if writes {
            transaction.put(META, &device.to_string().into(), Some(DEVICE))?;
        }
        let actor = text(&transaction.get(META, "actor").await?);
        let actor = actor.and_then(|text| serde_json::from_str(&text).ok());
        let mut loss = loss(&transaction).await?;
        if let (None, Some(noticed)) = (&loss, Loss::noticed(device, trace, now)) {
            if writes {
                transaction.put(META, &json(&noticed).into(), Some("loss"))?;
            }
            loss = Some(noticed);
        }
        let all = transaction.all(COMMANDS).await?;
        let kept = readable::<M>(&all);
        let unreadable = all.length() as usize - kept.len();
        let epoch = epoch(&transaction).await?;
        let names = transaction.all_keys(DRAFTS).await?;
        let texts = transaction.all(DRAFTS).await?;
        let drafts = names.iter().zip(texts.iter()).filter_map(|(name, draft)| Some((text(&name)?, text(&draft)?)));
        let drafts = drafts.collect();
        transaction.durable().await?;
        Ok(Opened { device, actor, kept, epoch, drafts, loss, unreadable })
    }

    /// Has in the second place the acts that are kept, and, where `lets_go`, no others of those that were `there`.
    async fn tidy_twin<M: Model>(&self, kept: &[Stored<M>], there: &[CommandId], lets_go: bool) {
        let missing = kept.iter().filter_map(|kept| match kept {
            Stored::Record(record) if !there.contains(&record.id) => Some(record),
            _ => None,
        });
        self.keep_twins(missing).await;
        if lets_go && let Ok(ids) = self.ids().await {
            let gone: Vec<CommandId> = there.iter().filter(|id| !ids.contains(id)).copied().collect();
            self.twin.let_go(&gone).await;
        }
    }

    /// The names of all acts, those among them that this release cannot read.
    async fn ids(&self) -> Result<BTreeSet<CommandId>, StoreError> {
        let names = self.strict(&[COMMANDS], Mode::Read).await?.all_keys(COMMANDS).await?;
        Ok(names.iter().filter_map(|name| text(&name)?.parse().ok()).collect())
    }

    /// Has acts in the second place as they are now, and none that went meanwhile in another tab.
    async fn keep_twins<'a, M: Model>(&self, records: impl Iterator<Item = &'a Record<M>>) {
        let acts: Vec<(CommandId, String)> = records.map(|record| (record.id, json(record))).collect();
        self.keep_texts(acts).await;
    }

    async fn keep_texts(&self, acts: Vec<(CommandId, String)>) {
        if acts.is_empty() || !self.twin.is_used() {
            return;
        }
        self.twin.keep(&acts).await;
        if let Ok(ids) = self.ids().await {
            let gone: Vec<CommandId> = acts.into_iter().map(|(id, _)| id).filter(|id| !ids.contains(id)).collect();
            self.twin.let_go(&gone).await;
        }
    }

    /// Has in the second place what the outbox holds beside the acts.
    pub(super) async fn keep_beside(&self) {
        if !self.twin.is_used() {
            return;
        }
        let look = async || {
            let transaction = self.strict(&[META, DRAFTS], Mode::Read).await.ok()?;
            restore::beside(&transaction).await.ok()
        };
        self.twin.keep_self(look).await;
    }

    /// Has an act in the second place, and not the one whose place it takes. Until then it is not called saved.
    pub(super) async fn keep_twin<M: Model>(&self, append: &Append<M>) {
        let text = restore::twin_text(&append.record, append.delete);
        self.keep_texts(vec![(append.record.id, text)]).await;
        self.twin.let_go(append.delete.as_slice()).await;
        self.keep_beside().await;
    }

    /// All acts, as another tab may have left them.
    pub(crate) async fn kept<M: Model>(&self) -> Result<Vec<Stored<M>>, StoreError> {
        self.surely(async || kept(&self.strict(&[COMMANDS], Mode::Read).await?).await).await
    }

    /// All acts, and the last history that was heard of, for a tab that is about to lead.
    pub(crate) async fn kept_and_epoch<M: Model>(&self) -> Result<(Vec<Stored<M>>, Option<Epoch>), StoreError> {
        self.surely(async || {
            let transaction = self.strict(&[COMMANDS, META], Mode::Read).await?;
            Ok((kept(&transaction).await?, epoch(&transaction).await?))
        })
        .await
    }

    /// Who is signed in, as another tab may have left it.
    pub(crate) async fn actor(&self) -> Result<Option<Actor>, StoreError> {
        self.surely(async || {
            let transaction = self.strict(&[META], Mode::Read).await?;
            let actor = text(&transaction.get(META, "actor").await?);
            Ok(actor.and_then(|text| serde_json::from_str(&text).ok()))
        })
        .await
    }

    /// What is known of an outbox that is gone, as another tab may have left it.
    pub(crate) async fn loss(&self) -> Result<Option<Loss>, StoreError> {
        self.surely(async || loss(&self.strict(&[META], Mode::Read).await?).await).await
    }

    /// Remembers what is known of an outbox that is gone, or that its person has read it.
    pub(crate) async fn set_loss(&self, loss: Option<&Loss>) -> Result<(), StoreError> {
        self.set_meta("loss", loss.map(json)).await
    }

    /// Appends an act under the device's next number, after the last open act of its lane, and in the place of the one that
    /// it replaces; with it the half-written texts as they are after it. When this returns all of it is on the disk.
    pub(crate) async fn append<M: Model>(
        &self,
        draft: &Draft<M>,
        drafts: &[KeptDraft],
    ) -> Result<Append<M>, StoreError> {
        let append = self.surely(async || {
            let mut transaction = self.strict(&[COMMANDS, META, DRAFTS], Mode::Write).await?;
            let acting = people::acting(&transaction).await?;
            let append = append_in(&mut transaction, acting.as_ref(), draft.clone()).await?;
            people::put_drafts(&mut transaction, drafts)?;
            transaction.durable().await?;
            Ok(append)
        });
        let append = append.await?;
        self.keep_twin(&append).await;
        Ok(append)
    }

    /// Takes an act back, with those that rest on it, if none of them has left; the acts that are gone.
    pub(crate) async fn withdraw<M: Model>(&self, id: CommandId) -> Result<Vec<CommandId>, StoreError> {
        // First there: what was taken back must not be found again.
        if self.twin.is_used() {
            let going = outbox::withdraw(&self.kept::<M>().await?, id).map_err(StoreError::Stays)?;
            self.twin.let_go(&going).await;
        }
        let gone = self.surely(|| self.withdraw_once::<M>(id)).await?;
        self.twin.let_go(&gone).await;
        Ok(gone)
    }

    async fn withdraw_once<M: Model>(&self, id: CommandId) -> Result<Vec<CommandId>, StoreError> {
        let mut transaction = self.strict(&[COMMANDS], Mode::Write).await?;
        let going = outbox::withdraw(&kept::<M>(&transaction).await?, id).map_err(StoreError::Stays)?;
        for id in &going {
            transaction.delete(COMMANDS, &id.to_string())?;
        }
        transaction.durable().await?;
        Ok(going)
    }

    /// Raises the fence: what an earlier leader still wants to write is refused from now on.
    pub(crate) async fn claim(&self) -> Result<u64, StoreError> {
        self.surely(|| self.claim_once()).await
    }

    async fn claim_once(&self) -> Result<u64, StoreError> {
        let mut transaction = self.strict(&[META], Mode::Write).await?;
        let generation = transaction.get(META, "generation").await?.as_f64().unwrap_or(0.0) + 1.0;
        transaction.put(META, &JsValue::from_f64(generation), Some("generation"))?;
        transaction.durable().await?;
        Ok(generation as u64)
    }

    /// Stores new states of acts, if this tab still leads; the acts that were taken back meanwhile.
    pub(crate) async fn store<M: Model>(
        &self,
        generation: u64,
        records: Vec<Record<M>>,
    ) -> Result<Vec<CommandId>, StoreError> {
        let gone = self.surely(|| self.store_once(generation, &records)).await?;
        // What is on its way is asked about again by its id. Its end would not be known, nor that it begins anew.
        let told = |record: &&Record<M>| record.stage.is_settled() || record.stage == Stage::Saved;
        self.keep_twins(records.iter().filter(|record| !gone.contains(&record.id)).filter(told)).await;
        Ok(gone)
    }

    async fn store_once<M: Model>(&self, generation: u64, records: &[Record<M>]) -> Result<Vec<CommandId>, StoreError> {
        let mut transaction = self.fenced(generation).await?;
        let names = transaction.all_keys(COMMANDS).await?;
        let there: BTreeSet<CommandId> = names.iter().filter_map(|name| text(&name)?.parse().ok()).collect();
        let store = outbox::store(&there, records.to_vec());
        for record in &store.puts {
            transaction.put(COMMANDS, &to_js(record), None)?;
        }
        transaction.durable().await?;
        Ok(store.gone)
    }

    /// Forgets acts whose time is over, if this tab still leads.
    pub(crate) async fn prune(&self, generation: u64, ids: &[CommandId]) -> Result<(), StoreError> {
        let mut transaction = self.fenced(generation).await?;
        for id in ids {
            transaction.delete(COMMANDS, &id.to_string())?;
        }
        transaction.durable().await?;
        self.twin.let_go(ids).await;
        Ok(())
    }

    /// Remembers the history that was heard of, if this tab still leads.
    pub(crate) async fn set_epoch(&self, generation: u64, epoch: Epoch) -> Result<(), StoreError> {
        let mut transaction = self.fenced(generation).await?;
        transaction.put(META, &epoch.to_string().into(), Some("epoch"))?;
        transaction.durable().await?;
        self.keep_beside().await;
        Ok(())
    }

    /// A transaction that only the leader with this generation gets.
    async fn fenced(&self, generation: u64) -> Result<Transaction, StoreError> {
        let transaction = self.strict(&[COMMANDS, META], Mode::Write).await?;
        let now = transaction.get(META, "generation").await?.as_f64().unwrap_or(0.0);
        outbox::check_fence(now as u64, generation).map_err(|_| StoreError::Fenced)?;
        Ok(transaction)
    }

    /// Remembers who is signed in.
    pub(crate) async fn set_actor(&self, actor: &Actor) -> Result<(), StoreError> {
        self.set_meta("actor", Some(json(actor))).await
    }

    async fn set_meta(&self, name: &str, value: Option<String>) -> Result<(), StoreError> {
        self.set(META, name, value.as_deref()).await
    }

    /// Keeps a half-written text, or lets it go.
    pub(crate) async fn set_draft(&self, name: &str, draft: Option<&str>) -> Result<(), StoreError> {
        self.set(DRAFTS, name, draft).await
    }

    async fn set(&self, store: &str, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.surely(async || {
            let mut transaction = self.strict(&[store], Mode::Write).await?;
            match value {
                Some(value) => transaction.put(store, &value.into(), Some(name))?,
                None => transaction.delete(store, name)?,
            }
            transaction.durable().await
        })
        .await?;
        self.keep_beside().await;
        Ok(())
    }
}

/// Appends an act in a transaction on acts and names; where it fails, the transaction is to be undone.
async fn append_in<M: Model>(
    transaction: &mut Transaction,
    acting: Option<&Actor>,
    draft: Draft<M>,
) -> Result<Append<M>, StoreError> {
    let last = transaction.get(META, COUNTER).await?.as_f64().unwrap_or(0.0);
    let acting = acting.map(|actor| &actor.account);
    let append = outbox::append(&kept::<M>(transaction).await?, last as u64, acting, draft);
    let append = append.map_err(|error| match error {
        AppendError::TooLarge(bytes) => StoreError::TooLarge(bytes),
        AppendError::Stays(why) => StoreError::Stays(why),
        AppendError::OtherPerson => StoreError::OtherPerson,
    })?;
    transaction.put(COMMANDS, &to_js(&append.record), None)?;
    if let Some(id) = append.delete {
        transaction.delete(COMMANDS, &id.to_string())?;
    }
    transaction.put(META, &JsValue::from_f64(last + 1.0), Some(COUNTER))?;
    Ok(append)
}

async fn kept<M: Model>(transaction: &Transaction) -> Result<Vec<Stored<M>>, StoreError> {
    Ok(readable(&transaction.all(COMMANDS).await?))
}

/// What does not even say which act it is stays where it is, for a release that knows better.
fn readable<M: Model>(records: &Array) -> Vec<Stored<M>> {
    records.iter().filter_map(|record| Stored::read(&json_of(&record)?).ok()).collect()
}

async fn loss(transaction: &Transaction) -> Result<Option<Loss>, StoreError> {
    let loss = transaction.get(META, "loss").await?;
    Ok(text(&loss).and_then(|text| serde_json::from_str(&text).ok()))
}

pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("what is kept is plain data")
}

async fn epoch(transaction: &Transaction) -> Result<Option<Epoch>, StoreError> {
    let epoch = transaction.get(META, "epoch").await?;
    Ok(text(&epoch).and_then(|text| text.parse().ok()))
}

pub(super) fn text(value: &JsValue) -> Option<String> {
    value.as_string()
}
