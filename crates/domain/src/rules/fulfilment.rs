//! What fulfilment does about a fact: it runs its sagas.

use sync::{Key, Millis};

use super::{Happened, Rows, order_of};
use crate::fulfilment::{arrange, secure, settle};
use crate::id::{arrange_key, secure_key, settle_key};
use crate::trade::{Event, Row};

pub(super) fn secure_of(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(secure_key).into_iter().collect()
}

pub(super) fn secure_order(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(key) = order_of(happened).map(secure_key) else { return vec![] };
    let process = rows(&key).and_then(Row::into_process);
    let events = secure::react(&secure::SECURE, happened, process.as_ref());
    events.into_iter().map(|event| (key.clone(), Event::Secure(event))).collect()
}

pub(super) fn settle_of(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(settle_key).into_iter().collect()
}

pub(super) fn settle_order(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(key) = order_of(happened).map(settle_key) else { return vec![] };
    let process = rows(&key).and_then(Row::into_process);
    let (events, saga) = settle::react(happened, process.as_ref());
    let event = if saga.name == settle::SETTLE.name { Event::Settle } else { Event::SettleEarly };
    events.into_iter().map(|made| (key.clone(), event(made))).collect()
}

pub(super) fn arrange_of(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(arrange_key).into_iter().collect()
}

pub(super) fn arrange_order(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(key) = order_of(happened).map(arrange_key) else { return vec![] };
    let process = rows(&key).and_then(Row::into_process);
    let events = arrange::react(happened, process.as_ref());
    events.into_iter().map(|event| (key.clone(), Event::Arrange(event))).collect()
}

pub(super) fn kitchen_is_silent(row: &Row, now: Millis) -> Vec<Event> {
    row.as_process()
        .map(|process| arrange::strike(process, now))
        .unwrap_or_default()
        .into_iter()
        .map(Event::Arrange)
        .collect()
}
