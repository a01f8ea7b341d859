//! Functions that say messages: one a message, in a module a slice.
//!
//! A text travels as it is, with marks where something is put in, so that each function is a table of texts and no code: what reads the
//! marks is written once, in the app's `language`. A bundle holds the texts of those functions that it calls.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::language::LANGUAGES;
use crate::read::{File, Key, Kind, Message, Part, snake};

/// The mark before which variant to take: then the number's own mark, then each variant as its key, [`SAYS`], what it says and
/// [`NEXT`], and [`END`] after the last.
pub const SELECT: char = '\u{e}';
/// Between a variant's key and what it says.
pub const SAYS: char = '\u{f}';
/// After a variant.
pub const NEXT: char = '\u{10}';
/// After the variants.
pub const END: char = '\u{11}';

/// The mark where the `nth` given thing is put in, from 0. There is room for eight below the tabulator.
fn mark(nth: usize) -> char {
    assert!(nth < 8, "a message takes eight things at most: make two of it");
    char::from(b'\x01' + nth as u8)
}

/// All modules.
///
/// # Panics
/// For files that [`crate::compare`] complains of.
pub fn modules(files: &[File]) -> String {
    let codes: Vec<_> = LANGUAGES.iter().map(|language| language.code).collect();
    let mut code = format!(
        "/// The languages' codes, in the order of all tables.\npub const CODES: [&str; {}] = {codes:?};\n",
        codes.len()
    );
    let mut slices: BTreeMap<&str, Vec<&File>> = BTreeMap::new();
    for language in &LANGUAGES {
        for file in files.iter().filter(|file| file.language == language.code) {
            slices.entry(&file.slice).or_default().push(file);
        }
    }
    for (slice, files) in slices {
        let module = snake(slice);
        let _ = write!(
            code,
            "\n/// Of `{}`.\npub mod {module} {{\n    use crate::language::{{Given, fill, pick}};\n",
            files[0].path
        );
        let [english, ..] = files.as_slice() else { continue };
        for message in &english.messages {
            let texts = files.iter().map(|file| file.message(&message.key).expect("languages were compared"));
            code.push_str(&function(message, &texts.collect::<Vec<_>>()));
        }
        code.push_str("}\n");
    }
    code
}

/// A message's function; `texts` is the message in each language.
fn function(english: &Message, texts: &[&Message]) -> String {
    let given = english.given();
    let names: Vec<&str> = given.keys().copied().collect();
    let table: Vec<String> = texts.iter().map(|message| format!("{:?}", told(&message.parts, &names))).collect();
    let doc = format!(" `{}`", shown(&english.parts).replace('`', "'"));
    let (name, table) = (snake(&english.key), table.join(", "));
    if names.is_empty() {
        return format!(
            "\n    #[doc = {doc:?}]\n    pub fn {name}() -> &'static str {{\n        pick(&[{table}])\n    }}\n"
        );
    }
    let takes: Vec<_> = given
        .iter()
        .map(|(name, kind)| format!("{}: {}", snake(name), if *kind == Kind::Text { "&str" } else { "u64" }))
        .collect();
    let gives: Vec<_> = given
        .iter()
        .map(|(name, kind)| format!("Given::{}({})", if *kind == Kind::Text { "Text" } else { "Number" }, snake(name)))
        .collect();
    format!(
        "\n    #[doc = {doc:?}]\n    pub fn {name}({}) -> String {{\n        fill(&[{table}], &[{}])\n    }}\n",
        takes.join(", "),
        gives.join(", ")
    )
}

/// A text with its marks. `names` are what is given, in the order of the marks.
pub fn told(parts: &[Part], names: &[&str]) -> String {
    let of = |name: &str| mark(names.iter().position(|known| *known == name).expect("what is said is given"));
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Given(name, _) => text.push(of(name)),
            Part::Select(name, variants) => {
                text.extend([SELECT, of(name)]);
                for (key, parts) in in_order(variants) {
                    text.push_str(&short(key));
                    text.push(SAYS);
                    text.push_str(&told(parts, names));
                    text.push(NEXT);
                }
                text.push(END);
            }
        }
    }
    text
}

/// Numbers before forms, and what fits all at the end: the first that fits is taken.
fn in_order(variants: &[(Key, Vec<Part>)]) -> impl Iterator<Item = &(Key, Vec<Part>)> {
    let is_other = |key: &Key| *key == Key::Plural("other".to_owned());
    let (other, rest): (Vec<_>, Vec<_>) = variants.iter().partition(|(key, _)| is_other(key));
    let (exact, forms): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(key, _)| matches!(key, Key::Exactly(_)));
    exact.into_iter().chain(forms).chain(other)
}

/// A number as it is, a form by its first letter, and nothing for what fits all.
fn short(key: &Key) -> String {
    match key {
        Key::Exactly(number) => number.to_string(),
        Key::Plural(name) if name == "other" => String::new(),
        Key::Plural(name) => name.chars().take(1).collect(),
    }
}

/// A text as a person reads it in the documentation.
fn shown(parts: &[Part]) -> String {
    let seen = |part: &Part| match part {
        Part::Text(words) => words.clone(),
        Part::Given(name, _) => format!("{{{name}}}"),
        Part::Select(name, variants) => {
            let variants: BTreeSet<String> = variants.iter().map(|(_, parts)| shown(parts)).collect();
            format!("{{{name}: {}}}", variants.into_iter().collect::<Vec<_>>().join(" | "))
        }
    };
    parts.iter().map(seen).collect()
}
