//! A trade of two words to tell stories in: notes that are written, and locked.

#![allow(dead_code, reason = "each story uses the part it needs")]

use serde::{Deserialize, Serialize};
use sync::cache::Mark;
use sync::client::{Client, Kept, Output, SendError};
use sync::outbox::{Record, Stage, lane_end};
use sync::protocol::{
    Ack, Answered, Batch, BatchAnswer, Beat, Body, Change, Cursor, Frame, Hello, Outcome, ServerMessage, Settled,
};
use sync::{
    AccountId, Act, Actor, CommandId, Context, DeviceId, Epoch, Key, Millis, Model, Position, Role, Scope, Version,
};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Notes;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    Append { note: String, text: String },
    Lock { note: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub text: String,
    pub locked: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    Appended(String),
    Locked,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Refusal {
    IsLocked,
    Empty,
}

impl Model for Notes {
    type Command = Command;
    type Row = Note;
    type Event = Event;
    type Refusal = Refusal;

    fn lane(command: &Command) -> Key {
        let (Command::Append { note, .. } | Command::Lock { note }) = command;
        note_key(note)
    }

    fn reads(_: &Command) -> Vec<Key> {
        vec![]
    }

    fn permits(_: &Actor, _: &Command, _: Option<&Note>) -> bool {
        true
    }

    fn decide(row: Option<&Note>, command: &Command, _: &Context<'_, Self>) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Append { text, .. } if text.is_empty() => Err(Refusal::Empty),
            _ if row.is_some_and(|note| note.locked) => Err(Refusal::IsLocked),
            Command::Append { text, .. } => Ok(vec![Event::Appended(text.clone())]),
            Command::Lock { .. } => Ok(vec![Event::Locked]),
        }
    }

    fn apply(row: Option<Note>, event: &Event) -> Option<Note> {
        let mut note = row.unwrap_or(Note { text: String::new(), locked: false });
        match event {
            Event::Appended(text) => note.text += text,
            Event::Locked => note.locked = true,
        }
        Some(note)
    }

    fn event_name(_: &Event) -> &'static str {
        "note-changed"
    }

    fn code(_: &Refusal) -> &'static str {
        "refused"
    }

    fn rests_on_context(refusal: &Refusal) -> bool {
        *refusal == Refusal::IsLocked
    }

    fn scopes(_: &Key, _: &Note) -> Vec<Scope> {
        vec![Scope::from("notes")]
    }

    fn personal_scope(account: &AccountId) -> Scope {
        Scope(format!("person:{account}"))
    }

    fn valid_for_ms(_: &Command) -> Option<u64> {
        None
    }

    fn asks(_: &Event) -> bool {
        false
    }

    fn answers(_: &Event) -> Option<Result<(), Refusal>> {
        None
    }

    fn withdraws(_: &Command) -> bool {
        false
    }
}

pub fn note_key(note: &str) -> Key {
    Key::new("note", note)
}

pub fn actor(name: &str) -> Actor {
    Actor { account: AccountId::from(name), role: Role::named("writer") }
}

pub fn epoch(n: u128) -> Epoch {
    Epoch(Uuid::from_u128(n))
}

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
}

impl Device {
    pub fn new() -> Self {
        Self::with(vec![])
    }

    /// The device after a restart: what was on the disk, and no memory.
    pub fn restarted(&self) -> Self {
        let mut device = Self::with(self.disk.clone());
        device.ids = self.ids;
        device
    }

    fn with(records: Vec<Record<Notes>>) -> Self {
        let kept = Kept {
            device: DeviceId(Uuid::from_u128(77)),
            actor: Some(actor("ada")),
            records: records.clone(),
            rows: vec![],
            mark: Mark::default(),
        };
        Self {
            client: Client::new(kept, Box::new(|_, _| None), 42, 0),
            disk: records,
            now: 0,
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
                Output::WakeAt(at) => self.wake_at = Some(at),
                _ => {}
            }
        }
        if self.quick_disk && !self.stores.is_empty() {
            self.disk_writes();
        }
    }

    /// The disk writes what it was asked to.
    pub fn disk_writes(&mut self) {
        for records in std::mem::take(&mut self.stores) {
            for record in records {
                self.disk.retain(|kept| kept.id != record.id);
                self.disk.push(record);
            }
            self.told(|client, now| client.stored(true, now));
        }
    }

    pub fn act(&mut self, command: Command) -> CommandId {
        self.ids += 1;
        let id = CommandId(Uuid::from_u128(self.ids));
        let draft = self.client.act(id, Act::Do(command), None, self.now).expect("begun");
        let before = lane_end(&self.disk, &draft);
        let seq = self.disk.iter().map(|record| record.seq).max().unwrap_or(0) + 1;
        let record = draft.seal(seq, before).expect("small");
        self.disk.push(record.clone());
        self.told(|client, now| client.saved(record, now));
        id
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
    }

    /// Runs the clock to the next time the machine asked to be woken.
    pub fn wakes(&mut self) {
        self.now = self.wake_at.take().expect("the machine wants to be woken").max(self.now);
        self.told(|client, now| client.tick(now));
    }

    /// The socket opens and the server catches it up with `frame`.
    pub fn links(&mut self, frame: Frame<Notes>) {
        self.told(|client, now| client.link_opened(now));
        self.hears(frame);
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

pub fn change(note: &str, version: u64, position: u64, text: &str) -> Change {
    let body = Body::<Notes>::Row(Note { text: text.into(), locked: false });
    let body = serde_json::value::to_raw_value(&body).expect("plain");
    Change {
        key: note_key(note),
        version: Version(version),
        position: Position(position),
        scopes: vec!["notes".into()],
        body: Some(body),
    }
}

/// A frame of the first history.
pub fn frame(base: u64, head: u64, changes: Vec<Change>, acks: Vec<(CommandId, Settled<Notes>)>) -> Frame<Notes> {
    Frame {
        base: Position(base),
        cursor: Cursor { epoch: epoch(1), position: Position(head), fact: Some(Uuid::from_u128(head.into())) },
        reset: false,
        more: false,
        scopes: None,
        changes,
        acks: acks.into_iter().map(|(id, settled)| Ack { id, settled }).collect(),
        now: 1_000_000,
    }
}

/// The first frame of a catch-up from nothing.
pub fn fresh(head: u64, changes: Vec<Change>) -> Frame<Notes> {
    Frame { reset: true, scopes: Some(vec!["notes".into()]), ..frame(0, head, changes, vec![]) }
}
