//! Fulfilment: the money path of an order, as sagas over what the other services do. It owns no business rows; what it keeps
//! is its logs.

pub mod aftermath;
pub mod arrange;
pub mod process;
pub mod secure;
pub mod settle;

pub use aftermath::Aftermath;
pub use process::{Claim, Process, ProcessEvent};
