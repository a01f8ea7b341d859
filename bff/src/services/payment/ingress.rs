//! What the provider says becomes facts: each word once, and nothing from one that was known.

use domain::OrderId;
use domain::Service;
use domain::Trade;
use domain::id::payment_key;
use domain::payment::{Report, hold};
use domain::trade::{Event, Row};
use flow::fact::Put;
use sync::Millis;

use crate::ledger::{self, Writes};
use crate::store::{StoreError, Work};

use super::look;
use super::provider::Word;

/// Keeps a word as it was understood, and does what follows from it; false where it was heard before. What else a provider says,
/// of a card and whose it is, is not kept.
///
/// # Errors
/// The store's.
pub(super) async fn take(work: &mut Work<'_>, word: &Word, now: Millis) -> Result<bool, StoreError> {
    let body = word.about.as_ref().map(|(order, report)| format!("{order}: {report:?}")).unwrap_or_default();
    let kept = sqlx::query("insert into payment_word (id, heard_at, body) values (?, ?, ?) on conflict do nothing");
    let kept = kept.bind(&word.id).bind(now).bind(body).execute(&mut **work).await?;
    if kept.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some((order, report)) = &word.about {
        hear(work, *order, report, now).await?;
        if matches!(report, Report::Declined { .. }) {
            look::note_one(work, *order).await?;
        }
    }
    Ok(true)
}

/// What follows from a report about the money of `order`, as facts.
///
/// # Errors
/// The store's.
pub(super) async fn hear(work: &mut Work<'_>, order: OrderId, report: &Report, now: Millis) -> Result<(), StoreError> {
    let key = payment_key(order);
    let Some((Row::Payment(before), version)) = ledger::row(work, Service::Payment, &key).await? else {
        // Somebody else's order, or a word about one that a restored backup does not know.
        tracing::warn!(%order, "the payment provider speaks of an order that is not known here");
        return Ok(());
    };
    let events: Vec<_> = hold::hear(&before, report).into_iter().map(Event::Payment).collect();
    if events.is_empty() {
        return Ok(());
    }
    let row = Some((Row::Payment(before), version));
    let (after, facts) = flow::fact::told::<Trade>(Service::Payment.name(), now, &key, row, events);
    let rows = after.into_iter().map(|(row, version)| Put { key: key.clone(), version, row }).collect();
    let writes = Writes { rows, facts, ..Writes::default() };
    ledger::write(work, Service::Payment, &writes, None, now).await
}
