//! What the server says, and what the device believes of it.

mod world;

use sync::client::{Link, Reach};
use sync::outbox::{Stage, WAITING_MAX};
use sync::protocol::{
    Anew, Change, Cursor, FaultKind, Frame, HELLO_BYTES_MAX, Hello, Holds, Outcome, PROTOCOL, Settled,
};
use sync::{Position, Version};
use uuid::Uuid;
use world::{Device, change, epoch, frame, fresh, note_key, removal, restored};

#[test]
fn a_device_says_where_it_is_and_gets_only_what_follows() {
    let mut device = Device::new().leads();
    assert_eq!(device.opened, 1);
    device.links(fresh(5, vec![change("a", 1, 5, "one")]));
    assert_eq!(device.hellos[0].cursor, None);
    device.told(|client, now| client.link_closed(now));
    device.passes(4_000);
    device.links(frame(5, 7, vec![change("b", 1, 7, "two"), removal("a", 6)], vec![]));
    assert_eq!(device.hellos[1].cursor.map(|cursor| cursor.position), Some(Position(5)));
    assert_eq!((device.note("a"), device.note("b").as_deref()), (None, Some("two")));
}

#[test]
fn pain_13_a_frame_that_does_not_follow_is_not_applied_and_the_feed_is_asked_again() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    device.hears(frame(6, 7, vec![change("b", 1, 7, "two")], vec![]));
    assert_eq!(device.note("b"), None);
    assert_eq!(device.opened, 2, "asked again at once");
}

#[test]
fn a_server_whose_frames_never_fit_is_not_asked_in_a_loop() {
    let mut device = Device::new().leads();
    for _ in 0..20 {
        device.told(|client, now| client.link_opened(now));
        device.hears(frame(6, 7, vec![], vec![]));
    }
    assert!(device.opened <= 3, "{} sockets in one moment", device.opened);
}

#[test]
fn an_older_row_never_overwrites_a_newer_one() {
    let mut device = Device::new().leads();
    device.links(fresh(9, vec![change("a", 3, 9, "new")]));
    device.hears(frame(9, 10, vec![change("a", 2, 8, "old")], vec![]));
    assert_eq!(device.note("a").as_deref(), Some("new"));
}

#[test]
fn pain_14_a_catch_up_from_nothing_keeps_what_it_names_and_drops_the_rest() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 4, "one"), change("b", 1, 5, "two")]));
    let first = Frame { more: true, ..fresh(7, vec![change("b", 2, 7, "TWO")]) };
    device.hears(first);
    assert_eq!(device.note("a").as_deref(), Some("one"), "nothing vanishes half-way");
    assert_eq!(device.client.reach(device.now), Reach::Syncing);
    assert_eq!(device.client.cache().mark().cursor, None, "a crash now begins again");
    device.hears(Frame { part: 1, ..frame(7, 9, vec![change("c", 1, 9, "three")], vec![]) });
    assert_eq!((device.note("a"), device.note("b").as_deref()), (None, Some("TWO")));
    assert_eq!(device.client.reach(device.now), Reach::Online);
}

#[test]
fn a_scope_that_was_taken_away_takes_its_rows_along() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 5, "one")]));
    device.hears(Frame { scopes: Some(vec![]), ..frame(5, 6, vec![], vec![]) });
    assert_eq!(device.note("a"), None);
}

