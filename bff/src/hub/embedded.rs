//! The hub in the file of the truth: facts are published in a commit of the writer, and found by place, kind, order and time.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use domain::{OrderId, rules};
use futures::future::BoxFuture;
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteExecutor, SqlitePool};
use sync::protocol::Body;
use sync::{Millis, Position};
use tokio::sync::watch;
use uuid::Uuid;

use super::{Hub, Page, Placed, Wanted};
use crate::ledger::{self, Fact, json, number};
use crate::store::{StoreError, Together, Truth, Work, Writer};

/// See the module.
pub(crate) struct Embedded {
    readers: SqlitePool,
    writer: Writer,
    head: watch::Sender<Position>,
    recent: Mutex<Recent>,
}

/// The latest facts, as they were published: a dozen readers who keep up need not each read and decode them again.
#[derive(Default)]
struct Recent(VecDeque<Placed>);

/// How many facts are kept at hand: some seconds of a busy evening, some megabytes. Whoever is further behind reads the file.
const RECENT_MAX: usize = 2048;

impl Recent {
    /// Notes what was published. Where something is between it and what is here, what is here is no longer the latest.
    fn note(&mut self, published: Vec<Placed>) {
        for (position, fact) in published {
            match self.0.back() {
                Some((last, _)) if position <= *last => continue,
                Some((last, _)) if position != last.next() => self.0.clear(),
                _ => {}
            }
            self.0.push_back((position, fact));
        }
        let too_many = self.0.len().saturating_sub(RECENT_MAX);
        self.0.drain(..too_many);
    }

    /// Those that are `wanted`, up to `head`; none, where not all after the wanted place are here.
    fn read(&self, wanted: &Wanted, head: Position, limit: usize) -> Option<Vec<Placed>> {
        let after = wanted.after?;
        let (first, last) = (self.0.front()?.0, self.0.back()?.0);
        if after.next() < first || last < head {
            return None;
        }
        let begin = usize::try_from((after.next().0).saturating_sub(first.0)).ok()?;
        let there = self.0.iter().skip(begin).take_while(|(position, _)| *position <= head);
        Some(there.filter(|(position, fact)| wanted.takes(*position, fact)).take(limit).cloned().collect())
    }
}

impl Embedded {
    /// The one in `truth`.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn open(truth: &Truth) -> Result<Self, StoreError> {
        let head = ledger::head(&mut *truth.workers.acquire().await?).await?;
        let (readers, writer) = (truth.workers.clone(), truth.writer.clone());
        Ok(Self { readers, writer, head: watch::Sender::new(head), recent: Mutex::default() })
    }
}

impl Hub for Embedded {
    fn publish(&self, facts: Vec<Fact>) -> BoxFuture<'_, Result<Position, StoreError>> {
        Box::pin(async move {
            let (head, published) = self.writer.write_patiently(move |work| Box::pin(publish(work, facts))).await?;
            self.recent.lock().expect("nobody panics with it").note(published);
            self.head.send_if_modified(|known| *known < head && std::mem::replace(known, head) != head);
            Ok(head)
        })
    }

    fn read<'a>(&'a self, wanted: &'a Wanted, limit: usize) -> BoxFuture<'a, Result<Page, StoreError>> {
        Box::pin(async move {
            // Known before it is looked: all up to it is there to be seen.
            let head = self.head();
            let recent = self.recent.lock().expect("nobody panics with it").read(wanted, head, limit);
            let mut facts = match recent {
                Some(recent) => recent,
                None => facts(&self.readers, wanted, i64::try_from(limit).unwrap_or(i64::MAX)).await?,
            };
            let is_full = facts.len() == limit;
            facts.retain(|(position, _)| *position <= head);
            let last = facts.last().map(|(position, _)| *position).filter(|_| is_full);
            Ok(Page { facts, reached: last.unwrap_or(head) })
        })
    }

    fn latest<'a>(&'a self, wanted: &'a Wanted, limit: usize) -> BoxFuture<'a, Result<Vec<Placed>, StoreError>> {
        Box::pin(async move {
            let mut facts = read(&self.readers, wanted, "desc", i64::try_from(limit).unwrap_or(i64::MAX)).await?;
            facts.reverse();
            Ok(facts)
        })
    }

    fn before(&self, moment: Millis) -> BoxFuture<'_, Result<Option<Position>, StoreError>> {
        Box::pin(async move {
            let found =
                sqlx::query_scalar("select position from hub where at < ? order by at desc, position desc limit 1");
            let found: Option<i64> = found.bind(moment).fetch_optional(&self.readers).await?;
            Ok(found.map(ledger::position))
        })
    }

    fn fact_at(&self, position: Position) -> BoxFuture<'_, Result<Option<Uuid>, StoreError>> {
        Box::pin(async move {
            let found = sqlx::query_scalar("select fact_id from hub where position = ?").bind(number(position.0));
            let found: Option<String> = found.fetch_optional(&self.readers).await?;
            Ok(found.and_then(|id| id.parse().ok()))
        })
    }

    fn heads(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }
}

/// The head then, and what was published with its places.
async fn publish(mut work: Work<'_>, facts: Vec<Fact>) -> Result<(Position, Vec<Placed>), StoreError> {
    let head = ledger::head(&mut work).await?;
    let known = known(&mut work, &facts).await?;
    let published = flow::publish::publish(head, facts, &known);
    Together::each(&mut work, &published, |together, (position, fact)| append(together, *position, fact)).await?;
    let head = published.last().map_or(head, |(last, _)| *last);
    Ok((head, published.into_iter().map(|(position, fact)| (position, Arc::new(fact))).collect()))
}

