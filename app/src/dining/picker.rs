//! Adding to a table: the menu with a search. A dish without options is one tap; another asks what is chosen.

use domain::catalog::Item;
use domain::dining::TabCommand;
use domain::dining::staff::NOTE_CHARS_MAX;
use domain::id::{LineId, TabId, menu_key};
use domain::ordering::order::QUANTITY_MAX;
use domain::ordering::price;
use domain::{Command, Row};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::catalog::{Chosen, Group, SoldOutMark, first_choices, matching};
use crate::parts::{Dialog, Empty, Icon, Stepper, Symbol, money};
use crate::texts::{catalog, common, dining};
use crate::words;
use crate::world::World;

/// The menu, to add from.
#[component]
pub(super) fn Picker(tab: TabId, asked: RwSignal<Option<Item>>) -> impl IntoView {
    let world = World::here();
    let search = RwSignal::new(String::new());
    let menu = Memo::new(move |_| world.row(&menu_key(&world.own_restaurant()?), Row::as_menu));
    let sections = Memo::new(move |_| menu.with(|menu| menu.as_ref().map(|menu| matching(menu, &search.get(), None))));
    let add = move |item: Item, busy: RwSignal<bool>| {
        if item.groups.iter().any(|group| group.min > 0) {
            asked.set(Some(item));
        } else {
            world.doing(busy, async move { adds(world, tab, &item, vec![], 1, String::new()).await });
        }
    };
    let row = move |item: Item| {
        let (one, more) = (item.clone(), item.clone());
        let (available, busy) = (item.availability.covers(1), RwSignal::new(false));
        view! {
            <li class="pick" class:gone=!available data-test="pick" data-id=item.id.to_string()>
                <button type="button" class="pick-one" data-test="add-line" prop:disabled=!available on:click=move |_| add(one.clone(), busy)>
                    <span class="card-words"><strong>{item.name.clone()}</strong></span>
                    <span class="card-side">
                        <span class="price">{money::text(item.price)}</span>
                        <SoldOutMark availability=item.availability />
                    </span>
                </button>
                <button type="button" class="button quiet" data-test="add-more" prop:disabled=!available
                    aria-label=dining::number_options_note(&item.name) on:click=move |_| asked.set(Some(more.clone()))>
                    "\u{2026}"
                </button>
            </li>
        }
    };
    let list = move || match sections.get() {
        None => view! { <Empty title=catalog::no_menu() text=words::nothing_yet() /> }.into_any(),
        Some(sections) if sections.is_empty() => {
            view! { <Empty title=catalog::no_dish_like_that() text=catalog::no_dish_like_that_says() /> }.into_any()
        }
        Some(sections) => {
            let section = |section: domain::catalog::Section| {
                view! {
                    <section class="menu-section">
                        <h2>{section.name}</h2>
                        <ul class="picks">{section.items.into_iter().map(row).collect_view()}</ul>
                    </section>
                }
            };
            sections.into_iter().map(section).collect_view().into_any()
        }
    };
    view! {
        <search class="filters sticky">
            <label class="search">
                <Icon symbol=Symbol::Search />
                <span class="unseen">{dining::search_menu()}</span>
                <input type="search" name="search" placeholder=dining::search_menu() autocomplete="off"
                    prop:value=search on:input:target=move |event| search.set(event.target().value()) />
            </label>
        </search>
        {list}
    }
}

/// Adds to the table, at the price that stands on this screen, and says so: the line may be off the screen.
async fn adds(world: World, tab: TabId, item: &Item, choices: Chosen, count: u32, note: String) -> Result<(), String> {
    let restaurant = world.own_restaurant().ok_or_else(dining::sign_in_first)?;
    let (unit, _) = price::priced(item, &choices).map_err(|why| words::unfit(&why))?;
    let (line, name) = (LineId(replica::new_uuid()), &item.name);
    let item = item.id.clone();
    let command = TabCommand::Add { tab, restaurant, line, item, choices, count, unit, note, reopens: false };
    world.act(Command::Tab(command), None).await?;
    world.say(&dining::added(u64::from(count), name));
    Ok(())
}

/// How many of a dish, with what, and a word to the kitchen.
#[component]
pub(super) fn Asked(tab: TabId, item: Item, asked: RwSignal<Option<Item>>) -> impl IntoView {
    let world = World::here();
    let open = RwSignal::new(true);
    Effect::new(move |_| {
        if !open.get() {
            asked.set(None);
        }
    });
    let (chosen, count) = (RwSignal::new(first_choices(&item)), RwSignal::new(1));
    let (note, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    // What is added is what stands here, also where the menu changes meanwhile.
    let priced = {
        let item = item.clone();
        Memo::new(move |_| price::priced(&item, &chosen.get()).map(|(unit, _)| unit.times(count.get())))
    };
    let label = move || match priced.get() {
        Ok(sum) => catalog::add(u64::from(count.get()), &money::text(sum)),
        Err(why) => words::unfit(&why),
    };
    let title = item.name.clone();
    let submit = {
        let item = item.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            let note = note.with_untracked(|note| note.trim().to_owned());
            let (item, choices, count) = (item.clone(), chosen.get_untracked(), count.get_untracked());
            world.doing(busy, async move {
                adds(world, tab, &item, choices, count, note).await?;
                open.try_set(false);
                Ok(())
            });
        }
    };
    view! {
        <Dialog open title>
            <form on:submit=submit.clone()>
                {item.groups.iter().map(|group| view! { <Group group=group.clone() chosen /> }).collect_view()}
                <Stepper label=catalog::how_many() value=count min=1 max=QUANTITY_MAX change=move |next| count.set(next) />
                <label class="field">
                    <span>{dining::word_to_kitchen()} " " <small>{catalog::optional()}</small></span>
                    <input type="text" name="line-note" maxlength=NOTE_CHARS_MAX.to_string() autocomplete="off"
                        prop:value=note on:input:target=move |event| note.set(event.target().value()) />
                </label>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{common::back()}</button>
                    <button type="submit" class="button primary" data-test="confirm-add" prop:disabled=move || busy.get() || priced.with(Result::is_err)>{label}</button>
                </div>
            </form>
        </Dialog>
    }
}
