//! From facts to what the feed keeps.

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
    /// Final words, true at the fact's position.
    pub acks: Vec<Addressed<M>>,
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
    let mut writes = FeedWrites { row: None, entries: vec![], acks: fact.acks.clone() };
    let Some(entity) = &fact.entity else { return Ok(writes) };
    if old.is_some_and(|old| old.position >= position || old.version > entity.version) {
        return Ok(writes);
    }
    let body = entity.body.as_ref().map(serde_json::to_string).transpose()?;
    let scopes = if body.is_some() { entity.scopes.clone() } else { vec![] };
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
    writes.row = Some(FeedRow { key: entity.key.clone(), version: entity.version, position, scopes, body });
    Ok(writes)
}
