//! How the system goes, for operators.

use sync::Millis;

use super::{count, duration};
use crate::parts::time;

/// A part of the system, by the name that the server has for it.
pub fn part(name: &str) -> String {
    let known = match name {
        "trigger" => "Publishing of facts",
        "live" => "News to screens",
        "clock" => "Timers",
        "resubmit" => "Trying faults again",
        "payment-egress" => "Calls to the bank",
        "payment-look" => "Looking for money",
        "partner-egress" => "Calls to partners",
        "erasure" => "Erasing",
        "delivery-proofs" => "Letting old photos go",
        "replay" => "Replays",
        "dashboard" => "Counting for this page",
        "drift" => "Comparing orders",
        "reporting" => "Figures by day",
        "archive" => "Keeping what is over",
        "search" => "Finding orders again",
        "payments" => "The bank",
        "partners" => "Restaurants\u{2019} own systems",
        service => return format!("Service {service}"),
    };
    known.to_owned()
}

/// How one of the server's own tasks is, in a few words.
pub fn task(how: &str, behind: usize, oldest: Option<Millis>, parked: usize, now: Millis) -> String {
    match how {
        "well" => "does what it is for".to_owned(),
        "behind" => format!("{} behind{}", count(behind, "fact", "facts"), since(oldest, now)),
        "waits" => format!("{} to be tried again", count(parked, "fact waits", "facts wait")),
        _ => "failed, and begins again by itself".to_owned(),
    }
}

/// How a system outside is, in a few words.
pub fn outside(how: &str, waiting: usize, oldest: Option<Millis>, now: Millis) -> String {
    let calls = || format!("{}{}", count(waiting, "call waits", "calls wait"), since(oldest, now));
    match how {
        "absent" => "not in use".to_owned(),
        "well" if waiting == 0 => "answers".to_owned(),
        "resting" => format!("does not answer; {}", calls()),
        _ => calls(),
    }
}

fn since(oldest: Option<Millis>, now: Millis) -> String {
    oldest.map(|oldest| format!(", the first for {}", age(oldest, now))).unwrap_or_default()
}

/// How long ago `then` was.
pub fn age(then: Millis, now: Millis) -> String {
    match time::minutes(then, now) {
        0 => "less than a minute".to_owned(),
        minutes => duration(minutes),
    }
}

/// How many parts are not well, in a sentence.
pub fn verdict(unwell: usize) -> String {
    if unwell == 0 {
        return "All parts are well.".to_owned();
    }
    format!("{} not well.", count(unwell, "part is", "parts are"))
}

/// What the last comparison of orders with what every service holds of them came to.
pub fn compared(at: Option<Millis>, orders: usize, differed: usize) -> String {
    let Some(at) = at else { return "What services hold of orders was not compared yet.".to_owned() };
    let found = match differed {
        0 => "nothing differed".to_owned(),
        some => format!("{} and mended", count(some, "differed", "differed")),
    };
    format!(
        "{} compared with what every service holds at {}: {found}.",
        count(orders, "order was", "orders were"),
        time::moment(at)
    )
}

/// How long a commit took, in a few words.
pub fn commit(microseconds: u64) -> String {
    match microseconds {
        0..1_000 => "less than 1 ms".to_owned(),
        more => format!("{} ms", more / 1_000),
    }
}

/// The app's release that a device runs.
pub fn release(release: &str) -> String {
    if release.is_empty() { "a release that does not say which".to_owned() } else { release.to_owned() }
}
