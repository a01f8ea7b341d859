//! The store: two SQLite files.
//!
//! *Truth* holds what people did; every commit is on the disk before anyone hears of it, and one task writes
//! ([`writer`]). *Views* hold what can be computed again. Readers of both have connections of their own.

mod writer;

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};
use sync::Epoch;
use tokio::sync::watch;
use uuid::Uuid;

pub(crate) use writer::{Work, Writer};

/// The longest that a request waits for the store.
pub(crate) const STORE_WAIT_MAX: Duration = Duration::from_secs(1);

/// Connections that read a file at once; SQLite readers do not wait for each other, threads are what they cost.
const READERS_MAX: u32 = 8;

/// Why the store did not do it. Whoever asked may ask again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// It takes too long.
    #[error("the store is busy")]
    Busy,
    /// The server is stopping.
    #[error("the store is closed")]
    Closed,
    /// The commit that several writers shared did not become durable.
    #[error("the commit failed: {0}")]
    Commit(String),
    /// A fault in our own code.
    #[error("the job panicked")]
    Panicked,
    /// SQLite said no.
    #[error(transparent)]
    Sqlite(#[from] sqlx::Error),
    /// A stored value is not what we ever write.
    #[error("{0} cannot be read")]
    Strange(&'static str),
    /// A stored value cannot be read.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// What people did.
#[derive(Clone)]
pub(crate) struct Truth {
    /// For reading.
    pub(crate) readers: SqlitePool,
    /// For everything else.
    pub(crate) writer: Writer,
    epoch: Epoch,
}

impl Truth {
    /// Opens `folder`/truth.sqlite, made and migrated as needed, and begins its writer.
    pub(crate) async fn open(folder: &Path) -> anyhow::Result<Self> {
        let options = options(folder, "truth.sqlite")?.synchronous(SqliteSynchronous::Full);
        let mut connection = options.connect().await.with_context(|| cannot_keep(folder))?;
        sqlx::migrate!("migrations/truth").run(&mut connection).await?;
        let epoch = epoch(&mut connection).await?;
        let readers = readers(options).await?;
        Ok(Self { readers, writer: Writer::start(connection), epoch })
    }

    /// The history that the file holds.
    pub(crate) fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Told after each commit that wrote facts: how many commits there were.
    pub(crate) fn written(&self) -> watch::Receiver<u64> {
        self.writer.written()
    }
}

async fn epoch(connection: &mut SqliteConnection) -> anyhow::Result<Epoch> {
    let known: Option<String> = sqlx::query_scalar("select epoch from meta").fetch_optional(&mut *connection).await?;
    if let Some(known) = known {
        return Ok(known.parse()?);
    }
    let epoch = Epoch(Uuid::now_v7());
    sqlx::query("insert into meta (epoch) values (?)").bind(epoch.to_string()).execute(connection).await?;
    Ok(epoch)
}

/// What can be computed again.
#[derive(Clone)]
pub(crate) struct Views {
    /// For reading.
    pub(crate) readers: SqlitePool,
    options: SqliteConnectOptions,
}

impl Views {
    /// Opens `folder`/views.sqlite, made and migrated as needed.
    pub(crate) async fn open(folder: &Path) -> anyhow::Result<Self> {
        let options = options(folder, "views.sqlite")?.synchronous(SqliteSynchronous::Normal);
        let mut connection = options.connect().await.with_context(|| cannot_keep(folder))?;
        sqlx::migrate!("migrations/views").run(&mut connection).await?;
        Ok(Self { readers: readers(options.clone()).await?, options })
    }

    /// A connection for the one task that writes.
    pub(crate) async fn connect(&self) -> Result<SqliteConnection, StoreError> {
        Ok(self.options.connect().await?)
    }
}

fn options(folder: &Path, file: &str) -> anyhow::Result<SqliteConnectOptions> {
    std::fs::create_dir_all(folder).with_context(|| cannot_keep(folder))?;
    Ok(SqliteConnectOptions::new()
        .filename(folder.join(file))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
        .disable_statement_logging())
}

/// What to tell who gave a folder that cannot be written.
pub(crate) fn cannot_keep(folder: &Path) -> String {
    format!("cannot keep data in {}: give a folder that can be written, with --data", folder.display())
}

async fn readers(options: SqliteConnectOptions) -> anyhow::Result<SqlitePool> {
    let pool = SqlitePoolOptions::new().max_connections(READERS_MAX).acquire_timeout(STORE_WAIT_MAX);
    Ok(pool.connect_with(options.read_only(true).create_if_missing(false)).await?)
}
