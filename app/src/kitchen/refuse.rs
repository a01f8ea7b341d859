//! Saying no to an order, with a reason that its customer reads.

use domain::kitchen::TicketCommand;
use domain::{Command, OrderId};
use leptos::prelude::*;

use crate::parts::AskReason;
use crate::words;
use crate::world::World;

/// What kitchens say most.
const REASONS: [&str; 4] = [
    "We are too busy right now",
    "We have run out of something you ordered",
    "We are closing",
    "We cannot deliver there",
];

/// The button, and the question it asks.
#[component]
pub(super) fn RefuseButton(order: OrderId) -> impl IntoView {
    let world = World::here();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let refuse = move |reason| world.give(Command::Ticket(TicketCommand::Refuse { order, reason }), None, busy);
    view! {
        <button type="button" class="button quiet wide" data-test="refuse" prop:disabled=busy on:click=move |_| asking.set(true)>
            {move || if busy.get() { words::saving() } else { "Refuse\u{2026}" }}
        </button>
        <AskReason open=asking title="Refuse this order?" says="The customer reads the reason. Nothing is charged."
            reasons=&REASONS confirm=("confirm-refuse", "Refuse the order") give=refuse />
    }
}