#[test]
fn a_row_this_release_cannot_read_costs_that_row_only() {
    let mut device = Device::new().leads();
    let unknown = r#"{"row":{"hologram":true}}"#;
    let body = serde_json::value::RawValue::from_string(unknown.into()).expect("JSON");
    let newer = Change { body: Some(body), ..change("a", 1, 4, "") };
    device.links(fresh(5, vec![newer, change("b", 1, 5, "two")]));
    assert_eq!((device.note("a"), device.note("b").as_deref()), (None, Some("two")));
    assert_eq!(device.client.cache().unreadable().collect::<Vec<_>>(), [&note_key("a")]);
    let fault = device.reports.iter().find(|fault| fault.kind == FaultKind::UnreadableRow);
    assert_eq!(fault.expect("the operator hears of it").about, note_key("a").as_str());

    // Fetched at once it would come as it came; it is kept for the release that knows it, and taken when it comes anew.
    let mut device = device.restarted_with_rows(device.cache_writes.len()).leads();
    let kept = device.client.cache().unreadable().collect::<Vec<_>>();
    assert_eq!(kept, [&note_key("a")]);
    assert!(device.reports.iter().any(|fault| fault.kind == FaultKind::UnreadableRow), "and told at each start");
    device.links(frame(5, 6, vec![change("a", 2, 6, "one")], vec![]));
    assert_eq!(device.hellos[0].cursor.map(|cursor| cursor.position), Some(Position(5)), "what follows is enough");
    assert_eq!((device.note("a").as_deref(), device.note("b").as_deref()), (Some("one"), Some("two")));
    assert_eq!(device.client.cache().unreadable().count(), 0);
}

#[test]
fn pain_15_another_history_drops_the_rows_and_sends_the_acts_again() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 5, "one ")]));
    let done = device.append("a", "two");
    device.answered(vec![(done, Outcome::Accepted)]);
    device.hears(frame(5, 6, vec![change("a", 2, 6, "one two")], vec![(done, Settled::Done)]));
    // The server was restored from a backup that had not heard of it.
    device.hears(restored(fresh(3, vec![change("a", 1, 3, "one ")])));
    assert_eq!(device.note("a").as_deref(), Some("one two"), "what was done is done again");
    assert_eq!(device.last_batch(), [done], "under the same name");
}

#[test]
fn who_was_away_for_too_long_to_go_on_begins_anew_and_tells_nothing_twice() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 5, "one "), change("b", 1, 5, "gone since")]));
    let done = device.append("a", "two");
    device.answered(vec![(done, Outcome::Accepted)]);
    device.hears(frame(5, 6, vec![change("a", 2, 6, "one two")], vec![(done, Settled::Done)]));
    device.told(|client, now| client.link_closed(now));
    device.passes(4_000);
    let posted = device.posted.len();
    device.links(Frame { too_long_ago: true, ..fresh(900, vec![change("a", 3, 800, "one two three")]) });
    assert_eq!(device.note("a").as_deref(), Some("one two three"));
    assert_eq!(device.note("b"), None, "nobody could tell that it left");
    assert_eq!((device.stage(done), device.posted.len()), (Stage::Done, posted), "it is the same history");
}

#[test]
fn an_act_the_server_never_heard_of_goes_back_to_saved_and_is_sent_again() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let id = device.append("a", "x");
    device.fails(sync::client::SendError::Lost { retry_after_ms: Some(60_000) });
    device.told(|client, now| client.link_closed(now));
    device.passes(4_000);
    device.links(frame(5, 5, vec![], vec![(id, Settled::Unknown)]));
    assert_eq!(device.hellos.last().expect("said").unsettled, [id]);
    assert_eq!(device.stage(id), Stage::Saved);
    device.now += 60_000;
    device.hears_beat(5);
    assert_eq!((device.posted.len(), device.last_batch()), (2, vec![id]));
}

#[test]
fn silence_is_taken_for_a_dead_link_and_said_within_five_seconds() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    assert_eq!(device.client.reach(device.now), Reach::Online);
    let silent_since = device.now;
    while device.client.reach(device.now) != Reach::Unreachable {
        device.wakes();
        assert!(device.now - silent_since <= 5_000, "still {:?}", device.client.reach(device.now));
    }
}

