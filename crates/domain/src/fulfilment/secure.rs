//! Secure: before a kitchen hears of an order, its portions are held and its money is reserved; where one of them cannot
//! be had, or the order is over, the other goes back, as far as [`Aftermath`] says.
//!
//! What comes first stands in [`SECURE`] and nowhere else: whoever wants the money before the stock swaps `after`.

use saga::{Heard, Pivot, Saga, Step, Undo};

use super::aftermath::Aftermath;
use super::process::{Claim, Process, ProcessEvent, doomed, logged};
use crate::ordering::{Cancelled, Order};
use crate::rules::Happened;
use crate::trade::Event;
use crate::{catalog::MenuEvent, payment::PaymentEvent};

/// The money comes second: stock answers in milliseconds and at no cost, a bank takes its time.
pub const SECURE: Saga = Saga {
    name: "secure",
    // An order that is cancelled later gives both back, however long ago they were had.
    pivot: Pivot::Never,
    ended: "order-secured",
    aborted: "order-not-secured",
    noted: "securing-noted",
    steps: &[
        Step {
            name: STOCK,
            by: "catalog",
            after: &[],
            entry: "stock-hold-requested",
            exit: &["stock-held"],
            refused: &["stock-short"],
            undo: Undo::By {
                entry: "stock-release-requested",
                exit: &["stock-released", "stock-used-up"],
                at_any_time: false,
            },
            ..Step::PLAIN
        },
        Step {
            name: PAYMENT,
            by: "payment",
            after: &[STOCK],
            entry: "payment-authorization-requested",
            exit: &["payment-authorized"],
            refused: &["payment-declined"],
            // A bank that is silent must not keep a customer from cancelling.
            undo: Undo::By { entry: "payment-authorization-cancelled", exit: &["payment-voided"], at_any_time: true },
            ..Step::PLAIN
        },
    ],
};

const STOCK: &str = "stock";
const PAYMENT: &str = "payment";

/// What `saga` makes of a fact, where it is [`SECURE`] or another order of its steps.
pub fn react(saga: &Saga, happened: &Happened<'_>, process: Option<&Process>) -> Vec<ProcessEvent> {
    let order = happened.row.and_then(crate::trade::Row::as_order);
    match (happened.kind(), process) {
        ("order-submitted", None) => order.map(|order| begin(saga, order)).unwrap_or_default(),
        (_, None) => vec![],
        // Only what this saga does not answer itself: once it is over, the kitchen or the order's own service judges.
        ("order-cancellation-requested", Some(process)) if process.state.ended_well().is_none() => {
            give_up(saga, process, Cancelled::ByCustomer)
        }
        ("order-cancelled", Some(process)) => follow_end(saga, process, order),
        (kind, Some(process)) => hear(saga, process, kind, happened.event),
    }
}

fn begin(saga: &Saga, order: &Order) -> Vec<ProcessEvent> {
    let without: &[&str] = if order.pays.is_at_hand_over() { &[PAYMENT] } else { &[] };
    let claimed = ProcessEvent::Claimed(Box::new(Claim::of(order)));
    std::iter::once(claimed).chain(logged(saga.begin(&saga::State::default(), without))).collect()
}

/// What the policy says of an order that has ended. An end that changed nothing comes without its order: it was over before.
fn follow_end(saga: &Saga, process: &Process, order: Option<&Order>) -> Vec<ProcessEvent> {
    let Some((why, aftermath)) = order.and_then(|order| order.ended.clone().zip(Aftermath::of(order))) else {
        return vec![];
    };
    // What was cooked and brought is paid for: its money is settled like that of a meal which was eaten.
    if aftermath == Aftermath::Paid {
        return vec![];
    }
    let back = give_up(saga, process, why);
    let used_up = (aftermath == Aftermath::Wasted && !back.is_empty()).then_some(ProcessEvent::UsedUp);
    used_up.into_iter().chain(back).collect()
}

fn give_up(saga: &Saga, process: &Process, why: Cancelled) -> Vec<ProcessEvent> {
    let records = saga.hear(&process.state, &Heard::GiveUp(why.name()));
    doomed(records, why)
}

fn hear(saga: &Saga, process: &Process, kind: &str, event: &Event) -> Vec<ProcessEvent> {
    let (held, why) = match event {
        Event::Menu(MenuEvent::StockTaken { portions, .. }) => (Some(ProcessEvent::Held(portions.clone())), None),
        Event::StockShort { items, .. } => (None, Some(Cancelled::SoldOut(items.clone()))),
        Event::Payment(PaymentEvent::Declined { reason }) => (None, Some(Cancelled::NotPaid(reason.clone()))),
        _ => (None, None),
    };
    // Each step is asked for once, so there is no later try that a word could be about.
    let Some(heard) = saga.heard(kind, 1, why.as_ref().map_or("", Cancelled::name)) else { return vec![] };
    let records = saga.hear(&process.state, &heard);
    match (held, why) {
        _ if records.is_empty() => vec![],
        (_, Some(why)) => doomed(records, why),
        (held, None) => held.into_iter().chain(logged(records)).collect(),
    }
}
