//! How much the server carries: `cargo xtask bench events`.
//!
//! The real server as a process of its own, over HTTP and sockets, with its truth on the disk of this machine; whoever orders and
//! whoever looks share the machine with it. Beside each figure stands what it is measured against: the disk's own time to keep
//! four kilobytes, in the same run and folder.
//!
//! ```text
//! flood    orders in full batches, as fast as they are taken          commands/s, then orders/s until each has its number
//! paced    1, 10 and 100 times the demo's load, for a while each      from an order's fact to its customer's screen
//! rebuilt  the views are thrown away and built again from the hub     facts/s
//! ```
#![allow(clippy::print_stdout, reason = "what it prints is its work")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::Parser;
use domain::account::Secret;
use domain::catalog::Menu;
use domain::trade::Row;
use futures::StreamExt as _;
use support::*;
use sync::Millis;
use sync::protocol::{BATCH_COMMANDS_MAX, Body, Outcome, ServerMessage};

/// The demo's load: forty restaurants, each with an order a minute, and about 38 facts to an order that is only taken; in facts a
/// second.
const DEMO_LOAD: f64 = 25.0;

/// So many times the demo's load.
const TIMES: [f64; 3] = [1.0, 10.0, 100.0];

/// Customers whose screens are looked at; an order comes from the next.
const SCREENS: u32 = 50;

/// Batches on their way at once, in the flood.
const BATCHES_AT_ONCE: usize = 4;

/// How often the disk is asked to keep something.
const SYNCS: usize = 500;

/// The longest that anything is waited for.
const PATIENCE: Duration = Duration::from_secs(600);

/// How long, and how much.
#[derive(Parser)]
struct Wish {
    /// The orders of the flood.
    #[arg(long, default_value_t = 6_400)]
    orders: usize,
    /// How long each pace is kept, in seconds.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Cargo says it to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() {
    let wish = Wish::parse();
    let server = Server::start();
    let disk = disk(server.data.path());
    println!("disk: 4 kB are kept in {} (p50), {} (p99)", ms(disk.p50()), ms(disk.p99()));
    let menu = Person::sign_in(&server, "ada").await.menu(LUCCIOLA).await;
    let facts_an_order = flood(&server, &menu, wish.orders, disk.p50()).await;
    for times in TIMES {
        paced(&server, &menu, times, facts_an_order, wish.seconds, disk.p50()).await;
    }
    rebuilt(server).await;
}

// ---- the flood -------------------------------------------------------------------------------------------------------

/// Orders as fast as they are taken; how many facts an order is.
async fn flood(server: &Server, menu: &Menu, orders: usize, sync: f64) -> f64 {
    let before = head(server).await;
    let mut batches = vec![];
    for number in 0..orders.div_ceil(BATCH_COMMANDS_MAX) {
        let mut guest = guest(server, 1_000_000 + u32::try_from(number).expect("a small number")).await;
        let acts: Vec<_> = (0..BATCH_COMMANDS_MAX).map(|_| guest.act(place_command(&place(menu)))).collect();
        batches.push((guest, acts));
    }
    let count = batches.len() * BATCH_COMMANDS_MAX;
    let begun = Instant::now();
    let taken = futures::stream::iter(batches).map(|(guest, acts)| async move {
        let begun = Instant::now();
        let answered = guest.send(&acts).await;
        assert!(answered.iter().all(|answered| answered.outcome == Outcome::Accepted), "each is taken");
        begun.elapsed()
    });
    let times: Vec<f64> = taken.buffer_unordered(BATCHES_AT_ONCE).map(|took| took.as_secs_f64() * 1e3).collect().await;
    let took = begun.elapsed().as_secs_f64();
    let (rate, batch) = (count as f64 / took, Times::of(times));
    println!(
        "flood: {count} orders in batches of {BATCH_COMMANDS_MAX}, {rate:.0} commands/s durable ({:.1} for each sync of the disk); \
         a batch takes {} (p50), {} (p99)",
        rate * sync / 1e3,
        ms(batch.p50()),
        ms(batch.p99()),
    );
    let numbered = "select count(*) from ordering_row where json_extract(body, '$.order.number') is not null";
    until(server, numbered, count as i64).await;
    let (took, facts) = (begun.elapsed().as_secs_f64(), head(server).await - before);
    println!(
        "flood: each secured, confirmed and numbered after {took:.1} s, {:.0} orders/s, {:.0} facts/s; {}",
        count as f64 / took,
        facts as f64 / took,
        memory(server),
    );
    facts as f64 / count as f64
}

// ---- paced -----------------------------------------------------------------------------------------------------------

