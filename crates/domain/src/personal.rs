//! What commands bring about persons, and about whom. Sealing it is [`sync::personal`]'s; here is only where it stands.

use sync::{AccountId, Personal};

use crate::delivery::ErrandCommand;
use crate::kitchen::TicketCommand;
use crate::ops::CaseCommand;
use crate::ordering::{Contact, Destination, OrderCommand, PlaceOrder};
use crate::payment::{Card, Method};
use crate::trade::{Command, Row};

/// The texts about a person that `command` brings. What staff write of an order is about its customer, too.
pub(crate) fn texts(command: &mut Command) -> Vec<&mut Personal> {
    match command {
        Command::Order(OrderCommand::Place(place)) => of_order(place),
        Command::Order(OrderCommand::Cancel { reason, .. })
        | Command::Ticket(TicketCommand::Refuse { reason, .. })
        | Command::Errand(ErrandCommand::Fail { reason, .. }) => vec![reason],
        Command::Case(CaseCommand::Settle { note, .. }) => vec![note],
        Command::Ticket(_)
        | Command::Errand(_)
        | Command::Case(_)
        | Command::Menu { .. }
        | Command::Restaurant { .. }
        | Command::Guest(_)
        | Command::Driver(_)
        | Command::Offer(_) => vec![],
    }
}

fn of_order(place: &mut PlaceOrder) -> Vec<&mut Personal> {
    let PlaceOrder { lines, destination, contact: Contact { name, phone }, note, pays, .. } = place;
    let mut texts = vec![name, phone, note];
    texts.extend(lines.iter_mut().map(|line| &mut line.note));
    if let Destination::Deliver(address) = destination {
        texts.push(address);
    }
    if let Method::Card(Card { token, label }) = pays {
        texts.extend([token, label]);
    }
    texts
}

/// Whom the texts of `command` are about, where that is not who gives it: the customer whose name stands in the row.
pub(crate) fn subject(command: &Command, row: Option<&Row>) -> Option<AccountId> {
    let contact = match (command, row?) {
        (Command::Ticket(_), Row::Ticket(ticket)) => &ticket.customer_name,
        (Command::Errand(_), Row::Errand(errand)) => &errand.contact.name,
        (Command::Case(_), Row::Case(case)) => &case.contact.name,
        _ => return None,
    };
    contact.subject().cloned()
}
