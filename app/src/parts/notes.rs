//! What a person must hear wherever they are: an update that everything waits for, storage that does not hold, a loss.

use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Keeping;
use sync::loss::Word;

use super::{Notice, Tone};
use crate::condition::Condition;
use crate::texts::parts;
use crate::world::World;
use crate::{update, words};

/// The draft that remembers that the person was told how long the browser keeps things. It is said once.
const TOLD_KEEPING_DRAFT: &str = "told/keeping";

/// All that is so urgent that it stands above every screen.
#[component]
pub fn Notes() -> impl IntoView {
    let world = World::here();
    let urgent = Memo::new(move |_| {
        let shown = |condition: &Condition| {
            matches!(
                condition,
                Condition::NotKept
                    | Condition::StorageFails
                    | Condition::Lost
                    | Condition::UpdateNeeded
                    | Condition::NearlyFull
                    | Condition::RowsNotKept
            )
        };
        world.conditions().with(|so| so.iter().copied().filter(shown).collect::<Vec<_>>())
    });
    view! {
        <div class="notes">
            <For each=move || urgent.get() key=|condition| condition.name() children=|condition| view! { <Note condition /> } />
            <KeepingNote />
        </div>
    }
}

#[component]
fn Note(condition: Condition) -> impl IntoView {
    let world = World::here();
    let sentence = move || {
        let storage = world.storage();
        world.status().with(|status| storage.with(|storage| words::condition_sentence(condition, status, storage)))
    };
    match condition {
        Condition::UpdateNeeded => view! {
            <Notice tone=Tone::Warning attr:data-test="update-needed">
                <p>{sentence}</p>
                <UpdateButton />
            </Notice>
        }
        .into_any(),
        Condition::Lost => view! { <LossNote /> }.into_any(),
        Condition::NearlyFull | Condition::RowsNotKept => view! {
            <Notice tone=Tone::Warning attr:data-test="storage-note" attr:data-kind=condition.name()><p>{sentence}</p></Notice>
        }
        .into_any(),
        _ => view! {
            <Notice tone=Tone::Bad attr:data-test="storage-note" attr:data-kind=condition.name()><p>{sentence}</p></Notice>
        }
        .into_any(),
    }
}

/// What is known of an outbox that is gone. It stands here until it was read.
#[component]
fn LossNote() -> impl IntoView {
    let world = World::here();
    let loss = Memo::new(move |_| world.storage().with(|storage| storage.loss.clone()));
    let sentences = move || loss.get().map(|loss| words::words_of(&loss)).unwrap_or_default();
    let never_arrived = move || loss.with(|loss| loss.as_ref().map(|loss| loss.never_arrived().to_string()));
    let asked = move || loss.with(|loss| loss.as_ref().map(|loss| (loss.word != Word::Awaited).to_string()));
    let read = move |_| spawn_local(world.loss_was_read());
    view! {
        <Notice tone=Tone::Bad attr:data-test="storage-note" attr:data-kind=Condition::Lost.name()
            attr:data-never-arrived=never_arrived attr:data-asked=asked>
            {move || sentences().into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            <button type="button" class="button" data-test="loss-read" on:click=read>{words::loss_was_read()}</button>
        </Notice>
    }
}

/// Reloads into the release that the server has now.
#[component]
pub fn UpdateButton() -> impl IntoView {
    let busy = RwSignal::new(false);
    let update = move |_| {
        busy.set(true);
        spawn_local(async move {
            update::take().await;
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" class="button primary" data-test="update-reload" prop:disabled=busy on:click=update>
            {move || if busy.get() { parts::updating() } else { parts::update_now() }}
        </button>
    }
}

/// Said once, calmly, when the browser was asked and has not agreed.
#[component]
fn KeepingNote() -> impl IntoView {
    let world = World::here();
    let told = RwSignal::new(untrack(|| world.draft::<bool>(TOLD_KEEPING_DRAFT)).unwrap_or(false));
    let is_denied = Memo::new(move |_| {
        world.storage().with(|storage| storage.kept == Keeping::BestEffort && storage.granted == Some(false))
    });
    let close = move |_| {
        told.set(true);
        world.note_draft(TOLD_KEEPING_DRAFT.to_owned(), Some(true));
    };
    move || {
        (is_denied.get() && !told.get()).then(|| view! {
            <Notice tone=Tone::Info attr:data-test="storage-note" attr:data-kind="best-effort">
                <p>{words::browser_may_delete()}</p>
                <button type="button" class="button" data-test="storage-note-close" on:click=close>{words::all_right()}</button>
            </Notice>
        })
    }
}
