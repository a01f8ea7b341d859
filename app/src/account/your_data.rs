//! A person's data: the way to take it along, and to be forgotten everywhere, on the server and on all devices.

use std::sync::Arc;

use domain::account::{Erasure, PersonCommand};
use domain::id::person_key;
use domain::{Command, Row, access};
use leptos::prelude::*;
use sync::{AccountId, Actor};

use super::export::Export;
use crate::parts::{Asking, Notice, Question, Reason, Tone};
use crate::texts::account;
use crate::words;
use crate::world::{Client, World};

/// For whoever orders, with an account or without: a copy of what is here; and what is to be erased, or that it will be.
#[component]
pub(super) fn YourData() -> impl IntoView {
    let world = World::here();
    let orders = |actor: &Actor| actor.role.name == access::CUSTOMER;
    let whose = Memo::new(move |_| world.actor().filter(orders).map(|actor| actor.account));
    let person = Memo::new(move |_| whose.get().and_then(|account| world.row(&person_key(&account), Row::as_person)));
    // The server counts them, and this device, until the server has said so.
    let under_way = Memo::new(move |_| {
        let counted = person.with(|person| person.as_ref().map_or(0, |person| person.open.len()));
        counted.max(world.read(orders_under_way))
    });
    let is_asked = Memo::new(move |_| person.get().is_some_and(|person| matches!(person.erasure, Erasure::Asked(_))));
    // Whoever watches sees it end: the device is told, and forgets all of it.
    Effect::new(move |before: Option<bool>| {
        let waits = is_asked.get();
        if before == Some(true) && !waits && whose.with(Option::is_none) {
            world.say(words::erased());
        }
        waits
    });
    move || {
        whose.get().map(|account| {
            view! {
                <section class="panel" data-test="erasing">
                    <h2>{words::your_data()}</h2>
                    <p class="hint">{words::export_says()}</p>
                    <Export account=account.clone() />
                    {move || match is_asked.get() {
                        true => view! {
                            <Notice tone=Tone::Warning attr:data-test="erasure-asked"><p>{move || words::erasing(under_way.get())}</p></Notice>
                        }.into_any(),
                        false => view! { <p class="hint">{words::erasing_says()}</p><Way account=account.clone() /> }.into_any(),
                    }}
                </section>
            }
        })
    }
}

fn orders_under_way(client: &Client) -> usize {
    let orders = client.rows_of_kind("order");
    orders.iter().filter_map(|(_, row)| row.as_order()).filter(|order| !order.status.is_final()).count()
}

#[component]
fn Way(account: AccountId) -> impl IntoView {
    let asking = Asking::here();
    let question = move || {
        let person = account.clone();
        Question {
            title: account::erase_title(),
            says: words::erasing_cannot_be_undone(),
            reason: Reason::NotAsked,
            most: None,
            confirm: ("confirm-erase", words::erase()),
            command: Arc::new(move |_| Command::Person(PersonCommand::Erase { person: person.clone() })),
        }
    };
    view! {
        <button type="button" class="button" data-test="erase" on:click=move |_| asking.ask(question())>{words::erase()}</button>
    }
}
