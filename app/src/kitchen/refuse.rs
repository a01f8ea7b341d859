//! Saying no to an order, or taking back a yes, with a reason that its customer reads.

use std::sync::Arc;

use domain::kitchen::TicketCommand;
use domain::{Command, OrderId};
use leptos::prelude::*;

use crate::parts::{Asking, Question, Reason};
use crate::texts::kitchen;

/// What kitchens say most.
fn reasons() -> Vec<&'static str> {
    vec![kitchen::no_too_busy(), kitchen::no_run_out(), kitchen::no_closing(), kitchen::no_delivery_there()]
}

/// The button, and the question it asks.
#[component]
pub(super) fn RefuseButton(order: OrderId) -> impl IntoView {
    let asking = Asking::here();
    let question = move || Question {
        title: kitchen::refuse_title(),
        says: kitchen::refuse_says(),
        reason: Reason::Must(reasons()),
        most: None,
        confirm: ("confirm-refuse", kitchen::refuse_it()),
        command: Arc::new(move |answer| Command::Ticket(TicketCommand::Refuse { order, reason: answer.reason.into() })),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="refuse" on:click=move |_| asking.ask(question())>
            {kitchen::refuse()}
        </button>
    }
}

/// What makes kitchens take back a yes.
fn mishaps() -> Vec<&'static str> {
    vec![kitchen::mishap_broke(), kitchen::no_run_out(), kitchen::mishap_spoilt()]
}

/// The button that takes back a yes, and the question it asks.
#[component]
pub(super) fn CallOffButton(order: OrderId) -> impl IntoView {
    let asking = Asking::here();
    let question = move || Question {
        title: kitchen::call_off_title(),
        says: kitchen::call_off_says(),
        reason: Reason::Must(mishaps()),
        most: None,
        confirm: ("confirm-call-off", kitchen::call_off_it()),
        command: Arc::new(move |answer| {
            Command::Ticket(TicketCommand::CallOff { order, reason: answer.reason.into() })
        }),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="call-off" on:click=move |_| asking.ask(question())>
            {kitchen::call_off()}
        </button>
    }
}
