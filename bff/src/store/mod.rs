//! The store: two SQLite files.
//!
//! *Truth* holds what people did; every commit is on the disk before anyone hears of it, and one task writes
//! ([`writer`]). *Views* hold what can be computed again. Readers of both have connections of their own.

mod together;
mod writer;

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};
use sync::Epoch;
use tokio::sync::watch;
use uuid::Uuid;

pub(crate) use together::Together;
pub(crate) use writer::{Work, Writer};

/// The longest that a request waits for the store.
pub(crate) const STORE_WAIT_MAX: Duration = Duration::from_secs(1);

/// How long a file may be held by another process, such as an import.
const BUSY_WAIT_MAX: Duration = Duration::from_secs(5);

/// The file that cannot be made again.
pub(crate) const TRUTH: &str = "truth.sqlite";

/// The file that can.
pub(crate) const VIEWS: &str = "views.sqlite";

/// Connections that read a file at once; SQLite readers do not wait for each other, threads are what they cost.
const READERS_MAX: u32 = 8;

/// The longest that one of the server's own tasks waits for a connection: nobody waits for it, and giving up would only have
/// it begin again.
const WORKER_WAIT_MAX: Duration = Duration::from_secs(60);

/// Statements that a connection keeps prepared: those of nine services, and what they send together in some hundred shapes.
const STATEMENTS_MAX: usize = 512;

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

impl StoreError {
    /// Whether the failure belongs to what was read or written, or to our own code, and would come again; all else is the
    /// store's trouble, whoever asks.
    pub(crate) fn is_of_the_content(&self) -> bool {
        match self {
            Self::Panicked | Self::Strange(_) | Self::Unreadable(_) => true,
            Self::Sqlite(sqlx::Error::Database(error)) => !matches!(error.kind(), sqlx::error::ErrorKind::Other),
            Self::Sqlite(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::Encode(_)) => true,
            Self::Busy | Self::Closed | Self::Commit(_) | Self::Sqlite(_) => false,
        }
    }

    /// The same for those who may not read what people did: an error of a value may quote it.
    pub(crate) fn without_content(&self) -> String {
        match self {
            Self::Unreadable(error) => {
                let (line, column) = (error.line(), error.column());
                format!("a stored value cannot be read, from line {line}, column {column}")
            }
            Self::Sqlite(sqlx::Error::Decode(_)) => "a stored value cannot be read".to_owned(),
            other => other.to_string(),
        }
    }
}

/// What people did.
#[derive(Clone)]
pub(crate) struct Truth {
    /// For requests to read by.
    pub(crate) readers: SqlitePool,
    /// For the server's own tasks to read by: many requests do not hold them up, nor they a request.
    pub(crate) workers: SqlitePool,
    /// For everything else.
    pub(crate) writer: Writer,
    epoch: Epoch,
}

impl Truth {
    /// Opens [`TRUTH`] in `folder`, made and migrated as needed, and begins its writer.
    pub(crate) async fn open(folder: &Path) -> anyhow::Result<Self> {
        let options = options(folder, TRUTH)?.synchronous(SqliteSynchronous::Full);
        let mut connection = options.connect().await.with_context(|| cannot_keep(folder))?;
        sqlx::migrate!("migrations/truth").run(&mut connection).await?;
        let epoch = epoch(&mut connection).await?;
        let (readers, workers) = (readers(options.clone()).await?, workers(options).await?);
        Ok(Self { readers, workers, writer: Writer::start(connection), epoch })
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
    /// Opens [`VIEWS`] in `folder`, made and migrated as needed.
    pub(crate) async fn open(folder: &Path) -> anyhow::Result<Self> {
        let options = options(folder, VIEWS)?.synchronous(SqliteSynchronous::Normal);
        let mut connection = options.connect().await.with_context(|| cannot_keep(folder))?;
        sqlx::migrate!("migrations/views").run(&mut connection).await?;
        Ok(Self { readers: readers(options.clone()).await?, options })
    }

    /// A connection for the one task that writes.
    pub(crate) async fn connect(&self) -> Result<SqliteConnection, StoreError> {
        Ok(self.options.connect().await?)
    }
}

/// The truth in `folder` as it stands, only to be read; a server may be running on it.
///
/// # Errors
/// A sentence: it is not there, or cannot be opened.
pub(crate) async fn look_at(folder: &Path) -> anyhow::Result<SqliteConnection> {
    let file = folder.join(TRUTH);
    anyhow::ensure!(file.is_file(), "there is no data in {}: name the server's folder with --data", folder.display());
    open_file(&file).await
}

/// A truth by the name of its file, only to be read.
///
/// # Errors
/// A sentence: it cannot be opened.
pub(crate) async fn open_file(file: &Path) -> anyhow::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).busy_timeout(BUSY_WAIT_MAX);
    options.connect().await.with_context(|| format!("cannot read {}", file.display()))
}

/// The same to write a little, while a server may be running on it: every commit is on the disk, as the server's are.
///
/// # Errors
/// A sentence: it cannot be opened.
pub(crate) async fn open_beside_a_server(file: &Path) -> anyhow::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(file).journal_mode(SqliteJournalMode::Wal).foreign_keys(true);
    let options = options.synchronous(SqliteSynchronous::Full).busy_timeout(BUSY_WAIT_MAX).disable_statement_logging();
    options.connect().await.with_context(|| format!("cannot write {}", file.display()))
}

/// The same to write, for who holds the folder alone: when it is closed, it is one file.
///
/// # Errors
/// A sentence: it cannot be opened.
pub(crate) async fn open_file_to_write(file: &Path) -> anyhow::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(file).journal_mode(SqliteJournalMode::Wal);
    let options = options.synchronous(SqliteSynchronous::Full).disable_statement_logging();
    options.connect().await.with_context(|| format!("cannot write {}", file.display()))
}

/// Brings the truth in `file` up to this release, and begins the history `epoch` in it.
///
/// # Errors
/// It is of a newer release, or cannot be written.
pub(crate) async fn begin_history(file: &Path, epoch: Epoch) -> anyhow::Result<SqliteConnection> {
    let mut truth = open_file_to_write(file).await?;
    sqlx::migrate!("migrations/truth").run(&mut truth).await.context("it is of another release")?;
    sqlx::query("update meta set epoch = ?").bind(epoch.to_string()).execute(&mut truth).await?;
    Ok(truth)
}

fn options(folder: &Path, file: &str) -> anyhow::Result<SqliteConnectOptions> {
    std::fs::create_dir_all(folder).with_context(|| cannot_keep(folder))?;
    Ok(SqliteConnectOptions::new()
        .filename(folder.join(file))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(BUSY_WAIT_MAX)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS_MAX)
        .disable_statement_logging())
}

/// What to tell who gave a folder that cannot be written.
pub(crate) fn cannot_keep(folder: &Path) -> String {
    format!("cannot keep data in {}: give a folder that can be written, with --data", folder.display())
}

async fn readers(options: SqliteConnectOptions) -> anyhow::Result<SqlitePool> {
    pool(options, STORE_WAIT_MAX).await
}

async fn workers(options: SqliteConnectOptions) -> anyhow::Result<SqlitePool> {
    pool(options, WORKER_WAIT_MAX).await
}

async fn pool(options: SqliteConnectOptions, wait_max: Duration) -> anyhow::Result<SqlitePool> {
    let pool = SqlitePoolOptions::new().max_connections(READERS_MAX).acquire_timeout(wait_max);
    Ok(pool.connect_with(options.read_only(true).create_if_missing(false)).await?)
}
