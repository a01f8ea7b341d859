//! The trigger: takes what services wrote to the hub, where every listener reads it in one order.
//!
//! Hub and change log are in one file, so a fact is published and the checkpoint moved in one transaction.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::{OrderId, rules};
use sqlx::{Row as _, SqlitePool};
use sync::Position;
use sync::protocol::Body;

use crate::ledger::{self, Fact, json, number};
use crate::state::AppState;
use crate::store::{StoreError, Work};

/// The name of the trigger's checkpoint.
const TRIGGER: &str = "trigger";

/// The most facts published at once; the next round is at once.
const BATCH_MAX: i64 = 256;

/// How often the change log is looked at unasked: another process (an import) may have written it.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Publishes until the server stops.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let mut written = state.truth.written();
    let head = ledger::head(&mut *state.truth.workers.acquire().await?).await?;
    state.wake.hub.send_replace(head);
    loop {
        written.borrow_and_update();
        let (head, more) = state.truth.writer.write_patiently(|work| Box::pin(publish(work))).await?;
        state.wake.hub.send_if_modified(|known| std::mem::replace(known, head) != head);
        if more {
            continue;
        }
        tokio::select! {
            _ = written.changed() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

async fn publish(mut work: Work<'_>) -> Result<(Position, bool), StoreError> {
    let seen = ledger::checkpoint(&mut work, TRIGGER).await?;
    let head = ledger::head(&mut work).await?;
    let changes = sqlx::query("select seq, fact from change where seq > ? order by seq limit ?")
        .bind(number(seen.0))
        .bind(BATCH_MAX)
        .fetch_all(&mut *work)
        .await?;
    let Some(last) = changes.last() else { return Ok((head, false)) };
    let last = ledger::position(last.get(0));
    let facts = changes.iter().map(|change| json::<Fact>(change.get(1))).collect::<Result<Vec<_>, _>>()?;
    let known = known(&mut work, seen, last).await?;
    let mut reached = head;
    for (position, fact) in flow::publish::publish(head, facts, &known) {
        append(&mut work, position, &fact).await?;
        reached = position;
    }
    ledger::set_checkpoint(&mut work, TRIGGER, last).await?;
    Ok((reached, i64::try_from(changes.len()).is_ok_and(|count| count == BATCH_MAX)))
}

async fn known(work: &mut Work<'_>, after: Position, to: Position) -> Result<BTreeSet<uuid::Uuid>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select hub.fact_id from hub join change on change.fact_id = hub.fact_id where change.seq > ? and change.seq <= ?",
    )
    .bind(number(after.0))
    .bind(number(to.0))
    .fetch_all(&mut **work)
    .await?;
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

async fn append(work: &mut Work<'_>, position: Position, fact: &Fact) -> Result<(), StoreError> {
    sqlx::query(
        "insert into hub (position, fact_id, kind, at, key, cause, fact, order_id) values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(number(position.0))
    .bind(fact.id.to_string())
    .bind(&fact.kind)
    .bind(fact.at)
    .bind(fact.key.as_str())
    .bind(fact.cause.as_ref().map(|cause| cause.command.to_string()))
    .bind(serde_json::to_string(fact)?)
    .bind(order_of(fact).map(|order| order.to_string()))
    .execute(&mut **work)
    .await?;
    Ok(())
}

/// Of which order a fact tells; a refused act is about the order whose lane it was in.
fn order_of(fact: &Fact) -> Option<OrderId> {
    let item = fact.entity.as_ref().and_then(|entity| match &entity.body {
        Some(Body::Inbox(item)) => Some(item),
        _ => None,
    });
    rules::about(item.map_or(&fact.key, |item| &item.lane), fact.event.as_ref())
}

/// Waits until everything that was written is published; the hub's head then.
///
/// # Errors
/// The store's.
pub(crate) async fn settled(state: &AppState) -> Result<Position, StoreError> {
    let mut readers = state.truth.workers.acquire().await?;
    loop {
        let written: Option<i64> = sqlx::query_scalar("select max(seq) from change").fetch_one(&mut *readers).await?;
        if ledger::checkpoint(&mut readers, TRIGGER).await? >= written.map_or(Position(0), ledger::position) {
            return ledger::head(&mut readers).await;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// The facts after `position`, at most `limit`, in order.
///
/// # Errors
/// The store's.
pub(crate) async fn facts(
    readers: &SqlitePool,
    position: Position,
    limit: i64,
) -> Result<Vec<(Position, Fact)>, StoreError> {
    let found = sqlx::query("select position, fact from hub where position > ? order by position limit ?")
        .bind(number(position.0))
        .bind(limit)
        .fetch_all(readers)
        .await?;
    found.iter().map(|row| Ok((ledger::position(row.get(0)), json(row.get(1))?))).collect()
}

/// The id of the fact at `position`; none where there is none.
///
/// # Errors
/// The store's.
pub(crate) async fn fact_at(readers: &SqlitePool, position: Position) -> Result<Option<uuid::Uuid>, StoreError> {
    let found: Option<String> = sqlx::query_scalar("select fact_id from hub where position = ?")
        .bind(number(position.0))
        .fetch_optional(readers)
        .await?;
    Ok(found.and_then(|id| id.parse().ok()))
}
