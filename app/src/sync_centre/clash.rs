//! Two people changed the same field of a dish: both versions beside each other, and three ways out: mine, theirs, or
//! something else. What was typed is kept on this device until it is settled.

use domain::catalog::edits::Hand;
use domain::catalog::menu::{Clash, Edit, NAME_CHARS_MAX};
use domain::catalog::{MenuCommand, MenuRefusal};
use domain::id::{edits_key, menu_key};
use domain::{Command, ItemId, Money, Refusal, RestaurantId, Row, Trade};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sync::{Act, CommandId, InboxItem, Reason};

use crate::meanwhile;
use crate::parts::{Field, money};
use crate::texts::sync_centre;
use crate::words;
use crate::world::{Client, World};

/// A clash, with what stands now and what was wanted besides.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MenuClash {
    restaurant: RestaurantId,
    item: ItemId,
    name: Option<Clash<String>>,
    price: Option<Clash<Money>>,
    /// Who changed it last, where that is known.
    hand: Option<Hand>,
    /// What was wanted of fields that nobody else touched: it goes with every choice.
    besides: (Option<Edit<String>>, Option<Edit<Money>>),
}

/// The clash that `item` tells of. What stands now is taken from the menu, where that is here: it may have moved on.
pub(super) fn clash(client: &Client, item: &InboxItem<Trade>) -> Option<MenuClash> {
    let Reason::Trade(Refusal::Menu(MenuRefusal::EditedMeanwhile { item: dish, name, price })) = &item.reason else {
        return None;
    };
    let Act::Do(Command::Menu {
        restaurant,
        command: MenuCommand::ChangeItem { name: name_edit, price: price_edit, .. },
    }) = &item.act
    else {
        return None;
    };
    let menu = client.cache().row(&menu_key(restaurant)).and_then(Row::as_menu);
    let now = menu.and_then(|menu| menu.item(dish));
    let name = name.as_deref().map(|clash| moved_on(clash, now.map(|now| now.name.clone())));
    let price = price.as_deref().map(|clash| moved_on(clash, now.map(|now| now.price)));
    let besides = (name_edit.clone().filter(|_| name.is_none()), price_edit.clone().filter(|_| price.is_none()));
    let edits = client.cache().row(&edits_key(restaurant)).and_then(Row::as_edits);
    let hands = edits.and_then(|edits| edits.dishes.get(dish)).cloned().unwrap_or_default();
    let disputed = [hands.name.filter(|_| name.is_some()), hands.price.filter(|_| price.is_some())];
    let hand = disputed.into_iter().flatten().max_by_key(|hand| hand.at);
    Some(MenuClash { restaurant: restaurant.clone(), item: dish.clone(), name, price, hand, besides })
}

fn moved_on<T: Clone>(clash: &Clash<T>, now: Option<T>) -> Clash<T> {
    Clash { theirs: now.unwrap_or_else(|| clash.theirs.clone()), ..clash.clone() }
}

impl MenuClash {
    fn command(&self, name: Option<Edit<String>>, price: Option<Edit<Money>>) -> Option<Command> {
        let name = name.filter(|edit| edit.from != edit.to).or_else(|| self.besides.0.clone());
        let price = price.filter(|edit| edit.from != edit.to).or_else(|| self.besides.1.clone());
        let is_any = name.is_some() || price.is_some();
        let command = MenuCommand::ChangeItem { item: self.item.clone(), name, price };
        is_any.then(|| Command::Menu { restaurant: self.restaurant.clone(), command })
    }

    /// The act that has it as this person wanted.
    fn mine(&self) -> Option<Command> {
        let name = self.name.as_ref().map(|clash| Edit { from: clash.theirs.clone(), to: clash.yours.clone() });
        let price = self.price.as_ref().map(|clash| Edit { from: clash.theirs, to: clash.yours });
        self.command(name, price)
    }

    /// The act that leaves it as somebody else wanted; none, where nothing is left to do.
    fn theirs(&self) -> Option<Command> {
        self.command(None, None)
    }

    /// The act that has it as was typed.
    fn typed(&self, typed: &Typed) -> Result<Option<Command>, String> {
        let name =
            self.name.as_ref().map(|clash| Edit { from: clash.theirs.clone(), to: typed.name.trim().to_owned() });
        let price = self.price.as_ref().map(|clash| {
            let to = money::read(&typed.price, clash.theirs.currency)?;
            Ok::<_, String>(Edit { from: clash.theirs, to })
        });
        Ok(self.command(name, price.transpose()?))
    }

    fn yours(&self) -> Typed {
        Typed {
            name: self.name.as_ref().map(|clash| clash.yours.clone()).unwrap_or_default(),
            price: self.price.as_ref().map(|clash| clash.yours.decimal()).unwrap_or_default(),
        }
    }
}

/// What was typed instead.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Typed {
    name: String,
    price: String,
}

fn draft_name(id: CommandId) -> String {
    format!("inbox/clash/{id}")
}

