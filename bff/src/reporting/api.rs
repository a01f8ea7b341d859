//! Reports over HTTP, for a restaurant's own staff: the days that there are, and each as a file.

use axum::Json;
use axum::Router;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::routing::get;
use domain::{RestaurantId, access};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::report::{self, Listed};
use crate::account::session::Session;
use crate::state::AppState;
use crate::web::guard::in_time;
use crate::web::problem::Problem;
use crate::web::session::Identity;

/// Days of a page, where nobody says how many: a month.
const LIMIT: u32 = 31;

/// The most days of a page: a year, a few hundred bytes each.
const LIMIT_MAX: u32 = 366;

/// `/api/reports`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/reports", get(list)).route("/api/reports/{day}", get(one))
}

/// Somebody of a restaurant's staff, and which; anyone else is answered with a problem.
struct Staff(RestaurantId);

impl FromRequestParts<AppState> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Identity(Session { actor, .. }) = Identity::from_request_parts(parts, state).await?;
        match actor.role.of {
            Some(of) if actor.role.name == access::RESTAURANT => Ok(Self(RestaurantId(of))),
            _ => Err(Problem::new(StatusCode::FORBIDDEN, "not-allowed", "reports are for a restaurant's staff")
                .detail("Sign in with an account of the restaurant.")),
        }
    }
}

/// A page of days, the latest first.
#[derive(Serialize)]
struct Days {
    days: Vec<Listed>,
    /// What to ask for as `before` to have the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    before: Option<String>,
    limit: Option<String>,
}

async fn list(
    State(state): State<AppState>,
    Staff(restaurant): Staff,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Problem> {
    let before = asked.before.as_deref().map(day_of).transpose()?;
    let limit = match asked.limit.as_deref().map(str::parse::<u32>) {
        None => LIMIT,
        Some(Ok(limit)) if (1..=LIMIT_MAX).contains(&limit) => limit,
        Some(_) => return Err(bad_limit()),
    };
    let mut days = report::list(&state.truth.readers, &restaurant, before, limit + 1).await?;
    let is_more = days.len() > limit as usize;
    days.truncate(limit as usize);
    let next = days.last().filter(|_| is_more).map(|last| last.day.clone());
    Ok(([(CACHE_CONTROL, "no-store")], Json(Days { days, next })))
}

#[derive(Deserialize)]
struct Version {
    version: Option<String>,
}

async fn one(
    State(state): State<AppState>,
    Staff(restaurant): Staff,
    Path(day): Path<String>,
    Query(Version { version }): Query<Version>,
) -> Result<impl IntoResponse, Problem> {
    let day = day_of(&day)?;
    let version = match version.as_deref().map(str::parse::<i64>) {
        None => None,
        Some(Ok(version)) if version > 0 => Some(version),
        Some(_) => return Err(bad_version()),
    };
    let mut books = in_time(state.truth.readers.acquire()).await?;
    let newest = in_time(report::newest(&mut books, &restaurant, day)).await?;
    // Of another restaurant's days not even their being there is told.
    let newest = newest.ok_or_else(|| no_report(day))?;
    let report = match version {
        Some(version) if version != newest.version => {
            let found = in_time(report::one(&mut books, &restaurant, day, version)).await?;
            found.ok_or_else(|| no_version(day, newest.version))?
        }
        _ => newest,
    };
    let name = format!("attachment; filename=\"{restaurant}-{day}-v{}.csv\"", report.version);
    let headers =
        [(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, &name)];
    Ok((headers.map(|(header, value)| (header, value.to_owned())), report.file))
}

/// A day as people and tables write it; years of four digits, so that text sorts as time does.
fn day_of(text: &str) -> Result<Date, Problem> {
    let day = text.parse::<Date>().ok().filter(|day| day.year() > 0 && day.to_string() == text);
    day.ok_or_else(|| {
        Problem::new(StatusCode::BAD_REQUEST, "bad-day", "that is no day")
            .detail("Write year, month and day, such as 2026-11-29. /api/reports lists the days that have a report.")
    })
}

fn bad_version() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-version", "that is no version of a report")
        .detail("Versions are numbered from 1. Leave it out to have the newest.")
}

fn bad_limit() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-limit", "so many days cannot be asked for").detail(format!(
        "Ask for 1 to {LIMIT_MAX} days, or leave it out to have {LIMIT}; next says where a page goes on."
    ))
}

fn no_report(day: Date) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no-report", "there is no report of this day").detail(format!(
        "Of {day} nothing was ordered here, or only just now. /api/reports lists the days that have a report."
    ))
}

fn no_version(day: Date, newest: i64) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no-version", "there is no such version of this report")
        .detail(format!("Of {day} there are the versions 1 to {newest}."))
}
