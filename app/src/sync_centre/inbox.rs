//! The inbox: acts that were refused, what happened in plain words, both versions, and the choices.

use domain::dining::TabRefusal;
use domain::kitchen::TicketRefusal;
use domain::ordering::{OrderCommand, OrderRefusal, PlaceOrder};
use domain::{Command, Refusal, Row, Trade};
use leptos::prelude::*;
use sync::outbox::Stage;
use sync::{Act, CommandId, InboxItem, Millis, Reason};

use super::choices::{Choice, Facts, at_another_time, facts, offered};
use super::clash::{self, MenuClash};
use super::settled::{Settled, remember_seen};
use crate::ordering::{Changes, TimeOptions, Times};
use crate::parts::{Empty, Page, money, time};
use crate::texts::sync_centre;
use crate::words::{self, Names};
use crate::world::{Client, World};

/// How often what can be chosen is looked at anew, in milliseconds: as often as a clock on the wall shows another time.
const LOOK_MS: Millis = 60_000;

/// All items that wait for the person who is signed in.
#[component]
pub fn Inbox() -> impl IntoView {
    let world = World::here();
    let ids = Memo::new(move |_| {
        world.read(|client| client.cache().inbox().into_iter().map(|item| item.id).collect::<Vec<CommandId>>())
    });
    remember_seen(world);
    view! {
        <Page title=words::inbox().to_owned()>
            <p class="lead">{sync_centre::inbox_lead()}</p>
            {move || ids.with(Vec::is_empty).then(|| view! {
                <Empty title=sync_centre::inbox_empty() text=sync_centre::inbox_empty_says() />
            })}
            <ul class="acts"><For each=move || ids.get() key=|id| *id children=|id| view! { <ItemCard id /> } /></ul>
            <Settled />
        </Page>
    }
}

fn item(client: &Client, id: CommandId) -> Option<InboxItem<Trade>> {
    client.cache().inbox().into_iter().find(|item| item.id == id).cloned()
}

/// What is told of an item.
#[derive(Clone, PartialEq)]
struct Told {
    item: InboxItem<Trade>,
    what: String,
    facts: Facts,
    /// What stood in the way then, and what stands now, where the two can be named.
    stood: Option<String>,
    stands: Option<String>,
    /// What fell with it.
    dependents: Vec<String>,
}

fn told(client: &Client, id: CommandId, now: Millis) -> Option<Told> {
    let item = item(client, id)?;
    let names = Names(client);
    let dependents = item.dependents.iter().map(|command| words::act(&Act::Do(command.clone()), &names)).collect();
    let stood = stood(&item.reason);
    let stands = client
        .cache()
        .row(&item.lane)
        .and_then(|row| stands(row, &item.reason))
        .filter(|now| Some(now) != stood.as_ref());
    Some(Told {
        what: words::act(&item.act, &names),
        facts: facts(client, &item, now),
        stood,
        stands,
        dependents,
        item,
    })
}

/// How the thing stood that stood in the way.
fn stood(reason: &Reason<Trade>) -> Option<String> {
    let Reason::Trade(refusal) = reason else { return None };
    match refusal {
        Refusal::Order(OrderRefusal::SlotGone { next: Some(next), .. }) => {
            Some(sync_centre::first_time(&time::slot(*next)))
        }
        Refusal::Order(OrderRefusal::SlotGone { next: None, .. }) => Some(sync_centre::no_time().to_owned()),
        Refusal::Order(OrderRefusal::TooLate(status)) => Some(words::order_status(*status).to_owned()),
        Refusal::Ticket(TicketRefusal::Over(progress)) => Some(words::progress(*progress).to_owned()),
        Refusal::Ticket(TicketRefusal::AlreadyAccepted(_)) => Some(sync_centre::accepted_already().to_owned()),
        Refusal::Ticket(TicketRefusal::NotAccepted) => Some(sync_centre::not_accepted_yet().to_owned()),
        Refusal::Tab(TabRefusal::TooLate(stage)) => Some(words::tab_stage(*stage).to_owned()),
        Refusal::Tab(TabRefusal::OtherSum(now)) => Some(words::sum(*now)),
        _ => None,
    }
}

/// How the row stands now, where that is what the reason is about.
fn stands(row: &Row, reason: &Reason<Trade>) -> Option<String> {
    match row {
        Row::Order(order) => Some(words::order_status(order.status).to_owned()),
        Row::Ticket(ticket) => Some(words::progress(ticket.progress).to_owned()),
        Row::Tab(tab) => matches!(reason, Reason::Trade(Refusal::Tab(TabRefusal::TooLate(_))))
            .then(|| words::tab_stage(tab.stage()).to_owned()),
        _ => None,
    }
}

#[component]
fn ItemCard(id: CommandId) -> impl IntoView {
    let world = World::here();
    let now = Memo::new(move |_| world.now().div_euclid(LOOK_MS) * LOOK_MS);
    let told = Memo::new(move |_| world.read(|client| told(client, id, now.get())));
    let clash = Memo::new(move |_| world.read(|client| clash::clash(client, &item(client, id)?)));
    // The decision is a part of its own: what is typed there outlives whatever else changes.
    let chosen = Memo::new(move |_| world.read(|client| client.choice_made(id).map(|(_, stage)| stage)));
    let is_there = Memo::new(move |_| told.with(Option::is_some));
    let code = move || told.with(|told| told.as_ref().map(|told| told.item.reason.code()));
    move || {
        is_there.get().then(|| {
            view! {
                <li class="panel inbox-item" data-test="inbox-item" data-id=id.to_string() data-code=code>
                    {move || told.get().map(|told| view! { <Story told clash /> })}
                    <Decision id told clash chosen />
                </li>
            }
        })
    }
}

