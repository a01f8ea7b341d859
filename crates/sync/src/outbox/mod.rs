//! The outbox: acts that a person gave on this device, from the tap to the final word.
//!
//! A record is never dropped before it was answered, its bytes are never rewritten, and within a lane nothing overtakes.
//! Only a refusal from our own server that names the act ends it badly.

use std::collections::{BTreeMap, BTreeSet};

mod disk;
mod record;

use crate::protocol::{BATCH_BYTES_MAX, BATCH_COMMANDS_MAX, Holds, Outcome, Settled};
use crate::{AccountId, CommandId, Envelope, Key, Millis, Model, envelope};

pub use disk::{Append, AppendError, Fenced, StayError, Store, append, check_fence, has_left, store, withdraw};
pub use record::{Draft, Parked, Place, RECORD_FORMAT, Record, Stage, Stored, Strange};

/// The most acts that wait at once: two busy evenings without a network. Past it the app asks to reconnect.
pub const WAITING_MAX: usize = 512;

/// How long an act is kept after its final word, in milliseconds (30 days), so that a server restored from a backup can
/// be told again what it lost.
pub const SETTLED_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A record with its act, if this release can read it.
#[derive(Clone, Debug)]
pub struct Entry<M: Model> {
    /// As it is kept.
    pub record: Record<M>,
    /// What it says; `None` for what this release cannot read.
    pub envelope: Option<Envelope<M::Command>>,
}

/// All acts of this device that are still kept, by number.
#[derive(Clone, Debug)]
pub struct Outbox<M: Model> {
    entries: BTreeMap<u64, Entry<M>>,
    strange: BTreeMap<u64, Strange>,
    numbers: BTreeMap<CommandId, u64>,
}

impl<M: Model> Default for Outbox<M> {
    fn default() -> Self {
        Self { entries: BTreeMap::new(), strange: BTreeMap::new(), numbers: BTreeMap::new() }
    }
}

impl<M: Model> Outbox<M> {
    /// The outbox that consists of what was kept.
    pub fn load(kept: impl IntoIterator<Item = Stored<M>>) -> Self {
        let mut outbox = Self::default();
        kept.into_iter().for_each(|kept| outbox.take_in(kept));
        outbox
    }

    /// Becomes what was read from the device's storage. An act's bytes never change, so what is known is not read again.
    pub fn reload(&mut self, kept: impl IntoIterator<Item = Stored<M>>) {
        let mut known = std::mem::take(self);
        for kept in kept {
            let seq = kept.place().0;
            let entry = known.entries.remove(&seq).filter(|entry| entry.record.id == kept.id());
            self.entries.extend(entry.map(|entry| (seq, entry)));
            self.take_in(kept);
        }
    }

    /// Takes in what was read from the device's storage.
    pub fn take_in(&mut self, kept: Stored<M>) {
        match kept {
            Stored::Record(record) => self.put(record),
            Stored::Strange(strange) => {
                self.strange.insert(strange.seq, strange);
            }
        }
    }

    /// Takes a record in, or its newer state.
    pub fn put(&mut self, record: Record<M>) {
        let known = self.entries.remove(&record.seq).filter(|entry| entry.record.id == record.id);
        // Its bytes never change, so they are read once.
        let envelope = known.map_or_else(|| envelope::read::<M>(&record.bytes).ok(), |entry| entry.envelope);
        self.numbers.insert(record.id, record.seq);
        self.entries.insert(record.seq, Entry { record, envelope });
    }

    /// Forgets an act.
    pub fn remove(&mut self, id: CommandId) {
        if let Some(seq) = self.numbers.remove(&id) {
            self.entries.remove(&seq);
        }
    }

