//! A profile's disk: what its browser keeps, in two databases as the real one does.
//!
//! A transaction is one call here, so it happens whole at one moment or not at all. The outbox is strict: what committed
//! is there after a power cut. The cache is relaxed: its last transactions may be gone then.

use std::collections::{BTreeMap, BTreeSet};

use domain::access;
use domain::account::GuestCommand;
use domain::account::guest::Secret;
use domain::trade::{Command, Trade};
use sync::cache::{self, CacheWrite, Claim, Mark, StoredRow};
use sync::outbox::{self, Append, AppendError, Draft, Fenced, Record, StayError, Stored};
use sync::{AccountId, Actor, CommandId, Epoch, Key, Role};

use crate::release::{self, Release};

/// What survives a crash.
#[derive(Default)]
pub struct Disk {
    records: BTreeMap<CommandId, Record<Trade>>,
    counter: u64,
    generation: u64,
    /// Who acts.
    pub actor: Option<Actor>,
    /// The secret of the device's guest, until somebody takes them over.
    guest: Option<Secret>,
    /// The guests of this device who were taken over, and by whom.
    taken: BTreeMap<AccountId, AccountId>,
    /// The last history that the outbox heard of.
    pub epoch: Option<Epoch>,
    cache: Rows,
    /// What the cache is without the writes that the power may take.
    flushed: Rows,
    unflushed: Vec<CacheWrite>,
}

/// The cache's database.
#[derive(Clone, Default)]
pub struct Rows {
    /// The rows.
    pub rows: BTreeMap<Key, StoredRow>,
    /// How far they were read.
    pub mark: Mark,
    /// The fence of whoever wrote them last, or means to.
    pub generation: u64,
}

impl Rows {
    fn write(&mut self, write: CacheWrite) {
        if write.anew {
            self.rows.clear();
        }
        for key in write.removes {
            self.rows.remove(&key);
        }
        for row in write.puts {
            self.rows.insert(row.key.clone(), row);
        }
        self.mark = write.mark;
    }
}

impl Disk {
    /// An empty disk on which `actor` is signed in.
    pub fn of(actor: Actor) -> Self {
        Self { actor: Some(actor), ..Self::default() }
    }

    /// The device's guest.
    pub fn guest(&self) -> Option<Actor> {
        self.guest.as_ref().map(actor_of)
    }

    /// Lets the device's guest act, where nobody does; one who is not there yet is `fresh`.
    pub fn begin_guest(&mut self, fresh: Secret) {
        if self.actor.is_none() {
            let guest = self.guest.get_or_insert(fresh);
            self.actor = Some(actor_of(guest));
        }
    }

    /// The act by which `person` has the device's guest.
    pub fn claim(&self) -> Option<Command> {
        let guest = self.guest.as_ref()?;
        Some(Command::Guest(GuestCommand::Claim { guest: guest.account(), proof: guest.proof() }))
    }

    fn guest_has_left(&self, release: Release) -> bool {
        self.guest.as_ref().is_none_or(|guest| outbox::has_left(self.kept(release), &guest.account()))
    }

    /// A person signs in, with `claim` in the guest's place; the act as it was appended. A guest of whom something may still
    /// leave is not ended.
    ///
    /// # Errors
    /// [`AppendError`]; nothing was written.
    pub fn sign_in(
        &mut self,
        person: Actor,
        claim: Option<Draft<Trade>>,
        release: Release,
    ) -> Result<Option<Append<Trade>>, AppendError> {
        let before = self.actor.replace(person);
        let Some(claim) = claim.filter(|_| self.guest_has_left(release)) else { return Ok(None) };
        let appended = self.append(claim, release);
        match appended {
            Ok(append) => {
                let guest = self.guest.take().map(|guest| guest.account());
                self.taken.extend(guest.zip(self.actor.as_ref().map(|actor| actor.account.clone())));
                Ok(Some(append))
            }
            Err(error) => {
                self.actor = before;
                Err(error)
            }
        }
    }

    /// Whoever acts is gone: the device's guest acts, unless it is they who went; they are forgotten, if nothing of theirs may
    /// still leave.
    pub fn sign_out(&mut self, release: Release) {
        let guest = self.guest();
        if self.actor != guest {
            self.actor = guest;
        } else if self.guest_has_left(release) {
            (self.actor, self.guest) = (None, None);
        }
    }

    /// The outbox as a transaction of a tab of `release` reads it.
    pub fn kept(&self, release: Release) -> Vec<Stored<Trade>> {
        self.records.values().map(|record| release::seen(record, release)).collect()
    }

    /// The record of an act.
    pub fn record(&self, id: CommandId) -> Option<&Record<Trade>> {
        self.records.get(&id)
    }

    /// All records.
    pub fn records(&self) -> impl Iterator<Item = &Record<Trade>> {
        self.records.values()
    }

    /// Appends an act: number, predecessor and record.
    ///
    /// # Errors
    /// [`AppendError`]; nothing was written.
    pub fn append(&mut self, draft: Draft<Trade>, release: Release) -> Result<Append<Trade>, AppendError> {
        let acting = self.actor.as_ref().map(|actor| &actor.account);
        let mut append = outbox::append(&self.kept(release), self.counter, acting, draft)?;
        self.counter += 1;
        let written = release::written(append.record, release);
        append.record = release::seen(&written, release).record().cloned().expect("a tab reads what it wrote");
        self.records.insert(written.id, written);
        if let Some(id) = append.delete {
            self.records.remove(&id);
        }
        Ok(append)
    }

