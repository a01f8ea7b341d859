//! What troubles an order, what was done about it, and what happened to it.

use domain::delivery::Zone;
use domain::delivery::zone::Seat;
use domain::ops::{Case, Concern, Done, Measure, Trouble};
use sync::Millis;

use super::{duration, sentence};
use crate::language::format;
use crate::parts::{money, time};
use crate::texts::{desk, system};

/// What troubles it, as a sentence, with what somebody said of it.
pub fn concern(trouble: &Trouble, case: &Case) -> String {
    let words = Some(trouble.words.as_str()).filter(|words| !words.is_empty());
    let said = words.map(|words| match &trouble.by {
        Some(by) => desk::said_by(by.as_str(), words),
        None => words.to_owned(),
    });
    let with =
        |plain: &'static str, because: fn(&str) -> String| said.as_deref().map_or_else(|| plain.to_owned(), because);
    match trouble.concern {
        Concern::KitchenSilent => desk::kitchen_silent(&case.restaurant_name),
        Concern::NobodyFound => desk::nobody_found().to_owned(),
        Concern::NotDelivered => with(desk::not_delivered(), desk::not_delivered_said),
        Concern::NobodyThere => with(desk::nobody_there(), desk::nobody_there_said),
        Concern::Contradicted => with(desk::contradicted(), desk::contradicted_said),
        Concern::NotGivenBack if case.given_back.is_none() => {
            with(desk::restaurant_not_given_back(), desk::restaurant_not_given_back_said)
        }
        Concern::NotGivenBack => with(desk::not_given_back(), desk::not_given_back_said),
        Concern::NotCharged => with(desk::not_charged(), desk::not_charged_said),
    }
}

/// What happens when nobody does anything, and when.
pub fn due(trouble: &Trouble, now: Millis) -> String {
    let left = &duration(time::minutes(now, trouble.due));
    let is_past = trouble.due <= now;
    match trouble.concern {
        Concern::KitchenSilent if is_past => desk::ends_any_moment().to_owned(),
        Concern::KitchenSilent => desk::ends_in(left),
        Concern::NobodyFound if is_past => desk::looked_for_once_more().to_owned(),
        Concern::NobodyFound => desk::drivers_asked_for(left),
        _ if is_past => desk::nobody_has_looked(&duration(time::minutes(trouble.since, now))),
        _ => desk::look_within(left),
    }
}

/// What an operator did.
pub fn done(done: &Done) -> String {
    let by = done.by.as_str();
    match &done.what {
        Measure::TimeGiven { until } => desk::done_time_given(by, &time::moment(*until)),
        Measure::GivenUp(_) => desk::done_given_up(by),
        Measure::Chosen { driver } => desk::done_chosen(by, driver.as_str()),
        Measure::GivenBack { amount, note, .. } => {
            desk::done_given_back(by, &sentence(note.as_str()), &money::text(*amount))
        }
        Measure::Settled { note, .. } if note.is_empty() => desk::done_settled(by),
        Measure::Settled { note, .. } => desk::done_settled_with_note(by, &sentence(note.as_str())),
    }
}

/// Who is on duty in a zone, in a sentence.
pub fn on_duty(board: &Zone) -> String {
    let name = |seat: &Seat| match seat.carries.len() {
        0 => seat.driver.to_string(),
        meals => desk::driver_carries(seat.driver.as_str(), meals as u64),
    };
    let drivers = format::list(board.drivers.iter().filter(|seat| seat.on_duty).map(name));
    match (drivers.is_empty(), board.sought.len() as u64) {
        (true, 0) => desk::nobody_on_duty().to_owned(),
        (false, 0) => desk::on_duty(&drivers),
        (true, meals) => desk::nobody_on_duty_and_waiting(meals),
        (false, meals) => desk::on_duty_and_waiting(&drivers, meals),
    }
}

