//! Dining: what is eaten in the house. Keeps copies of menus, because a line is named and priced by them.

use domain::Service;

use super::Manifest;
use crate::roster::{Actor, Entry, Kind, Phase};

/// What the house writes and hears: whether portions could be had, and whatever changes a menu.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Dining,
    entry: Entry {
        name: "dining",
        kind: Kind::Task,
        actor: Actor::Restaurant,
        aggregates: &["tab"],
        phase: Phase::Create,
        tables: &["dining_row", "dining_copy"],
        api: &[],
    },
    produces: &[
        "table-opened",
        "table-line-added",
        "table-line-taken-back",
        "table-order-placed",
        "table-food-prepared",
        "table-line-served",
        "table-portions-noted",
        "table-line-gone",
        "table-line-written-off",
        "bill-prepared",
        "bill-taken-back",
        "bill-card-declined",
        "bill-paid",
        "bill-given-back",
        "table-closed",
        "table-put-away",
    ],
    consumes: &[
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
};
