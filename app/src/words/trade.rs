//! The life of an order, a ticket and a menu.

use domain::catalog::restaurant::Openness;
use domain::catalog::{Allergen, Diet};
use domain::delivery::{Errand, Standing, Wind};
use domain::kitchen::{Progress, Ticket};
use domain::ordering::cart::NotAdded;
use domain::ordering::order::LINES_MAX;
use domain::ordering::price::Unfit;
use domain::ordering::{Cancelled, Change, Destination, Order, Status};
use domain::payment::{Method, Paid};
use domain::{ItemId, NotMoney};

use super::{duration, sentence};
use crate::language::format;
use crate::parts::{Hearing, money};
use crate::texts::{catalog, parts, trade};

/// Where an order stands, as its customer thinks of it.
pub fn order_status(status: Status) -> &'static str {
    match status {
        Status::Submitted => trade::status_submitted(),
        Status::Received => trade::status_received(),
        Status::Preparing => trade::status_preparing(),
        Status::Prepared => trade::status_prepared(),
        Status::PickedUp => trade::status_picked_up(),
        Status::HandedOver => trade::status_handed_over(),
        Status::Delivered => trade::status_delivered(),
        Status::Cancelled => trade::status_cancelled(),
        Status::Rejected => trade::status_rejected(),
    }
}

/// A step of the way, named on the track.
pub fn step(status: Status, order: &Order) -> &'static str {
    match (status, &order.destination) {
        (Status::Submitted, _) => trade::step_ordered(),
        (Status::Received, _) => trade::step_accepted(),
        (Status::Preparing, _) => trade::step_cooking(),
        (Status::Prepared, Destination::Collect) => trade::step_ready_to_collect(),
        (Status::Prepared, Destination::Deliver(_)) => trade::step_ready_to_leave(),
        (Status::PickedUp, _) | (Status::HandedOver, Destination::Deliver(_)) => trade::step_on_its_way(),
        (Status::Delivered, _) => trade::step_delivered(),
        (Status::HandedOver, Destination::Collect) => trade::step_collected(),
        (Status::Cancelled, _) => trade::step_cancelled(),
        (Status::Rejected, _) => trade::step_refused(),
    }
}

/// Who brings it, for whoever waits.
pub fn driver(order: &Order) -> &'static str {
    if order.has_driver { trade::driver_found() } else { trade::driver_sought() }
}

/// Who fetches it, for the cook.
pub fn fetched_by(found: bool) -> &'static str {
    if found { trade::fetched_by_driver() } else { trade::no_driver_yet() }
}

/// Why an order ended early, and what it costs. `name` names its dishes.
pub fn cancelled(why: &Cancelled, is_paid: bool, name: impl Fn(&ItemId) -> String) -> String {
    match why {
        Cancelled::ByCustomer => trade::cancelled_by_customer().to_owned(),
        Cancelled::ByRestaurant(reason) if reason.is_empty() => trade::cancelled_by_restaurant().to_owned(),
        Cancelled::ByRestaurant(reason) => trade::cancelled_by_restaurant_because(&sentence(reason.as_str())),
        Cancelled::SoldOut(items) => trade::cancelled_sold_out(&format::list(items.iter().map(name))),
        Cancelled::NotPaid(reason) => trade::cancelled_not_paid(&sentence(reason)),
        Cancelled::NoAnswer => trade::cancelled_no_answer().to_owned(),
        Cancelled::NoDriver => trade::cancelled_no_driver().to_owned(),
        Cancelled::NotDelivered(reason) if reason.is_empty() => trade::cancelled_not_delivered().to_owned(),
        Cancelled::NotDelivered(reason) => trade::cancelled_not_delivered_because(&sentence(reason.as_str())),
        Cancelled::NobodyThere(reason) => match (reason.is_empty(), is_paid) {
            (true, false) => trade::cancelled_nobody_there().to_owned(),
            (true, true) => trade::cancelled_nobody_there_paid().to_owned(),
            (false, false) => trade::cancelled_nobody_there_because(&sentence(reason.as_str())),
            (false, true) => trade::cancelled_nobody_there_paid_because(&sentence(reason.as_str())),
        },
    }
}

