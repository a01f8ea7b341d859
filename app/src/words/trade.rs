//! The life of an order, a ticket and a menu.

use domain::catalog::Diet;
use domain::catalog::restaurant::Openness;
use domain::delivery::{Errand, Standing};
use domain::kitchen::{Progress, Ticket};
use domain::ordering::{Cancelled, Change, Destination, Order, Status};
use domain::payment::{Method, Paid};

use super::{count, duration, sentence};
use crate::parts::{Hearing, money};

/// Where an order stands, as its customer thinks of it.
pub fn order_status(status: Status) -> &'static str {
    match status {
        Status::Submitted => "Waiting for the kitchen\u{2019}s yes",
        Status::Received => "The kitchen said yes",
        Status::Preparing => "Being cooked",
        Status::Prepared => "Ready",
        Status::PickedUp => "On its way to you",
        Status::HandedOver => "Handed over",
        Status::Delivered => "Delivered",
        Status::Cancelled => "Cancelled",
        Status::Rejected => "The kitchen said no",
    }
}

/// A step of the way, named on the track.
pub fn step(status: Status, order: &Order) -> &'static str {
    match (status, &order.destination) {
        (Status::Submitted, _) => "Ordered",
        (Status::Received, _) => "Accepted",
        (Status::Preparing, _) => "Cooking",
        (Status::Prepared, Destination::Collect) => "Ready to collect",
        (Status::Prepared, Destination::Deliver(_)) => "Ready to leave",
        (Status::PickedUp, _) => "On its way to you",
        (Status::Delivered, _) => "Delivered",
        (Status::HandedOver, Destination::Collect) => "Collected",
        (Status::HandedOver, Destination::Deliver(_)) => "On its way to you",
        (Status::Cancelled, _) => "Cancelled",
        (Status::Rejected, _) => "Refused",
    }
}

/// Who brings it, for whoever waits.
pub fn driver(order: &Order) -> &'static str {
    if order.has_driver { "A driver is found and fetches it." } else { "A driver is being found." }
}

/// Who fetches it, for the cook.
pub fn fetched_by(found: bool) -> &'static str {
    if found { "A driver fetches it" } else { "No driver yet" }
}

/// Why an order ended early, and what it costs. `name` names its dishes.
pub fn cancelled(why: &Cancelled, is_paid: bool, name: impl Fn(&domain::ItemId) -> String) -> String {
    match why {
        Cancelled::ByCustomer => "You took it back in time. Nothing is charged.".to_owned(),
        Cancelled::ByRestaurant(reason) if reason.is_empty() => {
            "The restaurant could not take it. Nothing is charged.".to_owned()
        }
        Cancelled::ByRestaurant(reason) => {
            format!("The restaurant could not take it: {} Nothing is charged.", sentence(reason.as_str()))
        }
        Cancelled::SoldOut(items) => {
            let names: Vec<_> = items.iter().map(name).collect();
            format!(
                "The last of it went to somebody else in the same moment: {}. Nothing is charged.",
                names.join(", ")
            )
        }
        Cancelled::NotPaid(reason) => {
            format!("The money could not be had: {} Nothing is charged.", sentence(reason))
        }
        Cancelled::NoAnswer => "The restaurant did not answer in time. Nothing is charged.".to_owned(),
        Cancelled::NoDriver => "Nobody could be found to bring it. Nothing is charged.".to_owned(),
        Cancelled::NotDelivered(reason) if reason.is_empty() => {
            "It could not be brought to you. Nothing is charged.".to_owned()
        }
        Cancelled::NotDelivered(reason) => {
            format!("It could not be brought to you: {} Nothing is charged.", sentence(reason.as_str()))
        }
        Cancelled::NobodyThere(reason) => {
            let said = if reason.is_empty() { String::new() } else { format!(" {}", sentence(reason.as_str())) };
            let paid = if is_paid { " It was cooked and brought, so it is paid for." } else { "" };
            format!("Your driver was at the door, and nobody took it.{said}{paid}")
        }
    }
}

