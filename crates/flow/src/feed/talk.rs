//! One client's way through the feed: from its hello to frames, each bounded, each following the one before.
//!
//! A catch-up from a place that the client stood at goes by position. One that begins anew goes by urgency first: what a
//! person waits for is there before what they browse. What changed meanwhile is its last stage: only when that has come too does
//! the client hold all rows of one moment, and may hear final words and let go of rows that did not come. Both go on where they
//! were broken off, also in another talk, so that a client that is cut off often, or sent one frame a request, comes to an end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;
use sync::protocol::{Ack, Anew, Change, Cursor, Digest, FRAME_BYTES_MAX, Frame, Hello};
use sync::{CommandId, DeviceId, Epoch, Key, Millis, Model, Position, Scope};
use uuid::Uuid;

use super::{Entry, FeedRow};

/// What a row costs in a frame beside its body: its key, its scopes and the rest, roughly.
const CHANGE_BYTES: usize = 256;

/// How often a client is told what its scopes add up to, in milliseconds: it adds up all its rows each time, and a mistake
/// that stands for a minute harms less than a phone that counts all day.
const DIGESTS_EVERY_MS: Millis = 60_000;

/// What a talk begins with.
#[derive(Clone, Debug)]
pub struct Start<'a> {
    /// The client's first word.
    pub hello: &'a Hello,
    /// What its verified identity may see.
    pub granted: Vec<Scope>,
    /// The history that is served.
    pub epoch: Epoch,
    /// How far the feed has come.
    pub head: Position,
    /// The fact that is here at the position of [`Hello::place`].
    pub fact_there: Option<Uuid>,
    /// What left a scope up to here is forgotten, so a client that stands before it begins anew.
    pub horizon: Position,
}

/// Where to look: the entries of `scope` after a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// In which scope.
    pub scope: Scope,
    /// After which position.
    pub after: Position,
    /// And up to which; none is as far as there are any.
    pub to: Option<Position>,
}

impl Look {
    fn after(scope: &Scope, after: Position) -> Self {
        Self { scope: scope.clone(), after, to: None }
    }

    /// Whether it names what stands at a position of its scope.
    pub fn names(&self, position: Position) -> bool {
        position > self.after && self.to.is_none_or(|to| position <= to)
    }
}

/// How far one client has been sent the feed.
#[derive(Clone, Debug)]
pub struct Talk {
    epoch: Epoch,
    scopes: Vec<Scope>,
    /// What was not sent yet, the most urgent first; outside of a catch-up that begins anew it is one stage.
    stages: Vec<Vec<Look>>,
    /// Where the client stands after the frames so far.
    at: Position,
    /// Final words up to here were sent or need not be.
    acked: Position,
    /// Acts that the client asked about in its hello; answered with the last frame of the first catch-up.
    asked: Vec<CommandId>,
    anew: Option<Renewal>,
    digested_at: Option<Millis>,
    begun: bool,
    /// What was forgotten when it began.
    horizon: Position,
    /// The client's place was before that.
    too_long_ago: bool,
}

/// A catch-up that begins anew.
#[derive(Clone, Copy, Debug, Default)]
struct Renewal {
    /// How many frames of it were sent.
    part: u32,
    /// Where the feed stood at the first of them. What has changed since comes last.
    begun: Option<Cursor>,
}

/// A look at the feed, all of it from one moment.
#[derive(Clone, Debug)]
pub struct Window<M: Model> {
    /// How far the feed had come.
    pub head: Position,
    /// The fact there; none at position 0.
    pub head_fact: Option<Uuid>,
    /// The entries that [`Talk::stages`] names, stage after stage, each stage by position; as many as were read at once.
    pub entries: Vec<Entry>,
    /// Whether these are all up to the head.
    pub complete: bool,
    /// The rows that the entries name.
    pub rows: BTreeMap<Key, FeedRow>,
    /// Final words for the client: those after [`Talk::acked`], and the answers to [`Talk::asked`].
    pub acks: Vec<Ack<M>>,
    /// Up to which position they are these; at most the head.
    pub acks_to: Position,
    /// What the scopes add up to at the head, where [`Talk::wants_digests`].
    pub digests: Vec<Digest>,
    /// What left a scope up to here was forgotten by then.
    pub horizon: Position,
}

