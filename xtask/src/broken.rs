//! `cargo xtask sim --broken`: proves that the simulation can fail.
//!
//! [`variants`] is a table of mistakes, each a text in the sources that ship, or in what stands for the drivers and the disks
//! around them in a simulated world, and what would stand there instead. All of them are put
//! into one copy of the tree, each behind its number, so that nothing of this is in the code that ships; the copy is built
//! once and run once a mistake, until a promise breaks. A text that is no longer there, or there twice, and a mistake that
//! is not found, fail the check.

mod variants;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail, ensure};

use crate::project::{cargo, command, output, root, target};
use variants::{Edit, VARIANTS, Variant};

/// The crates that a simulation is made of.
const CRATES: &[&str] = &["sync", "saga", "flow", "domain", "sim"];

/// The most runs in which a mistake must be found: five times what `cargo xtask test` runs. The rarest needs almost half of them.
const RUNS_MAX: u32 = 100_000;

/// How many runs the copy must stand without a mistake, so that what is found is the mistake's.
const RUNS_SOUND: u32 = 5_000;

/// The environment's word for which mistake is on; none is 0.
const WHICH: &str = "CARRYOUT_BROKEN";

/// Where the figures of the last check are kept.
const TABLE: &str = "crates/sim/BROKEN.md";

/// What follows the sources of `sync` in the copy.
const SWITCH: &str = "
/// Whether the mistake of this number is on.
#[doc(hidden)]
pub fn broken(number: u32) -> bool {
    static WHICH: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    let ask = || std::env::var(\"CARRYOUT_BROKEN\").ok().and_then(|which| which.parse().ok()).unwrap_or(0);
    *WHICH.get_or_init(ask) == number
}
";

/// Checks every mistake of the table, or those whose names have one of `only` in them. With `write`, keeps the figures in
/// [`TABLE`], which are those of all.
///
/// # Errors
/// When one was not found, or the table does not fit the sources any more.
pub(crate) fn check(write: bool, only: &[String]) -> Result<()> {
    let is_meant = |variant: &Variant| only.is_empty() || only.iter().any(|text| variant.name.contains(text));
    ensure!(only.is_empty() || !write, "--write keeps the figures of all mistakes: leave out the names");
    let meant = VARIANTS.iter().filter(|variant| is_meant(variant)).count();
    ensure!(meant > 0, "no mistake has such a name: they stand in {TABLE}");
    let tree = mistaken(&target().join("broken"))?;
    let sim = build(&tree)?;
    let sound = run(&sim, 0, RUNS_SOUND)?;
    ensure!(sound.is_none(), "the copy without a mistake fails: {}", sound.unwrap_or_default().1);
    let mut table = String::new();
    let mut missed = vec![];
    for (index, variant) in VARIANTS.iter().enumerate().filter(|(_, variant)| is_meant(variant)) {
        match run(&sim, number(index), RUNS_MAX)? {
            Some((runs, seen)) => {
                println!("{:>6} runs  {}: {seen}", runs, variant.name);
                let Variant { name, breaks, .. } = variant;
                writeln!(table, "| {name} | {breaks} | {} | {runs} | {} |", place(variant), plain(&seen))?;
            }
            None => {
                println!("  MISSED     {}: {}", variant.name, variant.breaks);
                missed.push(variant.name);
            }
        }
    }
    if write && missed.is_empty() {
        let today = output(command("date").arg("+%Y-%m-%d")).context("could not ask for the date")?;
        fs::write(root().join(TABLE), document(&table, today.trim()))?;
    }
    ensure!(missed.is_empty(), "{RUNS_MAX} runs did not find: {}", missed.join(", "));
    println!("{meant} variants, each found");
    Ok(())
}

/// Whether all mistakes together are a program: one that is none would be told of only by the hour in which they are looked for.
///
/// # Errors
/// One does not fit the sources, or what it makes of them does not compile.
pub(crate) fn compiles() -> Result<()> {
    let tree = mistaken(&target().join("broken-check"))?;
    // What the sources depend on was checked before, and is not built again.
    let mut check = cargo();
    check.current_dir(&tree).env("CARGO_TARGET_DIR", target());
    let said = check.args(["check", "--quiet", "--package", "sim"]).output().context("could not start cargo")?;
    // Only what is wrong is of interest: a mistake looks like one.
    ensure!(said.status.success(), "the mistakes are no program:\n{}", String::from_utf8_lossy(&said.stderr));
    Ok(())
}

/// A copy of the sources in `tree` with every mistake in it.
fn mistaken(tree: &Path) -> Result<PathBuf> {
    copy(tree)?;
    for (index, variant) in VARIANTS.iter().enumerate() {
        put(tree, number(index), variant).with_context(|| format!("the variant `{}`", variant.name))?;
    }
    Ok(tree.to_path_buf())
}

fn number(index: usize) -> usize {
    index + 1
}

/// A tree of its own with the crates of the simulation, and no test in it.
fn copy(tree: &Path) -> Result<()> {
    for name in CRATES {
        let to = tree.join("crates").join(name);
        if to.exists() {
            fs::remove_dir_all(&to)?;
        }
        copy_folder(&root().join("crates").join(name).join("src"), &to.join("src"))?;
        let manifest = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml"))?;
        // Whatever a mistake is put into asks `sync` which one is on.
        let knows_sync = name == &"sync" || manifest.contains("sync.workspace");
        let dependencies = if knows_sync { "[dependencies]" } else { "[dependencies]\nsync.workspace = true" };
        fs::write(to.join("Cargo.toml"), manifest.replacen("[dependencies]", dependencies, 1))?;
    }
    let members = CRATES.iter().map(|name| format!("\"crates/{name}\"")).collect::<Vec<_>>().join(", ");
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    let lines = manifest.lines().filter(|line| !line.starts_with("default-members"));
    let lines =
        lines.map(|line| if line.starts_with("members") { format!("members = [{members}]") } else { line.to_owned() });
    fs::write(tree.join("Cargo.toml"), lines.collect::<Vec<_>>().join("\n"))?;
    fs::copy(root().join("Cargo.lock"), tree.join("Cargo.lock"))?;
    let library = tree.join("crates/sync/src/lib.rs");
    let text = fs::read_to_string(&library)?;
    fs::write(library, text + SWITCH)?;
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &there)?;
        } else {
            fs::copy(entry.path(), there)?;
        }
    }
    Ok(())
}

