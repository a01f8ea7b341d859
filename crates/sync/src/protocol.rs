//! What travels: batches of acts one way, frames of changes the other.
//!
//! ```text
//! POST /api/commands   Batch  → BatchAnswer          one outcome an id; moves stages, opens inbox items
//! GET  /live           Hello  → Frame*, Beat*, Bye    rows, acks and the cursor that goes with them, over a socket
//! POST /live           Hello  → Frame*, Beat or Bye   the same as lines of one answer, where no socket passes
//! POST /api/faults     Fault                          what the client could not make sense of, for the operator
//! ```
//! Bodies of rows travel as JSON text of their own, so that one a client cannot read costs that row and not the feed. The
//! same holds for one outcome and one final word.
//!
//! A client says which protocol it speaks, and a server that does not speak it says so before it reads anything else
//! ([`Misfit`]): by a problem or by a [`Bye`], with the versions that it speaks. A client that is too old asks its person
//! to update; one that is too new, because the server was taken back, waits for the server. Both keep everything and ask
//! again only seldom.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{AccountId, CommandId, DeviceId, Epoch, InboxItem, Key, Millis, Model, Position, Reason, Scope, Version};

/// The protocol this release speaks.
pub const PROTOCOL: u16 = 2;

/// The oldest protocol that this release's server still speaks.
pub const PROTOCOL_MIN: u16 = 2;

/// The code by which a server tells a client that it is too old: its person is to update.
pub const UPDATE: &str = "update";

/// The code by which a server tells a client that it is newer than the server, which was taken back to an older release.
/// The person can do nothing about it.
pub const SERVER_OLDER: &str = "server-older";

/// The code by which a server tells a device that whoever is signed in on it was erased at their own wish: the device forgets
/// all of theirs.
pub const ERASED: &str = "erased";

/// How long a client waits before it asks again a server that does not speak its protocol, in milliseconds: the server may
/// have been taken back, or brought forward, and nobody is to be left waiting for a reload.
pub const SELDOM_MS: u64 = 60_000;

/// The most acts in one batch: a whole evening's queue goes out in a few requests, and one answer stays small.
pub const BATCH_COMMANDS_MAX: usize = 64;

/// The most bytes of acts in one batch; the server's body limit leaves room above it.
pub const BATCH_BYTES_MAX: usize = 256 * 1024;

/// The most bytes of one act: one that names every row of a long list is a tenth of it.
pub const COMMAND_BYTES_MAX: usize = 64 * 1024;

/// The most bytes of bodies in one frame, so that a phone can show the first while the next is on its way.
pub const FRAME_BYTES_MAX: usize = 256 * 1024;

/// The most bytes of a hello. One that asks about as many acts as an outbox holds, and says that it holds as many more, is
/// two thirds of it: 39 bytes for each of 1024 ids.
pub const HELLO_BYTES_MAX: usize = 64 * 1024;

/// How often the server says that it is there and how far it has come, in milliseconds.
pub const BEAT_MS: u64 = 1_500;

/// How long a client waits for any word before it takes the link for dead, in milliseconds: two lost beats and a second,
/// within the 5 s after which people are told.
pub const SILENCE_MS_MAX: u64 = 4_000;

/// How long the server holds an answer to `POST /live` back when there is nothing to say, in milliseconds: less than the
/// client's patience, so that a held answer is not taken for a dead server.
pub const POLL_HOLD_MS: u64 = 2_500;

/// The problem (412) of a batch that was made for another history than the server's.
pub const ANOTHER_HISTORY: &str = "another-history";

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
    /// The last history that the device heard of. A server of another one takes nothing ([`ANOTHER_HISTORY`]) before the
    /// device has listened: what it lost comes first, in the order of its lane.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// What the device holds.
    #[serde(default)]
    pub holds: Holds,
    /// Envelopes, each the exact bytes that were saved.
    pub commands: Vec<Box<RawValue>>,
}

