//! A crowd on a Friday night: customers, kitchens and drivers in their browsers, whose links are cut, silent, slow, forgetful and
//! repeating at random, while browsers and the server are killed at random. In the end every outbox is empty, server and
//! screens agree order by order, and every order's money is where the order is.
//!
//! `CARRYOUT_CROWD` says how many of each (`50,10,20`), `CARRYOUT_CROWD_MINUTES` for how long, `CARRYOUT_SEED` how the dice fall.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use e2e::{Dice, Household, Kind, Mode, Person, Server, World};
use futures::future::try_join_all;
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

/// What `cargo xtask test` has time for; `cargo xtask soak` wants a street.
const FEW: Size = Size { customers: 3, kitchens: 2, drivers: 2, life: Duration::from_secs(40), deaths_in: 15 };
/// How many share a browser: so many die at once.
const HOUSEHOLD: usize = 16;
/// How often the dice fall.
const TICK: Duration = Duration::from_secs(1);
/// Once in so many ticks a person's link changes.
const LINK_CHANGES_IN: u64 = 40;
/// Once in so many ticks the server dies, and a browser, where a street has half an hour.
const DEATHS_IN: u64 = 100;
/// The longest that the server stays away.
const AWAY_MAX: Duration = Duration::from_secs(3);
const SLOW_MAX: Duration = Duration::from_millis(250);
/// How long what is under way may take to come to its end when everything works again.
const REST_MAX: Duration = Duration::from_secs(420);
/// Below it a customer reads a change as told at once.
const TOLD_WITHIN_MS: u64 = 1000;
const COMMANDS: &str = "POST /api/commands";

struct Size {
    customers: usize,
    kitchens: usize,
    drivers: usize,
    life: Duration,
    /// Once in so many ticks the server dies, and so does a browser.
    deaths_in: u64,
}

impl Size {
    /// How long a customer thinks about an order at most: two orders for everybody at least, and a kitchen that keeps up.
    fn thinks(&self) -> Duration {
        (self.life / 4).min(Duration::from_secs(180))
    }

    fn is_a_street(&self) -> bool {
        self.customers > FEW.customers
    }
}

#[tokio::test]
async fn a_crowd_loses_and_doubles_nothing_and_agrees_in_the_end() -> Result<()> {
    let size = wanted()?;
    let seed = number("CARRYOUT_SEED").unwrap_or_else(Dice::fresh_seed);
    let evening = evening(&size, seed).await;
    let found = evening.as_ref().map_or("failed", String::as_str);
    let Size { customers, kitchens, drivers, life, .. } = &size;
    let line = format!(
        "crowd: {customers} customers, {kitchens} kitchens and {drivers} drivers for {} s, seed {seed}: {found}",
        life.as_secs()
    );
    // Past the test harness, which keeps what a good test prints to itself.
    writeln!(std::io::stderr(), "{line}")?;
    evening.map(drop).with_context(|| line)
}

fn wanted() -> Result<Size> {
    let Ok(many) = env::var("CARRYOUT_CROWD") else { return Ok(FEW) };
    let many: Vec<usize> = many.split(',').map(str::parse).collect::<Result<_, _>>().context("CARRYOUT_CROWD")?;
    let [customers, kitchens, drivers] = many[..] else { anyhow::bail!("CARRYOUT_CROWD wants three numbers") };
    let life = Duration::from_secs(60 * number("CARRYOUT_CROWD_MINUTES").unwrap_or(30));
    Ok(Size { customers, kitchens, drivers, life, deaths_in: DEATHS_IN })
}

/// What happened to whom, beside what they did themselves.
#[derive(Default)]
struct Chronicle {
    links: u64,
    servers_killed: u64,
    browsers_killed: u64,
    /// When each link became what it is, and whether it then let everything pass at once.
    weather: BTreeMap<String, Vec<(u64, bool)>>,
    /// From when to when there was no server.
    away: Vec<(u64, u64)>,
}

