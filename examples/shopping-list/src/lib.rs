//! A shopping list that a household shares. A thing is put on it by wanting it and taken off by buying it; who buys what
//! somebody else bought is told so, however long both were without a network.

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Context, Key, Model, Scope};

/// The trade.
#[derive(Clone, Debug, PartialEq)]
pub struct Shopping;

/// What a person may ask for, of a thing by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// To have it on the list.
    Want(String),
    /// To have bought it.
    Buy(String),
}

/// A thing on the list, which is what happened to it last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Thing {
    /// It is wanted.
    Wanted,
    /// This person bought it.
    BoughtBy(AccountId),
}

/// Why not: this person was first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WasFirst(pub AccountId);

impl Model for Shopping {
    type Command = Command;
    type Row = Thing;
    type Event = Thing;
    type Refusal = WasFirst;

    fn lane((Command::Want(name) | Command::Buy(name)): &Command) -> Key {
        Key::new("thing", name)
    }

    fn permits(_: &Actor, _: &Command, _: Option<&Thing>) -> bool {
        true // a household trusts itself
    }

    fn decide(thing: Option<&Thing>, command: &Command, context: &Context<'_, Self>) -> Result<Vec<Thing>, WasFirst> {
        match (command, thing) {
            (Command::Want(_), Some(Thing::Wanted)) => Ok(vec![]),
            (Command::Want(_), _) => Ok(vec![Thing::Wanted]),
            (Command::Buy(_), Some(Thing::BoughtBy(somebody))) => Err(WasFirst(somebody.clone())),
            (Command::Buy(_), _) => Ok(vec![Thing::BoughtBy(context.actor.account.clone())]),
        }
    }

    fn apply(_: Option<Thing>, event: &Thing) -> Option<Thing> {
        Some(event.clone())
    }

    fn scopes(_: &Key, _: &Thing) -> Vec<Scope> {
        vec![Scope::from("list")]
    }
}
