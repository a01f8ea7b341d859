//! The alarm of a restaurant: it rings while an order waits for a yes or a no, on every screen of its app, until somebody
//! answers on any device. It follows the rows and no event, so orders that came while the tablet slept ring once, together. An order
//! for later that comes while the house is closed rings when it opens: nobody is there to say yes before.
//!
//! | | says | offers |
//! |---|---|---|
//! | orders wait | how many | to hush it here, until another order comes |
//! | and it is hushed or off | how many | to have it ring again |
//! | nobody could hear it | why | a tap, where that helps |
//!
//! What a waiter sends for a table needs no answer: it rings once, where it was not sent from this device.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::LineId;
use domain::kitchen::Progress;
use domain::{OrderId, Row};
use leptos::prelude::*;

use crate::dining::before_the_kitchen;
use crate::parts::{Chime, Hearing, Icon, Symbol};
use crate::pending::pinned;
use crate::texts::kitchen;
use crate::world::World;
use crate::{bonus, words};

/// The draft that remembers that this device shall not ring.
const OFF_DRAFT: &str = "kitchen/alarm-off";

/// The orders that somebody on this device wants to hear no more of, of those that wait. What no longer waits is forgotten,
/// so that an order which comes to wait again rings again.
fn still_hushed(hushed: &BTreeSet<OrderId>, waiting: &BTreeSet<OrderId>) -> BTreeSet<OrderId> {
    hushed.intersection(waiting).copied().collect()
}

fn rings(is_off: bool, waiting: &BTreeSet<OrderId>, hushed: &BTreeSet<OrderId>) -> bool {
    !is_off && !waiting.is_subset(hushed)
}

/// Whether somebody else has sent a dish that was not there before.
fn is_news(before: &BTreeMap<LineId, bool>, now: &BTreeMap<LineId, bool>) -> bool {
    now.iter().any(|(line, is_own)| !is_own && !before.contains_key(line))
}

/// The alarm, in a bar that is there only while there is something to say or to tap.
#[component]
pub fn Alarm() -> impl IntoView {
    let world = World::here();
    let chime = Chime::here();
    let is_off = RwSignal::new(untrack(|| world.draft::<bool>(OFF_DRAFT)).unwrap_or(false));
    let hushed = RwSignal::new(BTreeSet::<OrderId>::new());
    let is_ours = Memo::new(move |_| world.own_restaurant().is_some());
    let waiting = Memo::new(move |_| {
        let tickets = world.read(|client| pinned(client, "ticket", Row::as_ticket));
        let waits = tickets.into_iter().filter(|pinned| pinned.row.progress == Progress::Waiting);
        let waits = waits.filter(|pinned| pinned.row.wanted.is_none() || pinned.row.asked_at() <= world.now());
        waits.map(|pinned| pinned.row.order).collect::<BTreeSet<_>>()
    });
    Effect::new(move |_| waiting.with(|waiting| hushed.update(|hushed| *hushed = still_hushed(hushed, waiting))));
    let is_ringing =
        Memo::new(move |_| waiting.with(|waiting| hushed.with(|hushed| rings(is_off.get(), waiting, hushed))));
    chime.ring_while(is_ringing);
    let dishes = before_the_kitchen(world);
    Effect::new(move |before: Option<BTreeMap<LineId, bool>>| {
        let now = dishes.get();
        if before.is_some_and(|before| is_news(&before, &now)) && !is_off.get_untracked() {
            chime.ring();
        }
        now
    });
    bonus::stay_awake(is_ours.into());

    let turn = move |off: bool| {
        is_off.set(off);
        hushed.set(BTreeSet::new());
        world.note_draft(OFF_DRAFT.to_owned(), Some(off));
    };
    let hush = move |_| hushed.set(waiting.get_untracked());
    let sentence =
        move || words::alarm(waiting.with(BTreeSet::len), is_ringing.get(), is_off.get(), chime.hearing().get());
    let button = move || {
        match (is_ringing.get(), waiting.with(BTreeSet::is_empty)) {
        (true, _) => view! {
            <button type="button" class="button large" data-test="hush" on:click=hush>{kitchen::hush()}</button>
            <button type="button" class="button large" data-test="alarm-off" on:click=move |_| turn(true)>{kitchen::turn_alarm_off()}</button>
        }
        .into_any(),
        (false, false) => view! {
            <button type="button" class="button large" data-test="alarm-on" on:click=move |_| turn(false)>{kitchen::ring_again()}</button>
        }
        .into_any(),
        (false, true) if is_off.get() => view! {
            <button type="button" class="button large" data-test="alarm-on" on:click=move |_| turn(false)>{kitchen::turn_alarm_on()}</button>
        }
        .into_any(),
        // Any tap wakes the chime: the button is where a thumb looks for it.
        (false, true) if chime.hearing().get() == Hearing::AwaitsTap => {
            view! { <button type="button" class="button large" data-test="alarm-wake">{kitchen::let_it_ring()}</button> }.into_any()
        }
        (false, true) => ().into_any(),
    }
    };
    let has_words = move || {
        is_ours.get() && (!waiting.with(BTreeSet::is_empty) || is_off.get() || chime.hearing().get() != Hearing::Heard)
    };
    view! {
        <Show when=has_words>
            <section class="alarm" aria-label=kitchen::alarm() data-test="alarm"
                data-ringing=move || is_ringing.get().to_string() data-heard=move || chime.hearing().get().name()>
                <Icon symbol=Symbol::Alert />
                <p role="alert">{sentence}</p>
                <div class="alarm-buttons">{button}</div>
            </section>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(of: &[u128]) -> BTreeSet<OrderId> {
        of.iter().map(|number| OrderId(uuid::Uuid::from_u128(*number))).collect()
    }

    #[test]
    fn it_rings_while_an_order_waits_that_nobody_hushed() {
        assert!(!rings(false, &orders(&[]), &orders(&[])));
        assert!(rings(false, &orders(&[1]), &orders(&[])));
        assert!(!rings(false, &orders(&[1]), &orders(&[1])));
        assert!(rings(false, &orders(&[1, 2]), &orders(&[1])), "another order came");
        assert!(!rings(true, &orders(&[1]), &orders(&[])), "it is turned off");
    }

    #[test]
    fn a_dish_for_a_table_is_news_once_and_not_where_it_was_sent() {
        let dishes = |of: &[(u128, bool)]| {
            of.iter().map(|(number, is_own)| (LineId(uuid::Uuid::from_u128(*number)), *is_own)).collect()
        };
        assert!(is_news(&dishes(&[(1, false)]), &dishes(&[(1, false), (2, false)])));
        assert!(!is_news(&dishes(&[(1, false)]), &dishes(&[(1, false)])), "it rang before");
        assert!(!is_news(&dishes(&[]), &dishes(&[(1, true)])), "it was sent from here");
        assert!(!is_news(&dishes(&[(1, true)]), &dishes(&[(1, false)])), "and has arrived");
    }

    #[test]
    fn an_order_that_waits_again_rings_again() {
        let answered = still_hushed(&orders(&[1, 2]), &orders(&[2]));
        assert_eq!(answered, orders(&[2]));
        assert!(rings(false, &orders(&[1, 2]), &answered));
    }
}
