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
    "public",
    "xtask/src",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
];

/// Features that rustc and wasm-bindgen use today; binaryen refuses a module that uses one it was not told of.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
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

/// Makes every module in `built` as small as the tools here can.
fn shrink(built: &Path) -> Result<()> {
    let optimiser = output(command("wasm-opt").arg("--version"));
    if optimiser.is_none() {
        println!("wasm-opt is not installed (package binaryen): the bundles stay about a tenth larger.");
    }
    for entry in fs::read_dir(built)? {
        let path = entry?.path();
        if path.extension().is_none_or(|kind| kind != "wasm") {
            continue;
        }
        if let Some(version) = &optimiser
            && let Err(error) = optimise(&path)
        {
            println!("Going on without {version}: {error:#}.");
        }
        let module = fs::read(&path)?;
        let bare = wasm::without_custom_sections(&module).context("Trunk wrote a file that is no module")?;
        fs::write(&path, bare)?;
    }
    Ok(())
}

/// Runs wasm-opt over one module, and takes what it wrote only if it can be trusted: version 108 exports every table
/// as the first one, and such a module fails when it starts.
fn optimise(path: &Path) -> Result<()> {
    let smaller = path.with_extension("opt");
    let mut call = command("wasm-opt");
    run(call.arg("-Oz").args(WASM_FEATURES).arg(path).arg("-o").arg(&smaller))?;
    let tables = |path| Ok::<_, anyhow::Error>(wasm::exported_tables(&fs::read(path)?));
    let (before, after) = (tables(path)?, tables(&smaller)?);
    if before != after {
        fs::remove_file(&smaller)?;
        bail!("it mixes up the exported tables");
    }
    Ok(fs::rename(&smaller, path)?)
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
