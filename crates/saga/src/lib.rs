//! A saga: steps that others do, each a transaction of its own, and that others take back when one of them cannot be done.
//!
//! What a saga is stands in a table ([`Saga`]): its steps, what each waits for, by which events it is asked for, answered
//! and taken back. What became of one run of it stands in a log of [`Record`]s, which only grows; [`State`] is that log
//! folded. [`Saga::begin`], [`Saga::hear`] and [`Saga::go_on`] say what is to be written next, and know nothing else: whoever
//! writes the records and tells the others of them may die after any of them, read the log again, and go on.
//!
//! ```text
//!            ┌─ done ──► the steps that waited for it are asked for ──► all done: ended
//! asked ─────┤
//!            └─ failed ─► before the pivot: what was done is taken back, last first ──► aborted
//!                        after the pivot: asked again, for ever
//! ```
//! Words may come late, twice and in any order; each makes a difference at most once. A step that is done after the saga
//! gave up is taken back as well.

mod run;
mod state;
mod table;

pub use run::Heard;
pub use state::{Record, State, Stood};
pub use table::{Fault, Pivot, Saga, Step, Undo};
