//! The way out to the provider: what facts ask for is noted once, and asked until the provider has said what became of it.
//!
//! A call goes through three stages: not taken yet; taken, and the answer awaited; ended, when the money stands where the call
//! no longer matters. A provider that fails is left alone for a while ([`super::breaker`]), and the customers who wait for it are
//! told.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::OrderId;
use domain::Service;
use domain::id::payment_key;
use domain::payment::{Payment, PaymentEvent, RefundTotals, Report, Standing};
use domain::trade::{Event, Row};
use flow::pipeline::Lanes;
use rand::RngExt as _;
use sqlx::{Row as _, SqlitePool};
use sync::{Millis, Position};
use tokio::task::JoinSet;

use super::ingress;
use super::provider::{Failure, Provider, Request};
use crate::faults::{self, Fault, Kind, Teller};
use crate::hub::{Page, Place, Placed, Wanted};
use crate::ledger::{self, number};
use crate::outside::Queue;
use crate::outside::breaker::Breaker;
use crate::outside::patience::Patience;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// The name of its checkpoint.
const READER: &str = "payment-egress";

/// The most facts noted in one transaction.
const BATCH_MAX: usize = 128;

/// Calls at once: providers count them, and a slow one must not take all our sockets.
const CALLS_MAX: usize = 8;

/// Calls that are looked at together: those that are being made, and as many more.
const DUE_MAX: usize = 2 * CALLS_MAX;

/// How long the word may take after a request was taken before it is looked for, in milliseconds.
const LOOK_AFTER_MS: Millis = 10_000;

/// How long a customer waits for a reservation, in milliseconds: two minutes, after which they rather know that they must do
/// something else (8.1 of the fulfilment process).
const RESERVE_WITHIN_MS: Millis = 120_000;

/// How a call waits for its next try; a provider that asks for more than an hour has not read whose money it is.
const PATIENCE: Patience = Patience { first: 500, most: 30_000, asked_most: 60 * 60 * 1000 };

/// The rest before a charge is tried again, and the longest, in milliseconds: a minute, and six hours.
const CHARGE_AGAIN_MS: Millis = 60_000;
const CHARGE_AGAIN_MS_MAX: Millis = 6 * 60 * 60 * 1000;

/// After how many tries in vain to move money that must move an operator is told: some minutes.
const TOLD_TO_OPERATORS_AFTER: u32 = 10;

/// How many failures of a call its customer is spared: one is often over before it could be read.
const TOLD_AFTER: u32 = 1;

