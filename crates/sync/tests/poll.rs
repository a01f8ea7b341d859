//! Where no socket passes, requests carry the feed.

mod world;

use sync::client::{Link, Pause, Reach, SendError, Via};
use sync::outbox::Stage;
use sync::protocol::{Anew, Beat, Cursor, Frame, Outcome, ServerMessage, Settled};
use sync::{Position, protocol::PROTOCOL};
use uuid::Uuid;
use world::{Device, Notes, change, epoch, first, frame, fresh};

/// A device in a network that lets no socket pass, and has just asked by a request.
fn without_sockets() -> Device {
    let mut device = Device::new().leads();
    while device.polls.is_empty() {
        device.told(|client, now| client.link_closed(now));
        device.wakes();
    }
    device
}

fn says(device: &mut Device, messages: Vec<ServerMessage<Notes>>) {
    let turn = device.polls.last().expect("asked").0;
    device.told(|client, now| client.polled(turn, Ok(messages), now));
}

fn beat(head: u64) -> ServerMessage<Notes> {
    ServerMessage::Beat(Beat { epoch: epoch(1), head: Position(head), now: 0 })
}

#[test]
fn rows_and_words_come_by_requests_one_after_the_other() {
    let mut device = without_sockets();
    assert_eq!((device.polls[0].1.protocol, device.polls[0].1.cursor), (PROTOCOL, None));
    says(&mut device, vec![ServerMessage::Frame(fresh(5, vec![change("a", 1, 5, "one")]))]);
    assert_eq!((device.note("a").as_deref(), device.client.reach(device.now)), (Some("one"), Reach::Online));
    assert_eq!(device.polls[1].1.cursor.map(|cursor| cursor.position), Some(Position(5)));
    let id = device.append("a", "two");
    device.answered(vec![(id, Outcome::Accepted)]);
    says(
        &mut device,
        vec![ServerMessage::Frame(frame(5, 6, vec![change("a", 2, 6, "onetwo")], vec![(id, Settled::Done)]))],
    );
    assert_eq!(device.stage(id), Stage::Done);
    says(&mut device, vec![beat(6)]);
    assert_eq!(device.polls.len(), 4, "and the next is on its way");
}

#[test]
fn a_request_that_brings_nothing_ends_the_link_and_the_socket_has_its_turn() {
    let mut device = without_sockets();
    says(&mut device, vec![ServerMessage::Frame(fresh(5, vec![]))]);
    let (turn, opened) = (device.polls.last().expect("asked").0, device.opened);
    device.told(|client, now| client.polled(turn, Err(SendError::Lost { retry_after_ms: None }), now));
    while device.opened == opened {
        device.wakes();
    }
    assert!(matches!(device.client.link(), Link::Opening { via: Via::Socket, .. }));
}

/// The first part of a catch-up that begins anew and leads to position 9.
fn first_part() -> (Frame<Notes>, Anew) {
    let begun = Cursor { epoch: epoch(1), position: Position(9), fact: Some(Uuid::from_u128(9)) };
    let anew = Anew { begun, part: 1, scope: "notes".into(), position: Position(5), since: false };
    let frame = Frame { more: true, anew: Some(anew.clone()), ..fresh(9, vec![change("a", 1, 5, "one")]) };
    (frame, anew)
}

#[test]
fn a_catch_up_that_takes_many_requests_goes_on_with_each() {
    let mut device = without_sockets();
    let (frame, anew) = first_part();
    assert!(!device.polls[0].1.goes_on, "the first is answered at once");
    says(&mut device, vec![ServerMessage::Frame(frame)]);
    let (_, next) = device.polls.last().expect("asked").clone();
    assert_eq!((next.cursor, next.anew, next.goes_on), (None, Some(anew), true));
    assert_eq!(next.scopes, ["notes".into()]);
    let rest = Frame { part: 1, ..frame_to(9, vec![change("b", 1, 7, "two")]) };
    says(&mut device, vec![ServerMessage::Frame(rest)]);
    assert_eq!((device.note("a").as_deref(), device.note("b").as_deref()), (Some("one"), Some("two")));
    let (_, next) = device.polls.last().expect("asked");
    assert_eq!((next.cursor.map(|cursor| cursor.position), &next.anew), (Some(Position(9)), &None));
}

fn frame_to(head: u64, changes: Vec<sync::protocol::Change>) -> Frame<Notes> {
    frame(0, head, changes, vec![])
}

