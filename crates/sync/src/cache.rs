//! The cache: rows as the server sent them, and how far it has been read. It may go at any time.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::protocol::{Body, Change, Cursor, Frame};
use crate::{Epoch, InboxItem, Key, Millis, Model, Position, Scope, Version};

/// A row as it is kept. The body stays the text that came, so that a release that can read more finds it whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRow {
    /// Which row.
    pub key: Key,
    /// How often it was written.
    pub version: Version,
    /// The fact that made it so.
    pub position: Position,
    /// The scopes it was seen in.
    pub scopes: Vec<Scope>,
    /// A [`Body`] as JSON.
    pub body: String,
}

/// How far the cache has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Where; `None` before the first catch-up was complete.
    pub cursor: Option<Cursor>,
    /// The scopes held up to there.
    pub scopes: Vec<Scope>,
    /// The server's clock when the rows were last known to be current.
    pub as_of: Option<Millis>,
}

/// What one frame changes, to be stored in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheWrite {
    /// Rows to put.
    pub puts: Vec<StoredRow>,
    /// Rows to remove.
    pub removes: Vec<Key>,
    /// How far it is then.
    pub mark: Mark,
}

/// A row with its body, if this release can read it.
#[derive(Clone, Debug)]
pub struct Row<M: Model> {
    /// As it is kept.
    pub stored: StoredRow,
    /// What it holds; `None` for a body this release cannot read.
    pub body: Option<Body<M>>,
}

/// The frame does not follow what is here; the feed must be asked again from the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap;

/// All rows on this device.
#[derive(Clone, Debug)]
pub struct Cache<M: Model> {
    rows: BTreeMap<Key, Row<M>>,
    mark: Mark,
    /// While the cache is built anew: the rows that have come. The others go when the last frame is in.
    renewing: Option<Renewal>,
}

#[derive(Clone, Debug)]
struct Renewal {
    position: Position,
    seen: BTreeSet<Key>,
    scopes: Vec<Scope>,
}

impl<M: Model> Default for Cache<M> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), mark: Mark::default(), renewing: None }
    }
}

impl<M: Model> Cache<M> {
    /// The cache that consists of `rows`, read up to `mark`.
    pub fn load(rows: impl IntoIterator<Item = StoredRow>, mark: Mark) -> Self {
        let rows = rows.into_iter().map(|stored| (stored.key.clone(), read(stored))).collect();
        Self { rows, mark, renewing: None }
    }

    /// How far it has been read.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    /// The history it was read from.
    pub fn epoch(&self) -> Option<Epoch> {
        self.mark.cursor.map(|cursor| cursor.epoch)
    }

    /// The row `key`.
    pub fn get(&self, key: &Key) -> Option<&Row<M>> {
        self.rows.get(key)
    }

    /// The trade's row `key`, if it is there and readable.
    pub fn row(&self, key: &Key) -> Option<&M::Row> {
        match self.rows.get(key)?.body.as_ref()? {
            Body::Row(row) => Some(row),
            Body::Inbox(_) => None,
        }
    }

