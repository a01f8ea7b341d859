//! The trigger: what services wrote goes into the hub, at gap-free positions.

use std::collections::BTreeSet;

use sync::{Model, Position};
use uuid::Uuid;

use crate::Fact;

/// Numbers `changes` from the one after `head`. A fact whose id is `known` in the hub is left out, so that publishing
/// again after a crash leaves neither a gap nor a double.
pub fn publish<M: Model>(head: Position, changes: Vec<Fact<M>>, known: &BTreeSet<Uuid>) -> Vec<(Position, Fact<M>)> {
    let mut seen = known.clone();
    let new = changes.into_iter().filter(move |fact| seen.insert(fact.id));
    new.zip(head.0 + 1..).map(|(fact, position)| (Position(position), fact)).collect()
}
