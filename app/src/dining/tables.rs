//! The tables of the house: which are open, how long, what they come to; and opening one.

use domain::dining::staff::TABLE_CHARS_MAX;
use domain::dining::{LineState, Seat, Stage, Tab, TabCommand, bill};
use domain::id::TabId;
use domain::{Command, RestaurantId};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use sync::Key;

use super::{namesake, open_tabs};
use crate::parts::{Empty, Field, Page, Skeleton, time, use_way_on};
use crate::pending::{Pending, Pinned};
use crate::texts::{catalog, dining};
use crate::words;
use crate::world::World;

/// The most closed tables that are listed: a busy evening.
const CLOSED_MAX: usize = 60;

/// The first screen of a waiter.
#[component]
pub fn Tables() -> impl IntoView {
    let world = World::here();
    let open = open_tabs(world);
    let closed = Memo::new(move |_| {
        world.read(|client| {
            let tabs = client.rows_of_kind("tab");
            let tabs = tabs.iter().filter_map(|(key, row)| Some((key, row.as_tab()?)));
            let mut closed: Vec<_> = tabs.filter(|(_, tab)| tab.stage() == Stage::Closed).collect();
            closed.sort_by_key(|(_, tab)| std::cmp::Reverse(tab.closed_at));
            // What was closed without a network is on its way still, and says so.
            let pin = |(key, tab): (&Key, &Tab)| Pinned { row: tab.clone(), pending: Pending::of(client, key) };
            closed.into_iter().take(CLOSED_MAX).map(pin).collect::<Vec<_>>()
        })
    });
    let ids = Memo::new(move |_| open.with(|open| open.iter().map(|pinned| pinned.row.id).collect::<Vec<TabId>>()));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty) && closed.with(Vec::is_empty));
    let one = move |id: TabId| {
        let pinned = Memo::new(move |_| open.with(|open| open.iter().find(|pinned| pinned.row.id == id).cloned()));
        let is_twice = Memo::new(move |_| {
            open.with(|open| open.iter().any(|pinned| pinned.row.id == id && namesake(open, &pinned.row).is_some()))
        });
        move || pinned.get().map(|pinned| view! { <TableRow pinned is_twice=is_twice.get() /> })
    };
    let body = move || {
        let Some(restaurant) = world.own_restaurant() else {
            return view! {
                <Empty title=catalog::sign_in_as_restaurant() text=dining::tables_are_whose()>
                    <a class="button primary" href="/kitchen/sign-in">{words::sign_in()}</a>
                </Empty>
            }
            .into_any();
        };
        let lists = move || {
            if is_empty.get() && world.is_loading() {
                return view! { <Skeleton rows=4 /> }.into_any();
            }
            let none = ids.with(Vec::is_empty).then(|| {
                view! { <Empty title=dining::no_table() text=dining::no_table_says() /> }
            });
            let closed = closed.get();
            let closed = (!closed.is_empty()).then(|| view! {
                <details class="over">
                    <summary>{dining::closed_last(closed.len() as u64)}</summary>
                    <ul class="cards">{closed.into_iter().map(|pinned| view! { <TableRow pinned is_twice=false /> }).collect_view()}</ul>
                </details>
            });
            view! {
                {none}
                <ul class="cards"><For each=move || ids.get() key=|id| *id children=one /></ul>
                {closed}
            }
            .into_any()
        };
        view! { <Opening restaurant open />{lists} }.into_any()
    };
    view! { <Page title=dining::tables().to_owned() class="page-wide page-tables">{body}</Page> }
}

/// Where a table is opened, or an order begun at the counter.
#[component]
fn Opening(restaurant: RestaurantId, open: Memo<Vec<Pinned<Tab>>>) -> impl IntoView {
    let world = World::here();
    let way_on = use_way_on();
    let (name, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let begin = move |seat: Seat| {
        let (way_on, restaurant) = (way_on.clone(), restaurant.clone());
        world.doing(busy, async move {
            let tab = TabId(replica::new_uuid());
            world.act(Command::Tab(TabCommand::Open { tab, restaurant, seat }), None).await?;
            way_on(&format!("/kitchen/tables/{tab}"), Default::default());
            Ok(())
        });
    };
    let counter = {
        let begin = begin.clone();
        move |_| begin(Seat::Counter)
    };
    let way_there = use_way_on();
    let table = move |event: SubmitEvent| {
        event.prevent_default();
        let name = name.with_untracked(|name| name.trim().to_owned());
        // Somebody else sat these guests down already.
        let known = open.with_untracked(|open| {
            open.iter().find(|pinned| pinned.row.seat == Seat::Table(name.clone())).map(|pinned| pinned.row.id)
        });
        match known {
            Some(tab) => way_there(&format!("/kitchen/tables/{tab}"), Default::default()),
            None => begin(Seat::Table(name)),
        }
    };
    view! {
        <form class="table-opening" on:submit=table>
            <Field label=dining::table() name="table" max=TABLE_CHARS_MAX value=name />
            <button type="submit" class="button primary" data-test="open-table" prop:disabled=busy>{dining::open()}</button>
            <button type="button" class="button" data-test="open-counter" prop:disabled=busy on:click=counter>{dining::counter_order()}</button>
        </form>
    }
}

/// One table, on one line.
#[component]
fn TableRow(pinned: Pinned<Tab>, is_twice: bool) -> impl IntoView {
    let world = World::here();
    let Pinned { row: tab, pending } = pinned;
    let (opened_at, closed_at) = (tab.opened_at, tab.closed_at);
    let since = move || match closed_at {
        Some(at) => dining::closed_at(&time::clock(at)),
        None => words::duration(time::minutes(opened_at, world.now())),
    };
    let gone = tab.lines.iter().filter(|line| line.state == LineState::Gone && !line.was_prepared).count();
    let to_serve = tab.lines.iter().filter(|line| line.can_be_served()).count();
    let is_open = tab.stage() == Stage::Open;
    view! {
        <li>
            <a class="card" href=format!("/kitchen/tables/{}", tab.id) data-test="table" data-id=tab.id.to_string()
                data-status=tab.stage().name() data-stage=pending.name()>
                <span class="card-words">
                    <strong class="card-title">{words::seat(&tab)}</strong>
                    <span class="card-note">
                        {since}
                        {(to_serve > 0).then(|| format!(" \u{b7} {}", dining::to_serve(to_serve as u64)))}
                    </span>
                    {(gone > 0).then(|| view! { <span class="pill bad" data-test="table-gone">{dining::gone(gone as u64)}</span> })}
                    {is_twice.then(|| view! { <span class="pill warning">{dining::opened_twice()}</span> })}
                </span>
                <span class="card-side">
                    <span class="price">{bill::total(&tab).map(crate::parts::money::text)}</span>
                    {(!is_open).then(|| view! { <span class="pill">{words::tab_stage(tab.stage())}</span> })}
                    {pending.stage.map(|stage| view! { <small>{words::stage(stage, world.kept())}</small> })}
                </span>
            </a>
        </li>
    }
}
