//! Ordering: orders, as their customers see them. Keeps copies of restaurants and menus, because it prices by them.

pub(crate) mod api;

use domain::trade::Service;

use super::Manifest;

/// What ordering writes and hears: the stock's word, the kitchen's, and whatever changes a restaurant or a menu.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Ordering,
    produces: &[
        "order-submitted",
        "order-confirmed",
        "order-numbered",
        "order-status-changed",
        "order-cancellation-requested",
        "order-kept",
        "order-cancelled",
    ],
    consumes: &[
        "restaurant-described",
        "restaurant-opened",
        "restaurant-closed",
        "menu-written",
        "menu-item-renamed",
        "menu-item-repriced",
        "menu-item-availability-set",
        "stock-held",
        "stock-released",
        "stock-short",
        "ticket-opened",
        "order-received",
        "order-rejected",
        "order-preparing",
        "order-prepared",
        "order-handed-over",
        "order-cancellation-granted",
        "order-cancellation-refused",
    ],
};
