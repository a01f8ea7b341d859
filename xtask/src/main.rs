//! The project's own tool: `cargo xtask serve` runs Carryout, `cargo xtask test` proves it.
//!
//! It writes to `dist/`, `.tools/`, the data folder, Cargo's target directory and `node_modules` below `e2e/`, `pictures` to `docs/pictures/`, and
//! nowhere else.

// What it prints is its work.
#![allow(clippy::print_stdout)]

mod example;
mod first_load;
mod pictures;
mod serve;
mod soak;
mod tally;
mod test;

mod broken;

mod assemble;
mod bundle;
mod compress;
mod manifest;
mod sizes;
mod wasm;

mod browsers;
mod lan;
mod project;
mod tidy;
mod tools;
mod web;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use project::Profile;

/// Carryout's own tool.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, and serve with demo data.
    Serve(serve::Serve),
    /// Install what is missing, and run every check and test.
    Test(test::Test),
    /// Run what takes hours: a million simulated worlds, hundreds of killed browsers, every mistake on purpose.
    Soak(soak::Soak),
    /// Run the whole system on virtual time: `cargo xtask sim --runs 100 --seed 1`.
    Sim {
        /// Put known mistakes into a copy of the sources instead, and check that each is found.
        #[arg(long)]
        broken: bool,
        /// With `--broken`: keep the figures beside the sources.
        #[arg(long, requires = "broken")]
        write: bool,
        /// With `--broken`: only see that all mistakes fit the sources and compile, as `cargo xtask test` does.
        #[arg(long, requires = "broken", conflicts_with = "write")]
        compiles: bool,
        /// Passed on to the simulation; `--help` lists them. With `--broken`: only the mistakes with such a word in their names.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Measure, as ratios against what the machine itself can do.
    #[command(subcommand)]
    Bench(Bench),
    /// Build the frontend into dist/.
    Assemble {
        /// Small to send, slow to build.
        #[arg(long)]
        release: bool,
    },
    /// Build the frontend, and hold the size of each bundle against what was recorded.
    Sizes {
        /// What is shipped, instead of what is tested.
        #[arg(long)]
        release: bool,
        /// Record the sizes.
        #[arg(long)]
        write: bool,
    },
    /// Run `trunk serve` with the project's own tools; a `bff serve` on port 8080 answers for the API.
    Dev {
        /// Passed on to Trunk.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Build and serve the engine's smallest example, a shopping list that a household shares.
    Example(example::Example),
    /// Install the browsers that the browser tests drive and the npm packages they use, and say which are missing.
    Browsers,
    /// Take the pictures in the README anew, from the running system.
    Pictures,
    /// Visit what would be shipped once, as Lighthouse does, and print what a first load costs.
    FirstLoad,
    /// Check that the documents name files that exist, and the like.
    Tidy,
    /// Called by Trunk: adds apps.json and its like to what it has staged.
    #[command(hide = true)]
    Manifests,
}

/// What to measure.
#[derive(Subcommand)]
enum Bench {
    /// How much the server carries: durable commands, the way to a customer's screen, sagas, building views again.
    Events {
        /// Passed on; `--help` lists them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Serve(wish) => serve::serve(&wish),
        Task::Test(wish) => test::test(&wish),
        Task::Soak(wish) => soak::soak(&wish),
        Task::Sim { compiles: true, .. } => broken::compiles(),
        Task::Sim { broken: true, write, args, .. } => broken::check(write, &args),
        Task::Sim { args, .. } => project::run(&mut test::sim(&args)),
        Task::Bench(Bench::Events { args }) => {
            let bench = ["bench", "--package", "bff", "--bench", "events", "--"];
            project::run(project::cargo().args(bench).args(args))
        }
        Task::Assemble { release } => bundle::build(Profile::of(release)),
        Task::Sizes { release, write } => {
            let profile = Profile::of(release);
            bundle::build(profile).and_then(|()| sizes::check(profile, write))
        }
        Task::Dev { args } => bundle::dev(&args),
        Task::Example(wish) => example::example(&wish),
        Task::Browsers => browsers::ensure_all().and(web::ensure(web::Packages::Tests)),
        Task::Pictures => pictures::take(),
        Task::FirstLoad => first_load::measure(),
        Task::Tidy => tidy::tidy(),
        Task::Manifests => bundle::manifests(),
    }
}
