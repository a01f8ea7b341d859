//! Mending what differs, and telling operators of it.

use domain::OrderId;
use flow::fact::Put;

use super::look::Difference;
use crate::faults::{self, Fault, Kind, Teller};
use crate::hub::Wanted;
use crate::ledger;
use crate::replay;
use crate::state::{AppState, now};
use crate::store::{StoreError, Together, Work};

/// Who asks for the replays, as operators read it.
const BY: &str = "the comparison";

/// Tells of a difference of `order`, and mends it.
///
/// # Errors
/// The store's.
pub(super) async fn mend(state: &AppState, order: OrderId, difference: Difference) -> Result<(), StoreError> {
    tracing::warn!(%order, service = difference.service().name(), detail = detail(&difference), "an order differs");
    state.truth.writer.write_patiently(move |work| Box::pin(mend_in(work, order, difference))).await
}

async fn mend_in(mut work: Work<'_>, order: OrderId, difference: Difference) -> Result<(), StoreError> {
    let fault =
        Fault { kind: Kind::Drifted, about: about(order, &difference), detail: detail(&difference), unit: None };
    match difference {
        Difference::Row { service, key, says, version, .. } => {
            // It may have moved on since it was looked at.
            let is_newer = match ledger::row(&mut work, service, &key).await {
                Ok(held) => held.is_some_and(|(_, held)| held > version),
                Err(error) if error.is_of_the_content() => false,
                Err(error) => return Err(error),
            };
            if is_newer {
                return Ok(());
            }
            if let Some(row) = says {
                let mut together = Together::default();
                ledger::put_row(&mut together, service, &Put { key, version, row: *row })?;
                together.done(&mut work).await?;
            }
        }
        Difference::Unfollowed { service, .. } => {
            let wanted = Wanted { order: Some(order), ..Wanted::default() };
            replay::ask(&mut work, service, &wanted, false, BY, now()).await?;
        }
    }
    faults::keep(&mut work, &fault, &Teller::default(), now()).await
}

fn about(order: OrderId, difference: &Difference) -> String {
    match difference {
        Difference::Row { service, key, .. } => format!("{}, {key}", service.name()),
        Difference::Unfollowed { service, .. } => format!("{}, order/{order}", service.name()),
    }
}

fn detail(difference: &Difference) -> String {
    match difference {
        Difference::Row { says: Some(_), version, held, .. } => {
            format!("its facts say version {version}, and {held} was held; it was written again")
        }
        Difference::Row { version, held, .. } => {
            format!("its facts say that it ended with version {version}, and {held} is held; it was left")
        }
        Difference::Unfollowed { position, kind, missing, .. } => {
            format!("{} did not follow {kind} at {position}; it hears the order again", missing.join(", "))
        }
    }
}
