//! Somebody with a keyboard and a voice that reads the page out: what has the focus, by its role and its name, where it goes with
//! each key, and what is heard.
//!
//! Whatever gets the focus has to be seen: with every key it is looked whether it is on the screen, covered by nothing and marked.

use anyhow::{Context, Result, bail, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use crate::browser::Browser;

const SCRIPT: &str = include_str!("keyboard.js");

/// More than any screen has: a longer way round is none.
const STOPS_MAX: usize = 400;

/// Keys as WebDriver names them.
pub mod key {
    /// To what comes next.
    pub const TAB: char = '\u{E004}';
    /// Follows a link, presses a button, sends a form.
    pub const ENTER: char = '\u{E007}';
    /// Presses a button, ticks a box.
    pub const SPACE: char = ' ';
    /// To the next of some radio buttons.
    pub const DOWN: char = '\u{E015}';
    /// Closes a question.
    pub const ESCAPE: char = '\u{E00C}';
    pub(super) const SHIFT: char = '\u{E008}';
}

/// What has the focus, as it is read out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Focus {
    /// `button`, `link`, `textbox`.
    pub role: String,
    /// Its name.
    pub name: String,
}

impl Focus {
    fn without_digits(&self) -> (&str, String) {
        (&self.role, self.name.replace(|letter: char| letter.is_ascii_digit(), ""))
    }
}

/// Who listens and types.
pub struct Listener<'a>(&'a Browser);

impl<'a> Listener<'a> {
    /// Listens to every page that is opened from here on.
    pub async fn of(browser: &'a Browser) -> Result<Self> {
        browser.begins_with(SCRIPT).await?;
        Ok(Self(browser))
    }

    /// Presses a key and lets it go.
    pub async fn presses(&self, key: char) -> Result<()> {
        self.strikes(&[KeyAction::Down { value: key }, KeyAction::Up { value: key }]).await
    }

    /// Goes back to what came before.
    pub async fn goes_back(&self) -> Result<()> {
        let keys = [(key::SHIFT, true), (key::TAB, true), (key::TAB, false), (key::SHIFT, false)];
        let act = |(value, down)| if down { KeyAction::Down { value } } else { KeyAction::Up { value } };
        self.strikes(&keys.map(act)).await
    }

    /// Types a text into what has the focus.
    pub async fn types(&self, text: &str) -> Result<()> {
        let strokes = text.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        self.strikes(&strokes.collect::<Vec<_>>()).await
    }

    async fn strikes(&self, strokes: &[KeyAction]) -> Result<()> {
        let strokes = strokes.iter().cloned().fold(KeyActions::new("keyboard".into()), KeyActions::then);
        Ok(self.0.client().perform_actions(strokes).await?)
    }

