//! A fact: something that happened, with the row it left behind. Facts are kept for ever and never changed.

use serde::{Deserialize, Serialize, Serializer};
use sync::envelope::{command_of, first_format};
use sync::protocol::{Ack, Body, Outcome, Settled};
use sync::{AccountId, CommandId, DeviceId, InboxItem, Key, Millis, Model, Scope, Version};
use uuid::Uuid;

/// The kind of a fact that carries a refused act into its person's inbox.
pub const COMMAND_REFUSED: &str = "command-refused";

/// The kind of a fact that carries nothing but the final word on an act.
pub const COMMAND_SETTLED: &str = "command-settled";

/// The kind of a fact by which an inbox item is gone.
pub const INBOX_SETTLED: &str = "inbox-settled";

/// The kind of a fact by which an inbox item has grown.
pub const INBOX_EXTENDED: &str = "inbox-extended";

/// The kind of a fact by which an inbox item is another person's.
pub const INBOX_PASSED: &str = "inbox-passed";

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Fact<M: Model> {
    /// Made from what caused it, so that the same cause makes the same fact.
    pub id: Uuid,
    /// Its name on the wire, such as `book-lent`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When, by the server's clock.
    #[serde(rename = "timestamp")]
    pub at: Millis,
    /// The row it happened to; facts of one key are read in order.
    #[serde(rename = "partition_key")]
    pub key: Key,
    /// Where it comes from.
    pub tags: Tags,
    /// What happened, in the trade's own terms; none for a fact of the machinery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<M::Event>,
    /// The row after it; none where it changed nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<Entity<M>>,
    /// The act at the beginning of it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// The fact that led to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triggers: Option<Uuid>,
    /// Final words on acts that are true from here on.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub acks: Vec<Addressed<M>>,
}

/// What is known about a fact beside what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tags {
    /// The service that wrote it.
    pub source: String,
}

/// A row as a fact left it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Entity<M: Model> {
    /// Which row.
    pub key: Key,
    /// How often it was written.
    pub version: Version,
    /// What it holds; none for a row that is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body<M>>,
    /// Who may see it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<Scope>,
}

/// The act that a fact goes back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// Which act.
    pub command: CommandId,
    /// Where it was made.
    pub device: DeviceId,
    /// Whose.
    pub account: AccountId,
}

/// A final word with its address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Addressed<M: Model> {
    /// The device that made the act.
    pub device: DeviceId,
    /// The person it was made as.
    pub account: AccountId,
    /// The word.
    pub ack: Ack<M>,
}

/// What one step writes, all of it in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Writes<M: Model> {
    /// Rows as they are now, each once.
    pub rows: Vec<Put<M>>,
    /// What happened, in order.
    pub facts: Vec<Fact<M>>,
    /// Inbox items that were put or changed.
    pub items: Vec<(InboxItem<M>, Version)>,
    /// Inbox items that are gone.
    pub settled_items: Vec<CommandId>,
    /// The answer to an act, to be kept for ever.
    pub answer: Option<Outcome<M>>,
    /// A question that another service will answer.
    pub opened: Option<Question<M>>,
    /// Questions that were answered.
    pub closed: Vec<CommandId>,
}

impl<M: Model> Default for Writes<M> {
    fn default() -> Self {
        Self {
            rows: vec![],
            facts: vec![],
            items: vec![],
            settled_items: vec![],
            answer: None,
            opened: None,
            closed: vec![],
        }
    }
}

/// A row to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Put<M: Model> {
    /// Which row.
    pub key: Key,
    /// Its new version.
    pub version: Version,
    /// What it holds.
    pub row: M::Row,
}

/// An accepted act whose final word is another service's. Asked by one release, it may be answered under the next: it is
/// kept with the format of its command.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(bound = "", try_from = "ReadQuestion")]
pub struct Question<M: Model> {
    /// The aggregate it was asked of.
    pub lane: Key,
    /// Who asked, by which act.
    pub cause: Cause,
    /// What was asked.
    pub command: M::Command,
    /// When the person tapped, by the server's clock.
    pub acted_at: Millis,
}

#[derive(Serialize)]
#[serde(bound = "")]
struct WrittenQuestion<'a, M: Model> {
    format: u16,
    lane: &'a Key,
    cause: &'a Cause,
    command: &'a M::Command,
    acted_at: Millis,
}

#[derive(Deserialize)]
struct ReadQuestion {
    #[serde(default = "first_format")]
    format: u16,
    lane: Key,
    cause: Cause,
    command: serde_json::Value,
    acted_at: Millis,
}

impl<M: Model> Serialize for Question<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { lane, cause, command, acted_at } = self;
        let written = WrittenQuestion::<M> { format: M::FORMAT, lane, cause, command, acted_at: *acted_at };
        written.serialize(serializer)
    }
}

impl<M: Model> TryFrom<ReadQuestion> for Question<M> {
    type Error = String;

    fn try_from(read: ReadQuestion) -> Result<Self, String> {
        let ReadQuestion { format, lane, cause, command, acted_at } = read;
        Ok(Self { lane, cause, command: command_of::<M>(command, format)?, acted_at })
    }
}

