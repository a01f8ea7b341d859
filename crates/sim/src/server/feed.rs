//! What clients are told: the views, and frames from them.

use std::collections::BTreeMap;

use domain::access;
use domain::trade::Trade;
use flow::feed::{self, Entry, FeedRow, Look, Start, Talk, Window};
use flow::{Addressed, Fact};
use sync::protocol::{Ack, Beat, Bye, Digest, ERASED, Frame, Hello, Settled};
use sync::{Actor, CommandId, Key, Millis, Position, Scope};

use super::Server;
use crate::host::Speaker;

/// The most entries of one look: few, so that a catch-up takes several frames.
const ENTRIES_MAX: usize = 10;

/// The fewest entries that another stage is begun for. One fact has fewer entries than this.
const ENTRIES_MIN: usize = 4;

/// What is on the disk of views; it may fall behind in a crash and is built again from the hub.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Views {
    /// Rows as the feed sends them.
    pub rows: BTreeMap<Key, FeedRow>,
    /// By scope and row, the last thing that happened.
    pub entries: BTreeMap<Scope, BTreeMap<Key, Entry>>,
    /// What each scope adds up to.
    pub digests: BTreeMap<Scope, Digest>,
    /// Final words by position.
    pub acks: Vec<(Position, Addressed<Trade>)>,
    /// How far the hub was read.
    pub read: Position,
    /// What left a scope up to here is forgotten.
    pub horizon: Position,
}

impl Views {
    fn materialise(&mut self, position: Position, fact: &Fact<Trade>) {
        let key = fact.entity.as_ref().map(|entity| &entity.key);
        let old = key.and_then(|key| self.rows.get(key));
        let writes = feed::materialise(position, fact, old).expect("rows are plain data");
        if let Some(row) = writes.row {
            self.rows.insert(row.key.clone(), row);
        }
        for entry in writes.entries {
            self.entries.entry(entry.scope.clone()).or_default().insert(entry.key.clone(), entry);
        }
        for sum in writes.sums {
            let digest = sum.add_to(self.digests.get(&sum.scope).cloned());
            self.digests.insert(sum.scope, digest);
        }
        self.acks.extend(writes.acks.into_iter().map(|addressed| (position, addressed)));
        self.read = position;
    }

    /// Forgets what left a scope up to `horizon`.
    pub fn forget(&mut self, horizon: Position) {
        self.horizon = horizon;
        self.entries.values_mut().for_each(|of| of.retain(|_, entry| !entry.removed || entry.position > horizon));
        self.rows.retain(|_, row| !row.scopes.is_empty() || row.position > horizon);
    }

    /// The entries of one look, in no order.
    fn seen<'a>(&'a self, look: &'a Look) -> impl Iterator<Item = &'a Entry> {
        let scope = self.entries.get(&look.scope);
        scope.into_iter().flat_map(BTreeMap::values).filter(|entry| look.names(entry.position))
    }

    fn digest(&self, scope: &Scope) -> Digest {
        self.digests.get(scope).cloned().unwrap_or_else(|| Digest { scope: scope.clone(), rows: 0, sum: 0 })
    }
}

impl Server {
    pub(super) fn materialise(&mut self) -> bool {
        let position = self.views.read.next();
        let Some(fact) = self.fact_at(position) else { return false };
        self.views.materialise(position, &fact);
        true
    }

    /// The views as they would be if they were built again from the first fact up to `end`.
    pub fn views_up_to(&self, end: Position) -> Views {
        let mut views = Views::default();
        while let Some(fact) = self.fact_at(views.read.next()).filter(|_| views.read < end) {
            views.materialise(views.read.next(), &fact);
        }
        views
    }

    /// The views' disk catches up with what was written to it.
    pub fn flush_views(&mut self) {
        self.flushed = self.views.read;
    }

    /// Begins to talk to a client.
    ///
    /// # Errors
    /// Why not.
    pub fn begin(&self, hello: &Hello, session: Option<u64>, now: Millis) -> Result<(Talk, Option<Actor>), Bye> {
        let bye = |code: &str, retry_after_ms| Bye { code: code.to_owned(), reason: String::new(), retry_after_ms };
        let session = self.session(session);
        let actor = match (&hello.account, session) {
            (None, _) => None,
            (Some(account), Some(actor)) if actor.account == *account => Some(actor),
            (Some(account), _) if self.is_erased(account) => return Err(bye(ERASED, 0)),
            _ => return Err(bye("signed-out", 0)),
        };
        let fact_there = hello.place().and_then(|place| self.fact_at(place.position)).map(|fact| fact.id);
        let known = |place: &sync::protocol::Cursor| place.fact == fact_there && fact_there.is_some();
        let beyond = hello.place().filter(known).is_some_and(|cursor| cursor.position > self.views.read);
        if beyond || self.views.read < self.started_at {
            return Err(bye("restart", 500));
        }
        let granted = access::scopes_of(actor.as_ref());
        let (epoch, head) = (self.epoch, self.views.read);
        let horizon = self.views.horizon;
        let mut talk = Talk::begin::<Trade>(Start { hello, granted, epoch, head, fact_there, horizon });
        if hello.goes_on {
            talk.go_on(hello, now);
        }
        Ok((talk, actor))
    }

