//! The materialiser: writes the feed from the hub's facts, with its checkpoint, in one transaction of the views' file.

use std::collections::{BTreeMap, BTreeSet};

use domain::Trade;
use flow::Addressed;
use flow::feed::{self, Entry, FeedRow, FeedWrites, Look};
use sqlx::{Connection as _, Row as _, SqliteConnection};
use sync::protocol::Digest;
use sync::{Key, Position, Scope, Version};
use uuid::Uuid;

use crate::hub::{Placed, Wanted};
use crate::ledger::{json, number, position};
use crate::state::AppState;
use crate::store::{StoreError, Together};
use crate::view::View;

/// The feed.
const FEED: View =
    View { name: "feed", tables: &["feed_row", "feed_scope", "feed_digest", "feed_ack", "feed_horizon"] };

/// The most facts of one transaction. It is not synced, so small ones cost little and show early.
const BATCH_MAX: usize = 256;

/// Materialises until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let mut hub = state.hub.heads();
    let mut views = state.views.connect().await?;
    let mut here = FEED.begin(&state, &mut views).await?;
    loop {
        state.wake.feed.send_replace(here);
        hub.borrow_and_update();
        let page = state.hub.read(&Wanted::default().after(here), BATCH_MAX).await?;
        if page.reached > here {
            write(&mut views, &state, &page.facts).await?;
            here = page.reached;
            continue;
        }
        tokio::select! {
            _ = hub.changed() => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

async fn write(views: &mut SqliteConnection, state: &AppState, facts: &[Placed]) -> Result<(), StoreError> {
    let mut transaction = views.begin_with("begin immediate").await?;
    let page = Written::of(&mut transaction, facts).await?;
    page.put(&mut transaction).await?;
    if let Some((last, fact)) = facts.last() {
        FEED.reach(state, &mut transaction, *last, fact.id).await?;
    }
    Ok(transaction.commit().await?)
}

/// What a page of facts leaves behind: of each row, entry and scope the last.
#[derive(Default)]
struct Written {
    rows: BTreeMap<Key, FeedRow>,
    entries: BTreeMap<(Scope, Key), Entry>,
    digests: BTreeMap<Scope, Digest>,
    acks: Vec<(Position, Addressed<Trade>)>,
}

impl Written {
    async fn of(views: &mut SqliteConnection, facts: &[Placed]) -> Result<Self, StoreError> {
        let keys: BTreeSet<&Key> = facts.iter().filter_map(|(_, fact)| Some(&fact.entity.as_ref()?.key)).collect();
        let mut known = rows(views, &keys).await?;
        let mut written = Self::default();
        for (position, fact) in facts {
            let old = fact.entity.as_ref().and_then(|entity| known.get(&entity.key));
            let FeedWrites { row, entries, sums, acks } = feed::materialise(*position, fact, old)?;
            if let Some(row) = row {
                written.rows.insert(row.key.clone(), row.clone());
                known.insert(row.key.clone(), row);
            }
            for entry in entries {
                written.entries.insert((entry.scope.clone(), entry.key.clone()), entry);
            }
            for sum in sums {
                let before = match written.digests.get(&sum.scope) {
                    Some(digest) => Some(digest.clone()),
                    None => digest(views, &sum.scope).await?,
                };
                written.digests.insert(sum.scope.clone(), sum.add_to(before));
            }
            written.acks.extend(acks.into_iter().map(|told| (*position, told)));
        }
        Ok(written)
    }

    async fn put(self, views: &mut SqliteConnection) -> Result<(), StoreError> {
        let rows: Vec<FeedRow> = self.rows.into_values().collect();
        Together::each(views, &rows, put_row).await?;
        let entries: Vec<Entry> = self.entries.into_values().collect();
        Together::each(views, &entries, put_entry).await?;
        let digests: Vec<Digest> = self.digests.into_values().collect();
        Together::each(views, &digests, put_digest).await?;
        Together::each(views, &self.acks, put_ack).await
    }
}

fn put_row(together: &mut Together, row: &FeedRow) -> Result<(), StoreError> {
    let put = together.then(
        "insert into feed_row (key, version, position, scopes, body) values (?, ?, ?, ?, ?)
         on conflict do update set version = excluded.version, position = excluded.position,
             scopes = excluded.scopes, body = excluded.body",
    );
    let put = put.bind(row.key.0.clone()).bind(number(row.version.0)).bind(number(row.position.0));
    put.bind(serde_json::to_string(&row.scopes)?).bind(row.body.clone());
    Ok(())
}

fn put_entry(together: &mut Together, entry: &Entry) -> Result<(), StoreError> {
    let put = together.then(
        "insert into feed_scope (scope, key, version, position, fact, removed) values (?, ?, ?, ?, ?, ?)
         on conflict do update set version = excluded.version, position = excluded.position,
             fact = excluded.fact, removed = excluded.removed",
    );
    let put = put.bind(entry.scope.0.clone()).bind(entry.key.0.clone()).bind(number(entry.version.0));
    put.bind(number(entry.position.0)).bind(entry.fact.to_string()).bind(entry.removed);
    Ok(())
}

fn put_digest(together: &mut Together, digest: &Digest) -> Result<(), StoreError> {
    let put = together.then(
        "insert into feed_digest (scope, rows, sum) values (?, ?, ?)
         on conflict do update set rows = excluded.rows, sum = excluded.sum",
    );
    put.bind(digest.scope.0.clone()).bind(number(digest.rows)).bind(digest.sum.cast_signed());
    Ok(())
}

fn put_ack(together: &mut Together, (position, told): &(Position, Addressed<Trade>)) -> Result<(), StoreError> {
    let put = together
        .then("insert or ignore into feed_ack (position, command, account, device, settled) values (?, ?, ?, ?, ?)");
    let put = put.bind(number(position.0)).bind(told.ack.id.to_string()).bind(told.account.0.clone());
    put.bind(told.device.to_string()).bind(serde_json::to_string(&told.ack.settled)?);
    Ok(())
}

/// What `scope` adds up to; none for one that no row ever was in.
pub(super) async fn digest(views: &mut SqliteConnection, scope: &Scope) -> Result<Option<Digest>, StoreError> {
    let found = sqlx::query("select rows, sum from feed_digest where scope = ?")
        .bind(scope.as_str())
        .fetch_optional(views)
        .await?;
    Ok(found.map(|found| {
        let sum: i64 = found.get(1);
        Digest { scope: scope.clone(), rows: position(found.get(0)).0, sum: sum.cast_unsigned() }
    }))
}

/// The rows that `keys` name as the feed has them, as far as it does.
pub(super) async fn rows(
    views: &mut SqliteConnection,
    keys: &BTreeSet<&Key>,
) -> Result<BTreeMap<Key, FeedRow>, StoreError> {
    let found = sqlx::query(
        "select key, version, position, scopes, body from feed_row where key in (select value from json_each(?))",
    );
    let found = found.bind(serde_json::to_string(keys)?).fetch_all(views).await?;
    let row = |found: &sqlx::sqlite::SqliteRow| {
        let key = Key(found.get(0));
        let row = FeedRow {
            key: key.clone(),
            version: Version(position(found.get(1)).0),
            position: position(found.get(2)),
            scopes: json(found.get(3))?,
            body: found.get(4),
        };
        Ok((key, row))
    };
    found.iter().map(row).collect()
}

/// Where the feed stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// How far it has come.
    pub(super) head: Position,
    /// The fact there.
    pub(super) fact: Option<Uuid>,
    /// What left a scope up to here is forgotten.
    pub(super) horizon: Position,
}

/// Where the feed stands.
pub(super) async fn standing(views: &mut SqliteConnection) -> Result<Standing, StoreError> {
    let found = sqlx::query(
        "select position, fact, coalesce((select position from feed_horizon), 0) from checkpoint where name = ?",
    );
    let found = found.bind(FEED.name).fetch_optional(views).await?;
    Ok(found.map_or(Standing { head: Position(0), fact: None, horizon: Position(0) }, |found| {
        let fact: Option<String> = found.get(1);
        let fact = fact.and_then(|fact| fact.parse().ok());
        Standing { head: position(found.get(0)), fact, horizon: position(found.get(2)) }
    }))
}

/// The entries that `look` names, by position, at most `limit`.
pub(super) async fn entries(views: &mut SqliteConnection, look: &Look, limit: usize) -> Result<Vec<Entry>, StoreError> {
    let found = sqlx::query(
        "select key, version, position, fact, removed from feed_scope
         where scope = ? and position > ? and position <= ? order by position limit ?",
    )
    .bind(look.scope.as_str())
    .bind(number(look.after.0))
    .bind(look.to.map_or(i64::MAX, |to| number(to.0)))
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(views)
    .await?;
    let entry = |found: &sqlx::sqlite::SqliteRow| {
        let fact: String = found.get(3);
        let fact = fact.parse().map_err(|_| StoreError::Strange("a fact's id in the feed"))?;
        Ok(Entry {
            scope: look.scope.clone(),
            key: Key(found.get(0)),
            version: Version(position(found.get(1)).0),
            position: position(found.get(2)),
            fact,
            removed: found.get(4),
        })
    };
    found.iter().map(entry).collect()
}
