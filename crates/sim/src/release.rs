//! Releases that meet: what an older one wrote, and what a newer one will.
//!
//! There is one compiled client, the one of this release. What the others write differs from it in known ways, so their
//! tabs run it with the difference put in at the disk and taken out again. The bytes of an act are those that its release
//! would have written, from the append on.

use domain::trade::Trade;
use serde_json::Value;
use sync::Model;
use sync::outbox::{RECORD_FORMAT, Record, Stored, Strange};

/// Which release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Release {
    /// Writes acts of format 1.
    First,
    /// This one.
    Ours,
    /// Writes acts and records of formats that this one does not know.
    Next,
}

/// The record as `release` writes it.
pub fn written(record: Record<Trade>, release: Release) -> Record<Trade> {
    match release {
        Release::First => Record { bytes: as_format_1(&record.bytes), ..record },
        Release::Ours => record,
        Release::Next => {
            let bytes = renumber(&record.bytes, Trade::FORMAT, next());
            Record { format: RECORD_FORMAT + 1, bytes, ..record }
        }
    }
}

/// What a tab of `release` reads of a record on the disk.
pub fn seen(record: &Record<Trade>, release: Release) -> Stored<Trade> {
    let record = record.clone();
    match release {
        _ if record.format <= RECORD_FORMAT => Stored::Record(record),
        Release::Next => {
            let bytes = renumber(&record.bytes, next(), Trade::FORMAT);
            Stored::Record(Record { format: RECORD_FORMAT, bytes, ..record })
        }
        Release::First | Release::Ours => {
            let Record { id, seq, account, lane, .. } = record;
            Stored::Strange(Strange { id, seq, account, lane })
        }
    }
}

/// What a tab that saw a record so sends of it: the bytes on the disk.
pub fn sent(bytes: &str, on_disk: &Record<Trade>) -> String {
    if on_disk.format > RECORD_FORMAT { renumber(bytes, Trade::FORMAT, next()) } else { bytes.to_owned() }
}

/// What a server of `release` makes of an act's bytes before this release's code reads them.
pub fn understood(bytes: &str, release: Release) -> String {
    if release == Release::Next { renumber(bytes, next(), Trade::FORMAT) } else { bytes.to_owned() }
}

fn next() -> u16 {
    Trade::FORMAT + 1
}

fn head(format: u16) -> String {
    format!("{{\"format\":{format},")
}

/// The bytes with another number for their format. An envelope begins with it.
fn renumber(bytes: &str, from: u16, to: u16) -> String {
    match bytes.strip_prefix(&head(from)) {
        Some(rest) => head(to) + rest,
        None => bytes.to_owned(),
    }
}

/// The act in the words of format 1, which knew no reason for a cancel and wrote some commands as a bare word.
fn as_format_1(bytes: &str) -> String {
    let mut envelope: Value = serde_json::from_str(bytes).expect("an envelope is JSON");
    envelope["format"] = 1.into();
    for path in ["/order/cancel", "/ticket/start-cooking", "/ticket/mark-ready", "/ticket/hand-over"] {
        if let Some(command) = envelope.pointer_mut(&format!("/act/do{path}")) {
            *command = command["order"].take();
        }
    }
    if let Some(command) = envelope.pointer_mut("/act/do/restaurant/command")
        && let Some(word) = command.as_object().and_then(|command| command.keys().next().cloned())
    {
        *command = word.into();
    }
    let mut text = serde_json::to_string(&envelope).expect("an envelope is plain data");
    // The map has no order of its own, and every release writes the format first.
    text = text.replacen("\"format\":1,", "", 1).replacen(",\"format\":1", "", 1);
    head(1) + &text[1..]
}
