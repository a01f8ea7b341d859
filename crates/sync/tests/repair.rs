//! Rows that do not add up are fetched again, and parts come in their order.

mod world;

use sync::cache::{Mark, StoredRow};
use sync::client::{Client, Kept};
use sync::protocol::{Change, Cursor, Digest, FaultKind, Frame, ServerMessage, row_digest};
use sync::{DeviceId, Position, Version};
use uuid::Uuid;
use world::{Device, Notes, actor, change, epoch, first, frame, fresh, note_key};

/// What the server's `rows` of the notes add up to.
fn digest(rows: &[(&str, u64)]) -> Digest {
    let add =
        |sum: u64, (note, version): &(&str, u64)| sum.wrapping_add(row_digest(&note_key(note), Version(*version)));
    Digest { scope: "notes".into(), rows: rows.len() as u64, sum: rows.iter().fold(0, add) }
}

fn caught_up(rows: &[(&str, u64)], frame: Frame<Notes>) -> Frame<Notes> {
    Frame { digests: vec![digest(rows)], ..frame }
}

#[test]
fn rows_that_add_up_are_left_alone() {
    let mut device = Device::new().leads();
    device.links(caught_up(&[("a", 1)], fresh(5, vec![change("a", 1, 5, "one")])));
    assert_eq!((device.opened, device.reports.len()), (1, 0));
}

#[test]
fn a_scope_that_does_not_add_up_is_fetched_again_whole() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 4, "one"), change("ghost", 1, 5, "boo")]));
    device.hears(caught_up(&[("a", 1), ("b", 2)], frame(5, 9, vec![], vec![])));
    assert_eq!(device.opened, 2, "asked again at once");
    assert!(device.reports.iter().any(|fault| fault.kind == FaultKind::DigestDiffers));
    device.told(|client, now| client.link_opened(now));
    assert_eq!(device.hellos[1].cursor.map(|cursor| cursor.position), Some(Position(9)));
    assert!(device.hellos[1].scopes.is_empty(), "the scope is not named, so it comes from its beginning");
    assert_eq!(device.note("ghost").as_deref(), Some("boo"), "nothing vanishes before the rest is here");
    let whole = frame(9, 9, vec![change("a", 1, 4, "one"), change("b", 2, 7, "two")], vec![]);
    device.hears(caught_up(&[("a", 1), ("b", 2)], Frame { scopes: Some(vec!["notes".into()]), ..whole }));
    assert_eq!((device.note("ghost"), device.note("b").as_deref()), (None, Some("two")));
    assert_eq!(device.opened, 2, "and now it adds up");
}

/// The frame that says which scopes follow never came: what comes behind it is no word on what it held.
#[test]
fn a_first_frame_that_was_lost_is_not_taken_for_an_empty_scope() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 4, "one")]));
    device.hears(caught_up(&[("a", 2)], frame(5, 9, vec![], vec![])));
    device.told(|client, now| client.link_opened(now));
    assert!(device.hellos[1].scopes.is_empty(), "the scope is to come from its beginning");
    device.hears(frame(9, 10, vec![change("b", 1, 10, "two")], vec![]));
    assert_eq!((device.note("a").as_deref(), device.note("b")), (Some("one"), None));
    device.passes(4_000);
    let (turn, hello) = device.polls.last().cloned().expect("it is asked for once more");
    assert!(hello.scopes.is_empty());
    let whole = first(frame(9, 10, vec![change("a", 2, 7, "ONE"), change("b", 1, 10, "two")], vec![]));
    device.told(|client, now| client.polled(turn, Ok(vec![ServerMessage::Frame(whole)]), now));
    assert_eq!((device.note("a").as_deref(), device.note("b").as_deref()), (Some("ONE"), Some("two")));
}

#[test]
fn a_difference_that_fetching_does_not_mend_is_no_loop() {
    let mut device = Device::new().leads();
    for _ in 0..20 {
        device.told(|client, now| client.link_opened(now));
        device.hears(caught_up(&[("nobody", 1)], fresh(5, vec![])));
    }
    assert_eq!(device.opened, 2, "asked for once more, and then told only");
}

