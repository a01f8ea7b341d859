//! A number that is stepped up and down with the thumb.

use leptos::prelude::*;

use super::{Icon, Symbol};
use crate::texts::parts;

/// A count between `min` and `max`; `change` is told the new one.
#[component]
pub fn Stepper(
    /// What is counted, for a screen reader.
    #[prop(into)]
    label: String,
    #[prop(into)] value: Signal<u32>,
    min: u32,
    max: u32,
    #[prop(into)] change: Callback<u32>,
) -> impl IntoView {
    view! {
        <div class="stepper" role="group" aria-label=label>
            <button type="button" aria-label=parts::one_fewer() prop:disabled={move || value.get() <= min}
                on:click=move |_| change.run(value.get_untracked().saturating_sub(1).max(min))>
                {move || if value.get() == 1 && min == 0 {
                    view! { <Icon symbol=Symbol::Trash /> }
                } else {
                    view! { <Icon symbol=Symbol::Minus /> }
                }}
            </button>
            <output aria-live="polite">{move || value.get()}</output>
            <button type="button" aria-label=parts::one_more() prop:disabled={move || value.get() >= max}
                on:click=move |_| change.run((value.get_untracked() + 1).min(max))>
                <Icon symbol=Symbol::Plus />
            </button>
        </div>
    }
}
