//! What the screen shows: the cached rows with the pending acts re-run over them, oldest first.
//!
//! Nothing here is stored. When a newer row arrives the acts are run again over it, by the rules the server will use; an
//! act that the rules now refuse stays visible, with why, because only the server's word ends it.

use std::collections::BTreeMap;

use crate::cache::Cache;
use crate::outbox::{Outbox, Record, Stage};
use crate::protocol::Body;
use crate::{Act, Actor, CommandId, Context, Envelope, Key, Known, Millis, Model};

/// Minutes that local time is ahead of UTC in a named time zone at a moment.
pub type Zones = dyn Fn(&str, Millis) -> Option<i32>;

/// How long after its final word an act is shown although its rows are not here, in milliseconds: a day. What was ordered
/// yesterday has moved on since, and its person would be shown where it no longer stands.
pub const SHOWN_WITHOUT_ROWS_MS: Millis = 24 * 60 * 60 * 1000;

/// A row that has pending acts, or acts whose rows are on their way.
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
    /// Somebody else has changed the row since this act was made over it.
    pub overtaken: bool,
}

/// Whether an act is to be shown over the rows: from the tap until its rows are here.
fn is_pending(stage: Stage) -> bool {
    matches!(stage, Stage::Saved | Stage::Sent | Stage::Accepted | Stage::NeedsYou)
}

/// Whether an act is done and the row that shows it is not here: the disk lost it with the power or damaged it, the
/// cache was thrown away, or its person was signed out meanwhile. Of what is longer ago only the server tells.
fn waits_for_its_rows<M: Model>(cache: &Cache<M>, record: &Record<M>, now: Millis) -> bool {
    let lately = now - record.changed_at < SHOWN_WITHOUT_ROWS_MS;
    let here = record.shown_by.is_none_or(|place| cache.has_row_of(place, &record.lane));
    record.stage == Stage::Done && lately && !here
}

/// Whether the cached row is newer than the one that the act was made over, and it was not this device that made it so:
/// an act that followed another one in its lane was made over that one's row.
fn is_overtaken<M: Model>(cache: &Cache<M>, envelope: &Envelope<M::Command>, stage: Stage) -> bool {
    let waits = matches!(stage, Stage::Saved | Stage::Sent | Stage::NeedsYou);
    let newer = envelope.saw.is_some_and(|saw| {
        let row = cache.get(&envelope.lane).map(|row| &row.stored);
        row.is_some_and(|row| cache.epoch() == Some(saw.epoch) && row.version > saw.version)
    });
    waits && newer && envelope.after.is_empty()
}

/// Runs every pending act of `actor` over the cached rows, but for `without`.
pub fn overlays<M: Model>(
    cache: &Cache<M>,
    outbox: &Outbox<M>,
    without: Option<CommandId>,
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
        let waits = waits_for_its_rows(cache, &entry.record, now);
        let shown = (is_pending(stage) || waits) && Some(entry.record.id) != without;
        let Some(envelope) = entry.envelope.as_ref().filter(|_| shown) else { continue };
        let Act::Do(command) = &envelope.act else { continue };
        let lane = M::lane(command);
        let overlay =
            overlays.entry(lane.clone()).or_insert_with(|| Overlay { row: cache.row(&lane).cloned(), pending: vec![] });
        let decided = M::decide(overlay.row.as_ref(), command, &context);
        let is_decided = matches!(stage, Stage::Accepted | Stage::Done);
        let (events, forecast) = match decided {
            Ok(events) => (events, Ok(())),
            // What was done stays on the screen, with the doubt beside it.
            Err(refusal) if M::rests_on_context(&refusal) => {
                (M::decide(overlay.row.as_ref(), command, &blind).unwrap_or_default(), Err(refusal))
            }
            Err(refusal) => (vec![], Err(refusal)),
        };
        // The server has decided, whatever the rules say here: its row may be here before its ack, and then the act is
        // already in it.
        let forecast = if is_decided { Ok(()) } else { forecast };
        overlay.row = events.iter().fold(overlay.row.take(), |row, event| M::apply(row, event));
        if waits {
            continue;
        }
        let overtaken = is_overtaken(cache, envelope, stage);
        overlay.pending.push(Pending { id: entry.record.id, stage, forecast, overtaken });
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
