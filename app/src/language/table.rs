//! The texts of the languages that were asked for, by the numbers that [`crate::texts`] knows them by. `crates/words/src/table.rs`
//! writes them; a bundle's entry says how they are fetched.
//!
//! A table that came stays while the page does: texts are lent to views for ever, and there are no more tables than languages.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::Language;
use crate::texts::{BETWEEN, CODES, EDITION};

type Table = &'static [&'static str];

thread_local! {
    static TABLES: Cell<[Option<Table>; CODES.len()]> = const { Cell::new([None; CODES.len()]) };
    /// From a language's code to a promise of its table.
    static FETCH: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// From now on tables are fetched by `fetch`, which answers a promise of the text of the code that it is given.
pub(super) fn fetched_by(fetch: Function) {
    FETCH.set(Some(fetch));
}

/// The text with this number, in a language whose table is here.
pub(super) fn text(language: Language, number: usize) -> &'static str {
    #[cfg(test)]
    tests::take_all();
    TABLES.get()[language as usize].and_then(|table| table.get(number)).copied().unwrap_or_default()
}

/// Waits for the table of a language, unless it is here.
///
/// # Errors
/// When it cannot be fetched, or is of another build than this code.
pub(super) async fn ensure(language: Language) -> Result<(), JsValue> {
    if TABLES.get()[language as usize].is_some() {
        return Ok(());
    }
    let asked = FETCH.with_borrow(|fetch| {
        let fetch = fetch.as_ref().ok_or("nobody said how words are fetched")?;
        Ok::<_, JsValue>(fetch.call1(&JsValue::UNDEFINED, &language.code().into())?.unchecked_into::<Promise>())
    })?;
    let text = JsFuture::from(asked).await?.as_string().ok_or("words are a text")?;
    Ok(take(language, text)?)
}

/// Keeps a table.
fn take(language: Language, text: String) -> Result<(), &'static str> {
    let (edition, texts) = text.leak().split_once(BETWEEN).ok_or("this file has no words")?;
    if edition != EDITION {
        return Err("the words are of another build than the code");
    }
    let mut tables = TABLES.get();
    tables[language as usize] = Some(texts.split(BETWEEN).collect::<Vec<_>>().leak());
    TABLES.set(tables);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests speak all languages from the first.
    pub(super) fn take_all() {
        if TABLES.get()[0].is_some() {
            return;
        }
        let tables = [
            include_str!(concat!(env!("OUT_DIR"), "/words.en.txt")),
            include_str!(concat!(env!("OUT_DIR"), "/words.de.txt")),
            include_str!(concat!(env!("OUT_DIR"), "/words.es.txt")),
            include_str!(concat!(env!("OUT_DIR"), "/words.ar.txt")),
        ];
        for (language, table) in Language::ALL.into_iter().zip(tables) {
            assert_eq!(take(language, table.to_owned()), Ok(()), "{language:?}");
        }
    }

    #[test]
    fn a_table_of_another_build_is_not_taken() {
        take_all();
        let before = TABLES.get();
        assert!(take(Language::German, "0123\u{1e}Hallo".to_owned()).is_err());
        assert!(take(Language::German, "<html>".to_owned()).is_err());
        assert_eq!(TABLES.get(), before);
        assert!(take(Language::German, format!("{EDITION}\u{1e}Hallo\u{1e}du")).is_ok());
        assert_eq!([0, 1, 2].map(|number| text(Language::German, number)), ["Hallo", "du", ""]);
    }
}
