//! Why something was not to be.

use ::sync::Reason;
use ::sync::client::ActError;
use ::sync::outbox::StayError;
use domain::account::GuestRefusal;
use domain::catalog::MenuRefusal;
use domain::delivery::{DriverRefusal, ErrandRefusal, OfferRefusal, TakingsRefusal};
use domain::dining::TabRefusal;
use domain::kitchen::{Progress, TicketRefusal};
use domain::ops::{CaseRefusal, Concern};
use domain::ordering::{Change, OrderRefusal, Status, Untimely};
use domain::{Money, Refusal, Trade};
use replica::ActFailure;

use crate::parts::{money, time};
use crate::texts::refusal as texts;

use super::{duration, flaw, store_failure};

/// Why the trade says no.
pub fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::NoSuchRestaurant => texts::no_such_restaurant().to_owned(),
        Refusal::Order(why) => order(why),
        Refusal::Ticket(why) => ticket(why),
        Refusal::Menu(why) => menu(why),
        Refusal::Guest(GuestRefusal::ClaimedBefore) => texts::claimed_before().to_owned(),
        Refusal::Driver(DriverRefusal::NoSuchPlace) => texts::no_such_place().to_owned(),
        Refusal::Driver(DriverRefusal::NoZone) => texts::no_zone().to_owned(),
        Refusal::Offer(OfferRefusal::Gone) => texts::offer_gone().to_owned(),
        Refusal::Errand(why) => errand(why),
        Refusal::Takings(TakingsRefusal::TooMuch { carried }) => texts::more_than_carried(&money::text(*carried)),
        Refusal::Takings(TakingsRefusal::NoAmount) => texts::nothing_handed_in().to_owned(),
        Refusal::Takings(TakingsRefusal::TooMany) => texts::too_many_meals().to_owned(),
        Refusal::Case(why) => case(why),
        Refusal::Tab(why) => super::dining::tab(why),
    }
}

fn order(why: &OrderRefusal) -> String {
    match why {
        OrderRefusal::EmptyCart => texts::empty_cart().to_owned(),
        OrderRefusal::Malformed(what) => flaw::flaw(what),
        OrderRefusal::Changed { lines, .. } => {
            let gone = lines.iter().filter(|line| !matches!(line.after, Change::Price(_))).count();
            let dearer = lines.len() - gone;
            match (gone, dearer) {
                (0, _) => texts::other_prices(dearer as u64),
                (_, 0) => texts::dishes_gone(gone as u64),
                _ => texts::prices_and_dishes().to_owned(),
            }
        }
        OrderRefusal::Closed { opens_in_min: Some(minutes), last_orders_over: false } => {
            texts::opens_in(&duration(*minutes))
        }
        OrderRefusal::Closed { opens_in_min: None, last_orders_over: false } => texts::closed().to_owned(),
        OrderRefusal::Closed { opens_in_min: Some(minutes), last_orders_over: true } => {
            texts::last_orders_over_opens_in(&duration(*minutes))
        }
        OrderRefusal::Closed { opens_in_min: None, last_orders_over: true } => texts::last_orders_over().to_owned(),
        OrderRefusal::SlotGone { wanted, why, .. } => untimely(*why, &time::slot(*wanted)),
        OrderRefusal::NoSuchRestaurant => texts::no_such_restaurant().to_owned(),
        OrderRefusal::AlreadyPlaced => texts::already_placed().to_owned(),
        OrderRefusal::NoSuchOrder => texts::no_such_order().to_owned(),
        OrderRefusal::TooLate(status) => too_late(*status).to_owned(),
    }
}

/// Why a time that was chosen cannot be had.
fn untimely(why: Untimely, slot: &str) -> String {
    match why {
        Untimely::Past => texts::slot_past(slot),
        Untimely::TooSoon => texts::slot_too_soon(slot),
        Untimely::Closed => texts::slot_closed(slot),
        Untimely::Paused => texts::slot_paused(slot),
        Untimely::TooFar => texts::slot_too_far(slot),
    }
}

fn too_late(status: Status) -> &'static str {
    match status {
        Status::Prepared => texts::late_ready(),
        Status::PickedUp => texts::late_on_its_way(),
        Status::Delivered => texts::late_delivered(),
        Status::HandedOver => texts::late_handed_over(),
        Status::Rejected | Status::Cancelled => texts::late_over(),
        _ => texts::late_cooking(),
    }
}

fn ticket(why: &TicketRefusal) -> String {
    match why {
        TicketRefusal::NoSuchTicket => texts::no_such_ticket().to_owned(),
        TicketRefusal::Over(Progress::Cancelled) => texts::ticket_taken_back().to_owned(),
        TicketRefusal::Over(Progress::Refused) => texts::ticket_refused().to_owned(),
        TicketRefusal::Over(_) => texts::ticket_left().to_owned(),
        TicketRefusal::AlreadyAccepted(_) => texts::ticket_accepted().to_owned(),
        TicketRefusal::NotAccepted => texts::ticket_not_accepted().to_owned(),
        TicketRefusal::NotToGiveBack { most } => not_to_give_back(*most),
        TicketRefusal::Malformed(what) => flaw::flaw(what),
    }
}

