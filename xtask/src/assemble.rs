//! From Trunk's plain output to `dist/`: every file under a name that is a hash of its content, the precache list and
//! release stamp in the service worker, and compressed siblings.
//!
//! What a name outside `assets/` stands for may change with each release; what is in `assets/` never does. All that a
//! page loads is named from `index.html` down, so a page is of one release whatever the server holds meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    compress,
    manifest::{App, Apps},
    project::{Profile, dist},
};

/// 64 bits of SHA-256: enough to tell one release's files from another's.
const HASH_HEX: usize = 16;

/// Files by the path a browser asks for, without the leading slash.
type Files = BTreeMap<String, Vec<u8>>;

/// Assembles `dist/` from `built`, a folder of Trunk's, and marks it with `stamp`.
///
/// # Errors
/// When a file cannot be read or written, or a reference to a renamed file was left behind.
pub(crate) fn assemble(built: &Path, profile: Profile, stamp: &str) -> Result<()> {
    let mut built = read_all(built)?;
    built.entry("index.html".into()).and_modify(drop_build_links);
    let release = release_name(&built);
    stamp_apps(&mut built, &release)?;
    let (files, renamed) = rename_all(built);
    check_references(&files, &renamed)?;
    let files = list_in_worker(files, &release, &renamed)?;
    let mut files = compress::with_siblings(files, profile);
    files.insert(STAMP.into(), stamp.into());
    publish(&files, &dist())
}

/// Says which inputs `dist/` was made from.
pub(crate) const STAMP: &str = ".stamp";

/// Names the assets of the release that `dist/` holds, one a line.
const ASSETS: &str = ".assets";

/// The assets of the release in `dist/`, by their paths there.
///
/// # Errors
/// When nothing was assembled.
pub(crate) fn assets() -> Result<Vec<String>> {
    let listed = fs::read_to_string(dist().join(ASSETS)).context("there is no dist/: run cargo xtask assemble")?;
    Ok(listed.lines().take_while(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// Read at their plain names by other shells; ours asks for them by their hashes.
const MANIFESTS: [&str; 2] = ["apps.json", "mount-points.json"];

fn read_all(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("could not read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path)?);
        }
    }
    Ok(files)
}

/// Takes out the lines of the page that speak to Trunk alone.
fn drop_build_links(page: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(page);
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.contains("data-trunk"));
    *page = lines.map(|line| format!("{line}\n")).collect::<String>().into_bytes();
}

/// When a file gets its hash: after all it may refer to. `None` keeps its name.
fn rank(name: &str) -> Option<u8> {
    let (_, kind) = name.rsplit_once('.')?;
    match (name, kind) {
        ("sw.js" | "index.html", _) => None,
        ("apps.json" | "mount-points.json", _) => Some(5),
        ("shell.js" | "offline.js", _) => Some(6),
        (_, "txt") if name.starts_with("words.") => Some(0),
        (_, "wasm" | "png" | "svg" | "ico" | "webp" | "woff2") => Some(0),
        (_, "css") => Some(1),
        (_, "js") if name.starts_with("snippets/") => Some(2),
        (_, "js") if name.ends_with(".entry.js") || name == "first-look.js" => Some(4),
        (_, "js") => Some(3),
        _ => None,
    }
}

/// All files under their final names, and what was renamed to what.
fn rename_all(files: Files) -> (Files, BTreeMap<String, String>) {
    let mut order: Vec<_> = files.into_iter().collect();
    order.sort_by_key(|(name, _)| rank(name).unwrap_or(u8::MAX));
    let mut renamed = BTreeMap::new();
    let mut done = Files::new();
    for (name, content) in order {
        let content = if is_text(&name) { refer(&content, &renamed) } else { content };
        if rank(&name).is_none() {
            done.insert(name, content);
            continue;
        }
        let (path, kind) = name.rsplit_once('.').unwrap_or((&name, ""));
        let base = path.rsplit('/').next().unwrap_or(path);
        let hashed = format!("assets/{base}-{}.{kind}", hash(&content));
        if MANIFESTS.contains(&name.as_str()) {
            done.insert(name.clone(), content.clone());
        }
        renamed.insert(name, hashed.clone());
        done.insert(hashed, content);
    }
    (done, renamed)
}

/// `text` with every quoted reference to a renamed file replaced. Absolute ones stay absolute, and since all who refer
/// relatively live in `assets/` too, relative ones become siblings.
fn refer(text: &[u8], renamed: &BTreeMap<String, String>) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(text).into_owned();
    for (old, new) in renamed {
        let sibling = new.trim_start_matches("assets/");
        for (prefix, to) in [("/", format!("/{new}")), ("./", format!("./{sibling}")), ("", sibling.to_owned())] {
            for open in ['"', '\'', '`', '('] {
                for close in ['"', '\'', '`', ')', '#', '?'] {
                    let from = format!("{open}{prefix}{old}{close}");
                    if text.contains(&from) {
                        text = text.replace(&from, &format!("{open}{to}{close}"));
                    }
                }
            }
        }
    }
    text.into_bytes()
}