/// What was wanted, what stood, and why the two do not go together.
#[component]
fn Story(told: Told, clash: Memo<Option<MenuClash>>) -> impl IntoView {
    let Told { item, what, facts, stood, stands, dependents } = told;
    let was_order = matches!(item.act, Act::Do(Command::Order(OrderCommand::Place(_))));
    let why = words::reason(&item.reason);
    let sides = stood.map(|stood| {
        let (wanted, stands) = (what.clone(), stands);
        view! {
            <dl class="versus" data-test="versions">
                <div class="mine"><dt>{sync_centre::you_wanted()}</dt><dd>{wanted}</dd></div>
                <div class="theirs"><dt>{sync_centre::stood_at()}</dt><dd>{stood}</dd></div>
                {stands.map(|now| view! { <div><dt>{sync_centre::now()}</dt><dd>{now}</dd></div> })}
            </dl>
        }
    });
    let fell = (!dependents.is_empty()).then(|| {
        view! {
            <div data-test="dependents">
                <p>{sync_centre::fell_with_it()}</p>
                <ul class="bullets">{dependents.into_iter().map(|one| view! { <li>{one}</li> }).collect_view()}</ul>
            </div>
        }
    });
    view! {
        <h2>{words::inbox_title(&item.reason)}</h2>
        <p class="card-note">{sync_centre::tapped_at(&what, &time::moment(item.acted_at))}</p>
        {move || clash.with(Option::is_none).then(|| view! { <p>{why.clone()} {was_order.then(words::nothing_happened)}</p> })}
        {sides}
        {move || clash.get().map(|clash| view! { <clash::Versions clash /> })}
        {was_order.then(|| view! { <OrderFacts facts /> })}
        {fell}
    }
}

#[component]
fn OrderFacts(facts: Facts) -> impl IntoView {
    (!facts.changes.is_empty()).then(|| {
        let sums = facts.before.map(|before| {
            let after = facts.after.map_or_else(|| sync_centre::nothing_left_to_order().to_owned(), money::text);
            view! { <p class="total"><span>{sync_centre::total()}</span><span class="price"><s>{money::text(before)}</s>" "<strong>{after}</strong></span></p> }
        });
        view! { <Changes changes=facts.changes />{sums} }
    })
}

/// The choices, or what was chosen and how far that has come.
#[component]
fn Decision(
    id: CommandId,
    told: Memo<Option<Told>>,
    clash: Memo<Option<MenuClash>>,
    chosen: Memo<Option<Stage>>,
) -> impl IntoView {
    let is_clash = Memo::new(move |_| clash.with(Option::is_some));
    move || {
        match chosen.get() {
        Some(stage) => {
            view! { <p class="pending" role="status" data-test="choice-made">{words::choice_made(stage, World::here().kept())}</p> }
                .into_any()
        }
        None if is_clash.get() => {
            clash.get_untracked().map(|first| view! { <clash::Settle id first clash /> }).into_any()
        }
        None => view! { <Choices id told /> }.into_any(),
    }
    }
}

#[component]
fn Choices(id: CommandId, told: Memo<Option<Told>>) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let choices = Memo::new(move |_| {
        told.with(|told| told.as_ref().map(|told| offered(&told.item, &told.facts)).unwrap_or_default())
    });
    let choose = move |choice: Choice| match choice.command {
        Some(command) => world.give(command, Some(id), busy),
        None => world.dismiss(id, busy),
    };
    let button = move |choice: Choice| {
        let class = if choice.is_first { "button primary" } else { "button" };
        let (hook, name) = (choice.hook, choice.name.clone());
        view! {
            <button type="button" class=class data-test="choice" data-choice=hook prop:disabled=busy
                on:click=move |_| choose(choice.clone())>{name}</button>
        }
    };
    view! {
        <OtherTime id told busy />
        <div class="actions">{move || choices.get().into_iter().map(button).collect_view()}</div>
    }
}

/// Another time for an order that could not be had when it was wanted. None is chosen beforehand.
#[component]
fn OtherTime(id: CommandId, told: Memo<Option<Told>>, busy: RwSignal<bool>) -> impl IntoView {
    let world = World::here();
    let wanted = RwSignal::new(None::<Millis>);
    // Only what is chosen is ordered: as soon as possible is a button of its own.
    let times = Memo::new(move |_| told.with(|told| told.as_ref()?.facts.times.clone()).and_then(Times::for_later));
    let order = Memo::new(move |_| told.with(|told| at_another_time(&told.as_ref()?.item, &told.as_ref()?.facts)));
    let is_there = Memo::new(move |_| times.with(Option::is_some) && order.with(Option::is_some));
    let choose = move |_| {
        if let (Some((place, _)), Some(at)) = (order.get_untracked(), wanted.get_untracked()) {
            let place = PlaceOrder { wanted: Some(at), ..place };
            world.give(Command::Order(OrderCommand::Place(Box::new(place))), Some(id), busy);
        }
    };
    let name =
        move || order.with(|order| order.as_ref().map(|(_, sum)| sync_centre::order_for_time(&money::text(*sum))));
    view! {
        <Show when=move || is_there.get()>
            <div class="accept other-time">
                <label class="field">
                    <span>{sync_centre::another_time()}</span>
                    <select name="other-time" data-test="other-time"
                        on:change:target=move |event| wanted.set(event.target().value().parse().ok())>
                        {move || times.get().map(|times| view! { <TimeOptions times wanted /> })}
                    </select>
                </label>
                <button type="button" class="button" data-test="choice" data-choice="other-time"
                    prop:disabled=move || busy.get() || wanted.get().is_none() on:click=choose>{name}</button>
            </div>
        </Show>
    }
}
