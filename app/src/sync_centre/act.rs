//! One act in the outbox: what it is, how far it has come, and what may still be done about it.

use domain::ordering::{LineChange, OrderCommand, PlaceOrder, price};
use domain::{Command, OrderId, Row, Trade, id};
use leptos::prelude::*;
use replica::Keeping;
use sync::outbox::{Entry, Stage, StayError};
use sync::{Act, CommandId, Millis};

use super::back::{AskToCancel, TakeBack};
use super::change::{self, ChangeAct};
use super::export::Export;
use crate::meanwhile::{Meanwhile, meanwhile};
use crate::ordering::Changes;
use crate::parts::{Notice, Tone, time};
use crate::texts::sync_centre;
use crate::words::{self, Names};
use crate::world::{Client, World};

/// The way of an act, as it is drawn.
const WAY: [Stage; 4] = [Stage::Saved, Stage::Sent, Stage::Accepted, Stage::Done];

/// What is known of an act.
#[derive(Clone, PartialEq)]
struct Known {
    what: String,
    stage: Stage,
    /// When the person tapped, and when the stage changed last.
    at: Millis,
    since: Millis,
    /// Why it needs its person, or was refused.
    explained: Option<String>,
    /// What it has to wait for besides the server.
    behind: Option<String>,
    doubt: Option<String>,
    meanwhile: Option<Meanwhile>,
    changes: Vec<LineChange>,
}

/// What may be done about an act.
#[derive(Clone, PartialEq)]
struct Means {
    /// The way to change it, where it may be changed.
    change: Option<change::Way>,
    /// The names of those that go with it when it is taken back, where it may be.
    back: Option<Vec<String>>,
    /// Why it cannot be changed, though it may be taken back.
    stays: Option<StayError>,
    /// The order that may be asked to be cancelled, because the act has left.
    cancel: Option<OrderId>,
    needs_you: bool,
}

fn placed(entry: &Entry<Trade>) -> Option<&PlaceOrder> {
    match entry.envelope.as_ref()?.command()? {
        Command::Order(OrderCommand::Place(place)) => Some(place),
        _ => None,
    }
}

fn name(client: &Client, id: CommandId) -> String {
    let act = client.outbox().get(id).and_then(|entry| entry.envelope.as_ref()).map(|envelope| &envelope.act);
    act.map_or_else(|| sync_centre::act_of_newer_release().to_owned(), |act| words::act(act, &Names(client)))
}

fn known(client: &Client, id: CommandId) -> Option<Known> {
    let entry = client.outbox().get(id)?;
    let record = &entry.record;
    let explained = match record.stage {
        Stage::NeedsYou => Some(words::parked(record.parked).to_owned()),
        Stage::Refused => record.reason.as_ref().map(words::reason),
        _ => None,
    };
    let pending = client.overlay(&record.lane).and_then(|overlay| overlay.pending.iter().find(|act| act.id == id));
    let is_open = matches!(record.stage, Stage::Saved | Stage::Sent | Stage::NeedsYou);
    let menu = |place: &PlaceOrder| client.row(&id::menu_key(&place.restaurant)).and_then(Row::as_menu);
    let changes = placed(entry).filter(|_| is_open).and_then(|place| Some(price::changes(&place.lines, menu(place)?)));
    Some(Known {
        what: name(client, id),
        stage: record.stage,
        at: entry.envelope.as_ref().map_or(record.changed_at, |envelope| envelope.acted_at),
        since: record.changed_at,
        explained,
        behind: held_behind(client, entry),
        doubt: pending.and_then(|act| act.forecast.as_ref().err()).map(words::forecast),
        meanwhile: meanwhile(client, entry),
        changes: changes.unwrap_or_default(),
    })
}

/// The act that has to be dealt with before this one can leave.
fn held_behind(client: &Client, entry: &Entry<Trade>) -> Option<String> {
    let envelope = entry.envelope.as_ref().filter(|_| entry.record.stage == Stage::Saved)?;
    let unreadable: Vec<_> = client.outbox().unreadable().collect();
    let needs_you = |id| client.outbox().get(id).is_some_and(|entry| entry.record.stage == Stage::NeedsYou);
    let stuck = |before: &&CommandId| unreadable.contains(before) || needs_you(**before);
    envelope.after.iter().find(stuck).map(|before| name(client, *before))
}

fn means(client: &Client, id: CommandId) -> Option<Means> {
    let entry = client.outbox().get(id)?;
    let stage = entry.record.stage;
    let going = client.withdrawal(id);
    let is_saved = stage == Stage::Saved && going.is_ok();
    let others = going.as_ref().map(|ids| ids.iter().filter(|other| **other != id).map(|other| name(client, *other)));
    let back: Option<Vec<String>> = others.ok().filter(|_| is_saved).map(Iterator::collect);
    let rested_on = back.as_ref().map_or(0, Vec::len);
    let change = entry.envelope.as_ref().and_then(|envelope| match &envelope.act {
        Act::Do(command) => change::way(command),
        Act::Dismiss => None,
    });
    let is_alone = is_saved && rested_on == 0;
    let stays = (is_saved && rested_on > 0 && change.is_some()).then_some(StayError::RestedOn(rested_on));
    Some(Means {
        change: change.filter(|_| is_alone),
        back,
        stays,
        cancel: placed(entry)
            .filter(|_| going == Err(StayError::Left) && !stage.is_settled())
            .and_then(|place| may_cancel(client, place.order)),
        needs_you: stage == Stage::NeedsYou,
    })
}

