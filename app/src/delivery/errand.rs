//! A meal the driver has, or is to fetch: where from, where to, whom to ring, and the one button for what comes next.

use std::sync::Arc;

use domain::delivery::{Errand, ErrandCommand, Hitch, Standing};
use domain::{Command, OrderId};
use leptos::prelude::*;

use crate::parts::{Answer, Asking, Question, Reason, time};
use crate::pending::Pinned;
use crate::texts::delivery;
use crate::words;
use crate::world::World;

/// What drivers say most.
fn reasons() -> Vec<&'static str> {
    vec![delivery::fails_address(), delivery::fails_spoilt()]
}

/// What they have done before they say that nobody is there.
fn tried() -> Vec<&'static str> {
    vec![delivery::tried_rang(), delivery::tried_phone_off()]
}

#[component]
pub(super) fn ErrandCard(pinned: Pinned<Errand>) -> impl IntoView {
    let Pinned { row: errand, pending } = pinned;
    if errand.standing == Standing::CalledOff {
        return called_off(&errand).into_any();
    }
    let in_bag = errand.standing == Standing::PickedUp;
    let kitchen = match (errand.is_ready, in_bag) {
        (_, true) => None,
        (true, false) => Some(delivery::ready_on_the_pass()),
        (false, false) => Some(delivery::not_ready_yet()),
    };
    let phone = errand.contact.phone.as_str().to_owned();
    view! {
        <article class="ticket errand" data-test="errand" data-id=errand.order.to_string()
            data-status=errand.standing.name() data-stage=pending.name()>
            <header class="ticket-head">
                <h2 class="ticket-who"><bdi>{errand.contact.name.as_str().to_owned()}</bdi></h2>
                <span class="ticket-age">{words::errand(errand.standing)}</span>
            </header>
            <dl class="facts">
                {(!in_bag).then(|| view! {
                    <dt>{delivery::fetch_at()}</dt>
                    <dd><strong><bdi>{errand.restaurant_name.clone()}</bdi></strong><br /><bdi>{errand.kitchen.clone()}</bdi></dd>
                })}
                {errand.wanted.map(|wanted| view! {
                    <dt>{delivery::wanted_for()}</dt><dd data-test="wanted-for"><strong>{time::slot(wanted.at)}</strong></dd>
                })}
                <dt>{delivery::bring_to()}</dt><dd data-test="address"><bdi>{errand.address.as_str().to_owned()}</bdi></dd>
                {(!phone.is_empty()).then(|| view! { <dt>{delivery::phone()}</dt><dd><a href=format!("tel:{phone}")>{phone.clone()}</a></dd> })}
                {(!errand.note.is_empty()).then(|| view! { <dt>{delivery::note()}</dt><dd><bdi>{errand.note.as_str().to_owned()}</bdi></dd> })}
                <dt>{delivery::money()}</dt><dd data-test="money">{words::collects_at_door(&errand)}</dd>
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
                <h2 class="ticket-who"><bdi>{errand.restaurant_name.clone()}</bdi></h2>
                <span class="ticket-age">{words::errand(errand.standing)}</span>
            </header>
            <p>{delivery::called_off()}</p>
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
            {next("pick-up", delivery::i_have_it(), ErrandCommand::PickUp { order })}
            <button type="button" class="button quiet wide" data-test="drop-out" prop:disabled=busy
                on:click=move |_| give(ErrandCommand::DropOut { order })>{delivery::cannot_fetch()}</button>
        }
        .into_any(),
        Standing::PickedUp => view! {
            {next("deliver", delivery::delivered(), ErrandCommand::Deliver { order })}
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
        title: delivery::nobody_there_title(),
        says: delivery::nobody_there_says(),
        reason: Reason::Must(tried()),
        most: None,
        confirm: ("confirm-nobody-there", delivery::nobody_there_confirm()),
        command: fail(Hitch::NobodyThere),
    };
    let cannot = move || Question {
        title: delivery::fails_title(),
        says: delivery::fails_says(),
        reason: Reason::Must(reasons()),
        most: None,
        confirm: ("confirm-fail", delivery::fails_confirm()),
        command: fail(Hitch::Other),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="nobody-there"
            on:click=move |_| asking.ask(nobody_there())>{delivery::nobody_there_ask()}</button>
        <button type="button" class="button quiet wide" data-test="fail" on:click=move |_| asking.ask(cannot())>
            {delivery::fails_ask()}
        </button>
    }
}
