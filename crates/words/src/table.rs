//! The texts of a language, one after the other by the numbers that the [functions](mod@crate::rust) know them by.
//!
//! A text travels as it is, with marks where something is put in; what reads the marks is written once, in the app's `language`.
//! The first entry says of which edition a table is: a function with another edition's numbers would say something else than it means.

use std::collections::BTreeMap;

use crate::language::LANGUAGES;
use crate::read::{File, Key, Message, Part};

/// The mark before which variant to take: then the number's own mark, then each variant as its key, [`SAYS`], what it says and
/// [`NEXT`], and [`END`] after the last.
pub const SELECT: char = '\u{e}';
/// Between a variant's key and what it says.
pub const SAYS: char = '\u{f}';
/// After a variant.
pub const NEXT: char = '\u{10}';
/// After the variants.
pub const END: char = '\u{11}';
/// Between the entries of a table: ASCII's record separator.
pub const BETWEEN: char = '\u{1e}';

/// What who reads a table has to know, by name.
pub const MARKS: [(&str, char); 5] =
    [("SELECT", SELECT), ("SAYS", SAYS), ("NEXT", NEXT), ("END", END), ("BETWEEN", BETWEEN)];

/// The mark where the `nth` given thing is put in, from 0. There is room for eight below the tabulator.
fn mark(nth: usize) -> char {
    assert!(nth < 8, "a message takes eight things at most: make two of it");
    char::from(b'\x01' + nth as u8)
}

/// A slice's files, in the order of the languages.
#[derive(Debug)]
pub struct Slice<'a> {
    /// Its name.
    pub name: &'a str,
    files: Vec<&'a File>,
}

impl<'a> Slice<'a> {
    /// All slices of `files`, by their names.
    pub fn all(files: &'a [File]) -> Vec<Self> {
        let mut slices: BTreeMap<&str, Vec<&File>> = BTreeMap::new();
        for language in &LANGUAGES {
            for file in files.iter().filter(|file| file.language == language.code) {
                slices.entry(&file.slice).or_default().push(file);
            }
        }
        slices.into_iter().map(|(name, files)| Self { name, files }).collect()
    }

    /// Its file in English, against which the others were held.
    pub fn english(&self) -> &'a File {
        self.files[0]
    }
}

/// Which messages have which numbers, and what each is given: FNV-1a of all that, as 16 digits.
pub fn edition(slices: &[Slice<'_>]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for slice in slices {
        add(slice.name);
        for message in &slice.english().messages {
            add(&message.key);
            message.given().into_keys().for_each(&mut add);
        }
    }
    format!("{hash:016x}")
}

/// The table of each language, by its code.
///
/// # Panics
/// For files that [`crate::compare`] complains of.
pub fn tables(slices: &[Slice<'_>], edition: &str) -> BTreeMap<&'static str, String> {
    let table = |place: usize| {
        let mut table = edition.to_owned();
        for slice in slices {
            for english in &slice.english().messages {
                let message = slice.files[place].message(&english.key).expect("languages were compared");
                table.push(BETWEEN);
                table.push_str(&text(english, message));
            }
        }
        table
    };
    LANGUAGES.iter().enumerate().map(|(place, language)| (language.code, table(place))).collect()
}

/// A message's text with its marks, which are numbered as English names what is given.
fn text(english: &Message, message: &Message) -> String {
    let given = english.given();
    told(&message.parts, &given.keys().copied().collect::<Vec<_>>())
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
