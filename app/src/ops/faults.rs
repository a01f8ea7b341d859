//! What the system could not do, as the server has it: what waits to be tried again, by cause, and what was told beside. It is
//! asked for when it is opened, and kept nowhere.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sync::Millis;
use wasm_bindgen_futures::spawn_local;

use crate::language::format;
use crate::parts::{Notice, Skeleton, Tone, time};
use crate::texts::system;
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
    #[serde(default)]
    tried: Vec<Tried>,
    told: Vec<Told>,
}

/// What was tried again at an operator's word.
#[derive(Clone, PartialEq, Deserialize)]
struct Tried {
    by: String,
    at: Millis,
    services: String,
    #[serde(flatten)]
    came: Resubmission,
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

impl Resubmission {
    /// How it ended.
    fn words(&self) -> String {
        words::tried_again(self.all - self.open - self.failed - self.gone, self.failed, self.gone)
    }
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
        Some(Ok(faults)) if faults.waiting.is_empty() && faults.tried.is_empty() && faults.told.is_empty() => {
            view! { <p data-test="no-faults">{system::nothing_went_wrong()}</p> }.into_any()
        }
        Some(Ok(faults)) => {
            let group = |group: Group| view! { <GroupOf group after=look /> };
            let has_tried = !faults.tried.is_empty();
            view! {
                <ul class="cards">{faults.waiting.into_iter().map(group).collect_view()}</ul>
                {has_tried.then(|| view! { <h3>{system::tried_again()}</h3> })}
                <ul class="done">{faults.tried.into_iter().map(tried).collect_view()}</ul>
                {(!faults.told.is_empty()).then(|| view! { <h3>{system::told_of()}</h3> })}
                <ul class="done">{alike(faults.told).into_iter().map(told).collect_view()}</ul>
            }
            .into_any()
        }
    };
    view! {
        <section class="panel" data-test="faults">
            <h2>{system::faults()}</h2>
            <button type="button" class="button quiet wide" data-test="look-for-faults"
                aria-expanded=move || is_open.get().to_string() on:click=turn>{system::could_not_do()}</button>
            <Show when=move || is_open.get()>{body}</Show>
        </section>
    }
}

/// Faults of one cause, the button that has exactly these tried again, and how far that has come. When it is done, it is looked
/// again what waits.
#[component]
fn GroupOf(group: Group, after: impl Fn() + 'static) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let progress = RwSignal::new(None::<Resubmission>);
    let tried = group.faults.len().min(AT_ONCE_MAX);
    let names = StoredValue::new(group.faults[..tried].to_vec());
    let after = StoredValue::new_local(after);
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
            after.try_with_value(|after| after());
            Ok(())
        });
    };
    let title = system::service_waits(group.faults.len() as u64, &group.service);
    let behind = (group.behind > 0).then(|| view! { " "{system::waits_behind_them(group.behind as u64)} });
    let times = system::tried_times(&format::list(&group.kinds), &time::moment(group.since), group.tries as u64);
    let how_far = move || {
        progress.get().map(|came| {
            if came.open == 0 {
                return view! { <span class="card-note" role="status">{came.words()}</span> }.into_any();
            }
            let done = (came.all - came.open).to_string();
            view! { <progress max=came.all.to_string() value=done aria-label=system::tried_again()></progress> }
                .into_any()
        })
    };
    // Tried once here; what waits then is looked up again.
    let is_tried = move || busy.get() || progress.with(Option::is_some);
    view! {
        <li class="card over-row" data-test="fault-group" data-service=group.service.clone() data-count=group.faults.len().to_string()>
            <div class="card-words">
                <strong class="card-title">{title}</strong>
                <span class="card-note"><bdi>{words::sentence(&group.cause)}</bdi>{behind}</span>
                <span class="card-note">{times}</span>
                {how_far}
                <button type="button" class="button" data-test="try-again" prop:disabled=is_tried on:click=again>
                    {system::try_these_again(tried as u64)}
                </button>
            </div>
        </li>
    }
}

fn tried(Tried { by, at, services, came }: Tried) -> impl IntoView {
    let how = match came.open {
        0 => came.words(),
        open => system::still_to_be_tried(open as u64),
    };
    view! {
        <li data-test="tried-again" data-by=by.clone() data-count=came.all.to_string()>
            {system::tried_by(&time::moment(at), &by, came.all as u64, &how, &services)}
        </li>
    }
}

/// What was told in the same words, together: the latest first, as it was told.
fn alike(told: Vec<Told>) -> Vec<Vec<Told>> {
    let mut groups: Vec<Vec<Told>> = vec![];
    for fault in told {
        let is_alike = |group: &&mut Vec<Told>| (&group[0].kind, &group[0].detail) == (&fault.kind, &fault.detail);
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(fault),
            None => groups.push(vec![fault]),
        }
    }
    groups
}

fn told(alike: Vec<Told>) -> impl IntoView {
    let times: usize = alike.iter().map(|fault| fault.count).sum();
    let Told { kind, detail, last_at, .. } = alike[0].clone();
    let words =
        system::told(&time::moment(last_at), &words::sentence(&detail), &words::fault_kind(&kind), times as u64);
    let about = alike.into_iter().map(|fault| view! { <li><bdi>{fault.about}</bdi></li> }).collect_view();
    view! {
        <li data-test="fault" data-kind=kind>
            {words}
            <details class="card-note"><summary>{system::what_about()}</summary><ul>{about}</ul></details>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_in_the_same_words_is_told_once() {
        let told = |detail: &str, last_at: sync::Millis| Told {
            kind: "fact-parked".into(),
            about: last_at.to_string(),
            detail: detail.into(),
            count: 1,
            last_at,
        };
        let groups = alike(vec![told("a", 3), told("b", 2), told("a", 1)]);
        let times: Vec<Vec<Millis>> =
            groups.iter().map(|group| group.iter().map(|told| told.last_at).collect()).collect();
        assert_eq!(times, [vec![3, 1], vec![2]]);
    }
}
