//! The stories of facts that are heard.

use serde_json::json;
use sync::protocol::Settled;
use uuid::Uuid;

use super::*;
use crate::fact::{Cause, Tags};
use crate::testing::{Command, Event, Library, NOW, PHONE, Refusal, Row, book, id};

/// The desk's word on a renewal moves the book.
struct Answering(Event);

impl Rule<Library> for Answering {
    fn id(&self) -> &str {
        "lending.follow-desk"
    }

    fn is_on(&self, kind: &str) -> bool {
        kind == "desk-set"
    }

    fn reads(&self, _fact: &Fact<Library>) -> Vec<Key> {
        vec![book("emma")]
    }

    fn react(&self, _fact: &Fact<Library>, rows: &dyn Fn(&Key) -> Option<Row>) -> Vec<(Key, Event)> {
        rows(&book("emma")).map(|_| (book("emma"), self.0.clone())).into_iter().collect()
    }
}

fn word() -> Fact<Library> {
    Fact {
        id: Uuid::from_u128(77),
        kind: "desk-set".into(),
        at: NOW,
        key: crate::testing::desk(),
        tags: Tags { source: "desk".into() },
        event: Some(Event::DeskSet(true)),
        entity: None,
        cause: None,
        triggers: None,
        acks: vec![],
    }
}

fn held_with_question() -> Own<Library> {
    let row = Row::Book { holder: Some("ada".into()), weeks: 1 };
    let cause = Cause { command: id(1), device: PHONE, account: "ada".into() };
    let command = Command::Renew("emma".into());
    let question = Question { lane: book("emma"), cause, command, acted_at: 5 };
    Own { rows: [(book("emma"), (row, Version(3)))].into(), questions: vec![question] }
}

#[test]
fn a_yes_moves_the_row_and_is_the_last_word_to_who_asked() {
    let writes = react(&Answering(Event::Renewed), &word(), held_with_question(), "lending", NOW);
    assert_eq!(writes.rows.iter().map(|put| put.version).collect::<Vec<_>>(), [Version(4)]);
    assert_eq!(writes.closed, [id(1)]);
    let [fact] = &writes.facts[..] else { panic!("one fact: {:?}", writes.facts) };
    assert_eq!((fact.kind.as_str(), fact.triggers), ("book-renewed", Some(Uuid::from_u128(77))));
    assert_eq!(fact.acks[0].ack.settled, Settled::Done);
    assert!(writes.items.is_empty());
}

#[test]
fn a_no_opens_an_item_with_what_was_asked_and_leaves_the_row() {
    let writes = react(&Answering(Event::NotRenewed), &word(), held_with_question(), "lending", NOW);
    assert!(writes.rows.is_empty(), "the row is as it was");
    let kinds: Vec<_> = writes.facts.iter().map(|fact| fact.kind.as_str()).collect();
    assert_eq!(kinds, ["renewal-refused", COMMAND_REFUSED]);
    let (item, _) = &writes.items[0];
    assert_eq!((item.id, &item.act, item.acted_at), (id(1), &Act::Do(Command::Renew("emma".into())), 5));
    let refused = Settled::Refused(Reason::Trade(Refusal::NotRenewed));
    assert_eq!(writes.facts[1].acks[0].ack.settled, refused);
}

#[test]
fn a_question_about_another_row_stays_open() {
    let mut own = held_with_question();
    own.questions[0].lane = book("persuasion");
    let writes = react(&Answering(Event::Renewed), &word(), own, "lending", NOW);
    assert!(writes.closed.is_empty() && writes.facts[0].acks.is_empty());
}

#[test]
fn a_fact_that_concerns_no_row_here_writes_nothing() {
    let writes = react(&Answering(Event::Renewed), &word(), Own::default(), "lending", NOW);
    assert_eq!(writes, Writes::default());
}

#[test]
fn hearing_the_same_fact_again_makes_the_same_facts() {
    let hear = || react(&Answering(Event::Renewed), &word(), held_with_question(), "lending", NOW);
    assert_eq!(hear().facts[0].id, hear().facts[0].id);
}

#[test]
fn copies_are_made_of_the_kinds_that_are_wanted() {
    let writes = react(&Answering(Event::Renewed), &word(), held_with_question(), "lending", NOW);
    let copy = copy(Position(9), &writes.facts[0], &["book"]).expect("a copy");
    assert_eq!((copy.version, copy.position), (Version(4), Position(9)));
    assert!(super::copy(Position(9), &writes.facts[0], &["desk"]).is_none());
    assert!(super::copy(Position(9), &word(), &["desk"]).is_none(), "a fact that changed no row");
}

#[test]
fn a_question_that_an_earlier_release_kept_is_read() {
    let cause = json!({ "command": id(1), "device": PHONE, "account": "ada" });
    let kept = json!({ "lane": book("emma"), "cause": cause, "command": { "renew": "emma" }, "acted_at": 5 });
    let question: Question<Library> = serde_json::from_value(kept.clone()).expect("a question without a format");
    assert_eq!((question.acted_at, &question.command), (5, &Command::Renew("emma".into())));
    let written = serde_json::to_value(&question).expect("plain data");
    assert_eq!(written["format"], json!(1), "it says how its command is to be read");
    assert_eq!(serde_json::from_value::<Question<Library>>(written).expect("a question"), question);
    let newer = json!({ "format": 99, "lane": book("emma"), "cause": kept["cause"], "command": {}, "acted_at": 5 });
    assert!(serde_json::from_value::<Question<Library>>(newer).is_err());
}

#[test]
fn an_inbox_passes_on_with_the_answers_that_are_still_to_come() {
    let writes = react(&Answering(Event::NotRenewed), &word(), held_with_question(), "lending", NOW);
    let open = held_with_question().questions;
    let passed = pass_inbox(&word(), &"ben".into(), writes.items.clone(), open, "lending", NOW);
    let [(item, version)] = &passed.writes.items[..] else { panic!("one item") };
    assert_eq!((item.account.as_str(), *version), ("ben", Version(2)));
    let entity = passed.writes.facts[0].entity.as_ref().expect("the item");
    assert_eq!(entity.scopes, [Library::personal_scope(&"ben".into())], "it has left the scope it was in");
    assert_eq!((entity.version, &entity.key), (Version(2), &InboxItem::<Library>::key(id(1))));

    let own = Own { questions: passed.questions, ..held_with_question() };
    let answered = react(&Answering(Event::NotRenewed), &word(), own, "lending", NOW);
    assert_eq!(answered.items[0].0.account.as_str(), "ben", "a later no finds the right person");
}
