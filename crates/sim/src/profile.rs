//! A browser profile: a disk, a cookie, the lock that its tabs share, and the tabs.

use std::collections::{BTreeMap, VecDeque};

use domain::account::guest::{Secret, is_guest};
use domain::trade::{Command, Trade};
use serde::{Deserialize, Serialize};
use sync::cache::{CacheWrite, Mark};
use sync::client::{Client, SendError, Standing};
use sync::outbox::{Append, AppendError, Draft, Record, StayError};
use sync::protocol::BatchAnswer;
use sync::{AccountId, Act, Actor, CommandId, DeviceId, Epoch, Key, Millis};

use crate::disk::Disk;
use crate::release::Release;

/// One tab, or one round of a service worker, for as long as it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TabId {
    /// In which profile.
    pub profile: usize,
    /// A number that no other tab ever has.
    pub life: u64,
}

/// One browser profile.
pub struct Profile {
    /// Its name.
    pub device: DeviceId,
    /// Who uses it.
    pub people: Vec<Actor>,
    /// People act here before they sign in, and after they sign out.
    pub has_guests: bool,
    /// What it keeps.
    pub disk: Disk,
    /// The session that its browser names with every request.
    pub cookie: Option<u64>,
    /// The tab in which a sign-in or sign-out is under way.
    pub changing: Option<u64>,
    /// How wrong its clock is, in milliseconds.
    pub skew: Millis,
    /// No network.
    pub parted: bool,
    /// The release that a tab opened now has.
    pub release: Release,
    /// What is open.
    pub tabs: Vec<Tab>,
    /// Who may send and listen.
    pub lock: Lock,
    /// Its clock has jumped.
    pub jumped: bool,
    /// How often the power went.
    pub boots: u64,
    /// Acts that are durable here, or were.
    pub saved: BTreeMap<CommandId, Saved>,
}

/// What is known of an act from outside.
pub struct Saved {
    /// Whose.
    pub account: AccountId,
    /// Its bytes.
    pub bytes: String,
    /// A screen has called it saved.
    pub shown: bool,
    /// It was taken back, or replaced, before it left.
    pub gone: bool,
    /// The order that it places.
    pub places: Option<Key>,
}

/// A Web Lock: one holder, the others in a queue, each with the number of its try.
#[derive(Default)]
pub struct Lock {
    /// Who has it.
    pub holder: Option<(u64, u64)>,
    /// Who waits for it.
    pub queue: VecDeque<(u64, u64)>,
}

/// One tab.
pub struct Tab {
    /// Its number.
    pub life: u64,
    /// The machine.
    pub client: Client<Trade>,
    /// The release that it was opened with.
    pub release: Release,
    /// It is a round of the service worker: it sends what waits and ends.
    pub is_worker: bool,
    /// It is looked at.
    pub is_visible: bool,
    /// The fence that it writes under.
    pub generation: u64,
    /// How often it asked for the lock; only the last try counts.
    pub candidacy: u64,
    /// It has the lock.
    pub has_lock: bool,
    /// Its sockets and requests for the feed so far; what an older one says is not heard.
    pub link: u64,
    /// The newest socket is open.
    pub is_linked: bool,
    /// When the last notice from another tab arrives: the channel keeps their order.
    pub notice_until: Millis,
    /// The timer that counts.
    pub timer: u64,
    /// What is to be made durable or read, one after the other.
    pub jobs: VecDeque<Job>,
    /// One of them is under way.
    pub is_working: bool,
    /// What its person did, one after the other.
    pub taps: VecDeque<(Option<AccountId>, Tap)>,
    /// One of them is under way.
    pub is_tapping: bool,
    /// A write of the cache failed, so the next one is of all of it.
    pub cache_has_hole: bool,
    /// While it is frozen: what it will hear when it is woken.
    pub frozen: Option<Vec<Heard>>,
    /// When the server was last heard, by the true clock.
    pub heard_at: Millis,
}

/// What a person does.
#[derive(Clone, Debug)]
pub enum Tap {
    /// An act, perhaps a choice about an inbox item, perhaps in the place of another one.
    Act {
        /// What.
        act: Act<Command>,
        /// The item that it settles.
        resolves: Option<CommandId>,
        /// The act that it replaces.
        replaces: Option<CommandId>,
    },
    /// To take an act back.
    Withdraw(CommandId),
}

