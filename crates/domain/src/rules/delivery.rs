//! What delivery does about a fact: it keeps errands, asks drivers, and hears of kitchens.

use sync::{Key, Millis};

use super::{Happened, Rows, order};
use crate::OrderId;
use crate::delivery::errand::{self, Errand, ErrandEvent, Standing};
use crate::delivery::offer::{OPEN_FOR_MS, Offer, OfferEvent};
use crate::delivery::takings::{Brought, TakingsEvent};
use crate::delivery::zone::{self, Asked, SEEK_MS, Sought, Told, ZoneEvent};
use crate::delivery::{DriverEvent, Place, offer};
use crate::fulfilment::Process;
use crate::id::{ZoneId, errand_key, offer_key, takings_key, zone_key};
use crate::ops::{CaseEvent, Measure};
use crate::trade::{Event, Row};

// ---- errands ---------------------------------------------------------------------------------------------------------

pub(super) fn errand_of_order(happened: &Happened<'_>) -> Vec<Key> {
    order(happened).filter(|order| order.is_dispatched()).map(|order| errand_key(order.id)).into_iter().collect()
}

pub(super) fn open_errand(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(errand) = order(happened).and_then(|order| errand::open(order, happened.at)) else { return vec![] };
    let key = errand_key(errand.order);
    if rows(&key).is_some() { vec![] } else { told(errand.order, vec![ErrandEvent::Opened(Box::new(errand))]) }
}

fn told(order: OrderId, events: Vec<ErrandEvent>) -> Vec<(Key, Event)> {
    events.into_iter().map(|event| (errand_key(order), Event::Errand(event))).collect()
}

fn errand(happened: &Happened<'_>, rows: Rows<'_>) -> Option<Errand> {
    rows(&errand_key(super::order_of(happened)?)).and_then(Row::into_errand)
}

pub(super) fn errand_of(happened: &Happened<'_>) -> Vec<Key> {
    super::order_of(happened).map(errand_key).into_iter().collect()
}

/// A driver who said yes has it, where it is still to be had.
pub(super) fn assign(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some(offer), Some(errand)) = (happened.row.and_then(Row::as_offer), errand(happened, rows)) else {
        return vec![];
    };
    let assigned = ErrandEvent::Assigned { driver: offer.driver.clone(), at: happened.at };
    if errand.standing == Standing::Open { told(errand.order, vec![assigned]) } else { vec![] }
}

pub(super) fn errand_offer_and_board(happened: &Happened<'_>) -> Vec<Key> {
    let Some(case) = happened.row.and_then(Row::as_case) else { return vec![] };
    let board = case.zone.as_ref().map(zone_key);
    [errand_key(case.order), offer_key(case.order)].into_iter().chain(board).collect()
}

/// Whom the desk chose has it, where it is still to be had and they are on duty; whoever was being asked about it is not
/// asked any more. Where it cannot be, nothing happens and the case stays as it is.
pub(super) fn assign_by_hand(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some(case), Event::Case(CaseEvent::Done(done))) = (happened.row.and_then(Row::as_case), happened.event) else {
        return vec![];
    };
    let Measure::Chosen { driver } = &done.what else { return vec![] };
    let board = case.zone.as_ref().and_then(|zone| rows(&zone_key(zone))).and_then(Row::into_zone);
    let is_there = board.is_some_and(|board| board.is_on_duty(driver));
    let errand = rows(&errand_key(case.order)).and_then(Row::into_errand);
    let Some(errand) = errand.filter(|errand| is_there && errand.standing == Standing::Open) else { return vec![] };
    // Somebody has said yes already, and their yes counts.
    let offer = rows(&offer_key(case.order)).and_then(Row::into_offer);
    let is_claimed =
        |offer: &Offer| offer.standing == offer::Standing::Claimed && !errand.drivers.contains(&offer.driver);
    if offer.as_ref().is_some_and(is_claimed) {
        return vec![];
    }
    let withdrawn = withdrawn(case.order, rows);
    let assigned = ErrandEvent::Assigned { driver: driver.clone(), at: happened.at };
    withdrawn.into_iter().chain(told(case.order, vec![assigned])).collect()
}

fn withdrawn(order: OrderId, rows: Rows<'_>) -> Option<(Key, Event)> {
    let key = offer_key(order);
    let open = rows(&key).and_then(Row::into_offer).filter(|offer| offer.standing == offer::Standing::Open);
    open.map(|_| (key, Event::Offer(OfferEvent::Withdrawn)))
}

pub(super) fn errand_and_board(happened: &Happened<'_>) -> Vec<Key> {
    let Some(errand) = happened.row.and_then(Row::as_errand) else { return vec![] };
    vec![errand_key(errand.order), zone_key(&errand.zone)]
}

