//! The stories of screens that come, go and come back.

use std::collections::BTreeMap;

use sync::protocol::{Ack, Cursor, FRAME_BYTES_MAX, Frame, Hello, PROTOCOL, Settled};
use sync::{AccountId, Epoch, Key, Millis, Position, Scope, Version};
use uuid::Uuid;

use super::*;
use crate::fact::{Cause, Entity, Fact, Tags};
use crate::testing::{EPOCH, Library, NOW, PHONE, Row, book, id};

/// A feed in memory, as a store keeps it.
#[derive(Default)]
struct Feed {
    head: Position,
    rows: BTreeMap<Key, FeedRow>,
    entries: BTreeMap<(Scope, Key), Entry>,
    acks: Vec<(Position, Ack<Library>)>,
}

fn fact_id(position: Position) -> Uuid {
    Uuid::from_u128(u128::from(position.0) + 1000)
}

impl Feed {
    /// The next fact: `title` is held by `holder`, or is gone.
    fn next(&mut self, title: &str, holder: Option<Option<&str>>) -> FeedWrites<Library> {
        let position = self.head.next();
        let row = holder.map(|holder| Row::Book { holder: holder.map(AccountId::from), weeks: 1 });
        let version = self.rows.get(&book(title)).map_or(Version(1), |row| row.version.next());
        let scopes = row.as_ref().map(|row| <Library as sync::Model>::scopes(&book(title), row)).unwrap_or_default();
        let body = row.map(sync::protocol::Body::Row);
        let entity = Some(Entity { key: book(title), version, body, scopes });
        self.apply(position, &Fact { entity, ..bare(position) })
    }

    fn apply(&mut self, position: Position, fact: &Fact<Library>) -> FeedWrites<Library> {
        let old = fact.entity.as_ref().and_then(|entity| self.rows.get(&entity.key));
        let writes = materialise(position, fact, old).expect("JSON");
        self.head = self.head.max(position);
        if let Some(row) = &writes.row {
            self.rows.insert(row.key.clone(), row.clone());
        }
        for entry in &writes.entries {
            self.entries.insert((entry.scope.clone(), entry.key.clone()), entry.clone());
        }
        self.acks.extend(writes.acks.iter().map(|told| (position, told.ack.clone())));
        writes
    }

    fn window(&self, talk: &Talk) -> Window<Library> {
        let mut entries: Vec<_> = self.entries.values().cloned().collect();
        entries.retain(|entry| talk.scopes().contains(&entry.scope) && entry.position > talk.read());
        entries.sort_by_key(|entry| entry.position);
        let acks = self.acks.iter().filter(|(position, _)| *position > talk.acked());
        Window {
            head: self.head,
            head_fact: (self.head > Position(0)).then(|| fact_id(self.head)),
            complete: true,
            rows: self.rows.clone(),
            acks: acks.map(|(_, ack)| ack.clone()).collect(),
            entries,
        }
    }

    fn begin(&self, hello: &Hello, granted: &[&str]) -> Talk {
        let fact_there = hello.cursor.map(|cursor| fact_id(cursor.position)).filter(|_| self.head > Position(0));
        let granted = granted.iter().map(|scope| Scope::from(*scope)).collect();
        Talk::begin(Start { hello, granted, epoch: EPOCH, head: self.head, fact_there })
    }

    fn frames(&self, talk: &mut Talk) -> Vec<Frame<Library>> {
        let mut frames = vec![];
        loop {
            let frame = talk.frame(self.window(talk), NOW);
            frames.push(frame);
            if !frames.last().is_some_and(|frame| frame.more) {
                return frames;
            }
        }
    }
}

fn bare(position: Position) -> Fact<Library> {
    Fact {
        id: fact_id(position),
        kind: "told".into(),
        at: Millis::default(),
        key: book("emma"),
        tags: Tags { source: "lending".into() },
        event: None,
        entity: None,
        cause: None,
        triggers: None,
        acks: vec![],
    }
}

fn hello(cursor: Option<u64>, scopes: &[&str]) -> Hello {
    let cursor = cursor.map(Position);
    Hello {
        protocol: PROTOCOL,
        device: PHONE,
        account: Some("ada".into()),
        cursor: cursor.map(|position| Cursor { epoch: EPOCH, position, fact: Some(fact_id(position)) }),
        scopes: scopes.iter().map(|scope| Scope::from(*scope)).collect(),
        unsettled: vec![],
    }
}

fn keys(frame: &Frame<Library>) -> Vec<&str> {
    frame.changes.iter().map(|change| change.key.id()).collect()
}

