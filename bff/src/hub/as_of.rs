//! `bff events as-of`: one row as it stood at some moment, its facts added up until then. A server may be running on the same folder.

use std::io::Write as _;

use anyhow::{Context as _, bail, ensure};
use domain::Trade;
use domain::trade::Row;
use sqlx::SqliteConnection;
use sync::protocol::Body;
use sync::{Model as _, Version};

use super::Placed;
use super::Wanted;
use super::command::{PAGE, time};
use super::embedded::facts;
use crate::config::AsOfSettings;
use crate::store;

/// A row as it stood.
#[derive(Default)]
struct Stood {
    row: Option<Row>,
    version: Version,
    facts: u64,
    /// The last of its facts, and its place.
    last: Option<Placed>,
}

/// Runs `bff events as-of`.
///
/// # Errors
/// A sentence: there is no data, it is of an older release, nothing is known of the row at that moment, or its facts do not add up.
pub(crate) async fn run(settings: AsOfSettings) -> anyhow::Result<()> {
    let mut truth = store::look_at(&settings.data).await?;
    let Stood { row, version, facts, last } = add_up(&mut truth, &settings).await?;
    let key = &settings.key;
    let Some((position, fact)) = last else {
        bail!("nothing is known of {key} at that moment: `bff events --key {key}` shows its facts");
    };
    let is = row.as_ref().map_or("it was over".to_owned(), |_| format!("version {version}"));
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{key}: {is}, of {facts} facts; the last is {}, at {position}, {}", fact.kind, time(fact.at));
    if let Some(row) = row {
        let _ = writeln!(out, "{}", serde_json::to_string_pretty(&row)?);
    }
    Ok(())
}

/// Adds the row's facts up, each of which has to show what it left.
async fn add_up(truth: &mut SqliteConnection, settings: &AsOfSettings) -> anyhow::Result<Stood> {
    let AsOfSettings { key, at, position, .. } = settings;
    let until = at.map(|at| at.as_millisecond() + 1);
    let mut wanted = Wanted { key: Some(key.clone()), until, ..Wanted::default() };
    let mut stood = Stood::default();
    loop {
        let page = facts(&mut *truth, &wanted, PAGE).await;
        let page =
            page.context("the lake cannot be read; if an older release wrote it, start this server on it once")?;
        let Some((end, _)) = page.last() else { return Ok(stood) };
        wanted.after = Some(*end);
        for (here, fact) in page {
            if position.is_some_and(|position| here.0 > position) {
                return Ok(stood);
            }
            // What a fact tells beside rows, such as of an inbox item, leaves them as they are.
            if let (Some(event), Some(entity)) = (&fact.event, &fact.entity) {
                stood.row = Trade::apply(stood.row.take(), event);
                let shown = entity.body.as_ref().and_then(|body| match body {
                    Body::Row(row) => Some(row),
                    Body::Inbox(_) => None,
                });
                ensure!(
                    stood.row.as_ref() == shown,
                    "the facts of {key} do not add up to what the one at {here} shows"
                );
                stood.version = entity.version;
            }
            stood.facts += 1;
            stood.last = Some((here, fact));
        }
    }
}
