//! The way out to partners: what facts tell is noted once, and sent until it is taken, or a day is over.
//!
//! What is told of one order goes out in its order: the next waits until the one before it is delivered or given up. Each
//! partner has a few calls of their own and a breaker, so that one who is slow holds up nobody else.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rand::RngExt as _;
use reqwest::Client;
use sqlx::Row as _;
use sync::{AccountId, Millis, Personal, Position};
use tokio::task::JoinSet;

use super::delivery::{self, Attempt};
use super::send::{self, Answer, Meaning};
use super::{book, time};
use crate::hub::{Page, Place, Placed};
use crate::ledger;
use crate::outside::breaker::Breaker;
use crate::outside::patience::Patience;
use crate::outside::{self, address};
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// The name of its checkpoint.
const READER: &str = "partner-egress";

/// The most facts noted in one transaction.
const BATCH_MAX: usize = 128;

/// Calls at once to one partner: orders do not wait for each other, and a small till is not flooded.
const CALLS_EACH_MAX: usize = 2;

/// Calls at once to all of them: twenty who are slow in the same minute leave room for the others.
const CALLS_MAX: usize = 64;

/// How long it is tried, in milliseconds: a day, in which somebody has opened the restaurant and seen that its till is off.
const TRIED_FOR_MS: Millis = 24 * 60 * 60 * 1000;

/// How a delivery waits for its next try.
const PATIENCE: Patience = Patience { first: 500, most: 60 * 60 * 1000, asked_most: TRIED_FOR_MS };

