//! What is taken of Fluent's syntax: `key = text`, `{ $name }`, `{ NUMBER($count) }`, selectors over a number, text in quotes, and
//! comments. A text that goes on in the next line is one line; the break is a space. All else of Fluent is refused by name.

use std::collections::BTreeMap;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message as Written, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;
use fluent_syntax::unicode::unescape_unicode_to_string;

use crate::{Complaint, Source, language::language};

/// A file that was read.
#[derive(Clone, Debug)]
pub struct File {
    /// Of which language.
    pub language: &'static str,
    /// Of which slice.
    pub slice: String,
    /// Its path, for complaints.
    pub path: String,
    /// Its messages, as they stand in it.
    pub messages: Vec<Message>,
}

impl File {
    /// The message of a key.
    pub fn message(&self, key: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.key == key)
    }
}

/// A message in one language.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its name, in small letters with hyphens.
    pub key: String,
    /// Where it begins.
    pub line: usize,
    /// What it says.
    pub parts: Vec<Part>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// What the caller gives.
    Given(String, Kind),
    /// One of several, by a number that the caller gives.
    Select(String, Vec<(Key, Vec<Part>)>),
}

/// What a caller gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Words.
    Text,
    /// A number that is only shown.
    Number,
    /// A number on which the words depend.
    Selector,
}

/// When a variant is taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// For this number.
    Exactly(u64),
    /// For numbers that ask for this form.
    Plural(String),
}

impl Message {
    /// What it is given, by name, as the strongest of what is done with it.
    pub fn given(&self) -> BTreeMap<&str, Kind> {
        let mut given = BTreeMap::new();
        collect(&self.parts, &mut given);
        given
    }
}

fn collect<'a>(parts: &'a [Part], given: &mut BTreeMap<&'a str, Kind>) {
    let mut note = |name: &'a str, kind: Kind| {
        let known = given.entry(name).or_insert(kind);
        *known = kind.max(*known);
    };
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Given(name, kind) => note(name, *kind),
            Part::Select(name, _) => note(name, Kind::Selector),
        }
    }
    for part in parts {
        if let Part::Select(_, variants) = part {
            variants.iter().for_each(|(_, parts)| collect(parts, given));
        }
    }
}

/// Reads a file, and complains of what is not to be in one.
pub fn read(source: &Source, complaints: &mut Vec<Complaint>) -> File {
    let mut reader = Reader { source, complaints };
    let (resource, errors) = match parser::parse(source.text.as_str()) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    for error in errors {
        reader.complain(error.pos.start, format!("this is not Fluent: {}", error.kind));
    }
    let mut messages = Vec::<Message>::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(written) => {
                let message = reader.message(written);
                if let Some(first) = messages.iter().find(|known| known.key == message.key) {
                    let words = format!(
                        "`{}` stands in line {} already: give one of them another key",
                        message.key, first.line
                    );
                    reader.complain(reader.place(written.id.name), words);
                }
                messages.push(message);
            }
            Entry::Term(term) => {
                reader.complain(reader.place(term.id.name), "terms are not used here: write the words out".to_owned());
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
        }
    }
    File { language: source.language, slice: source.slice.clone(), path: source.path(), messages }
}

struct Reader<'a> {
    source: &'a Source,
    complaints: &'a mut Vec<Complaint>,
}

impl<'a> Reader<'a> {
    /// Where `part` begins, which is a part of the file's text.
    fn place(&self, part: &'a str) -> usize {
        part.as_ptr() as usize - self.source.text.as_ptr() as usize
    }

    fn line(&self, place: usize) -> usize {
        self.source.text.as_bytes()[..place].iter().filter(|byte| **byte == b'\n').count() + 1
    }

    fn complain(&mut self, place: usize, words: String) {
        let (path, line) = (self.source.path(), self.line(place));
        self.complaints.push(Complaint { path, line, words });
    }

    fn message(&mut self, written: &Written<&'a str>) -> Message {
        let (key, place) = (written.id.name, self.place(written.id.name));
        if !is_kebab(key) {
            self.complain(place, format!("`{key}` is no key: small letters, digits and single hyphens"));
        }
        if is_taken(&snake(key)) {
            self.complain(place, format!("`{key}` is a word of Rust: take another key"));
        }
        if let Some(attribute) = written.attributes.first() {
            let words = format!("`{key}` has an attribute: make `{}` a message of its own", attribute.id.name);
            self.complain(place, words);
        }
        let parts = written.value.as_ref().map(|pattern| self.parts(pattern, place)).unwrap_or_default();
        if parts.is_empty() {
            self.complain(place, format!("`{key}` says nothing"));
        }
        Message { key: key.to_owned(), line: self.line(place), parts }
    }

