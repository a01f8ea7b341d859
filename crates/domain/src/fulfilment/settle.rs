//! Settle: when a customer has their meal, its money is charged, and tried until it is; then the order is fulfilled. So is
//! the money of a meal that was cooked and brought in vain, where [`Aftermath`] says so.

use saga::{Pivot, Saga, Step, Undo};

use super::aftermath::Aftermath;
use super::process::{Claim, Process, ProcessEvent, logged};
use crate::ordering::Order;
use crate::payment::PaymentEvent;
use crate::rules::Happened;
use crate::trade::{Event, Row};

/// The meal is gone, so there is no way back.
pub const SETTLE: Saga = Saga {
    name: "settle",
    pivot: Pivot::AtOnce,
    ended: "order-fulfilled",
    aborted: "order-not-settled",
    noted: "settling-noted",
    steps: &[Step {
        name: CHARGE,
        by: "payment",
        after: &[],
        entry: "payment-capture-requested",
        exit: &["payment-captured"],
        failed: &["payment-capture-failed"],
        undo: Undo::Nothing { because: "the meal is gone" },
        ..Step::PLAIN
    }],
};

/// The same for an order that ended early and is paid for: it is settled, and was not fulfilled.
pub const SETTLE_EARLY: Saga = Saga { name: "settle-early", ended: "order-cancellation-settled", ..SETTLE };

const CHARGE: &str = "charge";

/// What follows from a fact, and in which of the two sagas.
pub fn react(happened: &Happened<'_>, process: Option<&Process>) -> (Vec<ProcessEvent>, &'static Saga) {
    let order = happened.row.and_then(Row::as_order);
    match (order, process) {
        (Some(order), None) if order.status.is_eaten() => (begin(&SETTLE, order).collect(), &SETTLE),
        (Some(order), None) if Aftermath::of(order) == Some(Aftermath::Paid) => {
            let because = order.ended.clone().map(ProcessEvent::Doomed);
            (begin(&SETTLE_EARLY, order).chain(because).collect(), &SETTLE_EARLY)
        }
        (None, Some(process)) => {
            let saga = if process.because.is_some() { &SETTLE_EARLY } else { &SETTLE };
            (hear(saga, happened, process), saga)
        }
        _ => (vec![], &SETTLE),
    }
}

fn begin(saga: &Saga, order: &Order) -> impl Iterator<Item = ProcessEvent> {
    let without: &[&str] = if order.pays.is_at_hand_over() { &[CHARGE] } else { &[] };
    let claimed = ProcessEvent::Claimed(Box::new(Claim::of(order)));
    std::iter::once(claimed).chain(logged(saga.begin(&saga::State::default(), without)))
}

fn hear(saga: &Saga, happened: &Happened<'_>, process: &Process) -> Vec<ProcessEvent> {
    let (attempt, why) = match happened.event {
        Event::Payment(PaymentEvent::ChargeFailed { attempt, reason }) => (*attempt, reason.as_str()),
        _ => (0, ""),
    };
    let heard = saga.heard(happened.kind(), attempt, why);
    logged(heard.map(|heard| saga.hear(&process.state, &heard)).unwrap_or_default()).collect()
}
