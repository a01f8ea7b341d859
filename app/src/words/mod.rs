//! Every sentence that says how things stand, in one place and in the words of the trade.
//!
//! They are functions, so that another language is another body and not another screen. [`sync`] words the way of an
//! act, [`trade`] the life of an order, a ticket and a menu, [`refusal`] why something was not to be.

mod refusal;
mod sync;
mod trade;

pub use refusal::{act_failure, inbox_title, reason, refusal};
pub use sync::{Names, act, choice_made, forecast, parked, paused, reach, stage, stage_of, stage_short, status_detail};
pub use trade::{cancelled, change, destination, diet, openness, order_status, progress, step};

/// A sentence out of words that begin small and end without a dot.
pub fn sentence(words: &str) -> String {
    let mut letters = words.trim().chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let rest = letters.as_str();
    let end = if rest.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{rest}{end}")
}

/// A number of things: `1 dish`, `3 dishes`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A name with what waits behind it.
pub fn with_count(name: &str, number: usize) -> String {
    if number == 0 { name.to_owned() } else { format!("{name}: {number}") }
}

/// `20 min`, `2 h 5 min`.
pub fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours @ 1..48, minutes) => format!("{hours} h {minutes} min"),
        (hours, _) => format!("{} days", hours / 24),
    }
}

/// Names and short sentences that take nothing.
macro_rules! say {
    ($($(#[$doc:meta])* $name:ident: $text:expr;)*) => {
        $(
            $(#[$doc])*
            pub fn $name() -> &'static str {
                $text
            }
        )*
    };
}

say! {
    /// The screen of acts that are on their way.
    outbox: "Outbox";
    /// The screen of acts that came back.
    inbox: "Inbox";
    /// To begin a session.
    sign_in: "Sign in";
    /// To end it.
    sign_out: "Sign out";
    /// On a button after a failure.
    try_again: "Try again";
    /// The replica did not open.
    cannot_open: "Carryout cannot start here";
    /// An order that came back and waits for a decision.
    held: "Held: it needs your decision";
    /// While an act is being saved.
    saving: "Saving\u{2026}";
    /// Why one profile knows one person.
    one_account: "This browser keeps one person\u{2019}s orders at a time. To use a second account beside it, such as \
        the demo kitchen beside the demo customer, open a private window.";
    /// Where nothing was ever loaded and no server answers.
    nothing_yet: "Nothing has been loaded on this device yet, and the server cannot be reached. As soon as it can, \
        this page fills by itself.";
    /// Of an order that came back.
    nothing_happened: " Nothing was cooked and nothing is charged.";
}

/// What waits in the outbox.
pub fn waiting_to_leave(number: usize) -> String {
    let things = count(number, "thing waits", "things wait");
    format!("{things} to be sent, and will be as soon as the server can be reached.")
}

/// What signing out does to what waits.
pub fn sealed_until_you_return(number: usize) -> String {
    let things = count(number, "thing is", "things are");
    format!("{things} still to be sent. Sign out, and it stays on this device, sealed, until you sign in again.")
}

/// Who is signed in.
pub fn signed_in_as(account: &str) -> String {
    format!("Signed in as {account}")
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
