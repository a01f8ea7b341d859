//! The trigger: takes what services wrote in their change log to the hub.
//!
//! The hub need not be in the same file, so there are two steps: the facts are published, and then its place in the change log is
//! noted. One that dies in between publishes again, and the hub leaves out what it has.

use std::time::Duration;

use sqlx::Row as _;
use sync::Position;

use crate::ledger::{self, Fact, json, number};
use crate::state::AppState;
use crate::store::{StoreError, Truth, Work};

/// The name of its place.
pub(crate) const TRIGGER: &str = "trigger";

/// The most facts published at once; the next round is at once.
const BATCH_MAX: i64 = 256;

/// How often the change log is looked at unasked: another process (an import) may have written it.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Publishes until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let mut written = state.truth.written();
    let mut here = ledger::checkpoint(&mut *state.truth.workers.acquire().await?, TRIGGER).await?;
    loop {
        written.borrow_and_update();
        if let Some((last, facts)) = next(&state.truth, here).await? {
            state.hub.publish(facts).await?;
            here = last;
            state.wake.published.send_replace(here);
            // Nobody waits for it: where it is lost, the same is published again.
            state.truth.writer.write_soon(move |work| Box::pin(note(work, last))).await?;
            continue;
        }
        state.wake.published.send_replace(here);
        tokio::select! {
            _ = written.changed() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// What was written after `here`, and the place of its last.
async fn next(truth: &Truth, here: Position) -> Result<Option<(Position, Vec<Fact>)>, StoreError> {
    let changes = sqlx::query("select seq, fact from change where seq > ? order by seq limit ?")
        .bind(number(here.0))
        .bind(BATCH_MAX)
        .fetch_all(&truth.workers)
        .await?;
    let Some(last) = changes.last() else { return Ok(None) };
    let facts = changes.iter().map(|change| json(change.get(1))).collect::<Result<_, _>>()?;
    Ok(Some((ledger::position(last.get(0)), facts)))
}

async fn note(mut work: Work<'_>, here: Position) -> Result<(), StoreError> {
    ledger::set_checkpoint(&mut work, TRIGGER, here).await
}

/// Waits until everything that was written is published; the hub's head then.
///
/// # Errors
/// The store's.
pub(crate) async fn settled(state: &AppState) -> Result<Position, StoreError> {
    let written: Option<i64> =
        sqlx::query_scalar("select max(seq) from change").fetch_one(&state.truth.workers).await?;
    let written = written.map_or(Position(0), ledger::position);
    let mut published = state.wake.published.subscribe();
    published.wait_for(|published| *published >= written).await.map_err(|_| StoreError::Closed)?;
    Ok(state.hub.head())
}
