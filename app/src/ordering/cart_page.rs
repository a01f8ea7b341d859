//! The carts, one a restaurant, with what changed on a menu since something was picked from it.

use domain::id::{menu_key, restaurant_key};
use domain::ordering::order::QUANTITY_MAX;
use domain::ordering::{Cart, CartLine};
use domain::{RestaurantId, Row};
use leptos::prelude::*;

use super::changes::{Changes, LineDetails};
use super::{carts, carts::carts as all_carts};
use crate::parts::{Empty, Notice, Page, Stepper, Tone, money};
use crate::texts::ordering;
use crate::world::World;

/// All carts.
#[component]
pub fn CartPage() -> impl IntoView {
    let carts = all_carts(World::here());
    let ids =
        Memo::new(move |_| carts.with(|carts| carts.iter().map(|cart| cart.restaurant.clone()).collect::<Vec<_>>()));
    let body = move || {
        if ids.with(Vec::is_empty) {
            view! {
                <Empty title=ordering::cart_empty() text=ordering::cart_empty_says()>
                    <a class="button primary" href="/">{ordering::find_something()}</a>
                </Empty>
            }
            .into_any()
        } else {
            view! { <For each=move || ids.get() key=Clone::clone children=|id| view! { <OneCart id /> } /> }.into_any()
        }
    };
    view! { <Page title=ordering::cart().to_owned()>{body}</Page> }
}

#[component]
fn OneCart(id: RestaurantId) -> impl IntoView {
    let world = World::here();
    let id = StoredValue::new(id);
    let cart = Memo::new(move |_| carts::cart(world, &id.get_value()));
    let name = Memo::new(move |_| {
        let row = world.row(&restaurant_key(&id.get_value()), Row::as_restaurant);
        row.map_or_else(|| id.get_value().to_string(), |restaurant| restaurant.name)
    });
    let total = move || cart.with(|cart| cart.total().map(money::text));
    let checkout = format!("/r/{}/checkout", id.get_value());
    let forget = move |_| carts::update(world, &id.get_value(), |cart| cart.lines.clear());
    let lines = move || {
        let numbered = cart.with(|cart| cart.lines.iter().cloned().enumerate().collect::<Vec<_>>());
        let row = |(index, line)| view! { <CartRow id=id.get_value() index line /> };
        numbered.into_iter().map(row).collect_view()
    };
    view! {
        <section class="panel cart">
            <h2><a href=format!("/r/{}", id.get_value())>{move || name.get()}</a></h2>
            <CartChanges id=id.get_value() />
            <ul class="lines">{lines}</ul>
            <p class="total"><span>{ordering::total()}</span><strong class="price">{total}</strong></p>
            <a class="button primary wide" href=checkout data-test="checkout-link" data-id=id.get_value().to_string()>{ordering::to_checkout()}</a>
            <button type="button" class="button quiet wide" on:click=forget>{ordering::empty_cart()}</button>
        </section>
    }
}

#[component]
fn CartRow(id: RestaurantId, index: usize, line: CartLine) -> impl IntoView {
    let world = World::here();
    let label = ordering::how_many_of(&line.name);
    let quantity = line.quantity;
    let change = move |count| carts::update(world, &id, |cart| cart.set_quantity(index, count));
    view! {
        <li class="line">
            <span class="line-words">
                <span class="line-name">{line.name.clone()}</span>
                <LineDetails line=line.clone() />
                <Stepper label value=Signal::stored(quantity) min=0 max=QUANTITY_MAX change />
            </span>
            <span class="price">{money::text(line.unit.times(quantity))}</span>
        </li>
    }
}

/// "Here is what changed", with a yes to all of it.
#[component]
pub fn CartChanges(id: RestaurantId) -> impl IntoView {
    let world = World::here();
    let id = StoredValue::new(id);
    let menu = Memo::new(move |_| world.row(&menu_key(&id.get_value()), Row::as_menu));
    let changes = Memo::new(move |_| {
        let cart: Cart = carts::cart(world, &id.get_value());
        menu.with(|menu| menu.as_ref().map(|menu| cart.changes(menu)).unwrap_or_default())
    });
    let accept = move |_| {
        if let Some(menu) = menu.get_untracked() {
            carts::update(world, &id.get_value(), |cart| cart.accept_changes(&menu));
        }
    };
    move || {
        let changes = changes.get();
        (!changes.is_empty()).then(|| view! {
            <Notice tone=Tone::Warning attr:data-test="overtaken">
                <h3>{ordering::menu_changed()}</h3>
                <Changes changes />
                <p>{ordering::taking_changes()}</p>
                <button type="button" class="button" data-test="accept-cart-changes" on:click=accept>{ordering::take_changes()}</button>
            </Notice>
        })
    }
}