/// Who was faster, and both versions of each field.
#[component]
pub(super) fn Versions(clash: MenuClash) -> impl IntoView {
    let world = World::here();
    let hand = clash.hand;
    view! {
        <p data-test="changed-by">{move || words::changed_meanwhile(hand.as_ref(), world.account().as_ref())}</p>
        {clash.name.map(|clash| versions(meanwhile::Field::Name, &clash, Clone::clone))}
        {clash.price.map(|clash| versions(meanwhile::Field::Price, &clash, |price| money::text(*price)))}
    }
}

fn versions<T>(field: meanwhile::Field, clash: &Clash<T>, text: impl Fn(&T) -> String) -> AnyView {
    view! {
        <dl class="versus clash" aria-label=words::field_name(field)>
            <div><dt>{words::field_seen(field)}</dt><dd><s>{text(&clash.seen)}</s></dd></div>
            <div class="theirs"><dt>{sync_centre::theirs_now()}</dt><dd data-test="clash-theirs-value">{text(&clash.theirs)}</dd></div>
            <div class="mine"><dt>{sync_centre::yours()}</dt><dd data-test="clash-mine-value">{text(&clash.yours)}</dd></div>
        </dl>
    }
    .into_any()
}

/// Mine, theirs, or something else.
#[component]
pub(super) fn Settle(id: CommandId, first: MenuClash, clash: Memo<Option<MenuClash>>) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let begun = untrack(|| world.draft::<Typed>(&draft_name(id))).unwrap_or_else(|| first.yours());
    let (name, price) = (RwSignal::new(begun.name), RwSignal::new(begun.price));
    Effect::new(move |first: Option<()>| {
        let typed = Typed { name: name.get(), price: price.get() };
        if first.is_some() {
            world.note_draft(draft_name(id), Some(typed));
        }
    });
    // The menu may move on while somebody types: what is settled is what stands then.
    let stands = move || clash.get_untracked();
    let settle = move |command: Option<Command>| match command {
        Some(command) => world.give(command, Some(id), busy),
        None => world.dismiss(id, busy),
    };
    let other = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = Typed { name: name.get_untracked(), price: price.get_untracked() };
        match stands().map(|clash| clash.typed(&typed)) {
            Some(Ok(command)) => settle(command),
            Some(Err(why)) => wrong.set(Some(words::sentence(&why))),
            None => {}
        }
    };
    let mine = move |_| settle(stands().and_then(|clash| clash.mine()));
    let theirs = move |_| settle(stands().and_then(|clash| clash.theirs()));
    view! {
        <div class="actions">
            <button type="button" class="button primary" data-test="clash-mine" prop:disabled=busy
                on:click=mine>{words::use_mine()}</button>
            <button type="button" class="button" data-test="clash-theirs" prop:disabled=busy
                on:click=theirs>{words::keep_theirs()}</button>
        </div>
        <form class="other" on:submit=other>
            {move || wrong.get().map(|wrong| view! { <p class="wrong" role="alert">{wrong}</p> })}
            {first.name.is_some().then(|| view! { <Field label=sync_centre::or_another_name() name="clash-name" max=NAME_CHARS_MAX value=name /> })}
            {first.price.map(|clash| {
                let label = sync_centre::or_another_price(clash.theirs.currency.code());
                view! { <Field label name="clash-price" mode="decimal" value=price /> }
            })}
            <button type="submit" class="button" data-test="clash-other" prop:disabled=busy>{sync_centre::use_this()}</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn price_clash(besides: Option<Edit<String>>) -> MenuClash {
        let price = Clash { seen: euros(600), theirs: euros(650), yours: euros(700) };
        MenuClash {
            restaurant: "trattoria".into(),
            item: "soup".into(),
            name: None,
            price: Some(price),
            hand: None,
            besides: (besides, None),
        }
    }

    fn edits(command: Option<Command>) -> (Option<Edit<String>>, Option<Edit<Money>>) {
        match command {
            Some(Command::Menu { command: MenuCommand::ChangeItem { name, price, .. }, .. }) => (name, price),
            other => panic!("an edit, and not {other:?}"),
        }
    }

    #[test]
    fn mine_is_an_edit_of_what_stands_now() {
        let expected = Edit { from: euros(650), to: euros(700) };
        assert_eq!(edits(price_clash(None).mine()), (None, Some(expected)));
    }

    #[test]
    fn keeping_theirs_leaves_nothing_to_do_where_nothing_else_was_wanted() {
        assert_eq!(price_clash(None).theirs(), None);
    }

    #[test]
    fn a_name_that_nobody_disputed_is_changed_whatever_becomes_of_the_price() {
        let renamed = Edit { from: "Soup".to_owned(), to: "Tomato soup".to_owned() };
        let clash = price_clash(Some(renamed.clone()));
        assert_eq!(edits(clash.theirs()), (Some(renamed.clone()), None));
        assert_eq!(edits(clash.mine()).0, Some(renamed));
    }

    #[test]
    fn what_is_typed_instead_is_an_edit_of_what_stands_now() {
        let typed = |price: &str| Typed { name: String::new(), price: price.to_owned() };
        let expected = Edit { from: euros(650), to: euros(675) };
        assert_eq!(edits(price_clash(None).typed(&typed("6,75")).expect("a price")), (None, Some(expected)));
        assert_eq!(price_clash(None).typed(&typed("6.50")), Ok(None), "theirs, typed");
        assert!(price_clash(None).typed(&typed("much")).is_err());
    }
}