impl Talk {
    /// Begins where the client stands; from the beginning, where that place is not of this history or is too long ago.
    pub fn begin<M: Model>(start: Start<'_>) -> Self {
        let Start { hello, granted, epoch, head, fact_there, horizon } = start;
        let is_here = |cursor: &Cursor| {
            let same_fact = cursor.position == Position(0) || (cursor.fact.is_some() && cursor.fact == fact_there);
            cursor.epoch == epoch && cursor.position <= head && same_fact
        };
        let is_recent = |cursor: &Cursor| cursor.position >= horizon;
        let usable = |cursor: &Cursor| is_here(cursor) && is_recent(cursor);
        let cursor = hello.cursor.filter(usable);
        let broken_off = hello.anew.as_ref().filter(|anew| cursor.is_none() && usable(&anew.begun));
        let broken_off = broken_off.filter(|_| same(&hello.scopes, &granted));
        // Releases before this one went on with the next stage from here, and left what had changed for afterwards.
        let broken_off = broken_off.filter(|anew| anew.since == (anew.position > anew.begun.position)).cloned();
        let at = cursor.map_or(Position(0), |cursor| cursor.position);
        // A scope that is new to the client is read from its beginning, and the cursor goes back with it: a talk that
        // ends half-way goes on from there, and reads again what it has rather than miss what it has not.
        let look = |scope: &Scope| {
            let held = cursor.is_some() && hello.scopes.contains(scope);
            Look::after(scope, if held { at } else { Position(0) })
        };
        let stages = match cursor {
            Some(_) => vec![granted.iter().map(look).collect()],
            None => by_urgency::<M>(&granted),
        };
        let mut talk = Self {
            epoch,
            stages,
            scopes: granted,
            at,
            acked: if cursor.is_some() { at } else { head },
            asked: hello.unsettled.clone(),
            anew: cursor.is_none().then(Renewal::default),
            digested_at: None,
            begun: false,
            horizon,
            too_long_ago: hello.cursor.is_some_and(|cursor| is_here(&cursor) && !is_recent(&cursor)),
        };
        if let Some(anew) = broken_off {
            talk.take_up(&anew);
        }
        talk
    }

    /// Takes up a catch-up that began anew in an earlier talk.
    fn take_up(&mut self, Anew { begun, part, scope, position, .. }: &Anew) {
        self.anew = Some(Renewal { part: *part, begun: Some(*begun) });
        self.acked = begun.position;
        self.follow_up(begun.position);
        self.pass(scope, *position);
    }

    /// From the moment of `begun` on, the stages end there, and what changes after it is the last stage: a busy scope does not
    /// hold up the others.
    fn follow_up(&mut self, begun: Position) {
        self.stages.iter_mut().flatten().for_each(|look| look.to = Some(begun));
        self.stages.push(self.scopes.iter().map(|scope| Look::after(scope, begun)).collect());
    }

    /// Goes on with the talk that an earlier request ended: a client that names the scopes it may see knows that it is
    /// heard, and is told what they add up to a minute after `digested_at` ([`digests_told_at`]).
    pub fn go_on(&mut self, hello: &Hello, digested_at: Millis) {
        if self.anew.is_none() && same(&hello.scopes, &self.scopes) {
            self.begun = true;
            self.digested_at = Some(digested_at);
        }
    }

    /// The scopes it is about.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// What is to be read for the next frame: as much of the first stage as one look takes, then of the next.
    pub fn stages(&self) -> &[Vec<Look>] {
        &self.stages
    }

