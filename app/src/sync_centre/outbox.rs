//! The outbox: each act of this person in words of the trade, with how far it has come.

use leptos::prelude::*;
use sync::CommandId;
use sync::outbox::Stage;

use super::act::ActCard;
use crate::parts::{Empty, Kept, Notice, Page, Tone};
use crate::texts::sync_centre;
use crate::words;
use crate::world::{Client, World};

/// The most acts of the past that are listed.
const OVER_MAX: usize = 50;

/// The acts of this person by where they stand, the newest first.
#[derive(Clone, Default, PartialEq)]
struct Acts {
    needs_you: Vec<CommandId>,
    on_their_way: Vec<CommandId>,
    settled: Vec<CommandId>,
    /// Acts that this release cannot read.
    unreadable: usize,
}

fn acts(client: &Client) -> Acts {
    let mut acts = Acts::default();
    let Some(account) = client.actor().map(|actor| &actor.account) else { return acts };
    let mut waiting = 0;
    for entry in client.outbox().entries().rev().filter(|entry| entry.record.account == *account) {
        let record = &entry.record;
        waiting += usize::from(record.stage.is_waiting());
        match record.stage {
            // Words of a newer release: they are listed with those of which not even that is known.
            _ if entry.envelope.is_none() && record.stage.is_waiting() => acts.unreadable += 1,
            Stage::NeedsYou => acts.needs_you.push(record.id),
            stage if stage.is_settled() => acts.settled.push(record.id),
            _ => acts.on_their_way.push(record.id),
        }
    }
    acts.settled.truncate(OVER_MAX);
    acts.unreadable += client.outbox().waiting(account).saturating_sub(waiting);
    acts
}

/// How many acts of others wait on this device.
fn sealed(client: &Client) -> usize {
    let account = client.actor().map(|actor| &actor.account);
    let waiting = client.outbox().entries().filter(|entry| entry.record.stage.is_waiting());
    waiting.filter(|entry| Some(&entry.record.account) != account).count()
}

/// All acts of the person who is signed in.
#[component]
pub fn Outbox(sign_in: &'static str) -> impl IntoView {
    let world = World::here();
    let acts = Memo::new(move |_| world.read(acts));
    let needs_you = Memo::new(move |_| acts.with(|acts| acts.needs_you.clone()));
    let on_their_way = Memo::new(move |_| acts.with(|acts| acts.on_their_way.clone()));
    let settled = Memo::new(move |_| acts.with(|acts| acts.settled.clone()));
    let unreadable = Memo::new(move |_| acts.with(|acts| acts.unreadable));
    let sealed = Memo::new(move |_| world.read(sealed));
    let kept = Memo::new(move |_| world.attachments());
    let is_empty = Memo::new(move |_| acts.with(|acts| *acts == Acts::default()) && kept.with(Vec::is_empty));
    let paused = Memo::new(move |_| world.status().with(|status| status.paused));
    let paused = move || {
        paused.get().map(|why| {
            let signs_in = why != sync::client::Pause::UpdateNeeded;
            view! {
                <Notice tone=Tone::Warning>
                    <p>{words::paused(why)}</p>
                    {signs_in.then(|| view! { <a class="button" href=sign_in>{words::sign_in()}</a> })}
                </Notice>
            }
        })
    };
    view! {
        <Page title=words::outbox().to_owned()>
            <p class="lead">{sync_centre::outbox_lead()}</p>
            {paused}
            <SendNow />
            {move || is_empty.get().then(|| view! {
                <Empty title=sync_centre::outbox_empty() text=sync_centre::outbox_empty_says() />
            })}
            <List title=sync_centre::list_needs_you() name="needs-you" ids=needs_you />
            <List title=sync_centre::list_on_their_way() name="on-their-way" ids=on_their_way />
            {move || (unreadable.get() > 0).then(|| view! {
                <Notice tone=Tone::Warning attr:data-test="waits-for-update"><p>{words::waits_for_update(unreadable.get())}</p></Notice>
            })}
            {move || (!kept.with(Vec::is_empty)).then(|| view! {
                <section data-test="outbox-list" data-name="attachments">
                    <h2>{words::proofs_on_phone()}</h2>
                    <Kept kept />
                </section>
            })}
            <List title=sync_centre::list_settled() name="settled" ids=settled />
            {move || (sealed.get() > 0).then(|| view! {
                <Notice tone=Tone::Info attr:data-test="sealed"><p>{words::sealed_here(sealed.get())}</p></Notice>
            })}
        </Page>
    }
}

/// What waits, counted, and the button that does not wait for the next turn.
#[component]
pub(super) fn SendNow() -> impl IntoView {
    let world = World::here();
    let counts = Memo::new(move |_| world.status().with(|status| (status.waiting, status.needs_you)));
    let send = move |_| {
        world.send_now();
        world.say(words::trying_now(world.status().get_untracked().reach));
    };
    let leaves = Memo::new(move |_| counts.with(|(waiting, needs_you)| waiting > needs_you));
    move || {
        leaves.get().then(|| view! {
            <div class="panel-head send-bar">
                <p data-test="outbox-summary">{move || counts.with(|(waiting, needs_you)| words::waiting_to_leave(*waiting, *needs_you))}</p>
                <button type="button" class="button primary" data-test="send-now" on:click=send>{sync_centre::send_now()}</button>
            </div>
        })
    }
}

#[component]
fn List(title: &'static str, name: &'static str, ids: Memo<Vec<CommandId>>) -> impl IntoView {
    let has_any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    move || {
        has_any.get().then(|| view! {
            <section data-test="outbox-list" data-name=name>
                <h2>{title}</h2>
                <ul class="acts"><For each=move || ids.get() key=|id| *id children=|id| view! { <ActCard id /> } /></ul>
            </section>
        })
    }
}
