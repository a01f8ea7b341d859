//! What troubles an order, what was done about it, and what happened to it.

use domain::delivery::Zone;
use domain::ops::{Case, Concern, Done, Measure, Trouble};
use sync::Millis;

use super::{count, duration, sentence};
use crate::parts::{money, time};

/// What troubles it, as a sentence.
pub fn concern(trouble: &Trouble, case: &Case) -> String {
    let by = trouble.by.as_ref().map(|by| format!("{by}: ")).unwrap_or_default();
    let words = trouble.words.as_str();
    let said = || if words.is_empty() { String::new() } else { format!(" ({by}{words})") };
    match trouble.concern {
        Concern::KitchenSilent => format!("{} has said neither yes nor no.", case.restaurant_name),
        Concern::NobodyFound => "No driver has taken it.".to_owned(),
        Concern::NotDelivered => format!("It was not delivered{}. Nothing is charged.", said()),
        Concern::NobodyThere => format!("Nobody took it at the door{}. A card is charged all the same.", said()),
        Concern::Contradicted => format!("Somebody reports what cannot be, as far as we know{}.", said()),
        Concern::NotGivenBack if case.given_back.is_none() => {
            format!(
                "Money could not be given back to the card{}. The restaurant gave it, and was told to give it otherwise.",
                said()
            )
        }
        Concern::NotGivenBack => {
            format!("Money could not be given back to the card{}. Give it back otherwise.", said())
        }
        Concern::NotCharged => format!("It was eaten, and the card did not pay{}. It is tried again.", said()),
    }
}

/// What happens when nobody does anything, and when.
pub fn due(trouble: &Trouble, now: Millis) -> String {
    let left = duration(time::minutes(now, trouble.due));
    let is_past = trouble.due <= now;
    match trouble.concern {
        Concern::KitchenSilent if is_past => "The order ends any moment.".to_owned(),
        Concern::KitchenSilent => format!("The order ends by itself in {left}."),
        Concern::NobodyFound if is_past => "It is looked for once more, or the order ends.".to_owned(),
        Concern::NobodyFound => format!("Drivers are asked for {left} more."),
        _ if is_past => format!("Nobody has looked for {}.", duration(time::minutes(trouble.since, now))),
        _ => format!("Somebody should look within {left}."),
    }
}

/// What an operator did.
pub fn done(done: &Done) -> String {
    let by = &done.by;
    match &done.what {
        Measure::TimeGiven { until } => format!("{by} gave the kitchen until {}", time::moment(*until)),
        Measure::GivenUp(_) => format!("{by} gave it up"),
        Measure::Chosen { driver } => format!("{by} chose {driver}"),
        Measure::GivenBack { amount, note, .. } => {
            format!("{by} gave back {}: {}", money::text(*amount), sentence(note.as_str()))
        }
        Measure::Settled { note, .. } if note.is_empty() => format!("{by} saw to it"),
        Measure::Settled { note, .. } => format!("{by} saw to it: {}", sentence(note.as_str())),
    }
}

/// Who is on duty in a zone, in a sentence.
pub fn on_duty(board: &Zone) -> String {
    let seats = board.drivers.iter().filter(|seat| seat.on_duty);
    let names: Vec<_> = seats
        .map(|seat| match seat.carries.len() {
            0 => seat.driver.to_string(),
            meals => format!("{} ({})", seat.driver, count(meals, "meal", "meals")),
        })
        .collect();
    let who = if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
    match board.sought.len() {
        0 => format!("On duty: {who}."),
        meals => format!("On duty: {who}. {} for somebody.", count(meals, "meal waits", "meals wait")),
    }
}

/// How trying faults again ended.
pub fn tried_again(well: usize, failed: usize, gone: usize) -> String {
    let part = |number: usize, one, many| (number > 0).then(|| count(number, one, many));
    let parts = [
        part(well, "is done", "are done"),
        part(failed, "failed again", "failed again"),
        part(gone, "waited no longer", "waited no longer"),
    ];
    sentence(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// A fact of an order's story, by its kind: what happened, to somebody who knows the trade and not its wire; nothing for what
/// a service notes for itself.
pub fn fact(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "order-submitted" => "The customer ordered",
        "stock-hold-requested" => "Its portions are asked for",
        "stock-held" => "Its portions are set aside",
        "stock-short" => "Portions are missing",
        "stock-released" => "Its portions are given back",
        "stock-used-up" => "Its portions are used up",
        "payment-authorization-requested" => "Its money is asked for",
        "payment-authorized" => "Its money is reserved",
        "payment-declined" => "The card said no",
        "payment-voided" => "Its money is let go",
        "payment-captured" => "Its money is charged",
        "payment-capture-failed" => "The card did not pay",
        "payment-refund-asked" => "Money is to be given back",
        "payment-refunded" => "Money was given back",
        "payment-refund-failed" => "Money could not be given back",
        "restaurant-refund-requested" => "The restaurant gives money back",
        "desk-refund-requested" => "The desk gives money back",
        "order-confirmed" => "The kitchen may have it",
        "ticket-opened" => "It is on the kitchen\u{2019}s board",
        "order-received" => "The kitchen said yes",
        "order-rejected" => "The kitchen said no",
        "order-preparing" => "It is being cooked",
        "order-prepared" => "It is ready",
        "order-handed-over" => "The kitchen handed it over",
        "order-submission-expired" => "The kitchen was silent for too long",
        "driver-assignment-requested" => "A driver is looked for",
        "driver-assignment-aborted" => "No driver was found in time",
        "offer-made" => "A driver is asked",
        "offer-claimed" => "The driver said yes",
        "offer-declined" => "The driver said no",
        "offer-expired" => "The driver said nothing",
        "driver-assigned" => "A driver has it",
        "driver-dropped-out" => "The driver gave it back",
        "driver-released" => "The driver is let go",
        "order-picked-up" => "The driver picked it up",
        "delivery-completed" => "The driver delivered it",
        "delivery-failed" => "The driver could not bring it",
        "order-cancellation-requested" => "The customer asks to cancel",
        "order-cancellation-granted" => "The kitchen lets it go",
        "order-cancellation-refused" => "The kitchen had begun to cook",
        "order-cancelled" => "The order ended early",
        "order-fulfilled" => "All is done and paid",
        "order-cancellation-settled" => "It is paid for, and over",
        "task-raised" => "It came before the desk",
        "task-passed" => "That trouble is over",
        "task-settled" => "The desk saw to it",
        "kitchen-time-given" => "The desk gave the kitchen time",
        "order-given-up" => "The desk gave it up",
        "driver-chosen" => "The desk chose a driver",
        _ => return None,
    })
}
