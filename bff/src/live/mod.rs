//! Live: facts become the feed ([`view`]), and the feed reaches the screens ([`socket`]).

mod read;
mod socket;
mod view;

pub(crate) use socket::router;
pub(crate) use view::run;