#[test]
fn a_row_that_was_damaged_on_the_disk_is_fetched_again() {
    let stored = StoredRow {
        key: note_key("a"),
        version: Version(1),
        position: Position(5),
        scopes: vec!["notes".into()],
        body: r#"{"row":{"text":"on"#.into(),
    };
    let cursor = Cursor { epoch: epoch(1), position: Position(5), fact: Some(Uuid::from_u128(5)) };
    let mark = Mark { account: Some("ada".into()), cursor: Some(cursor), scopes: vec!["notes".into()], as_of: None };
    let (device, actor) = (DeviceId(Uuid::from_u128(77)), Some(actor("ada")));
    let kept = Kept { device, actor, public: vec![], outbox: vec![], epoch: None, rows: vec![stored], mark };
    let mut device = Device::new();
    device.client = Client::new(kept, Box::new(|_, _| None), 42, 0);
    device.told(|client, now| client.lead(now));
    device.told(|client, now| client.link_opened(now));
    assert!(device.hellos[0].scopes.is_empty());
    let whole = frame(5, 5, vec![change("a", 1, 5, "one")], vec![]);
    device.hears(Frame { scopes: Some(vec!["notes".into()]), ..whole });
    assert_eq!(device.note("a").as_deref(), Some("one"), "also at the position where it stood");
}

#[test]
fn a_part_that_is_missing_is_a_gap() {
    let mut device = Device::new().leads();
    device.links(Frame { more: true, ..fresh(9, vec![change("a", 1, 5, "one")]) });
    device.hears(Frame { part: 2, more: true, ..frame(0, 9, vec![change("c", 1, 9, "three")], vec![]) });
    assert_eq!((device.note("c"), device.opened), (None, 2));
    assert_eq!(device.client.cache().mark().cursor, None);
}

#[test]
fn parts_come_by_urgency_and_the_last_one_says_where_they_lead() {
    let mut device = Device::new().leads();
    // The part that is wanted first was written last: its position is beyond those that follow.
    device.links(Frame { more: true, ..fresh(0, vec![change("mine", 1, 9, "mine")]) });
    assert_eq!(device.note("mine").as_deref(), Some("mine"), "shown before the rest is here");
    device.hears(Frame { part: 1, more: true, ..frame(0, 0, vec![change("old", 1, 2, "old")], vec![]) });
    device.hears(Frame { part: 2, ..frame(0, 9, vec![change("older", 1, 1, "older")], vec![]) });
    assert_eq!(device.client.cache().mark().cursor.map(|cursor| cursor.position), Some(Position(9)));
    device.hears(frame(9, 10, vec![change("old", 2, 10, "new")], vec![]));
    assert_eq!(device.note("old").as_deref(), Some("new"));
}

#[test]
fn a_pending_act_says_when_somebody_else_changed_its_row() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 5, "one ")]));
    device.told(|client, now| client.link_closed(now));
    device.append("a", "mine ");
    device.append("a", "mine too");
    let overtaken = |device: &Device| {
        let overlay = device.client.overlay(&note_key("a")).expect("pending");
        overlay.pending.iter().map(|act| act.overtaken).collect::<Vec<_>>()
    };
    assert_eq!(overtaken(&device), [false, false]);
    device.passes(4_000);
    device.links(frame(5, 6, vec![change("a", 2, 6, "theirs ")], vec![]));
    assert_eq!(overtaken(&device), [true, false], "the second was made over the first");
    assert_eq!(device.note("a").as_deref(), Some("theirs mine mine too"));
}

#[test]
fn an_entry_without_its_scope_leaves_that_scope_only() {
    let mut device = Device::new().leads();
    let both = Change { scopes: vec!["notes".into(), "mine".into()], ..change("a", 1, 5, "one") };
    let scopes = Some(vec!["notes".into(), "mine".into()]);
    device.links(Frame { scopes, ..fresh(5, vec![both]) });
    device.hears(Frame { scopes: Some(vec!["mine".into()]), ..frame(5, 6, vec![], vec![]) });
    assert_eq!(device.note("a").as_deref(), Some("one"), "it is still in the other");
}
