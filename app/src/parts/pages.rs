//! Pages that only the server has, asked for when somebody looks: the latest first, earlier ones at a tap, and nothing of them kept
//! here. Without the server the screen says so, and asks again by itself when it is back.

use leptos::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sync::client::Reach;
use wasm_bindgen_futures::spawn_local;

use super::{Notice, Skeleton, Tone};
use crate::words;
use crate::world::World;

/// A page as the server tells it.
#[derive(Deserialize)]
struct Answer<T> {
    #[serde(alias = "days", alias = "papers")]
    items: Vec<T>,
    #[serde(default)]
    next: Option<String>,
}

/// What was said so far, and where it goes on.
pub struct Pages<T: Send + Sync + 'static> {
    world: World,
    path: RwSignal<String>,
    items: RwSignal<Option<Vec<T>>>,
    next: RwSignal<Option<String>>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// Which question is the last: an answer to an earlier one is of something else.
    turn: StoredValue<u32>,
    /// The server is not there.
    pub is_away: Memo<bool>,
}

impl<T: Send + Sync + 'static> Clone for Pages<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Pages<T> {}

impl<T: Clone + DeserializeOwned + Send + Sync + 'static> Pages<T> {
    /// Those at `path`: asked for at once, again when the server is back, and whenever another path is set.
    pub fn at(path: RwSignal<String>) -> Self {
        let world = World::here();
        let is_away = Memo::new(move |_| matches!(world.status().get().reach, Reach::Offline | Reach::Unreachable));
        let pages = Self {
            world,
            path,
            items: RwSignal::new(None),
            next: RwSignal::new(None),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            turn: StoredValue::new(0),
            is_away,
        };
        Effect::new(move |before: Option<String>| {
            let path = path.get();
            if before.is_some_and(|before| before != path) {
                pages.items.set(None);
                pages.next.set(None);
            }
            if !is_away.get() {
                pages.ask(None);
            }
            path
        });
        pages
    }

    /// Asks for what is before `before`, or for all of it anew.
    fn ask(self, before: Option<String>) {
        if before.is_some() && self.busy.get_untracked() {
            return; // A second tap on the way to the same page.
        }
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.busy.set(true);
        let path = self.path.get_untracked();
        spawn_local(async move {
            let mark = if path.contains('?') { '&' } else { '?' };
            let path = before.as_ref().map_or(path.clone(), |before| format!("{path}{mark}before={before}"));
            let answer = self.world.ask::<Answer<T>>(&path).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(Answer { items: mut new, next }) => {
                    let kept = if before.is_some() { self.items.try_get_untracked().flatten() } else { None };
                    let mut items = kept.unwrap_or_default();
                    items.append(&mut new);
                    self.items.try_set(Some(items));
                    self.next.try_set(next);
                    self.trouble.try_set(None);
                }
                Err(why) => drop(self.trouble.try_set(Some(why))),
            }
            self.busy.try_set(false);
        });
    }

    /// What was said so far, as `see` sees it.
    pub fn with<V>(self, see: impl FnOnce(&[T]) -> V) -> V {
        self.items.with(|items| see(items.as_deref().unwrap_or_default()))
    }

    /// All of it as it stands: what is here, what is on the way, and what is wrong. `none` is said where there is nothing.
    pub fn view<V: IntoView + 'static>(
        self,
        needs_network: &'static str,
        none: impl Fn() -> AnyView + Send + 'static,
        earlier: &'static str,
        draw: impl Fn(T) -> V + Send + 'static,
    ) -> impl IntoView {
        let is_away = self.is_away;
        let away = move || {
            is_away.get().then(|| {
                view! {
                    <Notice tone=Tone::Warning><p data-test="needs-network">{needs_network}</p></Notice>
                }
            })
        };
        let trouble = move || {
            let why = self.trouble.get().filter(|_| !is_away.get())?;
            Some(view! {
                <Notice tone=Tone::Warning>
                    <p data-test="not-asked">{words::sentence(&why)}</p>
                    <button type="button" class="button" on:click=move |_| self.ask(None)>{words::try_again()}</button>
                </Notice>
            })
        };
        let waits =
            move || (self.busy.get() && self.items.with(Option::is_none)).then(|| view! { <Skeleton rows=4 /> });
        let items = move || match self.items.get() {
            Some(items) if items.is_empty() => none(),
            items => items.unwrap_or_default().into_iter().map(&draw).collect_view().into_any(),
        };
        let way_on = move || {
            let next = self.next.get().filter(|_| !is_away.get())?;
            Some(view! {
                <button type="button" class="button wide" data-test="earlier"
                    on:click=move |_| self.ask(Some(next.clone()))>{earlier}</button>
            })
        };
        view! { {away} {trouble} {waits} {items} {way_on} }
    }
}
