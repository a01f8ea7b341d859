//! The language that the screens speak, and how it writes numbers, money and times.
//!
//! The page says which one it is (`<html lang>`): the shell's `public/language.js` has set it before anything was drawn, from what the
//! person chose here or what their browser asks for. [`set`] speaks another from now on: all views are drawn anew, and all that is
//! kept stays. A page fetches the words of its own language; the service worker keeps those of all, for who changes it in a tunnel.

mod fill;
mod plural;
mod table;

pub mod format;

pub use fill::{Given, fill};

use std::cell::Cell;

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::start;
use crate::texts::CODES;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Deutsch.
    German,
    /// Español.
    Spanish,
    /// العربية, which is written from right to left.
    Arabic,
}

impl Language {
    /// All, in the order of the tables of texts.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::Spanish, Self::Arabic];

    /// Its code: `ar`.
    pub fn code(self) -> &'static str {
        CODES[self as usize]
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        ["English", "Deutsch", "Español", "العربية"][self as usize]
    }

    /// Where its lines begin: `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        if self == Self::Arabic { "rtl" } else { "ltr" }
    }

    /// The language of a tag such as `de-AT`.
    fn of(tag: &str) -> Option<Self> {
        let code = tag.split('-').next()?;
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

thread_local! {
    static NOW: Cell<Language> = const { Cell::new(Language::English) };
    static SPOKEN: ArcRwSignal<Language> = ArcRwSignal::new(now());
}

/// The language that is spoken now. It is no signal: views are drawn anew when it changes.
pub fn now() -> Language {
    NOW.get()
}

/// The same as a signal, for what draws all views anew.
pub fn spoken() -> Signal<Language> {
    SPOKEN.with(|spoken| spoken.clone().into())
}

/// Says how the words of a language are fetched: by its code, as a promise of a text.
pub fn fetched_by(fetch: Function) {
    table::fetched_by(fetch);
}

/// Begins with the language of the page, as soon as its words are here.
///
/// # Errors
/// When they cannot be fetched.
pub async fn begin() -> Result<(), JsValue> {
    let tag = document().document_element().and_then(|page| page.get_attribute("lang")).unwrap_or_default();
    let language = Language::of(&tag).unwrap_or_default();
    table::ensure(language).await?;
    NOW.set(language);
    SPOKEN.with(|spoken| spoken.set(language));
    Ok(())
}

/// Speaks `language` from now on; the shell turns the page, and remembers it.
///
/// # Errors
/// When its words cannot be fetched: what was spoken before goes on being spoken.
pub async fn set(language: Language) -> Result<(), JsValue> {
    table::ensure(language).await?;
    start::tell_shell("carryout:language", &JsValue::from_str(language.code()));
    NOW.set(language);
    SPOKEN.with(|spoken| spoken.set(language));
    Ok(())
}

/// What a message without anything put in says, by its number.
pub(crate) fn pick(number: usize) -> &'static str {
    table::text(now(), number)
}

#[cfg(test)]
pub(crate) fn speaking<T>(language: Language, say: impl FnOnce() -> T) -> T {
    let before = NOW.replace(language);
    let said = say();
    NOW.set(before);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_code_and_its_tag_is_known() {
        assert_eq!(Language::ALL.map(Language::code), ["en", "de", "es", "ar"]);
        assert_eq!(Language::of("ar-EG"), Some(Language::Arabic));
        assert_eq!([Language::of("fr"), Language::of(""), Language::of("den")], [None; 3]);
    }

    #[test]
    fn the_shell_and_the_app_agree_on_what_is_spoken() {
        let shell = include_str!("../../../public/language.js");
        for language in Language::ALL {
            assert!(shell.contains(&format!("\n  {}: {{", language.code())), "public/language.js lacks {language:?}");
            let heading = speaking(language, crate::texts::catalog::hungry_for);
            assert!(
                shell.contains(&format!("hungry: '{heading}',")),
                "the first look says something else in {language:?}"
            );
        }
    }
}
