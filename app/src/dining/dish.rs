//! What was ordered, as a waiter and a cook read it: how many of what, with what, and a word about it.

use domain::dining::TabLine;
use leptos::prelude::*;

use crate::language::format;

/// How many, and of what; `note` stands below it, such as how far it has come.
pub(super) fn dish(line: &TabLine, note: Option<String>) -> impl IntoView + use<> {
    view! {
        <span class="ticket-count">{line.count}</span>
        <span class="card-words">
            <strong>{line.name.clone()}</strong>
            {(!line.choices.is_empty()).then(|| view! { <small>{format::list(&line.choices)}</small> })}
            {(!line.note.is_empty()).then(|| view! { <small class="ticket-note">{line.note.clone()}</small> })}
            {note.map(|note| view! { <small>{note}</small> })}
        </span>
    }
}
