//! Giving money back to who paid by card: the button, and the question how much, and why.

use std::sync::Arc;

use domain::{Command, Money, OrderId};
use leptos::prelude::*;
use sync::Personal;

use super::{Asking, Question, Reason};
use crate::texts::parts;

/// At most `most` is given back, for one of `reasons` or another; `command` is what does it.
#[component]
pub fn GiveBackButton(
    most: Money,
    reasons: Vec<&'static str>,
    command: fn(OrderId, Money, Personal) -> Command,
    order: OrderId,
) -> impl IntoView {
    let asking = Asking::here();
    let question = move || Question {
        title: parts::give_back_title(),
        says: parts::give_back_says(),
        reason: Reason::Must(reasons.clone()),
        most: Some(most),
        confirm: ("confirm-give-back", parts::give_it_back()),
        command: Arc::new(move |answer| command(order, answer.amount.unwrap_or(most), answer.reason.into())),
    };
    view! {
        <button type="button" class="button quiet" data-test="give-back" on:click=move |_| asking.ask(question())>
            {parts::give_back()}
        </button>
    }
}
