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

impl Customer {
    /// The list of orders, the rows on the phone and the server's rows are the same orders with the same status; every
    /// act of the phone was decided, and decided once.
    pub async fn agrees_with(&self, server: &Server) -> Result<()> {
        self.opens("/orders").await?;
        let of_hers = async || {
            let hers = |order: &Value| order["customer"] == self.name() && is_shown(order);
            marks(&server.orders().await?, "id", "status", hers)
        };
        agree(self.browser(), server, "order", self.name(), of_hers).await
    }
}

impl Kitchen {
    /// The board, the rows on the tablet and the server's rows are the same tickets with the same progress; every act of
    /// the tablet was decided, and decided once.
    pub async fn agrees_with(&self, server: &Server) -> Result<()> {
        self.opens("/kitchen").await?;
        let name = self.name();
        let ours = |ticket: &Value| {
            ticket["restaurant"].as_str().is_some_and(|restaurant| restaurant.contains(name)) && is_shown(ticket)
        };
        let of_ours = async || marks(&server.tickets().await?, "order", "progress", ours);
        agree(self.browser(), server, "ticket", name, of_ours).await
    }
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
    let quarrel = std::sync::Mutex::new(None);
    let look = async || {
        let found = compare(browser, server, kind, account, &truth).await;
        Ok::<_, anyhow::Error>(match found {
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
    let records = browser.indexed_db("carryout-outbox", "commands").await?;
    let own = records.iter().filter(|record| record["account"] == account);
    let (settled, open): (Vec<&Value>, Vec<&Value>) =
        own.partition(|record| matches!(record["stage"].as_str(), Some("done" | "refused")));
    ensure!(open.is_empty(), "these acts have no final word: {open:?}");
    let truth = truth().await?;
    let screen = browser.client().execute(MARKS, vec![json!(format!("[data-test={kind}]"))]).await?;
    let mut screen: Marks = serde_json::from_value(screen).context("the screen shows what is no mark")?;
    // What came back and waits for a decision is listed and is no order.
    screen.retain(|_, mark| mark != "held");
    ensure!(screen == truth, "the screen shows {screen:?}, the server has {truth:?}");
    let device = browser.cached(kind).await?;
    let (id, mark) = if kind == "ticket" { ("order", "progress") } else { ("id", "status") };
    let device = marks(&device, id, mark, |_| true)?;
    ensure!(device == truth, "the device has {device:?}, the server has {truth:?}");
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
