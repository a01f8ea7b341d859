//! Pipelines: what a reader of the hub makes of facts, as pure pieces that each reader puts together for itself.
//!
//! ```text
//! from ───► filter ─► map ───► group ───► batch ───► sink
//! a page    kinds     rules    the last   bounded    the reader's own: a
//! of the    └ Pipeline::run ┘  of a key   together   transaction, a call; in
//! hub                          group.rs   batch.rs   turns (lanes.rs), not too
//!                                                    often (rate.rs)
//! ```
//! What travels is a [`Unit`]: the fact, its position, and what steps have made of it. Rules are data: a rule has a name, the kinds
//! of facts that it is on, and a pure mapping that can be tested alone. What went where is counted ([`count`]); the reader tells
//! the numbers to whoever collects them. The reader keeps its place: nothing here knows a checkpoint.

pub mod batch;
pub mod count;
pub mod group;
pub mod lanes;
pub mod rate;

#[cfg(test)]
mod tests;

use std::borrow::Borrow;
use std::collections::BTreeSet;

use sync::{Model, Position};

use crate::Fact;

pub use batch::{Bound, batches};
pub use count::{Counts, Fill, Tally};
pub use group::{Kept, last_of_each};
pub use lanes::Lanes;
pub use rate::Rate;

/// A pipeline: a name for its numbers, and its rules.
#[derive(Debug)]
pub struct Pipeline<M: Model + 'static, T: 'static> {
    /// By which its numbers are told.
    pub name: &'static str,
    /// What it makes of which facts.
    pub rules: &'static [Rule<M, T>],
}

/// What is made of a fact.
#[derive(Debug)]
pub struct Rule<M: Model, T> {
    /// A name for logs and numbers.
    pub id: &'static str,
    /// The kinds of facts that it is on.
    pub on: &'static [&'static str],
    /// What it makes of one; nothing of a fact whose content does not concern it.
    pub map: fn(&Fact<M>) -> Option<T>,
}

/// A unit of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit<'f, M: Model, T> {
    /// What it comes from.
    pub fact: &'f Fact<M>,
    /// Where that is in the hub.
    pub position: Position,
    /// The rule that made it.
    pub rule: &'static str,
    /// What was made so far.
    pub made: T,
}

impl<'f, M: Model, T> Unit<'f, M, T> {
    /// The same unit after another step.
    pub fn map<U>(self, step: impl FnOnce(T) -> U) -> Unit<'f, M, U> {
        Unit { fact: self.fact, position: self.position, rule: self.rule, made: step(self.made) }
    }
}

impl<M: Model, T> Pipeline<M, T> {
    /// The kinds of facts that it asks the hub for.
    pub fn kinds(&self) -> BTreeSet<&'static str> {
        self.rules.iter().flat_map(|rule| rule.on).copied().collect()
    }

    /// What the rules make of `facts`, in their order; of one fact, in the order of the rules. Facts may be shared with others.
    pub fn run<'f, F: Borrow<Fact<M>>>(&self, facts: &'f [(Position, F)], counts: &mut Counts) -> Vec<Unit<'f, M, T>> {
        let mut units = vec![];
        for (position, fact) in facts {
            let fact: &Fact<M> = fact.borrow();
            let before = units.len();
            for rule in self.rules.iter().filter(|rule| rule.on.contains(&fact.kind.as_str())) {
                let made = (rule.map)(fact);
                counts.looked(rule.id, made.is_some());
                units.extend(made.map(|made| Unit { fact, position: *position, rule: rule.id, made }));
            }
            counts.saw(units.len() > before);
        }
        units
    }
}