#[test]
fn who_comes_with_nothing_is_sent_everything_once_and_begins_anew() {
    let mut feed = Feed::default();
    feed.next("emma", Some(None));
    feed.next("persuasion", Some(None));
    feed.next("emma", Some(Some("ada")));
    let mut talk = feed.begin(&hello(None, &[]), &["shelf", "reader:ada"]);
    let frames = feed.frames(&mut talk);
    let [frame] = &frames[..] else { panic!("one frame") };
    assert!(frame.reset && !frame.more);
    assert_eq!(frame.base, Position(0));
    assert_eq!(frame.cursor, Cursor { epoch: EPOCH, position: Position(3), fact: Some(fact_id(Position(3))) });
    assert_eq!(keys(frame), ["persuasion", "emma"], "by position, each row once");
    assert_eq!(frame.changes[1].scopes.len(), 2);
    assert_eq!(frame.scopes.as_ref().map(Vec::len), Some(2));
}

#[test]
fn who_comes_back_is_sent_what_came_since() {
    let mut feed = Feed::default();
    feed.next("emma", Some(None));
    feed.next("persuasion", Some(None));
    let mut talk = feed.begin(&hello(Some(1), &["shelf"]), &["shelf"]);
    let frames = feed.frames(&mut talk);
    assert_eq!((frames[0].reset, frames[0].base, keys(&frames[0])), (false, Position(1), vec!["persuasion"]));
    let mut talk = feed.begin(&hello(Some(2), &["shelf"]), &["shelf"]);
    let frames = feed.frames(&mut talk);
    assert_eq!((frames.len(), frames[0].changes.len()), (1, 0), "an empty frame says: up to date");
}

#[test]
fn a_place_that_is_not_of_this_history_is_no_place() {
    let mut feed = Feed::default();
    feed.next("emma", Some(None));
    let other = Epoch(Uuid::from_u128(1));
    let cursor = hello(Some(1), &[]).cursor.expect("a place");
    for cursor in [
        Cursor { epoch: other, ..cursor },
        Cursor { position: Position(2), fact: Some(fact_id(Position(2))), ..cursor },
        Cursor { fact: Some(Uuid::nil()), ..cursor },
        Cursor { fact: None, ..cursor },
    ] {
        let mut talk = feed.begin(&Hello { cursor: Some(cursor), ..hello(None, &["shelf"]) }, &["shelf"]);
        assert!(feed.frames(&mut talk)[0].reset, "{cursor:?}");
    }
    let nowhere_yet = Cursor { epoch: EPOCH, position: Position(0), fact: None };
    let mut talk = feed.begin(&Hello { cursor: Some(nowhere_yet), ..hello(None, &["shelf"]) }, &["shelf"]);
    assert!(!feed.frames(&mut talk)[0].reset, "before the first fact all histories of an epoch are one");
}

#[test]
fn a_row_that_leaves_a_scope_is_removed_there_and_stays_elsewhere() {
    let mut feed = Feed::default();
    feed.next("emma", Some(Some("ada")));
    feed.next("emma", Some(Some("ben")));
    let mut ada = feed.begin(&hello(Some(1), &["reader:ada"]), &["reader:ada"]);
    let frame = feed.frames(&mut ada).remove(0);
    assert!(frame.changes[0].body.is_none() && frame.changes[0].scopes.is_empty());
    assert_eq!(frame.changes[0].position, Position(2));
    let mut both = feed.begin(&hello(Some(1), &["reader:ada", "shelf"]), &["reader:ada", "shelf"]);
    let frame = feed.frames(&mut both).remove(0);
    assert_eq!(frame.changes.len(), 1);
    assert!(frame.changes[0].body.is_some(), "it is still on the shelf");
    assert_eq!(frame.changes[0].scopes, [Scope::from("shelf")]);
}

#[test]
fn a_row_that_is_gone_is_removed_everywhere_also_for_who_was_away() {
    let mut feed = Feed::default();
    feed.next("emma", Some(Some("ada")));
    feed.next("persuasion", Some(None));
    feed.next("emma", None);
    let mut talk = feed.begin(&hello(Some(1), &["shelf"]), &["shelf"]);
    let frame = feed.frames(&mut talk).remove(0);
    let removed: Vec<_> = frame.changes.iter().map(|change| change.body.is_none()).collect();
    assert_eq!((keys(&frame), removed), (vec!["persuasion", "emma"], vec![false, true]));
}

