//! The cache: rows as the server sent them, and how far it has been read. It may go at any time.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::outbox::Place;
use crate::protocol::{Anew, Body, Change, Cursor, Digest, Frame, row_digest};
use crate::{AccountId, Epoch, InboxItem, Key, Millis, Model, Position, Scope, Version};

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
    /// Whose rows these are, beside what is public; nobody's while nobody is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Where; `None` before the first catch-up was complete.
    pub cursor: Option<Cursor>,
    /// The scopes held up to there.
    pub scopes: Vec<Scope>,
    /// The server's clock when the rows were last known to be current.
    pub as_of: Option<Millis>,
}

/// What one frame changes, to be stored in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheWrite {
    /// Whatever the disk has goes first.
    pub anew: bool,
    /// Rows to put.
    pub puts: Vec<StoredRow>,
    /// Rows to remove.
    pub removes: Vec<Key>,
    /// How far it is then.
    pub mark: Mark,
}

/// Whose the cache on the disk is, for a leader that claimed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The leader's own: what it read there is what is there.
    Holds,
    /// Nobody's, or an earlier leader's: the one that was claimed was thrown away. Only the whole may be written.
    Gone,
    /// A later leader's: nothing may be written.
    Taken,
}

/// How the claim of the leader that leads as number `mine` stands where the disk says `generation`.
pub fn check_claim(generation: u64, mine: u64) -> Claim {
    match generation.cmp(&mine) {
        Ordering::Equal => Claim::Holds,
        Ordering::Less => Claim::Gone,
        Ordering::Greater => Claim::Taken,
    }
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
    /// While some scopes are fetched again: what has come in them. What has not leaves them when the catch-up is complete.
    repairing: Option<Repair>,
}

#[derive(Clone, Debug)]
struct Renewal {
    next_part: u32,
    seen: BTreeSet<Key>,
    scopes: Vec<Scope>,
    /// What the server said of how far it has come.
    anew: Option<Anew>,
}

#[derive(Clone, Debug)]
struct Repair {
    scopes: BTreeSet<Scope>,
    seen: BTreeSet<(Scope, Key)>,
}

impl<M: Model> Default for Cache<M> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), mark: Mark::default(), renewing: None, repairing: None }
    }
}

impl<M: Model> Cache<M> {
    /// The cache that consists of `rows`, read up to `mark`.
    pub fn load(rows: impl IntoIterator<Item = StoredRow>, mark: Mark) -> Self {
        let rows = rows.into_iter().map(|stored| (stored.key.clone(), read(stored))).collect();
        Self { rows, mark, renewing: None, repairing: None }
    }

    /// How far it has been read.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    /// The history it was read from.
    pub fn epoch(&self) -> Option<Epoch> {
        self.mark.cursor.map(|cursor| cursor.epoch)
    }

    /// Whether the row `key` is here as it was at `place`, or newer, and can be read.
    pub fn has_row_of(&self, place: Place, key: &Key) -> bool {
        self.rows.get(key).is_some_and(|row| row.body.is_some() && row.stored.position >= place.position)
    }

