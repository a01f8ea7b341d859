//! Faults: what went wrong and nobody would hear of otherwise. Devices tell of what they could not make sense of ([`api`]),
//! the server of acts and facts that it failed on; an operator lists them, from a terminal
//! ([`command`]) or a page ([`desk`]), and has facts tried again ([`resubmit`]).
//!
//! One row a thing, however often it happens. Names and no content: whoever reads faults need not be allowed to read what
//! people did.

pub(crate) mod api;
pub(crate) mod command;
pub(crate) mod desk;
pub(crate) mod resubmit;

use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use sync::protocol::FaultKind;
use sync::{AccountId, Millis};

use crate::parked::Unit;
use crate::state::{AppState, now};
use crate::store::StoreError;

/// The most faults of devices that are kept, and of the server itself; past it those that were told longest ago go. An
/// operator reads the first screen of them, and a thousand tell that something is badly wrong as well as a million do; but
/// they stand in the file that people's orders are in, and anyone may tell some.
pub(crate) const FAULTS_MAX: i64 = 1_000;

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What.
    pub(crate) kind: Kind,
    /// The row, act, fact or task that it is about.
    pub(crate) about: String,
    /// What was wrong with it, in a sentence without content.
    pub(crate) detail: String,
    /// The parked fact that can be tried again, if it is about one.
    pub(crate) unit: Option<Unit>,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// On a device.
    Device(FaultKind),
    /// The server failed on one act; it is answered `fault`, and comes again.
    ActFailed,
    /// A service failed on one fact again and again; the facts of its key are parked for that service.
    FactParked,
    /// A service failed on a fact that it was to hear again.
    ReplayFailed,
    /// What a service held of an order was not what its facts say; it was mended.
    Drifted,
    /// One of the server's own tasks failed, and begins again.
    TaskFailed,
    /// Money that is to be charged or let go does not move; it is tried on.
    MoneyStuck,
    /// A row whose time had come could not be looked at; it is looked at again.
    ClockFailed,
    /// A partner was not told of something, or wants nothing any more.
    PartnerNotTold,
    /// A push service takes nothing from this server, and it is our doing.
    PushRefused,
}

/// Whose word a fault is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Teller {
    /// The release of the app; empty where the server tells, or nobody said.
    pub(crate) release: String,
    /// Who was signed in.
    pub(crate) account: Option<AccountId>,
}

impl Kind {
    fn teller(self) -> &'static str {
        if matches!(self, Self::Device(_)) { "device" } else { "server" }
    }

    /// As it is kept and listed.
    fn name(self) -> Result<String, StoreError> {
        Ok(match self {
            Self::Device(kind) => {
                kind.serialize(serde_json::value::Serializer)?.as_str().unwrap_or_default().to_owned()
            }
            Self::ActFailed => "act-failed".to_owned(),
            Self::FactParked => "fact-parked".to_owned(),
            Self::ReplayFailed => "replay-failed".to_owned(),
            Self::Drifted => "drifted".to_owned(),
            Self::TaskFailed => "task-failed".to_owned(),
            Self::MoneyStuck => "money-stuck".to_owned(),
            Self::ClockFailed => "clock-failed".to_owned(),
            Self::PartnerNotTold => "partner-not-told".to_owned(),
            Self::PushRefused => "push-refused".to_owned(),
        })
    }
}

/// Keeps a fault, or counts it once more; a new one is logged.
///
/// # Errors
/// The store's.
pub(crate) async fn keep(
    work: &mut SqliteConnection,
    fault: &Fault,
    teller: &Teller,
    now: Millis,
) -> Result<(), StoreError> {
    let (kind, account) = (fault.kind.name()?, teller.account.as_ref().map(AccountId::as_str));
    let known = sqlx::query(
        "update fault set count = count + 1, last_at = ?, release = ?, account = ?
         where kind = ? and about = ? and detail = ?",
    );
    let known = known.bind(now).bind(&teller.release).bind(account);
    let known = known.bind(&kind).bind(&fault.about).bind(&fault.detail).execute(&mut *work).await?;
    if known.rows_affected() > 0 {
        return Ok(());
    }
    sqlx::query(
        "insert into fault (teller, kind, about, detail, count, first_at, last_at, release, account, unit)
         values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
    )
    .bind(fault.kind.teller())
    .bind(&kind)
    .bind(&fault.about)
    .bind(&fault.detail)
    .bind(now)
    .bind(now)
    .bind(&teller.release)
    .bind(account)
    .bind(fault.unit.as_ref().map(Unit::to_string))
    .execute(&mut *work)
    .await?;
    sqlx::query(
        "delete from fault where teller = ?1 and id not in
             (select id from fault where teller = ?1 order by last_at desc, id desc limit ?2)",
    )
    .bind(fault.kind.teller())
    .bind(FAULTS_MAX)
    .execute(work)
    .await?;
    // Quoted, because a stranger may have written it and an operator's terminal shows it.
    let Fault { about, detail, .. } = fault;
    tracing::warn!(fault.kind = kind, fault.about = ?about, fault.detail = ?detail, release = ?teller.release, account, "a fault");
    Ok(())
}

/// Keeps a fault of the server itself as well as it goes; where the store is the trouble, the log has to do.
pub(crate) async fn tell(state: &AppState, fault: Fault) {
    let job = state
        .truth
        .writer
        .write(move |mut work| Box::pin(async move { keep(&mut work, &fault, &Teller::default(), now()).await }));
    if let Err(error) = job.await {
        let error: StoreError = error;
        tracing::error!(%error, "a fault could not be kept");
    }
}

/// A fault as it is kept.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    pub(crate) kind: String,
    pub(crate) about: String,
    pub(crate) detail: String,
    pub(crate) count: i64,
    pub(crate) first_at: Millis,
    pub(crate) last_at: Millis,
    pub(crate) release: String,
    pub(crate) account: Option<String>,
}

/// The faults that wait for nobody to try them again, the latest first, at most `limit`.
///
/// # Errors
/// The store's.
pub(crate) async fn told(connection: &mut SqliteConnection, limit: i64) -> Result<Vec<Told>, StoreError> {
    let told = sqlx::query(
        "select kind, about, detail, count, first_at, last_at, release, account from fault
         where unit is null or unit not in (select service || '/' || position from parked)
         order by last_at desc, id desc limit ?",
    );
    let told = told.bind(limit).fetch_all(connection).await?;
    let read = |row: &SqliteRow| Told {
        kind: row.get(0),
        about: row.get(1),
        detail: row.get(2),
        count: row.get(3),
        first_at: row.get(4),
        last_at: row.get(5),
        release: row.get(6),
        account: row.get(7),
    };
    Ok(told.iter().map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_kept_under_their_wire_names() {
        assert_eq!(Kind::Device(FaultKind::UnreadableRow).name().expect("a name"), "unreadable-row");
        assert_eq!(Kind::ActFailed.name().expect("a name"), "act-failed");
    }
}
