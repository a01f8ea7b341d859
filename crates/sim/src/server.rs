//! The server: the steps of [`flow`] over memory that stands for its disks.
//!
//! Every call of [`Server::post`] is one transaction; every [`Server::work`] is one step of one part. A crash comes
//! between them, and then only the disks are left: the truth whole, the views as far as they were last flushed.

use std::collections::{BTreeMap, BTreeSet};

use domain::rules::{self, Happened};
use domain::trade::{Event, Row, Service, Trade};
use flow::accept::{self, Bench, Parsed, Reads, Rejection, Stored};
use flow::fact::Question;
use flow::feed::{self, Entry, FeedRow, Start, Talk, Window};
use flow::react::{self, Own};
use flow::{Addressed, Fact, Writes};
use sync::protocol::{Ack, Answered, Batch, BatchAnswer, Beat, Frame, Hello, Outcome, Settled};
use sync::{Actor, CommandId, DeviceId, Epoch, InboxItem, Key, Known, Millis, Position, Scope, Version};
use uuid::Uuid;

/// What is on the disk of truth.
#[derive(Clone, Default)]
pub struct Truth {
    /// Each service's own rows.
    pub rows: BTreeMap<Key, (Row, Version)>,
    /// Rows of the catalog that ordering keeps copies of.
    pub copies: BTreeMap<Key, (Row, Version)>,
    /// Answers, with the hash of what was asked.
    pub answers: BTreeMap<CommandId, Stored<Trade>>,
    /// Inbox items that wait.
    pub items: BTreeMap<CommandId, (InboxItem<Trade>, Version)>,
    /// Questions that wait.
    pub questions: BTreeMap<CommandId, Question<Trade>>,
    /// What services wrote and the trigger has not yet published, as JSON.
    pub changes: Vec<String>,
    /// The hub: the fact at index 0 has position 1. As JSON, as it is kept.
    pub hub: Vec<String>,
    /// How far each service has read the hub.
    pub read: BTreeMap<Service, Position>,
}

/// What is on the disk of views; it may fall behind in a crash and is built again from the hub.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Views {
    /// Rows as the feed sends them.
    pub rows: BTreeMap<Key, FeedRow>,
    /// By scope and row, the last thing that happened.
    pub entries: BTreeMap<(Scope, Key), Entry>,
    /// Final words by position.
    pub acks: Vec<(Position, Addressed<Trade>)>,
    /// How far the hub was read.
    pub read: Position,
}

/// The server, with its disks.
pub struct Server {
    /// The disk that is never behind.
    pub truth: Truth,
    /// The disk that may be.
    pub views: Views,
    flushed: Views,
    /// The history.
    pub epoch: Epoch,
    /// Facts by id, so that reading them again and again need not parse them.
    parsed: BTreeMap<usize, Fact<Trade>>,
}

/// One rule of the domain as the flow knows rules.
struct DomainRule(&'static rules::Rule);

impl react::Rule<Trade> for DomainRule {
    fn id(&self) -> &str {
        self.0.id
    }

    fn is_on(&self, kind: &str) -> bool {
        self.0.on.contains(&kind)
    }

    fn reads(&self, fact: &Fact<Trade>) -> Vec<Key> {
        happened(fact).map(|happened| (self.0.reads)(&happened)).unwrap_or_default()
    }

    fn react(&self, fact: &Fact<Trade>, rows: &dyn Fn(&Key) -> Option<Row>) -> Vec<(Key, Event)> {
        happened(fact).map(|happened| (self.0.react)(&happened, rows)).unwrap_or_default()
    }
}

fn happened(fact: &Fact<Trade>) -> Option<Happened<'_>> {
    let row = fact.entity.as_ref().and_then(|entity| match &entity.body {
        Some(sync::protocol::Body::Row(row)) => Some(row),
        _ => None,
    });
    Some(Happened { key: &fact.key, event: fact.event.as_ref()?, row, at: fact.at })
}

