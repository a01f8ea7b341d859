//! A file that a page makes by itself, with no network: a link whose address is what is in memory.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::words;
use crate::world::World;

/// How long the file may be fetched by its address: a browser begins at once, and asks where to put it meanwhile.
const KEPT_FOR: Duration = Duration::from_secs(60);

/// A link that makes a JSON file when it is followed: as it is in the moment of the tap, and before that nobody needs it.
#[component]
pub fn Download(
    name: String,
    test: &'static str,
    label: &'static str,
    content: impl Fn() -> String + 'static,
) -> impl IntoView {
    let world = World::here();
    let link = NodeRef::<html::A>::new();
    let make = move |_| match (link.get_untracked(), address(&untrack(&content))) {
        (Some(link), Some(address)) => link.set_href(&address),
        _ => world.say(words::no_file()),
    };
    view! { <a node_ref=link class="button" data-test=test href="#" download=name on:click=make>{label}</a> }
}

/// The address of a file with this content; none where the browser has no memory for it. It may have any size: of an address
/// that is the content itself Chromium says past two megabytes that the network failed.
fn address(json: &str) -> Option<String> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = js_sys::Array::of1(&JsValue::from_str(json));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let forget = address.clone();
    // One that is not known any more is forgotten already.
    set_timeout(move || drop(Url::revoke_object_url(&forget)), KEPT_FOR);
    Some(address)
}
