//! What is wrong with a number or a text, in the language that is spoken.
//!
//! A refusal carries it as an English sentence: it is on the wire, and in inboxes that were written long ago. So the sentence is known
//! here by its shape, which is the sentence with `#` for each number, and worded by those numbers. A sentence that is not known, of
//! another release perhaps, is shown as it is.

use domain::ordering::price::Unfit;

use super::{sentence, unfit};
use crate::texts::refusal;

/// A sentence's shape, and its words; there are as many numbers as the shape has marks.
type Known = (&'static str, fn(&[u64]) -> String);

const KNOWN: [Known; 26] = [
    ("a reason has at most # characters", |of| refusal::reason_too_long(of[0])),
    ("a reason is needed", |_| refusal::reason_needed().to_owned()),
    ("a note has at most # characters", |of| refusal::note_too_long(of[0])),
    ("a table's name has at most # characters", |of| refusal::table_name_too_long(of[0])),
    ("a table's name is needed", |_| refusal::table_name_needed().to_owned()),
    ("an order has at most # lines; this one has #", |of| refusal::order_too_long(of[0], of[1])),
    ("a price is not negative", |_| refusal::price_negative().to_owned()),
    ("a price is not negative, and not that large", |_| refusal::price_impossible().to_owned()),
    ("a delivery needs an address", |_| refusal::address_needed().to_owned()),
    ("the kitchen needs a name to call", |_| refusal::name_needed().to_owned()),
    ("a note, a name or an address has at most # characters", |of| refusal::text_too_long(of[0])),
    ("the lines of an order are in one currency", |_| refusal::one_currency().to_owned()),
    ("a tip is at most # percent", |of| refusal::tip_too_large(of[0])),
    ("a time to choose begins at a quarter of an hour", |_| refusal::slot_is_none().to_owned()),
    ("a tip by card needs a card", |_| refusal::tip_needs_card().to_owned()),
    ("what a card is called has at most # characters", |of| refusal::card_label_too_long(of[0])),
    ("a card's number is not sent here; the payment provider takes it", |_| refusal::card_number().to_owned()),
    ("promise between # and # minutes", |of| refusal::promise_between(of[0], of[1])),
    ("a kitchen is given between # and # minutes", |of| refusal::time_between(of[0], of[1])),
    ("at most # portions are counted", |of| refusal::left_too_many(of[0])),
    ("a dish needs a name", |_| refusal::dish_name_needed().to_owned()),
    ("a name has at most # characters", |of| refusal::dish_name_too_long(of[0])),
    ("a tab has at most # lines", |of| refusal::tab_too_long(of[0])),
    ("a tab has at most # lines; open another one", |of| refusal::tab_full(of[0])),
    ("# of one dish: between # and # can be added", |of| refusal::count_between(of[1], of[2], of[0])),
    ("a tip is more than nothing, and at most # times the bill", |of| refusal::bill_tip_too_large(of[0])),
];

/// Why a number or a text cannot be.
pub(super) fn flaw(what: &str) -> String {
    if let Some(currency) = what.strip_prefix("prices here are in ") {
        return refusal::prices_in(currency);
    }
    if let Some(currency) = what.strip_prefix("a bill has one currency, here ") {
        return refusal::bill_currency(currency);
    }
    let (shape, numbers) = shape(what);
    match KNOWN.iter().find(|(known, _)| *known == shape) {
        Some((_, words)) => words(&numbers),
        None => sentence(what),
    }
}

/// Why a dish cannot be had with what was chosen.
pub(super) fn choices(what: &str) -> String {
    unfit_of(what).map_or_else(|| sentence(what), |why| unfit(&why))
}

/// A sentence with `#` for each number, and the numbers.
fn shape(what: &str) -> (String, Vec<u64>) {
    let (mut shape, mut numbers, mut rest) = (String::new(), vec![], what);
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, after) = rest.split_at(start);
        let (digits, after) =
            after.split_at(after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len()));
        shape.push_str(before);
        shape.push('#');
        numbers.push(digits.parse().unwrap_or(u64::MAX));
        rest = after;
    }
    shape.push_str(rest);
    (shape, numbers)
}