/// When money moves, before an order is placed.
pub fn pays_then(pays: &Method) -> &'static str {
    match pays {
        Method::AtHandOver => "You pay the restaurant when you get your meal. Nothing is charged before.",
        Method::Card(_) => {
            "The sum is reserved on your card before the kitchen has the order, and charged when you get your meal."
        }
    }
}

/// What has become of an order's money, where a card pays and there is something to say.
pub fn paid(order: &Order) -> Option<String> {
    let card = order.pays.card()?;
    let sum = money::text(order.total);
    let label = card.label.as_str();
    Some(match order.paid {
        Paid::NotYet if order.status.is_final() => return None,
        Paid::NotYet => format!("To be paid by {label}. Your bank was not asked yet."),
        Paid::Asking => format!("Your bank is asked to reserve {sum} on {label}."),
        Paid::ProviderBusy => {
            format!("The payment provider is busy. It is asked again to reserve {sum} on {label}; nothing is lost.")
        }
        Paid::Reserved => format!("{sum} are reserved on {label}. They are charged when you get your meal."),
        Paid::Declined => format!("Nothing is charged to {label}."),
        Paid::LetGo => format!("Nothing is charged to {label}, and nothing is reserved any more."),
        Paid::Charged => match order.refunded {
            None => format!("{sum} were charged to {label}."),
            Some(back) if back == order.total => {
                format!("{sum} were charged to {label}, and all of it was given back.")
            }
            Some(back) => format!("{sum} were charged to {label}, and {} of it were given back.", money::text(back)),
        },
    })
}

/// How a ticket is paid, for whoever hands it over.
pub fn collects(ticket: &Ticket) -> String {
    let sum = money::text(ticket.total);
    let tip = ticket.tip.map(|tip| format!(", with a tip of {} for you", money::text(tip))).unwrap_or_default();
    if ticket.by_card { format!("{sum}, paid by card{tip}") } else { format!("{sum}, to be paid at the hand-over") }
}

/// What a kitchen gave back of a ticket's money, and what became of it; nothing, where it gave back nothing.
pub fn given_back(ticket: &Ticket) -> Option<String> {
    let wanted = ticket.total_given_back()?;
    let Some(refund) = &ticket.refund else { return Some(format!("{} are being given back.", money::text(wanted))) };
    if refund.is_moot {
        return Some("Nothing was charged, so there is nothing to give back.".to_owned());
    }
    let made = (refund.made.minor > 0).then(|| format!("{} were given back.", money::text(refund.made)));
    let waived = refund.waived.map(|waived| {
        let (sum, why) = (money::text(waived), sentence(&refund.why));
        format!("{sum} could not be given back to the card: {why} Give them back otherwise.")
    });
    Some(made.into_iter().chain(waived).collect::<Vec<_>>().join(" "))
}

/// How the alarm stands: for how many orders it rings or would, and what keeps it from being heard.
pub fn alarm(waiting: usize, is_ringing: bool, is_off: bool, hearing: Hearing) -> String {
    let wait = match waiting {
        0 => String::new(),
        some => format!("{} for your yes or no. ", count(some, "order waits", "orders wait")),
    };
    let heard = match (is_off, hearing) {
        (true, _) => "The alarm of this device is off.",
        (false, Hearing::Deaf) => "This browser cannot ring: watch the board.",
        (false, Hearing::AwaitsTap) => "The browser lets nothing ring before this page was tapped once.",
        (false, Hearing::Heard) if waiting > 0 && !is_ringing => "Hushed on this device.",
        (false, Hearing::Heard) => "",
    };
    format!("{wait}{heard}").trim_end().to_owned()
}

/// Why a customer asked to cancel, for the cook.
pub fn cancel_reason(reason: &str) -> String {
    format!("Asked to cancel: {}", sentence(reason))
}

