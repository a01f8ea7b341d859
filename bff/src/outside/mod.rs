//! What every gateway to a system outside needs: words that are signed, calls that are tried again with patience, a breaker that
//! leaves a system alone which fails, addresses that may be called, where the facts are gone on with, and how many calls wait.

pub(crate) mod address;
pub(crate) mod breaker;
pub(crate) mod patience;
pub(crate) mod signature;

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use sync::{Millis, Position};

use crate::ledger;
use crate::state::AppState;
use crate::store::StoreError;

/// Where `reader` goes on with the facts: behind what it noted last, and not before anybody was there to be told, which the query
/// `since` says.
///
/// # Errors
/// The store's.
pub(crate) async fn goes_on_at(state: &AppState, reader: &str, since: &'static str) -> Result<Position, StoreError> {
    let mut readers = state.truth.workers.acquire().await?;
    let here = ledger::checkpoint(&mut readers, reader).await?;
    let since = match sqlx::query_scalar::<_, Option<i64>>(since).fetch_one(&mut *readers).await? {
        Some(since) => ledger::position(since),
        None => ledger::head(&mut readers).await?,
    };
    Ok(here.max(since))
}

/// What is to be said to a system outside, and was not taken yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Queue {
    /// How many calls.
    pub(crate) waiting: i64,
    /// Since when the first waits.
    pub(crate) oldest: Option<Millis>,
    /// One was tried in vain more than once: it is the system, and no accident.
    pub(crate) rests: bool,
}

impl Queue {
    /// From a row of: how many wait, since when the first does, and the most tries of one.
    pub(crate) fn of(row: &SqliteRow) -> Self {
        Self {
            waiting: row.get(0),
            oldest: row.get(1),
            rests: row.get::<Option<i64>, _>(2).is_some_and(|tries| tries > 1),
        }
    }
}
