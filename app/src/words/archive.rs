//! What is over: the archive, and what became of an order there.

say! {
    /// The screen, and the way to it.
    archive: "All orders";
    /// Where nobody is signed in.
    archive_is_nobodys: "Whose orders?";
    /// The same in a sentence.
    archive_sign_in: "Sign in to see and search the orders that you had a part in.";
    /// Where the server is not there.
    archive_needs_network: "All orders are kept on the server and not on this device, so they need the network. What is under way \
        is here without it. As soon as the server can be reached, this page fills by itself.";
    /// Before the first order.
    archive_is_empty: "There are none yet. An order is here a moment after it was placed.";
    /// Where the list of one's orders is empty.
    no_orders: "What you order is listed here for a month, also without a network. Older ones are under \u{201c}All \
        orders\u{201d}.";
    /// Of an order that was placed here, and whose row is not here.
    order_elsewhere: "The server has it. What ended more than a month ago is under \u{201c}All orders\u{201d}.";
    /// Of an order that nothing here knows.
    no_such_order: "It may belong to another account, or not be loaded yet. What ended more than a month ago is under \
        \u{201c}All orders\u{201d}.";
    /// What the field is for.
    archive_search: "Search in all orders";
    /// What may be typed.
    archive_hint: "A dish, a restaurant, a number\u{2026}";
    /// On the button.
    archive_look: "Search";
    /// On the way to those before.
    archive_earlier: "Earlier orders";
    /// An amount on the paper.
    paper_tip: "Tip";
    /// The same.
    paper_refund: "Given back";
    /// The same.
    paper_total: "In all";
    /// How it was paid.
    paper_paid: "Paid";
    /// Of what was bought at the counter.
    at_counter: "Counter";
}

/// Nothing was found.
pub fn archive_finds_nothing(words: &str) -> String {
    format!(
        "Nothing was found for \u{201c}{words}\u{201d}. All words have to be in the order: dishes, the restaurant, its number."
    )
}

/// Of what was eaten at a table.
pub fn at_table(name: &str) -> String {
    format!("Table {name}")
}

/// With what it was, or is to be, paid.
pub fn paper_means(by_card: bool) -> &'static str {
    if by_card { "By card" } else { "At hand-over" }
}

/// What became of an order or a table, by the server's name for it.
pub fn became(status: &str) -> &'static str {
    match status {
        "submitted" => "Waits for the kitchen",
        "received" => "Accepted",
        "preparing" => "Being cooked",
        "prepared" => "Ready",
        "picked-up" => "On its way",
        "handed-over" => "Handed over",
        "delivered" => "Delivered",
        "cancelled" => "Cancelled",
        "rejected" => "Refused by the kitchen",
        "paid" => "Paid",
        "closed" => "Paid and closed",
        _ => "Under way",
    }
}
