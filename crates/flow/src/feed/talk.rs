//! One client's way through the feed: from its hello to frames, each bounded, each following the one before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;
use sync::protocol::{Ack, Change, Cursor, FRAME_BYTES_MAX, Frame, Hello};
use sync::{CommandId, Epoch, Key, Millis, Model, Position, Scope};
use uuid::Uuid;

use super::{Entry, FeedRow};

/// What a row costs in a frame beside its body: its key, its scopes and the rest, roughly.
const CHANGE_BYTES: usize = 256;

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
    /// The fact that is here at the position of the client's cursor.
    pub fact_there: Option<Uuid>,
}

/// How far one client has been sent the feed.
#[derive(Clone, Debug)]
pub struct Talk {
    epoch: Epoch,
    scopes: Vec<Scope>,
    /// Where the client stands after the frames so far.
    at: Position,
    /// Entries up to here were sent or need not be.
    read: Position,
    /// Of the scopes that it held at its hello: entries up to there it has.
    floors: BTreeMap<Scope, Position>,
    /// Final words up to here were sent or need not be.
    acked: Position,
    /// Acts that the client asked about in its hello; answered with the last frame of the first catch-up.
    asked: Vec<CommandId>,
    reset: bool,
    begun: bool,
}

/// A look at the feed, all of it from one moment.
#[derive(Clone, Debug)]
pub struct Window<M: Model> {
    /// How far the feed had come.
    pub head: Position,
    /// The fact there; none at position 0.
    pub head_fact: Option<Uuid>,
    /// The entries in the talk's scopes after [`Talk::read`], by position; as many as were read at once.
    pub entries: Vec<Entry>,
    /// Whether these are all up to the head.
    pub complete: bool,
    /// The rows that the entries name.
    pub rows: BTreeMap<Key, FeedRow>,
    /// Final words for the client: those after [`Talk::acked`], and the answers to [`Talk::asked`].
    pub acks: Vec<Ack<M>>,
}

impl Talk {
    /// Begins where the client stands; from the beginning, where that place is not of this history.
    pub fn begin(start: Start<'_>) -> Self {
        let Start { hello, granted, epoch, head, fact_there } = start;
        let usable = |cursor: &Cursor| {
            let same_fact = cursor.position == Position(0) || (cursor.fact.is_some() && cursor.fact == fact_there);
            cursor.epoch == epoch && cursor.position <= head && same_fact
        };
        let cursor = hello.cursor.filter(usable);
        let at = cursor.map_or(Position(0), |cursor| cursor.position);
        let held = |scope: &&Scope| cursor.is_some() && hello.scopes.contains(scope);
        let floors: BTreeMap<_, _> = granted.iter().filter(held).map(|scope| (scope.clone(), at)).collect();
        // A scope that is new to the client is read from its beginning, and the cursor goes back with it: a talk that
        // ends half-way goes on from there, and reads again what it has rather than miss what it has not.
        let read = if floors.len() == granted.len() { at } else { Position(0) };
        let acked = if cursor.is_some() { at } else { head };
        Self {
            epoch,
            scopes: granted,
            at,
            read,
            floors,
            acked,
            asked: hello.unsettled.clone(),
            reset: cursor.is_none(),
            begun: false,
        }
    }

    /// The scopes it is about.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// Where the client stands.
    pub fn at(&self) -> Position {
        self.at
    }

    /// Entries after this are wanted.
    pub fn read(&self) -> Position {
        self.read
    }

    /// Final words after this are wanted.
    pub fn acked(&self) -> Position {
        self.acked
    }

    /// Acts whose final word is wanted whatever its position.
    pub fn asked(&self) -> &[CommandId] {
        &self.asked
    }

    /// Whether the client has had no frame yet.
    pub fn is_new(&self) -> bool {
        !self.begun
    }

    /// Whether the window holds anything for the client.
    pub fn concerns<M: Model>(&self, window: &Window<M>) -> bool {
        !window.entries.is_empty() || !window.acks.is_empty()
    }

    /// The next frame: as many of the window's changes as fit. Only the last frame of a catch-up brings final words, since
    /// each holds with all the rows before it.
    pub fn frame<M: Model>(&mut self, window: Window<M>, now: Millis) -> Frame<M> {
        let base = self.at;
        let (changes, cut) = self.changes(&window);
        let cursor = match cut {
            Some((position, fact)) => Cursor { epoch: self.epoch, position, fact: Some(fact) },
            None => Cursor { epoch: self.epoch, position: window.head, fact: window.head_fact },
        };
        let more = cut.is_some();
        self.at = cursor.position;
        self.read = cursor.position;
        let mut acks = vec![];
        if !more {
            acks = window.acks;
            self.acked = window.head;
            self.asked.clear();
            self.floors.clear();
        }
        let scopes = (!self.begun).then(|| self.scopes.clone());
        let reset = self.reset && !self.begun;
        self.begun = true;
        Frame { base, cursor, reset, more, scopes, changes, acks, now }
    }

    /// The changes that fit, and where they end if they are not all.
    fn changes<M: Model>(&self, window: &Window<M>) -> (Vec<Change>, Option<(Position, Uuid)>) {
        let mut changes: Vec<Change> = vec![];
        let mut sent = BTreeSet::new();
        let mut bytes = 0;
        let mut last = None;
        for entry in &window.entries {
            let change = self.change(entry, window.rows.get(&entry.key)).filter(|_| !sent.contains(&entry.key));
            let size = change
                .as_ref()
                .map_or(0, |change| CHANGE_BYTES + change.body.as_ref().map_or(0, |body| body.get().len()));
            if size > 0 && bytes + size > FRAME_BYTES_MAX && !changes.is_empty() {
                return (changes, last);
            }
            bytes += size;
            last = Some((entry.position, entry.fact));
            if let Some(change) = change {
                sent.insert(change.key.clone());
                changes.push(change);
            }
        }
        (changes, last.filter(|_| !window.complete))
    }

    fn change(&self, entry: &Entry, row: Option<&FeedRow>) -> Option<Change> {
        if self.floors.get(&entry.scope).is_some_and(|floor| entry.position <= *floor) {
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
}
