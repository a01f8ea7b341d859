//! The status line: how far this device reaches, what waits, and how old the rows are. Never better than the truth.

use leptos::prelude::*;
use sync::client::{Pause, Reach, Status};

use crate::words;
use crate::world::World;

/// The status as the page's tests and styles name it.
fn state(status: &Status, signed_in: bool) -> &'static str {
    if status.paused == Some(Pause::SignedOut) {
        return "signed-out";
    }
    match status.reach {
        Reach::Offline => "offline",
        Reach::Unreachable => "unreachable",
        Reach::Syncing => "syncing",
        Reach::Online if !signed_in => "signed-out",
        Reach::Online => "online",
    }
}

/// The line itself; it leads to the outbox.
#[component]
pub fn StatusLine(outbox: &'static str) -> impl IntoView {
    let world = World::here();
    let status = world.status();
    let signed_in = Memo::new(move |_| world.actor().is_some());
    let state = Memo::new(move |_| status.with(|status| state(status, signed_in.get())));
    let waiting = Memo::new(move |_| status.with(|status| status.waiting));
    let as_of = Memo::new(move |_| status.with(|status| status.as_of));
    let small = move || words::status_detail(waiting.get(), as_of.get());
    view! {
        <a class="status" href=outbox data-test="status"
            data-state=move || state.get() data-waiting=move || waiting.get().to_string()>
            <span class="status-dot" aria-hidden="true"></span>
            <span class="status-words">
                <strong role="status">{move || words::reach(state.get())}</strong>
                <small>{small}</small>
            </span>
        </a>
    }
}
