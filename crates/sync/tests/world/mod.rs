//! A small world to tell stories in: a device with its disk, what a server says to it, and a trade.

#![allow(dead_code, unused_imports, reason = "each story uses the part it needs")]

mod notes;
mod wire;

use std::collections::BTreeMap;

use sync::cache::{CacheWrite, Mark};
use sync::client::{ActError, Client, Kept, Output, SendError, Standing, StoreEnd};
use sync::outbox::{self, AppendError, Record, Stage, StayError, Stored};
use sync::protocol::{Answered, Batch, BatchAnswer, Beat, Fault, Frame, Hello, Outcome, ServerMessage};
use sync::{AccountId, Act, CommandId, DeviceId, Epoch, Millis, Position};
use uuid::Uuid;

pub use notes::{COVER, Command, Event, Note, Notes, Refusal, actor, note_key};
pub use wire::{change, change_to, epoch, first, frame, fresh, mark, removal, restored, stored_row};

/// A device with its disk: what was asked to be stored is stored when the story says so.
pub struct Device {
    pub client: Client<Notes>,
    pub disk: Vec<Record<Notes>>,
    pub now: Millis,
    pub posted: Vec<Batch>,
    pub turn: u64,
    pub hellos: Vec<Hello>,
    pub stores: Vec<Vec<Record<Notes>>>,
    pub opened: u32,
    pub wake_at: Option<Millis>,
    ids: u128,
    /// Whether stores become durable at once.
    pub quick_disk: bool,
    /// Whether beats come.
    pub server_speaks: bool,
    /// How often it was asked whether requests pass.
    pub probes: u32,
    /// Requests for the feed that left, each with its number.
    pub polls: Vec<(u64, Hello)>,
    /// What a leading tab told the others.
    pub told_tabs: Vec<Standing>,
    /// How often the lead was asked for by force.
    /// Who is to be forgotten.
    pub forgets: Vec<AccountId>,
    pub steals: u32,
    pub reports: Vec<Fault>,
    /// The history that is kept beside the acts.
    pub epoch: Option<Epoch>,
    /// What the disk was asked to write of the cache.
    pub cache_writes: Vec<CacheWrite>,
}

impl Device {
    pub fn new() -> Self {
        Self::with(vec![])
    }

    /// The device after a restart: the acts that were on the disk, and no memory. The cache was thrown away.
    pub fn restarted(&self) -> Self {
        self.restarted_with_rows(0)
    }

    /// The device after the power went: of its cache the disk has only the first `writes`.
    pub fn restarted_with_rows(&self, writes: usize) -> Self {
        let (mut rows, mut mark) = (BTreeMap::new(), Mark::default());
        for write in &self.cache_writes[..writes] {
            rows.extend(write.puts.iter().map(|row| (row.key.clone(), row.clone())));
            rows.retain(|key, _| !write.removes.contains(key));
            mark.clone_from(&write.mark);
        }
        let rows = rows.into_values().collect();
        let kept = Kept { rows, mark, ..kept(self.kept(), self.epoch) };
        Self { ids: self.ids, ..Self::started(self.disk.clone(), kept, self.now) }
    }

    fn with(records: Vec<Record<Notes>>) -> Self {
        let kept = records.iter().cloned().map(Stored::Record).collect();
        Self::with_kept(records, kept, None)
    }

    /// A device whose disk holds `kept`, of which it can read `records`.
    pub fn with_kept(records: Vec<Record<Notes>>, outbox: Vec<Stored<Notes>>, epoch: Option<Epoch>) -> Self {
        Self::started(records, kept(outbox, epoch), 0)
    }

    /// A device that starts at `now` from what it has kept.
    pub fn started(records: Vec<Record<Notes>>, kept: Kept<Notes>, now: Millis) -> Self {
        Self {
            epoch: kept.epoch,
            client: Client::new(kept, Box::new(|_, _| None), 42, now),
            disk: records,
            now,
            posted: vec![],
            turn: 0,
            hellos: vec![],
            stores: vec![],
            opened: 0,
            wake_at: None,
            ids: 0,
            quick_disk: true,
            server_speaks: false,
            probes: 0,
            polls: vec![],
            told_tabs: vec![],
            forgets: vec![],
            steals: 0,
            reports: vec![],
            cache_writes: vec![],
        }
    }

    /// The device leads and has not heard of the server.
    pub fn leads(mut self) -> Self {
        self.told(|client, now| client.lead(now));
        self
    }

