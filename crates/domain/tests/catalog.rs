//! The menu and the door, as a restaurant would tell it.

mod world;

use domain::catalog::edits::{Hand, Hands};
use domain::catalog::menu::{Clash, Edit};
use domain::catalog::{Availability, MenuCommand, MenuEvent, MenuRefusal, RestaurantCommand};
use domain::id::{edits_key, menu_key};
use domain::trade::{Command, Event, Refusal, Row, Trade};
use domain::{Currency, Money, access};
use sync::{Actor, Model, Role};
use world::services::Services;
use world::{NOON, World, cook, euro, menu, pizzeria, restaurant};

fn edit(name: Option<(&str, &str)>, price: Option<(i64, i64)>) -> Command {
    let name = name.map(|(from, to)| Edit { from: from.into(), to: to.into() });
    let price = price.map(|(from, to)| Edit { from: euro(from), to: euro(to) });
    Command::Menu { restaurant: pizzeria(), command: MenuCommand::ChangeItem { item: "soup".into(), name, price } }
}

fn soup(row: &Option<Row>) -> (String, i64) {
    let menu = row.as_ref().and_then(Row::as_menu).expect("a menu");
    let soup = menu.item(&"soup".into()).expect("on the menu");
    (soup.name.clone(), soup.price.minor)
}

#[test]
fn two_editors_of_different_fields_both_get_their_way() {
    let world = World::new();
    let row = world.after(Some(Row::Menu(menu())), &edit(Some(("Minestrone", "Minestrone della casa")), None));
    let row = world.after(row, &edit(None, Some((650, 700))));
    assert_eq!(soup(&row), ("Minestrone della casa".into(), 700));
}

#[test]
fn two_editors_of_one_price_are_shown_both() {
    let world = World::new();
    let row = world.after(Some(Row::Menu(menu())), &edit(None, Some((650, 700))));
    let second = world.decide(row.as_ref(), &edit(None, Some((650, 720))));
    let clash = Clash { seen: euro(650), theirs: euro(700), yours: euro(720) };
    let expected = MenuRefusal::EditedMeanwhile { item: "soup".into(), name: None, price: Some(Box::new(clash)) };
    assert_eq!(second, Err(Refusal::Menu(expected)));
    // "Use mine" says what it saw, and is taken.
    let row = world.after(row, &edit(None, Some((700, 720))));
    assert_eq!(soup(&row).1, 720);
}

#[test]
fn staff_are_told_who_changed_what_last_until_the_menu_is_written_anew() {
    let mut services = Services::new();
    let colleague = Actor { account: "bruno".into(), ..cook() };
    for (who, name, price) in
        [(cook(), Some(("Minestrone", "Minestrone della casa")), Some((650, 700))), (colleague, None, Some((700, 720)))]
    {
        services.now += 1;
        services.give_as(who, &edit(name, price)).expect("edited");
    }
    let edits = edits_key(&pizzeria());
    let hands = services.rows[&edits].as_edits().expect("edits").dishes[&"soup".into()].clone();
    let hand = |by: &str, after| Some(Hand { by: by.into(), at: NOON + after });
    assert_eq!(hands, Hands { name: hand("cook", 1), price: hand("bruno", 2) });
    assert_eq!(Trade::scopes(&edits, &services.rows[&edits]), [access::restaurant_scope(&pizzeria())]);

    services.happen(&menu_key(&pizzeria()), &Event::Menu(MenuEvent::Written(Box::new(menu()))));
    assert!(services.rows[&edits].as_edits().expect("edits").dishes.is_empty());
}

#[test]
fn the_same_edit_twice_is_one_edit() {
    let world = World::new();
    let row = world.after(Some(Row::Menu(menu())), &edit(None, Some((650, 700))));
    assert_eq!(world.decide(row.as_ref(), &edit(None, Some((650, 700)))), Ok(vec![]));
}

#[test]
fn values_that_cannot_be_are_refused_with_a_sentence() {
    let world = World::new();
    let menu = Row::Menu(menu());
    let dollars = Command::Menu {
        restaurant: pizzeria(),
        command: MenuCommand::ChangeItem {
            item: "soup".into(),
            name: None,
            price: Some(Edit { from: euro(650), to: Money::new(700, Currency::new("USD").expect("a code")) }),
        },
    };
    let long = "x".repeat(121);
    for command in [
        edit(Some(("Minestrone", "  ")), None),
        edit(Some(("Minestrone", &long)), None),
        edit(None, Some((650, -1))),
        edit(None, Some((650, i64::MAX))),
        dollars,
    ] {
        let refused = world.decide(Some(&menu), &command);
        assert!(matches!(refused, Err(Refusal::Menu(MenuRefusal::BadValue(_)))), "{refused:?}");
    }
}

