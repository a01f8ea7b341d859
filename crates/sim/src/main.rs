//! `sim --runs N [--seed S]`: runs N worlds and prints what was done to them; stops at the first that breaks a promise.

#![allow(clippy::print_stdout, reason = "this is a program for a terminal")]

use std::panic;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use clap::Parser;
use sim::{Failure, Fault, Report, run};

/// A run is made of small pieces of text that come and go: the usual allocator takes a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the whole system on virtual time.
#[derive(Parser)]
struct Args {
    /// How many worlds.
    #[arg(long, default_value_t = 1_000)]
    runs: u64,
    /// The first world's seed; the others follow it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print everything that happens in the first world, and run no other.
    #[arg(long)]
    trace: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    // A broken assertion is reported with its seed below, once, and not in the middle of other runs.
    panic::set_hook(Box::new(|_| {}));
    if args.trace {
        return trace(args.seed);
    }
    let begun = Instant::now();
    let next = AtomicU64::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let (total, failure) = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(|| work(&args, &next))).collect();
        let mut total = (0, Report::default());
        let mut failure: Option<Failure> = None;
        for worker in workers {
            let (runs, report, failed) = worker.join().expect("a worker reports its failures");
            total.0 += runs;
            total.1.add(&report);
            failure = failure.into_iter().chain(failed).min_by_key(|failure| failure.seed);
        }
        (total, failure)
    });
    let (runs, report) = total;
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{runs} runs, {} steps, {} acts, {} orders, {} delivered, {} refused, {} erased, {} messages",
        report.steps, report.acts, report.orders, report.delivered, report.refused, report.erased, report.messages
    );
    println!("{:.0} runs a second", runs as f64 / seconds.max(0.001));
    for fault in Fault::ALL {
        println!("  {:>9} {}", report.faults.count(fault), fault.name());
    }
    match failure {
        None => {
            println!("every promise held");
            ExitCode::SUCCESS
        }
        Some(failure) => {
            println!("FAILED at {failure}");
            println!("again: cargo xtask sim --runs 1 --seed {}", failure.seed);
            ExitCode::FAILURE
        }
    }
}

/// One world, told step by step.
fn trace(seed: u64) -> ExitCode {
    match attempt(|| sim::told(seed, Some(|line| println!("{line}"))), seed) {
        Ok(_) => ExitCode::SUCCESS,
        Err(failure) => {
            println!("FAILED at {failure}");
            ExitCode::FAILURE
        }
    }
}

/// A broken assertion is a failure like any other.
fn attempt(run: impl FnOnce() -> Result<Report, Failure> + panic::UnwindSafe, seed: u64) -> Result<Report, Failure> {
    panic::catch_unwind(run).unwrap_or_else(|panicked| {
        let what = panicked.downcast_ref::<String>().cloned();
        let what = what.or_else(|| panicked.downcast_ref::<&str>().map(|what| (*what).to_owned()));
        Err(Failure { seed, what: format!("broken assertion: {}", what.unwrap_or_default()) })
    })
}

fn work(args: &Args, next: &AtomicU64) -> (u64, Report, Option<Failure>) {
    let (mut runs, mut total) = (0, Report::default());
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        if index >= args.runs {
            return (runs, total, None);
        }
        let seed = args.seed.wrapping_add(index);
        match attempt(|| run(seed), seed) {
            Ok(report) => {
                runs += 1;
                total.add(&report);
            }
            Err(failure) => return stop(next, runs, total, failure),
        }
    }
}

/// The first failure ends all.
fn stop(next: &AtomicU64, runs: u64, total: Report, failure: Failure) -> (u64, Report, Option<Failure>) {
    next.store(u64::MAX / 2, Ordering::Relaxed);
    (runs, total, Some(failure))
}
