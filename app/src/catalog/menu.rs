//! A restaurant's menu, with a search over its dishes.

use domain::RestaurantId;
use domain::catalog::restaurant::Openness;
use domain::catalog::{Diet, Item, Menu, Restaurant, Section};
use leptos::prelude::*;

use super::restaurants::Tile;
use super::{DishFacts, SoldOutMark, menu, restaurant, restaurant_param};
use crate::ordering::CartBar;
use crate::parts::{Empty, Icon, Notice, Page, Share, Skeleton, Symbol, Tone, money};
use crate::texts::catalog;
use crate::words;
use crate::world::World;

/// The menu of the restaurant that the address names.
#[component]
pub fn MenuPage() -> impl IntoView {
    let world = World::here();
    let id = restaurant_param();
    let restaurant = restaurant(world, id);
    let menu = menu(world, id);
    let title =
        move || restaurant.with(|row| row.as_ref().map_or_else(|| catalog::menu().to_owned(), |row| row.name.clone()));
    let (search, diet) = (RwSignal::new(String::new()), RwSignal::new(None::<Diet>));
    let sections =
        Memo::new(move |_| menu.with(|menu| menu.as_ref().map(|menu| matching(menu, &search.get(), diet.get()))));
    let diets = Memo::new(move |_| menu.with(|menu| menu.as_ref().map(diets).unwrap_or_default()));
    let body = move || match sections.get() {
        None if world.is_loading() => view! { <Skeleton rows=6 /> }.into_any(),
        None => view! {
            <Empty title=catalog::menu_not_here() text=catalog::menu_not_here_says()>
                <a class="button" href="/">{catalog::all_restaurants()}</a>
            </Empty>
        }
        .into_any(),
        Some(sections) if sections.is_empty() => {
            view! { <Empty title=catalog::no_dish_like_that() text=catalog::no_dish_like_that_says() /> }.into_any()
        }
        Some(sections) => {
            let id = id.get();
            sections
                .into_iter()
                .map(|section| view! { <SectionView restaurant=id.clone() section /> })
                .collect_view()
                .into_any()
        }
    };
    view! {
        <Page title=Signal::derive(title) back=("/".to_owned(), catalog::restaurants().to_owned()) class="page-wide menu-page" keeps_place=true>
            {move || restaurant.get().map(|restaurant| view! { <About restaurant /> })}
            <search class="filters sticky">
                <label class="search">
                    <Icon symbol=Symbol::Search />
                    <span class="unseen">{catalog::search_this_menu()}</span>
                    <input type="search" name="search" placeholder=catalog::search_this_menu() autocomplete="off"
                        prop:value=search on:input:target=move |event| search.set(event.target().value()) />
                </label>
                {move || (!diets.with(Vec::is_empty)).then(|| view! { <Diets diets=diets.get() picked=diet /> })}
            </search>
            {body}
            <CartBar restaurant=id />
        </Page>
    }
}

#[component]
fn Diets(diets: Vec<Diet>, picked: RwSignal<Option<Diet>>) -> impl IntoView {
    let chip = move |diet: Diet| {
        let toggle = move |_| picked.update(|picked| *picked = if *picked == Some(diet) { None } else { Some(diet) });
        view! {
            <button type="button" class="chip" aria-pressed=move || (picked.get() == Some(diet)).to_string() on:click=toggle>
                {words::diet(diet)}
            </button>
        }
    };
    view! { <div class="chips" role="group" aria-label=catalog::diets()>{diets.into_iter().map(chip).collect_view()}</div> }
}

#[component]
fn About(restaurant: Restaurant) -> impl IntoView {
    let world = World::here();
    let openness = {
        let restaurant = restaurant.clone();
        Memo::new(move |_| restaurant.openness(world.now(), &replica::zone::utc_offset_min))
    };
    let warning = move || {
        let openness = openness.get();
        let said = words::openness(openness);
        let words = match openness {
            Openness::Open { .. } | Openness::NotKnown => return None,
            Openness::ClosedForNow => catalog::fill_a_cart(&said),
            Openness::ClosedByHours { opens_in_min: None } | Openness::LastOrdersOver { opens_in_min: None } => {
                catalog::fill_a_cart(&said)
            }
            Openness::ClosedByHours { .. } | Openness::LastOrdersOver { .. } => catalog::order_for_later(&said),
        };
        Some(view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> })
    };
    view! {
        <div class="about">
            <Tile name=restaurant.name.clone() />
            <div>
                <p><bdi>{restaurant.description.clone()}</bdi></p>
                <p class="card-note">
                    <bdi>{restaurant.cuisines.join(" \u{b7} ")}</bdi>
                    {(!restaurant.address.is_empty()).then(|| view! { " \u{b7} " <bdi>{restaurant.address.clone()}</bdi> })}
                </p>
                <Share title=restaurant.name.clone() path=format!("/r/{}", restaurant.id) />
            </div>
        </div>
        {warning}
    }
}

#[component]
fn SectionView(restaurant: RestaurantId, section: Section) -> impl IntoView {
    let row = |item: Item| view! { <ItemRow restaurant=restaurant.clone() item /> };
    view! {
        <section class="menu-section">
            <h2>{section.name}</h2>
            <ul class="cards">{section.items.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

#[component]
fn ItemRow(restaurant: RestaurantId, item: Item) -> impl IntoView {
    let available = item.availability.covers(1);
    let price = money::text(item.price);
    let price = if item.groups.iter().any(|group| group.min > 0) { catalog::price_from(&price) } else { price };
    view! {
        <li>
            <a class="card dish" class:gone=!available href=format!("/r/{restaurant}/i/{}", item.id)
                data-test="item" data-id=item.id.to_string()>
                <span class="card-words">
                    <strong class="card-title"><bdi>{item.name.clone()}</bdi></strong>
                    <span class="card-note clamp"><bdi>{item.description.clone()}</bdi></span>
                    <DishFacts item=item.clone() />
                </span>
                <span class="card-side">
                    <span class="price">{price}</span>
                    <SoldOutMark availability=item.availability />
                </span>
            </a>
        </li>
    }
}

fn diets(menu: &Menu) -> Vec<Diet> {
    let mut diets: Vec<Diet> = menu.items().flat_map(|item| item.diets.iter().copied()).collect();
    diets.sort();
    diets.dedup();
    diets
}

/// The sections with the dishes in which all words of `search` stand and which suit `diet`.
pub fn matching(menu: &Menu, search: &str, diet: Option<Diet>) -> Vec<Section> {
    let search = search.to_lowercase();
    let fits = |item: &Item| {
        let text = format!("{} {}", item.name, item.description).to_lowercase();
        search.split_whitespace().all(|word| text.contains(word)) && diet.is_none_or(|diet| item.diets.contains(&diet))
    };
    let narrowed = menu.sections.iter().map(|section| {
        let items = section.items.iter().filter(|item| fits(item)).cloned().collect();
        Section { name: section.name.clone(), items }
    });
    narrowed.filter(|section| !section.items.is_empty()).collect()
}