    /// The device leads, and the server speaks to it from now on.
    pub fn linked(self) -> Self {
        let mut device = self.leads();
        device.links(fresh(0, vec![]));
        device.server_speaks = true;
        device
    }

    pub fn told(&mut self, tell: impl FnOnce(&mut Client<Notes>, Millis)) {
        tell(&mut self.client, self.now);
        while let Some(output) = self.client.poll() {
            match output {
                Output::StoreOutbox(records) => self.stores.push(records),
                Output::Post(turn, batch) => {
                    self.turn = turn;
                    self.posted.push(batch);
                }
                Output::SendHello(hello) => self.hellos.push(hello),
                Output::OpenLink => self.opened += 1,
                Output::Probe => self.probes += 1,
                Output::Poll(turn, hello) => self.polls.push((turn, hello)),
                Output::TellTabs(standing) => self.told_tabs.push(standing),
                Output::Forget(account) => self.forgets.push(account),
                Output::StealLead => self.steals += 1,
                Output::Report(fault) => self.reports.push(fault),
                Output::StoreEpoch(epoch) => self.epoch = Some(epoch),
                Output::StoreCache(write) => self.cache_writes.push(write),
                Output::PruneOutbox(ids) => self.disk.retain(|record| !ids.contains(&record.id)),
                Output::WakeAt(at) => self.wake_at = Some(at),
                _ => {}
            }
        }
        if self.quick_disk && !self.stores.is_empty() {
            self.disk_writes();
        }
    }

