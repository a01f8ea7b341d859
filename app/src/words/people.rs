//! Who is here, what they take over, and what they leave behind.

use replica::Keeping;

use super::{count, sentence};

/// What signing out does to what waits.
pub fn sealed_until_you_return(number: usize, kept: Keeping) -> String {
    let things = count(number, "thing is", "things are");
    let place = if kept == Keeping::Memory { "in this window" } else { "on this device" };
    format!("{things} still to be sent. Sign out, and it stays {place}, sealed, until you sign in again.")
}

/// On the button that sends what waits before signing out.
pub fn send_and_sign_out(number: usize) -> String {
    format!("Send {} first", count(number, "thing", "things"))
}

/// On the button that gives up what waits.
pub fn discard_and_sign_out(number: usize) -> String {
    format!("Discard {} and sign out", count(number, "thing", "things"))
}

/// What discarding does.
pub fn discarding(number: usize) -> String {
    format!("{} will never be sent. This cannot be undone.", count(number, "thing", "things"))
}

/// Some of what was to be sent has not left.
pub fn not_sent(number: usize) -> String {
    let wait = if number == 1 { "waits" } else { "wait" };
    format!("{} still {wait} on this phone, so you are still signed in.", count(number, "thing", "things"))
}

/// Somebody else's acts that this device keeps.
pub fn sealed_here(number: usize) -> String {
    let are = count(number, "thing is", "things are");
    format!("{are} kept on this device for somebody else, sealed. Only their own sign-in sends it.")
}

/// Who is signed in.
pub fn signed_in_as(account: &str) -> String {
    format!("Signed in as {account}")
}

/// What a person takes over from the guest they were, before they sign in.
pub fn moves_with_you(orders: usize, dishes: usize) -> String {
    let orders = match orders {
        0 => None,
        1 => Some("order".to_owned()),
        more => Some(format!("{more} orders")),
    };
    let cart = (dishes > 0).then(|| "cart".to_owned());
    let things: Vec<_> = orders.into_iter().chain(cart).collect();
    format!("Your {} will be moved to your account.", things.join(" and "))
}

/// What a guest did that did not leave, before somebody signs in. What may still leave keeps the guest as they are.
pub fn left_behind(number: usize, may_leave: bool) -> String {
    let things = count(number, "thing", "things");
    let stays = if number == 1 { "It stays" } else { "They stay" };
    let rest = if may_leave {
        "Until all has left, nothing is moved to an account: wait, or sign in all the same, and it goes on after you \
         sign out."
    } else {
        "The rest is moved to your account."
    };
    format!("{things} you did as a guest could not be sent. {stays} on this device, sealed. {rest}")
}

/// Why a guest cannot be forgotten yet.
pub fn not_forgotten_while(number: usize) -> String {
    let wait = if number == 1 { "waits" } else { "wait" };
    let things = count(number, "thing", "things");
    format!("{things} you did here still {wait} to be sent, and nobody else could. Send or take back what waits first.")
}

/// A cart that was filled before the sign-in has joined one that was there; so many lines had no room.
pub fn carts_joined(no_room: usize) -> String {
    let joined = "What you had picked was added to the cart you had at the same restaurant";
    match no_room {
        0 => sentence(joined),
        some => format!("{joined}, but {} had no room.", count(some, "line", "lines")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_is_named() {
        assert_eq!(moves_with_you(1, 0), "Your order will be moved to your account.");
        assert_eq!(moves_with_you(2, 3), "Your 2 orders and cart will be moved to your account.");
    }

    #[test]
    fn one_thing_is_told_from_several() {
        assert!(left_behind(1, false).starts_with("1 thing you did as a guest could not be sent. It stays"));
        assert!(left_behind(2, true).contains("They stay"));
    }
}
