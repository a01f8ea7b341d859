//! Listeners: each service hears every fact once, in order, and does what its rules say.
//!
//! What a fact led to and the checkpoint behind it are one transaction, so a listener that crashes goes on where it was. A
//! fact that a service fails on is tried some times more; then it is parked ([`crate::parked`]), and the others go on.

mod at_once;

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use domain::Service;
use domain::ordering::OrderEvent;
use domain::rules::{Happened, RULES};
use domain::trade::{Event, Row};
use domain::{Trade, rules};
use flow::pipeline::Counts;
use flow::react::{self, Own, Rule as _};
use futures::FutureExt as _;
use sqlx::SqliteConnection;
use sync::protocol::Body;
use sync::{AccountId, Key, Millis, Position};
use tokio::sync::watch;

use crate::faults::{self, Teller};
use crate::hub::{Page, Wanted};
use crate::ledger::{self, Fact, Writes};
use crate::parked;
use crate::services::Manifest;
use crate::state::{AppState, now};
use crate::store::{StoreError, Together, Work};
use crate::web;

/// The most facts handled in one transaction.
const BATCH_MAX: usize = 128;

/// How often a fact is tried before it is parked, and how much longer each wait is than the one before: a tenth of a second in
/// all. The store's own troubles are not counted, so what fails now will mostly fail again, and the facts behind it wait.
pub(crate) const TRIES_MAX: u32 = 5;
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(10);

/// A rule of the trade, as [`flow`] reads rules.
struct Rule(&'static rules::Rule);

impl flow::react::Rule<Trade> for Rule {
    fn id(&self) -> &str {
        self.0.id
    }

    fn is_on(&self, kind: &str) -> bool {
        self.0.on.contains(&kind)
    }

    fn reads(&self, fact: &Fact) -> Vec<Key> {
        happened(fact).map_or(vec![], |happened| (self.0.reads)(&happened))
    }

    fn react(&self, fact: &Fact, rows: &dyn Fn(&Key) -> Option<Row>) -> Vec<(Key, Event)> {
        happened(fact).map_or(vec![], |happened| (self.0.react)(&happened, rows))
    }
}

fn happened(fact: &Fact) -> Option<Happened<'_>> {
    let row = fact.entity.as_ref().and_then(|entity| match &entity.body {
        Some(Body::Row(row)) => Some(row),
        _ => None,
    });
    Some(Happened { key: &fact.key, event: fact.event.as_ref()?, row, at: fact.at })
}