async fn evening(size: &Size, seed: u64) -> Result<String> {
    let kitchens: Vec<String> = (0..size.kitchens).map(|number| format!("stove-{number:02}")).collect();
    let demo = demo_of(&kitchens)?;
    let mut world = World::of_demo(demo.path()).await?;
    let people = people_of(size, &kitchens, &world.server).await?;
    let mut chronicle = Chronicle::default();
    for person in &people {
        chronicle.weather.insert(person.name.clone(), vec![(0, true)]);
    }
    let moving = shared(people).into_iter().enumerate().map(async |(number, people)| {
        Household::moves_in(people, &kitchens, size.thinks(), &format!("household-{number}")).await
    });
    let mut households = try_join_all(moving).await?;
    let mut dice = Dice::new(seed);
    let end = Instant::now() + size.life;
    while Instant::now() < end {
        let next = Instant::now() + TICK;
        something_happens(size.deaths_in, &mut world.server, &mut households, &mut dice, &mut chronicle).await?;
        hears(&mut households).await?;
        tokio::time::sleep_until(next).await;
    }
    for person in households.iter().flat_map(|household| &household.people) {
        becomes(person, &mut chronicle, Mode::Open);
    }
    try_join_all(households.iter_mut().map(|household| household.is_busy(false))).await?;
    comes_to_rest(&world.server, &mut households).await?;
    let orders = agrees(&world.server, &households).await?;
    let (astray, charged) = world.server.money_that_is_not_where_its_order_is().await?;
    ensure!(astray.is_empty(), "money and order disagree: {astray:#?}");
    let delays = delays(&households, &chronicle);
    world.end(&households.iter().map(Household::browser).collect::<Vec<_>>()).await?;
    let p95 = share_of(&delays, 95);
    let Chronicle { links, servers_killed, browsers_killed, .. } = chronicle;
    ensure!(!size.is_a_street() || p95 <= TOLD_WITHIN_MS, "p95 of the delay is {p95} ms, of {} changes", delays.len());
    Ok(format!(
        "{orders} orders, {charged} charged in the smallest unit, {links} changes of links, {browsers_killed} browsers and \
         {servers_killed} servers killed; lost 0, doubled 0, all agree; a change was seen after {} ms (p50), {p95} ms (p95), \
         of {} changes between two who were connected",
        share_of(&delays, 50),
        delays.len()
    ))
}

/// One restaurant of the demo under other names, every second with drivers who bring its meals.
fn demo_of(kitchens: &[String]) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let one = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/demo/ginkgo-ramen.jsonld"))?;
    for (number, kitchen) in kitchens.iter().enumerate() {
        let mut text = one.replace("ginkgo-ramen", kitchen).replace("Ginkgo Ramen", kitchen);
        if number % 2 == 1 {
            text = text.replace("\"deliveryZone\"", "\"nothing\"");
        }
        fs::write(folder.path().join(format!("{kitchen}.jsonld")), text)?;
    }
    Ok(folder)
}

async fn people_of(size: &Size, kitchens: &[String], server: &Server) -> Result<Vec<Person>> {
    let customers: Vec<String> = (0..size.customers).map(|number| format!("guest-{number:02}")).collect();
    let drivers: Vec<String> = (0..size.drivers).map(|number| format!("rider-{number:02}")).collect();
    server.knows_as(&customers, "ada").await?;
    server.knows_as(&drivers, "dora").await?;
    let mut people = Vec::new();
    for (names, kind) in [(&customers[..], Kind::Customer), (kitchens, Kind::Kitchen), (&drivers[..], Kind::Driver)] {
        for name in names {
            people.push(Person::new(name, kind, server).await?);
        }
    }
    Ok(people)
}

/// As many households as are needed, of all kinds of people.
fn shared(people: Vec<Person>) -> Vec<Vec<Person>> {
    let households = people.len().div_ceil(HOUSEHOLD).max(2);
    let mut shared: Vec<Vec<Person>> = (0..households).map(|_| Vec::new()).collect();
    for (number, person) in people.into_iter().enumerate() {
        shared[number % households].push(person);
    }
    shared
}

async fn something_happens(
    deaths_in: u64,
    server: &mut Server,
    households: &mut [Household],
    dice: &mut Dice,
    chronicle: &mut Chronicle,
) -> Result<()> {
    for person in households.iter().flat_map(|household| &household.people) {
        if dice.below(LINK_CHANGES_IN) == 0 {
            let mode = match dice.below(6) {
                0 => Mode::Cut,
                1 => Mode::Silent,
                2 => Mode::Delayed(dice.moment(SLOW_MAX)),
                _ => Mode::Open,
            };
            becomes(person, chronicle, mode);
            person.network.lose_answers(COMMANDS, dice.below(3) as usize);
            person.network.duplicate(COMMANDS, dice.below(3) as usize);
            person.network.refuse(COMMANDS, dice.below(2) as usize);
        }
    }
    if dice.below(deaths_in) == 0 {
        let gone = now_ms();
        server.kill();
        sleep(dice.moment(AWAY_MAX)).await;
        server.restart().await?;
        chronicle.away.push((gone, now_ms()));
        chronicle.servers_killed += 1;
    }
    if dice.below(deaths_in) == 0 {
        let household = dice.below(households.len() as u64) as usize;
        households[household].dies()?;
        households[household].comes_back().await?;
        chronicle.browsers_killed += 1;
    }
    Ok(())
}

fn becomes(person: &Person, chronicle: &mut Chronicle, mode: Mode) {
    person.network.heal();
    person.network.set(mode);
    chronicle.links += 1;
    chronicle.weather.entry(person.name.clone()).or_default().push((now_ms(), mode == Mode::Open));
}

