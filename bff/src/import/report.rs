//! What an import says about each file: what it took, what it left out and why, and where.

use std::fmt;

/// What was read from one file, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    /// In the order of the document.
    pub(crate) lines: Vec<Line>,
}

/// One thing worth saying about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where in the document, such as `hasMenu.hasMenuSection[2]`.
    pub(crate) path: String,
    /// Took, left out, or read with a remark.
    pub(crate) verdict: Verdict,
    /// In words.
    pub(crate) text: String,
}

/// What became of a part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is in the result.
    Took,
    /// It is in the result, but not as it stands in the document.
    Adjusted,
    /// It is not in the result.
    LeftOut,
}

/// Why a file cannot be used at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) struct Broken {
    /// Line and column, counted from 1; `None` where the fault has no place.
    pub(crate) at: Option<(usize, usize)>,
    /// In words.
    pub(crate) reason: String,
}

impl Broken {
    /// A fault of the file as a whole.
    pub(super) fn whole(reason: impl Into<String>) -> Self {
        Self { at: None, reason: reason.into() }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "line {line}, column {column}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "document" } else { &self.path };
        let verdict = match self.verdict {
            Verdict::Took => "took",
            Verdict::Adjusted => "note:",
            Verdict::LeftOut => "left out",
        };
        write!(f, "{path}: {verdict} {}", self.text)
    }
}

impl Report {
    /// How many lines of this kind there are.
    pub(crate) fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }

    pub(super) fn took(&mut self, path: &str, text: impl Into<String>) {
        self.say(path, Verdict::Took, text);
    }

    pub(super) fn adjusted(&mut self, path: &str, text: impl Into<String>) {
        self.say(path, Verdict::Adjusted, text);
    }

    pub(super) fn left_out(&mut self, path: &str, text: impl Into<String>) {
        self.say(path, Verdict::LeftOut, text);
    }

    fn say(&mut self, path: &str, verdict: Verdict, text: impl Into<String>) {
        self.lines.push(Line { path: path.to_owned(), verdict, text: text.into() });
    }
}
