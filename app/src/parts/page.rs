//! A screen: its heading, which is focused when the person comes to it, and its place in the window's title.

use leptos::{html, prelude::*};

use super::{Icon, Symbol};

/// A screen with a heading. The title is also the window's.
#[component]
pub fn Page(
    /// What the screen is called.
    #[prop(into)]
    title: Signal<String>,
    /// Where "back" leads, and what it is called there.
    #[prop(optional)]
    back: Option<(String, String)>,
    /// A class for the layout of this screen.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| document().set_title(&format!("{} \u{b7} Carryout", title.get())));
    Effect::new(move |_| {
        let Some(heading) = heading.get() else { return };
        // The router moves the address and scrolls to the top after the screen is built; focus follows that.
        request_animation_frame(move || {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            // A heading that is gone already needs no focus.
            let _ = heading.focus_with_options(&options);
        });
    });
    view! {
        <section class=format!("page {class}")>
            {back.map(|(href, name)| view! { <a class="back" href=href><Icon symbol=Symbol::Back />{name}</a> })}
            <h1 tabindex="-1" node_ref=heading>{move || title.get()}</h1>
            {children()}
        </section>
    }
}
