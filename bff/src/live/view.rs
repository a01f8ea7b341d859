//! The materialiser: writes the feed from the hub's facts, with its checkpoint, in one transaction of the views' file.

use domain::Trade;
use flow::feed::{self, Entry, FeedRow, FeedWrites, Look};
use sqlx::{Connection as _, Row as _, SqliteConnection};
use sync::protocol::Digest;
use sync::{Key, Position, Scope, Version};
use uuid::Uuid;

use crate::hub::Wanted;
use crate::ledger::{Fact, json, number, position};
use crate::state::AppState;
use crate::store::StoreError;
use crate::view::View;

/// The feed.
const FEED: View = View { name: "feed", tables: &["feed_row", "feed_scope", "feed_digest", "feed_ack"] };

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

async fn write(views: &mut SqliteConnection, state: &AppState, facts: &[(Position, Fact)]) -> Result<(), StoreError> {
    let mut transaction = views.begin_with("begin immediate").await?;
    for (position, fact) in facts {
        let old = match &fact.entity {
            Some(entity) => row(&mut transaction, &entity.key).await?,
            None => None,
        };
        let writes = feed::materialise(*position, fact, old.as_ref())?;
        apply(&mut transaction, *position, &writes).await?;
    }
    if let Some((last, fact)) = facts.last() {
        FEED.reach(state, &mut transaction, *last, fact.id).await?;
    }
    Ok(transaction.commit().await?)
}

async fn apply(views: &mut SqliteConnection, position: Position, writes: &FeedWrites<Trade>) -> Result<(), StoreError> {
    if let Some(row) = &writes.row {
        put_row(views, row).await?;
    }
    for entry in &writes.entries {
        put_entry(views, entry).await?;
    }
    for sum in &writes.sums {
        let digest = sum.add_to(digest(views, &sum.scope).await?);
        put_digest(views, &digest).await?;
    }
    for told in &writes.acks {
        sqlx::query(
            "insert or ignore into feed_ack (position, command, account, device, settled) values (?, ?, ?, ?, ?)",
        )
        .bind(number(position.0))
        .bind(told.ack.id.to_string())
        .bind(told.account.as_str())
        .bind(told.device.to_string())
        .bind(serde_json::to_string(&told.ack.settled)?)
        .execute(&mut *views)
        .await?;
    }
    Ok(())
}

async fn put_row(views: &mut SqliteConnection, row: &FeedRow) -> Result<(), StoreError> {
    sqlx::query(
        "insert into feed_row (key, version, position, scopes, body) values (?, ?, ?, ?, ?)
         on conflict do update set version = excluded.version, position = excluded.position,
             scopes = excluded.scopes, body = excluded.body",
    )
    .bind(row.key.as_str())
    .bind(number(row.version.0))
    .bind(number(row.position.0))
    .bind(serde_json::to_string(&row.scopes)?)
    .bind(&row.body)
    .execute(views)
    .await?;
    Ok(())
}

async fn put_entry(views: &mut SqliteConnection, entry: &Entry) -> Result<(), StoreError> {
    sqlx::query(
        "insert into feed_scope (scope, key, version, position, fact, removed) values (?, ?, ?, ?, ?, ?)
         on conflict do update set version = excluded.version, position = excluded.position,
             fact = excluded.fact, removed = excluded.removed",
    )
    .bind(entry.scope.as_str())
    .bind(entry.key.as_str())
    .bind(number(entry.version.0))
    .bind(number(entry.position.0))
    .bind(entry.fact.to_string())
    .bind(entry.removed)
    .execute(views)
    .await?;
    Ok(())
}

async fn put_digest(views: &mut SqliteConnection, digest: &Digest) -> Result<(), StoreError> {
    sqlx::query(
        "insert into feed_digest (scope, rows, sum) values (?, ?, ?)
         on conflict do update set rows = excluded.rows, sum = excluded.sum",
    )
    .bind(digest.scope.as_str())
    .bind(number(digest.rows))
    .bind(digest.sum.cast_signed())
    .execute(views)
    .await?;
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

/// The row `key` as the feed has it.
pub(super) async fn row(views: &mut SqliteConnection, key: &Key) -> Result<Option<FeedRow>, StoreError> {
    let found = sqlx::query("select version, position, scopes, body from feed_row where key = ?")
        .bind(key.as_str())
        .fetch_optional(views)
        .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some(FeedRow {
        key: key.clone(),
        version: Version(position(found.get(0)).0),
        position: position(found.get(1)),
        scopes: json(found.get(2))?,
        body: found.get(3),
    }))
}

/// How far the feed has come, with the fact there.
pub(super) async fn head(views: &mut SqliteConnection) -> Result<(Position, Option<Uuid>), StoreError> {
    FEED.head(views).await
}

/// The entries that `look` names, by position, at most `limit`.
pub(super) async fn entries(views: &mut SqliteConnection, look: &Look, limit: usize) -> Result<Vec<Entry>, StoreError> {
    let found = sqlx::query(
        "select key, version, position, fact, removed from feed_scope
         where scope = ? and position > ? order by position limit ?",
    )
    .bind(look.scope.as_str())
    .bind(number(look.after.0))
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