/// How trying faults again ended.
pub fn tried_again(well: usize, failed: usize, gone: usize) -> String {
    let part = |number: usize, words: fn(u64) -> String| (number > 0).then(|| words(number as u64));
    let parts = [part(well, system::tried_well), part(failed, system::tried_in_vain), part(gone, system::tried_gone)];
    sentence(&format::list(parts.into_iter().flatten()))
}

/// A fact of an order's story, by its kind: what happened, to somebody who knows the trade and not its wire; nothing for what
/// a service notes for itself.
pub fn fact(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "order-submitted" => desk::fact_order_submitted(),
        "stock-hold-requested" => desk::fact_stock_hold_requested(),
        "stock-held" => desk::fact_stock_held(),
        "stock-short" => desk::fact_stock_short(),
        "stock-released" => desk::fact_stock_released(),
        "stock-used-up" => desk::fact_stock_used_up(),
        "payment-authorization-requested" => desk::fact_payment_authorization_requested(),
        "payment-authorized" => desk::fact_payment_authorized(),
        "payment-declined" => desk::fact_payment_declined(),
        "payment-voided" => desk::fact_payment_voided(),
        "payment-captured" => desk::fact_payment_captured(),
        "payment-capture-failed" => desk::fact_payment_capture_failed(),
        "payment-refund-asked" => desk::fact_payment_refund_asked(),
        "payment-refunded" => desk::fact_payment_refunded(),
        "payment-refund-failed" => desk::fact_payment_refund_failed(),
        "restaurant-refund-requested" => desk::fact_restaurant_refund_requested(),
        "desk-refund-requested" => desk::fact_desk_refund_requested(),
        "order-confirmed" => desk::fact_order_confirmed(),
        "ticket-opened" => desk::fact_ticket_opened(),
        "order-received" => desk::fact_order_received(),
        "order-rejected" => desk::fact_order_rejected(),
        "order-preparing" => desk::fact_order_preparing(),
        "order-prepared" => desk::fact_order_prepared(),
        "order-handed-over" => desk::fact_order_handed_over(),
        "order-submission-expired" => desk::fact_order_submission_expired(),
        "driver-assignment-requested" => desk::fact_driver_assignment_requested(),
        "driver-assignment-aborted" => desk::fact_driver_assignment_aborted(),
        "offer-made" => desk::fact_offer_made(),
        "offer-claimed" => desk::fact_offer_claimed(),
        "offer-declined" => desk::fact_offer_declined(),
        "offer-expired" => desk::fact_offer_expired(),
        "driver-assigned" => desk::fact_driver_assigned(),
        "driver-dropped-out" => desk::fact_driver_dropped_out(),
        "driver-released" => desk::fact_driver_released(),
        "order-picked-up" => desk::fact_order_picked_up(),
        "delivery-completed" => desk::fact_delivery_completed(),
        "delivery-failed" => desk::fact_delivery_failed(),
        "order-cancellation-requested" => desk::fact_order_cancellation_requested(),
        "order-cancellation-granted" => desk::fact_order_cancellation_granted(),
        "order-cancellation-refused" => desk::fact_order_cancellation_refused(),
        "order-cancelled" => desk::fact_order_cancelled(),
        "order-fulfilled" => desk::fact_order_fulfilled(),
        "order-cancellation-settled" => desk::fact_order_cancellation_settled(),
        "task-raised" => desk::fact_task_raised(),
        "task-passed" => desk::fact_task_passed(),
        "task-settled" => desk::fact_task_settled(),
        "kitchen-time-given" => desk::fact_kitchen_time_given(),
        "order-given-up" => desk::fact_order_given_up(),
        "driver-chosen" => desk::fact_driver_chosen(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_that_were_tried_again_are_counted_by_how_it_ended() {
        assert_eq!(tried_again(1, 0, 0), "1 is done.");
        assert_eq!(tried_again(24, 1, 2), "24 are done, 1 failed again, 2 waited no longer.");
    }

    #[test]
    fn a_zone_without_drivers_says_so() {
        assert_eq!(on_duty(&Zone::default()), "On duty: nobody.");
    }
}
