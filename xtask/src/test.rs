//! `cargo xtask test`: every check there is, the cheap ones first. A failed step hides no other, and the last line counts.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    thread,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    bundle,
    project::{Profile, bff, cargo, dist, shown},
    serve::build_server,
    tidy, tools,
};

/// Shipped to the browser only.
const WASM_CRATES: &[&str] = &["app", "replica"];

/// Browsers at a time: each wants a core and some hundred megabytes.
const BROWSERS_MAX: usize = 4;

/// How much to test.
#[derive(Args)]
pub(crate) struct Test {
    /// How many seeds the simulation runs.
    #[arg(long, default_value_t = 200)]
    runs: u32,
    /// Test what is shipped: release bundles and server.
    #[arg(long)]
    release: bool,
}

/// What was counted, and which steps did not succeed.
#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
    broken: Vec<String>,
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
    tally.command("tests", &mut native("test", &["--no-fail-fast"]));
    tally.command("simulation", &mut sim(&["--runs".into(), wish.runs.to_string()]));

    let ready = tally.step("bundles", |_| bundle::build(profile)) & tally.step("server", |_| build_server(profile));
    match tools::browser() {
        Err(error) => tally.skip("browser tests", &format!("{error:#}")),
        Ok(()) if !ready => tally.skip("browser tests", "the bundles or the server did not build"),
        Ok(()) => tally.command("browser tests", &mut browser_tests(profile)),
    }
    tally.finish()
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

fn wasm_clippy() -> Command {
    let mut call = cargo();
    call.args(["clippy", "--target", "wasm32-unknown-unknown"]);
    for package in WASM_CRATES {
        call.args(["--package", package]);
    }
    call.args(["--keep-going", "--", "-D", "warnings"]);
    call
}

fn browser_tests(profile: Profile) -> Command {
    let mut call = cargo();
    let browsers = thread::available_parallelism().map_or(1, usize::from).min(BROWSERS_MAX);
    call.args(["test", "--package", "e2e", "--no-fail-fast", "--", "--test-threads", &browsers.to_string()]);
    call.env("CARRYOUT_BFF", bff(profile)).env("CARRYOUT_DIST", dist());
    call
}

impl Tally {
    /// Runs one step; an error is kept for the end. True when it succeeded.
    fn step(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Result<()>) -> bool {
        println!("\n== {name}");
        let start = Instant::now();
        let failed_before = self.failed;
        let outcome = work(self);
        let seconds = start.elapsed().as_secs_f32();
        let Err(error) = outcome else {
            println!("== {name}: passed in {seconds:.1} s");
            return true;
        };
        // A step that counts no failed test of its own has failed as a whole.
        self.failed += u32::from(self.failed == failed_before);
        println!("{error:#}\n== {name}: failed after {seconds:.1} s");
        self.broken.push(format!("{name} failed"));
        false
    }

    /// Runs a command as a step, prints what it prints and counts its tests.
    fn command(&mut self, name: &str, call: &mut Command) {
        let line = shown(call);
        self.step(name, |tally| {
            println!("$ {line}");
            let mut child = call.stdout(Stdio::piped()).spawn().with_context(|| format!("could not start `{line}`"))?;
            let stdout = child.stdout.take().expect("stdout was piped just above");
            for said in BufReader::new(stdout).lines() {
                let said = said?;
                println!("{said}");
                let (passed, failed) = counted(&said).unwrap_or_default();
                tally.passed += passed;
                tally.failed += failed;
            }
            let status = child.wait()?;
            if !status.success() {
                bail!("`{line}` failed ({status})");
            }
            Ok(())
        });
    }

    /// A step that could not run is a failure, with its reason.
    fn skip(&mut self, name: &str, why: &str) {
        println!("\n== {name}: skipped: {why}");
        self.failed += 1;
        self.broken.push(format!("{name} skipped: {why}"));
    }

    fn finish(self) -> Result<()> {
        println!();
        for broken in &self.broken {
            println!("{broken}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 || !self.broken.is_empty() {
            std::process::exit(1); // the count stays the last line
        }
        Ok(())
    }
}

/// The counts in libtest's `test result: ok. 3 passed; 0 failed; ...`.
fn counted(line: &str) -> Option<(u32, u32)> {
    let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let count = |what: &str| {
        let part = counts.split("; ").find_map(|part| part.strip_suffix(what))?;
        part.trim().parse().ok()
    };
    Some((count("passed")?, count("failed")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_counts_are_read() {
        let ok = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        let bad = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(counted(ok), Some((12, 0)));
        assert_eq!(counted(bad), Some((1, 2)));
        assert_eq!(counted("running 3 tests"), None);
    }

    #[test]
    fn a_step_that_fails_counts_once_and_stops_no_other() {
        let mut tally = Tally::default();
        assert!(!tally.step("first", |_| bail!("no")));
        assert!(tally.step("second", |_| Ok(())));
        assert_eq!((tally.failed, tally.broken.len()), (1, 1));
    }
}
