//! The real server as a process: started on its own port and folder, stopped, killed, started again, looked into.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU16, Ordering};

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;
use serde_json::{Map, Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Connection, Row, TypeInfo, ValueRef};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::process::Process;
use crate::wait::PATIENCE;
use crate::world::{build_folder, output_folder, repository};

/// Ports a server is started on: below the range the kernel hands out, so that nobody is given the port of a server
/// that is between two lives, and a call to it is refused and not connected to itself.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// The file that cannot be made again.
const TRUTH: &str = "truth.sqlite";

/// The server's SQLite files.
#[derive(Clone, Copy, Debug)]
pub enum Database {
    /// Rows, changes, answers, hub.
    Truth,
    /// What is shown, rebuilt from the events.
    Views,
}

/// A server with its data folder; both go when it is dropped.
pub struct Server {
    program: PathBuf,
    dist: PathBuf,
    demo: PathBuf,
    port: u16,
    data: TempDir,
    log: PathBuf,
    process: Option<Process>,
}

impl Server {
    /// The server that was built beside the tests (or `CARRYOUT_BFF`), with the built frontend (`CARRYOUT_DIST`, or
    /// `dist` in the repository), the demo data and an empty folder.
    pub async fn start() -> Result<Self> {
        Self::start_with(&built_frontend()?).await
    }

    /// The same with another frontend.
    pub async fn start_with(dist: &Path) -> Result<Self> {
        let program = built_server()?;
        static BEGUN: OnceCell<FirstStart> = OnceCell::const_new();
        let begun = BEGUN.get_or_try_init(async || {
            let mut first = Self::start_program(&program, dist, &FirstStart::default()).await?;
            first.stop().await?;
            FirstStart::read(first.data.path())
        });
        Self::start_program(&program, dist, begun.await?).await
    }

    /// The built server and frontend with other demo data than the repository's.
    pub async fn start_of(demo: &Path) -> Result<Self> {
        let mut server = Self::new(&built_server()?, &built_frontend()?, &FirstStart::default())?;
        server.demo = demo.into();
        server.restart().await?;
        Ok(server)
    }

    async fn start_program(program: &Path, dist: &Path, begun: &FirstStart) -> Result<Self> {
        let mut server = Self::new(program, dist, begun)?;
        server.restart().await?;
        Ok(server)
    }

    fn new(program: &Path, dist: &Path, begun: &FirstStart) -> Result<Self> {
        let port = free_port();
        let log = output_folder("logs")?.join(format!("server-{}-{port}.log", std::process::id()));
        let data = tempfile::Builder::new().prefix("carryout-e2e-").tempdir()?;
        begun.write(data.path())?;
        let demo = repository().join("data/demo");
        Ok(Self { program: program.into(), dist: dist.into(), demo, port, data, log, process: None })
    }

    /// Where it listens, now and after every restart.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Starts it on the same port and data; returns when it says that it is ready.
    pub async fn restart(&mut self) -> Result<()> {
        self.restart_with(&[]).await
    }

    /// [`Self::restart`] with variables in its environment.
    pub async fn restart_with(&mut self, variables: &[(&str, &str)]) -> Result<()> {
        assert!(self.process.is_none(), "the server runs already");
        let mut command = Command::new(&self.program);
        command.arg("serve").arg("--addr").arg(self.address().to_string());
        command.arg("--data").arg(self.data.path()).arg("--dist").arg(&self.dist);
        command.arg("--demo-data").arg(&self.demo).arg("--sandbox-payments");
        command.envs(variables.iter().copied());
        let mut process = Process::start("the server", &mut command, &self.log)?;
        process.line(|line| line.starts_with("carryout listening on ").then_some(())).await?;
        self.process = Some(process);
        Ok(())
    }

    /// SIGTERM; an error unless it ends in time and says that it ended well.
    pub async fn stop(&mut self) -> Result<()> {
        let mut process = self.process.take().context("the server does not run")?;
        process.signal(Signal::TERM)?;
        let status = process.ended().await?;
        ensure!(status.success(), "the server ended with {status}; it said:\n{}", process.log_tail());
        Ok(())
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.process.take().expect("the server runs").kill();
    }

    /// Waits until it has ended by itself: it was told to crash.
    pub async fn crashed(&mut self) -> Result<()> {
        let mut process = self.process.take().context("the server does not run")?;
        let status = process.ended().await?;
        ensure!(!status.success(), "the server was to crash and ended well");
        Ok(())
    }