/// Also over a socket: a device that is cut off again and again comes to an end.
#[test]
fn a_catch_up_that_is_broken_off_is_gone_on_with_by_whatever_passes_next() {
    let mut device = Device::new().leads();
    let (frame, anew) = first_part();
    device.links(frame);
    device.told(|client, now| client.link_closed(now));
    device.wakes();
    device.told(|client, now| client.link_opened(now));
    let hello = device.hellos.last().expect("said");
    assert_eq!((hello.cursor, hello.anew.as_ref(), hello.goes_on), (None, Some(&anew), false));
    device.hears(first(Frame { part: 1, ..frame_to(9, vec![change("b", 1, 7, "two")]) }));
    assert_eq!((device.note("a").as_deref(), device.note("b").as_deref()), (Some("one"), Some("two")));
}

/// What does not add up is asked for once, and the requests that bring the rest of it do not ask for it again.
#[test]
fn a_scope_that_is_fetched_again_by_many_requests_comes_to_an_end() {
    let mut device = without_sockets();
    let sums = sync::protocol::Digest { scope: "notes".into(), rows: 7, sum: 7 };
    let wrong = Frame { digests: vec![sums], ..fresh(5, vec![change("a", 1, 5, "one")]) };
    says(&mut device, vec![ServerMessage::Frame(wrong)]);
    let asked = device.polls.len();
    while device.polls.len() == asked {
        device.told(|client, now| client.link_closed(now));
        device.wakes();
    }
    assert!(device.polls.last().expect("asked").1.scopes.is_empty(), "the scope is wanted whole");
    let half = Frame { more: true, scopes: Some(vec!["notes".into()]), ..frame(5, 3, vec![], vec![]) };
    says(&mut device, vec![ServerMessage::Frame(half)]);
    assert_eq!(device.polls.last().expect("asked").1.scopes, ["notes".into()], "and is on its way");
}

#[test]
fn an_answer_without_a_word_is_no_answer() {
    let mut device = without_sockets();
    says(&mut device, vec![]);
    assert!(matches!(device.client.link(), Link::Down { .. }));
}

#[test]
fn an_answer_to_an_earlier_request_is_not_taken() {
    let mut device = without_sockets();
    says(&mut device, vec![ServerMessage::Frame(fresh(5, vec![]))]);
    let first = device.polls[0].0;
    let late = ServerMessage::Frame(frame(5, 6, vec![change("a", 1, 6, "late")], vec![]));
    device.told(|client, now| client.polled(first, Ok(vec![late]), now));
    assert_eq!(device.note("a"), None);
}

#[test]
fn a_socket_that_passes_again_takes_over_and_nothing_is_shown_as_lost() {
    let mut device = without_sockets();
    says(&mut device, vec![ServerMessage::Frame(fresh(5, vec![]))]);
    let opened = device.opened;
    let mut polls = 0;
    while device.opened == opened {
        says(&mut device, vec![beat(5)]);
        polls += 1;
        assert!(polls <= 30, "the socket is never tried again");
        assert_eq!(device.client.reach(device.now), Reach::Online);
    }
    // It does not pass yet: nothing changes.
    device.told(|client, now| client.link_closed(now));
    assert_eq!(device.client.reach(device.now), Reach::Online);
    // It passes.
    device.links(frame(5, 7, vec![change("a", 1, 7, "live")], vec![]));
    assert_eq!(device.hellos.last().expect("said").cursor.map(|cursor| cursor.position), Some(Position(5)));
    assert_eq!(device.note("a").as_deref(), Some("live"));
    assert!(matches!(device.client.link(), Link::Live { via: Via::Socket, .. }));
}

#[test]
fn a_session_that_is_over_pauses_here_too() {
    let mut device = without_sockets();
    let turn = device.polls[0].0;
    let over = SendError::Problem { status: 401, slug: "signed-out".into(), retry_after_ms: None };
    device.told(|client, now| client.polled(turn, Err(over), now));
    assert_eq!(device.client.status(device.now).paused, Some(Pause::SignedOut));
}

/// A probe that was answered counts for seconds, but not past the moment at which the server was lost sight of.
#[test]
fn what_is_tapped_after_the_server_was_lost_sight_of_has_not_left() {
    let mut device = without_sockets();
    let first = device.append("a", "1");
    device.told(|client, now| client.probed(true, now));
    device.answered(vec![(first, Outcome::Accepted)]);
    says(&mut device, vec![ServerMessage::Frame(fresh(5, vec![]))]);
    let turn = device.polls.last().expect("asked").0;
    device.told(|client, now| client.polled(turn, Err(SendError::Lost { retry_after_ms: None }), now));
    let second = device.append("b", "2");
    assert_eq!((device.stage(second), device.posted.len()), (Stage::Saved, 1));
    assert!(device.withdraw(second).is_ok(), "and can be taken back");
}
