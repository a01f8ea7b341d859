//! What a driver took in: the cash that they carry for the house and hand in, tips by card that are owed to them, and their days. What
//! waits on this phone is counted by the same rules as what the server has, and says that it waits.

use std::collections::BTreeSet;

use domain::access::DRIVER;
use domain::delivery::takings::{Brought, Day, Sum, day_begins, day_of};
use domain::delivery::{ErrandCommand, Takings as Kept, TakingsCommand, TakingsEvent};
use domain::id::{HandInId, errand_key, takings_key};
use domain::trade::Event;
use domain::{Command, Currency, OrderId, Row, Trade};
use leptos::{ev, prelude::*};
use sync::outbox::Stage;
use sync::{AccountId, Act, Millis, Model as _};

use super::shift::signed_out;
use crate::parts::{Field, Notice, Page, Skeleton, Tone, focus_heading, money, time};
use crate::pending::Pending;
use crate::texts::delivery;
use crate::words;
use crate::world::{Client, World};

/// For how long a delivery is remembered that the server has and whose money has not come here yet: the next frame or the one
/// after it brings it.
const REMEMBERED_MS: Millis = 60_000;

/// What is shown: the server's row with what waits here over it.
#[derive(Clone, PartialEq)]
struct Shown {
    takings: Kept,
    /// Meals that wait on this phone.
    waiting: BTreeSet<OrderId>,
}

/// The screen.
#[component]
pub fn Takings() -> impl IntoView {
    let world = World::here();
    let me = Memo::new(move |_| world.actor().filter(|actor| actor.role.name == DRIVER).map(|actor| actor.account));
    let body = move || match me.get() {
        None => signed_out(world).into_any(),
        Some(_) if world.is_loading() => view! { <Skeleton rows=3 /> }.into_any(),
        Some(me) => view! { <Own me /> }.into_any(),
    };
    let back = ("/drive".to_owned(), delivery::shift().to_owned());
    view! { <Page title=delivery::takings().to_owned() back class="page-shift">{body}</Page> }
}

#[component]
fn Own(me: AccountId) -> impl IntoView {
    let world = World::here();
    let key = takings_key(&me);
    let pending_key = key.clone();
    let row = Memo::new(move |_| world.row(&key, Row::as_takings));
    let pending = Memo::new(move |_| world.read(|client| Pending::of(client, &pending_key)));
    let whose = me.clone();
    let waiting = Memo::new(move |before: Option<&Vec<Brought>>| {
        let (now, before) = (world.now(), before.map_or(&[][..], Vec::as_slice));
        row.with(|row| world.read(|client| waiting(client, &whose, row.as_ref(), now, before)))
    });
    let whose = me.clone();
    let shown = Memo::new(move |_| {
        let takings = row.get().unwrap_or_else(|| Kept::of(whose.clone()));
        waiting.with(|waiting| with_waiting(takings, waiting))
    });
    let sums = Memo::new(move |_| shown.with(|shown| shown.takings.all()));
    let carrying = Memo::new(move |_| {
        let carried = sums.get().into_iter().filter(|sum| sum.carried().minor > 0);
        carried.map(|sum| sum.currency()).collect::<Vec<_>>()
    });
    let whose = StoredValue::new(me);
    let hand_in = move |currency| view! { <HandIn me=whose.get_value() currency shown /> };
    view! {
        <p class="hint">{delivery::takings_what()}</p>
        <section class="panel" data-test="takings" data-stage=move || pending.with(Pending::name)>
            <h2>{delivery::takings_carried()}</h2>
            {move || carried(&sums.get())}
            {move || shown.with(waits)}
            {move || pending.with(Pending::words)}
            <For each=move || carrying.get() key=|currency| *currency children=hand_in />
        </section>
        {move || owed(&sums.get())}
        {move || shown.with(|shown| days(shown, world.now()))}
        {move || shown.with(latest)}
        {move || shown.with(hand_ins)}
    }
}

