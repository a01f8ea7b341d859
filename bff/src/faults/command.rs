//! `bff faults`: the faults as an operator reads them, and the word to try some again. A server may be running on the same
//! folder; it is that server which tries.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use sqlx::{Connection as _, Row as _, SqliteConnection};

use super::resubmit::{self, Progress};
use super::{FAULTS_MAX, Told};
use crate::config::{FaultsCommand, ResubmitSettings};
use crate::parked::{self, Failed, Unit};
use crate::serve::no_server_runs;
use crate::state::now;
use crate::store::{self, TRUTH};

/// How often it is looked how far the server has come.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// All that is kept: of devices, and of the server itself.
const FAULTS_OF_ALL: i64 = 2 * FAULTS_MAX;

/// What is said where the data knows nothing of faults.
const OLDER: &str = "the data is of an older release: start this server on it once";

/// Runs `bff faults`.
///
/// # Errors
/// A sentence: there is no data, it is of an older release, or no such fault waits.
pub(crate) async fn run(command: FaultsCommand) -> anyhow::Result<()> {
    match command {
        FaultsCommand::List { data } => list(&mut store::look_at(&data).await?).await,
        FaultsCommand::Show { data, fault } => show(&mut store::look_at(&data).await?, fault).await,
        FaultsCommand::Resubmit(settings) => resubmit(settings).await,
    }
}

// ---- reading ---------------------------------------------------------------------------------------------------------

/// First what waits to be tried again, by cause; then everything else, the latest first.
#[expect(clippy::print_stdout, reason = "the list is what the operator asked for")]
async fn list(truth: &mut SqliteConnection) -> anyhow::Result<()> {
    let mut failed = parked::failed(truth).await.context(OLDER)?;
    failed.sort_by(|a, b| (&a.cause, a.unit.service.name()).cmp(&(&b.cause, b.unit.service.name())));
    failed.iter().for_each(|failed| println!("{}", waiting(failed)));
    let told = super::told(truth, FAULTS_OF_ALL).await.context(OLDER)?;
    told.iter().for_each(|fault| println!("{}", line(fault)));
    if failed.is_empty() && told.is_empty() {
        println!("no faults");
    }
    Ok(())
}

/// One parked fact on one line, its name first.
fn waiting(failed: &Failed) -> String {
    let Failed { unit, key, kind, cause, tries, behind, parked_at, tried_at, .. } = failed;
    format!(
        "{unit}  {kind} of {key}, tried {tries} times, {behind} wait behind it: {cause:?}  parked {}, tried {}",
        time(*parked_at),
        time(*tried_at),
    )
}

/// One fault on one line. What a device told is shown quoted: it may hold anything, and a terminal obeys some of it.
fn line(fault: &Told) -> String {
    let Told { kind, about, detail, count, first_at, last_at, release, account } = fault;
    format!(
        "{count} x {kind}  about {about:?}: {detail:?}  first {}, last {}  release {release:?}  account {}",
        time(*first_at),
        time(*last_at),
        account.as_ref().map_or("-".to_owned(), |account| format!("{account:?}")),
    )
}

fn time(at: i64) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// One fault with what waits behind it, and what was asked about it before.
#[expect(clippy::print_stdout, reason = "it is what the operator asked for")]
async fn show(truth: &mut SqliteConnection, unit: Unit) -> anyhow::Result<()> {
    let all = parked::failed(truth).await.context(OLDER)?;
    let failed = all.into_iter().find(|failed| failed.unit == unit);
    let failed = failed.with_context(|| format!("{unit} does not wait: `bff faults list` shows what does"))?;
    println!("{}", waiting(&failed));
    println!("the fact is {}", failed.fact);
    let behind = sqlx::query(
        "select position, hub.kind, fact_id from parked join hub using (position)
         where service = ? and parked.key = ? and position > ? order by position",
    );
    let behind = behind.bind(unit.service.name()).bind(failed.key.as_str());
    for row in behind.bind(crate::ledger::number(unit.position.0)).fetch_all(&mut *truth).await? {
        let (position, kind, fact): (i64, String, String) = (row.get(0), row.get(1), row.get(2));
        println!("behind it: {kind} at {position}, fact {fact}");
    }
    let asked = sqlx::query(
        "select asked_by, asked_at, coalesce(ended, 'waits') from resubmitted
         join resubmission on resubmission.id = resubmission where service = ? and position = ? order by asked_at",
    );
    let asked = asked.bind(unit.service.name()).bind(crate::ledger::number(unit.position.0));
    for row in asked.fetch_all(truth).await? {
        let (by, at, ended): (String, i64, String) = (row.get(0), row.get(1), row.get(2));
        println!("tried again for {by:?} at {}: {ended}", time(at));
    }
    Ok(())
}

