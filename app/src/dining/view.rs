//! One table: what it has, what comes next for it, and the menu to add from.

use domain::Row;
use domain::dining::{Stage, Tab, bill};
use domain::id::{TabId, tab_key};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::line::Line;
use super::next::Next;
use super::picker::Picker;
use crate::parts::{Empty, Notice, Page, Skeleton, Tone, money, time};
use crate::pending::{Pending, Pinned};
use crate::words;
use crate::world::World;

/// The table that the address names.
#[component]
pub fn TableView() -> impl IntoView {
    let world = World::here();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("tab")?.parse().ok().map(TabId)));
    let tab = Memo::new(move |_| {
        let key = tab_key(id.get()?);
        let row = world.row(&key, Row::as_tab)?;
        Some(Pinned { row, pending: world.read(|client| Pending::of(client, &key)) })
    });
    let is_there = Memo::new(move |_| tab.with(Option::is_some));
    let takes_lines =
        Memo::new(move |_| tab.with(|tab| tab.as_ref().is_some_and(|tab| tab.row.stage() == Stage::Open)));
    let title = move || tab.with(|tab| tab.as_ref().map_or_else(|| "Table".to_owned(), |tab| words::seat(&tab.row)));
    let body = move || {
        if !is_there.get() {
            return if world.is_loading() {
                view! { <Skeleton rows=4 /> }.into_any()
            } else {
                view! {
                    <Empty title="This table is not on this device" text="It may be another house\u{2019}s, or not loaded yet.">
                        <a class="button" href="/kitchen/tables">"All tables"</a>
                    </Empty>
                }
                .into_any()
            };
        }
        view! {
            {move || tab.get().map(|tab| view! { <Lines tab /> })}
            <Next tab />
            {move || takes_lines.get().then(|| id.get()).flatten().map(|id| view! { <Picker tab=id /> })}
        }
        .into_any()
    };
    view! {
        <Page title=Signal::derive(title) back=("/kitchen/tables".to_owned(), "Tables".to_owned()) class="page-wide" keeps_place=true>
            {body}
        </Page>
    }
}

#[component]
fn Lines(tab: Pinned<Tab>) -> impl IntoView {
    let Pinned { row: tab, pending } = tab;
    let stage = tab.stage();
    let declined = tab.declined_at.filter(|_| stage == Stage::Billed).map(|at| {
        let words = format!("A card was declined at {}. Nothing is paid: try another card, or cash.", time::clock(at));
        view! { <Notice tone=Tone::Warning><p data-test="card-declined">{words}</p></Notice> }
    });
    let owed = bill::owed_back(&tab).map(|owed| {
        let words = format!("Give {} back: it was paid and could not be had.", money::text(owed));
        view! { <Notice tone=Tone::Warning><p data-test="owed-back">{words}</p></Notice> }
    });
    let none =
        tab.lines.is_empty().then(|| view! { <p class="card-note">"Nothing is ordered yet: tap a dish below."</p> });
    let total = bill::total(&tab).map(|total| {
        view! { <p class="total"><span>"Total"</span><strong class="price" data-test="tab-total">{money::text(total)}</strong></p> }
    });
    let id = tab.id;
    let lines = tab.lines.iter().map(|line| view! { <Line tab=id line=line.clone() stage /> }).collect_view();
    view! {
        <section class="tab" data-test="tab" data-id=id.to_string() data-status=stage.name() data-stage=pending.name()
            aria-label="Ordered">
            {declined}{owed}
            {none}
            <ul class="tab-lines">{lines}</ul>
            {total}
            {words::settled(&tab).map(|paid| view! { <p data-test="settled">{paid}</p> })}
            {pending.words()}
        </section>
    }
}
