//! What a screen reader says by itself: each step of an act and of an order, once, on whatever screen the person is.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Row;
use leptos::prelude::*;
use replica::Keeping;
use sync::Millis;

use crate::texts::parts;
use crate::words::{self, Names};
use crate::world::{Client, World};

/// Steps that follow each other faster than this are said as the last of them: nobody wants to hear "sent" while
/// "done" is true already.
const SETTLE: Duration = Duration::from_millis(700);

/// How far an act or an order has come.
#[derive(Clone, PartialEq)]
struct Stand {
    /// The step; another one is news.
    step: &'static str,
    /// How it is said.
    words: String,
    /// Which acts and which order belong together.
    lane: String,
    /// Of an act: when it was asked for here.
    asked_at: Option<Millis>,
}

/// What is so, by what it is of.
type Heard = BTreeMap<String, Stand>;

/// The stage of each act and the status of each order of this person, in words.
fn so(client: &Client, kept: Keeping) -> Heard {
    let mut heard = Heard::new();
    let Some(account) = client.actor().map(|actor| &actor.account) else { return heard };
    let own = client.outbox().entries().filter(|entry| entry.record.account == *account);
    for entry in own {
        let Some(envelope) = &entry.envelope else { continue };
        let step = words::stage(entry.record.stage, kept);
        let words = parts::act_news(&words::act(&envelope.act, &Names(client)), step);
        let stand = Stand { step, words, lane: entry.record.lane.to_string(), asked_at: Some(envelope.acted_at) };
        heard.insert(format!("act/{}", entry.record.id), stand);
    }
    for (key, row) in client.cache().of_kind("order") {
        let Some(sync::protocol::Body::Row(Row::Order(order))) = &row.body else { continue };
        let step = words::order_status(order.status);
        let words = match order.number {
            Some(number) => parts::order_news(&number.to_string(), step),
            None => parts::order_unnumbered_news(&order.id.provisional(), step),
        };
        let lane = key.to_string();
        heard.insert(lane.clone(), Stand { step, words, lane, asked_at: None });
    }
    heard
}

/// What is new in `now` since `looked_at`. Where nothing was known before, as when the page opens or somebody signs in, nothing is news
/// but what was asked for here meanwhile: a guest begins with an order.
fn news(before: &Heard, now: &Heard, looked_at: Millis) -> Vec<String> {
    let asked = |lane: &str| {
        now.values().any(|act| act.lane == lane && act.asked_at.is_some_and(|asked_at| asked_at >= looked_at))
    };
    let is_news = |(what, stand): &(&String, &Stand)| match before.get(*what) {
        Some(known) => known.step != stand.step,
        None => stand.asked_at.is_none() && (!before.is_empty() || asked(&stand.lane)),
    };
    now.iter().filter(is_news).map(|(_, stand)| stand.words.clone()).collect()
}

/// The live region. It is never seen.
#[component]
pub fn Announcer() -> impl IntoView {
    let world = World::here();
    let now = Memo::new(move |_| world.read(|client| so(client, world.kept())));
    let said = RwSignal::new(String::new());
    let heard = StoredValue::new((now.get_untracked(), replica::now()));
    let say = move || {
        let Some(now) = now.try_get_untracked() else { return };
        let news = heard.with_value(|(heard, looked_at)| news(heard, &now, *looked_at));
        heard.set_value((now, replica::now()));
        if !news.is_empty() {
            said.set(news.join(" "));
        }
    };
    let mut say_soon = leptos::leptos_dom::helpers::debounce(SETTLE, move |()| say());
    Effect::new(move |_| {
        now.track();
        say_soon(());
    });
    view! { <div class="unseen" role="log" aria-live="polite" data-test="announcer">{move || said.get()}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody looked last at this moment.
    const LOOKED_AT: Millis = 10;

    fn order(name: &str, step: &'static str) -> (String, Stand) {
        let lane = format!("order/{name}");
        (lane.clone(), Stand { step, words: format!("Order {name}: {step}."), lane, asked_at: None })
    }

    fn act(name: &str, step: &'static str, asked_at: Millis) -> (String, Stand) {
        let lane = format!("order/{name}");
        (format!("act/{name}"), Stand { step, words: format!("Act: {step}."), lane, asked_at: Some(asked_at) })
    }

    fn said(before: &[(String, Stand)], now: &[(String, Stand)]) -> Vec<String> {
        let heard = |of: &[(String, Stand)]| of.iter().cloned().collect();
        news(&heard(before), &heard(now), LOOKED_AT)
    }

    #[test]
    fn each_step_is_said_once() {
        let (saved, done) = ([act("1", "saved", 1)], [act("1", "done", 1)]);
        assert_eq!(said(&saved, &done), ["Act: done."]);
        assert_eq!(said(&done, &done), Vec::<String>::new());
    }

    #[test]
    fn a_number_is_said_with_the_next_step_and_is_none_itself() {
        let numbered = |step| {
            let (what, stand) = order("1", step);
            (what, Stand { words: format!("Order number 7: {step}."), ..stand })
        };
        assert_eq!(said(&[order("1", "waiting")], &[numbered("waiting")]), Vec::<String>::new());
        assert_eq!(said(&[numbered("waiting")], &[numbered("cooking")]), ["Order number 7: cooking."]);
    }

    #[test]
    fn a_page_that_opens_reads_out_nothing() {
        let orders = [order("1", "ready"), order("2", "ready"), act("2", "done", LOOKED_AT - 1)];
        assert_eq!(said(&[], &orders), Vec::<String>::new());
    }

    #[test]
    fn the_first_order_of_a_guest_is_news() {
        let now = [order("1", "waiting"), act("1", "done", LOOKED_AT + 1), order("2", "ready")];
        assert_eq!(said(&[], &now), ["Order 1: waiting."]);
    }

    #[test]
    fn what_a_person_has_just_tapped_is_not_read_back_to_them() {
        let before = [order("1", "ready")];
        assert_eq!(said(&before, &[order("1", "ready"), act("1", "saved", LOOKED_AT)]), Vec::<String>::new());
    }
}
