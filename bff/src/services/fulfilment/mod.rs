//! Fulfilment: the sagas that carry an order from submitted to fulfilled. It hears and tells, and does nothing itself.

use domain::trade::Service;

use super::Manifest;

/// What fulfilment writes and hears.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Fulfilment,
    produces: &[
        "securing-noted",
        "stock-hold-requested",
        "stock-release-requested",
        "payment-authorization-requested",
        "payment-authorization-cancelled",
        "order-secured",
        "order-not-secured",
        "arranging-noted",
        "restaurant-order-requested",
        "restaurant-order-cancelled",
        "driver-assignment-requested",
        "driver-assignment-cancelled",
        "delivery-initiated",
        "order-submission-expired",
        "order-arranged",
        "order-not-arranged",
        "settling-noted",
        "payment-capture-requested",
        "order-fulfilled",
        "order-not-settled",
    ],
    consumes: &[
        "order-submitted",
        "order-cancellation-requested",
        "order-cancelled",
        "order-confirmed",
        "order-status-changed",
        "order-received",
        "order-rejected",
        "restaurant-order-withdrawn",
        "driver-assigned",
        "driver-dropped-out",
        "driver-assignment-aborted",
        "driver-released",
        "delivery-completed",
        "delivery-failed",
        "stock-held",
        "stock-short",
        "stock-released",
        "payment-authorized",
        "payment-declined",
        "payment-voided",
        "payment-captured",
        "payment-capture-failed",
        "kitchen-time-given",
        "order-given-up",
    ],
};
