//! The languages, and what their grammar needs of a text that counts.

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its code, which names its folder.
    pub code: &'static str,
    /// The forms that a number asks for: CLDR's cardinal categories, without those that no count in this app comes to. Spanish has
    /// `many` for whole millions, which read like `other` here.
    pub plurals: &'static [Plural],
}

/// A form that a number asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural {
    /// As translators write it.
    pub name: &'static str,
    /// The one number that asks for it, where there is only one: a text for exactly that number will do then.
    pub only: Option<u64>,
}

const fn of(name: &'static str) -> Plural {
    Plural { name, only: None }
}

const fn only(name: &'static str, number: u64) -> Plural {
    Plural { name, only: Some(number) }
}

/// English first: the others are held against it. The app's table of languages has the same order.
pub const LANGUAGES: [Language; 4] = [
    Language { code: "en", plurals: &[only("one", 1), of("other")] },
    Language { code: "de", plurals: &[only("one", 1), of("other")] },
    Language { code: "es", plurals: &[only("one", 1), of("other")] },
    Language {
        code: "ar",
        plurals: &[only("zero", 0), only("one", 1), only("two", 2), of("few"), of("many"), of("other")],
    },
];

/// The language of a code.
///
/// # Panics
/// For a code that no folder has.
pub fn language(code: &str) -> &'static Language {
    LANGUAGES.iter().find(|language| language.code == code).expect("a source is of a known language")
}
