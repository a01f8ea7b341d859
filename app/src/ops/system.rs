//! The second screen of an operator: how the whole goes. The server is asked while somebody looks, and nothing is kept; what was
//! said last stays on the screen, with its time.

use domain::OrderId;
use domain::access::OPERATOR;
use leptos::prelude::*;

use super::dashboard::{Clients, Dashboard, Line, Rate, Standing, Waiting};
use super::desk::signed_out;
use super::faults::SystemFaults;
use super::story::StoryOf;
use crate::parts::{Notice, Page, Skeleton, Tone, time, while_looked_at};
use crate::texts::{common, system};
use crate::words;
use crate::world::World;

/// How often the server is asked while the screen is looked at, in milliseconds.
const LOOK_EVERY_MS: u32 = 5_000;

/// The screen.
#[component]
pub fn System() -> impl IntoView {
    let world = World::here();
    let is_ours = Memo::new(move |_| world.actor().is_some_and(|actor| actor.role.name == OPERATOR));
    let body = move || {
        if is_ours.get() { view! { <AsItGoes /> }.into_any() } else { signed_out(world).into_any() }
    };
    view! { <Page title=system::system().to_owned() class="page-desk">{body}</Page> }
}

#[component]
fn AsItGoes() -> impl IntoView {
    let world = World::here();
    let (said, trouble) = (RwSignal::new(None::<Dashboard>), RwSignal::new(None::<String>));
    ask_while_looked_at(world, said, trouble);
    let notice = move || {
        let why = trouble.get()?;
        let at = said.with(|said| said.as_ref().map(|said| system::said_at(&time::moment(said.at))));
        let at = at.map(|at| view! { " "{at} });
        Some(view! {
            <Notice tone=Tone::Warning><p data-test="not-asked">{words::sentence(&why)}{at}</p></Notice>
        })
    };
    let is_told = Memo::new(move |_| said.with(Option::is_some));
    let waits = move || (!is_told.get() && trouble.with(Option::is_none)).then(|| view! { <Skeleton rows=6 /> });
    view! {
        {notice}
        {waits}
        <Show when=move || is_told.get()>
            <Health said />
            <Orders said />
            <Rates said />
            <Apps said />
        </Show>
        <SystemFaults />
    }
}

/// What was said last; the sections are there once something was.
type Said = RwSignal<Option<Dashboard>>;

fn of<T: Default>(said: Said, pick: impl Fn(&Dashboard) -> T) -> T {
    said.with(|said| said.as_ref().map(pick)).unwrap_or_default()
}

/// Asks as long as the screen is there and looked at.
fn ask_while_looked_at(world: World, said: Said, trouble: RwSignal<Option<String>>) {
    let ask = async move |()| {
        match world.ask::<Dashboard>("/api/desk/dashboard").await {
            Ok(dashboard) => {
                said.try_set(Some(dashboard));
                trouble.try_set(None);
            }
            Err(why) => drop(trouble.try_set(Some(why))),
        }
        LOOK_EVERY_MS
    };
    while_looked_at(Memo::new(|_| Some(())), ask);
}

#[component]
fn Health(said: Said) -> impl IntoView {
    let all = Memo::new(move |_| of(said, Dashboard::lines));
    let lines = move |well: bool| all.get().into_iter().filter(|line| line.is_well() == well).map(line).collect_view();
    let unwell = Memo::new(move |_| all.with(|all| all.iter().filter(|line| !line.is_well()).count()));
    let verdict = move || {
        let tone = if unwell.get() == 0 { Tone::Good } else { Tone::Warning };
        view! { <Notice tone><p>{words::verdict(unwell.get())}</p></Notice> }
    };
    let of_what = move || of(said, |said| system::server_as_of(&time::clock(said.at), &said.version));
    view! {
        <section class="panel" data-test="health" data-unwell=move || unwell.get().to_string()>
            <h2>{system::parts()}</h2>
            {verdict}
            <ul class="numbers">{move || lines(false)}</ul>
            <details class="ticket-more">
                <summary>{system::what_is_well()}</summary>
                <ul class="numbers">{move || lines(true)}</ul>
            </details>
            <p class="hint">{of_what}</p>
        </section>
    }
}

