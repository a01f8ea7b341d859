//! How long what is over stays on screens.
//!
//! ```text
//! an order     30 days after it ended
//! a ticket     30 days after it came onto the board, once it has left it
//! a tab        30 days after it was closed
//! ```
//! Then it is put away, by a fact as everything happens: it leaves the scopes of whoever saw it, so that no device carries what
//! nobody looks at, and is found in the archive. Its service keeps the row, because a word on it may still come (money that is
//! given back, a person who is forgotten), and no other service hears of it: nothing of theirs is over by that. What leaves its
//! scope by itself (an offer, an errand, a case) needs none of this.

use sync::Millis;

use crate::dining::TabEvent;
use crate::kitchen::TicketEvent;
use crate::ordering::OrderEvent;
use crate::trade::{Event, Row};

/// How long that is, in milliseconds: as long as a device keeps an act that is settled, and longer than anybody asks after a
/// meal whose paper they would not look for.
pub const PUT_AWAY_AFTER_MS: Millis = 30 * 24 * 60 * 60 * 1000;

/// Whether no screen shows the row any more.
pub fn is_put_away(row: &Row) -> bool {
    match row {
        Row::Order(order) => order.is_put_away,
        Row::Ticket(ticket) => ticket.is_put_away,
        Row::Tab(tab) => tab.is_put_away,
        _ => false,
    }
}

/// When the row is to be put away; nothing while it is under way, and once it is done.
pub(crate) fn due(row: &Row) -> Option<Millis> {
    let since = match row {
        Row::Order(order) => order.ended_at(),
        Row::Ticket(ticket) => ticket.progress.is_final().then_some(ticket.opened_at),
        Row::Tab(tab) => tab.closed_at,
        _ => None,
    };
    since.filter(|_| !is_put_away(row)).map(|since| since + PUT_AWAY_AFTER_MS)
}

/// What follows when that moment has come.
pub(crate) fn strike(row: &Row, now: Millis) -> Vec<Event> {
    let event = match row {
        Row::Order(_) => Event::Order(OrderEvent::PutAway),
        Row::Ticket(_) => Event::Ticket(TicketEvent::PutAway),
        Row::Tab(_) => Event::Tab(TabEvent::PutAway),
        _ => return vec![],
    };
    due(row).filter(|due| *due <= now).map(|_| event).into_iter().collect()
}
