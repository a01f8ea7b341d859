//! All orders of this person, the open ones first.

use domain::ordering::{Order, Status};
use domain::{OrderId, RestaurantId};
use leptos::prelude::*;
use sync::Millis;
use sync::outbox::Stage;

use crate::parts::{Empty, Page, Skeleton, money, time};
use crate::words;
use crate::world::World;

/// An order on the list.
#[derive(Clone, PartialEq)]
struct Entry {
    id: OrderId,
    restaurant: RestaurantId,
    name: String,
    mark: String,
    status: Status,
    stage: Option<Stage>,
    dishes: String,
    total: String,
    at: Millis,
}

fn entry(order: &Order, stage: Option<Stage>) -> Entry {
    let dishes = order.lines.iter().map(|line| format!("{}\u{d7} {}", line.quantity, line.name)).collect::<Vec<_>>();
    Entry {
        id: order.id,
        restaurant: order.restaurant.clone(),
        name: if order.restaurant_name.is_empty() {
            order.restaurant.to_string()
        } else {
            order.restaurant_name.clone()
        },
        mark: order.number.map_or_else(|| order.id.provisional(), |number| format!("#{number}")),
        status: order.status,
        stage,
        dishes: dishes.join(", "),
        total: money::text(order.total),
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
            let one = |(key, row): &(sync::Key, &domain::Row)| {
                let pending = client.overlay(key).and_then(|overlay| overlay.pending.last());
                Some(entry(row.as_order()?, pending.map(|act| act.stage)))
            };
            rows.iter().filter_map(one).collect()
        });
        entries.sort_by_key(|entry| (entry.status.is_final(), -entry.at));
        entries
    });
    let body = move || {
        let (open, over): (Vec<_>, Vec<_>) = entries.get().into_iter().partition(|entry| !entry.status.is_final());
        if open.is_empty() && over.is_empty() {
            return nothing(world).into_any();
        }
        view! {
            {(!open.is_empty()).then(|| view! { <List title="On their way" entries=open /> })}
            {(!over.is_empty()).then(|| view! { <List title="Earlier" entries=over /> })}
        }
        .into_any()
    };
    view! { <Page title="Your orders".to_owned()>{body}</Page> }
}

fn nothing(world: World) -> AnyView {
    if world.actor().is_none() {
        return view! {
            <Empty title="Sign in to see your orders" text="You can look around and fill a cart without.">
                <a class="button primary" href="/sign-in?next=/orders">{words::sign_in()}</a>
            </Empty>
        }
        .into_any();
    }
    if world.is_loading() {
        return view! { <Skeleton rows=4 /> }.into_any();
    }
    view! {
        <Empty title="No orders yet" text="What you order is listed here, also without a network.">
            <a class="button primary" href="/">"Find something to eat"</a>
        </Empty>
    }
    .into_any()
}

#[component]
fn List(title: &'static str, entries: Vec<Entry>) -> impl IntoView {
    let row = |entry: Entry| {
        let status = entry.stage.map_or_else(|| words::order_status(entry.status), words::stage);
        view! {
            <li>
                <a class="card" href=format!("/orders/{}", entry.id) data-test="order" data-id=entry.id.to_string()
                    data-status=entry.status.name() data-stage=entry.stage.map(Stage::name).unwrap_or_default()>
                    <span class="card-words">
                        <strong class="card-title">{entry.name}" "<span class="mark">{entry.mark}</span></strong>
                        <span class="card-note clamp">{entry.dishes}</span>
                        <span class=format!("pill status-{}", entry.status.name())>{status}</span>
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