impl Server {
    /// A server with these rows, as an import would have written them.
    pub fn new(epoch: Epoch, rows: Vec<(Key, Event)>, now: Millis) -> Self {
        let mut server = Self {
            truth: Truth::default(),
            views: Views::default(),
            flushed: Views::default(),
            epoch,
            parsed: BTreeMap::new(),
        };
        for (index, (key, event)) in rows.into_iter().enumerate() {
            let import = Import { key, event };
            let fact = Fact {
                id: Uuid::from_u128(index as u128 + 1),
                kind: "import".into(),
                at: now,
                key: import.key.clone(),
                tags: flow::fact::Tags { source: "import".into() },
                event: None,
                entity: None,
                cause: None,
                triggers: None,
                acks: vec![],
            };
            let writes = react::react(&import, &fact, Own::default(), Service::Catalog.name(), now);
            server.write(writes, None, [0; 32]);
        }
        while server.work(now) {}
        server
    }

    /// Takes a batch: one transaction, one answer; or the problem's status and slug.
    ///
    /// # Errors
    /// The status and the last part of the type of the problem.
    pub fn post(&mut self, body: &str, actor: &Actor, now: Millis) -> Result<String, (u16, &'static str)> {
        let batch: Batch = serde_json::from_str(body).map_err(|_| (400, "malformed"))?;
        if batch.account != actor.account {
            return Err((401, "other-account"));
        }
        // A problem with any act undoes the whole transaction.
        let before = self.truth.clone();
        let mut outcomes = vec![];
        for raw in &batch.commands {
            match self.accept(raw.get(), actor, batch.sent_at, now) {
                Ok(answered) => outcomes.push(answered),
                Err(rejection) => {
                    self.truth = before;
                    return Err(match rejection {
                        Rejection::IdReused(_) => (409, "id-reused"),
                        Rejection::OtherAccount => (401, "other-account"),
                        Rejection::Malformed(_) => (400, "malformed"),
                    });
                }
            }
        }
        let answer = BatchAnswer { epoch: self.epoch, now, outcomes };
        Ok(serde_json::to_string(&answer).expect("an answer is plain data"))
    }

    fn accept(
        &mut self,
        bytes: &str,
        actor: &Actor,
        sent_at: Millis,
        now: Millis,
    ) -> Result<Answered<Trade>, Rejection> {
        let envelope = match accept::parse::<Trade>(bytes)? {
            Parsed::Whole(envelope) => envelope,
            Parsed::Unknown(header) => return Ok(Answered { id: header.id, outcome: Outcome::UnknownCommand }),
        };
        let needs = accept::needs::<Trade>(&envelope);
        let answers: BTreeMap<_, _> =
            needs.answers.iter().filter_map(|id| Some((*id, self.truth.answers.get(id)?.clone()))).collect();
        let items = accept::items::<Trade>(&envelope, &answers);
        let items = items.iter().filter_map(|id| Some((*id, self.truth.items.get(id)?.clone()))).collect();
        let service = needs.row.as_ref().and_then(Service::owner).unwrap_or(Service::Ordering);
        let context = |key: &Key| match self.truth.copies.get(key) {
            Some((row, version)) => Known::Row(row.clone(), *version),
            None => Known::Absent,
        };
        let reads = Reads {
            row: needs.row.as_ref().and_then(|key| self.truth.rows.get(key).cloned()),
            context: needs.context.iter().map(|key| (key.clone(), context(key))).collect(),
            reached: self.truth.read.get(&service).copied().unwrap_or_default(),
            answers,
            items,
        };
        let (source, epoch) = (service.name(), self.epoch);
        let bench = Bench { source, actor, epoch, now, sent_at, utc_offset_min: &|_, _| Some(0) };
        let hash = hash(bytes);
        let decision = accept::decide(&envelope, &hash, &reads, &bench)?;
        self.write(decision.writes, Some(envelope.id), hash);
        Ok(Answered { id: envelope.id, outcome: decision.outcome })
    }

