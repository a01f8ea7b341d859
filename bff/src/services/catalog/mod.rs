//! Catalog: what restaurants offer. Alone holds stock.

pub(crate) mod api;
mod model;

pub(crate) use model::{Replaced, replace};

use domain::Service;

use super::Manifest;
use crate::roster::{Actor, Entry, Kind, Phase};

/// What the catalog writes and hears.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Catalog,
    // What it answers over HTTP may be read by everybody; its acts are the staff's.
    entry: Entry {
        name: "catalog",
        kind: Kind::Task,
        actor: Actor::Restaurant,
        aggregates: &["restaurant", "menu", "edits"],
        phase: Phase::Create,
        tables: &["catalog_row"],
        api: &[
            "/api/catalog/first-look",
            "/api/catalog/restaurants",
            "/api/catalog/restaurants/{id}",
            "/api/catalog/restaurants/{id}/menu",
        ],
    },
    produces: &[
        "restaurant-described",
        "restaurant-opened",
        "restaurant-closed",
        "restaurant-rush-set",
        "menu-written",
        "menu-item-renamed",
        "menu-item-repriced",
        "menu-item-availability-set",
        "menu-item-ready-made-set",
        "menu-edit-noted",
        "menu-edits-forgotten",
        "stock-held",
        "stock-released",
        "stock-used-up",
        "stock-short",
        "portions-taken",
        "portions-returned",
        "portions-short",
    ],
    consumes: &[
        "menu-written",
        "menu-item-renamed",
        "menu-item-repriced",
        "stock-hold-requested",
        "stock-release-requested",
        "table-line-added",
        "table-line-taken-back",
        "table-portions-noted",
    ],
};