/// The order, if there is still something to be cancelled.
pub(super) fn may_cancel(client: &Client, order: OrderId) -> Option<OrderId> {
    let row = client.row(&id::order_key(order)).and_then(Row::as_order)?;
    (!row.status.is_final() && !row.cancel_asked).then_some(order)
}

/// The act `id` with its buttons.
#[component]
pub(super) fn ActCard(id: CommandId) -> impl IntoView {
    let world = World::here();
    let known = Memo::new(move |_| world.read(|client| known(client, id)));
    let means = Memo::new(move |_| world.read(|client| means(client, id)));
    let stage = Memo::new(move |_| known.with(|known| known.as_ref().map(|known| known.stage)));
    let text = move |of: fn(&Known) -> String| known.with(|known| known.as_ref().map(of));
    let left = RwSignal::new(false);
    view! {
        <li class="panel act" data-test="outbox-act" data-id=id.to_string()
            data-stage=move || stage.get().map(Stage::name)>
            <div class="panel-head">
                <p class="act-what">{move || text(|known| known.what.clone())}</p>
                <time class="card-note">{move || text(|known| time::moment(known.at))}</time>
            </div>
            {move || stage.get().map(|stage| view! { <Progress stage /> })}
            <p class="act-stage" data-test="act-stage">{move || known.with(|known| known.as_ref().map(|known| stage_words(known, world.kept())))}</p>
            <Remarks known />
            {move || left.get().then(|| view! {
                <Notice tone=Tone::Warning attr:data-test="act-left" attr:role="alert"><p>{words::has_left()}</p></Notice>
            })}
            <Buttons id means left />
        </li>
    }
}

fn stage_words(known: &Known, kept: Keeping) -> String {
    let stage = words::stage(known.stage, kept);
    if known.since == known.at { stage.to_owned() } else { format!("{stage} \u{b7} {}", time::moment(known.since)) }
}

/// What speaks against it, what changed under it, and what holds it up.
#[component]
fn Remarks(known: Memo<Option<Known>>) -> impl IntoView {
    move || {
        let Known { stage, explained, behind, doubt, meanwhile, changes, .. } = known.get()?;
        let tone = if stage == Stage::NeedsYou { Tone::Bad } else { Tone::Info };
        // The table says what the doubt would only hint at.
        let doubt = doubt.filter(|_| changes.is_empty());
        Some(view! {
            {explained.map(|why| view! { <Notice tone><p>{why}</p></Notice> })}
            {behind.map(|before| view! { <Notice tone=Tone::Warning><p>{words::waits_behind(&before)}</p></Notice> })}
            {doubt.map(|doubt| view! { <Notice tone=Tone::Warning><p>{doubt}</p></Notice> })}
            {meanwhile.map(|meanwhile| view! { <crate::meanwhile::Overtaken meanwhile /> })}
            {(!changes.is_empty()).then(|| view! {
                <Notice tone=Tone::Warning attr:data-test="overtaken">
                    <p>{words::menu_moved()}</p>
                    <Changes changes />
                </Notice>
            })}
        })
    }
}

#[component]
fn Buttons(id: CommandId, means: Memo<Option<Means>>, left: RwSignal<bool>) -> impl IntoView {
    let world = World::here();
    move || {
        let Means { change, back, stays, cancel, needs_you } = means.get()?;
        let has_any = change.is_some() || back.is_some() || cancel.is_some() || needs_you;
        has_any.then(|| view! {
            {stays.map(|why| view! { <p class="card-note">{words::cannot_change(why)}</p> })}
            <div class="actions">
                {needs_you.then(|| view! {
                    <button type="button" class="button primary" data-test="try-again" on:click=move |_| world.try_again(id)>{words::try_again()}</button>
                    <Export id />
                })}
                {change.map(|way| view! { <ChangeAct id way left /> })}
                {back.map(|others| view! { <TakeBack id others left /> })}
                {cancel.map(|order| view! { <AskToCancel order /> })}
            </div>
        })
    }
}

/// The stages passed and to come; one that left the way has none.
#[component]
fn Progress(stage: Stage) -> impl IntoView {
    if matches!(stage, Stage::Refused | Stage::NeedsYou) {
        return ().into_any();
    }
    let way = if stage == Stage::Asked { [Stage::Saved, Stage::Sent, Stage::Asked, Stage::Done] } else { WAY };
    let kept = World::here().kept();
    let dot = |one: Stage| {
        let class = if one == stage {
            "current"
        } else if one < stage {
            "reached"
        } else {
            ""
        };
        view! { <li class=class aria-current=(one == stage).then_some("step")>{words::stage_short(one, kept)}</li> }
    };
    view! { <ol class="way">{way.map(dot).collect_view()}</ol> }.into_any()
}
