//! The desk: orders in trouble, and what operators do about them. Other services hear of that as facts.

pub(crate) mod api;

use domain::Service;

use super::Manifest;
use crate::roster::{Actor, Entry, Kind, Phase};

/// What the desk writes, and what it hears of an order's way.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Ops,
    entry: Entry {
        name: "ops",
        kind: Kind::Task,
        actor: Actor::Operator,
        aggregates: &["case"],
        phase: Phase::Use,
        tables: &["ops_row"],
        api: &["/api/desk/orders/{id}/story"],
    },
    produces: &[
        "case-opened",
        "task-raised",
        "task-passed",
        "case-wants-again",
        "task-settled",
        "case-order-over",
        "case-charge-noted",
        "case-proof-noted",
        "case-filed",
        "kitchen-time-given",
        "order-given-up",
        "driver-chosen",
        "desk-refund-requested",
        "case-erased",
    ],
    consumes: &[
        "order-confirmed",
        "order-submission-expired",
        "order-received",
        "order-rejected",
        "order-handed-over",
        "order-cancelled",
        "driver-assignment-aborted",
        "driver-assigned",
        "driver-dropped-out",
        "order-picked-up",
        "delivery-completed",
        "delivery-failed",
        "delivery-proved",
        "payment-captured",
        "payment-capture-failed",
        "payment-refunded",
        "payment-refund-failed",
        "order-erased",
    ],
};
