//! A small trade for tests: a library that lends books while its desk is open.

use serde::{Deserialize, Serialize};
use sync::{
    AccountId, Act, Actor, CommandId, Context, DeviceId, Envelope, Epoch, Key, Known, Millis, Model, Role, Scope,
};
use uuid::Uuid;

use crate::accept::{Bench, Hash};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Library;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Command {
    /// While the desk is open and nobody has the book.
    Lend(String),
    /// Asks the desk for another week.
    Renew(String),
    /// Takes a wish back.
    GiveBack(String),
    /// Likes the book, whatever becomes of the wish to have it.
    Praise(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Row {
    Book { holder: Option<AccountId>, weeks: u32 },
    Desk { open: bool },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Event {
    Lent(AccountId),
    RenewalAsked,
    Renewed,
    NotRenewed,
    Returned,
    DeskSet(bool),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Refusal {
    Closed,
    Taken,
    NotRenewed,
}

pub(crate) fn book(title: &str) -> Key {
    Key::new("book", title)
}

pub(crate) fn desk() -> Key {
    Key::new("desk", "1")
}

impl Model for Library {
    type Command = Command;
    type Row = Row;
    type Event = Event;
    type Refusal = Refusal;

    const FORMAT: u16 = 1;

    fn upcast(act: serde_json::Value, _: u16) -> serde_json::Value {
        act
    }

    fn lane(command: &Command) -> Key {
        let (Command::Lend(title) | Command::Renew(title) | Command::GiveBack(title) | Command::Praise(title)) =
            command;
        book(title)
    }

    fn reads(command: &Command) -> Vec<Key> {
        if matches!(command, Command::Lend(_)) { vec![desk()] } else { vec![] }
    }

    fn permits(actor: &Actor, _command: &Command, _row: Option<&Row>) -> bool {
        actor.role.name == "reader"
    }

    fn decide(row: Option<&Row>, command: &Command, context: &Context<'_, Self>) -> Result<Vec<Event>, Refusal> {
        let holder = match row {
            Some(Row::Book { holder, .. }) => holder.clone(),
            _ => None,
        };
        match command {
            Command::Lend(_) if !matches!((context.rows)(&desk()), Known::Row(Row::Desk { open: true }, _)) => {
                Err(Refusal::Closed)
            }
            Command::Lend(_) if holder.as_ref().is_some_and(|holder| *holder != context.actor.account) => {
                Err(Refusal::Taken)
            }
            Command::Lend(_) => Ok(vec![Event::Lent(context.actor.account.clone())]),
            Command::Renew(_) => Ok(vec![Event::RenewalAsked]),
            Command::Praise(_) => Ok(vec![]),
            Command::GiveBack(_) if holder.is_none() => Ok(vec![]),
            Command::GiveBack(_) => Ok(vec![Event::Returned]),
        }
    }

    fn apply(row: Option<Row>, event: &Event) -> Option<Row> {
        let (holder, weeks) = match row {
            Some(Row::Book { holder, weeks }) => (holder, weeks),
            _ => (None, 0),
        };
        Some(match event {
            Event::Lent(reader) => Row::Book { holder: Some(reader.clone()), weeks: 1 },
            Event::RenewalAsked | Event::NotRenewed => Row::Book { holder, weeks },
            Event::Renewed => Row::Book { holder, weeks: weeks + 1 },
            Event::Returned => Row::Book { holder: None, weeks: 0 },
            Event::DeskSet(open) => Row::Desk { open: *open },
        })
    }

    fn event_name(event: &Event) -> &'static str {
        match event {
            Event::Lent(_) => "book-lent",
            Event::RenewalAsked => "renewal-asked",
            Event::Renewed => "book-renewed",
            Event::NotRenewed => "renewal-refused",
            Event::Returned => "book-returned",
            Event::DeskSet(_) => "desk-set",
        }
    }

    fn code(refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::Closed => "closed",
            Refusal::Taken => "taken",
            Refusal::NotRenewed => "not-renewed",
        }
    }

    fn rests_on_context(refusal: &Refusal) -> bool {
        *refusal == Refusal::Closed
    }

    fn scopes(_key: &Key, row: &Row) -> Vec<Scope> {
        match row {
            Row::Book { holder: Some(reader), .. } => vec![Scope::from("shelf"), Scope(format!("reader:{reader}"))],
            _ => vec![Scope::from("shelf")],
        }
    }

    fn personal_scope(account: &AccountId) -> Scope {
        Scope(format!("person:{account}"))
    }

    fn urgency(scope: &Scope) -> u8 {
        u8::from(scope.as_str() == "shelf")
    }

    fn valid_for_ms(command: &Command) -> Option<u64> {
        matches!(command, Command::Lend(_)).then_some(60_000)
    }

    fn asks(event: &Event) -> bool {
        *event == Event::RenewalAsked
    }

    fn answers(event: &Event) -> Option<Result<(), Refusal>> {
        match event {
            Event::Renewed => Some(Ok(())),
            Event::NotRenewed => Some(Err(Refusal::NotRenewed)),
            _ => None,
        }
    }

    fn stands_alone(command: &Command) -> bool {
        matches!(command, Command::Praise(_))
    }

    fn withdraws(command: &Command) -> bool {
        matches!(command, Command::GiveBack(_))
    }
}

/// The server's clock in these tests; the devices' clocks are as wrong as they like.
pub(crate) const NOW: Millis = 1_000_000;

pub(crate) const EPOCH: Epoch = Epoch(Uuid::from_u128(7));

pub(crate) const PHONE: DeviceId = DeviceId(Uuid::from_u128(0xf0));

pub(crate) fn id(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(number))
}

pub(crate) fn hash(number: u8) -> Hash {
    [number; 32]
}

pub(crate) fn reader(name: &str) -> Actor {
    Actor { account: AccountId::from(name), role: Role::named("reader") }
}

/// Ada's act `number`, tapped as it was sent.
pub(crate) fn act(number: u128, command: Command) -> Envelope<Command> {
    Envelope {
        format: Library::FORMAT,
        id: id(number),
        device: PHONE,
        seq: 1,
        account: AccountId::from("ada"),
        lane: Library::lane(&command),
        saw: None,
        after: vec![],
        acted_at: 50,
        valid_for_ms: Library::valid_for_ms(&command),
        resolves: None,
        act: Act::Do(command),
    }
}

pub(crate) fn bench(actor: &Actor) -> Bench<'_> {
    Bench { source: "lending", actor, epoch: EPOCH, now: NOW, sent_at: 50, utc_offset_min: &|_, _| Some(0) }
}
