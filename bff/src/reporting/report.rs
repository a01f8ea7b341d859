//! A report: the figures of a day, as they are listed and as a file, and the version that is made when they changed.

use std::fmt::Write as _;

use domain::RestaurantId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection, SqliteExecutor, SqlitePool};
use sync::Millis;

use super::book::{Day, read_day};
use crate::ledger::json;
use crate::store::{StoreError, Work};
use crate::web::guard::in_time;

/// What a day came to in one currency. Sums are in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) currency: String,
    pub(super) placed: i64,
    pub(super) accepted: i64,
    pub(super) refused: i64,
    pub(super) cancelled: i64,
    pub(super) handed_over: i64,
    pub(super) delivered: i64,
    pub(super) goods_minor: i64,
    pub(super) tips_minor: i64,
    pub(super) refunds_minor: i64,
}

/// The columns of the file, in its order; what each says is said where the sums are made.
const HEAD: &str = "day,restaurant,currency,placed,accepted,refused,cancelled,handed_over,delivered,\
                    goods_minor,tips_minor,refunds_minor";

/// The file: the same figures make the same bytes. Ids and codes hold nothing that a table would take for a formula or a comma.
fn file((restaurant, day): &Day, figures: &[Figures]) -> String {
    let mut file = format!("{HEAD}\r\n");
    for figures in figures {
        let Figures { currency, placed, accepted, refused, cancelled, handed_over, delivered, .. } = figures;
        let Figures { goods_minor, tips_minor, refunds_minor, .. } = figures;
        // Writing to a string does not fail.
        let _ = write!(
            file,
            "{day},{restaurant},{currency},{placed},{accepted},{refused},{cancelled},{handed_over},{delivered},\
             {goods_minor},{tips_minor},{refunds_minor}\r\n"
        );
    }
    file
}

/// The days that are due at `now`, those that have waited longest first, at most `limit`: nothing changed for `quiet_ms`, or
/// something did so `longest_ms` ago.
///
/// # Errors
/// The store's.
pub(super) async fn due(
    books: impl SqliteExecutor<'_>,
    now: Millis,
    (quiet_ms, longest_ms): (Millis, Millis),
    limit: usize,
) -> Result<Vec<Day>, StoreError> {
    let due = sqlx::query(
        "select restaurant, day from reporting_due where last_at <= ? or first_at <= ? order by first_at limit ?",
    );
    let due = due.bind(now - quiet_ms).bind(now - longest_ms).bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let day = |row: &SqliteRow| Ok((RestaurantId(row.get(0)), read_day(row.get(1))?));
    due.fetch_all(books).await?.iter().map(day).collect()
}

/// Makes the report of a day that was due; none, where the figures are those of its last.
///
/// # Errors
/// The store's.
pub(super) async fn make(work: &mut Work<'_>, day: &Day, now: Millis) -> Result<(), StoreError> {
    let figures = sum(work, day).await?;
    let file = file(day, &figures);
    let known = newest(work, &day.0, day.1).await?;
    if known.as_ref().is_none_or(|known| known.file != file.as_bytes()) {
        let put = sqlx::query(
            "insert into reporting_report (restaurant, day, version, made_at, figures, file) values (?, ?, ?, ?, ?, ?)",
        );
        let version = known.map_or(1, |known| known.version + 1);
        let put = put.bind(&day.0.0).bind(day.1.to_string()).bind(version).bind(now);
        put.bind(serde_json::to_string(&figures)?).bind(file.into_bytes()).execute(&mut **work).await?;
    }
    let done = sqlx::query("delete from reporting_due where restaurant = ? and day = ?");
    done.bind(&day.0.0).bind(day.1.to_string()).execute(&mut **work).await?;
    Ok(())
}

/// The sums of a day, a line for each currency.
async fn sum(books: &mut SqliteConnection, (restaurant, day): &Day) -> Result<Vec<Figures>, StoreError> {
    let sums = sqlx::query(
        "select currency, count(*), sum(accepted), sum(refused), sum(cancelled), sum(handed_over), sum(delivered),
             sum(goods), sum(tips), sum(refunds)
         from reporting_order where restaurant = ? and day = ? group by currency order by currency",
    );
    let figures = |row: SqliteRow| Figures {
        currency: row.get(0),
        placed: row.get(1),
        accepted: row.get(2),
        refused: row.get(3),
        cancelled: row.get(4),
        handed_over: row.get(5),
        delivered: row.get(6),
        goods_minor: row.get(7),
        tips_minor: row.get(8),
        refunds_minor: row.get(9),
    };
    let sums = sums.bind(&restaurant.0).bind(day.to_string()).fetch_all(books).await?;
    Ok(sums.into_iter().map(figures).collect())
}

/// A report.
pub(super) struct Report {
    pub(super) version: i64,
    pub(super) file: Vec<u8>,
}

/// The newest report of a day.
///
/// # Errors
/// The store's.
pub(super) async fn newest(
    books: &mut SqliteConnection,
    restaurant: &RestaurantId,
    day: Date,
) -> Result<Option<Report>, sqlx::Error> {
    let found = sqlx::query(
        "select version, file from reporting_report where restaurant = ? and day = ? order by version desc limit 1",
    );
    let found = found.bind(&restaurant.0).bind(day.to_string()).fetch_optional(books).await?;
    Ok(found.map(|row| Report { version: row.get(0), file: row.get(1) }))
}

/// An earlier one.
///
/// # Errors
/// The store's.
pub(super) async fn one(
    books: &mut SqliteConnection,
    restaurant: &RestaurantId,
    day: Date,
    version: i64,
) -> Result<Option<Report>, sqlx::Error> {
    let found =
        sqlx::query("select version, file from reporting_report where restaurant = ? and day = ? and version = ?");
    let found = found.bind(&restaurant.0).bind(day.to_string()).bind(version).fetch_optional(books).await?;
    Ok(found.map(|row| Report { version: row.get(0), file: row.get(1) }))
}

/// A day as it is listed, with what its newest report says.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    pub(super) day: String,
    /// The newest version. All from one on are there.
    version: i64,
    made_at: Millis,
    figures: Vec<Figures>,
}

/// The days of a restaurant that have a report, the latest first, before `before`, at most `limit`.
///
/// # Errors
/// The store's.
pub(super) async fn list(
    books: &SqlitePool,
    restaurant: &RestaurantId,
    before: Option<Date>,
    limit: u32,
) -> Result<Vec<Listed>, StoreError> {
    let days = sqlx::query(
        "select day, version, made_at, figures from reporting_report as here
         where restaurant = ?1 and (?2 is null or day < ?2) and version =
             (select max(version) from reporting_report where restaurant = ?1 and day = here.day)
         order by day desc limit ?3",
    );
    let days = days.bind(&restaurant.0).bind(before.map(|day| day.to_string())).bind(limit);
    let listed = |row: &SqliteRow| {
        Ok(Listed { day: row.get(0), version: row.get(1), made_at: row.get(2), figures: json(row.get(3))? })
    };
    in_time(days.fetch_all(books)).await?.iter().map(listed).collect()
}
