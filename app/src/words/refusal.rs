//! Why something was not to be.

use ::sync::Reason;
use ::sync::client::ActError;
use domain::account::GuestRefusal;
use domain::catalog::MenuRefusal;
use domain::delivery::{DriverRefusal, ErrandRefusal, OfferRefusal};
use domain::dining::TabRefusal;
use domain::kitchen::{Progress, TicketRefusal};
use domain::ops::{CaseRefusal, Concern};
use domain::ordering::{Change, OrderRefusal, Status};
use domain::{Money, Refusal, Trade};
use replica::ActFailure;

use crate::parts::money;

use super::{count, duration, sentence};

/// Why the trade says no.
pub fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::NoSuchRestaurant => "This restaurant is not here any more.".to_owned(),
        Refusal::Order(why) => order(why),
        Refusal::Ticket(why) => ticket(why),
        Refusal::Menu(why) => menu(why),
        Refusal::Guest(GuestRefusal::ClaimedBefore) => "These orders were moved to another account before.".to_owned(),
        Refusal::Driver(DriverRefusal::NoSuchPlace) => "This phone does not know where it is.".to_owned(),
        Refusal::Driver(DriverRefusal::NoZone) => "This account drives nowhere yet.".to_owned(),
        Refusal::Offer(OfferRefusal::Gone) => {
            "The meal is somebody else\u{2019}s by now, or nobody wants it any more.".to_owned()
        }
        Refusal::Errand(why) => errand(why),
        Refusal::Case(why) => case(why),
        Refusal::Tab(why) => super::dining::tab(why),
    }
}

fn order(why: &OrderRefusal) -> String {
    match why {
        OrderRefusal::EmptyCart => "There is nothing in the cart.".to_owned(),
        OrderRefusal::Malformed(what) => sentence(what),
        OrderRefusal::Changed { lines, .. } => {
            let gone = lines.iter().filter(|line| !matches!(line.after, Change::Price(_))).count();
            let dearer = lines.len() - gone;
            match (gone, dearer) {
                (0, _) => format!("{} another price now.", if dearer == 1 { "A dish has" } else { "Some dishes have" }),
                (_, 0) => format!("{} cannot be had as you wanted.", count(gone, "dish", "dishes")),
                _ => "Prices changed, and not everything can be had.".to_owned(),
            }
        }
        OrderRefusal::Closed { opens_in_min: Some(minutes) } => {
            format!("The restaurant is closed and opens in {}.", duration(*minutes))
        }
        OrderRefusal::Closed { opens_in_min: None } => "The restaurant takes no orders just now.".to_owned(),
        OrderRefusal::NoSuchRestaurant => "This restaurant is not here any more.".to_owned(),
        OrderRefusal::AlreadyPlaced => "This order was placed already. There is one order, not two.".to_owned(),
        OrderRefusal::NoSuchOrder => "There is no such order.".to_owned(),
        OrderRefusal::TooLate(status) => match status {
            Status::Prepared => "It is too late to cancel: the order is ready.".to_owned(),
            Status::PickedUp => "It is too late to cancel: your meal is on its way.".to_owned(),
            Status::Delivered => "It is too late to cancel: your meal was delivered.".to_owned(),
            Status::HandedOver => "It is too late to cancel: the order was handed over.".to_owned(),
            Status::Rejected | Status::Cancelled => "There is nothing to cancel: the order had ended.".to_owned(),
            _ => "It is too late to cancel: the kitchen has begun to cook.".to_owned(),
        },
    }
}

fn ticket(why: &TicketRefusal) -> String {
    match why {
        TicketRefusal::NoSuchTicket => "There is no such ticket.".to_owned(),
        TicketRefusal::Over(Progress::Cancelled) => "The customer took the order back before that.".to_owned(),
        TicketRefusal::Over(Progress::Refused) => "The order had been refused.".to_owned(),
        TicketRefusal::Over(_) => "The order had left the kitchen.".to_owned(),
        TicketRefusal::AlreadyAccepted(_) => "The order had been accepted, perhaps on another screen.".to_owned(),
        TicketRefusal::NotAccepted => "The order must be accepted first.".to_owned(),
        TicketRefusal::NotToGiveBack { most } => not_to_give_back(*most),
        TicketRefusal::Malformed(what) => sentence(what),
    }
}

fn not_to_give_back(most: Option<Money>) -> String {
    match most {
        Some(most) => format!("No more than {} is left to give back.", money::text(most)),
        None => "There is nothing to give back: no card has paid, or all of it was given back.".to_owned(),
    }
}

fn errand(why: &ErrandRefusal) -> String {
    match why {
        ErrandRefusal::NoSuchErrand => "There is no such delivery.".to_owned(),
        ErrandRefusal::PickedUp => "You have the meal already: bring it, or say why you cannot.".to_owned(),
        ErrandRefusal::NotPickedUp => "You do not have the meal yet: give it back instead.".to_owned(),
        ErrandRefusal::Malformed(what) => sentence(what),
    }
}

fn case(why: &CaseRefusal) -> String {
    match why {
        CaseRefusal::NoSuchCase => "There is no such order.".to_owned(),
        CaseRefusal::NotTroubled(Concern::KitchenSilent) => {
            "The kitchen has answered, or the order is over.".to_owned()
        }
        CaseRefusal::NotTroubled(Concern::NobodyFound) => "A driver has it, or the order is over.".to_owned(),
        CaseRefusal::NotTroubled(_) => "It was seen to meanwhile, perhaps by a colleague.".to_owned(),
        CaseRefusal::NotToBeGivenUp => "This order is over already. Settle it once it is seen to.".to_owned(),
        CaseRefusal::NotToBeSettled => "It needs a kitchen or a driver, or an end.".to_owned(),
        CaseRefusal::NotToGiveBack { most } => not_to_give_back(*most),
        CaseRefusal::Malformed(what) => sentence(what),
    }
}

