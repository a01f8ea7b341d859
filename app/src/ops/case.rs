//! One order in trouble: whom to call, what troubles it and until when, and what was done.

use domain::id::restaurant_key;
use domain::ops::{Case, Trouble};
use domain::{OrderId, Row};
use leptos::prelude::*;

use super::measures::{Measures, give_back};
use super::story::StoryOf;
use crate::parts::{Proofs, money, time};
use crate::pending::Pinned;
use crate::texts::{common, desk};
use crate::words;
use crate::world::World;

#[component]
pub(super) fn CaseCard(order: OrderId, pinned: Memo<Option<Pinned<Case>>>) -> impl IntoView {
    let stage = move || pinned.with(|pinned| pinned.as_ref().map(|pinned| pinned.pending.name()));
    let now = move || pinned.get().map(|pinned| view! { <AsItStands pinned /> });
    view! {
        <article class="ticket case" data-test="case" data-id=order.to_string() data-stage=stage>
            {now}
            <StoryOf order />
        </article>
    }
}

/// What changes with the case; its story stays open beside it.
#[component]
fn AsItStands(pinned: Pinned<Case>) -> impl IntoView {
    let world = World::here();
    let Pinned { row: case, pending } = pinned;
    let first = case.troubles.iter().map(|trouble| trouble.since).min().unwrap_or(case.since);
    let age = move || words::duration(time::minutes(first, world.now()));
    let trouble = |trouble: &Trouble| view! { <TroubleOf trouble=trouble.clone() case=case.clone() /> };
    view! {
        <header class="ticket-head">
            <h2 class="ticket-who">{case.restaurant_name.clone()}</h2>
            <span class="ticket-age">{age}</span>
        </header>
        {case.troubles.iter().map(trouble).collect_view()}
        {give_back(&case)}
        {pending.words()}
        <Facts case=case.clone() />
        {done(&case)}
        <Proofs order=case.order proofs=case.proofs.clone() />
    }
}

/// A case that was seen to, or went well by itself.
#[component]
pub(super) fn CaseRow(order: OrderId, pinned: Memo<Option<Pinned<Case>>>) -> impl IntoView {
    let stage = move || pinned.with(|pinned| pinned.as_ref().map(|pinned| pinned.pending.name()));
    let now = move || {
        let Pinned { row: case, pending } = pinned.get()?;
        let at = time::moment(case.since);
        let how = if case.is_over { desk::over_at(&at) } else { desk::goes_on_at(&at) };
        let (restaurant, customer) = (case.restaurant_name.clone(), case.contact.name.as_str().to_owned());
        Some(view! {
            <strong class="card-title"><bdi>{restaurant}</bdi>{common::list_comma()}<bdi>{customer}</bdi></strong>
            <span class="card-note">{how}</span>
            {done(&case)}
            {give_back(&case)}
            {pending.words()}
            <Proofs order=case.order proofs=case.proofs.clone() />
        })
    };
    view! {
        <li class="card over-row" data-test="case" data-id=order.to_string() data-stage=stage>
            <div class="card-words">
                {now}
                <StoryOf order />
            </div>
        </li>
    }
}

#[component]
fn TroubleOf(trouble: Trouble, case: Case) -> impl IntoView {
    let world = World::here();
    let (sentence, concern) = (words::concern(&trouble, &case), trouble.concern);
    let due = {
        let trouble = trouble.clone();
        move || words::due(&trouble, world.now())
    };
    view! {
        <section class="trouble" data-test="trouble" data-concern=concern.name()>
            <p ><strong>{sentence}</strong></p>
            <p class="hint" data-test="due">{due}</p>
            <Measures concern case />
        </section>
    }
}

#[component]
fn Facts(case: Case) -> impl IntoView {
    let world = World::here();
    let telephone = Memo::new({
        let key = restaurant_key(&case.restaurant);
        move |_| world.row(&key, Row::as_restaurant).map(|restaurant| restaurant.telephone).unwrap_or_default()
    });
    let call = |number: String| view! { <a href=format!("tel:{number}")>{number.clone()}</a> };
    let phone = case.contact.phone.as_str().to_owned();
    view! {
        <dl class="facts">
            <dt>{desk::order()}</dt><dd><span class="code">{case.order.provisional()}</span></dd>
            <dt>{desk::customer()}</dt>
            <dd><bdi>{case.contact.name.as_str().to_owned()}</bdi>{(!phone.is_empty()).then(|| view! { {common::list_comma()}{call(phone.clone())} })}</dd>
            <Show when=move || !telephone.with(String::is_empty)>
                <dt>{desk::kitchen()}</dt><dd>{move || call(telephone.get())}</dd>
            </Show>
            <dt>{desk::sum()}</dt><dd>{money::text(case.total)}</dd>
            {case.zone.as_ref().map(|zone| view! { <dt>{desk::zone()}</dt><dd>{zone.to_string()}</dd> })}
        </dl>
    }
}

fn done(case: &Case) -> Option<impl IntoView + use<>> {
    let lines: Vec<_> =
        case.done.iter().map(|done| format!("{} {}", time::moment(done.at), words::done(done))).collect();
    let line = |line: String| view! { <li>{line}</li> };
    (!lines.is_empty())
        .then(|| view! { <ul class="done" data-test="done">{lines.into_iter().map(line).collect_view()}</ul> })
}
