//! What the system could not do, as the server has it: what waits to be tried again, by cause, and what was told beside. It is
//! asked for when it is opened, and kept nowhere.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sync::Millis;
use wasm_bindgen_futures::spawn_local;

use crate::parts::{Notice, Skeleton, Tone, time};
use crate::words;
use crate::world::World;

/// How often it is asked how far a resubmission has come, in milliseconds.
const LOOK_EVERY_MS: u32 = 1_000;

/// The most that the server tries again at one word.
const AT_ONCE_MAX: usize = 10_000;

/// The server's answer.
#[derive(Clone, PartialEq, Deserialize)]
struct Faults {
    waiting: Vec<Group>,
    told: Vec<Told>,
}

#[derive(Clone, PartialEq, Deserialize)]
struct Group {
    service: String,
    cause: String,
    faults: Vec<String>,
    kinds: Vec<String>,
    behind: usize,
    tries: usize,
    since: Millis,
}

#[derive(Clone, PartialEq, Deserialize)]
struct Told {
    kind: String,
    about: String,
    detail: String,
    count: usize,
    last_at: Millis,
}

#[derive(Serialize)]
struct Word {
    faults: Vec<String>,
}

#[derive(Clone, PartialEq, Deserialize)]
struct Resubmission {
    id: i64,
    all: usize,
    open: usize,
    failed: usize,
    gone: usize,
}

/// A fold that fetches the faults when it is opened.
#[component]
pub(super) fn SystemFaults() -> impl IntoView {
    let world = World::here();
    let (is_open, found) = (RwSignal::new(false), RwSignal::new(None::<Result<Faults, String>>));
    let look = move || {
        spawn_local(async move {
            let faults = world.ask::<Faults>("/api/desk/faults").await;
            found.try_set(Some(faults));
        });
    };
    let turn = move |_| {
        is_open.update(|open| *open = !*open);
        if is_open.get_untracked() {
            found.set(None);
            look();
        }
    };
    let body = move || match found.get() {
        None => view! { <Skeleton rows=2 /> }.into_any(),
        Some(Err(why)) => view! { <Notice tone=Tone::Warning><p>{words::sentence(&why)}</p></Notice> }.into_any(),
        Some(Ok(faults)) if faults.waiting.is_empty() && faults.told.is_empty() => {
            view! { <p data-test="no-faults">"Nothing went wrong that anybody would have to see to."</p> }.into_any()
        }
        Some(Ok(faults)) => {
            let group = |group: Group| view! { <GroupOf group /> };
            view! {
                <ul class="cards">{faults.waiting.into_iter().map(group).collect_view()}</ul>
                <ul class="done">{faults.told.into_iter().map(told).collect_view()}</ul>
            }
            .into_any()
        }
    };
    view! {
        <section class="panel" data-test="faults">
            <h2>"Faults"</h2>
            <button type="button" class="button quiet wide" data-test="look-for-faults"
                aria-expanded=move || is_open.get().to_string() on:click=turn>"What it could not do"</button>
            <Show when=move || is_open.get()>{body}</Show>
        </section>
    }
}

/// Faults of one cause, the button that has exactly these tried again, and how far that has come.
#[component]
fn GroupOf(group: Group) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let progress = RwSignal::new(None::<Resubmission>);
    let tried = group.faults.len().min(AT_ONCE_MAX);
    let names = StoredValue::new(group.faults[..tried].to_vec());
    let again = move |_| {
        world.doing(busy, async move {
            let word = Word { faults: names.get_value() };
            let mut came = world.ask_for::<Resubmission>("/api/desk/resubmissions", &word).await?;
            let path = format!("/api/desk/resubmissions/{}", came.id);
            while came.open > 0 {
                progress.try_set(Some(came.clone()));
                TimeoutFuture::new(LOOK_EVERY_MS).await;
                came = world.ask::<Resubmission>(&path).await?;
            }
            progress.try_set(Some(came));
            Ok(())
        });
    };
    let count = words::count(group.faults.len(), "fact waits", "facts wait");
    let behind =
        (group.behind > 0).then(|| format!(" {} behind them.", words::count(group.behind, "more waits", "more wait")));
    let how_far = move || {
        progress.get().map(|came| {
            if came.open == 0 {
                let well = came.all - came.failed - came.gone;
                let words = words::tried_again(well, came.failed, came.gone);
                return view! { <span class="card-note" role="status" data-test="tried-again">{words}</span> }
                    .into_any();
            }
            let done = (came.all - came.open).to_string();
            view! { <progress max=came.all.to_string() value=done aria-label="Tried again"></progress> }.into_any()
        })
    };
    // Tried once here; whoever wants more looks again what waits.
    let is_tried = move || busy.get() || progress.with(Option::is_some);
    view! {
        <li class="card over-row" data-test="fault-group" data-service=group.service.clone()>
            <div class="card-words">
                <strong class="card-title">{format!("{}: {count}", group.service)}</strong>
                <span class="card-note">{words::sentence(&group.cause)}{behind}</span>
                <span class="card-note">
                    {format!("{}, tried {} times, since {}", group.kinds.join(", "), group.tries, time::moment(group.since))}
                </span>
                {how_far}
                <button type="button" class="button" data-test="try-again" prop:disabled=is_tried on:click=again>
                    {format!("Try {} again", if tried == 1 { "it".to_owned() } else { format!("these {tried}") })}
                </button>
            </div>
        </li>
    }
}

fn told(fault: Told) -> impl IntoView {
    let Told { kind, about, detail, count, last_at } = fault;
    view! {
        <li data-test="fault" data-kind=kind.clone()>
            {format!("{} {} ({count}\u{d7}): {about}. ", time::moment(last_at), kind.replace('-', " "))}{words::sentence(&detail)}
        </li>
    }
}