#[test]
fn a_session_that_is_over_is_not_asked_about_in_a_loop() {
    let mut device = Device::new().leads();
    for _ in 0..20 {
        device.told(|client, now| client.link_opened(now));
        let bye = sync::protocol::Bye { code: "signed-out".into(), reason: String::new(), retry_after_ms: 0 };
        device.told(|client, now| client.heard(sync::protocol::ServerMessage::Bye(bye), now));
    }
    assert_eq!(device.opened, 1, "no second socket in the same moment");
    assert_eq!(device.client.status(device.now).paused, Some(sync::client::Pause::SignedOut));
    device.passes(10_000);
    assert_eq!(device.opened, 2, "and one more later");
}

#[test]
fn a_tab_that_follows_says_what_the_leading_one_knows() {
    let mut device = Device::new();
    let paused = Some(sync::client::Pause::OtherAccount);
    let standing = sync::client::Standing { reach: Reach::Online, paused, as_of: Some(7), stalled: false };
    device.told(|client, now| client.mirror(standing, now));
    let status = device.client.status(device.now);
    assert_eq!((status.reach, status.paused, status.as_of), (Reach::Online, paused, Some(7)));
}

#[test]
fn pain_24_a_beat_ahead_of_the_cursor_with_no_frame_is_a_gap() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    for _ in 0..2 {
        device.hears_beat(6);
        assert_eq!(device.opened, 1, "its frame may be on its way");
    }
    device.hears_beat(6);
    assert_eq!(device.opened, 2);
    assert!(matches!(device.client.link(), Link::Opening { .. }));
}

#[test]
fn the_status_line_heals_by_itself() {
    let mut device = Device::new().leads();
    for _ in 0..30 {
        device.told(|client, now| client.link_closed(now));
        device.wakes();
    }
    assert_eq!(device.client.reach(device.now), Reach::Unreachable);
    let before = device.now;
    device.told(|client, now| client.link_closed(now));
    while !matches!(device.client.link(), Link::Opening { .. }) {
        device.wakes();
    }
    assert!(device.now - before <= 5_000, "tried again after {} ms", device.now - before);
    device.links(fresh(5, vec![]));
    assert_eq!(device.client.reach(device.now), Reach::Online);
}

#[test]
fn versions_shown_are_versions_saved_with_the_act() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 4, 5, "one")]));
    let id = device.append("a", "two");
    let entry = device.client.outbox().get(id).expect("kept");
    let saw = entry.envelope.as_ref().and_then(|envelope| envelope.saw).expect("something was shown");
    assert_eq!((saw.epoch, saw.position, saw.version), (epoch(1), Position(5), Version(4)));
    assert_ne!(id.0, Uuid::nil());
}

#[test]
fn a_hello_of_a_full_outbox_is_well_within_its_limit() {
    let ids: Vec<_> = (0..WAITING_MAX as u128).map(|n| sync::CommandId(Uuid::from_u128(u128::MAX - n))).collect();
    let cursor = Cursor { epoch: epoch(1), position: Position(u64::MAX), fact: Some(Uuid::max()) };
    let name = "a".repeat(128);
    let scope = |kind: &str| sync::Scope(format!("{kind}:{name}"));
    let hello = Hello {
        protocol: PROTOCOL,
        device: sync::DeviceId(Uuid::max()),
        account: Some(name.as_str().into()),
        cursor: None,
        scopes: vec![scope("customer"), scope("person"), scope("catalog")],
        unsettled: ids.clone(),
        holds: Holds { seq: u64::MAX, open: ids },
        release: "0123456789abcdef".into(),
        anew: Some(Anew {
            begun: cursor,
            part: u32::MAX,
            scope: scope("catalog"),
            position: Position(u64::MAX),
            since: true,
        }),
        goes_on: true,
        others: vec![name.as_str().into(); sync::protocol::OTHERS_MAX],
    };
    let bytes = serde_json::to_string(&hello).expect("plain").len();
    assert!((HELLO_BYTES_MAX / 2..HELLO_BYTES_MAX * 3 / 4).contains(&bytes), "{bytes}");
}
