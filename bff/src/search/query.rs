//! What somebody typed, as a query of the index.

use domain::RestaurantId;
use sync::AccountId;

use crate::hex::hex;
use crate::web::party::Party;

/// The longest search, in characters: a dish with its restaurant.
pub(super) const CHARS_MAX: usize = 100;

/// The most words of one: each is looked up.
pub(super) const WORDS_MAX: usize = 8;

/// Why it is no search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoSearch {
    /// There is no word in it.
    NoWord,
    /// It is longer than anybody types.
    TooLong,
}

/// The words of what was typed, as the index breaks texts: letters and digits of any script.
///
/// # Errors
/// It is none.
pub(super) fn words(typed: &str) -> Result<Vec<&str>, NoSearch> {
    if typed.chars().count() > CHARS_MAX {
        return Err(NoSearch::TooLong);
    }
    let words: Vec<&str> = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.len() {
        0 => Err(NoSearch::NoWord),
        1..=WORDS_MAX => Ok(words),
        _ => Err(NoSearch::TooLong),
    }
}

/// All of the words, each as the beginning of one, in what is `party`'s; a single letter or digit for itself, because half of all words
/// begin with it. A word is letters and digits, so it cannot end its quotes.
pub(super) fn query(words: &[&str], party: &Party) -> String {
    let begins =
        |word: &&str| if word.chars().nth(1).is_some() { format!("\"{word}\" *") } else { format!("\"{word}\"") };
    let words: Vec<String> = words.iter().map(begins).collect();
    let words = format!("words : ({})", words.join(" AND "));
    match party_word(party) {
        Some(party) => format!("parties : (\"{party}\") AND {words}"),
        None => words,
    }
}

/// The word of a party in the index; none for who finds everything.
fn party_word(party: &Party) -> Option<String> {
    match party {
        Party::Customer(account) => Some(customer(account)),
        Party::Restaurant(restaurant) => Some(house(restaurant)),
        Party::Driver(account) => Some(driver(account)),
        Party::Operator => None,
    }
}

// A name may hold what the index breaks words at, or differ from another only by what it folds away; its hexadecimal digits do not.

/// The word of who ordered it.
pub(super) fn customer(account: &AccountId) -> String {
    format!("c{}", hex(account.as_str().as_bytes()))
}

/// The word of who cooked it.
pub(super) fn house(restaurant: &RestaurantId) -> String {
    format!("r{}", hex(restaurant.0.as_bytes()))
}

/// The word of who brought it.
pub(super) fn driver(account: &AccountId) -> String {
    format!("d{}", hex(account.as_str().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_words_and_nothing_of_it_an_instruction() {
        let ada = Party::Customer("ada".into());
        let of = |typed| words(typed).map(|words| query(&words, &ada));
        assert_eq!(of("Margherita"), Ok("parties : (\"c616461\") AND words : (\"Margherita\" *)".to_owned()));
        assert_eq!(
            of("#42 jalape\u{f1}o"),
            Ok("parties : (\"c616461\") AND words : (\"42\" * AND \"jalape\u{f1}o\" *)".to_owned())
        );
        assert_eq!(words("\" OR parties : * NEAR("), Ok(vec!["OR", "parties", "NEAR"]));
        assert_eq!(query(&["pho"], &Party::Operator), "words : (\"pho\" *)");
        assert_eq!(query(&["4", "\u{e9}"], &Party::Operator), "words : (\"4\" AND \"\u{e9}\")");
    }

    #[test]
    fn what_holds_no_word_or_too_many_is_no_search() {
        assert_eq!(words(""), Err(NoSearch::NoWord));
        assert_eq!(words(" #-\u{2019}! "), Err(NoSearch::NoWord));
        assert_eq!(words("a b c d e f g h"), Ok(vec!["a", "b", "c", "d", "e", "f", "g", "h"]));
        assert_eq!(words("a b c d e f g h i"), Err(NoSearch::TooLong));
        assert_eq!(words(&"a".repeat(CHARS_MAX + 1)), Err(NoSearch::TooLong));
    }
}
