//! What a screen reader says by itself: each step of an act and of an order, once, on whatever screen the person is.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Row;
use leptos::prelude::*;
use replica::Keeping;

use crate::words::{self, Names};
use crate::world::{Client, World};

/// Steps that follow each other faster than this are said as the last of them: nobody wants to hear "sent" while
/// "done" is true already.
const SETTLE: Duration = Duration::from_millis(700);

/// What is so, by what it is of.
type Heard = BTreeMap<String, String>;

/// The stage of each act and the status of each order of this person, in words.
fn so(client: &Client, kept: Keeping) -> Heard {
    let mut heard = Heard::new();
    let Some(account) = client.actor().map(|actor| &actor.account) else { return heard };
    let own = client.outbox().entries().filter(|entry| entry.record.account == *account);
    for entry in own {
        let Some(envelope) = &entry.envelope else { continue };
        let what = words::act(&envelope.act, &Names(client));
        heard
            .insert(format!("act/{}", entry.record.id), format!("{what}: {}.", words::stage(entry.record.stage, kept)));
    }
    for (key, row) in client.cache().of_kind("order") {
        let Some(sync::protocol::Body::Row(Row::Order(order))) = &row.body else { continue };
        let number = order.number.map_or_else(|| order.id.provisional(), |number| format!("number {number}"));
        let status = words::order_status(order.status);
        heard.insert(key.to_string(), format!("Order {number}: {status}."));
    }
    heard
}

/// What is new in `now`. Where nothing was known before, as when the page opens or somebody signs in, nothing is news.
fn news(before: &Heard, now: &Heard) -> Vec<String> {
    let is_news = |(what, words): &(&String, &String)| match before.get(*what) {
        Some(known) => known != *words,
        None => what.starts_with("order/") && !before.is_empty(),
    };
    now.iter().filter(is_news).map(|(_, words)| words.clone()).collect()
}

/// The live region. It is never seen.
#[component]
pub fn Announcer() -> impl IntoView {
    let world = World::here();
    let now = Memo::new(move |_| world.read(|client| so(client, world.kept())));
    let said = RwSignal::new(String::new());
    let heard = StoredValue::new(now.get_untracked());
    let say = move || {
        let Some(now) = now.try_get_untracked() else { return };
        let news = heard.with_value(|heard| news(heard, &now));
        heard.set_value(now);
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

    fn heard(of: &[(&str, &str)]) -> Heard {
        of.iter().map(|(what, words)| ((*what).to_owned(), (*words).to_owned())).collect()
    }

    #[test]
    fn each_step_is_said_once() {
        let saved = heard(&[("act/1", "Cancel: saved.")]);
        let done = heard(&[("act/1", "Cancel: done.")]);
        assert_eq!(news(&saved, &done), ["Cancel: done."]);
        assert_eq!(news(&done, &done), Vec::<String>::new());
    }

    #[test]
    fn a_page_that_opens_reads_out_nothing() {
        let orders = heard(&[("order/1", "Order 1: ready."), ("order/2", "Order 2: ready.")]);
        assert_eq!(news(&Heard::new(), &orders), Vec::<String>::new());
    }

    #[test]
    fn what_a_person_has_just_tapped_is_not_read_back_to_them() {
        let before = heard(&[("order/1", "Order 1: ready.")]);
        let now = heard(&[("order/1", "Order 1: ready."), ("act/1", "Cancel: saved.")]);
        assert_eq!(news(&before, &now), Vec::<String>::new());
    }
}