fn menu(why: &MenuRefusal) -> String {
    match why {
        MenuRefusal::NoSuchItem(_) => "This dish is not on the menu any more.".to_owned(),
        MenuRefusal::BadValue(what) => sentence(what),
        MenuRefusal::EditedMeanwhile { .. } => "Somebody else changed the same dish meanwhile.".to_owned(),
    }
}

/// Why an act came back.
pub fn reason(why: &Reason<Trade>) -> String {
    match why {
        Reason::Trade(why) => refusal(why),
        Reason::Predecessor(_) => "Something it rested on was refused, so it was not done either.".to_owned(),
        Reason::Stale { age_ms, .. } => {
            let minutes = i64::try_from(age_ms / 60_000).unwrap_or(i64::MAX);
            format!("It reached the server {} after you tapped, so it was not cooked unasked.", duration(minutes))
        }
        Reason::NotAllowed => "This account may not do that.".to_owned(),
        Reason::AlreadySettled => "That was settled already, perhaps on another device.".to_owned(),
    }
}

/// What happened, as the heading of an inbox item.
pub fn inbox_title(why: &Reason<Trade>) -> &'static str {
    match why {
        Reason::Trade(Refusal::Order(why)) => match why {
            OrderRefusal::Changed { .. } => "The menu changed before your order arrived",
            OrderRefusal::Closed { .. } => "The restaurant was closed when your order arrived",
            OrderRefusal::AlreadyPlaced => "Ordered once, tapped twice",
            OrderRefusal::TooLate(_) | OrderRefusal::NoSuchOrder => "The order could not be cancelled",
            _ => "The order could not be placed",
        },
        Reason::Trade(Refusal::Ticket(_)) => "The ticket had moved on",
        Reason::Trade(Refusal::Menu(MenuRefusal::EditedMeanwhile { .. })) => "Two people changed the same dish",
        Reason::Trade(Refusal::Menu(_)) => "The dish was not changed",
        Reason::Trade(Refusal::Driver(_)) => "You are not on duty",
        Reason::Trade(Refusal::Offer(_)) => "The meal went to somebody else",
        Reason::Trade(Refusal::Errand(_)) => "The delivery had moved on",
        Reason::Trade(Refusal::Case(_)) => "The order had moved on",
        Reason::Trade(Refusal::Tab(TabRefusal::OtherSum(_))) => "The bill had changed",
        Reason::Trade(Refusal::Tab(_)) => "The table had moved on",
        Reason::Trade(Refusal::Guest(_)) => "The guest\u{2019}s orders were not moved",
        Reason::Stale { .. } => "Your order took too long to arrive",
        _ => "This was not done",
    }
}

/// Why an act was not even begun.
pub fn act_failure(failure: &ActFailure<Trade>) -> String {
    match failure {
        ActFailure::Act(ActError::SignedOut) => "Sign in first; what you wrote is kept.".to_owned(),
        ActFailure::Act(ActError::SomebodyElse) => {
            "Somebody signed in here meanwhile, so it was not done. If you still want it, do it again.".to_owned()
        }
        ActFailure::Act(ActError::Full(waiting)) => {
            format!(
                "{waiting} things wait on this device already, which is all that it takes. They are kept; this one was not \
                 done. Reconnect, so that they can leave, and do it again."
            )
        }
        ActFailure::Act(ActError::Refused(why)) => refusal(why),
        ActFailure::Act(ActError::Stays(why)) => format!("It cannot be changed any more: {why}."),
        ActFailure::Store(error) => format!("It could not be saved on this device: {}", sentence(&error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use domain::ordering::{Change, LineChange};
    use domain::{Currency, ItemId, Money};
    use replica::StoreError;

    use super::*;

    fn line(after: Change) -> LineChange {
        let before = Money::new(600, Currency::EUR);
        LineChange { line: 0, item: ItemId::from("tiramisu"), name: "Tiramisu".into(), before, after }
    }

    fn changed(after: Vec<Change>) -> String {
        let lines = after.into_iter().map(line).collect();
        order(&OrderRefusal::Changed { lines, before: Money::new(600, Currency::EUR), after: None })
    }

    #[test]
    fn what_was_not_begun_is_told_with_what_is_kept_and_what_to_do() {
        let full = act_failure(&ActFailure::Act(ActError::Full(512)));
        let too_large = act_failure(&ActFailure::Store(StoreError::TooLarge(70_000)));
        for (said, number, kept, to_do) in [
            (full, "512 things", "They are kept; this one was not done.", "Reconnect"),
            (too_large, "70000 bytes, and 65536", "Nothing was saved, and what you wrote is still", "Make it shorter"),
        ] {
            let said = said.to_lowercase();
            for part in [number, kept, to_do] {
                assert!(said.contains(&part.to_lowercase()), "{part}: {said}");
            }
        }
    }

    #[test]
    fn what_changed_is_said_as_it_is() {
        let dearer = Change::Price(Money::new(700, Currency::EUR));
        assert_eq!(changed(vec![dearer.clone()]), "A dish has another price now.");
        assert_eq!(changed(vec![Change::SoldOut, Change::Gone]), "2 dishes cannot be had as you wanted.");
        assert_eq!(changed(vec![dearer, Change::SoldOut]), "Prices changed, and not everything can be had.");
    }
}