/// Those of `facts` that are in the hub.
async fn known(work: &mut Work<'_>, facts: &[Fact]) -> Result<BTreeSet<Uuid>, StoreError> {
    let ids: Vec<Uuid> = facts.iter().map(|fact| fact.id).collect();
    let found = sqlx::query_scalar("select fact_id from hub where fact_id in (select value from json_each(?))");
    let found: Vec<String> = found.bind(serde_json::to_string(&ids)?).fetch_all(&mut **work).await?;
    Ok(found.iter().filter_map(|id| id.parse().ok()).collect())
}

fn append(together: &mut Together, position: Position, fact: &Fact) -> Result<(), StoreError> {
    let append = together.then(
        "insert into hub (position, fact_id, kind, at, key, cause, fact, order_id) values (?, ?, ?, ?, ?, ?, ?, ?)",
    );
    append.bind(number(position.0)).bind(fact.id.to_string()).bind(fact.kind.clone()).bind(fact.at);
    append.bind(fact.key.0.clone()).bind(fact.cause.as_ref().map(|cause| cause.command.to_string()));
    append.bind(serde_json::to_string(fact)?).bind(order_of(fact).map(|order| order.to_string()));
    Ok(())
}

/// Of which order a fact tells; a refused act is about the order whose lane it was in.
pub(super) fn order_of(fact: &Fact) -> Option<OrderId> {
    let item = fact.entity.as_ref().and_then(|entity| match &entity.body {
        Some(Body::Inbox(item)) => Some(item),
        _ => None,
    });
    rules::about(item.map_or(&fact.key, |item| &item.lane), fact.event.as_ref())
}

/// The facts that are wanted, in the order of the hub, at most `limit`.
///
/// # Errors
/// The store's.
pub(super) async fn facts(
    reader: impl SqliteExecutor<'_>,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<Placed>, StoreError> {
    read(reader, wanted, "asc", limit).await
}

async fn read(
    reader: impl SqliteExecutor<'_>,
    wanted: &Wanted,
    direction: &str,
    limit: i64,
) -> Result<Vec<Placed>, StoreError> {
    let mut query = QueryBuilder::<Sqlite>::new("select position, fact from hub where 1 = 1");
    if let Some(after) = wanted.after {
        query.push(" and position > ").push_bind(number(after.0));
    }
    if let Some(order) = wanted.order {
        query.push(" and order_id = ").push_bind(order.to_string());
    }
    if let Some(key) = &wanted.key {
        query.push(" and key = ").push_bind(key.as_str().to_owned());
    }
    if !wanted.kinds.is_empty() {
        // Whoever goes on from a place walks by place: by its kind each page would sort all that is left.
        query.push(if wanted.after.is_some() { " and +kind in (" } else { " and kind in (" });
        let mut kinds = query.separated(", ");
        for kind in &wanted.kinds {
            kinds.push_bind(kind.clone());
        }
        query.push(")");
    }
    if let Some(from) = wanted.from {
        query.push(" and at >= ").push_bind(from);
    }
    if let Some(until) = wanted.until {
        query.push(" and at < ").push_bind(until);
    }
    query.push(format!(" order by position {direction} limit ")).push_bind(limit);
    let found = query.build().fetch_all(reader).await?;
    found.iter().map(|row| Ok((ledger::position(row.get(0)), Arc::new(json(row.get(1))?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::conformance::fact;
    use super::*;

    fn placed(places: std::ops::RangeInclusive<u64>) -> Vec<Placed> {
        places.map(|place| (Position(place), Arc::new(fact(place)))).collect()
    }

    fn read(recent: &Recent, after: u64, head: u64, limit: usize) -> Option<Vec<u64>> {
        let facts = recent.read(&Wanted::default().after(Position(after)), Position(head), limit)?;
        Some(facts.iter().map(|(position, _)| position.0).collect())
    }

    #[test]
    fn what_is_at_hand_is_all_there_is_after_a_place_or_is_not_given() {
        let mut recent = Recent::default();
        assert_eq!(read(&recent, 0, 0, 9), None, "nothing is known of an earlier life");
        recent.note(placed(5..=8));
        assert_eq!(read(&recent, 4, 8, 9), Some(vec![5, 6, 7, 8]));
        assert_eq!(read(&recent, 6, 8, 1), Some(vec![7]));
        assert_eq!(read(&recent, 8, 8, 9), Some(vec![]));
        assert_eq!(read(&recent, 3, 8, 9), None, "the fourth is in the file only");
        assert_eq!(read(&recent, 4, 7, 9), Some(vec![5, 6, 7]), "the head has not moved yet");
        assert_eq!(read(&recent, 4, 9, 9), None, "what another published is not here yet");
        // Two publish at once, and the second is told first.
        recent.note(placed(11..=12));
        recent.note(placed(9..=10));
        assert_eq!(read(&recent, 8, 12, 9), None);
        assert_eq!(read(&recent, 10, 12, 9), Some(vec![11, 12]));
    }

    #[test]
    fn no_more_is_kept_at_hand_than_some() {
        let mut recent = Recent::default();
        recent.note(placed(1..=3000));
        assert_eq!(recent.0.len(), RECENT_MAX);
        assert_eq!(read(&recent, 0, 3000, 1), None);
        assert_eq!(read(&recent, 2999, 3000, 9), Some(vec![3000]));
    }
}
