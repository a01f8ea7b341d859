//! Kitchen: tickets on the board, and the cook who works them. Alone judges cancel against cook.

pub mod ticket;

pub use ticket::{Numbering, Progress, Ticket, TicketCommand, TicketEvent, TicketLine, TicketRefusal};
