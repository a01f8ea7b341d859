//! Payment: the money of orders, and the gateway to the provider who has it.
//!
//! ```text
//! hub ─► rules ─► payment-…-asked ─► egress ─► provider            egress.rs, breaker.rs
//!                                                 │  later, by a webhook or when it is looked for
//! hub ◄─ payment-authorized, -declined … ◄─ ingress ◄┘             ingress.rs, webhook.rs
//! ```
//! A call and what became of it are never one transaction: the provider takes a request, and tells later. Both ways are
//! idempotent: a request carries its fact's id, a word its own.

pub(crate) mod breaker;
pub(crate) mod egress;
mod ingress;
pub(crate) mod provider;
mod sandbox;
pub(crate) mod signature;
mod webhook;

pub(crate) use webhook::router;

use std::sync::Arc;

use domain::trade::Service;

use self::provider::Provider;
use self::sandbox::Sandbox;
use super::Manifest;
use crate::config::ServeSettings;

/// The provider that the settings name.
///
/// # Errors
/// A sentence, where a client of it cannot be made.
pub(crate) fn provider(settings: &ServeSettings) -> anyhow::Result<Option<Arc<dyn Provider>>> {
    let Some(base) = &settings.payments else { return Ok(None) };
    Ok(Some(Arc::new(Sandbox::new(base, settings.payments_secret.clone())?)))
}

/// What payment writes and hears.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Payment,
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
    ],
    consumes: &["payment-authorization-requested", "payment-authorization-cancelled", "payment-capture-requested"],
};
