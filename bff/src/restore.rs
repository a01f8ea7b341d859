//! `bff restore`: puts a backup back in place of the truth.
//!
//! A new history begins with it, because positions that were given since the backup are given again: devices notice, drop
//! what they have read, and send again what they did since. The backup is first made ready beside what is there, and that is
//! kept under another name; so until one rename nothing has happened, and nothing is ever lost. Keys are added to those that
//! are there, and one that was destroyed stays so: who was erased is not brought back.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use sqlx::{Connection as _, SqliteConnection};
use sync::{Epoch, Position};
use uuid::Uuid;

use crate::backup::{KEYS_ENDING, beside, copy, into_place};
use crate::config::RestoreSettings;
use crate::keys::{KEYS, Keys};
use crate::services::payment;
use crate::store::{self, TRUTH, VIEWS};
use crate::{ledger, serve};

/// What SQLite puts beside a file.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// Runs `bff restore`.
///
/// # Errors
/// A sentence: a server is running, or the file is no backup that this release can read. Nothing was changed then.
#[expect(clippy::print_stdout, reason = "the operator is to know where what was there is kept")]
pub(crate) async fn run(RestoreSettings { data, from }: RestoreSettings) -> anyhow::Result<()> {
    let _lock = serve::take_folder(&data).await?;
    let (truth, ready) = (data.join(TRUTH), data.join("restoring.sqlite"));
    let no_backup = || format!("{} is no backup that this release can read; nothing was changed", from.display());
    let made = make_ready(&from, &ready).await.with_context(no_backup);
    if made.is_err() {
        remove(&ready)?;
    }
    let position = made?;
    let kept = keep(&data, &truth).await?;
    into_place(&ready, &truth).with_context(|| match &kept {
        Some(kept) => format!("cannot put it into {}: what was there is {}", truth.display(), kept.display()),
        None => format!("cannot put it into {}", truth.display()),
    })?;
    // They are computed again; those that are there are of another history.
    remove(&data.join(VIEWS))?;
    let keys = beside(&from, KEYS_ENDING);
    if keys.exists() {
        Keys::take_in(&data, &keys)
            .await
            .with_context(|| format!("the data is there, but not its keys of {}", keys.display()))?;
    } else if !data.join(KEYS).exists() {
        println!("there is no {}: names, addresses and notes of the backup stay unreadable", keys.display());
    }
    println!("{} holds the data up to position {position}, as a new history", truth.display());
    if let Some(kept) = kept {
        println!("what was there before is kept as {}", kept.display());
    }
    Ok(())
}

/// Copies the backup to `ready`, brings it up to this release and begins a new history in it; its last position.
async fn make_ready(from: &Path, ready: &Path) -> anyhow::Result<Position> {
    remove(ready)?;
    let mut backup = store::open_file(from).await?;
    let sound: String = sqlx::query_scalar("pragma integrity_check").fetch_one(&mut backup).await?;
    ensure!(sound == "ok", "it is damaged: {sound}");
    let epoch: Option<String> = sqlx::query_scalar("select epoch from meta").fetch_optional(&mut backup).await?;
    ensure!(epoch.is_some(), "it names no history");
    copy(&mut backup, ready).await?;
    let mut truth = store::begin_history(ready, Epoch(Uuid::now_v7())).await?;
    payment::look::note(&mut truth).await?;
    let position = ledger::head(&mut truth).await?;
    truth.close().await?;
    Ok(position)
}

/// Keeps what is there under another name; where there is nothing, nothing.
async fn keep(data: &Path, truth: &Path) -> anyhow::Result<Option<PathBuf>> {
    if !truth.exists() {
        return Ok(None);
    }
    // With all its commits in one file where it can still be opened; where it cannot, it is kept as it is.
    if let Err(error) = fold(truth).await {
        tracing::warn!(%error, "what is there cannot be read; it is kept as it is");
    }
    let kept = data.join(format!("truth-before-{}.sqlite", Timestamp::now().strftime("%Y%m%dT%H%M%S%6fZ")));
    let cannot = || format!("cannot keep what is there as {}; nothing was changed", kept.display());
    fs::hard_link(truth, &kept).with_context(cannot)?;
    for companion in COMPANIONS.map(|ending| (beside(truth, ending), beside(&kept, ending))) {
        // One that stayed would be read as if it belonged to the new file.
        if companion.0.exists() {
            fs::rename(companion.0, companion.1).with_context(cannot)?;
        }
    }
    Ok(Some(kept))
}

async fn fold(truth: &Path) -> anyhow::Result<()> {
    let mut connection: SqliteConnection = store::open_file_to_write(truth).await?;
    sqlx::query("pragma journal_mode = delete").execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Removes a file of SQLite's with what belongs to it, as far as they are there.
fn remove(file: &Path) -> anyhow::Result<()> {
    for file in [file.to_owned()].into_iter().chain(COMPANIONS.map(|ending| beside(file, ending))) {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", file.display()));
            }
            _ => {}
        }
    }
    Ok(())
}