/// When money moves, before an order is placed.
pub fn pays_then(pays: &Method) -> &'static str {
    match pays {
        Method::AtHandOver => trade::pays_at_hand_over(),
        Method::Card(_) => trade::pays_by_card(),
    }
}

/// What has become of an order's money, where a card pays and there is something to say.
pub fn paid(order: &Order) -> Option<String> {
    let card = order.pays.card()?;
    let sum = money::text(order.total);
    let label = card.label.as_str();
    Some(match order.paid {
        Paid::NotYet if order.status.is_final() => return None,
        Paid::NotYet => trade::paid_not_yet(label),
        Paid::Asking => trade::paid_asking(label, &sum),
        Paid::ProviderBusy => trade::paid_provider_busy(label, &sum),
        Paid::Reserved => trade::paid_reserved(label, &sum),
        Paid::Declined => trade::paid_declined(label),
        Paid::LetGo => trade::paid_let_go(label),
        Paid::Charged => match order.refunded {
            None => trade::paid_charged(label, &sum),
            Some(back) if back == order.total => trade::paid_all_given_back(label, &sum),
            Some(back) => trade::paid_some_given_back(&money::text(back), label, &sum),
        },
    })
}

/// How a ticket is paid, for whoever hands it over.
pub fn collects(ticket: &Ticket) -> String {
    let sum = money::text(ticket.total);
    match ticket.tip {
        _ if !ticket.by_card => trade::collects_at_hand_over(&sum),
        None => trade::collects_by_card(&sum),
        Some(tip) => trade::collects_by_card_with_tip(&sum, &money::text(tip)),
    }
}

/// What a kitchen gave back of a ticket's money, and what became of it; nothing, where it gave back nothing.
pub fn given_back(ticket: &Ticket) -> Option<String> {
    let wanted = ticket.total_given_back()?;
    let Some(refund) = &ticket.refund else { return Some(trade::being_given_back(&money::text(wanted))) };
    if refund.is_moot {
        return Some(trade::nothing_to_give_back().to_owned());
    }
    let made = (refund.made.minor > 0).then(|| trade::were_given_back(&money::text(refund.made)));
    let waived = refund.waived.map(|waived| trade::not_given_back(&sentence(&refund.why), &money::text(waived)));
    Some(made.into_iter().chain(waived).collect::<Vec<_>>().join(" "))
}

/// How the alarm stands: for how many orders it rings or would, and what keeps it from being heard.
pub fn alarm(waiting: usize, is_ringing: bool, is_off: bool, hearing: Hearing) -> String {
    let wait = (waiting > 0).then(|| trade::alarm_waiting(waiting as u64));
    let heard = match (is_off, hearing) {
        (true, _) => Some(trade::alarm_off()),
        (false, Hearing::Deaf) => Some(trade::alarm_deaf()),
        (false, Hearing::AwaitsTap) => Some(trade::alarm_awaits_tap()),
        (false, Hearing::Heard) if waiting > 0 && !is_ringing => Some(trade::alarm_hushed()),
        (false, Hearing::Heard) => None,
    };
    wait.into_iter().chain(heard.map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

/// Why a customer asked to cancel, for the cook.
pub fn cancel_reason(reason: &str) -> String {
    trade::cancel_reason(&sentence(reason))
}

/// Why a ticket was taken back, for the cook, where that was neither the cook nor the customer.
pub fn withdrawn(why: &Cancelled) -> Option<&'static str> {
    match why {
        Cancelled::NoAnswer => Some(trade::withdrawn_no_answer()),
        Cancelled::NoDriver => Some(trade::withdrawn_no_driver()),
        Cancelled::NotDelivered(_) => Some(trade::withdrawn_not_delivered()),
        Cancelled::NobodyThere(_) => Some(trade::withdrawn_nobody_there()),
        Cancelled::NotPaid(_) => Some(trade::withdrawn_not_paid()),
        Cancelled::ByCustomer | Cancelled::ByRestaurant(_) | Cancelled::SoldOut(_) => None,
    }
}

/// Where a ticket stands, as the cook thinks of it.
pub fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::Waiting => trade::progress_waiting(),
        Progress::Accepted => trade::progress_accepted(),
        Progress::Cooking => trade::progress_cooking(),
        Progress::Ready => trade::progress_ready(),
        Progress::HandedOver => trade::progress_handed_over(),
        Progress::Cancelled => trade::progress_cancelled(),
        Progress::Refused => trade::progress_refused(),
    }
}

