//! What a person does with a page, and what can be seen in it and in the browser's storage.
//!
//! Every wait ends with what was awaited, or with the evidence: the page's words, the console and a screenshot.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Error, Result, anyhow, ensure};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::{Locator, wd::WindowHandle};
use serde_json::{Value, json};

use crate::browser::{Browser, Screen};
use crate::engine::Engine;
use crate::wait::{self, PATIENCE};
use crate::world::output_folder;

/// Pixels of a picture for one of the page, in each direction: sharp where a document shows it at half its size.
const SHARPNESS: u32 = 2;

/// Of a hundred. Beneath it letters begin to have shadows.
const QUALITY: u32 = 80;

/// How one look at a page goes: found, not yet, or broken for good.
pub type Story<T> = Result<Option<T>, CmdError>;

/// Reads one store of IndexedDB whole. A database that is not there is left not there. Bytes become text where they are
/// text, else an array of numbers, so that a record can be compared as JSON.
const READ_STORE: &str = r#"
    const [database, store, done] = arguments;
    const plain = value => {
        if (value instanceof ArrayBuffer) value = new Uint8Array(value);
        if (ArrayBuffer.isView(value)) {
            try { return new TextDecoder("utf-8", { fatal: true }).decode(value); }
            catch { return Array.from(value); }
        }
        if (typeof value === "bigint") return value.toString();
        if (value instanceof Date) return value.toISOString();
        if (Array.isArray(value)) return value.map(plain);
        if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [k, plain(v)]));
        if (value && typeof value === "object")
            return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
        return value === undefined ? null : value;
    };
    const opening = indexedDB.open(database);
    let isThere = true;
    opening.onupgradeneeded = () => { isThere = false; opening.transaction.abort(); };
    opening.onerror = () => done(isThere ? { error: String(opening.error) } : []);
    opening.onsuccess = () => {
        const db = opening.result;
        if (!db.objectStoreNames.contains(store)) { db.close(); return done([]); }
        const reading = db.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => { db.close(); done(reading.result.map(plain)); };
        reading.onerror = () => { db.close(); done({ error: String(reading.error) }); };
    };
"#;

impl Browser {
    /// Opens a path of the app and waits for its load event.
    pub async fn goto(&self, path: &str) -> Result<()> {
        let url = format!("{}{path}", self.origin());
        self.has_written().await?;
        self.client().goto(&url).await.with_context(|| format!("{} cannot open {url}", self.name()))
    }

    /// Goes to a path as a link does, without loading the page again.
    pub async fn goes(&self, path: &str) -> Result<()> {
        let script = "dispatchEvent(new CustomEvent('carryout:navigate', { detail: arguments[0] }))";
        self.client().execute(script, vec![path.into()]).await?;
        Ok(())
    }

    /// Reloads the page.
    pub async fn reload(&self) -> Result<()> {
        // Firefox's driver reloads past the service worker, as no person does.
        if self.engine() == Engine::Firefox {
            let here = self.client().current_url().await?;
            return self.client().goto(here.as_str()).await.context("cannot open the page again");
        }
        self.has_written().await?;
        self.client().refresh().await.with_context(|| format!("{} cannot reload", self.name()))
    }

    /// What a page is writing when it is left is undone, and WebKit cannot be asked for long whether it is written. The stories,
    /// which read it on the next page, leave one when it has written its rows.
    async fn has_written(&self) -> Result<()> {
        if self.engine() != Engine::WebKit {
            return Ok(());
        }
        let look = async || {
            let script = "return window.carryout?.status?.().rows_kept ?? true";
            let has_written = self.client().execute(script, vec![]).await?;
            Ok((has_written != json!(false)).then_some(()))
        };
        self.until("the page to have written its rows", look).await
    }

    /// The path that is open now.
    pub async fn path(&self) -> Result<String> {
        Ok(self.client().current_url().await?.path().to_owned())
    }

    /// Waits until an element is there and can be seen.
    pub async fn wait(&self, css: &str) -> Result<Element> {
        self.wait_at_most(PATIENCE, css).await
    }

    /// [`Self::wait`] for things that have a deadline of their own.
    pub async fn wait_at_most(&self, patience: Duration, css: &str) -> Result<Element> {
        let look = async || {
            let element = self.client().find(Locator::Css(css)).await?;
            Ok(element.is_displayed().await?.then_some(element))
        };
        self.until_within(patience, &format!("{css} to be seen"), look).await
    }

    /// How long after its navigation began the open page shows such an element, by the page's own clock. It is looked for
    /// from the load event on, so a page may have been faster than is told here, and never slower.
    pub async fn shown_after(&self, css: &str) -> Result<Duration> {
        let script = "
            const shown = document.querySelector(arguments[0])?.getClientRects().length;
            return shown ? performance.now() : null;
        ";
        let look = async || Ok(self.client().execute(script, vec![json!(css)]).await?.as_f64());
        let shown_ms = self.until(&format!("{css} to be seen"), look).await?;
        Ok(Duration::from_secs_f64(shown_ms / 1000.0))
    }