/// What this device reported as delivered and the row does not count yet.
fn waiting(client: &Client, me: &AccountId, takings: Option<&Kept>, now: Millis, before: &[Brought]) -> Vec<Brought> {
    let mut waiting: Vec<Brought> = vec![];
    for entry in client.outbox().entries().filter(|entry| entry.record.account == *me) {
        let Some(envelope) = &entry.envelope else { continue };
        let Act::Do(Command::Errand(ErrandCommand::Deliver { order })) = &envelope.act else { continue };
        let is_known = takings.is_some_and(|takings| takings.counts(*order));
        if is_known || waiting.iter().any(|brought| brought.order == *order) {
            continue;
        }
        let errand = client.row(&errand_key(*order)).and_then(Row::as_errand);
        let here = errand.and_then(|errand| Brought::of(errand, me, envelope.acted_at));
        let was_here = || before.iter().find(|brought| brought.order == *order).cloned();
        let is_on_its_way = now - entry.record.changed_at < REMEMBERED_MS;
        waiting.extend(match entry.record.stage {
            Stage::Saved | Stage::Sent | Stage::Accepted | Stage::NeedsYou => here.or_else(was_here),
            Stage::Done if is_on_its_way => was_here(),
            Stage::Asked | Stage::Done | Stage::Refused => None,
        });
    }
    waiting
}

/// The takings as they will stand, by the rule that the server counts by.
fn with_waiting(takings: Kept, waiting: &[Brought]) -> Shown {
    let driver = takings.driver.clone();
    let orders = waiting.iter().map(|brought| brought.order).collect();
    let mut counted = waiting
        .iter()
        .map(|brought| Event::Takings(TakingsEvent::Counted { driver: driver.clone(), brought: brought.clone() }));
    let row = counted.try_fold(Row::Takings(takings), |row, event| Trade::apply(Some(row), &event));
    Shown { takings: row.and_then(Row::into_takings).unwrap_or_else(|| Kept::of(driver)), waiting: orders }
}

fn carried(sums: &[Sum]) -> AnyView {
    if sums.is_empty() {
        return view! { <p data-test="takings-nothing">{delivery::takings_nothing()}</p> }.into_any();
    }
    let amount = |sum: &Sum| {
        let carried = sum.carried();
        view! {
            <p class="takings-carried" data-test="takings-carried" data-minor=carried.minor.to_string()>
                {money::text(carried)}
            </p>
        }
    };
    sums.iter().map(amount).collect_view().into_any()
}

/// That some of it waits on this phone.
fn waits(shown: &Shown) -> Option<AnyView> {
    let meals = shown.waiting.len();
    let text = delivery::takings_waiting(meals as u64);
    (meals > 0).then(|| {
        view! { <p class="pending" role="status" data-test="takings-waiting" data-count=meals.to_string()>{text}</p> }
            .into_any()
    })
}

#[component]
fn HandIn(me: AccountId, currency: Currency, shown: Memo<Shown>) -> impl IntoView {
    let world = World::here();
    let (amount, refused) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    // Two taps are one hand-in; the next has a name of its own.
    let mint = || HandInId(replica::new_uuid());
    let id = StoredValue::new(mint());
    let all = move |_| amount.set(shown.with_untracked(|shown| shown.takings.carried(currency)).decimal());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let driver = me.clone();
        let counting = shown.with_untracked(|shown| shown.waiting.iter().copied().collect());
        world.doing(busy, async move {
            let sum = match money::read(&amount.get_untracked(), currency) {
                Ok(sum) => sum,
                Err(why) => {
                    refused.set(words::sentence(&why));
                    return Ok(());
                }
            };
            let command = TakingsCommand::HandIn { driver, id: id.get_value(), amount: sum, counting };
            match world.act(Command::Takings(command), None).await {
                Ok(_) => {
                    id.try_set_value(mint());
                    amount.try_set(String::new());
                    refused.try_set(String::new());
                    focus_heading();
                }
                Err(why) => {
                    refused.try_set(words::sentence(&why));
                }
            }
            Ok(())
        });
    };
    let why = move || {
        let why = refused.get();
        (!why.is_empty()).then(|| view! { <Notice tone=Tone::Bad><p>{why}</p></Notice> })
    };
    view! {
        <form class="hand-in" on:submit=submit>
            <Field label=delivery::takings_amount(currency.code()) name="hand-in" mode="decimal" max=12 value=amount />
            <div role="alert" data-test="hand-in-refused">{why}</div>
            <button type="button" class="button quiet wide" data-test="hand-in-all" on:click=all>
                {delivery::takings_all_of_it()}
            </button>
            <button type="submit" class="button primary large wide" data-test="hand-in" prop:disabled=busy>
                {move || if busy.get() { words::saving() } else { delivery::takings_hand_in() }}
            </button>
        </form>
    }
}