/// Puts a mistake into the copy, behind its number.
fn put(tree: &Path, number: usize, variant: &Variant) -> Result<()> {
    for Edit { file, find, replace } in variant.edits {
        let original = fs::read_to_string(root().join(file))?;
        let there = original.matches(find).count();
        ensure!(there == 1, "`{find}` is {there} times in {file}, not once");
        let path = tree.join(file);
        let text = fs::read_to_string(&path)?;
        let switch = if file.starts_with("crates/sync/") { "crate" } else { "sync" };
        let chosen = format!("if {switch}::broken({number}) {{ {replace} }} else {{ {find} }}");
        // An expression may stand where a bare `if` would be read as a statement.
        let statement = find.ends_with(';') || find.ends_with('}');
        let chosen = if statement { chosen } else { format!("({chosen})") };
        fs::write(&path, text.replacen(find, &chosen, 1))?;
    }
    Ok(())
}

fn build(tree: &Path) -> Result<PathBuf> {
    println!("building the copy with {} mistakes in it", VARIANTS.len());
    let mut build = cargo();
    build.current_dir(tree).env("CARGO_TARGET_DIR", tree.join("target"));
    build.args(["build", "--quiet", "--release", "--package", "sim"]).env("RUSTFLAGS", "--cap-lints allow");
    crate::project::run(&mut build)?;
    Ok(tree.join("target/release").join(format!("sim{}", std::env::consts::EXE_SUFFIX)))
}

/// How many runs it took to find the mistake, and what was seen.
fn run(sim: &Path, number: usize, runs: u32) -> Result<Option<(u64, String)>> {
    let mut run = command(sim);
    run.args(["--runs", &runs.to_string(), "--seed", "1"]).env(WHICH, number.to_string()).stderr(Stdio::null());
    let output = run.output().context("could not start the copy")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = said.lines().find_map(|line| line.strip_prefix("FAILED at seed "));
    match failed.and_then(|line| line.split_once(": ")) {
        Some((seed, seen)) => Ok(Some((seed.parse()?, seen.to_owned()))),
        None if output.status.success() => Ok(None),
        None => bail!("the copy ended without a word on why: {said}"),
    }
}

/// The crates that a mistake is put into.
fn place(variant: &Variant) -> String {
    let crates = variant.edits.iter().filter_map(|edit| edit.file.split('/').nth(1));
    crates.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

/// What was seen, without the names of one run.
fn plain(seen: &str) -> String {
    let short: String = seen.chars().take(110).collect();
    let words = short.split(' ').map(|word| {
        let named = word.matches('-').count() >= 4;
        if named { word.split('/').next().filter(|kind| *kind != word).unwrap_or("an act") } else { word }
    });
    words.collect::<Vec<_>>().join(" ").replace('|', "/")
}

fn document(table: &str, today: &str) -> String {
    format!(
        "# Mistakes that the simulation finds\n\n\
         Each row is a mistake put into the sources, and how many runs it took until a promise broke. `sync`, `flow` and\n\
         `domain` are the code that ships; a mistake in `sim` is one that a browser's driver, a disk or the server's glue could\n\
         make. Made by `cargo xtask sim --broken --write` on {today}; the mistakes themselves stand in\n\
         `xtask/src/broken/variants.rs`.\n\n\
         | variant | what is broken | in | runs | what was seen |\n|---|---|---|---:|---|\n{table}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_fits_the_sources_and_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = VARIANTS.iter().map(|variant| variant.name).collect();
        assert_eq!(names.len(), VARIANTS.len());
        for Edit { file, find, .. } in VARIANTS.iter().flat_map(|variant| variant.edits) {
            let text = fs::read_to_string(root().join(file)).expect("the file is there");
            assert_eq!(text.matches(find).count(), 1, "`{find}` in {file}");
        }
    }

    /// A mistake stands beside what it replaces, and one of both is chosen while the copy runs.
    #[test]
    fn every_mistake_and_what_it_replaces_can_be_chosen_between() {
        for Edit { find, replace, .. } in VARIANTS.iter().flat_map(|variant| variant.edits) {
            for text in [find, replace] {
                let block = syn::parse_str::<syn::Block>(&format!("{{ {text} }}"));
                assert!(block.is_ok(), "`{text}` is no expression and no statement");
            }
            let is_statement = find.ends_with(';') || find.ends_with('}');
            assert!(is_statement || syn::parse_str::<syn::Expr>(find).is_ok(), "`{find}` is no expression");
        }
    }

    #[test]
    fn the_table_names_no_act_of_one_run() {
        let seen = "order/01a1fdfa-472c-aee5-89d0-5a35538e6694 vanished from the screen while its act was Done";
        assert_eq!(plain(seen), "order vanished from the screen while its act was Done");
        assert_eq!(plain("01a1fdfa-472c-aee5-89d0-5a35538e6694 left"), "an act left");
    }
}