    /// Where the client stands.
    pub fn at(&self) -> Position {
        self.at
    }

    /// Whether what the client has still to hear was forgotten since the talk began: it is over, and the next begins anew.
    pub fn is_overtaken(&self, horizon: Position) -> bool {
        let stands_at = match self.anew {
            None => Some(self.at),
            Some(renewal) => renewal.begun.map(|begun| begun.position),
        };
        horizon > self.horizon && stands_at.is_some_and(|here| here < horizon)
    }

    /// Final words after this are wanted.
    pub fn acked(&self) -> Position {
        self.acked
    }

    /// Acts whose final word is wanted whatever its position.
    pub fn asked(&self) -> &[CommandId] {
        &self.asked
    }

    /// Whether the client is to be told what its scopes add up to.
    pub fn wants_digests(&self, now: Millis) -> bool {
        self.digested_at.is_none_or(|at| !(0..DIGESTS_EVERY_MS).contains(&(now - at)))
    }

    /// Whether the client has had no frame yet.
    pub fn is_new(&self) -> bool {
        !self.begun
    }

    /// Whether the client has been sent everything up to `head`.
    pub fn is_at(&self, head: Position) -> bool {
        self.anew.is_none() && self.at == head && self.acked == head
    }

    /// Whether there is anything in the window that the client is to be told.
    pub fn concerns<M: Model>(&self, window: &Window<M>) -> bool {
        let nothing = window.entries.is_empty() && window.acks.is_empty() && window.digests.is_empty();
        self.anew.is_some() || !nothing
    }

    /// The next frame: as many of the window's changes as fit. Only the last frame of a catch-up brings final words and
    /// digests, since each holds with all the rows before it.
    pub fn frame<M: Model>(&mut self, window: Window<M>, now: Millis) -> Frame<M> {
        let head = Cursor { epoch: self.epoch, position: window.head, fact: window.head_fact };
        let part = self.anew.map_or(0, |anew| anew.part);
        if let Some(anew) = self.anew.as_mut().filter(|anew| anew.begun.is_none()) {
            anew.begun = Some(head);
            self.follow_up(head.position);
        }
        let reset = self.anew.is_some() && !self.begun && part == 0;
        let scopes = (!self.begun).then(|| self.scopes.clone());
        self.begun = true;
        let base = self.at;
        let (changes, last) = self.changes(&window);
        let more = last.is_some();
        let cursor = self.place(head, last);
        let anew = self.anew.zip(last).map(|(renewal, last)| Anew {
            begun: cursor,
            part: renewal.part,
            scope: last.scope.clone(),
            position: last.position,
            since: last.position > cursor.position,
        });
        let (mut acks, mut digests) = (vec![], vec![]);
        if !more {
            acks = window.acks;
            self.acked = window.acks_to;
            self.asked.clear();
            if cursor == head && !window.digests.is_empty() && self.wants_digests(now) {
                digests = window.digests;
                self.digested_at = Some(now);
            }
        }
        let too_long_ago = reset && self.too_long_ago;
        Frame { base, cursor, reset, too_long_ago, part, anew, more, scopes, changes, acks, digests, now }
    }

    /// Where the client stands after a frame that ends with `last`; with none, it ends a catch-up that came to `head`.
    fn place(&mut self, head: Cursor, last: Option<&Entry>) -> Cursor {
        let Some(last) = last else {
            self.stages = vec![self.scopes.iter().map(|scope| Look::after(scope, head.position)).collect()];
            self.anew = None;
            self.at = head.position;
            return head;
        };
        self.pass(&last.scope, last.position);
        match &mut self.anew {
            Some(anew) => anew.part = anew.part.saturating_add(1),
            None => self.at = last.position,
        }
        let begun = self.anew.and_then(|anew| anew.begun);
        begun.unwrap_or(Cursor { epoch: self.epoch, position: last.position, fact: Some(last.fact) })
    }

