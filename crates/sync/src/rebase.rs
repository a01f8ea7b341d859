//! What the screen shows: the cached rows with the pending acts re-run over them, oldest first.
//!
//! Nothing here is stored. When a newer row arrives the acts are run again over it, by the rules the server will use; an
//! act that the rules now refuse stays visible, with why, because only the server's word ends it.

use std::collections::BTreeMap;

use crate::cache::Cache;
use crate::outbox::{Outbox, Stage};
use crate::protocol::Body;
use crate::{Act, Actor, CommandId, Context, Key, Known, Millis, Model};

/// Minutes that local time is ahead of UTC in a named time zone at a moment.
pub type Zones = dyn Fn(&str, Millis) -> Option<i32>;

/// A row that has pending acts.
#[derive(Clone, Debug)]
pub struct Overlay<M: Model> {
    /// The row as it will stand if the acts are accepted.
    pub row: Option<M::Row>,
    /// The acts, oldest first.
    pub pending: Vec<Pending<M>>,
}

/// A pending act on a row.
#[derive(Clone, Debug)]
pub struct Pending<M: Model> {
    /// Which.
    pub id: CommandId,
    /// How far it has come.
    pub stage: Stage,
    /// What the rules say to it now; a refusal here is a forecast.
    pub forecast: Result<(), M::Refusal>,
}

/// Whether an act is to be shown over the rows: from the tap until its rows are here.
fn is_pending(stage: Stage) -> bool {
    matches!(stage, Stage::Saved | Stage::Sent | Stage::Accepted | Stage::NeedsYou)
}

/// Runs every pending act of `actor` over the cached rows.
pub fn overlays<M: Model>(
    cache: &Cache<M>,
    outbox: &Outbox<M>,
    actor: &Actor,
    now: Millis,
    zones: &Zones,
) -> BTreeMap<Key, Overlay<M>> {
    let mut overlays: BTreeMap<Key, Overlay<M>> = BTreeMap::new();
    let rows = known(cache);
    let context = Context { now, actor, rows: &rows, utc_offset_min: zones };
    let blind = Context { now, actor, rows: &|_| Known::Unknown, utc_offset_min: zones };
    for entry in outbox.entries().filter(|entry| entry.record.account == actor.account) {
        let stage = entry.record.stage;
        let Some(envelope) = entry.envelope.as_ref().filter(|_| is_pending(stage)) else { continue };
        let Act::Do(command) = &envelope.act else { continue };
        let lane = M::lane(command);
        let overlay =
            overlays.entry(lane.clone()).or_insert_with(|| Overlay { row: cache.row(&lane).cloned(), pending: vec![] });
        let decided = M::decide(overlay.row.as_ref(), command, &context);
        let (events, forecast) = match decided {
            Ok(events) => (events, Ok(())),
            // The server has decided: its row may be here before its ack, and then the act is already in it.
            Err(_) if stage == Stage::Accepted => (vec![], Ok(())),
            // What was done stays on the screen, with the doubt beside it.
            Err(refusal) if M::rests_on_context(&refusal) => {
                (M::decide(overlay.row.as_ref(), command, &blind).unwrap_or_default(), Err(refusal))
            }
            Err(refusal) => (vec![], Err(refusal)),
        };
        overlay.row = events.iter().fold(overlay.row.take(), |row, event| M::apply(row, event));
        overlay.pending.push(Pending { id: entry.record.id, stage, forecast });
    }
    overlays
}

/// The cached rows as a rule's context. What is not cached is unknown, never absent.
pub fn known<M: Model>(cache: &Cache<M>) -> impl Fn(&Key) -> Known<M::Row> + '_ {
    |key| match cache.get(key) {
        Some(row) => match &row.body {
            Some(Body::Row(body)) => Known::Row(body.clone(), row.stored.version),
            _ => Known::Unknown,
        },
        None => Known::Unknown,
    }
}
