//! The small views that every screen is made of.

mod announcer;
mod chime;
mod focus;
mod frame;
mod notes;
mod page;
mod status_line;

mod dialog;
mod download;
mod field;
mod give_back;
mod icon;
mod language_choice;
mod looked_at;
mod notice;
mod pages;
mod proofs;
mod question;
mod share;
mod stepper;

pub mod money;
pub mod place;
pub mod time;

pub use chime::{Chime, Hearing};
pub use dialog::Dialog;
pub use download::Download;
pub use field::Field;
pub use frame::{Frame, Places};
pub use give_back::GiveBackButton;
pub use icon::{Icon, Symbol};
pub use language_choice::LanguageChoice;
pub use looked_at::while_looked_at;
pub use notes::UpdateButton;
pub use notice::{Empty, Missing, Notice, Skeleton, Tone};
pub use page::{Page, focus_heading, focus_on, use_way_on};
pub use pages::Pages;
pub use proofs::{Kept, Proofs};
pub use question::{Answer, Asking, Question, Reason};
pub use share::Share;
pub use stepper::Stepper;
