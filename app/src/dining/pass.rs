//! What the kitchen has to cook for tables: a card a table on the board, the oldest first, ready with one tap.

use domain::Command;
use domain::dining::{Tab, TabCommand, TabLine};
use leptos::prelude::*;

use super::tabs;
use crate::pending::Pinned;
use crate::words;
use crate::world::World;

/// The cards; nothing while no table waits for food.
#[component]
pub fn FromTables() -> impl IntoView {
    let world = World::here();
    let all = tabs(world);
    let waiting = Memo::new(move |_| {
        let is_waiting = |pinned: &&Pinned<Tab>| pinned.row.lines.iter().any(TabLine::is_to_cook);
        all.with(|all| all.iter().filter(is_waiting).cloned().collect::<Vec<_>>())
    });
    move || {
        let waiting = waiting.get();
        (!waiting.is_empty()).then(|| {
            view! {
                <section class="from-tables">
                    <h2>"From the tables " <span class="count">{waiting.len()}</span></h2>
                    <ul class="tickets">{waiting.into_iter().map(|pinned| view! { <li><Card pinned /></li> }).collect_view()}</ul>
                </section>
            }
        })
    }
}

#[component]
fn Card(pinned: Pinned<Tab>) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let Pinned { row: tab, pending } = pinned;
    let to_cook: Vec<_> = tab.lines.iter().filter(|line| line.is_to_cook()).cloned().collect();
    let ready = {
        let (tab, lines) = (tab.id, to_cook.iter().map(|line| line.id).collect::<Vec<_>>());
        move |_| world.give(Command::Tab(TabCommand::Prepare { tab, lines: lines.clone() }), None, busy)
    };
    view! {
        <article class="ticket" data-test="tab-to-cook" data-id=tab.id.to_string() data-stage=pending.name()>
            <header class="ticket-head"><h3 class="ticket-number">{words::seat(&tab)}</h3></header>
            <ul class="ticket-lines">{to_cook.iter().map(line).collect_view()}</ul>
            {pending.words()}
            <button type="button" class="button primary large wide" data-test="tab-ready" prop:disabled=busy on:click=ready>
                {move || if busy.get() { words::saving() } else { "Ready" }}
            </button>
        </article>
    }
}

fn line(line: &TabLine) -> impl IntoView + use<> {
    view! {
        <li data-item=line.item.to_string()>
            <span class="ticket-count">{line.count}</span>
            <span>
                <strong>{line.name.clone()}</strong>
                {(!line.choices.is_empty()).then(|| view! { <small>{line.choices.join(", ")}</small> })}
                {(!line.note.is_empty()).then(|| view! { <small class="ticket-note">{line.note.clone()}</small> })}
            </span>
        </li>
    }
}