/// How often the books are looked at unasked: a try may be due, or somebody asked for one by another process.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Notes what facts tell partners, and tells them, until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let client = address::client();
    let mut hub = state.hub.heads();
    let mut place = Place::noted(outside::goes_on_at(&state, READER, "select min(since) from partner").await?);
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
        for call in due(&state, now()).await? {
            let to_them = in_flight.iter().filter(|(partner, _)| *partner == call.partner).count();
            let has_room = flying.len() < CALLS_MAX && to_them < CALLS_EACH_MAX;
            let is_new = !in_flight.contains(&(call.partner.clone(), call.seq));
            let breaker = breakers.entry(call.partner.clone()).or_insert_with(Breaker::new);
            if is_new && has_room && breaker.allows(1, to_them, now()) == 1 {
                in_flight.insert((call.partner.clone(), call.seq));
                let (state, client) = (state.clone(), client.clone());
                flying.spawn(async move { (attempt(&state, client.as_ref(), &call).await, call) });
            }
        }
        tokio::select! {
            Some(done) = flying.join_next(), if !flying.is_empty() => {
                let (tried, call) = done.map_err(|_| StoreError::Panicked)?;
                let tried = tried?;
                let breaker = breakers.entry(call.partner.clone()).or_insert_with(Breaker::new);
                if tried.answer.status.is_some_and(|status| status < 500) { breaker.answered() } else { breaker.failed(now()) }
                in_flight.remove(&(call.partner.clone(), call.seq));
                state.truth.writer.write_patiently(move |work| Box::pin(settle(work, call, tried))).await?;
            }
            _ = hub.changed() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// Notes what the next facts tell.
async fn note(state: &AppState, place: &mut Place) -> Result<(), StoreError> {
    let Page { facts, reached } = state.hub.read(&delivery::that_may_leave().after(place.here), BATCH_MAX).await?;
    let concern = delivery::concern_anyone(&state.truth.workers, &facts).await?;
    if place.moves(reached, concern) {
        state.truth.writer.write_patiently(move |work| Box::pin(keep(work, facts, reached))).await?;
    }
    Ok(())
}

async fn keep(mut work: Work<'_>, facts: Vec<Placed>, reached: Position) -> Result<(), StoreError> {
    delivery::note(&mut work, &facts, now()).await?;
    ledger::set_checkpoint(&mut work, READER, reached).await
}

/// A delivery that is to be tried.
#[derive(Clone, Debug)]
struct Call {
    seq: i64,
    partner: String,
    url: String,
    secrets: Vec<String>,
    customer: AccountId,
    body: String,
    tells: String,
    order: String,
    asked_at: Millis,
    tries: u32,
}

/// Deliveries that are due, with those that are being made: the first ones of each partner, and of each order the first that
/// was not delivered.
async fn due(state: &AppState, now: Millis) -> Result<Vec<Call>, StoreError> {
    let rows = sqlx::query(
        "select seq, partner, url, secret, old_secret, customer, body, type, order_id, asked_at, tries from
             (select seq as place, row_number() over (partition by partner order by due_at, seq) as turn
              from partner_delivery as here
              where ended is null and due_at <= ?1
                  and partner in (select id from partner where paused_at is null)
                  and not exists
                  (select 1 from partner_delivery as earlier where earlier.partner = here.partner
                   and earlier.order_id = here.order_id and earlier.ended is null and earlier.position < here.position))
         join partner_delivery on seq = place
         join partner on partner.id = partner
         where turn <= ?2 order by turn, due_at",
    );
    let each_max = i64::try_from(CALLS_EACH_MAX).unwrap_or(i64::MAX);
    let rows = rows.bind(now).bind(each_max).fetch_all(&state.truth.workers).await?;
    let call = |row: &sqlx::sqlite::SqliteRow| Call {
        seq: row.get(0),
        partner: row.get(1),
        url: row.get(2),
        secrets: [row.get(3), row.get::<Option<String>, _>(4)].into_iter().flatten().collect(),
        customer: AccountId(row.get(5)),
        body: row.get(6),
        tells: row.get(7),
        order: row.get(8),
        asked_at: row.get(9),
        tries: row.get(10),
    };
    Ok(rows.iter().map(call).collect())
}

/// What a try came to.
struct Tried {
    answer: Answer,
    /// What of it is kept. They may repeat what the customer wrote, so it is about the customer, and forgotten with them.
    kept: Personal,
}

async fn attempt(state: &AppState, client: Option<&Client>, call: &Call) -> Result<Tried, StoreError> {
    // The partner is to read whose order it is. Of somebody who was erased nothing stands there.
    let body = state.keys.open_all(call.body.clone()).await?;
    let secrets: Vec<&str> = call.secrets.iter().map(String::as_str).collect();
    let answer = send::send(client, &call.url, &secrets, body, now()).await;
    let mut kept = Personal::from(answer.text.as_str());
    if answer.status.is_some() {
        let key = state.keys.of(&call.customer).await?;
        kept.seal_with(|text| key.map(|key| key.seal(&call.customer, text)));
    }
    Ok(Tried { answer, kept })
}

/// Notes what a try came to, with whatever follows from it.
async fn settle(mut work: Work<'_>, call: Call, tried: Tried) -> Result<(), StoreError> {
    let now = now();
    let Tried { answer, kept } = tried;
    delivery::keep_attempt(&mut work, call.seq, &Attempt { at: now, status: answer.status, answer: kept }).await?;
    match answer.meaning() {
        Meaning::Taken => return end(&mut work, &call, "delivered", now).await,
        Meaning::Gone => {
            book::pause(&mut work, &call.partner, "it answered 410 Gone", now).await?;
            let detail = "it answered 410 Gone, and is told nothing more until it is resumed".to_owned();
            delivery::tell(&mut work, &call.partner, detail, now).await?;
        }
        Meaning::NotNow if now - call.asked_at >= TRIED_FOR_MS => {
            let Call { tells, order, .. } = &call;
            let detail = format!("{tells} of order {order} was given up: {}", answer.in_short());
            delivery::tell(&mut work, &call.partner, detail, now).await?;
            return end(&mut work, &call, "given-up", now).await;
        }
        Meaning::NotNow => {}
    }
    let due_at = now + PATIENCE.pause(call.tries, answer.again_after, rand::rng().random());
    let (partner, why) = (&call.partner, answer.in_short());
    tracing::warn!(partner, order = call.order, tries = call.tries, why, next = time(due_at), "a partner was not told");
    let again = sqlx::query(
        "update partner_delivery set tries = tries + 1, due_at = ? where seq = ? and ended is null and asked_at = ?",
    );
    again.bind(due_at).bind(call.seq).bind(call.asked_at).execute(&mut *work).await?;
    Ok(())
}

/// Ends a delivery, unless it was asked for again since this try began.
async fn end(work: &mut Work<'_>, call: &Call, how: &str, now: Millis) -> Result<(), StoreError> {
    let ended = sqlx::query(
        "update partner_delivery set tries = tries + 1, ended = ?, ended_at = ? where seq = ? and asked_at = ?",
    );
    ended.bind(how).bind(now).bind(call.seq).bind(call.asked_at).execute(&mut **work).await?;
    Ok(())
}
