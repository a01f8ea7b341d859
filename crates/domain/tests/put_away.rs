//! What is over leaves the screens after a month, and what comes later finds it all the same.

mod world;

use domain::dining::{Seat, TabCommand, TabEvent};
use domain::id::{TabId, order_key, tab_key, ticket_key};
use domain::kitchen::TicketCommand;
use domain::ordering::{OrderEvent, Status};
use domain::put_away::PUT_AWAY_AFTER_MS;
use domain::trade::{Command, Event, Row, Trade};
use domain::{Money, Service, fact, rules};
use sync::{Key, Model};
use uuid::Uuid;
use world::services::Services;
use world::{cart, order_id, pizzeria, place, placing};

const MINUTE: i64 = 60_000;

fn is_shown(services: &Services, key: &Key) -> bool {
    !Trade::scopes(key, &services.rows[key]).is_empty()
}

#[test]
fn an_order_that_is_over_is_on_no_screen_after_a_month_and_one_that_is_not_stays() {
    let mut services = Services::new();
    let (over, open) = (order_id(1), order_id(2));
    for order in [over, open] {
        let mut place = place(cart());
        place.order = order;
        services.give(&placing(place)).expect("placed");
        services.give(&Command::Ticket(TicketCommand::Accept { order, ready_in_min: 20 })).expect("accepted");
    }
    services.pass(MINUTE);
    services.give(&Command::Ticket(TicketCommand::HandOver { order: over })).expect("handed over");
    services.pass(PUT_AWAY_AFTER_MS - 1);
    assert!(is_shown(&services, &order_key(over)), "a month is not over");
    assert!(!is_shown(&services, &ticket_key(over)), "it came onto the board a minute before the order ended");
    services.pass(1);
    assert!(!is_shown(&services, &order_key(over)));
    assert_eq!(services.facts.iter().filter(|fact| fact.ends_with("-put-away")).count(), 2, "each is put away once");
    services.pass(12 * PUT_AWAY_AFTER_MS);
    for key in [order_key(open), ticket_key(open)] {
        assert!(is_shown(&services, &key), "somebody may still cook {key}");
    }
}

#[test]
fn a_table_that_is_over_is_on_no_screen_after_a_month() {
    let mut services = Services::new();
    let (tab, key) = (TabId(Uuid::from_u128(7)), tab_key(TabId(Uuid::from_u128(7))));
    let open = TabCommand::Open { tab, restaurant: pizzeria(), seat: Seat::Table("12".into()) };
    services.give_as(world::cook(), &Command::Tab(open)).expect("opened");
    services.pass(2 * PUT_AWAY_AFTER_MS);
    assert!(is_shown(&services, &key), "who opened it may be back");
    for command in [TabCommand::Bill { tab, total: None }, TabCommand::Close { tab }] {
        services.give_as(world::cook(), &Command::Tab(command)).expect("closed");
    }
    services.pass(PUT_AWAY_AFTER_MS);
    assert!(!is_shown(&services, &key));
    assert_eq!(services.facts.last(), Some(&Trade::event_name(&Event::Tab(TabEvent::PutAway))));
}

#[test]
fn what_is_said_of_an_order_that_was_put_away_is_noted_and_brings_it_back_to_no_screen() {
    let mut services = Services::new();
    let key = order_key(order_id(1));
    services.give(&placing(place(cart()))).expect("placed");
    services.give(&Command::Ticket(TicketCommand::Refuse { order: order_id(1), reason: "".into() })).expect("refused");
    services.pass(2 * PUT_AWAY_AFTER_MS);
    let back = Money::new(100, services.order(order_id(1)).total.currency);
    for event in [OrderEvent::Refunded(back), OrderEvent::Claimed { by: "ben".into() }, OrderEvent::Erased] {
        services.happen(&key, &Event::Order(event));
        assert!(!is_shown(&services, &key));
    }
    let order = services.order(order_id(1));
    assert_eq!((order.status, order.refunded, order.customer.as_str()), (Status::Rejected, Some(back), "ben"));
    let clock = rules::clock(&key).expect("orders have a clock");
    assert_eq!((clock.due)(&Row::Order(order.clone())), None, "it is put away once");
}

#[test]
fn every_fact_is_of_one_service_and_no_two_mean_the_same_word() {
    let all: Vec<_> = Service::ALL.into_iter().flat_map(fact::names).collect();
    let mut once = all.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), all.len());
}
