//! Ordering: from a cart to a meal that is tracked.

mod carts;
mod changes;

mod checkout;
mod history;
mod tracking;

mod cart_page;

pub use cart_page::CartPage;
pub use carts::{CartBar, add_to_cart, badge};
pub use changes::Changes;
pub use checkout::Checkout;
pub use history::History;
pub use tracking::Tracking;
