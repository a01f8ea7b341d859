//! The stories of screens that come, go and come back.

use std::collections::BTreeMap;

use sync::protocol::{Ack, Cursor, Digest, FRAME_BYTES_MAX, Frame, Hello, PROTOCOL, Settled, row_digest};
use sync::{AccountId, DeviceId, Epoch, Key, Millis, Position, Scope, Version};
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
    digests: BTreeMap<Scope, Digest>,
    acks: Vec<(Position, Ack<Library>)>,
    /// The most entries of one look; 0 for all.
    look_max: usize,
    /// What left a scope up to here is forgotten.
    horizon: Position,
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
        for sum in &writes.sums {
            let digest = sum.add_to(self.digests.get(&sum.scope).cloned());
            self.digests.insert(sum.scope.clone(), digest);
        }
        self.acks.extend(writes.acks.iter().map(|told| (position, told.ack.clone())));
        writes
    }

    fn window(&self, talk: &Talk) -> Window<Library> {
        let mut entries: Vec<Entry> = vec![];
        for stage in talk.stages() {
            let wanted =
                |entry: &&Entry| stage.iter().any(|look| look.scope == entry.scope && look.names(entry.position));
            let mut found: Vec<_> = self.entries.values().filter(wanted).cloned().collect();
            found.sort_by_key(|entry| entry.position);
            entries.extend(found);
        }
        let complete = self.look_max == 0 || entries.len() < self.look_max;
        entries.truncate(if complete { usize::MAX } else { self.look_max });
        let tells = talk.acked().next()..=self.head;
        let acks = self.acks.iter().filter(|(position, _)| complete && tells.contains(position));
        let nothing = Digest { scope: Scope::from(""), rows: 0, sum: 0 };
        let digest = |scope: &Scope| {
            let known = self.digests.get(scope).unwrap_or(&nothing).clone();
            Digest { scope: scope.clone(), ..known }
        };
        let wants = complete && talk.wants_digests(NOW);
        Window {
            head: self.head,
            head_fact: (self.head > Position(0)).then(|| fact_id(self.head)),
            complete,
            rows: self.rows.clone(),
            acks: acks.map(|(_, ack)| ack.clone()).collect(),
            acks_to: if complete { *tells.end() } else { talk.acked() },
            digests: if wants { talk.scopes().iter().map(digest).collect() } else { vec![] },
            entries,
            horizon: self.horizon,
        }
    }

    /// Forgets what left a scope up to `horizon`.
    fn forget(&mut self, horizon: Position) {
        self.horizon = horizon;
        self.entries.retain(|_, entry| !entry.removed || entry.position > horizon);
        self.rows.retain(|_, row| !row.scopes.is_empty() || row.position > horizon);
    }

    fn begin(&self, hello: &Hello, granted: &[&str]) -> Talk {
        let fact_there = hello.place().map(|place| fact_id(place.position)).filter(|_| self.head > Position(0));
        let granted = granted.iter().map(|scope| Scope::from(*scope)).collect();
        let (head, horizon) = (self.head, self.horizon);
        Talk::begin::<Library>(Start { hello, granted, epoch: EPOCH, head, fact_there, horizon })
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
        holds: Default::default(),
        release: String::new(),
        anew: None,
        goes_on: false,
        others: vec![],
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
    assert_eq!(keys(frame), ["emma", "persuasion"], "her own first, each row once");
    assert_eq!(frame.changes[0].scopes.len(), 2);
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
        let frame = feed.frames(&mut talk).remove(0);
        assert!(frame.reset && !frame.too_long_ago, "{cursor:?}");
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
fn who_was_away_for_longer_than_what_left_is_remembered_begins_anew() {
    let mut feed = Feed::default();
    for (title, holder) in [("emma", Some(Some("ada"))), ("persuasion", Some(None)), ("emma", None)] {
        feed.next(title, holder);
    }
    let mut slow = feed.begin(&hello(Some(2), &["shelf"]), &["shelf"]);
    feed.forget(Position(3));
    feed.next("sanditon", Some(None));
    let mut talk = feed.begin(&hello(Some(2), &["shelf"]), &["shelf"]);
    let frames = feed.frames(&mut talk);
    assert!(frames[0].reset && frames[0].too_long_ago, "nobody could tell them that emma is gone");
    assert_eq!(keys(&frames[0]), ["persuasion", "sanditon"]);
    let mut talk = feed.begin(&hello(Some(3), &["shelf"]), &["shelf"]);
    let frames = feed.frames(&mut talk);
    assert_eq!((frames[0].reset, keys(&frames[0])), (false, vec!["sanditon"]), "they have heard that emma is gone");

    assert!(slow.is_overtaken(feed.horizon), "it was forgotten while they listened, and before they heard it");
    assert!(!talk.is_overtaken(feed.horizon));
    slow = feed.begin(&hello(None, &[]), &["shelf"]);
    assert!(!slow.is_overtaken(Position(9)), "who begins anew has nothing that could have left");
    feed.look_max = 1;
    slow.frame(feed.window(&slow), NOW);
    assert!(slow.is_overtaken(Position(9)), "now they have");
}

#[test]
fn pain_25_frames_are_bounded_follow_each_other_and_bring_words_last() {
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

fn digest(frame: &Frame<Library>, scope: &str) -> (u64, u64) {
    let digest = frame.digests.iter().find(|digest| digest.scope.as_str() == scope).expect("the scope's digest");
    (digest.rows, digest.sum)
}

#[test]
fn a_scope_adds_up_to_its_rows_whatever_came_and_went() {
    let mut feed = Feed::default();
    for (title, holder) in [
        ("emma", Some(None)),
        ("persuasion", Some(Some("ada"))),
        ("emma", Some(Some("ada"))),
        ("persuasion", None),
        ("sanditon", Some(Some("ada"))),
        ("sanditon", Some(Some("ben"))),
    ] {
        feed.next(title, holder);
    }
    let mut talk = feed.begin(&hello(None, &[]), &["shelf", "reader:ada", "reader:eve"]);
    let frames = feed.frames(&mut talk);
    let [frame] = &frames[..] else { panic!("one frame") };
    let (emma, sanditon) = (row_digest(&book("emma"), Version(2)), row_digest(&book("sanditon"), Version(2)));
    assert_eq!(digest(frame, "shelf"), (2, emma.wrapping_add(sanditon)));
    assert_eq!(digest(frame, "reader:ada"), (1, emma));
    assert_eq!(digest(frame, "reader:eve"), (0, 0), "nobody has heard of it");
}

#[test]
fn a_fact_that_is_heard_again_does_not_count_again() {
    let mut feed = Feed::default();
    feed.next("emma", Some(None));
    let body = Some(sync::protocol::Body::Row(Row::Book { holder: None, weeks: 1 }));
    let entity = Entity { key: book("emma"), version: Version(1), body, scopes: vec![Scope::from("shelf")] };
    let again = feed.apply(Position(1), &Fact { entity: Some(entity), ..bare(Position(1)) });
    assert!(again.sums.is_empty());
}

#[test]
fn digests_come_with_the_end_of_a_catch_up_and_then_once_a_minute() {
    let mut feed = Feed::default();
    feed.next("emma", Some(None));
    let mut talk = feed.begin(&hello(None, &[]), &["shelf"]);
    assert!(talk.wants_digests(NOW));
    assert_eq!(feed.frames(&mut talk)[0].digests.len(), 1);
    feed.next("emma", Some(None));
    assert!(feed.frames(&mut talk)[0].digests.is_empty(), "not with every change");
    assert!(!talk.wants_digests(NOW + 59_999) && talk.wants_digests(NOW + 60_000));
    let quiet = Window { digests: vec![feed.digests[&Scope::from("shelf")].clone()], ..feed.window(&talk) };
    assert!(talk.concerns(&quiet), "a talk in which nothing happens is told too");
    let frame = talk.frame(quiet, NOW + 60_000);
    assert_eq!((frame.changes.len(), digest(&frame, "shelf").0), (0, 1));
    assert!(!talk.wants_digests(NOW + 60_001));
}

#[test]
fn who_begins_anew_is_sent_what_is_urgent_first() {
    let mut feed = Feed { look_max: 8, ..Feed::default() };
    for number in 0..100 {
        feed.next(&format!("{number}"), Some(None));
    }
    feed.next("emma", Some(Some("ada")));
    let mut talk = feed.begin(&hello(None, &[]), &["shelf", "reader:ada"]);
    let frames = feed.frames(&mut talk);
    assert_eq!(keys(&frames[0])[0], "emma", "the book that ada waits for");
    let all: Vec<_> = frames.iter().flat_map(keys).collect();
    assert_eq!(all.len(), 101, "and it does not come again with the shelf");
    assert!(frames[0].reset && frames[1..].iter().all(|frame| !frame.reset));
    let parts: Vec<_> = frames.iter().map(|frame| frame.part as usize).collect();
    assert_eq!(parts, (0..frames.len()).collect::<Vec<_>>());
    let last = frames.last().expect("a frame");
    assert!(!last.more && last.cursor.position == feed.head && !last.digests.is_empty());
    assert_eq!(talk.at(), feed.head);
}

#[test]
fn what_happens_while_one_begins_anew_comes_last_and_only_then_words_and_sums() {
    let mut feed = Feed { look_max: 3, ..Feed::default() };
    for number in 0..6 {
        feed.next(&format!("{number}"), Some(None));
    }
    let mut talk = feed.begin(&hello(None, &[]), &["shelf", "reader:ada"]);
    let first = talk.frame(feed.window(&talk), NOW);
    assert_eq!(keys(&first), ["0", "1", "2"]);
    feed.next("1", Some(Some("ada")));
    feed.next("2", None);
    // This one changes before it was sent: it does not stand where it stood, and must come all the same before a word about it.
    feed.next("4", Some(Some("ada")));
    let acks = vec![done(1)];
    let position = feed.head.next();
    feed.apply(position, &Fact { acks, ..bare(position) });
    let rest = feed.frames(&mut talk);
    let (last, before) = rest.split_last().expect("a frame");
    assert_eq!(rest.iter().flat_map(keys).collect::<Vec<_>>(), ["3", "5", "1", "2", "4"]);
    assert!(before.iter().all(|frame| frame.cursor.position == Position(6) && frame.acks.is_empty()));
    assert!(before.iter().all(|frame| frame.digests.is_empty()), "no sum of rows that are not there");
    assert_eq!((last.cursor.position, last.acks.len(), last.digests.len()), (feed.head, 1, 2));
    assert!(talk.is_at(feed.head));
}

#[test]
fn a_busy_shelf_does_not_hold_up_what_is_less_urgent() {
    let mut feed = Feed { look_max: 3, ..Feed::default() };
    feed.next("emma", Some(None));
    feed.next("persuasion", Some(Some("ada")));
    let mut talk = feed.begin(&hello(None, &[]), &["shelf", "reader:ada"]);
    let mut frames = 0;
    loop {
        // Something new for ada before every frame.
        feed.next("persuasion", Some(Some("ada")));
        frames += 1;
        assert!(frames < 10, "it ends");
        let frame = talk.frame(feed.window(&talk), NOW);
        if !frame.more {
            break;
        }
    }
    assert_eq!(talk.at(), feed.head);
}

/// A client that is cut off after every frame, or asks for each by a request of its own.
fn one_by_one(feed: &Feed, scopes: &[&str]) -> Vec<Frame<Library>> {
    let mut frames: Vec<Frame<Library>> = vec![];
    loop {
        let anew = frames.last().and_then(|frame| frame.anew.clone());
        let held = if anew.is_some() { scopes } else { &[] };
        let mut talk = feed.begin(&Hello { anew, ..hello(None, held) }, scopes);
        let frame = talk.frame(feed.window(&talk), NOW);
        let more = frame.more;
        frames.push(frame);
        if !more {
            return frames;
        }
        assert!(frames.len() < 20, "it comes to an end");
    }
}

#[test]
fn a_catch_up_that_begins_anew_and_is_broken_off_goes_on_and_brings_the_same() {
    let mut feed = Feed { look_max: 3, ..Feed::default() };
    for number in 0..9 {
        feed.next(&format!("{number}"), Some((number % 4 == 0).then_some("ada")));
    }
    let scopes = ["shelf", "reader:ada"];
    let whole = feed.frames(&mut feed.begin(&hello(None, &[]), &scopes));
    let broken = one_by_one(&feed, &scopes);
    let all = |frames: &[Frame<Library>]| frames.iter().flat_map(keys).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(all(&broken), all(&whole), "each row once, the urgent ones first");
    let parts: Vec<_> = broken.iter().map(|frame| (frame.part as usize, frame.reset)).collect();
    assert_eq!(parts, (0..broken.len()).map(|part| (part, part == 0)).collect::<Vec<_>>());
    let last = broken.last().expect("a frame");
    assert_eq!((last.cursor, &last.anew), (whole[0].cursor, &None));
    assert!(broken.len() > 3 && broken[1..].iter().all(|frame| frame.cursor == whole[0].cursor));
}

#[test]
fn what_cannot_be_gone_on_with_begins_anew() {
    let mut feed = Feed { look_max: 3, ..Feed::default() };
    for number in 0..9 {
        feed.next(&format!("{number}"), Some(None));
    }
    let first = one_by_one(&feed, &["shelf"]).remove(0);
    let anew = first.anew.expect("more follows");
    let elsewhere = Cursor { epoch: Epoch(Uuid::from_u128(1)), ..anew.begun };
    let ahead = Cursor { position: Position(99), fact: Some(fact_id(Position(99))), ..anew.begun };
    for (begun, held) in [(elsewhere, "shelf"), (ahead, "shelf"), (anew.begun, "reader:ada")] {
        let anew = Some(sync::protocol::Anew { begun, ..anew.clone() });
        let mut talk = feed.begin(&Hello { anew, ..hello(None, &[held]) }, &["shelf"]);
        let frame = talk.frame(feed.window(&talk), NOW);
        assert_eq!((frame.reset, frame.part, keys(&frame).len()), (true, 0, 3), "{begun:?} {held}");
    }
}

#[test]
fn what_changes_while_a_broken_catch_up_waits_comes_last_however_often_it_is_broken() {
    let mut feed = Feed { look_max: 3, ..Feed::default() };
    for number in 0..6 {
        feed.next(&format!("{number}"), Some(None));
    }
    let mut frames = vec![one_by_one(&feed, &["shelf"]).remove(0)];
    for number in [0, 5, 6, 7, 8] {
        feed.next(&format!("{number}"), Some(Some("ada")));
    }
    let acks = vec![done(1)];
    let position = feed.head.next();
    feed.apply(position, &Fact { acks, ..bare(position) });
    while let Some(anew) = frames.last().and_then(|frame| frame.anew.clone()) {
        let mut talk = feed.begin(&Hello { anew: Some(anew), ..hello(None, &["shelf"]) }, &["shelf"]);
        frames.push(talk.frame(feed.window(&talk), NOW));
        assert!(frames.len() < 10, "it comes to an end");
    }
    let all: Vec<_> = frames.iter().flat_map(keys).collect();
    assert_eq!(all, ["0", "1", "2", "3", "4", "0", "5", "6", "7", "8"]);
    let since: Vec<_> = frames.iter().filter_map(|frame| frame.anew.as_ref()).map(|anew| anew.since).collect();
    assert_eq!((since.first(), since.last()), (Some(&false), Some(&true)), "it was broken off in both");
    let last = frames.last().expect("a frame");
    assert_eq!((last.cursor.position, last.acks.len()), (feed.head, 1));
    assert!(frames[..frames.len() - 1].iter().all(|frame| frame.acks.is_empty()), "no word before its rows");
}

/// They ended a stage where it came to what had changed, and left that for afterwards.
#[test]
fn where_a_release_before_this_one_broke_off_among_changes_is_begun_anew() {
    let mut feed = Feed { look_max: 3, ..Feed::default() };
    for number in 0..9 {
        feed.next(&format!("{number}"), Some(None));
    }
    let first = one_by_one(&feed, &["shelf"]).remove(0);
    let anew = first.anew.expect("more follows");
    let here = |position| sync::protocol::Anew { position, ..anew.clone() };
    feed.next("emma", Some(None));
    for (position, reset) in [(Position(9), false), (Position(10), true)] {
        let mut talk = feed.begin(&Hello { anew: Some(here(position)), ..hello(None, &["shelf"]) }, &["shelf"]);
        assert_eq!(talk.frame(feed.window(&talk), NOW).reset, reset, "{position:?}");
    }
}

#[test]
fn a_talk_that_goes_on_by_requests_says_nothing_until_there_is_something() {
    let mut feed = Feed::default();
    feed.next("emma", Some(None));
    let hello = |scopes: &[&str]| Hello { goes_on: true, ..hello(Some(1), scopes) };
    let mut talk = feed.begin(&hello(&["shelf"]), &["shelf"]);
    talk.go_on(&hello(&["shelf"]), NOW);
    assert!(!talk.is_new() && !talk.concerns(&feed.window(&talk)));
    assert!(talk.wants_digests(NOW + 60_000), "but for the sums, once a minute");
    let mut other = feed.begin(&hello(&["shelf"]), &["shelf", "reader:ada"]);
    other.go_on(&hello(&["shelf"]), NOW);
    assert!(other.is_new(), "it may see more than it knows of");
}

#[test]
fn every_device_is_told_its_sums_once_a_minute_in_a_second_of_its_own() {
    let (now, minute) = (1_700_000_000_000, 60_000);
    for device in [0x0000_0000_u32, 0x1234_5678, u32::MAX] {
        let device = DeviceId(Uuid::from_fields(device, 0, 0, &[0; 8]));
        let told = digests_told_at(device, now);
        assert!((0..minute).contains(&(now - told)));
        assert_eq!(digests_told_at(device, told), told, "it is due in that millisecond");
        assert_eq!(digests_told_at(device, told + minute - 1), told, "and not before the next");
    }
}
