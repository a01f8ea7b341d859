//! The menu editor: name, price, sold out. An edit says what its editor saw, so that two people who change the same
//! dish are told instead of overwriting each other. Half-written edits are kept on this device.

use domain::catalog::edits::{Hand, Hands};
use domain::catalog::menu::{Edit, NAME_CHARS_MAX};
use domain::catalog::{Item, MenuCommand};
use domain::id::{edits_key, menu_key};
use domain::{Command, ItemId, RestaurantId, Row};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sync::Key;
use sync::outbox::Stage;

use crate::meanwhile::{Field, Meanwhile, Moved, Overtaken, meanwhile};
use crate::parts::{Empty, Icon, Page, Skeleton, Symbol, money};
use crate::texts::catalog;
use crate::words;
use crate::world::{Client, World, kept_draft};

/// An edit that was begun: what stood there then, and what is written now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Begun {
    name: Edit<String>,
    price: Edit<String>,
    /// How many are left; empty: they are not counted.
    #[serde(default = "not_counted")]
    left: Edit<String>,
}

/// What an edit says of portions that was begun before they could be edited.
fn not_counted() -> Edit<String> {
    Edit { from: String::new(), to: String::new() }
}

impl Begun {
    fn of(item: &Item) -> Self {
        let same = |text: String| Edit { from: text.clone(), to: text };
        let left = item.availability.left().map(|left| left.to_string());
        Self { name: same(item.name.clone()), price: same(item.price.decimal()), left: same(left.unwrap_or_default()) }
    }

    fn is_changed(&self) -> bool {
        [&self.name, &self.price, &self.left].into_iter().any(|edit| edit.from != edit.to)
    }

    /// The command for a part of it is given: that part is as it was to be.
    fn is_given(&mut self, command: &MenuCommand) {
        let parts = match command {
            MenuCommand::SetLeft { .. } => vec![&mut self.left],
            _ => vec![&mut self.name, &mut self.price],
        };
        parts.into_iter().for_each(|edit| edit.from.clone_from(&edit.to));
    }

    /// With what is left now, where nobody edits that: orders come while a name is typed.
    fn with_left_of(self, item: Option<&Item>) -> Self {
        match item.map(Self::of) {
            Some(now) if self.left.from == self.left.to => Self { left: now.left, ..self },
            _ => self,
        }
    }

    /// With what others changed meanwhile: where both changed a field, `mine` is kept over theirs, or theirs is taken.
    fn settled(self, now: &Self, mine: bool) -> Self {
        let field = |begun: Edit<String>, now: &Edit<String>| match begun.from == now.from {
            true => begun,
            false if mine && begun.from != begun.to => Edit { from: now.from.clone(), to: begun.to },
            false => now.clone(),
        };
        Self { name: field(self.name, &now.name), price: field(self.price, &now.price), left: self.left }
    }

    /// What is `now` other than it was when the edit was begun, and by whom.
    fn meanwhile(&self, now: &Self, hands: &Hands) -> Meanwhile {
        let field = |field, before: &Edit<String>, now: &Edit<String>, hand: &Option<Hand>| {
            let (seen, wanted) = (before.from.clone(), Some(before.to.clone()).filter(|to| *to != before.from));
            let moved = Moved { field, before: Some(seen), now: now.from.clone(), wanted, hand: hand.clone() };
            (before.from != now.from).then_some(moved)
        };
        let name = field(Field::Name, &self.name, &now.name, &hands.name);
        name.into_iter().chain(field(Field::Price, &self.price, &now.price, &hands.price)).collect()
    }

    /// The commands for what was changed.
    fn commands(&self, item: &Item) -> Result<Vec<MenuCommand>, String> {
        let money = |text: &str| money::read(text, item.price.currency);
        let name = Edit { from: self.name.from.clone(), to: self.name.to.trim().to_owned() };
        let price = Edit { from: money(&self.price.from)?, to: money(&self.price.to)? };
        let name = Some(name).filter(|edit| edit.from != edit.to);
        let price = Some(price).filter(|edit| edit.from != edit.to);
        let changes = name.is_some() || price.is_some();
        let change = changes.then(|| MenuCommand::ChangeItem { item: item.id.clone(), name, price });
        let left = Edit { from: portions(&self.left.from)?, to: portions(&self.left.to)? };
        let left = (left.from != left.to).then(|| MenuCommand::SetLeft { item: item.id.clone(), left });
        Ok(change.into_iter().chain(left).collect())
    }
}

/// How many portions a person means; nothing typed: they are not counted.
fn portions(text: &str) -> Result<Option<u32>, String> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| catalog::not_portions().to_owned()),
    }
}