/// Tips by card, of all days: nothing says here that they were paid out.
fn owed(sums: &[Sum]) -> Option<AnyView> {
    let tips: Vec<_> = sums.iter().filter(|sum| sum.tips.minor > 0).map(|sum| sum.tips).collect();
    let one = |tips: &domain::Money| {
        view! { <p data-test="takings-tips" data-minor=tips.minor.to_string()>{delivery::takings_owed(&money::text(*tips))}</p> }
    };
    (!tips.is_empty()).then(|| {
        view! { <section class="panel"><h2>{delivery::takings_tips()}</h2>{tips.iter().map(one).collect_view()}</section> }
            .into_any()
    })
}

fn days(shown: &Shown, now: Millis) -> AnyView {
    let today = day_of(now);
    let is_today = |day: &Day| day.day == today;
    let nothing = (!shown.takings.days.iter().any(is_today)).then(|| Day { day: today, sums: vec![] });
    let days = nothing.into_iter().chain(shown.takings.days.iter().rev().cloned());
    let one = |Day { day, sums }: Day| {
        let title = if day == today { delivery::takings_today().to_owned() } else { time::day_of_utc(day_begins(day)) };
        view! {
            <section class="panel" data-test="takings-day" data-day=day.to_string() data-today=(day == today).to_string()>
                <h2>{title}</h2>{table(&sums)}
            </section>
        }
    };
    let before = &shown.takings.before;
    let before = (!before.is_empty()).then(|| {
        view! { <section class="panel" data-test="takings-before"><h2>{delivery::takings_before()}</h2>{table(before)}</section> }
    });
    let ends = delivery::takings_day_ends(&time::clock(day_begins(today + 1)));
    view! { {days.map(one).collect_view()}{before}<p class="hint">{ends}</p> }.into_any()
}

fn table(sums: &[Sum]) -> AnyView {
    if sums.is_empty() {
        return view! { <p>{delivery::takings_no_meal()}</p> }.into_any();
    }
    let one = |sum: &Sum| {
        let amounts = [
            ("cash", delivery::takings_cash(), sum.cash),
            ("tips", delivery::takings_tips(), sum.tips),
            ("handed-in", delivery::takings_handed_in(), sum.handed_in),
        ];
        let amount = |(test, name, amount): (&'static str, &'static str, domain::Money)| {
            view! { <dt>{name}</dt><dd data-test=test data-minor=amount.minor.to_string()>{money::text(amount)}</dd> }
        };
        view! {
            <dl class="facts">
                <dt>{delivery::takings_meals()}</dt><dd data-test="meals" data-count=sum.meals.to_string()>{sum.meals}</dd>
                {amounts.map(amount).collect_view()}
            </dl>
        }
    };
    sums.iter().map(one).collect_view().into_any()
}

/// Meals one by one, to count the notes in the wallet by.
fn latest(shown: &Shown) -> Option<AnyView> {
    let one = |brought: &Brought| {
        let waits = shown.waiting.contains(&brought.order);
        let paid = match (brought.cash.minor, brought.tip.minor) {
            (0, 0) => delivery::takings_by_card().to_owned(),
            (0, _) => delivery::takings_by_card_with_tip(&money::text(brought.tip)),
            _ => money::text(brought.cash),
        };
        view! {
            <li data-test="takings-meal" data-id=brought.order.to_string() data-waits=waits.to_string()>
                <span>{time::moment(brought.at)}" "<bdi>{brought.restaurant_name.clone()}</bdi></span>
                <strong>{paid}</strong>
                {waits.then(|| view! { <span class="pill">{delivery::takings_waits()}</span> })}
            </li>
        }
    };
    let meals = shown.takings.latest.iter().rev().map(one).collect_view();
    (!shown.takings.latest.is_empty()).then(|| {
        view! { <section class="panel"><h2>{delivery::takings_latest()}</h2><ul class="takings-list">{meals}</ul></section> }
            .into_any()
    })
}

fn hand_ins(shown: &Shown) -> Option<AnyView> {
    let one = |handed: &domain::delivery::takings::Handed| {
        view! {
            <li data-test="takings-handed" data-minor=handed.amount.minor.to_string()>
                <span>{time::moment(handed.at)}</span><strong>{money::text(handed.amount)}</strong>
            </li>
        }
    };
    let list = shown.takings.handed.iter().rev().map(one).collect_view();
    (!shown.takings.handed.is_empty()).then(|| {
        view! { <section class="panel"><h2>{delivery::takings_handed_in()}</h2><ul class="takings-list">{list}</ul></section> }
            .into_any()
    })
}
