//! Kitchen: tickets and their numbers. Alone judges cancel against cook.

use domain::Service;

use super::Manifest;
use crate::roster::{Actor, Entry, Kind, Phase};

/// What the kitchen writes and hears.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Kitchen,
    entry: Entry {
        name: "kitchen",
        kind: Kind::Task,
        actor: Actor::Restaurant,
        aggregates: &["ticket", "numbering"],
        phase: Phase::Use,
        tables: &["kitchen_row"],
        api: &[],
    },
    produces: &[
        "ticket-number-taken",
        "ticket-opened",
        "order-received",
        "order-rejected",
        "order-preparing",
        "order-prepared",
        "order-handed-over",
        "order-cancellation-granted",
        "order-cancellation-refused",
        "restaurant-order-withdrawn",
        "ticket-driver-noted",
        "restaurant-refund-requested",
        "ticket-refund-noted",
        "ticket-erased",
        "ticket-put-away",
    ],
    consumes: &[
        "order-confirmed",
        "order-cancellation-requested",
        "restaurant-order-cancelled",
        "driver-assigned",
        "driver-dropped-out",
        "order-picked-up",
        "payment-refunded",
        "payment-refund-failed",
        "payment-refund-moot",
        "order-erased",
    ],
};
