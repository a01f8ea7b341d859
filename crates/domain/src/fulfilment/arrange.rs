//! Arrange: a secured order finds its kitchen and its driver, side by side; when both are there the meal comes to its
//! customer. Where one of them cannot be had, or the order is over, the other is let go.
//!
//! A kitchen that says nothing is late after [`WARN_MS`], which the customer is told, and given up after [`END_MS`]; a yes
//! in between heals. Times are the design's (table 8.1). They run from when the kitchen is asked, also about a meal for later: a
//! house that is closed is asked when it opens.

use saga::{Heard, Pivot, Saga, Step, Stood, Undo};
use sync::{Millis, Personal};

use super::process::{Claim, Process, ProcessEvent, doomed, logged};
use crate::delivery::{ErrandEvent, Hitch, ZoneEvent};
use crate::ops::{CaseEvent, Concern, Measure};
use crate::ordering::{Cancelled, Order};
use crate::rules::Happened;
use crate::trade::{Event, Row};

/// How long a kitchen may be silent before its customer is told, in milliseconds.
pub const WARN_MS: Millis = 10 * 60_000;

/// How long a kitchen may be silent at all, in milliseconds.
pub const END_MS: Millis = 15 * 60_000;

/// How often a driver is looked for.
const SEEKS_MAX: u32 = 3;

/// Kitchen and driver are asked at once, and the meal is on its way when both have said yes.
pub const ARRANGE: Saga = Saga {
    name: "arrange",
    // An order that is cancelled later lets both go, however long ago they said yes.
    pivot: Pivot::Never,
    ended: "order-arranged",
    aborted: "order-not-arranged",
    noted: "arranging-noted",
    steps: &[
        Step {
            name: KITCHEN,
            by: "kitchen",
            after: &[],
            entry: "restaurant-order-requested",
            exit: &["order-received"],
            refused: &["order-rejected"],
            undo: Undo::By {
                entry: "restaurant-order-cancelled",
                exit: &["restaurant-order-withdrawn"],
                // It may never answer.
                at_any_time: true,
            },
            ..Step::PLAIN
        },
        Step {
            name: DRIVER,
            by: "delivery",
            after: &[],
            entry: "driver-assignment-requested",
            exit: &["driver-assigned"],
            failed: &["driver-assignment-aborted"],
            tries_max: SEEKS_MAX,
            undo: Undo::By { entry: "driver-assignment-cancelled", exit: &["driver-released"], at_any_time: true },
            ..Step::PLAIN
        },
        Step {
            name: WAY,
            by: "delivery",
            after: &[KITCHEN, DRIVER],
            entry: "delivery-initiated",
            exit: &["delivery-completed"],
            refused: &["delivery-failed"],
            undo: Undo::Nothing { because: "whoever has the driver let go has the errand called off" },
            ..Step::PLAIN
        },
    ],
};

const KITCHEN: &str = "kitchen";
const DRIVER: &str = "driver";
const WAY: &str = "way";

/// What follows from a fact.
pub fn react(happened: &Happened<'_>, process: Option<&Process>) -> Vec<ProcessEvent> {
    let order = happened.row.and_then(Row::as_order);
    if let (Event::Case(CaseEvent::Done(done)), Some(process)) = (happened.event, process) {
        return obey(process, &done.what);
    }
    match (happened.kind(), process) {
        ("order-confirmed", None) => order.map(|order| begin(order, happened.at)).unwrap_or_default(),
        (_, None) => vec![],
        ("order-cancelled", Some(process)) => {
            let why = order.and_then(|order| order.ended.clone()).unwrap_or(Cancelled::ByCustomer);
            give_up(process, why)
        }
        ("driver-dropped-out", Some(process)) if happened.row.is_some() && has_driver(process) => {
            vec![ProcessEvent::GivenBack(true)]
        }
        ("driver-assigned", Some(process)) if process.is_given_back => vec![ProcessEvent::GivenBack(false)],
        (kind, Some(process)) => hear(process, kind, happened.event),
    }
}

