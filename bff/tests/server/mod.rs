//! The executable as an operator starts it: a process of its own on a free port, with a folder of its own.

#![allow(dead_code, reason = "each story uses the part it needs")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;
use tempfile::TempDir;

const BFF: &str = env!("CARGO_BIN_EXE_bff");

/// The demo restaurants of this repository.
pub fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/demo")
}

/// A server that ends with the story.
pub struct Server {
    process: Child,
    base: String,
    client: Client,
    pub folder: TempDir,
}

impl Server {
    /// Started with the demo.
    pub fn demo() -> Self {
        Self::start(tempfile::tempdir().expect("a folder"), &["--demo-data", &demo().to_string_lossy()])
    }

    /// Started on `folder/data` and `folder/dist`.
    pub fn start(folder: TempDir, arguments: &[&str]) -> Self {
        let mut command = Command::new(BFF);
        command.args(["serve", "--addr", "127.0.0.1:0"]).args(arguments);
        command.arg("--data").arg(folder.path().join("data")).arg("--dist").arg(folder.path().join("dist"));
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output is ours");
        BufReader::new(output).read_line(&mut line).expect("it says where it listens");
        let base = line.trim().strip_prefix("carryout listening on ").expect("the line that says so").to_owned();
        Self { process, base, client: Client::new(), folder }
    }

    /// A request to be completed.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// What is answered to a plain question.
    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.expect("an answer")
    }

    /// Tries to sign in.
    pub async fn sign_in(&self, name: &str, password: &str) -> Response {
        let credentials = serde_json::json!({ "name": name, "password": password });
        self.request(Method::POST, "/api/session").json(&credentials).send().await.expect("an answer")
    }

    /// What SQLite holds: one number.
    pub async fn count(&self, sql: &'static str) -> i64 {
        count(&self.folder.path().join("data"), sql).await
    }

    /// Tells the server to stop, as an init system does.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        assert!(told.expect("a signal").success());
    }

    /// Waits until it has ended, and tells how.
    pub fn ended(mut self) -> bool {
        self.process.wait().expect("an end").success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One number out of the truth in `data`.
pub async fn count(data: &Path, sql: &'static str) -> i64 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(data.join("truth.sqlite")).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.expect("the store opens");
    let number = sqlx::query_scalar(sql).fetch_one(&pool).await.expect("a number");
    pool.close().await;
    number
}

/// Runs `bff import` on `data`.
pub fn import(data: &Path, arguments: &[&str]) -> (bool, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(BFF).arg("import").arg("--data").arg(data).args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (status.success(), text(stdout), text(stderr))
}

/// A header's text; empty where there is none.
pub fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("text"))
}

/// The problem in an error, once its form is seen to be right.
pub async fn problem(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    let id = header(&response, "x-request-id").to_owned();
    let problem: Value = response.json().await.expect("a problem");
    assert_eq!(problem["status"], status);
    assert_eq!(problem["instance"], format!("urn:uuid:{id}"));
    assert!(problem["title"].is_string() && problem["detail"].is_string(), "{problem}");
    let kind = problem["type"].as_str().expect("a type");
    (status, kind.strip_prefix("https://carryout.example/problems/").expect("one of ours").to_owned())
}
