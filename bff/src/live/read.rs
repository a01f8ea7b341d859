//! Looking at the feed for one talk: everything in one read transaction, so that rows, words and head agree.

use std::collections::BTreeMap;

use domain::Trade;
use flow::feed::{Entry, FeedRow, Look, Talk, Window};
use sqlx::{Row as _, SqliteConnection, SqlitePool};
use sync::protocol::{Ack, Digest, FRAME_BYTES_MAX, Settled};
use sync::{AccountId, CommandId, DeviceId, Key, Millis, Position};

use super::view;
use crate::ledger::{json, number, position};
use crate::state::AppState;
use crate::store::StoreError;

/// The most entries of one look, and the most bytes of rows: what fits in a frame, and a little that does not.
const ENTRIES_MAX: usize = 64;
const ROWS_BYTES_MAX: usize = FRAME_BYTES_MAX;

/// Rows that are read at once: a change of threads for each costs more than some that are read in vain.
const ROWS_AT_ONCE: usize = 32;

/// The fewest entries that another stage is begun for. One fact has fewer entries than this.
const ENTRIES_MIN: usize = 16;

/// The most final words of one look; an outbox holds fewer acts.
const ACKS_MAX: usize = 1024;

/// To whom final words are addressed.
#[derive(Clone, Debug)]
pub(super) struct Address {
    pub(super) account: AccountId,
    pub(super) device: DeviceId,
}

/// What is there for `talk` at the server's time `now`; with `answers`, also to what it asks about.
pub(super) async fn window(
    state: &AppState,
    talk: &Talk,
    address: Option<&Address>,
    answers: bool,
    now: Millis,
) -> Result<Window<Trade>, StoreError> {
    let mut views = state.views.readers.begin().await?;
    let view::Standing { head, fact: head_fact, horizon } = view::standing(&mut views).await?;
    let (mut entries, all) = entries(&mut views, talk.stages()).await?;
    let (rows, fit) = rows(&mut views, &entries).await?;
    let complete = all && fit == entries.len();
    entries.truncate(fit);
    let (mut acks, mut acks_to) = (vec![], if complete { head } else { talk.acked() });
    if let (Some(address), true) = (address, complete) {
        (acks, acks_to) = self::acks(&mut views, address, talk.acked(), acks_to).await?;
        for id in talk.asked().iter().filter(|_| answers) {
            if let Some(ack) = answer(&mut views, &state.truth.readers, address, *id, acks_to).await? {
                acks.retain(|known| known.id != ack.id);
                acks.push(ack);
            }
        }
    }
    let mut digests = vec![];
    if complete && talk.wants_digests(now) {
        for scope in talk.scopes() {
            let nothing = || Digest { scope: scope.clone(), rows: 0, sum: 0 };
            digests.push(view::digest(&mut views, scope).await?.unwrap_or_else(nothing));
        }
    }
    Ok(Window { head, head_fact, entries, complete, rows, acks, acks_to, digests, horizon })
}

/// The first entries that are to be looked at, and whether they are all.
async fn entries(views: &mut SqliteConnection, stages: &[Vec<Look>]) -> Result<(Vec<Entry>, bool), StoreError> {
    let mut entries: Vec<Entry> = vec![];
    for stage in stages {
        let room = ENTRIES_MAX - entries.len();
        if room < ENTRIES_MIN {
            return Ok((entries, false));
        }
        let mut found = vec![];
        for look in stage {
            found.extend(view::entries(views, look, room).await?);
        }
        found.sort_by_key(|entry| entry.position);
        let all = found.len() < room;
        found.truncate(room);
        if !all {
            drop_last_position(&mut found);
        }
        entries.extend(found);
        if !all {
            return Ok((entries, false));
        }
    }
    Ok((entries, true))
}

/// The rows of the first `entries`, and how many entries these are: as many as one look may hold.
async fn rows(views: &mut SqliteConnection, entries: &[Entry]) -> Result<(BTreeMap<Key, FeedRow>, usize), StoreError> {
    let mut rows = BTreeMap::new();
    let mut bytes = 0;
    for (some, first) in entries.chunks(ROWS_AT_ONCE).zip((0..).step_by(ROWS_AT_ONCE)) {
        let mut found = view::rows(views, &some.iter().map(|entry| &entry.key).collect()).await?;
        for (entry, index) in some.iter().zip(first..) {
            if bytes > ROWS_BYTES_MAX && entries[index - 1].position != entry.position {
                return Ok((rows, index));
            }
            if let Some(row) = found.remove(&entry.key).filter(|_| !rows.contains_key(&entry.key)) {
                bytes += row.body.as_ref().map_or(0, String::len);
                rows.insert(entry.key.clone(), row);
            }
        }
    }
    Ok((rows, entries.len()))
}

/// A look ends between two facts, never inside one.
fn drop_last_position(entries: &mut Vec<Entry>) {
    let last = entries.last().map(|entry| entry.position);
    let whole = entries.partition_point(|entry| Some(entry.position) < last);
    if whole > 0 {
        entries.truncate(whole);
    }
}

/// The words after `after` up to `to`, or up to where one look takes them.
async fn acks(
    views: &mut SqliteConnection,
    address: &Address,
    after: Position,
    to: Position,
) -> Result<(Vec<Ack<Trade>>, Position), StoreError> {
    let mut found = sqlx::query(
        "select command, settled, position from feed_ack
         where device = ? and position > ? and position <= ? and account = ? order by position limit ?",
    )
    .bind(address.device.to_string())
    .bind(number(after.0))
    .bind(number(to.0))
    .bind(address.account.as_str())
    .bind(i64::try_from(ACKS_MAX).unwrap_or(i64::MAX))
    .fetch_all(views)
    .await?;
    let mut acks_to = to;
    if found.len() == ACKS_MAX {
        let last: i64 = found[ACKS_MAX - 1].get(2);
        found.retain(|row| row.get::<i64, _>(2) < last);
        acks_to = position(last - 1);
    }
    let mut acks: Vec<Ack<Trade>> = vec![];
    for row in &found {
        let id: String = row.get(0);
        let id = id.parse().map_err(|_| StoreError::Strange("an act's id in the feed"))?;
        // A later word on the same act, such as the answer to a question, stands for the earlier.
        acks.retain(|known| known.id != id);
        acks.push(Ack { id, settled: json(row.get(1))? });
    }
    Ok((acks, acks_to))
}

/// The last word on an act; `Unknown` if it was never decided here; nothing while its fact is on its way.
async fn answer(
    views: &mut SqliteConnection,
    truth: &SqlitePool,
    address: &Address,
    id: CommandId,
    to: Position,
) -> Result<Option<Ack<Trade>>, StoreError> {
    let found: Option<String> = sqlx::query_scalar(
        "select settled from feed_ack
         where command = ? and account = ? and position <= ? order by position desc limit 1",
    )
    .bind(id.to_string())
    .bind(address.account.as_str())
    .bind(number(to.0))
    .fetch_optional(views)
    .await?;
    if let Some(settled) = found {
        return Ok(Some(Ack { id, settled: json(&settled)? }));
    }
    let decided: Option<i64> =
        sqlx::query_scalar("select 1 from answer where id = ?").bind(id.to_string()).fetch_optional(truth).await?;
    Ok(decided.is_none().then_some(Ack { id, settled: Settled::Unknown }))
}
