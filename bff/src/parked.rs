//! Parked facts: a service that fails on a fact again and again lays it aside, and with it the facts of the same key behind
//! it, since a key's facts are heard in order or not at all. All other keys go on.
//!
//! The operator is told by a fault, and may have it tried again ([`crate::faults::resubmit`]). What is parked is tried again
//! also whenever a server starts, since a newer release may be able to digest it; until then a rule that reads such a row of
//! another service knows nothing of it, and waits.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use domain::Service;
use flow::pipeline::Counts;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use sync::{Key, Millis, Position};

use crate::faults::{self, Fault, Kind, Teller};
use crate::ledger::{self, json, number};
use crate::listener::{self, TRIES_MAX};
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};
use crate::web;

/// A parked fact by its name, `ordering/1234`: the service, and where in the hub the fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unit {
    /// The service that failed on it.
    pub(crate) service: Service,
    /// The fact's place.
    pub(crate) position: Position,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.service.name(), self.position)
    }
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = text.split_once('/').and_then(|(service, position)| {
            Some(Self { service: service_of(service).ok()?, position: Position(position.parse().ok()?) })
        });
        named.ok_or_else(|| format!("{text:?} names no fault: `bff faults list` shows names like ordering/1234"))
    }
}

/// A parked fact that its service failed on, as an operator reads it.
#[derive(Clone, Debug)]
pub(crate) struct Failed {
    /// Which.
    pub(crate) unit: Unit,
    /// The key that waits with it.
    pub(crate) key: Key,
    /// What kind of fact.
    pub(crate) kind: String,
    /// Its id.
    pub(crate) fact: String,
    /// Why, without content.
    pub(crate) cause: String,
    /// How often it was tried.
    pub(crate) tries: i64,
    /// How many facts of its key wait behind it.
    pub(crate) behind: i64,
    /// When it was parked, and when it was last tried.
    pub(crate) parked_at: Millis,
    pub(crate) tried_at: Millis,
}

/// How trying a key again ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TakenUp {
    /// The service has followed all of it.
    Whole,
    /// It failed on the fact here, which was tried once more.
    UpTo(Position),
}

/// The parked facts that their services failed on, the oldest first.
///
/// # Errors
/// The store's.
pub(crate) async fn failed(connection: &mut SqliteConnection) -> Result<Vec<Failed>, StoreError> {
    let rows = sqlx::query(
        "select service, position, parked.key, hub.kind, fact_id, parked.cause, tries, parked_at, tried_at,
             (select count(*) from parked as later where later.service = parked.service and later.key = parked.key
                  and later.position > parked.position)
         from parked join hub using (position) where tries > 0 order by position, service",
    );
    let rows = rows.fetch_all(connection).await?;
    rows.iter().map(read_failed).collect()
}

fn read_failed(row: &SqliteRow) -> Result<Failed, StoreError> {
    let service = service_of(row.get(0))?;
    Ok(Failed {
        unit: Unit { service, position: ledger::position(row.get(1)) },
        key: Key(row.get(2)),
        kind: row.get(3),
        fact: row.get(4),
        cause: row.get(5),
        tries: row.get(6),
        parked_at: row.get(7),
        tried_at: row.get(8),
        behind: row.get(9),
    })
}

/// The service of this name.
///
/// # Errors
/// There is none.
pub(crate) fn service_of(name: &str) -> Result<Service, StoreError> {
    let known = Service::ALL.into_iter().find(|service| service.name() == name);
    known.ok_or(StoreError::Strange("the name of a service"))
}

/// The keys that are parked for `service`.
pub(crate) async fn keys(connection: &mut SqliteConnection, service: Service) -> Result<BTreeSet<Key>, StoreError> {
    let keys: Vec<String> = sqlx::query_scalar("select distinct key from parked where service = ?")
        .bind(service.name())
        .fetch_all(connection)
        .await?;
    Ok(keys.into_iter().map(Key).collect())
}

