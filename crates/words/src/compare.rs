//! Languages held against English: the same files, the same messages, and in each message the same given by the caller.

use std::collections::BTreeSet;

use crate::Complaint;
use crate::language::{LANGUAGES, language};
use crate::read::{File, Key, Kind, Message, Part};

/// Complains of whatever one language has and another has not.
pub fn compare(files: &[File], complaints: &mut Vec<Complaint>) {
    let (english, others) = (&LANGUAGES[0], &LANGUAGES[1..]);
    let find = |code: &str, slice: &str| files.iter().find(|file| file.language == code && file.slice == slice);
    let slices: BTreeSet<&str> = files.iter().map(|file| file.slice.as_str()).collect();
    for slice in slices {
        let missing = |code: &str, there: &str| Complaint {
            path: format!("{code}/{slice}.ftl"),
            line: 1,
            words: format!("this file is missing: write it with the messages of {there}/{slice}.ftl"),
        };
        let Some(wanted) = find(english.code, slice) else {
            complaints.push(missing(english.code, "the other languages"));
            continue;
        };
        for other in others {
            match find(other.code, slice) {
                Some(file) => compare_files(wanted, file, complaints),
                None => complaints.push(missing(other.code, english.code)),
            }
        }
    }
}

fn compare_files(english: &File, other: &File, complaints: &mut Vec<Complaint>) {
    let last = other.messages.last().map_or(1, |message| message.line);
    for wanted in &english.messages {
        let Some(message) = other.message(&wanted.key) else {
            let words = format!("`{}` is missing: say here what {}:{} says", wanted.key, english.path, wanted.line);
            complaints.push(Complaint { path: other.path.clone(), line: last, words });
            continue;
        };
        let told = compare_messages(wanted, message, other.language);
        complaints.extend(told.map(|words| Complaint { path: other.path.clone(), line: message.line, words }));
    }
    for message in &other.messages {
        if english.message(&message.key).is_none() {
            let words =
                format!("`{}` is not in {}: write it there too, or take it out here", message.key, english.path);
            complaints.push(Complaint { path: other.path.clone(), line: message.line, words });
        }
    }
}

fn compare_messages(english: &Message, other: &Message, code: &str) -> impl Iterator<Item = String> {
    let (key, wanted, given) = (&english.key, english.given(), other.given());
    let mut told = Vec::new();
    for (name, kind) in &wanted {
        match (kind, given.get(name)) {
            (_, None) => told.push(format!("`{key}` leaves out `${name}`, which English says: say it")),
            (Kind::Selector, Some(Kind::Text | Kind::Number)) => {
                told.push(format!(
                    "`{key}` says the same for each `${name}`: write a selector over it, as English does"
                ));
            }
            (Kind::Number, Some(Kind::Text)) => {
                told.push(format!("`${name}` of `{key}` is a number: write {{ NUMBER(${name}) }}, as English does"));
            }
            (Kind::Text, Some(Kind::Number | Kind::Selector)) => {
                told.push(format!("`${name}` of `{key}` is words in English: it cannot be counted"));
            }
            _ => {}
        }
    }
    let unknown = given.keys().filter(|name| !wanted.contains_key(*name));
    told.extend(unknown.map(|name| format!("`{key}` speaks of `${name}`, which nobody gives: take it out")));
    let exact = exact_numbers(other);
    let has = |number: &u64| exact.contains(number) || is_a_form(*number, code);
    let missing = exact_numbers(english).into_iter().filter(|number| !has(number));
    told.extend(missing.map(|number| format!("`{key}` lacks the variant [{number}], which English has: write it")));
    told.into_iter()
}

/// Whether this number has a form of its own in this language, which must be there anyway.
fn is_a_form(number: u64, code: &str) -> bool {
    language(code).plurals.iter().any(|plural| plural.only == Some(number))
}

/// The numbers for which a message has a variant of their own.
fn exact_numbers(message: &Message) -> BTreeSet<u64> {
    fn collect(parts: &[Part], numbers: &mut BTreeSet<u64>) {
        for part in parts {
            let Part::Select(_, variants) = part else { continue };
            for (key, parts) in variants {
                if let Key::Exactly(number) = key {
                    numbers.insert(*number);
                }
                collect(parts, numbers);
            }
        }
    }
    let mut numbers = BTreeSet::new();
    collect(&message.parts, &mut numbers);
    numbers
}