    fn write(&mut self, writes: Writes<Trade>, answer_to: Option<CommandId>, hash: [u8; 32]) {
        for put in writes.rows {
            let before = self.truth.rows.insert(put.key.clone(), (put.row, put.version));
            let version = before.map_or(Version(0), |(_, version)| version);
            assert!(put.version > version, "{} went from version {version} to {}", put.key, put.version);
        }
        for (item, version) in writes.items {
            self.truth.items.insert(item.id, (item, version));
        }
        for id in writes.settled_items {
            assert!(self.truth.items.remove(&id).is_some(), "the item {id} was settled twice");
        }
        if let Some(question) = writes.opened {
            self.truth.questions.insert(question.cause.command, question);
        }
        for id in writes.closed {
            self.truth.questions.remove(&id);
        }
        if let (Some(id), Some(outcome)) = (answer_to, writes.answer) {
            let before = self.truth.answers.insert(id, Stored { hash, outcome });
            assert!(before.is_none(), "the act {id} was answered twice");
        }
        let json = |fact: Fact<Trade>| serde_json::to_string(&fact).expect("a fact is plain data");
        self.truth.changes.extend(writes.facts.into_iter().map(json));
    }

    /// Does one step of one part; whether there was one to do.
    pub fn work(&mut self, now: Millis) -> bool {
        self.publish() || Service::ALL.into_iter().any(|service| self.listen(service, now)) || self.materialise()
    }

    /// Copies what services wrote into the hub, and forgets that it was to be copied: one transaction.
    fn publish(&mut self) -> bool {
        if self.truth.changes.is_empty() {
            return false;
        }
        let changes = std::mem::take(&mut self.truth.changes);
        let changes = changes.iter().map(|json| serde_json::from_str(json).expect("facts are read back")).collect();
        let head = Position(self.truth.hub.len() as u64);
        for (position, fact) in flow::publish::publish::<Trade>(head, changes, &BTreeSet::new()) {
            assert_eq!(position.0, self.truth.hub.len() as u64 + 1, "positions have no gap");
            self.truth.hub.push(serde_json::to_string(&fact).expect("a fact is plain data"));
        }
        true
    }

    fn fact_at(&mut self, position: Position) -> Option<Fact<Trade>> {
        let index = usize::try_from(position.0).ok()?.checked_sub(1)?;
        let json = self.truth.hub.get(index)?;
        let parse = || serde_json::from_str(json).expect("facts are read back");
        Some(self.parsed.entry(index).or_insert_with(parse).clone())
    }

    /// One fact for one service: effects and checkpoint in one transaction.
    fn listen(&mut self, service: Service, now: Millis) -> bool {
        let position = self.truth.read.get(&service).copied().unwrap_or_default().next();
        let Some(fact) = self.fact_at(position) else { return false };
        if let Some(copy) = react::copy(position, &fact, service.copies()) {
            let older = self.truth.copies.get(copy.key).is_none_or(|(_, version)| *version < copy.version);
            if older {
                self.truth.copies.insert(copy.key.clone(), (copy.row.clone(), copy.version));
            }
        }
        for rule in rules::RULES.iter().filter(|rule| rule.service == service) {
            let rule = DomainRule(rule);
            use react::Rule;
            if !rule.is_on(&fact.kind) {
                continue;
            }
            let keys = rule.reads(&fact);
            let rows = keys.iter().filter_map(|key| Some((key.clone(), self.truth.rows.get(key)?.clone()))).collect();
            let asked = |question: &&Question<Trade>| keys.contains(&question.lane);
            let questions = self.truth.questions.values().filter(asked).cloned().collect();
            let writes = react::react(&rule, &fact, Own { rows, questions }, service.name(), now);
            self.write(writes, None, [0; 32]);
        }
        self.truth.read.insert(service, position);
        true
    }

    fn materialise(&mut self) -> bool {
        let position = self.views.read.next();
        let Some(fact) = self.fact_at(position) else { return false };
        materialise(&mut self.views, position, &fact);
        true
    }

    /// The views as they would be if they were built again from the first fact.
    pub fn views_from_the_start(&mut self) -> Views {
        let mut views = Views::default();
        while let Some(fact) = self.fact_at(views.read.next()) {
            let position = views.read.next();
            materialise(&mut views, position, &fact);
        }
        views
    }

    /// Every fact so far.
    pub fn facts(&mut self) -> Vec<Fact<Trade>> {
        (1..=self.truth.hub.len() as u64).filter_map(|position| self.fact_at(Position(position))).collect()
    }

    /// The views' disk catches up with what was written to it.
    pub fn flush(&mut self) {
        self.flushed = self.views.clone();
    }

