//! What happens to an act between the tap and the final word.

mod world;

use sync::client::{ActError, Forecast, Pause, SendError, Sender};
use sync::outbox::{self, AppendError, Parked, Stage, WAITING_MAX};
use sync::protocol::{COMMAND_BYTES_MAX, Outcome, Settled};
use sync::retry::VISIBLE_MS_MAX;
use sync::{Act, CommandId, Reason};
use uuid::Uuid;
use world::{Command, Device, Notes, Refusal, actor, change, frame};

fn problem(status: u16, slug: &str) -> SendError {
    SendError::Problem { status, slug: slug.into(), retry_after_ms: None }
}

#[test]
fn an_act_leaves_only_after_the_disk_knows_that_it_leaves() {
    let mut device = Device::new().linked();
    device.quick_disk = false;
    let id = device.append("a", "x");
    assert_eq!(device.disk_stage(id), Stage::Saved);
    assert!(device.posted.is_empty(), "it is only being marked");
    device.disk_writes();
    assert_eq!(device.disk_stage(id), Stage::Sent);
    assert_eq!(device.last_batch(), [id]);
}

#[test]
fn the_bytes_that_leave_are_the_bytes_that_were_saved_also_after_a_restart() {
    let mut device = Device::new().linked();
    device.append("a", "x");
    let saved = device.disk[0].bytes.clone();
    assert_eq!(device.posted[0].commands[0].get(), saved);
    let device = device.restarted().linked();
    assert_eq!(device.posted[0].commands[0].get(), saved);
}

#[test]
fn pain_21_an_accepted_act_stays_on_the_screen_until_its_row_is_here() {
    let mut device = Device::new().linked();
    device.hears(frame(0, 5, vec![change("a", 1, 5, "one ")], vec![]));
    let id = device.append("a", "two");
    assert_eq!(device.note("a").as_deref(), Some("one two"));
    device.answered(vec![(id, Outcome::Accepted)]);
    assert_eq!((device.stage(id), device.note("a").as_deref()), (Stage::Accepted, Some("one two")));
    device.hears(frame(5, 6, vec![change("a", 2, 6, "one two")], vec![(id, Settled::Done)]));
    assert_eq!((device.stage(id), device.note("a").as_deref()), (Stage::Done, Some("one two")));
}

#[test]
fn pain_02_a_newer_row_from_elsewhere_does_not_wipe_a_pending_act() {
    let mut device = Device::new().linked();
    device.hears(frame(0, 5, vec![change("a", 1, 5, "one ")], vec![]));
    device.append("a", "mine");
    device.hears(frame(5, 6, vec![change("a", 2, 6, "theirs ")], vec![]));
    assert_eq!(device.note("a").as_deref(), Some("theirs mine"));
}

#[test]
fn an_act_that_the_rules_now_doubt_stays_visible_and_is_sent_all_the_same() {
    let mut device = Device::new();
    device.lock("a");
    let doubted = device.append("a", "x");
    let overlay = device.client.overlay(&world::note_key("a")).expect("pending");
    assert_eq!(overlay.pending[1].forecast, Err(Refusal::IsLocked));
    let device = device.restarted().linked();
    assert!(device.last_batch().contains(&doubted));
}

#[test]
fn a_full_outbox_takes_no_new_act_and_keeps_what_waits() {
    let mut device = Device::new();
    let waiting: Vec<_> = (0..WAITING_MAX).map(|n| device.append(&format!("note {n}"), "x")).collect();
    let one_more = Command::Append { note: "late".into(), text: "x".into() };
    let begun = |replaces| {
        let id = CommandId(Uuid::from_u128(u128::MAX));
        device.client.act(id, device.by().as_ref(), Act::Do(one_more.clone()), None, replaces, 0).map(drop)
    };
    assert_eq!(begun(None), Err(ActError::Full(WAITING_MAX)));
    assert_eq!(begun(Some(waiting[0])), Ok(()), "what replaces another act takes no room");
    assert_eq!(device.client.status(0).waiting, WAITING_MAX);
    let device = device.restarted();
    assert_eq!(device.client.status(0).waiting, WAITING_MAX, "after a restart too");
}

