//! The server: the steps of [`flow`] over memory that stands for its disks.
//!
//! Every call of [`Server::post`] is one transaction; every [`Server::work`] is one step of one part. A crash comes
//! between them, and then only the disks are left: the truth whole, the views as far as they were last flushed. [`react`]
//! is how services follow each other, [`feed`] what clients are told.

mod feed;
mod keys;
mod react;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::OrderId;
use domain::Service;
use domain::account::guest::is_guest;
use domain::account::{Erasure, PersonEvent};
use domain::id::{guest_key, person_key};
use domain::trade::{Event, Row, Trade};
use flow::accept::{self, Bench, HeldLanes, Parsed, Reads, Rejection, Stored};
use flow::fact::{Put, Question};
use flow::{Fact, Writes};
use sync::protocol::{ANOTHER_HISTORY, Answered, Batch, BatchAnswer, Outcome};
use sync::{AccountId, Actor, CommandId, DeviceId, Envelope, Epoch, InboxItem, Key, Known, Millis, Position, Version};

pub use feed::Views;
pub use keys::Keys;

use crate::people;
use crate::release::{self, Release};

/// What is on the disk of truth.
#[derive(Clone, Default)]
pub struct Truth {
    /// Each service's own rows.
    pub rows: BTreeMap<Key, (Row, Version)>,
    /// Rows of the catalog that other services keep copies of, each as far as it has come.
    pub copies: BTreeMap<(Service, Key), (Row, Version)>,
    /// Answers, with the hash of what was asked.
    pub answers: BTreeMap<CommandId, Stored<Trade>>,
    /// Inbox items that wait.
    pub items: BTreeMap<CommandId, (InboxItem<Trade>, Version)>,
    /// Questions that wait.
    pub questions: BTreeMap<CommandId, Question<Trade>>,
    /// What services wrote and the trigger has not yet published, as JSON.
    pub changes: Vec<String>,
    /// The hub: the fact at index 0 has position 1.
    pub hub: Vec<Rc<Fact<Trade>>>,
    /// Which services each of them concerns, in the order of [`Service::ALL`].
    pub concerned: Vec<[bool; Service::ALL.len()]>,
    /// When rows want to be looked at.
    pub timers: BTreeMap<Key, Millis>,
    /// How far each service has read the hub.
    pub read: BTreeMap<Service, Position>,
    /// Who is signed in.
    pub sessions: BTreeMap<u64, Actor>,
    /// Orders whose money is to be looked for at the bank, since a backup was restored.
    pub looked_for: BTreeSet<OrderId>,
    /// The highest number of each person's acts on each device that was decided in each lane.
    pub decided: BTreeMap<(DeviceId, AccountId, Key), u64>,
}

impl Truth {
    /// How far `service` has read the hub.
    pub fn read(&self, service: Service) -> Position {
        self.read.get(&service).copied().unwrap_or_default()
    }

    /// Whether the fact at `position` concerns `service`.
    pub fn concerns(&self, service: Service, position: Position) -> bool {
        let services = position.0.checked_sub(1).and_then(|index| self.concerned.get(usize::try_from(index).ok()?));
        services.is_some_and(|services| services[service as usize])
    }
}

/// The server, with its disks.
pub struct Server {
    /// The disk that is never behind.
    pub truth: Truth,
    /// The disk that may be.
    pub views: Views,
    /// The keys of people.
    pub keys: Keys,
    /// How far the views are on the platters.
    flushed: Position,
    /// How far the hub had come when the server started: before the views have come there nobody is told anything.
    started_at: Position,
    /// The history.
    pub epoch: Epoch,
    /// The release that runs.
    pub release: Release,
    /// A copy of the truth, made while it ran.
    pub backup: Option<Box<Truth>>,
    sessions_begun: u64,
}

/// A batch that got no outcomes: the problem's status and the last part of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The HTTP status.
    pub status: u16,
    /// Which problem.
    pub slug: &'static str,
}

impl Server {
    /// A server with these rows, as an import would have written them.
    pub fn new(epoch: Epoch, rows: Vec<(Key, Event)>, now: Millis) -> Self {
        let mut server = Self {
            truth: Truth::default(),
            views: Views::default(),
            keys: Keys::default(),
            flushed: Position(0),
            started_at: Position(0),
            epoch,
            release: Release::Ours,
            backup: None,
            sessions_begun: 0,
        };
        for (key, event) in rows {
            let (row, facts) = flow::fact::told::<Trade>(Service::Catalog.name(), now, &key, None, vec![event]);
            server.truth.rows.extend(row.map(|row| (key, row)));
            server.truth.changes.extend(facts.iter().map(json));
        }
        while server.work(now) {}
        server.flush_views();
        server
    }

    // ---- sessions ----------------------------------------------------------------------------------------------------

