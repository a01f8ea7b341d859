//! Dining: what is eaten in the house. A tab takes lines and gives them back, also by several people at once, until its bill;
//! drinks go out at once, food after the kitchen prepared it, and a tab closes after it is paid.

pub mod bill;
pub mod staff;
pub mod tab;

pub use bill::{Bill, Means, Settlement};
pub use staff::{TabCommand, TabRefusal};
pub use tab::{LineState, Seat, Stage, Tab, TabEvent, TabLine};
