//! Settle: when a customer has their meal, its money is charged, and tried until it is; then the order is fulfilled.

use saga::{Pivot, Saga, Step, Undo};

use super::process::{Claim, Process, ProcessEvent, logged};
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
        undo: Undo::Nothing { because: "the meal was eaten" },
        ..Step::PLAIN
    }],
};

const CHARGE: &str = "charge";

/// What follows from a fact.
pub fn react(happened: &Happened<'_>, process: Option<&Process>) -> Vec<ProcessEvent> {
    let order = happened.row.and_then(Row::as_order);
    match (order, process) {
        (Some(order), None) if order.status.is_eaten() => {
            let without: &[&str] = if order.pays.is_at_hand_over() { &[CHARGE] } else { &[] };
            let claimed = ProcessEvent::Claimed(Box::new(Claim::of(order)));
            std::iter::once(claimed).chain(logged(SETTLE.begin(&saga::State::default(), without))).collect()
        }
        (None, Some(process)) => {
            let (attempt, why) = match happened.event {
                Event::Payment(PaymentEvent::ChargeFailed { attempt, reason }) => (*attempt, reason.as_str()),
                _ => (0, ""),
            };
            let heard = SETTLE.heard(happened.kind(), attempt, why);
            logged(heard.map(|heard| SETTLE.hear(&process.state, &heard)).unwrap_or_default()).collect()
        }
        _ => vec![],
    }
}
