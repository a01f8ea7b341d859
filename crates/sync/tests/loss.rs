//! After an eviction: what is said is what can be proved.

mod world;

use sync::loss::{Loss, Remembered, Trace, Word};
use sync::outbox::Outbox;
use sync::{CommandId, DeviceId};
use uuid::Uuid;
use world::{Device, Notes};

fn named(n: u128) -> DeviceId {
    DeviceId(Uuid::from_u128(n))
}

fn trace(n: u128, waiting: usize) -> Trace {
    Trace { device: named(n), waiting, since: 500 }
}

fn remembered(n: u128, missing: usize) -> Remembered {
    let missing = (0..missing).map(|id| CommandId(Uuid::from_u128(id as u128))).collect();
    Remembered { device: named(n), seq: 9, heard_at: Some(400), waiting: 3, missing }
}

#[test]
fn a_trace_counts_what_waits_and_since_when() {
    let mut ada = Device::new();
    let outbox = |device: &Device| Trace::of(named(1), device.client.outbox(), 7_000);
    assert_eq!(outbox(&ada), Trace { device: named(1), waiting: 0, since: 7_000 });
    ada.now = 1_000;
    ada.append("list", "milk");
    ada.now = 2_000;
    ada.append("list", "eggs");
    assert_eq!(outbox(&ada), Trace { device: named(1), waiting: 2, since: 1_000 });
    assert_eq!(Trace::of::<Notes>(named(1), &Outbox::default(), 9).waiting, 0);
}

#[test]
fn a_trace_is_read_as_it_was_written_and_nothing_else_is() {
    let written = trace(7, 2).to_text();
    assert_eq!(Trace::from_text(&written), Some(trace(7, 2)));
    for wrong in ["", "x", "..", &format!("{written}.1"), &written[1..]] {
        assert_eq!(Trace::from_text(wrong), None, "{wrong:?}");
    }
}

#[test]
fn an_outbox_under_the_same_name_is_no_loss_and_one_under_another_is() {
    assert_eq!(Loss::noticed(named(1), None, 900), None, "a browser that was never here has lost nothing");
    assert_eq!(Loss::noticed(named(1), Some(trace(1, 2)), 900), None);
    let loss = Loss::noticed(named(2), Some(trace(1, 2)), 900).expect("a loss");
    assert_eq!((loss.word.clone(), loss.never_arrived(), loss.unknown_since()), (Word::Awaited, 0, Some(500)));
    assert_eq!(Loss::noticed(named(2), Some(trace(1, 0)), 900).map(|loss| loss.never_arrived()), Some(0));
}

#[test]
fn the_server_completes_what_the_page_noticed() {
    let noticed = Loss::noticed(named(2), Some(trace(1, 2)), 900);
    let told = Loss::told(noticed.clone(), named(2), Some(remembered(1, 2)), 950).expect("a loss");
    assert_eq!((told.noticed_at, told.trace), (900, Some(trace(1, 2))));
    assert_eq!((told.never_arrived(), told.unknown_since()), (2, Some(400)));
    let silent = Loss::told(noticed, named(2), None, 950).expect("a loss");
    assert_eq!((silent.word.clone(), silent.unknown_since()), (Word::Nothing, Some(500)));
    // Asked again when the cookie has its new name, it does not forget what it said.
    assert_eq!(Loss::told(Some(told.clone()), named(2), Some(remembered(2, 0)), 990), Some(told));
}

#[test]
fn the_server_alone_can_give_a_loss_away() {
    assert_eq!(Loss::told(None, named(1), Some(remembered(1, 2)), 900), None, "it knows this very device");
    assert_eq!(Loss::told(None, named(1), None, 900), None);
    let told = Loss::told(None, named(2), Some(remembered(1, 1)), 900).expect("a loss");
    assert_eq!((told.noticed_at, told.trace, told.never_arrived()), (900, None, 1));
}
