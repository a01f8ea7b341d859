//! The books: a row an order, the time zones of restaurants, and the days whose figures changed.

use std::collections::BTreeSet;

use domain::RestaurantId;
use jiff::civil::Date;
use sqlx::{Row as _, SqliteConnection};
use sync::Millis;

use super::figure::{Counted, Made, Zone};
use crate::ledger::number;
use crate::store::{StoreError, Work};
use crate::zones;

/// A restaurant's day.
pub(super) type Day = (RestaurantId, Date);

/// Writes down what was made of facts, and which days are therefore due; what is older than what is here changes nothing.
///
/// # Errors
/// The store's.
pub(super) async fn keep(work: &mut Work<'_>, made: &[Made], now: Millis) -> Result<(), StoreError> {
    let mut changed = BTreeSet::new();
    for made in made {
        match made {
            Made::Zone(zone) => keep_zone(work, zone, &mut changed).await?,
            Made::Counted(counted) => keep_order(work, counted, &mut changed).await?,
        }
    }
    for (restaurant, day) in changed {
        let due = sqlx::query(
            "insert into reporting_due (restaurant, day, first_at, last_at) values (?1, ?2, ?3, ?3)
             on conflict do update set last_at = excluded.last_at",
        );
        due.bind(&restaurant.0).bind(day.to_string()).bind(now).execute(&mut **work).await?;
    }
    Ok(())
}

/// A time zone that was corrected moves no order that was placed before: its day may be closed. One that was placed since, and is
/// here already, moves.
async fn keep_zone(work: &mut Work<'_>, zone: &Zone, changed: &mut BTreeSet<Day>) -> Result<(), StoreError> {
    let Zone { restaurant, since, zone } = zone;
    let keep = sqlx::query(
        "insert into reporting_zone (restaurant, since, zone) values (?, ?, ?)
         on conflict do update set zone = excluded.zone",
    );
    keep.bind(&restaurant.0).bind(since).bind(zone).execute(&mut **work).await?;
    let placed = sqlx::query(
        "select order_id, placed_at, day from reporting_order where restaurant = ? and placed_at >= ? order by placed_at",
    );
    for row in placed.bind(&restaurant.0).bind(since).fetch_all(&mut **work).await? {
        let (order, placed_at, before): (String, Millis, String) = (row.get(0), row.get(1), row.get(2));
        let day = day(work, restaurant, placed_at).await?;
        if day.to_string() != before {
            let moved = sqlx::query("update reporting_order set day = ? where order_id = ?");
            moved.bind(day.to_string()).bind(order).execute(&mut **work).await?;
            changed.extend([(restaurant.clone(), day), (restaurant.clone(), read_day(&before)?)]);
        }
    }
    Ok(())
}

async fn keep_order(work: &mut Work<'_>, counted: &Counted, changed: &mut BTreeSet<Day>) -> Result<(), StoreError> {
    let day = day(work, &counted.restaurant, counted.placed_at).await?;
    let known = sqlx::query(
        "select version, accepted, refused, cancelled, handed_over, delivered, goods, tips, refunds
         from reporting_order where order_id = ?",
    );
    let known = known.bind(counted.order.to_string()).fetch_optional(&mut **work).await?;
    let version = number(counted.version.0);
    if known.as_ref().is_some_and(|known| known.get::<i64, _>(0) >= version) {
        return Ok(());
    }
    let figures = |row: sqlx::sqlite::SqliteRow| [1, 2, 3, 4, 5, 6, 7, 8].map(|column| row.get::<i64, _>(column));
    let Counted { accepted, refused, cancelled, handed_over, delivered, goods, tips, refunds, .. } = *counted;
    let [accepted, refused, cancelled] = [accepted, refused, cancelled].map(i64::from);
    let [handed_over, delivered] = [handed_over, delivered].map(i64::from);
    let new = [accepted, refused, cancelled, handed_over, delivered, goods, tips, refunds];
    if known.map(figures) != Some(new) {
        changed.insert((counted.restaurant.clone(), day));
    }
    let put = sqlx::query(
        "insert into reporting_order (order_id, version, restaurant, placed_at, day, currency,
             accepted, refused, cancelled, handed_over, delivered, goods, tips, refunds)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict do update set version = excluded.version, accepted = excluded.accepted,
             refused = excluded.refused, cancelled = excluded.cancelled, handed_over = excluded.handed_over,
             delivered = excluded.delivered, goods = excluded.goods, tips = excluded.tips, refunds = excluded.refunds",
    );
    let put = put.bind(counted.order.to_string()).bind(version).bind(&counted.restaurant.0).bind(counted.placed_at);
    let put = put.bind(day.to_string()).bind(counted.currency.code());
    new.into_iter().fold(put, |put, figure| put.bind(figure)).execute(&mut **work).await?;
    Ok(())
}

/// The restaurant's day in which `at` is, by the time zone that it had then; by the first that is known, where that is later, and
/// in UTC where none is.
async fn day(books: &mut SqliteConnection, restaurant: &RestaurantId, at: Millis) -> Result<Date, StoreError> {
    let zone = sqlx::query_scalar(
        "select zone from reporting_zone where restaurant = ?1
         order by since <= ?2 desc, case when since <= ?2 then -since else since end limit 1",
    );
    let zone: Option<String> = zone.bind(&restaurant.0).bind(at).fetch_optional(books).await?;
    Ok(zones::day(zone.as_deref().unwrap_or("UTC"), at))
}

/// A day as it stands in a table.
pub(super) fn read_day(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Strange("the day of a report"))
}