fn check_references(files: &Files, renamed: &BTreeMap<String, String>) -> Result<()> {
    for (name, content) in files.iter().filter(|(name, _)| is_text(name) && !name.starts_with("sw.")) {
        let text = String::from_utf8_lossy(content);
        for old in renamed.keys() {
            let left = [format!("/{old}\""), format!("/{old}'")].into_iter().find(|quoted| text.contains(quoted));
            ensure!(left.is_none(), "{name} still refers to {old}, whose name is now a hash");
        }
    }
    Ok(())
}

/// What the service worker knows of this release.
#[derive(Serialize)]
struct Release<'a> {
    name: &'a str,
    /// The hashes of the files whose names hold none.
    digests: BTreeMap<String, String>,
    /// Kept for everyone.
    common: Vec<String>,
    /// Kept for those who use them.
    apps: &'a [App],
}

/// Stamps the release into `apps.json`.
fn stamp_apps(files: &mut Files, release: &str) -> Result<()> {
    let mut apps: Apps = serde_json::from_slice(&files["apps.json"]).context("apps.json")?;
    release.clone_into(&mut apps.release);
    files.insert("apps.json".into(), serde_json::to_vec(&apps)?);
    Ok(())
}

/// Stamps the release and all that belongs to it into `sw.js`.
fn list_in_worker(mut files: Files, release: &str, renamed: &BTreeMap<String, String>) -> Result<Files> {
    let apps: Apps = serde_json::from_slice(&files["apps.json"]).context("apps.json")?;
    let own: BTreeSet<&str> = apps.apps.iter().flat_map(|app| &app.files).map(|url| &url[1..]).collect();
    // The worker imports its drain as it starts, and asks for the drain's wasm by itself.
    let drain = ["drain.js", "drain_bg.wasm"].map(|name| renamed.get(name).map(String::as_str));
    let apart = ["sw.js", "sw.json", "importmap.json", "robots.txt"];
    // What somebody is shown before they install it is not what they need in a tunnel.
    let is_picture = |name: &str| name.ends_with(".webp");
    let kept = files.iter().filter(|(name, _)| {
        let name = name.as_str();
        !(apart.contains(&name)
            || is_picture(name)
            || MANIFESTS.contains(&name)
            || own.contains(name)
            || drain.contains(&Some(name)))
    });
    let (mut common, mut digests) = (Vec::new(), BTreeMap::new());
    for (name, content) in kept {
        let url = if name == "index.html" { "/".to_owned() } else { format!("/{name}") };
        if !name.starts_with("assets/") {
            digests.insert(url.clone(), hash(content));
        }
        common.push(url);
    }
    let line = serde_json::to_string(&Release { name: release, digests, common, apps: &apps.apps })?;

    let worker = String::from_utf8(files["sw.js"].clone()).context("sw.js")?;
    let Some(old) = worker.lines().find(|line| line.starts_with("const RELEASE = ")) else {
        bail!("sw.js has no line that starts with `const RELEASE = `");
    };
    let worker = worker.replace(old, &format!("const RELEASE = {line};"));
    files.insert("sw.js".into(), worker.into_bytes());
    Ok(files)
}