#[test]
fn sold_out_and_back_again() {
    let world = World::new();
    let set = |sold_out| Command::Menu {
        restaurant: pizzeria(),
        command: MenuCommand::SetSoldOut { item: "soup".into(), sold_out },
    };
    let row = world.after(Some(Row::Menu(menu())), &set(true));
    let availability = |row: &Option<Row>| {
        row.as_ref().and_then(Row::as_menu).and_then(|menu| menu.item(&"soup".into())).map(|soup| soup.availability)
    };
    assert_eq!(availability(&row), Some(Availability::SoldOut));
    assert_eq!(world.decide(row.as_ref(), &set(true)), Ok(vec![]));
    let row = world.after(row, &set(false));
    assert_eq!(availability(&row), Some(Availability::Available));
}

#[test]
fn what_is_added_to_what_was_seen_is_added_to_what_is_left_now() {
    let world = World::new();
    let set = |from, to| Command::Menu {
        restaurant: pizzeria(),
        command: MenuCommand::SetLeft { item: "cake".into(), left: Edit { from, to } },
    };
    let cakes = |row: &Option<Row>| {
        row.as_ref().and_then(Row::as_menu).and_then(|menu| menu.item(&"cake".into())).map(|cake| cake.availability)
    };
    // Seen, wanted, what is left when it arrives, and what there is then.
    for (from, to, now, then) in [
        (Some(2), Some(12), Availability::Left(2), Availability::Left(12)),
        (Some(2), Some(12), Availability::Left(0), Availability::Left(10)),
        (Some(5), Some(0), Availability::Left(3), Availability::Left(0)),
        (None, Some(8), Availability::Available, Availability::Left(8)),
        (None, Some(8), Availability::SoldOut, Availability::Left(8)),
        (None, Some(10), Availability::Left(6), Availability::Left(6)),
        (Some(2), Some(8), Availability::SoldOut, Availability::SoldOut),
        (Some(2), None, Availability::SoldOut, Availability::SoldOut),
        (Some(2), None, Availability::Left(1), Availability::Available),
    ] {
        let mut menu = menu();
        let cake =
            menu.sections.iter_mut().flat_map(|section| &mut section.items).find(|item| item.id == "cake".into());
        cake.expect("on the menu").availability = now;
        let row = world.after(Some(Row::Menu(menu)), &set(from, to));
        assert_eq!(cakes(&row), Some(then), "{from:?} to {to:?}, of {now:?}");
    }
    let too_many = world.decide(Some(&Row::Menu(menu())), &set(Some(2), Some(10_000)));
    assert!(matches!(too_many, Err(Refusal::Menu(MenuRefusal::BadValue(_)))));
}

#[test]
fn only_the_restaurant_s_own_staff_touch_its_menu_and_its_door() {
    let menu = Row::Menu(menu());
    let door = Row::Restaurant(restaurant());
    let close = Command::Restaurant { restaurant: pizzeria(), command: RestaurantCommand::Close {} };
    let rival = Actor { account: "rival".into(), role: Role::of("restaurant", "kebab") };
    for (actor, may) in [(cook(), true), (rival, false), (world::ada(), false)] {
        assert_eq!(access::permits(&actor, &edit(None, Some((650, 1))), Some(&menu)), may);
        assert_eq!(access::permits(&actor, &close, Some(&door)), may);
    }
    // A command that names one restaurant and means another's row is nobody's right.
    let other = Command::Restaurant { restaurant: "kebab".into(), command: RestaurantCommand::Close {} };
    assert!(!access::permits(&cook(), &other, Some(&door)));
}

#[test]
fn a_menu_that_is_imported_again_keeps_what_is_left_of_each_dish() {
    let imported = menu();
    let mut today = imported.clone();
    today.sections[0].items[0].availability = Availability::SoldOut;
    let mut again = imported.clone();
    again.sections[0].items[0].price = euro(4321);
    let written = Event::Menu(MenuEvent::Written(Box::new(again)));
    let Some(Row::Menu(after)) = Trade::apply(Some(Row::Menu(today)), &written) else { panic!("a menu") };
    let dish = &after.sections[0].items[0];
    assert_eq!((dish.availability, dish.price), (Availability::SoldOut, euro(4321)));
}
