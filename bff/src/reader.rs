//! Readers of the hub that stand outside of the services and keep what they make of facts in the truth: a pipeline, a sink, and a
//! checkpoint in the transaction of what was written.
//!
//! ```text
//! hub ─► rules ─► the last of each key ─► batches ─► the sink and how far it is, in one transaction
//! ```
//! A server that dies between two transactions goes on behind the last: what was grouped away up to there is said again by a unit
//! that is still to be read. So a sink has to bear that a fact is said twice, and that of one key only the last is.

use std::time::Duration;

use domain::Trade;
use flow::pipeline::{Bound, Counts, Pipeline, batches, last_of_each};
use futures::future::BoxFuture;
use sync::Position;
use tokio::sync::watch;

use crate::hub::{Page, Place, Wanted};
use crate::ledger::{self, Fact};
use crate::state::AppState;
use crate::store::{StoreError, Work};
use crate::web::metrics;

/// The most facts of a page: an evening of one restaurant becomes few rows.
const PAGE_MAX: usize = 512;

/// What is written in one transaction, which others wait for. What is made of a fact has about one size, so counting is enough.
const BATCH: Bound = Bound { count: 128, bytes: usize::MAX };

/// The rest after each page: nobody reads what is kept here by the millisecond, and what comes together is grouped.
pub(crate) const REST: Duration = Duration::from_millis(250);

/// Where what was made of facts goes: in one transaction with the checkpoint.
type Sink<T> = for<'a> fn(&'a mut Work<'_>, &'a [T]) -> BoxFuture<'a, Result<(), StoreError>>;

/// A reader.
pub(crate) struct Reader<T: 'static, K: 'static> {
    /// What it makes of which facts. Its name is the checkpoint's.
    pub(crate) pipeline: Pipeline<Trade, T>,
    /// What a unit is the last of.
    pub(crate) key: fn(&Fact, &T) -> K,
    /// What keeps it.
    pub(crate) keep: Sink<T>,
}

/// What is written in one transaction, and how far the reader is then.
pub(crate) struct Step<T> {
    rules: Vec<&'static str>,
    pub(crate) made: Vec<T>,
    pub(crate) upto: Position,
}

impl<T: Send + 'static, K: Ord + 'static> Reader<T, K> {
    /// Follows the hub until the server stops, and tells `reached` how far it is.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn run(
        &'static self,
        state: &AppState,
        reached: &watch::Sender<Position>,
    ) -> Result<(), StoreError> {
        let mut hub = state.hub.heads();
        let mut place = self.begin(state).await?;
        loop {
            hub.borrow_and_update();
            if self.page(state, &mut place, reached).await? {
                continue;
            }
            tokio::select! {
                () = tokio::time::sleep(REST) => {}
                () = state.stop.cancelled() => return Ok(()),
            }
            tokio::select! {
                _ = hub.changed() => {}
                () = state.stop.cancelled() => return Ok(()),
            }
        }
    }

    /// Where it stands.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn begin(&self, state: &AppState) -> Result<Place, StoreError> {
        let mut connection = state.truth.workers.acquire().await?;
        Ok(Place::noted(ledger::checkpoint(&mut connection, self.pipeline.name).await?))
    }

    /// Keeps what is made of the next page; whether that was a full one, with more to come.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn page(
        &'static self,
        state: &AppState,
        place: &mut Place,
        reached: &watch::Sender<Position>,
    ) -> Result<bool, StoreError> {
        let kinds: Vec<_> = self.pipeline.kinds().into_iter().collect();
        let page = state.hub.read(&Wanted::of(&kinds).after(place.here), PAGE_MAX).await?;
        let is_full = page.facts.len() == PAGE_MAX;
        let mut counts = Counts::default();
        let kept = self.keep_page(state, &page, place, &mut counts).await;
        metrics::tell_pipeline(self.pipeline.name, &counts);
        kept?;
        reached.send_replace(place.here);
        Ok(is_full)
    }

    async fn keep_page(
        &'static self,
        state: &AppState,
        page: &Page,
        place: &mut Place,
        counts: &mut Counts,
    ) -> Result<(), StoreError> {
        for Step { rules, made, upto } in self.steps(page, BATCH, counts) {
            place.moves(upto, true);
            let written = self.write(state, made, upto).await;
            for rule in rules {
                if written.is_ok() { counts.sunk(rule) } else { counts.failed(rule) }
            }
            written?;
        }
        if place.moves(page.reached, false) {
            self.write(state, vec![], page.reached).await?;
        }
        Ok(())
    }

    async fn write(&'static self, state: &AppState, made: Vec<T>, upto: Position) -> Result<(), StoreError> {
        state.truth.writer.write_patiently(move |work| Box::pin(self.sink(work, made, upto))).await
    }

    async fn sink(&self, mut work: Work<'_>, made: Vec<T>, upto: Position) -> Result<(), StoreError> {
        (self.keep)(&mut work, &made).await?;
        ledger::set_checkpoint(&mut work, self.pipeline.name, upto).await
    }

    /// A page in steps; none, where nothing is made of it.
    pub(crate) fn steps(&self, page: &Page, bound: Bound, counts: &mut Counts) -> Vec<Step<T>> {
        let units = self.pipeline.run(&page.facts, counts);
        let kept = last_of_each(units, |unit| (self.key)(unit.fact, &unit.made), counts);
        let mut steps: Vec<Step<T>> = vec![];
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
}