#[test]
fn an_act_larger_than_one_may_be_is_not_kept() {
    let device = Device::new();
    let append = |bytes: usize| {
        let command = Command::Append { note: "a".into(), text: "x".repeat(bytes) };
        let draft = device
            .client
            .act(CommandId(Uuid::nil()), device.by().as_ref(), Act::Do(command), None, None, 0)
            .expect("begun");
        outbox::append(&device.kept(), 0, Some(&"ada".into()), draft)
    };
    let around = append(1).expect("small").record.bytes.len() - 1;
    assert!(append(COMMAND_BYTES_MAX - around).is_ok(), "as large as one may be");
    let too_large = append(COMMAND_BYTES_MAX - around + 1).map(drop);
    assert_eq!(too_large, Err(AppendError::TooLarge(COMMAND_BYTES_MAX + 1)));
}

#[test]
fn what_cannot_be_is_refused_at_the_tap_and_nothing_is_kept() {
    let device = Device::new();
    let empty = Command::Append { note: "a".into(), text: String::new() };
    assert_eq!(device.client.forecast(&empty, 0), Forecast::Impossible(Refusal::Empty));
    let refused = device.client.act(CommandId(uuid::Uuid::nil()), device.by().as_ref(), Act::Do(empty), None, None, 0);
    assert_eq!(refused.map(|_| ()), Err(ActError::Refused(Refusal::Empty)));
}

/// Acts are appended one after the other, and meanwhile somebody may have signed in.
#[test]
fn pain_19_what_one_person_tapped_is_never_begun_as_another_s() {
    let mut device = Device::new();
    let ada = device.by();
    device.told(|client, now| client.identity(Some(actor("ben")), now));
    let command = Command::Append { note: "a".into(), text: "ada's".into() };
    let begin = |by: Option<&sync::AccountId>| {
        let begun = device.client.act(CommandId(uuid::Uuid::nil()), by, Act::Do(command.clone()), None, None, 0);
        begun.map(drop)
    };
    assert_eq!(begin(ada.as_ref()), Err(ActError::SomebodyElse));
    assert_eq!(begin(None), Err(ActError::SomebodyElse));
    assert_eq!(begin(device.by().as_ref()), Ok(()));
}

#[test]
fn pain_06_lanes_keep_their_order_and_do_not_wait_for_each_other() {
    let mut device = Device::new();
    let a1 = device.append("a", "1");
    let a2 = device.append("a", "2");
    let b1 = device.append("b", "1");
    let envelope = |device: &Device, id| device.client.outbox().get(id).and_then(|entry| entry.envelope.clone());
    assert_eq!(envelope(&device, a2).expect("readable").after, [a1]);
    assert!(envelope(&device, b1).expect("readable").after.is_empty());
    let mut device = device.linked();
    assert_eq!(device.last_batch(), [a1, a2, b1]);
    device.fails(problem(400, "malformed"));
    // The batch is halved until the act at fault stands alone.
    assert_eq!(device.last_batch(), [a1]);
    device.fails(problem(400, "malformed"));
    assert_eq!(device.stage(a1), Stage::NeedsYou);
    assert_eq!(device.last_batch(), [b1], "a2 rests on a1 and waits; b goes on");
    device.told(|client, now| client.try_again(a1, now));
    device.answered(vec![(b1, Outcome::Accepted)]);
    assert_eq!(device.last_batch(), [a1, a2]);
}

#[test]
fn pain_05_nothing_but_a_typed_refusal_ends_an_act() {
    for error in [
        SendError::Lost { retry_after_ms: None },
        problem(500, "internal"),
        problem(503, "busy"),
        problem(404, "not-found"),
        problem(403, "forbidden"),
        problem(429, "too-many"),
    ] {
        let mut device = Device::new().linked();
        let id = device.append("a", "x");
        for _ in 0..50 {
            device.fails(error.clone());
            device.passes(i64::try_from(VISIBLE_MS_MAX).expect("small"));
            assert_eq!(device.stage(id), Stage::Sent, "{error:?}");
            assert_eq!(device.last_batch(), [id], "{error:?}");
        }
        assert!(device.posted.len() >= 50, "it is tried for ever: {error:?}");
    }
}

