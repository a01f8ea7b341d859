//! Trying faults again at an operator's word: exactly those that were named at that moment, each once.
//!
//! What was asked is written down whole before anything is tried (a *resubmission*), so faults that come meanwhile are not in it.
//! Each is tried in one transaction with the note of how it ended: a server that stops in between goes on with the rest. A
//! fault takes what waits behind it in its key along; where one of those fails, that is another fault.

use std::time::Duration;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection, SqlitePool};
use sync::{Key, Millis};

use crate::ledger::{self, number};
use crate::parked::{self, TakenUp, Unit};
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// How often it is looked whether an operator asked for something: they ask by another process.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The pause after each fault. Two hundred a second leave the store to the people who use it.
const PAUSE: Duration = Duration::from_millis(5);

/// How far a resubmission has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Faults that it names.
    pub(crate) all: i64,
    /// Their services have followed these.
    pub(crate) followed: i64,
    /// These failed again.
    pub(crate) failed: i64,
    /// These were no longer parked when it was their turn.
    pub(crate) gone: i64,
}

impl Progress {
    /// How many are still to be tried.
    pub(crate) fn open(self) -> i64 {
        self.all - self.followed - self.failed - self.gone
    }
}

/// Writes down that `by` asked for `units` to be tried again; the number of the resubmission.
///
/// # Errors
/// The store's.
pub(crate) async fn ask(
    truth: &mut SqliteConnection,
    units: &[Unit],
    by: &str,
    now: Millis,
) -> Result<i64, StoreError> {
    let asked = sqlx::query("insert into resubmission (asked_by, asked_at) values (?, ?)").bind(by).bind(now);
    let resubmission = asked.execute(&mut *truth).await?.last_insert_rowid();
    for unit in units {
        sqlx::query("insert into resubmitted (resubmission, service, position) values (?, ?, ?)")
            .bind(resubmission)
            .bind(unit.service.name())
            .bind(number(unit.position.0))
            .execute(&mut *truth)
            .await?;
    }
    Ok(resubmission)
}

/// How far `resubmission` has come.
///
/// # Errors
/// The store's.
pub(crate) async fn progress(truth: &mut SqliteConnection, resubmission: i64) -> Result<Progress, StoreError> {
    let counts = sqlx::query(
        "select count(*), count(*) filter (where ended = 'followed'), count(*) filter (where ended = 'failed'),
             count(*) filter (where ended = 'gone') from resubmitted where resubmission = ?",
    );
    let counts = counts.bind(resubmission).fetch_one(truth).await?;
    Ok(Progress { all: counts.get(0), followed: counts.get(1), failed: counts.get(2), gone: counts.get(3) })
}

/// A resubmission as it is told of afterwards.
pub(crate) struct Asked {
    pub(crate) id: i64,
    /// Who asked, and when.
    pub(crate) by: String,
    pub(crate) at: Millis,
    /// Whose faults they were, by name.
    pub(crate) services: String,
    pub(crate) progress: Progress,
}

/// What was asked for last, the latest first, at most `limit`.
///
/// # Errors
/// The store's.
pub(crate) async fn latest(truth: &mut SqliteConnection, limit: i64) -> Result<Vec<Asked>, StoreError> {
    let asked = sqlx::query(
        "select id, asked_by, asked_at, group_concat(distinct service), count(*), count(*) filter (where ended = 'followed'),
             count(*) filter (where ended = 'failed'), count(*) filter (where ended = 'gone')
         from (select id, asked_by, asked_at from resubmission order by id desc limit ?)
             join resubmitted on resubmission = id
         group by id order by id desc",
    );
    let read = |row: &SqliteRow| Asked {
        id: row.get(0),
        by: row.get(1),
        at: row.get(2),
        services: row.get(3),
        progress: Progress { all: row.get(4), followed: row.get(5), failed: row.get(6), gone: row.get(7) },
    };
    Ok(asked.bind(limit).fetch_all(truth).await?.iter().map(read).collect())
}

/// Does what operators ask until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    loop {
        let pause = match next(&state.truth.workers).await? {
            Some((resubmission, unit)) => {
                let writer = &state.truth.writer;
                writer.write_patiently(move |work| Box::pin(resubmit(work, resubmission, unit))).await?;
                state.wake.gap.notify_one();
                PAUSE
            }
            None => LOOK_EVERY,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

async fn next(readers: &SqlitePool) -> Result<Option<(i64, Unit)>, StoreError> {
    let open = sqlx::query(
        "select resubmission, service, position from resubmitted where ended is null order by resubmission, position limit 1",
    );
    let Some(row) = open.fetch_optional(readers).await? else { return Ok(None) };
    let unit = Unit { service: parked::service_of(row.get(1))?, position: ledger::position(row.get(2)) };
    Ok(Some((row.get(0), unit)))
}

async fn resubmit(mut work: Work<'_>, resubmission: i64, unit: Unit) -> Result<(), StoreError> {
    let place = number(unit.position.0);
    let key: Option<String> =
        sqlx::query_scalar("select key from parked where service = ? and position = ? and tries > 0")
            .bind(unit.service.name())
            .bind(place)
            .fetch_optional(&mut *work)
            .await?;
    let ended = match key {
        None => "gone",
        Some(key) => match parked::take_up(&mut work, unit.service, &Key(key)).await? {
            TakenUp::UpTo(position) if position == unit.position => "failed",
            TakenUp::Whole | TakenUp::UpTo(_) => "followed",
        },
    };
    tracing::info!(resubmission, fault = %unit, ended, "a fault was tried again");
    sqlx::query(
        "update resubmitted set ended = ?, ended_at = ? where resubmission = ? and service = ? and position = ?",
    )
    .bind(ended)
    .bind(now())
    .bind(resubmission)
    .bind(unit.service.name())
    .bind(place)
    .execute(&mut *work)
    .await?;
    Ok(())
}