// ---- trying again ----------------------------------------------------------------------------------------------------

#[expect(clippy::print_stdout, reason = "the operator is to see what is tried, and how it went")]
async fn resubmit(settings: ResubmitSettings) -> anyhow::Result<()> {
    let data = settings.data.clone();
    ensure!(data.join(TRUTH).is_file(), "there is no data in {}: name the server's folder with --data", data.display());
    if settings.asked.dry {
        let chosen = chosen(&mut store::look_at(&data).await?, &settings).await?;
        chosen.iter().for_each(|failed| println!("{}", waiting(failed)));
        println!("{} would be tried again; nothing was done", faults(chosen.len()));
        return Ok(());
    }
    let mut truth = store::open_beside_a_server(&data.join(TRUTH)).await?;
    let mut one = truth.begin_with("begin immediate").await?;
    let units: Vec<Unit> = chosen(&mut one, &settings).await?.iter().map(|failed| failed.unit).collect();
    let resubmission = resubmit::ask(&mut one, &units, &settings.asked.by, now()).await?;
    one.commit().await?;
    println!("{} are to be tried again", faults(units.len()));
    if no_server_runs(&data) {
        println!("no server is running on {}: they are tried when one starts", data.display());
        return Ok(());
    }
    if settings.asked.no_wait {
        return Ok(());
    }
    let end = wait(&mut truth, resubmission).await?;
    println!("{} followed, {} failed again, {} were no longer there", end.followed, end.failed, end.gone);
    ensure!(end.failed == 0, "{} failed again: `bff faults list` says why", faults(end.failed as usize));
    Ok(())
}

/// The faults that the operator names, as they wait at this moment.
async fn chosen(truth: &mut SqliteConnection, settings: &ResubmitSettings) -> anyhow::Result<Vec<Failed>> {
    let all = parked::failed(truth).await.context(OLDER)?;
    let named = |failed: &Failed| settings.faults.contains(&failed.unit);
    let unknown = settings.faults.iter().find(|unit| all.iter().all(|failed| failed.unit != **unit));
    if let Some(unit) = unknown {
        anyhow::bail!("{unit} does not wait, so nothing is tried: `bff faults list` shows what does");
    }
    let of_cause = |failed: &Failed| settings.cause.as_ref().is_some_and(|cause| failed.cause == *cause);
    let chosen: Vec<_> = all.into_iter().filter(|failed| settings.all || named(failed) || of_cause(failed)).collect();
    ensure!(!chosen.is_empty(), "no such fault waits: `bff faults list` shows what does");
    Ok(chosen)
}

/// Shows how far it has come until all of it was tried. Whoever stops waiting stops nothing.
#[expect(clippy::print_stdout, reason = "the operator waits for it")]
async fn wait(truth: &mut SqliteConnection, resubmission: i64) -> anyhow::Result<Progress> {
    let mut shown = None;
    loop {
        let progress = resubmit::progress(truth, resubmission).await?;
        if progress.open() == 0 {
            return Ok(progress);
        }
        if shown.replace(progress) != Some(progress) {
            println!("{} of {} are still to be tried", progress.open(), progress.all);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn faults(count: usize) -> String {
    format!("{count} {}", if count == 1 { "fault" } else { "faults" })
}