/// Listens as the service of `manifest` until the server stops; tells `reached` how far it has come.
pub(crate) async fn run(
    state: AppState,
    manifest: &'static Manifest,
    reached: Arc<watch::Sender<Position>>,
) -> Result<(), StoreError> {
    let service = manifest.service;
    parked::try_again(&state, service).await?;
    let wanted = Wanted::of(manifest.consumes);
    let mut hub = state.hub.heads();
    let mut here = ledger::checkpoint(&mut *state.truth.workers.acquire().await?, service.name()).await?;
    let mut stuck: Option<(Position, u32)> = None;
    loop {
        reached.send_replace(here);
        hub.borrow_and_update();
        let page = state.hub.read(&wanted.after(here), BATCH_MAX).await?;
        if page.reached > here {
            let given_up = stuck.filter(|(_, tries)| *tries >= TRIES_MAX).map(|(position, _)| position);
            let writer = &state.truth.writer;
            let heard = writer.write_patiently(move |work| Box::pin(hear(work, manifest, page, given_up))).await?;
            web::metrics::tell_rules(service.name(), &heard.counts);
            here = heard.here.unwrap_or(here);
            let tried = |position| stuck.filter(|(before, _)| *before == position).map_or(0, |(_, tries)| tries);
            stuck = heard.stuck.map(|position| (position, tried(position) + 1));
            if let Some((_, tries)) = stuck {
                tokio::time::sleep(TRY_AGAIN_AFTER * tries).await;
            }
            continue;
        }
        tokio::select! {
            _ = hub.changed() => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// How far a service has come.
#[derive(Default)]
struct Heard {
    /// The last fact that is done with.
    here: Option<Position>,
    /// The one after it, which the service failed on.
    stuck: Option<Position>,
    /// What its rules did, told once that is kept.
    counts: Counts,
}

/// Hears the facts of `page`: all at once, and one by one where the service fails on any, or some are laid aside.
async fn hear(
    mut work: Work<'_>,
    manifest: &Manifest,
    page: Page,
    given_up: Option<Position>,
) -> Result<Heard, StoreError> {
    let service = manifest.service;
    let parked = parked::keys(&mut work, service).await?;
    let counts = match given_up {
        None if parked.is_empty() => at_once::hear(&mut work, service, &page).await?,
        _ => None,
    };
    let heard = match counts {
        Some(counts) => Heard { here: Some(page.reached), stuck: None, counts },
        None => hear_each(&mut work, service, &page, parked, given_up).await?,
    };
    let done = page.facts.iter().filter(|(position, _)| heard.here.is_some_and(|here| *position <= here)).count();
    metrics::counter!("carryout_facts_heard_total", "service" => service.name()).increment(done as u64);
    if let Some(here) = heard.here {
        ledger::set_checkpoint(&mut work, service.name(), here).await?;
    }
    Ok(heard)
}

/// Hears the facts of `page` up to one that the service fails on; one that was `given_up` is parked, and so are those of its key.
async fn hear_each(
    work: &mut Work<'_>,
    service: Service,
    page: &Page,
    mut parked: BTreeSet<Key>,
    given_up: Option<Position>,
) -> Result<Heard, StoreError> {
    let mut heard = Heard::default();
    for (position, fact) in &page.facts {
        if parked.contains(&fact.key) {
            parked::park(work, service, *position, &fact.key, None).await?;
            rules_on(service, &fact.kind).for_each(|rule| heard.counts.parked(rule.0.id));
        } else if let Err(error) = digest(work, service, *position, fact, &mut heard.counts).await? {
            tracing::error!(service = service.name(), fact.id = %fact.id, %position, %error, "a fact failed");
            metrics::counter!("carryout_facts_failed_total", "service" => service.name()).increment(1);
            if given_up != Some(*position) {
                heard.stuck = Some(*position);
                break;
            }
            parked::park(work, service, *position, &fact.key, Some(&error)).await?;
            rules_on(service, &fact.kind).for_each(|rule| heard.counts.parked(rule.0.id));
            parked.insert(fact.key.clone());
            faults::keep(work, &parked::fault(service, *position, fact, &error), &Teller::default(), now()).await?;
        }
        heard.here = Some(*position);
    }
    if heard.stuck.is_none() {
        heard.here = Some(page.reached);
    }
    Ok(heard)
}

/// Does what the rules of `service` say to a fact, in a savepoint of its own. The inner error is the fact's, and nothing of
/// it was written; `counts` what each rule did.
pub(crate) async fn digest(
    work: &mut Work<'_>,
    service: Service,
    position: Position,
    fact: &Fact,
    counts: &mut Counts,
) -> Result<Result<(), StoreError>, StoreError> {
    let mut apart = work.apart().await?;
    let mut tried = Tried::default();
    let following = follow_all(apart.work(), service, position, fact, Hearing::First, &mut tried);
    let followed = AssertUnwindSafe(following).catch_unwind().await;
    let digested = apart.end(followed).await?;
    count(counts, tried, digested.is_ok());
    Ok(digested)
}

/// Counts what rules made of a fact. What one of them fails on takes back what the others made of it.
fn count(counts: &mut Counts, tried: Tried, is_kept: bool) {
    for (rule, made) in tried {
        counts.looked(rule, made);
        match (made, is_kept) {
            (true, true) => counts.sunk(rule),
            (true, false) => counts.failed(rule),
            (false, _) => {}
        }
    }
}

/// The rules that were tried on a fact, up to one that failed, and whether each made something of it.
pub(crate) type Tried = Vec<(&'static str, bool)>;

/// The rules of `service` that are on facts of this kind.
fn rules_on(service: Service, kind: &str) -> impl Iterator<Item = Rule> {
    RULES.iter().filter(move |rule| rule.service == service).map(Rule).filter(move |rule| rule.is_on(kind))
}

/// Whether a fact may have been heard before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hearing {
    /// It has not.
    First,
    /// It may: what a rule made of it is left out where it is there.
    Again,
}

/// Does what the rules of `service` say to a fact, and notes in `tried` how far it came.
///
/// # Errors
/// The fact's, or the store's.
pub(crate) async fn follow_all(
    mut work: Work<'_>,
    service: Service,
    position: Position,
    fact: &Fact,
    hearing: Hearing,
    tried: &mut Tried,
) -> Result<(), StoreError> {
    if let Some(copy) = react::copy(position, fact, service.copies()) {
        let mut together = Together::default();
        ledger::put_copy(&mut together, service, &copy)?;
        together.done(&mut work).await?;
    }
    for rule in rules_on(service, &fact.kind) {
        // What a rule that fails would have made is lost, so it counts as if it had made something.
        tried.push((rule.0.id, true));
        let made = follow(&mut work, service, &rule, fact, hearing).await?;
        tried.last_mut().expect("it was just pushed").1 = made;
    }
    // Most items are about orders, so the service of orders passes all of them on.
    if service == Service::Ordering
        && let Some((from, to)) = fact.event.as_ref().and_then(rules::inbox_passes)
    {
        pass_inbox(&mut work, service, fact, hearing, from, to).await?;
    }
    if service == Service::Ordering
        && let Some(person) = fact.event.as_ref().and_then(rules::forgets)
    {
        forget(&mut work, person).await?;
    }
    Ok(())
}

/// Does what a rule says to a fact; whether that was anything.
async fn follow(
    work: &mut Work<'_>,
    service: Service,
    rule: &Rule,
    fact: &Fact,
    hearing: Hearing,
) -> Result<bool, StoreError> {
    let now = now();
    let writes = makes(work, service, rule, fact, now).await?;
    if hearing == Hearing::Again && was_written(work, &writes).await? {
        return Ok(false);
    }
    let made = !writes.facts.is_empty();
    ledger::write(work, service, &writes, None, now).await?;
    Ok(made)
}

/// What a rule of `service` makes of a fact as things stand.
async fn makes(
    truth: &mut SqliteConnection,
    service: Service,
    rule: &Rule,
    fact: &Fact,
    now: Millis,
) -> Result<Writes, StoreError> {
    let keys = rule.reads(fact);
    let own = if keys.is_empty() { Own::default() } else { ledger::own(truth, service, &keys).await? };
    Ok(react::react(rule, fact, own, service.name(), now))
}

/// The kinds of facts that `service` should have made of a fact that it heard, and that are not there.
///
/// # Errors
/// The store's.
pub(crate) async fn missing(
    truth: &mut SqliteConnection,
    service: Service,
    fact: &Fact,
    now: Millis,
) -> Result<Vec<String>, StoreError> {
    let mut missing = vec![];
    for rule in rules_on(service, &fact.kind) {
        let writes = makes(truth, service, &rule, fact, now).await?;
        if !writes.facts.is_empty() && !was_written(truth, &writes).await? {
            missing.extend(writes.facts.into_iter().map(|fact| fact.kind));
        }
    }
    Ok(missing)
}

/// Whether what follows from a fact by a rule is there: the first of its facts has the id of both, whatever it says.
async fn was_written(truth: &mut SqliteConnection, writes: &Writes) -> Result<bool, StoreError> {
    let Some(first) = writes.facts.first() else { return Ok(false) };
    let found = sqlx::query_scalar("select 1 from change where fact_id = ?").bind(first.id.to_string());
    let found: Option<i64> = found.fetch_optional(truth).await?;
    Ok(found.is_some())
}

/// Ordering forgets what the orders of a person say of them.
async fn forget(work: &mut Work<'_>, person: &AccountId) -> Result<(), StoreError> {
    let theirs = sqlx::query_scalar("select key from ordering_row where customer = ?").bind(person.as_str());
    let theirs: Vec<String> = theirs.fetch_all(&mut **work).await?;
    let keys: Vec<Key> = theirs.into_iter().map(Key).collect();
    let now = now();
    for (key, row) in ledger::rows(work, Service::Ordering, &keys).await? {
        let events = vec![Event::Order(OrderEvent::Erased)];
        let writes = flow::clock::strike("ordering.forget", &key, row, events, Service::Ordering.name(), now);
        if writes.rows.is_empty() {
            continue; // it says nothing of them any more
        }
        ledger::write(work, Service::Ordering, &writes, None, now).await?;
    }
    Ok(())
}

/// Passes all that waits for `from`, and the answers that are still to come, on to `to`.
async fn pass_inbox(
    work: &mut Work<'_>,
    service: Service,
    fact: &Fact,
    hearing: Hearing,
    from: &AccountId,
    to: &AccountId,
) -> Result<(), StoreError> {
    let (items, questions) = (ledger::items_of(work, from).await?, ledger::questions_of(work, from).await?);
    let now = now();
    let passed = react::pass_inbox(fact, to, items, questions, service.name(), now);
    if hearing == Hearing::Again && was_written(work, &passed.writes).await? {
        return Ok(());
    }
    Together::each(work, &passed.questions, ledger::keep_question).await?;
    ledger::write(work, service, &passed.writes, None, now).await
}
