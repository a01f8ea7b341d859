//! The live board: a column a stage, first what is to be begun first, what is done folded away below.

use domain::kitchen::{Progress, Ticket};
use domain::{OrderId, Row};
use leptos::prelude::*;

use super::card::{TicketCard, TicketRow};
use crate::catalog::OpeningSwitch;
use crate::dining::FromTables;
use crate::parts::{Empty, Page, Skeleton};
use crate::pending::{Pinned, pinned};
use crate::texts::{catalog, kitchen};
use crate::words;
use crate::world::World;

/// The columns, and what one of them is called while nothing is in it.
fn columns() -> [(Progress, &'static str); 4] {
    [
        (Progress::Waiting, kitchen::no_new_orders()),
        (Progress::Accepted, kitchen::nothing_accepted()),
        (Progress::Cooking, kitchen::nothing_cooking()),
        (Progress::Ready, kitchen::nothing_ready()),
    ]
}

/// The most tickets of the past that are listed: a busy evening.
const OVER_MAX: usize = 60;

fn tickets(world: World) -> Memo<Vec<Pinned<Ticket>>> {
    Memo::new(move |_| {
        let mut board = world.read(|client| pinned(client, "ticket", Row::as_ticket));
        board.sort_by_key(|pinned| (pinned.row.begins_at(), pinned.row.number));
        board
    })
}

/// The first screen of a restaurant.
#[component]
pub fn Board() -> impl IntoView {
    let world = World::here();
    let board = tickets(world);
    let waiting = Memo::new(move |_| {
        board.with(|board| board.iter().filter(|pinned| pinned.row.progress == Progress::Waiting).count())
    });
    let is_empty = Memo::new(move |_| board.with(Vec::is_empty));
    let is_ours = Memo::new(move |_| world.own_restaurant().is_some());
    let title = move || match waiting.get() {
        0 => kitchen::board().to_owned(),
        waiting => kitchen::board_new(waiting as u64),
    };
    let body = move || {
        if !is_ours.get() {
            return signed_out(world).into_any();
        }
        if is_empty.get() && world.is_loading() {
            return view! { <Skeleton rows=4 /> }.into_any();
        }
        view! {
            <FromTables />
            <div class="board">{columns().map(|(progress, none)| view! { <Column board progress none /> }).collect_view()}</div>
            <Over board />
            <a class="button quiet" href="/kitchen/archive" data-test="archive-link">{words::archive()}</a>
            <a class="button quiet" href="/kitchen/figures" data-test="figures-link">{words::figures()}</a>
        }
        .into_any()
    };
    view! {
        <Page title=Signal::derive(title) class="page-board">
            <OpeningSwitch />
            {body}
        </Page>
    }
}

pub(super) fn signed_out(world: World) -> impl IntoView {
    let text = if world.actor().is_some() { kitchen::customer_is_signed_in() } else { kitchen::board_is_whose() };
    view! {
        <Empty title=catalog::sign_in_as_restaurant() text>
            <a class="button primary" href="/kitchen/sign-in">{words::sign_in()}</a>
        </Empty>
    }
}

#[component]
fn Column(board: Memo<Vec<Pinned<Ticket>>>, progress: Progress, none: &'static str) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let here = |pinned: &&Pinned<Ticket>| pinned.row.progress == progress;
        board.with(|board| board.iter().filter(here).map(|pinned| pinned.row.order).collect::<Vec<OrderId>>())
    });
    let one = move |id: OrderId| {
        let pinned =
            Memo::new(move |_| board.with(|board| board.iter().find(|pinned| pinned.row.order == id).cloned()));
        view! { <li>{move || pinned.get().map(|pinned| view! { <TicketCard pinned /> })}</li> }
    };
    view! {
        <section class=format!("column column-{}", progress.name())>
            <h2>{words::progress(progress)} " " <span class="count">{move || ids.with(Vec::len)}</span></h2>
            <ul class="tickets"><For each=move || ids.get() key=|id| *id children=one /></ul>
            {move || ids.with(Vec::is_empty).then(|| view! { <p class="column-empty">{none}</p> })}
        </section>
    }
}

#[component]
fn Over(board: Memo<Vec<Pinned<Ticket>>>) -> impl IntoView {
    let over = Memo::new(move |_| {
        let over = |pinned: &&Pinned<Ticket>| pinned.row.progress.is_final();
        board.with(|board| board.iter().rev().filter(over).take(OVER_MAX).cloned().collect::<Vec<_>>())
    });
    move || {
        let over = over.get();
        (!over.is_empty()).then(|| view! {
            <details class="over" open>
                <summary>{kitchen::done(over.len() as u64)}</summary>
                <ul class="cards">{over.into_iter().map(|pinned| view! { <TicketRow pinned /> }).collect_view()}</ul>
            </details>
        })
    }
}