/// The newest edit of the dish that is on its way, with what others changed under it.
fn waiting_edit(client: &Client, menu: &Key, dish: &ItemId) -> Option<(Stage, Option<Meanwhile>)> {
    let pending = client.overlay(menu)?.pending.iter().rev();
    let entries = pending.filter_map(|act| client.outbox().get(act.id));
    let mut own = entries.filter(|entry| match entry.envelope.as_ref().and_then(|envelope| envelope.command()) {
        Some(Command::Menu { command, .. }) => match command {
            MenuCommand::ChangeItem { item, .. }
            | MenuCommand::SetSoldOut { item, .. }
            | MenuCommand::SetLeft { item, .. }
            | MenuCommand::SetReadyMade { item, .. } => item == dish,
        },
        _ => false,
    });
    own.next().map(|entry| (entry.record.stage, meanwhile(client, entry)))
}

/// The menu of the restaurant whose staff is signed in.
#[component]
pub fn Editor() -> impl IntoView {
    let world = World::here();
    let search = RwSignal::new(String::new());
    let menu = Memo::new(move |_| world.row(&menu_key(&world.own_restaurant()?), Row::as_menu));
    let has_menu = Memo::new(move |_| menu.with(Option::is_some));
    // The list is built anew when dishes come or go, not when one of them changes.
    let outline = Memo::new(move |_| {
        let words = search.get().to_lowercase();
        menu.with(|menu| {
            let sections = menu.iter().flat_map(|menu| &menu.sections).map(|section| {
                let found = section.items.iter().filter(|item| item.name.to_lowercase().contains(words.trim()));
                (section.name.clone(), found.map(|item| item.id.clone()).collect::<Vec<_>>())
            });
            sections.filter(|(_, items)| !items.is_empty()).collect::<Vec<_>>()
        })
    });
    let body = move || {
        let Some(restaurant) = world.own_restaurant() else {
            return view! {
                <Empty title=catalog::sign_in_as_restaurant() text=catalog::sign_in_as_restaurant_says()>
                    <a class="button primary" href="/kitchen/sign-in">{words::sign_in()}</a>
                </Empty>
            }
            .into_any();
        };
        if !has_menu.get() {
            return if world.is_loading() {
                view! { <Skeleton rows=6 /> }.into_any()
            } else {
                view! { <Empty title=catalog::no_menu() text=words::nothing_yet() /> }.into_any()
            };
        }
        let section = |(name, items): (String, Vec<ItemId>)| {
            let restaurant = restaurant.clone();
            let row = move |id| view! { <ItemEditor restaurant=restaurant.clone() id /> };
            view! {
                <section class="menu-section">
                    <h2>{name}</h2>
                    <ul class="editor-rows">{items.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        };
        outline.get().into_iter().map(section).collect_view().into_any()
    };
    view! {
        <Page title=catalog::menu().to_owned() class="page-wide">
            <search class="filters">
                <label class="search">
                    <Icon symbol=Symbol::Search />
                    <span class="unseen">{catalog::search_your_menu()}</span>
                    <input type="search" name="search" placeholder=catalog::search_your_menu() autocomplete="off"
                        prop:value=search on:input:target=move |event| search.set(event.target().value()) />
                </label>
            </search>
            {body}
        </Page>
    }
}

#[component]
fn ItemEditor(restaurant: RestaurantId, id: ItemId) -> impl IntoView {
    let world = World::here();
    let draft_name = format!("menu-edit/{restaurant}/{id}");
    let pending_key = menu_key(&restaurant);
    let item = {
        let (key, id) = (menu_key(&restaurant), id.clone());
        Memo::new(move |_| world.row(&key, |row| row.as_menu()?.item(&id)))
    };
    let begun = RwSignal::new(untrack(|| world.draft::<Begun>(&draft_name)));
    let shown = Memo::new(move |_| {
        item.with(|item| {
            let begun = begun.get().map(|begun| begun.with_left_of(item.as_ref()));
            begun.or_else(|| item.as_ref().map(Begun::of))
        })
    });
    let is_changed = move || begun.with(|begun| begun.as_ref().is_some_and(Begun::is_changed));
    let edit = {
        let draft_name = draft_name.clone();
        move |text: String, write: fn(&mut Begun, String)| {
            let Some(mut next) = shown.get_untracked() else { return };
            write(&mut next, text);
            let next = Some(next).filter(Begun::is_changed);
            begun.set(next.clone());
            world.note_draft(draft_name.clone(), next);
        }
    };
    let (edit_name, edit_price, edit_left) = (edit.clone(), edit.clone(), edit);
    let (busy, selling) = (RwSignal::new(false), RwSignal::new(false));
    let forget = {
        let draft_name = draft_name.clone();
        move || {
            begun.try_set(None);
            world.note_draft::<Begun>(draft_name.clone(), None);
        }
    };
    let undo = {
        let forget = forget.clone();
        move |_| forget()
    };
    let save = {
        let (restaurant, draft_name) = (restaurant.clone(), draft_name.clone());
        move || {
            let (restaurant, forget, draft_name) = (restaurant.clone(), forget.clone(), draft_name.clone());
            world.doing(busy, async move {
                let (Some(item), Some(edited)) = (item.get_untracked(), begun.get_untracked()) else { return Ok(()) };
                let mut edited = edited.with_left_of(Some(&item));
                for command in edited.commands(&item)? {
                    // What is an act now is no edit any more; what is still to be one stays, should this be the end.
                    edited.is_given(&command);
                    let rest = Some(edited.clone()).filter(Begun::is_changed);
                    let command = Command::Menu { restaurant: restaurant.clone(), command };
                    world.act_with(command, None, vec![kept_draft(&draft_name, rest.as_ref())]).await?;
                    begun.try_set(rest);
                }
                forget();
                Ok(())
            });
        }
    };
    let settle = {
        let save = save.clone();
        move |mine: bool| {
            let Some(now) = item.with_untracked(|item| item.as_ref().map(Begun::of)) else { return };
            let next = begun.get_untracked().map(|begun| begun.settled(&now, mine)).filter(Begun::is_changed);
            begun.set(next.clone());
            world.note_draft(draft_name.clone(), next);
            if mine {
                save();
            }
        }
    };
    let sold_out = Memo::new(move |_| item.with(|item| item.as_ref().is_some_and(|item| !item.availability.covers(1))));
    let sell = {
        let (restaurant, item) = (restaurant.clone(), id.clone());
        move |_| {
            let command = MenuCommand::SetSoldOut { item: item.clone(), sold_out: !sold_out.get_untracked() };
            world.give(Command::Menu { restaurant: restaurant.clone(), command }, None, selling);
        }
    };
    let ready_made = Memo::new(move |_| item.with(|item| item.as_ref().is_some_and(|item| item.is_ready_made)));
    let cook = {
        let (restaurant, item) = (restaurant.clone(), id.clone());
        move |_| {
            let command = MenuCommand::SetReadyMade { item: item.clone(), is_ready_made: !ready_made.get_untracked() };
            world.give(Command::Menu { restaurant: restaurant.clone(), command }, None, selling);
        }
    };
    let hands = {
        let (key, id) = (edits_key(&restaurant), id.clone());
        Memo::new(move |_| world.row(&key, |row| row.as_edits()?.dishes.get(&id)).unwrap_or_default())
    };
    let moved = move || {
        let begun = begun.get()?;
        let now = item.with(|item| item.as_ref().map(Begun::of))?;
        let moved = begun.name.from != now.name.from || begun.price.from != now.price.from;
        let meanwhile = begun.meanwhile(&now, &hands.get());
        let is_clash = meanwhile.iter().any(|moved| moved.wanted.as_ref().is_some_and(|wanted| *wanted != moved.now));
        let (use_mine, keep_theirs) = (settle.clone(), settle.clone());
        moved.then(|| {
            view! {
                <Overtaken meanwhile />
                {is_clash.then(|| view! {
                    <div class="actions">
                        <button type="button" class="button primary" data-test="editor-mine" prop:disabled=busy
                            on:click=move |_| use_mine(true)>{words::use_mine()}</button>
                        <button type="button" class="button" data-test="editor-theirs" prop:disabled=busy
                            on:click=move |_| keep_theirs(false)>{words::keep_theirs()}</button>
                    </div>
                })}
            }
        })
    };
    let waits = {
        let (key, id) = (pending_key, id.clone());
        Memo::new(move |_| world.read(|client| waiting_edit(client, &key, &id)))
    };
    let waits = move || {
        let (stage, meanwhile) = waits.get()?;
        Some(match meanwhile {
            Some(meanwhile) => view! { <Overtaken meanwhile /> }.into_any(),
            None => view! { <p class="pending" data-test="pending">{words::stage(stage, world.kept())}</p> }.into_any(),
        })
    };
    view! {
        <li class="editor-row" class:gone=move || sold_out.get() data-test="menu-item" data-id=id.to_string()>
            <form on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save();
            }>
                <label class="field grow">
                    <span>{catalog::name()}</span>
                    <input type="text" name="item-name" maxlength=NAME_CHARS_MAX.to_string() required autocomplete="off"
                        prop:value=move || shown.with(|shown| shown.as_ref().map(|shown| shown.name.to.clone()))
                        on:input:target=move |event| edit_name(event.target().value(), |begun, text| begun.name.to = text) />
                </label>
                <label class="field price-field">
                    <span>{move || item.with(|item| catalog::price_in(item.as_ref().map_or("", |item| item.price.currency.code())))}</span>
                    <input type="text" name="item-price" inputmode="decimal" required autocomplete="off"
                        prop:value=move || shown.with(|shown| shown.as_ref().map(|shown| shown.price.to.clone()))
                        on:input:target=move |event| edit_price(event.target().value().replace(',', "."), |begun, text| begun.price.to = text) />
                </label>
                <label class="field left-field">
                    <span>{catalog::left_field()}</span>
                    <input type="text" name="item-left" inputmode="numeric" maxlength="4" placeholder="\u{2013}" autocomplete="off"
                        title=catalog::left_says()
                        prop:value=move || shown.with(|shown| shown.as_ref().map(|shown| shown.left.to.clone()))
                        on:input:target=move |event| edit_left(event.target().value(), |begun, text| begun.left.to = text) />
                </label>
                <div class="editor-buttons">
                    <button type="submit" class="button primary" data-test="save-item" prop:disabled=move || busy.get() || !is_changed()>
                        {move || if busy.get() { words::saving() } else { catalog::save() }}
                    </button>
                    {move || is_changed().then(|| view! { <button type="button" class="button quiet" on:click=undo.clone()>{catalog::undo()}</button> })}
                    <button type="button" class="switch" role="switch" data-test="sold-out" prop:disabled=selling
                        aria-checked=move || sold_out.get().to_string() on:click=sell>
                        <span class="switch-knob" aria-hidden="true"></span>{catalog::sold_out()}
                    </button>
                    <button type="button" class="switch" role="switch" data-test="ready-made" prop:disabled=selling
                        title=catalog::needs_no_kitchen_says()
                        aria-checked=move || ready_made.get().to_string() on:click=cook>
                        <span class="switch-knob" aria-hidden="true"></span>{catalog::needs_no_kitchen()}
                    </button>
                </div>
            </form>
            {moved}
            {waits}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use domain::catalog::Availability;
    use domain::{Currency, Money};

    use super::*;

    fn tiramisu() -> Item {
        Item {
            id: ItemId::from("tiramisu"),
            name: "Tiramisu".into(),
            description: String::new(),
            price: Money::new(600, Currency::EUR),
            groups: vec![],
            allergens: vec![],
            diets: vec![],
            availability: Availability::Available,
            is_ready_made: false,
        }
    }

    #[test]
    fn an_edit_names_only_what_was_changed_and_what_was_seen() {
        let mut begun = Begun::of(&tiramisu());
        begun.price.to = "7".into();
        let price = Edit { from: Money::new(600, Currency::EUR), to: Money::new(700, Currency::EUR) };
        let expected = MenuCommand::ChangeItem { item: ItemId::from("tiramisu"), name: None, price: Some(price) };
        assert_eq!(begun.commands(&tiramisu()), Ok(vec![expected]));
    }

    #[test]
    fn the_same_price_in_other_digits_is_no_change() {
        let mut begun = Begun::of(&tiramisu());
        begun.price.to = "6.0".into();
        assert_eq!(begun.commands(&tiramisu()), Ok(vec![]));
    }

    #[test]
    fn portions_are_said_as_they_were_seen_and_as_they_shall_be() {
        let counted = |left| Item { availability: Availability::Left(left), ..tiramisu() };
        let mut begun = Begun::of(&counted(3));
        begun.left.to = " 12 ".into();
        let left = |from, to| MenuCommand::SetLeft { item: ItemId::from("tiramisu"), left: Edit { from, to } };
        assert_eq!(begun.commands(&counted(3)), Ok(vec![left(Some(3), Some(12))]));
        begun.left.to = String::new();
        assert_eq!(begun.commands(&counted(3)), Ok(vec![left(Some(3), None)]));
        begun.left.to = "a few".into();
        assert!(begun.commands(&counted(3)).is_err());
        // Two were ordered while somebody typed a name.
        let mut named = Begun::of(&counted(3));
        named.name.to = "Tiram\u{ec}su".into();
        let now = named.with_left_of(Some(&counted(1)));
        assert_eq!((now.left.from.as_str(), now.left.to.as_str()), ("1", "1"));
    }
}
