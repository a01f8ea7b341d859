//! Carryout's server: services around an event hub, in one small executable.
//!
//! ```text
//! bff serve    API, live feed and static files
//! bff import   restaurants and menus from schema.org JSON-LD, or made up for load
//! ```
//! Read [`serve`] for how the parts are put together, [`accept`] for what happens to an act, [`hub`] and [`listener`]
//! for how facts travel, [`live`] for how they reach a screen.

#![allow(unreachable_pub, reason = "an executable has no outside; `pub` here means the rest of the crate")]

mod config;
mod serve;
mod state;
mod store;
mod zones;

mod services;

mod accept;
mod hub;
mod ledger;
mod listener;
mod live;

mod account;
mod import;
mod web;

use std::process::ExitCode;

use clap::Parser;

use crate::config::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    config::start_logging(cli.log_json);
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("carryout: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Serve(settings) => serve::run(settings).await,
            Command::Import(settings) => import::command::run(settings).await,
        }
    })
}
