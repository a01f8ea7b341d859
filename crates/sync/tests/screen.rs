//! What was done stays on the screen until its row is here, whatever became of the rows meanwhile.

mod world;

use sync::outbox::Stage;
use sync::protocol::{Frame, Outcome, Settled};
use sync::{CommandId, Millis};
use world::{COVER, Device, Note, change, change_to, frame, fresh, note_key, removal};

const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// A device on which " two" was written after "one", and is done; its row is here.
fn done() -> (Device, CommandId) {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 5, "one")]));
    let id = device.append("a", " two");
    device.answered(vec![(id, Outcome::Accepted)]);
    device.hears(frame(5, 6, vec![change("a", 2, 6, "one two")], vec![(id, Settled::Done)]));
    assert_eq!((device.disk_stage(id), device.note("a").as_deref()), (Stage::Done, Some("one two")));
    (device, id)
}

#[test]
fn what_is_done_is_shown_also_when_the_cache_was_thrown_away() {
    let mut device = done().0.restarted();
    assert_eq!(device.note("a").as_deref(), Some(" two"), "as far as it is known here");
    assert!(device.client.overlay(&note_key("a")).expect("shown").pending.is_empty(), "it waits for nothing");
    device.told(|client, now| client.lead(now));
    device.links(fresh(6, vec![change("a", 2, 6, "one two")]));
    assert_eq!(device.note("a").as_deref(), Some("one two"), "and not twice");
}

/// The acts are on the disk at once, the rows a little later: the power may go between the two.
#[test]
fn what_is_done_is_shown_also_when_the_power_took_its_row() {
    let (device, _) = done();
    let all = device.cache_writes.len();
    assert_eq!(device.restarted_with_rows(all).note("a").as_deref(), Some("one two"), "its row is here");
    let mut device = device.restarted_with_rows(all - 1).leads();
    assert_eq!(device.client.cache().row(&note_key("a")).map(|note| note.text.as_str()), Some("one"));
    assert_eq!(device.note("a").as_deref(), Some("one two"));
    device.links(frame(5, 6, vec![change("a", 2, 6, "one two")], vec![]));
    assert_eq!(device.note("a").as_deref(), Some("one two"), "and not twice");
}

#[test]
fn what_was_done_yesterday_is_the_server_s_to_tell() {
    let (mut device, _) = done();
    device.now += DAY_MS - 1;
    assert_eq!(device.restarted().note("a").as_deref(), Some(" two"));
    device.now += 1;
    assert_eq!(device.restarted().note("a"), None);
}

#[test]
fn what_the_server_took_away_is_not_shown_by_what_was_done_to_it() {
    let (mut device, id) = done();
    device.hears(frame(6, 7, vec![removal("a", 7)], vec![]));
    assert_eq!((device.note("a"), device.disk_stage(id)), (None, Stage::Done));
    assert_eq!(device.restarted().note("a"), None, "also after the cache was thrown away");
    let (mut device, _) = done();
    device.hears(Frame { scopes: Some(vec![]), ..frame(6, 7, vec![], vec![]) });
    assert_eq!((device.note("a"), device.restarted().note("a")), (None, None), "nor what it no longer shows");
}

#[test]
fn an_accepted_act_that_the_rules_now_doubt_does_not_vanish_before_its_row_comes() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    device.answered(vec![(id, Outcome::Accepted)]);
    let closed = Note { text: String::new(), locked: true };
    device.hears(frame(0, 1, vec![change_to(COVER, 1, 1, closed)], vec![]));
    assert_eq!(device.note("a").as_deref(), Some("x"));
    let overlay = device.client.overlay(&note_key("a")).expect("shown");
    assert_eq!(overlay.pending[0].forecast, Ok(()), "the server has decided, whatever is known here");
    device.hears(frame(1, 2, vec![change("a", 1, 2, "x")], vec![(id, Settled::Done)]));
    assert_eq!(device.note("a").as_deref(), Some("x"));
}
