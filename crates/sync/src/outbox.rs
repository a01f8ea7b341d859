//! The outbox: acts that a person gave on this device, from the tap to the final word.
//!
//! A record is never dropped before it was answered, its bytes are never rewritten, and within a lane nothing overtakes.
//! Only a refusal from our own server that names the act ends it badly.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::envelope::FORMAT;
use crate::protocol::{BATCH_BYTES_MAX, BATCH_COMMANDS_MAX, COMMAND_BYTES_MAX, Outcome, Settled};
use crate::{AccountId, Act, CommandId, DeviceId, Envelope, Key, Millis, Model, Reason, Saw};

/// The most acts that wait at once: two evenings of a busy kitchen without a network. Past it the app asks to reconnect.
pub const WAITING_MAX: usize = 512;

/// How long an act is kept after its final word, in milliseconds (30 days), so that a server restored from a backup can
/// be told again what it lost.
pub const SETTLED_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Durable on this device; it has not left.
    Saved,
    /// It has left, and may have arrived.
    Sent,
    /// Durable on the server; what it changed is not on this device yet.
    Accepted,
    /// The server passed it on as a question; the answer is not here yet.
    Asked,
    /// It happened, and the rows on this device show it.
    Done,
    /// It will not happen.
    Refused,
    /// The server cannot take it as it is. It waits for the person, or for an update.
    NeedsYou,
}

impl Stage {
    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Asked => "asked",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::NeedsYou => "needs-you",
        }
    }

    /// Whether it still has to reach the server.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Saved | Self::Sent | Self::NeedsYou)
    }

    /// Whether the final word is here.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Refused)
    }
}

/// Why an act needs its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parked {
    /// The server does not know this command; a newer one may.
    UnknownCommand,
    /// The server has another act under the same name.
    IdReused,
    /// The server cannot read it.
    Malformed,
    /// It is larger than the server takes.
    TooLarge,
}

/// An act as it is kept: the bytes to be sent, and how far they have come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Record<M: Model> {
    /// The act.
    pub id: CommandId,
    /// Its place among the acts of this device.
    pub seq: u64,
    /// Whose it is; nobody else's session sends it.
    pub account: AccountId,
    /// What it is for.
    pub lane: Key,
    /// How far it has come.
    pub stage: Stage,
    /// Whether it was ever marked as sent. What never left may be taken back without a trace.
    pub left: bool,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason<M>>,
    /// Why it needs its person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked: Option<Parked>,
    /// When the stage changed last, by the device's clock.
    pub changed_at: Millis,
    /// An [`Envelope`] as JSON, exactly as it travels.
    pub bytes: String,
}

/// An act before it has its number: what the append transaction completes.
#[derive(Clone, Debug)]
pub struct Draft<M: Model> {
    pub(crate) id: CommandId,
    pub(crate) device: DeviceId,
    pub(crate) account: AccountId,
    pub(crate) lane: Key,
    pub(crate) saw: Option<Saw>,
    pub(crate) acted_at: Millis,
    pub(crate) valid_for_ms: Option<u64>,
    pub(crate) resolves: Option<CommandId>,
    pub(crate) act: Act<M::Command>,
}

impl<M: Model> Draft<M> {
    /// The act's name.
    pub fn id(&self) -> CommandId {
        self.id
    }

    /// The aggregate it is for.
    pub fn lane(&self) -> &Key {
        &self.lane
    }

    /// The record to be stored. `seq` and `before`, the open act of the same lane with the highest number, are read in
    /// the same transaction that stores it, so that two tabs cannot take the same number or miss each other.
    ///
    /// # Errors
    /// The act is larger than one act may be; the number of bytes.
    pub fn seal(self, seq: u64, before: Option<CommandId>) -> Result<Record<M>, usize> {
        let envelope = Envelope {
            format: FORMAT,
            id: self.id,
            device: self.device,
            seq,
            account: self.account.clone(),
            lane: self.lane.clone(),
            saw: self.saw,
            after: before.into_iter().collect(),
            acted_at: self.acted_at,
            valid_for_ms: self.valid_for_ms,
            resolves: self.resolves,
            act: self.act,
        };
        let bytes = serde_json::to_string(&envelope).expect("an envelope is plain data");
        if bytes.len() > COMMAND_BYTES_MAX {
            return Err(bytes.len());
        }
        Ok(Record {
            id: self.id,
            seq,
            account: self.account,
            lane: self.lane,
            stage: Stage::Saved,
            left: false,
            reason: None,
            parked: None,
            changed_at: self.acted_at,
            bytes,
        })
    }
}

