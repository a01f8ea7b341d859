//! What goes wrong between a device and its server, and how neither gets stuck.

mod world;

use sync::client::{Link, Pause, STALL_MS_MAX, SendError};
use sync::outbox::{Parked, RECORD_FORMAT, Stage, Stored};
use sync::protocol::{
    Answered, Bye, FaultKind, Misfit, Outcome, PROTOCOL, PROTOCOL_MIN, SERVER_OLDER, ServerMessage, Settled, UPDATE,
};
use world::{Device, Notes, actor, frame};

fn problem(status: u16, slug: &str) -> SendError {
    SendError::Problem { status, slug: slug.into(), retry_after_ms: None }
}

#[test]
fn an_act_on_which_the_server_fails_rests_while_the_others_go_on() {
    let mut device = Device::new();
    let poison = device.append("a", "x");
    let behind = device.append("a", "y");
    let other = device.append("b", "z");
    let mut device = device.restarted().linked();
    assert_eq!(device.last_batch(), [poison, behind, other]);
    device.answered(vec![(poison, Outcome::Fault), (behind, Outcome::NotYet), (other, Outcome::Accepted)]);
    assert_eq!((device.stage(poison), device.stage(other)), (Stage::Sent, Stage::Accepted));
    let posted = device.posted.len();
    let next = device.append("b", "next");
    assert_eq!((device.posted.len(), device.last_batch()), (posted + 1, vec![next]), "the resting lane is left alone");
    device.answered(vec![(next, Outcome::Accepted)]);
    device.passes(4_000);
    assert_eq!(device.last_batch(), [poison, behind], "and tried again later");
    device.answered(vec![(poison, Outcome::Accepted), (behind, Outcome::Accepted)]);
    assert_eq!(device.stage(behind), Stage::Accepted);
}

#[test]
fn a_request_on_which_the_server_fails_is_halved_until_the_act_at_fault_stands_alone() {
    let mut device = Device::new();
    let poison = device.append("a", "x");
    let good: Vec<_> = ["b", "c", "d"].map(|note| device.append(note, "x")).to_vec();
    let mut device = device.restarted().linked();
    let (mut accepted, mut rounds) = (vec![], 0);
    while accepted.len() < good.len() {
        rounds += 1;
        assert!(rounds < 20, "{accepted:?}");
        let batch = device.last_batch();
        if batch.contains(&poison) {
            device.fails(problem(500, "internal"));
        } else {
            accepted.extend(batch.iter().copied());
            device.answered(batch.into_iter().map(|id| (id, Outcome::Accepted)).collect());
        }
        device.passes(600);
    }
    assert_eq!(device.stage(poison), Stage::Sent, "it is not given up");
}

#[test]
fn pain_04_what_stands_still_although_the_server_speaks_is_begun_anew_and_told() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    let opened = device.opened;
    let mut waited = 0;
    while !device.client.status(device.now).stalled {
        device.fails(SendError::Lost { retry_after_ms: None });
        device.passes(1_000);
        waited += 1_000;
        assert!(waited <= STALL_MS_MAX + 4_000);
    }
    assert!(device.opened > opened, "the link is made anew");
    assert_eq!(device.reports.iter().filter(|fault| fault.kind == FaultKind::Stalled).count(), 1);
    device.passes(4_000);
    device.answered(vec![(id, Outcome::Accepted)]);
    assert!(!device.client.status(device.now).stalled);
}

#[test]
fn a_marked_batch_that_the_disk_never_confirmed_does_not_leave_however_long_it_takes() {
    let mut device = Device::new().linked();
    device.quick_disk = false;
    let id = device.append("a", "x");
    for _ in 0..60 {
        device.passes(1_000);
    }
    assert!(device.posted.is_empty());
    assert!(device.client.status(device.now).stalled, "it is told");
    device.disk_writes();
    assert_eq!(device.last_batch(), [id]);
}

/// The first try was given up with its mark on the way to the disk: the next one finds the act marked in memory only.
#[test]
fn an_act_does_not_leave_before_its_mark_is_durable_whichever_try_made_it() {
    let mut device = Device::new().linked();
    device.quick_disk = false;
    let id = device.append("a", "x");
    assert_eq!(device.stores.len(), 1, "it is being marked");
    device.told(|client, now| client.identity(Some(actor("ada")), now));
    device.links(frame(0, 0, vec![], vec![]));
    assert_eq!((device.disk_stage(id), device.posted.len()), (Stage::Saved, 0));
    device.disk_writes();
    assert_eq!((device.disk_stage(id), device.last_batch()), (Stage::Sent, vec![id]));
}

