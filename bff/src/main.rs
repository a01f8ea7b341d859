//! Carryout's server: services around an event hub, in one small executable.
//!
//! ```text
//! bff serve    API, live feed and static files
//! bff import   restaurants and menus from schema.org JSON-LD, or made up for load
//! bff backup   what people did, as one file, also while a server runs
//! bff restore  puts such a file back, and begins another history with it
//! bff faults   what went wrong and nobody would hear of otherwise
//! bff events   every fact there was, by order, kind and time
//! bff partner  restaurants' own systems, which push menus and are told of orders
//! bff sandbox-payments   a payment provider to try things with
//! ```
//! Read [`serve`] for how the parts are put together, [`accept`] for what happens to an act, [`hub`] and [`listener`]
//! for how facts travel, [`clock`] for what happens by itself, [`live`] for how they reach a screen.

#![allow(unreachable_pub, reason = "an executable has no outside; `pub` here means the rest of the crate")]

mod config;
mod serve;
mod signals;
mod state;
mod store;
mod tasks;
mod view;
mod zones;

mod services;

mod roster;

mod accept;
mod clock;
mod device;
mod drift;
mod erasure;
mod faults;
mod hex;
mod hub;
mod keys;
mod ledger;
mod listener;
mod live;
mod outside;
mod paper;
mod parked;
mod reader;

mod account;
mod archive;
mod backup;
mod dashboard;
mod import;
mod partner;
mod push;
mod replay;
mod reporting;
mod restore;
mod sandbox;
mod search;
mod web;

use std::process::ExitCode;

use clap::Parser;

use crate::config::{Cli, Command, EventsCommand};

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
            Command::Backup(settings) => backup::run(settings).await,
            Command::Restore(settings) => restore::run(settings).await,
            Command::Faults(command) => faults::command::run(command).await,
            Command::Events { command: Some(EventsCommand::Replay(settings)), .. } => {
                replay::command::run(settings).await
            }
            Command::Events { command: Some(EventsCommand::AsOf(settings)), .. } => hub::as_of::run(settings).await,
            Command::Events { command: None, list } => hub::command::run(list).await,
            Command::Partner(command) => partner::command::run(command).await,
            Command::SandboxPayments(settings) => sandbox::run(settings).await,
        }
    })
}
