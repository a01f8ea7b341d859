//! A question that is answered with a reason: one of those that are said most, or one's own words.

use domain::kitchen::ticket::REASON_CHARS_MAX;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::Dialog;

/// The question, while `open`; `give` is told the reason once it is confirmed.
#[component]
pub fn AskReason(
    open: RwSignal<bool>,
    title: &'static str,
    /// What follows from it.
    says: &'static str,
    reasons: &'static [&'static str],
    /// The confirming button's name for tests, and its words.
    confirm: (&'static str, &'static str),
    give: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let reason = RwSignal::new(reasons.first().copied().unwrap_or_default().to_owned());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        open.set(false);
        give(reason.get_untracked());
    };
    let ready_made = move |text: &'static str| {
        view! {
            <label class="option">
                <input type="radio" name="reason" prop:checked=move || reason.with(|reason| reason == text)
                    on:change=move |_| reason.set(text.to_owned()) />
                <span class="option-name">{text}</span>
            </label>
        }
    };
    let (hook, words) = confirm;
    view! {
        <Dialog open title>
            <form on:submit=submit>
                <p>{says}</p>
                <div class="options">{reasons.iter().copied().map(ready_made).collect_view()}</div>
                <label class="field">
                    <span>"In your own words"</span>
                    <input type="text" name="reason-text" maxlength=REASON_CHARS_MAX.to_string() required
                        prop:value=reason on:input:target=move |event| reason.set(event.target().value()) />
                </label>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>"Back"</button>
                    <button type="submit" class="button danger" data-test=hook>{words}</button>
                </div>
            </form>
        </Dialog>
    }
}
