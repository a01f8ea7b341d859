//! The project's own tool: `cargo xtask serve` runs Carryout, `cargo xtask test` proves it.
//!
//! It writes to `dist/`, `.tools/`, the data folder and Cargo's target directory, and nowhere else.

// What it prints is its work.
#![allow(clippy::print_stdout)]

mod serve;
mod test;

mod assemble;
mod bundle;
mod compress;
mod manifest;
mod wasm;

mod lan;
mod project;
mod tidy;
mod tools;

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
    /// Run the whole system on virtual time: `cargo xtask sim --runs 100 --seed 1`.
    Sim {
        /// Passed on to the simulation; `--help` lists them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Build the frontend into dist/.
    Assemble {
        /// Small to send, slow to build.
        #[arg(long)]
        release: bool,
    },
    /// Run `trunk serve` with the project's own tools; a `bff serve` on port 8080 answers for the API.
    Dev {
        /// Passed on to Trunk.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Check that the documents name files that exist, and the like.
    Tidy,
    /// Called by Trunk: adds apps.json and its like to what it has staged.
    #[command(hide = true)]
    Manifests,
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
        Task::Sim { args } => project::run(&mut test::sim(&args)),
        Task::Assemble { release } => bundle::build(Profile::of(release)),
        Task::Dev { args } => bundle::dev(&args),
        Task::Tidy => tidy::tidy(),
        Task::Manifests => bundle::manifests(),
    }
}
