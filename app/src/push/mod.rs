//! Notifications while no page is open: what a person may be told of, turned on by their tap.
//!
//! The browser's half is in `public/push.js`, which asks browser and server and keeps the choice; here it is shown. It is no act of the
//! outbox: a subscription that is not made yet tells nobody anything, so with no network it is said that it cannot be made.
//! Where a foreign shell has no such script nobody answers, and nothing is shown.

use domain::access;
use domain::push::Topic;
use js_sys::Array;
use leptos::prelude::*;
use serde::Deserialize;
use sync::AccountId;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use crate::parts::{Notice, Tone};
use crate::start::tell_shell;
use crate::texts::push;
use crate::world::World;

/// How notifications stand on this device, for whoever acts here.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct Known {
    state: State,
    /// What is told, by the names of topics; one that only a later release knows stays chosen.
    topics: Vec<String>,
    /// What was asked last could not be done.
    failed: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    On,
    Off,
    Renew,
    Later,
    Denied,
    Install,
    #[default]
    Unsupported,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Renew => "renew",
            Self::Later => "later",
            Self::Denied => "denied",
            Self::Install => "install",
            Self::Unsupported => "unsupported",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::On => push::is_on(),
            Self::Off => push::is_off(),
            Self::Renew => push::is_to_be_renewed(),
            Self::Later => push::not_yet(),
            Self::Denied => push::is_denied(),
            Self::Install => push::wants_home_screen(),
            Self::Unsupported => push::is_unsupported(),
        }
    }

    /// Whether a tap can change it.
    fn may_choose(self) -> bool {
        matches!(self, Self::On | Self::Off | Self::Renew | Self::Later)
    }
}

fn name_of(topic: Topic) -> &'static str {
    match topic {
        Topic::Accepted => push::topic_accepted(),
        Topic::Ready => push::topic_ready(),
        Topic::Delivered => push::topic_delivered(),
        Topic::Trouble => push::topic_trouble(),
        Topic::NewOrder => push::topic_new_order(),
        Topic::Offer => push::topic_offer(),
    }
}

/// What somebody of this role may be told of.
fn topics_of(role: &str) -> &'static [Topic] {
    match role {
        access::CUSTOMER => Topic::CUSTOMER,
        access::RESTAURANT => Topic::KITCHEN,
        access::DRIVER => Topic::DRIVER,
        _ => &[],
    }
}

fn ask(what: &str, account: &AccountId, topics: &str, answer: JsValue) {
    let detail = Array::of4(&what.into(), &account.as_str().into(), &topics.into(), &answer);
    tell_shell("carryout:push", &detail);
}

/// Somebody acts here: what they chose on this device is said again to the server, and another person's is let go.
pub fn begin(account: &AccountId) {
    ask("start", account, "", JsValue::UNDEFINED);
}

/// A guest signed in, and their choice is `account`'s from here on.
pub fn moves(account: &AccountId) {
    ask("moves", account, "", JsValue::UNDEFINED);
}

/// What is known and asked of notifications by one screen. It outlives what is drawn of it.
#[derive(Clone, Copy)]
pub struct Asked {
    known: RwSignal<Option<Known>>,
    busy: RwSignal<bool>,
}

impl Asked {
    fn new() -> Self {
        Self { known: RwSignal::new(None), busy: RwSignal::new(false) }
    }

    /// For whoever acts here.
    pub fn of(world: World) -> Self {
        let asked = Self::new();
        let account = Memo::new(move |_| world.account());
        Effect::new(move |_| {
            if let Some(account) = account.get() {
                asked.ask("look", &account, "");
            }
        });
        asked
    }

    fn ask(self, what: &str, account: &AccountId, topics: &str) {
        self.busy.set(true);
        let answer = Closure::once_into_js(move |said: String| {
            // What was drawn for another language or person is not there any more.
            self.busy.try_set(false);
            self.known.try_set(serde_json::from_str(&said).ok());
        });
        ask(what, account, topics, answer);
    }

    fn failure(self) -> impl IntoView {
        move || {
            self.known.with(|known| known.as_ref().is_some_and(|known| known.failed)).then(|| {
                view! { <Notice tone=Tone::Warning attr:data-test="push-failed"><p role="status">{push::failed()}</p></Notice> }
            })
        }
    }
}

