//! `bff backup`: everything that people did, as one file, and the keys to what they wrote as another. A server may be running:
//! each file holds one moment of it.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use sqlx::SqliteConnection;

use crate::config::BackupSettings;
use crate::keys::KEYS;
use crate::{ledger, store};

/// How the file of the keys to a backup ends, after the backup's own name.
pub(crate) const KEYS_ENDING: &str = ".keys";

/// Runs `bff backup`.
///
/// # Errors
/// A sentence: there is no data, or the file is there already or cannot be written. Nothing was left behind then.
#[expect(clippy::print_stdout, reason = "the operator waits for the word that the file is whole")]
pub(crate) async fn run(BackupSettings { data, to }: BackupSettings) -> anyhow::Result<()> {
    let mut truth = store::look_at(&data).await?;
    ensure!(!to.exists(), "{} is there already: name a new file with --to", to.display());
    let keys = beside(&to, KEYS_ENDING);
    ensure!(!keys.exists(), "{} is there already: name a new file with --to", keys.display());
    whole(&mut truth, &to).await?;
    if data.join(KEYS).exists() {
        whole(&mut store::open_file(&data.join(KEYS)).await?, &keys).await?;
        println!("{} holds the keys to it: keep the two apart, who has both can read it", keys.display());
    }
    println!(
        "{} holds the data up to position {}",
        to.display(),
        ledger::head(&mut store::open_file(&to).await?).await?
    );
    Ok(())
}

/// Copies what is behind `from` into the new file `to`, whole or not at all.
async fn whole(from: &mut SqliteConnection, to: &Path) -> anyhow::Result<()> {
    let part = beside(to, ".part");
    let copied = copy(from, &part).await.and_then(|()| into_place(&part, to));
    if copied.is_err() {
        // What is half written is of no use to anybody; that it cannot be removed is the lesser news.
        let _ = fs::remove_file(&part);
    }
    copied.with_context(|| format!("cannot write {}", to.display()))
}

/// Copies the file behind `truth` into `file`, as it is at one moment.
///
/// # Errors
/// SQLite's, or the disk's.
pub(crate) async fn copy(truth: &mut SqliteConnection, file: &Path) -> anyhow::Result<()> {
    // Only for its owner, and before anything is in it: it holds what everybody did, and hashes of their passwords.
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    let name = file.to_str().context("the name of the file is not UTF-8")?;
    sqlx::query("vacuum into ?").bind(name).execute(truth).await?;
    Ok(File::open(file)?.sync_all()?)
}

/// Gives a file that is whole its name, so that it lasts.
///
/// # Errors
/// The disk's.
pub(crate) fn into_place(part: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(part, to)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(File::open(folder)?.sync_all()?)
}

/// `file` with `ending` behind its name.
pub(crate) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
