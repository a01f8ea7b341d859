//! A page of facts heard at once: all that rules will read is read together, then each fact is followed in its order over what was read
//! and what earlier facts of the page made of it, and what all of it came to is written together.
//!
//! It comes to the same as following one fact after the other; a statement for each is what that costs. Where a fact fails, or asks for
//! what is not found by a row's name, nothing is written here and the page is heard fact by fact.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::rules;
use domain::{Service, Trade};
use flow::pipeline::Counts;
use flow::react::{self, Own, Rule as _};
use futures::FutureExt as _;
use sync::Key;

use super::{Tried, count, rules_on};
use crate::hub::{Page, Placed};
use crate::ledger::{self, Fact, Writes};
use crate::state::now;
use crate::store::{StoreError, Work};

/// Hears all facts of `page`; what its rules did, or none, and nothing was written, where the page is to be heard fact by fact.
///
/// # Errors
/// The store's.
pub(super) async fn hear(work: &mut Work<'_>, service: Service, page: &Page) -> Result<Option<Counts>, StoreError> {
    if page.facts.iter().any(|(_, fact)| looks_further(service, fact)) {
        return Ok(None);
    }
    let reading =
        AssertUnwindSafe(async { ledger::own(work, service, &keys(service, page)).await }).catch_unwind().await;
    let Some(own) = of_the_store(reading.unwrap_or(Err(StoreError::Panicked)))? else { return Ok(None) };
    // A rule that panics has written nothing: what it worked on is thrown away.
    let followed = catch_unwind(AssertUnwindSafe(|| follow(service, page, own)));
    let Ok(Followed { writes, counts }) = followed else { return Ok(None) };
    let mut apart = work.apart().await?;
    let copies = page.facts.iter().filter_map(|(position, fact)| react::copy(*position, fact, service.copies()));
    let copies: Vec<_> = copies.collect();
    let writing =
        AssertUnwindSafe(ledger::write_all(&mut apart.work(), service, &copies, &writes)).catch_unwind().await;
    if of_the_store(writing.unwrap_or(Err(StoreError::Panicked)))?.is_none() {
        apart.take_back().await?;
        return Ok(None);
    }
    apart.keep().await?;
    Ok(Some(counts))
}

/// What was read or written; none, where it failed because of what it is and would again.
fn of_the_store<T>(done: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(error) if error.is_of_the_content() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a fact concerns rows that are found by whose they are and not by name.
fn looks_further(service: Service, fact: &Fact) -> bool {
    let passes = fact.event.as_ref().is_some_and(|event| rules::inbox_passes(event).is_some());
    let forgets = fact.event.as_ref().is_some_and(|event| rules::forgets(event).is_some());
    service == Service::Ordering && (passes || forgets)
}

/// All rows that rules of `service` will read for `page`.
fn keys(service: Service, page: &Page) -> Vec<Key> {
    let of = |(_, fact): &Placed| rules_on(service, &fact.kind).flat_map(|rule| rule.reads(fact)).collect::<Vec<_>>();
    page.facts.iter().flat_map(of).collect::<BTreeSet<_>>().into_iter().collect()
}

struct Followed {
    writes: Vec<Writes>,
    counts: Counts,
}

/// Follows each fact over `own`, as it is after those before.
fn follow(service: Service, page: &Page, mut own: Own<Trade>) -> Followed {
    let mut followed = Followed { writes: vec![], counts: Counts::default() };
    let now = now();
    for (_, fact) in &page.facts {
        let mut tried = Tried::default();
        for rule in rules_on(service, &fact.kind) {
            let writes = react::react(&rule, fact, part(&own, &rule.reads(fact)), service.name(), now);
            tried.push((rule.0.id, !writes.facts.is_empty()));
            apply(&mut own, &writes);
            followed.writes.push(writes);
        }
        count(&mut followed.counts, tried, true);
    }
    followed
}

/// What a rule reads of it.
fn part(own: &Own<Trade>, keys: &[Key]) -> Own<Trade> {
    let row = |key: &Key| Some((key.clone(), own.rows.get(key)?.clone()));
    let rows: BTreeMap<_, _> = keys.iter().filter_map(row).collect();
    let questions = own.questions.iter().filter(|question| keys.contains(&question.lane)).cloned().collect();
    Own { rows, questions }
}

/// What it is after a rule.
fn apply(own: &mut Own<Trade>, writes: &Writes) {
    for put in &writes.rows {
        own.rows.insert(put.key.clone(), (put.row.clone(), put.version));
    }
    own.questions.retain(|question| !writes.closed.contains(&question.cause.command));
}
