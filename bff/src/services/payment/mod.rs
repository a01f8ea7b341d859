//! Payment: the money of orders, and the gateway to the provider who has it.
//!
//! ```text
//! hub ─► rules ─► payment-…-asked ─► egress ─► provider            egress.rs
//!                                                 │  later, by a webhook or when it is looked for
//! hub ◄─ payment-authorized, -declined … ◄─ ingress ◄┘             ingress.rs, webhook.rs
//! ```
//! A call and what became of it are never one transaction: the provider takes a request, and tells later. Both ways are
//! idempotent: a request that comes again is known by a key, a word by its own id. Who the provider is the settings say; what
//! is asked of any is in `provider.rs`, and `sandbox.rs` and `stripe/` say it in two providers' own words.

pub(crate) mod egress;
mod http;
mod ingress;
pub(crate) mod look;
pub(crate) mod provider;
mod sandbox;
mod stripe;
mod webhook;

pub(crate) use webhook::router;

use std::sync::Arc;

use domain::Service;

use self::provider::Provider;
use self::sandbox::Sandbox;
use self::stripe::Stripe;
use super::Manifest;
use crate::config::{PaymentsKind, ServeSettings};
use crate::roster::{Actor, Entry, Kind, Phase};

/// The provider that the settings name.
///
/// # Errors
/// A sentence, where the settings do not go together or a client cannot be made.
pub(crate) fn provider(settings: &ServeSettings) -> anyhow::Result<Option<Arc<dyn Provider>>> {
    let (base, key, secrets) = (&settings.payments, &settings.payments_key, settings.payments_secret.clone());
    // An empty one would be known to everybody.
    anyhow::ensure!(
        secrets.iter().all(|secret| !secret.is_empty()),
        "a secret in CARRYOUT_PAYMENTS_SECRET is empty: is there a comma too many?"
    );
    match settings.payments_kind {
        PaymentsKind::Sandbox => {
            anyhow::ensure!(key.is_none(), "the sandbox needs no --payments-key: say --payments-kind stripe as well");
            let Some(base) = base else { return Ok(None) };
            Ok(Some(Arc::new(Sandbox::new(base, secrets)?)))
        }
        PaymentsKind::Stripe => {
            anyhow::ensure!(!settings.sandbox_payments, "give either --sandbox-payments or --payments-kind stripe");
            let Some(key) = key else {
                anyhow::bail!(
                    "--payments-kind stripe needs the account's secret key: give it in CARRYOUT_PAYMENTS_KEY"
                );
            };
            anyhow::ensure!(
                !secrets.is_empty(),
                "--payments-kind stripe needs the webhook's signing secret: give it in CARRYOUT_PAYMENTS_SECRET"
            );
            let base = base.as_deref().unwrap_or(stripe::BASE);
            Ok(Some(Arc::new(Stripe::new(base, key, secrets)?)))
        }
    }
}

/// What payment writes and hears.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Payment,
    entry: Entry {
        name: "payment",
        kind: Kind::Gateway,
        actor: Actor::Provider,
        aggregates: &["payment"],
        phase: Phase::Use,
        tables: &["payment_row", "payment_call", "payment_word", "payment_look"],
        api: &["/webhooks/payments"],
    },
    produces: &[
        "payment-authorization-asked",
        "payment-authorization-deferred",
        "payment-authorized",
        "payment-declined",
        "payment-void-asked",
        "payment-voided",
        "payment-capture-asked",
        "payment-captured",
        "payment-capture-failed",
        "payment-refund-noted",
        "payment-refund-asked",
        "payment-refunded",
        "payment-refund-failed",
        "payment-refund-moot",
    ],
    consumes: &[
        "payment-authorization-requested",
        "payment-authorization-cancelled",
        "payment-capture-requested",
        "restaurant-refund-requested",
        "desk-refund-requested",
    ],
};
