//! The services: each owns its rows, judges the commands for them, and hears of the others by facts only.

pub(crate) mod account;
pub(crate) mod catalog;
pub(crate) mod delivery;
pub(crate) mod dining;
pub(crate) mod fulfilment;
pub(crate) mod kitchen;
pub(crate) mod ops;
pub(crate) mod ordering;
pub(crate) mod payment;

use std::collections::BTreeSet;

use axum::Router;
use domain::Service;
use domain::rules::RULES;

use crate::roster::Entry;
use crate::state::AppState;

/// What the services answer over HTTP.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .merge(catalog::api::router())
        .merge(ordering::api::router())
        .merge(delivery::sightings::router())
        .merge(ops::api::router())
        .merge(payment::router())
}

/// What a service says of itself, and is held to: [`crate::roster::check()`] compares it with the code at the start, and no other fact
/// is appended than those that it produces. Which commands it judges says [`domain`].
pub(crate) struct Manifest {
    /// Which service.
    pub(crate) service: Service,
    /// Whom it serves, with which rows, and where it is asked.
    pub(crate) entry: Entry,
    /// The facts of the trade that it writes, by wire name.
    pub(crate) produces: &'static [&'static str],
    /// The facts that it listens to.
    pub(crate) consumes: &'static [&'static str],
}

/// All of them.
pub(crate) const ALL: [&Manifest; Service::ALL.len()] = [
    &catalog::MANIFEST,
    &ordering::MANIFEST,
    &kitchen::MANIFEST,
    &account::MANIFEST,
    &fulfilment::MANIFEST,
    &payment::MANIFEST,
    &delivery::MANIFEST,
    &ops::MANIFEST,
    &dining::MANIFEST,
];

/// The manifest of `service`.
pub(crate) fn manifest(service: Service) -> &'static Manifest {
    match service {
        Service::Catalog => &catalog::MANIFEST,
        Service::Ordering => &ordering::MANIFEST,
        Service::Kitchen => &kitchen::MANIFEST,
        Service::Account => &account::MANIFEST,
        Service::Fulfilment => &fulfilment::MANIFEST,
        Service::Payment => &payment::MANIFEST,
        Service::Delivery => &delivery::MANIFEST,
        Service::Ops => &ops::MANIFEST,
        Service::Dining => &dining::MANIFEST,
    }
}

/// The facts that the code of `service` listens to: those that its rules are on, those that change what it copies, and one that makes it
/// forget.
pub(crate) fn hears(service: Service) -> BTreeSet<&'static str> {
    let rules = RULES.iter().filter(|rule| rule.service == service).flat_map(|rule| rule.on).copied();
    let copies = service.copies();
    // Who copies menus only needs no word of doors and addresses, and nobody copies who wrote them.
    let is_copied = |kind: &&str| {
        let is_of_a_copied_row = copies.contains(&"restaurant") || !kind.starts_with("restaurant-");
        !copies.is_empty() && is_of_a_copied_row && !kind.starts_with("menu-edit")
    };
    let copied = catalog::MANIFEST.produces.iter().copied().filter(is_copied);
    // All orders of a person are forgotten by no rule: a rule reads rows that a fact names.
    let forgets = (service == Service::Ordering).then_some("person-erased");
    rules.chain(copied).chain(forgets).collect()
}

#[cfg(test)]
mod tests {
    use super::payment::provider::Request;
    use super::*;

    /// The facts that no service hears, by what they are told for.
    const UNHEARD: &[(&str, &[&str])] = &[
        (
            "they bring a row to a screen",
            &[
                "bill-card-declined",
                "bill-given-back",
                "bill-paid",
                "cash-handed-in",
                "bill-prepared",
                "bill-taken-back",
                "board-noted",
                "case-charge-noted",
                "case-opened",
                "case-order-over",
                "case-proof-noted",
                "case-filed",
                "case-wants-again",
                "delivery-agreed",
                "delivery-opened",
                "delivery-ready",
                "menu-edit-noted",
                "menu-edits-forgotten",
                "offer-made",
                "offer-withdrawn",
                "order-driver-noted",
                "order-kept",
                "order-lateness-noted",
                "order-numbered",
                "order-payment-noted",
                "order-proof-noted",
                "order-refund-noted",
                "task-passed",
                "task-raised",
                "table-closed",
                "table-food-prepared",
                "table-line-gone",
                "table-line-served",
                "table-line-written-off",
                "table-opened",
                "table-order-placed",
                "task-settled",
                "takings-counted",
                "ticket-driver-noted",
                "ticket-refund-noted",
            ],
        ),
        (
            "they take what a person wrote off every screen",
            &["case-erased", "delivery-erased", "delivery-forgotten", "ticket-erased"],
        ),
        (
            "they take a row that is over for long off every screen",
            &["order-put-away", "table-put-away", "ticket-put-away"],
        ),
        (
            "they are the log of a service, which it goes on from",
            &[
                "arranging-noted",
                "erasure-asked",
                "person-order-ended",
                "payment-refund-noted",
                "person-ordered",
                "securing-noted",
                "settling-noted",
                "ticket-number-taken",
            ],
        ),
        (
            "they say how a saga went, to whoever reads the story of an order",
            &[
                "order-arranged",
                "order-cancellation-settled",
                "order-fulfilled",
                "order-not-settled",
                "restaurant-order-requested",
            ],
        ),
        (
            "the gateway to the bank follows them",
            &["payment-capture-asked", "payment-refund-asked", "payment-void-asked"],
        ),
    ];

    #[test]
    fn every_fact_is_heard_or_it_is_said_what_it_is_told_for() {
        let heard: BTreeSet<_> = ALL.iter().flat_map(|manifest| manifest.consumes).copied().collect();
        let written = ALL.iter().flat_map(|manifest| manifest.produces).copied();
        let unheard: BTreeSet<_> = written.filter(|kind| !heard.contains(kind)).collect();
        let said: BTreeSet<_> = UNHEARD.iter().flat_map(|(_, kinds)| *kinds).copied().collect();
        assert_eq!(unheard, said);
        let to_the_bank = UNHEARD.last().map(|(_, kinds)| *kinds).unwrap_or_default();
        assert!(to_the_bank.iter().all(|kind| Request::of_fact(kind).is_some()), "{to_the_bank:?}");
    }

    #[test]
    fn every_fact_that_is_listened_to_is_written_by_exactly_one_service() {
        for manifest in ALL {
            for kind in manifest.consumes {
                let writers = ALL.iter().filter(|writer| writer.produces.contains(kind)).count();
                assert_eq!(writers, 1, "{} listens to {kind}", manifest.service.name());
            }
        }
    }

    #[test]
    fn a_service_listens_to_what_its_rules_are_on_and_to_what_it_copies() {
        for manifest in ALL {
            let consumes: BTreeSet<_> = manifest.consumes.iter().copied().collect();
            assert_eq!(consumes, hears(manifest.service), "{}", manifest.service.name());
        }
    }
}
