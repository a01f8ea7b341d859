//! Catalog: what a restaurant offers, when it is open, and what is left of it. Alone holds stock.

pub mod edits;
pub mod hours;
pub mod menu;
pub mod restaurant;
pub mod stock;

pub use edits::{Edits, EditsEvent};
pub use hours::{Day, Hours, Span};
pub use menu::{
    Allergen, Availability, Diet, Item, Menu, MenuCommand, MenuEvent, MenuRefusal, OptionGroup, OptionItem, Section,
};
pub use restaurant::{Restaurant, RestaurantCommand, RestaurantEvent};
