//! A device's clock that is put back, or that went on while the page was frozen.

mod world;

use sync::Millis;
use sync::client::{LEADER_SILENT_MS_MAX, Link, Reach, STALL_MS_MAX, SendError, Standing};
use sync::outbox::Stage;
use sync::protocol::{Bye, Outcome, ServerMessage};
use world::Device;

const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// A device that is linked, and whose clock is a day ahead.
fn a_day_ahead() -> Device {
    let mut device = Device::new();
    device.now = DAY_MS;
    device.linked()
}

#[test]
fn what_waits_to_be_sent_again_does_not_wait_for_the_time_on_the_clock() {
    let mut device = a_day_ahead();
    let id = device.append("a", "x");
    device.fails(SendError::Lost { retry_after_ms: Some(60_000) });
    device.clock_goes_back(DAY_MS);
    assert_eq!((device.posted.len(), device.last_batch()), (2, vec![id]));
}

#[test]
fn an_answer_is_not_waited_for_longer_than_its_patience() {
    let mut device = a_day_ahead();
    let id = device.append("a", "x");
    device.clock_goes_back(DAY_MS);
    device.passes(5_000);
    device.passes(4_000);
    assert_eq!((device.posted.len(), device.last_batch()), (2, vec![id]));
}

#[test]
fn a_link_that_is_to_be_opened_later_is_opened() {
    let mut device = a_day_ahead();
    let bye = Bye { code: "restart".into(), reason: String::new(), retry_after_ms: 60_000 };
    device.told(|client, now| client.heard(ServerMessage::Bye(bye), now));
    let opened = device.opened;
    device.clock_goes_back(DAY_MS);
    assert_eq!(device.opened, opened + 1);
}

#[test]
fn a_link_that_says_nothing_is_given_up_in_time() {
    let mut device = a_day_ahead();
    device.server_speaks = false;
    device.clock_goes_back(DAY_MS);
    let silent_since = device.now;
    while device.client.reach(device.now) != Reach::Unreachable {
        device.wakes();
        assert!(device.now - silent_since <= 5_000, "still {:?}", device.client.reach(device.now));
    }
    // Nor is one waited for that was being opened.
    let mut device = Device::new();
    device.now = DAY_MS;
    let mut device = device.leads();
    device.clock_goes_back(DAY_MS);
    device.passes(4_000);
    assert!(!matches!(device.client.link(), Link::Opening { tries: 0, .. }), "{:?}", device.client.link());
}

#[test]
fn what_stands_still_is_noticed_in_time() {
    let mut device = a_day_ahead();
    device.append("a", "x");
    device.clock_goes_back(DAY_MS);
    while !device.client.status(device.now).stalled {
        device.fails(SendError::Lost { retry_after_ms: None });
        device.passes(1_000);
        assert!(device.now <= STALL_MS_MAX + 4_000);
    }
}

#[test]
fn a_final_word_is_asked_for_in_time() {
    let mut device = a_day_ahead();
    let id = device.append("a", "x");
    device.answered(vec![(id, Outcome::Accepted)]);
    let asked = |device: &mut Device| {
        let before = device.hellos.len();
        (0..12).for_each(|_| device.passes(1_000));
        device.hellos.len() - before
    };
    assert_eq!(asked(&mut device), 1);
    device.clock_goes_back(DAY_MS);
    assert_eq!((asked(&mut device), device.stage(id)), (1, Stage::Accepted));
}

#[test]
fn a_leading_tab_that_went_silent_is_noticed_in_time() {
    let mut device = Device::new();
    device.now = DAY_MS;
    let standing = Standing { reach: Reach::Online, paused: None, as_of: None, stalled: false };
    device.told(|client, now| client.mirror(standing, now));
    device.clock_goes_back(DAY_MS);
    device.passes(LEADER_SILENT_MS_MAX);
    assert_eq!(device.steals, 1);
}

#[test]
fn a_page_that_wakes_is_not_called_online_before_it_has_heard() {
    let mut device = Device::new().linked();
    assert_eq!(device.client.status(device.now).reach, Reach::Online);
    device.now += 60 * 60 * 1000;
    assert_eq!(device.client.status(device.now).reach, Reach::Syncing, "as soon as it is looked at");
    device.told(|client, now| client.tick(now));
    assert_ne!(device.client.status(device.now).reach, Reach::Online);
    device.passes(4_000);
    assert_eq!(device.client.status(device.now).reach, Reach::Online);
}
