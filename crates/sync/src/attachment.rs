//! Attachments: bytes that follow an act, such as a photo of what an act says was done.
//!
//! They are kept on the device first, and leave by themselves once the server has the act: what was done is told before what
//! shows it. One is sent at a time, and tried for ever. It ends with its act, or by a refusal of our own server that names it,
//! and nothing is let go of on the device before the server says that it has it durably.
//!
//! | answer | what follows |
//! |---|---|
//! | 200, 201 of ours | sent: the bytes leave the device |
//! | 401 of ours | pause until somebody signs in; no try is spent |
//! | 400, 403, 409, 410, 413, 415, 422 of ours | it ends, and says why; its bytes stay until its person lets them go |
//! | 412, 500 of ours | it rests and is tried again later; the others go on |
//! | anything else, also any answer that is not ours | all of them again later |

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::client::SendError;
use crate::outbox::{Outbox, Stage as ActStage};
use crate::retry::{self, Dice};
use crate::{AccountId, CommandId, Millis, Model};

/// The format in which this release keeps attachments. One of a newer format is left alone until an update can read it.
pub const ATTACHMENT_FORMAT: u16 = 1;

/// The most bytes of one attachment: what a server takes in one request.
pub const BYTES_MAX: usize = 2 * 1024 * 1024;

/// The most attachments that wait at once: an evening of twenty doors without a network, with a photo and a signature each.
pub const WAITING_MAX: usize = 40;

/// The most bytes that wait at once: as many photos of the usual size, on a phone that has little room.
pub const WAITING_BYTES_MAX: usize = 48 * 1024 * 1024;

/// How long it is remembered that an attachment was sent, in milliseconds: the shift in which somebody looks.
pub const SENT_KEPT_MS: Millis = 24 * 60 * 60 * 1000;

/// How long one that ended badly stays on the device, in milliseconds: as long as a settled act.
pub const ENDED_KEPT_MS: Millis = crate::outbox::SETTLED_KEPT_MS;

/// How long a request that carries bytes may take, in milliseconds: the largest at half a megabit a second.
pub const REQUEST_MS_MAX: Millis = 60_000;

/// An attachment's name. It is made of the act that it follows and of what it holds, so the same twice is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttachmentId(pub Uuid);

impl fmt::Display for AttachmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl AttachmentId {
    /// The name of `bytes` of this kind that follow an act. Where `is_one` there is but one of the kind, and its name, which
    /// others may see, says nothing of what it holds.
    pub fn of(follows: CommandId, kind: &str, bytes: &[u8], is_one: bool) -> Self {
        let held = if is_one { [0; 32] } else { Sha256::digest(bytes).into() };
        let mut hash = Sha256::new();
        hash.update(follows.0.as_bytes());
        hash.update(kind.as_bytes());
        hash.update(held);
        let name: [u8; 32] = hash.finalize().into();
        let (first, _) = name.split_at(16);
        Self(uuid::Builder::from_custom_bytes(first.try_into().expect("sixteen bytes")).into_uuid())
    }
}

/// How far an attachment has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Durable on this device; the server does not have its act yet.
    Saved,
    /// Durable on this device, and the server has its act: it may leave at any time.
    Free,
    /// Durable on the server; its bytes are not on this device any more.
    Sent,
    /// It will not be sent.
    Ended(End),
}

/// Why an attachment will not be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// The act that it follows was refused.
    ActRefused,
    /// The server does not take it.
    Refused {
        /// Which problem, by the last part of its type.
        slug: String,
        /// The server's own sentence, where there is one.
        detail: Option<String>,
    },
    /// It was to be sent, and its bytes are not on this device any more.
    Lost,
}

impl Stage {
    /// Its name on the wire and in the page.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Free => "free",
            Self::Sent => "sent",
            Self::Ended(_) => "ended",
        }
    }

    /// Whether it still has to reach the server.
    pub fn is_waiting(&self) -> bool {
        matches!(self, Self::Saved | Self::Free)
    }
}

/// What is known of an attachment, beside its bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// How the rest is to be read; see [`ATTACHMENT_FORMAT`].
    pub format: u16,
    /// Which.
    pub id: AttachmentId,
    /// Whose it is; nobody else's session sends it.
    pub account: AccountId,
    /// The act that it follows.
    pub follows: CommandId,
    /// The trade's name for what it is.
    pub kind: String,
    /// Where on our server it is put, with `{id}` for its name.
    pub to: String,
    /// What its bytes are.
    pub content_type: String,
    /// How many there are.
    pub bytes: usize,
    /// A small picture of it as a `data:` address, or a few words: what its list shows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub preview: String,
    /// How far it has come.
    pub stage: Stage,
    /// When it was kept, by the device's clock.
    pub kept_at: Millis,
    /// When the stage changed last.
    pub changed_at: Millis,
}

impl Attachment {
    /// Where it is put.
    pub fn path(&self) -> String {
        self.to.replace("{id}", &self.id.to_string())
    }

