//! A screen: its heading, which is focused when the person comes to it, its place in the window's title, and how far it
//! was scrolled when the person left it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::{ev, html, prelude::*};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::JsCast;

use super::{Icon, Symbol};

thread_local! {
    static SCROLLED: RefCell<BTreeMap<String, f64>> = const { RefCell::new(BTreeMap::new()) };
}

/// Remembers how far each screen is scrolled, until the frame goes.
pub(super) fn remember_scrolling() {
    let listening = window_event_listener(ev::scroll, |_| {
        let place = window().location().pathname().ok().zip(window().scroll_y().ok());
        SCROLLED.with_borrow_mut(|scrolled| scrolled.extend(place));
    });
    on_cleanup(move || listening.remove());
}

/// A way on from this screen. It is taken only by a person who is still here: what was saved in the background must not
/// pull anybody away from where they went meanwhile.
pub fn use_way_on() -> impl Fn(&str, NavigateOptions) + Clone {
    let (navigate, pathname) = (use_navigate(), use_location().pathname);
    let here = pathname.get_untracked();
    move |path: &str, options| {
        if pathname.try_get_untracked().is_some_and(|now| now == here) {
            navigate(path, options);
        }
    }
}

/// Moves the focus to the screen's heading, when what had it is gone from the page.
pub fn focus_heading() {
    focus_on("h1[tabindex]".to_owned());
}

/// Moves the focus to the first that `css` names, when what had it is gone from the page.
pub fn focus_on(css: String) {
    request_animation_frame(move || {
        let found = document().query_selector(&css).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            focus(&found);
        }
    });
}

pub(super) fn focus(heading: &web_sys::HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // A heading that is gone already needs no focus.
    let _ = heading.focus_with_options(&options);
}

/// A screen with a heading. The title is also the window's.
#[component]
pub fn Page(
    /// What the screen is called.
    #[prop(into)]
    title: Signal<String>,
    /// Where "back" leads, and what it is called there.
    #[prop(optional)]
    back: Option<(String, String)>,
    /// Whether a person who comes back finds the screen scrolled as it was left.
    #[prop(optional)]
    keeps_place: bool,
    /// A class for the layout of this screen.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| document().set_title(&format!("{} \u{b7} Carryout", title.get())));
    let path = use_location().pathname.get_untracked();
    let left_at = SCROLLED.with_borrow(|scrolled| scrolled.get(&path).copied()).filter(|_| keeps_place);
    Effect::new(move |_| {
        let Some(heading) = heading.get() else { return };
        // The router moves the address and scrolls to the top after the screen is built; focus follows that.
        request_animation_frame(move || {
            focus(&heading);
            if let Some(y) = left_at {
                window().scroll_to_with_x_and_y(0.0, y);
            }
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
