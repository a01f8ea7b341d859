//! What a guest is told: that their order is on this phone only, and what becomes of it when they sign in.

use domain::{Command, OrderId};
use leptos::prelude::*;
use sync::Act;

use crate::ordering::carts;
use crate::parts::{Dialog, Notice, Tone};
use crate::texts::account;
use crate::words;
use crate::world::{Client, World};

/// Under a guest's order: how to keep it.
#[component]
pub fn KeepOrder(order: OrderId) -> impl IntoView {
    let world = World::here();
    let is_guest = Memo::new(move |_| world.is_guest());
    move || {
        is_guest.get().then(|| {
            view! {
                <Notice tone=Tone::Info attr:data-test="keep-order">
                    <p>{words::keep_order()}</p>
                    <a class="button" href=format!("/sign-in?next=/orders/{order}") data-test="sign-in-to-keep">{words::sign_in()}</a>
                </Notice>
            }
        })
    }
}

/// Whether this person's claim of the guest they were is still on its way.
fn is_being_taken_over(client: &Client) -> bool {
    let Some(account) = client.actor().map(|actor| &actor.account) else { return false };
    let open = client.outbox().entries().filter(|entry| !entry.record.stage.is_settled());
    open.filter(|entry| entry.record.account == *account).any(|entry| {
        let act = entry.envelope.as_ref().map(|envelope| &envelope.act);
        matches!(act, Some(Act::Do(Command::Guest(_))))
    })
}

/// While the guest's orders are not on this person's screen yet: that they are coming.
#[component]
pub fn BeingTakenOver() -> impl IntoView {
    let world = World::here();
    let is_so = Memo::new(move |_| world.read(is_being_taken_over));
    move || {
        is_so.get().then(|| {
            view! { <Notice tone=Tone::Info attr:data-test="being-taken-over"><p>{words::being_taken_over()}</p></Notice> }
        })
    }
}

/// What moves to the account of whoever signs in, and whether it is to. Without a guest it is only a cart, which goes to
/// the next person in any case.
#[component]
pub(super) fn TakesOver(takes_over: RwSignal<bool>) -> impl IntoView {
    let world = World::here();
    let carts = carts::carts(world);
    // A browser that lost its storage and kept its cookie still shows the guest's orders, and has nothing to claim them by.
    let can_claim = Memo::new(move |_| world.is_guest() && world.keeps_guest());
    let found = Memo::new(move |_| {
        let orders = if can_claim.get() { world.read(|client| client.rows_of_kind("order").len()) } else { 0 };
        (orders, carts.with(|carts| carts.iter().map(|cart| cart.count() as usize).sum::<usize>()))
    });
    move || {
        let (orders, dishes) = found.get();
        (orders + dishes > 0).then(|| {
            view! {
                <Notice tone=Tone::Info attr:data-test="takes-over">
                    <p>{words::moves_with_you(orders, dishes)}</p>
                    {can_claim.get().then(|| view! {
                        <label class="option">
                            <input type="checkbox" name="take-over" prop:checked=takes_over
                                on:change:target=move |event| takes_over.set(event.target().checked()) />
                            <span class="option-name">{words::take_over()}</span>
                        </label>
                    })}
                </Notice>
            }
        })
    }
}

/// A guest may leave for good: this device is not theirs alone.
#[component]
pub(super) fn Forget() -> impl IntoView {
    let world = World::here();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let is_guest = Memo::new(move |_| world.is_guest());
    let waiting = Memo::new(move |_| world.status().with(|status| status.waiting));
    let forget = move |_| {
        asking.set(false);
        world.doing(busy, async move { world.sign_out().await });
    };
    let button = move || {
        view! {
            <button type="button" class="button" data-test="forget-guest" prop:disabled=busy
                on:click=move |_| asking.set(true)>{words::forget_guest()}</button>
        }
    };
    let way = move || match waiting.get() {
        0 => button().into_any(),
        number => view! { <p class="hint">{words::not_forgotten_while(number)}</p> }.into_any(),
    };
    move || {
        is_guest.get().then(|| view! {
            <section class="panel">
                <h2>{account::not_your_device()}</h2>
                {way}
                <Dialog open=asking title=account::forget_title()>
                    <p>{words::forgetting_guest()}</p>
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| asking.set(false)>{account::keep_it()}</button>
                        <button type="button" class="button danger" data-test="confirm-forget" on:click=forget>{words::forget_guest()}</button>
                    </div>
                </Dialog>
            </section>
        })
    }
}