/// The board hears of a driver whom it did not ask. It rests on the errand as it is now: it may have been called off since.
pub(super) fn note_assigned(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(errand) = errand(happened, rows) else { return vec![] };
    let Some(driver) = errand.carried_by() else { return vec![] };
    let key = zone_key(&errand.zone);
    let board = rows(&key).and_then(Row::into_zone).unwrap_or_default();
    let events = zone::tell(&board, Told::Has(errand.order, driver.clone()), happened.at);
    events.into_iter().map(|event| (key.clone(), Event::Zone(event))).collect()
}

pub(super) fn errand_and_offer_of(happened: &Happened<'_>) -> Vec<Key> {
    let order = super::order_of(happened);
    order.map(|order| vec![errand_key(order), offer_key(order)]).unwrap_or_default()
}

/// Nobody wants it any more: it is called off, and whoever is being asked about it is not asked any more. Whoever wants
/// that waits for the word, so it is said also where all was over before.
pub(super) fn call_off(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(errand) = errand(happened, rows) else { return vec![] };
    let withdrawn = withdrawn(errand.order, rows);
    let called_off = told(errand.order, vec![ErrandEvent::CalledOff { at: happened.at }]);
    withdrawn.into_iter().chain(called_off).collect()
}

pub(super) fn offer_of(happened: &Happened<'_>) -> Vec<Key> {
    super::order_of(happened).map(offer_key).into_iter().collect()
}

/// Somebody has the meal who was thought not to: nobody else is to fetch it.
pub(super) fn withdraw_offer(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let order = super::order_of(happened).filter(|_| happened.row.is_some());
    order.and_then(|order| withdrawn(order, rows)).into_iter().collect()
}

pub(super) fn follow_kitchen(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let errand = errand(happened, rows).filter(|errand| !errand.is_ready && !errand.standing.is_final());
    errand.map(|errand| told(errand.order, vec![ErrandEvent::Ready])).unwrap_or_default()
}

pub(super) fn agree(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let errand = errand(happened, rows).filter(|errand| !errand.is_agreed);
    errand.map(|errand| told(errand.order, vec![ErrandEvent::Agreed])).unwrap_or_default()
}

// ---- takings ---------------------------------------------------------------------------------------------------------

fn bringer<'a>(happened: &Happened<'a>) -> Option<(&'a sync::AccountId, Millis)> {
    match happened.event {
        Event::Errand(ErrandEvent::Delivered { driver, at }) => Some((driver, *at)),
        _ => None,
    }
}

pub(super) fn errand_and_takings(happened: &Happened<'_>) -> Vec<Key> {
    let takings = bringer(happened).map(|(driver, _)| takings_key(driver));
    errand_of(happened).into_iter().chain(takings).collect()
}

/// Who says that they delivered a meal has brought it and taken its money. The word may have moved nothing, because the meal was
/// called off meanwhile, so the errand is read and not taken from the fact.
pub(super) fn count_takings(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some((driver, at)), Some(errand)) = (bringer(happened), errand(happened, rows)) else { return vec![] };
    let key = takings_key(driver);
    let is_counted = rows(&key).and_then(Row::into_takings).is_some_and(|takings| takings.counts(errand.order));
    let brought = Brought::of(&errand, driver, at).filter(|_| !is_counted);
    let counted = brought.map(|brought| TakingsEvent::Counted { driver: driver.clone(), brought });
    counted.map(|counted| (key, Event::Takings(counted))).into_iter().collect()
}

// ---- the board -------------------------------------------------------------------------------------------------------

fn zone_of<'a>(happened: &Happened<'a>) -> Option<&'a ZoneId> {
    match happened.row? {
        Row::Driver(driver) => Some(&driver.zone),
        Row::Offer(offer) => Some(&offer.zone),
        Row::Errand(errand) => Some(&errand.zone),
        Row::Process(process) => process.claim.zone.as_ref(),
        _ => None,
    }
}

pub(super) fn board_of(happened: &Happened<'_>) -> Vec<Key> {
    zone_of(happened).map(zone_key).into_iter().collect()
}

/// Tells the board, and asks whom it wants asked.
pub(super) fn dispatch(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Some(key), Some(told)) = (zone_of(happened).map(zone_key), tell(happened)) else { return vec![] };
    let board = rows(&key).and_then(Row::into_zone).unwrap_or_default();
    let events = zone::tell(&board, told, happened.at);
    events.into_iter().map(|event| (key.clone(), Event::Zone(event))).collect()
}

/// A meal to be looked for; not before its kitchen is to begin, where it is for later.
fn sought(order: OrderId, from: Option<Place>, attempt: u32, begin_by: Option<Millis>, now: Millis) -> Sought {
    let not_before = begin_by.filter(|begin_by| *begin_by > now);
    let until = not_before.unwrap_or(now) + SEEK_MS;
    Sought { order, from, attempt, until, passed: vec![], not_before }
}