/// Whether facts of `key` are parked for `service`.
pub(crate) async fn is_parked(
    connection: &mut SqliteConnection,
    service: Service,
    key: &Key,
) -> Result<bool, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("select 1 from parked where service = ? and key = ? limit 1")
        .bind(service.name())
        .bind(key.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

/// Lays a fact aside for `service`: one that it `failed` on, or one that waits behind such a one.
pub(crate) async fn park(
    work: &mut SqliteConnection,
    service: Service,
    position: Position,
    key: &Key,
    failed: Option<&StoreError>,
) -> Result<(), StoreError> {
    let (tries, now) = (if failed.is_some() { TRIES_MAX } else { 0 }, now());
    let put =
        "insert into parked (service, position, key, tries, cause, parked_at, tried_at) values (?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(put)
        .bind(service.name())
        .bind(number(position.0))
        .bind(key.as_str())
        .bind(tries)
        .bind(failed.map(StoreError::without_content).unwrap_or_default())
        .bind(now)
        .bind(if failed.is_some() { now } else { 0 })
        .execute(work)
        .await?;
    Ok(())
}

/// What the operator is told of a fact that `service` fails on.
pub(crate) fn fault(service: Service, position: Position, fact: &ledger::Fact, error: &StoreError) -> Fault {
    let about = format!("{}, {} {} at {position}, fact {}", service.name(), fact.kind, fact.key, fact.id);
    let unit = Some(Unit { service, position });
    Fault { kind: Kind::FactParked, about, detail: error.without_content(), unit }
}

/// Tries everything again that is parked for `service`, each key as far as it goes.
///
/// # Errors
/// The store's.
pub(crate) async fn try_again(state: &AppState, service: Service) -> Result<(), StoreError> {
    let keys = keys(&mut *state.truth.workers.acquire().await?, service).await?;
    for key in keys {
        let writer = &state.truth.writer;
        writer
            .write_patiently(move |mut work| Box::pin(async move { take_up(&mut work, service, &key).await }))
            .await?;
    }
    Ok(())
}

/// Follows what is parked of `key`, in order, up to a fact that the service fails on again.
///
/// # Errors
/// The store's.
pub(crate) async fn take_up(work: &mut Work<'_>, service: Service, key: &Key) -> Result<TakenUp, StoreError> {
    let parked = sqlx::query(
        "select position, hub.fact from parked join hub using (position)
         where parked.service = ? and parked.key = ? order by position",
    )
    .bind(service.name())
    .bind(key.as_str())
    .fetch_all(&mut **work)
    .await?;
    for row in &parked {
        let (position, fact) = (ledger::position(row.get(0)), json(row.get(1))?);
        let mut counts = Counts::default();
        let digested = listener::digest(work, service, position, &fact, &mut counts).await?;
        web::metrics::tell_rules(service.name(), &counts);
        if let Err(error) = digested {
            failed_again(work, service, position, &error).await?;
            faults::keep(work, &fault(service, position, &fact, &error), &Teller::default(), now()).await?;
            return Ok(TakenUp::UpTo(position));
        }
        sqlx::query("delete from parked where service = ? and position = ?")
            .bind(service.name())
            .bind(number(position.0))
            .execute(&mut **work)
            .await?;
    }
    tracing::info!(service = service.name(), %key, facts = parked.len(), "what was parked is digested");
    Ok(TakenUp::Whole)
}

async fn failed_again(
    work: &mut SqliteConnection,
    service: Service,
    position: Position,
    error: &StoreError,
) -> Result<(), StoreError> {
    sqlx::query("update parked set tries = tries + 1, cause = ?, tried_at = ? where service = ? and position = ?")
        .bind(error.without_content())
        .bind(now())
        .bind(service.name())
        .bind(number(position.0))
        .execute(work)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_named_by_its_service_and_place() {
        let unit = Unit { service: Service::Ordering, position: Position(1234) };
        assert_eq!((unit.to_string().as_str(), "ordering/1234".parse()), ("ordering/1234", Ok(unit)));
        for strange in ["ordering", "orders/1", "ordering/x", ""] {
            assert!(strange.parse::<Unit>().is_err_and(|why| why.contains("bff faults list")), "{strange}");
        }
    }
}
