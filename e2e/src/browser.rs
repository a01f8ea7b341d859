//! A real browser: Chromium behind its own chromedriver, with a profile that outlives a kill.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, MutexGuard};

use anyhow::{Context, Result};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::{Process, kill_all};
use crate::wait::PATIENCE;
use crate::world::output_folder;

const DRIVER: &str = "chromedriver";
/// Where Debian puts it; elsewhere chromedriver looks for a Chrome by itself.
const CHROMIUM: &str = "/usr/bin/chromium";

/// What outlives a kill.
const PROFILE: &str = "profile";
/// Where driver and browser put what a kill leaves behind; it goes with the browser's folder.
const SCRATCH: &str = "scratch";

/// No sandbox, because a container's root has none; the rest keeps Chromium from calling anyone but us.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--hide-crash-restore-bubble",
    "--window-size=390,844",
];

/// A screen's size in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Screen {
    /// A phone of today.
    pub const PHONE: Screen = Screen { width: 390, height: 844 };
    /// The narrowest phone that is still around.
    pub const SMALL: Screen = Screen { width: 320, height: 568 };
}

/// One browser profile, and the browser that runs on it while it is alive.
pub struct Browser {
    name: String,
    origin: String,
    console: Mutex<Vec<String>>,
    // Dropped in this order: whoever still runs would write into a folder that is being removed.
    session: Option<Session>,
    folder: TempDir,
}

struct Session {
    client: Client,
    driver: Process,
}

impl Browser {
    /// A browser on a fresh profile; `origin` is what its paths are relative to.
    pub async fn start(name: &str, origin: &str) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("carryout-browser-").tempdir()?;
        fs::create_dir(folder.path().join(SCRATCH))?;
        let (name, origin) = (name.to_owned(), origin.to_owned());
        let mut browser = Self { name, origin, console: Mutex::default(), session: None, folder };
        browser.restart().await?;
        Ok(browser)
    }

    /// Who uses it, for reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address its paths are relative to.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Starts it again on the same profile, after [`Self::kill`] or [`Self::close`].
    pub async fn restart(&mut self) -> Result<()> {
        assert!(self.session.is_none(), "{}'s browser runs already", self.name);
        self.remove_marks_of_the_dead();
        let log = output_folder("logs")?.join(format!("browser-{}-{}.log", std::process::id(), self.name));
        let mut command = Command::new(DRIVER);
        command.arg("--port=0").env("TMPDIR", self.folder.path().join(SCRATCH));
        let mut driver = Process::start(DRIVER, &mut command, &log)?;
        let port: u16 = driver.line(driver_port).await?;
        let session = ClientBuilder::new(HttpConnector::new())
            .capabilities(self.capabilities())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await;
        let client =
            session.with_context(|| format!("no browser started; chromedriver said:\n{}", driver.log_tail()))?;
        self.session = Some(Session { client, driver });
        self.resize(Screen::PHONE).await
    }

    /// SIGKILL to every process of the browser: a phone whose battery is pulled out, as far as a process can feel it.
    pub fn kill(&mut self) -> Result<()> {
        let mut session = self.session.take().context("the browser does not run")?;
        kill_all(&session.driver.descendants());
        session.driver.kill();
        Ok(())
    }

    /// Closes it as a person does: what the browser still holds in memory (cookies) reaches the disk.
    pub async fn close(&mut self) -> Result<()> {
        self.console().await?;
        let mut session = self.session.take().context("the browser does not run")?;
        session.client.close().await?;
        session.driver.kill();
        Ok(())
    }

    /// The WebDriver session, for what has no helper here.
    pub fn client(&self) -> &Client {
        &self.session.as_ref().expect("the browser runs").client
    }

    /// Gives the screen another size.
    pub async fn resize(&self, screen: Screen) -> Result<()> {
        let metrics = json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": true,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await
    }

    /// What the person has chosen in their system's settings: `light` or `dark`.
    pub async fn prefer(&self, color_scheme: &str) -> Result<()> {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": color_scheme}]});
        self.devtools("Emulation.setEmulatedMedia", features).await
    }

    /// Everything the pages wrote to the console so far, oldest first.
    pub async fn console(&self) -> Result<Vec<String>> {
        let entries = self.client().issue_cmd(Vendor::new("se/log", json!({"type": "browser"}))).await?;
        let line = |entry: &Value| format!("{} {}", entry["level"].as_str().unwrap_or("?"), text_of(&entry["message"]));
        let mut console = self.console_lines();
        console.extend(entries.as_array().into_iter().flatten().map(line));
        Ok(console.clone())
    }

    async fn devtools(&self, method: &str, parameters: Value) -> Result<()> {
        let command = Vendor::new("goog/cdp/execute", json!({"cmd": method, "params": parameters}));
        self.client().issue_cmd(command).await.with_context(|| format!("{method} failed"))?;
        Ok(())
    }

    fn console_lines(&self) -> MutexGuard<'_, Vec<String>> {
        self.console.lock().expect("nobody panics while holding the console")
    }

    fn capabilities(&self) -> Capabilities {
        let mut arguments: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        arguments.push(format!("--user-data-dir={}", self.folder.path().join(PROFILE).display()));
        let mut options = json!({"args": arguments});
        let binary = std::env::var_os("CARRYOUT_CHROMIUM").map_or_else(|| PathBuf::from(CHROMIUM), PathBuf::from);
        if binary.is_file() {
            options["binary"] = json!(binary);
        }
        let capabilities = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"pageLoad": PATIENCE.as_millis() as u64, "script": PATIENCE.as_millis() as u64},
        });
        capabilities.as_object().cloned().expect("an object was just written")
    }

    /// A killed browser leaves its lock and its debugging port behind; both name a process that is gone.
    fn remove_marks_of_the_dead(&self) {
        for mark in ["SingletonLock", "SingletonCookie", "SingletonSocket", "DevToolsActivePort"] {
            // It is not there after a good end.
            let _ = fs::remove_file(self.folder.path().join(PROFILE).join(mark));
        }
    }
}

fn driver_port(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A command of chromedriver's own, beside the standard.
#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
}

impl Vendor {
    fn new(path: &'static str, body: Value) -> Self {
        Self { path, body }
    }
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
