//! Ordering: a cart, its price, and the order that it becomes.

pub mod cart;
pub mod order;
pub mod price;

pub use cart::{Cart, CartLine, NotAdded};
pub use order::{
    Cancelled, Choice, Contact, Destination, Dispatch, Line, Order, OrderCommand, OrderEvent, OrderRefusal, PlaceOrder,
    Status, Step,
};
pub use price::{Change, LineChange, Unfit};