    fn at(&self, stage: Stage, now: Millis) -> Self {
        // A small picture of a door is not left where the large one is gone.
        let preview = if stage == Stage::Sent { String::new() } else { self.preview.clone() };
        Self { stage, preview, changed_at: now, ..self.clone() }
    }
}

/// Something to be attached.
#[derive(Clone, Debug, PartialEq)]
pub struct Attach {
    /// The act that it follows.
    pub follows: CommandId,
    /// The trade's name for what it is.
    pub kind: String,
    /// Whether there is but one of this kind of an act, whose name says nothing of what it holds.
    pub is_one: bool,
    /// Where on our server it is put, with `{id}` for its name.
    pub to: String,
    /// What its bytes are.
    pub content_type: String,
    /// A small picture of it, or a few words.
    pub preview: String,
}

/// Why something was not attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// Nobody is signed in, so there is nobody whose it would be.
    #[error("nobody is signed in; nothing was saved")]
    SignedOut,
    /// There is no such act of theirs on this device, or it was refused.
    #[error("what it belongs to is not on this phone any more; nothing was saved")]
    NoAct,
    /// It is there already.
    #[error("it is there already")]
    There,
    /// It has more bytes than one may have.
    #[error("it has {0} bytes, and {BYTES_MAX} are the most; nothing was saved. Make it smaller")]
    TooLarge(usize),
    /// As much waits already as may.
    #[error(
        "{0} things with {1} bytes wait on this phone to be sent, and there is no room for more; nothing was saved. Connect, \
         wait until they are sent, and try again"
    )]
    Full(usize, usize),
}

/// What is to be kept, beside the bytes, when `by` attaches something.
///
/// # Errors
/// [`AttachError`]; nothing is to be kept.
pub fn attach<M: Model>(
    kept: &[Attachment],
    outbox: &Outbox<M>,
    by: Option<&AccountId>,
    attach: Attach,
    bytes: &[u8],
    now: Millis,
) -> Result<Attachment, AttachError> {
    let account = by.ok_or(AttachError::SignedOut)?;
    let act = outbox.get(attach.follows).filter(|entry| entry.record.account == *account);
    if act.is_none_or(|entry| entry.record.stage == ActStage::Refused) {
        return Err(AttachError::NoAct);
    }
    if bytes.len() > BYTES_MAX {
        return Err(AttachError::TooLarge(bytes.len()));
    }
    let id = AttachmentId::of(attach.follows, &attach.kind, bytes, attach.is_one);
    if kept.iter().any(|known| known.id == id) {
        return Err(AttachError::There);
    }
    // Whoever they are of: a phone has one disk.
    let waiting: Vec<_> = kept.iter().filter(|known| known.stage.is_waiting()).collect();
    let waiting_bytes: usize = waiting.iter().map(|known| known.bytes).sum();
    if waiting.len() >= WAITING_MAX || waiting_bytes + bytes.len() > WAITING_BYTES_MAX {
        return Err(AttachError::Full(waiting.len(), waiting_bytes));
    }
    let Attach { follows, kind, to, content_type, preview, is_one: _ } = attach;
    Ok(Attachment {
        format: ATTACHMENT_FORMAT,
        id,
        account: account.clone(),
        follows,
        kind,
        to,
        content_type,
        bytes: bytes.len(),
        preview,
        stage: Stage::Saved,
        kept_at: now,
        changed_at: now,
    })
}

/// What becomes of attachments by what became of their acts: those that changed, and those that are to be let go of.
pub fn follow<M: Model>(kept: &[Attachment], outbox: &Outbox<M>, now: Millis) -> (Vec<Attachment>, Vec<AttachmentId>) {
    let (mut changed, mut gone) = (vec![], vec![]);
    for known in kept {
        let act = outbox.get(known.follows).map(|entry| entry.record.stage);
        match (&known.stage, act) {
            (Stage::Saved, Some(ActStage::Accepted | ActStage::Done)) => changed.push(known.at(Stage::Free, now)),
            (Stage::Saved | Stage::Free, Some(ActStage::Refused)) => {
                changed.push(known.at(Stage::Ended(End::ActRefused), now));
            }
            // The person took the act back before it left, and this with it. An act that this release cannot read is there.
            (Stage::Saved, None) if !outbox.unreadable().any(|id| id == known.follows) => gone.push(known.id),
            (Stage::Sent, _) if now - known.changed_at > SENT_KEPT_MS => gone.push(known.id),
            (Stage::Ended(_), _) if now - known.changed_at > ENDED_KEPT_MS => gone.push(known.id),
            _ => {}
        }
    }
    (changed, gone)
}

/// Where this device stands, as far as it concerns whether something may leave.
pub struct Chances<'a, M: Model> {
    /// Who acts.
    pub account: Option<&'a AccountId>,
    /// The acts.
    pub outbox: &'a Outbox<M>,
    /// Whether this tab leads, the server speaks, and acts may be sent.
    pub may_send: bool,
    /// Whether somebody looks.
    pub visible: bool,
}

