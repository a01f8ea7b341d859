//! What the system promises, looked at when all is quiet.

use std::collections::{BTreeMap, BTreeSet};

use domain::OrderId;
use domain::Service;
use domain::access;
use domain::account::guest::is_guest;
use domain::catalog::{Availability, MenuEvent};
use domain::delivery::takings::{Brought, Sum};
use domain::delivery::{ErrandEvent, OfferEvent, Standing as ErrandStanding, Takings, TakingsEvent};
use domain::dining::{LineState, Seat, Tab, TabCommand, TabEvent, bill};
use domain::fulfilment::Aftermath;
use domain::id::guest_key;
use domain::kitchen::Progress;
use domain::ops::Concern;
use domain::ordering::{Cancelled, Order, OrderCommand, Status, price};
use domain::payment::Paid;
use domain::payment::Standing;
use domain::put_away::PUT_AWAY_AFTER_MS;
use domain::trade::{Command, Event, Row, Trade};
use flow::Fact;
use flow::feed::FeedRow;
use sync::cache::StoredRow;
use sync::outbox::Stage;
use sync::protocol::{Body, Outcome, row_digest};
use sync::{AccountId, Act, Key, Model, Reason, Version};

use crate::bank::Held;
use crate::people;
use crate::profile::{Profile, Tab as Screen};
use crate::world::World;

/// Every promise, or the first that did not hold.
///
/// # Errors
/// A sentence.
pub fn all(world: &mut World) -> Result<(), String> {
    saved_acts_have_an_end(world)?;
    acts_say_what_their_person_wrote(world)?;
    lasting(world)
}

/// The promises that hold also when devices have let go what they did long ago, and that no screen shows any more what is over
/// for a month.
///
/// # Errors
/// A sentence.
pub fn after_months(world: &mut World) -> Result<(), String> {
    lasting(world)?;
    what_is_over_is_put_away(world)
}

fn lasting(world: &mut World) -> Result<(), String> {
    replicas_equal_the_server(world)?;
    facts_add_up_to_rows(world)?;
    no_food_leaves_before_it_is_prepared(world)?;
    views_can_be_built_again(world)?;
    scopes_add_up(world)?;
    claimed_orders_are_the_person_s(world)?;
    one_order_one_ticket(world)?;
    stock_is_constant(world)?;
    money_is_where_its_order_is(world)?;
    what_is_given_back_is_had(world)?;
    every_meal_has_one_driver(world)?;
    takings_are_what_doors_paid(world)?;
    nobody_answers_for_another_driver(world)?;
    no_order_is_moved_or_fetched_early(world)?;
    the_desk_knows_what_troubles_an_order(world)?;
    numbers_have_no_gap(world)?;
    no_line_of_a_table_vanishes(world)?;
    what_was_cooked_for_a_table_is_gone(world)?;
    tables_pay_for_what_they_were_served(world)?;
    nothing_is_left_of_who_was_erased(world)?;
    Ok(())
}

/// What keeps a world from being quiet, for a person who looks for the reason.
pub fn unrest(world: &World) -> String {
    let profile = |profile: &Profile| {
        let open = profile.disk.records().filter(|record| !record.stage.is_settled());
        let open: Vec<_> =
            open.map(|record| format!("{} of {} {}", record.lane, record.account, record.stage.name())).collect();
        let who = profile.disk.actor.as_ref().map(|actor| actor.account.to_string());
        let leader = profile.tabs.iter().find(|tab| tab.client.leads());
        let leads = leader.map(|tab| {
            let here = tab.client.cache().mark().cursor.map(|cursor| cursor.position);
            let inbox = tab.client.cache().inbox().len();
            format!("at {here:?}, inbox {inbox}, {:?}, {:?}", tab.client.link(), tab.client.sender())
        });
        format!("{who:?} of {} tabs: {leads:?}, open {open:?}", profile.tabs.len())
    };
    let profiles: Vec<_> = world.profiles.iter().map(profile).collect();
    format!("head {}, {}", world.server.views.read, profiles.join("; "))
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}