    /// What has the focus; none where it is on the page as a whole.
    pub async fn focus(&self) -> Result<Option<Focus>> {
        let is_lost = "return document.activeElement === document.body || !document.activeElement";
        if self.0.client().execute(is_lost, vec![]).await? == json!(true) {
            return Ok(None);
        }
        let element = self.0.client().active_element().await?.element_id().to_string();
        let says = async |what: &'static str| {
            let said = self.0.client().issue_cmd(Computed { element: element.clone(), what }).await?;
            said.as_str().map(str::to_owned).with_context(|| format!("no {what} of what has the focus: {said}"))
        };
        Ok(Some(Focus { role: says("computedrole").await?, name: says("computedlabel").await? }))
    }

    /// Goes on by Tab until something has this role and a name that begins so, as far as once around the page.
    ///
    /// # Errors
    /// When there is no such thing, with all that there is; or when something on the way cannot be seen.
    pub async fn goes_to(&self, role: &str, name: &str) -> Result<Focus> {
        let mut passed = vec![];
        while passed.len() < STOPS_MAX {
            self.presses(key::TAB).await?;
            let Some(focus) = self.focus().await? else {
                passed.push("the page".to_owned());
                if passed.iter().filter(|stop| *stop == "the page").count() > 1 {
                    break;
                }
                continue;
            };
            self.is_seen(&focus).await?;
            if focus.role == role && focus.name.starts_with(name) {
                return Ok(focus);
            }
            passed.push(format!("{} {:?}", focus.role, focus.name));
        }
        bail!("there is no {role} {name:?} on {}, but: {}", self.0.path().await?, passed.join(", "))
    }

    /// Goes to something and presses it by the key that is meant for it.
    pub async fn follows(&self, role: &str, name: &str) -> Result<()> {
        self.goes_to(role, name).await?;
        self.presses(key::ENTER).await
    }

    /// Goes once around the page, forwards and back: everything on it is reached, seen, and left again. How many stops there are.
    ///
    /// # Errors
    /// When the focus is caught somewhere, or something has it that cannot be seen or has no name.
    pub async fn goes_around(&self) -> Result<usize> {
        let there = self.one_round(key::TAB).await?;
        let mut back = self.one_round(key::SHIFT).await?;
        back.reverse();
        // Names that tell the time change meanwhile.
        let is_same = there.iter().map(Focus::without_digits).eq(back.iter().map(Focus::without_digits));
        ensure!(is_same, "{}: forwards {there:?}, and back {back:?}", self.0.path().await?);
        Ok(there.len())
    }

    /// From the page as a whole to the page as a whole, or to what was met first: a browser without a window has nothing outside of
    /// its page, and does not always stop there.
    async fn one_round(&self, key: char) -> Result<Vec<Focus>> {
        let leaves = "document.activeElement.blur(); getSelection().removeAllRanges()";
        self.0.client().execute(leaves, vec![]).await?;
        // Where the focus was, the next Tab would go on.
        let begins = "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')";
        self.0.client().execute(begins, vec![]).await?;
        let (mut stops, mut is_outside, mut first) = (vec![], key != key::SHIFT, None);
        while stops.len() < STOPS_MAX {
            match key {
                key::SHIFT => self.goes_back().await?,
                key => self.presses(key).await?,
            }
            let Some(focus) = self.focus().await? else {
                if stops.is_empty() && !is_outside {
                    is_outside = true; // One key backwards leads out of the page, and the next comes in at its end.
                    continue;
                }
                return Ok(stops);
            };
            let here = self.0.client().active_element().await?.element_id().to_string();
            if first.as_ref() == Some(&here) {
                return Ok(stops);
            }
            first.get_or_insert(here);
            self.is_seen(&focus).await?;
            ensure!(!focus.name.is_empty(), "a {} on {} has no name", focus.role, self.0.path().await?);
            stops.push(focus);
        }
        bail!("the focus does not come out of {}: {stops:?}", self.0.path().await?)
    }

    /// What has the focus is seen, if not in the very moment of the key, then soon: a list may be drawn anew under it.
    async fn is_seen(&self, focus: &Focus) -> Result<()> {
        let look = async || {
            let trouble = self.0.client().execute("return window.focusTrouble()", vec![]).await?;
            Ok(trouble.is_null().then_some(()))
        };
        match self.0.until(&format!("{focus:?} to be seen"), look).await {
            Ok(()) => Ok(()),
            Err(error) => {
                let trouble = self.0.client().execute("return window.focusTrouble()", vec![]).await?;
                Err(error.context(format!("{focus:?} on {}: {trouble}", self.0.path().await?)))
            }
        }
    }

    /// A screen has come: its heading has the focus, which is how it is read out first, and the window has its name.
    pub async fn comes_to(&self, heading: &str) -> Result<()> {
        let focus = self.comes_back_to(heading).await?;
        self.is_seen(&focus).await
    }

    /// The same for a screen that was left before: whoever comes back finds it scrolled as it was, and its heading need not be seen.
    pub async fn comes_back_to(&self, heading: &str) -> Result<Focus> {
        let script = "
            const focused = document.activeElement;
            return focused?.localName === 'h1' && focused.innerText.includes(arguments[0])
                && document.title.startsWith(focused.innerText);
        ";
        let look = async || {
            let is_there = self.0.client().execute(script, vec![json!(heading)]).await?;
            Ok((is_there == json!(true)).then_some(()))
        };
        self.0.until(&format!("the heading {heading:?} to have the focus, and the window its name"), look).await?;
        let focus = self.focus().await?.context("a heading has the focus")?;
        ensure!(focus.role == "heading", "what was come to is read out as a {}", focus.role);
        Ok(focus)
    }

    /// All that was read out since the page was opened.
    pub async fn heard(&self) -> Result<Vec<String>> {
        let heard = self.0.client().execute("return window.heard", vec![]).await?;
        let words = |heard: &Value| {
            heard.as_array().map(|all| all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        };
        words(&heard).with_context(|| format!("nobody listens to this page: {heard}"))
    }

    /// Waits until something with these words is read out.
    pub async fn hears(&self, words: &str) -> Result<()> {
        let script = "return window.heard.some(said => said.includes(arguments[0]))";
        let look =
            async || Ok((self.0.client().execute(script, vec![json!(words)]).await? == json!(true)).then_some(()));
        match self.0.until(&format!("{words:?} to be read out"), look).await {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("heard so far: {:#?}", self.heard().await?))),
        }
    }

    /// Of all that was read out, how often these words were in it.
    pub async fn times_heard(&self, words: &str) -> Result<usize> {
        Ok(self.heard().await?.iter().filter(|said| said.contains(words)).count())
    }
}

/// What the browser computes for those to whom the page is read out.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/element/{}/{}", session.unwrap_or_default(), self.element, self.what))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::GET, None)
    }
}