/// Who carries attachments to the server: one at a time.
pub struct Carrier {
    dice: Dice,
    state: State,
    /// Those that rest: until when, and how often they were tried in vain.
    resting: BTreeMap<AttachmentId, (Millis, u32)>,
}

/// Where carrying stands.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Idle { tries: u32 },
    Waiting { until: Millis, tries: u32 },
    Carrying { id: AttachmentId, tries: u32 },
    Paused,
}

impl Carrier {
    /// Nothing is under way. `seed` is its chance.
    pub fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed), state: State::Idle { tries: 0 }, resting: BTreeMap::new() }
    }

    /// The one to carry now; call [`Carrier::answered`] with what came of it. Where there is none, the moment at which to ask
    /// again, unless something happens before.
    pub fn next<M: Model>(
        &mut self,
        kept: &[Attachment],
        chances: &Chances<'_, M>,
        now: Millis,
    ) -> Result<Attachment, Option<Millis>> {
        let tries = match self.state {
            State::Idle { tries } => tries,
            State::Waiting { until, tries } if until <= now => tries,
            State::Waiting { until, .. } => return Err(Some(until)),
            State::Carrying { .. } | State::Paused => return Err(None),
        };
        let Some(account) = chances.account.filter(|_| chances.may_send) else { return Err(None) };
        // What was done is told before what shows it.
        if !chances.outbox.next_batch(account, 1, |_| false).is_empty() {
            return Err(None);
        }
        let rests = |known: &Attachment| self.resting.get(&known.id).map(|(until, _)| *until).filter(|at| *at > now);
        let mut free = kept.iter().filter(|known| known.stage == Stage::Free && known.account == *account);
        let Some(next) = free.clone().find(|known| rests(known).is_none()) else {
            return Err(free.by_ref().filter_map(rests).min());
        };
        self.state = State::Carrying { id: next.id, tries };
        Ok(next.clone())
    }

    /// What the server said to the one that was carried; what it becomes by that, where it becomes something.
    pub fn answered(
        &mut self,
        carried: &Attachment,
        answer: Result<(), (SendError, Option<String>)>,
        visible: bool,
        now: Millis,
    ) -> Option<Attachment> {
        let State::Carrying { id, tries } = self.state else { return None };
        if id != carried.id {
            return None;
        }
        self.state = State::Idle { tries: 0 };
        let (error, detail) = match answer {
            Ok(()) => {
                self.resting.remove(&id);
                return Some(carried.at(Stage::Sent, now));
            }
            Err(failed) => failed,
        };
        match error {
            SendError::Problem { status: 401, .. } => self.state = State::Paused,
            SendError::Problem { status: 400 | 403 | 409 | 410 | 413 | 415 | 422, slug, .. } => {
                return Some(carried.at(Stage::Ended(End::Refused { slug, detail }), now));
            }
            SendError::Problem { status: 412 | 500, retry_after_ms, .. } => {
                let tries = self.resting.get(&id).map_or(0, |(_, tries)| *tries);
                let until = retry::next_try(now, tries, visible, retry_after_ms, &mut self.dice);
                let until = until.max(now + retry::REST_MS_MIN);
                self.resting.insert(id, (until, tries.saturating_add(1)));
            }
            SendError::Problem { retry_after_ms, .. } | SendError::Lost { retry_after_ms } => {
                let until = retry::next_try(now, tries, visible, retry_after_ms, &mut self.dice);
                self.state = State::Waiting { until, tries: tries.saturating_add(1) };
            }
        }
        None
    }

    /// Somebody signed in, or wants everything tried now.
    pub fn hurry(&mut self) {
        self.resting.clear();
        if !matches!(self.state, State::Carrying { .. }) {
            self.state = State::Idle { tries: 0 };
        }
    }

    /// Whether nothing is sent until somebody signs in.
    pub fn is_paused(&self) -> bool {
        self.state == State::Paused
    }

    /// Which one is on its way at this moment.
    pub fn carries(&self) -> Option<AttachmentId> {
        if let State::Carrying { id, .. } = self.state { Some(id) } else { None }
    }
}

/// One that ended is to be tried again, at its person's wish; none where it did not end so.
pub fn again(ended: &Attachment, now: Millis) -> Option<Attachment> {
    matches!(ended.stage, Stage::Ended(End::Refused { .. })).then(|| ended.at(Stage::Free, now))
}

/// How many attachments of `account` still have to reach the server.
pub fn waiting(kept: &[Attachment], account: &AccountId) -> usize {
    kept.iter().filter(|known| known.account == *account && known.stage.is_waiting()).count()
}

/// Reads what is known of an attachment; nothing of what a newer release wrote, which is left where it is.
pub fn read(json: &str) -> Option<Attachment> {
    #[derive(Deserialize)]
    struct Format {
        format: u16,
    }
    let Format { format } = serde_json::from_str(json).ok()?;
    if format > ATTACHMENT_FORMAT { None } else { serde_json::from_str(json).ok() }
}
