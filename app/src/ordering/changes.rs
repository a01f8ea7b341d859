//! What changed on a menu since it was shown, side by side.

use domain::ordering::{Change, Line, LineChange};
use leptos::prelude::*;

use crate::parts::money;
use crate::texts::{common, ordering};
use crate::words;

/// Line by line: as it was shown, and as it is now.
#[component]
pub fn Changes(changes: Vec<LineChange>) -> impl IntoView {
    let row = |change: LineChange| {
        let after = match &change.after {
            Change::Price(unit) => money::text(*unit),
            other => words::change(other),
        };
        let kind = if matches!(change.after, Change::Price(_)) { "after" } else { "after gone" };
        view! {
            <tr>
                <th scope="row">{change.name}</th>
                <td class="before"><s>{money::text(change.before)}</s></td>
                <td class=kind>{after}</td>
            </tr>
        }
    };
    view! {
        <table class="changes">
            <thead>
                <tr>
                    <th scope="col">{ordering::change_dish()}</th>
                    <th scope="col">{ordering::change_before()}</th>
                    <th scope="col">{ordering::change_now()}</th>
                </tr>
            </thead>
            <tbody>{changes.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// Dishes with their choices and prices, to be read.
#[component]
pub fn Lines(lines: Vec<Line>) -> impl IntoView {
    let row = |line: Line| {
        view! {
            <li class="line">
                <span class="line-count">{format!("{}\u{d7}", line.quantity)}</span>
                <span class="line-words">
                    <span class="line-name">{line.name.clone()}</span>
                    <LineDetails line=line.clone() />
                </span>
                <span class="price">{money::text(line.unit.times(line.quantity))}</span>
            </li>
        }
    };
    view! { <ul class="lines">{lines.into_iter().map(row).collect_view()}</ul> }
}

/// The choices and the note of a line.
#[component]
pub fn LineDetails(line: Line) -> impl IntoView {
    view! {
        {(!line.choices.is_empty()).then(|| view! { <small><Names of=line.choices.into_iter().map(|choice| choice.name).collect() /></small> })}
        {(!line.note.is_empty()).then(|| view! { <small class="quote">{ordering::quoted(line.note.as_str())}</small> })}
    }
}

/// What restaurants call things, one after the other; each keeps its own direction.
#[component]
pub fn Names(of: Vec<String>) -> impl IntoView {
    let name = |(index, name): (usize, String)| {
        view! { {(index > 0).then(common::list_comma)}<bdi>{name}</bdi> }
    };
    of.into_iter().enumerate().map(name).collect_view()
}
