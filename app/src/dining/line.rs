//! One line of a table, with what can be done with it.

use domain::Command;
use domain::dining::{Stage, TabCommand, TabLine};
use domain::id::TabId;
use leptos::prelude::*;

use crate::parts::money;
use crate::words;
use crate::world::World;

/// A line of the tab `tab`, which has come as far as `stage`.
#[component]
pub(super) fn Line(tab: TabId, line: TabLine, stage: Stage) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let id = line.id;
    let give = move |command: TabCommand| world.give(Command::Tab(command), None, busy);
    let served = line.can_be_served().then(|| {
        view! {
            <button type="button" class="button primary" data-test="serve" prop:disabled=busy
                aria-label=format!("Served: {}", line.name)
                on:click=move |_| give(TabCommand::Serve { tab, lines: vec![id] })>"Served"</button>
        }
    });
    let back = (stage == Stage::Open && line.state.is_awaited()).then(|| {
        view! {
            <button type="button" class="button quiet" data-test="take-back" prop:disabled=busy
                aria-label=format!("Take back: {}", line.name)
                on:click=move |_| give(TabCommand::TakeBack { tab, line: id })>"Take back"</button>
        }
    });
    view! {
        <li class="tab-line" class:off=line.state.is_off() data-test="tab-line" data-id=id.to_string()
            data-item=line.item.to_string() data-status=line.state.name()>
            <span class="ticket-count">{line.count}</span>
            <span class="card-words">
                <strong>{line.name.clone()}</strong>
                {(!line.choices.is_empty()).then(|| view! { <small>{line.choices.join(", ")}</small> })}
                {(!line.note.is_empty()).then(|| view! { <small class="ticket-note">{line.note.clone()}</small> })}
                <small>{words::line_state(&line)}</small>
            </span>
            <span class="price">{money::text(line.price())}</span>
            <span class="tab-line-acts">{served}{back}</span>
        </li>
    }
}
