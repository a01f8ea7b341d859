//! The task: follows the hub, keeps the books, and makes the reports of days that changed and are quiet.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use flow::pipeline::{Bound, Counts, Rate, batches, last_of_each};
use sync::{Millis, Position};

use super::book::{self, Day};
use super::figure::{self, FIGURES, Made};
use super::report;
use crate::hub::{Page, Place, Wanted};
use crate::ledger;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};
use crate::web::metrics;

/// The name of its checkpoint.
const READER: &str = "reporting";

/// The most facts of a page: an evening of one restaurant becomes few rows.
const PAGE_MAX: usize = 512;

/// What is written in one transaction, which others wait for. A row has a fixed size, so counting is enough.
const BATCH: Bound = Bound { count: 128, bytes: usize::MAX };

/// The rest after each page: nobody reads figures by the millisecond, and what comes together is grouped.
const REST: Duration = Duration::from_millis(250);

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
    let wanted = Wanted::of(&FIGURES.kinds().into_iter().collect::<Vec<_>>());
    let mut hub = state.hub.heads();
    let mut place = Place::noted(ledger::checkpoint(&mut *state.truth.workers.acquire().await?, READER).await?);
    let mut press = Press::new();
    loop {
        hub.borrow_and_update();
        let page = state.hub.read(&wanted.after(place.here), PAGE_MAX).await?;
        let is_full = page.facts.len() == PAGE_MAX;
        keep(&state, page, &mut place).await?;
        state.wake.reporting.send_replace(place.here);
        if is_full {
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

/// What is written in one transaction, and how far the reader is then.
pub(super) struct Step {
    rules: Vec<&'static str>,
    pub(super) made: Vec<Made>,
    pub(super) upto: Position,
}

/// A page in steps; none, where nothing is made of it. A server that dies after any of them goes on behind it: what was grouped away
/// up to there is said again by a unit that is still to be read.
pub(super) fn steps(page: &Page, bound: Bound, counts: &mut Counts) -> Vec<Step> {
    let units = FIGURES.run(&page.facts, counts);
    let kept = last_of_each(units, |unit| figure::key(unit.fact, &unit.made), counts);
    let mut steps: Vec<Step> = vec![];
    for batch in batches(kept, bound, |_| 0, counts) {
        let upto = batch.last().map_or(page.reached, |last| last.unit.position);
        let (rules, made) = batch.into_iter().map(|kept| (kept.unit.rule, kept.unit.made)).unzip();
        steps.push(Step { rules, made, upto });
    }
    if let Some(last) = steps.last_mut() {
        last.upto = page.reached;
    }
    steps
}

/// Puts a page into the books.
async fn keep(state: &AppState, page: Page, place: &mut Place) -> Result<(), StoreError> {
    let mut counts = Counts::default();
    for Step { rules, made, upto } in steps(&page, BATCH, &mut counts) {
        place.moves(upto, true);
        let written = state.truth.writer.write_patiently(move |work| Box::pin(write(work, made, upto))).await;
        for rule in rules {
            if written.is_ok() { counts.sunk(rule) } else { counts.failed(rule) }
        }
        if let Err(error) = written {
            metrics::tell_pipeline(FIGURES.name, &counts);
            return Err(error);
        }
    }
    let reached = page.reached;
    if place.moves(reached, false) {
        state.truth.writer.write_patiently(move |work| Box::pin(write(work, vec![], reached))).await?;
    }
    metrics::tell_pipeline(FIGURES.name, &counts);
    Ok(())
}

async fn write(mut work: Work<'_>, made: Vec<Made>, reached: Position) -> Result<(), StoreError> {
    book::keep(&mut work, &made, now()).await?;
    ledger::set_checkpoint(&mut work, READER, reached).await
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