#[test]
fn what_a_server_did_not_know_is_tried_again_with_the_next_talk() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    device.answered(vec![(id, Outcome::UnknownCommand)]);
    device.passes(60_000);
    assert_eq!((device.posted.len(), device.stage(id)), (1, Stage::NeedsYou), "this one has said what it knows");
    device.told(|client, now| client.link_closed(now));
    device.passes(4_000);
    assert_eq!((device.posted.len(), device.last_batch()), (2, vec![id]), "the next one may be of a newer release");
}

#[test]
fn a_late_word_of_the_server_before_does_not_hold_what_this_one_may_know() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    device.told(|client, now| client.link_closed(now));
    device.passes(4_000);
    assert!(matches!(device.client.link(), Link::Live { .. }), "another talk has begun");
    device.answered(vec![(id, Outcome::UnknownCommand)]);
    assert_eq!((device.posted.len(), device.stage(id)), (2, Stage::Sent), "it is told to this one at once");
    device.answered(vec![(id, Outcome::UnknownCommand)]);
    assert_eq!((device.posted.len(), device.stage(id)), (2, Stage::NeedsYou), "and not in a loop");
}

/// An act may be decided between this device's hello and the server's first frame, and then nobody tells of it.
#[test]
fn a_final_word_that_does_not_come_is_asked_for_again_and_not_in_a_loop() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    device.answered(vec![(id, Outcome::Accepted)]);
    let talks = |device: &mut Device, seconds: i64| {
        let before = device.hellos.len();
        (0..seconds).for_each(|_| device.passes(1_000));
        device.hellos.len() - before
    };
    assert_eq!(talks(&mut device, 9), 0, "it is given the time to come");
    assert_eq!(talks(&mut device, 2), 1);
    assert_eq!(device.hellos.last().expect("said").unsettled, [id]);
    assert_eq!(talks(&mut device, 55), 0, "the server does not know yet, and will tell by itself");
    assert_eq!(talks(&mut device, 10), 1);
    device.hears(frame(0, 1, vec![], vec![(id, Settled::Done)]));
    assert_eq!(talks(&mut device, 200), 0);
}

#[test]
fn a_client_that_is_too_old_asks_for_an_update_and_not_in_a_loop() {
    let mut device = Device::new().leads();
    device.append("a", "x");
    for _ in 0..30 {
        device.told(|client, now| client.link_opened(now));
        let bye = Bye { code: UPDATE.into(), reason: String::new(), retry_after_ms: 0 };
        device.told(|client, now| client.heard(ServerMessage::Bye(bye), now));
        device.passes(1_000);
    }
    assert_eq!(device.client.status(device.now).paused, Some(Pause::UpdateNeeded));
    assert!(device.opened <= 2 && device.posted.is_empty(), "{} sockets in half a minute", device.opened);
    // The server was taken back to the older release: nobody has to reload.
    device.passes(60_000);
    device.links(frame(0, 0, vec![], vec![]));
    assert_eq!((device.client.status(device.now).paused, device.posted.len()), (None, 1));
}

#[test]
fn a_client_that_is_newer_than_its_server_waits_for_it_and_not_in_a_loop() {
    let mut device = Device::new().leads();
    let id = device.append("a", "x");
    for _ in 0..30 {
        device.told(|client, now| client.link_opened(now));
        let bye = Bye { code: SERVER_OLDER.into(), reason: String::new(), retry_after_ms: 0 };
        device.told(|client, now| client.heard(ServerMessage::Bye(bye), now));
        device.passes(1_000);
    }
    assert_eq!(device.client.status(device.now).paused, None, "the person can do nothing about it");
    assert!(device.opened <= 2 && device.posted.is_empty(), "{} sockets in half a minute", device.opened);
    device.passes(60_000);
    device.links(frame(0, 0, vec![], vec![]));
    assert_eq!(device.last_batch(), [id], "the server is up to date again");
}

