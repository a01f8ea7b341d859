//! Texts as people publish them, made fit to show and to name things by.

use std::collections::HashSet;
use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The longest name made from a text, in letters: it stands in addresses.
const SLUG_CHARS_MAX: usize = 64;

/// White space made single, and the character references that sites leave in their JSON made characters.
pub(super) fn clean(raw: &str) -> String {
    let spaced = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    if !spaced.contains('&') {
        return spaced;
    }
    let references = [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    let text = references.iter().fold(spaced, |text, (reference, character)| text.replace(reference, character));
    text.replace("&amp;", "&")
}

/// At most `max` characters of `text`, and whether some were cut.
pub(super) fn shorten(text: String, max: usize) -> (String, bool) {
    match text.char_indices().nth(max) {
        None => (text, false),
        Some(_) => {
            let kept: String = text.chars().take(max - 1).collect();
            (format!("{}…", kept.trim_end()), true)
        }
    }
}

/// A short readable name for `text`: small Latin letters, digits and hyphens. A text with none of them is named by its
/// hash, so that it keeps the name from one import to the next.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        let between = !fold(letter, &mut slug) && !matches!(letter, '\'' | '’') && !slug.ends_with('-');
        if between && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.get(..SLUG_CHARS_MAX).unwrap_or(&slug).trim_end_matches('-');
    if !slug.is_empty() {
        return slug.to_owned();
    }
    Sha256::digest(text.as_bytes()).iter().take(5).fold("x-".to_owned(), |mut name, byte| {
        write!(name, "{byte:02x}").expect("a string takes any text");
        name
    })
}

/// Appends a small letter as plain Latin ones; `false` where it has none.
fn fold(letter: char, slug: &mut String) -> bool {
    let plain = match letter {
        'a'..='z' | '0'..='9' => {
            slug.push(letter);
            return true;
        }
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' | 'ắ' | 'ằ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => "e",
        'ğ' | 'ģ' | 'ĝ' | 'ġ' => "g",
        'ħ' | 'ĥ' => "h",
        'ì'..='ï' | 'ī' | 'į' | 'ı' | 'ĩ' | 'ị' | 'ỉ' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ĺ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ' | 'ộ' | 'ớ' | 'ờ' | 'ở' | 'ợ' => {
            "o"
        }
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'ŧ' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ũ' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử' | 'ự' => "u",
        'ý' | 'ÿ' | 'ỳ' | 'ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        // What a letter carries when it is written apart from it (combining marks).
        '\u{300}'..='\u{36f}' => "",
        _ => return false,
    };
    slug.push_str(plain);
    true
}

/// Names given so far, each once.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// `wanted`, or with a number behind it where that is taken.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|count| format!("{wanted}-{count}"));
        let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
        let free = candidates.find(|name| self.0.insert(name.clone()));
        free.expect("the numbers do not end")
    }
}

/// The name that a publisher's `@id` gives a thing: what stands after the `#`, or else the last part of the address.
/// `None` for an id that means nothing outside its document.
pub(super) fn id_name(id: &str) -> Option<String> {
    let named = id.rsplit_once('#').map_or_else(|| last_segment(id), |(_, fragment)| Some(fragment))?;
    (!id.starts_with("_:") && !named.is_empty()).then(|| slug(named))
}

fn last_segment(id: &str) -> Option<&str> {
    let (_, path) = id.split_once("://")?.1.split_once('/')?;
    path.split(['?']).next()?.trim_end_matches('/').rsplit('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_latin_letters() {
        for (text, name) in [
            ("Supplì al telefono", "suppli-al-telefono"),
            ("Spicy 'nduja", "spicy-nduja"),
            ("Smørrebrød & Øl", "smorrebrod-ol"),
            ("Groß – klein", "gross-klein"),
            ("Phở Sen Vàng", "pho-sen-vang"),
            ("  75 cl ", "75-cl"),
        ] {
            assert_eq!(slug(text), name);
        }
    }

    #[test]
    fn a_name_without_latin_letters_is_always_the_same() {
        assert!(slug("味噌ラーメン").starts_with("x-"));
        assert_eq!(slug("味噌ラーメン"), slug("味噌ラーメン"));
        assert_ne!(slug("味噌ラーメン"), slug("醤油ラーメン"));
    }

    #[test]
    fn an_address_names_what_it_ends_in() {
        assert_eq!(id_name("https://a.example/menu#soup-1"), Some("soup-1".into()));
        assert_eq!(id_name("https://a.example/items/margherita/"), Some("margherita".into()));
        assert_eq!(id_name("https://a.example/"), None);
        assert_eq!(id_name("_:b7"), None);
    }

    #[test]
    fn a_name_is_given_once() {
        let mut names = Names::default();
        assert_eq!([names.claim("soup"), names.claim("soup"), names.claim("soup")], ["soup", "soup-2", "soup-3"]);
    }

    #[test]
    fn character_references_and_line_breaks_are_mended() {
        assert_eq!(clean(" Fish &amp;\n chips "), "Fish & chips");
        assert_eq!(shorten("Grüße".into(), 4), ("Grü…".into(), true));
    }
}