/// What a device says that it holds, so that the server can tell what never arrived if the device loses its storage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holds {
    /// The highest number that an act of this device ever had.
    pub seq: u64,
    /// Acts of the account that the server has given no answer to, as far as this device knows; at most
    /// [`crate::outbox::WAITING_MAX`].
    pub open: Vec<CommandId>,
}

/// Client and server do not speak the same protocol, and which of them is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The client speaks this one, which is older than all that the server speaks.
    ClientOlder(u16),
    /// The client speaks this one, which is newer than all that the server speaks.
    ServerOlder(u16),
}

impl Misfit {
    /// What a server of this release makes of a client that speaks `protocol`; none where it speaks it too.
    pub fn of(protocol: u16) -> Option<Self> {
        match protocol {
            ..PROTOCOL_MIN => Some(Self::ClientOlder(protocol)),
            PROTOCOL_MIN..=PROTOCOL => None,
            _ => Some(Self::ServerOlder(protocol)),
        }
    }

    /// For the program: [`UPDATE`] or [`SERVER_OLDER`].
    pub fn code(self) -> &'static str {
        match self {
            Self::ClientOlder(_) => UPDATE,
            Self::ServerOlder(_) => SERVER_OLDER,
        }
    }

    /// For a person: which versions each side speaks, what was kept and what to do.
    pub fn sentence(self) -> String {
        let (spoken, to_do) = match self {
            Self::ClientOlder(spoken) => (spoken, "Update the app, and it is sent."),
            Self::ServerOlder(spoken) => (spoken, "It is sent once the server is up to date again."),
        };
        let served = if PROTOCOL_MIN == PROTOCOL {
            format!("protocol {PROTOCOL}")
        } else {
            format!("protocols {PROTOCOL_MIN} to {PROTOCOL}")
        };
        format!("This server speaks {served}, the app {spoken}. What you did on this device is kept. {to_do}")
    }
}

/// The first thing that is read of whatever a client says: the rest of another protocol's words may be unreadable.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Spoken {
    /// See [`PROTOCOL`].
    pub protocol: u16,
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
    #[serde(deserialize_with = "outcome")]
    pub outcome: Outcome<M>,
}

/// An outcome that a newer server gives costs that act only.
fn outcome<'de, D: Deserializer<'de>, M: Model>(from: D) -> Result<Outcome<M>, D::Error> {
    let text = Box::<RawValue>::deserialize(from)?;
    Ok(serde_json::from_str(text.get()).unwrap_or(Outcome::Unreadable))
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
    /// The server failed on this act and on no other: the operator knows of it, and it is to be sent again later.
    Fault,
    /// The server said something that this release cannot read; never sent.
    #[serde(skip_serializing)]
    Unreadable,
}

/// The client's first word on the socket, and its only one in a request.
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
    /// What the device holds.
    #[serde(default)]
    pub holds: Holds,
    /// The release that the client is of, for the operator; empty where nobody said.
    #[serde(default)]
    pub release: String,
    /// How far a catch-up that begins anew has come here; the client is sent the rest of it. `cursor` is then `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anew: Option<Anew>,
    /// By requests: the last one was answered, and nothing need be said before there is something new.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
    /// Whose acts lie on this device beside those of `account`; at most [`OTHERS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<AccountId>,
}

/// The most accounts that a hello names as others: a family's tablet has fewer.
pub const OTHERS_MAX: usize = 16;

impl Hello {
    /// The place that the client stands at, or that its catch-up will lead to.
    pub fn place(&self) -> Option<Cursor> {
        self.cursor.or(self.anew.as_ref().map(|anew| anew.begun))
    }
}

/// How far a catch-up that begins anew has come: said with each part but the last, and said back as it came by a client
/// that asks for the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anew {
    /// Where the feed stood when it began.
    pub begun: Cursor,
    /// The number of the next part.
    pub part: u32,
    /// The scope that the last part ended in.
    pub scope: Scope,
    /// And the position in it.
    pub position: Position,
    /// All that stood when it began has come; what is left is what has changed since, after `position`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub since: bool,
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
    /// Somebody whom the hello named among others was erased at their own wish: the device forgets all of theirs.
    Erased(AccountId),
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
    /// For the program: `restart`, `slow`, `signed-out`, `bad-hello`, [`UPDATE`], [`SERVER_OLDER`], [`ERASED`].
    pub code: String,
    /// For a person.
    pub reason: String,
    /// When to come back, in milliseconds.
    pub retry_after_ms: u64,
}