/// What a screen called saved is done or refused in the end, the device and the server say the same of it, its bytes are
/// what they were at the tap, and nothing is left over the rows.
fn saved_acts_have_an_end(world: &mut World) -> Result<(), String> {
    let mut refused = 0;
    for profile in &world.profiles {
        for (id, saved) in profile.saved.iter().filter(|(_, saved)| !saved.gone) {
            let Some(record) = profile.disk.record(*id) else {
                return Err(format!("{id} was durable (shown as saved: {}) and is gone from the disk", saved.shown));
            };
            ensure(record.bytes == saved.bytes, || format!("the bytes of {id} were rewritten"))?;
            let is_over = profile.is_over(&record.account);
            let is_held =
                profile.disk.records().any(|other| other.account == record.account && other.stage == Stage::NeedsYou);
            let answer = world.server.truth.answers.get(id).map(|stored| &stored.outcome);
            let agree = match (record.stage, answer) {
                (Stage::Done, Some(Outcome::Accepted | Outcome::Asked)) => true,
                (Stage::Refused, Some(Outcome::Refused(_) | Outcome::Asked)) => true,
                // Of who was taken over or forgotten nothing was left that could still leave; the last word is not for them.
                // A server that is restored to before that cannot be told again: their secret went with them.
                (_, _) if is_over && (is_held || world.restores > 0) => true,
                (Stage::Accepted | Stage::Asked, Some(_)) if is_over => true,
                // A refusal is the end of an act, also where the server that said it was restored.
                (Stage::Refused, _) => world.restores > 0,
                _ => false,
            };
            refused += u64::from(record.stage == Stage::Refused);
            // A run is shorter than anything is valid: only a clock that jumped can make an act look old.
            let is_old = matches!(record.reason, Some(Reason::Stale { .. }));
            ensure(!is_old || profile.jumped, || format!("{id} was called too old, and no clock has jumped"))?;
            ensure(agree, || format!("{id}: the device says {:?}, the server {answer:?}", record.stage))?;
        }
        for tab in &profile.tabs {
            nothing_is_left_over(profile, tab)?;
        }
    }
    world.report.refused = refused;
    Ok(())
}

/// No act says as one person what another wrote, but for what a guest wrote whom that person took over.
fn acts_say_what_their_person_wrote(world: &mut World) -> Result<(), String> {
    let took_over = |account: &AccountId, author: &AccountId| {
        let guest = world.server.truth.rows.get(&guest_key(author)).and_then(|(row, _)| row.as_guest());
        guest.is_some_and(|guest| guest.claimed_by.as_ref() == Some(account)) || world.restores > 0
    };
    for record in world.profiles.iter().flat_map(|profile| profile.disk.records()) {
        let account = &record.account;
        let strange = |author: &AccountId| author != account && !(is_guest(author) && took_over(account, author));
        let found = people::authors(&record.bytes).find(strange);
        ensure(found.is_none(), || format!("{} of {account} says what {found:?} wrote", record.id))?;
    }
    Ok(())
}

fn nothing_is_left_over(profile: &Profile, tab: &Screen) -> Result<(), String> {
    for kind in ["order", "ticket", "menu", "restaurant", "guest", "tab"] {
        let left = tab.client.rows_of_kind(kind).into_iter().find(|(key, _)| tab.client.overlay(key).is_some());
        ensure(left.is_none(), || {
            let key = left.map(|(key, _)| key).expect("one is left");
            let pending = tab.client.overlay(&key).map(|overlay| &overlay.pending);
            let acts = pending.into_iter().flatten().filter_map(|act| tab.client.outbox().get(act.id));
            let acts: Vec<_> = acts.map(|act| (act.record.stage, act.record.shown_by)).collect();
            let row = tab.client.cache().get(&key).map(|row| row.stored.position);
            format!("an overlay of {acts:?} is left on {key}, whose row is of {row:?}")
        })?;
    }
    for record in profile.disk.records() {
        let stage = tab.client.outbox().get(record.id).map(|entry| entry.record.stage);
        let same = stage == Some(record.stage);
        ensure(same, || format!("{} is {stage:?} in a tab and {:?} on the disk", record.id, record.stage))?;
    }
    Ok(())
}

