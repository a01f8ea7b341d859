//! `cargo xtask soak`: what takes hours, for a night before a release. `cargo xtask test` runs a bounded part of each.

use anyhow::Result;
use clap::Args;

use crate::{
    broken,
    browsers::Browser,
    project::{Profile, cargo},
    tally::Tally,
    test::{browser_tests, build_all, sim},
};

/// The browsers that are killed round by round.
const KILLED: &[Browser] = &[Browser::Chromium, Browser::Firefox];

/// Customers, kitchens and drivers of the crowd.
const CROWD: &str = "50,10,20";

/// How long to soak.
#[derive(Args)]
pub(crate) struct Soak {
    /// How many worlds the simulation runs.
    #[arg(long, default_value_t = 1_000_000)]
    runs: u32,
    /// The first world's seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often browser and server are killed and started again in Chromium; a tenth of it in Firefox, which starts slowly.
    #[arg(long, default_value_t = 300)]
    kill_rounds: u32,
    /// For how many minutes fifty customers, ten kitchens and twenty drivers share one evening; 0 leaves it out.
    #[arg(long, default_value_t = 30)]
    crowd_minutes: u32,
    /// How often the server is killed while orders by cash and card are under way, twenty before each death.
    #[arg(long, default_value_t = 500)]
    server_kills: u32,
}

/// Runs all of it, and fails when anything did.
///
/// # Errors
/// Like those of [`Tally::finish`].
pub(crate) fn soak(wish: &Soak) -> Result<()> {
    let mut tally = Tally::default();
    let ready = build_all(&mut tally, Profile::Dev);
    for browser in KILLED {
        let name = format!("kill rounds, {}", browser.name());
        match browser.ensure() {
            Err(error) => tally.skip(&name, &format!("{error:#}")),
            Ok(()) if !ready => tally.skip(&name, "the bundles or the server did not build"),
            Ok(()) => {
                let mut call = browser_tests(*browser, Profile::Dev, Some("kill_rounds"));
                tally.command(&name, call.env("CARRYOUT_KILL_ROUNDS", wish.kill_rounds.to_string()));
            }
        }
    }
    if wish.crowd_minutes > 0 && ready {
        let mut call = browser_tests(Browser::Chromium, Profile::Dev, Some("s30_crowd"));
        call.env("CARRYOUT_CROWD", CROWD).env("CARRYOUT_CROWD_MINUTES", wish.crowd_minutes.to_string());
        tally.command("a crowd", &mut call);
    }
    let mut killed = cargo();
    killed.args(["test", "--package", "bff", "--test", "killed", "--", "--nocapture"]);
    tally.command("server kills", killed.env("CARRYOUT_SERVER_KILLS", wish.server_kills.to_string()));
    let worlds = ["--runs".into(), wish.runs.to_string(), "--seed".into(), wish.seed.to_string()];
    tally.command("simulation", &mut sim(&worlds));
    tally.step("mistakes on purpose", |_| broken::check(false, &[]));
    tally.finish()
}
