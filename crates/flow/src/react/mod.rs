//! Listen: a fact of one service moves rows of another.

mod pass;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use sync::protocol::{Body, Settled};
use sync::{Act, InboxItem, Key, Millis, Model, Position, Reason, Version};

use crate::fact::{self, COMMAND_REFUSED, Entity, Fact, Pen, Put, Question, Writes};

pub use pass::{Passed, pass_inbox};

/// How a fact moves rows of a service that did not write it.
pub trait Rule<M: Model> {
    /// A name for logs and for the ids of facts.
    fn id(&self) -> &str;

    /// Whether facts of this kind concern it.
    fn is_on(&self, kind: &str) -> bool;

    /// The service's own rows that the reaction reads and writes.
    fn reads(&self, fact: &Fact<M>) -> Vec<Key>;

    /// What follows, in order, each an event of one own row.
    fn react(&self, fact: &Fact<M>, rows: &dyn Fn(&Key) -> Option<M::Row>) -> Vec<(Key, M::Event)>;
}

/// What was read for a reaction.
#[derive(Clone, Debug)]
pub struct Own<M: Model> {
    /// Those of the rows that [`Rule::reads`] names which are there.
    pub rows: BTreeMap<Key, (M::Row, Version)>,
    /// The open questions asked of those rows.
    pub questions: Vec<Question<M>>,
}

impl<M: Model> Default for Own<M> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), questions: vec![] }
    }
}

/// What `rule` makes of `fact`, as `source` at `now`.
pub fn react<M: Model>(rule: &dyn Rule<M>, fact: &Fact<M>, own: Own<M>, source: &str, now: Millis) -> Writes<M> {
    let Own { mut rows, mut questions } = own;
    let mut pen = Pen::of_fact(fact.id, fact.cause.clone(), rule.id(), source, now);
    let mut writes = Writes::default();
    let events = rule.react(fact, &|key| rows.get(key).map(|(row, _)| row.clone()));
    for (key, event) in events {
        let answer = M::answers(&event);
        let (after, facts) = fact::apply_events(&mut pen, &key, rows.remove(&key), vec![event]);
        writes.facts.extend(facts);
        if let Some(after) = after {
            rows.insert(key.clone(), after);
        }
        if let Some(answer) = answer {
            let asked: Vec<_> = questions.extract_if(.., |question| question.lane == key).collect();
            asked.into_iter().for_each(|question| close(&mut pen, &mut writes, question, answer.clone(), now));
        }
    }
    let changed =
        |key: &Key| writes.facts.iter().any(|fact| fact.entity.as_ref().is_some_and(|entity| entity.key == *key));
    writes.rows = rows
        .into_iter()
        .filter(|(key, _)| changed(key))
        .map(|(key, (row, version))| Put { key, version, row })
        .collect();
    writes
}

/// Gives the final word on an act that asked; a no opens an inbox item, as if it had been refused at once.
fn close<M: Model>(
    pen: &mut Pen<'_>,
    writes: &mut Writes<M>,
    question: Question<M>,
    answer: Result<(), M::Refusal>,
    now: Millis,
) {
    let cause = question.cause;
    writes.closed.push(cause.command);
    let settled = match answer {
        Ok(()) => Settled::Done,
        Err(refusal) => {
            let reason = Reason::Trade(refusal);
            let item = InboxItem {
                id: cause.command,
                account: cause.account.clone(),
                device: cause.device,
                lane: question.lane,
                act: Act::Do(question.command),
                reason: reason.clone(),
                dependents: vec![],
                acted_at: question.acted_at,
                refused_at: now,
            };
            writes.facts.push(pen.item(COMMAND_REFUSED, &item, Version(1)));
            writes.items.push((item, Version(1)));
            Settled::Refused(reason)
        }
    };
    let last = writes.facts.last_mut().expect("the event that answers is a fact");
    last.acks.push(cause.told(settled));
}

/// A service's copy of another's row. An older version never overwrites a newer one.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy<'a, M: Model> {
    /// Which row.
    pub key: &'a Key,
    /// Which version of it.
    pub version: Version,
    /// The fact that made it so.
    pub position: Position,
    /// What it holds.
    pub row: &'a M::Row,
}

/// The copy that a service which keeps copies of `kinds` makes of a fact's row.
pub fn copy<'a, M: Model>(position: Position, fact: &'a Fact<M>, kinds: &[&str]) -> Option<Copy<'a, M>> {
    let Entity { key, version, body: Some(Body::Row(row)), .. } = fact.entity.as_ref()? else { return None };
    kinds.contains(&key.kind()).then_some(Copy { key, version: *version, position, row })
}
