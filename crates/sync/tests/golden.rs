//! What the first release kept on a device is read by this one. The files of `golden/record-1` are records as it stored
//! them: they do not say their format.

#![allow(clippy::disallowed_methods, reason = "a test may read its files")]

mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};
use sync::outbox::{Outbox, Parked, Stage, Stored};
use sync::{Act, CommandId, Reason};
use uuid::Uuid;
use world::{Command, Notes, Refusal};

fn files() -> BTreeMap<String, String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/record-1");
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(&path).expect("text"))
    };
    folder.read_dir().expect("a folder").map(read).collect()
}

fn kept() -> BTreeMap<String, Stored<Notes>> {
    files().into_iter().map(|(name, text)| (name, Stored::read(&text).expect("a record"))).collect()
}

fn id(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(number))
}

/// A file, its stage, whether it left, why it was refused, why it needs its person.
type Meant = (&'static str, Stage, bool, Option<Reason<Notes>>, Option<Parked>);

#[test]
fn every_record_of_the_first_release_means_what_it_meant() {
    let kept = kept();
    let meant: [Meant; 10] = [
        ("accepted", Stage::Accepted, true, None, None),
        ("asked", Stage::Asked, true, None, None),
        ("dismissed", Stage::Saved, false, None, None),
        ("done", Stage::Done, true, None, None),
        ("fallen", Stage::Refused, true, Some(Reason::Predecessor(id(6))), None),
        ("needs-you", Stage::NeedsYou, true, None, Some(Parked::Malformed)),
        ("refused", Stage::Refused, true, Some(Reason::Trade(Refusal::IsLocked)), None),
        ("saved", Stage::Saved, false, None, None),
        ("sent", Stage::Sent, true, None, None),
        ("stale", Stage::Refused, true, Some(Reason::Stale { age_ms: 9, valid_for_ms: 8 }), None),
    ];
    assert_eq!(kept.len(), meant.len());
    for (name, stage, left, reason, parked) in meant {
        let record = kept[name].record().unwrap_or_else(|| panic!("{name} is a record"));
        assert_eq!(record.format, 1, "{name}");
        assert_eq!(
            (record.stage, record.left, &record.reason, record.parked),
            (stage, left, &reason, parked),
            "{name}"
        );
        assert_eq!(record.changed_at, 1_795_258_800_000 + i64::try_from(record.seq).expect("small"), "{name}");
    }
}

#[test]
fn every_act_in_them_can_be_read() {
    let outbox = Outbox::load(kept().into_values());
    assert_eq!(outbox.unreadable().count(), 0);
    for entry in outbox.entries() {
        let envelope = entry.envelope.as_ref().expect("an act");
        assert_eq!(
            (envelope.id, envelope.seq, &envelope.lane),
            (entry.record.id, entry.record.seq, &entry.record.lane)
        );
        match &envelope.act {
            Act::Do(Command::Append { text, .. }) => assert_eq!(text, "x \u{201c}y\u{201d} \u{1f33f}"),
            Act::Do(Command::Lock { .. }) => assert_eq!(entry.record.stage, Stage::Asked),
            Act::Dismiss => assert_eq!(envelope.resolves, Some(id(6))),
        }
    }
    let after = outbox.get(id(2)).and_then(|entry| entry.envelope.as_ref()).map(|envelope| envelope.after.clone());
    assert_eq!(after, Some(vec![id(1)]));
}

#[test]
fn a_record_is_written_again_with_its_format_and_the_very_same_bytes() {
    for (name, text) in files() {
        let before: Value = serde_json::from_str(&text).expect("JSON");
        let stored = Stored::<Notes>::read(&text).expect("a record");
        let mut after = serde_json::to_value(stored.record().expect("a record")).expect("plain data");
        assert_eq!(after["bytes"], before["bytes"], "{name}");
        assert_eq!(after.as_object_mut().expect("a map").remove("format"), Some(json!(1)), "{name}");
        assert_eq!(after, before, "{name}");
    }
}
