//! The person who is signed in, and how they leave: what waits is sent first, kept sealed, or given up, as they choose.

use domain::id::restaurant_key;
use domain::{Row, access};
use leptos::prelude::*;
use sync::Actor;

use crate::parts::{Dialog, Notice, Tone};
use crate::texts::account;
use crate::words;
use crate::world::World;

/// Where somebody of this role is at home.
pub(super) fn home_of(actor: &Actor) -> &'static str {
    if actor.role.name == access::RESTAURANT { "/kitchen" } else { "/" }
}

/// Who is signed in.
#[component]
pub(super) fn SignedIn(actor: Actor, home: &'static str, role: &'static str) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let waiting = Memo::new(move |_| world.status().with(|status| status.waiting));
    let sign_out = move |_| world.doing(busy, async move { world.sign_out().await });
    let elsewhere = actor.role.name != role;
    let key = actor.role.of.as_deref().map(|restaurant| restaurant_key(&restaurant.into()));
    let what = Memo::new(move |_| {
        let Some(key) = &key else { return account::can_order().to_owned() };
        let name = world.row(key, Row::as_restaurant).map_or_else(|| key.id().to_owned(), |restaurant| restaurant.name);
        account::for_restaurant(&name)
    });
    let there = home_of(&actor);
    view! {
        <section class="panel">
            <p class="account-name">{words::signed_in_as(actor.account.as_str())}</p>
            <p>{move || what.get()}</p>
            {elsewhere.then(|| view! {
                <Notice tone=Tone::Warning>
                    <p>{account::belongs_elsewhere()}</p>
                    <a class="button" href=there>{account::go_there()}</a>
                </Notice>
            })}
            {move || (waiting.get() > 0).then(|| view! { <Waiting waiting busy /> })}
            <div class="actions">
                <a class="button primary" href=home>{account::go_on()}</a>
                <button type="button" class="button" data-test="sign-out" prop:disabled=busy on:click=sign_out>{words::sign_out()}</button>
            </div>
        </section>
    }
}

/// What signing out does to what waits, and the other two ways. Only what never left can be given up: the rest may have
/// arrived.
#[component]
fn Waiting(waiting: Memo<usize>, busy: RwSignal<bool>) -> impl IntoView {
    let world = World::here();
    let asking = RwSignal::new(false);
    let discardable = Memo::new(move |_| world.discardable().len());
    let send = move |_| {
        world.doing(busy, async move {
            match world.hand_in().await {
                0 => world.sign_out().await,
                left => Err(words::not_sent(left)),
            }
        });
    };
    let discard = move |_| {
        asking.set(false);
        world.doing(busy, async move {
            world.discard().await;
            world.sign_out().await
        });
    };
    view! {
        <Notice tone=Tone::Warning attr:data-test="waiting-acts" attr:data-count=move || waiting.get().to_string()>
            <p>{move || words::sealed_until_you_return(waiting.get(), world.kept())}</p>
            <div class="actions">
                <button type="button" class="button" data-test="send-and-sign-out" prop:disabled=busy on:click=send>
                    {move || words::send_and_sign_out(waiting.get())}
                </button>
                {move || (discardable.get() > 0).then(|| view! {
                    <button type="button" class="button" data-test="discard-and-sign-out" prop:disabled=busy
                        on:click=move |_| asking.set(true)>{words::discard_and_sign_out(discardable.get())}</button>
                })}
            </div>
        </Notice>
        <Dialog open=asking title=account::give_up_title()>
            <p>{move || words::discarding(discardable.get())}</p>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| asking.set(false)>{account::keep_it()}</button>
                <button type="button" class="button danger" data-test="confirm-discard" on:click=discard>
                    {move || words::discard_and_sign_out(discardable.get())}
                </button>
            </div>
        </Dialog>
    }
}
