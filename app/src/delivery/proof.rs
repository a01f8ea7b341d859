//! At the door: what a driver adds to a delivery that was just made, or was made in vain. The tap that says so comes first, so that
//! nothing has to wait for a camera; what is added here follows it by itself.

use domain::Command;
use domain::delivery::proof::WORD_BYTES_MAX;
use domain::delivery::{ErrandCommand, Medium, ProofKind};
use domain::id::errand_key;
use domain::{OrderId, Row};
use leptos::{ev, prelude::*};
use sync::attachment::{Attach, Attachment};
use sync::outbox::Stage;
use sync::{CommandId, Millis};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::pad::{Drawing, Pad};
use super::photo::{self, Picture};
use crate::parts::{Dialog, Kept, time};
use crate::words;
use crate::world::{Client, World};

/// How long a delivery is shown here after the tap, in milliseconds: until the next doors are done.
const SHOWN_MS: Millis = 2 * 60 * 60 * 1000;

/// The most that are shown: the last doors of a tour.
const SHOWN_MAX: usize = 6;

/// The draft under which it is remembered which of them are put away.
const DONE_DRAFT: &str = "proof/done";

/// The most that is remembered of that: more than can be shown.
const DONE_MAX: usize = 24;

/// A delivery that was just made, or was made in vain.
#[derive(Clone, PartialEq)]
struct Door {
    act: CommandId,
    order: OrderId,
    was_delivered: bool,
    /// To whom, while that is on this phone.
    name: Option<String>,
    at: Millis,
}

impl Door {
    fn heading(&self) -> String {
        match &self.name {
            Some(name) => words::proof_of(name, self.was_delivered),
            None => words::proof_at(&time::clock(self.at), self.was_delivered),
        }
    }

    fn attach(&self, kind: ProofKind, medium: Medium, preview: String) -> Attach {
        Attach {
            follows: self.act,
            kind: kind.name().to_owned(),
            is_one: kind == ProofKind::Word,
            to: format!("/api/deliveries/{}/proofs/{{id}}?kind={}", self.order, kind.name()),
            content_type: medium.content_type().to_owned(),
            preview,
        }
    }
}

/// The deliveries that this driver ended lately, the newest first.
fn doors(client: &Client, done: &[CommandId], now: Millis) -> Vec<Door> {
    let Some(account) = client.actor().map(|actor| &actor.account) else { return vec![] };
    let entries = client.outbox().entries().rev().filter(|entry| {
        entry.record.account == *account && entry.record.stage != Stage::Refused && !done.contains(&entry.record.id)
    });
    let door = |entry: &sync::outbox::Entry<domain::Trade>| {
        let envelope = entry.envelope.as_ref().filter(|envelope| envelope.acted_at + SHOWN_MS > now)?;
        let (order, was_delivered) = match envelope.command()? {
            Command::Errand(ErrandCommand::Deliver { order }) => (*order, true),
            Command::Errand(ErrandCommand::Fail { order, .. }) => (*order, false),
            _ => return None,
        };
        let errand = client.row(&errand_key(order)).and_then(Row::as_errand);
        let name = errand.map(|errand| errand.contact.name.as_str().to_owned()).filter(|name| !name.is_empty());
        Some(Door { act: entry.record.id, order, was_delivered, name, at: envelope.acted_at })
    };
    entries.filter_map(door).take(SHOWN_MAX).collect()
}

/// What is asked over the page: a card is drawn anew when its row changes.
#[derive(Clone, PartialEq)]
enum Asked {
    Signature(Door),
    Word(Door),
}

#[component]
pub(super) fn AtTheDoor() -> impl IntoView {
    let world = World::here();
    let done = Memo::new(move |_| world.draft::<Vec<CommandId>>(DONE_DRAFT).unwrap_or_default());
    let doors = Memo::new(move |_| {
        let now = world.now();
        world.read(|client| done.with(|done| doors(client, done, now)))
    });
    let asked = RwSignal::new(None::<Asked>);
    let acts = Memo::new(move |_| doors.with(|doors| doors.iter().map(|door| door.act).collect::<Vec<_>>()));
    let one = move |act: CommandId| {
        let door = Memo::new(move |_| doors.with(|doors| doors.iter().find(|door| door.act == act).cloned()));
        view! { <DoorCard act door asked done /> }
    };
    let question = move || {
        asked.get().map(|asking| match asking {
            Asked::Signature(door) => view! { <Sign door asked /> }.into_any(),
            Asked::Word(door) => view! { <Say door asked /> }.into_any(),
        })
    };
    let has_any = Memo::new(move |_| acts.with(|acts| !acts.is_empty()));
    view! {
        {move || has_any.get().then(|| view! {
            <section class="doors" data-test="doors">
                <h2>{words::proof_title()}</h2>
                <p class="hint">{words::proof_hint()}</p>
                <ul class="tickets"><For each=move || acts.get() key=|act| *act children=one /></ul>
            </section>
        })}
        {question}
    }
}

