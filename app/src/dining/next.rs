//! What comes next for a table, as the one or two buttons that are meant: send, serve, bill, pay, close.

use std::time::Duration;

use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, TabLine, bill};
use domain::id::LineId;
use domain::{Command, Money};
use leptos::prelude::*;

use crate::parts::{Field, focus_heading, money};
use crate::pending::Pinned;
use crate::texts::dining;
use crate::world::World;

/// How long new buttons do nothing: a second tap that was meant for the one before them must not pay a bill.
const ARMED_AFTER: Duration = Duration::from_millis(600);

/// A button: what it is called in tests, what stands on it, how it looks, and what it does.
#[derive(Clone, PartialEq)]
struct Offer {
    hook: &'static str,
    words: String,
    class: &'static str,
    does: What,
}

/// What a button does.
#[derive(Clone, PartialEq)]
enum What {
    Just(TabCommand),
    /// Pays so much, and the tip that is typed when it is tapped.
    Pay(Means, Money),
}

const MAIN: &str = "button primary large";
const SIDE: &str = "button";

fn just(hook: &'static str, words: String, class: &'static str, command: TabCommand) -> Offer {
    Offer { hook, words, class, does: What::Just(command) }
}

/// What comes next for `tab`, the likeliest first but for what is served.
fn offers(tab: &Tab) -> Vec<Offer> {
    let id = tab.id;
    let ready = ids(tab, |line| line.can_be_served() && line.state != LineState::Added);
    let serve = (ready.len() > 1).then(|| {
        let words = dining::all_served(ready.len() as u64);
        just("serve-all", words, SIDE, TabCommand::Serve { tab: id, lines: ready.clone() })
    });
    let rest = match tab.stage() {
        Stage::Open => return serve.into_iter().chain(while_open(tab)).collect(),
        Stage::Billed => return while_billed(tab),
        Stage::Paid => while_paid(tab),
        Stage::Closed => return vec![],
    };
    serve.into_iter().chain(rest).collect()
}

fn while_open(tab: &Tab) -> Vec<Offer> {
    let (id, at_counter) = (tab.id, tab.seat == Seat::Counter);
    let (total, awaited) = (bill::total(tab), tab.awaited());
    let lines = ids(tab, |line| line.state == LineState::Added);
    let send = (!lines.is_empty() && !at_counter).then(|| {
        let words = dining::send_lines(lines.len() as u64);
        just("send-lines", words, MAIN, TabCommand::Place { tab: id, lines })
    });
    let bill = total
        .filter(|_| at_counter || awaited == 0)
        .map(|sum| just("bill", dining::bill(&money::text(sum)), MAIN, TabCommand::Bill { tab: id, total }));
    let leave = (total.is_none() && awaited == 0)
        .then(|| just("leave", dining::leave().into(), SIDE, TabCommand::Bill { tab: id, total: None }));
    [send, bill, leave].into_iter().flatten().collect()
}

fn while_billed(tab: &Tab) -> Vec<Offer> {
    let id = tab.id;
    let pay = |hook, words: fn(&str) -> String, means| {
        let due = tab.bill.as_ref().and_then(|bill| bill.total)?;
        Some(Offer { hook, words: words(&money::text(due)), class: MAIN, does: What::Pay(means, due) })
    };
    let pays = [pay("pay-cash", dining::pay_cash, Means::Cash), pay("pay-card", dining::pay_card, Means::Card)];
    let others = [
        just("declined", dining::declined().into(), SIDE, TabCommand::CardDeclined { tab: id }),
        just("order-on", dining::order_on().into(), "button quiet", TabCommand::OrderOn { tab: id }),
    ];
    pays.into_iter().flatten().chain(others).collect()
}

fn while_paid(tab: &Tab) -> Vec<Offer> {
    let id = tab.id;
    let give_back = bill::owed_back(tab).zip(bill::back_in_all(tab)).map(|(owed, total)| {
        let words = dining::give_back_owed(&money::text(owed));
        just("give-back-owed", words, MAIN, TabCommand::GiveBack { tab: id, total })
    });
    let close = (tab.awaited() == 0 && give_back.is_none())
        .then(|| just("close-table", dining::guests_have_left().into(), MAIN, TabCommand::Close { tab: id }));
    [give_back, close].into_iter().flatten().collect()
}

