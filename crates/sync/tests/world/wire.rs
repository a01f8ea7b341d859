//! What the server says, and what a disk keeps of it, in short.

use sync::cache::{Mark, StoredRow};
use sync::protocol::{Ack, Body, Change, Cursor, Frame, Settled};
use sync::{CommandId, Epoch, Position, Version};
use uuid::Uuid;

use super::notes::{Note, Notes, note_key};

pub fn epoch(n: u128) -> Epoch {
    Epoch(Uuid::from_u128(n))
}

pub fn change(note: &str, version: u64, position: u64, text: &str) -> Change {
    change_to(note, version, position, Note { text: text.into(), locked: false })
}

pub fn change_to(note: &str, version: u64, position: u64, row: Note) -> Change {
    let body = serde_json::value::to_raw_value(&Body::<Notes>::Row(row)).expect("plain");
    Change {
        key: note_key(note),
        version: Version(version),
        position: Position(position),
        scopes: vec!["notes".into()],
        body: Some(body),
    }
}

/// The server took the row away.
pub fn removal(note: &str, position: u64) -> Change {
    Change { body: None, scopes: vec![], ..change(note, 9, position, "") }
}

/// A row as it is kept on the disk.
pub fn stored_row(note: &str, version: u64, position: u64, text: &str) -> StoredRow {
    let Change { key, version, position, scopes, body } = change(note, version, position, text);
    StoredRow { key, version, position, scopes, body: body.expect("a row").get().to_owned() }
}

/// How a cache of the first history is marked that was read up to `head` for `account`.
pub fn mark(account: &str, head: u64) -> Mark {
    let cursor = Some(frame(0, head, vec![], vec![]).cursor);
    Mark { account: Some(account.into()), cursor, scopes: vec!["notes".into()], as_of: None }
}

/// The frame in the history of a server that was restored from a backup.
pub fn restored(mut frame: Frame<Notes>) -> Frame<Notes> {
    frame.cursor.epoch = epoch(2);
    frame
}

/// A frame of the first history.
pub fn frame(base: u64, head: u64, changes: Vec<Change>, acks: Vec<(CommandId, Settled<Notes>)>) -> Frame<Notes> {
    Frame {
        base: Position(base),
        cursor: Cursor { epoch: epoch(1), position: Position(head), fact: Some(Uuid::from_u128(head.into())) },
        reset: false,
        too_long_ago: false,
        part: 0,
        anew: None,
        more: false,
        scopes: None,
        changes,
        acks: acks.into_iter().map(|(id, settled)| Ack { id, settled }).collect(),
        digests: vec![],
        now: 1_000_000,
    }
}

/// The frame as the first one of a talk.
pub fn first(frame: Frame<Notes>) -> Frame<Notes> {
    Frame { scopes: frame.scopes.or(Some(vec!["notes".into()])), ..frame }
}

/// The first frame of a catch-up from nothing.
pub fn fresh(head: u64, changes: Vec<Change>) -> Frame<Notes> {
    Frame { reset: true, scopes: Some(vec!["notes".into()]), ..frame(0, head, changes, vec![]) }
}