/// Changes from `base` to `cursor`; applied whole or not at all.
///
/// A catch-up from a place that the client stood at goes on by position. One that begins anew (`reset`) comes by
/// [`Model::urgency`] instead, so that what a person waits for is there first: its frames say `part` 0, 1, 2 and so on,
/// all but the last leave the cursor where it is, and the last one sets it. One that is broken off goes on where it was.
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
    /// With `reset`: the client's place is of this history, and too long ago to be gone on from. Nothing that it was told there is
    /// lost.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub too_long_ago: bool,
    /// The number of this frame in a catch-up that begins anew, from 0; 0 in any other frame.
    #[serde(default)]
    pub part: u32,
    /// How far a catch-up that begins anew has come with this part; none with its last, and in any other frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anew: Option<Anew>,
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
    /// What each scope adds up to at the cursor; sent with the last frame of a catch-up, and now and then after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub digests: Vec<Digest>,
    /// The server's clock.
    pub now: Millis,
}

/// What the rows of a scope add up to. A client whose own sum differs has lost or kept something by mistake, and asks for
/// that scope anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Which scope.
    pub scope: Scope,
    /// How many rows.
    pub rows: u64,
    /// The wrapping sum of [`row_digest`] over them.
    pub sum: u64,
}

/// What one row adds to its scope's [`Digest::sum`]: FNV-1a (64 bits; Fowler, Noll and Vo) over key, a zero byte and the
/// version's eight bytes, little end first. It finds mistakes; it is no proof against malice.
pub fn row_digest(key: &Key, version: Version) -> u64 {
    let bytes = key.as_str().bytes().chain([0]).chain(version.0.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
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
    #[serde(deserialize_with = "settled")]
    pub settled: Settled<M>,
}

/// A final word that a newer server gives costs that act only.
fn settled<'de, D: Deserializer<'de>, M: Model>(from: D) -> Result<Settled<M>, D::Error> {
    let text = Box::<RawValue>::deserialize(from)?;
    Ok(serde_json::from_str(text.get()).unwrap_or(Settled::Unreadable))
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
    /// The server said something that this release cannot read; never sent.
    #[serde(skip_serializing)]
    Unreadable,
}

/// What a client could not make sense of, for the operator. It holds names and no content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// The row, act or scope that it is about.
    pub about: String,
    /// What was wrong with it, in a sentence without content.
    pub detail: String,
    /// The release that the client is of; empty where nobody said.
    #[serde(default)]
    pub release: String,
}

/// The most bytes of a [`Fault`]: it holds names and a sentence.
pub const FAULT_BYTES_MAX: usize = 2 * 1024;

/// What went wrong on a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// A row that came, or was kept, cannot be read; it is skipped.
    UnreadableRow,
    /// A kept act cannot be read; it waits for an update.
    UnreadableAct,
    /// A word of the server cannot be read.
    UnreadableWord,
    /// The rows of a scope did not add up to what the server says; the scope was asked for anew.
    DigestDiffers,
    /// What waits made no progress although the server was there; sending was begun anew.
    Stalled,
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

/// The header by which whoever sends the bytes of an attachment says whose they are, as a batch says it of its acts.
pub const ACCOUNT_HEADER: &str = "carryout-account";

/// What the types of our own problems begin with: a name, and no page. An error without it was made by something between us
/// and the server. It stays as it is, since a page of an earlier release knows its server by it.
pub const PROBLEM_BASE: &str = "https://carryout.example/problems/";

impl Problem {
    /// The last part of our own problem types; `None` for a stranger's.
    pub fn slug(&self) -> Option<&str> {
        self.kind.strip_prefix(PROBLEM_BASE)
    }
}
