//! What account does about a fact: it notes what a guest ordered.

use sync::Key;

use super::{Happened, Rows, order};
use crate::account::GuestEvent;
use crate::account::guest::is_guest;
use crate::id::guest_key;
use crate::trade::Event;

pub(super) fn guest_of_order(happened: &Happened<'_>) -> Vec<Key> {
    let guest = order(happened).map(|order| &order.customer).filter(|customer| is_guest(customer));
    guest.map(guest_key).into_iter().collect()
}

pub(super) fn note_order(happened: &Happened<'_>, _: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened).filter(|order| is_guest(&order.customer)) else { return vec![] };
    let guest = order.customer.clone();
    vec![(guest_key(&guest), Event::Guest(GuestEvent::Ordered { guest, order: order.id }))]
}
