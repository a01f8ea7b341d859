//! The outbox: each act of this person in words of the trade, with how far it has come.

use domain::Trade;
use leptos::prelude::*;
use sync::outbox::{Entry, Stage};
use sync::{CommandId, Millis};

use crate::parts::{Empty, Notice, Page, Tone, time};
use crate::words;
use crate::world::{Client, World};

/// The most acts of the past that are listed.
const OVER_MAX: usize = 50;

/// The way of an act, as it is drawn.
const WAY: [Stage; 4] = [Stage::Saved, Stage::Sent, Stage::Accepted, Stage::Done];

/// An act on the list.
#[derive(Clone, PartialEq)]
struct Row {
    id: CommandId,
    what: String,
    stage: Stage,
    at: Millis,
    explained: Option<String>,
    doubt: Option<String>,
    bytes: String,
}

fn row(client: &Client, entry: &Entry<Trade>) -> Row {
    let record = &entry.record;
    let what = match &entry.envelope {
        Some(envelope) => words::act(&envelope.act, &words::Names(client)),
        None => "Written by a newer version; waiting for the update".to_owned(),
    };
    let explained = match record.stage {
        Stage::NeedsYou => Some(words::parked(record.parked).to_owned()),
        Stage::Refused => record.reason.as_ref().map(words::reason),
        _ => None,
    };
    let pending =
        client.overlay(&record.lane).and_then(|overlay| overlay.pending.iter().find(|act| act.id == record.id));
    Row {
        id: record.id,
        what,
        stage: record.stage,
        at: entry.envelope.as_ref().map_or(record.changed_at, |envelope| envelope.acted_at),
        explained,
        doubt: pending.and_then(|act| act.forecast.as_ref().err()).map(words::forecast),
        bytes: record.bytes.clone(),
    }
}

/// All acts of the person who is signed in.
#[component]
pub fn Outbox(sign_in: &'static str) -> impl IntoView {
    let world = World::here();
    let rows = Memo::new(move |_| {
        world.read(|client| {
            let account = client.actor().map(|actor| &actor.account);
            let own = client.outbox().entries().rev().filter(|entry| Some(&entry.record.account) == account);
            own.map(|entry| row(client, entry)).collect::<Vec<_>>()
        })
    });
    let open = Memo::new(move |_| {
        rows.with(|rows| rows.iter().filter(|row| !row.stage.is_settled()).cloned().collect::<Vec<_>>())
    });
    let over = Memo::new(move |_| {
        let over = |row: &&Row| row.stage.is_settled();
        rows.with(|rows| rows.iter().filter(over).take(OVER_MAX).cloned().collect::<Vec<_>>())
    });
    let status = world.status();
    let waiting = Memo::new(move |_| status.with(|status| status.waiting));
    let paused = move || {
        status.with(|status| status.paused).map(|why| {
            view! {
                <Notice tone=Tone::Warning>
                    <p>{words::paused(why)}</p>
                    <a class="button" href=sign_in>{words::sign_in()}</a>
                </Notice>
            }
        })
    };
    let send = move || {
        (waiting.get() > 0).then(|| view! {
        <div class="panel-head">
            <p>{words::waiting_to_leave(waiting.get())}</p>
            <button type="button" class="button primary" data-test="send-now" on:click=move |_| world.send_now()>"Send now"</button>
        </div>
    })
    };
    view! {
        <Page title=words::outbox().to_owned()>
            <p class="lead">"What you did on this device, and how far each of it has come."</p>
            {paused}
            {send}
            {move || (open.with(Vec::is_empty) && over.with(Vec::is_empty)).then(|| view! {
                <Empty title="Nothing here" text="When you order, cancel or change something, it is saved here first and sent from here." />
            })}
            {move || (!open.with(Vec::is_empty)).then(|| view! { <List title="On their way" rows=open /> })}
            {move || (!over.with(Vec::is_empty)).then(|| view! { <List title="Settled" rows=over /> })}
        </Page>
    }
}

#[component]
fn List(title: &'static str, rows: Memo<Vec<Row>>) -> impl IntoView {
    view! {
        <section>
            <h2>{title}</h2>
            <ul class="acts">{move || rows.get().into_iter().map(|row| view! { <ActRow row /> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn ActRow(row: Row) -> impl IntoView {
    let world = World::here();
    let id = row.id;
    let tone = if row.stage == Stage::NeedsYou { Tone::Bad } else { Tone::Info };
    view! {
        <li class="panel act" data-test="act" data-id=id.to_string() data-stage=row.stage.name()>
            <div class="panel-head">
                <p class="act-what">{row.what}</p>
                <time class="card-note">{time::moment(row.at)}</time>
            </div>
            <Progress stage=row.stage />
            {row.explained.map(|why| view! { <Notice tone><p>{why}</p></Notice> })}
            {row.doubt.map(|doubt| view! { <Notice tone=Tone::Warning><p>{doubt}</p></Notice> })}
            {(row.stage == Stage::NeedsYou).then(|| view! {
                <div class="actions">
                    <button type="button" class="button primary" data-test="try-again" on:click=move |_| world.try_again(id)>{words::try_again()}</button>
                    <a class="button" data-test="export" download=format!("carryout-act-{id}.json") href=as_download(&row.bytes)>"Keep a copy"</a>
                </div>
            })}
        </li>
    }
}

/// The stages passed and to come; one that left the way stands alone.
#[component]
fn Progress(stage: Stage) -> impl IntoView {
    if matches!(stage, Stage::Refused | Stage::NeedsYou) {
        return view! { <p class=format!("stage-name {}", stage.name())>{words::stage(stage)}</p> }.into_any();
    }
    let way = if stage == Stage::Asked { [Stage::Saved, Stage::Sent, Stage::Asked, Stage::Done] } else { WAY };
    let dot = |one: Stage| {
        let class = if one == stage {
            "current"
        } else if one < stage {
            "reached"
        } else {
            ""
        };
        view! { <li class=class aria-current=(one == stage).then_some("step")>{words::stage_short(one)}</li> }
    };
    view! { <ol class="way">{way.map(dot).collect_view()}</ol> }.into_any()
}

fn as_download(bytes: &str) -> String {
    format!("data:application/json,{}", String::from(js_sys::encode_uri_component(bytes)))
}