    /// Signs `actor` in; the session's number. A guest whom somebody took over does nothing more.
    pub fn sign_in(&mut self, actor: Actor) -> Option<u64> {
        if self.is_claimed(&actor.account) || self.is_erased(&actor.account) {
            return None;
        }
        self.sessions_begun += 1;
        self.truth.sessions.insert(self.sessions_begun, actor);
        Some(self.sessions_begun)
    }

    /// Whose the session is, while it lasts.
    pub fn session(&self, session: Option<u64>) -> Option<Actor> {
        let actor = self.truth.sessions.get(&session?)?;
        (!self.is_claimed(&actor.account) && !self.is_erased(&actor.account)).then(|| actor.clone())
    }

    /// Whether somebody is to be erased soon.
    pub fn is_to_erase(&self) -> bool {
        self.truth.timers.keys().any(|key| key.kind() == "person")
    }

    /// Whether the person was erased at their wish.
    pub fn is_erased(&self, account: &AccountId) -> bool {
        let person = self.truth.rows.get(&person_key(account)).and_then(|(row, _)| row.as_person());
        person.is_some_and(|person| matches!(person.erasure, Erasure::Done(_)))
    }

    /// Whether the account is a guest's whom somebody took over.
    pub fn is_claimed(&self, account: &AccountId) -> bool {
        is_guest(account) && {
            let guest = self.truth.rows.get(&guest_key(account));
            guest.and_then(|(row, _)| row.as_guest()).is_some_and(|guest| guest.claimed_by.is_some())
        }
    }

    // ---- acts --------------------------------------------------------------------------------------------------------

    /// Takes a batch: one transaction, one answer. The act of the index `fails` makes the server fail, and is left for later.
    ///
    /// # Errors
    /// The problem; nothing was changed.
    pub fn post(&mut self, body: &str, actor: &Actor, fails: Option<u64>, now: Millis) -> Result<String, Rejected> {
        let malformed = Rejected { status: 400, slug: "malformed" };
        let batch: Batch = serde_json::from_str(body).map_err(|_| malformed)?;
        if batch.account != actor.account {
            return Err(Rejected { status: 401, slug: "other-account" });
        }
        if batch.epoch.is_some_and(|epoch| epoch != self.epoch) {
            return Err(Rejected { status: 412, slug: ANOTHER_HISTORY });
        }
        let acts: Vec<_> = batch.commands.iter().map(|raw| self.checked(raw.get(), actor)).collect::<Result<_, _>>()?;
        let (mut outcomes, mut held) = (vec![], HeldLanes::default());
        for (index, (parsed, hash)) in acts.into_iter().enumerate() {
            let (id, lane) = match &parsed {
                Parsed::Unknown(header) => (header.id, header.lane.clone()),
                Parsed::Whole(act) => (act.id, act.lane.clone()),
            };
            let outcome = match parsed {
                Parsed::Unknown(_) => Outcome::UnknownCommand,
                Parsed::Whole(_) if held.hold(&lane) => Outcome::NotYet,
                Parsed::Whole(_) if fails == Some(index as u64) => Outcome::Fault,
                Parsed::Whole(act) => self.judge(*act, hash, actor, batch.sent_at, now)?,
            };
            held.note(&lane, &outcome);
            outcomes.push(Answered { id, outcome });
        }
        let answer = BatchAnswer { epoch: self.epoch, now, outcomes };
        let answer = serde_json::to_string(&answer).expect("an answer is plain data");
        Ok(self.keys.open(&answer).into_owned())
    }

    /// What would make the whole batch fail is looked for before anything of it is written.
    fn checked(&self, bytes: &str, actor: &Actor) -> Result<(Parsed<Trade>, [u8; 32]), Rejected> {
        let parsed = accept::parse::<Trade>(&release::understood(bytes, self.release)).map_err(rejected)?;
        let hash = hash(bytes);
        if let Parsed::Whole(envelope) = &parsed {
            accept::check::<Trade>(envelope, &actor.account).map_err(rejected)?;
            if self.truth.answers.get(&envelope.id).is_some_and(|stored| stored.hash != hash) {
                return Err(rejected(Rejection::IdReused(envelope.id)));
            }
        }
        Ok((parsed, hash))
    }

