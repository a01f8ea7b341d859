//! The buttons under a trouble: what an operator can do about it.

use std::sync::Arc;

use domain::delivery::zone::Seat;
use domain::id::zone_key;
use domain::ops::{Case, CaseCommand, Concern};
use domain::{Command, OrderId, Row};
use leptos::prelude::*;

use crate::parts::{Asking, GiveBackButton, Question, Reason};
use crate::texts::{common, desk};
use crate::world::World;

/// What a kitchen that was called is given, in minutes.
const GIVES_MIN: [u32; 3] = [5, 10, 20];

/// What operators do most about what has no end of its own.
fn notes() -> Vec<&'static str> {
    vec![desk::called_customer(), desk::called_driver(), desk::called_restaurant()]
}

/// Why operators give money back most.
fn gives_back() -> Vec<&'static str> {
    vec![desk::never_brought(), desk::something_missing(), desk::our_mistake()]
}

#[component]
pub(super) fn Measures(concern: Concern, case: Case) -> impl IntoView {
    let order = case.order;
    match concern {
        Concern::KitchenSilent => view! {
            <GiveTime order />
            <GiveUp order concern says=desk::end_silent_says() />
        }
        .into_any(),
        Concern::NobodyFound => view! {
            <Choose case />
            <GiveUp order concern says=desk::end_nobody_found_says() />
        }
        .into_any(),
        Concern::NotDelivered
        | Concern::NobodyThere
        | Concern::Contradicted
        | Concern::NotCharged
        | Concern::NotGivenBack => view! { <Settle order concern /> }.into_any(),
    }
}

#[component]
fn GiveTime(order: OrderId) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let give = move |minutes| world.give(Command::Case(CaseCommand::GiveTime { order, minutes }), None, busy);
    let button = |minutes: u32| {
        view! {
            <button type="button" class="button" data-test="give-time" data-minutes=minutes.to_string() prop:disabled=busy
                on:click=move |_| give(minutes)>{common::minutes(u64::from(minutes))}</button>
        }
    };
    view! {
        <div class="measure" role="group" aria-label=desk::give_kitchen_time()>
            <span>{desk::give_it_time()}</span>
            {GIVES_MIN.map(button).collect_view()}
        </div>
    }
}

/// Who is on duty, whoever has least first; a tap gives it to them.
#[component]
fn Choose(case: Case) -> impl IntoView {
    let world = World::here();
    let (order, zone) = (case.order, case.zone.clone());
    let busy = RwSignal::new(false);
    let seats = Memo::new(move |_| {
        let key = zone.as_ref().map(zone_key);
        let board = key.and_then(|key| world.row(&key, Row::as_zone)).unwrap_or_default();
        let mut seats: Vec<Seat> = board.drivers.into_iter().filter(|seat| seat.on_duty).collect();
        seats.sort_by_key(|seat| seat.carries.len());
        seats
    });
    let button = move |seat: Seat| {
        let (driver, name) = (seat.driver.clone(), seat.driver.to_string());
        let has = match seat.carries.len() {
            0 => desk::driver_is_free(&name),
            meals => desk::driver_has(&name, meals as u64),
        };
        let give = move |_| {
            let command = CaseCommand::Choose { order, driver: driver.clone() };
            world.give(Command::Case(command), None, busy);
        };
        view! {
            <button type="button" class="button" data-test="choose-driver" data-driver=name prop:disabled=busy
                on:click=give>{has}</button>
        }
    };
    view! {
        <div class="measure" role="group" aria-label=desk::choose_driver()>
            <Show when=move || !seats.with(Vec::is_empty) fallback=|| view! { <span>{desk::nobody_there_on_duty()}</span> }>
                <span>{desk::give_it_to()}</span>
                {move || seats.get().into_iter().map(button).collect_view()}
            </Show>
        </div>
    }
}

/// The button, and the question whether it is meant.
#[component]
fn GiveUp(order: OrderId, concern: Concern, says: &'static str) -> impl IntoView {
    let asking = Asking::here();
    let question = move || Question {
        title: desk::end_this_order(),
        says,
        reason: Reason::NotAsked,
        most: None,
        confirm: ("confirm-give-up", desk::end_it()),
        command: Arc::new(move |_| Command::Case(CaseCommand::GiveUp { order, concern })),
    };
    view! {
        <button type="button" class="button quiet wide" data-test="give-up" on:click=move |_| asking.ask(question())>
            {desk::end_order()}
        </button>
    }
}

/// The button, and the question how it was seen to.
#[component]
fn Settle(order: OrderId, concern: Concern) -> impl IntoView {
    let asking = Asking::here();
    let question = move || Question {
        title: desk::what_was_done(),
        says: desk::what_was_done_says(),
        reason: Reason::Must(notes()),
        most: None,
        confirm: ("confirm-settle", desk::it_is_seen_to()),
        command: Arc::new(move |answer| {
            Command::Case(CaseCommand::Settle { order, concern, note: answer.reason.into() })
        }),
    };
    view! {
        <button type="button" class="button primary wide" data-test="settle" on:click=move |_| asking.ask(question())>
            {desk::saw_to_it()}
        </button>
    }
}

/// The button under a case of which money may be given back.
pub(super) fn give_back(case: &Case) -> Option<impl IntoView + use<>> {
    let order = case.order;
    case.may_give_back().map(|most| {
        view! {
            <GiveBackButton most reasons=gives_back() order
                command=|order, amount, note| Command::Case(CaseCommand::GiveBack { order, amount, note }) />
        }
    })
}
