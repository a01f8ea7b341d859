//! All orders of this person, the open ones first.

use domain::id::restaurant_key;
use domain::ordering::{Line, Order, OrderCommand, Status};
use domain::{Command, OrderId, Row, Trade};
use leptos::prelude::*;
use sync::outbox::Stage;
use sync::{Act, InboxItem, Millis};

use crate::account::BeingTakenOver;
use crate::language::format;
use crate::parts::{Empty, Page, Skeleton, money, time};
use crate::texts::ordering;
use crate::words;
use crate::world::{Client, World};

/// An order on the list.
#[derive(Clone, PartialEq)]
struct Entry {
    id: OrderId,
    name: String,
    mark: String,
    /// `None` for an order that was held and is not one yet.
    status: Option<Status>,
    stage: Option<Stage>,
    dishes: String,
    total: String,
    /// When it is wanted, where that is not as soon as possible.
    wanted: Option<Millis>,
    at: Millis,
}

impl Entry {
    fn is_over(&self) -> bool {
        self.status.is_some_and(Status::is_final)
    }
}

fn dishes(lines: &[Line]) -> String {
    format::list(lines.iter().map(|line| ordering::times(u64::from(line.quantity), &line.name)))
}

/// Orders that were placed and came back: they wait in the inbox.
fn held(client: &Client) -> Vec<Entry> {
    let one = |item: &InboxItem<Trade>| {
        let Act::Do(Command::Order(OrderCommand::Place(place))) = &item.act else { return None };
        if client.row(&item.lane).is_some() {
            return None;
        }
        let restaurant = client.row(&restaurant_key(&place.restaurant)).and_then(Row::as_restaurant);
        Some(Entry {
            id: place.order,
            name: restaurant.map_or_else(|| place.restaurant.to_string(), |restaurant| restaurant.name.clone()),
            mark: place.order.provisional(),
            status: None,
            stage: None,
            dishes: dishes(&place.lines),
            total: place.total().map(money::text).unwrap_or_default(),
            wanted: place.wanted,
            at: item.acted_at,
        })
    };
    client.cache().inbox().into_iter().filter_map(one).collect()
}

fn entry(order: &Order, stage: Option<Stage>) -> Entry {
    Entry {
        id: order.id,
        name: if order.restaurant_name.is_empty() {
            order.restaurant.to_string()
        } else {
            order.restaurant_name.clone()
        },
        mark: order.number.map_or_else(|| order.id.provisional(), |number| format!("#{number}")),
        status: Some(order.status),
        stage,
        dishes: dishes(&order.lines),
        total: money::text(order.total),
        wanted: order.wanted.map(|wanted| wanted.at),
        at: order.steps.first().map(|step| step.at).unwrap_or_default(),
    }
}

/// All orders.
#[component]
pub fn History() -> impl IntoView {
    let world = World::here();
    let entries = Memo::new(move |_| {
        let mut entries: Vec<Entry> = world.read(|client| {
            let rows = client.rows_of_kind("order");
            let one = |(key, row): &(sync::Key, &Row)| {
                let pending = client.overlay(key).and_then(|overlay| overlay.pending.last());
                Some(entry(row.as_order()?, pending.map(|act| act.stage)))
            };
            rows.iter().filter_map(one).chain(held(client)).collect()
        });
        entries.sort_by_key(|entry| (entry.is_over(), entry.status.is_some(), -entry.at));
        entries
    });
    let body = move || {
        let (open, over): (Vec<_>, Vec<_>) = entries.get().into_iter().partition(|entry| !entry.is_over());
        if open.is_empty() && over.is_empty() {
            return nothing(world).into_any();
        }
        view! {
            {(!open.is_empty()).then(|| view! { <List title=ordering::on_their_way() entries=open /> })}
            {(!over.is_empty()).then(|| view! { <List title=ordering::earlier() entries=over /> })}
            <a class="button quiet" href="/orders/archive" data-test="archive-link">{words::archive()}</a>
        }
        .into_any()
    };
    view! { <Page title=ordering::your_orders().to_owned() keeps_place=true><BeingTakenOver />{body}</Page> }
}

fn nothing(world: World) -> AnyView {
    if world.actor().is_none() {
        return view! {
            <Empty title=ordering::none_on_this_phone() text=ordering::none_on_this_phone_says()>
                <a class="button primary" href="/sign-in?next=/orders">{words::sign_in()}</a>
            </Empty>
        }
        .into_any();
    }
    if world.is_loading() {
        return view! { <Skeleton rows=4 /> }.into_any();
    }
    view! {
        <Empty title=ordering::none_here() text=words::no_orders()>
            <a class="button primary" href="/">{ordering::find_something()}</a>
            <a class="button quiet" href="/orders/archive" data-test="archive-link">{words::archive()}</a>
        </Empty>
    }
    .into_any()
}

#[component]
fn List(title: &'static str, entries: Vec<Entry>) -> impl IntoView {
    let row = |entry: Entry| {
        let words = match (entry.stage, entry.status) {
            (Some(stage), _) => words::stage(stage, World::here().kept()),
            (None, Some(status)) => words::order_status(status),
            (None, None) => words::held(),
        };
        let status = entry.status.map_or("held", Status::name);
        view! {
            <li>
                <a class="card" href=format!("/orders/{}", entry.id) data-test="order" data-id=entry.id.to_string()
                    data-status=status data-stage=entry.stage.map(Stage::name).unwrap_or_default()>
                    <span class="card-words">
                        <strong class="card-title"><bdi>{entry.name}</bdi>" "<span class="mark code">{entry.mark}</span></strong>
                        <span class="card-note clamp">{entry.dishes}</span>
                        {entry.wanted.map(|at| view! {
                            <span class="card-note" data-test="wanted-for">{ordering::wanted_for(&time::slot(at))}</span>
                        })}
                        <span class=format!("pill status-{status}")>{words}</span>
                    </span>
                    <span class="card-side">
                        <span class="price">{entry.total}</span>
                        <small>{time::moment(entry.at)}</small>
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <section>
            <h2>{title}</h2>
            <ul class="cards">{entries.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
