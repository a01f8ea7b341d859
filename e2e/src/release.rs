//! Releases: the built frontend in a folder that a server hands out, and other releases made from it without building
//! again. What is changed gets another hash, and so does all that refers to it, as the build would have it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::server::built_frontend;

/// As many hex digits as the build puts into a name.
const HASH_HEX: usize = 16;
/// Where the build lists the release.
const STAMP: &str = "const RELEASE = ";
const WORKER: &str = "sw.js";

/// All files of a release by their paths, without compressed siblings.
#[derive(Clone)]
pub struct Release {
    files: BTreeMap<String, Vec<u8>>,
}

impl Release {
    /// What was built.
    pub fn built() -> Result<Self> {
        let folder = built_frontend()?;
        let mut files = BTreeMap::new();
        for part in ["", "assets"] {
            for entry in fs::read_dir(folder.join(part)).with_context(|| format!("no frontend in {folder:?}"))? {
                let path = entry?.path();
                let name = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
                let apart = [".br", ".gz"].iter().any(|ending| name.ends_with(ending)) || name.starts_with('.');
                if path.is_file() && !apart {
                    files.insert(name, fs::read(&path)?);
                }
            }
        }
        // What releases before it left in the folder is not of this one.
        let worker = text(&files, WORKER)?;
        files.retain(|name, _| !name.starts_with("assets/") || worker.contains(name.as_str()));
        Ok(Self { files })
    }

    /// A release in which `file` (`index.html`, or `customer.entry.js` for the asset that has a hash in its name) reads
    /// otherwise. A changed worker is broken on purpose, so it is taken as it comes.
    pub fn changed(&self, file: &str, change: impl Fn(&str) -> String) -> Result<Self> {
        let mut release = self.clone();
        let name = release.name_of(file)?;
        let changed = change(&text(&release.files, &name)?);
        if name == WORKER {
            release.files.insert(name, changed.into_bytes());
            return Ok(release);
        }
        release.put(name, changed.into_bytes())?;
        release.stamp()?;
        Ok(release)
    }

    /// Another release that shows its name: `html[data-release=NAME]`. Its bundles start as before, under other names.
    pub fn named(&self, name: &str) -> Result<Self> {
        let mut release =
            self.changed("index.html", |page| page.replace("<html", &format!("<html data-release=\"{name}\"")))?;
        for entry in ["customer.entry.js", "restaurant.entry.js"] {
            release = release.changed(entry, |module| format!("// {name}\n{module}"))?;
        }
        Ok(release)
    }

    /// The name under which a file is asked for: `assets/shell-0123456789abcdef.js` for `shell.js`.
    pub fn name_of(&self, file: &str) -> Result<String> {
        if self.files.contains_key(file) {
            return Ok(file.to_owned());
        }
        let (stem, kind) = file.rsplit_once('.').context("a file has an ending")?;
        let (start, end) = (format!("assets/{stem}-"), format!(".{kind}"));
        let is_it = |name: &&String| {
            let hash = name.strip_prefix(&start).and_then(|rest| rest.strip_suffix(&end));
            hash.is_some_and(|hash| hash.len() == HASH_HEX)
        };
        Ok(self.files.keys().find(is_it).with_context(|| format!("the release has no {file}"))?.clone())
    }

    /// A folder to serve, with this release in it.
    pub fn folder(&self) -> Result<Folder> {
        let folder = Folder { folder: tempfile::Builder::new().prefix("carryout-dist-").tempdir()? };
        folder.deploy(self)?;
        Ok(folder)
    }

    fn put(&mut self, name: String, content: Vec<u8>) -> Result<()> {
        let old = file_name(&name).to_owned();
        self.files.remove(&name);
        if !name.starts_with("assets/") {
            self.files.insert(name, content);
            return Ok(());
        }
        let (stem, kind) = name.rsplit_once('.').context("an asset has an ending")?;
        let (base, _) = stem.rsplit_once('-').context("an asset has a hash")?;
        let renamed = format!("{base}-{}.{kind}", hash(&content));
        let new = file_name(&renamed).to_owned();
        self.files.insert(renamed, content);
        if new == old {
            return Ok(());
        }
        let refers = |files: &BTreeMap<String, Vec<u8>>| {
            files.iter().find_map(|(name, content)| {
                let text = std::str::from_utf8(content).ok().filter(|text| text.contains(&old))?;
                Some((name.clone(), text.replace(&old, &new)))
            })
        };
        while let Some((name, text)) = refers(&self.files) {
            self.put(name, text.into_bytes())?;
        }
        Ok(())
    }

    /// Writes into the worker what the build would have written.
    fn stamp(&mut self) -> Result<()> {
        let worker = text(&self.files, WORKER)?;
        let line = worker.lines().find(|line| line.starts_with(STAMP)).context("the worker has no list")?;
        let list = line.trim_start_matches(STAMP).trim_end_matches(';');
        let mut list: Value = serde_json::from_str(list).context("the worker's list")?;
        let plain: Vec<String> = list["digests"].as_object().context("digests")?.keys().cloned().collect();
        for url in plain {
            let name = if url == "/" { "index.html" } else { &url[1..] };
            list["digests"][&url] = hash(&self.files[name]).into();
        }
        // The names of assets say what is in them.
        let assets: String = self.files.keys().filter(|name| name.starts_with("assets/")).cloned().collect();
        list["name"] = hash(format!("{assets} {}", list["digests"]).as_bytes()).into();
        let stamped = worker.replace(line, &format!("{STAMP}{list};"));
        self.files.insert(WORKER.into(), stamped.into_bytes());
        Ok(())
    }
}

/// A folder that a server hands out.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a release in place as the build does: the worker after all that it asks for. The assets of the release before
    /// stay.
    pub fn deploy(&self, release: &Release) -> Result<()> {
        self.deploy_but(release, &[WORKER])?;
        self.put(WORKER, &release.files[WORKER])
    }

    /// Puts a release in place without some of its files: a deploy that is not finished.
    pub fn deploy_but(&self, release: &Release, missing: &[&str]) -> Result<()> {
        for (name, content) in release.files.iter().filter(|(name, _)| !missing.contains(&name.as_str())) {
            self.put(name, content)?;
        }
        Ok(())
    }

    /// Takes everything away.
    pub fn clear(&self) -> Result<()> {
        for entry in fs::read_dir(self.path())? {
            let path = entry?.path();
            if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
        Ok(())
    }

    /// Puts one file in place.
    pub fn put(&self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.path().join(name);
        ensure!(path.starts_with(self.path()), "{name} is not in the folder");
        if fs::read(&path).is_ok_and(|there| there == content) {
            return Ok(());
        }
        let part = PathBuf::from(format!("{}.part", path.display()));
        fs::create_dir_all(path.parent().context("a file stands in a folder")?)?;
        fs::write(&part, content)?;
        Ok(fs::rename(part, path)?)
    }
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<String> {
    let content = files.get(name).with_context(|| format!("the release has no {name}"))?;
    String::from_utf8(content.clone()).with_context(|| format!("{name} is no text"))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn hash(content: &[u8]) -> String {
    let mut hex: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(HASH_HEX);
    hex
}
