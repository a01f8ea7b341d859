//! The npm packages of the browser tests, which `e2e/web/package.json` names, and those that measure, of `e2e/measure`: found as
//! they were locked, or installed, or said to be missing. A package that is added there needs nothing here.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::{command, output, root, run};

/// Packages that are named, locked and installed in one folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Packages {
    /// What the browser tests bring into a page.
    Tests,
    /// What measures a page. It is large, and no test needs it.
    Measure,
}

impl Packages {
    /// Where they are.
    pub(crate) fn folder(self) -> PathBuf {
        root().join("e2e").join(match self {
            Self::Tests => "web",
            Self::Measure => "measure",
        })
    }
}

/// Sees to it that packages are there, in the versions and with the hashes of their lock.
///
/// # Errors
/// When some are missing and cannot be installed here; the message is what a person can do.
pub(crate) fn ensure(which: Packages) -> Result<()> {
    let folder = which.folder();
    let shown = folder.strip_prefix(root()).unwrap_or(&folder).display();
    let wanted = fs::read_to_string(folder.join("package-lock.json"))
        .with_context(|| format!("{shown}/package-lock.json is missing: restore it from the repository"))?;
    let wanted = packages(&wanted)?;
    if is_installed(&folder, &wanted) {
        return Ok(());
    }
    if output(command("npm").arg("--version")).is_none() {
        bail!(
            "the browser tests need packages of npm's, and there is no npm here: install Node.js 20 or newer (on Debian or \
             Ubuntu, `apt-get install -y --no-install-recommends npm`), then run `cargo xtask browsers`"
        );
    }
    println!("Installing the npm packages of {shown} (some seconds).");
    // No package's own script runs: what is fetched is only read.
    run(command("npm").args(["ci", "--ignore-scripts"]).current_dir(&folder))
        .context("the npm packages could not be installed: check the network, then run `cargo xtask browsers`")?;
    if !is_installed(&folder, &wanted) {
        bail!("npm installed the packages of {shown}, and they are not those of the lock");
    }
    Ok(())
}

/// What npm notes of what it has installed is the lock again, without the project itself.
fn is_installed(folder: &Path, wanted: &[Package]) -> bool {
    let noted = fs::read_to_string(folder.join("node_modules/.package-lock.json"));
    noted.is_ok_and(|noted| packages(&noted).is_ok_and(|noted| noted == wanted))
}

/// A package's folder and the hash of what is in it.
type Package = (String, String);

/// What a lock names, apart from what only other machines need.
fn packages(lock: &str) -> Result<Vec<Package>> {
    let lock: Value = serde_json::from_str(lock).context("a lock of npm's is no JSON")?;
    let listed = lock["packages"].as_object().context("a lock of npm's lists no packages")?;
    let installed =
        listed.iter().filter(|(folder, package)| !folder.is_empty() && package["optional"] != Value::Bool(true));
    installed
        .map(|(folder, package)| {
            let hash = package["integrity"].as_str().with_context(|| format!("the lock has no hash for {folder}"))?;
            Ok((folder.clone(), hash.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_names_each_package_with_its_hash_and_no_place_to_fetch_it_from() -> Result<()> {
        for (which, package) in [(Packages::Tests, "axe-core"), (Packages::Measure, "lighthouse")] {
            let lock = fs::read_to_string(which.folder().join("package-lock.json"))?;
            assert!(packages(&lock)?.iter().any(|(folder, _)| *folder == format!("node_modules/{package}")));
            assert!(!lock.contains("\"resolved\""), "where packages come from is each machine's own affair");
        }
        Ok(())
    }

    #[test]
    fn what_only_another_machine_needs_is_not_missed_here_and_a_package_without_a_hash_is_not_taken() {
        let lock = |more: &str| format!(r#"{{"packages": {{"": {{}}, "a": {{"integrity": "1"}}{more}}}}}"#);
        let only_a = vec![("a".to_owned(), "1".to_owned())];
        assert_eq!(packages(&lock("")).ok(), Some(only_a.clone()));
        assert_eq!(packages(&lock(r#", "b": {"integrity": "2", "optional": true}"#)).ok(), Some(only_a));
        assert!(packages(&lock(r#", "b": {}"#)).is_err());
    }
}
