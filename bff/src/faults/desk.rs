//! Faults for operators over HTTP: what waits to be tried again, by cause; what was told; and the word to try again exactly
//! what is named. `bff faults` does the same from a terminal.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use sync::Millis;

use super::Told;
use super::resubmit::{self, Asked, Progress};
use crate::parked::{self, Failed, Unit};
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::problem::{self, Problem, not_found};
use crate::web::session::Operator;

/// The most faults that are tried again at one word: a screen of causes, and ten times what one bad release parked here.
const UNITS_MAX: usize = 10_000;

/// The most that is told of beside: as many as a person reads.
const TOLD_MAX: i64 = 100;

/// The most words to try again that are told of: an evening's.
const TRIED_MAX: i64 = 20;

/// `/api/desk/faults` and `/api/desk/resubmissions`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/api/desk/faults", get(list))
        .route("/api/desk/resubmissions", post(resubmit))
        .route("/api/desk/resubmissions/{id}", get(how_far))
}

/// What an operator is shown.
#[derive(Serialize)]
struct Faults {
    /// What waits to be tried again, the largest group first.
    waiting: Vec<Group>,
    /// What was tried again, by whom and when, the latest first.
    tried: Vec<Tried>,
    /// Everything else, the latest first.
    told: Vec<Told>,
}

/// Parked facts of one service and one cause.
#[derive(Serialize)]
struct Group {
    service: &'static str,
    cause: String,
    /// Their names, the oldest first: what is tried again is what is named, whatever comes meanwhile.
    faults: Vec<String>,
    /// The kinds of facts.
    kinds: Vec<String>,
    /// How many facts wait behind them in their keys.
    behind: i64,
    /// The most tries of one.
    tries: i64,
    /// Since when the first waits.
    since: Millis,
}

async fn list(State(state): State<AppState>, _: Operator) -> Result<impl IntoResponse, Problem> {
    let mut readers = state.truth.readers.acquire().await?;
    let waiting = groups(parked::failed(&mut readers).await?);
    let tried = resubmit::latest(&mut readers, TRIED_MAX).await?.into_iter().map(Tried::of).collect();
    let told = super::told(&mut readers, TOLD_MAX).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(Faults { waiting, tried, told })))
}

fn groups(failed: Vec<Failed>) -> Vec<Group> {
    let mut groups: BTreeMap<(&'static str, String), Group> = BTreeMap::new();
    for Failed { unit, kind, cause, tries, behind, parked_at, .. } in failed {
        let service = unit.service.name();
        let group = groups.entry((service, cause.clone())).or_insert_with(|| Group {
            service,
            cause,
            faults: vec![],
            kinds: vec![],
            behind: 0,
            tries: 0,
            since: parked_at,
        });
        group.faults.push(unit.to_string());
        if !group.kinds.contains(&kind) {
            group.kinds.push(kind);
        }
        group.behind += behind;
        group.tries = group.tries.max(tries);
        group.since = group.since.min(parked_at);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.faults.len()));
    groups
}

/// What an operator wants tried again.
#[derive(Deserialize)]
struct Word {
    faults: Vec<String>,
}

/// A resubmission, and how far it has come.
#[derive(Serialize)]
struct Resubmission {
    id: i64,
    all: i64,
    open: i64,
    followed: i64,
    failed: i64,
    gone: i64,
}

impl Resubmission {
    fn of(id: i64, progress: Progress) -> Self {
        let Progress { all, followed, failed, gone } = progress;
        Self { id, all, open: progress.open(), followed, failed, gone }
    }
}

/// A resubmission with who asked for it.
#[derive(Serialize)]
struct Tried {
    by: String,
    at: Millis,
    services: String,
    #[serde(flatten)]
    came: Resubmission,
}

impl Tried {
    fn of(Asked { id, by, at, services, progress }: Asked) -> Self {
        Self { by, at, services, came: Resubmission::of(id, progress) }
    }
}

async fn resubmit(
    State(state): State<AppState>,
    Operator(by): Operator,
    problem::Json(word): problem::Json<Word>,
) -> Result<(StatusCode, Json<Resubmission>), Problem> {
    if word.faults.is_empty() || word.faults.len() > UNITS_MAX {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "bad-word",
            "between one fault and ten thousand are tried again",
        )
        .detail("Nothing was tried."));
    }
    let mut units = word
        .faults
        .iter()
        .map(|name| name.parse::<Unit>())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|why| Problem::new(StatusCode::BAD_REQUEST, "bad-word", "that names no fault").detail(&why))?;
    units.sort_unstable();
    units.dedup();
    let all = units.len() as i64;
    let asked = state
        .truth
        .writer
        .write(move |mut work| Box::pin(async move { resubmit::ask(&mut work, &units, by.as_str(), now()).await }));
    let id: Result<i64, StoreError> = asked.await;
    let progress = Progress { all, ..Progress::default() };
    Ok((StatusCode::ACCEPTED, Json(Resubmission::of(id?, progress))))
}

async fn how_far(
    State(state): State<AppState>,
    _: Operator,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let id: i64 = id.parse().map_err(|_| not_found())?;
    let mut readers = state.truth.readers.acquire().await?;
    let progress = resubmit::progress(&mut readers, id).await?;
    if progress.all == 0 {
        return Err(not_found());
    }
    Ok(([(CACHE_CONTROL, "no-store")], Json(Resubmission::of(id, progress))))
}
