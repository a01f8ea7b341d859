//! What leaves is what the recorded events show, field by field, and nothing else of any service's facts.
//!
//! `GOLDEN=add cargo test -p bff partner::external` records an event that has no file yet; it never changes one that is there.

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::ordering::{Choice, Contact, Wanted};
use domain::payment::{Card, Method, Paid};
use domain::{Currency, Money, OrderId};
use flow::fact::{Cause, Entity, Tags};
use serde_json::Value;
use sync::personal::Seal;
use sync::{CommandId, DeviceId, Key, Version};

use super::*;
use crate::services;

const NOON: Millis = 1_795_258_800_000;

fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// An order with everything in it that an order can have, so that whatever leaks shows.
fn order(destination: Destination) -> Order {
    let topping = Choice { group: "extras".into(), option: "basil".into(), name: "Basil".into(), adds: euro(50) };
    Order {
        id: OrderId(Uuid::from_u128(0x0a)),
        customer: "ada".into(),
        restaurant: "trattoria-lucciola".into(),
        restaurant_name: "Trattoria Lucciola".into(),
        lines: vec![Line {
            item: "margherita".into(),
            name: "Pizza Margherita".into(),
            quantity: 2,
            choices: vec![topping],
            unit: euro(950),
            note: "well done".into(),
        }],
        total: euro(1900),
        destination,
        contact: Contact { name: "Ada L.".into(), phone: "030 1234".into() },
        note: "ring twice".into(),
        pays: Method::Card(Card { token: "tok_secret".into(), label: "Visa 42".into() }),
        paid: Paid::Reserved,
        refunded: None,
        tip: None,
        dispatch: None,
        wanted: None,
        status: Status::Submitted,
        confirmed: true,
        number: Some(7),
        ready_at: None,
        is_late: true,
        has_driver: true,
        cancel_asked: true,
        cancel_reason: "changed my mind".into(),
        ended: None,
        proofs: vec![],
        steps: vec![Step { status: Status::Submitted, at: NOON }],
        is_put_away: false,
    }
}

fn fact(kind: &str, event: OrderEvent, order: Order) -> Fact {
    let key = Key::new("order", order.id);
    let body = Some(Body::Row(Row::Order(order)));
    Fact {
        id: Uuid::from_u128(0xfac7),
        kind: kind.to_owned(),
        at: NOON + 60_000,
        key: key.clone(),
        tags: Tags { source: "ordering".into() },
        event: Some(Event::Order(event)),
        entity: Some(Entity { key, version: Version(3), body, scopes: vec![] }),
        cause: Some(Cause {
            command: CommandId(Uuid::from_u128(0xc0)),
            device: DeviceId(Uuid::from_u128(0xde)),
            account: "ada".into(),
        }),
        triggers: None,
        acks: vec![],
    }
}

/// A fact of its own kind, as the trade names it.
fn named(event: OrderEvent, order: Order) -> Fact {
    let kind = <domain::Trade as sync::Model>::event_name(&Event::Order(event.clone()));
    fact(kind, event, order)
}

fn reached(status: Status, order: Order) -> Fact {
    let step = Step { status, at: NOON + 60_000 };
    let mut order = Order { status, ..order };
    order.steps.push(step);
    named(OrderEvent::Reached(step), order)
}

/// A fact behind each event of [`LEAVES`].
fn told() -> Vec<Fact> {
    let at = NOON + 60_000;
    let order = || order(Destination::Deliver("Torstr. 1, Berlin".into()));
    let promised = OrderEvent::Promised { at, ready_at: at + 1_200_000 };
    let ended = OrderEvent::Ended { at, why: Cancelled::ByRestaurant("no oven".into()) };
    vec![
        named(OrderEvent::Numbered(7), order()),
        named(promised, Order { status: Status::Received, ..order() }),
        reached(Status::HandedOver, order()),
        named(ended, Order { status: Status::Rejected, ..order() }),
    ]
}

