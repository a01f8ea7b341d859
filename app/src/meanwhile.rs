//! What others changed under an act that is still on its way: before and after, where that is known.

use domain::catalog::edits::{Hand, Hands};
use domain::catalog::menu::Edit;
use domain::catalog::{MenuCommand, RestaurantCommand};
use domain::dining::Stage;
use domain::id::edits_key;
use domain::ordering::OrderCommand;
use domain::{Command, Money, Row, Trade};
use leptos::prelude::*;
use sync::Key;
use sync::outbox::Entry;

use crate::parts::{Notice, Tone, money};
use crate::texts::sync_centre;
use crate::words;
use crate::world::{Client, World};

/// What somebody else can have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What a dish is called.
    Name,
    /// What it costs.
    Price,
    /// Whether it is on the menu.
    Dish,
    /// How far an order has come.
    Order,
    /// How far a ticket has come.
    Ticket,
    /// How far a table has come.
    Table,
    /// How far a meal on its way has come.
    Delivery,
    /// Whether a restaurant takes orders.
    Doors,
}

/// A field that somebody else changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Which.
    pub field: Field,
    /// As it was seen here, where that is known.
    pub before: Option<String>,
    /// As it is now.
    pub now: String,
    /// As it is wanted here.
    pub wanted: Option<String>,
    /// Who changed it, where that is known.
    pub hand: Option<Hand>,
}

/// What was changed by others under a pending act; never empty.
pub type Meanwhile = Vec<Moved>;

/// What others changed since the act of `entry` was made, as far as it touches what the act is about.
pub fn meanwhile(client: &Client, entry: &Entry<Trade>) -> Option<Meanwhile> {
    let record = &entry.record;
    let pending = &client.overlay(&record.lane)?.pending;
    pending.iter().find(|act| act.id == record.id && act.overtaken)?;
    let row = client.cache().row(&record.lane)?;
    let command = entry.envelope.as_ref()?.command()?;
    let moved = moved(command, row, &hands(client, command));
    Some(moved).filter(|moved| !moved.is_empty())
}

/// What others changed under the pending acts on the row `key`.
pub fn meanwhile_on(client: &Client, key: &Key) -> Option<Meanwhile> {
    let pending = client.overlay(key)?.pending.iter();
    pending.filter_map(|act| client.outbox().get(act.id)).find_map(|entry| meanwhile(client, entry))
}

/// Who changed the dish last that `command` is about.
fn hands(client: &Client, command: &Command) -> Hands {
    let Command::Menu { restaurant, command: MenuCommand::ChangeItem { item, .. } } = command else {
        return Hands::default();
    };
    let edits = client.cache().row(&edits_key(restaurant)).and_then(Row::as_edits);
    edits.and_then(|edits| edits.dishes.get(item)).cloned().unwrap_or_default()
}

fn moved(command: &Command, row: &Row, hands: &Hands) -> Meanwhile {
    match (command, row) {
        (Command::Menu { command: MenuCommand::ChangeItem { item, name, price }, .. }, Row::Menu(menu)) => {
            let Some(now) = menu.item(item) else { return vec![gone()] };
            let name =
                name.as_ref().and_then(|edit| field(Field::Name, edit, &now.name, hands.name.as_ref(), Clone::clone));
            let in_words = |price: &Money| money::text(*price);
            let price =
                price.as_ref().and_then(|edit| field(Field::Price, edit, &now.price, hands.price.as_ref(), in_words));
            name.into_iter().chain(price).collect()
        }
        // What is left of a dish changes with every order; only that it is gone says something.
        (
            Command::Menu {
                command:
                    MenuCommand::SetSoldOut { item, .. }
                    | MenuCommand::SetLeft { item, .. }
                    | MenuCommand::SetReadyMade { item, .. },
                ..
            },
            Row::Menu(menu),
        ) => {
            if menu.item(item).is_some() {
                vec![]
            } else {
                vec![gone()]
            }
        }
        (Command::Order(OrderCommand::Cancel { .. }), Row::Order(order)) => {
            vec![stands(Field::Order, words::order_status(order.status))]
        }
        (Command::Ticket(_), Row::Ticket(ticket)) => vec![stands(Field::Ticket, words::progress(ticket.progress))],
        (Command::Tab(_), Row::Tab(tab)) if tab.stage() >= Stage::Paid => {
            vec![stands(Field::Table, words::tab_stage(tab.stage()))]
        }
        (Command::Errand(_), Row::Errand(errand)) => vec![stands(Field::Delivery, words::errand(errand.standing))],
        (Command::Case(_), Row::Case(case)) if case.is_over => vec![stands(Field::Order, sync_centre::order_is_over())],
        (
            Command::Restaurant {
                command: command @ (RestaurantCommand::Open {} | RestaurantCommand::Close {}), ..
            },
            Row::Restaurant(restaurant),
        ) => {
            let already = restaurant.closed_for_now == matches!(command, RestaurantCommand::Close { .. });
            let now = match restaurant.closed_for_now {
                true => sync_centre::takes_no_orders(),
                false => sync_centre::takes_orders(),
            };
            if already { vec![stands(Field::Doors, now)] } else { vec![] }
        }
        _ => vec![],
    }
}