    /// The power goes: what the views' disk had not flushed is gone.
    pub fn crash(&mut self) {
        self.views = self.flushed.clone();
    }

    // ---- the feed --------------------------------------------------------------------------------------------------

    /// Begins to talk to a client.
    pub fn begin(&mut self, hello: &Hello, actor: &Actor) -> Talk {
        let granted = domain::access::scopes_of(Some(actor));
        let fact_there = hello.cursor.and_then(|cursor| self.fact_at(cursor.position)).map(|fact| fact.id);
        Talk::begin(Start { hello, granted, epoch: self.epoch, head: self.views.read, fact_there })
    }

    /// The next frame for a client, if there is anything to say.
    pub fn frame(&mut self, talk: &mut Talk, device: DeviceId, actor: &Actor, now: Millis) -> Option<Frame<Trade>> {
        let head = self.views.read;
        // A client that stands beyond the views, because they were rebuilt, waits for them.
        if talk.at() > head {
            return None;
        }
        let head_fact = self.fact_at(head).map(|fact| fact.id);
        let mut entries: Vec<Entry> = self
            .views
            .entries
            .values()
            .filter(|entry| talk.scopes().contains(&entry.scope) && entry.position > talk.read())
            .cloned()
            .collect();
        entries.sort_by_key(|entry| entry.position);
        let rows =
            entries.iter().filter_map(|entry| Some((entry.key.clone(), self.views.rows.get(&entry.key)?.clone())));
        let rows = rows.collect();
        let mine = |addressed: &Addressed<Trade>| addressed.device == device && addressed.account == actor.account;
        let after = |(position, addressed): &&(Position, Addressed<Trade>)| *position > talk.acked() && mine(addressed);
        let mut acks: Vec<Ack<Trade>> =
            self.views.acks.iter().filter(after).map(|(_, addressed)| addressed.ack.clone()).collect();
        for id in talk.asked() {
            let told = self.views.acks.iter().rev().find(|(_, addressed)| addressed.ack.id == *id && mine(addressed));
            match told {
                Some((_, addressed)) => acks.push(addressed.ack.clone()),
                None if self.truth.answers.contains_key(id) => {}
                None => acks.push(Ack { id: *id, settled: Settled::Unknown }),
            }
        }
        let window = Window { head, head_fact, entries, complete: true, rows, acks };
        (talk.is_new() || talk.concerns(&window)).then(|| talk.frame(window, now))
    }

    /// A sign of life.
    pub fn beat(&self, now: Millis) -> Beat {
        Beat { epoch: self.epoch, head: self.views.read, now }
    }
}

fn materialise(views: &mut Views, position: Position, fact: &Fact<Trade>) {
    let key = fact.entity.as_ref().map(|entity| &entity.key);
    let old = key.and_then(|key| views.rows.get(key));
    let writes = feed::materialise(position, fact, old).expect("rows are plain data");
    if let Some(row) = writes.row {
        views.rows.insert(row.key.clone(), row);
    }
    for entry in writes.entries {
        views.entries.insert((entry.scope.clone(), entry.key.clone()), entry);
    }
    views.acks.extend(writes.acks.into_iter().map(|addressed| (position, addressed)));
    views.read = position;
}

/// A hash that tells different bytes apart as far as a simulation needs it (FNV-1a, 64 bits, twice).
fn hash(bytes: &str) -> [u8; 32] {
    let fnv = |seed: u64| bytes.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&fnv(0xcbf2_9ce4_8422_2325).to_le_bytes());
    hash[8..16].copy_from_slice(&fnv(0x9ae1_6a3b_2f90_404f).to_le_bytes());
    hash
}

/// Writes a row from outside.
struct Import {
    key: Key,
    event: Event,
}

impl react::Rule<Trade> for Import {
    fn id(&self) -> &str {
        "import"
    }

    fn is_on(&self, _: &str) -> bool {
        true
    }

    fn reads(&self, _: &Fact<Trade>) -> Vec<Key> {
        vec![self.key.clone()]
    }

    fn react(&self, _: &Fact<Trade>, _: &dyn Fn(&Key) -> Option<Row>) -> Vec<(Key, Event)> {
        vec![(self.key.clone(), self.event.clone())]
    }
}