/// What a fact is to the board.
fn tell(happened: &Happened<'_>) -> Option<Told> {
    match (happened.event, happened.row?) {
        (Event::Driver(DriverEvent::CameOnDuty(_) | DriverEvent::WentOffDuty { .. }), Row::Driver(driver)) => {
            Some(Told::Duty(driver.clone()))
        }
        (Event::Offer(OfferEvent::Claimed), Row::Offer(offer)) => Some(Told::Taken(offer.order, offer.driver.clone())),
        (Event::Offer(OfferEvent::Declined | OfferEvent::Expired), Row::Offer(offer)) => {
            Some(Told::Passed(offer.order, offer.driver.clone()))
        }
        (Event::Errand(ErrandEvent::DroppedOut { driver, .. }), Row::Errand(errand)) => {
            let begin_by = errand.wanted.map(|wanted| wanted.begin_by);
            let again = sought(errand.order, errand.kitchen_at, 1, begin_by, happened.at);
            (errand.standing == Standing::Open).then(|| Told::Dropped(again, driver.clone()))
        }
        (Event::Errand(ErrandEvent::PickedUp { driver, .. }), Row::Errand(errand)) => {
            Some(Told::Has(errand.order, driver.clone()))
        }
        (Event::Errand(_), Row::Errand(errand)) if errand.standing.is_final() => Some(Told::Over(errand.order)),
        (Event::Arrange(event), Row::Process(process)) => {
            let Process { claim, .. } = &**process;
            Some(match happened.kind() {
                "driver-assignment-requested" => {
                    let (order, from) = (claim.order, claim.kitchen_at);
                    Told::Seek(sought(order, from, event.attempt(), claim.begin_by, happened.at))
                }
                _ => Told::Over(claim.order),
            })
        }
        _ => None,
    }
}

fn not_found<'a>(happened: &Happened<'a>) -> Option<(OrderId, u32)> {
    match happened.event {
        Event::Zone(ZoneEvent::NobodyFound { order, attempt }) => Some((*order, *attempt)),
        _ => None,
    }
}

pub(super) fn board_and_errand(happened: &Happened<'_>) -> Vec<Key> {
    not_found(happened).map(|(order, _)| vec![happened.key.clone(), errand_key(order)]).unwrap_or_default()
}

/// A meal that somebody had and gave back is not asked for by anybody else again, so the board goes on by itself.
pub(super) fn seek_on(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some((order, attempt)) = not_found(happened) else { return vec![] };
    let errand = rows(&errand_key(order)).and_then(Row::into_errand);
    let Some(errand) = errand.filter(|errand| errand.standing == Standing::Open && !errand.drivers.is_empty()) else {
        return vec![];
    };
    let board = rows(happened.key).and_then(Row::into_zone).unwrap_or_default();
    let begin_by = errand.wanted.map(|wanted| wanted.begin_by);
    let sought = sought(order, errand.kitchen_at, attempt + 1, begin_by, happened.at);
    let events = zone::tell(&board, Told::Seek(sought), happened.at);
    events.into_iter().map(|event| (happened.key.clone(), Event::Zone(event))).collect()
}

pub(super) fn offer_of_asked(happened: &Happened<'_>) -> Vec<Key> {
    asked(happened).map(|asked| vec![offer_key(asked.order), errand_key(asked.order)]).unwrap_or_default()
}

fn asked<'a>(happened: &Happened<'a>) -> Option<&'a Asked> {
    if let Event::Zone(ZoneEvent::Asked(asked)) = happened.event { Some(asked) } else { None }
}

/// The offer itself, to whom the board has chosen; none of a meal that was called off meanwhile.
pub(super) fn make_offer(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(Asked { order, driver, metres }) = asked(happened) else { return vec![] };
    let errand = rows(&errand_key(*order)).and_then(Row::into_errand);
    if errand.is_none_or(|errand| errand.standing != Standing::Open) {
        return vec![];
    }
    let made = Offer {
        order: *order,
        zone: ZoneId(happened.key.id().to_owned()),
        driver: driver.clone(),
        metres: *metres,
        until: happened.at + OPEN_FOR_MS,
        standing: offer::Standing::Open,
    };
    vec![(offer_key(*order), Event::Offer(OfferEvent::Made(Box::new(made))))]
}

// ---- clocks ----------------------------------------------------------------------------------------------------------

pub(super) fn offer_due(row: &Row) -> Option<Millis> {
    row.as_offer().and_then(offer::due)
}

pub(super) fn expire_offer(row: &Row, now: Millis) -> Vec<Event> {
    row.as_offer().and_then(|offer| offer::expire(offer, now)).map(Event::Offer).into_iter().collect()
}

pub(super) fn errand_due(row: &Row) -> Option<Millis> {
    row.as_errand().and_then(errand::due)
}

pub(super) fn forget_errand(row: &Row, now: Millis) -> Vec<Event> {
    row.as_errand().and_then(|errand| errand::forget(errand, now)).map(Event::Errand).into_iter().collect()
}

pub(super) fn board_due(row: &Row) -> Option<Millis> {
    row.as_zone().and_then(zone::due)
}

pub(super) fn look_at_board(row: &Row, now: Millis) -> Vec<Event> {
    row.as_zone()
        .map(|zone| zone::tell(zone, Told::Clock, now))
        .unwrap_or_default()
        .into_iter()
        .map(Event::Zone)
        .collect()
}
