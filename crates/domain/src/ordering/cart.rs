//! A cart: what a customer picked from one restaurant's menu, kept on the device until it is placed.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::order::{Choice, LINES_MAX, Line, QUANTITY_MAX};
use super::price::{self, Unfit};
use crate::catalog::Menu;
use crate::id::{GroupId, OptionId};
use crate::{ItemId, Money, RestaurantId};

/// What was picked, with the names and prices that were shown when it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cart {
    /// From which restaurant; a cart never mixes two.
    pub restaurant: RestaurantId,
    /// In the order in which they were picked.
    pub lines: Vec<CartLine>,
}

/// Why a dish was not put into a cart.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotAdded {
    /// The dish is gone.
    #[error("this dish is not on the menu any more")]
    NotOnMenu,
    /// Its options do not fit.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// There is no room.
    #[error("a cart holds at most {LINES_MAX} lines")]
    Full,
}

/// One line of a cart: exactly what an order's line will be.
pub type CartLine = Line;

impl Cart {
    /// An empty cart at `restaurant`.
    pub fn new(restaurant: RestaurantId) -> Self {
        Self { restaurant, lines: vec![] }
    }

    /// Puts `quantity` of a dish into the cart at the menu's present price; the same dish with the same choices and note
    /// joins the line that is there.
    ///
    /// # Errors
    /// The dish or a choice is not on the menu, the choices do not fit, or the cart is full.
    pub fn add(
        &mut self,
        menu: &Menu,
        item: &ItemId,
        chosen: &[(GroupId, OptionId)],
        quantity: u32,
        note: &str,
    ) -> Result<(), NotAdded> {
        let item = menu.item(item).ok_or(NotAdded::NotOnMenu)?;
        let (unit, choices) = price::priced(item, chosen)?;
        let line =
            Line { item: item.id.clone(), name: item.name.clone(), quantity, choices, unit, note: note.trim().into() };
        if self.join(line) { Ok(()) } else { Err(NotAdded::Full) }
    }

    /// Adds what another cart at the same restaurant holds, in its order: the same dish with the same choices, note and
    /// price joins the line that is there. How many lines had no room.
    pub fn merge(&mut self, other: Self) -> usize {
        assert_eq!(self.restaurant, other.restaurant, "a cart never mixes two restaurants");
        other.lines.into_iter().filter(|line| !self.join(line.clone())).count()
    }

    /// Whether there was room for the line.
    fn join(&mut self, line: Line) -> bool {
        let same = |known: &Line| {
            known.item == line.item
                && known.choices == line.choices
                && known.note == line.note
                && known.unit == line.unit
        };
        match self.lines.iter().position(same) {
            Some(index) => {
                let known = &mut self.lines[index];
                known.quantity = known.quantity.saturating_add(line.quantity).min(QUANTITY_MAX);
            }
            None if self.lines.len() < LINES_MAX => self.lines.push(line),
            None => return false,
        }
        true
    }

    /// Sets how many of the line at `index`; none removes it.
    pub fn set_quantity(&mut self, index: usize, quantity: u32) {
        if quantity == 0 && index < self.lines.len() {
            self.lines.remove(index);
        } else if let Some(line) = self.lines.get_mut(index) {
            line.quantity = quantity.min(QUANTITY_MAX);
        }
    }

    /// How many portions.
    pub fn count(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// What it costs at the prices that were shown; `None` while it is empty.
    pub fn total(&self) -> Option<Money> {
        price::total(&self.lines)
    }

    /// What changed on the menu since the lines were picked.
    pub fn changes(&self, menu: &Menu) -> Vec<price::LineChange> {
        price::changes(&self.lines, menu)
    }

    /// Takes the menu's present prices and drops what cannot be had.
    pub fn accept_changes(&mut self, menu: &Menu) {
        let changes = self.changes(menu);
        self.lines = price::with_changes(&self.lines, &changes);
    }
}

/// The choices as ids.
pub fn chosen(choices: &[Choice]) -> Vec<(GroupId, OptionId)> {
    choices.iter().map(|choice| (choice.group.clone(), choice.option.clone())).collect()
}