fn json(fact: &Fact) -> Value {
    let told = of(fact).expect("it is told");
    serde_json::to_value(told.to("p_1")).expect("plain data")
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recorded/partner/{name}.json"))
}

/// The places of a value, such as `data.lines[].name`.
fn places(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| places(value, &format!("{at}.{name}"), found)),
        Value::Array(values) => values.iter().for_each(|value| places(value, &format!("{at}[]"), found)),
        _ => drop(found.insert(at.trim_start_matches('.').to_owned())),
    }
}

#[test]
fn each_event_is_as_it_was_recorded() {
    for (fact, row) in told().iter().zip(LEAVES) {
        let event = json(fact);
        assert_eq!(event["type"], row.tells, "a fact for each row, in order");
        let (file, text) = (file(row.tells), format!("{event:#}\n"));
        if !file.exists() && std::env::var("GOLDEN").is_ok_and(|how| how == "add") {
            std::fs::write(&file, &text).expect("the file is written");
        }
        let recorded = std::fs::read_to_string(&file).expect("it was recorded");
        assert_eq!(text, recorded, "what was promised outside changes by a new version only");
    }
}

/// A field that an event has grown: who reads version 1 goes on reading it.
#[test]
fn a_meal_for_later_says_when_it_is_wanted_and_when_to_have_it_ready() {
    let wanted =
        Wanted { at: NOON + 7_200_000, ready_by: NOON + 6_300_000, begin_by: NOON + 5_100_000, opens_at: None };
    let order = Order { wanted: Some(wanted), ..order(Destination::Collect) };
    let event = json(&named(OrderEvent::Numbered(7), order));
    let times = ["wanted_at", "ready_by"].map(|name| event["data"][name].as_str().map(str::to_owned));
    assert_eq!(times, [Some(time(wanted.at)), Some(time(wanted.ready_by))]);
}

#[test]
fn events_say_their_version() {
    for row in LEAVES {
        assert!(row.tells.starts_with("carryout.") && version(row.tells) >= 1, "{}", row.tells);
    }
}

/// Default deny: whatever any service writes, only what the table says leaves, and of that only the fields recorded.
#[test]
fn no_other_fact_of_any_service_leaves() {
    let on: BTreeSet<&str> = LEAVES.iter().map(|row| row.on).collect();
    let produced: BTreeSet<&str> = services::ALL.iter().flat_map(|manifest| manifest.produces).copied().collect();
    assert!(on.is_subset(&produced), "the table names facts that somebody writes");
    let machinery = [
        flow::fact::COMMAND_REFUSED,
        flow::fact::COMMAND_SETTLED,
        flow::fact::INBOX_SETTLED,
        flow::fact::INBOX_EXTENDED,
        flow::fact::INBOX_PASSED,
    ];
    let mut denied = 0;
    for kind in produced.iter().chain(&machinery) {
        for told in told() {
            let mapped = LEAVES.iter().any(|row| row.on == *kind);
            let (own, fact) = (told.kind == *kind, Fact { kind: (*kind).to_owned(), ..told });
            assert!(of(&fact).is_none() || mapped, "{kind} leaves");
            assert!(of(&fact).is_some() || !own, "{kind} is told");
            denied += usize::from(!mapped);
        }
    }
    assert_eq!(denied, (produced.len() + machinery.len() - on.len()) * told().len());
}

