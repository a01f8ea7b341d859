//! The first screen of an operator: what troubles orders now, who is on duty, and what was seen to in the last hour.

use domain::access::OPERATOR;
use domain::id::ZoneId;
use domain::ops::Case;
use domain::{OrderId, Row};
use leptos::prelude::*;
use sync::{Key, Millis};

use super::case::{CaseCard, CaseRow};
use crate::parts::{Empty, Page, Skeleton};
use crate::pending::{Pinned, pinned};
use crate::texts::desk;
use crate::words;
use crate::world::World;

fn is_troubled(pinned: &Pinned<Case>) -> bool {
    !pinned.row.troubles.is_empty()
}

/// When the first of its troubles ends by itself, or should have been looked at.
fn due(pinned: &Pinned<Case>) -> Millis {
    pinned.row.troubles.iter().map(|trouble| trouble.due).min().unwrap_or(Millis::MAX)
}

fn shown(row: &Row) -> Option<&Case> {
    row.as_case().filter(|case| case.is_shown)
}

/// The cases before the desk, the most urgent first, then those that were seen to, the latest first.
fn cases(world: World) -> Memo<Vec<Pinned<Case>>> {
    Memo::new(move |_| {
        let mut cases = world.read(|client| pinned(client, "case", shown));
        cases.sort_by_key(|pinned| (due(pinned), std::cmp::Reverse(pinned.row.since)));
        cases
    })
}

/// The first screen of an operator.
#[component]
pub fn Desk() -> impl IntoView {
    let world = World::here();
    let is_ours = Memo::new(move |_| world.actor().is_some_and(|actor| actor.role.name == OPERATOR));
    let cases = cases(world);
    let troubled = Memo::new(move |_| cases.with(|cases| cases.iter().filter(|pinned| is_troubled(pinned)).count()));
    let title = move || match troubled.get() {
        0 => desk::desk().to_owned(),
        some => desk::desk_troubled(some as u64),
    };
    let body = move || {
        if !is_ours.get() {
            return signed_out(world).into_any();
        }
        if world.is_loading() {
            return view! { <Skeleton rows=3 /> }.into_any();
        }
        view! {
            <Troubled cases />
            <OnDuty />
            <SeenTo cases />
            <a class="button quiet" href="/desk/archive" data-test="archive-link">{words::archive()}</a>
        }
        .into_any()
    };
    view! { <Page title=Signal::derive(title) class="page-desk">{body}</Page> }
}

pub(super) fn signed_out(world: World) -> impl IntoView {
    let text = if world.actor().is_some() { desk::somebody_else_says() } else { desk::signed_out_says() };
    view! {
        <Empty title=desk::sign_in_as_operator() text>
            <a class="button primary" href="/desk/sign-in">{words::sign_in()}</a>
        </Empty>
    }
}

/// One case, found again in the list by its order, so that a card that changes is not a new one.
fn one(cases: Memo<Vec<Pinned<Case>>>, id: OrderId) -> Memo<Option<Pinned<Case>>> {
    Memo::new(move |_| cases.with(|cases| cases.iter().find(|pinned| pinned.row.order == id).cloned()))
}

fn ids(cases: Memo<Vec<Pinned<Case>>>, troubled: bool) -> Memo<Vec<OrderId>> {
    Memo::new(move |_| {
        let of_kind = |pinned: &&Pinned<Case>| is_troubled(pinned) == troubled;
        cases.with(|cases| cases.iter().filter(of_kind).map(|pinned| pinned.row.order).collect())
    })
}

#[component]
fn Troubled(cases: Memo<Vec<Pinned<Case>>>) -> impl IntoView {
    let ids = ids(cases, true);
    let card = move |id: OrderId| {
        let pinned = one(cases, id);
        view! { <li><CaseCard order=id pinned /></li> }
    };
    view! {
        <Show when=move || ids.with(Vec::is_empty)>
            <Empty title=desk::all_is_well() text=desk::all_is_well_says() />
        </Show>
        <ul class="tickets"><For each=move || ids.get() key=|id| *id children=card /></ul>
    }
}

#[component]
fn SeenTo(cases: Memo<Vec<Pinned<Case>>>) -> impl IntoView {
    let ids = ids(cases, false);
    let row = move |id: OrderId| {
        let pinned = one(cases, id);
        view! { <CaseRow order=id pinned /> }
    };
    view! {
        <Show when=move || !ids.with(Vec::is_empty)>
            <section class="panel" data-test="seen-to">
                <h2>{desk::seen_to()}</h2>
                <ul class="list"><For each=move || ids.get() key=|id| *id children=row /></ul>
            </section>
        </Show>
    }
}

/// Who is on duty where.
#[component]
fn OnDuty() -> impl IntoView {
    let world = World::here();
    let boards = Memo::new(move |_| {
        world.read(|client| {
            let rows = client.rows_of_kind("zone");
            let board = |(key, row): &(Key, &Row)| Some((ZoneId(key.id().to_owned()), words::on_duty(row.as_zone()?)));
            rows.iter().filter_map(board).collect::<Vec<_>>()
        })
    });
    let line = |(zone, words): (ZoneId, String)| {
        view! { <div><dt>{zone.to_string()}</dt><dd data-test="on-duty" data-zone=zone.to_string()>{words}</dd></div> }
    };
    view! {
        <Show when=move || !boards.with(Vec::is_empty)>
            <section class="panel">
                <h2>{desk::drivers()}</h2>
                <dl class="facts">{move || boards.get().into_iter().map(line).collect_view()}</dl>
            </section>
        </Show>
    }
}