#[test]
fn an_older_server_that_is_met_while_sending_is_asked_again_seldom() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    device.fails(problem(503, SERVER_OLDER));
    device.server_speaks = false;
    for _ in 0..58 {
        device.told(|client, now| client.link_closed(now));
        device.passes(1_000);
    }
    assert_eq!((device.posted.len(), device.probes), (1, 0));
    device.told(|client, now| client.link_closed(now));
    device.passes(4_000);
    device.told(|client, now| client.probed(true, now));
    assert_eq!((device.posted.len(), device.stage(id)), (2, Stage::Sent));
    device.fails(problem(426, UPDATE));
    assert_eq!(device.client.status(device.now).paused, Some(Pause::UpdateNeeded));
    assert_eq!(device.stage(id), Stage::Sent, "it is kept");
}

#[test]
fn a_server_says_which_side_is_behind_and_what_was_kept() {
    assert_eq!((Misfit::of(PROTOCOL), Misfit::of(PROTOCOL_MIN)), (None, None));
    let (older, newer) = (Misfit::of(PROTOCOL_MIN - 1).expect("old"), Misfit::of(PROTOCOL + 1).expect("new"));
    assert_eq!((older.code(), newer.code()), (UPDATE, SERVER_OLDER));
    for misfit in [older, newer] {
        let sentence = misfit.sentence();
        assert!(sentence.contains(&PROTOCOL.to_string()) && sentence.contains("is kept"), "{sentence}");
    }
}

#[test]
fn a_word_of_a_newer_server_costs_one_act_and_not_the_feed() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    let json = format!(r#"{{"id":"{id}","outcome":{{"postponed":{{"until":9}}}}}}"#);
    let answered: Answered<Notes> = serde_json::from_str(&json).expect("read as far as it goes");
    assert_eq!(answered.outcome, Outcome::Unreadable);
    device.answered(vec![(id, answered.outcome)]);
    let record = |device: &Device| device.client.outbox().get(id).expect("kept").record.clone();
    assert_eq!((device.stage(id), record(&device).parked), (Stage::NeedsYou, Some(Parked::UnreadableAnswer)));
    assert!(device.reports.iter().any(|fault| fault.kind == FaultKind::UnreadableWord));
    // The next release asks again, and reads the answer.
    let mut updated = device.restarted().leads();
    updated.told(|client, now| client.link_opened(now));
    assert_eq!(updated.hellos[0].unsettled, [id]);
    updated.hears(world::fresh(3, vec![]));
    updated.hears(frame(3, 3, vec![], vec![(id, Settled::Done)]));
    assert_eq!(updated.stage(id), Stage::Done);
}

#[test]
fn pain_12_a_record_of_a_newer_release_is_left_alone_with_its_lane() {
    let mut device = Device::new();
    device.append("a", "x");
    let mut newer = serde_json::to_value(&device.disk[0]).expect("plain");
    newer["format"] = (RECORD_FORMAT + 1).into();
    newer["stage"] = "teleported".into();
    let strange = Stored::<Notes>::read(&newer.to_string()).expect("it says who and where");
    assert!(matches!(strange, Stored::Strange(_)));
    let mut device = Device::with_kept(vec![], vec![strange], None);
    assert_eq!(device.client.status(0).unreadable, 1);
    assert_eq!(device.client.status(0).waiting, 1, "it still has to reach the server");
    assert!(device.reports.is_empty());
    device.told(|client, now| client.lead(now));
    assert!(device.reports.iter().any(|fault| fault.kind == FaultKind::UnreadableAct));
    device.links(world::fresh(0, vec![]));
    assert!(device.posted.is_empty());
}

#[test]
fn a_record_of_the_first_release_said_no_format_and_is_read() {
    let mut device = Device::new();
    device.append("a", "x");
    let mut first = serde_json::to_value(&device.disk[0]).expect("plain");
    first.as_object_mut().expect("a map").remove("format");
    let read = Stored::<Notes>::read(&first.to_string()).expect("readable");
    assert_eq!(read, Stored::Record(device.disk[0].clone()));
}

#[test]
fn what_says_nothing_at_all_is_told_and_not_taken_for_an_act() {
    assert!(Stored::<Notes>::read("{\"blob\":1}").is_err());
    assert!(Stored::<Notes>::read("not even JSON").is_err());
}
