//! `bff events`: the lake, every fact there ever was, on a terminal, a line each, or as JSON for another program. A server may be running on
//! the same folder.

use std::io::Write as _;

use anyhow::Context as _;
use jiff::Timestamp;
use sync::{Millis, Position};

use super::embedded::facts;
use crate::config::EventsSettings;
use crate::ledger::Fact;
use crate::store;

/// Facts read at once: a page of the file, and a terminal's worth before the first is shown.
pub(super) const PAGE: i64 = 500;

/// Runs `bff events`.
///
/// # Errors
/// A sentence: there is no data, or it is of an older release.
pub(crate) async fn run(settings: EventsSettings) -> anyhow::Result<()> {
    let EventsSettings { which, limit, json } = settings;
    let mut wanted = which.wanted()?;
    let mut truth = store::look_at(&which.data).await?;
    let mut left = limit.unwrap_or(u64::MAX);
    let mut out = std::io::stdout().lock();
    while left > 0 {
        let page = facts(&mut truth, &wanted, PAGE.min(i64::try_from(left).unwrap_or(PAGE))).await;
        let page =
            page.context("the lake cannot be read; if an older release wrote it, start this server on it once")?;
        let Some((last, _)) = page.last() else { break };
        wanted.after = Some(*last);
        left -= page.len() as u64;
        for (position, fact) in &page {
            let line = if json { serde_json::to_string(fact)? } else { line(*position, fact) };
            // Whoever reads may have seen enough.
            if writeln!(out, "{line}").is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A fact on one line, without what it holds of people: its place, when, what, of what, by which service, at whose act.
fn line(position: Position, fact: &Fact) -> String {
    let by = fact.cause.as_ref().map_or("-", |cause| cause.account.as_str());
    format!("{position:>8}  {}  {:<34} {:<46} {:<10} {by:?}", time(fact.at), fact.kind, fact.key, fact.tags.source)
}

pub(super) fn time(at: Millis) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    at.strftime("%Y-%m-%d %H:%M:%S%.3fZ").to_string()
}
