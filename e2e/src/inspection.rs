//! Somebody who looks at every screen for those who need more of it than most: axe-core by day, by night and with more contrast, how large what is
//! tapped is, and whether all of it fits on the smallest phone with letters twice as large.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::{Browser, Screen};
use crate::world::repository;

const SCRIPT: &str = include_str!("inspection.js");

/// Where npm puts it.
const AXE: &str = "e2e/web/node_modules/axe-core/axe.min.js";

/// The size of letters that browsers begin with, in CSS pixels.
const LETTERS: u32 = 16;

/// What is wrong, and on which screens.
type Found = BTreeMap<String, Vec<String>>;

/// A walk over screens. It is over when [`Self::ends`] has told what was found.
pub struct Inspection {
    axe: String,
    screens: usize,
    found: Found,
}

impl Inspection {
    /// Begins one.
    ///
    /// # Errors
    /// When axe-core is not installed.
    pub fn begins() -> Result<Self> {
        let path = repository().join(AXE);
        let axe = fs::read_to_string(&path)
            .with_context(|| format!("{} is missing: run `cargo xtask browsers`", path.display()))?;
        Ok(Self { axe, screens: 0, found: Found::new() })
    }

    /// Looks at the screen that is open, as it is now, in every way; `screen` is its name for whoever reads what was found.
    pub async fn looks_at(&mut self, browser: &Browser, screen: &str) -> Result<()> {
        self.looks(browser, screen, &["targets"]).await
    }

    /// The same for a screen of people whose hands are wet, gloved or on a handlebar.
    pub async fn looks_at_work(&mut self, browser: &Browser, screen: &str) -> Result<()> {
        self.looks(browser, screen, &["targets", "mainActions"]).await
    }

    async fn looks(&mut self, browser: &Browser, screen: &str, at: &[&str]) -> Result<()> {
        self.screens += 1;
        let has_axe = browser.client().execute("return window.axe !== undefined", vec![]).await?;
        if has_axe != json!(true) {
            browser.client().execute(&self.axe, vec![]).await.context("axe-core does not start")?;
        }
        browser.client().execute(SCRIPT, vec![]).await?;
        browser.resize(Screen::PHONE).await?;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await?;
            self.notes(browser, "axe", &format!("{screen}, {scheme}")).await?;
        }
        for scheme in ["light", "dark"] {
            browser.prefer_more_contrast(scheme).await?;
            self.notes(browser, "contrast", &format!("{screen}, {scheme}, more contrast")).await?;
        }
        browser.prefer("light").await?;
        for function in at {
            self.notes(browser, function, screen).await?;
        }
        browser.resize(Screen::SMALL).await?;
        browser.has_letters_of(2 * LETTERS).await?;
        self.notes(browser, "reflow", &format!("{screen}, 320 px and letters twice as large")).await?;
        browser.screenshot(&format!("screens/large-letters-{screen}")).await?;
        browser.has_letters_of(LETTERS).await?;
        browser.resize(Screen::PHONE).await?;
        // A phone that is given another size stays zoomed as far as it was to fit the one before.
        browser.devtools("Emulation.resetPageScaleFactor", json!({})).await?;
        // What is tapped next stands where it stood before: the page is drawn at its size again.
        let drawn = "const [done] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";
        browser.client().execute_async(drawn, vec![]).await?;
        Ok(())
    }

    async fn notes(&mut self, browser: &Browser, function: &str, place: &str) -> Result<()> {
        let script = "
            const [look, done] = arguments;
            window.inspection.settle();
            Promise.resolve(window.inspection[look]()).then(done, error => done(String(error)));
        ";
        let said = browser.client().execute_async(script, vec![json!(function)]).await?;
        let lines = said.as_array().with_context(|| format!("{place}: {function} could not look: {said}"))?;
        for line in lines.iter().filter_map(Value::as_str) {
            self.found.entry(line.to_owned()).or_default().push(place.to_owned());
        }
        Ok(())
    }

    /// How many screens were seen.
    ///
    /// # Errors
    /// With all that was found, each with the screens on which it is so.
    pub fn ends(self) -> Result<usize> {
        let told = self.found.iter().map(|(what, places)| format!("{what}\n    on {}", places.join("; ")));
        let told = told.collect::<Vec<_>>().join("\n");
        ensure!(self.found.is_empty(), "{} things on {} screens:\n{told}", self.found.len(), self.screens);
        Ok(self.screens)
    }
}

impl Browser {
    /// The person has chosen in the browser's settings how large letters are.
    pub async fn has_letters_of(&self, pixels: u32) -> Result<()> {
        self.devtools("Page.setFontSizes", json!({"fontSizes": {"standard": pixels, "fixed": pixels}})).await
    }
}
