//! The browsers a story can be told in: how each is started and driven.
//!
//! Chromium tells every story. Firefox and WebKitGTK tell those that need nothing of Chromium's own (its DevTools).

use std::env;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use crate::process::{Process, START_MAX};
use crate::server::free_port;
use crate::wait::{self, PATIENCE};
use crate::world::repository;

/// Where Debian puts it; elsewhere chromedriver looks for a Chrome by itself.
const CHROMIUM: &str = "/usr/bin/chromium";
/// Where Debian puts it; elsewhere geckodriver looks for a Firefox by itself.
const FIREFOX: &str = "/usr/bin/firefox-esr";
/// The browser that comes with WebKitGTK, in the folder for libraries of this machine's kind.
const MINI_BROWSER: &str = "webkit2gtk-4.1/MiniBrowser";

/// No sandbox, because a container's root has none; the rest keeps Chromium from calling anyone but us.
const CHROMIUM_FLAGS: &[&str] = &[
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
    // Whoever runs the stories, the pages speak English until somebody chooses.
    "--lang=en-US",
    "--accept-lang=en-US",
    "--window-size=390,844",
];

/// A browser's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium behind chromedriver.
    Chromium,
    /// Firefox behind geckodriver.
    Firefox,
    /// WebKitGTK's own small browser behind its own driver, on a display that exists in memory only. Under a driver it
    /// keeps nothing on disk: a story that kills the browser and looks for what it stored cannot be told in it.
    WebKit,
}

/// A driver that answers on a port, and what it needs to live. Dropped in this order.
pub(crate) struct Driver {
    pub(crate) port: u16,
    pub(crate) process: Process,
    _display: Option<Process>,
}

impl Engine {
    /// Whether what a page stored is there after the browser was closed or killed.
    pub fn keeps_on_disk(self) -> bool {
        self != Self::WebKit
    }

    /// Starts the driver; `scratch` is where driver and browser put what a kill leaves behind.
    pub(crate) async fn start_driver(self, scratch: &Path, log: &Path) -> Result<Driver> {
        match self {
            Self::Chromium => {
                let mut command = Command::new("chromedriver");
                // A port that it chooses by itself is free for IPv6 and may be taken for IPv4, and then it gives up.
                command.arg(format!("--port={}", free_port())).env("TMPDIR", scratch);
                let mut process = Process::start("chromedriver", &mut command, log)?;
                let port = process.line(|line| port_after(line, "started successfully on port ")).await?;
                Ok(Driver { port, process, _display: None })
            }
            Self::Firefox => {
                let own = repository().join(".tools/bin/geckodriver");
                let mut command = Command::new(if own.is_file() { own } else { "geckodriver".into() });
                command.args(["--port", "0", "--websocket-port", "0", "--profile-root"]).arg(scratch);
                command.env("TMPDIR", scratch).env("HOME", scratch);
                let mut process = Process::start("geckodriver", &mut command, log)?;
                let port = process.line(|line| port_after(line, "Listening on 127.0.0.1:")).await?;
                Ok(Driver { port, process, _display: None })
            }
            Self::WebKit => start_webkit(scratch, log).await,
        }
    }

