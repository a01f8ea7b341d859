//! A real browser behind its own driver, with a profile that outlives a kill.

use std::fs;
use std::io::Write;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_timeout::TimeoutConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::engine::{Driver, Engine};
use crate::process::kill_all;
use crate::world::output_folder;

/// What the names of the browsers' folders begin with.
const FOLDER: &str = "carryout-browser-";
/// What outlives a kill.
const PROFILE: &str = "profile";
/// The longest that a driver may take over one order. Page loads and scripts end long before; a driver that is silent for
/// longer hangs, and the story fails with what it was doing.
const ANSWER_MAX: Duration = Duration::from_secs(90);
/// Where driver and browser put what a kill leaves behind; it goes with the browser's folder.
const SCRATCH: &str = "scratch";

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
    /// A kitchen's tablet, lying on its side.
    pub const TABLET: Screen = Screen { width: 1366, height: 1024 };
    /// The narrowest phone that is still around.
    pub const SMALL: Screen = Screen { width: 320, height: 568 };
}

/// One browser profile, and the browser that runs on it while it is alive.
pub struct Browser {
    engine: Engine,
    name: String,
    origin: String,
    console: Mutex<Vec<String>>,
    // Dropped in this order: whoever still runs would write into a folder that is being removed.
    session: Option<Session>,
    folder: TempDir,
}

struct Session {
    client: Client,
    driver: Driver,
}

