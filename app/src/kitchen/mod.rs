//! Kitchen: the board that cooks look at from across the room, the alarm that they hear there, and what the days came to.

mod alarm;
mod board;
mod card;
mod chart;
mod figures;
mod refuse;

pub use alarm::Alarm;
pub use board::Board;
pub use figures::Figures;