#[test]
fn frames_are_bounded_follow_each_other_and_bring_words_last() {
    let mut feed = Feed::default();
    let long = "x".repeat(FRAME_BYTES_MAX / 3);
    for number in 0..7 {
        feed.next(&format!("{number}"), Some(Some(&long)));
    }
    let acks = vec![done(1)];
    let position = feed.head.next();
    feed.apply(position, &Fact { acks, ..bare(position) });
    let mut talk = feed.begin(&hello(Some(0), &["shelf"]), &["shelf"]);
    let frames = feed.frames(&mut talk);
    assert!(frames.len() > 2);
    let mut here = Position(0);
    for frame in &frames {
        let bytes: usize = frame.changes.iter().filter_map(|change| Some(change.body.as_ref()?.get().len())).sum();
        assert!(bytes <= FRAME_BYTES_MAX);
        assert_eq!(frame.base, here);
        here = frame.cursor.position;
        let last = frame.changes.last().map(|change| change.position);
        assert!(!frame.more || last == Some(here), "a frame's place is that of its last change");
        assert_eq!(frame.acks.is_empty(), frame.more);
    }
    assert_eq!(here, feed.head);
    assert_eq!(frames.iter().map(|frame| frame.changes.len()).sum::<usize>(), 7);
    assert_eq!(frames.iter().filter(|frame| frame.scopes.is_some()).count(), 1);
}

fn done(number: u128) -> crate::Addressed<Library> {
    Cause { command: id(number), device: PHONE, account: "ada".into() }.told(Settled::Done)
}

#[test]
fn a_row_larger_than_a_frame_still_comes() {
    let mut feed = Feed::default();
    feed.next("emma", Some(Some(&"x".repeat(FRAME_BYTES_MAX + 1))));
    feed.next("persuasion", Some(None));
    let mut talk = feed.begin(&hello(None, &[]), &["shelf"]);
    assert_eq!(feed.frames(&mut talk).iter().map(keys).collect::<Vec<_>>(), [["emma"], ["persuasion"]]);
}

#[test]
fn a_scope_that_is_new_comes_whole_and_the_others_do_not_come_again() {
    let mut feed = Feed::default();
    feed.next("emma", Some(Some("ada")));
    feed.next("persuasion", Some(None));
    feed.next("sanditon", Some(None));
    let mut talk = feed.begin(&hello(Some(2), &["shelf"]), &["shelf", "reader:ada"]);
    let frames = feed.frames(&mut talk);
    let [frame] = &frames[..] else { panic!("one frame") };
    assert!(!frame.reset);
    assert_eq!((frame.base, keys(frame)), (Position(2), vec!["emma", "sanditon"]));
}

#[test]
fn a_talk_that_breaks_while_a_new_scope_comes_goes_on_where_it_broke() {
    let mut feed = Feed::default();
    let long = "x".repeat(FRAME_BYTES_MAX / 2);
    let reader = format!("reader:{long}");
    for title in ["emma", "persuasion", "sanditon"] {
        feed.next(title, Some(Some(&long)));
    }
    let mut talk = feed.begin(&hello(Some(3), &["shelf"]), &["shelf", &reader]);
    let first = talk.frame(feed.window(&talk), NOW);
    assert!(first.more);
    assert_eq!(first.cursor.position, Position(1), "the place goes back with the new scope");
    let mut again = feed.begin(&hello(Some(1), &["shelf", &reader]), &["shelf", &reader]);
    let rest: Vec<_> = feed.frames(&mut again).iter().flat_map(keys).map(str::to_owned).collect();
    assert_eq!(rest, ["persuasion", "sanditon"]);
}

#[test]
fn live_changes_follow_and_what_concerns_nobody_here_is_passed_over() {
    let mut feed = Feed::default();
    feed.next("emma", Some(None));
    let mut talk = feed.begin(&hello(None, &[]), &["reader:ada"]);
    feed.frames(&mut talk);
    feed.next("emma", Some(Some("ben")));
    assert!(!talk.concerns(&feed.window(&talk)));
    feed.next("emma", Some(Some("ada")));
    assert!(talk.concerns(&feed.window(&talk)));
    let frame = feed.frames(&mut talk).remove(0);
    assert_eq!((frame.base, frame.cursor.position, frame.scopes), (Position(1), Position(3), None));
    assert_eq!(frame.changes.len(), 1);
}

#[test]
fn a_fact_that_was_applied_changes_nothing_more_nor_does_an_older_one() {
    let mut feed = Feed::default();
    feed.next("emma", Some(None));
    let newest = feed.next("emma", Some(Some("ada")));
    assert!(newest.row.is_some());
    let body = Some(sync::protocol::Body::Row(Row::Book { holder: None, weeks: 9 }));
    let stale = |version| Entity { key: book("emma"), version: Version(version), body: body.clone(), scopes: vec![] };
    let again = Fact { entity: Some(stale(2)), ..bare(Position(2)) };
    assert!(feed.apply(Position(2), &again).row.is_none(), "the same position again");
    let older = Fact { entity: Some(stale(1)), ..bare(Position(3)) };
    assert!(feed.apply(Position(3), &older).row.is_none(), "an older version at a later place");
}