    /// Waits until no such element is left.
    pub async fn wait_gone(&self, css: &str) -> Result<()> {
        self.until(&format!("{css} to be gone"), async || Ok((self.look_count(css).await? == 0).then_some(()))).await
    }

    /// Waits until an element's attribute has this value.
    pub async fn wait_attr(&self, css: &str, name: &str, value: &str) -> Result<()> {
        self.wait_attr_within(PATIENCE, css, name, value).await
    }

    /// [`Self::wait_attr`] for things that have a deadline of their own.
    pub async fn wait_attr_within(&self, patience: Duration, css: &str, name: &str, value: &str) -> Result<()> {
        let look = async || Ok((self.look_attribute(css, name).await?.as_deref() == Some(value)).then_some(()));
        let what = format!("{css} to have {name}={value:?}");
        let seen = async || self.look_attribute(css, name).await.ok().flatten();
        match self.until_within(patience, &what, look).await {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("{name} is {:?} instead of {value:?}", seen().await))),
        }
    }

    /// Waits until an element's text holds these words.
    pub async fn wait_text(&self, css: &str, words: &str) -> Result<()> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? null";
        let look = async || {
            let text = self.client().execute(script, vec![json!(css)]).await?;
            Ok(text.as_str().is_some_and(|text| text.contains(words)).then_some(()))
        };
        self.until(&format!("{css} to say {words:?}"), look).await
    }

    /// The text a person sees in an element.
    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.wait(css).await?.text().await?)
    }

    /// An attribute of the first such element; `None` when the element has none.
    pub async fn attribute(&self, css: &str, name: &str) -> Result<Option<String>> {
        self.wait(css).await?;
        Ok(self.look_attribute(css, name).await?)
    }

    /// What a field holds.
    pub async fn value(&self, css: &str) -> Result<String> {
        Ok(self.wait(css).await?.prop("value").await?.unwrap_or_default())
    }

    /// How many such elements the page holds now.
    pub async fn count(&self, css: &str) -> Result<usize> {
        Ok(self.look_count(css).await?)
    }

    /// Taps an element when it is there, enabled and not covered.
    pub async fn click(&self, css: &str) -> Result<()> {
        let look = async || {
            let element = self.client().find(Locator::Css(css)).await?;
            if !element.is_enabled().await? {
                return Ok(None);
            }
            let centre = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
            self.client().execute(centre, vec![json!(element)]).await?;
            element.click().await.map(Some)
        };
        self.until(&format!("{css} to be tapped"), look).await
    }

    /// Replaces the text of a field.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let look = async || {
            let field = self.client().find(Locator::Css(css)).await?;
            field.clear().await?;
            field.send_keys(text).await?;
            Ok((field.prop("value").await?.as_deref() == Some(text)).then_some(()))
        };
        self.until(&format!("{css} to hold {text:?}"), look).await
    }

    /// Chooses a radio button or ticks a box, by its label when the input itself is drawn by the label.
    pub async fn choose(&self, css: &str) -> Result<()> {
        let script = "
            const input = document.querySelector(arguments[0]);
            if (!input || input.disabled) return false;
            if (!input.checked) input.click();
            return input.checked;
        ";
        let look = async || {
            let chosen = self.client().execute(script, vec![json!(css)]).await?;
            Ok((chosen == json!(true)).then_some(()))
        };
        self.until(&format!("{css} to be chosen"), look).await
    }

    /// Every record of a store; none when the database or the store is not there.
    pub async fn indexed_db(&self, database: &str, store: &str) -> Result<Vec<Value>> {
        let answer = self.client().execute_async(READ_STORE, vec![json!(database), json!(store)]).await?;
        answer.as_array().cloned().with_context(|| format!("cannot read {store} of {database}: {answer}"))
    }

    /// Opens a second tab on the same profile and shows it; gives back the first one's handle.
    pub async fn open_tab(&self) -> Result<WindowHandle> {
        self.open(true).await
    }

    /// The same in a window beside the first: both are looked at, and the one that leads keeps the lead.
    pub async fn open_window(&self) -> Result<WindowHandle> {
        self.open(false).await
    }

    async fn open(&self, as_tab: bool) -> Result<WindowHandle> {
        let first = self.client().window().await?;
        let second = self.client().new_window(as_tab).await?;
        self.client().switch_to_window(second.handle).await?;
        self.resize(Screen::PHONE).await?;
        Ok(first)
    }

    /// Shows another tab; gives back the handle of the one that was shown.
    pub async fn show_tab(&self, tab: WindowHandle) -> Result<WindowHandle> {
        let before = self.client().window().await?;
        self.client().switch_to_window(tab).await?;
        Ok(before)
    }

    /// A picture of the screen, in `target/e2e/`.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let path = output_folder("")?.join(format!("{name}.png"));
        fs::create_dir_all(path.parent().expect("a file stands in a folder"))?;
        fs::write(&path, self.client().screenshot().await?)?;
        Ok(path)
    }

    /// A picture for people who do not run the tests: small in bytes, of a sharp screen of this size, by day. Chromium's own.
    pub async fn picture(&self, screen: Screen, path: &Path) -> Result<()> {
        self.prefer("light").await?;
        let metrics =
            json!({"width": screen.width, "height": screen.height, "deviceScaleFactor": SHARPNESS, "mobile": true});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        let script = "
            scrollTo(0, 0);
            document.activeElement?.blur();
            for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
        ";
        self.client().execute(script, vec![]).await?;
        let how = json!({"format": "webp", "quality": QUALITY});
        let picture = self.devtools_answer("Page.captureScreenshot", how).await?;
        let picture = picture["data"].as_str().context("a picture has data")?;
        let bytes = BASE64_STANDARD.decode(picture).context("a picture is written in base 64")?;
        fs::create_dir_all(path.parent().context("a file stands in a folder")?)?;
        Ok(fs::write(path, bytes)?)
    }

    /// Fails when the page is wider than the screen.
    pub async fn has_no_sideways_scroll(&self) -> Result<()> {
        let script = "return [document.documentElement.scrollWidth, window.innerWidth]";
        let widths = self.client().execute(script, vec![]).await?;
        let (page, screen) = (widths[0].as_u64(), widths[1].as_u64());
        ensure!(page <= screen, "{}: the page is {page:?} wide, the screen {screen:?}", self.path().await?);
        Ok(())
    }

    /// Waits until a look finds something.
    pub async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Story<T>) -> Result<T> {
        self.until_within(PATIENCE, what, look).await
    }

    async fn until_within<T>(&self, patience: Duration, what: &str, look: impl AsyncFn() -> Story<T>) -> Result<T> {
        let obstacle = std::sync::Mutex::new(None);
        let careful_look = async || match look().await {
            Err(error) if is_not_yet(&error) => {
                obstacle.lock().expect("nobody panics while looking").replace(error.to_string());
                Ok(None)
            }
            other => other,
        };
        let found = match wait::until(patience, careful_look).await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => anyhow!("{} waited {patience:?} for {what}", self.name()),
            Err(error) => Error::new(error).context(format!("{} waited for {what}", self.name())),
        };
        let obstacle = obstacle.into_inner().ok().flatten().unwrap_or_default();
        Err(self.with_evidence(found, &obstacle).await)
    }

    async fn with_evidence(&self, error: Error, obstacle: &str) -> Error {
        // A page with nothing to read says by its elements how far it has come.
        let script = "
            const stage = document.querySelector('main');
            const text = document.body?.innerText ?? '';
            return stage?.innerText.trim() ? text : `${text}\n${stage?.outerHTML.slice(0, 600) ?? 'no main'}`;
        ";
        let page = self.client().execute(script, vec![]).await;
        let page = page.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        let url = self.client().current_url().await.map(|url| url.to_string()).unwrap_or_default();
        let console = self.console().await.unwrap_or_default();
        let console = console[console.len().saturating_sub(20)..].join("\n");
        let picture = match self.screenshot(&format!("failed-{}", self.mark())).await {
            Ok(path) => path.display().to_string(),
            Err(error) => error.to_string(),
        };
        anyhow!(
            "{error:#}\n  last obstacle: {obstacle}\n  at {url}\n  picture: {picture}\n--- the page says ---\n{page}\n\
             --- the console says ---\n{console}\n---"
        )
    }

    async fn look_attribute(&self, css: &str, name: &str) -> Result<Option<String>, CmdError> {
        let script = "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null";
        let value = self.client().execute(script, vec![json!(css), json!(name)]).await?;
        Ok(value.as_str().map(str::to_owned))
    }

    async fn look_count(&self, css: &str) -> Result<usize, CmdError> {
        let count =
            self.client().execute("return document.querySelectorAll(arguments[0]).length", vec![json!(css)]).await?;
        Ok(count.as_u64().unwrap_or(0) as usize)
    }
}

/// A page that is still being drawn: what is looked for is not there, was just replaced, or is covered for a moment; or the page
/// was too busy to say.
fn is_not_yet(error: &CmdError) -> bool {
    let CmdError::Standard(error) = error else { return false };
    matches!(
        error.error,
        ErrorStatus::NoSuchElement
            | ErrorStatus::StaleElementReference
            | ErrorStatus::ElementClickIntercepted
            | ErrorStatus::ElementNotInteractable
            | ErrorStatus::InvalidElementState
            | ErrorStatus::Timeout
            | ErrorStatus::ScriptTimeout
    )
}