/// Every row in a person's scopes is on their device as it is on the server, in every tab and on the disk, and no other
/// row is. In particular nothing is left of whoever was signed in before.
fn replicas_equal_the_server(world: &mut World) -> Result<(), String> {
    for profile in &world.profiles {
        let scopes = access::scopes_of(profile.disk.actor.as_ref());
        let seen = |row: &&FeedRow| row.body.is_some() && row.scopes.iter().any(|scope| scopes.contains(scope));
        let keys = &world.server.keys;
        let told = |row: &FeedRow| {
            let body = row.body.as_deref().map(|body| keys.open(body).into_owned());
            (row.key.clone(), FeedRow { body, ..row.clone() })
        };
        let server: BTreeMap<_, _> = world.server.views.rows.values().filter(seen).map(told).collect();
        let who = profile.disk.actor.as_ref().map_or("nobody", |actor| actor.account.as_str());
        // A disk that refused a write has a hole, says so by a cursor that is not at the head, and is filled at the next start.
        let disk = profile.disk.cache();
        if disk.mark.cursor.is_some_and(|cursor| cursor.position == world.server.views.read) {
            same_rows(&format!("the disk of {who}"), &server, disk.rows.values())?;
        }
        for tab in &profile.tabs {
            same_rows(&format!("a tab of {who}"), &server, tab.client.cache().stored())?;
        }
    }
    Ok(())
}

fn same_rows<'a>(
    who: &str,
    server: &BTreeMap<Key, FeedRow>,
    here: impl Iterator<Item = &'a StoredRow>,
) -> Result<(), String> {
    let here: BTreeMap<_, _> = here.map(|row| (&row.key, row)).collect();
    for (key, row) in server {
        let mine = here.get(key);
        let same = mine.is_some_and(|mine| Some(&mine.body) == row.body.as_ref() && mine.version == row.version);
        let version = mine.map(|mine| mine.version);
        ensure(same, || format!("{who} has {key} at {version:?}, the server at {}", row.version))?;
    }
    let foreign = here.keys().find(|key| !server.contains_key(*key));
    ensure(foreign.is_none(), || format!("{who} has {foreign:?}, which is not theirs or is gone"))
}

/// Folding a row's facts gives the row; each fact is there once, and each act is answered once.
fn facts_add_up_to_rows(world: &mut World) -> Result<(), String> {
    let mut rows: BTreeMap<&Key, (Option<Row>, Version)> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for fact in &world.server.truth.hub {
        let fact: &Fact<Trade> = fact;
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
        rows.insert(&fact.key, (after, version));
    }
    for (key, (row, version)) in &world.server.truth.rows {
        let folded = rows.get(key).is_some_and(|(folded, at)| folded.as_ref() == Some(row) && at == version);
        ensure(folded, || format!("{key} is not what its facts add up to"))?;
    }
    Ok(())
}

