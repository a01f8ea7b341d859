//! One ticket on the board.

use domain::Command;
use domain::kitchen::{Progress, Ticket, TicketCommand, TicketLine};
use domain::ordering::Destination;
use leptos::prelude::*;

use super::refuse::{CallOffButton, RefuseButton};
use crate::language::format;
use crate::parts::{GiveBackButton, time};
use crate::pending::Pinned;
use crate::texts::{kitchen, trade};
use crate::words;
use crate::world::World;

/// The promises to choose from, in minutes.
const PROMISES_MIN: [u32; 7] = [10, 15, 20, 30, 45, 60, 90];

/// What a kitchen promises until it says otherwise, in minutes.
const PROMISE_MIN: u32 = 20;

/// How long a ticket may wait for a yes before its card calls for it, in minutes: half of what the customer is told.
const LATE_MIN: i64 = 5;

/// Why kitchens give money back most.
fn gives_back() -> Vec<&'static str> {
    vec![kitchen::back_missing(), kitchen::back_not_as_ordered(), kitchen::back_too_late()]
}

/// The draft under which the last promise is kept.
const PROMISE_DRAFT: &str = "kitchen/promise-min";

/// A ticket with the buttons for what comes next.
#[component]
pub(super) fn TicketCard(pinned: Pinned<Ticket>) -> impl IntoView {
    let world = World::here();
    let Pinned { row: ticket, pending } = pinned;
    let stage = pending.name();
    let asked_at = ticket.asked_at();
    let waits = ticket.progress == Progress::Waiting;
    let age = Memo::new(move |_| time::minutes(asked_at, world.now()));
    let is_late = move || waits && age.get() >= LATE_MIN;
    let wanted = ticket.wanted.filter(|_| !ticket.progress.is_final());
    let is_begun = ticket.progress >= Progress::Cooking;
    let begin = move || {
        let begin_by = wanted.filter(|_| !is_begun)?.begin_by;
        let is_time = begin_by <= world.now();
        let words = if is_time { kitchen::start_now().to_owned() } else { kitchen::start_by(&time::moment(begin_by)) };
        Some(view! { <span class="pill" class:warning=is_time data-test="begin">{words}</span> })
    };
    let due = ticket.ready_at.filter(|_| ticket.progress < Progress::Ready);
    let due = move || {
        // Before it is to be begun, when to begin says more.
        let is_later = wanted.is_some_and(|wanted| !is_begun && wanted.begin_by > world.now());
        due.filter(|_| !is_later).map(|at| {
            let left = time::minutes(world.now(), at);
            let words = match u64::try_from(left) {
                Ok(left @ 1..) => kitchen::due_in(left),
                _ => kitchen::due_now().to_owned(),
            };
            view! { <span class="pill warning">{words}</span> }
        })
    };
    view! {
        <article class="ticket" class:late=is_late data-test="ticket" data-id=ticket.order.to_string()
            data-status=ticket.progress.name() data-stage=stage>
            <header class="ticket-head">
                <h3 class="ticket-number">{format!("#{}", ticket.number)}</h3>
                <span class="ticket-who"><bdi>{ticket.customer_name.as_str().to_owned()}</bdi></span>
                <span class="ticket-age">{move || words::duration(age.get())}</span>
            </header>
            <p class="ticket-how">
                <span class="pill">{how(&ticket.destination)}</span>
                {ticket.has_driver.map(|found| view! {
                    <span class="pill" class:good=found data-test="ticket-driver" data-found=found.to_string()>
                        {words::fetched_by(found)}
                    </span>
                })}
                {wanted.map(|wanted| view! {
                    <span class="pill" data-test="wanted-for">{kitchen::wanted_for(&time::slot(wanted.at))}</span>
                })}
                {begin}
                {due}
            </p>
            <ul class="ticket-lines">{ticket.lines.iter().map(line).collect_view()}</ul>
            {(!ticket.note.is_empty()).then(|| view! { <p class="ticket-note">{ticket.note.as_str().to_owned()}</p> })}
            {cancel_reason(&ticket)}
            <details class="ticket-more">
                <summary>{kitchen::address_phone_sum()}</summary>
                <dl class="facts">
                    <dt>{kitchen::how()}</dt><dd>{words::destination(&ticket.destination)}</dd>
                    {(!ticket.phone.is_empty()).then(|| view! {
                        <dt>{kitchen::phone()}</dt><dd><a href=format!("tel:{}", ticket.phone.as_str())>{ticket.phone.as_str().to_owned()}</a></dd>
                    })}
                    <dt>{kitchen::sum()}</dt><dd data-test="sum">{words::collects(&ticket)}</dd>
                    <dt>{kitchen::since()}</dt><dd>{time::clock(ticket.opened_at)}</dd>
                </dl>
            </details>
            {pending.words()}
            <Buttons ticket=ticket.clone() />
        </article>
    }
}