    /// All rows of a kind, by key.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a Key, &'a Row<M>)> {
        let from = Key(format!("{kind}/"));
        self.rows.range(from..).take_while(move |(key, _)| key.kind() == kind)
    }

    /// The inbox items that wait, oldest first.
    pub fn inbox(&self) -> Vec<&InboxItem<M>> {
        let item = |row: &'_ Row<M>| matches!(row.body, Some(Body::Inbox(_)));
        let mut items: Vec<_> = self
            .of_kind("inbox")
            .filter(|(_, row)| item(row))
            .filter_map(|(_, row)| match &row.body {
                Some(Body::Inbox(item)) => Some(item),
                _ => None,
            })
            .collect();
        items.sort_by_key(|item| item.refused_at);
        items
    }

    /// Rows that this release cannot read.
    pub fn unreadable(&self) -> impl Iterator<Item = &Key> {
        self.rows.iter().filter(|(_, row)| row.body.is_none()).map(|(key, _)| key)
    }

    /// Applies a frame whole; returns what is to be stored in one transaction.
    ///
    /// # Errors
    /// [`Gap`] if the frame does not follow; nothing was changed.
    pub fn apply(&mut self, frame: &Frame<M>) -> Result<CacheWrite, Gap> {
        let here = match &self.renewing {
            Some(renewal) => renewal.position,
            None => self.mark.cursor.map_or(Position(0), |cursor| cursor.position),
        };
        let same_history = self.epoch().is_none_or(|epoch| epoch == frame.cursor.epoch) || self.renewing.is_some();
        if !frame.reset && (frame.base != here || !same_history) {
            return Err(Gap);
        }
        if frame.reset {
            let scopes = frame.scopes.clone().unwrap_or_default();
            self.renewing = Some(Renewal { position: frame.base, seen: BTreeSet::new(), scopes });
        }
        let mut write = CacheWrite::default();
        if let (Some(scopes), None) = (&frame.scopes, &self.renewing) {
            self.narrow(scopes, &mut write);
        }
        frame.changes.iter().for_each(|change| self.change(change, &mut write));
        self.advance(frame, &mut write);
        // A row may go with one scope and come back with another in one frame: what is stored is how it ended.
        write.removes.retain(|key| !self.rows.contains_key(key));
        write.puts.retain(|row| self.rows.contains_key(&row.key));
        write.mark = self.mark.clone();
        Ok(write)
    }

    /// Notes that the rows are still current at the server's time `now`; nothing is stored for it.
    pub fn current_as_of(&mut self, now: Millis) {
        self.mark.as_of = Some(now);
    }

    /// Forgets what only a signed-in person may see; `keep` stays.
    pub fn forget_all_but(&mut self, keep: &[Scope]) -> CacheWrite {
        let mut write = CacheWrite::default();
        self.renewing = None;
        self.narrow(keep, &mut write);
        write.mark = self.mark.clone();
        write
    }

    /// Takes over what another tab stored.
    pub fn reload(&mut self, puts: impl IntoIterator<Item = StoredRow>, removes: &[Key], mark: Mark) {
        puts.into_iter().for_each(|stored| {
            self.rows.insert(stored.key.clone(), read(stored));
        });
        removes.iter().for_each(|key| {
            self.rows.remove(key);
        });
        self.mark = mark;
    }

    fn narrow(&mut self, scopes: &[Scope], write: &mut CacheWrite) {
        for row in self.rows.values_mut() {
            let before = row.stored.scopes.len();
            row.stored.scopes.retain(|scope| scopes.contains(scope));
            if row.stored.scopes.is_empty() {
                write.removes.push(row.stored.key.clone());
            } else if row.stored.scopes.len() < before {
                write.puts.push(row.stored.clone());
            }
        }
        write.removes.iter().for_each(|key| {
            self.rows.remove(key);
        });
        self.mark.scopes.retain(|scope| scopes.contains(scope));
    }

    fn change(&mut self, change: &Change, write: &mut CacheWrite) {
        if let Some(renewal) = &mut self.renewing {
            renewal.seen.insert(change.key.clone());
        } else if self.rows.get(&change.key).is_some_and(|row| row.stored.position > change.position) {
            return;
        }
        match &change.body {
            Some(body) if !change.scopes.is_empty() => {
                let stored = StoredRow {
                    key: change.key.clone(),
                    version: change.version,
                    position: change.position,
                    scopes: change.scopes.clone(),
                    body: body.get().to_owned(),
                };
                write.puts.push(stored.clone());
                self.rows.insert(change.key.clone(), read(stored));
            }
            _ => {
                write.removes.push(change.key.clone());
                self.rows.remove(&change.key);
            }
        }
    }

    /// Moves the cursor. While the cache is built anew there is none, so that a crash half-way begins again.
    fn advance(&mut self, frame: &Frame<M>, write: &mut CacheWrite) {
        match &mut self.renewing {
            Some(renewal) if frame.more => {
                renewal.position = frame.cursor.position;
                self.mark = Mark { cursor: None, scopes: vec![], as_of: self.mark.as_of };
            }
            Some(renewal) => {
                let gone: Vec<_> = self.rows.keys().filter(|key| !renewal.seen.contains(*key)).cloned().collect();
                gone.iter().for_each(|key| {
                    self.rows.remove(key);
                });
                write.removes.extend(gone);
                let scopes = std::mem::take(&mut renewal.scopes);
                self.mark = Mark { cursor: Some(frame.cursor), scopes, as_of: Some(frame.now) };
                self.renewing = None;
            }
            None => {
                self.mark.cursor = Some(frame.cursor);
                if let Some(scopes) = &frame.scopes {
                    self.mark.scopes.clone_from(scopes);
                }
                if !frame.more {
                    self.mark.as_of = Some(frame.now);
                }
            }
        }
    }
}

fn read<M: Model>(stored: StoredRow) -> Row<M> {
    let body = serde_json::from_str(&stored.body).ok();
    Row { stored, body }
}
