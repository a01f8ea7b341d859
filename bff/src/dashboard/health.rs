//! How the parts are: the server's own tasks, those of them that follow the hub, the store, and the systems outside.

use std::time::{Duration, Instant};

use domain::Service;
use serde::Serialize;
use sqlx::{Row as _, SqlitePool};
use sync::{Millis, Position};

use super::count;
use crate::hub::Wanted;
use crate::outside::Queue;
use crate::services::payment;
use crate::state::AppState;
use crate::store::{StoreError, Work};
use crate::tasks::Going;
use crate::{parked, partner, push, search};

/// How old the oldest fact that a reader has not heard may be before the reader is called behind, in milliseconds: a moment of
/// a rush is none.
const BEHIND_MS: Millis = 5_000;

/// Who reads the hub, by the name of its task, and how far each has come.
///
/// # Errors
/// The store's.
pub(crate) async fn readers(state: &AppState) -> Result<Vec<(&'static str, Position)>, StoreError> {
    let service = |service: Service| (service.name(), *state.wake.service(service).borrow());
    let mut readers: Vec<_> = Service::ALL.map(service).into();
    readers.push(("live", *state.wake.feed.borrow()));
    readers.push(("reporting", *state.wake.reporting.borrow()));
    readers.push(("archive", *state.wake.archive.borrow()));
    readers.push(("search", search::reached(&state.views.readers).await?));
    readers.push(("dashboard", count::reached(&state.views.readers).await?));
    Ok(readers)
}

/// How a part is, at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum How {
    /// It does what it is for.
    Well,
    /// It does, later than it should.
    Behind,
    /// Something waits for an operator's word.
    Waits,
    /// It failed, and will try again by itself.
    Resting,
    /// It is not used here.
    Absent,
}

/// One of the server's own tasks.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    name: &'static str,
    how: How,
    /// The facts that it has not heard, where it follows the hub.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<u64>,
    /// When the first of those became true.
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest: Option<Millis>,
    /// The facts that it failed on, which wait to be tried again.
    #[serde(skip_serializing_if = "is_none")]
    parked: u64,
    /// How often it began again since the server started.
    restarts: u64,
    /// When and how it failed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<Failed>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_none(count: &u64) -> bool {
    *count == 0
}

#[derive(Debug, Serialize)]
struct Failed {
    at: Millis,
    why: String,
}

/// Every task, and how it is.
pub(super) async fn parts(state: &AppState, now: Millis) -> Result<Vec<Part>, StoreError> {
    let head = state.hub.head();
    let readers = readers(state).await?;
    let parked = parked::failed(&mut *state.truth.readers.acquire().await?).await?;
    let mut parts = vec![];
    for (name, going) in state.tasks.all() {
        let reached = readers.iter().find(|(reader, _)| *reader == name).map(|(_, reached)| *reached);
        let behind = reached.map(|reached| head.0.saturating_sub(reached.0));
        let oldest = match reached {
            Some(reached) if reached < head => unheard(state, reached).await?,
            _ => None,
        };
        let parked = parked.iter().filter(|failed| failed.unit.service.name() == name).count() as u64;
        let how = how(&going, parked, oldest.map(|oldest| now - oldest));
        let Going { restarts, failed, .. } = going;
        let failed = failed.map(|(at, why)| Failed { at, why });
        parts.push(Part { name, how, behind, oldest, parked, restarts, failed });
    }
    Ok(parts)
}

fn how(going: &Going, parked: u64, late_ms: Option<Millis>) -> How {
    match late_ms {
        _ if going.rests => How::Resting,
        _ if parked > 0 => How::Waits,
        Some(late_ms) if late_ms > BEHIND_MS => How::Behind,
        _ => How::Well,
    }
}

/// When the first fact after `reached` became true.
async fn unheard(state: &AppState, reached: Position) -> Result<Option<Millis>, StoreError> {
    let page = state.hub.read(&Wanted::default().after(reached), 1).await?;
    Ok(page.facts.first().map(|(_, fact)| fact.at))
}

/// The files, and how long a commit takes.
#[derive(Debug, Serialize)]
pub(super) struct Stored {
    how: How,
    truth_bytes: i64,
    views_bytes: i64,
    facts: u64,
    /// What a commit took just now, behind those that were there first.
    commit_us: u64,
}

/// How long a commit may take before it is called late: people wait for it.
const COMMIT_MAX: Duration = Duration::from_millis(250);

/// How the store is. It writes a little, because that is what people wait for.
pub(super) async fn stored(state: &AppState) -> Result<Stored, StoreError> {
    let begun = Instant::now();
    state.truth.writer.write(|work| Box::pin(touch(work))).await?;
    let took = begun.elapsed();
    Ok(Stored {
        how: if took > COMMIT_MAX { How::Behind } else { How::Well },
        truth_bytes: bytes(&state.truth.readers).await?,
        views_bytes: bytes(&state.views.readers).await?,
        facts: state.hub.head().0,
        commit_us: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
    })
}

async fn touch(mut work: Work<'_>) -> Result<(), StoreError> {
    sqlx::query("update meta set epoch = epoch").execute(&mut *work).await?;
    Ok(())
}

async fn bytes(file: &SqlitePool) -> Result<i64, StoreError> {
    let size = sqlx::query("select page_count * page_size from pragma_page_count, pragma_page_size");
    Ok(size.fetch_one(file).await?.get(0))
}

/// A system outside.
#[derive(Debug, Serialize)]
pub(super) struct Outside {
    name: &'static str,
    how: How,
    /// What is to be said there and was not, and since when.
    waiting: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest: Option<Millis>,
}

/// The systems outside that this server talks with.
pub(super) async fn outside(state: &AppState, now: Millis) -> Result<Vec<Outside>, StoreError> {
    let has_provider = state.provider.is_some();
    let (money, partners) =
        (payment::egress::queue(&state.truth.readers, now).await?, partner::queue(&state.truth.readers, now).await?);
    let outside = |name, is_used: bool, Queue { waiting, oldest, rests }: Queue| {
        let late_ms = oldest.map(|oldest| now - oldest);
        let how = match late_ms {
            _ if !is_used => How::Absent,
            _ if rests => How::Resting,
            Some(late_ms) if late_ms > BEHIND_MS => How::Behind,
            _ => How::Well,
        };
        Outside { name, how, waiting, oldest }
    };
    let push = push::queue(&state.truth.readers).await?;
    let or_none = |name, queue: Option<Queue>| outside(name, queue.is_some(), queue.unwrap_or_default());
    Ok(vec![outside("payments", has_provider, money), or_none("partners", partners), or_none("push", push)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_must_see_to_is_said_before_what_will_pass() {
        let well = Going::default();
        let rests = Going { rests: true, ..Going::default() };
        for (going, parked, late_ms, said) in [
            (&well, 0, None, How::Well),
            (&well, 0, Some(BEHIND_MS), How::Well),
            (&well, 0, Some(BEHIND_MS + 1), How::Behind),
            (&well, 1, Some(BEHIND_MS + 1), How::Waits),
            (&rests, 1, None, How::Resting),
        ] {
            assert_eq!(how(going, parked, late_ms), said, "{going:?}, {parked} parked, {late_ms:?}");
        }
    }
}