/// A hash over all names and contents: the same sources give the same release.
fn release_name(files: &Files) -> String {
    let mut whole = Vec::new();
    for (name, content) in files {
        whole.extend_from_slice(name.as_bytes());
        whole.extend_from_slice(hash(content).as_bytes());
    }
    hash(&whole)
}

/// Puts `files` into `dist` without a moment in which a page would miss one: hashed ones first, what refers to them
/// next, the worker after all it asks for, and only then what nobody needs any more goes. The assets of the release
/// before stay, for the pages that are still open and load some of their files late.
fn publish(files: &Files, dist: &Path) -> Result<()> {
    let listed = fs::read_to_string(dist.join(ASSETS)).unwrap_or_default();
    let own: Vec<&str> = files.keys().map(String::as_str).filter(|name| name.starts_with("assets/")).collect();
    let (current, before) = listed.split_once("\n\n").unwrap_or((&listed, ""));
    // The same release put in place again has the same one before it.
    let before: Vec<&str> = if current.lines().eq(own.iter().copied()) { before } else { current }.lines().collect();

    let mut order: Vec<_> = files.iter().collect();
    let late = |name: &str| [!name.starts_with("assets/"), name.starts_with("sw.js"), name == STAMP];
    order.sort_by_key(|(name, _)| late(name));
    for (name, content) in order {
        put(&dist.join(name), content)?;
    }
    put(&dist.join(ASSETS), format!("{}\n\n{}\n", own.join("\n"), before.join("\n")).as_bytes())?;
    let needed = |name: &str| files.contains_key(name) || name == ASSETS || before.contains(&name);
    for name in read_all(dist)?.into_keys().filter(|name| !needed(name)) {
        fs::remove_file(dist.join(name))?;
    }
    Ok(())
}

/// Writes a file in one step: whoever reads it meanwhile reads the old one whole, or the new one.
fn put(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let part = PathBuf::from(format!("{}.part", path.display()));
    fs::write(&part, content).with_context(|| format!("could not write {}", part.display()))?;
    Ok(fs::rename(&part, path)?)
}

fn is_text(name: &str) -> bool {
    [".js", ".css", ".html", ".json", ".webmanifest"].iter().any(|kind| name.ends_with(kind))
}

