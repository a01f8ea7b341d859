//! The event hub: every fact of every service, in one order, kept for ever. Services hear of each other here and nowhere else.
//!
//! ```text
//! service ─► its rows and change log ─► trigger ─► hub ─► listeners, the feed, gateways      each from a place of its own
//!                 one transaction       trigger.rs  embedded.rs
//! ```
//! The hub is a port ([`Hub`]): what any hub must do is in its words and, to be run, in `conformance.rs`. The one that ships is
//! [`Embedded`], in the file of the truth. What a hub need not do is as much a part of it: it knows no readers. A reader keeps its
//! place where it keeps the effect of what it read, in one transaction, so that a fact has its effect once; it asks for the next
//! page when it is done with the last, so none is ever handed more than it asked for; and a
//! replay ([`crate::replay`]) is a reader with a place of its own, that hears for a service.

pub(crate) mod as_of;
pub(crate) mod command;
#[cfg(test)]
mod conformance;
mod embedded;
pub(crate) mod trigger;

use std::sync::Arc;

use domain::OrderId;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use sync::{Key, Millis, Position};
use tokio::sync::watch;
use uuid::Uuid;

use crate::ledger::Fact;
use crate::store::StoreError;

pub(crate) use embedded::Embedded;

/// Which facts a reader wants, by their content: rules of routing as data. What is not said narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// After this position.
    pub(crate) after: Option<Position>,
    /// Of these kinds.
    pub(crate) kinds: Vec<String>,
    /// Of this order.
    pub(crate) order: Option<OrderId>,
    /// Of this row.
    pub(crate) key: Option<Key>,
    /// From this moment on.
    pub(crate) from: Option<Millis>,
    /// Before this moment.
    pub(crate) until: Option<Millis>,
}

impl Wanted {
    /// Those of `kinds`.
    pub(crate) fn of(kinds: &[&str]) -> Self {
        Self { kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(), ..Self::default() }
    }

    /// Whether it is the fact at `position`.
    fn takes(&self, position: Position, fact: &Fact) -> bool {
        let Self { after, kinds, order, key, from, until } = self;
        after.is_none_or(|after| position > after)
            && (kinds.is_empty() || kinds.contains(&fact.kind))
            && order.is_none_or(|order| embedded::order_of(fact) == Some(order))
            && key.as_ref().is_none_or(|key| *key == fact.key)
            && from.is_none_or(|from| fact.at >= from)
            && until.is_none_or(|until| fact.at < until)
    }

    /// The same, after `position`.
    pub(crate) fn after(&self, position: Position) -> Self {
        Self { after: Some(position), ..self.clone() }
    }
}

/// How far a reader whom few facts concern may come before it notes its place all the same: what lies behind the place that it noted
/// last is looked through again at a start, and ten thousand facts take a moment.
const UNNOTED_MAX: u64 = 10_000;

/// Where a reader stands whom few facts concern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The last fact that it is done with.
    pub(crate) here: Position,
    noted: Position,
}

impl Place {
    /// It begins at what was noted last.
    pub(crate) fn noted(here: Position) -> Self {
        Self { here, noted: here }
    }

    /// It has come as far as `reached`; whether that is to be noted, with what it did of facts that `concern` it or without.
    pub(crate) fn moves(&mut self, reached: Position, concern: bool) -> bool {
        self.here = reached;
        let is_far = reached.0 - self.noted.0 > UNNOTED_MAX;
        if concern || is_far {
            self.noted = reached;
        }
        concern || is_far
    }
}

/// A fact and where it stands; readers share it.
pub(crate) type Placed = (Position, Arc<Fact>);

/// Facts that were asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    /// Those, in order.
    pub(crate) facts: Vec<Placed>,
    /// How far the look went: all that is wanted up to here is in this page or before it. The next one begins after it.
    pub(crate) reached: Position,
}

/// An event hub.
pub(crate) trait Hub: Send + Sync {
    /// Appends `facts` in their order, at positions without a gap, those that it has already left out; the head then. They are
    /// durable before it answers. To publish the same again is harmless, so whoever is not sure does.
    fn publish(&self, facts: Vec<Fact>) -> BoxFuture<'_, Result<Position, StoreError>>;

    /// The facts that are `wanted`, in order, at most `limit`.
    fn read<'a>(&'a self, wanted: &'a Wanted, limit: usize) -> BoxFuture<'a, Result<Page, StoreError>>;

    /// The latest facts that are `wanted`, at most `limit`, in their order: the end of a story.
    fn latest<'a>(&'a self, wanted: &'a Wanted, limit: usize) -> BoxFuture<'a, Result<Vec<Placed>, StoreError>>;

    /// Where the latest fact of before `moment` is, by the clock that facts were written with; none where all are later.
    fn before(&self, moment: Millis) -> BoxFuture<'_, Result<Option<Position>, StoreError>>;

    /// The id of the fact at `position`; none where there is none.
    fn fact_at(&self, position: Position) -> BoxFuture<'_, Result<Option<Uuid>, StoreError>>;

    /// The head, as it moves. A wake-up: whoever misses a move sees the next, and what is true is in the pages.
    fn heads(&self) -> watch::Receiver<Position>;

    /// The head.
    fn head(&self) -> Position {
        *self.heads().borrow()
    }
}