async fn hears(households: &mut [Household]) -> Result<()> {
    try_join_all(households.iter_mut().map(Household::is_heard)).await?;
    let stuck = households.iter().flat_map(|household| &household.people).find_map(|person| {
        let stuck = person.told.iter().find(|told| told.what == "stuck")?;
        Some(format!("{} is stuck: {}", person.name, stuck.why))
    });
    ensure!(stuck.is_none(), "{}", stuck.unwrap_or_default());
    Ok(())
}

/// Every order has its end, and nothing waits in any outbox.
async fn comes_to_rest(server: &Server, households: &mut [Household]) -> Result<()> {
    let end = Instant::now() + REST_MAX;
    loop {
        hears(households).await?;
        let waits = unrest(server, households).await?;
        if waits.is_empty() {
            return Ok(());
        }
        ensure!(Instant::now() < end, "after {REST_MAX:?} of peace these still wait: {waits:#?}");
        sleep(TICK).await;
    }
}

async fn unrest(server: &Server, households: &[Household]) -> Result<Vec<String>> {
    let mut waits = Vec::new();
    for order in server.orders().await? {
        let (status, paid) = (order["status"].as_str().unwrap_or_default(), order["paid"].as_str().unwrap_or_default());
        let is_over = ["handed-over", "delivered", "cancelled", "rejected"].contains(&status);
        if !is_over || ["asking", "provider-busy", "reserved"].contains(&paid) {
            waits.push(format!("order {} is {status}, its money {paid}", order["id"]));
        }
    }
    for household in households {
        for (at, person) in household.people.iter().enumerate() {
            let (state, waiting) = household.status(at).await?;
            if (state.as_str(), waiting.as_str()) != ("online", "0") {
                waits.push(format!("{} is {state} and has {waiting} waiting", person.name));
            }
        }
    }
    Ok(waits)
}

/// Every screen and device says what the server says, every order that a page called saved exists, and no order is there twice.
async fn agrees(server: &Server, households: &[Household]) -> Result<usize> {
    for household in households {
        for (at, person) in household.people.iter().enumerate() {
            household.agrees_with(at, server).await.with_context(|| person.name.clone())?;
        }
    }
    let orders = server.orders().await?;
    let ids: BTreeSet<&str> = orders.iter().filter_map(|order| order["id"].as_str()).collect();
    ensure!(ids.len() == orders.len(), "orders are there twice");
    let told = households.iter().flat_map(|household| &household.people).flat_map(|person| &person.told);
    let saved: BTreeSet<&str> = told.filter(|told| told.what == "saved").map(|told| told.order.as_str()).collect();
    ensure!(!saved.is_empty(), "nobody has ordered");
    let lost: Vec<_> = saved.difference(&ids).collect();
    ensure!(lost.is_empty(), "a page called these saved, and the server never had them: {lost:?}");
    let tickets = server.tickets().await?;
    let cooked: BTreeSet<&str> = tickets.iter().filter_map(|ticket| ticket["order"].as_str()).collect();
    ensure!(cooked.len() == tickets.len(), "an order has two tickets");
    Ok(orders.len())
}

/// How long each tap of a kitchen or a driver took to the customer's screen, in milliseconds and by size, where both were
/// connected all the while and the server was there.
fn delays(households: &[Household], chronicle: &Chronicle) -> Vec<u64> {
    let people = || households.iter().flat_map(|household| &household.people);
    let mut seen = BTreeMap::new();
    for person in people() {
        for told in person.told.iter().filter(|told| told.what == "seen") {
            seen.entry((told.order.as_str(), told.status.as_str())).or_insert((
                person.name.as_str(),
                told.at,
                told.since,
            ));
        }
    }
    let mut delays = Vec::new();
    for person in people() {
        for tap in person.told.iter().filter(|told| told.what == "taps" && told.online) {
            let Some(&(customer, at, since)) = seen.get(&(tap.order.as_str(), tap.status.as_str())) else { continue };
            let between = (tap.at, at);
            let is_calm = since <= tap.at
                && tap.at <= at
                && chronicle.is_calm(&person.name, between)
                && chronicle.is_calm(customer, between)
                && chronicle.away.iter().all(|(gone, back)| *back < tap.at || at < *gone);
            if is_calm {
                delays.push(at - tap.at);
            }
        }
    }
    delays.sort_unstable();
    delays
}

impl Chronicle {
    /// Whether somebody's link let everything pass at once all the time between two moments.
    fn is_calm(&self, name: &str, (from, to): (u64, u64)) -> bool {
        let weather = self.weather.get(name).map_or(&[][..], Vec::as_slice);
        let at_first = weather.iter().rev().find(|(since, _)| *since <= from).is_some_and(|(_, calm)| *calm);
        at_first && weather.iter().filter(|(since, _)| *since > from && *since <= to).all(|(_, calm)| *calm)
    }
}

/// What so many of a hundred are not above; 0 of none.
fn share_of(sorted: &[u64], percent: usize) -> u64 {
    sorted.get((sorted.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default()
}

fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis() as u64)
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}