    /// Writes all its data into a file, as an operator would, while it runs.
    pub async fn backs_up(&self, to: &Path) -> Result<()> {
        self.runs("backup", &["--to".as_ref(), to.as_os_str()]).await
    }

    /// Puts a backup back, as an operator would, while it does not run.
    pub async fn restores(&self, from: &Path) -> Result<()> {
        self.runs("restore", &["--from".as_ref(), from.as_os_str()]).await
    }

    /// Imports a document as an operator would, while it does not run.
    pub async fn imports(&self, document: &Path) -> Result<()> {
        self.runs("import", &[document.as_os_str()]).await
    }

    async fn runs(&self, task: &str, more: &[&OsStr]) -> Result<()> {
        let mut command = tokio::process::Command::new(&self.program);
        command.arg(task).arg("--data").arg(self.data.path()).args(more);
        let ended = command.output().await?;
        ensure!(ended.status.success(), "{task} failed: {}", String::from_utf8_lossy(&ended.stderr));
        Ok(())
    }

    /// The end of what it said in all its lives.
    pub fn log_tail(&self) -> String {
        crate::process::log_tail(&self.log)
    }

    /// Everything it said, to look for what must not be there.
    pub fn log(&self) -> String {
        fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The rows of a query as objects, read from the file itself whether or not the server runs. Bytes that are text
    /// come as text, other bytes as hexadecimal digits.
    pub async fn rows(&self, database: Database, query: &str) -> Result<Vec<Value>> {
        let mut file = self.open(database).await?;
        let rows = sqlx::query(AssertSqlSafe(query)).fetch_all(&mut file).await;
        let rows = rows.with_context(|| format!("cannot ask {database:?}: {query}"))?;
        file.close().await?;
        Ok(rows.iter().map(object).collect())
    }

    /// The first column of the first row: for `select count(*) …`.
    pub async fn number(&self, database: Database, query: &str) -> Result<i64> {
        let rows = self.rows(database, query).await?;
        let first = rows.first().and_then(|row| row.as_object()?.values().next()?.as_i64());
        first.with_context(|| format!("no number came back from {query}"))
    }

    /// The names of the tables, for a test's report.
    pub async fn tables(&self, database: Database) -> Result<Vec<String>> {
        let rows = self.rows(database, "select name from sqlite_master where type = 'table' order by name").await?;
        Ok(rows.iter().filter_map(|row| row["name"].as_str().map(str::to_owned)).collect())
    }

    /// Changes the truth behind the server's back, as time or an operator would.
    pub(crate) async fn change(&self, statement: &str) -> Result<()> {
        let options = SqliteConnectOptions::new().filename(self.data.path().join(TRUTH));
        let mut file = options.busy_timeout(PATIENCE).connect().await?;
        sqlx::query(AssertSqlSafe(statement)).execute(&mut file).await.with_context(|| statement.to_owned())?;
        Ok(file.close().await?)
    }

    async fn open(&self, database: Database) -> Result<SqliteConnection> {
        let name = match database {
            Database::Truth => TRUTH,
            Database::Views => "views.sqlite",
        };
        let path = self.data.path().join(name);
        let options = SqliteConnectOptions::new().filename(&path).read_only(true);
        options.connect().await.with_context(|| format!("cannot read {}", path.display()))
    }
}

/// A server's data as its first start left it: the demo restaurants take it longer to read than a story to begin, so they
/// are read once a process. Held in memory, because nobody would be there to remove a folder.
#[derive(Default)]
struct FirstStart(Vec<(PathBuf, Vec<u8>)>);

impl FirstStart {
    fn read(folder: &Path) -> Result<Self> {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.strip_prefix(folder)?.to_owned(), fs::read(&path)?));
                }
            }
        }
        Ok(Self(files))
    }

    fn write(&self, folder: &Path) -> Result<()> {
        for (name, bytes) in &self.0 {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a file is in a folder"))?;
            fs::write(path, bytes)?;
        }
        Ok(())
    }
}

fn built_server() -> Result<PathBuf> {
    let program = env::var_os("CARRYOUT_BFF").map_or_else(|| build_folder().join("bff"), PathBuf::from);
    ensure!(program.is_file(), "no server at {}: build it, or name it in CARRYOUT_BFF", program.display());
    Ok(program)
}

/// `CARRYOUT_DIST`, or `dist` in the repository.
pub(crate) fn built_frontend() -> Result<PathBuf> {
    let dist = env::var_os("CARRYOUT_DIST").map_or_else(|| repository().join("dist"), PathBuf::from);
    ensure!(dist.is_dir(), "no frontend at {}: build it, or name it in CARRYOUT_DIST", dist.display());
    Ok(dist)
}

