//! What is over: every order that somebody had a part in, by date, and a search that finds it again. The server keeps them, so this needs
//! the network; what is under way, and what was lately, is on the device.

use domain::Money;
use leptos::{ev, html, prelude::*};
use serde::Deserialize;
use sync::Millis;

use crate::ordering::Names;
use crate::parts::{Empty, Icon, Page, Pages, Symbol, money, time};
use crate::words;
use crate::world::World;

/// An order on paper, as the server keeps it.
#[derive(Clone, Deserialize)]
struct Paper {
    id: String,
    at: Eaten,
    #[serde(default)]
    restaurant_name: String,
    #[serde(default)]
    number: Option<u32>,
    status: String,
    placed_at: Millis,
    #[serde(default)]
    wanted_at: Option<Millis>,
    lines: Vec<Line>,
    total: Money,
    #[serde(default)]
    tip: Option<Money>,
    #[serde(default)]
    refunded: Option<Money>,
    by_card: bool,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Eaten {
    Brought,
    Fetched,
    Table(String),
    Counter,
}

#[derive(Clone, Deserialize)]
struct Line {
    name: String,
    #[serde(default)]
    choices: Vec<String>,
    count: u32,
    unit: Money,
}

/// The screen.
#[component]
pub fn Archive(
    /// Where it is come to from, and what that is called.
    back: (&'static str, &'static str),
    /// Where a stranger signs in.
    sign_in: &'static str,
) -> impl IntoView {
    let world = World::here();
    // Another person's begins with a list of its own.
    let whose = Memo::new(move |_| world.actor().map(|actor| actor.account));
    let body = move || match whose.get() {
        Some(_) => view! { <Papers /> }.into_any(),
        None => view! {
            <Empty title=words::archive_is_nobodys() text=words::archive_sign_in()>
                <a class="button primary" href=sign_in>{words::sign_in()}</a>
            </Empty>
        }
        .into_any(),
    };
    let back = (back.0.to_owned(), back.1.to_owned());
    view! { <Page title=words::archive().to_owned() back class="page-desk">{body}</Page> }
}

#[component]
fn Papers() -> impl IntoView {
    let path = RwSignal::new("/api/archive".to_owned());
    let typed = NodeRef::<html::Input>::new();
    let looks_for = RwSignal::new(String::new());
    let look = move || {
        let words = typed.get_untracked().map(|input| input.value()).unwrap_or_default();
        let words = words.trim().to_owned();
        let query = String::from(js_sys::encode_uri_component(&words));
        path.set(if words.is_empty() { "/api/archive".to_owned() } else { format!("/api/search?q={query}") });
        looks_for.set(words);
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        look();
    };
    // A field that is emptied shows all of it again, without a tap on the button.
    let emptied = move |_| {
        if typed.get_untracked().is_some_and(|input| input.value().is_empty()) {
            look();
        }
    };
    let pages = Pages::<Paper>::at(path);
    let none = move || {
        let (test, text) = match looks_for.get_untracked() {
            words if words.is_empty() => ("no-papers", words::archive_is_empty().to_owned()),
            words => ("not-found", words::archive_finds_nothing(&words)),
        };
        view! { <p data-test=test role="status">{text}</p> }.into_any()
    };
    view! {
        <search class="filters">
            <form class="search-form" on:submit=submit>
                <label class="search">
                    <Icon symbol=Symbol::Search />
                    <span class="unseen">{words::archive_search()}</span>
                    <input type="search" name="archive" maxlength="100" placeholder=words::archive_hint() autocomplete="off"
                        node_ref=typed on:input=emptied />
                </label>
                <button type="submit" class="button" data-test="look">{words::archive_look()}</button>
            </form>
        </search>
        {pages.view(words::archive_needs_network(), none, words::archive_earlier(), |paper| view! { <PaperCard paper /> })}
    }
}

#[component]
fn PaperCard(paper: Paper) -> impl IntoView {
    let Paper { id, at, restaurant_name, number, status, placed_at, wanted_at, lines, total, tip, refunded, by_card } =
        paper;
    let place = match &at {
        Eaten::Table(name) => words::at_table(name),
        Eaten::Counter => words::at_counter().to_owned(),
        Eaten::Brought | Eaten::Fetched => restaurant_name,
    };
    let number = number.map(|number| view! { " "<span class="mark code">{format!("#{number}")}</span> });
    let line = |line: Line| {
        let choices =
            (!line.choices.is_empty()).then(|| view! { <small class="card-note"><Names of=line.choices /></small> });
        let price = money::text(line.unit.times(line.count));
        view! {
            <li>
                <span class="card-words"><span>{format!("{}\u{d7} ", line.count)}<bdi>{line.name}</bdi></span>{choices}</span>
                <span class="price">{price}</span>
            </li>
        }
    };
    let amount = |name: &'static str, amount: Option<Money>| {
        amount.map(|amount| view! { <div><dt>{name}</dt><dd>{money::text(amount)}</dd></div> })
    };
    view! {
        <details class="panel paper" data-test="paper" data-id=id data-status=status.clone()>
            <summary>
                <span class="card-words">
                    <strong class="card-title"><bdi>{place}</bdi>{number}</strong>
                    <span class=format!("pill status-{status}")>{words::became(&status)}</span>
                </span>
                <span class="card-side">
                    <span class="price">{money::text(total)}</span>
                    <small>{time::moment(placed_at)}</small>
                </span>
            </summary>
            <ul class="paper-lines">{lines.into_iter().map(line).collect_view()}</ul>
            <dl class="facts">
                {wanted_at.map(|at| view! { <div><dt>{words::paper_wanted()}</dt><dd data-test="wanted-for">{time::slot(at)}</dd></div> })}
                {amount(words::paper_tip(), tip)}
                {amount(words::paper_refund(), refunded)}
                <div><dt>{words::paper_total()}</dt><dd>{money::text(total)}</dd></div>
                <div><dt>{words::paper_paid()}</dt><dd>{words::paper_means(by_card)}</dd></div>
            </dl>
        </details>
    }
}
