//! The real server as a process of its own, with a folder of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use sync::Key;
use tempfile::TempDir;

use super::bank::{Bank, SECRET};

/// The longest that a number is waited for: forty faults are given up one after the other, on a machine that compiles beside.
const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks into the database.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// A server with a folder of its own.
pub struct Server {
    pub base: String,
    pub data: TempDir,
    vars: Vec<(&'static str, String)>,
    child: Child,
}

impl Server {
    /// A new one with the demo's restaurants and accounts.
    pub fn start() -> Self {
        Self::in_folder(TempDir::new().expect("a folder"), vec![])
    }

    /// A new one whose customers may pay by card.
    pub async fn with(bank: &Bank) -> Self {
        let vars = vec![("CARRYOUT_PAYMENTS", bank.base.clone()), ("CARRYOUT_PAYMENTS_SECRET", SECRET.to_owned())];
        let server = Self::in_folder(TempDir::new().expect("a folder"), vars);
        bank.tells(&server).await;
        server
    }

    /// A new one with these settings.
    pub fn with_settings(vars: Vec<(&'static str, String)>) -> Self {
        Self::in_folder(TempDir::new().expect("a folder"), vars)
    }

    /// One that aborts right after the `nth` commit that holds somebody's act.
    pub fn that_crashes_after_commit(nth: u32) -> Self {
        let vars = vec![("CARRYOUT_CRASH_AFTER_COMMIT", nth.to_string())];
        Self::in_folder(TempDir::new().expect("a folder"), vars)
    }

    /// The same folder, killed and served again.
    pub fn restart(self) -> Self {
        self.restart_after(|_| {})
    }

    /// The same, after something happened to the folder.
    pub fn restart_after(mut self, happens: impl FnOnce(&Path)) -> Self {
        self.kill();
        happens(self.data.path());
        let data = std::mem::replace(&mut self.data, TempDir::new().expect("a folder"));
        // Whatever was to make it crash has done so.
        let mut vars = std::mem::take(&mut self.vars);
        vars.retain(|(name, _)| *name != "CARRYOUT_CRASH_AFTER_COMMIT");
        Self::in_folder(data, vars)
    }

    fn in_folder(data: TempDir, vars: Vec<(&'static str, String)>) -> Self {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/demo");
        let mut child = Process::new(env!("CARGO_BIN_EXE_bff"))
            .args(["serve", "--addr", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .arg("--demo-data")
            .arg(demo)
            .envs(vars.iter().cloned())
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let base = address(&mut child, "carryout listening on ");
        Self { base, data, vars, child }
    }

    /// Kills it as a power cut would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits until it is gone by itself; whether it ended well.
    pub fn wait(&mut self) -> bool {
        self.child.wait().expect("it ends").success()
    }

    /// Its process id.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks the database for a number.
    pub async fn count(&self, sql: &str) -> i64 {
        let mut truth = self.truth().await;
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut truth).await.expect("the question is answered")
    }

    /// Waits until the database answers with this number.
    pub async fn until(&self, sql: &str, number: i64) {
        let look = async {
            while self.count(sql).await != number {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        let found = tokio::time::timeout(PATIENCE, look).await;
        assert!(found.is_ok(), "{sql} is {} and not {number}", self.count(sql).await);
    }

    /// Asks the database for texts.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let mut truth = self.truth().await;
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut truth).await.expect("the question is answered")
    }

    /// Asks the views for texts.
    pub async fn texts_of_views(&self, sql: &str) -> Vec<String> {
        let url = format!("sqlite://{}/views.sqlite?mode=ro", self.data.path().display());
        let mut views = SqliteConnection::connect(&url).await.expect("the views open");
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut views).await.expect("the question is answered")
    }

    /// Waits until the views answer with these texts.
    pub async fn until_views_say(&self, sql: &str, texts: &[&str]) {
        let look = async {
            while self.texts_of_views(sql).await != texts {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        let found = tokio::time::timeout(PATIENCE, look).await;
        assert!(found.is_ok(), "{sql} is {:?} and not {texts:?}", self.texts_of_views(sql).await);
    }

    /// Changes the database behind the server's back, as a failing disk or an operator would.
    pub async fn change(&self, sql: &str) {
        let url = format!("sqlite://{}/truth.sqlite", self.data.path().display());
        let mut truth = SqliteConnection::connect(&url).await.expect("the database opens");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut truth).await.expect("the change is made");
    }

    /// The moment has come that the row `key` of `service` waits for; `at` is where that stands in the row. It is noticed at the next
    /// start.
    pub async fn moment_comes(&self, key: &Key, service: &str, at: &str) {
        // A row that waits for nothing yet would take the moment from this one.
        self.until(&format!("select count(*) from timer where key = '{key}'"), 1).await;
        let over = format!("update {service}_row set body = json_set(body, '{at}', 1) where key = '{key}'");
        self.change(&over).await;
        self.change(&format!("update timer set due_at = 1 where key = '{key}'")).await;
    }

    /// Waits until the views have been read up to the fact `head`, also where they are built from nothing.
    pub async fn has_built_views(&self, head: i64) {
        let url = format!("sqlite://{}/views.sqlite?mode=ro", self.data.path().display());
        let mut views = SqliteConnection::connect(&url).await.expect("the views open");
        let (mut before, mut since) = (-1, std::time::Instant::now());
        loop {
            let read: Option<i64> = sqlx::query_scalar("select min(position) from checkpoint")
                .fetch_one(&mut views)
                .await
                .expect("the question is answered");
            let read = read.unwrap_or(0);
            if read >= head {
                return;
            }
            if read > before {
                (before, since) = (read, std::time::Instant::now());
            }
            assert!(since.elapsed() < PATIENCE, "the views stand at {read}, and {head} is there");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The same to the views.
    pub async fn change_views(&self, sql: &str) {
        let url = format!("sqlite://{}/views.sqlite", self.data.path().display());
        let mut views = SqliteConnection::connect(&url).await.expect("the views open");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut views).await.expect("the change is made");
    }

    async fn truth(&self) -> SqliteConnection {
        let url = format!("sqlite://{}/truth.sqlite?mode=ro", self.data.path().display());
        SqliteConnection::connect(&url).await.expect("the database opens")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Where a process says that it listens.
pub(super) fn address(child: &mut Child, words: &str) -> String {
    let mut line = String::new();
    let out = child.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut line).expect("it says where it listens");
    line.trim().strip_prefix(words).expect("it says where it listens").to_owned()
}
