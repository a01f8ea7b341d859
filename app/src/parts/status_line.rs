//! The status line: the most urgent of what is so, what waits, and how old the rows are. Never better than the truth.

use leptos::prelude::*;
use sync::client::{Pause, Reach, Status};

use crate::condition::Condition;
use crate::words;
use crate::world::World;

/// How far this device reaches, as the page's tests name it; the line itself may have something more urgent to say.
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

/// The line itself; it leads to the sync centre, where the rest is told. What is read out by itself stands beside it: a browser leaves such
/// words out of a link's name.
#[component]
pub fn StatusLine(centre: &'static str) -> impl IntoView {
    let world = World::here();
    let status = world.status();
    let signed_in = Memo::new(move |_| world.actor().is_some());
    let state = Memo::new(move |_| status.with(|status| state(status, signed_in.get())));
    let line = Memo::new(move |_| world.conditions().with(|so| so.first().copied().unwrap_or(Condition::Syncing)));
    let waiting = Memo::new(move |_| status.with(|status| status.waiting));
    let detail = Memo::new(move |_| status.with(|status| words::status_detail(status, world.kept())));
    view! {
        <div class="status-line" data-test="status-line" data-line=move || line.get().name()>
            <a class="status" href=centre data-test="status" data-tone=move || line.get().tone()
                data-state=move || state.get() data-waiting=move || waiting.get().to_string()>
                <span class="status-dot" aria-hidden="true"></span>
                <span class="status-words">
                    <strong>{move || words::condition(line.get())}</strong>
                    <small>{move || detail.get()}</small>
                </span>
            </a>
            <span class="unseen" role="status">{move || words::condition(line.get())}</span>
        </div>
    }
}