    /// Moves on to what comes after `position` in the stage of `scope`.
    fn pass(&mut self, scope: &Scope, position: Position) {
        let here = |stage: &Vec<Look>| stage.iter().any(|look| look.scope == *scope && look.names(position));
        let Some(stage) = self.stages.iter().position(here) else { return };
        self.stages.drain(..stage);
        for look in self.stages.first_mut().into_iter().flatten() {
            look.after = look.after.max(position);
        }
    }

    /// The changes that fit, and the entry where they end if they are not all.
    fn changes<'w, M: Model>(&self, window: &'w Window<M>) -> (Vec<Change>, Option<&'w Entry>) {
        let mut changes: Vec<Change> = vec![];
        let mut sent = BTreeSet::new();
        let mut bytes = 0;
        let mut last = None;
        for entry in &window.entries {
            let row = window.rows.get(&entry.key);
            let change = self.change::<M>(entry, row).filter(|_| !sent.contains(&entry.key));
            let size = change
                .as_ref()
                .map_or(0, |change| CHANGE_BYTES + change.body.as_ref().map_or(0, |body| body.get().len()));
            if size > 0 && bytes + size > FRAME_BYTES_MAX && !changes.is_empty() {
                return (changes, last);
            }
            bytes += size;
            last = Some(entry);
            if let Some(change) = change {
                sent.insert(change.key.clone());
                changes.push(change);
            }
        }
        (changes, last.filter(|_| !window.complete))
    }

    fn change<M: Model>(&self, entry: &Entry, row: Option<&FeedRow>) -> Option<Change> {
        if self.need_not_come::<M>(entry, row) {
            return None;
        }
        let in_scopes = |row: &FeedRow| -> Vec<Scope> {
            self.scopes.iter().filter(|scope| row.scopes.contains(scope)).cloned().collect()
        };
        let scopes = row.map(in_scopes).unwrap_or_default();
        let body = if entry.removed {
            // A row that left one scope and is in another comes with the other's entry.
            if !scopes.is_empty() {
                return None;
            }
            None
        } else {
            Some(RawValue::from_string(row?.body.clone()?).ok()?)
        };
        Some(Change { key: entry.key.clone(), version: entry.version, position: entry.position, scopes, body })
    }

    /// In a catch-up that begins anew: what had left before it began, and what came with a more urgent scope.
    fn need_not_come<M: Model>(&self, entry: &Entry, row: Option<&FeedRow>) -> bool {
        let Some(begun) = self.anew.and_then(|anew| anew.begun) else { return false };
        let came = |row: &FeedRow| {
            let mut mine = self.scopes.iter().filter(|scope| row.scopes.contains(scope));
            mine.any(|scope| M::urgency(scope) < M::urgency(&entry.scope))
        };
        entry.position <= begun.position && (entry.removed || row.is_some_and(came))
    }
}

/// When a client that asks by requests was last told what its scopes add up to. Nobody remembers, so each device has its
/// own second of every minute, and the request that is held over it brings them.
pub fn digests_told_at(device: DeviceId, now: Millis) -> Millis {
    let own_second = i64::from(device.0.as_fields().0) % DIGESTS_EVERY_MS;
    now - (now - own_second).rem_euclid(DIGESTS_EVERY_MS)
}

/// Whether both name the same scopes, in any order.
fn same(these: &[Scope], those: &[Scope]) -> bool {
    these.iter().collect::<BTreeSet<_>>() == those.iter().collect::<BTreeSet<_>>()
}

fn by_urgency<M: Model>(granted: &[Scope]) -> Vec<Vec<Look>> {
    let mut stages: BTreeMap<u8, Vec<Look>> = BTreeMap::new();
    for scope in granted {
        stages.entry(M::urgency(scope)).or_default().push(Look::after(scope, Position(0)));
    }
    stages.into_values().collect()
}
