//! Tabs of one device: who leads, who notices that nobody does, and a worker that only empties the outbox.

mod world;

use sync::client::{Client, LEADER_BEAT_MS, LEADER_SILENT_MS_MAX, Pause, Reach, SendError, Standing};
use sync::outbox::{Stage, check_fence};
use sync::protocol::Outcome;
use world::{Device, epoch};

fn standing() -> Standing {
    Standing { reach: Reach::Online, paused: None, as_of: Some(7), stalled: false }
}

#[test]
fn a_leading_tab_says_that_it_is_there_and_says_so_again() {
    let mut device = Device::new().linked();
    let told = device.told_tabs.len();
    assert!(told > 0);
    for _ in 0..5 {
        device.passes(LEADER_BEAT_MS);
    }
    assert!(device.told_tabs.len() >= told + 5);
}

#[test]
fn pain_09_a_tab_that_is_looked_at_takes_the_lead_from_one_that_went_silent() {
    let mut device = Device::new();
    for _ in 0..10 {
        device.told(|client, now| client.mirror(standing(), now));
        device.passes(LEADER_BEAT_MS);
    }
    assert_eq!(device.steals, 0, "the leader is there");
    let silent_since = device.now;
    while device.steals == 0 {
        device.wakes();
        assert!(device.now - silent_since <= LEADER_SILENT_MS_MAX);
    }
    device.told(|client, now| client.lead(now));
    device.passes(LEADER_SILENT_MS_MAX);
    assert_eq!(device.steals, 1);
}

#[test]
fn a_hidden_tab_takes_nothing_from_anyone() {
    let mut device = Device::new();
    device.told(|client, now| client.visible(false, now));
    device.passes(10 * LEADER_SILENT_MS_MAX);
    assert_eq!(device.steals, 0);
    device.told(|client, now| client.visible(true, now));
    assert_eq!(device.steals, 0, "the leader is given the time to speak");
    device.passes(LEADER_SILENT_MS_MAX);
    assert_eq!(device.steals, 1);
}

#[test]
fn only_the_last_who_was_given_the_lead_may_write() {
    assert!(check_fence(4, 4).is_ok());
    assert!(check_fence(5, 4).is_err(), "a tab that was frozen and replaced");
    assert!(check_fence(3, 4).is_err(), "a storage that was cleared under a tab");
}

#[test]
fn a_worker_with_no_page_sends_what_waits_and_is_done() {
    let mut device = Device::new();
    let (a, b) = (device.append("a", "1"), device.append("b", "1"));
    let mut worker = device.restarted();
    worker.told(|client, now| client.drain(now));
    assert_eq!((worker.probes, worker.opened), (1, 0), "no socket: it asks and sends");
    worker.told(|client, now| client.probed(true, now));
    assert_eq!(worker.last_batch(), [a, b]);
    assert!(!worker.client.is_drained());
    worker.answered(vec![(a, Outcome::Accepted), (b, Outcome::Accepted)]);
    assert!(worker.client.is_drained());
    assert_eq!((worker.disk_stage(a), worker.disk_stage(b)), (Stage::Accepted, Stage::Accepted));
}

#[test]
fn a_worker_stops_where_nobody_is_signed_in_and_nothing_is_lost() {
    let mut device = Device::new();
    let id = device.append("a", "1");
    let mut worker = device.restarted();
    worker.told(|client, now| client.drain(now));
    worker.told(|client, now| client.probed(true, now));
    worker.fails(SendError::Problem { status: 401, slug: "other-account".into(), retry_after_ms: None });
    assert!(worker.client.is_drained());
    assert_eq!(worker.client.status(worker.now).paused, Some(Pause::OtherAccount));
    assert_eq!(worker.disk_stage(id), Stage::Sent);
}

/// Without it a tab that is opened later would not know a restored server for another one.
#[test]
fn a_history_that_was_heard_of_is_written_again_where_the_write_of_it_was_lost() {
    let mut device = Device::new().linked();
    assert_eq!(device.epoch.take(), Some(epoch(1)), "it was to be written");
    let kept = device.kept();
    device.told(Client::follow);
    device.told(|client, now| client.outbox_replaced(kept, None, now));
    assert_eq!(device.epoch, None, "a tab that does not lead writes nothing");
    device.told(Client::lead);
    assert_eq!(device.epoch, Some(epoch(1)));
}

#[test]
fn word_that_an_act_is_saved_may_come_after_another_tab_has_sent_it_and_does_not_take_it_back() {
    let mut device = Device::new().linked();
    let id = device.append("a", "1");
    let as_saved = device.disk[0].clone();
    device.told(|client, now| client.probed(true, now));
    device.answered(vec![(id, Outcome::Accepted)]);
    assert_eq!(device.stage(id), Stage::Accepted);
    device.told(|client, now| client.saved(as_saved, None, now));
    assert_eq!(device.stage(id), Stage::Accepted, "what is known is newer than the word");
}
