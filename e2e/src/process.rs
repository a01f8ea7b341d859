//! A program we started: what it says is kept in a log, and it never outlives us.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use crate::wait;

/// A program says that it is ready well within this, even beside a compiler.
pub(crate) const START_MAX: Duration = Duration::from_secs(60);
/// Connections are drained and files closed within this.
const STOP_MAX: Duration = Duration::from_secs(15);

pub(crate) struct Process {
    name: String,
    child: Child,
    lines: UnboundedReceiver<String>,
    log: PathBuf,
}

impl Process {
    /// Starts the program; its output is appended to `log`.
    pub(crate) fn start(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        let mut file = File::options().create(true).append(true).open(log)?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(file.try_clone()?)
            .spawn()
            .with_context(|| format!("cannot start {name} ({command:?})"))?;
        let stdout = child.stdout.take().expect("stdout was asked for");
        let (line_sender, lines) = unbounded_channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // A full disk loses a log line, not a test.
                let _ = writeln!(file, "{line}");
                let _ = line_sender.send(line);
            }
        });
        Ok(Self { name: name.into(), child, lines, log: log.into() })
    }

    /// Reads standard output up to the first line in which `find` finds something.
    pub(crate) async fn line<T>(&mut self, find: impl Fn(&str) -> Option<T>) -> Result<T> {
        let search = async {
            while let Some(line) = self.lines.recv().await {
                if let Some(found) = find(&line) {
                    return Some(found);
                }
            }
            None
        };
        match timeout(START_MAX, search).await {
            Ok(Some(found)) => Ok(found),
            Ok(None) => bail!("{} ended before it was ready; it said:\n{}", self.name, self.log_tail()),
            Err(_) => bail!("{} was not ready within {START_MAX:?}; it said:\n{}", self.name, self.log_tail()),
        }
    }

    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        kill_process(Pid::from_child(&self.child), signal).with_context(|| format!("cannot signal {}", self.name))
    }

    /// Waits for the program to end.
    pub(crate) async fn ended(&mut self) -> Result<ExitStatus> {
        let child = std::sync::Mutex::new(&mut self.child);
        let look = async || child.lock().expect("nobody panics while looking").try_wait();
        match wait::until(STOP_MAX, look).await? {
            Some(status) => Ok(status),
            None => bail!("{} did not end within {STOP_MAX:?}; it said:\n{}", self.name, self.log_tail()),
        }
    }

    /// Its children, their children and so on; not itself.
    pub(crate) fn descendants(&self) -> Vec<Pid> {
        descendants(Pid::from_child(&self.child))
    }

    /// All it said, in all its lives.
    pub(crate) fn log(&self) -> String {
        read(&self.log)
    }

    /// The end of what it said, for a failure's report.
    pub(crate) fn log_tail(&self) -> String {
        log_tail(&self.log)
    }

    /// SIGKILL to it and to all it started; returns when it is gone.
    pub(crate) fn kill(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        let family = self.descendants();
        let _ = self.child.kill();
        let _ = self.child.wait();
        kill_all(&family);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The last lines of a log.
pub(crate) fn log_tail(log: &Path) -> String {
    let text = read(log);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

pub(crate) fn read(log: &Path) -> String {
    fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// SIGKILL to each; returns when none of them runs any more, so that nobody writes into a folder that is removed next.
pub(crate) fn kill_all(pids: &[Pid]) {
    for pid in pids {
        // One that is gone already is no error.
        let _ = kill_process(*pid, Signal::KILL);
    }
    // The kernel does not let a process outlive SIGKILL for long: it only finishes what it asked of the disk.
    while pids.iter().any(|pid| runs(*pid)) {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Whether the process still runs; one that ended and was not yet collected does not.
fn runs(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    stat.is_ok_and(|stat| parent_and_state(&stat).is_some_and(|(_, state)| state != 'Z'))
}

fn descendants(root: Pid) -> Vec<Pid> {
    let mut family = vec![root];
    let parents = parents();
    let mut next = 0;
    while next < family.len() {
        let parent = family[next];
        family.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(child, _)| *child));
        next += 1;
    }
    family.split_off(1)
}

/// Every running process with its parent.
fn parents() -> Vec<(Pid, Pid)> {
    let Ok(folder) = fs::read_dir("/proc") else { return Vec::new() };
    let pid_and_parent = |entry: fs::DirEntry| {
        let pid = Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        Some((pid, Pid::from_raw(parent_and_state(&stat)?.0)?))
    };
    folder.filter_map(Result::ok).filter_map(pid_and_parent).collect()
}

/// From `/proc/PID/stat`: the name stands in parentheses and may hold anything, so read from its end.
fn parent_and_state(stat: &str) -> Option<(i32, char)> {
    let mut words = stat[stat.rfind(')')? + 1..].split_whitespace();
    let state = words.next()?.chars().next()?;
    Some((words.next()?.parse().ok()?, state))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, folder: &Path) -> Process {
        Process::start("shell", Command::new("sh").args(["-c", script]), &folder.join("log")).unwrap()
    }

    #[tokio::test]
    async fn a_ready_line_is_awaited_and_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut shell = shell("echo starting; echo ready on 42; sleep 60", folder.path());
        let port: u16 = shell.line(|line| line.strip_prefix("ready on ")?.parse().ok()).await.unwrap();
        assert_eq!(port, 42);
    }

    #[tokio::test]
    async fn a_program_that_ends_early_is_reported_with_what_it_said() {
        let folder = tempfile::tempdir().unwrap();
        let mut shell = shell("echo the port is taken >&2; exit 1", folder.path());
        let error = shell.line(|line| line.strip_prefix("ready").map(str::to_owned)).await.unwrap_err();
        assert!(error.to_string().contains("the port is taken"), "{error}");
        assert!(!shell.ended().await.unwrap().success());
    }

    #[tokio::test]
    async fn a_kill_reaches_the_grandchildren() {
        let folder = tempfile::tempdir().unwrap();
        let mut shell = shell("(sleep 61; true) & (sleep 62; true) & echo ready; wait", folder.path());
        shell.line(|line| (line == "ready").then_some(())).await.unwrap();
        let look = async || Ok::<_, ()>((shell.descendants().len() == 4).then(|| shell.descendants()));
        let family = wait::until(START_MAX, look).await.unwrap().expect("two shells with a sleep each");
        shell.kill();
        assert!(!family.iter().any(|pid| runs(*pid)));
    }
}
