//! Replay: a service hears facts again that it has heard, at an operator's word: after a release that mends a rule, or after an
//! accident with its rows.
//!
//! What a rule made of a fact it makes once: the facts that follow have the ids of the rule and of the fact, and where the first of
//! them is there, the rule is done with it. A rule that made nothing of a fact leaves no such trace, and would look at it again
//! with the rows of today. So a fact is left out where the service has followed a later one of the same order: what was right
//! then is overtaken. A replay adds what is missing at the end, and any may be asked for, again and of everything. Gateways are not replayed to: what left the house is not called back by hearing of it again.
//!
//! What was asked is written down first; each page is one transaction with its progress, so a server that stops goes on with the
//! rest. A dry one does the same and takes back what followed.

pub(crate) mod command;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use domain::Service;
use futures::FutureExt as _;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection, SqliteExecutor};
use sync::{Millis, Position};

use crate::faults::{self, Fault, Kind, Teller};
use crate::hub::trigger::TRIGGER;
use crate::hub::{Page, Wanted};
use crate::ledger::{self, Fact, json, number, position};
use crate::listener::{self, Hearing};
use crate::parked;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// How often it is looked whether an operator asked for something: they ask by another process.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The facts of one page, and the pause after each: two thousand facts a second leave the store to the people who use it.
const PAGE: usize = 64;
const PAUSE: Duration = Duration::from_millis(32);

/// What followed: how many facts of each kind.
pub(crate) type Followed = BTreeMap<String, u64>;

/// A replay and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replay {
    /// Its number.
    pub(crate) id: i64,
    /// Who hears.
    pub(crate) service: Service,
    /// What.
    pub(crate) wanted: Wanted,
    /// Up to where: the service hears what is later by itself.
    pub(crate) until: Position,
    /// What follows is taken back.
    pub(crate) dry: bool,
    /// The last fact that is done with.
    pub(crate) position: Position,
    /// Facts that were heard again.
    pub(crate) heard: u64,
    /// Facts that were left out, because the service has followed later ones of their order.
    pub(crate) overtaken: u64,
    /// Facts that wait behind a parked one of their key, and were left there.
    pub(crate) parked: u64,
    /// Facts that the service failed on.
    pub(crate) failed: u64,
    /// What followed.
    pub(crate) followed: Followed,
    /// Whether it is over.
    pub(crate) ended: bool,
}

/// Writes down that `by` asked for a replay of what is `wanted` to `service`; its number.
///
/// # Errors
/// The store's.
pub(crate) async fn ask(
    truth: &mut SqliteConnection,
    service: Service,
    wanted: &Wanted,
    dry: bool,
    by: &str,
    now: Millis,
) -> Result<i64, StoreError> {
    let until = ledger::checkpoint(truth, service.name()).await?;
    let asked =
        sqlx::query("insert into replay (service, wanted, until, dry, asked_by, asked_at) values (?, ?, ?, ?, ?, ?)");
    let asked = asked.bind(service.name()).bind(serde_json::to_string(wanted)?).bind(number(until.0));
    Ok(asked.bind(dry).bind(by).bind(now).execute(truth).await?.last_insert_rowid())
}

/// The replay `id` as it stands.
///
/// # Errors
/// The store's.
pub(crate) async fn find(truth: &mut SqliteConnection, id: i64) -> Result<Replay, StoreError> {
    read(&sqlx::query("select * from replay where id = ?").bind(id).fetch_one(truth).await?)
}

fn read(row: &SqliteRow) -> Result<Replay, StoreError> {
    let count = |name| u64::try_from(row.get::<i64, _>(name)).unwrap_or(0);
    Ok(Replay {
        id: row.get("id"),
        service: parked::service_of(row.get("service"))?,
        wanted: json(row.get("wanted"))?,
        until: position(row.get("until")),
        dry: row.get("dry"),
        position: position(row.get("position")),
        heard: count("heard"),
        overtaken: count("overtaken"),
        parked: count("parked"),
        failed: count("failed"),
        followed: json(row.get("followed"))?,
        ended: row.get::<Option<i64>, _>("ended_at").is_some(),
    })
}

