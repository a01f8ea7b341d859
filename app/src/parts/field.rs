//! A line of text with its label.

use leptos::prelude::*;

/// A field for a line of text.
#[component]
pub fn Field(
    /// What stands above it.
    #[prop(into)]
    label: String,
    name: &'static str,
    /// Which keyboard a phone shows.
    #[prop(default = "text")]
    mode: &'static str,
    /// The most characters.
    #[prop(default = 40)]
    max: usize,
    /// Whether it must be filled.
    #[prop(default = true)]
    required: bool,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="text" name=name inputmode=mode maxlength=max.to_string() required=required autocomplete="off"
                prop:value=value on:input:target=move |event| value.set(event.target().value()) />
        </label>
    }
}