fn object(row: &SqliteRow) -> Value {
    let cells = row.columns().iter().map(|column| (column.name().to_owned(), cell(row, column.ordinal())));
    Value::Object(cells.collect::<Map<_, _>>())
}

fn cell(row: &SqliteRow, column: usize) -> Value {
    let value = row.try_get_raw(column).expect("the column is the row's own");
    if value.is_null() {
        return Value::Null;
    }
    match value.type_info().name() {
        "INTEGER" | "BOOLEAN" => json!(row.get_unchecked::<i64, _>(column)),
        "REAL" => json!(row.get_unchecked::<f64, _>(column)),
        "BLOB" => bytes(row.get_unchecked::<Vec<u8>, _>(column)),
        _ => json!(row.get_unchecked::<String, _>(column)),
    }
}

fn bytes(bytes: Vec<u8>) -> Value {
    match String::from_utf8(bytes) {
        Ok(text) => json!(text),
        Err(error) => json!(error.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
    }
}

/// A port nobody listens on; test processes that run side by side start looking at different places.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let width = PORTS.end - PORTS.start;
    let start = (std::process::id() % u32::from(width)) as u16;
    (0..width)
        .map(|_| PORTS.start + (start.wrapping_mul(37).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed))) % width)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("one of twelve thousand ports is free")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stand-in that takes the same arguments, does `first`, says the same line and ends as `then` has it.
    async fn stand_in(folder: &Path, first: &str, then: &str) -> Result<Server> {
        let program = folder.join("stand-in");
        let text = format!("#!/bin/sh\n{first}\necho \"carryout listening on http://$3\"\n{then}\n");
        // A process of its own writes it: one of ours that another test forks meanwhile would hold the file open for
        // writing, and the system starts no such file.
        let mut write = Command::new("/bin/sh");
        write.args(["-c", "printf %s \"$1\" > \"$0\" && chmod 755 \"$0\""]).arg(&program).arg(text);
        ensure!(write.status()?.success(), "the stand-in was not written");
        Server::start_program(&program, folder, &FirstStart::default()).await
    }

    #[tokio::test]
    async fn a_server_is_stopped_and_comes_back_on_its_port() {
        let folder = tempfile::tempdir().unwrap();
        let mut server = stand_in(folder.path(), "trap 'exit 0' TERM", "while :; do sleep 0.02; done").await.unwrap();
        let address = server.address();
        server.stop().await.unwrap();
        server.restart().await.unwrap();
        assert_eq!(server.address(), address);
        server.kill();
        server.restart().await.unwrap();
        assert_eq!(server.log().matches("carryout listening on").count(), 3);
    }

    #[tokio::test]
    async fn a_crash_is_told_from_a_good_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut server = stand_in(folder.path(), "", "[ -n \"$CRASH\" ] && exit 9; exit 0").await.unwrap();
        assert!(server.crashed().await.is_err());
        server.restart_with(&[("CRASH", "1")]).await.unwrap();
        server.crashed().await.unwrap();
    }

    #[tokio::test]
    async fn rows_are_read_from_the_file_while_someone_writes() {
        let folder = tempfile::tempdir().unwrap();
        let server = stand_in(folder.path(), "", "exec sleep 60").await.unwrap();
        let path = server.data.path().join("truth.sqlite");
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let mut writer = options.journal_mode(sqlx::sqlite::SqliteJournalMode::Wal).connect().await.unwrap();
        for step in [
            "create table orders (id text, total integer, share real, note text, key blob)",
            "insert into orders values ('a', 950, 0.5, null, x'00ff'), ('b', 0, 1.0, 'no onions', '{}')",
        ] {
            sqlx::query(step).execute(&mut writer).await.unwrap();
        }
        let rows = server.rows(Database::Truth, "select * from orders order by id").await.unwrap();
        assert_eq!(rows[0], json!({"id": "a", "total": 950, "share": 0.5, "note": null, "key": "00ff"}));
        assert_eq!(rows[1], json!({"id": "b", "total": 0, "share": 1.0, "note": "no onions", "key": "{}"}));
        assert_eq!(server.number(Database::Truth, "select count(*) from orders").await.unwrap(), 2);
        assert_eq!(server.tables(Database::Truth).await.unwrap(), ["orders"]);
    }
}
