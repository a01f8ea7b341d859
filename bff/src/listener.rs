//! Listeners: each service hears every fact once, in order, and does what its rules say.
//!
//! What a fact led to and the checkpoint behind it are one transaction, so a listener that crashes goes on where it was.

use std::sync::Arc;

use domain::rules::{Happened, RULES};
use domain::trade::{Event, Row, Service};
use domain::{Trade, rules};
use flow::react::{self, Own, Rule as _};
use sync::protocol::Body;
use sync::{Key, Position};
use tokio::sync::watch;

use crate::hub;
use crate::ledger::{self, Fact};
use crate::services::Manifest;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// The most facts handled in one transaction.
const BATCH_MAX: i64 = 128;

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
    let mut hub = state.wake.hub.subscribe();
    let mut here = ledger::checkpoint(&mut *state.truth.readers.acquire().await?, service.name()).await?;
    loop {
        reached.send_replace(here);
        hub.borrow_and_update();
        let facts = hub::facts(&state.truth.readers, here, BATCH_MAX).await?;
        if let Some((last, _)) = facts.last() {
            let last = *last;
            state.truth.writer.write_patiently(move |work| Box::pin(hear(work, manifest, facts))).await?;
            here = last;
            continue;
        }
        tokio::select! {
            _ = hub.changed() => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

async fn hear(mut work: Work<'_>, manifest: &Manifest, facts: Vec<(Position, Fact)>) -> Result<(), StoreError> {
    let service = manifest.service;
    let mut last = Position(0);
    for (position, fact) in &facts {
        last = *position;
        if !manifest.consumes.contains(&fact.kind.as_str()) {
            continue;
        }
        if let Some(copy) = react::copy(*position, fact, service.copies()) {
            ledger::put_copy(&mut work, service, &copy).await?;
        }
        for rule in RULES.iter().filter(|rule| rule.service == service).map(Rule) {
            if rule.is_on(&fact.kind) {
                follow(&mut work, service, &rule, fact).await?;
            }
        }
    }
    ledger::set_checkpoint(&mut work, service.name(), last).await
}

async fn follow(work: &mut Work<'_>, service: Service, rule: &Rule, fact: &Fact) -> Result<(), StoreError> {
    let keys = rule.reads(fact);
    let mut own = Own { rows: ledger::rows(work, service, &keys).await?, questions: vec![] };
    for key in &keys {
        own.questions.extend(ledger::questions(work, key).await?);
    }
    let now = now();
    let writes = react::react(rule, fact, own, service.name(), now);
    ledger::write(work, service, &writes, None, now).await
}