    /// Takes an act back, with those that rest on it.
    ///
    /// # Errors
    /// [`StayError`]; nothing was deleted.
    pub fn withdraw(&mut self, id: CommandId, release: Release) -> Result<Vec<CommandId>, StayError> {
        let going = outbox::withdraw(&self.kept(release), id)?;
        going.iter().for_each(|id| {
            self.records.remove(id);
        });
        Ok(going)
    }

    /// Raises the fence.
    pub fn raise_fence(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    /// Who may write.
    pub fn fence(&self) -> u64 {
        self.generation
    }

    fn fenced(&self, mine: u64) -> Result<(), Fenced> {
        outbox::check_fence(self.generation, mine)
    }

    /// Stores new states of acts for the leader `generation`; the acts that were taken back meanwhile.
    ///
    /// # Errors
    /// [`Fenced`]; nothing was written.
    pub fn store(
        &mut self,
        generation: u64,
        records: Vec<Record<Trade>>,
        release: Release,
    ) -> Result<Vec<CommandId>, Fenced> {
        self.fenced(generation)?;
        let there: BTreeSet<CommandId> = self.records.keys().copied().collect();
        let store = outbox::store(&there, records);
        for record in store.puts {
            let lies = &self.records[&record.id];
            let seen = release::seen(lies, release);
            let same = seen.record().is_some_and(|seen| seen.bytes == record.bytes);
            assert!(same, "the bytes of {} were rewritten", record.id);
            let (format, bytes) = (lies.format, lies.bytes.clone());
            self.records.insert(record.id, Record { format, bytes, ..record });
        }
        Ok(store.gone)
    }

    /// Forgets acts whose time is over.
    ///
    /// # Errors
    /// [`Fenced`]; nothing was deleted.
    pub fn prune(&mut self, generation: u64, ids: &[CommandId]) -> Result<(), Fenced> {
        self.fenced(generation)?;
        self.records.retain(|id, _| !ids.contains(id));
        Ok(())
    }

    /// Remembers the history that was heard of.
    ///
    /// # Errors
    /// [`Fenced`]; nothing was written.
    pub fn set_epoch(&mut self, generation: u64, epoch: Epoch) -> Result<(), Fenced> {
        self.fenced(generation)?;
        self.epoch = Some(epoch);
        Ok(())
    }

    /// Forgets a person who was erased: that they act here, their acts and those of guests whom they took over. Whose acts went.
    pub fn forget(&mut self, account: &AccountId) -> Vec<AccountId> {
        let taken = self.taken.iter().filter(|(_, by)| *by == account).map(|(guest, _)| guest);
        let gone: Vec<AccountId> = taken.chain([account]).cloned().collect();
        self.records.retain(|_, record| !gone.contains(&record.account));
        if self.guest.as_ref().is_some_and(|guest| guest.account() == *account) {
            self.guest = None;
        }
        if self.actor.as_ref().is_some_and(|actor| actor.account == *account) {
            self.actor = None;
        }
        gone
    }

    // ---- the cache -------------------------------------------------------------------------------------------------

    /// The cache as a transaction reads it.
    pub fn cache(&self) -> &Rows {
        &self.cache
    }

    /// Raises the cache's fence: what an earlier leader still wants to write is refused from now on.
    pub fn claim_cache(&mut self, generation: u64) {
        self.cache.generation = generation;
        self.flushed.generation = generation;
    }

    /// Stores a frame's rows and its cursor for the leader `generation`, if its claim holds; or all of its rows, if it is gone.
    pub fn store_cache(&mut self, generation: u64, write: CacheWrite) -> Claim {
        let claim = cache::check_claim(self.cache.generation, generation);
        if claim == Claim::Holds || (claim == Claim::Gone && write.anew) {
            self.claim_cache(generation);
            self.unflushed.push(write.clone());
            self.cache.write(write);
            return Claim::Holds;
        }
        claim
    }

    /// What the cache was told is on the platters now.
    pub fn flush_cache(&mut self) {
        let unflushed = std::mem::take(&mut self.unflushed);
        unflushed.into_iter().for_each(|write| self.flushed.write(write));
    }

    /// The power goes; how many transactions of the cache went with it.
    pub fn lose_power(&mut self) -> usize {
        self.cache = self.flushed.clone();
        std::mem::take(&mut self.unflushed).len()
    }

    /// The browser throws the cache away.
    pub fn evict_cache(&mut self) {
        self.cache = Rows::default();
        self.flushed = Rows::default();
        self.unflushed.clear();
    }

    /// Something damages the row `key`: what is left of it can no longer be read.
    pub fn damage(&mut self, key: &Key) {
        for rows in [&mut self.cache, &mut self.flushed] {
            if let Some(row) = rows.rows.get_mut(key) {
                row.body.truncate(row.body.len() / 2);
            }
        }
    }
}

fn actor_of(guest: &Secret) -> Actor {
    Actor { account: guest.account(), role: Role::named(access::CUSTOMER) }
}
