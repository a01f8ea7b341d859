//! The end of every story: screen, IndexedDB and SQLite say the same.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::customer::Customer;
use crate::kitchen::Kitchen;
use crate::server::Server;
use crate::wait::{PATIENCE, until};

/// Ids with how far each has come.
type Marks = BTreeMap<String, String>;

/// The `data-id` of each such element with its `data-status`; an id that stands there twice is said to.
const MARKS: &str = "
    const marks = {};
    for (const { dataset } of document.querySelectorAll(arguments[0]))
        marks[dataset.id] = dataset.id in marks ? 'stands there twice' : dataset.status;
    return marks;
";

/// How many tickets that are over a board lists; a kitchen that had more finds the older ones among its past orders.
const OVER_MAX: usize = 60;

impl Customer {
    /// The list of orders, the rows on the phone and the server's rows are the same orders with the same status; every
    /// act of the phone was decided, and decided once.
    pub async fn agrees_with(&self, server: &Server) -> Result<()> {
        self.opens("/orders").await?;
        orders(self.browser(), self.name(), server).await
    }
}

impl Kitchen {
    /// The board, the rows on the tablet and the server's rows are the same tickets with the same progress; every act of
    /// the tablet was decided, and decided once.
    pub async fn agrees_with(&self, server: &Server) -> Result<()> {
        self.opens("/kitchen").await?;
        tickets(self.browser(), self.name(), server).await
    }
}

/// [`Customer::agrees_with`], of the account whose list of orders is open.
pub(crate) async fn orders(browser: &Browser, account: &str, server: &Server) -> Result<()> {
    let of_hers = async || {
        let hers = |order: &Value| order["customer"] == account && is_shown(order);
        marks(&server.orders().await?, "id", "status", hers)
    };
    agree(browser, server, "order", account, of_hers).await
}

/// [`Kitchen::agrees_with`], of the account whose board is open.
pub(crate) async fn tickets(browser: &Browser, account: &str, server: &Server) -> Result<()> {
    let ours = |ticket: &Value| {
        ticket["restaurant"].as_str().is_some_and(|restaurant| restaurant.contains(account)) && is_shown(ticket)
    };
    let of_ours = async || marks(&server.tickets().await?, "order", "progress", ours);
    agree(browser, server, "ticket", account, of_ours).await
}

/// A driver has nothing left to bring, and every act of the phone was decided, and decided once.
pub(crate) async fn errands(browser: &Browser, account: &str, server: &Server) -> Result<()> {
    browser.wait_gone("[data-test=errand]").await?;
    surely(browser, async || acts_are_decided(browser, server, account).await).await
}

/// What is over for a month is on no screen.
fn is_shown(row: &Value) -> bool {
    row["is_put_away"] != true
}

/// Looks until everybody says the same, or says who does not.
async fn agree(
    browser: &Browser,
    server: &Server,
    kind: &str,
    account: &str,
    truth: impl AsyncFn() -> Result<Marks>,
) -> Result<()> {
    surely(browser, async || compare(browser, server, kind, account, &truth).await).await
}

async fn surely(browser: &Browser, compare: impl AsyncFn() -> Result<()>) -> Result<()> {
    let quarrel = std::sync::Mutex::new(None);
    let look = async || {
        Ok::<_, anyhow::Error>(match compare().await {
            Ok(()) => Some(()),
            Err(why) => {
                quarrel.lock().expect("nobody panics while looking").replace(why);
                None
            }
        })
    };
    if until(PATIENCE, look).await?.is_some() {
        return Ok(());
    }
    let why = quarrel.into_inner().ok().flatten().context("nobody looked")?;
    bail!("{}: screen, device and server never agreed: {why:#}", browser.name())
}

async fn compare(
    browser: &Browser,
    server: &Server,
    kind: &str,
    account: &str,
    truth: &impl AsyncFn() -> Result<Marks>,
) -> Result<()> {
    let truth = truth().await?;
    let screen = browser.client().execute(MARKS, vec![json!(format!("[data-test={kind}]"))]).await?;
    let mut screen: Marks = serde_json::from_value(screen).context("the screen shows what is no mark")?;
    // What came back and waits for a decision is listed and is no order.
    screen.retain(|_, mark| mark != "held");
    let listed = |(id, _): &(&String, &String)| truth.len() <= OVER_MAX || screen.contains_key(*id);
    let shown: BTreeMap<&String, &String> = truth.iter().filter(listed).collect();
    ensure!(
        screen.iter().collect::<BTreeMap<_, _>>() == shown,
        "the screen shows {screen:?}, the server has {truth:?}"
    );
    ensure!(screen.len() >= truth.len().min(OVER_MAX), "the screen shows {} of {}", screen.len(), truth.len());
    let device = browser.cached(kind).await?;
    let (id, mark) = if kind == "ticket" { ("order", "progress") } else { ("id", "status") };
    let device = marks(&device, id, mark, |_| true)?;
    ensure!(device == truth, "the device has {device:?}, the server has {truth:?}");
    acts_are_decided(browser, server, account).await
}

/// Every act that the device keeps has its final word, and the server gave it once.
async fn acts_are_decided(browser: &Browser, server: &Server, account: &str) -> Result<()> {
    let records = browser.indexed_db("carryout-outbox", "commands").await?;
    let own = records.iter().filter(|record| record["account"] == account);
    let (settled, open): (Vec<&Value>, Vec<&Value>) =
        own.partition(|record| matches!(record["stage"].as_str(), Some("done" | "refused")));
    ensure!(open.is_empty(), "these acts have no final word: {open:?}");
    let Some(device) = settled.first().map(|record| device_of(record)).transpose()? else { return Ok(()) };
    let kept: BTreeSet<String> = settled.iter().filter_map(|record| record["id"].as_str()).map(str::to_owned).collect();
    let decided = server.decided_of(account, &device).await?;
    ensure!(kept == decided, "the device knows the end of {kept:?}, the server decided {decided:?}");
    Ok(())
}

fn device_of(record: &Value) -> Result<String> {
    let envelope: Value = serde_json::from_str(record["bytes"].as_str().context("a record has bytes")?)?;
    Ok(envelope["device"].as_str().context("an envelope names its device")?.to_owned())
}

fn marks(rows: &[Value], id: &str, mark: &str, wanted: impl Fn(&Value) -> bool) -> Result<Marks> {
    let one = |row: &Value| {
        let word = |name: &str| row[name].as_str().map(str::to_owned).with_context(|| format!("no {name} in {row}"));
        Ok((word(id)?, word(mark)?))
    };
    rows.iter().filter(|row| wanted(row)).map(one).collect()
}

impl Browser {
    /// The aggregates of a kind as the device keeps them: `order`, `ticket`.
    pub async fn cached(&self, kind: &str) -> Result<Vec<Value>> {
        let rows = self.indexed_db("carryout-cache", "rows").await?;
        let prefix = format!("{kind}/");
        let of_kind = rows.iter().filter(|row| row["key"].as_str().is_some_and(|key| key.starts_with(&prefix)));
        let body = |row: &Value| -> Result<Value> {
            let body: Value = serde_json::from_str(row["body"].as_str().context("a row has a body")?)?;
            Ok(body["row"][kind].clone())
        };
        of_kind.map(body).collect()
    }
}