/// Does what operators ask, one replay after another, until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    loop {
        let pause = match next(&state.truth.workers).await? {
            Some(replay) => {
                let page = state.hub.read(&replay.wanted.after(replay.position), PAGE).await?;
                state.truth.writer.write_patiently(move |work| Box::pin(hear(work, replay, page))).await?;
                PAUSE
            }
            None => LOOK_EVERY,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

async fn next(readers: impl SqliteExecutor<'_>) -> Result<Option<Replay>, StoreError> {
    let open = sqlx::query("select * from replay where ended_at is null order by id limit 1");
    open.fetch_optional(readers).await?.as_ref().map(read).transpose()
}

/// Hears a page, as far as the service had come when it was asked, and notes how far it has come.
async fn hear(mut work: Work<'_>, mut replay: Replay, page: Page) -> Result<(), StoreError> {
    let parked = parked::keys(&mut work, replay.service).await?;
    let until = replay.until;
    for (position, fact) in page.facts.iter().filter(|(position, _)| *position <= until) {
        if parked.contains(&fact.key) {
            replay.parked += 1;
        } else if is_overtaken(&mut work, replay.service, *position, fact).await? {
            replay.overtaken += 1;
        } else {
            hear_again(&mut work, &mut replay, *position, fact).await?;
        }
    }
    replay.position = page.reached.min(until);
    replay.ended = replay.position >= until;
    if replay.ended {
        let Replay { id, heard, failed, followed, .. } = &replay;
        tracing::info!(replay = id, service = replay.service.name(), heard, failed, ?followed, "a replay is over");
    }
    note(&mut work, &replay).await
}

/// Whether something of the same order has followed, by a rule of `service`, from a later fact; also where the hub does not have
/// it yet.
///
/// # Errors
/// The store's.
pub(crate) async fn is_overtaken(
    truth: &mut SqliteConnection,
    service: Service,
    position: Position,
    fact: &Fact,
) -> Result<bool, StoreError> {
    let later = sqlx::query_scalar(
        "with later as (select fact_id, order_id from hub
             where order_id = (select order_id from hub where fact_id = ?1) and position > ?2)
         select 1 from later join hub as followed
             on followed.order_id = later.order_id and json_extract(followed.fact, '$.triggers') = later.fact_id
         where json_extract(followed.fact, '$.tags.source') = ?3
         union all
         select 1 from change join later on json_extract(change.fact, '$.triggers') = later.fact_id
         where change.service = ?3 and seq > coalesce((select position from checkpoint where name = ?4), 0)
         limit 1",
    );
    let later = later.bind(fact.id.to_string()).bind(number(position.0)).bind(service.name()).bind(TRIGGER);
    let found: Option<i64> = later.fetch_optional(truth).await?;
    Ok(found.is_some())
}

async fn hear_again(
    work: &mut Work<'_>,
    replay: &mut Replay,
    position: Position,
    fact: &Fact,
) -> Result<(), StoreError> {
    let service = replay.service;
    replay.heard += 1;
    let before = last_written(work).await?;
    let mut apart = work.apart().await?;
    // How the rules go counts where a fact is heard first; what a replay came to stands in its own row.
    let mut tried = listener::Tried::default();
    let following = listener::follow_all(apart.work(), service, position, fact, Hearing::Again, &mut tried);
    let followed = AssertUnwindSafe(following).catch_unwind().await.unwrap_or(Err(StoreError::Panicked));
    match followed {
        Ok(()) => {
            for kind in written_after(&mut apart.work(), before).await? {
                *replay.followed.entry(kind).or_default() += 1;
            }
            if replay.dry { apart.take_back().await } else { apart.keep().await }
        }
        Err(error) if error.is_of_the_content() => {
            apart.take_back().await?;
            tracing::error!(service = service.name(), fact.id = %fact.id, %position, %error, "a fact failed in a replay");
            replay.failed += 1;
            let about = format!("{}, {} {} at {position}, fact {}", service.name(), fact.kind, fact.key, fact.id);
            let fault = Fault { kind: Kind::ReplayFailed, about, detail: error.without_content(), unit: None };
            faults::keep(work, &fault, &Teller::default(), now()).await
        }
        Err(error) => Err(error),
    }
}

async fn last_written(work: &mut Work<'_>) -> Result<i64, StoreError> {
    let last: Option<i64> = sqlx::query_scalar("select max(seq) from change").fetch_one(&mut **work).await?;
    Ok(last.unwrap_or(0))
}

/// The kinds of the facts that were written after `seq`.
async fn written_after(work: &mut Work<'_>, seq: i64) -> Result<Vec<String>, StoreError> {
    let kinds = sqlx::query_scalar("select json_extract(fact, '$.type') from change where seq > ? order by seq");
    Ok(kinds.bind(seq).fetch_all(&mut **work).await?)
}

async fn note(work: &mut Work<'_>, replay: &Replay) -> Result<(), StoreError> {
    sqlx::query(
        "update replay set position = ?, heard = ?, overtaken = ?, parked = ?, failed = ?, followed = ?, ended_at = ? where id = ?",
    )
    .bind(number(replay.position.0))
    .bind(number(replay.heard))
    .bind(number(replay.overtaken))
    .bind(number(replay.parked))
    .bind(number(replay.failed))
    .bind(serde_json::to_string(&replay.followed)?)
    .bind(replay.ended.then(now))
    .bind(replay.id)
    .execute(&mut **work)
    .await?;
    Ok(())
}
