//! Saying no to an order, with a reason that its customer reads.

use domain::kitchen::TicketCommand;
use domain::kitchen::ticket::REASON_CHARS_MAX;
use domain::{Command, OrderId};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::parts::Dialog;
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
    let reason = RwSignal::new(REASONS[0].to_owned());
    let refuse = move |event: SubmitEvent| {
        event.prevent_default();
        asking.set(false);
        world.give(Command::Ticket(TicketCommand::Refuse { order, reason: reason.get_untracked() }), None, busy);
    };
    let ready_made = move |text: &'static str| {
        view! {
            <label class="option">
                <input type="radio" name="reason" prop:checked=move || reason.with(|reason| reason == text)
                    on:change=move |_| reason.set(text.to_owned()) />
                <span class="option-name">{text}</span>
            </label>
        }
    };
    view! {
        <button type="button" class="button quiet wide" data-test="refuse" prop:disabled=busy on:click=move |_| asking.set(true)>
            {move || if busy.get() { words::saving() } else { "Refuse\u{2026}" }}
        </button>
        <Dialog open=asking title="Refuse this order?">
            <form on:submit=refuse>
                <p>"The customer reads the reason. Nothing is charged."</p>
                <div class="options">{REASONS.map(ready_made).collect_view()}</div>
                <label class="field">
                    <span>"In your own words"</span>
                    <input type="text" name="reason-text" maxlength=REASON_CHARS_MAX.to_string() required
                        prop:value=reason on:input:target=move |event| reason.set(event.target().value()) />
                </label>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>"Back"</button>
                    <button type="submit" class="button danger" data-test="confirm-refuse">"Refuse the order"</button>
                </div>
            </form>
        </Dialog>
    }
}
