//! Text about a person: a name, an address, a note.
//!
//! On a device it is plain. On the server it is sealed when it arrives, under a key of the person whom it is about, and stays
//! sealed in rows, facts and answers, wherever they are copied; it is opened where it leaves for a device that may read it.
//! Who destroys the key has erased the person everywhere at once, and no fact has to be taken back.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::AccountId;

/// Text about a person. It travels as a plain string, or sealed as `{"sealed":{"of":…,"text":…}}`.
#[derive(Clone, Default)]
pub struct Personal {
    /// What is written. Empty where only the seal is known.
    text: String,
    /// Apart, because on a device there is none.
    seal: Option<Box<Seal>>,
}

/// Text that only the holder of its subject's key can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Whom it is about, and whose key opens it.
    pub of: AccountId,
    /// What the key's holder made of the text; printable.
    pub text: String,
}

/// How a seal stands in JSON.
#[derive(Serialize, Deserialize)]
struct Sealed<S> {
    sealed: S,
}

/// What every seal in JSON begins with, as [`Personal`] writes it. Inside a string the quotes would have backslashes, so
/// nothing that a person writes can look like it.
const MARK: &str = "{\"sealed\":{";

impl Personal {
    /// The text; empty where it is sealed and was not opened.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to read, sealed or not.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.seal.as_ref().is_none_or(|seal| seal.text.is_empty())
    }

    /// Whether it has more than so many characters; of a seal that was not opened that was asked before.
    pub fn is_longer_than(&self, chars_max: usize) -> bool {
        self.text.chars().count() > chars_max
    }

    /// The same without spaces around it. A seal is made of text without them.
    pub fn trimmed(&self) -> Self {
        Self { text: self.text.trim().to_owned(), seal: self.seal.clone() }
    }

    /// The seal, where it has one.
    pub fn seal(&self) -> Option<&Seal> {
        self.seal.as_deref()
    }

    /// Whom it is about, where it is sealed.
    pub fn subject(&self) -> Option<&AccountId> {
        self.seal.as_ref().map(|seal| &seal.of)
    }

    /// Nothing is left of it, but about whom it was.
    pub fn erase(&mut self) {
        self.text.clear();
        self.seal.iter_mut().for_each(|seal| seal.text.clear());
    }

    /// Puts a seal on it, and keeps the text at hand for as long as this value lives: what is written down from now on is the
    /// seal. Nothing is left of a text that `seal` makes nothing of, because its subject is erased.
    pub fn seal_with(&mut self, seal: impl FnOnce(&str) -> Option<Seal>) {
        let text = self.text.trim();
        if !text.is_empty() {
            self.seal = seal(text).map(Box::new);
            self.text = if self.seal.is_some() { text.to_owned() } else { String::new() };
        }
    }
}

/// `json` with every seal in it opened: the plain text where `open` knows it, and nothing where its key is gone.
pub fn open_all<'a>(json: &'a str, mut open: impl FnMut(&Seal) -> Option<String>) -> Cow<'a, str> {
    let Some(first) = json.find(MARK) else { return Cow::Borrowed(json) };
    let mut opened = String::with_capacity(json.len());
    let (mut done, mut next) = (0, Some(first));
    while let Some(start) = next {
        let mut read = serde_json::Deserializer::from_str(&json[start..]).into_iter::<Sealed<Seal>>();
        // What begins like a seal and is none of ours stays as it is.
        let (end, text) = match read.next() {
            Some(Ok(Sealed { sealed })) => (start + read.byte_offset(), Some(open(&sealed).unwrap_or_default())),
            _ => (start + MARK.len(), None),
        };
        match text.and_then(|text| serde_json::to_string(&text).ok()) {
            Some(text) => {
                opened.push_str(&json[done..start]);
                opened.push_str(&text);
            }
            None => opened.push_str(&json[done..end]),
        }
        done = end;
        next = json[done..].find(MARK).map(|at| done + at);
    }
    opened.push_str(&json[done..]);
    Cow::Owned(opened)
}

impl From<String> for Personal {
    fn from(text: String) -> Self {
        Self { text, seal: None }
    }
}

