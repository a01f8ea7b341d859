//! The task: follows the hub, keeps the books, and makes the reports of days that changed and are quiet.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use flow::pipeline::Rate;
use sync::{Key, Millis};

use super::book::{self, Day};
use super::figure::{self, FIGURES, Made};
use super::report;
use crate::reader::{REST, Reader};
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

pub(super) static READER: Reader<Made, (Key, Option<Millis>)> =
    Reader { pipeline: FIGURES, key: figure::key, keep: |work, made| Box::pin(book::keep(work, made, now())) };

/// How long a day is quiet before its report is made, and the longest that it waits for quiet, in milliseconds: an act is followed
/// by a handful of facts within a second, and on a busy evening it is never quiet.
const QUIET: (Millis, Millis) = (1_000, 30_000);

/// The most reports made in one transaction, which others wait for.
pub(super) const REPORTS_MAX: usize = 32;

/// So many reports of one day in so many milliseconds: each is kept for ever. They may all be made in the first minutes of a busy
/// hour; the list says as of when a day is told.
pub(super) const REPORTS_OF_A_DAY: (usize, Millis) = (6, 60 * 60 * 1000);

/// How often it is looked whether a day has become quiet, while any is due.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Keeps the books and makes reports until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let mut hub = state.hub.heads();
    let mut place = READER.begin(&state).await?;
    let mut press = Press::new();
    loop {
        hub.borrow_and_update();
        if READER.page(&state, &mut place, &state.wake.reporting).await? {
            continue; // Far behind: a report now would say what the next page says better.
        }
        let is_due = press.make(&state).await?;
        tokio::select! {
            () = tokio::time::sleep(REST) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
        tokio::select! {
            _ = hub.changed() => {}
            () = tokio::time::sleep(LOOK_EVERY), if is_due => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// Makes reports, and none of a day too often. What it remembers is lost with the process: a restart forgives.
pub(super) struct Press {
    begun: Instant,
    rates: BTreeMap<Day, Rate>,
}

impl Press {
    pub(super) fn new() -> Self {
        Self { begun: Instant::now(), rates: BTreeMap::new() }
    }

    /// Makes the reports of some days that are due; whether any is due then, now or soon.
    async fn make(&mut self, state: &AppState) -> Result<bool, StoreError> {
        // Not by the server's clock: somebody may set it back.
        let elapsed = Millis::try_from(self.begun.elapsed().as_millis()).unwrap_or(Millis::MAX);
        // The look goes past those that may have to wait, so that they hold up no other.
        let limit = REPORTS_MAX + self.rates.len();
        let due = report::due(&state.truth.workers, now(), QUIET, limit).await?;
        let due = self.admit(due, elapsed);
        if !due.is_empty() {
            state.truth.writer.write_patiently(move |work| Box::pin(make_all(work, due))).await?;
        }
        let is_due = sqlx::query_scalar("select exists (select 1 from reporting_due)");
        Ok(is_due.fetch_one(&state.truth.workers).await?)
    }

    /// Those of `due` that may be made now, each counted as made, and no more than are made at once.
    pub(super) fn admit(&mut self, due: Vec<Day>, elapsed: Millis) -> Vec<Day> {
        let (num, per_ms) = REPORTS_OF_A_DAY;
        self.rates.retain(|_, rate| !rate.is_full(elapsed));
        let mut may = |day: &Day| {
            let rate = self.rates.entry(day.clone()).or_insert_with(|| Rate::new(num, per_ms));
            rate.take(elapsed).is_ok()
        };
        due.into_iter().filter(|day| may(day)).take(REPORTS_MAX).collect()
    }
}

async fn make_all(mut work: Work<'_>, due: Vec<Day>) -> Result<(), StoreError> {
    for day in &due {
        report::make(&mut work, day, now()).await?;
    }
    Ok(())
}
