//! What account does about a fact: it notes what a guest ordered, and what is under way for whom.

use sync::{Key, Millis};

use super::{Happened, Rows, order};
use crate::account::guest::is_guest;
use crate::account::{GuestEvent, PersonEvent, person};
use crate::id::{guest_key, person_key};
use crate::trade::{Event, Row};

pub(super) fn guest_of_order(happened: &Happened<'_>) -> Vec<Key> {
    let guest = order(happened).map(|order| &order.customer).filter(|customer| is_guest(customer));
    guest.map(guest_key).into_iter().collect()
}

pub(super) fn note_order(happened: &Happened<'_>, _: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened).filter(|order| is_guest(&order.customer)) else { return vec![] };
    let guest = order.customer.clone();
    vec![(guest_key(&guest), Event::Guest(GuestEvent::Ordered { guest, order: order.id }))]
}

pub(super) fn person_of_order(happened: &Happened<'_>) -> Vec<Key> {
    order(happened).map(|order| person_key(&order.customer)).into_iter().collect()
}

/// What is under way for whoever has the order now: placed by them, or by the guest whom they took over.
pub(super) fn note_under_way(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened) else { return vec![] };
    let key = person_key(&order.customer);
    let (person, order_id) = (order.customer.clone(), order.id);
    let is_open = rows(&key).and_then(Row::into_person).is_some_and(|person| person.open.contains(&order_id));
    let event = match (order.status.is_final(), is_open) {
        (false, false) => PersonEvent::Ordered { person, order: order_id },
        (true, true) => PersonEvent::OrderEnded { person, order: order_id, at: happened.at },
        _ => return vec![],
    };
    vec![(key, Event::Person(event))]
}

pub(super) fn erasure_due(row: &Row) -> Option<Millis> {
    row.as_person().and_then(person::due)
}

pub(super) fn erase(row: &Row, now: Millis) -> Vec<Event> {
    let events = row.as_person().map(|person| person::erase(person, now)).unwrap_or_default();
    events.into_iter().map(Event::Person).collect()
}
