//! What is addressed to one person passes to another: the inbox, and the answers that are still to come.

use sync::{AccountId, InboxItem, Millis, Model, Version};

use crate::fact::{Fact, INBOX_PASSED, Pen, Question, Writes};

/// What passing on writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Passed<M: Model> {
    /// The items, each with a fact by which it leaves one scope and enters the other.
    pub writes: Writes<M>,
    /// The open questions as they are to be kept now, so that a no that comes later finds the right person.
    pub questions: Vec<Question<M>>,
}

/// Passes `items` and `questions` on to the person `to`, because of `fact`. An act is still told of to the device that
/// made it.
pub fn pass_inbox<M: Model>(
    fact: &Fact<M>,
    to: &AccountId,
    items: Vec<(InboxItem<M>, Version)>,
    mut questions: Vec<Question<M>>,
    source: &str,
    now: Millis,
) -> Passed<M> {
    let mut pen = Pen::of_fact(fact.id, fact.cause.clone(), "pass-inbox", source, now);
    let mut writes = Writes::default();
    for (mut item, version) in items {
        item.account = to.clone();
        writes.facts.push(pen.item(INBOX_PASSED, &item, version.next()));
        writes.items.push((item, version.next()));
    }
    questions.iter_mut().for_each(|question| question.cause.account = to.clone());
    Passed { writes, questions }
}
