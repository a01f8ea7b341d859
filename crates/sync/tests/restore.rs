//! A server that was restored from a backup: another history is noticed however it shows, and nothing is lost in it.

mod world;

use std::collections::BTreeSet;

use sync::Reason;
use sync::client::SendError;
use sync::outbox::{SETTLED_KEPT_MS, Stage};
use sync::protocol::{ANOTHER_HISTORY, Outcome, ServerMessage, Settled};
use world::{Device, change, epoch, frame, fresh, restored};

/// Loses the cache and comes back to a restored server in the same moment: the history is kept with the acts.
#[test]
fn another_history_is_noticed_also_by_a_device_that_lost_its_cache() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let done = device.append("a", "x");
    device.answered(vec![(done, Outcome::Accepted)]);
    device.hears(frame(5, 6, vec![change("a", 1, 6, "x")], vec![(done, Settled::Done)]));
    assert_eq!(device.epoch, Some(epoch(1)));
    let mut device = device.restarted().leads();
    let anew = restored(fresh(3, vec![]));
    device.links(anew);
    assert_eq!((device.disk_stage(done), device.epoch), (Stage::Saved, Some(epoch(2))));
    // The hello had said nothing of it, so it is asked about once more before it leaves.
    let heard = restored(frame(3, 3, vec![], vec![(done, Settled::Unknown)]));
    device.links(heard);
    assert_eq!(device.hellos.last().expect("said").unsettled, [done]);
    assert_eq!((device.last_batch(), device.disk_stage(done)), (vec![done], Stage::Sent));
}

/// A backup was put back without saying so: the place where the device stood is not known there any more.
#[test]
fn a_history_that_lost_its_end_is_another_one() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let done = device.append("a", "x");
    device.answered(vec![(done, Outcome::Accepted)]);
    device.hears(frame(5, 6, vec![change("a", 1, 6, "x")], vec![(done, Settled::Done)]));
    device.hears(fresh(3, vec![]));
    assert_eq!(device.last_batch(), [done], "it is asked about again, under the same name");
}

/// What the backup knew had its final word before the place where the device stands now: it is asked for, and only what
/// the backup did not know is told again.
#[test]
fn what_a_restored_server_knew_is_asked_about_and_what_it_lost_is_told_again() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let [known, lost] = ["a", "b"].map(|note| device.append(note, "x"));
    device.answered(vec![(known, Outcome::Accepted)]);
    device.answered(vec![(lost, Outcome::Accepted)]);
    device.hears(frame(5, 7, vec![], vec![(known, Settled::Done), (lost, Settled::Done)]));
    let anew = restored(fresh(6, vec![]));
    let (opened, posted) = (device.opened, device.posted.len());
    device.hears(anew);
    assert_eq!((device.opened, device.posted.len()), (opened + 1, posted), "asked before anything is told");
    let told = restored(frame(6, 6, vec![], vec![(known, Settled::Done), (lost, Settled::Unknown)]));
    device.links(told);
    assert_eq!(device.hellos.last().expect("said").unsettled, [known, lost]);
    assert_eq!((device.stage(known), device.last_batch()), (Stage::Done, vec![lost]));
    assert_eq!(device.opened, opened + 1, "and once is enough");
}

/// The acts are open again on the disk before the new history's cursor is: a crash between the two loses nothing.
#[test]
fn acts_are_opened_again_before_the_new_cursor_is_kept() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let done = device.append("a", "x");
    device.answered(vec![(done, Outcome::Accepted)]);
    device.hears(frame(5, 6, vec![change("a", 1, 6, "x")], vec![(done, Settled::Done)]));
    let anew = restored(fresh(3, vec![]));
    let order = device.outputs_of(|client, now| client.heard(ServerMessage::Frame(anew), now));
    let place = |what: &str| order.iter().position(|output| *output == what).expect("asked for");
    assert!(place("outbox") < place("cache"), "{order:?}");
    assert!(place("outbox") < place("epoch"), "{order:?}");
}

