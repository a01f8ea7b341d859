//! What the system promises, looked at when all is quiet.

use std::collections::{BTreeMap, BTreeSet};

use domain::access;
use domain::catalog::Availability;
use domain::ordering::{Cancelled, Order, price};
use domain::trade::{Row, Service, Trade};
use sync::outbox::Stage;
use sync::protocol::{Body, Outcome};
use sync::{Key, Model, Version};

use crate::people;
use crate::world::World;

/// Every promise, or the first that did not hold.
///
/// # Errors
/// A sentence.
pub fn all(world: &mut World) -> Result<(), String> {
    saved_acts_have_an_end(world)?;
    replicas_equal_the_server(world)?;
    facts_add_up_to_rows(world)?;
    views_can_be_built_again(world)?;
    one_order_one_ticket(world)?;
    stock_is_constant(world)?;
    numbers_have_no_gap(world)?;
    Ok(())
}

/// What keeps a world from being quiet, for a person who looks for the reason.
pub fn unrest(world: &World) -> String {
    let device = |device: &crate::device::Device| {
        let open = device.client.outbox().entries().filter(|entry| !entry.record.stage.is_settled());
        let open: Vec<_> = open.map(|entry| format!("{} {}", entry.record.lane, entry.record.stage.name())).collect();
        let here = device.client.cache().mark().cursor.map(|cursor| cursor.position);
        let (link, sender) = (device.client.link(), device.client.sender());
        let inbox = device.client.cache().inbox().len();
        format!("{}: at {here:?}, inbox {inbox}, open {open:?}, {link:?}, {sender:?}", device.actor.account)
    };
    let devices: Vec<_> = world.devices.iter().map(device).collect();
    format!("head {}, {}", world.server.views.read, devices.join("; "))
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}

/// What a screen called saved is done or refused in the end, the device and the server say the same of it, and nothing
/// is left over the rows.
fn saved_acts_have_an_end(world: &mut World) -> Result<(), String> {
    let mut refused = 0;
    for device in &world.devices {
        for id in &device.shown_saved {
            let entry = device.client.outbox().get(*id);
            let stage = entry.map(|entry| entry.record.stage);
            let answer = world.server.truth.answers.get(id).map(|stored| &stored.outcome);
            let agree = matches!(
                (stage, answer),
                (Some(Stage::Done), Some(Outcome::Accepted | Outcome::Asked))
                    | (Some(Stage::Refused), Some(Outcome::Refused(_) | Outcome::Asked))
            );
            refused += u64::from(stage == Some(Stage::Refused));
            ensure(agree, || format!("{id} was shown as saved; the device says {stage:?}, the server {answer:?}"))?;
            let disk = device.disk.records.get(id).map(|record| record.stage);
            ensure(disk == stage, || format!("{id} is {stage:?} in memory and {disk:?} on the disk"))?;
        }
        let overlay =
            device.client.rows_of_kind("order").into_iter().find(|(key, _)| device.client.overlay(key).is_some());
        ensure(overlay.is_none(), || format!("an overlay is left on {:?}", overlay.map(|(key, _)| key)))?;
    }
    world.count_refused(refused);
    Ok(())
}

/// Every row in a person's scopes is on their device as it is on the server, on its disk as well, and no other row is.
fn replicas_equal_the_server(world: &mut World) -> Result<(), String> {
    for device in &world.devices {
        let scopes = access::scopes_of(Some(&device.actor));
        let seen =
            |row: &&flow::feed::FeedRow| row.body.is_some() && row.scopes.iter().any(|scope| scopes.contains(scope));
        let server: BTreeMap<_, _> = world.server.views.rows.values().filter(seen).map(|row| (&row.key, row)).collect();
        let who = &device.actor.account;
        for (key, row) in &server {
            let here = device.disk.rows.get(key);
            let same = here.is_some_and(|here| Some(&here.body) == row.body.as_ref() && here.version == row.version);
            let version = here.map(|here| here.version);
            ensure(same, || format!("{who} has {key} at {version:?}, the server at {}", row.version))?;
        }
        let foreign = device.disk.rows.keys().find(|key| !server.contains_key(key));
        ensure(foreign.is_none(), || format!("{who} has {foreign:?}, which is not theirs or is gone"))?;
    }
    Ok(())
}