#[test]
fn pain_17_a_session_that_is_over_pauses_and_costs_nothing() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    device.fails(problem(401, "signed-out"));
    assert_eq!(device.client.status(device.now).paused, Some(Pause::SignedOut));
    device.passes(8 * 60 * 60 * 1000);
    assert_eq!(device.posted.len(), 1, "nothing is sent while nobody is signed in");
    device.told(|client, now| client.identity(Some(actor("ada")), now));
    device.links(frame(0, 0, vec![], vec![]));
    assert_eq!((device.posted.len(), device.last_batch()), (2, vec![id]));
}

#[test]
fn pain_19_another_person_s_session_neither_sends_nor_shows_what_the_first_did() {
    let mut device = Device::new();
    let id = device.append("a", "secret");
    device.told(|client, now| client.identity(Some(actor("ben")), now));
    let mut device = device.linked();
    assert!(device.posted.is_empty());
    assert_eq!(device.note("a"), None);
    assert_eq!(device.client.status(device.now).waiting, 0);
    device.told(|client, now| client.identity(Some(actor("ada")), now));
    device.links(frame(0, 0, vec![], vec![]));
    assert_eq!(device.last_batch(), [id]);
    assert_eq!(device.note("a").as_deref(), Some("secret"));
}

#[test]
fn behind_and_not_yet_are_asked_again_with_a_pause() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    device.answered(vec![(id, Outcome::Behind)]);
    assert!(matches!(device.client.sender(), Sender::Waiting { tries: 1, .. }));
    device.passes(4_000);
    device.answered(vec![(id, Outcome::NotYet)]);
    device.passes(4_000);
    assert_eq!((device.posted.len(), device.stage(id)), (3, Stage::Sent));
}

#[test]
fn an_unknown_command_parks_its_lane_only() {
    let mut device = Device::new().linked();
    let a1 = device.append("a", "1");
    device.answered(vec![(a1, Outcome::UnknownCommand)]);
    assert_eq!(device.client.outbox().get(a1).expect("kept").record.parked, Some(Parked::UnknownCommand));
    let a2 = device.append("a", "2");
    let b1 = device.append("b", "1");
    assert_eq!(device.last_batch(), [b1]);
    assert_eq!(device.stage(a2), Stage::Saved);
}

#[test]
fn a_lost_answer_is_asked_again_and_an_old_answer_is_not_believed() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    // No answer for longer than anyone waits: it is taken for lost, and asked again.
    device.passes(5_000);
    device.passes(4_000);
    assert_eq!(device.posted.len(), 2);
    device.answered(vec![(id, Outcome::Accepted)]);
    assert_eq!(device.stage(id), Stage::Accepted);
    // Another answer, late: nothing is in flight, nothing moves.
    device.answered(vec![(id, Outcome::Refused(Reason::NotAllowed))]);
    assert_eq!(device.stage(id), Stage::Accepted);
}

#[test]
fn a_late_answer_to_an_earlier_request_is_not_taken_for_this_one_s() {
    let mut device = Device::new().linked();
    let first = device.append("a", "x");
    let first_turn = device.turn;
    device.passes(5_000);
    device.passes(4_000);
    assert_eq!(device.last_batch(), [first]);
    device.told(|client, now| client.answered(first_turn, Err(problem(400, "malformed")), now));
    assert_eq!(device.stage(first), Stage::Sent, "not parked by a word that was not about this request");
}

#[test]
fn an_act_does_not_come_after_another_person_s() {
    let mut device = Device::new();
    device.append("a", "sealed");
    device.told(|client, now| client.identity(Some(actor("ben")), now));
    let id = device.append("a", "mine");
    let entry = device.client.outbox().get(id).expect("kept");
    assert!(entry.envelope.as_ref().is_some_and(|envelope| envelope.after.is_empty()));
}

