//! The focus of who uses a keyboard, or to whom the page is read out: all of what has it is seen, and it is never nowhere.
//!
//! What is pressed often goes away with what it did: an order that is cancelled has no button for it any more. A browser would leave the
//! focus nowhere then, and the next key would begin anew at the top of the page. It goes to what took the place of what had it, else
//! to the rest of its card, else to the heading.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::page::focus;

/// What had the focus last, and what may have it after it, the likeliest first.
struct Held {
    element: Element,
    heirs: Vec<String>,
}

impl Held {
    fn by(element: Element) -> Self {
        let own = ["data-test", "name"].into_iter().find_map(|key| attribute(&element, key));
        let card = element.closest("[data-id]").ok().flatten().and_then(|card| attribute(&card, "data-id"));
        let of_card = card.into_iter().flat_map(|card| {
            // The card itself may be what is pressed, and is drawn anew when what stands on it changes.
            let same = own.iter().flat_map(|own| [format!("a{card}{own}"), format!("{card} {own}:enabled")]);
            same.collect::<Vec<_>>().into_iter().chain([format!("{card} button:enabled")])
        });
        let heirs = of_card.chain(["h1[tabindex]".to_owned()]).collect();
        Self { element, heirs }
    }

    /// Gives the focus to the first that takes it, unless it is somewhere already.
    fn hand_on(self) {
        for css in self.heirs {
            if document().active_element().is_some_and(|active| active.tag_name() != "BODY") {
                return;
            }
            let heir = document().query_selector(&css).ok().flatten();
            if let Some(heir) = heir.and_then(|heir| heir.dyn_into::<web_sys::HtmlElement>().ok()) {
                focus(&heir);
            }
        }
    }
}

/// How a style sheet names what has this attribute.
fn attribute(element: &Element, key: &str) -> Option<String> {
    element.get_attribute(key).map(|value| format!("[{key}={value:?}]"))
}

/// A browser brings into view what cannot be seen at all. Of what is seen in part, and then not marked as a whole, it is content. What
/// no key leads to, such as a heading, is left where it is: it has the focus to be read out, and nobody is to be pulled to it.
fn show_all_of(element: &web_sys::HtmlElement) {
    if element.tab_index() < 0 || element.matches(":focus-visible") != Ok(true) {
        return;
    }
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    nearest.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// Keeps it until the frame goes.
pub(super) fn keep() {
    let held = Rc::new(RefCell::new(None::<Held>));
    let came = window_event_listener(ev::focusin, {
        let held = held.clone();
        move |event| {
            let element = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
            let Some(element) = element else { return };
            show_all_of(&element);
            held.replace(Some(Held::by(element.into())));
        }
    });
    let changed = Closure::<dyn FnMut()>::new(move || {
        let gone = held.borrow_mut().take_if(|held| !held.element.is_connected());
        if let Some(gone) = gone {
            // Whoever has a better place for the focus gives it one until then.
            request_animation_frame(move || gone.hand_on());
        }
    });
    let whole = MutationObserverInit::new();
    whole.set_child_list(true);
    whole.set_subtree(true);
    let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
    if let Some((observer, body)) = observer.as_ref().zip(document().body()) {
        // It refuses only what asks for nothing.
        let _ = observer.observe_with_options(&body, &whole);
    }
    let watching = StoredValue::new_local(Some((observer, changed)));
    on_cleanup(move || {
        came.remove();
        let Some((Some(observer), changed)) = watching.try_update_value(Option::take).flatten() else { return };
        observer.disconnect();
        drop(changed);
    });
}
