//! What became of an order in the archive.

use crate::texts::archive;

/// With what it was, or is to be, paid.
pub fn paper_means(by_card: bool) -> &'static str {
    if by_card { archive::paper_by_card() } else { archive::paper_at_hand_over() }
}

/// What became of an order or a table, by the server's name for it.
pub fn became(status: &str) -> &'static str {
    match status {
        "submitted" => archive::became_submitted(),
        "received" => archive::became_received(),
        "preparing" => archive::became_preparing(),
        "prepared" => archive::became_prepared(),
        "picked-up" => archive::became_picked_up(),
        "handed-over" => archive::became_handed_over(),
        "delivered" => archive::became_delivered(),
        "cancelled" => archive::became_cancelled(),
        "rejected" => archive::became_rejected(),
        "paid" => archive::became_paid(),
        "closed" => archive::became_closed(),
        _ => archive::became_under_way(),
    }
}
