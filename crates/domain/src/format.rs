//! How acts of earlier releases are said now.
//!
//! | format | what is new |
//! |---|---|
//! | 1 | the first release |
//! | 2 | every command is a map, because a bare word or id cannot grow a field; a cancel says why |

use serde_json::{Value, json};

/// The format that [`crate::Trade`] writes.
pub(crate) const FORMAT: u16 = 2;

/// An act as format `from + 1` writes it. What is not known here stays as it is.
pub(crate) fn upcast(mut act: Value, from: u16) -> Value {
    if from == 1 {
        name_what_was_bare(&mut act);
    }
    act
}

/// Commands for an order that format 1 wrote as the bare order.
const BARE_ORDERS: [&str; 4] = ["/order/cancel", "/ticket/start-cooking", "/ticket/mark-ready", "/ticket/hand-over"];

fn name_what_was_bare(act: &mut Value) {
    let Some(command) = act.get_mut("do") else { return };
    for bare in BARE_ORDERS {
        if let Some(order) = command.pointer_mut(bare).filter(|order| order.is_string()) {
            *order = json!({ "order": order.take() });
        }
    }
    if let Some(word) = command.pointer_mut("/restaurant/command")
        && let Some(bare @ ("open" | "close")) = word.as_str()
    {
        *word = json!({ bare: {} });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        for act in [
            json!("dismiss"),
            json!(null),
            json!({ "do": 7 }),
            json!({ "do": { "order": { "cancel": { "order": "x" } } } }),
            json!({ "do": { "order": { "give-away": "x" } } }),
            json!({ "do": { "restaurant": { "restaurant": "x", "command": "burn-down" } } }),
        ] {
            assert_eq!(upcast(act.clone(), 1), act);
        }
        let bare = json!({ "do": { "order": { "cancel": "x" } } });
        assert_eq!(upcast(bare.clone(), 2), bare, "only the format that wrote it so is read so");
    }
}
