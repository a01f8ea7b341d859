//! Ordering: from a cart to a meal that is tracked.

pub(crate) mod carts;
mod changes;

mod checkout;
mod history;
mod revision;
mod sketch;
mod tracking;
mod when;
mod whereabouts;

mod cart_page;

pub use cart_page::CartPage;
pub use carts::{CartBar, add_to_cart, badge};
pub use changes::{Changes, Names};
pub use checkout::Checkout;
pub use history::History;
pub use revision::Revision;
pub use tracking::Tracking;
pub use when::{TimeOptions, Times};
