//! Kitchen: the board that cooks look at from across the room, and the alarm that they hear there.

mod alarm;
mod board;
mod card;
mod refuse;

pub use alarm::Alarm;
pub use board::Board;
