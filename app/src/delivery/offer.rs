//! A meal that is offered: how far it is, and how long the offer stands. Whose it is, is nobody's business yet. A yes that was
//! given where there is no network stays in view: it may come too late.

use std::time::Duration;

use domain::Command;
use domain::delivery::{Offer, OfferCommand};
use leptos::prelude::*;
use sync::Millis;

use crate::pending::Pinned;
use crate::texts::delivery;
use crate::words;
use crate::world::World;

/// How often the time that is left is counted.
const COUNT_EVERY: Duration = Duration::from_secs(1);

fn seconds_left(until: Millis) -> i64 {
    ((until - replica::now()).max(0) + 999) / 1000
}

#[component]
pub(super) fn OfferCard(pinned: Pinned<Offer>) -> impl IntoView {
    let world = World::here();
    let Pinned { row: offer, pending } = pinned;
    let (order, until) = (offer.order, offer.until);
    let left = RwSignal::new(seconds_left(until));
    if let Ok(count) = set_interval_with_handle(move || _ = left.try_set(seconds_left(until)), COUNT_EVERY) {
        on_cleanup(move || count.clear());
    }
    let busy = RwSignal::new(false);
    let give = move |command: OfferCommand| world.give(Command::Offer(command), None, busy);
    let time = move || match left.get() {
        0 => delivery::offer_any_moment().to_owned(),
        left => delivery::offer_left(left.unsigned_abs()),
    };
    let answer = || {
        view! {
            <p class="hint" data-test="time-left">{time}</p>
            {pending.words()}
            <button type="button" class="button primary large wide" data-test="claim" prop:disabled=busy
                on:click=move |_| give(OfferCommand::Claim { order })>
                {move || if busy.get() { words::saving() } else { delivery::take_it() }}
            </button>
            <button type="button" class="button quiet wide" data-test="decline" prop:disabled=busy
                on:click=move |_| give(OfferCommand::Decline { order })>{delivery::leave_it()}</button>
        }
    };
    let is_open = offer.shown_to().is_some();
    let stands = if is_open { answer().into_any() } else { view! { {unheard()}{pending.words()} }.into_any() };
    view! {
        <article class="ticket offer" data-test="offer" data-id=order.to_string() data-stage=pending.name()>
            <header class="ticket-head">
                <h2 class="ticket-who">{if is_open { delivery::offer_head() } else { delivery::claimed_head() }}</h2>
                <span class="ticket-age">{words::distance(offer.metres)}</span>
            </header>
            <p class="ticket-how"><span class="pill">{offer.zone.to_string()}</span></p>
            {stands}
        </article>
    }
}

fn unheard() -> impl IntoView {
    view! { <p class="hint">{delivery::claimed_unheard()}</p> }
}
