//! Small promises that no compiler checks: documents name files that exist, the shell stays small, nothing names the
//! machine it was written on.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Result, bail};

use crate::project::{command, output, root};

/// The documents that guide a newcomer through the tree.
const GUIDES: &[&str] =
    &["README.md", "ARCHITECTURE.md", "crates/sync/README.md", "crates/replica/README.md", "e2e/README.md"];
/// The pains of people who use such engines, each answered in a numbered row of ARCHITECTURE.md.
const PAINS: usize = 25;
/// DESIGN: "a hand-written script under 6 kB".
const SHELL_BYTES_MAX: usize = 6_000;
/// The smallest trade on the engine is read in one sitting.
const EXAMPLE: &str = "examples/shopping-list/";
const EXAMPLE_LINES_MAX: usize = 150;
/// What serves any trade, and words of one trade: together with their plurals and forms.
const ENGINE: &[&str] = &["crates/sync/", "crates/flow/", "crates/replica/", "crates/wire/", EXAMPLE];
const FOOD: &[&str] =
    &["restaurant", "menu", "dish", "cart", "kitchen", "cook", "food", "meal", "courier", "deliver", "delivery"];
/// Never in a file of ours. In two parts, so that this one may stay.
const FORBIDDEN: &[(&str, &str)] = &[("/wo", "rk/"), ("FIX", "ME"), ("XX", "X:")];
/// Made by a build or a run, so not there in a fresh clone.
const MADE: &[&str] = &["target", "dist", ".tools", "data/local"];

/// Checks them all.
///
/// # Errors
/// With every broken promise, one a line.
pub(crate) fn tidy() -> Result<()> {
    let mut broken = Vec::new();
    for guide in GUIDES {
        let Ok(text) = fs::read_to_string(root().join(guide)) else { continue };
        broken.extend(
            missing_paths(&text).into_iter().map(|path| format!("{guide} names `{path}`, which does not exist")),
        );
    }
    let files = output(command("git").args(["ls-files", "--cached"])).unwrap_or_default();
    let mut functions = BTreeSet::new();
    let mut example_lines = 0;
    for file in files.lines() {
        let Ok(text) = fs::read_to_string(root().join(file)) else { continue };
        if file.ends_with(".rs") {
            functions.extend(functions_of(&text));
            example_lines += if file.starts_with(EXAMPLE) { text.lines().count() } else { 0 };
        }
        if ENGINE.iter().any(|part| file.starts_with(part)) {
            broken.extend(food_words(&text).into_iter().map(|word| format!("{file} knows a trade: {word}")));
        }
        let words = FORBIDDEN.iter().map(|(head, tail)| format!("{head}{tail}"));
        broken.extend(words.filter(|word| text.contains(word)).map(|word| format!("{file} mentions {word}")));
    }
    for guide in GUIDES {
        let Ok(text) = fs::read_to_string(root().join(guide)) else { continue };
        let missing = tests_named(&text).filter(|test| !functions.contains(*test));
        broken.extend(missing.map(|test| format!("{guide} names the test `{test}`, which does not exist")));
    }
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md"))?;
    broken.extend(unanswered(&architecture).map(|pain| format!("ARCHITECTURE.md has no row for pain {pain}")));
    let shell = fs::metadata(root().join("public/shell.js"))?.len();
    if shell > SHELL_BYTES_MAX as u64 {
        broken.push(format!("public/shell.js has {shell} bytes, more than {SHELL_BYTES_MAX}"));
    }
    if example_lines > EXAMPLE_LINES_MAX {
        broken.push(format!("{EXAMPLE} has {example_lines} lines of Rust, more than {EXAMPLE_LINES_MAX}"));
    }
    if broken.is_empty() {
        return Ok(());
    }
    bail!("{}", broken.join("\n"))
}

/// The words of a text that only the food trade knows, also as parts of names.
fn food_words(text: &str) -> BTreeSet<String> {
    let mut spaced = String::new();
    for c in text.chars() {
        if c.is_uppercase() {
            spaced.push(' ');
        }
        spaced.extend(if c.is_alphabetic() { c } else { ' ' }.to_lowercase());
    }
    let is_food = |word: &&str| {
        let ending = |food: &&str| word.strip_prefix(food);
        FOOD.iter().filter_map(ending).any(|ending| ["", "s", "es", "ed", "ing"].contains(&ending))
    };
    spaced.split_whitespace().filter(is_food).map(str::to_owned).collect()
}

/// The names of all functions in a source text.
fn functions_of(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter_map(|line| {
        let (_, rest) = line.split_once("fn ")?;
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        (!name.is_empty()).then_some(name)
    })
}

/// What stands in backticks and can only be the name of a test: words joined by at least three underscores.
fn tests_named(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|word| {
        let plain = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        plain && word.matches('_').count() >= 3
    })
}

/// The pains without a row of their own.
fn unanswered(architecture: &str) -> impl Iterator<Item = usize> {
    (1..=PAINS).filter(|pain| !architecture.lines().any(|line| line.starts_with(&format!("| {pain} |"))))
}

/// Every path in backticks that starts at a folder or file of the root, yet is not there.
fn missing_paths(text: &str) -> Vec<String> {
    let mut fenced = false;
    let prose = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fence && !fenced
    });
    let quoted = prose.flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|word| is_path(word) && !root().join(word).exists()).map(str::to_owned).collect()
}

fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
    let made = MADE.iter().any(|made| Path::new(word).starts_with(made));
    let kinds = ["rs", "toml", "md", "html", "js", "css", "json", "sql"];
    let named =
        word.contains('/') && Path::new(word).extension().is_some_and(|kind| kinds.iter().any(|known| kind == *known));
    let folder = word.split_once('/').is_some_and(|(first, _)| !first.is_empty() && root().join(first).is_dir());
    plain && !made && !word.starts_with('/') && (named || folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_a_document_names_is_told_from_other_words() {
        let text = "See `a_lane_keeps_its_order`, `row_digest`, `POST /live` and `crates/sync`.";
        assert_eq!(tests_named(text).collect::<Vec<_>>(), ["a_lane_keeps_its_order"]);
        let source = "#[test]\nfn a_lane_keeps_its_order() {}\npub(crate) async fn other<T>() {}";
        assert_eq!(functions_of(source).collect::<Vec<_>>(), ["a_lane_keeps_its_order", "other"]);
    }

    #[test]
    fn the_engine_knows_no_food_by_any_form_of_its_name() {
        let text = "in that order, a cartridge; MenuItem, dish_count, \"kitchens\" and what was cooked and delivered";
        let known = ["cooked", "delivered", "dish", "kitchens", "menu"];
        assert_eq!(food_words(text).into_iter().collect::<Vec<_>>(), known);
    }

    #[test]
    fn every_pain_has_its_row() {
        let rows: String =
            (1..=PAINS).filter(|pain| *pain != 7).map(|pain| format!("| {pain} | what | how |\n")).collect();
        assert_eq!(unanswered(&rows).collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn a_document_may_only_name_what_is_there() {
        let text = "See `xtask/src/main.rs`, `xtask/src/gone.rs`, `GET /api/orders`, `text/html`, `dist/index.html`.\n```\n`xtask/none`\n```\n";
        assert_eq!(missing_paths(text), ["xtask/src/gone.rs"]);
    }
}
