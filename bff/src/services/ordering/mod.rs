//! Ordering: orders, as their customers see them. Keeps copies of restaurants and menus, because it prices by them.

pub(crate) mod api;

use domain::Service;

use super::Manifest;
use crate::roster::{Actor, Entry, Kind, Phase};

/// What ordering writes and hears: whether the order is secured and arranged, what became of its money, the kitchen's and
/// the driver's word, who claims a guest, and whatever changes a restaurant or a menu.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Ordering,
    entry: Entry {
        name: "ordering",
        kind: Kind::Task,
        actor: Actor::Customer,
        aggregates: &["order"],
        phase: Phase::Create,
        tables: &["ordering_row", "ordering_copy"],
        api: &["/api/orders", "/api/orders/{id}"],
    },
    produces: &[
        "order-submitted",
        "order-confirmed",
        "order-numbered",
        "order-status-changed",
        "order-cancellation-requested",
        "order-kept",
        "order-cancelled",
        "order-claimed",
        "order-payment-noted",
        "order-refund-noted",
        "order-lateness-noted",
        "order-driver-noted",
        "order-proof-noted",
        "order-erased",
        "order-put-away",
    ],
    consumes: &[
        "restaurant-described",
        "restaurant-opened",
        "restaurant-closed",
        "menu-written",
        "menu-item-renamed",
        "menu-item-repriced",
        "menu-item-availability-set",
        "menu-item-ready-made-set",
        "stock-held",
        "stock-released",
        "stock-used-up",
        "stock-short",
        "portions-taken",
        "portions-returned",
        "portions-short",
        "ticket-opened",
        "order-received",
        "order-rejected",
        "order-preparing",
        "order-prepared",
        "order-handed-over",
        "order-cancellation-granted",
        "order-cancellation-refused",
        "guest-claimed",
        "guest-ordered",
        "order-secured",
        "order-not-secured",
        "order-submission-expired",
        "order-not-arranged",
        "driver-assigned",
        "driver-dropped-out",
        "order-picked-up",
        "delivery-completed",
        "delivery-proved",
        "payment-authorization-asked",
        "payment-authorization-deferred",
        "payment-authorized",
        "payment-declined",
        "payment-voided",
        "payment-captured",
        "payment-refunded",
        "person-erased",
    ],
};
