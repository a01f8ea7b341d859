//! What a meal order is, and what may happen to it.
//!
//! One module a slice: [`catalog`] is what a restaurant offers, [`ordering`] what a customer wants, [`kitchen`] what a
//! cook does about it, [`dining`] what is eaten in the house, [`delivery`] who brings it, [`account`] who they are, [`payment`] what becomes of the money,
//! [`fulfilment`] what has to come together for it, and [`ops`] who helps where it does not. [`trade`] joins them into the one [`sync::Model`] that the browser and the
//! server share, [`rules`] says how one slice's facts move another's, [`push`] what somebody is told of while no page of theirs is open, [`put_away`] when what is over leaves the screens, and [`access`] who may do and see what. [`Money`] and
//! the ids come from [`money`] and [`id`].
//!
//! Nothing here knows a clock, chance or the outside: the time is an argument, ids are made by the caller, and a local
//! time of day is asked of the caller by the name of the time zone.

pub mod id;
pub mod money;

pub mod account;
pub mod catalog;
pub mod delivery;
pub mod dining;
pub mod fulfilment;
pub mod kitchen;
pub mod ops;
pub mod ordering;
pub mod payment;

pub mod access;
pub mod fact;
mod format;
mod personal;
pub mod push;
pub mod put_away;
pub mod rules;
mod service;
pub mod trade;

pub use id::{ItemId, OrderId, RestaurantId};
pub use money::{Currency, Money, NotMoney};
pub use service::Service;
pub use trade::{Command, Event, Refusal, Row, Trade};
