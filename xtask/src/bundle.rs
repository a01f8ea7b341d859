//! Builds the bundles with Trunk, shrinks them, and assembles `dist/`. Unchanged inputs are not built again.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::UNIX_EPOCH,
};

use anyhow::{Context, Result, bail};

use crate::{
    assemble::{self, STAMP},
    project::{Profile, command, dist, output, root, run, target},
    tools, wasm,
};

/// What the bundles are made of.
const INPUTS: &[&str] = &[
    "app",
    "crates/domain",
    "crates/drain",
    "crates/replica",
    "crates/sync",
    "crates/words",
    "docs/pictures",
    "public",
    "xtask/src",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
];

/// What makes bundles that are built to be tried a quarter as large: every fresh browser compiles them anew. It is said by
/// the environment and not by a profile of its own, which would build all macros and build scripts a second time.
pub(crate) const QUICK: [(&str, &str); 3] = [
    ("CARGO_PROFILE_DEV_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_DEV_DEBUG", "false"),
    ("CARGO_PROFILE_DEV_STRIP", "debuginfo"),
];

/// Builds `dist/`, unless it was already built from the same inputs.
///
/// # Errors
/// When a tool is missing and cannot be installed, or a step fails.
pub(crate) fn build(profile: Profile) -> Result<()> {
    let stamp = stamp(profile)?;
    if fs::read_to_string(dist().join(STAMP)).is_ok_and(|there| there == stamp) {
        println!("The bundles in dist/ are up to date.");
        return Ok(());
    }
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    let trunk = tools::trunk()?;
    println!("Building the bundles with Trunk (the first time takes some minutes, later ones seconds).");
    let built = target().join("trunk").join(profile.folder());
    let mut call = trunk_call(&trunk);
    call.arg("build").arg("--dist").arg(&built);
    match profile {
        Profile::Dev => call.envs(QUICK),
        Profile::Release => call.arg("--release"),
    };
    run(&mut call)?;
    if profile == Profile::Release {
        shrink(&built)?;
    }
    assemble::assemble(&built, profile, &stamp)?;
    if profile == Profile::Release {
        report()?;
    }
    Ok(())
}

/// `trunk serve` with the project's own tools; `args` are passed on.
///
/// # Errors
/// When a tool is missing and cannot be installed, or Trunk fails.
pub(crate) fn dev(args: &[String]) -> Result<()> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    run(trunk_call(&tools::trunk()?).arg("serve").args(args))
}

/// The hook that Trunk calls: adds the manifests to what it has staged.
///
/// # Errors
/// Outside of a Trunk hook, or when the manifests cannot be written.
pub(crate) fn manifests() -> Result<()> {
    let Some(staging) = env::var_os("TRUNK_STAGING_DIR") else {
        bail!("Trunk calls this as a hook and says where with TRUNK_STAGING_DIR; run `cargo xtask assemble` instead");
    };
    crate::manifest::write(Path::new(&staging))
}

pub(crate) fn trunk_call(trunk: &Path) -> Command {
    let mut call = command(trunk);
    call.env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    call
}

/// Changes when a file of [`INPUTS`] does, by path, size or time.
fn stamp(profile: Profile) -> Result<String> {
    let mut lines = vec![format!("{profile:?}"), output(command("rustc").arg("-V")).unwrap_or_default()];
    let mut queue: Vec<PathBuf> = INPUTS.iter().map(|input| root().join(input)).collect();
    while let Some(path) = queue.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                queue.push(entry?.path());
            }
            continue;
        }
        let about = fs::metadata(&path).with_context(|| format!("{} is missing", path.display()))?;
        let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        lines.push(format!("{} {} {}", path.display(), about.len(), changed.as_nanos()));
    }
    lines.sort();
    Ok(assemble::hash(lines.join("\n").as_bytes()))
}

/// Takes names and notes out of every module in `built`. Nothing else: `wasm-opt -Oz` made the customer's module an eighth smaller
/// (2026-11-30, binaryen 132), and what travels of it larger, because brotli finds less that repeats.
fn shrink(built: &Path) -> Result<()> {
    for entry in fs::read_dir(built)? {
        let path = entry?.path();
        if path.extension().is_none_or(|kind| kind != "wasm") {
            continue;
        }
        let bare = wasm::without_custom_sections(&fs::read(&path)?).context("Trunk wrote a file that is no module")?;
        fs::write(&path, bare)?;
    }
    Ok(())
}

/// What a phone downloads.
fn report() -> Result<()> {
    for entry in fs::read_dir(dist().join("assets"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".wasm") {
            let plain = fs::metadata(&path)?.len() / 1000;
            let sent = fs::metadata(format!("{}.br", path.display())).map_or(plain, |about| about.len() / 1000);
            println!("{name}: {plain} kB, {sent} kB as brotli.");
        }
    }
    Ok(())
}
