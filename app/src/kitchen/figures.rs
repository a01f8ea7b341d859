//! What the days came to: a card a day, with the file that the server made of it. It is added up on the server and asked for when
//! somebody looks; nothing of it is kept here.

use domain::{Currency, Money};
use leptos::prelude::*;
use serde::Deserialize;
use sync::Millis;
use sync::client::Reach;
use wasm_bindgen_futures::spawn_local;

use super::board::signed_out;
use crate::parts::{Notice, Page, Skeleton, Tone, money, time};
use crate::words;
use crate::world::World;

/// The server's answer.
#[derive(Deserialize)]
struct Answer {
    days: Vec<Day>,
    #[serde(default)]
    next: Option<String>,
}

#[derive(Clone, Deserialize)]
struct Day {
    day: String,
    version: u32,
    made_at: Millis,
    figures: Vec<Sums>,
}

/// A day in one currency.
#[derive(Clone, Deserialize)]
struct Sums {
    currency: Currency,
    placed: usize,
    accepted: usize,
    refused: usize,
    cancelled: usize,
    handed_over: usize,
    delivered: usize,
    goods_minor: i64,
    tips_minor: i64,
    refunds_minor: i64,
}

/// What was said so far, and where it goes on.
#[derive(Clone, Copy)]
struct Said {
    world: World,
    days: RwSignal<Option<Vec<Day>>>,
    next: RwSignal<Option<String>>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// The screen.
#[component]
pub fn Figures() -> impl IntoView {
    let world = World::here();
    // Another house's staff begins with a list of its own.
    let house = Memo::new(move |_| world.own_restaurant());
    let body = move || if house.get().is_some() { view! { <Days /> }.into_any() } else { signed_out(world).into_any() };
    let back = ("/kitchen".to_owned(), "Board".to_owned());
    view! { <Page title=words::figures().to_owned() back class="page-desk">{body}</Page> }
}

#[component]
fn Days() -> impl IntoView {
    let world = World::here();
    let said = Said {
        world,
        days: RwSignal::new(None),
        next: RwSignal::new(None),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let is_away = Memo::new(move |_| matches!(world.status().get().reach, Reach::Offline | Reach::Unreachable));
    // At once, and again when the server is back.
    Effect::new(move |_| {
        if !is_away.get() {
            said.ask(None);
        }
    });
    let needs_network = move || {
        is_away.get().then(|| view! {
            <Notice tone=Tone::Warning><p data-test="figures-need-network">{words::figures_need_network()}</p></Notice>
        })
    };
    let trouble = move || {
        let why = said.trouble.get().filter(|_| !is_away.get())?;
        Some(view! {
            <Notice tone=Tone::Warning>
                <p data-test="not-asked">{words::sentence(&why)}</p>
                <button type="button" class="button" on:click=move |_| said.ask(None)>{words::try_again()}</button>
            </Notice>
        })
    };
    let waits = move || (said.busy.get() && said.days.with(Option::is_none)).then(|| view! { <Skeleton rows=4 /> });
    let days = move || match said.days.get() {
        Some(days) if days.is_empty() => view! { <p data-test="no-figures">{words::no_figures()}</p> }.into_any(),
        days => {
            days.unwrap_or_default().into_iter().map(|day| view! { <DayCard day is_away /> }).collect_view().into_any()
        }
    };
    let earlier = move || {
        let next = said.next.get().filter(|_| !is_away.get())?;
        Some(view! {
            <button type="button" class="button wide" data-test="earlier" on:click=move |_| said.ask(Some(next.clone()))>
                {words::earlier_days()}
            </button>
        })
    };
    view! { {needs_network} {trouble} {waits} {days} {earlier} }
}

impl Said {
    /// Asks for the days before `before`, or for all of them anew.
    fn ask(self, before: Option<String>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let path = before.as_ref().map_or("/api/reports".to_owned(), |day| format!("/api/reports?before={day}"));
            match self.world.ask::<Answer>(&path).await {
                Ok(Answer { days: mut new, next }) => {
                    let kept = if before.is_some() { self.days.try_get_untracked().flatten() } else { None };
                    let mut days = kept.unwrap_or_default();
                    days.append(&mut new);
                    self.days.try_set(Some(days));
                    self.next.try_set(next);
                    self.trouble.try_set(None);
                }
                Err(why) => drop(self.trouble.try_set(Some(why))),
            }
            self.busy.try_set(false);
        });
    }
}

#[component]
fn DayCard(day: Day, is_away: Memo<bool>) -> impl IntoView {
    let Day { day, version, made_at, figures } = day;
    let address = format!("/api/reports/{day}?version={version}");
    let (title, name) = (day.clone(), format!("{day}-v{version}.csv"));
    let file = move || {
        let (address, name) = (address.clone(), name.clone());
        (!is_away.get()).then(|| {
            view! {
                <a class="button" data-test="report" href=address download=name>{words::figures_file()}</a>
            }
        })
    };
    view! {
        <section class="panel" data-test="figures" data-day=day data-version=version.to_string()>
            <h2>{title}</h2>
            {figures.into_iter().map(sums).collect_view()}
            <p class="hint">{words::figures_as_of(&time::moment(made_at), version)}</p>
            {file}
        </section>
    }
}

fn sums(sums: Sums) -> impl IntoView {
    let Sums { currency, placed, accepted, refused, cancelled, handed_over, delivered, .. } = sums;
    let counts = [
        ("placed", "Placed", placed),
        ("accepted", "Accepted", accepted),
        ("refused", "Refused", refused),
        ("cancelled", "Cancelled", cancelled),
        ("handed-over", "Handed over", handed_over),
        ("delivered", "Delivered by drivers", delivered),
    ];
    let amounts = [
        ("goods", "Dishes, paid", sums.goods_minor),
        ("tips", "Tips", sums.tips_minor),
        ("refunds", "Given back", sums.refunds_minor),
    ];
    let count = |(test, name, count): (&'static str, &'static str, usize)| {
        view! { <div data-test=test data-count=count.to_string()><dt>{name}</dt><dd>{count}</dd></div> }
    };
    let amount = |(test, name, minor): (&'static str, &'static str, i64)| {
        let amount = money::text(Money::new(minor, currency));
        view! { <div data-test=test data-minor=minor.to_string()><dt>{name}</dt><dd>{amount}</dd></div> }
    };
    view! { <dl class="facts">{counts.map(count).collect_view()}{amounts.map(amount).collect_view()}</dl> }
}
