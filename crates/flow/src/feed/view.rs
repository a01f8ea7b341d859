//! From facts to what the feed keeps.

use std::collections::BTreeSet;

use sync::protocol::{Body, Digest, row_digest};
use sync::{Key, Model, Position, Scope, Version};
use uuid::Uuid;

use crate::{Addressed, Fact};

/// A row as the last fact left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Which row.
    pub key: Key,
    /// How often it was written.
    pub version: Version,
    /// The fact that made it so.
    pub position: Position,
    /// Who may see it.
    pub scopes: Vec<Scope>,
    /// A [`sync::protocol::Body`] as JSON; none for a row that is gone.
    pub body: Option<String>,
}

/// The last thing that happened to a row in a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where.
    pub scope: Scope,
    /// To which row.
    pub key: Key,
    /// Its version then.
    pub version: Version,
    /// The fact that did it.
    pub position: Position,
    /// That fact's id.
    pub fact: Uuid,
    /// The row left the scope.
    pub removed: bool,
}

/// What a fact changes in the feed, all of it in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedWrites<M: Model> {
    /// The row as it is now.
    pub row: Option<FeedRow>,
    /// One for each scope that the row is in or has left; each replaces the last of its scope and row.
    pub entries: Vec<Entry>,
    /// What the scopes that the row is in or was in add up to now, against before.
    pub sums: Vec<Sum>,
    /// Final words, true at the fact's position.
    pub acks: Vec<Addressed<M>>,
}

/// What one fact changes a scope's [`Digest`] by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Which scope.
    pub scope: Scope,
    /// So many rows more; -1 for a row that left.
    pub rows: i64,
    /// To be added to the sum, wrapping.
    pub sum: u64,
}

impl Sum {
    /// The scope's digest after this, from the one before; a scope that nobody has heard of adds up to nothing.
    pub fn add_to(&self, before: Option<Digest>) -> Digest {
        let (rows, sum) = before.map_or((0, 0), |before| (before.rows, before.sum));
        let rows = rows.checked_add_signed(self.rows).expect("a row leaves a scope that it was in");
        Digest { scope: self.scope.clone(), rows, sum: sum.wrapping_add(self.sum) }
    }
}

/// What the fact at `position` changes, where its row is `old` in the feed. A fact that was applied before changes nothing.
///
/// # Errors
/// A row that cannot be written as JSON.
pub fn materialise<M: Model>(
    position: Position,
    fact: &Fact<M>,
    old: Option<&FeedRow>,
) -> Result<FeedWrites<M>, serde_json::Error> {
    let mut writes = FeedWrites { row: None, entries: vec![], sums: vec![], acks: fact.acks.clone() };
    let Some(entity) = &fact.entity else { return Ok(writes) };
    if old.is_some_and(|old| old.position >= position || old.version > entity.version) {
        return Ok(writes);
    }
    let body = entity.body.as_ref().map(serde_json::to_string).transpose()?;
    // Who may see a row is this release's to say, also of a fact that an earlier one wrote.
    let scopes = match &entity.body {
        Some(Body::Row(row)) => M::scopes(&entity.key, row),
        Some(Body::Inbox(_)) => entity.scopes.clone(),
        None => vec![],
    };
    let entry = |scope: &Scope, removed| Entry {
        scope: scope.clone(),
        key: entity.key.clone(),
        version: entity.version,
        position,
        fact: fact.id,
        removed,
    };
    let left = old.iter().flat_map(|old| &old.scopes).filter(|scope| !scopes.contains(scope));
    writes.entries =
        left.map(|scope| entry(scope, true)).chain(scopes.iter().map(|scope| entry(scope, false))).collect();
    let row = FeedRow { key: entity.key.clone(), version: entity.version, position, scopes, body };
    writes.sums = sums(old, &row);
    writes.row = Some(row);
    Ok(writes)
}

/// Sums only ever take from what they were given, so views that are built again from the hub have the same.
fn sums(old: Option<&FeedRow>, new: &FeedRow) -> Vec<Sum> {
    let before: BTreeSet<_> = old.iter().flat_map(|old| &old.scopes).collect();
    let after: BTreeSet<_> = new.scopes.iter().collect();
    let digest_before = old.map_or(0, |old| row_digest(&old.key, old.version));
    let digest_after = row_digest(&new.key, new.version);
    let sum = |scope: &&Scope| {
        let (was, is) = (before.contains(scope), after.contains(scope));
        let (taken, given) = (if was { digest_before } else { 0 }, if is { digest_after } else { 0 });
        let rows = i64::from(is) - i64::from(was);
        Sum { scope: (*scope).clone(), rows, sum: given.wrapping_sub(taken) }
    };
    before.union(&after).map(sum).collect()
}
