//! `cargo xtask test`: every check there is, the cheap ones first.

use std::{process::Command, thread};

use anyhow::Result;
use clap::Args;

use crate::{
    broken,
    browsers::Browser,
    bundle, example,
    project::{Profile, bff, cargo, dist},
    serve::build_server,
    sizes,
    tally::Tally,
    tidy,
    tools::{self, WASM},
    web,
};

/// Shipped to the browser only.
const WASM_CRATES: &[&str] = &["app", "drain", "replica"];

/// Stories at a time beside the cores: one waits while another works.
const STORIES_OVER: usize = 1;
/// Stories at a time at most: each has a browser or two of some hundred megabytes.
const STORIES_MAX: usize = 6;

/// How much to test.
#[derive(Args)]
pub(crate) struct Test {
    /// How many worlds the simulation runs.
    #[arg(long, default_value_t = 20_000)]
    runs: u32,
    /// Test what is shipped: release bundles and server.
    #[arg(long)]
    release: bool,
}

/// Runs everything, and fails when anything did.
///
/// # Errors
/// When a step failed or had to be skipped; the names are printed before the count.
pub(crate) fn test(wish: &Test) -> Result<()> {
    let mut tally = Tally::default();
    let profile = Profile::of(wish.release);

    tally.command("formatting", cargo().args(["fmt", "--all", "--check"]));
    tally.step("documents and sizes", |_| tidy::tidy());
    tally.command("lints", &mut native("clippy", &["--all-targets", "--keep-going", "--", "-D", "warnings"]));
    tally.step("wasm target", |_| tools::wasm_target());
    tally.command("lints, for the browser", &mut wasm_clippy());
    tally.command("documentation", &mut doc(&["sync", "flow", "saga", "wire", "domain"], &[]));
    tally.command("documentation, for the browser", &mut doc(&["replica"], &["--target", WASM]));
    tally.command("tests", &mut native("test", &["--no-fail-fast"]));
    tally.step("mistakes for the simulation", |_| broken::compiles());
    tally.command("simulation", &mut sim(&["--runs".into(), wish.runs.to_string()]));

    let ready = build_all(&mut tally, profile);
    tally.step("sizes of the bundles", |_| sizes::check(profile, false));
    // Where they are missing, the stories that use them fail and say so; the others are told all the same.
    tally.step("npm packages", |_| web::ensure(web::Packages::Tests));
    for browser in Browser::ALL {
        let name = format!("browser tests, {}", browser.name());
        match browser.ensure() {
            Err(error) => tally.skip(&name, &format!("{error:#}")),
            Ok(()) if !ready => tally.skip(&name, "the bundles or the server did not build"),
            Ok(()) => tally.command(&name, &mut browser_tests(browser, profile, None)),
        }
    }
    tally.finish()
}

/// Builds what a browser story drives; true when all of it is there.
pub(crate) fn build_all(tally: &mut Tally, profile: Profile) -> bool {
    tally.step("bundles", |_| bundle::build(profile))
        & tally.step("server", |_| build_server(profile))
        & tally.step("example", |_| example::build())
}

/// The simulation, arguments passed on.
pub(crate) fn sim(args: &[String]) -> Command {
    let mut sim = cargo();
    sim.args(["run", "--quiet", "--release", "--package", "sim", "--"]).args(args);
    sim
}

fn native(task: &str, args: &[&str]) -> Command {
    let mut call = cargo();
    call.args([task, "--workspace"]);
    // What belongs to the browser is linted for the browser; its own small tests run here. The browser tests come last.
    let apart = if task == "test" { &["e2e"] } else { WASM_CRATES };
    for package in apart {
        call.args(["--exclude", package]);
    }
    call.args(args);
    call
}

/// Documentation that names nothing which its reader cannot find.
fn doc(packages: &[&str], more: &[&str]) -> Command {
    let mut call = cargo();
    call.args(["doc", "--no-deps"]).args(more).env("RUSTDOCFLAGS", "-D warnings");
    call.args(packages.iter().flat_map(|package| ["--package", package]));
    call
}

fn wasm_clippy() -> Command {
    let mut call = cargo();
    call.args(["clippy", "--target", WASM]);
    for package in WASM_CRATES {
        call.args(["--package", package]);
    }
    call.args(["--keep-going", "--", "-D", "warnings"]);
    call
}

/// The stories of one browser, or of one file of them. A failed story hides no other.
pub(crate) fn browser_tests(browser: Browser, profile: Profile, file: Option<&str>) -> Command {
    let mut call = cargo();
    let stories = (thread::available_parallelism().map_or(1, usize::from) + STORIES_OVER).min(STORIES_MAX);
    call.args(["test", "--package", "e2e", "--no-fail-fast", "--", "--test-threads", &stories.to_string()]);
    // A test's name is its file's, `::`, and its own, which begins with its browser's.
    let file = file.map(|file| format!("{file}::")).unwrap_or_default();
    call.args(Some(file + browser.prefix().unwrap_or_default()).filter(|start| !start.is_empty()));
    if browser.prefix().is_none() {
        let others = Browser::ALL.into_iter().filter_map(Browser::prefix);
        call.args(others.flat_map(|other| ["--skip", other]));
    }
    call.env("CARRYOUT_BFF", bff(profile)).env("CARRYOUT_DIST", dist());
    call.env("CARRYOUT_EXAMPLE_SERVER", example::server()).env("CARRYOUT_EXAMPLE_PAGES", example::pages());
    call
}
