//! Ordering: a cart, its price, when it is wanted, and the order that it becomes.

pub mod cart;
pub mod order;
pub mod price;
pub mod slot;

pub use cart::{Cart, CartLine, NotAdded};
pub use order::{
    Cancelled, Choice, Contact, Destination, Dispatch, Line, Order, OrderCommand, OrderEvent, OrderRefusal, PlaceOrder,
    Status, Step,
};
pub use price::{Change, LineChange, Unfit};
pub use slot::{Untimely, Wanted};