/// Orders at a pace, and how late their customers see them.
async fn paced(server: &Server, menu: &Menu, times: f64, facts_an_order: f64, seconds: u64, sync: f64) {
    let lags = Arc::new(Mutex::new(Vec::<(Instant, f64)>::new()));
    let mut customers = vec![];
    for number in 0..SCREENS {
        let customer = guest(server, 2_000_000 + times as u32 * 1_000 + number).await;
        let screen = customer.feed().await;
        tokio::spawn(look(screen, lags.clone()));
        customers.push(customer);
    }
    let orders_a_second = DEMO_LOAD * times / facts_an_order;
    let count = (orders_a_second * seconds as f64).ceil() as usize;
    let (begun, before) = (Instant::now(), head(server).await);
    let mut sending = tokio::task::JoinSet::new();
    for number in 0..count {
        tokio::time::sleep_until((begun + Duration::from_secs_f64(number as f64 / orders_a_second)).into()).await;
        let index = number % customers.len();
        let act = customers[index].act(place_command(&place(menu)));
        let customer = customers[index].clone();
        sending.spawn(async move { assert_eq!(customer.send_one(&act).await, Outcome::Accepted) });
    }
    while let Some(sent) = sending.join_next().await {
        sent.expect("each is taken");
    }
    let seen = async {
        while lags.lock().expect("nobody panicked").len() < count {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.expect("each is seen");
    let facts = (head(server).await - before) as f64 / begun.elapsed().as_secs_f64();
    let lags = lags.lock().expect("nobody panicked");
    let half = begun + Duration::from_secs(seconds) / 2;
    let part =
        |late: bool| Times::of(lags.iter().filter(|(at, _)| (*at > half) == late).map(|(_, lag)| *lag).collect());
    let all = Times::of(lags.iter().map(|(_, lag)| *lag).collect());
    println!(
        "paced, {times:.0} times the demo: {count} orders, {facts:.0} facts/s; on the customer's screen after {} (p50), {} (p99, \
         {:.0} syncs), first half {}, second {}; {}",
        ms(all.p50()),
        ms(all.p99()),
        all.p99() / sync,
        ms(part(false).p99()),
        ms(part(true).p99()),
        memory(server),
    );
}

/// Notes, of each order that a screen is told of, how long after its first fact that is.
async fn look(mut screen: Feed, lags: Arc<Mutex<Vec<(Instant, f64)>>>) {
    let mut seen = std::collections::BTreeSet::new();
    while let Some(message) = screen.hear().await {
        let ServerMessage::Frame(frame) = message else { continue };
        let at: Millis = now();
        for change in frame.changes {
            let body = change.body.and_then(|body| serde_json::from_str::<Body<domain::Trade>>(body.get()).ok());
            let Some(Body::Row(Row::Order(order))) = body else { continue };
            if seen.insert(order.id) {
                let lag = (at - order.steps[0].at) as f64;
                lags.lock().expect("nobody panicked").push((Instant::now(), lag));
            }
        }
    }
}

// ---- rebuilt ---------------------------------------------------------------------------------------------------------

/// The views thrown away: how long until a server that starts has all of them again. It answers only then.
async fn rebuilt(server: Server) {
    let facts = head(&server).await;
    let quick = server.restart();
    let begun = Instant::now();
    let with_views = quick.restart();
    let plain = begun.elapsed();
    let begun = Instant::now();
    let server = with_views.restart_after(|data| {
        for file in ["views.sqlite", "views.sqlite-wal", "views.sqlite-shm"] {
            let _ = fs::remove_file(data.join(file));
        }
    });
    let took = begun.elapsed().saturating_sub(plain).as_secs_f64();
    let size = |name: &str| fs::metadata(server.data.path().join(name)).map_or(0, |file| file.len()) / 1_000_000;
    println!(
        "rebuilt: the feed of {facts} facts in {took:.1} s, {:.0} facts/s; truth {} MB, views {} MB; {}",
        facts as f64 / took,
        size("truth.sqlite"),
        size("views.sqlite"),
        memory(&server),
    );
}

// ---- what is measured ------------------------------------------------------------------------------------------------

/// Times in milliseconds, sorted.
struct Times(Vec<f64>);

impl Times {
    fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    fn at(&self, part: f64) -> f64 {
        let index = ((self.0.len() as f64 * part) as usize).min(self.0.len().saturating_sub(1));
        self.0.get(index).copied().unwrap_or(f64::NAN)
    }

    fn p50(&self) -> f64 {
        self.at(0.5)
    }

    fn p99(&self) -> f64 {
        self.at(0.99)
    }
}

fn ms(time: f64) -> String {
    format!("{time:.2} ms")
}

/// How long the disk takes to keep four kilobytes, in the folder that the server keeps its own in.
fn disk(folder: &Path) -> Times {
    let mut file = File::create(folder.join("disk")).expect("a file");
    let block = [7; 4096];
    let keep = |_| {
        let begun = Instant::now();
        file.write_all(&block).and_then(|()| file.sync_data()).expect("the disk keeps it");
        begun.elapsed().as_secs_f64() * 1e3
    };
    Times::of((0..SYNCS).map(keep).collect())
}

/// What the server's process holds in memory now, and held at most.
fn memory(server: &Server) -> String {
    let status = fs::read_to_string(format!("/proc/{}/status", server.process())).unwrap_or_default();
    let kilobytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1e3)
    };
    format!("memory {:.0} MB, at most {:.0} MB", kilobytes("VmRSS:"), kilobytes("VmHWM:"))
}

async fn head(server: &Server) -> i64 {
    server.count("select coalesce(max(position), 0) from hub").await
}

async fn until(server: &Server, sql: &str, number: i64) {
    let look = async {
        while server.count(sql).await < number {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, look).await.unwrap_or_else(|_| panic!("{sql} never came to {number}"));
}

/// A guest who was never here.
async fn guest(server: &Server, number: u32) -> Person {
    let mut secret = [9; 32];
    secret[..4].copy_from_slice(&number.to_le_bytes());
    Person::guest(server, &Secret::new(secret)).await
}
