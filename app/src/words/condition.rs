//! How this device stands: the status line in two or three words, and the whole sentence behind it.

use ::sync::client::{Pause, Reach, Status};
use ::sync::loss::Loss;
use ::sync::protocol::{Fault, FaultKind};
use replica::{Keeping, Storage};

use super::{count, paused, sentence, store_failure};
use crate::condition::Condition;
use crate::parts::time;

/// A condition on the status line.
pub fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::NotKept => "Nothing is kept here",
        Condition::StorageFails => "Saving fails here",
        Condition::Lost => "Something may be lost",
        Condition::UpdateNeeded => "Please update",
        Condition::OtherAccount => "Somebody else is signed in",
        Condition::SessionOver => "Signed out",
        Condition::Offline => "No network",
        Condition::Unreachable => "Server unreachable",
        Condition::Stalled => "Stuck; trying anew",
        Condition::NeedsYou => "Something needs you",
        Condition::Unreadable => "Waiting for an update",
        Condition::NearlyFull => "Almost no room left",
        Condition::RowsNotKept => "Menus are not kept here",
        Condition::Connecting => "Connecting\u{2026}",
        Condition::Sending => "Sending\u{2026}",
        Condition::Syncing => "Catching up\u{2026}",
        Condition::SignedOut => "Online, signed out",
        Condition::UpToDate => "Up to date",
    }
}

/// A condition, with what it means for the person.
pub fn condition_sentence(condition: Condition, status: &Status, storage: &Storage) -> String {
    match condition {
        Condition::NotKept => format!(
            "{} You can order while the server can be reached. What has not been sent when you close this window is gone.",
            storage.trouble.as_ref().map_or_else(|| sentence("this window keeps nothing"), store_failure)
        ),
        Condition::StorageFails => {
            storage.trouble.as_ref().map_or_else(|| sentence("storing on this device fails"), store_failure)
        }
        Condition::Lost => storage.loss.as_ref().map(|loss| words_of(loss).join(" ")).unwrap_or_default(),
        Condition::UpdateNeeded => paused(Pause::UpdateNeeded).to_owned(),
        Condition::OtherAccount => paused(Pause::OtherAccount).to_owned(),
        Condition::SessionOver => paused(Pause::SignedOut).to_owned(),
        Condition::Offline => format!("This device says that it has no network. {}", leaves_by_itself(storage.kept)),
        Condition::Unreachable => {
            format!("The server does not answer, although there may be a network. {}", leaves_by_itself(storage.kept))
        }
        Condition::Stalled => {
            "What waits does not move although the server is there. It is being tried anew.".to_owned()
        }
        Condition::NeedsYou => {
            let things = count(status.needs_you, "thing needs", "things need");
            format!("{things} you, because the server could not take it. See the outbox.")
        }
        Condition::Unreadable => waits_for_update(status.unreadable),
        Condition::NearlyFull => {
            "This device has almost no room left for Carryout. Free some, so that what you do can still be saved."
                .to_owned()
        }
        Condition::RowsNotKept => {
            "Menus and orders are shown and not kept on this device for now, so that there is room for \
            what you do. Without a network they are gone when you close this page; what you do is still saved."
                .to_owned()
        }
        Condition::Connecting => "The server is being asked whether it is there.".to_owned(),
        Condition::Sending => {
            let leaving = status.waiting.saturating_sub(status.needs_you);
            format!("{} on the way to the server.", count(leaving, "thing is", "things are"))
        }
        Condition::Syncing => "What others did meanwhile is being fetched.".to_owned(),
        Condition::SignedOut => "Nobody is signed in. You can look around and fill a cart.".to_owned(),
        Condition::UpToDate => "All that the server has for you is on this device.".to_owned(),
    }
}

/// What becomes of what is done while the server cannot be reached.
fn leaves_by_itself(kept: Keeping) -> &'static str {
    match kept {
        Keeping::Memory => "What you do waits in this window, and leaves by itself if the window is still open then.",
        Keeping::Durable | Keeping::BestEffort => "What you do is saved here and leaves by itself.",
    }
}

