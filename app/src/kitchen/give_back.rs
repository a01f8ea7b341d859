//! Giving back money of an order that was paid by card: a dish was missing, or it came cold.

use std::sync::Arc;

use domain::Command;
use domain::kitchen::{Ticket, TicketCommand};
use leptos::prelude::*;

use crate::parts::{Asking, Question, Reason};

/// Why kitchens give money back most.
const REASONS: [&str; 3] = ["Something was missing", "It was not as ordered", "It came too late"];

/// The button, and the question how much, and why; nothing, where there is nothing to give back.
#[component]
pub(super) fn GiveBackButton(ticket: Ticket) -> impl IntoView {
    let (asking, order) = (Asking::here(), ticket.order);
    let question = move |most| Question {
        title: "Give money back?",
        says: "It goes back to the card that paid. Your colleagues read why; the customer sees the sum.",
        reason: Reason::Must(&REASONS),
        most: Some(most),
        confirm: ("confirm-give-back", "Give it back"),
        command: Arc::new(move |answer| {
            let (amount, reason) = (answer.amount.unwrap_or(most), answer.reason.into());
            Command::Ticket(TicketCommand::GiveBack { order, amount, reason })
        }),
    };
    ticket.may_give_back().map(|most| {
        view! {
            <button type="button" class="button quiet" data-test="give-back" on:click=move |_| asking.ask(question(most))>
                "Give money back\u{2026}"
            </button>
        }
    })
}
