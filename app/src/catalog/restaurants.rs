//! All restaurants, those that are open first, with a search that also looks at their dishes; the nearest first for who wishes so.

use std::time::Duration;

use domain::catalog::restaurant::Openness;
use domain::catalog::{Menu, Restaurant};
use domain::delivery::Place;
use domain::id::menu_key;
use domain::{RestaurantId, Row};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ordering::CartBar;
use crate::parts::place::place;
use crate::parts::{Empty, Icon, Page, Skeleton, Symbol};
use crate::texts::{catalog, parts};
use crate::words;
use crate::world::{Client, World};

/// How many kitchens are offered to pick from; the rest is found by searching.
const CUISINES_MAX: usize = 14;

/// How long a tap on "nearest first" waits for this device to know where it is.
const PLACE_WAIT_MAX: Duration = Duration::from_secs(10);

/// What of a restaurant is on its card.
#[derive(Clone, PartialEq)]
struct Card {
    id: RestaurantId,
    name: String,
    description: String,
    cuisines: Vec<String>,
    openness: Openness,
    place: Option<Place>,
    /// Names of dishes, in small letters, to be searched.
    dishes: String,
}

impl Card {
    fn is_open(&self) -> bool {
        self.openness.may_order()
    }

    /// How far it is from `here`, in metres, where both are known.
    fn metres_from(&self, here: Option<Place>) -> Option<u32> {
        Some(here?.metres_to(self.place?))
    }

    fn answers(&self, words: &str) -> bool {
        let text =
            [&self.name, &self.description, &self.cuisines.join(" "), &self.dishes].map(|text| text.to_lowercase());
        words.split_whitespace().all(|word| text.iter().any(|text| text.contains(word)))
    }
}

fn card(client: &Client, restaurant: &Restaurant, openness: Openness) -> Card {
    let menu = client.row(&menu_key(&restaurant.id)).and_then(Row::as_menu);
    let names = |menu: &Menu| menu.items().map(|item| item.name.as_str()).collect::<Vec<_>>().join("\n");
    Card {
        id: restaurant.id.clone(),
        name: restaurant.name.clone(),
        description: restaurant.description.clone(),
        cuisines: restaurant.cuisines.clone(),
        openness,
        place: restaurant.geo.map(|(latitude, longitude)| Place(latitude, longitude)),
        dishes: menu.map(names).unwrap_or_default(),
    }
}

/// Whether the nearest come first. Where this device is stays on it, and is forgotten with the page.
#[derive(Clone, Copy, PartialEq)]
enum Nearest {
    Unasked,
    Asking,
    From(Place),
}

impl Nearest {
    fn here(self) -> Option<Place> {
        match self {
            Self::From(here) => Some(here),
            Self::Unasked | Self::Asking => None,
        }
    }
}

/// A tap on "nearest first": on, or off again.
fn turn(world: World, nearest: RwSignal<Nearest>) {
    if nearest.get_untracked() != Nearest::Unasked {
        return nearest.set(Nearest::Unasked);
    }
    nearest.set(Nearest::Asking);
    spawn_local(async move {
        let here = place(PLACE_WAIT_MAX).await;
        // They may have thought better of it meanwhile.
        if nearest.try_get_untracked() == Some(Nearest::Asking) {
            nearest.set(here.map_or(Nearest::Unasked, Nearest::From));
            if here.is_none() {
                world.say(parts::here_unknown());
            }
        }
    });
}

