//! One person after another on the same device.

mod world;

use sync::client::SendError;
use sync::outbox::{self, AppendError, Stage, Stored, Strange};
use sync::protocol::{Bye, ERASED, Outcome, ServerMessage};
use sync::{CommandId, Key, envelope};
use uuid::Uuid;
use world::{Command, Device, Notes, actor, change, fresh};

#[test]
fn what_a_person_does_as_they_sign_in_is_theirs_and_waits_for_nothing_of_who_was_here() {
    let mut device = Device::new().linked();
    let before = device.append("a", "1");
    let append = Command::Append { note: "a".into(), text: "2".into() };
    let draft = device.client.act_as(&actor("ben"), CommandId(Uuid::from_u128(99)), append, device.now);
    let append = outbox::append(&device.kept(), 1, Some(&"ben".into()), draft).expect("small");
    device.disk.push(append.record.clone());
    device.told(|client, now| client.identity(Some(actor("ben")), now));
    device.told(|client, now| client.saved(append.record.clone(), append.delete, now));

    let envelope = envelope::read::<Notes>(&append.record.bytes).expect("an act");
    assert_eq!((envelope.account.as_str(), &envelope.after, envelope.saw), ("ben", &vec![], None));
    assert_eq!(device.client.outbox().waiting(&"ben".into()), 1);
    let mut worker = device.restarted();
    worker.told(|client, now| client.identity(Some(actor("ben")), now));
    worker.told(|client, now| client.drain(now));
    worker.told(|client, now| client.probed(true, now));
    assert_eq!(worker.last_batch(), [append.record.id], "what is another's stays: {before}");
    worker.answered(vec![(append.record.id, Outcome::Accepted)]);
    assert_eq!(worker.client.outbox().waiting(&"ada".into()), 1, "and waits");
}

#[test]
fn a_tab_that_has_not_heard_that_somebody_else_acts_keeps_nothing_in_the_name_of_who_went() {
    let device = Device::new().linked();
    let append = Command::Append { note: "a".into(), text: "1".into() };
    let draft = device.client.act_as(&actor("ada"), CommandId(Uuid::from_u128(99)), append, device.now);
    for acting in [Some("ben".into()), None] {
        let kept = outbox::append(&device.kept(), 1, acting.as_ref(), draft.clone());
        assert_eq!(kept, Err(AppendError::OtherPerson), "{acting:?} acts");
    }
    assert!(outbox::append(&device.kept(), 1, Some(&"ada".into()), draft).is_ok());
}

#[test]
fn nothing_of_a_guest_s_is_left_behind_once_it_left_or_waits_for_a_decision() {
    let mut device = Device::new().linked();
    let guest = "ada".into();
    let has_left = |device: &Device| outbox::has_left(device.kept(), &guest);
    assert!(has_left(&device), "nothing was done");
    let first = device.append("a", "1");
    assert!(!has_left(&device), "it is saved");
    device.told(|client, now| client.probed(true, now));
    assert!(!has_left(&device), "it is sent, and nobody knows whether it arrived");
    device.fails(SendError::Problem { status: 400, slug: String::new(), retry_after_ms: None });
    assert_eq!(device.stage(first), Stage::NeedsYou);
    assert!(has_left(&device), "it waits for a decision");
    device.append("a", "2");
    assert!(has_left(&device), "what is behind it in its lane waits with it");
    let unknown = device.append("b", "3");
    assert!(!has_left(&device));
    device.answered(vec![(unknown, Outcome::UnknownCommand)]);
    assert!(!has_left(&device), "it leaves when the server is newer");
    let strange =
        Strange { id: CommandId(Uuid::from_u128(98)), seq: 9, account: "ada".into(), lane: Key::new("note", "z") };
    assert!(!outbox::has_left::<Notes>([Stored::Strange(strange)], &guest), "a newer release may send it");
}

#[test]
fn who_was_erased_is_forgotten_with_all_their_acts_by_the_tab_that_hears_of_it_and_by_every_other() {
    let mut device = Device::new().leads();
    device.links(fresh(5, vec![change("a", 1, 5, "x")]));
    let (sent, saved) = (device.append("a", "1"), device.append("b", "1"));
    device.answered(vec![(sent, Outcome::Accepted)]);
    let bye = Bye { code: ERASED.into(), reason: String::new(), retry_after_ms: 0 };
    device.told(|client, now| client.heard(ServerMessage::Bye(bye), now));
    assert_eq!(device.forgets, ["ada".into()]);
    assert_eq!(device.stage(saved), Stage::Sent, "nothing is forgotten before the disk has forgotten it");
    device.told(|client, now| client.forgot(&["ada".into(), "guest".into()], now));
    assert!(device.client.actor().is_none());
    assert_eq!(device.client.outbox().entries().count(), 0, "also what had left");
    assert!(device.client.cache().get(&Key::new("note", "a")).is_none(), "nor are their rows shown");
}

#[test]
fn a_device_names_whoever_else_s_acts_lie_on_it_and_hears_of_them() {
    let mut device = Device::new().linked();
    device.append("a", "1");
    device.told(|client, now| client.identity(Some(actor("ben")), now));
    device.links(fresh(5, vec![]));
    assert_eq!(device.hellos.last().expect("said").others, ["ada".into()]);
    device.told(|client, now| client.heard(ServerMessage::Erased("ada".into()), now));
    assert_eq!(device.forgets, ["ada".into()]);
    device.told(|client, now| client.forgot(&["ada".into()], now));
    assert_eq!(device.client.actor(), Some(&actor("ben")), "ben stays");
    assert_eq!(device.client.outbox().entries().count(), 0);
}
