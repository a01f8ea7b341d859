//! The outbox's own database. Nothing here can be evicted with the cache, because the cache's code cannot name it.

use sync::outbox::{Draft, Record, lane_end};
use sync::{Actor, CommandId, DeviceId, Model};
use uuid::Uuid;
use wasm_bindgen::JsValue;

use super::idb::{Database, Mode, StoreShape, Transaction};
use super::{StoreError, json_of, to_js};

const COMMANDS: &str = "commands";
const META: &str = "meta";
const DRAFTS: &str = "drafts";

const SHAPE: &[StoreShape] = &[
    StoreShape { name: COMMANDS, key_path: Some("id") },
    StoreShape { name: META, key_path: None },
    StoreShape { name: DRAFTS, key_path: None },
];

/// The acts of this device, its name, who is signed in, and what is half-written.
pub(crate) struct OutboxStore {
    database: Database,
}

/// What the outbox held when it was opened.
pub(crate) struct Opened<M: Model> {
    pub(crate) device: DeviceId,
    pub(crate) actor: Option<Actor>,
    pub(crate) records: Vec<Record<M>>,
    pub(crate) drafts: Vec<(String, String)>,
}

impl OutboxStore {
    pub(crate) fn new(prefix: &str) -> Self {
        Self { database: Database::new(format!("{prefix}-outbox"), SHAPE) }
    }

    /// Reads everything; names the device if it has no name yet.
    pub(crate) async fn open<M: Model>(&self, fresh: DeviceId) -> Result<Opened<M>, StoreError> {
        let transaction = self.database.strict(&[COMMANDS, META, DRAFTS], Mode::Write).await?;
        let device = match text(&transaction.get(META, "device").await?).and_then(|text| text.parse::<Uuid>().ok()) {
            Some(device) => DeviceId(device),
            None => {
                transaction.put(META, &fresh.to_string().into(), Some("device"))?;
                fresh
            }
        };
        let actor = text(&transaction.get(META, "actor").await?);
        let actor = actor.and_then(|text| serde_json::from_str(&text).ok());
        let records = records(&transaction).await?;
        let names = transaction.all_keys(DRAFTS).await?;
        let texts = transaction.all(DRAFTS).await?;
        let drafts = names.iter().zip(texts.iter()).filter_map(|(name, draft)| Some((text(&name)?, text(&draft)?)));
        let drafts = drafts.collect();
        transaction.durable().await?;
        Ok(Opened { device, actor, records, drafts })
    }

    /// All acts, as another tab may have left them.
    pub(crate) async fn records<M: Model>(&self) -> Result<Vec<Record<M>>, StoreError> {
        let transaction = self.database.strict(&[COMMANDS], Mode::Read).await?;
        records(&transaction).await
    }

    /// Who is signed in, as another tab may have left it.
    pub(crate) async fn actor(&self) -> Result<Option<Actor>, StoreError> {
        let transaction = self.database.strict(&[META], Mode::Read).await?;
        let actor = text(&transaction.get(META, "actor").await?);
        Ok(actor.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Appends an act under the device's next number, after the last open act of its lane. When this returns it is on
    /// the disk.
    pub(crate) async fn append<M: Model>(&self, draft: Draft<M>) -> Result<Record<M>, StoreError> {
        let transaction = self.database.strict(&[COMMANDS, META], Mode::Write).await?;
        let last = transaction.get(META, "counter").await?.as_f64().unwrap_or(0.0);
        let before = lane_end(&records::<M>(&transaction).await?, &draft);
        let record = match draft.seal(last as u64 + 1, before) {
            Ok(record) => record,
            Err(bytes) => {
                transaction.abort();
                return Err(StoreError::TooLarge(bytes));
            }
        };
        transaction.put(COMMANDS, &to_js(&record), None)?;
        transaction.put(META, &JsValue::from_f64(last + 1.0), Some("counter"))?;
        transaction.durable().await?;
        Ok(record)
    }

    /// Raises the fence: what an earlier leader still wants to write is refused from now on.
    pub(crate) async fn claim(&self) -> Result<u64, StoreError> {
        let transaction = self.database.strict(&[META], Mode::Write).await?;
        let generation = transaction.get(META, "generation").await?.as_f64().unwrap_or(0.0) + 1.0;
        transaction.put(META, &JsValue::from_f64(generation), Some("generation"))?;
        transaction.durable().await?;
        Ok(generation as u64)
    }

    /// Stores new states of acts, and forgets others, if this tab still leads.
    pub(crate) async fn store<M: Model>(
        &self,
        generation: u64,
        records: &[Record<M>],
        prune: &[CommandId],
    ) -> Result<(), StoreError> {
        let transaction = self.database.strict(&[COMMANDS, META], Mode::Write).await?;
        if transaction.get(META, "generation").await?.as_f64() != Some(generation as f64) {
            transaction.abort();
            return Err(StoreError::Fenced);
        }
        for record in records {
            transaction.put(COMMANDS, &to_js(record), None)?;
        }
        for id in prune {
            transaction.delete(COMMANDS, &id.to_string())?;
        }
        transaction.durable().await
    }

    /// Remembers who is signed in.
    pub(crate) async fn set_actor(&self, actor: Option<&Actor>) -> Result<(), StoreError> {
        let transaction = self.database.strict(&[META], Mode::Write).await?;
        match actor {
            Some(actor) => {
                let text = serde_json::to_string(actor).expect("an actor is plain data");
                transaction.put(META, &text.into(), Some("actor"))?;
            }
            None => transaction.delete(META, "actor")?,
        }
        transaction.durable().await
    }

    /// Keeps a half-written text, or lets it go.
    pub(crate) async fn set_draft(&self, name: &str, draft: Option<&str>) -> Result<(), StoreError> {
        let transaction = self.database.strict(&[DRAFTS], Mode::Write).await?;
        match draft {
            Some(draft) => transaction.put(DRAFTS, &draft.into(), Some(name))?,
            None => transaction.delete(DRAFTS, name)?,
        }
        transaction.durable().await
    }
}

async fn records<M: Model>(transaction: &Transaction) -> Result<Vec<Record<M>>, StoreError> {
    let all = transaction.all(COMMANDS).await?;
    // A record that this release cannot read is left where it is, for the release that can.
    Ok(all.iter().filter_map(|record| serde_json::from_str(&json_of(&record)?).ok()).collect())
}

fn text(value: &JsValue) -> Option<String> {
    value.as_string()
}
