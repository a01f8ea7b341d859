//! Delivery: a driver's shift on one screen, made to be read and tapped with one hand.

mod errand;
mod offer;
mod place;
mod shift;

mod pad;
mod photo;
mod proof;

pub use shift::Shift;
