//! Catalog: what restaurants offer. Customers browse it; staff edit their own.

mod dish;
mod restaurants;

mod item;
mod menu;
mod options;

mod editor;
mod opening;

pub use dish::{DishFacts, SoldOutMark};
pub use editor::Editor;
pub use item::ItemPage;
pub use menu::{MenuPage, matching};
pub use opening::OpeningSwitch;
pub use options::{Chosen, Group, first_choices};
pub use restaurants::Restaurants;

use domain::catalog::{Menu, Restaurant};
use domain::id::{menu_key, restaurant_key};
use domain::{RestaurantId, Row};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::world::World;

/// The restaurant that the address names.
pub fn restaurant_param() -> Memo<RestaurantId> {
    let params = use_params_map();
    Memo::new(move |_| RestaurantId(params.with(|params| params.get("restaurant").unwrap_or_default())))
}

/// A restaurant's row.
pub fn restaurant(world: World, id: Memo<RestaurantId>) -> Memo<Option<Restaurant>> {
    Memo::new(move |_| world.row(&restaurant_key(&id.get()), Row::as_restaurant))
}

/// A restaurant's menu.
pub fn menu(world: World, id: Memo<RestaurantId>) -> Memo<Option<Menu>> {
    Memo::new(move |_| world.row(&menu_key(&id.get()), Row::as_menu))
}
