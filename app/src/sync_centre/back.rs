//! Taking an act back before it left, with what rests on it; and what is left to ask for afterwards.

use domain::ordering::OrderCommand;
use domain::{Command, OrderId};
use leptos::prelude::*;
use sync::CommandId;

use crate::parts::{Dialog, focus_heading};
use crate::texts::sync_centre;
use crate::words;
use crate::world::World;

/// The button, and the question that says what goes with it.
#[component]
pub(super) fn TakeBack(id: CommandId, others: Vec<String>, left: RwSignal<bool>) -> impl IntoView {
    let world = World::here();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let take_back = move |_| {
        asking.set(false);
        world.doing(busy, async move {
            match world.withdraw(id).await {
                Ok(gone) => {
                    // The button that was pressed is gone with its act.
                    focus_heading();
                    world.say(&words::taken_back(gone));
                    Ok(())
                }
                Err(why) if why.has_left() => {
                    left.try_set(true);
                    Ok(())
                }
                Err(why) => Err(why.sentence()),
            }
        });
    };
    let count = others.len();
    view! {
        <button type="button" class="button" data-test="act-withdraw" data-with=count.to_string() prop:disabled=busy
            on:click=move |_| asking.set(true)>
            {words::take_back(count)}
        </button>
        <Dialog open=asking title=sync_centre::take_this_back()>
            <p data-test="withdraw-what">{words::goes_with_it(&others)}</p>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| asking.set(false)>{sync_centre::keep_it()}</button>
                <button type="button" class="button danger" data-test="confirm-withdraw" on:click=take_back>{words::take_back(count)}</button>
            </div>
        </Dialog>
    }
}

/// For an order that has left: the kitchen has the last word.
#[component]
pub fn AskToCancel(
    /// Which.
    order: OrderId,
) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let cancel = move |_| world.give(Command::Order(OrderCommand::Cancel { order, reason: "".into() }), None, busy);
    view! {
        <button type="button" class="button" data-test="act-cancel" prop:disabled=busy on:click=cancel>
            {move || if busy.get() { words::saving() } else { sync_centre::ask_to_cancel() }}
        </button>
    }
}