/// What was said as a sentence, as it was before.
fn unfit_of(what: &str) -> Option<Unfit> {
    let of_group = |begins: &str| {
        let (number, group) = what.strip_prefix(begins)?.split_once(" of ")?;
        Some((number.parse().ok()?, group.to_owned()))
    };
    if let Some((least, group)) = of_group("choose at least ") {
        return Some(Unfit::TooFew { group, least });
    }
    if let Some((most, group)) = of_group("choose at most ") {
        return Some(Unfit::TooMany { group, most });
    }
    if let Some(option) = what.strip_suffix(" is chosen twice") {
        return Some(Unfit::Twice { option: option.to_owned() });
    }
    Some(Unfit::NotOffered).filter(|why| why.to_string() == what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, speaking};

    #[test]
    fn english_says_what_the_domain_says() {
        for (known, _) in KNOWN {
            let parts: Vec<&str> = known.split('#').collect();
            let numbers = ["7", "8", "9", ""];
            let told: String = parts.iter().zip(numbers).map(|(part, number)| format!("{part}{number}")).collect();
            let told = told.strip_suffix(numbers[parts.len() - 1]).unwrap_or(&told);
            assert_eq!(flaw(told), sentence(told));
        }
        for told in ["prices here are in EUR", "a bill has one currency, here JPY"] {
            assert_eq!(flaw(told), sentence(told));
        }
    }

    #[test]
    fn the_domain_says_what_is_known_here() {
        let domain = [
            include_str!("../../../crates/domain/src/catalog/menu.rs"),
            include_str!("../../../crates/domain/src/delivery/errand.rs"),
            include_str!("../../../crates/domain/src/dining/bill.rs"),
            include_str!("../../../crates/domain/src/dining/staff.rs"),
            include_str!("../../../crates/domain/src/kitchen/ticket.rs"),
            include_str!("../../../crates/domain/src/ops/case.rs"),
            include_str!("../../../crates/domain/src/ordering/order.rs"),
            include_str!("../../../crates/domain/src/payment/card.rs"),
        ];
        let domain = without_names(&domain.concat());
        // Of a text, the domain says its name and what is wrong with it in two places.
        let names = ["a reason", "a note", "a table's name"].map(|name| (name, format!("{name:?}")));
        let known = KNOWN.into_iter().map(|(known, _)| known);
        for known in known.chain(["prices here are in #", "a bill has one currency, here #"]) {
            let in_two = |(name, quoted): &(&str, String)| {
                known
                    .strip_prefix(name)
                    .is_some_and(|rest| domain.contains(&format!("\"#{rest}\"")) && domain.contains(quoted))
            };
            let known_there = known.replacen("between # and", "between 1 and", 1);
            let is_said = [known, &known_there].iter().any(|known| domain.contains(&format!("\"{known}\"")));
            assert!(
                is_said || names.iter().any(in_two),
                "the domain does not say {known:?} any more: take it out here"
            );
        }
    }

    /// Code with `#` for whatever stands in braces on one line.
    fn without_names(code: &str) -> String {
        let mut said = String::new();
        let mut rest = code;
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            rest = match after.split_once('}') {
                Some((name, after)) if !name.contains(['\n', '"']) => {
                    said.push('#');
                    after
                }
                _ => after,
            };
        }
        said + rest
    }

    #[test]
    fn a_number_is_said_in_the_language_that_is_spoken() {
        let said = |what| speaking(Language::German, || flaw(what));
        assert_eq!(said("a reason has at most 200 characters"), "Ein Grund hat h\u{f6}chstens 200 Zeichen.");
        assert_eq!(
            said("an order has at most 50 lines; this one has 51"),
            "Eine Bestellung hat h\u{f6}chstens 50 Zeilen; diese hat 51."
        );
        assert_eq!(said("something new"), "Something new.");
    }

    #[test]
    fn choices_are_read_back() {
        for why in [
            Unfit::Twice { option: "Extra cheese".into() },
            Unfit::TooFew { group: "Two of a kind".into(), least: 2 },
            Unfit::TooMany { group: "Sauces".into(), most: 3 },
            Unfit::NotOffered,
        ] {
            assert_eq!(unfit_of(&why.to_string()), Some(why));
        }
        assert_eq!(choices("something new"), "Something new.");
    }
}
