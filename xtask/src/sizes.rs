//! How large each role's bundle and each language's words are, held against what was recorded: one that grew by more than a
//! twentieth is a decision, and whoever decides it records the new size.
//!
//! `xtask/sizes.json` has the bytes that come over the network (brotli) by profile and bundle. `cargo xtask sizes` compares what
//! is in `dist/`, `--write` records it.

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    assemble,
    project::{Profile, dist, root},
};

/// By how much of a hundred a bundle may grow over what was recorded.
const GROWS_MAX_PERCENT: u64 = 5;

/// Bytes by bundle.
type Sizes = BTreeMap<String, u64>;

/// Fails where a bundle in `dist/`, built as `profile`, grew by too much; with `write` records what is there instead.
///
/// # Errors
/// When a bundle grew, nothing was recorded of one, or files cannot be read.
pub(crate) fn check(profile: Profile, write: bool) -> Result<()> {
    let there = measured()?;
    let mut recorded: BTreeMap<String, Sizes> = match fs::read_to_string(record()) {
        Ok(text) => serde_json::from_str(&text).with_context(|| format!("{} cannot be read", record().display()))?,
        Err(_) => BTreeMap::new(),
    };
    let of_profile = recorded.entry(profile.folder().to_owned()).or_default();
    for (bundle, bytes) in &there {
        let before = of_profile.get(bundle).map_or("not recorded".to_owned(), u64::to_string);
        println!("{bundle}: {bytes} bytes as brotli, recorded: {before}");
    }
    if write {
        *of_profile = there;
        return Ok(fs::write(record(), format!("{}\n", serde_json::to_string_pretty(&recorded)?))?);
    }
    let grown = grown(of_profile, &there);
    if grown.is_empty() {
        return Ok(());
    }
    bail!("{}\nIf it is worth it, record it: cargo xtask sizes --write", grown.join("\n"))
}

fn record() -> PathBuf {
    root().join("xtask/sizes.json")
}

fn measured() -> Result<Sizes> {
    let text = fs::read_to_string(dist().join("apps.json")).context("there is no dist/: run cargo xtask assemble")?;
    let apps: Value = serde_json::from_str(&text)?;
    let mut sizes = Sizes::new();
    for app in apps["apps"].as_array().context("apps.json lists no apps")? {
        let name = app["name"].as_str().context("an app has a name")?;
        let files = app["files"].as_array().context("an app has files")?;
        for file in files.iter().filter_map(Value::as_str) {
            let path = dist().join(format!("{}.br", file.trim_start_matches('/')));
            let about = fs::metadata(&path).with_context(|| format!("{} is missing", path.display()))?;
            *sizes.entry(name.to_owned()).or_default() += about.len();
        }
    }
    for (name, asset) in assemble::assets()?.iter().filter_map(|asset| Some((words_of(asset)?, asset))) {
        let path = dist().join(format!("{asset}.br"));
        let about = fs::metadata(&path).with_context(|| format!("{} is missing", path.display()))?;
        sizes.insert(name, about.len());
    }
    Ok(sizes)
}

/// What a table of words is recorded as: `words.de` for `assets/words.de-0123.txt`.
fn words_of(asset: &str) -> Option<String> {
    let name = asset.strip_prefix("assets/").filter(|name| name.starts_with("words.") && name.ends_with(".txt"))?;
    Some(name.split_once('-')?.0.to_owned())
}

/// What grew by too much, or was never recorded, a line each.
fn grown(recorded: &Sizes, there: &Sizes) -> Vec<String> {
    let line = |(bundle, bytes): (&String, &u64)| match recorded.get(bundle) {
        None => Some(format!("{bundle} has no recorded size, and {bytes} bytes now")),
        Some(before) if bytes * 100 > before * (100 + GROWS_MAX_PERCENT) => {
            Some(format!("{bundle} grew from {before} to {bytes} bytes, by more than {GROWS_MAX_PERCENT} %"))
        }
        Some(_) => None,
    };
    there.iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_may_grow_by_a_twentieth_and_no_more() {
        let sizes = |bytes: [u64; 2]| Sizes::from([("customer".to_owned(), bytes[0]), ("driver".to_owned(), bytes[1])]);
        assert!(grown(&sizes([1000, 2000]), &sizes([1050, 10])).is_empty());
        assert_eq!(grown(&sizes([1000, 2000]), &sizes([1051, 2000])).len(), 1);
        assert_eq!(grown(&Sizes::new(), &sizes([1, 1])).len(), 2);
    }
}
