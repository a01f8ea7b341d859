//! From what translators write to functions that screens call, and to the tables in which those find what to say.
//!
//! Each language has a folder with a file a slice, in Fluent's syntax: `en/kitchen.ftl`. [`mod@read`] takes the part of that syntax which
//! is wanted here, [`compare`] holds every language against English, [`rust`] writes a module a slice with a function a message, and
//! [`table`] a table a language.
//! Whatever one language has and another has not is a [`Complaint`], and nothing is written: a build fails, and no screen ever
//! lacks a word. This crate is used while building and is in no bundle.

pub mod language;
pub mod read;

pub mod compare;
pub mod rust;
pub mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fmt, fs, io};

use language::LANGUAGES;

/// A file of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The language's code: `de`.
    pub language: &'static str,
    /// What it is about: `kitchen`.
    pub slice: String,
    /// What is in it.
    pub text: String,
}

impl Source {
    /// Its path in the folder of all languages.
    pub fn path(&self) -> String {
        format!("{}/{}.ftl", self.language, self.slice)
    }
}

/// Something that a translator has to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// In which file.
    pub path: String,
    /// In which line; the first is 1.
    pub line: usize,
    /// What is wrong, and what to do about it.
    pub words: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.words)
    }
}

/// All files of all languages under `folder`.
///
/// # Errors
/// When a language's folder or a file in it cannot be read.
pub fn sources(folder: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for language in &LANGUAGES {
        for entry in fs::read_dir(folder.join(language.code))? {
            let path = entry?.path();
            let slice = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_some_and(|kind| kind == "ftl") {
                sources.push(Source { language: language.code, slice, text: fs::read_to_string(&path)? });
            }
        }
    }
    sources.sort_by(|a, b| a.slice.cmp(&b.slice));
    Ok(sources)
}

/// What a build makes of the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// Rust: the functions.
    pub functions: String,
    /// What they say, by the language's code.
    pub tables: BTreeMap<&'static str, String>,
}

/// The functions for what is in `sources`, and their tables.
///
/// # Errors
/// With all that has to be mended first, in the order of files and lines.
pub fn build(sources: &[Source]) -> Result<Built, Vec<Complaint>> {
    let mut complaints = Vec::new();
    let files: Vec<_> = sources.iter().map(|source| read::read(source, &mut complaints)).collect();
    compare::compare(&files, &mut complaints);
    if complaints.is_empty() {
        let slices = table::Slice::all(&files);
        let edition = table::edition(&slices);
        let (functions, tables) = (rust::modules(&slices, &edition), table::tables(&slices, &edition));
        return Ok(Built { functions, tables });
    }
    complaints.sort();
    complaints.dedup();
    Err(complaints)
}
