//! What comes next for a table, as the one or two buttons that are meant: send, serve, bill, pay, close.

use std::sync::Arc;
use std::time::Duration;

use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, TabLine, bill};
use domain::id::LineId;
use domain::{Command, Money};
use leptos::prelude::*;

use crate::parts::{Field, focus_heading, money};
use crate::pending::Pinned;
use crate::words;
use crate::world::World;

/// How long new buttons do nothing: a second tap that was meant for the one before them must not pay a bill.
const ARMED_AFTER: Duration = Duration::from_millis(600);

/// Whether the buttons do what they say yet.
#[derive(Clone, Copy)]
struct Armed(RwSignal<bool>);

/// The buttons. What is typed as a tip outlives whatever else changes.
#[component]
pub(super) fn Next(tab: Memo<Option<Pinned<Tab>>>) -> impl IntoView {
    let tip = RwSignal::new(String::new());
    let stage = Memo::new(move |_| tab.with(|tab| tab.as_ref().map(|tab| tab.row.stage())));
    let armed = RwSignal::new(true);
    provide_context(Armed(armed));
    Effect::new(move |before: Option<Option<Stage>>| {
        let now = stage.get();
        if before.is_some_and(|before| before.is_some() && before != now) {
            armed.set(false);
            set_timeout(
                move || {
                    armed.try_set(true);
                },
                ARMED_AFTER,
            );
        }
        now
    });
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

/// What a button asks for, or a sentence why it cannot be.
type Asks = Arc<dyn Fn() -> Result<TabCommand, String> + Send + Sync>;

fn just(command: TabCommand) -> Asks {
    Arc::new(move || Ok(command.clone()))
}

/// A button for an act on a tab. The button goes with what it does, so the heading has the focus after it.
#[component]
fn Does(
    hook: &'static str,
    #[prop(into)] words: String,
    asks: Asks,
    #[prop(default = "button primary large")] class: &'static str,
) -> impl IntoView {
    let world = World::here();
    let (busy, Armed(armed)) = (RwSignal::new(false), expect_context());
    let give = move |_| {
        let asks = asks.clone();
        world.doing(busy, async move {
            world.act(Command::Tab(asks()?), None).await?;
            focus_heading();
            Ok(())
        });
    };
    view! {
        <button type="button" class=class data-test=hook prop:disabled=move || busy.get() || !armed.get() on:click=give>
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
        view! { <Does hook="send-lines" words asks=just(TabCommand::Place { tab: id, lines: unsent.clone() }) /> }
    });
    let (total, awaited) = (bill::total(&tab), tab.awaited());
    let bill = total.filter(|_| at_counter || awaited == 0).map(|sum| {
        let words = format!("Bill: {}", money::text(sum));
        view! { <Does hook="bill" words asks=just(TabCommand::Bill { tab: id, total }) /> }
    });
    let leave = (total.is_none() && awaited == 0).then(|| {
        let asks = just(TabCommand::Bill { tab: id, total: None });
        view! { <Does hook="leave" words="Close: nothing is to be paid" asks class="button" /> }
    });
    view! { <ServeAll tab />{send}{bill}{leave} }
}

/// All that is ready, with one tap.
#[component]
fn ServeAll(tab: Tab) -> impl IntoView {
    let ready = ids(&tab, |line| line.can_be_served() && line.state != LineState::Added);
    (ready.len() > 1).then(|| {
        let words = format!("All {} served", ready.len());
        view! { <Does hook="serve-all" words asks=just(TabCommand::Serve { tab: tab.id, lines: ready }) class="button" /> }
    })
}

#[component]
fn WhileBilled(tab: Tab, tip: RwSignal<String>) -> impl IntoView {
    let id = tab.id;
    let pay = |hook: &'static str, words: &str, means: Means| {
        let due = tab.bill.as_ref().and_then(|bill| bill.total)?;
        let asks: Asks = Arc::new(move || {
            let tip = tip.with_untracked(|tip| tip_of(tip, due))?;
            Ok(TabCommand::Pay { tab: id, means, paid: due, tip })
        });
        Some(view! { <Does hook words=format!("{words}: {}", money::text(due)) asks /> })
    };
    view! {
        {pay("pay-cash", "Paid in cash", Means::Cash)}
        {pay("pay-card", "Paid by card", Means::Card)}
        <Does hook="declined" words="Card declined" asks=just(TabCommand::CardDeclined { tab: id }) class="button" />
        <Does hook="order-on" words="They order on" asks=just(TabCommand::OrderOn { tab: id }) class="button quiet" />
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
        _ if tip.is_some_of(bill::tip_max(due)) => Ok(Some(tip)),
        _ => Err(format!("a tip is at most {}", money::text(bill::tip_max(due)))),
    }
}

#[component]
fn WhilePaid(tab: Tab) -> impl IntoView {
    let id = tab.id;
    let owed = bill::owed_back(&tab);
    let give_back = owed.map(|owed| {
        let words = format!("{} given back", money::text(owed));
        view! { <Does hook="give-back-owed" words asks=just(TabCommand::GiveBack { tab: id }) /> }
    });
    let close = (tab.awaited() == 0 && owed.is_none()).then(|| {
        view! { <Does hook="close-table" words="The guests have left" asks=just(TabCommand::Close { tab: id }) /> }
    });
    view! { <ServeAll tab />{give_back}{close} }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    #[test]
    fn a_tip_is_read_as_people_type_it_and_is_no_slip_of_the_keyboard() {
        let due = Money::new(200, Currency::EUR);
        for (text, minor) in [("", None), ("0", None), (" 2 ", Some(200)), ("1,50", Some(150)), ("20", Some(2000))] {
            assert_eq!(tip_of(text, due), Ok(minor.map(|minor| Money::new(minor, Currency::EUR))), "{text}");
        }
        for text in ["20.01", "-1", "some"] {
            assert!(tip_of(text, due).is_err(), "{text}");
        }
    }
}
