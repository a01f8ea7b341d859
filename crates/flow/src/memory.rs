//! A whole server of one service in memory, made of this crate's steps: for examples, for tests, and as the shortest text
//! that says how the steps fit together. Every call is one transaction; nothing outlives the process.

use std::collections::BTreeMap;

use sync::envelope::Header;
use sync::protocol::{Answered, Batch, BatchAnswer, Beat, Digest, Frame, Hello, Outcome, ServerMessage, Settled};
use sync::{AccountId, Actor, CommandId, DeviceId, Epoch, InboxItem, Key, Millis, Model, Position, Scope, Version};
use uuid::Uuid;

use crate::accept::{self, Bench, Hash, HeldLanes, Parsed, Reads, Rejection, Stored};
use crate::feed::{self, Entry, FeedRow, Start, Talk, Window};
use crate::{Addressed, Fact, Writes, publish};

/// The server.
pub struct Memory<M: Model> {
    epoch: Epoch,
    rows: BTreeMap<Key, (M::Row, Version)>,
    answers: BTreeMap<CommandId, Stored<M>>,
    items: BTreeMap<CommandId, (InboxItem<M>, Version)>,
    /// The hub: the fact at index 0 has position 1.
    hub: Vec<Uuid>,
    feed_rows: BTreeMap<Key, FeedRow>,
    entries: BTreeMap<(Scope, Key), Entry>,
    digests: BTreeMap<Scope, Digest>,
    acks: Vec<(Position, Addressed<M>)>,
}

/// A client that listens.
pub struct Listener {
    talk: Talk,
    device: DeviceId,
    account: AccountId,
    /// By requests, and not the first of them.
    goes_on: bool,
}

impl<M: Model> Memory<M> {
    /// A server that begins the history `epoch`.
    pub fn new(epoch: Epoch) -> Self {
        Self {
            epoch,
            rows: BTreeMap::new(),
            answers: BTreeMap::new(),
            items: BTreeMap::new(),
            hub: vec![],
            feed_rows: BTreeMap::new(),
            entries: BTreeMap::new(),
            digests: BTreeMap::new(),
            acks: vec![],
        }
    }

    /// Takes a batch from `actor`; `hash` is that of an act's exact bytes (SHA-256).
    ///
    /// # Errors
    /// [`Rejection`] if one of its acts is not what it says it is; then none was taken.
    pub fn take(
        &mut self,
        batch: &Batch,
        actor: &Actor,
        now: Millis,
        hash: impl Fn(&str) -> Hash,
    ) -> Result<BatchAnswer<M>, Rejection> {
        if batch.account != actor.account {
            return Err(Rejection::OtherAccount);
        }
        if batch.epoch.is_some_and(|epoch| epoch != self.epoch) {
            return Err(Rejection::AnotherHistory);
        }
        let read = |bytes: &str| Ok((accept::parse::<M>(bytes)?, hash(bytes)));
        let acts = batch.commands.iter().map(|raw| read(raw.get())).collect::<Result<Vec<_>, Rejection>>()?;
        for (parsed, hash) in &acts {
            self.check(parsed, hash, actor)?;
        }
        let (mut outcomes, mut held) = (vec![], HeldLanes::default());
        for (parsed, hash) in acts {
            let (id, lane) = match &parsed {
                Parsed::Unknown(Header { id, lane, .. }) => (*id, lane.clone()),
                Parsed::Whole(envelope) => (envelope.id, envelope.lane.clone()),
            };
            let outcome = match parsed {
                Parsed::Unknown(_) => Outcome::UnknownCommand,
                Parsed::Whole(_) if held.hold(&lane) => Outcome::NotYet,
                Parsed::Whole(envelope) => {
                    let bench = Bench {
                        source: "memory",
                        actor,
                        epoch: self.epoch,
                        now,
                        sent_at: batch.sent_at,
                        utc_offset_min: &|_, _| None,
                    };
                    let decision = accept::decide(&envelope, &hash, &self.reads(&envelope), &bench)?;
                    self.write(decision.writes, envelope.id, hash);
                    decision.outcome
                }
            };
            held.note(&lane, &outcome);
            outcomes.push(Answered { id, outcome });
        }
        Ok(BatchAnswer { epoch: self.epoch, now, outcomes })
    }

