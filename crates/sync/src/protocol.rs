//! What travels: batches of acts one way, frames of changes the other.
//!
//! ```text
//! POST /api/commands   Batch  → BatchAnswer          one outcome an id; moves stages, opens inbox items
//! GET  /live           Hello  → Frame*, Beat*, Bye    rows, acks and the cursor that goes with them
//! ```
//! Bodies of rows travel as JSON text of their own, so that one a client cannot read costs that row and not the feed.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{AccountId, CommandId, DeviceId, Epoch, InboxItem, Key, Millis, Model, Position, Reason, Scope, Version};

/// The protocol this release speaks.
pub const PROTOCOL: u16 = 1;

/// The most acts in one batch: a whole evening's queue goes out in a few requests, and one answer stays small.
pub const BATCH_COMMANDS_MAX: usize = 64;

/// The most bytes of acts in one batch; the server's body limit leaves room above it.
pub const BATCH_BYTES_MAX: usize = 256 * 1024;

/// The most bytes of one act: a cart of every dish of a long menu is a tenth of it.
pub const COMMAND_BYTES_MAX: usize = 64 * 1024;

/// The most bytes of bodies in one frame, so that a phone can show the first while the next is on its way.
pub const FRAME_BYTES_MAX: usize = 256 * 1024;

/// How often the server says that it is there and how far it has come, in milliseconds.
pub const BEAT_MS: u64 = 1_500;

/// How long a client waits for any word before it takes the link for dead, in milliseconds: two lost beats and a second,
/// within the 5 s after which people are told.
pub const SILENCE_MS_MAX: u64 = 4_000;

/// Acts of one account on one device, in the order they were made.
#[derive(Debug, Serialize, Deserialize)]
pub struct Batch {
    /// See [`PROTOCOL`].
    pub protocol: u16,
    /// Whose acts; an identity other than this answers nothing.
    pub account: AccountId,
    /// Where they were made.
    pub device: DeviceId,
    /// The device's clock when the batch left; with `acted_at` it tells how old an act is.
    pub sent_at: Millis,
    /// Envelopes, each the exact bytes that were saved.
    pub commands: Vec<Box<RawValue>>,
}

/// What became of each act of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct BatchAnswer<M: Model> {
    /// The history in which they were decided.
    pub epoch: Epoch,
    /// The server's clock.
    pub now: Millis,
    /// One for each act of the batch, in its order.
    pub outcomes: Vec<Answered<M>>,
}

/// One act's outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Answered<M: Model> {
    /// The act.
    pub id: CommandId,
    /// What became of it.
    pub outcome: Outcome<M>,
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", bound = "")]
pub enum Outcome<M: Model> {
    /// It is durable on the server; its ack follows in the feed.
    Accepted,
    /// It is durable as a question to another service; the answer follows in the feed.
    Asked,
    /// It will not happen, and why. The only outcome that ends an act.
    Refused(Reason<M>),
    /// Something it must follow is not decided yet; send it again.
    NotYet,
    /// The server has not yet seen what the person saw; send it again.
    Behind,
    /// This server knows no such command; a newer one may.
    UnknownCommand,
}

/// The client's first word on the socket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// See [`PROTOCOL`].
    pub protocol: u16,
    /// This profile.
    pub device: DeviceId,
    /// Whom the client believes to be signed in; `None` when nobody is.
    pub account: Option<AccountId>,
    /// How far it has read; `None` asks for everything.
    pub cursor: Option<Cursor>,
    /// The scopes it holds up to that cursor.
    pub scopes: Vec<Scope>,
    /// Acts it sent and has no final word on.
    pub unsettled: Vec<CommandId>,
}

/// A place in a history, and proof of having been there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Which history.
    pub epoch: Epoch,
    /// How far.
    pub position: Position,
    /// The fact at that position; another one there means another history. `None` at position 0.
    pub fact: Option<Uuid>,
}

/// The server's words on the socket.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", bound = "")]
pub enum ServerMessage<M: Model> {
    /// Changes, and the cursor that holds once they are applied.
    Frame(Frame<M>),
    /// A sign of life.
    Beat(Beat),
    /// The server ends the talk, and why.
    Bye(Bye),
}

/// A sign of life with the server's head, so that a missed frame shows within one beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    /// The history.
    pub epoch: Epoch,
    /// How far this feed has come.
    pub head: Position,
    /// The server's clock.
    pub now: Millis,
}

/// A reason to close, said before closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bye {
    /// For the program: `restart`, `slow`, `signed-out`, `protocol`, `bad-hello`.
    pub code: String,
    /// For a person.
    pub reason: String,
    /// When to come back, in milliseconds.
    pub retry_after_ms: u64,
}

/// Changes from `base` to `cursor`; applied whole or not at all.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Frame<M: Model> {
    /// Where the client must stand for this to follow.
    pub base: Position,
    /// Where it stands after.
    pub cursor: Cursor,
    /// The cache begins anew with this frame: what it held belongs to another history or is too old to mend.
    #[serde(default)]
    pub reset: bool,
    /// More frames of the same catch-up follow; until the last the screen is not called up to date.
    #[serde(default)]
    pub more: bool,
    /// The scopes that the client holds after this catch-up; sent with its first frame. Rows left in none of them go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<Scope>>,
    /// Rows.
    pub changes: Vec<Change>,
    /// Final words on acts of this device.
    pub acks: Vec<Ack<M>>,
    /// The server's clock.
    pub now: Millis,
}

/// One row put or removed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Which row.
    pub key: Key,
    /// How often it was written.
    pub version: Version,
    /// The fact that made it so; an older one never overwrites a newer one.
    pub position: Position,
    /// The client's scopes that hold it; none removes it.
    pub scopes: Vec<Scope>,
    /// A [`Body`] as JSON; `None` removes it.
    pub body: Option<Box<RawValue>>,
}

/// What a row holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", bound = "")]
pub enum Body<M: Model> {
    /// An aggregate of the trade.
    Row(M::Row),
    /// A refused act that waits for its person.
    Inbox(InboxItem<M>),
}

/// The final word on one act, addressed to the device that made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Ack<M: Model> {
    /// The act.
    pub id: CommandId,
    /// What became of it.
    pub settled: Settled<M>,
}

/// What finally became of an act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", bound = "")]
pub enum Settled<M: Model> {
    /// It happened, and the rows of this frame show it.
    Done,
    /// The question was passed on; the rows of this frame show that it was asked.
    Asked,
    /// It did not happen.
    Refused(Reason<M>),
    /// This server has never heard of it: it is to be sent again.
    Unknown,
}

/// A problem document (RFC 9457) as this protocol's servers send it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Which problem; ours begin with [`PROBLEM_BASE`].
    #[serde(rename = "type")]
    pub kind: String,
    /// The problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, what was kept, what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// What the types of our own problems begin with. An error without it was made by something between us and the server.
pub const PROBLEM_BASE: &str = "https://carryout.example/problems/";

impl Problem {
    /// The last part of our own problem types; `None` for a stranger's.
    pub fn slug(&self) -> Option<&str> {
        self.kind.strip_prefix(PROBLEM_BASE)
    }
}
