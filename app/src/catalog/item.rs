//! One dish: its options with what they add, how many, and a word to the cook.

use domain::catalog::{Item, Menu};
use domain::ordering::order::{QUANTITY_MAX, TEXT_CHARS_MAX};
use domain::ordering::price;
use domain::{ItemId, RestaurantId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::options::{Chosen, Group, first_choices};
use super::{DishFacts, SoldOutMark, menu, restaurant_param};
use crate::ordering::{CartBar, add_to_cart};
use crate::parts::{Empty, Page, Skeleton, Stepper, money, use_way_on};
use crate::texts::catalog;
use crate::words;
use crate::world::World;

/// What the person has picked so far; it outlives a change of the menu beneath it.
#[derive(Clone, Copy)]
struct Picked {
    chosen: RwSignal<Chosen>,
    quantity: RwSignal<u32>,
    note: RwSignal<String>,
}

/// The dish that the address names.
#[component]
pub fn ItemPage() -> impl IntoView {
    let world = World::here();
    let id = restaurant_param();
    let params = use_params_map();
    let item_id = Memo::new(move |_| ItemId(params.with(|params| params.get("item").unwrap_or_default())));
    let menu = menu(world, id);
    let item = Memo::new(move |_| menu.with(|menu| menu.as_ref()?.item(&item_id.get()).cloned()));
    let title =
        move || item.with(|item| item.as_ref().map_or_else(|| catalog::dish().to_owned(), |item| item.name.clone()));
    let back = (format!("/r/{}", id.get_untracked()), catalog::menu().to_owned());
    let picked = Picked { chosen: RwSignal::default(), quantity: RwSignal::new(1), note: RwSignal::default() };
    let picked_for = StoredValue::new(None::<ItemId>);
    // A dish that has just come gets the first choice of each group that must be chosen from.
    Effect::new(move |_| {
        item.with(|item| {
            if let Some(item) = item.as_ref().filter(|item| picked_for.get_value().as_ref() != Some(&item.id)) {
                picked_for.set_value(Some(item.id.clone()));
                picked.chosen.set(first_choices(item));
            }
        });
    });
    let body = move || match item.get() {
        Some(item) => view! { <Order restaurant=id.get() item menu picked /> }.into_any(),
        None if world.is_loading() => view! { <Skeleton rows=4 /> }.into_any(),
        None => view! { <Empty title=catalog::not_on_menu() text=catalog::not_on_menu_says() /> }.into_any(),
    };
    view! {
        <Page title=Signal::derive(title) back>
            {body}
            <CartBar restaurant=id />
        </Page>
    }
}

#[component]
fn Order(restaurant: RestaurantId, item: Item, menu: Memo<Option<Menu>>, picked: Picked) -> impl IntoView {
    let world = World::here();
    let way_on = use_way_on();
    let Picked { chosen, quantity, note } = picked;
    let busy = RwSignal::new(false);
    let available = item.availability.covers(1);
    let priced = {
        let item = item.clone();
        Memo::new(move |_| price::priced(&item, &chosen.get()).map(|(unit, _)| unit.times(quantity.get())))
    };
    let label = move || match priced.get() {
        _ if !available => catalog::sold_out().to_owned(),
        Ok(sum) => catalog::add(u64::from(quantity.get()), &money::text(sum)),
        Err(why) => words::unfit(&why),
    };
    let add = {
        let (restaurant, item) = (restaurant.clone(), item.id.clone());
        move |_| {
            let (item, way_on, restaurant) = (item.clone(), way_on.clone(), restaurant.clone());
            world.doing(busy, async move {
                let menu = menu.get_untracked().ok_or(catalog::menu_not_here())?;
                let (chosen, note) = (chosen.get_untracked(), note.get_untracked());
                add_to_cart(world, &menu, &item, &chosen, quantity.get_untracked(), &note).await?;
                way_on(&format!("/r/{restaurant}"), Default::default());
                Ok(())
            });
        }
    };
    let groups = item.groups.iter().map(|group| view! { <Group group=group.clone() chosen /> }).collect_view();
    view! {
        <div class="dish-head">
            <p><bdi>{item.description.clone()}</bdi></p>
            <p class="price-large">{money::text(item.price)} " " <SoldOutMark availability=item.availability /></p>
            <DishFacts item=item.clone() />
        </div>
        {groups}
        <label class="field">
            <span>{catalog::word_to_the_cook()} " " <small>{catalog::optional()}</small></span>
            <textarea name="line-note" rows="2" maxlength=TEXT_CHARS_MAX.to_string() placeholder=catalog::word_example()
                prop:value=note on:input:target=move |event| note.set(event.target().value())></textarea>
        </label>
        <div class="add-bar">
            <Stepper label=catalog::how_many() value=quantity min=1 max=QUANTITY_MAX change=move |count| quantity.set(count) />
            <button type="button" class="button primary" data-test="add-to-cart" on:click=add
                prop:disabled=move || !available || busy.get() || priced.with(Result::is_err)>
                {label}
            </button>
        </div>
    }
}
