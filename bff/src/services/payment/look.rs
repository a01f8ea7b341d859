//! After a restore the provider's books may say more than ours: it may have taken back a no in the history that is gone, and told
//! it there. Nobody would let that money go, so whatever is declined or let go here is looked for there, once.
//!
//! A no may also arrive later than the yes that took it back: the yes came while a restored server did not know the order yet. So
//! what a no ends is looked for as well.

use std::time::Duration;

use domain::OrderId;
use domain::Service;
use domain::id::payment_key;
use domain::payment::{Report, Standing};
use domain::trade::Row;
use sqlx::{SqliteConnection, SqliteExecutor};

use super::ingress;
use super::provider::{Failure, Provider};
use crate::faults::{self, Fault, Kind, Teller};
use crate::ledger;
use crate::outside::patience::Patience;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// How long a provider is left alone that could not be asked: ten seconds, or what it asks for, for nobody waits for it.
const PATIENCE: Patience = Patience { first: 10_000, most: 10_000, asked_most: 60 * 60 * 1000 };

/// How long nobody looks unasked: a word that took too long to be kept may be kept after whoever waits was woken.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// How often one is asked about an order and cannot say: an hour at least, in which a provider that is down is mostly back. Then an
/// operator is told.
const TRIES_MAX: i64 = 360;

/// Notes in a truth that was restored what is to be looked for.
///
/// # Errors
/// The store's.
pub(crate) async fn note(truth: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query(
        "insert into payment_look (payment)
         select substr(key, length('payment/') + 1) from payment_row
         where json_extract(body, '$.payment.standing') = 'let-go'
             or json_type(body, '$.payment.standing.declined') is not null
         on conflict do nothing",
    )
    .execute(truth)
    .await?;
    Ok(())
}

/// Notes that the money of an order is to be looked for, to which the provider said no.
///
/// # Errors
/// The store's.
pub(super) async fn note_one(work: &mut Work<'_>, order: OrderId) -> Result<(), StoreError> {
    let note = sqlx::query("insert into payment_look (payment) values (?) on conflict do nothing");
    note.bind(order.to_string()).execute(&mut **work).await?;
    Ok(())
}

/// Looks for all that is noted until the server stops. A server without a provider leaves it noted.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let Some(provider) = state.provider.clone() else { return Ok(()) };
    loop {
        let Some(order) = next(&state.truth.workers).await? else {
            tokio::select! {
                () = state.wake.look.notified() => continue,
                () = tokio::time::sleep(LOOK_EVERY) => continue,
                () = state.stop.cancelled() => return Ok(()),
            }
        };
        let looked = look(&state, provider.as_ref(), order).await?;
        let pause = looked.as_ref().err().map(|busy| PATIENCE.pause(0, busy.again_after, 1.0));
        state.truth.writer.write_patiently(move |work| Box::pin(settle(work, order, looked))).await?;
        let Some(pause) = pause.and_then(|ms| u64::try_from(ms).ok()).map(Duration::from_millis) else { continue };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

async fn next(readers: impl SqliteExecutor<'_>) -> Result<Option<OrderId>, StoreError> {
    let found: Option<String> =
        sqlx::query_scalar("select payment from payment_look order by tries limit 1").fetch_optional(readers).await?;
    let order =
        |id: String| id.parse().map(OrderId).map_err(|_| StoreError::Strange("an order whose money is looked for"));
    found.map(order).transpose()
}

/// The provider cannot say.
struct Busy {
    why: String,
    again_after: Option<Duration>,
}

/// What the provider holds for an order that has nothing here.
async fn look(
    state: &AppState,
    provider: &dyn Provider,
    order: OrderId,
) -> Result<Result<Option<Report>, Busy>, StoreError> {
    let mut reader = state.truth.workers.acquire().await?;
    let row = ledger::row(&mut reader, Service::Payment, &payment_key(order)).await?;
    drop(reader);
    let Some((Row::Payment(payment), _)) = row else { return Ok(Ok(None)) };
    if !matches!(payment.standing, Standing::Declined(_) | Standing::LetGo) {
        return Ok(Ok(None));
    }
    let payment = state.keys.read(&payment).await?;
    Ok(match provider.look(&payment).await {
        // Only a yes is news.
        Ok(found) => Ok(found.filter(|report| matches!(report, Report::Reserved { .. }))),
        Err(Failure::Unknown | Failure::Refused(_)) => Ok(None),
        Err(Failure::Busy { why, again_after }) => {
            tracing::warn!(%order, why, "the payment provider could not say what it holds");
            Err(Busy { why, again_after })
        }
    })
}

/// Notes what came of it. Each has its turn before any is asked about again.
async fn settle(mut work: Work<'_>, order: OrderId, looked: Result<Option<Report>, Busy>) -> Result<(), StoreError> {
    match looked {
        Ok(Some(report)) => {
            tracing::warn!(%order, "the payment provider holds money that nobody wants; it is let go");
            ingress::hear(&mut work, order, &report, now()).await?;
        }
        Ok(None) => {}
        Err(busy) => {
            let again = "update payment_look set tries = tries + 1 where payment = ? returning tries";
            let tries: i64 = sqlx::query_scalar(again).bind(order.to_string()).fetch_one(&mut *work).await?;
            if tries < TRIES_MAX {
                return Ok(());
            }
            let detail = format!("whether money is set aside for it is not known: {}", busy.why);
            let fault = Fault { kind: Kind::MoneyStuck, about: payment_key(order).to_string(), detail, unit: None };
            faults::keep(&mut work, &fault, &Teller::default(), now()).await?;
        }
    }
    let looked = sqlx::query("delete from payment_look where payment = ?").bind(order.to_string());
    looked.execute(&mut *work).await?;
    Ok(())
}
