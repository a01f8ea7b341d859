//! Clocks: rows say when they want to be looked at, and this looks at them then.
//!
//! A row's moment is kept beside it, in the transaction that writes the row, so a server that was away strikes what it
//! missed when it is back, and one that dies while it strikes does so again with the same facts.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use domain::Service;
use domain::rules::{self, Clock};
use flow::fact::Put;
use futures::FutureExt as _;
use sync::{Key, Millis};

use crate::faults::{self, Fault, Kind, Teller};
use crate::ledger;
use crate::state::{AppState, now};
use crate::store::{StoreError, Together, Work};

/// The most rows looked at in one transaction.
const BATCH_MAX: i64 = 64;

/// How long nobody looks unasked, so that a clock of the machine that was set forward is noticed.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// How long a row rests that could not be looked at, in milliseconds: the operator is told, and the others go on.
const REST_MS: Millis = 60_000;

/// Notes when a row that was just written wants to be looked at.
pub(crate) fn wind(together: &mut Together, service: Service, put: &Put<domain::Trade>) {
    let Some(clock) = rules::clock(&put.key) else { return };
    match (clock.due)(&put.row) {
        Some(due_at) => set(together, service, &put.key, due_at),
        None => forget(together, &put.key),
    }
}

/// The same of many rows, each once.
pub(crate) async fn wind_all(
    work: &mut Work<'_>,
    service: Service,
    puts: &[&Put<domain::Trade>],
) -> Result<(), StoreError> {
    let (mut due, mut idle) = (vec![], vec![]);
    for put in puts {
        match rules::clock(&put.key).map(|clock| (clock.due)(&put.row)) {
            Some(Some(due_at)) => due.push((&put.key, due_at)),
            Some(None) => idle.push(&put.key),
            None => {}
        }
    }
    Together::each(work, &due, |together, (key, due_at)| {
        set(together, service, key, *due_at);
        Ok(())
    })
    .await?;
    Together::each(work, &idle, |together, key| {
        forget(together, key);
        Ok(())
    })
    .await
}

fn set(together: &mut Together, service: Service, key: &Key, due_at: Millis) {
    let set = together.then(
        "insert into timer (key, service, due_at) values (?, ?, ?)
         on conflict do update set due_at = excluded.due_at",
    );
    set.bind(key.0.clone()).bind(service.name()).bind(due_at);
}

fn forget(together: &mut Together, key: &Key) {
    together.then("delete from timer where key = ?").bind(key.0.clone());
}

async fn forget_alone(work: &mut Work<'_>, key: &Key) -> Result<(), StoreError> {
    let mut together = Together::default();
    forget(&mut together, key);
    together.done(work).await
}

/// Looks at rows when they are due, until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let mut written = state.truth.written();
    loop {
        written.borrow_and_update();
        let next: Option<Millis> =
            sqlx::query_scalar("select min(due_at) from timer").fetch_one(&state.truth.workers).await?;
        let wait = next.map_or(LOOK_EVERY, |at| wait(at - now()));
        if wait.is_zero() {
            state.truth.writer.write_patiently(|work| Box::pin(strike_due(work))).await?;
            continue;
        }
        tokio::select! {
            _ = written.changed() => {}
            () = tokio::time::sleep(wait) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

fn wait(ms: Millis) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0)).min(LOOK_EVERY)
}

async fn strike_due(mut work: Work<'_>) -> Result<(), StoreError> {
    let now = now();
    let due: Vec<String> = sqlx::query_scalar("select key from timer where due_at <= ? order by due_at limit ?")
        .bind(now)
        .bind(BATCH_MAX)
        .fetch_all(&mut *work)
        .await?;
    for key in due.into_iter().map(Key) {
        let Some(clock) = rules::clock(&key) else {
            forget_alone(&mut work, &key).await?;
            continue;
        };
        if let Err(error) = strike_apart(&mut work, clock, &key, now).await? {
            tracing::error!(clock = clock.id, %key, %error, "a row could not be looked at; it rests");
            let mut rest = Together::default();
            set(&mut rest, clock.service, &key, now + REST_MS);
            rest.done(&mut work).await?;
            faults::keep(&mut work, &fault(clock, &key, &error), &Teller::default(), now).await?;
        }
    }
    Ok(())
}

/// Strikes in a savepoint of its own. The inner error is the row's, and nothing of it was written.
async fn strike_apart(
    work: &mut Work<'_>,
    clock: &'static Clock,
    key: &Key,
    now: Millis,
) -> Result<Result<(), StoreError>, StoreError> {
    let mut apart = work.apart().await?;
    let struck = AssertUnwindSafe(strike(apart.work(), clock, key, now)).catch_unwind().await;
    apart.end(struck).await
}

async fn strike(mut work: Work<'_>, clock: &Clock, key: &Key, now: Millis) -> Result<(), StoreError> {
    let Some((row, version)) = ledger::row(&mut work, clock.service, key).await? else {
        return forget_alone(&mut work, key).await;
    };
    let events = (clock.strike)(&row, now);
    let before = Put { key: key.clone(), version, row: row.clone() };
    let writes = flow::clock::strike(clock.id, key, (row, version), events, clock.service.name(), now);
    ledger::write(&mut work, clock.service, &writes, None, now).await?;
    let after = writes.rows.last().unwrap_or(&before);
    // A row that still wants to be looked at now would be looked at for ever.
    if (clock.due)(&after.row).is_some_and(|due| due <= now) {
        return Err(StoreError::Strange("a clock that strikes for ever"));
    }
    if !writes.rows.is_empty() {
        return Ok(()); // Wound with the row.
    }
    // It was looked at too soon, such as after an update that has given rows of its kind a clock.
    let mut together = Together::default();
    wind(&mut together, clock.service, &before);
    together.done(&mut work).await
}

fn fault(clock: &Clock, key: &Key, error: &StoreError) -> Fault {
    Fault {
        kind: Kind::ClockFailed,
        about: format!("{}: {key}", clock.id),
        detail: error.without_content(),
        unit: None,
    }
}