fn line(line: Line) -> impl IntoView {
    let Line { name, how, says, more } = line;
    view! {
        <li data-test="part" data-how=how>
            <strong>{name}</strong>" "<span>{says}</span>
            {more.map(|more| view! { <small>{more}</small> })}
        </li>
    }
}

#[component]
fn Orders(said: Said) -> impl IntoView {
    let is_quiet = Memo::new(move |_| of(said, |said| said.orders.by_status.is_empty()));
    let standing = move || {
        let (now, by_status) = of(said, |said| (said.at, said.orders.by_status.clone()));
        let line = |Standing { status, orders, since }: Standing| {
            view! {
                <div data-test="standing" data-status=status.name()>
                    <dt>{words::order_status(status)}</dt>
                    <dd>{system::orders_since(&words::age(since, now), orders as u64)}</dd>
                </div>
            }
        };
        by_status.into_iter().map(line).collect_view()
    };
    let compared =
        move || of(said, |said| words::compared(said.compared.at, said.compared.orders, said.compared.differed));
    let ids =
        Memo::new(move |_| of(said, |said| said.orders.oldest.iter().map(|waiting| waiting.order).collect::<Vec<_>>()));
    view! {
        <section class="panel" data-test="orders-under-way">
            <h2>{system::orders_under_way()}</h2>
            <Show when=move || is_quiet.get()><p>{system::no_orders_under_way()}</p></Show>
            <dl class="facts">{standing}</dl>
            <p class="hint" data-test="compared">{compared}</p>
            <ul class="list">
                <For each=move || ids.get() key=|id| *id children=move |order| view! { <UnderWayRow said order /> } />
            </ul>
        </section>
    }
}

/// An order that stands where it stands; its story stays open beside it.
#[component]
fn UnderWayRow(said: Said, order: OrderId) -> impl IntoView {
    let stands = move || {
        let find = |said: &Dashboard| {
            let waiting = said.orders.oldest.iter().find(|waiting| waiting.order == order)?;
            Some((said.at, waiting.clone()))
        };
        let (now, Waiting { restaurant, number, status, since, .. }) = of(said, find)?;
        let name = number.map_or_else(|| order.provisional(), |number| number.to_string());
        Some(view! {
            <strong class="card-title"><bdi>{restaurant}</bdi>{common::list_comma()}<span class="code">{name}</span></strong>
            <span class="card-note">{system::status_for(&words::age(since, now), words::order_status(status))}</span>
        })
    };
    view! {
        <li class="card over-row" data-test="under-way" data-id=order.to_string()>
            <div class="card-words">{stands}<StoryOf order /></div>
        </li>
    }
}

#[component]
fn Rates(said: Said) -> impl IntoView {
    let row = |Rate { kind, minute, hour, day }: Rate| {
        let what = words::fact(&kind)
            .map_or_else(|| view! { <code class="code">{kind.clone()}</code> }.into_any(), IntoAny::into_any);
        view! {
            <tr data-test="rate" data-kind=kind.clone()>
                <th scope="row">{what}</th><td>{minute}</td><td>{hour}</td><td>{day}</td>
            </tr>
        }
    };
    let rows = move || of(said, |said| said.rates.clone()).into_iter().map(row).collect_view();
    view! {
        <section class="panel" data-test="rates">
            <h2>{system::what_happens()}</h2>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{system::fact()}</th><th scope="col">{system::minute()}</th>
                        <th scope="col">{system::hour()}</th><th scope="col">{system::day()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Apps(said: Said) -> impl IntoView {
    let line = |Clients { release, devices, waiting, heard_at }: Clients| {
        view! {
            <li data-test="release" data-release=release.clone()>
                <strong><bdi>{words::release(&release)}</bdi></strong>" "<span>{system::devices_and_acts(waiting as u64, devices as u64)}</span>
                <small>{system::heard_of_at(&time::moment(heard_at))}</small>
            </li>
        }
    };
    let lines = move || of(said, |said| said.clients.clone()).into_iter().map(line).collect_view();
    let talks = move || system::talks(of(said, |said| said.talks) as u64);
    view! {
        <section class="panel" data-test="apps">
            <h2>{system::apps_in_use()}</h2>
            <p>{talks}</p>
            <ul class="numbers">{lines}</ul>
        </section>
    }
}