    /// What would make the whole batch fail is looked for before anything of it is written.
    fn check(&self, parsed: &Parsed<M>, hash: &Hash, actor: &Actor) -> Result<(), Rejection> {
        let Parsed::Whole(envelope) = parsed else { return Ok(()) };
        accept::check::<M>(envelope, &actor.account)?;
        let reused = self.answers.get(&envelope.id).is_some_and(|stored| stored.hash != *hash);
        if reused { Err(Rejection::IdReused(envelope.id)) } else { Ok(()) }
    }

    fn reads(&self, envelope: &sync::Envelope<M::Command>) -> Reads<M> {
        let needs = accept::needs::<M>(envelope);
        let known = |id: &CommandId| Some((*id, self.answers.get(id)?.clone()));
        let answers = needs.answers.iter().filter_map(known).collect();
        let items = accept::items::<M>(envelope, &answers);
        let context = |key: &Key| match self.rows.get(key) {
            Some((row, version)) => (key.clone(), sync::Known::Row(row.clone(), *version)),
            None => (key.clone(), sync::Known::Absent),
        };
        Reads {
            row: needs.row.as_ref().and_then(|key| self.rows.get(key).cloned()),
            context: needs.context.iter().map(context).collect(),
            reached: self.head(),
            items: items.iter().filter_map(|id| Some((*id, self.items.get(id)?.clone()))).collect(),
            answers,
        }
    }

    fn write(&mut self, writes: Writes<M>, id: CommandId, hash: Hash) {
        self.rows.extend(writes.rows.into_iter().map(|put| (put.key, (put.row, put.version))));
        self.items.extend(writes.items.into_iter().map(|(item, version)| (item.id, (item, version))));
        self.items.retain(|id, _| !writes.settled_items.contains(id));
        self.answers.extend(writes.answer.map(|outcome| (id, Stored { hash, outcome })));
        for (position, fact) in publish::publish(self.head(), writes.facts, &Default::default()) {
            self.hub.push(fact.id);
            self.show(position, &fact);
        }
    }

    fn show(&mut self, position: Position, fact: &Fact<M>) {
        let old = fact.entity.as_ref().and_then(|entity| self.feed_rows.get(&entity.key));
        let writes = feed::materialise(position, fact, old).expect("rows are plain data");
        self.feed_rows.extend(writes.row.map(|row| (row.key.clone(), row)));
        let named = |entry: Entry| ((entry.scope.clone(), entry.key.clone()), entry);
        self.entries.extend(writes.entries.into_iter().map(named));
        for sum in writes.sums {
            let digest = sum.add_to(self.digests.remove(&sum.scope));
            self.digests.insert(sum.scope, digest);
        }
        self.acks.extend(writes.acks.into_iter().map(|addressed| (position, addressed)));
    }

    /// How far the history has come.
    pub fn head(&self) -> Position {
        Position(self.hub.len() as u64)
    }

    fn fact_at(&self, position: Position) -> Option<Uuid> {
        let index = usize::try_from(position.0).ok()?.checked_sub(1)?;
        self.hub.get(index).copied()
    }

    /// Begins to talk to a client of `account` that may see the scopes `granted`.
    pub fn listen(&self, hello: &Hello, account: AccountId, granted: Vec<Scope>, now: Millis) -> Listener {
        let fact_there = hello.place().and_then(|place| self.fact_at(place.position));
        let (epoch, head) = (self.epoch, self.head());
        // It keeps what left its scopes for as long as it runs.
        let mut talk = Talk::begin::<M>(Start { hello, granted, epoch, head, fact_there, horizon: Position(0) });
        if hello.goes_on {
            talk.go_on(hello, feed::digests_told_at(hello.device, now));
        }
        Listener { talk, device: hello.device, account, goes_on: hello.goes_on }
    }