    fn judge(
        &mut self,
        envelope: Envelope<domain::Command>,
        hash: [u8; 32],
        actor: &Actor,
        sent_at: Millis,
        now: Millis,
    ) -> Result<Outcome<Trade>, Rejected> {
        let needs = accept::needs::<Trade>(&envelope);
        let service = needs.row.as_ref().and_then(Service::owner).unwrap_or(Service::Ordering);
        let answers: BTreeMap<_, _> =
            needs.answers.iter().filter_map(|id| Some((*id, self.truth.answers.get(id)?.clone()))).collect();
        let items = accept::items::<Trade>(&envelope, &answers);
        let items = items.iter().filter_map(|id| Some((*id, self.truth.items.get(id)?.clone()))).collect();
        let known = |key: &Key| match Service::owner(key) == Some(service) {
            true => self.truth.rows.get(key),
            false => self.truth.copies.get(&(service, key.clone())),
        };
        let context = |key: &Key| match known(key) {
            Some((row, version)) => Known::Row(row.clone(), *version),
            None => Known::Absent,
        };
        let reads = Reads {
            row: needs.row.as_ref().and_then(|key| self.truth.rows.get(key).cloned()),
            context: needs.context.iter().map(|key| (key.clone(), context(key))).collect(),
            reached: self.truth.read(service),
            answers,
            items,
        };
        let subject = accept::subject::<Trade>(&envelope, reads.row.as_ref().map(|(row, _)| row));
        let mut envelope = envelope;
        accept::seal::<Trade>(&mut envelope, |text| self.keys.seal(&subject, text));
        let (source, epoch) = (service.name(), self.epoch);
        let bench = Bench { source, actor, epoch, now, sent_at, utc_offset_min: &|_, _| Some(0) };
        let decision = accept::decide(&envelope, &hash, &reads, &bench).map_err(rejected)?;
        if decision.writes.answer.is_some() {
            self.in_order(&envelope);
        }
        self.write(decision.writes, Some(envelope.id), hash);
        Ok(decision.outcome)
    }

    /// Within a lane a person's acts on a device are decided in the order in which they were made.
    fn in_order(&mut self, envelope: &Envelope<domain::Command>) {
        let lane = (envelope.device, envelope.account.clone(), envelope.lane.clone());
        let before = self.truth.decided.insert(lane, envelope.seq).unwrap_or(0);
        assert!(before < envelope.seq, "{}: act {} was decided after act {before}", envelope.lane, envelope.seq);
    }

    pub(super) fn write(&mut self, writes: Writes<Trade>, answer_to: Option<CommandId>, hash: [u8; 32]) {
        for put in writes.rows {
            match domain::rules::clock(&put.key).and_then(|clock| (clock.due)(&put.row)) {
                Some(due) => _ = self.truth.timers.insert(put.key.clone(), due),
                None => _ = self.truth.timers.remove(&put.key),
            }
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
        self.truth.changes.extend(writes.facts.iter().map(json));
    }

    // ---- crashes -----------------------------------------------------------------------------------------------------

    /// The power goes: what the views' disk had not flushed is gone, or all of it.
    pub fn crash(&mut self, views_too: bool) {
        if views_too {
            self.flushed = Position(0);
        }
        self.views = self.views_up_to(self.flushed);
        self.started_at = Position(self.truth.hub.len() as u64);
    }

    /// A copy is made while the server runs.
    pub fn back_up(&mut self) {
        self.backup = Some(Box::new(self.truth.clone()));
    }

    /// The copy is put back, and a new history begins.
    pub fn restore(&mut self, epoch: Epoch, now: Millis) -> bool {
        let Some(backup) = self.backup.take() else { return false };
        self.truth = *backup;
        self.truth.looked_for.extend(self.let_go());
        self.epoch = epoch;
        self.crash(true);
        self.erase_again(now);
        true
    }

    /// Whoever was erased after the backup was made is erased again: their key is gone.
    fn erase_again(&mut self, now: Millis) {
        let gone: Vec<_> = self.keys.destroyed().filter(|person| !self.is_erased(person)).cloned().collect();
        for person in gone {
            let key = person_key(&person);
            let row = self.truth.rows.get(&key).cloned();
            let version = row.as_ref().map_or(Version(0), |(_, version)| *version);
            let events = vec![Event::Person(PersonEvent::Erased { person, at: now })];
            let (after, facts) = flow::fact::told::<Trade>(Service::Account.name(), now, &key, row, events);
            let changed = after.filter(|(_, after)| *after > version);
            let rows = changed.into_iter().map(|(row, version)| Put { key: key.clone(), version, row }).collect();
            self.write(Writes { rows, facts, ..Writes::default() }, None, [0; 32]);
        }
    }
}

fn json(fact: &Fact<Trade>) -> String {
    let json = serde_json::to_string(fact).expect("a fact is plain data");
    assert!(!json.contains(people::SECRET), "{} {} tells what is personal", fact.kind, fact.key);
    json
}

fn rejected(rejection: Rejection) -> Rejected {
    match rejection {
        Rejection::IdReused(_) => Rejected { status: 409, slug: "id-reused" },
        Rejection::OtherAccount => Rejected { status: 401, slug: "other-account" },
        Rejection::AnotherHistory => Rejected { status: 412, slug: ANOTHER_HISTORY },
        Rejection::Malformed(_) => Rejected { status: 400, slug: "malformed" },
    }
}

/// A hash that tells different bytes apart as far as a simulation needs it (FNV-1a, 64 bits, twice).
fn hash(bytes: &str) -> [u8; 32] {
    let fnv = |seed: u64| bytes.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&fnv(0xcbf2_9ce4_8422_2325).to_le_bytes());
    hash[8..16].copy_from_slice(&fnv(0x9ae1_6a3b_2f90_404f).to_le_bytes());
    hash
}
