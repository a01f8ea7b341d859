//! What comes next for a table, as the one or two buttons that are meant: send, serve, bill, pay, close.

use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, TabLine, bill};
use domain::id::LineId;
use domain::{Command, Money};
use leptos::prelude::*;

use crate::parts::{Field, money};
use crate::pending::Pinned;
use crate::words;
use crate::world::World;

/// The buttons. What is typed as a tip outlives whatever else changes.
#[component]
pub(super) fn Next(tab: Memo<Option<Pinned<Tab>>>) -> impl IntoView {
    let tip = RwSignal::new(String::new());
    let stage = Memo::new(move |_| tab.with(|tab| tab.as_ref().map(|tab| tab.row.stage())));
    let tip_field = move || {
        (stage.get() == Some(Stage::Billed))
            .then(|| view! { <Field label="Tip, if any" name="tip" mode="decimal" max=9 value=tip required=false /> })
    };
    let buttons = move || {
        tab.get().map(|Pinned { row: tab, .. }| match tab.stage() {
            Stage::Open => view! { <WhileOpen tab /> }.into_any(),
            Stage::Billed => view! { <WhileBilled tab tip /> }.into_any(),
            Stage::Paid => view! { <WhilePaid tab /> }.into_any(),
            Stage::Closed => ().into_any(),
        })
    };
    view! { <div class="tab-next">{tip_field}<div class="actions">{buttons}</div></div> }
}

/// A button for an act on a tab.
#[component]
fn Does(
    hook: &'static str,
    #[prop(into)] words: String,
    command: TabCommand,
    #[prop(default = "button primary large")] class: &'static str,
) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let give = move |_| world.give(Command::Tab(command.clone()), None, busy);
    view! {
        <button type="button" class=class data-test=hook prop:disabled=busy on:click=give>
            {move || if busy.get() { words::saving().to_owned() } else { words.clone() }}
        </button>
    }
}

fn ids(tab: &Tab, wanted: impl Fn(&TabLine) -> bool) -> Vec<LineId> {
    tab.lines.iter().filter(|line| wanted(line)).map(|line| line.id).collect()
}

#[component]
fn WhileOpen(tab: Tab) -> impl IntoView {
    let id = tab.id;
    let unsent = ids(&tab, |line| line.state == LineState::Added);
    let at_counter = tab.seat == Seat::Counter;
    let send = (!unsent.is_empty() && !at_counter).then(|| {
        let words = format!("Send the order: {}", words::count(unsent.len(), "line", "lines"));
        view! { <Does hook="send-lines" words command=TabCommand::Place { tab: id, lines: unsent.clone() } /> }
    });
    let (total, awaited) = (bill::total(&tab), tab.awaited());
    let may_bill = at_counter || awaited == 0;
    let bill = total.filter(|_| may_bill).map(|sum| {
        let words = format!("Bill: {}", money::text(sum));
        view! { <Does hook="bill" words command=TabCommand::Bill { tab: id, total } /> }
    });
    let leave = (total.is_none() && awaited == 0).then(|| {
        let command = TabCommand::Bill { tab: id, total: None };
        view! { <Does hook="leave" words="They left without ordering" command class="button" /> }
    });
    view! { <ServeAll tab />{send}{bill}{leave} }
}

/// All that is ready, with one tap.
#[component]
fn ServeAll(tab: Tab) -> impl IntoView {
    let ready = ids(&tab, |line| line.can_be_served() && line.state != LineState::Added);
    (ready.len() > 1).then(|| {
        let words = format!("All {} served", ready.len());
        view! { <Does hook="serve-all" words command=TabCommand::Serve { tab: tab.id, lines: ready } class="button" /> }
    })
}

#[component]
fn WhileBilled(tab: Tab, tip: RwSignal<String>) -> impl IntoView {
    let id = tab.id;
    let due = tab.bill.as_ref().and_then(|bill| bill.total);
    let pay = move |hook, words, means| due.map(|due| view! { <Pays hook words tab=id means due tip /> });
    view! {
        {pay("pay-cash", "Paid in cash", Means::Cash)}
        {pay("pay-card", "Paid by card", Means::Card)}
        <Does hook="declined" words="Card declined" command=TabCommand::CardDeclined { tab: id } class="button" />
        <Does hook="order-on" words="They order on" command=TabCommand::OrderOn { tab: id } class="button quiet" />
    }
}

#[component]
fn Pays(
    hook: &'static str,
    words: &'static str,
    tab: domain::id::TabId,
    means: Means,
    due: Money,
    tip: RwSignal<String>,
) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let pay = move |_| {
        let tip = tip.with_untracked(|tip| tip_of(tip, due));
        world.doing(busy, async move {
            let command = TabCommand::Pay { tab, means, paid: due, tip: tip? };
            world.act(Command::Tab(command), None).await.map(|_| ())
        });
    };
    view! {
        <button type="button" class="button primary large" data-test=hook prop:disabled=busy on:click=pay>
            {format!("{words}: {}", money::text(due))}
        </button>
    }
}

/// What was typed as a tip; nothing for nothing.
fn tip_of(text: &str, due: Money) -> Result<Option<Money>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let tip = Money::parse(&text.trim().replace(',', "."), due.currency)?;
    match tip.minor {
        0 => Ok(None),
        _ if tip.is_some_of(due) => Ok(Some(tip)),
        _ => Err(format!("a tip is at most the bill, {}", money::text(due))),
    }
}

#[component]
fn WhilePaid(tab: Tab) -> impl IntoView {
    let id = tab.id;
    let close = (tab.awaited() == 0).then(
        || view! { <Does hook="close-table" words="The guests have left" command=TabCommand::Close { tab: id } /> },
    );
    view! { <ServeAll tab />{close} }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    #[test]
    fn a_tip_is_read_as_people_type_it_and_never_above_the_bill() {
        let due = Money::new(2000, Currency::EUR);
        for (text, minor) in [("", None), ("0", None), (" 2 ", Some(200)), ("1,50", Some(150)), ("20", Some(2000))] {
            assert_eq!(tip_of(text, due), Ok(minor.map(|minor| Money::new(minor, Currency::EUR))), "{text}");
        }
        for text in ["20.01", "-1", "some"] {
            assert!(tip_of(text, due).is_err(), "{text}");
        }
    }
}
