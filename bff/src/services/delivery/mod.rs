//! Delivery: drivers, offers, who brings what, and what they took in. Alone judges claims, and alone has the bytes of what proves
//! a delivery, and of where drivers are.

pub(crate) mod api;
pub(crate) mod proofs;
pub(crate) mod sightings;

use domain::Service;

use super::Manifest;
use crate::roster::{Actor, Entry, Kind, Phase};

/// What delivery writes and hears: kitchens and orders, what fulfilment asks for, and its own board.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Delivery,
    entry: Entry {
        name: "delivery",
        kind: Kind::Task,
        actor: Actor::Driver,
        aggregates: &["driver", "zone", "offer", "delivery", "takings"],
        phase: Phase::Use,
        tables: &["delivery_row", "delivery_proof"],
        api: &["/api/deliveries/{order}/proofs/{id}", "/api/drive/place", "/api/deliveries/{order}/driver"],
    },
    produces: &[
        "driver-came-on-duty",
        "driver-went-off-duty",
        "board-noted",
        "driver-asked",
        "driver-assignment-aborted",
        "offer-made",
        "offer-claimed",
        "offer-declined",
        "offer-expired",
        "offer-withdrawn",
        "delivery-opened",
        "driver-assigned",
        "delivery-agreed",
        "delivery-ready",
        "driver-dropped-out",
        "order-picked-up",
        "delivery-completed",
        "delivery-failed",
        "driver-released",
        "delivery-proved",
        "delivery-forgotten",
        "delivery-erased",
        "takings-counted",
        "cash-handed-in",
    ],
    consumes: &[
        "order-confirmed",
        "order-prepared",
        "driver-assignment-requested",
        "driver-assignment-cancelled",
        "delivery-initiated",
        "order-not-arranged",
        "driver-came-on-duty",
        "driver-went-off-duty",
        "driver-asked",
        "driver-assignment-aborted",
        "driver-assigned",
        "driver-chosen",
        "offer-claimed",
        "offer-declined",
        "offer-expired",
        "driver-dropped-out",
        "order-picked-up",
        "delivery-completed",
        "delivery-failed",
        "order-erased",
    ],
};