/// Where a meal on its way stands, as its driver thinks of it.
pub fn errand(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => trade::errand_open(),
        Standing::Assigned => trade::errand_assigned(),
        Standing::PickedUp => trade::errand_picked_up(),
        Standing::Delivered => trade::errand_delivered(),
        Standing::Failed => trade::errand_failed(),
        Standing::CalledOff => trade::errand_called_off(),
    }
}

/// How far a kitchen is, for a driver who has to decide.
pub fn distance(metres: Option<u32>) -> String {
    metres.map_or_else(|| trade::distance_unknown().to_owned(), |metres| trade::away(&length(metres)))
}

/// A way, as precisely as a person cares.
pub fn length(metres: u32) -> String {
    match metres {
        near @ 0..=949 => trade::metres(u64::from((near + 25) / 50 * 50)),
        far @ 0..=9_949 => trade::kilometres(&format::tenths(f64::from(far) / 1000.0)),
        very_far => trade::kilometres(&((very_far + 500) / 1000).to_string()),
    }
}

/// In which direction something lies.
pub fn wind(wind: Wind) -> &'static str {
    match wind {
        Wind::North => trade::north(),
        Wind::NorthEast => trade::north_east(),
        Wind::East => trade::east(),
        Wind::SouthEast => trade::south_east(),
        Wind::South => trade::south(),
        Wind::SouthWest => trade::south_west(),
        Wind::West => trade::west(),
        Wind::NorthWest => trade::north_west(),
    }
}

/// What a driver takes at the door.
pub fn collects_at_door(errand: &Errand) -> String {
    match errand.tip {
        _ if !errand.by_card => trade::door_take(&money::text(errand.total)),
        None => trade::door_by_card().to_owned(),
        Some(tip) => trade::door_by_card_with_tip(&money::text(tip)),
    }
}

/// How a meal leaves the kitchen.
pub fn destination(destination: &Destination) -> String {
    match destination {
        Destination::Collect => trade::collect().to_owned(),
        Destination::Deliver(address) => trade::deliver_to(address.as_str()),
    }
}

/// What is so now of a line that was shown otherwise.
pub fn change(change: &Change) -> String {
    match change {
        Change::Price(unit) => trade::change_price(&money::text(*unit)),
        Change::SoldOut => trade::change_sold_out().to_owned(),
        Change::Left(left) => trade::change_left(u64::from(*left)),
        Change::Gone => trade::change_gone().to_owned(),
        Change::ChoicesGone => trade::change_choices_gone().to_owned(),
    }
}

/// Whom a dish suits.
pub fn diet(diet: Diet) -> &'static str {
    match diet {
        Diet::Vegan => trade::diet_vegan(),
        Diet::Vegetarian => trade::diet_vegetarian(),
        Diet::GlutenFree => trade::diet_gluten_free(),
        Diet::Halal => trade::diet_halal(),
        Diet::Kosher => trade::diet_kosher(),
        Diet::LowLactose => trade::diet_low_lactose(),
    }
}

/// What is in a dish, one after the other.
pub fn allergens(allergens: &[Allergen]) -> String {
    format::list(allergens.iter().copied().map(allergen))
}