impl From<&str> for Personal {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl PartialEq<&str> for Personal {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

/// Two that are sealed are alike when their seals are: the text may be at hand in one only.
impl PartialEq for Personal {
    fn eq(&self, other: &Self) -> bool {
        match (&self.seal, &other.seal) {
            (Some(one), Some(other)) => one == other,
            (None, None) => self.text == other.text,
            // What is erased is as good as never written, but for about whom it was.
            _ => self.is_empty() && other.is_empty(),
        }
    }
}

impl Eq for Personal {}

// What is personal is not written to a log by accident.
impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "Personal()" } else { "Personal(…)" })
    }
}

impl Serialize for Personal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.seal {
            Some(sealed) => Sealed { sealed: &**sealed }.serialize(serializer),
            None => serializer.serialize_str(&self.text),
        }
    }
}

impl<'de> Deserialize<'de> for Personal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Plain(String),
            Sealed(Sealed<Seal>),
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Plain(text) => text.into(),
            Form::Sealed(Sealed { sealed }) => Self { text: String::new(), seal: Some(Box::new(sealed)) },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(text: &str, of: &str) -> Personal {
        let mut personal = Personal::from(text);
        personal.seal_with(|text| Some(Seal { of: of.into(), text: text.chars().rev().collect() }));
        personal
    }

    fn open(seal: &Seal) -> Option<String> {
        (seal.of.as_str() != "gone").then(|| seal.text.chars().rev().collect())
    }

    #[test]
    fn what_is_sealed_is_written_down_sealed_and_reads_the_same_once_opened() {
        let note = sealed("no \"onions\", {\"sealed\":{", "ada");
        let json = serde_json::to_string(&(&note, "plain", &sealed("Ada", "gone"))).expect("plain data");
        assert!(!json.contains("onions") && !json.contains("Ada"), "{json}");
        assert!(json.contains(MARK), "the mark is how a seal is written: {json}");
        let opened = open_all(&json, open);
        let read: (Personal, String, Personal) = serde_json::from_str(&opened).expect("it is JSON again");
        assert_eq!(read.0.as_str(), "no \"onions\", {\"sealed\":{");
        assert_eq!(read.1, "plain");
        assert!(read.2.is_empty(), "the key is gone");
    }

    #[test]
    fn the_text_is_at_hand_until_it_is_written_down() {
        let name = sealed("Ada", "ada");
        assert_eq!(name.as_str(), "Ada");
        let json = serde_json::to_string(&name).expect("plain data");
        let read: Personal = serde_json::from_str(&json).expect("a seal");
        assert_eq!((read.as_str(), read.is_empty()), ("", false));
        assert_eq!(read, name, "it is the same all the same");
        assert_eq!(read.subject(), Some(&"ada".into()));
    }

    #[test]
    fn what_looks_like_a_seal_and_is_none_is_left_alone() {
        for json in ["[\"{\\\"sealed\\\":{\"]", "{\"sealed\":{\"of\":7}}", "{\"sealed\":{}}", "{\"sealed\":{"] {
            assert_eq!(open_all(json, open), json);
        }
    }

    #[test]
    fn nothing_stays_of_a_text_whose_subject_is_erased_and_an_empty_one_needs_no_seal() {
        let mut late = Personal::from("call me");
        late.seal_with(|_| None);
        assert!(late.is_empty());
        let mut empty = Personal::default();
        empty.seal_with(|_| panic!("there is nothing to seal"));
        assert!(empty.seal().is_none());
    }

    #[test]
    fn what_is_erased_is_empty_and_says_only_about_whom_it_was() {
        let mut name = sealed("Ada", "ada");
        name.erase();
        assert!(name.is_empty() && name.as_str().is_empty());
        assert_eq!(name, Personal::default());
        let json = serde_json::to_string(&name).expect("plain data");
        let read: Personal = serde_json::from_str(&json).expect("a seal");
        assert_eq!(read.subject(), Some(&"ada".into()));
        assert_eq!(open_all(&json, |_| None), r#""""#, "a device reads nothing");
    }

    #[test]
    fn a_log_shows_none_of_it() {
        assert_eq!(format!("{:?}", sealed("Ada", "ada")), "Personal(…)");
    }
}
