//! Handing the address of a page to somebody else: with the device's own sheet where the browser has one, else as a copy.

use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Icon, Symbol};
use crate::texts::parts;
use crate::words;
use crate::world::World;

/// A button that shares the page at `path` under a title.
#[component]
pub fn Share(#[prop(into)] title: String, path: String) -> impl IntoView {
    let world = World::here();
    let share = move |_| {
        let (title, path) = (title.clone(), path.clone());
        spawn_local(async move {
            let url = window().location().origin().unwrap_or_default() + &path;
            let said = if has_sheet() { by_sheet(&title, &url).await } else { as_copy(&url).await };
            if let Some(said) = said {
                world.say(said);
            }
        });
    };
    view! {
        <button type="button" class="button quiet share" data-test="share" on:click=share>
            <Icon symbol=Symbol::Share />{parts::share()}
        </button>
    }
}

fn has_sheet() -> bool {
    Reflect::has(&window().navigator(), &"share".into()).unwrap_or_default()
}

/// What is to be said of it: nothing where the person saw the sheet, also where they closed it again.
async fn by_sheet(title: &str, url: &str) -> Option<&'static str> {
    let data = web_sys::ShareData::new();
    data.set_title(title);
    data.set_url(url);
    let failed = JsFuture::from(window().navigator().share_with_data(&data)).await.err()?;
    let is_closed = failed.dyn_ref::<web_sys::DomException>().is_some_and(|error| error.name() == "AbortError");
    if is_closed { None } else { as_copy(url).await }
}

async fn as_copy(url: &str) -> Option<&'static str> {
    // A page without a secure origin has no clipboard at all.
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok().filter(JsValue::is_object)?;
    let copied = JsFuture::from(clipboard.unchecked_into::<web_sys::Clipboard>().write_text(url)).await;
    Some(if copied.is_ok() { parts::address_copied() } else { words::not_copied() })
}
