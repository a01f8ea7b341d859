//! A trade of two words: notes that are written, and locked.

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Context, Key, Known, Model, Role, Scope};

#[derive(Clone, Debug, PartialEq)]
pub struct Notes;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    Append { note: String, text: String },
    Lock { note: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub text: String,
    pub locked: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    Appended(String),
    Locked,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Refusal {
    IsLocked,
    Empty,
    BookClosed,
}

/// The note that closes the whole book while it is locked: a row that the rules of the others read.
pub const COVER: &str = "cover";

impl Model for Notes {
    type Command = Command;
    type Row = Note;
    type Event = Event;
    type Refusal = Refusal;

    fn lane(command: &Command) -> Key {
        let (Command::Append { note, .. } | Command::Lock { note }) = command;
        note_key(note)
    }

    fn reads(_: &Command) -> Vec<Key> {
        vec![note_key(COVER)]
    }

    fn permits(_: &Actor, _: &Command, _: Option<&Note>) -> bool {
        true
    }

    fn decide(row: Option<&Note>, command: &Command, context: &Context<'_, Self>) -> Result<Vec<Event>, Refusal> {
        let cover = (context.rows)(&note_key(COVER));
        match command {
            Command::Append { text, .. } if text.is_empty() => Err(Refusal::Empty),
            _ if row.is_some_and(|note| note.locked) => Err(Refusal::IsLocked),
            _ if matches!(cover, Known::Row(Note { locked: true, .. }, _)) => Err(Refusal::BookClosed),
            Command::Append { text, .. } => Ok(vec![Event::Appended(text.clone())]),
            Command::Lock { .. } => Ok(vec![Event::Locked]),
        }
    }

    fn apply(row: Option<Note>, event: &Event) -> Option<Note> {
        let mut note = row.unwrap_or(Note { text: String::new(), locked: false });
        match event {
            Event::Appended(text) => note.text += text,
            Event::Locked => note.locked = true,
        }
        Some(note)
    }

    fn rests_on_context(refusal: &Refusal) -> bool {
        matches!(refusal, Refusal::IsLocked | Refusal::BookClosed)
    }

    fn scopes(_: &Key, _: &Note) -> Vec<Scope> {
        vec![Scope::from("notes")]
    }
}

pub fn note_key(note: &str) -> Key {
    Key::new("note", note)
}

pub fn actor(name: &str) -> Actor {
    Actor { account: AccountId::from(name), role: Role::named("writer") }
}
