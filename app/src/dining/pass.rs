//! What the kitchen has to cook for tables: a card for each time something was sent, the oldest first, each dish ready with a tap.

use std::collections::BTreeMap;

use domain::Command;
use domain::dining::{LineState, Tab, TabCommand, TabLine};
use domain::id::{LineId, TabId};
use leptos::prelude::*;
use sync::Millis;

use super::dish::dish;
use super::open_tabs;
use crate::parts::time;
use crate::pending::{Pending, Pinned};
use crate::texts::dining;
use crate::words;
use crate::world::World;

/// What was sent together for one table, and is not all ready.
#[derive(Clone, PartialEq)]
struct Sending {
    sent_at: Millis,
    tab: TabId,
    seat: String,
    /// What is to be cooked, and what was taken back of it or sold out meanwhile.
    lines: Vec<TabLine>,
    pending: Pending,
}

impl Sending {
    fn to_cook(&self) -> Vec<LineId> {
        self.lines.iter().filter(|line| line.is_to_cook()).map(|line| line.id).collect()
    }
}

/// What of `tab` is before the kitchen, by when it was sent. What was taken back is said as long as the rest is cooked.
fn sendings(tab: &Tab, pending: &Pending) -> Vec<Sending> {
    let mut sendings: Vec<Sending> = vec![];
    let is_here =
        |line: &TabLine| line.is_to_cook() || (line.state.is_off() && !line.is_ready_made && !line.was_prepared);
    for line in tab.lines.iter().filter(|line| is_here(line)) {
        let Some(sent_at) = line.placed_at else { continue };
        match sendings.iter_mut().find(|sending| sending.sent_at == sent_at) {
            Some(sending) => sending.lines.push(line.clone()),
            None => sendings.push(Sending {
                sent_at,
                tab: tab.id,
                seat: words::seat(tab),
                lines: vec![line.clone()],
                pending: pending.clone(),
            }),
        }
    }
    sendings.retain(|sending| sending.lines.iter().any(TabLine::is_to_cook));
    sendings
}

/// The dishes that are before the kitchen, by whether they were sent from this device and are on their way still.
pub fn before_the_kitchen(world: World) -> Memo<BTreeMap<LineId, bool>> {
    let all = open_tabs(world);
    Memo::new(move |_| {
        all.with(|all| {
            let of_tab = |pinned: &Pinned<Tab>| {
                let is_own = pinned.pending.stage.is_some();
                let to_cook = pinned.row.lines.iter().filter(|line| line.is_to_cook());
                to_cook.map(|line| (line.id, is_own)).collect::<Vec<_>>()
            };
            all.iter().flat_map(of_tab).collect()
        })
    })
}

/// The cards; nothing while no table waits for food.
#[component]
pub fn FromTables() -> impl IntoView {
    let world = World::here();
    let all = open_tabs(world);
    let waiting = Memo::new(move |_| {
        let mut waiting: Vec<_> =
            all.with(|all| all.iter().flat_map(|pinned| sendings(&pinned.row, &pinned.pending)).collect());
        waiting.sort_by_key(|sending: &Sending| (sending.sent_at, sending.tab));
        waiting
    });
    move || {
        let waiting = waiting.get();
        (!waiting.is_empty()).then(|| {
            view! {
                <section class="from-tables">
                    <h2>{dining::from_tables()} " " <span class="count">{waiting.len()}</span></h2>
                    <ul class="tickets">{waiting.into_iter().map(|sending| view! { <li><Card sending /></li> }).collect_view()}</ul>
                </section>
            }
        })
    }
}

#[component]
fn Card(sending: Sending) -> impl IntoView {
    let world = World::here();
    let (tab, sent_at, to_cook) = (sending.tab, sending.sent_at, sending.to_cook());
    let is_one = to_cook.len() == 1;
    let seat = sending.seat.clone();
    let line = |line: &TabLine| {
        let single = (line.is_to_cook() && !is_one).then(|| {
            let name = dining::ready_dish(&line.name);
            view! { <Ready tab lines=vec![line.id] hook="line-ready" words=dining::ready() name class="button" /> }
        });
        let off = match line.state {
            LineState::Gone => Some(dining::gone_do_not_cook().to_owned()),
            LineState::TakenBack => Some(dining::taken_back_do_not_cook().to_owned()),
            _ => None,
        };
        view! { <li class:off=!line.is_to_cook() data-item=line.item.to_string()>{dish(line, off)}{single}</li> }
    };
    let (words, name) = match is_one {
        true => (dining::ready(), dining::ready_table(&seat)),
        false => (dining::all_ready(), dining::all_ready_for(&seat)),
    };
    view! {
        <article class="ticket" data-test="tab-to-cook" data-id=tab.to_string() data-stage=sending.pending.name()>
            <header class="ticket-head">
                <h3 class="ticket-number">{seat}</h3>
                <span class="ticket-age">{move || words::duration(time::minutes(sent_at, world.now()))}</span>
            </header>
            <ul class="ticket-lines">{sending.lines.iter().map(line).collect_view()}</ul>
            {sending.pending.words()}
            <Ready tab lines=to_cook hook="tab-ready" words name class="button primary large wide" />
        </article>
    }
}

#[component]
fn Ready(
    tab: TabId,
    lines: Vec<LineId>,
    hook: &'static str,
    words: &'static str,
    name: String,
    class: &'static str,
) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let ready = move |_| world.give(Command::Tab(TabCommand::Prepare { tab, lines: lines.clone() }), None, busy);
    view! {
        <button type="button" class=class data-test=hook aria-label=name prop:disabled=busy on:click=ready>
            {move || if busy.get() { words::saving() } else { words }}
        </button>
    }
}