#[component]
fn DoorCard(
    act: CommandId,
    door: Memo<Option<Door>>,
    asked: RwSignal<Option<Asked>>,
    done: Memo<Vec<CommandId>>,
) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let order = door.with_untracked(|door| door.as_ref().map(|door| door.order.to_string()).unwrap_or_default());
    let heading = move || door.with(|door| door.as_ref().map(Door::heading));
    let kept = Memo::new(move |_| {
        world.attachments().into_iter().filter(|kept| kept.follows == act).collect::<Vec<Attachment>>()
    });
    let photo = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return };
        let file = input.files().and_then(|files| files.get(0));
        let (Some(file), Some(door)) = (file, door.get_untracked()) else { return };
        // The same file may be taken once more.
        input.set_value("");
        world.doing(busy, async move {
            let Picture { bytes, preview } = photo::small(&file).await?;
            world.attach(door.attach(ProofKind::Photo, Medium::Jpeg, preview), &bytes).await
        });
    };
    let ask = move |question: fn(Door) -> Asked| asked.set(door.get_untracked().map(question));
    let put_away = move |_| {
        let mut all = done.get_untracked();
        all.push(act);
        all.drain(..all.len().saturating_sub(DONE_MAX));
        world.note_draft(DONE_DRAFT.to_owned(), Some(all));
    };
    let take = move || if busy.get() { words::proof_reading() } else { words::proof_take_photo() };
    view! {
        <li class="ticket door" data-test="door" data-id=order>
            <h3 class="ticket-who">{heading}</h3>
            <Kept kept />
            <div class="door-ways">
                <label class="button large camera" class:off=busy>
                    <input type="file" accept="image/*" capture="environment" class="unseen" name="photo"
                        data-test="take-photo" disabled=busy on:change=photo />
                    <span>{take}</span>
                </label>
                <button type="button" class="button large" data-test="take-signature" on:click=move |_| ask(Asked::Signature)>
                    {words::proof_take_signature()}
                </button>
                <button type="button" class="button large" data-test="take-word" on:click=move |_| ask(Asked::Word)>
                    {words::proof_take_word()}
                </button>
                <button type="button" class="button large quiet" data-test="door-done" on:click=put_away>
                    {words::proof_done()}
                </button>
            </div>
        </li>
    }
}

/// A dialog that is there while something is asked.
fn asking(asked: RwSignal<Option<Asked>>) -> RwSignal<bool> {
    let open = RwSignal::new(true);
    Effect::new(move |_| {
        if !open.get() {
            asked.set(None);
        }
    });
    open
}

#[component]
fn Sign(door: Door, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let world = World::here();
    let (open, busy, drawing) = (asking(asked), RwSignal::new(false), Drawing::new());
    let heading = door.heading();
    let door = StoredValue::new(door);
    let save = move |_| {
        world.doing(busy, async move {
            let Picture { bytes, preview } = drawing.picture().await?;
            let attach = door.get_value().attach(ProofKind::Signature, Medium::Png, preview);
            world.attach(attach, &bytes).await?;
            open.set(false);
            Ok(())
        });
    };
    view! {
        <Dialog open title=heading>
            <Pad drawing />
            <p class="hint">{words::proof_pad_hint()}</p>
            <div class="actions">
                <button type="button" class="button large" on:click=move |_| open.set(false)>{words::proof_back()}</button>
                <button type="button" class="button large" data-test="pad-undo" on:click=move |_| drawing.undo()>{words::proof_undo()}</button>
                <button type="button" class="button large" data-test="pad-clear" on:click=move |_| drawing.clear()>{words::proof_clear()}</button>
                <button type="button" class="button large primary" data-test="pad-save" prop:disabled=move || busy.get() || drawing.is_empty()
                    on:click=save>{words::proof_save()}</button>
            </div>
        </Dialog>
    }
}

#[component]
fn Say(door: Door, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let world = World::here();
    let (open, busy) = (asking(asked), RwSignal::new(false));
    let said = RwSignal::new(words::proof_left_at_door().to_owned());
    let door = StoredValue::new(door);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let said = said.with_untracked(|said| said.trim().to_owned());
        world.doing(busy, async move {
            let attach = door.get_value().attach(ProofKind::Word, Medium::Text, said.clone());
            world.attach(attach, said.as_bytes()).await?;
            open.set(false);
            Ok(())
        });
    };
    let ready_made = move |text: &'static str| {
        view! {
            <label class="option">
                <input type="radio" name="word" prop:checked=move || said.with(|said| said == text)
                    on:change=move |_| said.set(text.to_owned()) />
                <span class="option-name">{text}</span>
            </label>
        }
    };
    // A letter has four bytes at most.
    let letters = (WORD_BYTES_MAX / 4).to_string();
    view! {
        <Dialog open title=words::proof_word_title()>
            <form on:submit=save>
                <div class="options">{[words::proof_left_at_door(), words::proof_to_neighbour()].map(ready_made).collect_view()}</div>
                <label class="field">
                    <span>{words::proof_word_field()}</span>
                    <input type="text" name="word-text" maxlength=letters.clone() required=true autocomplete="off" prop:value=said
                        on:input:target=move |event| said.set(event.target().value()) />
                </label>
                <div class="actions">
                    <button type="button" class="button large" on:click=move |_| open.set(false)>{words::proof_back()}</button>
                    <button type="submit" class="button large primary" data-test="word-save" prop:disabled=busy>{words::proof_save()}</button>
                </div>
            </form>
        </Dialog>
    }
}