/// Of the kinds that leave, only what is news to a kitchen.
#[test]
fn what_an_order_goes_through_otherwise_stays_inside() {
    let order = || order(Destination::Collect);
    let at = NOON + 60_000;
    for (what, fact) in [
        ("preparing", reached(Status::Preparing, order())),
        ("prepared", reached(Status::Prepared, order())),
        ("delivered", reached(Status::Delivered, order())),
        ("confirmed", named(OrderEvent::Confirmed, order())),
        ("paid", named(OrderEvent::Paid(Paid::Charged), order())),
        ("claimed", named(OrderEvent::Claimed { by: "ben".into() }, order())),
        ("erased", named(OrderEvent::Erased, order())),
        (
            "ended before it had a number",
            named(OrderEvent::Ended { at, why: Cancelled::ByCustomer }, Order { number: None, ..order() }),
        ),
        ("numbered too late", named(OrderEvent::Numbered(7), Order { status: Status::Cancelled, ..order() })),
        (
            "promised when the driver had it",
            named(OrderEvent::Promised { at, ready_at: at }, Order { status: Status::PickedUp, ..order() }),
        ),
        ("changed nothing", Fact { entity: None, ..reached(Status::HandedOver, order()) }),
        ("reached again", named(OrderEvent::Reached(Step { status: Status::HandedOver, at: at + 1 }), order())),
    ] {
        assert!(of(&fact).is_none(), "{what}");
    }
}

#[test]
fn no_field_leaves_that_was_not_recorded() {
    let destinations = [Destination::Collect, Destination::Deliver("Torstr. 1".into())];
    let placed = destinations.map(|destination| named(OrderEvent::Numbered(7), order(destination)));
    for fact in told().iter().chain(&placed) {
        let event = json(fact);
        let recorded = std::fs::read_to_string(file(event["type"].as_str().expect("a type"))).expect("recorded");
        let (mut here, mut there) = (BTreeSet::new(), BTreeSet::new());
        places(&event, "", &mut here);
        places(&serde_json::from_str(&recorded).expect("JSON"), "", &mut there);
        assert_eq!(here, there);
        let text = event.to_string();
        for inside in ["tok_secret", "Visa", "changed my mind", "no oven", "\"ada\"", "scopes", "reserved"] {
            assert!(!text.contains(inside), "{inside} leaves by {text}");
        }
    }
}

#[test]
fn the_address_is_for_whoever_brings_the_meal() {
    let address = |order: Order| json(&named(OrderEvent::Numbered(7), order))["data"]["customer"]["address"].clone();
    assert_eq!(address(order(Destination::Deliver("Torstr. 1".into()))), "Torstr. 1");
    assert_eq!(address(order(Destination::Collect)), "");
    let zone = domain::id::ZoneId::from("berlin");
    let dispatch = domain::ordering::Dispatch { zone, kitchen: "Torstr. 9".into(), kitchen_at: None };
    let brought = Order { dispatch: Some(dispatch), ..order(Destination::Deliver("Torstr. 1".into())) };
    assert_eq!(address(brought), "", "a driver is told by us");
}

#[test]
fn what_a_customer_wrote_is_kept_sealed_and_the_rest_is_the_same_each_time() {
    let mut sealed = order(Destination::Deliver("Torstr. 1".into()));
    let Destination::Deliver(address) = &mut sealed.destination else { unreachable!("it is delivered") };
    for text in [address, &mut sealed.contact.name, &mut sealed.contact.phone, &mut sealed.note] {
        text.seal_with(|_| Some(Seal { of: "ada".into(), text: "c2VhbGVk".into() }));
    }
    sealed.lines[0].note.seal_with(|_| Some(Seal { of: "ada".into(), text: "c2VhbGVk".into() }));
    let fact = named(OrderEvent::Numbered(7), sealed);
    let written = serde_json::to_string(&of(&fact).expect("told").to("p_1")).expect("plain data");
    for text in ["Torstr", "Ada L", "030", "ring twice", "well done"] {
        assert!(!written.contains(text), "{text} lies in {written}");
    }
    let opened = sync::personal::open_all(&written, |_| None).into_owned();
    assert!(serde_json::from_str::<Value>(&opened).expect("JSON")["data"]["customer"]["name"] == "", "{opened}");
    let told = of(&fact).expect("told");
    assert_eq!(told.to("p_1").id(), told.to("p_1").id());
    assert_ne!(told.to("p_1").id(), told.to("p_2").id(), "each partner's own");
}