/// A ticket that is over, on one line.
#[component]
pub(super) fn TicketRow(pinned: Pinned<Ticket>) -> impl IntoView {
    let Pinned { row: ticket, pending } = pinned;
    let dishes = ticket.lines.iter().map(|line| kitchen::dish_times(&line.name, u64::from(line.quantity)));
    let dishes = format::list(dishes);
    view! {
        <li class="card over-row" data-test="ticket" data-id=ticket.order.to_string() data-status=ticket.progress.name()
            data-stage=pending.name()>
            <span class="card-words">
                <strong class="card-title">{format!("#{} ", ticket.number)}<bdi>{ticket.customer_name.as_str().to_owned()}</bdi></strong>
                <span class="card-note clamp">{dishes}</span>
                {ticket.reason.as_ref().map(|reason| view! { <span class="card-note">{reason.as_str().to_owned()}</span> })}
                {cancel_reason(&ticket)}
                {words::given_back(&ticket).map(|words| view! { <span class="card-note" data-test="given-back">{words}</span> })}
                {ticket.withdrawn.as_ref().and_then(words::withdrawn).map(|why| view! { <span class="card-note" data-test="withdrawn">{why}</span> })}
            </span>
            <span class="card-side">
                <span class=format!("pill status-{}", ticket.progress.name())>{words::progress(ticket.progress)}</span>
                {pending.stage.map(|stage| view! { <small>{words::stage(stage, World::here().kept())}</small> })}
                {ticket.may_give_back().map(|most| view! {
                    <GiveBackButton most reasons=gives_back() order=ticket.order
                        command=|order, amount, reason| Command::Ticket(TicketCommand::GiveBack { order, amount, reason }) />
                })}
            </span>
        </li>
    }
}

fn cancel_reason(ticket: &Ticket) -> Option<impl IntoView + use<>> {
    let words = (!ticket.cancel_reason.is_empty()).then(|| words::cancel_reason(ticket.cancel_reason.as_str()));
    words.map(|words| view! { <span class="card-note" data-test="cancel-reason">{words}</span> })
}

fn how(destination: &Destination) -> &'static str {
    match destination {
        Destination::Collect => trade::collect(),
        Destination::Deliver(_) => kitchen::deliver(),
    }
}

fn line(line: &TicketLine) -> impl IntoView + use<> {
    view! {
        <li>
            <span class="ticket-count">{line.quantity}</span>
            <span>
                <strong>{line.name.clone()}</strong>
                {(!line.choices.is_empty()).then(|| view! { <small>{format::list(&line.choices)}</small> })}
                {(!line.note.is_empty()).then(|| view! { <small class="ticket-note">{line.note.as_str().to_owned()}</small> })}
            </span>
        </li>
    }
}

#[component]
fn Buttons(ticket: Ticket) -> impl IntoView {
    let order = ticket.order;
    match ticket.progress {
        Progress::Waiting => view! {
            <AcceptButton ticket=ticket.clone() />
            <RefuseButton order />
        }
        .into_any(),
        Progress::Accepted => view! {
            <Next hook="start" words=kitchen::start_cooking() command=TicketCommand::StartCooking { order } />
            <CallOffButton order />
        }
        .into_any(),
        Progress::Cooking => view! {
            <Next hook="ready" words=kitchen::ready() command=TicketCommand::MarkReady { order } />
            <CallOffButton order />
        }
        .into_any(),
        Progress::Ready => view! {
            <Next hook="hand-over" words=kitchen::handed_over() command=TicketCommand::HandOver { order } />
            <CallOffButton order />
        }
        .into_any(),
        Progress::HandedOver | Progress::Cancelled | Progress::Refused => ().into_any(),
    }
}

#[component]
fn Next(hook: &'static str, words: &'static str, command: TicketCommand) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let give = move |_| world.give(Command::Ticket(command.clone()), None, busy);
    view! {
        <button type="button" class="button primary large wide" data-test=hook prop:disabled=busy on:click=give>
            {move || if busy.get() { words::saving() } else { words }}
        </button>
    }
}

#[component]
fn AcceptButton(ticket: Ticket) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let order = ticket.order;
    let minutes = RwSignal::new(untrack(|| world.draft::<u32>(PROMISE_DRAFT)).unwrap_or(PROMISE_MIN));
    // A meal for later is promised for its time, as long as the kitchen can keep that.
    let at_its_time = ticket.wanted.map(|wanted| wanted.ready_by);
    let at_its_time =
        Memo::new(move |_| at_its_time.filter(|at| time::minutes(world.now(), *at) >= i64::from(PROMISE_MIN)));
    let accept_for = move |_| {
        let ready_in_min = words::AT_ITS_TIME_MIN;
        world.give(Command::Ticket(TicketCommand::Accept { order, ready_in_min }), None, busy);
    };
    let accept = move |_| {
        let ready_in_min = minutes.get_untracked();
        world.give(Command::Ticket(TicketCommand::Accept { order, ready_in_min }), None, busy);
        if untrack(|| world.draft::<u32>(PROMISE_DRAFT)) != Some(ready_in_min) {
            world.note_draft(PROMISE_DRAFT.to_owned(), Some(ready_in_min));
        }
    };
    let option = move |min: u32| {
        view! {
            <option value=min.to_string() selected=move || minutes.get() == min>{words::duration(i64::from(min))}</option>
        }
    };
    let number = u64::from(ticket.number);
    move || {
        match at_its_time.get() {
        Some(at) => view! {
            <button type="button" class="button primary large wide" data-test="accept" prop:disabled=busy on:click=accept_for>
                {move || if busy.get() { words::saving().to_owned() } else { kitchen::accept_for(&time::moment(at)) }}
            </button>
        }
        .into_any(),
        None => view! {
        <div class="accept">
            <label class="field">
                <span class="unseen">{kitchen::ready_in(number)}</span>
                <select name="ready-in" on:change:target=move |event| {
                    minutes.set(event.target().value().parse().unwrap_or(PROMISE_MIN));
                }>
                    {PROMISES_MIN.map(option).collect_view()}
                </select>
            </label>
            <button type="button" class="button primary large" data-test="accept" prop:disabled=busy on:click=accept>
                {move || if busy.get() { words::saving() } else { kitchen::accept() }}
            </button>
        </div>
        }
        .into_any(),
    }
    }
}