    /// All that there is to say to a client now, and a sign of life.
    pub fn say(&self, to: &mut Listener, now: Millis) -> Vec<ServerMessage<M>> {
        let mut messages = vec![];
        while let Some(frame) = self.frame(to, now, true) {
            let more = frame.more;
            messages.push(ServerMessage::Frame(frame));
            if !more {
                break;
            }
        }
        messages.push(self.beat(to, now));
        messages
    }

    /// What one request of a client is answered: one frame at most, so that a slow phone has it in time, and a sign of life
    /// unless more follows. Nothing while there is nothing new, until the answer was `held` back long enough.
    pub fn answer(&self, to: &mut Listener, now: Millis, held: bool) -> Vec<ServerMessage<M>> {
        // A client that asks by requests asks about its acts with each; that alone is no news.
        let answers = held || !to.goes_on;
        let Some(frame) = self.frame(to, now, answers) else {
            return held.then(|| self.beat(to, now)).into_iter().collect();
        };
        let beat = (!frame.more).then(|| self.beat(to, now));
        [ServerMessage::Frame(frame)].into_iter().chain(beat).collect()
    }

    fn beat(&self, to: &Listener, now: Millis) -> ServerMessage<M> {
        ServerMessage::Beat(Beat { epoch: self.epoch, head: to.talk.at(), now })
    }

