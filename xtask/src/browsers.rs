//! The browsers of the browser tests, and what drives them: found, or installed where that is allowed, or said to be
//! missing with the command that brings them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    project::{command, output, run},
    tools,
};

/// A browser that stories are told in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Browser {
    /// Every story.
    Chromium,
    /// The stories that need nothing of Chromium's own.
    Firefox,
    /// The engine of Safari, as GTK has it; it wants a display, so a virtual one comes with it.
    WebKit,
}

impl Browser {
    /// All of them, the one with every story first.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name for a person.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }

    /// What the names of its tests begin with; Chromium's are all the others.
    pub(crate) fn prefix(self) -> Option<&'static str> {
        match self {
            Self::Chromium => None,
            Self::Firefox => Some("firefox_"),
            Self::WebKit => Some("webkit_"),
        }
    }

    /// Sees to it that it can be driven.
    ///
    /// # Errors
    /// When something is missing and may not be installed here; the message is what a person can do.
    pub(crate) fn ensure(self) -> Result<()> {
        if !self.is_there() {
            self.install()?;
        }
        if self == Self::Firefox {
            tools::geckodriver()?;
        }
        Ok(())
    }

    /// Debian's names.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => &["webkit2gtk-driver", "libwebkit2gtk-4.1-0", "xvfb"],
        }
    }

    fn is_there(self) -> bool {
        let answers = |program: &str| output(command(program).arg("--version")).is_some();
        match self {
            Self::Chromium => answers("chromedriver") && (answers("chromium") || answers("google-chrome")),
            Self::Firefox => answers("firefox-esr") || answers("firefox"),
            Self::WebKit => on_path("WebKitWebDriver") && on_path("Xvfb") && mini_browser().is_some(),
        }
    }

    fn install(self) -> Result<()> {
        let (name, packages) = (self.name(), self.packages().join(" "));
        if !Path::new("/etc/debian_version").exists() {
            bail!("{name} and its driver are not on the PATH; Debian's packages are called {packages}");
        }
        if output(command("id").arg("-u")).as_deref() != Some("0") {
            bail!("{name} is missing: run `sudo apt-get install -y --no-install-recommends {packages}`");
        }
        println!("Installing {name} with apt-get (a minute or two): browser tests drive it.");
        let apt = |words: &[&str]| {
            let mut call = command("apt-get");
            run(call.args(words).env("DEBIAN_FRONTEND", "noninteractive"))
        };
        let install = [&["install", "-y", "--no-install-recommends"], self.packages()].concat();
        // The package lists of a fresh image are empty.
        apt(&install)
            .or_else(|_| apt(&["update"]).and_then(|()| apt(&install)))
            .with_context(|| format!("{name} is missing: run `apt-get update && apt-get install -y {packages}`"))?;
        if !self.is_there() {
            bail!("apt-get installed {packages}, and {name} still does not answer");
        }
        Ok(())
    }
}

/// Sees to it that every browser can be driven; one that cannot hides no other.
///
/// # Errors
/// When one is missing.
pub(crate) fn ensure_all() -> Result<()> {
    let mut missing = 0;
    for browser in Browser::ALL {
        match browser.ensure() {
            Ok(()) => println!("{}: ready", browser.name()),
            Err(error) => {
                missing += 1;
                println!("{}: {error:#}", browser.name());
            }
        }
    }
    if missing > 0 {
        bail!("{missing} of {} browsers are missing", Browser::ALL.len());
    }
    Ok(())
}

/// Some programs know no `--version`.
fn on_path(program: &str) -> bool {
    output(Command::new("sh").args(["-c", "command -v \"$0\"", program])).is_some()
}

/// Debian puts it into a folder that is named after the machine.
fn mini_browser() -> Option<PathBuf> {
    let lib = std::fs::read_dir("/usr/lib").ok()?;
    let in_folder = |folder: PathBuf| folder.join("webkit2gtk-4.1/MiniBrowser");
    lib.filter_map(Result::ok).map(|entry| in_folder(entry.path())).find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_browser_says_what_brings_it() {
        for browser in Browser::ALL {
            assert!(!browser.packages().is_empty(), "{}", browser.name());
        }
        assert!(on_path("sh") && !on_path("no such program"));
    }
}
