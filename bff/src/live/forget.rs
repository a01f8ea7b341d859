//! Forgetting: that a row left its scope is remembered for as long as a device may be away and still be told so, and then no more.
//! Who was away for longer begins anew, and keeps its outbox.
//!
//! It is noted how far was forgotten before anything is, so no client hears of a gap that nobody fills.

use std::time::Duration;

use sqlx::{Connection as _, SqliteConnection};
use sync::{Millis, Position};

use super::view;
use crate::ledger::number;
use crate::state::{AppState, now};
use crate::store::StoreError;

/// How long a device may be away and go on where it was, in milliseconds: ninety days. After that a device is rather lost than in a
/// drawer, and all that a person sees is soon loaded again.
const AWAY_MAX_MS: Millis = 90 * 24 * 60 * 60 * 1000;

/// How often it is looked whether something has become so old.
const LOOK_EVERY: Duration = Duration::from_secs(6 * 60 * 60);

/// The most that is forgotten in one transaction: the feed writes the same file, and has people waiting.
const BATCH_MAX: i64 = 500;

/// What is forgotten: a row's removal from a scope, and a row that is in no scope.
const LEFT: [&str; 2] = [
    "delete from feed_scope where (scope, key) in
         (select scope, key from feed_scope where removed = 1 and position <= ? limit ?)",
    "delete from feed_row where key in (select key from feed_row where scopes = '[]' and position <= ? limit ?)",
];

/// Forgets until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    loop {
        if let Some(horizon) = state.hub.before(now() - AWAY_MAX_MS).await? {
            let left = forget(&mut state.views.connect().await?, horizon).await?;
            tracing::debug!(%horizon, left, "what left its scope is forgotten");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// Forgets what left up to `horizon`, as far as the feed has come, and says how many rows that were.
async fn forget(views: &mut SqliteConnection, horizon: Position) -> Result<u64, StoreError> {
    let mut transaction = views.begin_with("begin immediate").await?;
    let here = view::standing(&mut transaction).await?;
    // Views that are being built again have yet to come to what is to be forgotten.
    let horizon = horizon.min(here.head);
    if horizon <= here.horizon {
        return Ok(0);
    }
    sqlx::query("delete from feed_horizon").execute(&mut *transaction).await?;
    let note = sqlx::query("insert into feed_horizon (position) values (?)").bind(number(horizon.0));
    note.execute(&mut *transaction).await?;
    transaction.commit().await?;
    let mut all = 0;
    for left in LEFT {
        loop {
            let some = sqlx::query(left).bind(number(horizon.0)).bind(BATCH_MAX).execute(&mut *views).await?;
            all += some.rows_affected();
            if some.rows_affected() == 0 {
                break;
            }
        }
    }
    Ok(all)
}
