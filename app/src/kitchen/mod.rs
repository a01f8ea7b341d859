//! Kitchen: the board that cooks look at from across the room.

mod board;
mod card;
mod refuse;

pub use board::Board;
