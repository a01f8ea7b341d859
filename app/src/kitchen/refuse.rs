//! Saying no to an order, or taking back a yes, with a reason that its customer reads.

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
        reason: Reason::Must(REASONS.to_vec()),
        most: None,
        confirm: ("confirm-refuse", "Refuse the order"),
        command: Arc::new(move |answer| Command::Ticket(TicketCommand::Refuse { order, reason: answer.reason.into() })),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="refuse" on:click=move |_| asking.ask(question())>
            "Refuse\u{2026}"
        </button>
    }
}

/// What makes kitchens take back a yes.
const MISHAPS: [&str; 3] =
    ["Something in our kitchen broke", "We have run out of something you ordered", "It was spoilt"];

/// The button that takes back a yes, and the question it asks.
#[component]
pub(super) fn CallOffButton(order: OrderId) -> impl IntoView {
    let asking = Asking::here();
    let question = move || Question {
        title: "Call off this order?",
        says: "You said yes to it. The customer reads why it will not come, and nothing is charged.",
        reason: Reason::Must(MISHAPS.to_vec()),
        most: None,
        confirm: ("confirm-call-off", "Call it off"),
        command: Arc::new(move |answer| {
            Command::Ticket(TicketCommand::CallOff { order, reason: answer.reason.into() })
        }),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="call-off" on:click=move |_| asking.ask(question())>
            "We cannot make it\u{2026}"
        </button>
    }
}