/// What a tab asks of the disk, in its order.
#[derive(Clone, Debug)]
pub enum Job {
    /// New states of acts.
    Outbox(Vec<Record<Trade>>),
    /// Acts to forget.
    Prune(Vec<CommandId>),
    /// The history that was heard of.
    Epoch(Epoch),
    /// A frame's rows.
    Cache(CacheWrite),
    /// The whole cache, where a write of it failed.
    MendCache,
    /// The outbox, as another tab may have left it.
    ReadOutbox,
    /// These rows, as of a mark or later.
    ReadRows(Vec<Key>, Mark),
    /// Who is signed in.
    ReadIdentity,
    /// Everything.
    ReadAll,
    /// To raise the fence, for the try of this number.
    Claim(u64),
    /// To read the outbox and lead, for the try of this number.
    Take(u64),
    /// To give the lead to a tab that is looked at.
    HandOver,
}

/// A transaction: what it does to the disk happens at once, and its tab hears of it later, or never.
#[derive(Clone, Debug)]
pub enum Transaction {
    /// A job.
    Job(Job),
    /// An act is appended.
    Append(Box<Draft<Trade>>),
    /// An act is taken back.
    Withdraw(CommandId),
    /// The fence is raised before the session changes to this.
    FenceOff(Option<Actor>),
    /// The session has changed to this; perhaps with the act by which the guest is theirs who signed in.
    SetActor(Option<Actor>, Option<Box<Draft<Trade>>>),
    /// Nobody acts here: a guest does, the device's own or this one.
    BeGuest(Secret),
    /// All of this account is forgotten.
    Forget(AccountId),
}

/// How a transaction ended.
#[derive(Clone, Debug)]
pub enum Done {
    /// A job, with what it read.
    Job(Job, Read),
    /// It was refused by the disk; it is as if it had never been.
    Refused(Transaction),
    /// An append.
    Appended(Result<Box<Append<Trade>>, AppendError>),
    /// A withdrawal.
    Withdrawn(Result<Vec<CommandId>, StayError>),
    /// The fence was raised to this.
    FencedOff(u64, Option<Actor>),
    /// Who acts is kept, and the act that came with it.
    ActorSet(Option<Actor>, Option<Box<Append<Trade>>>),
    /// All of these accounts is forgotten.
    Forgot(Vec<AccountId>),
}

/// What a job brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// Nothing.
    Nothing,
    /// Another tab has raised the fence.
    Fenced,
    /// The cache that was claimed is gone.
    ClaimGone,
    /// Acts that were taken back meanwhile.
    Gone(Vec<CommandId>),
    /// The fence.
    Generation(u64),
}

/// What tabs tell each other, as JSON like all that is told.
#[derive(Debug, Serialize, Deserialize)]
pub enum Notice {
    /// The outbox has changed.
    Outbox,
    /// These rows have changed, and how far the cache is read with them.
    Cache(Vec<Key>, Mark),
    /// The cache was written whole.
    CacheAnew,
    /// Somebody signed in or out.
    Identity,
    /// All of these accounts is forgotten.
    Forgot(Vec<AccountId>),
    /// How the leader stands.
    Standing(Standing),
    /// A tab asks how the leader stands.
    WhoLeads,
    /// A tab that is looked at would like to lead.
    WouldLead,
}

/// What a tab hears.
#[derive(Debug)]
pub enum Heard {
    /// Its timer.
    Tick(u64),
    /// A transaction has ended.
    Done(Box<Done>),
    /// The cache is to be written whole, since a write of it failed.
    MendCache,
    /// A job that the disk refused is due again.
    Again(Box<Job>),
    /// The answer to a batch.
    Answer(u64, Result<Box<BatchAnswer<Trade>>, SendError>),
    /// The answer to a probe.
    Probed(bool),
    /// The answer to a request for the feed: its lines.
    Polled(u64, u64, Result<Vec<String>, SendError>),
    /// A socket is open.
    LinkOpened(u64),
    /// A socket is closed.
    LinkClosed(u64),
    /// The server spoke on a socket.
    Said(u64, String),
    /// Another tab spoke.
    Notice(Notice),
    /// The lock was given to the try of this number.
    LockGranted(u64),
    /// The lock was taken from the try of this number.
    LockStolen(u64),
    /// The server's answer to a sign-in or sign-out: the session is this now; nothing if no answer came.
    Session(Option<Option<Actor>>),
    /// Its person does something.
    Tap(Tap),
}

impl Profile {
    /// The tab with this number, while it lives.
    pub fn tab(&self, life: u64) -> Option<&Tab> {
        self.tabs.iter().find(|tab| tab.life == life)
    }

    /// Whether `account` is a guest who was taken over or forgotten here: nothing more is sent or heard in their name.
    pub fn is_over(&self, account: &AccountId) -> bool {
        is_guest(account) && self.disk.guest().is_none_or(|guest| guest.account != *account)
    }

    /// The tab with this number, while it lives.
    pub fn tab_mut(&mut self, life: u64) -> Option<&mut Tab> {
        self.tabs.iter_mut().find(|tab| tab.life == life)
    }
}
