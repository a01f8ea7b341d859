//! What stands around every screen: the status line, the ways to outbox and inbox, and what was said last.

use std::time::Duration;

use leptos::prelude::*;
use sync::AccountId;

use super::announcer::Announcer;
use super::notes::Notes;
use super::page::remember_scrolling;
use super::status_line::StatusLine;
use super::{Icon, Symbol, focus, question};
use crate::texts::parts;
use crate::world::World;
use crate::{bonus, language, push, start, words};

/// How long a sentence stays on the screen: time to read it twice.
const SAID: Duration = Duration::from_secs(4);

/// Where this role finds its outbox and the like.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// The first screen.
    pub home: &'static str,
    /// How this device stands.
    pub sync_centre: &'static str,
    /// The outbox.
    pub outbox: &'static str,
    /// The inbox.
    pub inbox: &'static str,
    /// Sign-in.
    pub sign_in: &'static str,
}

/// The frame around `children`, which are the screens.
#[component]
pub fn Frame(places: Places, children: Children) -> impl IntoView {
    let world = World::here();
    remember_scrolling();
    focus::keep();
    let questions = question::provide();
    let status = world.status();
    let waiting = Memo::new(move |_| status.with(|status| status.waiting));
    let inbox = Memo::new(move |_| status.with(|status| status.inbox));
    Effect::new(move |_| start::tell_badge("outbox", waiting.get()));
    Effect::new(move |_| start::tell_badge("inbox", inbox.get()));
    Effect::new(move |_| bonus::badge_app(waiting.get() + inbox.get()));
    // Whoever acts here is known late, and may change while the page is open.
    Effect::new(move |before: Option<Option<AccountId>>| {
        let account = world.account();
        if let Some(account) = account.as_ref().filter(|_| before.flatten() != account) {
            push::begin(account);
        }
        account
    });
    let account = move || match world.account() {
        Some(_) if world.is_guest() => words::guest().to_owned(),
        Some(account) => words::signed_in_as(account.as_str()),
        None => words::sign_in().to_owned(),
    };
    view! {
        <div class="frame" lang=language::now().code() dir=language::now().direction()>
            <header class="top">
                <a class="brand" href=places.home>"Carryout"</a>
                <StatusLine centre=places.sync_centre />
                <div class="top-links">
                    <TopLink href=places.outbox symbol=Symbol::Outbox name=words::outbox() count=waiting />
                    <TopLink href=places.inbox symbol=Symbol::Inbox name=words::inbox() count=inbox />
                    <a class="top-link" href=places.sign_in aria-label=account data-test="account-link">
                        <Icon symbol=Symbol::Person />
                    </a>
                </div>
            </header>
            <Notes />
            {children()}
            <Said />
            <Announcer />
            {questions}
        </div>
    }
}

#[component]
fn TopLink(href: &'static str, symbol: Symbol, name: &'static str, count: Memo<usize>) -> impl IntoView {
    view! {
        <a class="top-link" href=href aria-label=move || words::with_count(name, count.get())>
            <Icon symbol />
            {move || (count.get() > 0).then(|| view! { <span class="count">{count.get()}</span> })}
        </a>
    }
}

/// What was said last, for a while.
#[component]
fn Said() -> impl IntoView {
    let said = World::here().said();
    Effect::new(move |before: Option<Option<TimeoutHandle>>| {
        before.flatten().inspect(TimeoutHandle::clear);
        let hide = move || {
            said.try_set(String::new());
        };
        if said.with(String::is_empty) { None } else { set_timeout_with_handle(hide, SAID).ok() }
    });
    // That the app now opens without a network is said when nothing else is: it can wait, and what somebody just did cannot.
    let is_ready = RwSignal::new(false);
    let listening = window_event_listener_untyped("carryout:ready", move |_| is_ready.set(true));
    on_cleanup(move || listening.remove());
    Effect::new(move |_| {
        if is_ready.get() && said.with(String::is_empty) {
            is_ready.set(false);
            said.set(parts::ready_for_offline().to_owned());
        }
    });
    // Who listens to the page listens to the outer one, which stays; the inner comes and goes, and moves nothing.
    let words = move || (!said.with(String::is_empty)).then(|| view! { <span class="said">{said.get()}</span> });
    view! { <div data-test="said" role="status" aria-live="polite">{words}</div> }
}
