//! The lake: every fact there ever was, kept for ever, found by its order, its kind and its time.
//!
//! The hub writes it ([`crate::hub`]); here it is only read: by operators from a page, and from a terminal ([`command`]).

pub(crate) mod command;

use domain::OrderId;
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteExecutor};
use sync::{Millis, Position};

use crate::ledger::{self, Fact, json, number};
use crate::store::StoreError;

/// Which facts are wanted. What is not said narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Of this order.
    pub(crate) order: Option<OrderId>,
    /// Of these kinds.
    pub(crate) kinds: Vec<String>,
    /// From this moment on.
    pub(crate) from: Option<Millis>,
    /// Before this moment.
    pub(crate) until: Option<Millis>,
    /// After this position.
    pub(crate) after: Option<Position>,
}

/// The facts that are wanted, in the order of the hub, at most `limit`.
///
/// # Errors
/// The store's.
pub(crate) async fn facts(
    reader: impl SqliteExecutor<'_>,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<(Position, Fact)>, StoreError> {
    read(reader, wanted, "asc", limit).await
}

/// The latest facts that are wanted, at most `limit`, in the order of the hub.
///
/// # Errors
/// The store's.
pub(crate) async fn latest(
    reader: impl SqliteExecutor<'_>,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<(Position, Fact)>, StoreError> {
    let mut facts = read(reader, wanted, "desc", limit).await?;
    facts.reverse();
    Ok(facts)
}

async fn read(
    reader: impl SqliteExecutor<'_>,
    wanted: &Wanted,
    direction: &str,
    limit: i64,
) -> Result<Vec<(Position, Fact)>, StoreError> {
    let mut query = QueryBuilder::<Sqlite>::new("select position, fact from hub where 1 = 1");
    if let Some(order) = wanted.order {
        query.push(" and order_id = ").push_bind(order.to_string());
    }
    if !wanted.kinds.is_empty() {
        query.push(" and kind in (");
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
    if let Some(after) = wanted.after {
        query.push(" and position > ").push_bind(number(after.0));
    }
    query.push(format!(" order by position {direction} limit ")).push_bind(limit);
    let found = query.build().fetch_all(reader).await?;
    found.iter().map(|row| Ok((ledger::position(row.get(0)), json(row.get(1))?))).collect()
}
