//! Delivery: a driver's shift on one screen, made to be read and tapped with one hand, and what they took in on another.

mod errand;
mod offer;
mod shift;
mod sighted;
mod takings;

mod pad;
mod photo;
mod proof;

pub use shift::Shift;
pub use takings::Takings;
