//! Saying no to an order, with a reason that its customer reads.

use std::sync::Arc;

use domain::kitchen::TicketCommand;
use domain::{Command, OrderId};
use leptos::prelude::*;

use crate::parts::{Asking, Question, Reason};

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
    let asking = Asking::here();
    let question = move || Question {
        title: "Refuse this order?",
        says: "The customer reads the reason. Nothing is charged.",
        reason: Reason::Must(&REASONS),
        confirm: ("confirm-refuse", "Refuse the order"),
        command: Arc::new(move |reason| Command::Ticket(TicketCommand::Refuse { order, reason: reason.into() })),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="refuse" on:click=move |_| asking.ask(question())>
            "Refuse\u{2026}"
        </button>
    }
}