/// A server that does not have the order yet must not judge what was meant to come after it.
#[test]
fn acts_that_were_made_for_another_history_wait_until_the_device_has_listened() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let id = device.append("a", "x");
    assert_eq!(device.posted[0].epoch, Some(epoch(1)), "a batch says which history it was made for");
    let (opened, posted) = (device.opened, device.posted.len());
    let (status, slug) = (412, ANOTHER_HISTORY.to_owned());
    device.fails(SendError::Problem { status, slug, retry_after_ms: None });
    assert_eq!(device.opened, opened + 1, "the feed is asked at once");
    assert_eq!((device.stage(id), device.client.status(device.now).needs_you), (Stage::Sent, 0));
    device.passes(2_000);
    assert_eq!(device.posted.len(), posted, "nothing is told to a server that was not heard");
    device.links(restored(fresh(3, vec![])));
    device.links(restored(frame(3, 3, vec![], vec![(id, Settled::Unknown)])));
    assert_eq!((device.posted.len(), device.last_batch()), (posted + 1, vec![id]));
    assert_eq!(device.posted[posted].epoch, Some(epoch(2)));
}

/// Nobody there has heard of the refused acts, so what follows them would wait for ever for a word on them.
#[test]
fn a_refusal_is_opened_again_where_something_open_rests_on_it() {
    let mut device = Device::new();
    let (refused, fell, open) = (device.append("a", "1"), device.append("a", "2"), device.append("a", "3"));
    let alone = device.append("b", "1");
    let mut device = device.restarted().linked();
    device.answered(vec![
        (refused, Outcome::Refused(Reason::NotAllowed)),
        (fell, Outcome::Refused(Reason::Predecessor(refused))),
        (open, Outcome::NotYet),
        (alone, Outcome::Refused(Reason::NotAllowed)),
    ]);
    device.hears(restored(fresh(0, vec![])));
    let stages = [refused, fell, open, alone].map(|id| device.disk_stage(id));
    assert_eq!(stages, [Stage::Saved, Stage::Saved, Stage::Saved, Stage::Refused]);
    let record = &device.client.outbox().get(refused).expect("kept").record;
    assert_eq!(record.reason, None, "whatever was said of it was said elsewhere");
    let unknown = [refused, fell, open].map(|id| (id, Settled::Unknown));
    device.links(restored(frame(0, 0, vec![], unknown.into())));
    assert_eq!(device.hellos.last().expect("said").unsettled, [refused, fell, open]);
    assert_eq!(device.last_batch(), [refused, fell, open]);
}

#[test]
fn what_an_unheard_act_rests_on_is_sent_again_with_it() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let (first, second) = (device.append("a", "1"), device.append("a", "2"));
    device.answered(vec![(first, Outcome::Accepted)]);
    assert_eq!(device.last_batch(), [second]);
    device.hears(frame(5, 6, vec![change("a", 1, 6, "1")], vec![(first, Settled::Done)]));
    device.fails(SendError::Lost { retry_after_ms: None });
    device.told(|client, now| client.link_closed(now));
    device.passes(4_000);
    device.links(frame(6, 6, vec![], vec![(second, Settled::Unknown)]));
    assert_eq!(device.last_batch(), [first, second]);
}

/// The word that the server never heard of an act comes while it is marked to be sent again, with the next of its lane.
#[test]
fn what_is_opened_again_while_it_is_marked_is_not_overtaken_by_what_is_behind_it() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let first = device.append("a", "1");
    device.fails(SendError::Lost { retry_after_ms: None });
    let (second, posted) = (device.append("a", "2"), device.posted.len());
    device.quick_disk = false;
    device.passes(400);
    device.hears(frame(5, 6, vec![], vec![(first, Settled::Unknown)]));
    device.disk_writes();
    device.disk_writes();
    assert_eq!((device.posted.len(), device.last_batch()), (posted + 1, vec![first, second]));
}

#[test]
fn a_final_word_is_kept_as_long_as_something_open_rests_on_it() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![]));
    let (first, open, alone) = (device.append("a", "1"), device.append("a", "2"), device.append("b", "1"));
    device.answered(vec![(first, Outcome::Accepted)]);
    assert_eq!(device.last_batch(), [open, alone]);
    device.answered(vec![(open, Outcome::NotYet), (alone, Outcome::Accepted)]);
    let words = [first, alone].map(|id| (id, Settled::Done));
    device.hears(frame(5, 6, vec![], words.into()));
    device.now += SETTLED_KEPT_MS;
    assert_eq!(device.restarted().leads().disk.len(), 3, "a month is not over");
    device.now += 1;
    let left: BTreeSet<_> = device.restarted().leads().disk.iter().map(|record| record.id).collect();
    assert_eq!(left, [first, open].into(), "a restored server could be told of the open one only after the first");
}