/// Folding a row's facts gives the row; each fact is there once, and each act is answered once.
fn facts_add_up_to_rows(world: &mut World) -> Result<(), String> {
    let mut rows: BTreeMap<Key, (Option<Row>, Version)> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for fact in world.server.facts() {
        ensure(ids.insert(fact.id), || format!("the fact {} {} is there twice", fact.kind, fact.id))?;
        let Some(event) = &fact.event else { continue };
        let (row, version) = rows.remove(&fact.key).unwrap_or((None, Version(0)));
        let after = Trade::apply(row.clone(), event);
        let version = if after == row { version } else { version.next() };
        if let Some(entity) = &fact.entity {
            let snapshot = matches!(&entity.body, Some(Body::Row(body)) if Some(body) == after.as_ref());
            ensure(snapshot, || format!("{} {} carries another row than it makes", fact.kind, fact.key))?;
            ensure(entity.version == version, || format!("{} of {} skips a version", fact.kind, fact.key))?;
        }
        rows.insert(fact.key, (after, version));
    }
    for (key, (row, version)) in &world.server.truth.rows {
        let folded = rows.get(key);
        ensure(folded == Some(&(Some(row.clone()), *version)), || format!("{key} is not what its facts add up to"))?;
    }
    Ok(())
}

fn views_can_be_built_again(world: &mut World) -> Result<(), String> {
    let again = world.server.views_from_the_start();
    ensure(again == world.server.views, || "the views built again differ from the live ones".to_owned())?;
    for (key, (row, _)) in &world.server.truth.copies {
        let own = world.server.truth.rows.get(key).map(|(row, _)| row);
        ensure(own == Some(row), || format!("ordering's copy of {key} differs from the catalog's"))?;
    }
    Ok(())
}

fn orders(world: &World) -> impl Iterator<Item = &Order> {
    world.server.truth.rows.values().filter_map(|(row, _)| row.as_order())
}

/// Each order that was confirmed has one ticket, with the same dishes and sum; each other has none.
fn one_order_one_ticket(world: &mut World) -> Result<(), String> {
    let mut tickets = 0;
    for order in orders(world) {
        let ticket = world.server.truth.rows.get(&domain::id::ticket_key(order.id));
        let ticket = ticket.and_then(|(row, _)| row.as_ticket());
        ensure(ticket.is_some() == order.confirmed, || format!("order {}: ticket {ticket:?}", order.id))?;
        ensure(Some(order.total) == price::total(&order.lines), || format!("order {} does not add up", order.id))?;
        if let Some(ticket) = ticket {
            tickets += 1;
            ensure(ticket.total == order.total, || format!("order {} costs two sums", order.id))?;
            let pairs = [
                ("waiting", "submitted"),
                ("accepted", "received"),
                ("cooking", "preparing"),
                ("ready", "prepared"),
                ("handed-over", "handed-over"),
                ("cancelled", "cancelled"),
                ("refused", "rejected"),
            ];
            let pair = (ticket.progress.name(), order.status.name());
            ensure(pairs.contains(&pair), || format!("order {}: the kitchen and its customer see {pair:?}", order.id))?;
        }
        ensure(!order.cancel_asked, || format!("order {}: nobody answered the cancel", order.id))?;
    }
    let all = world.server.truth.rows.keys().filter(|key| Service::owner(key) == Some(Service::Kitchen));
    let all = all.filter(|key| key.kind() == "ticket").count();
    ensure(all == tickets, || format!("{all} tickets for {tickets} orders"))?;
    ensure(world.server.truth.questions.is_empty(), || "a question was never answered".to_owned())
}

/// Left and held portions of a counted dish are always as many as there were.
fn stock_is_constant(world: &mut World) -> Result<(), String> {
    let menus = world.server.truth.rows.values().filter_map(|(row, _)| row.as_menu());
    for menu in menus {
        for item in menu.items() {
            let Availability::Left(left) = item.availability else { continue };
            let holds =
                |order: &&Order| order.restaurant == menu.restaurant && order.confirmed && order.ended.is_none();
            let lines = orders(world).filter(holds).flat_map(|order| &order.lines);
            let held: u32 = lines.filter(|line| line.item == item.id).map(|line| line.quantity).sum();
            ensure(left + held == people::PORTIONS, || format!("{}: {left} left and {held} held", item.id))?;
        }
    }
    let lied = orders(world)
        .find(|order| matches!(&order.ended, Some(Cancelled::SoldOut(items)) if order.confirmed || items.is_empty()));
    ensure(lied.is_none(), || format!("{lied:?} was sold out and was not"))
}

fn numbers_have_no_gap(world: &mut World) -> Result<(), String> {
    for restaurant in people::RESTAURANTS {
        let tickets = world.server.truth.rows.values().filter_map(|(row, _)| row.as_ticket());
        let mut numbers: Vec<u32> =
            tickets.filter(|ticket| ticket.restaurant.0 == restaurant).map(|ticket| ticket.number).collect();
        numbers.sort_unstable();
        let expected: Vec<u32> = (1..=numbers.len()).filter_map(|number| u32::try_from(number).ok()).collect();
        ensure(numbers == expected, || format!("{restaurant} numbered its tickets {numbers:?}"))?;
    }
    Ok(())
}