/// Under an order that is under way: a tap has all of it told. It says nothing where a tap helps nobody; the sync centre does.
#[component]
pub fn TellMe(
    /// What is known of it.
    asked: Asked,
    /// Where one chooses.
    centre: &'static str,
) -> impl IntoView {
    let world = World::here();
    let tap = move |_| {
        if let Some(account) = untrack(|| world.account()) {
            let all = Topic::CUSTOMER.iter().map(|topic| topic.name()).collect::<Vec<_>>().join(" ");
            asked.ask("choose", &account, &all);
        }
    };
    let state = Memo::new(move |_| asked.known.with(|known| known.as_ref().map(|known| known.state)));
    let what = move || {
        match state.get() {
        Some(State::Off | State::Later) => Some(
            view! {
                <button type="button" class="button" data-test="tell-me" prop:disabled=asked.busy on:click=tap>{push::tell_me()}</button>
                <p class="hint">{push::tell_me_says()}</p>
            }
            .into_any(),
        ),
        Some(State::On | State::Renew) => Some(
            view! { <p class="hint" data-test="is-told">{push::is_told()}" "<a href=centre>{push::choose()}</a></p> }.into_any(),
        ),
        _ => None,
    }
    };
    view! {
        <div class="tell-me" data-test="push" data-state=move || state.get().map(State::name)>
            {what}
            {asked.failure()}
        </div>
    }
}

/// In the sync centre: how it stands, and what one is told of, kind by kind.
#[component]
pub fn Notifications() -> impl IntoView {
    let world = World::here();
    let actor = Memo::new(move |_| world.actor());
    move || {
        let actor = actor.get()?;
        let topics = topics_of(&actor.role.name);
        (!topics.is_empty()).then(|| view! { <Choices account=actor.account topics /> })
    }
}

#[component]
fn Choices(account: AccountId, topics: &'static [Topic]) -> impl IntoView {
    let asked = Asked::new();
    asked.ask("look", &account, "");
    let account = StoredValue::new(account);
    let known = asked.known;
    let state = Memo::new(move |_| known.with(|known| known.as_ref().map(|known| known.state)));
    let has = move |topic: Topic| {
        known.with(|known| known.as_ref().is_some_and(|known| known.topics.iter().any(|name| name == topic.name())))
    };
    let turn = move |topic: Topic, on: bool| {
        let mut names =
            known.with_untracked(|known| known.as_ref().map(|known| known.topics.clone())).unwrap_or_default();
        names.retain(|name| name != topic.name());
        if on {
            names.push(topic.name().to_owned());
        }
        account.with_value(|account| asked.ask("choose", account, &names.join(" ")));
    };
    let one = move |topic: Topic| {
        let is_shut = move || asked.busy.get() || !state.get().is_some_and(State::may_choose);
        // What could not be turned shows what is so, and not what was tapped.
        let shown = move || {
            known.track();
            has(topic)
        };
        view! {
            <label class="option">
                <input type="checkbox" name=topic.name() prop:checked=shown prop:disabled=is_shut data-test="push-topic"
                    on:change:target=move |event| turn(topic, event.target().checked()) />
                <span class="option-name">{name_of(topic)}</span>
            </label>
        }
    };
    view! {
        <Show when=move || state.get().is_some()>
            <section class="panel" data-test="notifications" data-state=move || state.get().map(State::name)>
                <h2>{push::notifications()}</h2>
                <p role="status">{move || state.get().map(State::words)}</p>
                <fieldset class="options" aria-label=push::notifications()>{topics.iter().copied().map(one).collect_view()}</fieldset>
                <p class="hint">{push::holds_nothing()}</p>
                {asked.failure()}
            </section>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use domain::push::Notice;

    use super::*;

    #[test]
    fn the_worker_has_words_for_every_notice_in_every_language() {
        let worker = include_str!("../../../public/notices.js");
        for name in Notice::ALL.map(Notice::name).into_iter().chain(["news"]) {
            let said = worker.matches(&format!("\n    '{name}': '")).count();
            assert_eq!(said, crate::language::Language::ALL.len(), "public/notices.js says {name} {said} times");
        }
        for language in crate::language::Language::ALL {
            assert!(worker.contains(&format!("\n  {}: {{", language.code())), "public/notices.js lacks {language:?}");
        }
    }

    #[test]
    fn what_the_page_says_is_understood() {
        let said = r#"{"state":"on","topics":["accepted","weather"],"failed":false}"#;
        let known: Known = serde_json::from_str(said).expect("it is read");
        assert_eq!((known.state, known.topics.len()), (State::On, 2));
        for state in ["on", "off", "renew", "later", "denied", "install", "unsupported"] {
            let known: State = serde_json::from_str(&format!("\"{state}\"")).expect(state);
            assert_eq!(known.name(), state);
        }
    }
}