    /// All rows and the cursor, to be stored in the place of whatever the disk has.
    pub fn whole(&self) -> CacheWrite {
        CacheWrite { anew: true, puts: self.stored().cloned().collect(), removes: vec![], mark: self.mark.clone() }
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

    /// All rows as they are kept, by key.
    pub fn stored(&self) -> impl Iterator<Item = &StoredRow> {
        self.rows.values().map(|row| &row.stored)
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

    /// Whether the row `key` is here and cannot be read by this release.
    pub fn is_unreadable(&self, key: &Key) -> bool {
        self.rows.get(key).is_some_and(|row| row.body.is_none())
    }

    /// Applies a frame whole; returns what is to be stored in one transaction.
    ///
    /// # Errors
    /// [`Gap`] if the frame does not follow; nothing was changed.
    pub fn apply(&mut self, frame: &Frame<M>) -> Result<CacheWrite, Gap> {
        if !self.follows(frame) {
            return Err(Gap);
        }
        if frame.reset {
            let scopes = frame.scopes.clone().unwrap_or_default();
            self.renewing = Some(Renewal { next_part: 0, seen: BTreeSet::new(), scopes, anew: None });
            self.repairing = None;
        }
        let mut write = CacheWrite::default();
        if let (Some(scopes), None) = (&frame.scopes, &self.renewing) {
            self.narrow(scopes, &mut write);
        }
        frame.changes.iter().for_each(|change| self.change(change, &mut write));
        self.advance(frame, &mut write);
        self.finish_repair(frame, &mut write);
        // A row may go with one scope and come back with another in one frame: what is stored is how it ended.
        write.removes.retain(|key| !self.rows.contains_key(key));
        write.puts.retain(|row| self.rows.contains_key(&row.key));
        write.mark = self.mark.clone();
        Ok(write)
    }

    fn follows(&self, frame: &Frame<M>) -> bool {
        let here = self.mark.cursor.map_or(Position(0), |cursor| cursor.position);
        let same_history = self.epoch().is_none_or(|epoch| epoch == frame.cursor.epoch);
        match &self.renewing {
            _ if frame.reset => frame.part == 0,
            Some(renewal) => frame.part == renewal.next_part,
            None => frame.part == 0 && frame.base == here && same_history,
        }
    }

    /// How far a catch-up that begins anew has come here, with the scopes that it brings; none while there is none.
    pub fn half_way(&self) -> Option<(&Anew, &[Scope])> {
        let renewal = self.renewing.as_ref()?;
        Some((renewal.anew.as_ref()?, &renewal.scopes))
    }

    /// The scopes of `digests` whose rows here add up to something else. Meant for the digests of the frame that was
    /// applied last.
    pub fn differing(&self, digests: &[Digest]) -> Vec<Scope> {
        let mut sums: BTreeMap<&Scope, (u64, u64)> = digests.iter().map(|digest| (&digest.scope, (0, 0))).collect();
        for row in self.rows.values() {
            for scope in &row.stored.scopes {
                if let Some((rows, sum)) = sums.get_mut(scope) {
                    *rows += 1;
                    *sum = sum.wrapping_add(row_digest(&row.stored.key, row.stored.version));
                }
            }
        }
        let differs = |digest: &&Digest| sums[&digest.scope] != (digest.rows, digest.sum);
        digests.iter().filter(differs).map(|digest| digest.scope.clone()).collect()
    }

    /// Scopes with a row whose stored text is no JSON: something damaged it here.
    pub fn damaged(&self) -> BTreeSet<Scope> {
        let whole = |row: &Row<M>| {
            row.body.is_some() || serde_json::from_str::<serde::de::IgnoredAny>(&row.stored.body).is_ok()
        };
        let damaged = self.rows.values().filter(|row| !whole(row));
        damaged.flat_map(|row| row.stored.scopes.iter().cloned()).collect()
    }

    /// The next catch-up brings these scopes whole, because they were not named in the hello; what does not come leaves
    /// them at its end.
    pub fn repair(&mut self, scopes: BTreeSet<Scope>) {
        self.repairing = (!scopes.is_empty()).then(|| Repair { scopes, seen: BTreeSet::new() });
    }

    /// Notes that the rows are still current at the server's time `now`; nothing is stored for it.
    pub fn current_as_of(&mut self, now: Millis) {
        self.mark.as_of = Some(now);
    }

    /// From now on this is the cache of `account`. What another person could see is forgotten, but for the scopes `public`;
    /// what is to be stored for it, where it was another's.
    pub fn belongs_to(&mut self, account: Option<&AccountId>, public: &[Scope]) -> Option<CacheWrite> {
        if self.mark.account.as_ref() == account {
            return None;
        }
        self.mark.account = account.cloned();
        Some(self.forget_all_but(public))
    }

    fn forget_all_but(&mut self, keep: &[Scope]) -> CacheWrite {
        let mut write = CacheWrite::default();
        self.renewing = None;
        self.repairing = None;
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

    fn finish_repair(&mut self, frame: &Frame<M>, write: &mut CacheWrite) {
        if frame.more {
            return;
        }
        let Some(Repair { scopes, seen }) = self.repairing.take() else { return };
        for row in self.rows.values_mut() {
            let before = row.stored.scopes.len();
            let key = &row.stored.key;
            row.stored.scopes.retain(|scope| !scopes.contains(scope) || seen.contains(&(scope.clone(), key.clone())));
            if row.stored.scopes.is_empty() {
                write.removes.push(row.stored.key.clone());
            } else if row.stored.scopes.len() < before {
                write.puts.push(row.stored.clone());
            }
        }
        self.rows.retain(|_, row| !row.stored.scopes.is_empty());
    }

    fn change(&mut self, change: &Change, write: &mut CacheWrite) {
        let mut mended = false;
        if let Some(repair) = &mut self.repairing {
            let scopes: Vec<_> = change.scopes.iter().filter(|scope| repair.scopes.contains(*scope)).collect();
            mended = !scopes.is_empty();
            repair.seen.extend(scopes.into_iter().map(|scope| (scope.clone(), change.key.clone())));
        }
        if let Some(renewal) = &mut self.renewing {
            renewal.seen.insert(change.key.clone());
        } else if !mended && self.rows.get(&change.key).is_some_and(|row| row.stored.position > change.position) {
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

    /// Moves the cursor. While the cache is built anew there is none, so that a restart half-way begins again.
    fn advance(&mut self, frame: &Frame<M>, write: &mut CacheWrite) {
        match &mut self.renewing {
            Some(renewal) if frame.more => {
                renewal.next_part = frame.part + 1;
                renewal.anew.clone_from(&frame.anew);
                self.mark = Mark { cursor: None, scopes: vec![], ..self.mark.clone() };
            }
            Some(renewal) => {
                let gone: Vec<_> = self.rows.keys().filter(|key| !renewal.seen.contains(*key)).cloned().collect();
                gone.iter().for_each(|key| {
                    self.rows.remove(key);
                });
                write.removes.extend(gone);
                let scopes = std::mem::take(&mut renewal.scopes);
                let (cursor, as_of) = (Some(frame.cursor), Some(frame.now));
                self.mark = Mark { cursor, scopes, as_of, ..self.mark.clone() };
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