fn no_food_leaves_before_it_is_prepared(world: &mut World) -> Result<(), String> {
    let mut prepared = BTreeSet::new();
    for fact in &world.server.truth.hub {
        match fact.kind.as_str() {
            "order-prepared" => {
                prepared.insert(&fact.key);
            }
            "order-handed-over" => {
                ensure(prepared.contains(&fact.key), || format!("{} left before it was prepared", fact.key))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn what_is_over_is_put_away(world: &mut World) -> Result<(), String> {
    let a_month_ago = world.now - PUT_AWAY_AFTER_MS;
    for (key, (row, _)) in &world.server.truth.rows {
        let over_since = match row {
            Row::Order(order) => order.ended_at(),
            Row::Ticket(ticket) => ticket.progress.is_final().then_some(ticket.opened_at),
            Row::Tab(tab) => tab.closed_at,
            _ => None,
        };
        let shown = world.server.views.rows.get(key).is_some_and(|row| !row.scopes.is_empty());
        let is_long_over = over_since.is_some_and(|since| since <= a_month_ago);
        ensure(!(is_long_over && shown), || format!("{key} is over since {over_since:?}, and still shown"))?;
        let is_under_way = matches!(row, Row::Order(_) | Row::Ticket(_) | Row::Tab(_)) && over_since.is_none();
        ensure(!is_under_way || shown, || format!("{key} is under way, and nobody is shown it"))?;
    }
    Ok(())
}

fn views_can_be_built_again(world: &mut World) -> Result<(), String> {
    let mut again = world.server.views_up_to(world.server.views.read);
    again.forget(world.server.views.horizon);
    ensure(again == world.server.views, || "the views built again differ from the live ones".to_owned())?;
    for ((service, key), (row, _)) in &world.server.truth.copies {
        let own = world.server.truth.rows.get(key).map(|(row, _)| row);
        ensure(own == Some(row), || format!("{}'s copy of {key} differs from the catalog's", service.name()))?;
    }
    Ok(())
}

/// What the server says that a scope adds up to is what its rows add up to.
fn scopes_add_up(world: &mut World) -> Result<(), String> {
    for (scope, digest) in &world.server.views.digests {
        let rows = world.server.views.rows.values().filter(|row| row.scopes.contains(scope));
        let (rows, sum) =
            rows.fold((0, 0_u64), |(rows, sum), row| (rows + 1, sum.wrapping_add(row_digest(&row.key, row.version))));
        ensure((digest.rows, digest.sum) == (rows, sum), || format!("{scope} does not add up to its digest"))?;
    }
    Ok(())
}

fn orders(world: &World) -> impl Iterator<Item = &Order> {
    world.server.truth.rows.values().filter_map(|(row, _)| row.as_order())
}

/// What a guest ordered is the person's who took them over.
fn claimed_orders_are_the_person_s(world: &mut World) -> Result<(), String> {
    let left = orders(world).find(|order| world.server.is_claimed(&order.customer));
    ensure(left.is_none(), || format!("the order {:?} is still its guest's", left.map(|order| order.id)))
}

/// Each order that was confirmed has one ticket, with the same dishes and sum; each other has none.
fn one_order_one_ticket(world: &mut World) -> Result<(), String> {
    let mut tickets = 0;
    for order in orders(world) {
        let ticket = world.server.truth.rows.get(&domain::id::ticket_key(order.id));
        let ticket = ticket.and_then(|(row, _)| row.as_ticket());
        ensure(ticket.is_some() == order.confirmed, || format!("order {}: ticket {ticket:?}", order.id))?;
        let dishes = price::total(&order.lines).map(|dishes| order.tip.map_or(dishes, |tip| dishes.plus(tip)));
        ensure(Some(order.total) == dishes, || format!("order {} does not add up", order.id))?;
        if let Some(ticket) = ticket {
            tickets += 1;
            ensure(ticket.total == order.total, || format!("order {} costs two sums", order.id))?;
            ensure(ticket.wanted == order.wanted, || format!("order {} is wanted at two times", order.id))?;
            // After a restore from before an erasure it is done again at once.
            let has_name = ticket.progress.is_final() || !ticket.customer_name.is_empty() || world.restores > 0;
            ensure(has_name, || format!("order {} is under way, and nobody knows for whom", order.id))?;
            let pairs = [
                ("waiting", "submitted"),
                ("accepted", "received"),
                ("cooking", "preparing"),
                ("ready", "prepared"),
                ("handed-over", "handed-over"),
                ("handed-over", "picked-up"),
                ("handed-over", "delivered"),
                // The driver could not bring it.
                ("handed-over", "cancelled"),
                // It was said no to, or taken back, in the moment in which a driver reported that it was eaten.
                ("refused", "delivered"),
                ("cancelled", "delivered"),
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

/// Of whoever was erased no device that was in contact since keeps a word, and nothing the server tells has one.
fn nothing_is_left_of_who_was_erased(world: &mut World) -> Result<(), String> {
    let keys = &world.server.keys;
    let erased = |json: &str| people::authors(json).find(|author| keys.is_erased(author));
    for profile in &world.profiles {
        let acts = profile.disk.records().map(|record| &record.bytes);
        let rows = profile.disk.cache().rows.values().map(|row| &row.body);
        let left = acts.chain(rows).find_map(|json| Some((erased(json)?, json)));
        ensure(left.is_none(), || format!("the device of {:?} still has {left:?}", profile.disk.actor))?;
        let theirs = profile.disk.actor.as_ref().filter(|actor| keys.is_erased(&actor.account));
        ensure(theirs.is_none(), || format!("{theirs:?} is erased, and still signed in"))?;
    }
    let told = world.server.views.rows.values().filter_map(|row| row.body.as_deref());
    let told = told.map(|body| keys.open(body)).find_map(|body| erased(&body));
    ensure(told.is_none(), || format!("the feed still tells of {told:?}"))
}

/// Left, held and cooked portions of a counted dish are always as many as there were.
fn stock_is_constant(world: &mut World) -> Result<(), String> {
    let menus = world.server.truth.rows.values().filter_map(|(row, _)| row.as_menu());
    for menu in menus {
        for item in menu.items() {
            let Availability::Left(left) = item.availability else { continue };
            // What was cooked is gone, also where nobody ate it.
            let has = |order: &Order| order.confirmed && Aftermath::of(order) != Some(Aftermath::Undone);
            let holds = |order: &&Order| order.restaurant == menu.restaurant && has(order);
            let lines = orders(world).filter(holds).flat_map(|order| &order.lines);
            let held: u32 = lines.filter(|line| line.item == item.id).map(|line| line.quantity).sum();
            let at_tables = tabs(world).filter(|tab| tab.restaurant == menu.restaurant).flat_map(|tab| &tab.lines);
            let at_tables = at_tables.filter(|line| line.keeps_portions());
            let held: u32 = held + at_tables.filter(|line| line.item == item.id).map(|line| line.count).sum::<u32>();
            ensure(left + held == people::PORTIONS, || format!("{}: {left} left and {held} held", item.id))?;
        }
    }
    let lied = orders(world)
        .find(|order| matches!(&order.ended, Some(Cancelled::SoldOut(items)) if order.confirmed || items.is_empty()));
    ensure(lied.is_none(), || format!("{lied:?} was sold out and was not"))
}

/// By card, an order that is under way has its sum set aside, one that was handed over or brought in vain has paid it, and one
/// that ended early otherwise has neither; the bank, the gateway and the customer's screen say the same.
fn money_is_where_its_order_is(world: &mut World) -> Result<(), String> {
    for order in orders(world) {
        let held = world.bank.held.get(&order.id).copied();
        let payment = world.server.truth.rows.get(&domain::id::payment_key(order.id));
        let standing = payment.and_then(|(row, _)| row.as_payment()).map(|payment| &payment.standing);
        // What was charged in a history that a restore took back, and given back there, is nothing either.
        let is_back = world.restores > 0
            && held == Some(Held::Charged(order.total.minor))
            && world.bank.given_back.get(&order.id) == Some(&order.total.minor);
        let nothing = is_back || matches!(held, None | Some(Held::Declined | Held::Released));
        let agree = match order.status {
            _ if order.pays.is_at_hand_over() => held.is_none() && standing.is_none() && order.paid == Paid::NotYet,
            // What was set aside in a history that a restore took back, nobody asks the bank to let go.
            Status::Cancelled | Status::Rejected if world.restores > 0 && standing.is_none() => true,
            Status::Cancelled | Status::Rejected if Aftermath::of(order) != Some(Aftermath::Paid) => {
                nothing
                    && matches!(standing, None | Some(Standing::Declined(_) | Standing::LetGo))
                    && matches!(order.paid, Paid::NotYet | Paid::Declined | Paid::LetGo)
            }
            Status::HandedOver | Status::Delivered | Status::Cancelled | Status::Rejected => {
                held == Some(Held::Charged(order.total.minor))
                    && standing == Some(&Standing::Charged)
                    && order.paid == Paid::Charged
            }
            // A restored server may know an order only as it was before its meal was handed over, or before nobody was found
            // to bring it; time has yet to pass again.
            _ if world.restores > 0
                && (held == Some(Held::Charged(order.total.minor)) || held == Some(Held::Released)) =>
            {
                true
            }
            _ => {
                held == Some(Held::Reserved(order.total.minor))
                    && standing == Some(&Standing::Reserved)
                    && order.paid == Paid::Reserved
            }
        };
        ensure(agree, || {
            let Order { id, status, paid, pays, ended, .. } = order;
            format!(
                "order {id} is {status:?} ({ended:?}), pays {pays:?} and is {paid:?}; the gateway says {standing:?}, the bank {held:?}"
            )
        })?;
    }
    let unknown = |order: &&OrderId| !world.server.truth.rows.contains_key(&domain::id::order_key(**order));
    let lost = world.bank.held.iter().filter(|(_, held)| matches!(held, Held::Reserved(_) | Held::Charged(_)));
    let lost = lost.map(|(order, _)| order).find(unknown);
    // What a restored server was never told of again is the operator's to find.
    ensure(lost.is_none() || world.restores > 0, || format!("the bank holds money for {lost:?}, which nobody knows"))
}

/// What restaurant and desk gave back of an order in all, and no more than was charged, its customer has back, but for what the
/// bank would not give; and all screens say so.
fn what_is_given_back_is_had(world: &mut World) -> Result<(), String> {
    for order in orders(world) {
        let payment = world.server.truth.rows.get(&domain::id::payment_key(order.id));
        let Some(payment) = payment.and_then(|(row, _)| row.as_payment()) else { continue };
        let given = payment.given_back;
        let at_bank = world.bank.given_back.get(&order.id).copied().unwrap_or_default();
        let ticket = world.server.truth.rows.get(&domain::id::ticket_key(order.id));
        let ticket = ticket.and_then(|(row, _)| row.as_ticket());
        let by_restaurant = ticket.and_then(|ticket| ticket.total_given_back()).map_or(0, |total| total.minor);
        let case = world.server.truth.rows.get(&domain::id::case_key(order.id)).and_then(|(row, _)| row.as_case());
        let by_desk = case.and_then(|case| case.given_back).map_or(0, |total| total.minor);
        let wanted = (by_restaurant + by_desk).min(order.total.minor);
        let shown = order.refunded.map_or(0, |back| back.minor);
        let is_charged = payment.standing == Standing::Charged;
        let agree = (given.by_restaurant, given.by_desk) == (by_restaurant, by_desk)
            && shown == given.made
            && (given.made == at_bank || world.restores > 0)
            && (!is_charged || given.asked == wanted - given.waived || world.restores > 0)
            && (given.made == given.asked || world.restores > 0)
            && at_bank <= order.total.minor;
        ensure(agree, || {
            format!(
                "of order {} {wanted} are to be given back; the gateway has {given:?}, the bank gave {at_bank}, its customer sees {shown}",
                order.id
            )
        })?;
    }
    Ok(())
}

/// The board, the offers and the errands say the same: whoever is asked has an open offer, whoever carries a meal has its
/// errand, and nobody has one that is over.
fn every_meal_has_one_driver(world: &mut World) -> Result<(), String> {
    let rows = &world.server.truth.rows;
    let board = rows.get(&domain::id::zone_key(&people::TOWN.into())).and_then(|(row, _)| row.as_zone());
    let seats = board.map(|board| &board.drivers[..]).unwrap_or_default();
    for (row, _) in rows.values() {
        if let Some(offer) = row.as_offer() {
            let asked = seats.iter().filter(|seat| seat.asked == Some(offer.order));
            let asked: Vec<_> = asked.map(|seat| &seat.driver).collect();
            let open: Vec<_> = offer.shown_to().into_iter().collect();
            ensure(asked == open, || format!("the board asks {asked:?} about {}, and {open:?} see it", offer.order))?;
        }
        if let Some(errand) = row.as_errand() {
            let carry = seats.iter().filter(|seat| seat.carries.contains(&errand.order)).map(|seat| &seat.driver);
            let (carry, has): (Vec<_>, Vec<_>) = (carry.collect(), errand.carried_by().into_iter().collect());
            let standing = errand.standing;
            ensure(carry == has, || {
                format!("{} is {standing:?}: {has:?} have it, {carry:?} by the board", errand.order)
            })?;
            let order = rows.get(&domain::id::order_key(errand.order)).and_then(|(row, _)| row.as_order());
            let is_over = order.is_some_and(|order| order.status.is_final());
            ensure(is_over == standing.is_final(), || format!("{}: the errand is {standing:?}", errand.order))?;
        }
    }
    Ok(())
}

/// What drivers took in is what was taken at the doors of which they say that they delivered there, each once, and what they
/// handed in is what they said.
fn takings_are_what_doors_paid(world: &mut World) -> Result<(), String> {
    let truth = &world.server.truth;
    let (mut taken, mut handed) = (BTreeMap::new(), BTreeMap::<_, BTreeMap<_, i64>>::new());
    for fact in &truth.hub {
        match &fact.event {
            Some(Event::Errand(ErrandEvent::Delivered { driver, at })) => {
                let errand = truth.rows.get(&fact.key).and_then(|(row, _)| row.as_errand());
                let brought = errand.and_then(|errand| Brought::of(errand, driver, *at));
                let of: &mut BTreeMap<_, _> = taken.entry(driver.clone()).or_default();
                of.extend(brought.map(|brought| (brought.order, brought.cash.minor)));
            }
            Some(Event::Takings(TakingsEvent::HandedIn { driver, handed: cash })) => {
                handed.entry(driver.clone()).or_default().insert(cash.id, cash.amount.minor);
            }
            _ => {}
        }
    }
    for driver in taken.keys().chain(handed.keys()) {
        let row = truth.rows.get(&domain::id::takings_key(driver)).and_then(|(row, _)| row.as_takings());
        let all = row.map(Takings::all).unwrap_or_default();
        let sum = |figure: fn(&Sum) -> i64| all.iter().map(figure).sum::<i64>();
        let counted = (sum(|sum| i64::from(sum.meals)), sum(|sum| sum.cash.minor), sum(|sum| sum.handed_in.minor));
        let meals = taken.get(driver);
        let (meals, cash) = meals.map_or((0, 0), |meals| (meals.len() as i64, meals.values().sum()));
        let told = (meals, cash, handed.get(driver).map_or(0, |handed| handed.values().sum()));
        ensure(counted == told, || format!("{driver} took in {told:?}, and their row says {counted:?}"))?;
    }
    Ok(())
}

/// Whoever was asked to bring a meal said the yes or the no to it: a driver whose word comes late, when somebody else is
/// asked, answers nothing in their name.
fn nobody_answers_for_another_driver(world: &mut World) -> Result<(), String> {
    for fact in &world.server.truth.hub {
        if !matches!(fact.event, Some(Event::Offer(OfferEvent::Claimed | OfferEvent::Declined))) {
            continue;
        }
        let said = fact.cause.as_ref().map(|cause| &cause.account);
        let asked = fact.entity.as_ref().and_then(|entity| match &entity.body {
            Some(Body::Row(row)) => row.as_offer().map(|offer| &offer.driver),
            _ => None,
        });
        ensure(said.is_some() && said == asked, || {
            format!("{} of {} is the word of {said:?}, and {asked:?} was asked", fact.kind, fact.key)
        })?;
    }
    Ok(())
}

/// An order is there at the time to which its customer said yes, or not at all; and nobody is asked to fetch it before its
/// kitchen is to begin.
fn no_order_is_moved_or_fetched_early(world: &mut World) -> Result<(), String> {
    let orders: BTreeMap<OrderId, &Order> = orders(world).map(|order| (order.id, order)).collect();
    for record in world.profiles.iter().flat_map(|profile| profile.disk.records()) {
        let envelope = sync::envelope::read::<Trade>(&record.bytes).ok().filter(|_| record.stage == Stage::Done);
        let Some(Act::Do(Command::Order(OrderCommand::Place(place)))) = envelope.map(|envelope| envelope.act) else {
            continue;
        };
        let known = orders.get(&place.order).map(|order| order.wanted.map(|wanted| wanted.at));
        let is_kept = known.is_none_or(|wanted| wanted == place.wanted);
        ensure(is_kept, || format!("order {} was wanted at {:?} and is for {known:?}", place.order, place.wanted))?;
    }
    for fact in &world.server.truth.hub {
        if let Some(Event::Offer(OfferEvent::Made(offer))) = &fact.event {
            let begins = orders.get(&offer.order).and_then(|order| order.wanted).map(|wanted| wanted.begin_by);
            let is_early = begins.is_some_and(|begin_by| fact.at < begin_by);
            ensure(!is_early, || {
                format!("{} was asked at {} to fetch what begins at {begins:?}", offer.driver, fact.at)
            })?;
        }
    }
    Ok(())
}

/// Each order that a kitchen heard of has a case, over when the order is; and what is said to trouble one does.
fn the_desk_knows_what_troubles_an_order(world: &mut World) -> Result<(), String> {
    let rows = &world.server.truth.rows;
    for order in orders(world).filter(|order| order.confirmed) {
        let case = rows.get(&domain::id::case_key(order.id)).and_then(|(row, _)| row.as_case());
        let case = case.ok_or_else(|| format!("order {} has no case", order.id))?;
        let ticket = rows.get(&domain::id::ticket_key(order.id)).and_then(|(row, _)| row.as_ticket());
        let errand = rows.get(&domain::id::errand_key(order.id)).and_then(|(row, _)| row.as_errand());
        let is_silent = ticket.is_some_and(|ticket| ticket.progress == Progress::Waiting);
        let is_open = errand.is_some_and(|errand| errand.standing == ErrandStanding::Open);
        let agree = case.is_over == order.status.is_final()
            && (is_silent || case.trouble(Concern::KitchenSilent).is_none())
            && (is_open || case.trouble(Concern::NobodyFound).is_none());
        ensure(agree, || format!("order {} is {:?}; the desk has {case:?}", order.id, order.status))?;
    }
    Ok(())
}

fn tabs(world: &World) -> impl Iterator<Item = &Tab> {
    world.server.truth.rows.values().filter_map(|(row, _)| row.as_tab())
}

/// Every line that somebody added is on its table once, whatever became of it, or its refusal says why it is not; and no act
/// at a table fell with another. A line that was refused may have been added once more, by whoever chose so.
fn no_line_of_a_table_vanishes(world: &mut World) -> Result<(), String> {
    let mut added: BTreeMap<_, Vec<Stage>> = BTreeMap::new();
    for record in world.profiles.iter().flat_map(|profile| profile.disk.records()) {
        let envelope = sync::envelope::read::<Trade>(&record.bytes).ok();
        let Some(Act::Do(Command::Tab(command))) = envelope.map(|envelope| envelope.act) else { continue };
        let fell = matches!(record.reason, Some(Reason::Predecessor(_)));
        ensure(!fell, || format!("{} at {} fell with another act", record.id, command.tab()))?;
        if let TabCommand::Add { tab, line, .. } = command {
            added.entry((tab, line)).or_default().push(record.stage);
        }
    }
    for ((tab, line), stages) in added {
        let row = world.server.truth.rows.get(&domain::id::tab_key(tab)).and_then(|(row, _)| row.as_tab());
        let times = row.map_or(0, |row| row.lines.iter().filter(|known| known.id == line).count());
        let expected = usize::from(stages.contains(&Stage::Done));
        let is_decided = expected == 1 || stages.iter().all(|stage| *stage == Stage::Refused);
        let agree = !is_decided || times == expected;
        // What a restored server has not yet been told again is told when its device is in contact.
        ensure(agree || world.restores > 0, || format!("the line {line} of {tab} is there {times} times"))?;
    }
    Ok(())
}

/// What was cooked for a table before it was taken back does not go back to the menu.
fn what_was_cooked_for_a_table_is_gone(world: &mut World) -> Result<(), String> {
    let (mut cooked, mut taken_back) = (BTreeSet::new(), BTreeSet::new());
    for fact in &world.server.truth.hub {
        match &fact.event {
            Some(Event::Tab(TabEvent::LineTakenBack { line })) => {
                taken_back.insert(*line);
            }
            Some(Event::Tab(TabEvent::FoodPrepared { line })) if !taken_back.contains(line) => {
                cooked.insert(*line);
            }
            Some(Event::Menu(MenuEvent::PortionsReturned { line, .. })) => {
                ensure(!cooked.contains(line), || format!("the cooked portions of {line} went back to the menu"))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What is paid is the sum of what is on the bill, and that is what was served, but for what the guests have back; food was prepared
/// before; and nothing waits on a table that is over.
fn tables_pay_for_what_they_were_served(world: &mut World) -> Result<(), String> {
    for tab in tabs(world) {
        let id = tab.id;
        for line in &tab.lines {
            let raw = line.state == LineState::Served && !line.was_prepared && !line.is_ready_made;
            ensure(!raw, || format!("{} of {id} was served raw", line.name))?;
        }
        let Some(bill) = &tab.bill else { continue };
        // At the counter one pays first, and what is taken back after that is owed.
        let pays_first = tab.seat == Seat::Counter && tab.settlement.is_some();
        let off = bill.lines.iter().filter_map(|id| tab.line(*id)).find(|line| line.state.is_off());
        ensure(off.is_none() || pays_first, || format!("{off:?} is on the bill of {id}, and off"))?;
        let total = bill.total.map_or(0, |total| total.minor);
        let worth = bill::total(tab).map_or(0, |worth| worth.minor);
        let Some(settlement) = &tab.settlement else {
            ensure(worth == total, || format!("the bill of {id} says {total}, and its lines cost {worth}"))?;
            continue;
        };
        let billed = bill.lines.iter().filter_map(|id| tab.line(*id)).map(|line| line.price().minor).sum::<i64>();
        let (paid, back) = (settlement.paid.minor, settlement.given_back.map_or(0, |back| back.minor));
        ensure(billed == total && paid == total, || format!("{id} paid {paid} of {total} for {billed}"))?;
        let has = paid - back;
        ensure(has >= worth || world.restores > 0, || format!("{id} paid {has} for {worth}"))?;
        if tab.closed_at.is_some() {
            ensure(has == worth, || format!("{id} is over, and paid {has} for {worth}"))?;
            ensure(tab.awaited() == 0, || format!("{id} is over, and somebody waits"))?;
        }
    }
    Ok(())
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
