//! Opening and closing the doors, whatever the hours say, and saying how long meals take in a rush.

use domain::catalog::restaurant::Openness;
use domain::catalog::{Restaurant, RestaurantCommand};
use domain::id::restaurant_key;
use domain::{Command, Row};
use leptos::prelude::*;

use crate::texts::catalog;
use crate::words;
use crate::world::World;

/// The restaurant's name, whether it takes orders, and the switch.
#[component]
pub fn OpeningSwitch() -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let restaurant = Memo::new(move |_| world.row(&restaurant_key(&world.own_restaurant()?), Row::as_restaurant));
    let toggle = move |_| {
        let Some(restaurant) = restaurant.get_untracked() else { return };
        let command = if restaurant.closed_for_now { RestaurantCommand::Open {} } else { RestaurantCommand::Close {} };
        world.give(Command::Restaurant { restaurant: restaurant.id, command }, None, busy);
    };
    let openness = Memo::new(move |_| {
        let now = world.now();
        restaurant.with(|restaurant| Some(restaurant.as_ref()?.openness(now, &replica::zone::utc_offset_min)))
    });
    let pending = Memo::new(move |_| {
        let key = restaurant_key(&world.own_restaurant()?);
        world.read(|client| client.overlay(&key)?.pending.last().map(|act| act.stage))
    });
    let switch = move || {
        restaurant.get().zip(openness.get()).map(|(restaurant, openness)| {
        let state = if matches!(openness, Openness::Open { .. }) { "open" } else { "closed" };
        let pending = pending.get().map(|stage| words::stage(stage, world.kept()));
        view! {
            <div class="opening-switch">
                <span class="opening-words">
                    <strong><bdi>{restaurant.name}</bdi></strong>
                    <span class=format!("pill {state}")>{words::openness(openness)}</span>
                    {pending.map(|pending| view! { <small class="pending">{pending}</small> })}
                </span>
                <button type="button" class="button large" data-test="open-close" prop:disabled=busy on:click=toggle>
                    {if restaurant.closed_for_now { catalog::take_orders_again() } else { catalog::stop_taking_orders() }}
                </button>
            </div>
        }
    })
    };
    view! {
        {switch}
        <HowLong restaurant />
    }
}

/// How much longer meals may be said to take, in minutes.
const RUSHES_MIN: [u16; 6] = [0, 10, 20, 30, 45, 60];

/// How long meals take now: what customers are told of "as soon as possible", and the first time that they can choose.
#[component]
fn HowLong(restaurant: Memo<Option<Restaurant>>) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let is_there = Memo::new(move |_| restaurant.with(Option::is_some));
    let said = Memo::new(move |_| restaurant.with(|restaurant| restaurant.as_ref().map_or(0, |it| it.rush_min)));
    let usual = Memo::new(move |_| restaurant.with(|restaurant| restaurant.as_ref().map_or(0, Restaurant::lead_min)));
    let give = move |more_min: u16| {
        let Some(restaurant) = restaurant.get_untracked().map(|restaurant| restaurant.id) else { return };
        let command = RestaurantCommand::Rush { more_min };
        world.give(Command::Restaurant { restaurant, command }, None, busy);
    };
    // What was said elsewhere, by another release or another hand, is shown as it was said.
    let others = Memo::new(move |_| Some(said.get()).filter(|said| !RUSHES_MIN.contains(said)));
    let option = move |more_min: u16| {
        let takes = move || words::duration(usual.get() + i64::from(more_min));
        let words =
            move || if more_min == 0 { catalog::takes_usual(&takes()) } else { catalog::takes_longer(&takes()) };
        view! { <option value=more_min.to_string() prop:selected=move || said.get() == more_min>{words}</option> }
    };
    view! {
        <Show when=move || is_there.get()>
            <label class="field how-long">
                <span>{catalog::how_long_now()}</span>
                <select name="rush" data-test="rush" on:change:target=move |event| {
                    give(event.target().value().parse().unwrap_or_default());
                }>
                    {RUSHES_MIN.map(option).collect_view()}
                    {move || others.get().map(option)}
                </select>
            </label>
        </Show>
    }
}