fn begin(order: &Order, at: Millis) -> Vec<ProcessEvent> {
    // Who fetches their meal, or whose restaurant brings it, needs no driver of ours.
    let without: &[&str] = if order.is_dispatched() { &[] } else { &[DRIVER, WAY] };
    let claimed = ProcessEvent::Claimed(Box::new(Claim::of(order)));
    let asked_at = order.wanted.map_or(at, |wanted| wanted.asked_at(at));
    let waits = ProcessEvent::Waits { warn_at: asked_at + WARN_MS, end_at: asked_at + END_MS };
    [claimed, waits].into_iter().chain(logged(ARRANGE.begin(&saga::State::default(), without))).collect()
}

/// What the desk decided, where it is still to be decided.
fn obey(process: &Process, measure: &Measure) -> Vec<ProcessEvent> {
    if process.state.given_up().is_some() || process.state.ended_well().is_some() {
        return vec![];
    }
    let is_silent = matches!(process.state.stood(KITCHEN), Stood::Asked(_));
    match measure {
        Measure::TimeGiven { until } if is_silent => {
            let warn_at = process.waits.map_or(*until, |(warn_at, _)| warn_at);
            vec![ProcessEvent::Waits { warn_at, end_at: *until }]
        }
        Measure::GivenUp(Concern::KitchenSilent) if is_silent => give_up(process, Cancelled::NoAnswer),
        // Somebody may have said yes meanwhile; who gave it back has not.
        Measure::GivenUp(Concern::NobodyFound) if has_driver(process) => vec![],
        Measure::GivenUp(Concern::NobodyFound) => give_up(process, Cancelled::NoDriver),
        _ => vec![],
    }
}

fn has_driver(process: &Process) -> bool {
    matches!(process.state.stood(DRIVER), Stood::Done) && !process.is_given_back
}

fn give_up(process: &Process, why: Cancelled) -> Vec<ProcessEvent> {
    doomed(ARRANGE.hear(&process.state, &Heard::GiveUp(why.name())), why)
}

fn hear(process: &Process, kind: &str, event: &Event) -> Vec<ProcessEvent> {
    let (attempt, why) = match event {
        Event::Zone(ZoneEvent::NobodyFound { attempt, .. }) => (*attempt, Some(Cancelled::NoDriver)),
        Event::Ticket(crate::kitchen::TicketEvent::Refused { reason, .. }) => {
            (1, Some(Cancelled::ByRestaurant(reason.clone())))
        }
        Event::Errand(ErrandEvent::Failed { reason, hitch, .. }) => (1, Some(not_brought(*hitch, reason.clone()))),
        _ => (1, None),
    };
    let Some(heard) = ARRANGE.heard(kind, attempt, why.as_ref().map_or("", Cancelled::name)) else { return vec![] };
    let records = ARRANGE.hear(&process.state, &heard);
    match why.filter(|_| records.iter().any(|record| matches!(record, saga::Record::GivenUp { .. }))) {
        Some(why) => doomed(records, why),
        None => logged(records).collect(),
    }
}

fn not_brought(hitch: Hitch, reason: Personal) -> Cancelled {
    match hitch {
        Hitch::NobodyThere => Cancelled::NobodyThere(reason),
        Hitch::Other => Cancelled::NotDelivered(reason),
    }
}

/// When a run is to be looked at: its kitchen has been silent for too long.
pub fn due(process: &Process) -> Option<Millis> {
    let (warn_at, end_at) = process.waits?;
    let is_silent = matches!(process.state.stood(KITCHEN), Stood::Asked(_)) && process.state.given_up().is_none();
    is_silent.then_some(if process.is_late { end_at } else { warn_at })
}

/// What follows when a run's time has come. Both times may have: nobody looked while the server was away.
pub fn strike(process: &Process, now: Millis) -> Vec<ProcessEvent> {
    let Some((_, end_at)) = process.waits.filter(|_| due(process).is_some_and(|due| due <= now)) else { return vec![] };
    let late = (!process.is_late).then_some(ProcessEvent::Late);
    let end = if end_at <= now { give_up(process, Cancelled::NoAnswer) } else { vec![] };
    late.into_iter().chain(end).collect()
}