/// How often the books are looked at unasked: a call may be due.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Notes what facts ask of the provider, and asks it, until the server stops. Each call goes its own way: a provider that is
/// silent on one keeps none waiting.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let mut hub = state.hub.heads();
    let mut place = Place::noted(ledger::checkpoint(&mut *state.truth.workers.acquire().await?, READER).await?);
    let mut breaker = Breaker::new();
    // Tasks, and not futures of this one: a call that waits for a connection while nobody polls it would keep the connection
    // that this loop waits for.
    let mut flying = JoinSet::new();
    let (mut lanes, mut told) = (Lanes::new(CALLS_MAX, DUE_MAX), BTreeSet::new());
    loop {
        let head = *hub.borrow_and_update();
        while place.here < head {
            note(&state, &mut place).await?;
        }
        let mut ready = ready(&mut lanes, due(&state, now()).await?);
        let allowed = match state.provider {
            Some(_) => breaker.allows(ready.len(), flying.len(), now()),
            None => ready.len(),
        };
        let waiting = ready.split_off(allowed);
        waiting.iter().for_each(|call| lanes.end(&call.lane()));
        if breaker.is_open() {
            tell_who_waits(&state, waiting.into_iter().filter(|call| told.insert(call.fact_id.clone()))).await?;
        }
        for call in ready {
            let state = state.clone();
            flying.spawn(async move { (attempt(&state, &call).await, call) });
        }
        tokio::select! {
            Some(done) = flying.join_next(), if !flying.is_empty() => {
                let (tried, call) = done.map_err(|_| StoreError::Panicked)?;
                lanes.end(&call.lane());
                told.remove(&call.fact_id);
                note_end(&state, &mut breaker, call, tried?).await?;
            }
            _ = hub.changed() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// Those of `due` that may be made now. What has to wait is due again at the next look.
fn ready(lanes: &mut Lanes<String, Call>, due: Vec<Call>) -> Vec<Call> {
    for call in due {
        // One that is being made is still due.
        if !lanes.is_under_way(&call.lane()) {
            lanes.wait(call.lane(), call).expect("no more are due than may wait");
        }
    }
    let ready = std::iter::from_fn(|| lanes.begin()).map(|(_, call)| call).collect();
    lanes.forget_waiting();
    ready
}

/// Notes what the next facts ask.
async fn note(state: &AppState, place: &mut Place) -> Result<(), StoreError> {
    let Page { facts, reached } =
        state.hub.read(&Wanted::of(&Request::ALL.map(Request::fact)).after(place.here), BATCH_MAX).await?;
    if place.moves(reached, !facts.is_empty()) {
        state.truth.writer.write_patiently(move |work| Box::pin(keep(work, facts, reached))).await?;
    }
    Ok(())
}

async fn keep(mut work: Work<'_>, facts: Vec<Placed>, reached: Position) -> Result<(), StoreError> {
    for (position, fact) in facts {
        let Some(request) = Request::of_fact(&fact.kind) else { continue };
        let attempt = match fact.event {
            Some(Event::Payment(PaymentEvent::ChargeAsked { attempt })) => attempt,
            _ => 1,
        };
        sqlx::query(
            "insert into payment_call (fact_id, position, payment, request, asked_at, due_at) values (?, ?, ?, ?, ?, ?)
             on conflict do nothing",
        )
        .bind(fact.id.to_string())
        .bind(number(position.0))
        .bind(fact.key.id())
        .bind(request.name())
        .bind(fact.at)
        .bind(fact.at + rest_before(attempt))
        .execute(&mut *work)
        .await?;
    }
    ledger::set_checkpoint(&mut work, READER, reached).await
}

/// How long a charge that failed rests before the try `attempt`, in milliseconds: the bank said no, so it is no use to ask it
/// at once, and the money is owed, so it is asked for ever.
fn rest_before(attempt: u32) -> Millis {
    match attempt {
        0 | 1 => 0,
        again => CHARGE_AGAIN_MS.saturating_mul(1 << (again - 2).min(20)).min(CHARGE_AGAIN_MS_MAX),
    }
}

/// A noted call.
#[derive(Clone, Debug)]
struct Call {
    fact_id: String,
    order: OrderId,
    request: Request,
    asked_at: Millis,
    tries: u32,
    is_taken: bool,
}

impl Call {
    /// What follows each other goes one by one. How much is back is read before more is asked for: two calls at once that give
    /// money of one order back would both read the same.
    fn lane(&self) -> String {
        match self.request {
            Request::GiveBack => self.order.to_string(),
            Request::Reserve | Request::Release | Request::Charge => self.fact_id.clone(),
        }
    }
}

/// What a try of a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tried {
    /// The money stands where the call no longer matters.
    Moot,
    /// The provider took the request; its word comes later.
    Taken,
    /// It was looked for, and this became of it.
    Found(Report),
    /// It was looked for, and is still open.
    Open,
    /// The provider will not do it.
    Refused(String),
    /// The provider knows nothing of it.
    Unknown,
    /// The provider could not be asked.
    Busy { why: String, again_after: Option<Duration> },
}

/// Calls that are due, with those that are being made; those that were tried least come first, so that one that always fails
/// does not stand before the rest.
async fn due(state: &AppState, now: Millis) -> Result<Vec<Call>, StoreError> {
    let rows = sqlx::query(
        "select fact_id, payment, request, asked_at, tries, taken_at is not null from payment_call
         where ended_at is null and due_at <= ? order by tries, due_at limit ?",
    );
    let rows = rows.bind(now).bind(i64::try_from(DUE_MAX).unwrap_or(i64::MAX)).fetch_all(&state.truth.workers).await?;
    let call = |row: &sqlx::sqlite::SqliteRow| {
        let order = row.get::<String, _>(1).parse().map(OrderId).map_err(|_| StoreError::Strange("a call's order"))?;
        let request = Request::named(row.get(2)).ok_or(StoreError::Strange("a call's request"))?;
        let (asked_at, tries, is_taken) = (row.get(3), row.get(4), row.get(5));
        Ok(Call { fact_id: row.get(0), order, request, asked_at, tries, is_taken })
    };
    rows.iter().map(call).collect()
}

/// What is to be said to the provider, as of `now`. A charge that rests because the bank said no does not wait for the provider.
///
/// # Errors
/// The store's.
pub(crate) async fn queue(truth: &SqlitePool, now: Millis) -> Result<Queue, StoreError> {
    let queue = sqlx::query(
        "select count(*), min(asked_at), max(tries) from payment_call
         where ended_at is null and taken_at is null and (due_at <= ? or tries > 0)",
    );
    Ok(Queue::of(&queue.bind(now).fetch_one(truth).await?))
}

async fn note_end(state: &AppState, breaker: &mut Breaker, call: Call, tried: Tried) -> Result<(), StoreError> {
    match &tried {
        Tried::Busy { why, .. } => {
            breaker.failed(now());
            let (order, request, tries) = (call.order, call.request.name(), call.tries);
            tracing::warn!(%order, request, tries, why, "the payment provider was not reached");
        }
        Tried::Moot => {}
        Tried::Taken | Tried::Found(_) | Tried::Open | Tried::Refused(_) | Tried::Unknown => breaker.answered(),
    }
    let is_open = breaker.is_open();
    state.truth.writer.write_patiently(move |work| Box::pin(settle(work, call, tried, is_open))).await
}

/// Customers who wait for a provider that is left alone are told.
async fn tell_who_waits(state: &AppState, calls: impl Iterator<Item = Call>) -> Result<(), StoreError> {
    for call in calls.filter(|call| call.request == Request::Reserve) {
        let order = call.order;
        let writer = &state.truth.writer;
        writer.write_patiently(move |work| Box::pin(hear_alone(work, order, Report::Busy))).await?;
    }
    Ok(())
}

async fn hear_alone(mut work: Work<'_>, order: OrderId, report: Report) -> Result<(), StoreError> {
    ingress::hear(&mut work, order, &report, now()).await
}

async fn attempt(state: &AppState, call: &Call) -> Result<Tried, StoreError> {
    let mut reader = state.truth.workers.acquire().await?;
    let row = ledger::row(&mut reader, Service::Payment, &payment_key(call.order)).await?;
    drop(reader);
    let Some((Row::Payment(payment), _)) = row else { return Ok(Tried::Moot) };
    if !is_awaited(call.request, &payment) {
        return Ok(Tried::Moot);
    }
    // The provider is to read whose card it is.
    let payment = state.keys.read(&payment).await?;
    let Some(provider) = &state.provider else {
        return Ok(Tried::Refused("this server takes no cards".to_owned()));
    };
    let provider = provider.as_ref();
    Ok(match ask(provider, call, &payment).await {
        Tried::Refused(reason) if call.request == Request::GiveBack => not_given_back(provider, &payment, reason).await,
        Tried::Unknown if call.request == Request::GiveBack => {
            Tried::Found(refund_failed(&payment, 0, UNKNOWN.to_owned()))
        }
        tried => tried,
    })
}

/// A provider's no to giving back is heard with how much is back already. The yes to an earlier sum may still be on its way,
/// and people would be told to give that money otherwise, too.
async fn not_given_back(provider: &dyn Provider, payment: &Payment, reason: String) -> Tried {
    match provider.look(payment).await {
        Ok(Some(Report::Refunded { total })) => Tried::Found(refund_failed(payment, total, reason)),
        Ok(_) | Err(Failure::Refused(_) | Failure::Unknown) => Tried::Found(refund_failed(payment, 0, reason)),
        Err(Failure::Busy { why, again_after }) => Tried::Busy { why, again_after },
    }
}

/// A no is to the sum that was asked for, and not to what it has grown to meanwhile.
fn refund_failed(payment: &Payment, back: i64, reason: String) -> Report {
    let RefundTotals { asked, made, .. } = payment.given_back;
    Report::RefundFailed { total: asked, back: back.max(made), reason }
}

/// Why something fails that the provider has never heard of.
const UNKNOWN: &str = "the payment provider knows nothing of it";

/// Whether what the call asks for is still to come.
fn is_awaited(request: Request, payment: &Payment) -> bool {
    matches!(
        (request, &payment.standing),
        (Request::Reserve, Standing::Asked)
            | (Request::Release, Standing::LettingGo)
            | (Request::Charge, Standing::Charging)
    ) || (request == Request::GiveBack && payment.given_back.is_awaited())
}

async fn ask(provider: &dyn Provider, call: &Call, payment: &Payment) -> Tried {
    let answer = if call.is_taken {
        provider.look(payment).await.map(|found| found.map_or(Tried::Open, Tried::Found))
    } else {
        provider.send(call.request, payment, &call.fact_id).await.map(|()| Tried::Taken)
    };
    answer.unwrap_or_else(|failure| match failure {
        Failure::Busy { why, again_after } => Tried::Busy { why, again_after },
        Failure::Refused(why) => Tried::Refused(why),
        Failure::Unknown => Tried::Unknown,
    })
}

/// Notes what a try came to, with whatever follows from it.
async fn settle(mut work: Work<'_>, call: Call, tried: Tried, is_open: bool) -> Result<(), StoreError> {
    let now = now();
    let again_after = if let Tried::Busy { again_after, .. } = &tried { *again_after } else { None };
    let is_late = call.request == Request::Reserve && now - call.asked_at > RESERVE_WITHIN_MS;
    if let Some(why) = stuck(&call, &tried) {
        let about = payment_key(call.order).to_string();
        let fault =
            Fault { kind: Kind::MoneyStuck, about, detail: format!("{}: {why}", call.request.name()), unit: None };
        faults::keep(&mut work, &fault, &Teller::default(), now).await?;
    }
    match tried {
        Tried::Moot => return end(&mut work, &call, now).await,
        Tried::Found(report) => ingress::hear(&mut work, call.order, &report, now).await?,
        Tried::Refused(reason) => {
            if let Some(report) = refused(call.request, reason) {
                ingress::hear(&mut work, call.order, &report, now).await?;
            }
        }
        Tried::Unknown => ingress::hear(&mut work, call.order, &unknown(call.request), now).await?,
        Tried::Taken if !is_late => {
            let taken = sqlx::query("update payment_call set taken_at = ?, due_at = ? where fact_id = ?");
            taken.bind(now).bind(now + LOOK_AFTER_MS).bind(&call.fact_id).execute(&mut *work).await?;
            return Ok(());
        }
        Tried::Taken | Tried::Open | Tried::Busy { .. } if is_late => {
            let reason = "the bank did not answer in time".to_owned();
            ingress::hear(&mut work, call.order, &Report::Declined { reason }, now).await?;
        }
        Tried::Busy { .. } if is_open || call.tries >= TOLD_AFTER => {
            ingress::hear(&mut work, call.order, &Report::Busy, now).await?;
        }
        Tried::Taken | Tried::Open | Tried::Busy { .. } => {}
    }
    let due_at = now + PATIENCE.pause(call.tries, again_after, rand::rng().random());
    // Where the money still does not stand as asked, it is asked again and not only looked for: a request may be lost.
    let again = sqlx::query("update payment_call set tries = tries + 1, taken_at = null, due_at = ? where fact_id = ?");
    again.bind(due_at).bind(&call.fact_id).execute(&mut *work).await?;
    Ok(())
}

/// Why an operator should know of a try: money that must move does not. A reservation that fails is the customer's to see.
fn stuck<'a>(call: &Call, tried: &'a Tried) -> Option<&'a str> {
    match tried {
        _ if call.request == Request::Reserve => None,
        Tried::Refused(why) => Some(why),
        Tried::Busy { why, .. } if call.tries >= TOLD_TO_OPERATORS_AFTER => Some(why),
        _ => None,
    }
}

