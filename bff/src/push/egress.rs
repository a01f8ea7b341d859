//! The way out to push services: what facts tell is noted once a device, and sent until it is taken, or no news any more.
//!
//! A device is told one thing after the other. Each push service has a breaker, so that one that is down holds up no other.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use metrics::counter;
use rand::RngExt as _;
use reqwest::Client;
use sync::{Millis, Position};
use tokio::task::JoinSet;

use super::book::{self, Address};
use super::letter::{self, Letter};
use super::send::{Answer, Cover};
use crate::faults::{self, Fault, Kind, Teller};
use crate::hub::{Page, Place, Placed};
use crate::ledger;
use crate::outside::breaker::Breaker;
use crate::outside::patience::Patience;
use crate::outside::{self, address};
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// The name of its checkpoint.
const READER: &str = "push-egress";

/// The most facts noted in one transaction.
const BATCH_MAX: usize = 128;

/// Calls at once: a rush of a town's kitchens, and few enough for any push service.
const CALLS_MAX: usize = 32;

/// How a message waits for its next try: nobody is helped by a word that comes five minutes late, and what it is worth ends it.
const PATIENCE: Patience = Patience { first: 1_000, most: 5 * 60 * 1000, asked_most: 24 * 60 * 60 * 1000 };

/// How often it is looked at least and at most whether a message is due.
const LOOK_EVERY: Duration = Duration::from_millis(250);
const LOOK_AGAIN_MAX: Duration = Duration::from_secs(60);

/// Notes what facts tell devices, and tells them, until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let client = address::client();
    let mut hub = state.hub.heads();
    let mut place =
        Place::noted(outside::goes_on_at(&state, READER, "select min(since) from push_subscription").await?);
    let mut breakers: BTreeMap<String, Breaker> = BTreeMap::new();
    // Tasks, and not futures of this one: a call that waits for a connection while nobody polls it would keep the connection
    // that this loop waits for.
    let mut flying = JoinSet::new();
    let mut in_flight = BTreeSet::new();
    loop {
        let head = *hub.borrow_and_update();
        while place.here < head {
            note(&state, &mut place).await?;
        }
        tidy(&state).await?;
        for letter in letter::due(&state.truth.workers, now()).await? {
            if flying.len() >= CALLS_MAX {
                break;
            }
            let to_them = in_flight.iter().filter(|(service, _)| *service == letter.service).count();
            let breaker = breakers.entry(letter.service.clone()).or_insert_with(Breaker::new);
            let key = (letter.service.clone(), letter.subscription.clone());
            if !in_flight.contains(&key) && breaker.allows(1, to_them, now()) == 1 {
                in_flight.insert(key);
                let (state, client) = (state.clone(), client.clone());
                flying.spawn(async move { (attempt(&state, client.as_ref(), &letter).await, letter) });
            }
        }
        let rest = rest(&state).await?;
        tokio::select! {
            Some(done) = flying.join_next(), if !flying.is_empty() => {
                let (answer, letter) = done.map_err(|_| StoreError::Panicked)?;
                let answer = answer?;
                let breaker = breakers.entry(letter.service.clone()).or_insert_with(Breaker::new);
                if matches!(answer, Answer::Later { is_well: false, .. }) { breaker.failed(now()) } else { breaker.answered() }
                in_flight.remove(&(letter.service.clone(), letter.subscription.clone()));
                state.truth.writer.write_patiently(move |work| Box::pin(settle(work, letter, answer))).await?;
            }
            _ = hub.changed() => {}
            () = tokio::time::sleep(rest) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// Notes what the next facts tell.
async fn note(state: &AppState, place: &mut Place) -> Result<(), StoreError> {
    let Page { facts, reached } = state.hub.read(&letter::heard().after(place.here), BATCH_MAX).await?;
    let concern = !facts.is_empty() && letter::has_devices(&state.truth.workers).await?;
    if place.moves(reached, concern) {
        state.truth.writer.write_patiently(move |work| Box::pin(keep(work, facts, reached))).await?;
    }
    Ok(())
}

async fn keep(mut work: Work<'_>, facts: Vec<Placed>, reached: Position) -> Result<(), StoreError> {
    letter::note(&mut work, &facts, now()).await?;
    ledger::set_checkpoint(&mut work, READER, reached).await
}

/// Drops what is no news any more.
async fn tidy(state: &AppState) -> Result<(), StoreError> {
    if letter::has_old(&state.truth.workers, now()).await? {
        let drop = state
            .truth
            .writer
            .write_patiently(|mut work| Box::pin(async move { letter::drop_old(&mut work, now()).await }));
        counter!("carryout_push_total", "outcome" => "dropped").increment(drop.await?);
    }
    Ok(())
}

/// How long nothing is due.
async fn rest(state: &AppState) -> Result<Duration, StoreError> {
    let next = letter::next(&state.truth.workers).await?;
    let rest = next.map_or(LOOK_AGAIN_MAX, |next| Duration::from_millis(u64::try_from(next - now()).unwrap_or(0)));
    Ok(rest.clamp(LOOK_EVERY, LOOK_AGAIN_MAX))
}

async fn attempt(state: &AppState, client: Option<&Client>, letter: &Letter) -> Result<Answer, StoreError> {
    let Letter { subject, subscription, sealed, .. } = letter;
    let Some(to) = Address::open(&state.keys, subject, subscription, sealed).await? else { return Ok(Answer::Gone) };
    let may_be_here = state.settings.push_sandbox;
    Ok(Cover { client, vapid: &state.vapid, may_be_here, now: now() }.send(letter, &to).await)
}

/// Notes what a call came to, with whatever follows from it.
async fn settle(mut work: Work<'_>, letter: Letter, answer: Answer) -> Result<(), StoreError> {
    let now = now();
    counter!("carryout_push_total", "outcome" => outcome(&answer)).increment(1);
    match answer {
        Answer::Taken => letter::end(&mut work, &letter).await,
        Answer::Gone => book::remove(&mut work, &letter.subscription).await,
        Answer::Refused(why) => {
            let about = format!("push service {}", letter.service);
            let fault = Fault { kind: Kind::PushRefused, about, detail: why, unit: None };
            faults::keep(&mut work, &fault, &Teller::default(), now).await?;
            letter::end(&mut work, &letter).await
        }
        Answer::Later { again_after, .. } => {
            let due_at: Millis = now + PATIENCE.pause(letter.tries, again_after, rand::rng().random());
            tracing::debug!(service = letter.service, tries = letter.tries, "a push service takes nothing now");
            letter::put_off(&mut work, &letter, due_at).await
        }
    }
}

fn outcome(answer: &Answer) -> &'static str {
    match answer {
        Answer::Taken => "told",
        Answer::Gone => "gone",
        Answer::Later { .. } => "later",
        Answer::Refused(_) => "refused",
    }
}
