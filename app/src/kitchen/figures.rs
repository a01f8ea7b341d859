//! What the days came to: a card a day, with the file that the server made of it. It is added up on the server and asked for when
//! somebody looks; nothing of it is kept here.

use domain::{Currency, Money};
use leptos::prelude::*;
use serde::Deserialize;
use sync::Millis;

use super::board::signed_out;
use super::chart::{Bar, chart};
use crate::parts::{Page, Pages, money, time};
use crate::texts::kitchen;
use crate::words;
use crate::world::World;

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

/// The screen.
#[component]
pub fn Figures() -> impl IntoView {
    let world = World::here();
    // Another house's staff begins with a list of its own.
    let house = Memo::new(move |_| world.own_restaurant());
    let body = move || if house.get().is_some() { view! { <Days /> }.into_any() } else { signed_out(world).into_any() };
    let back = ("/kitchen".to_owned(), kitchen::board().to_owned());
    view! { <Page title=words::figures().to_owned() back class="page-desk">{body}</Page> }
}

#[component]
fn Days() -> impl IntoView {
    let pages = Pages::<Day>::at(RwSignal::new("/api/reports".to_owned()));
    let none = || view! { <p data-test="no-figures">{words::no_figures()}</p> }.into_any();
    let draw = move |day| view! { <DayCard day is_away=pages.is_away /> };
    let bar = |day: &Day| {
        let sum = |of: fn(&Sums) -> usize| day.figures.iter().map(of).sum();
        Bar { day: day.day.clone(), placed: sum(|sums| sums.placed), lost: sum(|sums| sums.refused + sums.cancelled) }
    };
    let picture = move || pages.with(|days| chart(days.iter().map(bar).collect()));
    let days = pages.view(words::figures_need_network(), none, words::earlier_days(), draw);
    view! { {picture} {days} }
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
        ("placed", kitchen::figure_placed(), placed),
        ("accepted", kitchen::figure_accepted(), accepted),
        ("refused", kitchen::figure_refused(), refused),
        ("cancelled", kitchen::figure_cancelled(), cancelled),
        ("handed-over", kitchen::figure_handed_over(), handed_over),
        ("delivered", kitchen::figure_delivered(), delivered),
    ];
    let amounts = [
        ("goods", kitchen::figure_goods(), sums.goods_minor),
        ("tips", kitchen::figure_tips(), sums.tips_minor),
        ("refunds", kitchen::figure_refunds(), sums.refunds_minor),
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
