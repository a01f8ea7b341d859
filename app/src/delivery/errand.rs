//! A meal the driver has, or is to fetch: where from, where to, whom to ring, and the one button for what comes next.

use std::sync::Arc;

use domain::delivery::{Errand, ErrandCommand, Hitch, Standing};
use domain::{Command, OrderId};
use leptos::prelude::*;

use crate::parts::{Answer, Asking, Question, Reason};
use crate::pending::Pinned;
use crate::words;
use crate::world::World;

/// What drivers say most.
const REASONS: [&str; 2] = ["The address is not there", "The meal is spoilt"];

/// What they have done before they say that nobody is there.
const TRIED: [&str; 2] = ["Rang and called, nobody opens", "Nobody opens, the phone is off"];

#[component]
pub(super) fn ErrandCard(pinned: Pinned<Errand>) -> impl IntoView {
    let Pinned { row: errand, pending } = pinned;
    if errand.standing == Standing::CalledOff {
        return called_off(&errand).into_any();
    }
    let in_bag = errand.standing == Standing::PickedUp;
    let kitchen = match (errand.is_ready, in_bag) {
        (_, true) => None,
        (true, false) => Some("Ready on the pass"),
        (false, false) => Some("Not ready yet"),
    };
    let phone = errand.contact.phone.as_str().to_owned();
    view! {
        <article class="ticket errand" data-test="errand" data-id=errand.order.to_string()
            data-status=errand.standing.name() data-stage=pending.name()>
            <header class="ticket-head">
                <h2 class="ticket-who">{errand.contact.name.as_str().to_owned()}</h2>
                <span class="ticket-age">{words::errand(errand.standing)}</span>
            </header>
            <dl class="facts">
                {(!in_bag).then(|| view! {
                    <dt>"Fetch at"</dt>
                    <dd><strong>{errand.restaurant_name.clone()}</strong><br />{errand.kitchen.clone()}</dd>
                })}
                <dt>"Bring to"</dt><dd data-test="address">{errand.address.as_str().to_owned()}</dd>
                {(!phone.is_empty()).then(|| view! { <dt>"Phone"</dt><dd><a href=format!("tel:{phone}")>{phone.clone()}</a></dd> })}
                {(!errand.note.is_empty()).then(|| view! { <dt>"Note"</dt><dd>{errand.note.as_str().to_owned()}</dd> })}
                <dt>"Money"</dt><dd data-test="money">{words::collects_at_door(&errand)}</dd>
            </dl>
            {kitchen.map(|words| view! { <p class="ticket-how"><span class="pill" class:good=errand.is_ready data-test="kitchen">{words}</span></p> })}
            {pending.words()}
            <Buttons order=errand.order standing=errand.standing />
        </article>
    }
    .into_any()
}

/// Somebody may be on the way for nothing. To whom is nobody's business any more.
fn called_off(errand: &Errand) -> impl IntoView + use<> {
    view! {
        <article class="ticket errand late" data-test="errand" data-id=errand.order.to_string()
            data-status=errand.standing.name() data-stage="">
            <header class="ticket-head">
                <h2 class="ticket-who">{errand.restaurant_name.clone()}</h2>
                <span class="ticket-age">{words::errand(errand.standing)}</span>
            </header>
            <p>"Nobody wants this meal any more. You need not fetch it."</p>
        </article>
    }
}

#[component]
fn Buttons(order: OrderId, standing: Standing) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let give = move |command: ErrandCommand| world.give(Command::Errand(command), None, busy);
    let next = move |hook: &'static str, name: &'static str, command: ErrandCommand| {
        view! {
            <button type="button" class="button primary large wide" data-test=hook prop:disabled=busy
                on:click=move |_| give(command.clone())>
                {move || if busy.get() { words::saving() } else { name }}
            </button>
        }
    };
    match standing {
        Standing::Assigned => view! {
            {next("pick-up", "I have it", ErrandCommand::PickUp { order })}
            <button type="button" class="button quiet wide" data-test="drop-out" prop:disabled=busy
                on:click=move |_| give(ErrandCommand::DropOut { order })>"I cannot fetch it"</button>
        }
        .into_any(),
        Standing::PickedUp => view! {
            {next("deliver", "Delivered", ErrandCommand::Deliver { order })}
            <Fails order />
        }
        .into_any(),
        Standing::Open | Standing::Delivered | Standing::Failed | Standing::CalledOff => ().into_any(),
    }
}

/// The buttons, and the questions they ask: what keeps a driver from it decides who pays.
#[component]
fn Fails(order: OrderId) -> impl IntoView {
    let asking = Asking::here();
    let fail = move |hitch| -> Arc<dyn Fn(Answer) -> Command + Send + Sync> {
        Arc::new(move |answer| Command::Errand(ErrandCommand::Fail { order, reason: answer.reason.into(), hitch }))
    };
    let nobody_there = move || Question {
        title: "Nobody is there?",
        says: "Ring, call, and wait some minutes first. The customer reads what you did; a card is charged, because it was \
               cooked and brought.",
        reason: Reason::Must(TRIED.to_vec()),
        most: None,
        confirm: ("confirm-nobody-there", "Nobody is there"),
        command: fail(Hitch::NobodyThere),
    };
    let cannot = move || Question {
        title: "Not delivered?",
        says: "The customer reads the reason and pays nothing.",
        reason: Reason::Must(REASONS.to_vec()),
        most: None,
        confirm: ("confirm-fail", "It is not delivered"),
        command: fail(Hitch::Other),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="nobody-there"
            on:click=move |_| asking.ask(nobody_there())>"Nobody is there\u{2026}"</button>
        <button type="button" class="button quiet wide" data-test="fail" on:click=move |_| asking.ask(cannot())>
            "I cannot bring it\u{2026}"
        </button>
    }
}
