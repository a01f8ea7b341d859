//! The small views that every screen is made of.

mod frame;
mod page;
mod status_line;

mod dialog;
mod icon;
mod notice;
mod stepper;

pub mod money;
pub mod time;

pub use dialog::Dialog;
pub use frame::{Frame, Places};
pub use icon::{Icon, Symbol};
pub use notice::{Empty, Missing, Notice, Skeleton, Tone};
pub use page::{Page, use_way_on};
pub use stepper::Stepper;
