//! The sync centre: all that is so on this device, how it keeps things, and how far the server was read.

use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Storage;
use sync::Millis;
use sync::protocol::Fault;

use super::outbox::SendNow;
use crate::condition::Condition;
use crate::parts::{LanguageChoice, Page, UpdateButton, time};
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
            <p class="lead">"How this device stands with the server, and how well it keeps what you do."</p>
            <section class="panel" data-test="standing">
                <h2>"Now"</h2>
                <ul class="standing">
                    <For each=move || conditions.get() key=|condition| condition.name() children=one />
                </ul>
                <SendNow />
                <Ways outbox inbox />
            </section>
            <Keeping />
            <Server />
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
        Condition::NeedsYou => Some(view! { <a class="button" href=outbox>"See the outbox"</a> }.into_any()),
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
            <h2>"On this device"</h2>
            <dl class="facts">
                <dt>"Kept"</dt><dd data-test="storage-kept">{kept}</dd>
                <dt>"Asked"</dt><dd data-test="storage-asked">{asked}</dd>
                <dt>"Room"</dt><dd data-test="storage-room">{room}</dd>
            </dl>
            <Faults />
        </section>
    }
}

fn room(storage: &Storage) -> String {
    match (storage.used, storage.quota) {
        (Some(used), Some(quota)) => format!("{} of {} used", words::bytes(used), words::bytes(quota)),
        (Some(used), None) => format!("{} used", words::bytes(used)),
        _ => "The browser does not say.".to_owned(),
    }
}

/// What could not be made sense of. It was told to the operator; the person may want to tell it to somebody who helps.
#[component]
fn Faults() -> impl IntoView {
    let world = World::here();
    let faults = Memo::new(move |_| world.faults());
    let row =
        |fault: Fault| view! { <li>{words::fault(&fault)}<br /><small class="card-note">{fault.about}</small></li> };
    move || {
        let faults = faults.get();
        let title = match faults.len() {
            0 => "No faults noticed since this page was opened.".to_owned(),
            number => format!("{} noticed since this page was opened:", words::count(number, "fault", "faults")),
        };
        view! {
            <p data-test="faults" data-count=faults.len().to_string()>{title}</p>
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
        at.map_or_else(
            || "Nothing came yet.".to_owned(),
            |at| format!("{}, by the server\u{2019}s clock", time::moment(at)),
        )
    };
    let position = move || {
        reading.with(|reading| match reading.position {
            Some(position) => format!("Up to change {position} of the server\u{2019}s history"),
            None => "Nothing yet".to_owned(),
        })
    };
    let history = move || reading.with(|reading| reading.history.clone().unwrap_or_else(|| "Not known yet".to_owned()));
    let leads = move || {
        if reading.with(|reading| reading.leads) {
            "This tab sends and listens for all tabs"
        } else {
            "Another tab of this browser sends and listens"
        }
    };
    view! {
        <section class="panel">
            <h2>"With the server"</h2>
            <dl class="facts">
                <dt>"Last word"</dt><dd data-test="last-sync">{as_of}</dd>
                <dt>"Read"</dt><dd data-test="cursor">{position}</dd>
                <dt>"History"</dt><dd>{history}</dd>
                <dt>"Tabs"</dt><dd>{leads}</dd>
            </dl>
        </section>
    }
}

#[component]
fn About() -> impl IntoView {
    let device = World::here().read(|client| client.device().to_string());
    view! {
        <section class="panel">
            <h2>"Carryout"</h2>
            <dl class="facts">
                <dt>"Release"</dt><dd data-test="release">{RELEASE}</dd>
                <dt>"Device"</dt><dd>{device}</dd>
            </dl>
            <p class="card-note">
                "For developers: open the browser\u{2019}s console on this page and type " <code>"carryout.help()"</code>
                ". It shows all of this, act by act and row by row."
            </p>
        </section>
    }
}
