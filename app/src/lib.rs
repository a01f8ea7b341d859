//! The screens of Carryout: four micro-frontends over one set of parts.
//!
//! Each binary in `bin/` is a bundle of its own with the routes of one role; what it does not route to is not linked
//! into it. A screen is a small view: it reads rows through [`world::World`], gives commands through it, and holds
//! neither rules nor storage. What a person reads is written in [`texts`], in the
//! [`language`] that is spoken, and chosen in [`words`].
//!
//! | slice | customer | restaurant | driver | operator |
//! |---|---|---|---|---|
//! | [`catalog`] | restaurants, menu, item | menu editor, opening and closing | | |
//! | [`ordering`] | carts, checkout, tracking, history | | | |
//! | [`kitchen`] | | live board, alarm, figures by day | | |
//! | [`archive`] | all orders, and a search | the same | the same | the same |
//! | [`delivery`] | | | shift, offers, meals on their way, proof at the door, cash and tips | |
//! | [`ops`] | | | | orders in trouble, the story of an order |
//! | [`account`] | guest, sign-in | sign-in | sign-in | sign-in |
//! | [`push`] | what one is told of | the same | the same | |
//! | [`sync_centre`] | outbox, inbox, how this device stands | the same | the same | the same |

pub mod bonus;
pub mod start;
pub mod update;

pub mod condition;
pub mod meanwhile;
pub mod pending;
pub mod world;

pub mod account;
pub mod archive;
pub mod catalog;
pub mod delivery;
pub mod dining;
pub mod kitchen;
pub mod ops;
pub mod ordering;
pub mod push;
pub mod sync_centre;

pub mod language;
pub mod parts;
pub mod texts;
pub mod words;
