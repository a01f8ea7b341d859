//! An act that cannot be handed over, as the bytes it is kept as: to be saved, or shown to whoever helps.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sync::CommandId;
use wasm_bindgen_futures::JsFuture;

use crate::parts::Download;
use crate::texts::sync_centre;
use crate::words;
use crate::world::World;

/// Two buttons: save as a file, and copy.
#[component]
pub(super) fn Export(id: CommandId) -> impl IntoView {
    let world = World::here();
    let bytes = move || {
        world.read(|client| client.outbox().get(id).map(|entry| entry.record.bytes.clone())).unwrap_or_default()
    };
    let copy = move |_| {
        let bytes = untrack(bytes);
        spawn_local(async move {
            let copied = JsFuture::from(window().navigator().clipboard().write_text(&bytes)).await;
            world.say(if copied.is_ok() { words::copied() } else { words::not_copied() });
        });
    };
    view! {
        <Download name=format!("carryout-act-{id}.json") test="act-export" label=sync_centre::keep_copy() content=bytes />
        <button type="button" class="button" data-test="act-copy" on:click=copy>{sync_centre::copy()}</button>
    }
}