/// What the facts of one step have in common; hands out their ids in order.
#[derive(Clone, Debug)]
pub(crate) struct Pen<'a> {
    namespace: Uuid,
    rule: &'a str,
    source: &'a str,
    cause: Option<Cause>,
    triggers: Option<Uuid>,
    at: Millis,
    written: usize,
}

impl<'a> Pen<'a> {
    /// For the facts of an act.
    pub(crate) fn of_act(cause: Cause, source: &'a str, at: Millis) -> Self {
        let namespace = cause.command.0;
        Self { namespace, rule: "accept", source, cause: Some(cause), triggers: None, at, written: 0 }
    }

    /// For what happens by itself; `rule` names what, of which row and version.
    pub(crate) fn of_clock(rule: &'a str, source: &'a str, at: Millis) -> Self {
        Self { namespace: Uuid::NAMESPACE_OID, rule, source, cause: None, triggers: None, at, written: 0 }
    }

    /// For what `rule` makes of a fact.
    pub(crate) fn of_fact(fact: Uuid, cause: Option<Cause>, rule: &'a str, source: &'a str, at: Millis) -> Self {
        Self { namespace: fact, rule, source, cause, triggers: Some(fact), at, written: 0 }
    }

    /// The next fact.
    pub(crate) fn fact<M: Model>(&mut self, kind: &str, key: &Key) -> Fact<M> {
        let name = format!("{}/{}", self.rule, self.written);
        self.written += 1;
        Fact {
            id: Uuid::new_v5(&self.namespace, name.as_bytes()),
            kind: kind.to_owned(),
            at: self.at,
            key: key.clone(),
            tags: Tags { source: self.source.to_owned() },
            event: None,
            entity: None,
            cause: self.cause.clone(),
            triggers: self.triggers,
            acks: vec![],
        }
    }

    /// The fact that `event` happened to the row `key`. `row` is the row after it with its version, where it changed.
    pub(crate) fn event<M: Model>(&mut self, key: &Key, event: M::Event, row: Option<(&M::Row, Version)>) -> Fact<M> {
        let entity = row.map(|(row, version)| Entity {
            key: key.clone(),
            version,
            scopes: M::scopes(key, row),
            body: Some(Body::Row(row.clone())),
        });
        Fact { event: Some(event.clone()), entity, ..self.fact(M::event_name(&event), key) }
    }

    /// The fact that an inbox item stands like this.
    pub(crate) fn item<M: Model>(&mut self, kind: &str, item: &InboxItem<M>, version: Version) -> Fact<M> {
        let key = InboxItem::<M>::key(item.id);
        let entity = Entity {
            key: key.clone(),
            version,
            scopes: vec![M::personal_scope(&item.account)],
            body: Some(Body::Inbox(item.clone())),
        };
        Fact { entity: Some(entity), ..self.fact(kind, &key) }
    }

    /// The fact that an inbox item is gone.
    pub(crate) fn settled_item<M: Model>(&mut self, id: CommandId, version: Version) -> Fact<M> {
        let key = InboxItem::<M>::key(id);
        let entity = Entity { key: key.clone(), version, body: None, scopes: vec![] };
        Fact { entity: Some(entity), ..self.fact(INBOX_SETTLED, &key) }
    }
}

impl Cause {
    /// The final word on the act, addressed to whoever made it.
    pub(crate) fn told<M: Model>(&self, settled: Settled<M>) -> Addressed<M> {
        let ack = Ack { id: self.command, settled };
        Addressed { device: self.device, account: self.account.clone(), ack }
    }
}

/// What events made of a row: the row after them with its version, and a fact each.
pub type Applied<M> = (Option<(<M as Model>::Row, Version)>, Vec<Fact<M>>);

/// What `events` make of the row `key`, told by `source` itself with no act or fact behind it, such as by an import. The
/// facts are named by the version that they met.
pub fn told<M: Model>(
    source: &str,
    at: Millis,
    key: &Key,
    before: Option<(M::Row, Version)>,
    events: Vec<M::Event>,
) -> Applied<M> {
    let version = before.as_ref().map_or(Version(0), |(_, version)| *version);
    let rule = format!("{source}/{key}/{version}");
    let mut pen = Pen::of_clock(&rule, source, at);
    apply_events(&mut pen, key, before, events)
}

/// Applies `events` to the row `key`, one fact each; a row that an event leaves as it was has no new version.
pub(crate) fn apply_events<M: Model>(
    pen: &mut Pen<'_>,
    key: &Key,
    before: Option<(M::Row, Version)>,
    events: Vec<M::Event>,
) -> Applied<M> {
    let mut here = before;
    let mut facts = vec![];
    for event in events {
        let (row, version) = here.map_or((None, Version(0)), |(row, version)| (Some(row), version));
        let after = M::apply(row.clone(), &event);
        let changed = after != row;
        let version = if changed { version.next() } else { version };
        here = after.map(|row| (row, version));
        let shown = here.as_ref().filter(|_| changed).map(|(row, version)| (row, *version));
        facts.push(pen.event(key, event, shown));
    }
    (here, facts)
}
