//! Who is here, what they take over, and what they leave behind.

use replica::Keeping;

use crate::texts::people;

/// What signing out does to what waits.
pub fn sealed_until_you_return(number: usize, kept: Keeping) -> String {
    match kept {
        Keeping::Memory => people::sealed_in_window(number as u64),
        Keeping::Durable | Keeping::BestEffort => people::sealed_until_you_return(number as u64),
    }
}

/// On the button that sends what waits before signing out.
pub fn send_and_sign_out(number: usize) -> String {
    people::send_and_sign_out(number as u64)
}

/// On the button that gives up what waits.
pub fn discard_and_sign_out(number: usize) -> String {
    people::discard_and_sign_out(number as u64)
}

/// What discarding does.
pub fn discarding(number: usize) -> String {
    people::discarding(number as u64)
}

/// Some of what was to be sent has not left.
pub fn not_sent(number: usize) -> String {
    people::not_sent(number as u64)
}

/// Somebody else's acts that this device keeps.
pub fn sealed_here(number: usize) -> String {
    people::sealed_here(number as u64)
}

/// What a person takes over from the guest they were, before they sign in.
pub fn moves_with_you(orders: usize, dishes: usize) -> String {
    match (orders, dishes) {
        (0, _) => people::cart_moves_with_you().to_owned(),
        (orders, 0) => people::orders_move_with_you(orders as u64),
        (orders, _) => people::orders_and_cart_move_with_you(orders as u64),
    }
}

/// What a guest did that did not leave, before somebody signs in. What may still leave keeps the guest as they are.
pub fn left_behind(number: usize, may_leave: bool) -> String {
    if may_leave { people::left_behind_for_now(number as u64) } else { people::left_behind(number as u64) }
}

/// Why a guest cannot be forgotten yet.
pub fn not_forgotten_while(number: usize) -> String {
    people::not_forgotten_while(number as u64)
}

/// A cart that was filled before the sign-in has joined one that was there; so many lines had no room.
pub fn carts_joined(no_room: usize) -> String {
    match no_room {
        0 => people::carts_joined().to_owned(),
        lines => people::carts_joined_in_part(lines as u64),
    }
}

/// Erasing is asked for, and waits for so many orders that are under way.
pub fn erasing(under_way: usize) -> String {
    match under_way {
        0 => people::erasing().to_owned(),
        orders => people::erasing_after(orders as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, speaking};

    #[test]
    fn what_moves_is_named() {
        assert_eq!(moves_with_you(1, 0), "Your order will be moved to your account.");
        assert_eq!(moves_with_you(2, 3), "Your 2 orders and cart will be moved to your account.");
        assert_eq!(moves_with_you(0, 3), "Your cart will be moved to your account.");
    }

    #[test]
    fn one_thing_is_told_from_several() {
        assert!(left_behind(1, false).starts_with("1 thing you did as a guest could not be sent. It stays"));
        assert!(left_behind(2, true).contains("They stay"));
    }

    #[test]
    fn two_things_are_two_in_arabic() {
        let said = |number| speaking(Language::Arabic, || send_and_sign_out(number));
        assert_eq!(
            [1, 2, 3, 11].map(said),
            ["أرسل أولًا أمرًا واحدًا", "أرسل أولًا أمرين", "أرسل أولًا 3 أمور", "أرسل أولًا 11 أمرًا"]
        );
    }
}