impl Browser {
    /// A browser on a fresh profile; `origin` is what its paths are relative to.
    pub async fn start(engine: Engine, name: &str, origin: &str) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix(FOLDER).tempdir()?;
        fs::create_dir(folder.path().join(SCRATCH))?;
        let (name, origin) = (name.to_owned(), origin.to_owned());
        let mut browser = Self { engine, name, origin, console: Mutex::default(), session: None, folder };
        browser.restart().await?;
        Ok(browser)
    }

    /// What kind of browser it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Who uses it, for reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its files are told apart by, also from those of another test's browser of the same name.
    pub(crate) fn mark(&self) -> String {
        let folder = self.folder.path().file_name().unwrap_or_default().to_string_lossy();
        format!("{}-{}-{:?}", self.name, folder.trim_start_matches(FOLDER), self.engine).to_lowercase()
    }

    /// The address its paths are relative to.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Starts it again on the same profile, after [`Self::kill`] or [`Self::close`]. One that crashes before it has opened
    /// anything, as Chromium does once in some hundred starts, is started once more, as a person does.
    pub async fn restart(&mut self) -> Result<()> {
        assert!(self.session.is_none(), "{}'s browser runs already", self.name);
        let begun = match self.begin().await {
            Err(error) if format!("{error:#}").contains("instance exited") => {
                eprintln!("{}'s browser crashed at its start and is started again: {error:#}", self.name);
                self.begin().await
            }
            begun => begun,
        };
        self.session = Some(begun?);
        self.resize(Screen::PHONE).await
    }

    async fn begin(&self) -> Result<Session> {
        self.remove_marks_of_the_dead();
        let log = output_folder("logs")?.join(format!("browser-{}.log", self.mark()));
        let driver = self.engine.start_driver(&self.folder.path().join(SCRATCH), &log).await?;
        let mut connector = TimeoutConnector::new(HttpConnector::new());
        connector.set_read_timeout(Some(ANSWER_MAX));
        let session = ClientBuilder::new(connector)
            .capabilities(self.engine.capabilities(&self.folder.path().join(PROFILE))?)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await;
        let client =
            session.with_context(|| format!("no browser started; its driver said:\n{}", driver.process.log_tail()))?;
        Ok(Session { client, driver })
    }

    /// SIGKILL to every process of the browser: a phone whose battery is pulled out, as far as a process can feel it.
    pub fn kill(&mut self) -> Result<()> {
        let mut session = self.session.take().context("the browser does not run")?;
        kill_all(&session.driver.process.descendants());
        session.driver.process.kill();
        Ok(())
    }

    /// Closes it as a person does: what the browser still holds in memory (cookies) reaches the disk.
    pub async fn close(&mut self) -> Result<()> {
        self.console().await?;
        let mut session = self.session.take().context("the browser does not run")?;
        session.client.close().await?;
        session.driver.process.kill();
        Ok(())
    }

    /// The WebDriver session, for what has no helper here.
    pub fn client(&self) -> &Client {
        &self.session.as_ref().expect("the browser runs").client
    }

    /// Gives the screen another size; browsers other than Chromium have a window that may not become as small.
    pub async fn resize(&self, screen: Screen) -> Result<()> {
        if self.engine != Engine::Chromium {
            return Ok(self.client().set_window_size(screen.width, screen.height).await?);
        }
        let metrics = json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": true,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await
    }

    /// What the person has chosen in their system's settings: `light` or `dark`.
    pub async fn prefer(&self, color_scheme: &str) -> Result<()> {
        self.prefer_all(&[("prefers-color-scheme", color_scheme)]).await
    }

    /// The same with words that stand out more.
    pub async fn prefer_more_contrast(&self, color_scheme: &str) -> Result<()> {
        self.prefer_all(&[("prefers-color-scheme", color_scheme), ("prefers-contrast", "more")]).await
    }

    async fn prefer_all(&self, chosen: &[(&str, &str)]) -> Result<()> {
        let features = chosen.iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await
    }

    /// The device is at a latitude and a longitude, and says so to whoever asks; with no place it knows of none.
    pub async fn is_at(&self, place: Option<(f64, f64)>) -> Result<()> {
        let permission = json!({"origin": self.origin(), "permissions": ["geolocation"]});
        self.devtools("Browser.grantPermissions", permission).await?;
        let place = place.map_or_else(
            || json!({}),
            |(latitude, longitude)| json!({"latitude": latitude, "longitude": longitude, "accuracy": 10}),
        );
        self.devtools("Emulation.setGeolocationOverride", place).await
    }

    /// Everything the pages wrote to the console so far, oldest first.
    pub async fn console(&self) -> Result<Vec<String>> {
        if self.engine != Engine::Chromium {
            return Ok(self.printed_console());
        }
        let entries = self.client().issue_cmd(Vendor::new("se/log", json!({"type": "browser"}))).await?;
        let line = |entry: &Value| format!("{} {}", entry["level"].as_str().unwrap_or("?"), text_of(&entry["message"]));
        let mut console = self.console_lines();
        console.extend(entries.as_array().into_iter().flatten().map(line));
        Ok(console.clone())
    }

    /// The browsers without a log of their own print the console.
    fn printed_console(&self) -> Vec<String> {
        let said = self.session.as_ref().map(|session| session.driver.process.log()).unwrap_or_default();
        said.lines().filter(|line| line.to_lowercase().contains("console")).map(str::to_owned).collect()
    }

    /// Gives Chromium an order of its own protocol.
    ///
    /// # Errors
    /// When it is refused, or the browser is no Chromium.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<()> {
        self.devtools_answer(method, parameters).await.map(drop)
    }

    /// [`Self::devtools`], with what is answered.
    pub(crate) async fn devtools_answer(&self, method: &str, parameters: Value) -> Result<Value> {
        ensure!(self.engine == Engine::Chromium, "{method} is Chromium's own, and this is {:?}", self.engine);
        let command = Vendor::new("goog/cdp/execute", json!({"cmd": method, "params": parameters}));
        self.client().issue_cmd(command).await.with_context(|| format!("{method} failed"))
    }

    fn console_lines(&self) -> MutexGuard<'_, Vec<String>> {
        self.console.lock().expect("nobody panics while holding the console")
    }

    /// Writes the first half of a record to the end of the log in which Chromium keeps this site's databases, as a phone leaves
    /// it that loses its power in the middle of a write. The browser does not run meanwhile.
    pub fn tears_the_log(&self) -> Result<()> {
        let folder = self.folder.path().join(PROFILE).join("Default/IndexedDB");
        let sites = fs::read_dir(&folder)?.filter_map(|site| Some(site.ok()?.path()));
        let files =
            sites.filter_map(|site| fs::read_dir(site).ok()).flatten().filter_map(|file| Some(file.ok()?.path()));
        let log = files.filter(|file| file.extension().is_some_and(|ending| ending == "log")).max();
        let mut log = fs::OpenOptions::new().append(true).open(log.context("there is a log")?)?;
        // A checksum, a length of 256 and the kind "whole", and nothing of what they are of.
        Ok(log.write_all(&[1, 2, 3, 4, 0, 1, 1])?)
    }

    /// A killed browser leaves its lock and its debugging port behind; both name a process that is gone.
    fn remove_marks_of_the_dead(&self) {
        for mark in ["SingletonLock", "SingletonCookie", "SingletonSocket", "DevToolsActivePort", "lock", ".parentlock"]
        {
            // It is not there after a good end.
            let _ = fs::remove_file(self.folder.path().join(PROFILE).join(mark));
        }
    }
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
