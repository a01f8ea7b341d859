//! After a restore the provider's books may say more than ours: it may have taken back a no in the history that is gone, and told
//! it there. Nobody would let that money go, so whatever is declined or let go here is looked for there, once.

use std::time::Duration;

use domain::OrderId;
use domain::id::payment_key;
use domain::payment::{Report, Standing};
use domain::trade::{Row, Service};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::ingress;
use super::provider::Failure;
use crate::ledger;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// The pause after a provider that could not be asked: nobody waits for it.
const AGAIN_AFTER: Duration = Duration::from_secs(10);

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

/// Looks for all that is noted, until there is nothing more, or the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    while let Some(order) = next(&state.truth.workers).await? {
        let pause = match look(&state, order).await? {
            Ok(found) => {
                state.truth.writer.write_patiently(move |work| Box::pin(settle(work, order, found))).await?;
                continue;
            }
            Err(again_after) => again_after.unwrap_or(AGAIN_AFTER),
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
    Ok(())
}

async fn next(readers: impl SqliteExecutor<'_>) -> Result<Option<OrderId>, StoreError> {
    let found: Option<String> =
        sqlx::query_scalar("select payment from payment_look limit 1").fetch_optional(readers).await?;
    let order =
        |id: String| id.parse().map(OrderId).map_err(|_| StoreError::Strange("an order whose money is looked for"));
    found.map(order).transpose()
}

/// What the provider holds for an order that has nothing here; or after which pause to ask again.
async fn look(state: &AppState, order: OrderId) -> Result<Result<Option<Report>, Option<Duration>>, StoreError> {
    let mut reader = state.truth.workers.acquire().await?;
    let row = ledger::row(&mut reader, Service::Payment, &payment_key(order)).await?;
    drop(reader);
    let Some((Row::Payment(payment), _)) = row else { return Ok(Ok(None)) };
    let is_let_go = matches!(payment.standing, Standing::Declined(_) | Standing::LetGo);
    let Some(provider) = state.provider.as_ref().filter(|_| is_let_go) else { return Ok(Ok(None)) };
    let payment = state.keys.read(&payment).await?;
    Ok(match provider.look(&payment).await {
        // Only a yes is news.
        Ok(found) => Ok(found.filter(|report| matches!(report, Report::Reserved { .. }))),
        Err(Failure::Unknown | Failure::Refused(_)) => Ok(None),
        Err(Failure::Busy { why, again_after }) => {
            tracing::warn!(%order, why, "the payment provider could not be asked what it holds");
            Err(again_after)
        }
    })
}

async fn settle(mut work: Work<'_>, order: OrderId, found: Option<Report>) -> Result<(), StoreError> {
    if let Some(report) = found {
        tracing::warn!(%order, "the payment provider holds money that nobody wants; it is let go");
        ingress::hear(&mut work, order, &report, now()).await?;
    }
    let looked = sqlx::query("delete from payment_look where payment = ?").bind(order.to_string());
    looked.execute(&mut *work).await?;
    Ok(())
}