/// What is known of a loss, a sentence each.
pub fn words_of(loss: &Loss) -> Vec<String> {
    super::loss(loss, time::moment)
}

/// Acts that only an update can read.
pub fn waits_for_update(number: usize) -> String {
    let things = count(number, "thing was", "things were");
    let wait = if number == 1 { "waits" } else { "wait" };
    format!("{things} written by a newer release and {wait} here for the update. Nothing is lost.")
}

/// What waits and how old the rows are.
pub fn status_detail(status: &Status, kept: Keeping) -> String {
    let leaving = status.waiting.saturating_sub(status.needs_you);
    let is_away = matches!(status.reach, Reach::Offline | Reach::Unreachable) || status.paused.is_some();
    let leaving = match leaving {
        0 => None,
        some if is_away && kept == Keeping::Memory => Some(format!("{some} not sent")),
        some if is_away => Some(format!("{some} saved, not sent")),
        some => Some(format!("{some} to send")),
    };
    let needs_you = Some(status.needs_you).filter(|some| *some > 0);
    let needs_you = needs_you.map(|some| format!("{some} {} you", if some == 1 { "needs" } else { "need" }));
    let age = status.as_of.map_or_else(|| "not all loaded yet".to_owned(), |at| format!("as of {}", time::moment(at)));
    leaving.into_iter().chain(needs_you).chain([age]).collect::<Vec<_>>().join(" \u{b7} ")
}

/// How well things are kept on this device.
pub fn keeping(storage: &Storage) -> &'static str {
    match (storage.kept, storage.granted) {
        (Keeping::Durable, _) => "Until you delete it yourself.",
        (Keeping::BestEffort, Some(false)) => {
            "As long as the browser has room. Putting Carryout on the home screen often helps."
        }
        (Keeping::BestEffort, _) => "As long as the browser has room.",
        (Keeping::Memory, _) => "Until this window is closed, and no longer.",
    }
}

/// How well things are kept, as the page's tests name it.
pub fn kept_name(kept: Keeping) -> &'static str {
    match kept {
        Keeping::Durable => "durable",
        Keeping::BestEffort => "best-effort",
        Keeping::Memory => "memory",
    }
}

/// Whether the browser was asked to keep things for good, and its answer.
pub fn asked_to_keep(storage: &Storage) -> &'static str {
    match storage.granted {
        _ if storage.kept == Keeping::Memory => "The browser keeps nothing here, so there is nothing to ask for.",
        Some(true) => "The browser agreed to keep it for good.",
        Some(false) => "The browser was asked to keep it for good, and has not agreed.",
        None => "The browser is asked to keep it for good when you do something that matters.",
    }
}

/// What could not be made sense of.
pub fn fault(fault: &Fault) -> &'static str {
    match fault.kind {
        FaultKind::UnreadableRow => "Something that came cannot be read by this release; the rest goes on without it.",
        FaultKind::UnreadableAct => "Something you did cannot be read by this release; it waits for the update.",
        FaultKind::UnreadableWord => "The server said something that this release cannot read.",
        FaultKind::DigestDiffers => "What is here did not add up to what the server has, and was fetched again.",
        FaultKind::Stalled => "What waited did not move, and sending was begun anew.",
    }
}

/// Bytes as a person counts them: `4.2 MB`.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["bytes", "kB", "MB", "GB"];
    let mut amount = bytes as f64;
    let mut unit = 0;
    while amount >= 1000.0 && unit + 1 < UNITS.len() {
        amount /= 1000.0;
        unit += 1;
    }
    if unit == 0 || amount >= 100.0 {
        format!("{amount:.0} {}", UNITS[unit])
    } else {
        format!("{amount:.1} {}", UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_at_a_glance() {
        assert_eq!([bytes(12), bytes(4_200_000), bytes(120_000_000_000)], ["12 bytes", "4.2 MB", "120 GB"]);
        assert_eq!(bytes(5_000_000_000_000), "5000 GB");
    }

    #[test]
    fn one_thing_and_several_are_told_apart() {
        assert!(waits_for_update(1).starts_with("1 thing was written by a newer release and waits"));
        assert!(waits_for_update(2).starts_with("2 things were written by a newer release and wait "));
    }
}
