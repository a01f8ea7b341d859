//! The language in which a person wants to be spoken to.

use leptos::prelude::*;

use crate::language::{self, Language};
use crate::texts::parts;

/// The choice, each language by its own name. Whoever cannot read the page finds theirs.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let now = language::now();
    let choose = move |code: String| {
        if let Some(chosen) = Language::ALL.into_iter().find(|language| language.code() == code) {
            // The view is drawn anew, and this select with it: not while it still tells of the choice.
            set_timeout(move || language::set(chosen), std::time::Duration::ZERO);
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
            <select name="language" data-test="language"
                on:change:target=move |event| choose(event.target().value())>
                {Language::ALL.map(option).into_iter().collect_view()}
            </select>
        </label>
    }
}
