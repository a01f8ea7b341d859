//! Looking at the feed for one talk: everything in one read transaction, so that rows, words and head agree.

use std::collections::{BTreeMap, BTreeSet};

use domain::Trade;
use flow::feed::{Entry, Talk, Window};
use sqlx::{Row as _, SqliteConnection, SqlitePool};
use sync::protocol::{Ack, Settled};
use sync::{AccountId, CommandId, DeviceId, Position};

use super::view;
use crate::ledger::{json, number};
use crate::state::AppState;
use crate::store::StoreError;

/// The most entries of one look; a look holds as many rows in memory, and a frame fewer.
const ENTRIES_MAX: usize = 64;

/// To whom final words are addressed.
#[derive(Clone, Debug)]
pub(super) struct Address {
    pub(super) account: AccountId,
    pub(super) device: DeviceId,
}

/// What is there for `talk` now.
pub(super) async fn window(
    state: &AppState,
    talk: &Talk,
    address: Option<&Address>,
) -> Result<Window<Trade>, StoreError> {
    let mut views = state.views.readers.begin().await?;
    let (head, head_fact) = view::head(&mut views).await?;
    let mut entries = vec![];
    for scope in talk.scopes() {
        entries.extend(view::entries(&mut views, scope, talk.read(), ENTRIES_MAX).await?);
    }
    entries.sort_by_key(|entry| entry.position);
    let complete = entries.len() < ENTRIES_MAX;
    entries.truncate(ENTRIES_MAX);
    if !complete {
        drop_last_position(&mut entries);
    }
    let mut rows = BTreeMap::new();
    for key in entries.iter().map(|entry| &entry.key).collect::<BTreeSet<_>>() {
        if let Some(row) = view::row(&mut views, key).await? {
            rows.insert(key.clone(), row);
        }
    }
    let mut acks = vec![];
    if let (Some(address), true) = (address, complete) {
        acks = self::acks(&mut views, address, talk.acked(), head).await?;
        for id in talk.asked() {
            if let Some(ack) = answer(&mut views, &state.truth.readers, address, *id).await? {
                acks.retain(|known| known.id != ack.id);
                acks.push(ack);
            }
        }
    }
    Ok(Window { head, head_fact, entries, complete, rows, acks })
}

/// A look ends between two facts, never inside one. One fact has fewer entries than a look has.
fn drop_last_position(entries: &mut Vec<Entry>) {
    let last = entries.last().map(|entry| entry.position);
    let whole = entries.partition_point(|entry| Some(entry.position) < last);
    if whole > 0 {
        entries.truncate(whole);
    }
}

async fn acks(
    views: &mut SqliteConnection,
    address: &Address,
    after: Position,
    to: Position,
) -> Result<Vec<Ack<Trade>>, StoreError> {
    let found = sqlx::query(
        "select command, settled from feed_ack
         where device = ? and position > ? and position <= ? and account = ? order by position",
    )
    .bind(address.device.to_string())
    .bind(number(after.0))
    .bind(number(to.0))
    .bind(address.account.as_str())
    .fetch_all(views)
    .await?;
    let mut acks: Vec<Ack<Trade>> = vec![];
    for row in &found {
        let id: String = row.get(0);
        let id = id.parse().map_err(|_| StoreError::Strange("an act's id in the feed"))?;
        // A later word on the same act, such as the answer to a question, stands for the earlier.
        acks.retain(|known| known.id != id);
        acks.push(Ack { id, settled: json(row.get(1))? });
    }
    Ok(acks)
}

/// The last word on an act; `Unknown` if it was never decided here; nothing while its fact is on its way.
async fn answer(
    views: &mut SqliteConnection,
    truth: &SqlitePool,
    address: &Address,
    id: CommandId,
) -> Result<Option<Ack<Trade>>, StoreError> {
    let found: Option<String> = sqlx::query_scalar(
        "select settled from feed_ack where command = ? and account = ? order by position desc limit 1",
    )
    .bind(id.to_string())
    .bind(address.account.as_str())
    .fetch_optional(views)
    .await?;
    if let Some(settled) = found {
        return Ok(Some(Ack { id, settled: json(&settled)? }));
    }
    let decided: Option<i64> =
        sqlx::query_scalar("select 1 from answer where id = ?").bind(id.to_string()).fetch_optional(truth).await?;
    Ok(decided.is_none().then_some(Ack { id, settled: Settled::Unknown }))
}
