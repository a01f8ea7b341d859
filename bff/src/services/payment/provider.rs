//! The port to a payment provider: what is asked of one, and how it answers. An adapter knows one provider's own words.

use std::time::Duration;

use axum::http::HeaderMap;
use domain::OrderId;
use domain::payment::{Payment, Report};
use futures::future::BoxFuture;
use sync::Millis;

use crate::outside::signature::Disbelief;

/// What a provider is asked to do with the money of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Set it aside.
    Reserve,
    /// Let it go, whether it was set aside already or not.
    Release,
    /// Take what was set aside.
    Charge,
    /// Give back of what was taken until so much is back in all.
    GiveBack,
}

impl Request {
    /// All that can be asked.
    pub(crate) const ALL: [Self; 4] = [Self::Reserve, Self::Release, Self::Charge, Self::GiveBack];

    /// Its name in the books.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Reserve => "reserve",
            Self::Release => "release",
            Self::Charge => "charge",
            Self::GiveBack => "give-back",
        }
    }

    /// The request of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|request| request.name() == name)
    }

    /// The fact that asks for it.
    pub(crate) fn fact(self) -> &'static str {
        match self {
            Self::Reserve => "payment-authorization-asked",
            Self::Release => "payment-void-asked",
            Self::Charge => "payment-capture-asked",
            Self::GiveBack => "payment-refund-asked",
        }
    }

    /// The request that a fact asks for.
    pub(crate) fn of_fact(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|request| request.fact() == kind)
    }
}

/// Why a provider did not take a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It cannot be reached, is busy, or did not answer: whether it did it is not known. Asking again is harmless.
    Busy {
        /// Why, for the log.
        why: String,
        /// How long it wants to be left alone.
        again_after: Option<Duration>,
    },
    /// It will never take this.
    Refused(String),
    /// It knows of no such payment, so it has nothing set aside.
    Unknown,
}

/// A word of a provider, come by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The provider's own name for the word.
    pub(crate) id: String,
    /// What it means; nothing for what does not concern us.
    pub(crate) about: Option<(OrderId, Report)>,
}

/// A payment provider.
pub(crate) trait Provider: Send + Sync {
    /// Its name, in logs.
    fn name(&self) -> &'static str;

    /// Asks it. That it takes the request says nothing about the money: that is told later. `key` is the same whenever the
    /// same thing is asked again.
    fn send<'a>(&'a self, request: Request, payment: &'a Payment, key: &'a str) -> BoxFuture<'a, Result<(), Failure>>;

    /// Looks up what became of the money, where nothing was told for a while; nothing while that is open.
    fn look<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Result<Option<Report>, Failure>>;

    /// Reads a word that came over HTTP.
    ///
    /// # Errors
    /// [`Disbelief`] where it is not the provider's, or too old.
    fn read(&self, headers: &HeaderMap, body: &[u8], now: Millis) -> Result<Word, Disbelief>;
}