/// The open act of the draft's lane and account with the highest number among `records`: what the draft comes after.
pub fn lane_end<'a, M: Model>(records: impl IntoIterator<Item = &'a Record<M>>, draft: &Draft<M>) -> Option<CommandId> {
    // Another person's acts are sealed: an act that waited for one of them would wait for ever.
    let same = |record: &&Record<M>| record.lane == draft.lane && record.account == draft.account;
    let open = records.into_iter().filter(same).filter(|record| !record.stage.is_settled());
    open.max_by_key(|record| record.seq).map(|record| record.id)
}

/// A record with its act, if this release can read it.
#[derive(Clone, Debug)]
pub struct Entry<M: Model> {
    /// As it is kept.
    pub record: Record<M>,
    /// What it says; `None` for a format newer than this release.
    pub envelope: Option<Envelope<M::Command>>,
}

/// All acts of this device that are still kept, by number.
#[derive(Clone, Debug)]
pub struct Outbox<M: Model> {
    entries: BTreeMap<u64, Entry<M>>,
}

impl<M: Model> Default for Outbox<M> {
    fn default() -> Self {
        Self { entries: BTreeMap::new() }
    }
}

impl<M: Model> Outbox<M> {
    /// The outbox that consists of `records`.
    pub fn load(records: impl IntoIterator<Item = Record<M>>) -> Self {
        let mut outbox = Self::default();
        records.into_iter().for_each(|record| outbox.put(record));
        outbox
    }

    /// Takes a record in, or its newer state.
    pub fn put(&mut self, record: Record<M>) {
        let envelope = serde_json::from_str::<Envelope<M::Command>>(&record.bytes).ok();
        let envelope = envelope.filter(|envelope| envelope.format <= FORMAT);
        self.entries.insert(record.seq, Entry { record, envelope });
    }

    /// Forgets an act.
    pub fn remove(&mut self, id: CommandId) {
        self.entries.retain(|_, entry| entry.record.id != id);
    }