    /// The next frame for a client, if there is anything to say; or also where only the cursor moves.
    pub fn frame(&self, to: &mut Speaker, even_empty: bool, now: Millis) -> Option<Frame<Trade>> {
        let head = self.views.read;
        let talk = &to.talk;
        // A client that stands beyond the views, because they are built again, waits for them.
        let waits = talk.at() > head;
        // A client that asks by requests asks about its acts with each; that alone is no news.
        let answers = even_empty || !to.goes_on;
        let asked = answers && !talk.asked().is_empty();
        if waits || (!talk.is_new() && talk.is_at(head) && !talk.wants_digests(now) && !asked) {
            return None;
        }
        let window = self.window(to, answers, now);
        let moved = even_empty && head > talk.at();
        (talk.is_new() || talk.concerns(&window) || moved).then(|| to.talk.frame(window, now))
    }

    fn window(&self, to: &Speaker, answers: bool, now: Millis) -> Window<Trade> {
        let (head, talk) = (self.views.read, &to.talk);
        let (entries, complete) = self.entries(talk);
        let row = |entry: &Entry| Some((entry.key.clone(), self.views.rows.get(&entry.key)?.clone()));
        let rows = entries.iter().filter_map(row).collect();
        let acks_to = if complete { head } else { talk.acked() };
        let acks = if complete { self.acks(to, acks_to, answers) } else { vec![] };
        let wanted = talk.scopes().iter().filter(|_| complete && talk.wants_digests(now));
        let digests = wanted.map(|scope| self.views.digest(scope)).collect();
        let head_fact = self.fact_at(head).map(|fact| fact.id);
        let horizon = self.views.horizon;
        Window { head, head_fact, entries, complete, rows, acks, acks_to, digests, horizon }
    }

    /// The first entries that are to be looked at, and whether they are all. A look ends between two facts.
    fn entries(&self, talk: &Talk) -> (Vec<Entry>, bool) {
        let mut entries: Vec<Entry> = vec![];
        for stage in talk.stages() {
            let room = ENTRIES_MAX - entries.len();
            if room < ENTRIES_MIN {
                return (entries, false);
            }
            let mut found: Vec<_> = stage.iter().flat_map(|look| self.views.seen(look)).cloned().collect();
            found.sort_by_key(|entry| entry.position);
            if let Some(beyond) = found.get(room).map(|entry| entry.position) {
                found.retain(|entry| entry.position < beyond);
                entries.extend(found);
                return (entries, false);
            }
            entries.extend(found);
        }
        (entries, true)
    }

    /// The final words for a client up to `to`; with `answers`, also the answers to what it asked.
    fn acks(&self, client: &Speaker, to: Position, answers: bool) -> Vec<Ack<Trade>> {
        let Some(actor) = &client.actor else { return vec![] };
        let mine = |(position, told): &&(Position, Addressed<Trade>)| {
            *position <= to && told.device == client.device && told.account == actor.account
        };
        let mut acks: Vec<Ack<Trade>> = vec![];
        for (_, told) in self.views.acks.iter().filter(mine).filter(|(position, _)| *position > client.talk.acked()) {
            // A later word on the same act, such as the answer to a question, stands for the earlier.
            acks.retain(|known| known.id != told.ack.id);
            acks.push(told.ack.clone());
        }
        for id in client.talk.asked().iter().filter(|_| answers) {
            let told = self.views.acks.iter().filter(mine).rfind(|(_, told)| told.ack.id == *id);
            match told {
                Some((_, told)) => {
                    acks.retain(|known| known.id != *id);
                    acks.push(told.ack.clone());
                }
                None if self.truth.answers.contains_key(id) => {}
                None => acks.push(Ack { id: *id, settled: Settled::Unknown }),
            }
        }
        acks
    }

    /// Where the last word on an act stands, if there is one yet.
    pub fn acked_at(&self, id: CommandId) -> Option<Position> {
        self.views.acks.iter().rfind(|(_, told)| told.ack.id == id).map(|(position, _)| *position)
    }

    /// A sign of life for a client.
    pub fn beat(&self, talk: &Talk, now: Millis) -> Beat {
        Beat { epoch: self.epoch, head: talk.at(), now }
    }
}