    /// What a session asks for; `profile` is the folder that outlives a kill.
    pub(crate) fn capabilities(self, profile: &Path) -> Result<Capabilities> {
        let patience = PATIENCE.as_millis() as u64;
        let mut wanted = json!({"timeouts": {"pageLoad": patience, "script": patience}});
        match self {
            Self::Chromium => {
                let mut arguments: Vec<String> = CHROMIUM_FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
                arguments.push(format!("--user-data-dir={}", profile.display()));
                wanted["goog:chromeOptions"] =
                    with_binary(json!({"args": arguments}), binary("CARRYOUT_CHROMIUM", CHROMIUM));
                wanted["goog:loggingPrefs"] = json!({"browser": "ALL"});
            }
            Self::Firefox => {
                std::fs::create_dir_all(profile)?;
                let preferences = json!({
                    // The console goes to the log.
                    "devtools.console.stdout.content": true,
                    // A profile that was killed opens as it was, without asking.
                    "browser.sessionstore.resume_from_crash": false,
                    "intl.accept_languages": "en-US",
                    "toolkit.startup.max_resumed_crashes": -1,
                    // A third of what a start costs is nothing that a story looks at: pictures of its window in quick
                    // succession, mends for other people's pages, a process kept in stock.
                    "layout.frame_rate": 20,
                    "extensions.webcompat.perform_injections": false,
                    "extensions.webcompat.perform_ua_overrides": false,
                    "extensions.webcompat.enable_shims": false,
                    "dom.ipc.processPrelaunch.enabled": false,
                });
                let options = json!({"args": ["-headless", "-profile", profile], "prefs": preferences});
                wanted["moz:firefoxOptions"] = with_binary(options, binary("CARRYOUT_FIREFOX", FIREFOX));
            }
            Self::WebKit => {
                let arguments = ["--automation", "--enable-write-console-messages-to-stdout=true"];
                let options = json!({"args": arguments, "binary": mini_browser()?});
                wanted["webkitgtk:browserOptions"] = options;
            }
        }
        Ok(wanted.as_object().cloned().expect("an object was just written"))
    }
}

/// A program that a variable names, or that is where Debian puts it.
fn binary(variable: &str, debian: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).or_else(|| Some(PathBuf::from(debian)).filter(|path| path.is_file()))
}

fn with_binary(mut options: Value, binary: Option<PathBuf>) -> Value {
    if let Some(binary) = binary {
        options["binary"] = json!(binary);
    }
    options
}

fn mini_browser() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CARRYOUT_MINI_BROWSER") {
        return Ok(named.into());
    }
    let lib = std::fs::read_dir("/usr/lib").context("cannot look for MiniBrowser")?;
    let mut programs = lib.filter_map(Result::ok).map(|folder| folder.path().join(MINI_BROWSER));
    programs.find(|program| program.is_file()).context("no MiniBrowser below /usr/lib: install libwebkit2gtk-4.1-0")
}

/// WebKit's driver cannot choose a port by itself and does not say when it is ready; Xvfb can and does.
async fn start_webkit(scratch: &Path, log: &Path) -> Result<Driver> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "800x1000x24", "-nolisten", "tcp"]);
    let mut display = Process::start("Xvfb", &mut command, log)?;
    let number: u32 = display.line(|line| line.trim().parse().ok()).await?;
    let port = free_port();
    let mut command = Command::new("WebKitWebDriver");
    command.arg(format!("--port={port}")).env("DISPLAY", format!(":{number}")).env("GDK_BACKEND", "x11");
    command.env("TMPDIR", scratch).env("HOME", scratch).env("XDG_RUNTIME_DIR", scratch);
    command.env("LANGUAGE", "en_US").env("WEBKIT_DISABLE_COMPOSITING_MODE", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
    let process = Process::start("WebKitWebDriver", &mut command, log)?;
    let answers = async || Ok::<_, ()>(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok());
    let ready = wait::until(START_MAX, answers).await.ok().flatten();
    ready.with_context(|| format!("WebKitWebDriver does not listen; it said:\n{}", process.log_tail()))?;
    Ok(Driver { port, process, _display: Some(display) })
}

fn port_after(line: &str, words: &str) -> Option<u16> {
    line.split_once(words)?.1.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_after;

    #[test]
    fn a_drivers_port_is_read_from_what_it_says() {
        let chromedriver = "ChromeDriver was started successfully on port 41331.";
        assert_eq!(port_after(chromedriver, "started successfully on port "), Some(41331));
        assert_eq!(port_after("1\tgeckodriver\tINFO\tListening on 127.0.0.1:4444", "127.0.0.1:"), Some(4444));
        assert_eq!(port_after("starting", "on port "), None);
    }
}
