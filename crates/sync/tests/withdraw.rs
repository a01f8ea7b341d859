//! A change of mind before the act has left: it is taken back, or another one takes its place.

mod world;

use sync::CommandId;
use sync::client::{ActError, StoreEnd};
use sync::outbox::{self, RECORD_FORMAT, Stage, StayError, Stored};
use uuid::Uuid;
use world::{Command, Device, Notes, note_key};

fn write(text: &str) -> Command {
    Command::Append { note: "a".into(), text: text.into() }
}

#[test]
fn an_act_that_never_left_is_taken_back_without_a_trace() {
    let mut device = Device::new();
    let id = device.append("a", "x");
    assert_eq!(device.withdraw(id), Ok(vec![id]));
    assert_eq!((device.note("a"), device.client.status(0).waiting, device.disk.len()), (None, 0, 0));
    assert!(device.linked().posted.is_empty());
}

#[test]
fn what_rests_on_it_goes_with_it_and_the_rest_stays() {
    let mut device = Device::new();
    let first = device.append("a", "1");
    let second = device.append("a", "2");
    let other = device.append("b", "1");
    assert_eq!(device.client.withdrawal(first), Ok(vec![first, second]));
    assert_eq!(device.client.withdrawal(second), Ok(vec![second]));
    device.withdraw(first).expect("nothing has left");
    assert_eq!(device.linked().last_batch(), [other]);
}

#[test]
fn an_act_that_has_left_stays() {
    let mut device = Device::new().linked();
    let id = device.append("a", "x");
    assert_eq!(device.withdraw(id), Err(StayError::Left));
    assert_eq!(device.edit(id, write("y")), Err(ActError::Stays(StayError::Left)));
    // Also when the server has never heard of it: nobody here can know.
    device.fails(sync::client::SendError::Lost { retry_after_ms: None });
    assert_eq!(device.withdraw(id), Err(StayError::Left));
    assert_eq!(device.stage(id), Stage::Sent);
}

#[test]
fn an_edit_takes_the_place_of_the_act_under_a_new_name() {
    let mut device = Device::new();
    let before = device.append("a", "first");
    let after = device.edit(before, write("second")).expect("it has not left");
    assert_ne!(before, after);
    assert_eq!(device.note("a").as_deref(), Some("second"), "the old one is not shown beside it");
    assert_eq!((device.disk.len(), device.client.status(0).waiting), (1, 1));
    let device = device.restarted().linked();
    assert_eq!(device.last_batch(), [after]);
    let envelope = device.client.outbox().get(after).and_then(|entry| entry.envelope.clone()).expect("readable");
    assert!(envelope.after.is_empty(), "it does not wait for an act that is gone");
}

#[test]
fn an_act_that_others_rest_on_is_not_replaced_under_them() {
    let mut device = Device::new();
    let first = device.append("a", "1");
    let second = device.append("a", "2");
    assert_eq!(device.edit(first, write("one")), Err(ActError::Stays(StayError::RestedOn(1))));
    device.withdraw(second).expect("it has not left");
    assert!(device.edit(first, write("one")).is_ok());
}

#[test]
fn an_edit_that_cannot_be_leaves_the_act_as_it_was() {
    let mut device = Device::new();
    let id = device.append("a", "x");
    assert!(matches!(device.edit(id, write("")), Err(ActError::Refused(_))));
    assert_eq!((device.note("a").as_deref(), device.stage(id)), (Some("x"), Stage::Saved));
}

/// Another tab took it back in the moment in which this one was about to send it: the disk decides, and nothing leaves.
#[test]
fn an_act_that_was_taken_back_while_it_was_being_marked_does_not_leave_and_does_not_come_back() {
    let mut device = Device::new().linked();
    device.quick_disk = false;
    let id = device.append("a", "x");
    assert_eq!(device.stores.len(), 1, "it is being marked");
    device.disk.clear(); // the other tab's transaction came first
    device.disk_writes();
    assert!(device.posted.is_empty() && device.disk.is_empty());
    assert!(device.client.outbox().get(id).is_none());
}

#[test]
fn a_leading_tab_hears_that_another_one_took_an_act_back() {
    let mut device = Device::new().leads();
    let id = device.append("a", "x");
    device.disk.clear();
    let kept = device.kept();
    device.told(|client, now| client.outbox_reloaded(kept, now));
    assert!(device.client.outbox().get(id).is_none());
    assert_eq!(device.note("a"), None);
}

#[test]
fn a_leader_that_was_fenced_off_sends_nothing_more() {
    let mut device = Device::new().linked();
    device.quick_disk = false;
    device.append("a", "x");
    device.told(|client, now| client.stored(&StoreEnd::Fenced, now));
    device.passes(60_000);
    assert!(!device.client.leads() && device.posted.is_empty());
}

#[test]
fn the_edit_of_a_choice_is_still_that_choice() {
    let mut device = Device::new();
    let item = sync::CommandId(uuid::Uuid::from_u128(900));
    let id = device.settles(write("x"), item);
    let edited = device.edit(id, write("y")).expect("it has not left");
    let made = device.client.choice_made(item).map(|(envelope, _)| envelope.id);
    assert_eq!(made, Some(edited));
}

/// What it says is not known here, only that it is later in the same lane: it may rest on the one before it.
#[test]
fn an_act_that_only_an_update_can_read_holds_the_one_before_it() {
    let mut device = Device::new();
    let id = device.append("a", "x");
    let other = device.append("b", "x");
    let newer = |note: &str, seq: u64| {
        let mut record = serde_json::to_value(&device.disk[0]).expect("plain");
        record["format"] = (RECORD_FORMAT + 1).into();
        record["id"] = CommandId(Uuid::from_u128(900)).to_string().into();
        record["lane"] = note_key(note).as_str().into();
        record["seq"] = seq.into();
        Stored::<Notes>::read(&record.to_string()).expect("it says who and where")
    };
    let kept: Vec<_> = device.kept().into_iter().chain([newer("a", 3)]).collect();
    assert_eq!(outbox::withdraw(&kept, id), Err(StayError::RestedOn(1)));
    assert_eq!(outbox::withdraw(&kept, other), Ok(vec![other]), "the other lane is free");
    let updated = Device::with_kept(device.disk.clone(), kept, None);
    assert_eq!(updated.client.withdrawal(id), Err(StayError::RestedOn(1)), "and the page does not offer it");
    let earlier: Vec<_> = device.kept().into_iter().chain([newer("a", 0)]).collect();
    assert_eq!(outbox::withdraw(&earlier, id), Ok(vec![id]), "what came before it does not rest on it");
}
