//! What becomes of portions and money when an order ends early: the policy of the compensation matrix (design 8.3).
//!
//! | why it ends | had the kitchen begun? | its portions | its money |
//! |---|---|---|---|
//! | whatever it is | no | go back to the menu | is let go |
//! | nobody was there to take it, and a card pays | yes | are used up | is charged: it was cooked and brought |
//! | whatever else | yes | are used up | is let go |
//!
//! A customer may cancel until the kitchen begins, so what they take back costs them nothing. What was charged and should
//! not have been, people give back: see [`crate::payment::refund`].

use crate::ordering::{Cancelled, Order, Status};

/// What becomes of an order's portions and money when it has ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aftermath {
    /// Nothing was cooked: all goes back.
    Undone,
    /// It was cooked for nobody: the portions are used up, the money goes back.
    Wasted,
    /// It was cooked and brought, and is paid for.
    Paid,
}

impl Aftermath {
    /// That of `order`; nothing, where it has not ended early.
    pub fn of(order: &Order) -> Option<Self> {
        let why = order.ended.as_ref()?;
        let was_begun = order.steps.iter().any(|step| BEGUN.contains(&step.status));
        Some(match why {
            _ if !was_begun => Self::Undone,
            Cancelled::NobodyThere(_) if order.pays.card().is_some() => Self::Paid,
            _ => Self::Wasted,
        })
    }
}

/// An order that has been one of these is on a stove, or was.
const BEGUN: [Status; 3] = [Status::Preparing, Status::Prepared, Status::PickedUp];
