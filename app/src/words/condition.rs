//! How this device stands: the status line in two or three words, and the whole sentence behind it.

use ::sync::client::{Pause, Reach, Status};
use ::sync::loss::Loss;
use ::sync::protocol::{Fault, FaultKind};
use replica::{Keeping, Storage};

use super::{paused, store_failure};
use crate::condition::Condition;
use crate::language::format;
use crate::parts::time;
use crate::texts::condition;

/// A condition on the status line.
pub fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::NotKept => condition::not_kept(),
        Condition::StorageFails => condition::storage_fails(),
        Condition::Lost => condition::lost(),
        Condition::UpdateNeeded => condition::update_needed(),
        Condition::OtherAccount => condition::other_account(),
        Condition::SessionOver => condition::session_over(),
        Condition::Offline => condition::offline(),
        Condition::Unreachable => condition::unreachable(),
        Condition::Stalled => condition::stalled(),
        Condition::NeedsYou => condition::needs_you(),
        Condition::Unreadable => condition::unreadable(),
        Condition::NearlyFull => condition::nearly_full(),
        Condition::RowsNotKept => condition::rows_not_kept(),
        Condition::Connecting => condition::connecting(),
        Condition::Sending => condition::sending(),
        Condition::Syncing => condition::syncing(),
        Condition::SignedOut => condition::signed_out(),
        Condition::UpToDate => condition::up_to_date(),
    }
}

/// A condition, with what it means for the person.
pub fn condition_sentence(condition: Condition, status: &Status, storage: &Storage) -> String {
    let trouble = storage.trouble.as_ref().map(store_failure);
    let said = match condition {
        Condition::NotKept => {
            return condition::not_kept_says(trouble.as_deref().unwrap_or(condition::keeps_nothing()));
        }
        Condition::StorageFails => return trouble.unwrap_or_else(|| condition::saving_fails().to_owned()),
        Condition::Lost => return storage.loss.as_ref().map(|loss| words_of(loss).join(" ")).unwrap_or_default(),
        Condition::UpdateNeeded => paused(Pause::UpdateNeeded),
        Condition::OtherAccount => paused(Pause::OtherAccount),
        Condition::SessionOver => paused(Pause::SignedOut),
        Condition::Offline if storage.kept == Keeping::Memory => condition::offline_unkept_says(),
        Condition::Offline => condition::offline_says(),
        Condition::Unreachable if storage.kept == Keeping::Memory => condition::unreachable_unkept_says(),
        Condition::Unreachable => condition::unreachable_says(),
        Condition::Stalled => condition::stalled_says(),
        Condition::NeedsYou => return condition::needs_you_says(status.needs_you as u64),
        Condition::Unreadable => return waits_for_update(status.unreadable),
        Condition::NearlyFull => condition::nearly_full_says(),
        Condition::RowsNotKept => condition::rows_not_kept_says(),
        Condition::Connecting => condition::connecting_says(),
        Condition::Sending => return condition::sending_says(status.waiting.saturating_sub(status.needs_you) as u64),
        Condition::Syncing => condition::syncing_says(),
        Condition::SignedOut => condition::signed_out_says(),
        Condition::UpToDate => condition::up_to_date_says(),
    };
    said.to_owned()
}

/// What is known of a loss, a sentence each.
pub fn words_of(loss: &Loss) -> Vec<String> {
    super::loss(loss, time::moment)
}

/// Acts that only an update can read.
pub fn waits_for_update(number: usize) -> String {
    condition::unreadable_says(number as u64)
}

/// What waits and how old the rows are.
pub fn status_detail(status: &Status, kept: Keeping) -> String {
    let is_away = matches!(status.reach, Reach::Offline | Reach::Unreachable) || status.paused.is_some();
    let leaving = match status.waiting.saturating_sub(status.needs_you) as u64 {
        0 => None,
        some if is_away && kept == Keeping::Memory => Some(condition::not_sent(some)),
        some if is_away => Some(condition::saved_not_sent(some)),
        some => Some(condition::to_send(some)),
    };
    let needs_you = (status.needs_you > 0).then(|| condition::need_you(status.needs_you as u64));
    let as_of = status.as_of.map(|at| condition::as_of(&time::moment(at)));
    let age = as_of.unwrap_or_else(|| condition::not_all_loaded().to_owned());
    leaving.into_iter().chain(needs_you).chain([age]).collect::<Vec<_>>().join(" \u{b7} ")
}

/// How well things are kept on this device.
pub fn keeping(storage: &Storage) -> &'static str {
    match (storage.kept, storage.granted) {
        (Keeping::Durable, _) => condition::kept_durably(),
        (Keeping::BestEffort, Some(false)) => condition::kept_while_room_home_screen(),
        (Keeping::BestEffort, _) => condition::kept_while_room(),
        (Keeping::Memory, _) => condition::kept_in_window(),
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
        _ if storage.kept == Keeping::Memory => condition::keeping_moot(),
        Some(true) => condition::keeping_granted(),
        Some(false) => condition::keeping_denied(),
        None => condition::keeping_not_asked(),
    }
}

/// What could not be made sense of.
pub fn fault(fault: &Fault) -> &'static str {
    match fault.kind {
        FaultKind::UnreadableRow => condition::fault_row(),
        FaultKind::UnreadableAct => condition::fault_act(),
        FaultKind::UnreadableWord => condition::fault_word(),
        FaultKind::DigestDiffers => condition::fault_digest(),
        FaultKind::Stalled => condition::fault_stalled(),
    }
}

/// Bytes as a person counts them: `4.2 MB`.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [fn(&str) -> String; 3] = [condition::kilobytes, condition::megabytes, condition::gigabytes];
    if bytes < 1000 {
        return condition::bytes(bytes);
    }
    let mut amount = bytes as f64 / 1000.0;
    let mut unit = 0;
    while amount >= 1000.0 && unit + 1 < UNITS.len() {
        amount /= 1000.0;
        unit += 1;
    }
    UNITS[unit](&if amount >= 100.0 { format!("{amount:.0}") } else { format::tenths(amount) })
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

    #[test]
    fn what_waits_where_nothing_is_kept_is_not_called_saved() {
        let (granted, used, quota, trouble, cache_trouble, loss) = Default::default();
        let mut storage =
            Storage { kept: Keeping::Memory, granted, used, quota, trouble, cache_trouble, loss, unreadable: 0 };
        let (reach, paused, as_of) = (Reach::Offline, None, None);
        let status = Status { reach, waiting: 2, needs_you: 1, inbox: 0, as_of, paused, stalled: false, unreadable: 0 };
        assert_eq!(status_detail(&status, Keeping::Memory), "1 not sent \u{b7} 1 needs you \u{b7} not all loaded yet");
        let said = condition_sentence(Condition::NotKept, &status, &storage);
        assert!(said.starts_with("This window keeps nothing. You can order while"), "{said}");
        let unkept = condition_sentence(Condition::Offline, &status, &storage);
        storage.kept = Keeping::BestEffort;
        let kept = condition_sentence(Condition::Offline, &status, &storage);
        assert!(!unkept.contains("saved") && kept.contains("What you do is saved here"), "{unkept} {kept}");
    }
}
