//! The npm packages of the browser tests, which `e2e/web/package.json` names: found as they were locked, or installed, or said to
//! be missing. A package that is added there needs nothing here.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::{command, output, root, run};

/// Where they are named, locked and installed.
fn folder() -> PathBuf {
    root().join("e2e/web")
}

/// Sees to it that the packages are there, in the versions and with the hashes of the lock.
///
/// # Errors
/// When some are missing and cannot be installed here; the message is what a person can do.
pub(crate) fn ensure() -> Result<()> {
    let wanted = fs::read_to_string(folder().join("package-lock.json"))
        .context("e2e/web/package-lock.json is missing: restore it from the repository")?;
    let wanted = packages(&wanted)?;
    if is_installed(&wanted) {
        return Ok(());
    }
    if output(command("npm").arg("--version")).is_none() {
        bail!(
            "the browser tests need packages of npm's, and there is no npm here: install Node.js 20 or newer (on Debian or \
             Ubuntu, `apt-get install -y --no-install-recommends npm`), then run `cargo xtask browsers`"
        );
    }
    println!("Installing the npm packages of e2e/web (some seconds): the browser tests use them.");
    // No package's own script runs: what is fetched is only read.
    run(command("npm").args(["ci", "--ignore-scripts"]).current_dir(folder()))
        .context("the npm packages could not be installed: check the network, then run `cargo xtask browsers`")?;
    if !is_installed(&wanted) {
        bail!("npm installed the packages of e2e/web, and they are not those of the lock");
    }
    Ok(())
}

/// What npm notes of what it has installed is the lock again, without the project itself.
fn is_installed(wanted: &[Package]) -> bool {
    let noted = fs::read_to_string(folder().join("node_modules/.package-lock.json"));
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
        let lock = fs::read_to_string(folder().join("package-lock.json"))?;
        assert!(packages(&lock)?.iter().any(|(folder, _)| folder == "node_modules/axe-core"));
        assert!(!lock.contains("\"resolved\""), "where packages come from is each machine's own affair");
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
