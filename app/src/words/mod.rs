//! Every sentence that says how things stand, in one place and in the words of the trade.
//!
//! What they say is written by translators, in each language (`app/words`), and comes from [`crate::texts`]; here it is chosen. [`archive`] words what is over, [`condition`] how this
//! What they say is written by translators, in each language (`app/words`), and comes from [`crate::texts`]; here it is chosen. [`archive`] words what is over, [`condition`] how this
//! device stands, [`desk`] what troubles an order, [`dining`] the life of a table, [`failure`] why something could not be kept or asked, [`flaw`] what is wrong with a number or a text, [`loss`] what is known after it lost something,
//! [`people`] who is here, [`proof`] what shows how a delivery ended, [`sync`] the way of an act, [`system`] how the server goes, [`trade`]
//! the life of an order, a ticket and a menu, [`refusal`] why something was not to be.

mod archive;
mod condition;
mod desk;
mod dining;
mod failure;
mod flaw;
mod loss;
mod people;
mod proof;
mod refusal;
mod sync;
mod system;
mod trade;

pub use crate::texts::condition::browser_may_delete;
pub use crate::texts::loss::was_read as loss_was_read;
pub use crate::texts::sync_centre::{
    changed_back, choice_refused, has_left, keep_theirs, menu_moved, settled_elsewhere, settled_elsewhere_first,
    use_mine,
};
pub use archive::{became, paper_means};
pub use condition::{
    asked_to_keep, bytes, condition, condition_sentence, fault, keeping, kept_name, status_detail, waits_for_update,
    words_of,
};
pub use desk::{concern, done, due, fact, on_duty, tried_again};
pub use dining::{line_state, seat, settled, sum, tab_stage};
pub use failure::{ask_failure, page_left, sign_in_failure, store_failure};
pub use loss::loss;
pub use people::{
    carts_joined, discard_and_sign_out, discarding, erasing, left_behind, moves_with_you, not_forgotten_while,
    not_sent, sealed_here, sealed_until_you_return, send_and_sign_out,
};
pub use proof::{
    proof_at, proof_back, proof_clear, proof_delete, proof_done, proof_end, proof_failure, proof_hint, proof_huge,
    proof_kind, proof_left_at_door, proof_line, proof_not_kept, proof_not_loaded, proof_nothing_signed, proof_of,
    proof_of_delivery, proof_pad, proof_pad_hint, proof_picture, proof_reading, proof_save, proof_stage,
    proof_take_photo, proof_take_signature, proof_take_word, proof_there, proof_title, proof_to_neighbour, proof_undo,
    proof_unreadable, proof_word_field, proof_word_title, proofs_on_phone,
};
pub use refusal::{act_failure, inbox_title, reason, refusal};
pub use sync::{
    AT_ITS_TIME_MIN, Names, act, cannot_change, changed, changed_meanwhile, choice_made, field_name, field_now,
    field_seen, forecast, goes_with_it, parked, paused, settled_here, stage, stage_of, stage_short, stays, take_back,
    taken_back, trying_now, waiting_to_leave, waits_behind,
};
pub use system::{age, commit, compared, fault_kind, outside, part, release, task, verdict};
pub use trade::{
    alarm, allergens, cancel_reason, cancelled, change, collects, collects_at_door, destination, diet, distance,
    driver, errand, fetched_by, given_back, length, not_added, not_money, openness, order_status, paid, pays_then,
    progress, step, unfit, wind, withdrawn,
};

pub use crate::texts::account::{
    being_taken_over, erase, erased, erasing_cannot_be_undone, erasing_says, export, export_says, forget_guest,
    forgetting_guest, guest, guest_stays, guest_taken_over, keep_order, one_account, sending_first, sign_in,
    sign_in_all_the_same, sign_out, take_over, your_data,
};
pub use crate::texts::archive::{
    archive, archive_earlier, archive_finds_nothing, archive_hint, archive_is_empty, archive_is_nobodys, archive_look,
    archive_needs_network, archive_search, archive_sign_in, at_counter, at_table, no_orders, no_such_order,
    order_elsewhere, paper_paid, paper_refund, paper_tip, paper_total, paper_wanted,
};
pub use crate::texts::common::{
    all_right, cannot_open, copied, inbox, no_file, not_copied, nothing_yet, outbox, saving, sync_centre, try_again,
};
pub use crate::texts::kitchen::{earlier_days, figures, figures_file, figures_need_network, no_figures};
pub use crate::texts::ordering::{held, no_account_needed, nothing_happened, order_has_left};
pub use crate::texts::people::signed_in_as;

use replica::Keeping;

use crate::texts;

/// A sentence out of words that begin small and end without a dot.
pub fn sentence(words: &str) -> String {
    let mut letters = words.trim().chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let rest = letters.as_str();
    let end = if rest.ends_with(['.', '!', '?', '\u{61f}']) { "" } else { "." };
    format!("{first}{rest}{end}")
}

/// A name with what waits behind it.
pub fn with_count(name: &str, number: usize) -> String {
    if number == 0 { name.to_owned() } else { texts::common::with_count(name, number as u64) }
}

/// `20 min`, `2 h 5 min`.
pub fn duration(minutes: i64) -> String {
    let minutes = u64::try_from(minutes).unwrap_or(0);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => texts::common::minutes(minutes),
        (hours, 0) => texts::common::hours(hours),
        (hours @ 1..48, minutes) => texts::common::hours_minutes(hours, minutes),
        (hours, _) => texts::common::days(hours / 24),
    }
}

/// How new the figures of a day are.
pub fn figures_as_of(when: &str, version: u32) -> String {
    match version {
        1 => texts::kitchen::figures_as_of(when),
        version => texts::kitchen::figures_as_of_version(u64::from(version), when),
    }
}

/// An order was placed.
pub fn placed(kept: Keeping) -> &'static str {
    match kept {
        Keeping::Memory => texts::ordering::placed_in_window(),
        Keeping::Durable | Keeping::BestEffort => texts::ordering::placed(),
    }
}

/// What happens to an order that is placed without a connection.
pub fn leaves_later(kept: Keeping) -> &'static str {
    match kept {
        Keeping::Memory => texts::ordering::leaves_later_in_window(),
        Keeping::Durable | Keeping::BestEffort => texts::ordering::leaves_later(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_sentences_once() {
        assert_eq!(sentence("the cart is full"), "The cart is full.");
        assert_eq!(sentence("Really?"), "Really?");
        assert_eq!(sentence("  é "), "É.");
    }

    #[test]
    fn durations_are_read_at_a_glance() {
        assert_eq!([duration(5), duration(60), duration(125)], ["5 min", "1 h", "2 h 5 min"]);
        assert_eq!(duration(3 * 24 * 60 + 7), "3 days");
    }
}
