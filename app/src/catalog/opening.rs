//! Opening and closing the doors, whatever the hours say.

use domain::catalog::RestaurantCommand;
use domain::catalog::restaurant::Openness;
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
    move || {
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
    }
}
