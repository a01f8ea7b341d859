//! Account: whom a guest's orders belong to, and who is to be forgotten. Signing in and out is no matter of facts, and is in [`crate::account`].

use domain::Service;

use super::Manifest;
use crate::roster::{Actor, Entry, Kind, Phase};

/// What the account service writes and hears.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Account,
    entry: Entry {
        name: "account",
        kind: Kind::Task,
        actor: Actor::Customer,
        aggregates: &["guest", "person"],
        phase: Phase::Create,
        tables: &["account_row"],
        api: &[],
    },
    produces: &[
        "guest-ordered",
        "guest-claimed",
        "person-ordered",
        "person-order-ended",
        "erasure-asked",
        "person-erased",
    ],
    consumes: &["order-submitted", "order-claimed", "order-status-changed", "order-cancelled"],
};
