//! Which form a number asks for, by CLDR's rules for whole numbers: <https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>.

use super::Language;

/// The form of a number, by the first letter of CLDR's name for it, as texts have it; nothing is `other`.
pub fn form(language: Language, number: u64) -> &'static str {
    match language {
        Language::English | Language::German | Language::Spanish if number == 1 => "o",
        Language::English | Language::German | Language::Spanish => "",
        Language::Arabic => match (number, number % 100) {
            (0, _) => "z",
            (1, _) => "o",
            (2, _) => "t",
            (_, 3..=10) => "f",
            (_, 11..=99) => "m",
            _ => "",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_has_six_forms() {
        let of = |numbers: &[u64]| numbers.iter().map(|n| form(Language::Arabic, *n)).collect::<Vec<_>>();
        assert_eq!(
            of(&[0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 1000]),
            ["z", "o", "t", "f", "f", "m", "m", "", "", "f", "m", ""]
        );
    }

    #[test]
    fn the_others_tell_one_from_all_else() {
        for language in [Language::English, Language::German, Language::Spanish] {
            assert_eq!([0, 1, 2, 101].map(|n| form(language, n)), ["", "o", "", ""], "{language:?}");
        }
    }
}