fn not_to_give_back(most: Option<Money>) -> String {
    match most {
        Some(most) => texts::no_more_to_give_back(&money::text(most)),
        None => texts::nothing_to_give_back().to_owned(),
    }
}

fn errand(why: &ErrandRefusal) -> String {
    match why {
        ErrandRefusal::NoSuchErrand => texts::no_such_errand().to_owned(),
        ErrandRefusal::PickedUp => texts::picked_up().to_owned(),
        ErrandRefusal::NotPickedUp => texts::not_picked_up().to_owned(),
        ErrandRefusal::Malformed(what) => flaw::flaw(what),
    }
}

fn case(why: &CaseRefusal) -> String {
    match why {
        CaseRefusal::NoSuchCase => texts::no_such_order().to_owned(),
        CaseRefusal::NotTroubled(Concern::KitchenSilent) => texts::kitchen_has_answered().to_owned(),
        CaseRefusal::NotTroubled(Concern::NobodyFound) => texts::driver_has_it().to_owned(),
        CaseRefusal::NotTroubled(_) => texts::seen_to().to_owned(),
        CaseRefusal::NotToBeGivenUp => texts::not_to_be_given_up().to_owned(),
        CaseRefusal::NotToBeSettled => texts::not_to_be_settled().to_owned(),
        CaseRefusal::NotToGiveBack { most } => not_to_give_back(*most),
        CaseRefusal::Malformed(what) => flaw::flaw(what),
    }
}

fn menu(why: &MenuRefusal) -> String {
    match why {
        MenuRefusal::NoSuchItem(_) => texts::no_such_dish().to_owned(),
        MenuRefusal::BadValue(what) => flaw::flaw(what),
        MenuRefusal::EditedMeanwhile { .. } => texts::edited_meanwhile().to_owned(),
    }
}

/// Why an act came back.
pub fn reason(why: &Reason<Trade>) -> String {
    match why {
        Reason::Trade(why) => refusal(why),
        Reason::Predecessor(_) => texts::rested_on_refused().to_owned(),
        Reason::Stale { age_ms, .. } => texts::stale(&duration(i64::try_from(age_ms / 60_000).unwrap_or(i64::MAX))),
        Reason::NotAllowed => texts::not_allowed().to_owned(),
        Reason::AlreadySettled => texts::already_settled().to_owned(),
    }
}

/// What happened, as the heading of an inbox item.
pub fn inbox_title(why: &Reason<Trade>) -> &'static str {
    match why {
        Reason::Trade(Refusal::Order(why)) => match why {
            OrderRefusal::Changed { .. } => texts::title_menu_changed(),
            OrderRefusal::Closed { .. } => texts::title_closed(),
            OrderRefusal::SlotGone { .. } => texts::title_slot_gone(),
            OrderRefusal::AlreadyPlaced => texts::title_already_placed(),
            OrderRefusal::TooLate(_) | OrderRefusal::NoSuchOrder => texts::title_not_cancelled(),
            _ => texts::title_not_placed(),
        },
        Reason::Trade(Refusal::Ticket(_)) => texts::title_ticket(),
        Reason::Trade(Refusal::Menu(MenuRefusal::EditedMeanwhile { .. })) => texts::title_edited_meanwhile(),
        Reason::Trade(Refusal::Menu(_)) => texts::title_dish(),
        Reason::Trade(Refusal::Driver(_)) => texts::title_driver(),
        Reason::Trade(Refusal::Offer(_)) => texts::title_offer(),
        Reason::Trade(Refusal::Errand(_)) => texts::title_errand(),
        Reason::Trade(Refusal::Takings(_)) => texts::title_takings(),
        Reason::Trade(Refusal::Case(_)) => texts::title_case(),
        Reason::Trade(Refusal::Tab(TabRefusal::OtherSum(_))) => texts::title_bill(),
        Reason::Trade(Refusal::Tab(_)) => texts::title_table(),
        Reason::Trade(Refusal::Guest(_)) => texts::title_guest(),
        Reason::Stale { .. } => texts::title_stale(),
        _ => texts::title_not_done(),
    }
}

/// Why an act was not even begun.
pub fn act_failure(failure: &ActFailure<Trade>) -> String {
    match failure {
        ActFailure::Act(ActError::SignedOut) => texts::sign_in_first().to_owned(),
        ActFailure::Act(ActError::SomebodyElse) => texts::somebody_else().to_owned(),
        ActFailure::Act(ActError::Full(waiting)) => texts::outbox_full(*waiting as u64),
        ActFailure::Act(ActError::Refused(why)) => refusal(why),
        ActFailure::Act(ActError::Stays(why)) => stays_as_it_is(*why),
        ActFailure::Store(error) => texts::not_saved(&store_failure(error)),
    }
}

/// Why an act stays as it is.
pub(super) fn stays_as_it_is(why: StayError) -> String {
    match why {
        StayError::Left => texts::stays_left().to_owned(),
        StayError::Gone => texts::stays_gone().to_owned(),
        StayError::RestedOn(later) => texts::stays_rested_on(later as u64),
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
