//! How inbox items ended: by a choice made here, or on another device of the same person. An item is gone from the
//! server's rows once it is settled, so this device remembers which ones it has shown.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sync::client::Reach;
use sync::outbox::Stage;
use sync::{CommandId, Millis, Reason};

use crate::parts::time;
use crate::texts::sync_centre;
use crate::words::{self, Names};
use crate::world::{Client, World};

/// The draft under which the items that were shown here are remembered.
const SEEN_DRAFT: &str = "inbox/seen";

/// The most items that are remembered, and listed once they are settled: more is history, and nobody looks it up here.
const SEEN_MAX: usize = 20;

/// An item that was shown on this device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Seen {
    id: CommandId,
    what: String,
    at: Millis,
}

/// An item that is settled, and how.
#[derive(Clone, Debug, PartialEq)]
struct Ended {
    seen: Seen,
    how: String,
    is_elsewhere: bool,
}

/// Remembers the items that wait, as long as the owner lives.
pub(super) fn remember_seen(world: World) {
    let waiting = Memo::new(move |_| {
        world.read(|client| {
            let names = Names(client);
            let seen = |item: &sync::InboxItem<_>| Seen {
                id: item.id,
                what: words::act(&item.act, &names),
                at: item.refused_at,
            };
            client.cache().inbox().into_iter().map(seen).collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| {
        let waiting = waiting.get();
        let known = untrack(|| world.draft::<Vec<Seen>>(SEEN_DRAFT)).unwrap_or_default();
        let next = merged(&known, &waiting);
        if next != known {
            world.note_draft(SEEN_DRAFT.to_owned(), Some(next));
        }
    });
}

/// What was known with what waits now, the newest last.
fn merged(known: &[Seen], waiting: &[Seen]) -> Vec<Seen> {
    let is_waiting = |seen: &&Seen| waiting.iter().any(|item| item.id == seen.id);
    let mut next: Vec<Seen> = known.iter().filter(|seen| !is_waiting(seen)).chain(waiting).cloned().collect();
    next.drain(..next.len().saturating_sub(SEEN_MAX));
    next
}

/// The items that were shown here and do not wait any more, the newest first.
fn ended(client: &Client, seen: Vec<Seen>) -> Vec<Ended> {
    let waiting: Vec<CommandId> = client.cache().inbox().into_iter().map(|item| item.id).collect();
    let one = |seen: Seen| {
        let (how, is_elsewhere) = how(client, seen.id);
        Ended { seen, how, is_elsewhere }
    };
    seen.into_iter().rev().filter(|seen| !waiting.contains(&seen.id)).map(one).collect()
}

/// How an item ended, and whether that was elsewhere.
fn how(client: &Client, id: CommandId) -> (String, bool) {
    let choices = client.outbox().entries().rev().filter_map(|entry| Some((entry, entry.envelope.as_ref()?)));
    let Some((entry, envelope)) = choices.into_iter().find(|(_, envelope)| envelope.resolves == Some(id)) else {
        return (words::settled_elsewhere().to_owned(), true);
    };
    match (entry.record.stage, &entry.record.reason) {
        (Stage::Refused, Some(Reason::AlreadySettled)) => (words::settled_elsewhere_first().to_owned(), true),
        (Stage::Refused, _) => (words::choice_refused().to_owned(), false),
        _ => (words::settled_here(&envelope.act, &Names(client)), false),
    }
}

/// The items that are settled, and how.
#[component]
pub(super) fn Settled() -> impl IntoView {
    let world = World::here();
    let ended = Memo::new(move |_| {
        // Rows that are still coming may bring an item back: only what is complete can be said to lack one.
        let is_complete = world.status().with(|status| status.reach == Reach::Online);
        let seen = world.draft::<Vec<Seen>>(SEEN_DRAFT).filter(|_| world.actor().is_some());
        let seen = seen.filter(|_| is_complete).unwrap_or_default();
        world.read(|client| ended(client, seen))
    });
    let row = |ended: Ended| {
        let place = if ended.is_elsewhere { "elsewhere" } else { "here" };
        view! {
            <li class="card" data-test="settled-item" data-id=ended.seen.id.to_string() data-where=place>
                <span class="card-words">
                    <strong>{ended.seen.what}</strong>
                    <span class="card-note">{ended.how}</span>
                </span>
                <span class="card-side"><small>{time::moment(ended.seen.at)}</small></span>
            </li>
        }
    };
    move || {
        let ended = ended.get();
        (!ended.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{sync_centre::list_settled()}</h2>
                    <ul class="cards">{ended.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(number: u128) -> Seen {
        Seen { id: CommandId(uuid::Uuid::from_u128(number)), what: number.to_string(), at: 0 }
    }

    #[test]
    fn what_waits_is_remembered_after_it_is_settled() {
        let known = merged(&[], &[seen(1), seen(2)]);
        assert_eq!(merged(&known, &[seen(2)]), [seen(1), seen(2)]);
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let many: Vec<Seen> = (0..SEEN_MAX as u128).map(seen).collect();
        let next = merged(&many, &[seen(99)]);
        assert_eq!((next.len(), next.first(), next.last()), (SEEN_MAX, Some(&seen(1)), Some(&seen(99))));
    }
}
