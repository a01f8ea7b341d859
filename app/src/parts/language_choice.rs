//! The language in which a person wants to be spoken to.

use std::time::Duration;

use leptos::html::Select;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::language::{self, Language};
use crate::texts::parts;

/// The choice, each language by its own name. Whoever cannot read the page finds theirs.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let now = language::now();
    let missing = RwSignal::new(None::<Language>);
    let select = NodeRef::<Select>::new();
    let speak = move |chosen: Language| async move {
        missing.set(None);
        if language::set(chosen).await.is_err() {
            missing.try_set(Some(chosen));
            if let Some(select) = select.try_get_untracked().flatten() {
                select.set_value(now.code());
            }
        }
    };
    let choose = move |code: String| {
        if let Some(chosen) = Language::ALL.into_iter().find(|language| language.code() == code) {
            // The view is drawn anew, and this select with it: not while it still tells of the choice.
            set_timeout(move || spawn_local(speak(chosen)), Duration::ZERO);
        }
    };
    let option = move |one: Language| {
        view! {
            <option value=one.code() lang=one.code() dir=one.direction() selected=one == now>{one.own_name()}</option>
        }
    };
    view! {
        <label class="field language">
            <span>{parts::language()}</span>
            <select name="language" data-test="language" node_ref=select
                on:change:target=move |event| choose(event.target().value())>
                {Language::ALL.map(option).into_iter().collect_view()}
            </select>
            <span role="alert" data-test="language-missing">
                {move || missing.get().map(|chosen| parts::language_missing(chosen.own_name()))}
            </span>
        </label>
    }
}