fn field<T: Clone + PartialEq>(
    field: Field,
    edit: &Edit<T>,
    now: &T,
    hand: Option<&Hand>,
    text: impl Fn(&T) -> String,
) -> Option<Moved> {
    let is_other = *now != edit.from && *now != edit.to;
    let (before, wanted) = (Some(text(&edit.from)), Some(text(&edit.to)));
    is_other.then(|| Moved { field, before, now: text(now), wanted, hand: hand.cloned() })
}

fn stands(field: Field, now: &str) -> Moved {
    Moved { field, before: None, now: now.to_owned(), wanted: None, hand: None }
}

fn gone() -> Moved {
    stands(Field::Dish, sync_centre::no_longer_on_menu())
}

/// "Changed meanwhile by lucciola", with before and after.
#[component]
pub fn Overtaken(
    /// What was changed.
    meanwhile: Meanwhile,
) -> impl IntoView {
    let one = |moved: Moved| {
        view! {
            <dl class="versus">
                {moved.before.map(|before| view! { <div><dt>{words::field_seen(moved.field)}</dt><dd><s>{before}</s></dd></div> })}
                <div><dt>{words::field_now(moved.field)}</dt><dd data-test="overtaken-now">{moved.now}</dd></div>
                {moved.wanted.map(|wanted| view! { <div><dt>{sync_centre::you_want()}</dt><dd>{wanted}</dd></div> })}
            </dl>
        }
    };
    let newest = meanwhile.iter().filter_map(|moved| moved.hand.clone()).max_by_key(|hand| hand.at);
    let world = World::here();
    view! {
        <Notice tone=Tone::Warning attr:data-test="overtaken">
            <p data-test="changed-by">{move || words::changed_meanwhile(newest.as_ref(), world.account().as_ref())}</p>
            {meanwhile.into_iter().map(one).collect_view()}
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    use domain::catalog::{Availability, Item, Menu, Section};
    use domain::{Currency, ItemId};

    use super::*;

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn menu(price: i64) -> Row {
        let soup = Item {
            id: "soup".into(),
            name: "Soup".into(),
            description: String::new(),
            price: euros(price),
            groups: vec![],
            allergens: vec![],
            diets: vec![],
            availability: Availability::Available,
            is_ready_made: false,
        };
        let sections = vec![Section { name: "Starters".into(), items: vec![soup] }];
        Row::Menu(Menu { restaurant: "trattoria".into(), sections })
    }

    fn reprice(item: &str) -> Command {
        let price = Some(Edit { from: euros(600), to: euros(700) });
        let command = MenuCommand::ChangeItem { item: ItemId::from(item), name: None, price };
        Command::Menu { restaurant: "trattoria".into(), command }
    }

    #[test]
    fn a_price_that_somebody_else_changed_is_shown_with_both() {
        let hand = Hand { by: "bruno".into(), at: 1 };
        let expected = Moved {
            field: Field::Price,
            before: Some(money::text(euros(600))),
            now: money::text(euros(650)),
            wanted: Some(money::text(euros(700))),
            hand: Some(hand.clone()),
        };
        let hands = Hands { name: None, price: Some(hand) };
        assert_eq!(moved(&reprice("soup"), &menu(650), &hands), [expected]);
    }

    #[test]
    fn what_others_changed_elsewhere_is_not_held_against_an_act() {
        assert_eq!(moved(&reprice("soup"), &menu(600), &Hands::default()), []);
        assert_eq!(moved(&reprice("soup"), &menu(700), &Hands::default()), [], "somebody else had the same idea");
    }

    #[test]
    fn a_dish_that_went_is_said_to_be_gone() {
        assert_eq!(moved(&reprice("stew"), &menu(600), &Hands::default()), [gone()]);
    }
}
