//! Catalog: what restaurants offer. Alone holds stock.

pub(crate) mod api;
mod model;

pub(crate) use model::{Replaced, replace};

use domain::Service;

use super::Manifest;

/// What the catalog writes and hears.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Catalog,
    produces: &[
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
    ],
    consumes: &[
        "stock-hold-requested",
        "stock-release-requested",
        "table-line-added",
        "table-line-taken-back",
        "table-portions-noted",
    ],
};
