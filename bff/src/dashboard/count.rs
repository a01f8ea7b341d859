//! What is counted: facts of each kind by the minute, and which orders are under way.
//!
//! Both follow from the hub alone, in any grouping of its facts: a count adds up, and of an order the last fact says where it
//! stands. So they are kept as a view, and computed again where that is lost.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::ordering::Order;
use domain::trade::Row;
use serde::Serialize;
use sqlx::{Row as _, SqliteConnection, SqlitePool};
use sync::protocol::Body;
use sync::{Millis, Position};

use crate::hub::Placed;
use crate::ledger::Fact;
use crate::state::AppState;
use crate::store::StoreError;
use crate::view::{Pace, View};

const DASHBOARD: View = View { name: "dashboard", tables: &["dashboard_rate", "dashboard_order"] };

/// What is counted is few rows, whatever it is counted from, and nobody reads a dashboard by the millisecond.
const PACE: Pace = Pace { batch_max: 1024, rest: Duration::from_secs(1) };

const MINUTE_MS: Millis = 60_000;

/// How long counts are kept, in minutes: the last day, and what is left of the hour before it.
const KEPT_MIN: Millis = 25 * 60;

/// The most orders that are shown: those that have stood longest are the ones to look at.
const ORDERS_MAX: i64 = 20;

/// Counts until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    DASHBOARD.follow(&state, PACE, |views, facts| Box::pin(write(views, facts))).await
}

async fn write(views: &mut SqliteConnection, facts: &[Placed]) -> Result<(), StoreError> {
    let Some((_, latest)) = facts.last() else { return Ok(()) };
    let mut rates = BTreeMap::<(Millis, &str, &str), i64>::new();
    for (_, fact) in facts {
        *rates.entry((fact.at.div_euclid(MINUTE_MS), &fact.kind, &fact.tags.source)).or_default() += 1;
    }
    for ((minute, kind, service), facts) in rates {
        let add = sqlx::query(
            "insert into dashboard_rate (minute, kind, service, facts) values (?, ?, ?, ?)
             on conflict do update set facts = facts + excluded.facts",
        );
        add.bind(minute).bind(kind).bind(service).bind(facts).execute(&mut *views).await?;
    }
    let old = sqlx::query("delete from dashboard_rate where minute < ?");
    old.bind(latest.at.div_euclid(MINUTE_MS) - KEPT_MIN).execute(&mut *views).await?;
    for order in facts.iter().filter_map(|(_, fact)| order(fact)) {
        put(&mut *views, order).await?;
    }
    Ok(())
}

/// The order as a fact left it.
fn order(fact: &Fact) -> Option<&Order> {
    match &fact.entity.as_ref()?.body {
        Some(Body::Row(Row::Order(order))) => Some(order),
        _ => None,
    }
}

async fn put(views: &mut SqliteConnection, order: &Order) -> Result<(), StoreError> {
    let id = order.id.to_string();
    let (Some(placed), Some(stands)) = (order.steps.first(), order.steps.last()) else { return Ok(()) };
    if order.status.is_final() {
        sqlx::query("delete from dashboard_order where order_id = ?").bind(id).execute(views).await?;
        return Ok(());
    }
    sqlx::query(
        "insert into dashboard_order (order_id, restaurant, number, status, since, placed_at) values (?, ?, ?, ?, ?, ?)
         on conflict do update set number = excluded.number, status = excluded.status, since = excluded.since",
    )
    .bind(id)
    .bind(&order.restaurant_name)
    .bind(order.number)
    .bind(order.status.name())
    .bind(stands.at)
    .bind(placed.at)
    .execute(views)
    .await?;
    Ok(())
}

// ---- what is read ---------------------------------------------------------------------------------------------------

/// How often facts of a kind became true.
#[derive(Debug, Serialize)]
pub(super) struct Rate {
    kind: String,
    service: String,
    /// In the last whole minute, the last hour and the last day.
    minute: i64,
    hour: i64,
    day: i64,
}

/// Every kind of the last day, the most frequent first, as of `now`.
pub(super) async fn rates(views: &SqlitePool, now: Millis) -> Result<Vec<Rate>, StoreError> {
    let minute = now.div_euclid(MINUTE_MS);
    let found = sqlx::query(
        "select kind, service, sum(case minute when ?1 - 1 then facts else 0 end),
             sum(case when minute > ?1 - 60 then facts else 0 end) as hour, sum(facts) as day
         from dashboard_rate where minute > ?1 - 24 * 60 group by kind, service order by day desc, kind, service",
    );
    let found = found.bind(minute).fetch_all(views).await?;
    let rate = |row: &sqlx::sqlite::SqliteRow| Rate {
        kind: row.get(0),
        service: row.get(1),
        minute: row.get(2),
        hour: row.get(3),
        day: row.get(4),
    };
    Ok(found.iter().map(rate).collect())
}

/// Orders under way.
#[derive(Debug, Serialize)]
pub(super) struct UnderWay {
    /// By where they stand.
    by_status: Vec<Standing>,
    /// Those that have stood longest where they stand.
    oldest: Vec<Waiting>,
}

/// How many orders stand somewhere.
#[derive(Debug, Serialize)]
struct Standing {
    status: String,
    orders: i64,
    /// Since when the first of them stands there.
    since: Millis,
}

/// An order that stands where it stands.
#[derive(Debug, Serialize)]
struct Waiting {
    order: String,
    restaurant: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<i64>,
    status: String,
    since: Millis,
    placed_at: Millis,
}

/// The orders under way.
pub(super) async fn under_way(views: &SqlitePool) -> Result<UnderWay, StoreError> {
    let by_status =
        sqlx::query("select status, count(*), min(since) from dashboard_order group by status order by min(since)");
    let oldest = sqlx::query(
        "select order_id, restaurant, number, status, since, placed_at from dashboard_order
         order by since, order_id limit ?",
    );
    let by_status = by_status.fetch_all(views).await?;
    let oldest = oldest.bind(ORDERS_MAX).fetch_all(views).await?;
    let standing =
        |row: &sqlx::sqlite::SqliteRow| Standing { status: row.get(0), orders: row.get(1), since: row.get(2) };
    let waiting = |row: &sqlx::sqlite::SqliteRow| Waiting {
        order: row.get(0),
        restaurant: row.get(1),
        number: row.get(2),
        status: row.get(3),
        since: row.get(4),
        placed_at: row.get(5),
    };
    Ok(UnderWay { by_status: by_status.iter().map(standing).collect(), oldest: oldest.iter().map(waiting).collect() })
}

/// How far the dashboard has come.
pub(super) async fn reached(views: &SqlitePool) -> Result<Position, StoreError> {
    DASHBOARD.reached(views).await
}
