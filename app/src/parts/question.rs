//! A question before something is done that is hard to take back: whether it is meant, or for which reason.
//!
//! It is asked over the page and not in the card whose button asks: a card is drawn anew when its row changes, and nobody
//! is to lose half a sentence because a kitchen pressed a button meanwhile.

use std::sync::Arc;

use domain::kitchen::ticket::REASON_CHARS_MAX;
use domain::{Command, Money};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use sync::AccountId;

use super::{Dialog, money};
use crate::texts::{common, parts};
use crate::words;
use crate::world::World;

/// A question, and what is done when it is answered.
#[derive(Clone)]
pub struct Question {
    /// What is asked.
    pub title: &'static str,
    /// What follows from it.
    pub says: &'static str,
    /// Whether a reason is asked for.
    pub reason: Reason,
    /// The most money that may be given, where money is asked for.
    pub most: Option<Money>,
    /// The confirming button's name for tests, and its words.
    pub confirm: (&'static str, &'static str),
    /// What is done for the answer.
    pub command: Arc<dyn Fn(Answer) -> Command + Send + Sync>,
}

/// How a question is answered.
pub struct Answer {
    /// Why; empty where no reason is asked for.
    pub reason: String,
    /// How much; nothing where no money is asked for.
    pub amount: Option<Money>,
}

/// Whether a question asks for a reason.
#[derive(Clone)]
pub enum Reason {
    /// It asks only whether it is meant.
    NotAsked,
    /// A reason may be given; how it is asked for.
    May(&'static str),
    /// A reason must be given; those that are given most.
    Must(Vec<&'static str>),
}

/// The question that is asked now, and who is asked.
#[derive(Clone, Copy)]
pub struct Asking(RwSignal<Option<(Question, Option<AccountId>)>>);

impl Asking {
    /// The page's.
    pub fn here() -> Self {
        expect_context()
    }

    /// Asks `question`.
    pub fn ask(self, question: Question) {
        let whom = World::here().account();
        self.0.set(Some((question, whom)));
    }
}

/// Where questions are asked. Once a page.
pub(super) fn provide() -> impl IntoView {
    let (asking, world) = (Asking(RwSignal::new(None)), World::here());
    provide_context(asking);
    // Another tab may sign somebody else in: nobody answers for another.
    Effect::new(move |_| {
        let now = world.account();
        if asking.0.with_untracked(|asked| asked.as_ref().is_some_and(|(_, whom)| *whom != now)) {
            asking.0.set(None);
        }
    });
    move || asking.0.get().map(|(question, whom)| view! { <Asked question whom asking /> })
}

#[component]
fn Asked(question: Question, whom: Option<AccountId>, asking: Asking) -> impl IntoView {
    let world = World::here();
    let Question { title, says, reason: wanted, most, confirm: (hook, words), command } = question;
    let (open, busy) = (RwSignal::new(true), RwSignal::new(false));
    Effect::new(move |_| {
        if !open.get() {
            asking.0.set(None);
        }
    });
    let first = if let Reason::Must(reasons) = &wanted { reasons.first().copied() } else { None };
    let reason = RwSignal::new(first.unwrap_or_default().to_owned());
    // All of it is what is meant mostly, and a slip of the thumb shows.
    let amount = RwSignal::new(most.map(|most| most.decimal()).unwrap_or_default());
    let wrong = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let amount = match most.map(|most| amount.with_untracked(|text| read_amount(text, most))).transpose() {
            Ok(amount) => amount,
            Err(why) => return wrong.set(Some(words::sentence(&why))),
        };
        if untrack(|| world.account()) == whom {
            let reason = reason.with_untracked(|reason| reason.trim().to_owned());
            world.give(command(Answer { reason, amount }), None, busy);
        }
        open.set(false);
    };
    let money_field = move || {
        most.map(|most| {
            view! {
                <label class="field">
                    <span>{parts::how_much_of(&money::text(most))}</span>
                    <input type="text" inputmode="decimal" name="amount" required=true prop:value=amount
                        aria-invalid=move || wrong.with(Option::is_some).to_string()
                        on:input:target=move |event| { amount.set(event.target().value()); wrong.set(None); } />
                </label>
                {move || wrong.get().map(|wrong| view! { <p class="wrong" role="alert">{wrong}</p> })}
            }
        })
    };
    let text = move |label: &'static str, required: bool| {
        view! {
            <label class="field">
                <span>{label}</span>
                <input type="text" name="reason-text" maxlength=REASON_CHARS_MAX.to_string() required=required
                    prop:value=reason on:input:target=move |event| reason.set(event.target().value()) />
            </label>
        }
    };
    let ready_made = move |text: &'static str| {
        view! {
            <label class="option">
                <input type="radio" name="reason" prop:checked=move || reason.with(|reason| reason == text)
                    on:change=move |_| reason.set(text.to_owned()) />
                <span class="option-name">{text}</span>
            </label>
        }
    };
    let fields = move || match &wanted {
        Reason::NotAsked => ().into_any(),
        Reason::May(label) => text(label, false).into_any(),
        Reason::Must(reasons) => view! {
            <div class="options">{reasons.iter().copied().map(ready_made).collect_view()}</div>
            {text(parts::in_your_own_words(), true)}
        }
        .into_any(),
    };
    view! {
        <Dialog open title>
            <form on:submit=submit.clone()>
                <p>{says}</p>
                {money_field()}
                {fields()}
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{common::back()}</button>
                    <button type="submit" class="button danger" data-test=hook>{words}</button>
                </div>
            </form>
        </Dialog>
    }
}

/// What was typed, as money between nothing and `most`; a comma is a point.
fn read_amount(text: &str, most: Money) -> Result<Money, String> {
    let amount = money::read(text, most.currency)?;
    let wrong = || parts::amount_at_most(&money::text(most));
    if amount.is_some_of(most) { Ok(amount) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    #[test]
    fn an_amount_is_read_as_people_type_it_and_never_above_the_most() {
        let most = Money::new(1750, Currency::EUR);
        for (text, minor) in [("17.50", 1750), (" 3 ", 300), ("0,05", 5)] {
            assert_eq!(read_amount(text, most), Ok(Money::new(minor, Currency::EUR)), "{text}");
        }
        for text in ["", "0", "17.51", "-1", "all", "1.000,00"] {
            assert!(read_amount(text, most).is_err(), "{text}");
        }
    }
}