    /// All acts, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry<M>> {
        self.entries.values()
    }

    /// The act `id`.
    pub fn get(&self, id: CommandId) -> Option<&Entry<M>> {
        self.entries.values().find(|entry| entry.record.id == id)
    }

    /// How many acts of `account` still have to reach the server.
    pub fn waiting(&self, account: &AccountId) -> usize {
        self.of(account).filter(|entry| entry.record.stage.is_waiting()).count()
    }

    /// The acts of `account` that left and have no final word, the oldest first; as many as one hello may ask about.
    pub fn unsettled(&self, account: &AccountId) -> Vec<CommandId> {
        let left = |stage| matches!(stage, Stage::Sent | Stage::Accepted | Stage::Asked);
        let unsettled = self.of(account).filter(|entry| left(entry.record.stage)).map(|entry| entry.record.id);
        unsettled.take(WAITING_MAX).collect()
    }

    fn of(&self, account: &AccountId) -> impl Iterator<Item = &Entry<M>> {
        self.entries.values().filter(move |entry| entry.record.account == *account)
    }

    /// The acts of `account` to send next, oldest first, at most `commands_max`: from each lane those that nothing before
    /// them holds up.
    pub fn next_batch(&self, account: &AccountId, commands_max: usize) -> Vec<CommandId> {
        let mut held_lanes: BTreeSet<&Key> = BTreeSet::new();
        let mut held: BTreeSet<CommandId> = BTreeSet::new();
        let (mut ids, mut bytes) = (vec![], 0);
        for Entry { record, envelope } in self.of(account) {
            if !record.stage.is_waiting() {
                continue;
            }
            let readable = envelope.as_ref().filter(|envelope| !envelope.after.iter().any(|id| held.contains(id)));
            let fits =
                ids.len() < commands_max.min(BATCH_COMMANDS_MAX) && bytes + record.bytes.len() <= BATCH_BYTES_MAX;
            let free = record.stage != Stage::NeedsYou && !held_lanes.contains(&record.lane);
            if readable.is_some() && fits && free {
                bytes += record.bytes.len();
                ids.push(record.id);
            } else {
                held_lanes.insert(&record.lane);
                held.insert(record.id);
            }
        }
        ids
    }

    /// Marks acts as sent; returns the records to be stored before they leave.
    pub fn mark_sent(&mut self, ids: &[CommandId], now: Millis) -> Vec<Record<M>> {
        let fresh = |record: &Record<M>| record.stage == Stage::Saved;
        self.update(ids, now, |record| {
            if fresh(record) {
                record.stage = Stage::Sent;
                record.left = true;
            }
        })
    }

    /// Notes the server's answer to one act. It moves a stage and never removes an accepted act from the screen.
    pub fn answered(&mut self, id: CommandId, outcome: &Outcome<M>, now: Millis) -> Vec<Record<M>> {
        self.update(&[id], now, |record| match (outcome, record.stage) {
            (Outcome::Accepted | Outcome::Asked, Stage::Saved | Stage::Sent | Stage::NeedsYou) => {
                record.stage = Stage::Accepted;
                record.parked = None;
            }
            (Outcome::Refused(reason), stage) if !stage.is_settled() => {
                record.stage = Stage::Refused;
                record.reason = Some(reason.clone());
            }
            (Outcome::UnknownCommand, Stage::Saved | Stage::Sent) => {
                record.stage = Stage::NeedsYou;
                record.parked = Some(Parked::UnknownCommand);
            }
            _ => {}
        })
    }

    /// Notes the final word on an act that came with the feed.
    pub fn acked(&mut self, id: CommandId, settled: &Settled<M>, now: Millis) -> Vec<Record<M>> {
        self.update(&[id], now, |record| match settled {
            Settled::Done => {
                record.stage = Stage::Done;
                record.parked = None;
            }
            Settled::Asked if !record.stage.is_settled() => record.stage = Stage::Asked,
            Settled::Refused(reason) => {
                record.stage = Stage::Refused;
                record.reason = Some(reason.clone());
            }
            Settled::Unknown if !record.stage.is_settled() && record.stage != Stage::NeedsYou => {
                record.stage = Stage::Saved;
            }
            Settled::Asked | Settled::Unknown => {}
        })
    }

    /// Sets an act aside for its person.
    pub fn park(&mut self, id: CommandId, why: Parked, now: Millis) -> Vec<Record<M>> {
        self.update(&[id], now, |record| {
            if !record.stage.is_settled() {
                record.stage = Stage::NeedsYou;
                record.parked = Some(why);
            }
        })
    }

    /// Lets a parked act try again.
    pub fn unpark(&mut self, id: CommandId, now: Millis) -> Vec<Record<M>> {
        self.update(&[id], now, |record| {
            if record.stage == Stage::NeedsYou {
                record.stage = Stage::Saved;
                record.parked = None;
            }
        })
    }

    /// Another history begins: whatever the old one said it had may be lost, so all of it is to be said again.
    pub fn reopen(&mut self, now: Millis) -> Vec<Record<M>> {
        let ids: Vec<_> = self.entries.values().map(|entry| entry.record.id).collect();
        self.update(&ids, now, |record| {
            if matches!(record.stage, Stage::Sent | Stage::Accepted | Stage::Asked | Stage::Done) {
                record.stage = Stage::Saved;
            }
        })
    }

    /// Acts whose final word is older than they are kept for.
    pub fn expired(&self, now: Millis) -> Vec<CommandId> {
        let old = |record: &Record<M>| record.stage.is_settled() && now - record.changed_at > SETTLED_KEPT_MS;
        self.entries.values().filter(|entry| old(&entry.record)).map(|entry| entry.record.id).collect()
    }

    fn update(&mut self, ids: &[CommandId], now: Millis, mut change: impl FnMut(&mut Record<M>)) -> Vec<Record<M>> {
        let mut changed = vec![];
        for entry in self.entries.values_mut().filter(|entry| ids.contains(&entry.record.id)) {
            let before = entry.record.clone();
            change(&mut entry.record);
            if entry.record != before {
                entry.record.changed_at = now;
                changed.push(entry.record.clone());
            }
        }
        changed
    }
}
