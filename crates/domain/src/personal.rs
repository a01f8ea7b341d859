//! Where texts about a person stand: in what commands bring, and in the rows that they become. Sealing them is
//! [`sync::personal`]'s.

use sync::{AccountId, Personal};

use crate::delivery::{Errand, ErrandCommand};
use crate::kitchen::{Ticket, TicketCommand};
use crate::ops::{Case, CaseCommand, Measure};
use crate::ordering::{Cancelled, Contact, Destination, Order, OrderCommand, PlaceOrder};
use crate::payment::{Card, Method};
use crate::trade::{Command, Row};

/// The texts about a person that `command` brings. What staff write of an order is about its customer, too.
pub(crate) fn texts(command: &mut Command) -> Vec<&mut Personal> {
    match command {
        Command::Order(OrderCommand::Place(place)) => of_place(place),
        Command::Order(OrderCommand::Cancel { reason, .. })
        | Command::Ticket(
            TicketCommand::Refuse { reason, .. }
            | TicketCommand::CallOff { reason, .. }
            | TicketCommand::GiveBack { reason, .. },
        )
        | Command::Errand(ErrandCommand::Fail { reason, .. }) => vec![reason],
        Command::Case(CaseCommand::Settle { note, .. } | CaseCommand::GiveBack { note, .. }) => vec![note],
        Command::Ticket(_)
        | Command::Errand(_)
        | Command::Case(_)
        | Command::Menu { .. }
        | Command::Restaurant { .. }
        | Command::Guest(_)
        | Command::Person(_)
        | Command::Driver(_)
        | Command::Offer(_)
        | Command::Takings(_)
        | Command::Tab(_) => vec![],
    }
}

fn of_place(place: &mut PlaceOrder) -> Vec<&mut Personal> {
    let PlaceOrder { lines, destination, contact: Contact { name, phone }, note, pays, .. } = place;
    let mut texts = vec![name, phone, note];
    texts.extend(lines.iter_mut().map(|line| &mut line.note));
    texts.extend(of_destination(destination));
    texts.extend(of_method(pays));
    texts
}

fn of_destination(destination: &mut Destination) -> Option<&mut Personal> {
    match destination {
        Destination::Deliver(address) => Some(address),
        Destination::Collect => None,
    }
}

fn of_method(pays: &mut Method) -> Vec<&mut Personal> {
    match pays {
        Method::Card(Card { token, label }) => vec![token, label],
        Method::AtHandOver => vec![],
    }
}

fn of_end(why: &mut Cancelled) -> Option<&mut Personal> {
    match why {
        Cancelled::ByRestaurant(reason) | Cancelled::NotDelivered(reason) | Cancelled::NobodyThere(reason) => {
            Some(reason)
        }
        Cancelled::ByCustomer
        | Cancelled::SoldOut(_)
        | Cancelled::NotPaid(_)
        | Cancelled::NoAnswer
        | Cancelled::NoDriver => None,
    }
}

/// The texts about its customer in an order.
pub(crate) fn of_order(order: &mut Order) -> Vec<&mut Personal> {
    let Order { lines, destination, contact: Contact { name, phone }, note, pays, cancel_reason, ended, .. } = order;
    let mut texts = vec![name, phone, note, cancel_reason];
    texts.extend(lines.iter_mut().map(|line| &mut line.note));
    texts.extend(of_destination(destination));
    texts.extend(of_method(pays));
    texts.extend(ended.as_mut().and_then(of_end));
    texts
}

/// The same in a ticket.
pub(crate) fn of_ticket(ticket: &mut Ticket) -> Vec<&mut Personal> {
    let Ticket { customer_name, phone, lines, note, destination, reason, cancel_reason, withdrawn, given_back, .. } =
        ticket;
    let mut texts = vec![customer_name, phone, note, cancel_reason];
    texts.extend(lines.iter_mut().map(|line| &mut line.note));
    texts.extend(of_destination(destination));
    texts.extend(reason.as_mut());
    texts.extend(given_back.iter_mut().map(|given| &mut given.reason));
    texts.extend(withdrawn.as_mut().and_then(of_end));
    texts
}

/// The same in an errand.
pub(crate) fn of_errand(errand: &mut Errand) -> Vec<&mut Personal> {
    let Errand { address, contact: Contact { name, phone }, note, reason, .. } = errand;
    vec![address, name, phone, note, reason]
}

/// The same in a case.
pub(crate) fn of_case(case: &mut Case) -> Vec<&mut Personal> {
    let Case { contact: Contact { name, phone }, troubles, done, .. } = case;
    let mut texts = vec![name, phone];
    texts.extend(troubles.iter_mut().map(|trouble| &mut trouble.words));
    texts.extend(done.iter_mut().filter_map(|done| match &mut done.what {
        Measure::Settled { note, .. } | Measure::GivenBack { note, .. } => Some(note),
        Measure::TimeGiven { .. } | Measure::GivenUp(_) | Measure::Chosen { .. } => None,
    }));
    texts
}

/// Nothing is left of `texts` but about whom they were: what is written of them later is sealed for nobody.
pub(crate) fn erase(texts: Vec<&mut Personal>) {
    texts.into_iter().for_each(Personal::erase);
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
