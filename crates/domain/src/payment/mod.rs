//! Payment: how an order is paid, and what has become of the money. The provider itself is outside.

pub mod card;
pub mod hold;
pub mod paid;
pub mod refund;

pub use card::{Card, Method};
pub use hold::{Payment, PaymentEvent, Report, Standing};
pub use paid::Paid;
pub use refund::{Giver, RefundTotals};
