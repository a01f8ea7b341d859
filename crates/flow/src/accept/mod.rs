//! Accept: an act from a device becomes a row, facts and an answer that is kept for ever; or is refused, and why.
//!
//! The caller reads the act ([`parse`], [`check`]), fetches what [`needs`] and [`items`] name, lets [`decide`] judge, and
//! writes what comes back in the transaction in which it read. The same act sent again finds its answer and writes
//! nothing.

mod act;
mod decide;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use sync::protocol::Outcome;
use sync::{Act, Actor, CommandId, Envelope, Epoch, InboxItem, Key, Known, Millis, Model, Position, Reason, Version};

use crate::Writes;

pub use act::{Parsed, has_texts, parse, seal, subject};
pub use decide::{check, decide};

/// What must be read before an act can be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Acts whose stored answers are wanted: its own, and those it follows.
    pub answers: Vec<CommandId>,
    /// The row it is for; none for an act that only lets an inbox item go.
    pub row: Option<Key>,
    /// Other rows that its rule reads, of its own service or of others.
    pub context: Vec<Key>,
}

/// Names what must be read before `envelope` can be judged.
pub fn needs<M: Model>(envelope: &Envelope<M::Command>) -> Needs {
    let answers = std::iter::once(envelope.id).chain(envelope.after.iter().copied()).collect();
    match &envelope.act {
        Act::Do(command) => Needs { answers, row: Some(M::lane(command)), context: M::reads(command) },
        Act::Dismiss => Needs { answers, row: None, context: vec![] },
    }
}

/// Names the inbox items that the judgement may touch, once the answers are known.
pub fn items<M: Model>(envelope: &Envelope<M::Command>, answers: &BTreeMap<CommandId, Stored<M>>) -> Vec<CommandId> {
    let fallen = envelope.after.iter().filter_map(|id| match &answers.get(id)?.outcome {
        Outcome::Refused(reason) => Some(root(*id, reason)),
        _ => None,
    });
    envelope.resolves.into_iter().chain(fallen).collect()
}

/// The refused act whose inbox item stands for the refused act `id` as well.
fn root<M: Model>(id: CommandId, reason: &Reason<M>) -> CommandId {
    if let Reason::Predecessor(root) = reason { *root } else { id }
}

/// The hash of an act's exact bytes (SHA-256).
pub type Hash = [u8; 32];

/// The answer that an act was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored<M: Model> {
    /// Of its bytes.
    pub hash: Hash,
    /// What became of it.
    pub outcome: Outcome<M>,
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Reads<M: Model> {
    /// Stored answers, of those that [`Needs::answers`] names.
    pub answers: BTreeMap<CommandId, Stored<M>>,
    /// The row of [`Needs::row`].
    pub row: Option<(M::Row, Version)>,
    /// The rows of [`Needs::context`].
    pub context: BTreeMap<Key, Known<M::Row>>,
    /// How far in the hub the service has read what its context comes from.
    pub reached: Position,
    /// Those of the items that [`items`] names which still wait.
    pub items: BTreeMap<CommandId, (InboxItem<M>, Version)>,
}

impl<M: Model> Default for Reads<M> {
    fn default() -> Self {
        Self {
            answers: BTreeMap::new(),
            row: None,
            context: BTreeMap::new(),
            reached: Position(0),
            items: BTreeMap::new(),
        }
    }
}

/// The lanes of one batch that are held up: the first act of a lane that is left for later holds those behind it, whether
/// they name it or not.
#[derive(Clone, Debug, Default)]
pub struct HeldLanes(BTreeSet<Key>);

impl HeldLanes {
    /// Whether an act of `lane` must wait.
    pub fn hold(&self, lane: &Key) -> bool {
        self.0.contains(lane)
    }

    /// Notes what became of an act of `lane`.
    pub fn note<M: Model>(&mut self, lane: &Key, outcome: &Outcome<M>) {
        let decided = matches!(outcome, Outcome::Accepted | Outcome::Asked | Outcome::Refused(_));
        if !decided {
            self.0.insert(lane.clone());
        }
    }
}

/// Who judges, when, and for whom.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The service's name.
    pub source: &'a str,
    /// The verified identity that sent the act.
    pub actor: &'a Actor,
    /// The history that is being written.
    pub epoch: Epoch,
    /// The server's clock.
    pub now: Millis,
    /// The device's clock when the act left it.
    pub sent_at: Millis,
    /// See [`sync::Context::utc_offset_min`].
    pub utc_offset_min: &'a dyn Fn(&str, Millis) -> Option<i32>,
}

/// What is to be answered, and what written.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<M: Model> {
    /// The answer.
    pub outcome: Outcome<M>,
    /// What follows from it; [`Writes::answer`] is the outcome where it is to be kept.
    pub writes: Writes<M>,
}

/// An act that gets no outcome, because it is not what it says it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The id stands for another act.
    #[error("the id {0} was used for another act")]
    IdReused(CommandId),
    /// It was made for another history than this server's; the device is to listen first.
    #[error("the acts were made for another history")]
    AnotherHistory,
    /// It was made as somebody else.
    #[error("the act was made as another account")]
    OtherAccount,
    /// It cannot be read, or contradicts itself; a sentence.
    #[error("{0}")]
    Malformed(String),
}