/// The first screen of a customer.
#[component]
pub fn Restaurants() -> impl IntoView {
    let world = World::here();
    let cards = Memo::new(move |_| {
        let now = world.now();
        world.read(|client| {
            let rows = client.rows_of_kind("restaurant");
            let openness = |restaurant: &Restaurant| restaurant.openness(now, &replica::zone::utc_offset_min);
            let mut there: Vec<_> = rows.iter().filter_map(|(_, row)| row.as_restaurant()).collect();
            there.sort_by_cached_key(|restaurant| restaurant.place(openness(restaurant)));
            there.into_iter().map(|restaurant| card(client, restaurant, openness(restaurant))).collect::<Vec<_>>()
        })
    });
    let cuisines = Memo::new(move |_| cards.with(|cards| most_offered(cards)));
    let (search, open_only, cuisine) =
        (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(String::new()));
    let nearest = RwSignal::new(Nearest::Unasked);
    let found = Memo::new(move |_| {
        let words = search.get().to_lowercase();
        let fits = |card: &Card| {
            let wanted = cuisine.with(|cuisine| cuisine.is_empty() || card.cuisines.contains(cuisine));
            wanted && (!open_only.get() || card.is_open()) && card.answers(&words)
        };
        let mut found = cards.with(|cards| cards.iter().filter(|card| fits(card)).cloned().collect::<Vec<_>>());
        if let Some(here) = nearest.get().here() {
            // What is closed is of less use than what is far; of a place that nobody knows it is not said that it is near.
            let far = |card: &Card| (!card.is_open(), card.metres_from(Some(here)).unwrap_or(u32::MAX));
            found.sort_by_key(far);
        }
        found
    });
    let is_empty = Memo::new(move |_| cards.with(Vec::is_empty));
    let is_none_found = Memo::new(move |_| found.with(Vec::is_empty));
    let list = move || {
        if is_empty.get() {
            return nothing_there(world).into_any();
        }
        if is_none_found.get() {
            let clear = move |_| {
                search.set(String::new());
                cuisine.set(String::new());
                open_only.set(false);
            };
            return view! {
                <Empty title=catalog::nothing_like_that() text=catalog::nothing_like_that_says()>
                    <button type="button" class="button" on:click=clear>{catalog::show_all()}</button>
                </Empty>
            }
            .into_any();
        }
        view! {
            <ul class="cards">
                <For each=move || found.get() key=|card| (card.id.clone(), words::openness(card.openness))
                    children=move |card| view! { <RestaurantCard card nearest /> } />
            </ul>
        }
        .into_any()
    };
    view! {
        <Page title=catalog::hungry_for() class="page-wide" keeps_place=true>
            <search class="filters">
                <label class="search">
                    <Icon symbol=Symbol::Search />
                    <span class="unseen">{catalog::search_restaurants()}</span>
                    <input type="search" name="search" placeholder=catalog::search_example() autocomplete="off"
                        prop:value=search on:input:target=move |event| search.set(event.target().value()) />
                </label>
                <div class="chips" role="group" aria-label=catalog::filters()>
                    <button type="button" class="chip" aria-pressed=move || open_only.get().to_string()
                        on:click=move |_| open_only.update(|only| *only = !*only)>{catalog::open_now()}</button>
                    <button type="button" class="chip" data-test="nearest" aria-pressed=move || nearest.get().here().is_some().to_string()
                        aria-busy=move || (nearest.get() == Nearest::Asking).to_string()
                        on:click=move |_| turn(world, nearest)>{catalog::nearest_first()}</button>
                    <For each=move || cuisines.get() key=Clone::clone children=move |name| {
                        let (pressed, picked) = (name.clone(), name.clone());
                        let is_picked = move || cuisine.with(|cuisine| *cuisine == pressed).to_string();
                        let pick = move |_| cuisine.update(|cuisine| {
                            *cuisine = if *cuisine == picked { String::new() } else { picked.clone() };
                        });
                        view! {
                            <button type="button" class="chip" aria-pressed=is_picked on:click=pick>{name}</button>
                        }
                    } />
                </div>
                <p class="unseen" role="status">{move || catalog::restaurants_found(found.with(Vec::len) as u64)}</p>
            </search>
            {list}
            <CartBar />
        </Page>
    }
}

fn nothing_there(world: World) -> impl IntoView {
    move || {
        if world.has_rows() {
            view! { <Empty title=catalog::no_restaurants() text=catalog::no_restaurants_says() /> }.into_any()
        } else if world.is_loading() {
            view! { <Skeleton rows=6 /> }.into_any()
        } else {
            view! { <Empty title=catalog::nothing_here() text=words::nothing_yet() /> }.into_any()
        }
    }
}

fn most_offered(cards: &[Card]) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = vec![];
    for cuisine in cards.iter().flat_map(|card| &card.cuisines) {
        match counts.iter_mut().find(|(name, _)| name == cuisine) {
            Some((_, count)) => *count += 1,
            None => counts.push((cuisine.clone(), 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.into_iter().take(CUISINES_MAX).map(|(name, _)| name).collect()
}

#[component]
fn RestaurantCard(card: Card, nearest: RwSignal<Nearest>) -> impl IntoView {
    let open = if card.is_open() { "open" } else { "closed" };
    let tone = match card.openness {
        Openness::Open { closes_in_min: 0..=60 } => "warning",
        _ => open,
    };
    let far = {
        let card = card.clone();
        move || card.metres_from(nearest.get().here()).map(|metres| words::distance(Some(metres)))
    };
    let far = move || far().map(|words| view! { <span class="card-note" data-test="far">{words}</span> });
    view! {
        <li>
            <a class=format!("card restaurant {open}") href=format!("/r/{}", card.id) data-test="restaurant" data-id=card.id.to_string()>
                <Tile name=card.name.clone() />
                <span class="card-words">
                    <strong class="card-title"><bdi>{card.name.clone()}</bdi></strong>
                    <span class="card-note"><bdi>{card.cuisines.join(" \u{b7} ")}</bdi></span>
                    <span class=format!("pill {tone}")>{words::openness(card.openness)}</span>
                    {far}
                </span>
            </a>
        </li>
    }
}

/// A restaurant's sign: its initials on a colour that is always the same.
#[component]
pub fn Tile(#[prop(into)] name: String) -> impl IntoView {
    let shade = name.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 8;
    let words = name.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let initials: String =
        words.take(2).filter_map(|word| word.chars().find(|letter| letter.is_alphabetic())).collect();
    view! { <span class=format!("tile shade-{shade}") aria-hidden="true">{initials.to_uppercase()}</span> }
}