fn allergen(allergen: Allergen) -> &'static str {
    match allergen {
        Allergen::Gluten => catalog::allergen_gluten(),
        Allergen::Crustaceans => catalog::allergen_crustaceans(),
        Allergen::Eggs => catalog::allergen_eggs(),
        Allergen::Fish => catalog::allergen_fish(),
        Allergen::Peanuts => catalog::allergen_peanuts(),
        Allergen::Soy => catalog::allergen_soy(),
        Allergen::Milk => catalog::allergen_milk(),
        Allergen::Nuts => catalog::allergen_nuts(),
        Allergen::Celery => catalog::allergen_celery(),
        Allergen::Mustard => catalog::allergen_mustard(),
        Allergen::Sesame => catalog::allergen_sesame(),
        Allergen::Sulphites => catalog::allergen_sulphites(),
        Allergen::Lupin => catalog::allergen_lupin(),
        Allergen::Molluscs => catalog::allergen_molluscs(),
    }
}

/// Whether a restaurant takes orders.
pub fn openness(openness: Openness) -> String {
    match openness {
        Openness::Open { closes_in_min: 0..=60 } => trade::open_closing_soon().to_owned(),
        Openness::Open { .. } => trade::open().to_owned(),
        Openness::ClosedByHours { opens_in_min: Some(minutes) } => trade::opens_in(&duration(minutes)),
        Openness::ClosedByHours { opens_in_min: None } => trade::closed().to_owned(),
        Openness::LastOrdersOver { .. } => trade::last_orders_over().to_owned(),
        Openness::ClosedForNow => trade::closed_for_now().to_owned(),
        Openness::NotKnown => trade::hours_unknown().to_owned(),
    }
}

/// Why options do not fit a dish.
pub fn unfit(why: &Unfit) -> String {
    let words = match why {
        Unfit::Twice { option } => catalog::chosen_twice(option),
        Unfit::TooFew { group, least } => catalog::choose_at_least(group, u64::from(*least)),
        Unfit::TooMany { group, most } => catalog::choose_at_most(group, u64::from(*most)),
        Unfit::NotOffered => catalog::choice_not_offered().to_owned(),
    };
    sentence(&words)
}

/// Why a dish is not in the cart.
pub fn not_added(why: &NotAdded) -> String {
    match why {
        NotAdded::NotOnMenu => sentence(catalog::dish_gone()),
        NotAdded::Unfit(why) => unfit(why),
        NotAdded::Full => sentence(&catalog::cart_full(LINES_MAX as u64)),
    }
}

/// Why a text is no amount of money.
pub fn not_money(why: &NotMoney) -> String {
    match why {
        NotMoney::NoAmount(text) => parts::not_an_amount(text),
        NotMoney::Decimals(text, currency) => {
            parts::too_many_decimals(currency.code(), u64::from(currency.decimals()), text)
        }
        NotMoney::TooLarge(text) => parts::amount_too_large(text),
    }
}

#[cfg(test)]
mod tests {
    use domain::ordering::Change;
    use domain::{Currency, Money};

    use super::*;
    use crate::language::{Language, speaking};

    #[test]
    fn each_language_counts_in_its_own_way() {
        let left = |language, number| speaking(language, || change(&Change::Left(number)));
        assert_eq!(left(Language::English, 1), "only 1 left");
        assert_eq!(left(Language::Spanish, 1), "solo queda 1");
        assert_eq!(left(Language::Arabic, 2), "بقيت حصتان فقط");
        assert_eq!(left(Language::Arabic, 3), "بقيت 3 حصص فقط");
    }

    #[test]
    fn what_is_no_money_is_said_as_it_was_typed() {
        let said = |text| Money::parse(text, Currency::EUR).map_err(|why| not_money(&why)).expect_err(text);
        assert_eq!(said("all"), "\"all\" is not an amount of money.");
        assert_eq!(said("1.234"), "\"1.234\" has more decimals than EUR has (2).");
    }

    #[test]
    fn an_arabic_list_has_arabic_commas() {
        let said = speaking(Language::Arabic, || allergens(&[Allergen::Fish, Allergen::Milk]));
        assert_eq!(said, "السمك، الحليب");
    }
}
