//! Small promises that no compiler checks: documents name files that exist, the shell stays small, nothing names the
//! machine it was written on.

use std::{fs, path::Path};

use anyhow::{Result, bail};

use crate::project::{command, output, root};

/// The documents that guide a newcomer through the tree.
const GUIDES: &[&str] = &["README.md", "ARCHITECTURE.md"];
/// DESIGN: "a hand-written script under 6 kB".
const SHELL_BYTES_MAX: usize = 6_000;
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
    for file in files.lines() {
        let Ok(text) = fs::read_to_string(root().join(file)) else { continue };
        let words = FORBIDDEN.iter().map(|(head, tail)| format!("{head}{tail}"));
        broken.extend(words.filter(|word| text.contains(word)).map(|word| format!("{file} mentions {word}")));
    }
    let shell = fs::metadata(root().join("public/shell.js"))?.len();
    if shell > SHELL_BYTES_MAX as u64 {
        broken.push(format!("public/shell.js has {shell} bytes, more than {SHELL_BYTES_MAX}"));
    }
    if broken.is_empty() {
        return Ok(());
    }
    bail!("{}", broken.join("\n"))
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
    fn a_document_may_only_name_what_is_there() {
        let text = "See `xtask/src/main.rs`, `xtask/src/gone.rs`, `GET /api/orders`, `text/html`, `dist/index.html`.\n```\n`xtask/none`\n```\n";
        assert_eq!(missing_paths(text), ["xtask/src/gone.rs"]);
    }
}
