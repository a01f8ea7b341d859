//! What happened to an order, fact by fact, as the server's lake has it. It is asked for when it is opened, and kept nowhere.

use domain::OrderId;
use leptos::prelude::*;
use serde::Deserialize;
use sync::Millis;
use wasm_bindgen_futures::spawn_local;

use crate::parts::{Notice, Skeleton, Tone, time};
use crate::texts::desk;
use crate::words;
use crate::world::World;

/// The server's answer.
#[derive(Deserialize)]
struct Story {
    facts: Vec<Told>,
}

#[derive(Clone, Deserialize)]
struct Told {
    at: Millis,
    kind: String,
    #[serde(default)]
    by: Option<String>,
}

/// A fold that fetches the story when it is opened, again each time.
#[component]
pub(super) fn StoryOf(order: OrderId) -> impl IntoView {
    let world = World::here();
    let told: RwSignal<Option<Result<Vec<Told>, String>>> = RwSignal::new(None);
    let is_open = RwSignal::new(false);
    let turn = move |_| {
        is_open.update(|open| *open = !*open);
        if !is_open.get_untracked() {
            return;
        }
        told.set(None);
        spawn_local(async move {
            let story = world.ask::<Story>(&format!("/api/desk/orders/{order}/story")).await;
            told.try_set(Some(story.map(|story| story.facts)));
        });
    };
    let every = RwSignal::new(false);
    let body = move || match told.get() {
        None => view! { <Skeleton rows=3 /> }.into_any(),
        Some(Err(why)) => view! { <Notice tone=Tone::Warning><p>{words::sentence(&why)}</p></Notice> }.into_any(),
        Some(Ok(facts)) => {
            let count = facts.len();
            let shown = facts.into_iter().filter(|told| every.get() || words::fact(&told.kind).is_some());
            view! {
                <ol class="story">{shown.map(line).collect_view()}</ol>
                <label class="option">
                    <input type="checkbox" name="every-fact" prop:checked=every
                        on:change:target=move |event| every.set(event.target().checked()) />
                    <span class="option-name">{desk::all_facts(count as u64)}</span>
                </label>
            }
            .into_any()
        }
    };
    view! {
        <button type="button" class="button quiet wide" data-test="story" aria-expanded=move || is_open.get().to_string()
            on:click=turn>{desk::what_happened()}</button>
        <Show when=move || is_open.get()>{body}</Show>
    }
}

fn line(told: Told) -> impl IntoView {
    let by = told.by.map(|by| view! { " \u{b7} "<bdi>{by}</bdi> });
    let what = words::fact(&told.kind)
        .map_or_else(|| view! { <code class="code">{told.kind.clone()}</code> }.into_any(), IntoAny::into_any);
    view! {
        <li data-test="fact" data-kind=told.kind.clone()>
            <time>{time::clock(told.at)}</time>
            <span>{what}<small>{by}</small></span>
        </li>
    }
}
