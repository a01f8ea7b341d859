//! What a trade must tell us about itself: its commands, its rows, and who may do what to them.

use std::fmt::Debug;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{AccountId, Key, Millis, Personal, Scope, Version};

/// A value that is kept and sent: it prints, compares and travels as JSON.
pub trait Data: Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static {}
impl<T: Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static> Data for T {}

/// A trade: rows that change by events, which commands ask for.
///
/// The same implementation decides on the device, where it is a forecast, and on the server, where it is law. What has a
/// default here is what a small trade can do without.
pub trait Model: Clone + Debug + PartialEq + Sized + 'static {
    /// What a person may ask for.
    type Command: Data;
    /// What is known of one aggregate.
    type Row: Data;
    /// What happened to one aggregate.
    type Event: Data;
    /// Why the trade says no. Shown to the person, never retried.
    type Refusal: Data;

    /// The format in which this release writes acts, from 1. Every older one is still read, by [`Model::upcast`].
    const FORMAT: u16 = 1;

    /// An act as format `from + 1` writes it, from how format `from` wrote it. Total: what it does not know it leaves as
    /// it is, and what then cannot be read is told as unreadable.
    fn upcast(act: serde_json::Value, from: u16) -> serde_json::Value {
        let _ = from;
        act
    }

    /// The aggregate that `command` is for. Commands of one lane keep their order.
    fn lane(command: &Self::Command) -> Key;

    /// The other rows that the rule for `command` reads.
    fn reads(command: &Self::Command) -> Vec<Key> {
        let _ = command;
        vec![]
    }

    /// The texts about a person that `command` brings. The server seals them before anything is decided or kept.
    fn personal(command: &mut Self::Command) -> Vec<&mut Personal> {
        let _ = command;
        vec![]
    }

    /// Whom the texts of `command` are about, given the row it is for; `None` for whoever gives it.
    fn subject(command: &Self::Command, row: Option<&Self::Row>) -> Option<AccountId> {
        let _ = (command, row);
        None
    }

    /// Whether `actor` may give `command` at all, given the row it is for. Deny by default.
    fn permits(actor: &Actor, command: &Self::Command, row: Option<&Self::Row>) -> bool;

    /// Decides `command` against the row of its lane: the events that follow, or why not.
    ///
    /// # Errors
    /// The trade's own refusal.
    fn decide(
        row: Option<&Self::Row>,
        command: &Self::Command,
        context: &Context<'_, Self>,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// The row after `event`. Total: history is never refused.
    fn apply(row: Option<Self::Row>, event: &Self::Event) -> Option<Self::Row>;

    /// The event's name on the wire, such as `book-lent`; for those who read a log, or react to some events only.
    fn event_name(event: &Self::Event) -> &'static str {
        let _ = event;
        "changed"
    }

    /// The refusal's name on the wire, such as `sold-out`; for those who read a log, or count.
    fn code(refusal: &Self::Refusal) -> &'static str {
        let _ = refusal;
        "refused"
    }

    /// Whether the refusal rests on rows other than the command's own, or on the time. On a device those may be old, so
    /// such a refusal is only a warning there.
    fn rests_on_context(refusal: &Self::Refusal) -> bool {
        let _ = refusal;
        false
    }

    /// Who may see the row.
    fn scopes(key: &Key, row: &Self::Row) -> Vec<Scope>;

    /// The scope in which a person finds what is addressed to them alone.
    fn personal_scope(account: &AccountId) -> Scope {
        Scope(format!("person:{account}"))
    }

    /// How soon the rows of a scope are wanted when everything is fetched anew; 0 comes first.
    fn urgency(scope: &Scope) -> u8 {
        let _ = scope;
        0
    }

    /// How long after the tap the command still means what the person wanted, in milliseconds; `None` for ever.
    fn valid_for_ms(command: &Self::Command) -> Option<u64> {
        let _ = command;
        None
    }

    /// Whether accepting the event only passes a question on to another service, whose answer comes later.
    fn asks(event: &Self::Event) -> bool {
        let _ = event;
        false
    }

    /// Whether the event answers a question that was asked of the same row ([`Model::asks`]), and how.
    fn answers(event: &Self::Event) -> Option<Result<(), Self::Refusal>> {
        let _ = event;
        None
    }

    /// Whether `command` is judged by itself where an earlier act of its lane was refused. Otherwise it falls with that one, as
    /// what was meant to follow it.
    fn stands_alone(command: &Self::Command) -> bool {
        let _ = command;
        false
    }

    /// Whether `command` takes back an earlier act of its lane that was never accepted, so that both may be forgotten.
    fn withdraws(command: &Self::Command) -> bool {
        let _ = command;
        false
    }
}

/// What a rule may look at beside its own row.
pub struct Context<'a, M: Model> {
    /// The time of the decision: the server's clock on the server, the device's clock in a forecast.
    pub now: Millis,
    /// Who asks.
    pub actor: &'a Actor,
    /// The other rows, as far as they are known here.
    pub rows: &'a dyn Fn(&Key) -> Known<M::Row>,
    /// Minutes that local time is ahead of UTC in a named time zone at a moment; `None` for a name not known here.
    pub utc_offset_min: &'a dyn Fn(&str, Millis) -> Option<i32>,
}

/// What is known here of another aggregate's row.
#[derive(Clone, Debug, PartialEq)]
pub enum Known<R> {
    /// It stood like this at that version.
    Row(R, Version),
    /// It is known not to exist.
    Absent,
    /// Nothing is known; a rule must not take this for a no.
    Unknown,
}

/// A verified identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Whose account.
    pub account: AccountId,
    /// What they may do, with what it is limited to.
    pub role: Role,
}

/// A named right, limited to one thing where `of` is given (the branch that a librarian works at).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The role's name in the trade.
    pub name: String,
    /// What it is limited to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

impl Role {
    /// A role that is limited to nothing but its own account.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), of: None }
    }

    /// A role for one thing.
    pub fn of(name: &str, of: &str) -> Self {
        Self { name: name.to_owned(), of: Some(of.to_owned()) }
    }

    /// Whether this is the role `name`, limited to `of`.
    pub fn is(&self, name: &str, of: &str) -> bool {
        self.name == name && self.of.as_deref() == Some(of)
    }
}
