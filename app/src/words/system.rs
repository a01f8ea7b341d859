//! How the system goes, for operators.

use sync::Millis;

use super::duration;
use crate::parts::time;
use crate::texts::system;

/// A part of the system, by the name that the server has for it.
pub fn part(name: &str) -> String {
    let known = match name {
        "trigger" => system::part_trigger(),
        "live" => system::part_live(),
        "clock" => system::part_clock(),
        "resubmit" => system::part_resubmit(),
        "payment-egress" => system::part_payment_egress(),
        "payment-look" => system::part_payment_look(),
        "partner-egress" => system::part_partner_egress(),
        "push-egress" => system::part_push_egress(),
        "erasure" => system::part_erasure(),
        "delivery-proofs" => system::part_delivery_proofs(),
        "replay" => system::part_replay(),
        "dashboard" => system::part_dashboard(),
        "drift" => system::part_drift(),
        "reporting" => system::part_reporting(),
        "archive" => system::part_archive(),
        "search" => system::part_search(),
        "payments" => system::part_payments(),
        "partners" => system::part_partners(),
        "push" => system::part_push(),
        service => return system::part_service(service),
    };
    known.to_owned()
}

/// What kind of fault was told of, by the name that the server has for it.
pub fn fault_kind(kind: &str) -> String {
    let known = match kind {
        "unreadable-row" => system::kind_unreadable_row(),
        "unreadable-act" => system::kind_unreadable_act(),
        "unreadable-word" => system::kind_unreadable_word(),
        "digest-differs" => system::kind_digest_differs(),
        "stalled" => system::kind_stalled(),
        "act-failed" => system::kind_act_failed(),
        "fact-parked" => system::kind_fact_parked(),
        "replay-failed" => system::kind_replay_failed(),
        "drifted" => system::kind_drifted(),
        "task-failed" => system::kind_task_failed(),
        "money-stuck" => system::kind_money_stuck(),
        "clock-failed" => system::kind_clock_failed(),
        "partner-not-told" => system::kind_partner_not_told(),
        "push-refused" => system::kind_push_refused(),
        newer => return newer.replace('-', " "),
    };
    known.to_owned()
}

/// How one of the server's own tasks is, in a few words.
pub fn task(how: &str, behind: usize, oldest: Option<Millis>, parked: usize, now: Millis) -> String {
    match (how, oldest) {
        ("well", _) => system::task_well().to_owned(),
        ("behind", None) => system::task_behind(behind as u64),
        ("behind", Some(oldest)) => system::task_behind_for(&age(oldest, now), behind as u64),
        ("waits", _) => system::task_waits(parked as u64),
        _ => system::task_failed().to_owned(),
    }
}

/// How a system outside is, in a few words.
pub fn outside(how: &str, waiting: usize, oldest: Option<Millis>, now: Millis) -> String {
    let calls = waiting as u64;
    match (how, oldest) {
        ("absent", _) => system::outside_absent().to_owned(),
        ("well", _) if waiting == 0 => system::outside_answers().to_owned(),
        ("resting", None) => system::silent_calls_wait(calls),
        ("resting", Some(oldest)) => system::silent_calls_wait_for(&age(oldest, now), calls),
        (_, None) => system::calls_wait(calls),
        (_, Some(oldest)) => system::calls_wait_for(&age(oldest, now), calls),
    }
}

/// How long ago `then` was.
pub fn age(then: Millis, now: Millis) -> String {
    match time::minutes(then, now) {
        0 => system::under_a_minute().to_owned(),
        minutes => duration(minutes),
    }
}

/// How many parts are not well, in a sentence.
pub fn verdict(unwell: usize) -> String {
    system::verdict(unwell as u64)
}

/// What the last comparison of orders with what every service holds of them came to.
pub fn compared(at: Option<Millis>, orders: usize, differed: usize) -> String {
    let Some(at) = at.map(time::moment) else { return system::not_compared().to_owned() };
    match differed {
        0 => system::compared_alike(&at, orders as u64),
        some => system::compared_mended(&at, some as u64, orders as u64),
    }
}

/// How long a commit took, in a few words.
pub fn commit(microseconds: u64) -> String {
    match microseconds {
        0..1_000 => system::commit_fast().to_owned(),
        more => system::commit_takes(more / 1_000),
    }
}

/// The app's release that a device runs.
pub fn release(release: &str) -> String {
    if release.is_empty() { system::release_unnamed().to_owned() } else { release.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_outside_says_what_waits_and_for_how_long() {
        assert_eq!(outside("well", 0, None, 0), "answers");
        assert_eq!(outside("resting", 1, Some(0), 120_000), "does not answer; 1 call waits, the first for 2 min");
        assert_eq!(outside("behind", 3, Some(0), 1), "3 calls wait, the first for less than a minute");
    }

    #[test]
    fn all_is_well_or_so_many_parts_are_not() {
        let said = [0, 1, 2].map(verdict);
        assert_eq!(said, ["All parts are well.", "1 part is not well.", "2 parts are not well."]);
    }

    #[test]
    fn a_kind_of_fault_that_a_newer_server_tells_of_is_named_as_it_names_it() {
        assert_eq!(["fact-parked", "comet-struck"].map(fault_kind), ["fact parked", "comet struck"]);
    }
}
