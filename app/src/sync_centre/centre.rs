//! The sync centre: all that is so on this device, how it keeps things, and how far the server was read.

use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Storage;
use sync::Millis;
use sync::protocol::Fault;

use super::outbox::SendNow;
use super::prepare::Prepare;
use crate::condition::Condition;
use crate::parts::{LanguageChoice, Page, UpdateButton, time};
use crate::push::Notifications;
use crate::texts::sync_centre;
use crate::words;
use crate::world::{Client, RELEASE, World};

/// How this device stands.
#[component]
pub fn SyncCentre(outbox: &'static str, inbox: &'static str, sign_in: &'static str) -> impl IntoView {
    let world = World::here();
    // How much room there is left is asked anew whenever somebody looks.
    spawn_local(world.weigh());
    let conditions = world.conditions();
    let one = move |condition| view! { <Standing condition outbox sign_in /> };
    view! {
        <Page title=words::sync_centre().to_owned()>
            <p class="lead">{sync_centre::centre_lead()}</p>
            <section class="panel" data-test="standing">
                <h2>{sync_centre::now()}</h2>
                <ul class="standing">
                    <For each=move || conditions.get() key=|condition| condition.name() children=one />
                </ul>
                <SendNow />
                <Ways outbox inbox />
            </section>
            <Prepare />
            <Keeping />
            <Server />
            <Notifications />
            <LanguageChoice />
            <About />
        </Page>
    }
}

/// One condition, with what to do about it.
#[component]
fn Standing(condition: Condition, outbox: &'static str, sign_in: &'static str) -> impl IntoView {
    let world = World::here();
    let sentence = move || {
        let storage = world.storage();
        world.status().with(|status| storage.with(|storage| words::condition_sentence(condition, status, storage)))
    };
    let means = match condition {
        Condition::UpdateNeeded | Condition::Unreadable => Some(view! { <UpdateButton /> }.into_any()),
        Condition::OtherAccount | Condition::SessionOver | Condition::SignedOut => {
            Some(view! { <a class="button" href=sign_in>{words::sign_in()}</a> }.into_any())
        }
        Condition::NeedsYou => Some(view! { <a class="button" href=outbox>{sync_centre::see_outbox()}</a> }.into_any()),
        _ => None,
    };
    view! {
        <li data-test="condition" data-name=condition.name()>
            <span class="status" data-tone=condition.tone()><span class="status-dot" aria-hidden="true"></span></span>
            <div class="notice-words">
                <p><strong>{words::condition(condition)}</strong></p>
                <p>{sentence}</p>
                {means}
            </div>
        </li>
    }
}

#[component]
fn Ways(outbox: &'static str, inbox: &'static str) -> impl IntoView {
    let status = World::here().status();
    let outbox_name = move || words::with_count(words::outbox(), status.with(|status| status.waiting));
    let inbox_name = move || words::with_count(words::inbox(), status.with(|status| status.inbox));
    view! {
        <div class="actions">
            <a class="button" href=outbox>{outbox_name}</a>
            <a class="button" href=inbox>{inbox_name}</a>
        </div>
    }
}

#[component]
fn Keeping() -> impl IntoView {
    let world = World::here();
    let storage = world.storage();
    let kept = move || storage.with(words::keeping);
    let room = move || storage.with(room);
    let asked = move || storage.with(words::asked_to_keep);
    view! {
        <section class="panel" data-test="storage" data-kept=move || storage.with(|storage| words::kept_name(storage.kept))>
            <h2>{sync_centre::on_this_device()}</h2>
            <dl class="facts">
                <dt>{sync_centre::kept()}</dt><dd data-test="storage-kept">{kept}</dd>
                <dt>{sync_centre::asked()}</dt><dd data-test="storage-asked">{asked}</dd>
                <dt>{sync_centre::room()}</dt><dd data-test="storage-room">{room}</dd>
            </dl>
            <Faults />
        </section>
    }
}

fn room(storage: &Storage) -> String {
    match (storage.used, storage.quota) {
        (Some(used), Some(quota)) => sync_centre::room_used_of(&words::bytes(quota), &words::bytes(used)),
        (Some(used), None) => sync_centre::room_used(&words::bytes(used)),
        _ => sync_centre::room_unknown().to_owned(),
    }
}

/// What could not be made sense of. It was told to the operator; the person may want to tell it to somebody who helps.
#[component]
fn Faults() -> impl IntoView {
    let world = World::here();
    let faults = Memo::new(move |_| world.faults());
    let row = |fault: Fault| view! { <li>{words::fault(&fault)}<br /><small class="card-note code">{fault.about}</small></li> };
    move || {
        let faults = faults.get();
        view! {
            <p data-test="faults" data-count=faults.len().to_string()>{sync_centre::faults(faults.len() as u64)}</p>
            {(!faults.is_empty()).then(|| view! { <ul class="bullets">{faults.into_iter().map(row).collect_view()}</ul> })}
        }
    }
}

/// How far the server was read.
#[derive(Clone, PartialEq)]
struct Reading {
    as_of: Option<Millis>,
    position: Option<u64>,
    history: Option<String>,
    leads: bool,
}

fn reading(client: &Client) -> Reading {
    let mark = client.cache().mark();
    Reading {
        as_of: mark.as_of,
        position: mark.cursor.map(|cursor| cursor.position.0),
        history: mark.cursor.map(|cursor| cursor.epoch.to_string()),
        leads: client.leads(),
    }
}

#[component]
fn Server() -> impl IntoView {
    let world = World::here();
    let reading = Memo::new(move |_| world.read(reading));
    let as_of = move || {
        let at = world.status().with(|status| status.as_of);
        let said = at.map(|at| sync_centre::last_word_at(&time::moment(at)));
        said.unwrap_or_else(|| sync_centre::no_word().to_owned())
    };
    let position = move || {
        reading.with(|reading| match reading.position {
            Some(position) => sync_centre::read_up_to(position),
            None => sync_centre::read_nothing().to_owned(),
        })
    };
    let history = move || {
        let history = reading.with(|reading| reading.history.clone());
        match history {
            Some(history) => view! { <span class="code">{history}</span> }.into_any(),
            None => sync_centre::history_unknown().into_any(),
        }
    };
    let leads = move || {
        if reading.with(|reading| reading.leads) {
            sync_centre::this_tab_leads()
        } else {
            sync_centre::another_tab_leads()
        }
    };
    view! {
        <section class="panel">
            <h2>{sync_centre::with_the_server()}</h2>
            <dl class="facts">
                <dt>{sync_centre::last_word()}</dt><dd data-test="last-sync">{as_of}</dd>
                <dt>{sync_centre::read()}</dt><dd data-test="cursor">{position}</dd>
                <dt>{sync_centre::history()}</dt><dd>{history}</dd>
                <dt>{sync_centre::tabs()}</dt><dd>{leads}</dd>
            </dl>
        </section>
    }
}

/// What shows all of this in the browser's console.
const HELP: &str = "carryout.help()";

#[component]
fn About() -> impl IntoView {
    let device = untrack(|| World::here().read(|client| client.device().to_string()));
    let words = sync_centre::for_developers(HELP);
    let (before, after) = words.split_once(HELP).unwrap_or((&words, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    view! {
        <section class="panel">
            <h2>"Carryout"</h2>
            <dl class="facts">
                <dt>{sync_centre::release()}</dt><dd data-test="release"><span class="code">{RELEASE}</span></dd>
                <dt>{sync_centre::device()}</dt><dd><span class="code">{device}</span></dd>
            </dl>
            <p class="card-note">{before}<code>{HELP}</code>{after}</p>
        </section>
    }
}
