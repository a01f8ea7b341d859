//! The desk: orders in trouble, and what operators do about them. Other services hear of that as facts.

pub(crate) mod api;

use domain::Service;

use super::Manifest;

/// What the desk writes, and what it hears of an order's way.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Ops,
    produces: &[
        "case-opened",
        "task-raised",
        "task-passed",
        "case-wants-again",
        "task-settled",
        "case-order-over",
        "case-charge-noted",
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
        "payment-captured",
        "payment-capture-failed",
        "payment-refunded",
        "payment-refund-failed",
        "order-erased",
    ],
};