/// Why a ticket was taken back, for the cook, where that was neither the cook nor the customer.
pub fn withdrawn(why: &Cancelled) -> Option<&'static str> {
    match why {
        Cancelled::NoAnswer => Some("Nobody said yes in time, so the customer was let go."),
        Cancelled::NoDriver => Some("No driver could be found."),
        Cancelled::NotDelivered(_) => Some("The driver could not bring it."),
        Cancelled::NobodyThere(_) => Some("The driver was at the door, and nobody took it."),
        Cancelled::NotPaid(_) => Some("The money could not be had."),
        Cancelled::ByCustomer | Cancelled::ByRestaurant(_) | Cancelled::SoldOut(_) => None,
    }
}

/// Where a ticket stands, as the cook thinks of it.
pub fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::Waiting => "New",
        Progress::Accepted => "Accepted",
        Progress::Cooking => "Cooking",
        Progress::Ready => "Ready",
        Progress::HandedOver => "Handed over",
        Progress::Cancelled => "Cancelled",
        Progress::Refused => "Refused",
    }
}

/// Where a meal on its way stands, as its driver thinks of it.
pub fn errand(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "Nobody has it",
        Standing::Assigned => "To be fetched",
        Standing::PickedUp => "In your bag",
        Standing::Delivered => "Delivered",
        Standing::Failed => "Not delivered",
        Standing::CalledOff => "Called off",
    }
}

/// How far a kitchen is, for a driver who has to decide.
pub fn distance(metres: Option<u32>) -> String {
    match metres {
        None => "Distance unknown".to_owned(),
        Some(near @ 0..=949) => format!("{} m away", (near + 25) / 50 * 50),
        Some(far) => format!("{:.1} km away", f64::from(far) / 1000.0),
    }
}

/// What a driver takes at the door.
pub fn collects_at_door(errand: &Errand) -> String {
    let sum = money::text(errand.total);
    let tip = errand.tip.map(|tip| format!(". A tip of {} is yours", money::text(tip))).unwrap_or_default();
    if errand.by_card { format!("Paid by card: take nothing{tip}") } else { format!("Take {sum}") }
}

/// How a meal leaves the kitchen.
pub fn destination(destination: &Destination) -> String {
    match destination {
        Destination::Collect => "Collect".to_owned(),
        Destination::Deliver(address) => format!("Deliver to {}", address.as_str()),
    }
}

/// What is so now of a line that was shown otherwise.
pub fn change(change: &Change) -> String {
    match change {
        Change::Price(unit) => format!("now {}", money::text(*unit)),
        Change::SoldOut => "sold out".to_owned(),
        Change::Left(left) => format!("only {left} left"),
        Change::Gone => "no longer on the menu".to_owned(),
        Change::ChoicesGone => "no longer offered with these choices".to_owned(),
    }
}

/// Whom a dish suits.
pub fn diet(diet: Diet) -> &'static str {
    match diet {
        Diet::Vegan => "vegan",
        Diet::Vegetarian => "vegetarian",
        Diet::GlutenFree => "gluten-free",
        Diet::Halal => "halal",
        Diet::Kosher => "kosher",
        Diet::LowLactose => "low lactose",
    }
}

/// Whether a restaurant takes orders.
pub fn openness(openness: Openness) -> String {
    match openness {
        Openness::Open { closes_in_min: 0..=60 } => "Open, closing soon".to_owned(),
        Openness::Open { .. } => "Open".to_owned(),
        Openness::ClosedByHours { opens_in_min: Some(minutes) } => format!("Opens in {}", duration(minutes)),
        Openness::ClosedByHours { opens_in_min: None } => "Closed".to_owned(),
        Openness::ClosedForNow => "Not taking orders just now".to_owned(),
        Openness::NotKnown => "Opening hours unknown".to_owned(),
    }
}