/// The first [`HASH_HEX`] digits of the content's SHA-256.
pub(crate) fn hash(content: &[u8]) -> String {
    let mut hex: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(HASH_HEX);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(name, content)| ((*name).into(), content.as_bytes().to_vec())).collect()
    }

    #[test]
    fn every_reference_follows_the_rename() {
        let (done, renamed) = rename_all(files(&[
            ("index.html", r#"<script src="/shell.js"></script><link href="/icons.svg#bag">"#),
            ("shell.js", "fetch('/apps.json')"),
            ("icons.svg", "<svg/>"),
            ("a_bg.wasm", "wasm"),
            ("a.js", "import './snippets/x/inline0.js'; new URL('a_bg.wasm', import.meta.url)"),
            ("snippets/x/inline0.js", "export {}"),
        ]));
        let html = String::from_utf8_lossy(&done["index.html"]);
        assert_eq!(
            html,
            format!(r#"<script src="/{}"></script><link href="/{}#bag">"#, renamed["shell.js"], renamed["icons.svg"])
        );
        let bundle = String::from_utf8_lossy(&done[&renamed["a.js"]]).replace("assets/", "");
        assert!(bundle.contains(&format!("'{}'", renamed["a_bg.wasm"].replace("assets/", ""))));
        assert!(bundle.contains(&format!("'./{}'", renamed["snippets/x/inline0.js"].replace("assets/", ""))));
        assert!(check_references(&done, &renamed).is_ok());
    }

    #[test]
    fn a_change_in_the_wasm_changes_every_name_above_it() {
        let one =
            |wasm| rename_all(files(&[("a_bg.wasm", wasm), ("a.js", "'a_bg.wasm'"), ("a.entry.js", "'./a.js'")])).1;
        let (before, after) = (one("1"), one("2"));
        assert!(before.iter().all(|(name, hashed)| after[name] != *hashed));
    }

    #[test]
    fn a_page_asks_for_its_own_releases_manifest() {
        let shell = |apps| {
            let (done, renamed) = rename_all(files(&[
                ("apps.json", apps),
                ("index.html", r#"<script src="/shell.js">"#),
                ("shell.js", "json('/apps.json')"),
            ]));
            assert_eq!(done["apps.json"], apps.as_bytes(), "other shells read it at its plain name");
            String::from_utf8_lossy(&done[&renamed["shell.js"]]).into_owned()
        };
        assert!(shell("1").starts_with("json('/assets/apps-"));
        assert_ne!(shell("1"), shell("2"));
    }

    const APPS: &str = r#"{"release":"dev","apps":[{"name":"a","role":"r","home":"/","routes":["/"],"entry":"/a.js","files":["/a.js"]}]}"#;

    #[test]
    fn the_service_worker_lists_common_files_and_each_apps_own() -> Result<()> {
        let mut built = files(&[
            ("a.js", ""),
            ("apps.json", APPS),
            ("drain.js", "glue"),
            ("index.html", "page"),
            ("pictures/menu.webp", "for who thinks of installing it"),
            ("shell.js", "'/apps.json'"),
            ("sw.js", "const RELEASE = {};\nimportScripts('/drain.js');\n"),
        ]);
        stamp_apps(&mut built, "r1")?;
        let (done, renamed) = rename_all(built);
        let done = list_in_worker(done, "r1", &renamed)?;
        let worker = String::from_utf8_lossy(&done["sw.js"]);
        let digests = format!(r#"{{"name":"r1","digests":{{"/":"{}"}},"#, hash(b"page"));
        assert!(worker.contains(&digests), "{worker}");
        let common = format!(r#""common":["/{}","/{}","/"]"#, renamed["apps.json"], renamed["shell.js"]);
        assert!(worker.contains(&common), "{worker}");
        assert!(worker.contains(&format!(r#""files":["/{}"]"#, renamed["a.js"])), "{worker}");
        assert!(worker.contains(&format!("importScripts('/{}')", renamed["drain.js"])), "{worker}");
        Ok(())
    }

    /// How wide and high a picture in WebP's extended form is: 24 bits each, less one, at bytes 24 and 27
    /// (<https://developers.google.com/speed/webp/docs/riff_container>).
    fn size_of(picture: &[u8]) -> String {
        let bits = |at: usize| 1 + u32::from_le_bytes([picture[at], picture[at + 1], picture[at + 2], 0]);
        format!("{}x{}", bits(24), bits(27))
    }

    #[test]
    fn every_picture_of_the_manifest_is_there_and_as_large_as_it_says() -> Result<()> {
        let manifest = fs::read(crate::project::root().join("public/manifest.webmanifest"))?;
        let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
        let shown = manifest["screenshots"].as_array().context("screenshots")?;
        for form in ["narrow", "wide"] {
            assert!(shown.iter().any(|one| one["form_factor"] == form), "{form}");
        }
        for one in shown {
            let name = one["src"].as_str().context("src")?.trim_start_matches("/pictures/");
            let picture = fs::read(crate::project::root().join("docs/pictures").join(name))?;
            assert_eq!(
                (&picture[8..16], one["sizes"].as_str()),
                (&b"WEBPVP8X"[..], Some(size_of(&picture).as_str())),
                "{name}"
            );
        }
        Ok(())
    }

    #[test]
    fn the_assets_of_one_release_before_stay() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let release = |asset: &str| {
            let page = format!("<script src=\"/{asset}\">");
            publish(&files(&[("index.html", page.as_str()), (asset, asset), ("sw.js", asset)]), folder.path())
        };
        let there = |asset: &str| folder.path().join(asset).is_file();
        release("assets/one.js")?;
        release("assets/two.js")?;
        release("assets/two.js")?;
        assert!(there("assets/one.js") && there("assets/two.js"), "an open page of the first release loads late");
        release("assets/three.js")?;
        assert!(!there("assets/one.js") && there("assets/two.js") && there("assets/three.js"));
        assert_eq!(fs::read_to_string(folder.path().join("sw.js"))?, "assets/three.js");
        Ok(())
    }
}