    /// Whose acts lie here, each once, also of those that this release cannot read.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountId> {
        let read = self.entries.values().map(|entry| &entry.record.account);
        let accounts: BTreeSet<_> = read.chain(self.strange.values().map(|strange| &strange.account)).collect();
        accounts.into_iter()
    }

    /// All acts, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry<M>> {
        self.entries.values()
    }

    /// The act `id`.
    pub fn get(&self, id: CommandId) -> Option<&Entry<M>> {
        self.entries.get(self.numbers.get(&id)?)
    }

    /// Acts that this release cannot read, oldest first: records of a newer format, and acts in a newer one's words.
    pub fn unreadable(&self) -> impl Iterator<Item = CommandId> {
        let mute = self.entries.values().filter(|entry| entry.envelope.is_none()).map(|entry| entry.record.id);
        self.strange.values().map(|strange| strange.id).chain(mute)
    }

    /// The acts that go when `id` is taken back: it, and those that rest on it. It may be taken back only while none of
    /// them has left.
    ///
    /// # Errors
    /// [`StayError`].
    pub fn withdrawal(&self, id: CommandId) -> Result<Vec<CommandId>, StayError> {
        let records = self.entries.values().map(|entry| Stored::Record(entry.record.clone()));
        let kept: Vec<_> = records.chain(self.strange.values().cloned().map(Stored::Strange)).collect();
        withdraw(&kept, id)
    }

    /// How many acts still have to reach the server, whoever they are of, and when the oldest of them was made.
    pub fn all_waiting(&self) -> (usize, Option<Millis>) {
        let waiting = || self.entries.values().filter(|entry| entry.record.stage.is_waiting());
        let made = |entry: &Entry<M>| entry.envelope.as_ref().map_or(entry.record.changed_at, |it| it.acted_at);
        (waiting().count() + self.strange.len(), waiting().map(made).min())
    }

    /// How many acts of `account` still have to reach the server.
    pub fn waiting(&self, account: &AccountId) -> usize {
        let strange = self.strange.values().filter(|strange| strange.account == *account).count();
        strange + self.of(account).filter(|entry| entry.record.stage.is_waiting()).count()
    }

    /// Whether nothing of what `account` did may still leave: what waits, if anything does, waits for a decision. What this
    /// release cannot read, and what the server does not know yet, may leave by another one.
    pub fn has_left(&self, account: &AccountId) -> bool {
        let for_a_release = |entry: &Entry<M>| {
            let is_unknown = entry.record.parked == Some(Parked::UnknownCommand);
            entry.record.stage.is_waiting() && (entry.envelope.is_none() || is_unknown)
        };
        let strange = self.strange.values().any(|strange| strange.account == *account);
        !strange && !self.of(account).any(for_a_release) && self.next_batch(account, 1, |_| false).is_empty()
    }

    /// The acts of `account` that left and have no final word, the oldest first; as many as one hello may ask about.
    pub fn unsettled(&self, account: &AccountId) -> Vec<CommandId> {
        let asks = |record: &Record<M>| match record.stage {
            Stage::Sent | Stage::Accepted | Stage::Asked => true,
            Stage::NeedsYou => record.parked == Some(Parked::UnreadableAnswer),
            // Opened again: another history may have it all the same.
            Stage::Saved => record.left,
            Stage::Done | Stage::Refused => false,
        };
        let unsettled = self.of(account).filter(|entry| asks(&entry.record)).map(|entry| entry.record.id);
        unsettled.take(WAITING_MAX).collect()
    }

    /// The highest number that an act here has.
    pub fn last(&self) -> u64 {
        self.entries.keys().chain(self.strange.keys()).max().copied().unwrap_or(0)
    }

    /// What the server is to know that this device holds.
    pub fn holds(&self, account: &AccountId) -> Holds {
        let open = self.of(account).filter(|entry| entry.record.stage.is_waiting()).map(|entry| entry.record.id);
        Holds { seq: self.last(), open: open.take(WAITING_MAX).collect() }
    }

    fn of(&self, account: &AccountId) -> impl Iterator<Item = &Entry<M>> {
        self.entries.values().filter(move |entry| entry.record.account == *account)
    }

    /// The acts of `account` to send next, oldest first, at most `commands_max`: from each lane those that nothing before
    /// them holds up. `resting` are to be left for later, and hold up what comes after them.
    pub fn next_batch(
        &self,
        account: &AccountId,
        commands_max: usize,
        resting: impl Fn(CommandId) -> bool,
    ) -> Vec<CommandId> {
        let strange = self.strange.values().filter(|strange| strange.account == *account);
        let mut held_lanes: BTreeSet<&Key> = strange.clone().map(|strange| &strange.lane).collect();
        let mut held: BTreeSet<CommandId> = strange.map(|strange| strange.id).collect();
        let (mut ids, mut bytes) = (vec![], 0);
        for Entry { record, envelope } in self.of(account) {
            if !record.stage.is_waiting() {
                continue;
            }
            let readable = envelope.as_ref().filter(|envelope| !envelope.after.iter().any(|id| held.contains(id)));
            let fits =
                ids.len() < commands_max.min(BATCH_COMMANDS_MAX) && bytes + record.bytes.len() <= BATCH_BYTES_MAX;
            let free = record.stage != Stage::NeedsYou && !resting(record.id) && !held_lanes.contains(&record.lane);
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
            (Outcome::Unreadable, Stage::Saved | Stage::Sent) => {
                record.stage = Stage::NeedsYou;
                record.parked = Some(Parked::UnreadableAnswer);
            }
            _ => {}
        })
    }

    /// Notes the final word on an act that came with the feed, and where the row of its lane stands with it.
    pub fn acked(
        &mut self,
        id: CommandId,
        settled: &Settled<M>,
        shown_by: Option<Place>,
        now: Millis,
    ) -> Vec<Record<M>> {
        if *settled == Settled::Unknown {
            return self.unheard_of(id, now);
        }
        self.update(&[id], now, |record| match settled {
            Settled::Done => {
                record.stage = Stage::Done;
                record.shown_by = shown_by;
                record.parked = None;
            }
            Settled::Asked if !record.stage.is_settled() => {
                record.stage = Stage::Asked;
                record.parked = None;
            }
            Settled::Refused(reason) => {
                record.stage = Stage::Refused;
                record.reason = Some(reason.clone());
                record.parked = None;
            }
            Settled::Unreadable if !record.stage.is_settled() => {
                record.stage = Stage::NeedsYou;
                record.parked = Some(Parked::UnreadableAnswer);
            }
            Settled::Asked | Settled::Unknown | Settled::Unreadable => {}
        })
    }

    /// The server has never heard of an act: it is to be sent again, with all that it rests on. Whoever gave those their
    /// final word was another server, or the same one in another history.
    fn unheard_of(&mut self, id: CommandId, now: Millis) -> Vec<Record<M>> {
        let open = |record: &Record<M>| !record.stage.is_settled() && record.stage != Stage::NeedsYou;
        if !self.get(id).is_some_and(|entry| open(&entry.record)) {
            return vec![];
        }
        let mut ids = BTreeSet::from([id]);
        for entry in self.entries.values().rev().filter(|entry| entry.envelope.is_some()) {
            if ids.contains(&entry.record.id) {
                ids.extend(entry.envelope.iter().flat_map(|envelope| &envelope.after));
            }
        }
        let ids: Vec<_> = ids.into_iter().collect();
        self.update(&ids, now, |record| {
            if record.stage != Stage::NeedsYou {
                record.stage = Stage::Saved;
                record.reason = None;
            }
        })
    }

    /// The server took these rows away from `account`: what it did to them is not to be shown without them.
    pub fn rows_gone(&mut self, keys: &[Key], account: &AccountId, now: Millis) -> Vec<Record<M>> {
        let shown = |record: &Record<M>| record.shown_by.is_some() && keys.contains(&record.lane);
        let ids: Vec<_> = self.of(account).map(|it| &it.record).filter(|it| shown(it)).map(|it| it.id).collect();
        self.update(&ids, now, |record| record.shown_by = None)
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

    /// Another history begins: whatever the old one said it had may be lost, so all of it is to be said again. A refusal
    /// stands, unless something open rests on it: that would wait for ever for a word on an act nobody has heard of.
    pub fn reopen(&mut self, now: Millis) -> Vec<Record<M>> {
        let mut ids: BTreeSet<CommandId> = BTreeSet::new();
        for entry in self.entries.values().rev() {
            let id = entry.record.id;
            if entry.record.stage != Stage::Refused || ids.contains(&id) {
                ids.insert(id);
                ids.extend(entry.envelope.iter().flat_map(|envelope| &envelope.after));
            }
        }
        let ids: Vec<_> = ids.into_iter().collect();
        self.update(&ids, now, |record| {
            if !matches!(record.stage, Stage::Saved | Stage::NeedsYou) {
                record.stage = Stage::Saved;
                record.reason = None;
            }
        })
    }

    /// Acts whose final word is older than they are kept for, and on which nothing open rests.
    pub fn expired(&self, now: Millis) -> Vec<CommandId> {
        let open = self.entries.values().filter(|entry| !entry.record.stage.is_settled());
        let needed: BTreeSet<_> = open.filter_map(|entry| entry.envelope.as_ref()).flat_map(|act| &act.after).collect();
        let old = |record: &Record<M>| {
            record.stage.is_settled() && now - record.changed_at > SETTLED_KEPT_MS && !needed.contains(&record.id)
        };
        self.entries.values().filter(|entry| old(&entry.record)).map(|entry| entry.record.id).collect()
    }

    fn update(&mut self, ids: &[CommandId], now: Millis, mut change: impl FnMut(&mut Record<M>)) -> Vec<Record<M>> {
        let mut changed = vec![];
        for seq in ids.iter().filter_map(|id| self.numbers.get(id)) {
            let Some(entry) = self.entries.get_mut(seq) else { continue };
            let before = entry.record.clone();
            change(&mut entry.record);
            if entry.record != before {
                // How long a final word is kept counts from the word, not from what is noted of it later.
                if entry.record.stage != before.stage || !before.stage.is_settled() {
                    entry.record.changed_at = now;
                }
                changed.push(entry.record.clone());
            }
        }
        changed
    }
}