    /// What is asked for when this is told, in order, by kind; nothing of it is done.
    pub fn outputs_of(&mut self, tell: impl FnOnce(&mut Client<Notes>, Millis)) -> Vec<&'static str> {
        tell(&mut self.client, self.now);
        let kind = |output| match output {
            Output::StoreOutbox(_) => "outbox",
            Output::StoreCache(_) => "cache",
            Output::StoreEpoch(_) => "epoch",
            _ => "other",
        };
        std::iter::from_fn(|| self.client.poll()).map(kind).collect()
    }

    /// Makes the choice about an inbox item.
    pub fn settles(&mut self, command: Command, item: CommandId) -> CommandId {
        self.begin(command, Some(item))
    }

    /// The disk writes what it was asked to.
    pub fn disk_writes(&mut self) {
        for records in std::mem::take(&mut self.stores) {
            let there = self.disk.iter().map(|record| record.id).collect();
            let store = outbox::store(&there, records);
            for record in store.puts {
                self.disk.retain(|kept| kept.id != record.id);
                self.disk.push(record);
            }
            self.told(|client, now| client.stored(&StoreEnd::Durable { gone: store.gone.clone() }, now));
        }
    }

    /// Who taps.
    pub fn by(&self) -> Option<AccountId> {
        self.client.actor().map(|actor| actor.account.clone())
    }

    pub fn act(&mut self, command: Command) -> CommandId {
        self.begin(command, None)
    }

    fn begin(&mut self, command: Command, resolves: Option<CommandId>) -> CommandId {
        self.ids += 1;
        let id = CommandId(Uuid::from_u128(self.ids));
        let draft = self.client.act(id, self.by().as_ref(), Act::Do(command), resolves, None, self.now).expect("begun");
        let last = self.disk.iter().map(|record| record.seq).max().unwrap_or(0);
        let append = outbox::append(&self.kept(), last, self.acting().as_ref(), draft).expect("small");
        self.disk.push(append.record.clone());
        self.told(|client, now| client.saved(append.record, append.delete, now));
        id
    }

    /// Who acts on this device, as its disk says.
    fn acting(&self) -> Option<AccountId> {
        self.client.actor().map(|actor| actor.account.clone())
    }

    /// Takes an act back, in one transaction of the disk.
    pub fn withdraw(&mut self, id: CommandId) -> Result<Vec<CommandId>, StayError> {
        let gone = outbox::withdraw(&self.kept(), id)?;
        self.disk.retain(|record| !gone.contains(&record.id));
        self.told(|client, now| client.withdrawn(&gone, now));
        Ok(gone)
    }

    /// Puts a command in the place of an act, in one transaction of the disk.
    pub fn edit(&mut self, replaces: CommandId, command: Command) -> Result<CommandId, ActError<Notes>> {
        self.ids += 1;
        let id = CommandId(Uuid::from_u128(self.ids));
        let draft = self.client.act(id, self.by().as_ref(), Act::Do(command), None, Some(replaces), self.now)?;
        let last = self.disk.iter().map(|record| record.seq).max().unwrap_or(0);
        let append =
            outbox::append(&self.kept(), last, self.acting().as_ref(), draft).map_err(|error| match error {
                AppendError::Stays(why) => ActError::Stays(why),
                AppendError::TooLarge(_) | AppendError::OtherPerson => panic!("{error}"),
            })?;
        self.disk.retain(|record| Some(record.id) != append.delete);
        self.disk.push(append.record.clone());
        self.told(|client, now| client.saved(append.record, append.delete, now));
        Ok(id)
    }

    /// Acts are named from this number on, for a second tab.
    pub fn ids_from(&mut self, first: u128) {
        self.ids = first;
    }

    /// What is on the disk.
    pub fn kept(&self) -> Vec<Stored<Notes>> {
        self.disk.iter().cloned().map(Stored::Record).collect()
    }

    pub fn append(&mut self, note: &str, text: &str) -> CommandId {
        self.act(Command::Append { note: note.into(), text: text.into() })
    }

    pub fn lock(&mut self, note: &str) -> CommandId {
        self.act(Command::Lock { note: note.into() })
    }

    pub fn passes(&mut self, ms: Millis) {
        self.now += ms;
        if self.server_speaks {
            self.hears_beat(0);
        }
        self.told(|client, now| client.tick(now));
        // A server that speaks takes every socket that is opened.
        if self.server_speaks && matches!(self.client.link(), sync::client::Link::Opening { .. }) {
            let here = self.client.cache().mark().cursor.map_or(0, |cursor| cursor.position.0);
            self.links(frame(here, here, vec![], vec![]));
        }
    }

    /// Runs the clock to the next time the machine asked to be woken.
    pub fn wakes(&mut self) {
        self.now = self.wake_at.take().expect("the machine wants to be woken").max(self.now);
        self.told(|client, now| client.tick(now));
    }

    /// The device's clock is put back.
    pub fn clock_goes_back(&mut self, ms: Millis) {
        self.now -= ms;
        self.told(|client, now| client.tick(now));
    }

    /// The socket opens, and the first frame of the talk comes.
    pub fn links(&mut self, frame: Frame<Notes>) {
        self.told(|client, now| client.link_opened(now));
        self.hears(first(frame));
    }

    pub fn hears(&mut self, frame: Frame<Notes>) {
        self.told(|client, now| client.heard(ServerMessage::Frame(frame), now));
    }

    pub fn hears_beat(&mut self, head: u64) {
        let beat = Beat { epoch: epoch(1), head: Position(head), now: self.now };
        self.told(|client, now| client.heard(ServerMessage::Beat(beat), now));
    }

    pub fn answered(&mut self, outcomes: Vec<(CommandId, Outcome<Notes>)>) {
        let outcomes = outcomes.into_iter().map(|(id, outcome)| Answered { id, outcome }).collect();
        let answer = BatchAnswer { epoch: epoch(1), now: self.now, outcomes };
        let turn = self.turn;
        self.told(|client, now| client.answered(turn, Ok(answer), now));
    }

    pub fn fails(&mut self, error: SendError) {
        let turn = self.turn;
        self.told(|client, now| client.answered(turn, Err(error), now));
    }

    pub fn stage(&self, id: CommandId) -> Stage {
        self.client.outbox().get(id).expect("kept").record.stage
    }

    pub fn disk_stage(&self, id: CommandId) -> Stage {
        self.disk.iter().find(|record| record.id == id).expect("kept").stage
    }

    pub fn note(&self, note: &str) -> Option<String> {
        self.client.row(&note_key(note)).map(|note| note.text.clone())
    }

    /// The ids of the last batch that left.
    pub fn last_batch(&self) -> Vec<CommandId> {
        let batch = self.posted.last().expect("something left");
        let id = |raw: &serde_json::value::RawValue| {
            serde_json::from_str::<serde_json::Value>(raw.get()).expect("JSON")["id"].as_str().expect("an id").parse()
        };
        batch.commands.iter().map(|raw| id(raw).expect("an id")).collect()
    }
}

/// What Ada's device has kept, when its cache is gone.
pub fn kept(outbox: Vec<Stored<Notes>>, epoch: Option<Epoch>) -> Kept<Notes> {
    Kept {
        device: DeviceId(Uuid::from_u128(77)),
        actor: Some(actor("ada")),
        public: vec![],
        outbox,
        epoch,
        rows: vec![],
        mark: Mark::default(),
    }
}
