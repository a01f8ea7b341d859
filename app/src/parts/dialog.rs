//! A question that must be answered before anything else.

use leptos::{ev, html, prelude::*};

/// A dialog over the page while `open` is set. Escape closes it.
#[component]
pub fn Dialog(open: RwSignal<bool>, #[prop(into)] title: String, children: ChildrenFn) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // It throws only where the dialog is off the page, and then nobody sees it.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let label = title.clone();
    view! {
        <dialog node_ref=node class="dialog" aria-label=label
            on:close=move |_: ev::Event| open.set(false)>
            <h2>{title}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
}
