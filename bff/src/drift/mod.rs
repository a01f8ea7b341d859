//! Drift: fulfilment's orders compared with what every service holds of them, because a disk, a bug or a hand in the database can
//! part what facts keep together.
//!
//! ```text
//! fulfilment's orders ─► the facts of each ─► what each service should hold, and should have said   look.rs
//!                                                 └─ differs ─► told to operators, and mended        mend.rs
//! ```
//! The facts decide: a row of an order that is not what its last fact says is written again from the fact, and what a service should
//! have made of a fact and did not it is asked to make, by a replay. It is looked at when a server starts, after something
//! failed and began again, and now and then. Looking reads one moment of the truth and writes nothing, so what is sound costs
//! the store a few reads.

mod look;
mod mend;

use std::collections::BTreeSet;
use std::time::Duration;

use domain::OrderId;
use sync::Millis;

use crate::hub::Wanted;
use crate::services::fulfilment;
use crate::state::{AppState, Compared, now};
use crate::store::StoreError;

/// How long after a saga ended its order is still compared, in milliseconds. No saga goes on while a meal is cooked and carried, and
/// when all is over services may still have to hear of it, also one that was stuck; three hours are enough for both.
const LATELY_MS: Millis = 3 * 60 * 60 * 1000;

/// The most facts by which such orders are found, the latest: a rush of an evening.
const LATELY_MAX: usize = 20_000;

/// The most facts of an order that are compared, the latest. One has about forty.
const FACTS_MAX: usize = 1_000;

/// Orders that are asked for at once.
const PAGE: i64 = 64;

/// The pause after each order: twenty a second leave the store to the people who use it.
const PAUSE: Duration = Duration::from_millis(50);

/// Compares until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let every = Duration::from_secs(state.settings.compare_every_s);
    if every.is_zero() {
        return Ok(());
    }
    loop {
        let Some(compared) = compare_all(&state).await? else { return Ok(()) };
        state.wake.compared.send_replace(compared);
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = state.wake.gap.notified() => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// Compares every order that ended lately or is under way; nothing where the server stops meanwhile.
async fn compare_all(state: &AppState) -> Result<Option<Compared>, StoreError> {
    let (mut seen, mut differed) = (BTreeSet::new(), 0);
    let (mut page, mut last) = (lately(state, now()).await?, None);
    loop {
        for order in page {
            if seen.insert(order) && compare(state, order).await? {
                differed += 1;
            }
            if state.stop.is_cancelled() {
                return Ok(None);
            }
        }
        page = fulfilment::under_way(&state.truth.workers, last, PAGE).await?;
        last = page.last().copied();
        if last.is_none() {
            break;
        }
    }
    Ok(Some(Compared { at: Some(now()), orders: seen.len(), differed }))
}

/// The orders of which a saga ended lately, as of `now`.
async fn lately(state: &AppState, now: Millis) -> Result<Vec<OrderId>, StoreError> {
    let wanted = Wanted { from: Some(now - LATELY_MS), ..Wanted::of(fulfilment::ENDS) };
    let facts = state.hub.latest(&wanted, LATELY_MAX).await?;
    Ok(facts.into_iter().filter_map(|(_, fact)| domain::rules::about(&fact.key, fact.event.as_ref())).collect())
}

/// Compares one order, and mends it where it differs; whether it did.
async fn compare(state: &AppState, order: OrderId) -> Result<bool, StoreError> {
    let wanted = Wanted { order: Some(order), ..Wanted::default() };
    // The facts first: what a service did of a later one is then no difference.
    let facts = state.hub.latest(&wanted, FACTS_MAX).await?;
    let mut moment = state.truth.workers.begin().await?;
    let differences = look::look(&mut moment, order, &facts, now()).await?;
    drop(moment);
    let differs = !differences.is_empty();
    for difference in differences {
        mend::mend(state, order, difference).await?;
    }
    tokio::time::sleep(PAUSE).await;
    Ok(differs)
}