    fn parts(&mut self, pattern: &Pattern<&'a str>, message: usize) -> Vec<Part> {
        let mut parts = Vec::new();
        for element in &pattern.elements {
            let part = match element {
                PatternElement::TextElement { value } => Some(Part::Text(value.replace('\n', " "))),
                PatternElement::Placeable { expression } => self.placeable(expression, message),
            };
            match (parts.last_mut(), part) {
                (Some(Part::Text(before)), Some(Part::Text(text))) => before.push_str(&text),
                (_, part) => parts.extend(part),
            }
        }
        for part in &parts {
            if let Part::Text(text) = part
                && text.chars().any(|letter| letter < ' ')
            {
                self.complain(message, "there is a control character in this text: take it out".to_owned());
            }
        }
        parts
    }

    fn placeable(&mut self, expression: &Expression<&'a str>, message: usize) -> Option<Part> {
        match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                Some(Part::Text(unescape_unicode_to_string(value).into_owned()))
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => self.placeable(expression, message),
            Expression::Inline(inline) => {
                let (name, kind) = self.given(inline, message)?;
                Some(Part::Given(name, kind))
            }
            Expression::Select { selector, variants } => {
                let (name, _) = self.given(selector, message)?;
                let variants: Vec<_> = variants
                    .iter()
                    .filter_map(|variant| Some((self.key(&variant.key)?, self.parts(&variant.value, message))))
                    .collect();
                self.check_forms(&name, &variants, message);
                Some(Part::Select(name, variants))
            }
        }
    }

    /// What a caller gives: `$name` or `NUMBER($count)`.
    fn given(&mut self, inline: &InlineExpression<&'a str>, message: usize) -> Option<(String, Kind)> {
        let (name, kind) = match inline {
            InlineExpression::VariableReference { id } => (id.name, Kind::Text),
            InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
                match (arguments.positional.as_slice(), arguments.named.as_slice()) {
                    ([InlineExpression::VariableReference { id }], []) => (id.name, Kind::Number),
                    _ => {
                        self.complain(message, "NUMBER takes one variable: NUMBER($count)".to_owned());
                        return None;
                    }
                }
            }
            _ => {
                let words = "only $variables, NUMBER($variable) and \"text\" may stand in braces";
                self.complain(message, words.to_owned());
                return None;
            }
        };
        if !is_kebab(name) || is_taken(&snake(name)) {
            let words = format!("`${name}` is no name: small letters, digits and single hyphens, and no word of Rust");
            self.complain(self.place(name), words);
        }
        Some((name.to_owned(), kind))
    }

    fn key(&mut self, key: &VariantKey<&'a str>) -> Option<Key> {
        match key {
            VariantKey::Identifier { name } => {
                let plurals = language(self.source.language).plurals;
                if plurals.iter().all(|plural| plural.name != *name) {
                    let known: Vec<_> = plurals.iter().map(|plural| plural.name).collect();
                    let words = format!(
                        "no number asks for `{name}` in this language: it has {}, and numbers",
                        known.join(", ")
                    );
                    self.complain(self.place(name), words);
                    return None;
                }
                Some(Key::Plural((*name).to_owned()))
            }
            VariantKey::NumberLiteral { value } => {
                let number = value.parse().ok();
                if number.is_none() {
                    self.complain(self.place(value), format!("`{value}` is no whole number"));
                }
                number.map(Key::Exactly)
            }
        }
    }

    /// Whether there is a variant for each form that this language has.
    fn check_forms(&mut self, name: &str, variants: &[(Key, Vec<Part>)], message: usize) {
        let has = |key: &Key| variants.iter().any(|(known, _)| known == key);
        let plurals = language(self.source.language).plurals;
        let missing = plurals.iter().filter(|plural| {
            !has(&Key::Plural(plural.name.to_owned())) && !plural.only.is_some_and(|only| has(&Key::Exactly(only)))
        });
        let missing: Vec<_> = missing.map(|plural| format!("[{}]", plural.name)).collect();
        if !missing.is_empty() {
            self.complain(message, format!("the selector over `${name}` lacks {}: write them", missing.join(", ")));
        }
        let mut keys: Vec<_> = variants.iter().map(|(key, _)| key).collect();
        keys.sort();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            self.complain(message, format!("the selector over `${name}` has a variant twice: take one out"));
        }
    }
}

fn is_kebab(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(is_word)
}

/// The same name as Rust writes it.
pub fn snake(name: &str) -> String {
    name.replace('-', "_")
}

/// Whether Rust has this word for itself.
fn is_taken(name: &str) -> bool {
    const TAKEN: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
        "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
        "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    TAKEN.contains(&name)
}
