//! Messages with something put in. Their texts carry marks, which `crates/words/src/table.rs` has set.

use super::plural::form;
use super::{Language, now, pick};
use crate::texts::{END, NEXT, SAYS, SELECT};

/// Something that is put into a message.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// Words.
    Text(&'a str),
    /// A number, on which words may depend.
    Number(u64),
}

/// Around words that may run the other way than the sentence: without these a name or a price would take the sentence's dots and
/// numbers along to its own side.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// The message in the language that is spoken now, with what is given put in.
#[inline(never)]
pub fn fill(number: usize, given: &[Given<'_>]) -> String {
    filled(pick(number), given)
}

fn filled(text: &str, given: &[Given<'_>]) -> String {
    let mut said = String::new();
    write(text, given, now(), &mut said);
    said
}

/// Writes `text` up to the end of the variant that it is in, and answers what follows that.
fn write<'t>(text: &'t str, given: &[Given<'_>], language: Language, said: &mut String) -> &'t str {
    let mut rest = text;
    while let Some(place) = rest.find(|letter: char| letter < ' ') {
        said.push_str(&rest[..place]);
        let (mark, after) = (rest.as_bytes()[place], &rest[place + 1..]);
        rest = match char::from(mark) {
            NEXT => return after,
            SELECT => select(after, given, language, said),
            _ => {
                put(given[usize::from(mark) - 1], language, said);
                after
            }
        };
    }
    said.push_str(rest);
    ""
}

fn put(given: Given<'_>, language: Language, said: &mut String) {
    match given {
        Given::Number(number) => said.push_str(&number.to_string()),
        Given::Text(words) if language.direction() == "rtl" || words.chars().any(runs_to_the_left) => {
            said.push(ISOLATE.0);
            said.push_str(words);
            said.push(ISOLATE.1);
        }
        Given::Text(words) => said.push_str(words),
    }
}

/// Whether a letter is of a script that is written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours.
fn runs_to_the_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Writes the first variant that fits, and answers what follows them all.
fn select<'t>(text: &'t str, given: &[Given<'_>], language: Language, said: &mut String) -> &'t str {
    let Given::Number(number) = given[usize::from(text.as_bytes()[0]) - 1] else {
        unreachable!("words are not counted")
    };
    let (form, exact) = (form(language, number), number.to_string());
    let (mut rest, mut is_said) = (&text[1..], false);
    let mut unsaid = String::new();
    while let Some((key, after)) = rest.split_once(SAYS).filter(|_| !rest.starts_with(END)) {
        let fits = !is_said && (key.is_empty() || key == form || key == exact);
        is_said |= fits;
        rest = write(after, given, language, if fits { &mut *said } else { &mut unsaid });
    }
    rest.strip_prefix(END).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::speaking;

    const LEFT: &str = "\u{2}: \u{e}\u{1}7\u{f}seven\u{10}o\u{f}\u{1} left\u{10}\u{f}\u{1} are left\u{10}\u{11}.";

    fn left(language: Language, number: u64, name: &str) -> String {
        speaking(language, || filled(LEFT, &[Given::Number(number), Given::Text(name)]))
    }

    #[test]
    fn the_first_variant_that_fits_is_said() {
        let said = [1, 2, 7].map(|number| left(Language::English, number, "Ramen"));
        assert_eq!(said, ["Ramen: 1 left.", "Ramen: 2 are left.", "Ramen: seven."]);
    }

    #[test]
    fn a_variant_may_choose_again() {
        let text = "\u{e}\u{1}o\u{f}a \u{e}\u{2}o\u{f}b\u{10}\u{f}c\u{10}\u{11}\u{10}\u{f}d\u{10}\u{11}e";
        let said = |one, two| filled(text, &[Given::Number(one), Given::Number(two)]);
        assert_eq!([said(1, 1), said(1, 2), said(3, 1)], ["a be", "a ce", "de"]);
    }

    #[test]
    fn a_name_stays_on_its_side_of_the_sentence() {
        assert_eq!(left(Language::Arabic, 1, "Ginkgo!"), "\u{2068}Ginkgo!\u{2069}: 1 left.");
        assert_eq!(
            left(Language::English, 1, "\u{645}\u{637}\u{639}\u{645}"),
            "\u{2068}\u{645}\u{637}\u{639}\u{645}\u{2069}: 1 left."
        );
    }
}