#[test]
fn an_act_stays_saved_while_nothing_can_carry_it() {
    let mut device = Device::new().leads();
    let id = device.append("a", "x");
    for _ in 0..20 {
        device.told(|client, now| client.link_closed(now));
        device.told(|client, now| client.probed(false, now));
        device.passes(4_000);
    }
    assert_eq!((device.stage(id), device.posted.len()), (Stage::Saved, 0));
    assert!(device.probes > 5, "it was looked for all the time: {} probes", device.probes);
}

#[test]
fn where_no_socket_passes_a_request_carries_it() {
    let mut device = Device::new().leads();
    let id = device.append("a", "x");
    while device.probes == 0 {
        device.told(|client, now| client.link_closed(now));
        device.passes(4_000);
    }
    device.told(|client, now| client.probed(true, now));
    assert_eq!((device.stage(id), device.last_batch()), (Stage::Sent, vec![id]));
    device.answered(vec![(id, Outcome::Accepted)]);
    assert_eq!(device.stage(id), Stage::Accepted);
}

#[test]
fn a_tab_that_follows_sends_nothing() {
    let mut device = Device::new();
    device.append("a", "x");
    device.passes(60_000);
    assert!(device.posted.is_empty() && device.opened == 0);
}

/// Two tabs append in one moment: the number and the predecessor are read in the transaction that writes.
#[test]
fn pain_11_acts_of_two_tabs_have_one_order() {
    let mut first = Device::new();
    let mut second = Device::new();
    let a = first.append("a", "from the first tab");
    second.disk = first.disk.clone();
    second.ids_from(100);
    let b = second.append("a", "from the second tab");
    let numbers: Vec<_> = second.disk.iter().map(|record| (record.seq, record.id)).collect();
    assert_eq!(numbers, [(1, a), (2, b)]);
    let envelope = second.client.outbox().get(b).and_then(|entry| entry.envelope.clone()).expect("readable");
    assert_eq!(envelope.after, [a], "although this tab's memory does not hold the other's act yet");
}

#[test]
fn pain_20_every_act_has_a_stage_that_a_person_can_see() {
    let mut device = Device::new();
    let id = device.append("a", "x");
    let seen = |device: &Device| (device.stage(id), device.client.status(device.now).waiting);
    assert_eq!(seen(&device), (Stage::Saved, 1));
    let mut device = device.restarted().linked();
    assert_eq!(seen(&device), (Stage::Sent, 1), "after a restart too");
    device.answered(vec![(id, Outcome::Accepted)]);
    assert_eq!(seen(&device), (Stage::Accepted, 0));
    device.hears(frame(0, 1, vec![change("a", 1, 1, "x")], vec![(id, Settled::Done)]));
    assert_eq!(seen(&device), (Stage::Done, 0));
    let other = device.append("a", "y");
    device.answered(vec![(other, Outcome::Refused(Reason::NotAllowed))]);
    assert_eq!(seen(&device).0, Stage::Done);
    let refused = device.client.outbox().get(other).expect("kept").record.clone();
    assert_eq!((refused.stage, refused.reason), (Stage::Refused, Some(Reason::NotAllowed)), "and why");
}

#[test]
fn an_act_that_is_appended_twice_does_not_wait_for_itself() {
    let mut device = Device::new();
    let before = device.append("list", "milk");
    let id = CommandId(Uuid::from_u128(99));
    let act = Act::Do(Command::Append { note: "list".into(), text: "eggs".into() });
    let draft = device.client.act(id, device.by().as_ref(), act, None, None, device.now).expect("an act");
    let first = outbox::append(&device.kept(), 1, Some(&"ada".into()), draft.clone()).expect("it is appended");
    // It was written, and the connection was lost before anybody heard so.
    device.disk.push(first.record);
    let again = outbox::append(&device.kept(), 2, Some(&"ada".into()), draft).expect("it is appended");
    let envelope = sync::envelope::read::<Notes>(&again.record.bytes).expect("an envelope");
    assert_eq!((envelope.id, envelope.after), (id, vec![before]));
}
