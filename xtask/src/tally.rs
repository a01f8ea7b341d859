//! Steps that are run one after the other: a failed one hides no other, and the last line counts.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, bail};

use crate::project::shown;

/// What was counted, and which steps did not succeed.
#[derive(Default)]
pub(crate) struct Tally {
    passed: u32,
    failed: u32,
    broken: Vec<String>,
}

impl Tally {
    /// Runs one step; an error is kept for the end. True when it succeeded.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Result<()>) -> bool {
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
    pub(crate) fn command(&mut self, name: &str, call: &mut Command) {
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
    pub(crate) fn skip(&mut self, name: &str, why: &str) {
        println!("\n== {name}: skipped: {why}");
        self.failed += 1;
        self.broken.push(format!("{name} skipped: {why}"));
    }

    /// Names what failed, and counts. Ends the program when something did, so that the count stays the last line.
    pub(crate) fn finish(self) -> Result<()> {
        println!();
        for broken in &self.broken {
            println!("{broken}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 || !self.broken.is_empty() {
            std::process::exit(1);
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
