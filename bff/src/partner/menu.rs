//! `PUT /partner/v1/menu`: a restaurant's own system writes its restaurant and its menu, by the importer's reader and the
//! importer's way into the catalog. The same document again changes nothing.

use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use domain::Service;
use domain::id::restaurant_key;
use serde::Serialize;

use super::book::Partner;
use super::caller::Caller;
use crate::import::{self, Broken, Offering, Options, Report, Verdict};
use crate::ledger;
use crate::services::catalog::{self, Replaced};
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::problem::Problem;
use crate::web::rate::Limit;

/// The largest document, in bytes: a menu of a thousand dishes, which is a tenth of what the importer reads, and some more.
pub(super) const BYTES_MAX: usize = 2 * 1024 * 1024;

/// Of one partner: a till that pushes after each of an evening's corrections, and not one that pushes in a loop.
pub(super) const EACH: Limit = Limit { times: 20, returns_after: Duration::from_secs(15) };

/// Of all together: reading the largest takes a core some tens of milliseconds.
pub(super) const TOGETHER: Limit = Limit { times: 200, returns_after: Duration::from_millis(200) };

/// The most lines of an answer: a screen's worth many times over, where every dish of a menu has a flaw.
const LINES_MAX: usize = 500;

/// What became of a document.
#[derive(Serialize)]
pub(super) struct Taken {
    restaurant: String,
    /// False where everything stood there like that.
    changed: bool,
    /// How many lines say that a part was left out.
    left_out: usize,
    /// What was taken, changed and left out, in the order of the document.
    lines: Vec<Line>,
    /// How many lines more there would be.
    lines_left_off: usize,
}

#[derive(Serialize)]
struct Line {
    path: String,
    verdict: &'static str,
    text: String,
}

pub(super) async fn put(
    State(state): State<AppState>,
    Caller(partner): Caller,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Taken>, Problem> {
    let bytes = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => refused(StatusCode::BAD_REQUEST, "unread", "the document did not arrive whole", String::new()),
    })?;
    let options = Options { zone: zone(&state, &partner).await? };
    // Reading is work and no waiting.
    let read = tokio::task::spawn_blocking(move || import::read(&bytes, &options)).await;
    let read = read.map_err(|_| StoreError::Panicked)?;
    let (offerings, report) = read.map_err(|Broken { at, reason }| broken(&Broken { at, reason }))?;
    let Offering { restaurant, menu } = own(offerings, &report, &partner)?;
    let replaced = state
        .truth
        .writer
        .write(move |mut work| Box::pin(async move { catalog::replace(&mut work, &restaurant, &menu, now()).await }));
    let replaced: Result<Replaced, StoreError> = replaced.await;
    let changed = replaced? == Replaced::Changed;
    tracing::info!(partner = partner.id, restaurant = partner.restaurant, changed, "a partner pushed a menu");
    Ok(Json(taken(partner.restaurant, changed, report)))
}

/// The restaurant's time zone as it is known, for documents that name none.
async fn zone(state: &AppState, partner: &Partner) -> Result<Option<String>, Problem> {
    let mut readers = state.truth.readers.acquire().await?;
    let key = restaurant_key(&partner.restaurant.as_str().into());
    let known = ledger::row(&mut readers, Service::Catalog, &key).await?;
    Ok(known.and_then(|(row, _)| row.into_restaurant()).map(|restaurant| restaurant.zone))
}

/// The partner's own restaurant, where the document holds that and no other.
fn own(offerings: Vec<Offering>, report: &Report, partner: &Partner) -> Result<Offering, Problem> {
    let own = &partner.restaurant;
    if let Some(other) = offerings.iter().find(|offering| offering.restaurant.id.0 != *own) {
        let detail = format!(
            "It holds {:?} ({}), and this key is for {own}. A document names its restaurant by \"@id\": \
             \"https://HOST/r/{own}\", or else by a name that reads like it.",
            other.restaurant.name, other.restaurant.id
        );
        return Err(refused(StatusCode::FORBIDDEN, "not-yours", "the document is not only of your restaurant", detail));
    }
    offerings.into_iter().next().ok_or_else(|| {
        let why = report.lines.iter().find(|line| line.verdict == Verdict::LeftOut).map(ToString::to_string);
        unusable(why.unwrap_or_default())
    })
}

fn taken(restaurant: String, changed: bool, report: Report) -> Taken {
    let left_out = report.count(Verdict::LeftOut);
    let lines_left_off = report.lines.len().saturating_sub(LINES_MAX);
    let line = |line: import::Line| Line { path: line.path, verdict: verdict(line.verdict), text: line.text };
    let lines = report.lines.into_iter().take(LINES_MAX).map(line).collect();
    Taken { restaurant, changed, left_out, lines, lines_left_off }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Took => "took",
        Verdict::Adjusted => "adjusted",
        Verdict::LeftOut => "left-out",
    }
}

fn broken(broken: &Broken) -> Problem {
    unusable(broken.to_string())
}

fn unusable(why: String) -> Problem {
    let title = "the document holds no menu that can be used";
    refused(StatusCode::UNPROCESSABLE_ENTITY, "unusable-menu", title, why)
}

fn too_large() -> Problem {
    let detail = format!("A document has at most {BYTES_MAX} bytes.");
    refused(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "the document is too large", detail)
}

/// A problem that says why, and that nothing was kept.
fn refused(status: StatusCode, slug: &'static str, title: &'static str, why: String) -> Problem {
    let why = why.trim_end_matches('.');
    let why = if why.is_empty() { String::new() } else { format!("{why}. ") };
    Problem::new(status, slug, title).detail(format!("{why}Nothing was kept: the menu is as it was."))
}
