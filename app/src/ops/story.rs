//! What happened to an order, fact by fact, as the server's lake has it. It is asked for when it is opened, and kept nowhere.

use domain::OrderId;
use leptos::prelude::*;
use serde::Deserialize;
use sync::Millis;
use wasm_bindgen_futures::spawn_local;

use crate::parts::{Notice, Skeleton, Tone, time};
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
    let body = move || match told.get() {
        None => view! { <Skeleton rows=3 /> }.into_any(),
        Some(Err(why)) => view! { <Notice tone=Tone::Warning><p>{words::sentence(&why)}</p></Notice> }.into_any(),
        Some(Ok(facts)) => view! { <ol class="story">{facts.into_iter().map(line).collect_view()}</ol> }.into_any(),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="story" aria-expanded=move || is_open.get().to_string()
            on:click=turn>"What happened to it"</button>
        <Show when=move || is_open.get()>{body}</Show>
    }
}

fn line(told: Told) -> impl IntoView {
    let by = told.by.map(|by| format!(" \u{b7} {by}"));
    view! {
        <li data-test="fact" data-kind=told.kind.clone()>
            <time>{time::clock(told.at)}</time>
            <span>{words::fact(&told.kind)}<small>{by}</small></span>
        </li>
    }
}
