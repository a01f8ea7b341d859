//! Browser and server are killed again and again at random moments, while orders are placed and the network is cut,
//! slow, silent, forgetful and repeating. Nothing that the page called saved is lost, and nothing doubles.
//!
//! `CARRYOUT_KILL_ROUNDS` says how many rounds, `CARRYOUT_SEED` how the dice fall. One seed plans the same rounds; what
//! exactly is under way at a kill is up to the machine.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{Customer, Dice, Engine, Mode, Robot, World};
use serde_json::Value;

/// What `cargo xtask test` has time for; `cargo xtask soak` wants hundreds.
const ROUNDS: u64 = 10;
/// After so many rounds everything is let out and compared.
const ROUNDS_BETWEEN_DRAINS: u64 = 10;
/// The longest life of a round: an order takes the robot a fraction of this.
const LIFE_MAX: Duration = Duration::from_millis(1500);
const SLOW_MAX: Duration = Duration::from_millis(250);
const COMMANDS: &str = "POST /api/commands";
/// Dishes of which there is no end.
const MENU: &[(&str, &str)] = &[("trattoria-lucciola", "margherita"), ("ginkgo-ramen", "miso-soup")];

#[tokio::test]
async fn killed_again_and_again_it_loses_and_doubles_nothing() -> Result<()> {
    rounds(Engine::Chromium, number("CARRYOUT_KILL_ROUNDS").unwrap_or(ROUNDS)).await
}

/// Only where hundreds of rounds are wanted: a start of Firefox takes long.
#[tokio::test]
async fn firefox_killed_again_and_again_loses_and_doubles_nothing() -> Result<()> {
    rounds(Engine::Firefox, number("CARRYOUT_KILL_ROUNDS").map_or(2, |rounds| rounds / 10)).await
}

#[derive(Default)]
struct Tally {
    rounds: u64,
    browsers_killed: u64,
    servers_killed: u64,
    saved: BTreeSet<String>,
}

async fn rounds(engine: Engine, count: u64) -> Result<()> {
    let seed = number("CARRYOUT_SEED").unwrap_or_else(Dice::fresh_seed);
    let mut tally = Tally::default();
    let told = tell_rounds(engine, count, seed, &mut tally).await;
    let found = match &told {
        Ok(orders) => format!("{orders} orders, lost 0, doubled 0"),
        Err(_) => "failed".to_owned(),
    };
    let Tally { rounds, browsers_killed, servers_killed, saved } = &tally;
    let kills = format!("{browsers_killed} browsers and {servers_killed} servers killed");
    let line =
        format!("kill rounds, {engine:?}: {rounds} rounds, {kills}, {} saved, {found}, seed {seed}", saved.len());
    // Past the test harness, which keeps what a good test prints to itself.
    writeln!(std::io::stderr(), "{line}")?;
    told.map(drop).with_context(|| line)
}

async fn tell_rounds(engine: Engine, count: u64, seed: u64, tally: &mut Tally) -> Result<usize> {
    let mut dice = Dice::new(seed);
    let mut world = World::of(engine).await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.is_ready_for_offline().await?;
    while tally.rounds < count {
        round(&mut world, &mut ada, &mut dice, tally).await.with_context(|| format!("round {}", tally.rounds))?;
        tally.rounds += 1;
        if tally.rounds.is_multiple_of(ROUNDS_BETWEEN_DRAINS) {
            drains(&world, &ada, tally).await?;
        }
    }
    let orders = drains(&world, &ada, tally).await?;
    world.end(&[ada.browser()]).await?;
    Ok(orders)
}

async fn round(world: &mut World, ada: &mut Customer, dice: &mut Dice, tally: &mut Tally) -> Result<()> {
    weather(ada, dice);
    let robot = Robot::start(ada.browser(), MENU).await?;
    let life = dice.moment(LIFE_MAX);
    let dies = dice.below(10);
    robot.runs_for(life, &mut tally.saved).await?;
    if dies < 3 {
        world.server.kill();
        tally.servers_killed += 1;
        // Some life goes on without the server.
        robot.runs_for(dice.moment(LIFE_MAX / 2), &mut tally.saved).await?;
    }
    if dies >= 2 {
        ada.phone_dies()?;
        tally.browsers_killed += 1;
    }
    if dies < 3 {
        world.server.restart().await?;
    }
    if dies >= 2 {
        ada.phone_starts("/").await?;
    }
    Ok(())
}

/// A new network, for whoever uses it next.
fn weather(ada: &Customer, dice: &mut Dice) {
    let network = ada.network();
    network.heal();
    network.set(match dice.below(5) {
        0 => Mode::Cut,
        1 => Mode::Silent,
        2 => Mode::Delayed(dice.moment(SLOW_MAX)),
        _ => Mode::Open,
    });
    network.lose_answers(COMMANDS, dice.below(3) as usize);
    network.duplicate(COMMANDS, dice.below(3) as usize);
    network.refuse(COMMANDS, dice.below(2) as usize);
}

/// Lets everything out, and compares what the page said with what the device and the server have.
async fn drains(world: &World, ada: &Customer, tally: &Tally) -> Result<usize> {
    ada.network().heal();
    ada.network().restore();
    ada.opens("/orders").await?;
    ada.drains().await?;
    let mut placed: BTreeMap<String, usize> = BTreeMap::new();
    for record in ada.outbox().await? {
        let lane = record["lane"].as_str().context("a record has a lane")?;
        *placed.entry(lane.trim_start_matches("order/").to_owned()).or_default() += 1;
    }
    let twice: Vec<_> = placed.iter().filter(|(_, acts)| **acts > 1).collect();
    ensure!(twice.is_empty(), "placed twice: {twice:?}");
    let lost: Vec<_> = tally.saved.iter().filter(|order| !placed.contains_key(*order)).collect();
    let orders: BTreeSet<String> = ids(&world.server.orders().await?, "id")?;
    let arrived = lost.iter().filter(|order| orders.contains(**order)).count();
    let there = format!("it has {placed:?}, and the server has {arrived} of the lost ones among {}", orders.len());
    ensure!(lost.is_empty(), "the page called these saved, and the device has lost them: {lost:?}; {there}");
    let device: BTreeSet<String> = placed.into_keys().collect();
    ensure!(orders == device, "on one side only: {:?}", orders.symmetric_difference(&device).collect::<Vec<_>>());
    let kitchens = async || Ok(every_order_has_one_ticket(world, &orders).await.unwrap_or(false).then_some(()));
    ada.browser().until("one ticket for every order", kitchens).await?;
    ada.agrees_with(&world.server).await?;
    Ok(orders.len())
}

async fn every_order_has_one_ticket(world: &World, orders: &BTreeSet<String>) -> Result<bool> {
    let tickets = world.server.tickets().await?;
    Ok(ids(&tickets, "order")? == *orders && tickets.len() == orders.len())
}

fn ids(rows: &[Value], field: &str) -> Result<BTreeSet<String>> {
    rows.iter().map(|row| Ok(row[field].as_str().context("a row has an id")?.to_owned())).collect()
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}