fn ids(tab: &Tab, wanted: impl Fn(&TabLine) -> bool) -> Vec<LineId> {
    tab.lines.iter().filter(|line| wanted(line)).map(|line| line.id).collect()
}

/// The buttons. What is typed as a tip outlives whatever else changes, and while one button saves, none does anything.
#[component]
pub(super) fn Next(tab: Memo<Option<Pinned<Tab>>>) -> impl IntoView {
    let world = World::here();
    let (tip, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let is_billed =
        Memo::new(move |_| tab.with(|tab| tab.as_ref().is_some_and(|tab| tab.row.stage() == Stage::Billed)));
    let all = Memo::new(move |_| tab.with(|tab| tab.as_ref().map(|tab| offers(&tab.row)).unwrap_or_default()));
    let hooks = Memo::new(move |_| all.with(|all| all.iter().map(|offer| offer.hook).collect::<Vec<_>>()));
    let is_armed = armed(hooks);
    let give = move |what: What| {
        let id = tab.with_untracked(|tab| tab.as_ref().map(|tab| tab.row.id));
        world.doing(busy, async move {
            let command = match what {
                What::Just(command) => command,
                What::Pay(means, paid) => {
                    let tip = tip.with_untracked(|tip| tip_of(tip, paid))?;
                    TabCommand::Pay { tab: id.ok_or_else(dining::table_is_gone)?, means, paid, tip }
                }
            };
            world.act(Command::Tab(command), None).await?;
            focus_heading();
            Ok(())
        });
    };
    let button = move |hook: &'static str| {
        let offer = Memo::new(move |_| all.with(|all| all.iter().find(|offer| offer.hook == hook).cloned()));
        let words = move || offer.with(|offer| offer.as_ref().map(|offer| offer.words.clone()));
        let class = offer.with_untracked(|offer| offer.as_ref().map_or(SIDE, |offer| offer.class));
        let tapped = move |_| {
            if let Some(offer) = offer.get_untracked() {
                give(offer.does);
            }
        };
        view! {
            <button type="button" class=class data-test=hook prop:disabled=move || busy.get() || !is_armed.get() on:click=tapped>
                {words}
            </button>
        }
    };
    let tip_field = move || {
        is_billed
            .get()
            .then(|| view! { <Field label=dining::tip() name="tip" mode="decimal" max=9 value=tip required=false /> })
    };
    view! {
        <div class="tab-next">
            {tip_field}
            <div class="actions"><For each=move || hooks.get() key=|hook| *hook children=button /></div>
        </div>
    }
}

/// Whether the buttons do what they say yet: not just after other ones stood in their place.
fn armed(hooks: Memo<Vec<&'static str>>) -> RwSignal<bool> {
    let armed = RwSignal::new(true);
    let latest = StoredValue::new(0_u32);
    Effect::new(move |before: Option<Vec<&'static str>>| {
        let now = hooks.get();
        if before.is_some_and(|before| before != now) {
            armed.set(false);
            latest.update_value(|latest| *latest += 1);
            let this = latest.get_value();
            let arm = move || {
                // Another change since has a wait of its own.
                if latest.try_get_value() == Some(this) {
                    armed.try_set(true);
                }
            };
            set_timeout(arm, ARMED_AFTER);
        }
        now
    });
    armed
}

/// What was typed as a tip; nothing for nothing.
fn tip_of(text: &str, due: Money) -> Result<Option<Money>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let tip = money::read(text, due.currency)?;
    match tip.minor {
        0 => Ok(None),
        _ if tip.is_some_of(bill::tip_max(due)) => Ok(Some(tip)),
        _ => Err(dining::tip_at_most(&money::text(bill::tip_max(due)))),
    }
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