    /// The next frame, where there is anything to say; with the answers to what the client asked about if it `answers`.
    fn frame(&self, to: &mut Listener, now: Millis, answers: bool) -> Option<Frame<M>> {
        let Listener { talk, device, account, .. } = to;
        let mut entries = vec![];
        for stage in talk.stages() {
            let wanted =
                |entry: &&Entry| stage.iter().any(|look| look.scope == entry.scope && look.names(entry.position));
            let mut found: Vec<Entry> = self.entries.values().filter(wanted).cloned().collect();
            found.sort_by_key(|entry| entry.position);
            entries.extend(found);
        }
        let rows =
            entries.iter().filter_map(|entry| Some((entry.key.clone(), self.feed_rows.get(&entry.key)?.clone())));
        let rows = rows.collect();
        let (head, head_fact) = (self.head(), self.fact_at(self.head()));
        let acks_to = head;
        let mine = |(position, told): &&(Position, Addressed<M>)| {
            *position <= acks_to && told.device == *device && told.account == *account
        };
        let new = self.acks.iter().filter(mine).filter(|(position, _)| *position > talk.acked());
        let mut acks: Vec<_> = new.map(|(_, told)| told.ack.clone()).collect();
        for id in talk.asked().iter().filter(|_| answers) {
            match self.acks.iter().filter(mine).rfind(|(_, told)| told.ack.id == *id) {
                Some((_, told)) => acks.push(told.ack.clone()),
                None if self.answers.contains_key(id) => {}
                None => acks.push(sync::protocol::Ack { id: *id, settled: Settled::Unknown }),
            }
        }
        let nothing = |scope: &Scope| Digest { scope: scope.clone(), rows: 0, sum: 0 };
        let digest = |scope| self.digests.get(scope).cloned().unwrap_or_else(|| nothing(scope));
        let wanted = talk.scopes().iter().filter(|_| talk.wants_digests(now));
        let digests = wanted.map(digest).collect();
        let horizon = Position(0);
        let window = Window { head, head_fact, rows, entries, complete: true, acks, acks_to, digests, horizon };
        (talk.is_new() || talk.concerns(&window)).then(|| talk.frame(window, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Command, EPOCH, Library, NOW, PHONE, act, hash, id, reader};

    /// Ada's acts as they travel, made for the history `epoch`.
    fn batch(epoch: Option<Epoch>, acts: &[&str]) -> Batch {
        let raw = |act: &&str| serde_json::value::RawValue::from_string((*act).to_owned()).expect("JSON");
        Batch {
            protocol: sync::protocol::PROTOCOL,
            account: "ada".into(),
            device: PHONE,
            sent_at: 50,
            epoch,
            holds: Default::default(),
            commands: acts.iter().map(raw).collect(),
        }
    }

    fn renew(number: u128, title: &str) -> String {
        serde_json::to_string(&act(number, Command::Renew(title.into()))).expect("plain")
    }

    fn take(server: &mut Memory<Library>, batch: &Batch) -> Result<Vec<Outcome<Library>>, Rejection> {
        let answer = server.take(batch, &reader("ada"), NOW, |bytes| hash(bytes.len() as u8))?;
        Ok(answer.outcomes.into_iter().map(|answered| answered.outcome).collect())
    }

    /// A device names the one act before it, so a third one does not name a first that is left for later.
    #[test]
    fn what_stands_behind_an_act_that_is_left_for_later_waits_although_it_does_not_name_it() {
        let mut server = Memory::<Library>::new(EPOCH);
        let newer = renew(1, "emma").replace("\"renew\"", "\"renew-for-ever\"");
        let (behind, other) = (renew(2, "emma"), renew(3, "persuasion"));
        let outcomes = take(&mut server, &batch(Some(EPOCH), &[&newer, &behind, &other]));
        assert_eq!(outcomes, Ok(vec![Outcome::UnknownCommand, Outcome::NotYet, Outcome::Asked]));
        assert!(!server.answers.contains_key(&id(2)), "it may still be decided otherwise");
        assert_eq!(take(&mut server, &batch(Some(EPOCH), &[&behind])), Ok(vec![Outcome::Asked]), "in another batch");
    }

    #[test]
    fn a_batch_that_was_made_for_another_history_is_not_looked_at() {
        let mut server = Memory::<Library>::new(EPOCH);
        let acts = [renew(1, "emma")];
        let acts: Vec<&str> = acts.iter().map(String::as_str).collect();
        let another = Some(Epoch(Uuid::from_u128(8)));
        assert_eq!(take(&mut server, &batch(another, &acts)), Err(Rejection::AnotherHistory));
        assert_eq!((server.head(), server.answers.len()), (Position(0), 0));
        assert_eq!(take(&mut server, &batch(None, &acts)), Ok(vec![Outcome::Asked]), "a device that heard of none yet");
        assert_eq!(take(&mut server, &batch(Some(EPOCH), &acts)), Ok(vec![Outcome::Asked]));
        assert_eq!(server.head(), Position(1), "and once");
    }

    #[test]
    fn a_request_is_answered_one_frame_and_held_while_there_is_nothing_new() {
        let mut server = Memory::<Library>::new(EPOCH);
        let hello = |cursor, goes_on| Hello {
            protocol: sync::protocol::PROTOCOL,
            device: PHONE,
            account: Some("ada".into()),
            cursor,
            scopes: vec!["shelf".into()],
            unsettled: vec![id(9)],
            holds: Default::default(),
            release: String::new(),
            anew: None,
            goes_on,
            others: vec![],
        };
        // Right after the second in which this device is told its sums.
        let now = feed::digests_told_at(PHONE, NOW) + 1;
        let ask = |server: &Memory<Library>, cursor, goes_on, held| {
            let mut listener = server.listen(&hello(cursor, goes_on), "ada".into(), vec!["shelf".into()], now);
            server.answer(&mut listener, now, held)
        };
        let first = ask(&server, None, false, false);
        let [ServerMessage::Frame(first), ServerMessage::Beat(_)] = &first[..] else { panic!("{first:?}") };
        let here = Some(first.cursor);
        assert!(
            ask(&server, here, true, false).is_empty(),
            "an act that nobody knows is asked about with each request"
        );
        let held = ask(&server, here, true, true);
        assert!(
            matches!(&held[..], [ServerMessage::Frame(frame), _] if frame.acks.len() == 1),
            "and answered once held"
        );
        take(&mut server, &batch(Some(EPOCH), &[&renew(1, "emma")])).expect("an outcome");
        let news = ask(&server, here, true, false);
        assert!(matches!(&news[..], [ServerMessage::Frame(frame), _] if frame.changes.len() == 1), "news end the wait");
    }
}