/// What it means that the provider will not take a request. That it will not let go says nothing of the money: it is asked on.
fn refused(request: Request, reason: String) -> Option<Report> {
    match request {
        Request::Reserve => Some(Report::Declined { reason }),
        Request::Release => None,
        Request::Charge => Some(Report::ChargeFailed { reason }),
        // The same.
        Request::GiveBack => None,
    }
}

/// What it means that the provider knows of no such payment.
fn unknown(request: Request) -> Report {
    let reason = || UNKNOWN.to_owned();
    match request {
        Request::Reserve => Report::Declined { reason: reason() },
        // What it does not know it has not set aside.
        Request::Release => Report::Released,
        Request::Charge => Report::ChargeFailed { reason: reason() },
        // What it means of money to be given back is said where the sum is known.
        Request::GiveBack => Report::Busy,
    }
}

async fn end(work: &mut Work<'_>, call: &Call, now: Millis) -> Result<(), StoreError> {
    let ended = sqlx::query("update payment_call set ended_at = ? where fact_id = ?");
    ended.bind(now).bind(&call.fact_id).execute(&mut **work).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_that_fails_is_tried_ever_more_seldom_and_for_ever() {
        assert_eq!([1, 2, 3, 4].map(rest_before), [0, 60_000, 120_000, 240_000]);
        assert_eq!(rest_before(u32::MAX), CHARGE_AGAIN_MS_MAX);
    }

    #[test]
    fn money_is_let_go_only_when_the_provider_says_so_or_knows_of_none() {
        assert_eq!(refused(Request::Release, "not now".into()), None);
        assert_eq!(unknown(Request::Release), Report::Released);
    }
}
