//! The replica on one device, as a machine without hands.
//!
//! It is told what happened, one thing at a time, with the time; then it is drained with [`Client::poll`] until it has
//! nothing more to say; only then is it told the next thing. What it asks for is done in the order in which it asked: a
//! stored change is durable before the request that rests on it leaves.
//!
//! ```text
//! tap ──► act ──► append (driver) ──► saved ─┐                    ┌─► rows, acks, cursor ─► Changed
//!                                            ▼                    │
//!                     leader:  StoreOutbox(sent) ─► Post ─► answered   OpenLink ─► hello ─► frames, beats
//! ```
//! Every tab holds a client. One of them leads: it alone sends and listens; the others are told what it stored.

mod link;
mod people;
mod sender;
mod status;
mod tabs;
mod watchdog;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::cache::{Cache, CacheWrite, Mark, StoredRow};
use crate::outbox::{Draft, Outbox, Record, Stage, StayError, Stored, WAITING_MAX};
use crate::protocol::{BATCH_COMMANDS_MAX, Batch, Fault, FaultKind, Hello};
use crate::rebase::{self, Overlay, Zones};
use crate::retry::Dice;
use crate::{AccountId, Act, Actor, CommandId, Context, DeviceId, Envelope, Epoch, Key, Millis, Model, Saw, Scope};

pub use link::{Link, Via};
pub use sender::{Pause, REQUEST_MS_MAX, SendError, Sender};
pub use status::{Reach, Standing, Status};
pub use tabs::{LEADER_BEAT_MS, LEADER_SILENT_MS_MAX};
pub use watchdog::STALL_MS_MAX;

/// What the driver is to do next, in order.
#[derive(Debug)]
pub enum Output<M: Model> {
    /// Store these states of acts in one strict transaction, as far as [`crate::outbox::check_fence`] and
    /// [`crate::outbox::store`] say; then call [`Client::stored`].
    StoreOutbox(Vec<Record<M>>),
    /// Keep the name of the history, beside the acts; after what was asked for before it.
    StoreEpoch(Epoch),
    /// Forget acts whose time is over.
    PruneOutbox(Vec<CommandId>),
    /// Store these rows and the cursor in one transaction.
    StoreCache(CacheWrite),
    /// Send the batch, then call [`Client::answered`] with the request's number.
    Post(u64, Batch),
    /// Ask the server for any sign of life by a plain request, then call [`Client::probed`].
    Probe,
    /// Open the socket, then call [`Client::link_opened`] or [`Client::link_closed`].
    OpenLink,
    /// Say hello on the open socket.
    SendHello(Hello),
    /// Ask for the feed by a plain request, then call [`Client::polled`] with the request's number.
    Poll(u64, Hello),
    /// Close the socket.
    CloseLink,
    /// Tell the other tabs how this one, which leads, stands.
    TellTabs(Standing),
    /// The person was erased at their own wish: forget in one strict transaction that they are signed in, all their acts and all
    /// rows; then call [`Client::forgot`], in the other tabs too.
    Forget(AccountId),
    /// The leading tab says nothing any more: take the lock away from it.
    StealLead,
    /// Tell the server, as well as it goes, what could not be made sense of.
    Report(Fault),
    /// These rows may look different; an empty list means the status only.
    Changed(Vec<Key>),
    /// Call [`Client::tick`] at this time, unless something happens before.
    WakeAt(Millis),
}

/// The most faults that a client reports in its life: the first ones tell the story, and a storm of them would bury it.
const REPORTS_MAX: usize = 50;

/// Why an act was not begun.
#[derive(Clone, Debug, PartialEq)]
pub enum ActError<M: Model> {
    /// Nobody is signed in, so there is nobody whose act it would be.
    SignedOut,
    /// Somebody else acts here since the tap: it is not their act.
    SomebodyElse,
    /// Too many acts wait already; this many.
    Full(usize),
    /// The rules say no whatever the server may know.
    Refused(M::Refusal),
    /// The act that it was to replace cannot be replaced any more.
    Stays(StayError),
}

/// How a store of the outbox ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreEnd {
    /// All is durable, except for acts that were taken back meanwhile.
    Durable {
        /// Those.
        gone: Vec<CommandId>,
    },
    /// Another tab leads now; nothing was written.
    Fenced,
}

/// What the rules say before a tap.
#[derive(Clone, Debug, PartialEq)]
pub enum Forecast<M: Model> {
    /// Nothing speaks against it here.
    Fair,
    /// As last seen here it would be refused; it may be sent all the same.
    Doubtful(M::Refusal),
    /// It cannot be.
    Impossible(M::Refusal),
}

/// What a device has kept.
pub struct Kept<M: Model> {
    /// The profile's name.
    pub device: DeviceId,
    /// Who was signed in, as last known.
    pub actor: Option<Actor>,
    /// The scopes that stay on the device whoever is signed in.
    pub public: Vec<Scope>,
    /// The outbox.
    pub outbox: Vec<Stored<M>>,
    /// The last history that the device heard of, kept with the outbox.
    pub epoch: Option<Epoch>,
    /// The cache's rows.
    pub rows: Vec<StoredRow>,
    /// How far they were read.
    pub mark: Mark,
}

/// The replica on one device.
pub struct Client<M: Model> {
    device: DeviceId,
    actor: Option<Actor>,
    public: Vec<Scope>,
    zones: Box<Zones>,
    dice: Dice,
    outbox: Outbox<M>,
    cache: Cache<M>,
    /// What was forgotten of another person's rows and is still on the disk.
    unstored: Option<CacheWrite>,
    overlays: BTreeMap<Key, Overlay<M>>,
    epoch: Option<Epoch>,
    /// The disk does not know the last history that was heard of.
    epoch_is_unstored: bool,
    release: String,
    leads: bool,
    /// Whether it listens while it leads; a worker that only drains the outbox does not.
    listens: bool,
    visible: bool,
    network: bool,
    link: Link,
    sender: Sender,
    /// How many requests have left.
    turn: u64,
    /// How many of them before the talk that is held now.
    turn_before_talk: u64,
    /// How many requests for the feed have left.
    turn_polled: u64,
    /// Acts on which the server failed: when each is tried again, and how often it was tried in vain.
    resting: BTreeMap<CommandId, (Millis, u32)>,
    /// Scopes to be fetched again, and when each was last.
    wanting: BTreeSet<Scope>,
    repaired_at: BTreeMap<Scope, Millis>,
    /// Acts were opened again in this talk, which its hello did not ask about.
    asks_anew: bool,
    reported: BTreeSet<Fault>,
    /// Since when what could be sent has not moved, and whether that is too long.
    moved_at: Millis,
    stalled: bool,
    /// When this client was last told anything.
    told_at: Millis,
    /// Since when an accepted act has been waiting for its final word, and when the server was last asked for it again.
    words_since: Option<Millis>,
    words_asked_at: Option<Millis>,
    /// Until when the last probe's yes is believed.
    reached_until: Millis,
    /// Stores of the outbox that were asked for and not yet answered; a marked batch leaves when none is.
    stores_open: u32,
    /// How many acts the next batch may hold: halved while the server cannot take a batch, so that the one at fault is
    /// found.
    batch_max: usize,
    /// How the leading tab stands, while another one leads, and when it said so.
    mirrored: Option<Standing>,
    leader_heard_at: Millis,
    /// What was last told to the other tabs, and when.
    told: Option<(Standing, Millis)>,
    /// The reach that was last told.
    shown: Option<Reach>,
    outputs: VecDeque<Output<M>>,
    wake_at: Option<Millis>,
}

impl<M: Model> Client<M> {
    /// A replica of what is stored on a device. `seed` is its chance.
    pub fn new(kept: Kept<M>, zones: Box<Zones>, seed: u64, now: Millis) -> Self {
        let epoch = kept.epoch.or(kept.mark.cursor.map(|cursor| cursor.epoch));
        let mut client = Self {
            device: kept.device,
            actor: kept.actor,
            public: kept.public,
            zones,
            dice: Dice::new(seed),
            outbox: Outbox::load(kept.outbox),
            cache: Cache::load(kept.rows, kept.mark),
            unstored: None,
            overlays: BTreeMap::new(),
            epoch,
            epoch_is_unstored: false,
            release: String::new(),
            leads: false,
            listens: true,
            visible: true,
            network: true,
            link: Link::new(now),
            sender: Sender::default(),
            turn: 0,
            turn_before_talk: 0,
            turn_polled: 0,
            resting: BTreeMap::new(),
            wanting: BTreeSet::new(),
            repaired_at: BTreeMap::new(),
            asks_anew: false,
            reported: BTreeSet::new(),
            moved_at: now,
            stalled: false,
            told_at: now,
            words_since: None,
            words_asked_at: None,
            reached_until: now,
            stores_open: 0,
            batch_max: BATCH_COMMANDS_MAX,
            mirrored: None,
            leader_heard_at: now,
            told: None,
            shown: None,
            outputs: VecDeque::new(),
            wake_at: None,
        };
        client.own_cache();
        client.rebase(now);
        client.look_for_damage();
        client
    }

    /// The same client, which tells the server that it is of `release`.
    #[must_use]
    pub fn of_release(mut self, release: &str) -> Self {
        release.clone_into(&mut self.release);
        self
    }

    /// What to do next, or nothing.
    pub fn poll(&mut self) -> Option<Output<M>> {
        self.outputs.pop_front().or_else(|| self.wake_at.take().map(Output::WakeAt))
    }

    // ---- acts -------------------------------------------------------------------------------------------------

    /// What the rules say to `command` as things stand here.
    pub fn forecast(&self, command: &M::Command, now: Millis) -> Forecast<M> {
        self.forecast_over(self.row(&M::lane(command)), command, now)
    }

    fn forecast_over(&self, row: Option<&M::Row>, command: &M::Command, now: Millis) -> Forecast<M> {
        let Some(actor) = &self.actor else { return Forecast::Fair };
        let rows = rebase::known(&self.cache);
        let context = Context { now, actor, rows: &rows, utc_offset_min: &*self.zones };
        match M::decide(row, command, &context) {
            Ok(_) => Forecast::Fair,
            Err(refusal) if M::rests_on_context(&refusal) => Forecast::Doubtful(refusal),
            Err(refusal) => Forecast::Impossible(refusal),
        }
    }

    /// What the rules say to `command` in the place of the act `replaces`.
    pub fn forecast_instead(&self, command: &M::Command, replaces: CommandId, now: Millis) -> Forecast<M> {
        let Some(actor) = &self.actor else { return Forecast::Fair };
        let lane = M::lane(command);
        let without = rebase::overlays(&self.cache, &self.outbox, Some(replaces), actor, now, &*self.zones);
        let row = match without.get(&lane) {
            Some(overlay) => overlay.row.as_ref(),
            None => self.cache.row(&lane),
        };
        self.forecast_over(row, command, now)
    }

    /// Begins an act of `by`, who tapped: what comes back is to be appended durably ([`crate::outbox::append`]), and then given
    /// to [`Client::saved`]. A refusal that rests on what this device last saw does not stop it. With `replaces` it takes the
    /// place of an act that has not left. Acts are appended one after the other, so somebody may have signed in since the tap.
    ///
    /// # Errors
    /// [`ActError`]; nothing was begun.
    pub fn act(
        &self,
        id: CommandId,
        by: Option<&AccountId>,
        act: Act<M::Command>,
        resolves: Option<CommandId>,
        replaces: Option<CommandId>,
        now: Millis,
    ) -> Result<Draft<M>, ActError<M>> {
        let actor = self.actor.as_ref().ok_or(ActError::SignedOut)?;
        if by != Some(&actor.account) {
            return Err(ActError::SomebodyElse);
        }
        let waiting = self.outbox.waiting(&actor.account);
        if waiting >= WAITING_MAX && replaces.is_none() {
            return Err(ActError::Full(waiting));
        }
        let replaced = replaces.map(|id| self.replaceable(id)).transpose().map_err(ActError::Stays)?;
        // An edit of a choice is still that choice.
        let resolves = resolves.or_else(|| replaced.and_then(|envelope| envelope.resolves));
        let (lane, valid_for_ms) = match &act {
            Act::Do(command) => {
                let forecast = match replaces {
                    Some(replaces) => self.forecast_instead(command, replaces, now),
                    None => self.forecast(command, now),
                };
                if let Forecast::Impossible(refusal) = forecast {
                    return Err(ActError::Refused(refusal));
                }
                (M::lane(command), M::valid_for_ms(command))
            }
            Act::Dismiss => (resolves.map(crate::InboxItem::<M>::key).unwrap_or_else(|| Key::new("inbox", id)), None),
        };
        let version = self.cache.get(&lane).map(|row| row.stored.version).unwrap_or_default();
        let saw =
            self.cache.mark().cursor.map(|cursor| Saw { epoch: cursor.epoch, position: cursor.position, version });
        let (device, account) = (self.device, actor.account.clone());
        Ok(Draft { id, device, account, lane, saw, acted_at: now, valid_for_ms, resolves, replaces, act })
    }

    fn replaceable(&self, id: CommandId) -> Result<&Envelope<M::Command>, StayError> {
        let going = self.outbox.withdrawal(id)?;
        if going.len() > 1 {
            return Err(StayError::RestedOn(going.len() - 1));
        }
        self.outbox.get(id).and_then(|entry| entry.envelope.as_ref()).ok_or(StayError::Gone)
    }

    /// The act is durable on this device, and the one that it replaced is gone. The word may be late: what was read from the
    /// disk meanwhile, where another tab may have sent the act, is newer.
    pub fn saved(&mut self, record: Record<M>, replaced: Option<CommandId>, now: Millis) {
        let lane = record.lane.clone();
        self.forget(&replaced.into_iter().collect::<Vec<_>>());
        if self.outbox.get(record.id).is_none() {
            self.outbox.put(record);
        }
        self.rebase(now);
        self.changed(vec![lane]);
        self.step(now);
    }

    /// These acts were taken back, and are gone from this device's storage.
    pub fn withdrawn(&mut self, ids: &[CommandId], now: Millis) {
        self.forget(ids);
        self.rebase(now);
        self.changed(vec![]);
        self.step(now);
    }

    fn forget(&mut self, ids: &[CommandId]) {
        let lanes: Vec<Key> =
            ids.iter().filter_map(|id| self.outbox.get(*id)).map(|entry| entry.record.lane.clone()).collect();
        ids.iter().for_each(|id| self.outbox.remove(*id));
        self.sender_forgets(ids);
        if !lanes.is_empty() {
            self.changed(lanes);
        }
    }

    /// Lets a parked act try again.
    pub fn try_again(&mut self, id: CommandId, now: Millis) {
        let records = self.outbox.unpark(id, now);
        self.keep(records, now);
        self.send_now(now);
    }

    // ---- what is stored, here and by other tabs ----------------------------------------------------------------

    /// How the oldest [`Output::StoreOutbox`] that was not yet reported on ended.
    pub fn stored(&mut self, end: &StoreEnd, now: Millis) {
        match end {
            StoreEnd::Durable { gone } => {
                self.forget(gone);
                self.rebase(now);
                self.sender_stored(true, now);
            }
            StoreEnd::Fenced => {
                self.follow(now);
                self.sender_stored(false, now);
            }
        }
        self.step(now);
    }

    /// Another tab changed the outbox: this is all of it. A leading tab knows how far its acts have come better than the
    /// disk does: it takes those in that it has not seen, and lets those go that were taken back.
    pub fn outbox_reloaded(&mut self, kept: Vec<Stored<M>>, now: Millis) {
        if self.leads {
            let there: BTreeSet<CommandId> = kept.iter().map(Stored::id).collect();
            let back = |record: &Record<M>| !record.left && !there.contains(&record.id);
            let gone: Vec<_> =
                self.outbox.entries().map(|entry| &entry.record).filter(|it| back(it)).map(|it| it.id).collect();
            self.forget(&gone);
            let fresh: Vec<_> = kept.into_iter().filter(|kept| self.outbox.get(kept.id()).is_none()).collect();
            fresh.into_iter().for_each(|kept| self.outbox.take_in(kept));
        } else {
            self.outbox.reload(kept);
        }
        self.rebase(now);
        self.changed(self.overlays.keys().cloned().collect());
        self.step(now);
    }

    /// What the disk holds of the outbox, and the last history it heard of, for a tab that is about to lead.
    pub fn outbox_replaced(&mut self, kept: Vec<Stored<M>>, epoch: Option<Epoch>, now: Millis) {
        self.outbox.reload(kept);
        // Where it was heard of and the write of it was lost, whoever leads writes it again.
        self.epoch_is_unstored = epoch.is_none() && self.epoch.is_some();
        self.epoch = epoch.or(self.epoch);
        self.rebase(now);
        self.changed(self.overlays.keys().cloned().collect());
    }

    /// Whether what another tab stored with `mark` goes on from what this tab has: it was for the person of this tab. Where it was
    /// not, the next word will name only what changes after it, so all is to be read again, see [`Client::cache_replaced`].
    pub fn goes_on_with(&self, mark: &Mark) -> bool {
        mark.account.as_ref() == self.account()
    }

    /// Another tab changed these rows of the cache. What it stored for another person is not for this one's eyes.
    pub fn cache_reloaded(&mut self, puts: Vec<StoredRow>, removes: &[Key], mark: Mark, now: Millis) {
        if !self.goes_on_with(&mark) {
            return;
        }
        let mut keys: Vec<Key> = puts.iter().map(|row| row.key.clone()).collect();
        keys.extend_from_slice(removes);
        self.cache.reload(puts, removes, mark);
        self.rebase(now);
        self.changed(keys);
    }

    /// What the disk holds, for a tab that is about to lead, or that may have missed something.
    pub fn cache_replaced(&mut self, rows: Vec<StoredRow>, mark: Mark, now: Millis) {
        self.cache = Cache::load(rows, mark);
        // What was to be forgotten of an earlier cache may have come again in this one.
        self.unstored = None;
        self.own_cache();
        self.look_for_damage();
        self.rebase(now);
        self.changed(vec![]);
    }

    fn account(&self) -> Option<&AccountId> {
        self.actor.as_ref().map(|actor| &actor.account)
    }

    /// Forgets what the cache holds of another person. The disk is the leading tab's to change; a tab that follows would
    /// undo what it writes.
    fn own_cache(&mut self) {
        let account = self.actor.as_ref().map(|actor| &actor.account);
        let Some(write) = self.cache.belongs_to(account, &self.public) else { return };
        if self.leads {
            self.outputs.push_back(Output::StoreCache(write));
        } else {
            self.unstored = Some(write);
        }
    }

    // ---- who, and whether this tab leads -----------------------------------------------------------------------

    /// Somebody signed in, or out. What the person before could see is forgotten, except for what is public; what they did
    /// stays sealed under their name.
    pub fn identity(&mut self, actor: Option<Actor>, now: Millis) {
        self.actor = actor;
        self.own_cache();
        self.sender_identity();
        self.rebase(now);
        self.changed(vec![]);
        if self.leads {
            self.link_restart(now);
        }
        self.step(now);
    }

    /// Nothing of these accounts, a person's and those of guests whom they took over, is left on this device: not their acts,
    /// whatever became of them, and not their sign-in.
    pub fn forgot(&mut self, accounts: &[AccountId], now: Millis) {
        let theirs = self.outbox.entries().filter(|entry| accounts.contains(&entry.record.account));
        let ids: Vec<_> = theirs.map(|entry| entry.record.id).collect();
        self.forget(&ids);
        if self.actor.as_ref().is_some_and(|actor| accounts.contains(&actor.account)) {
            self.identity(None, now);
        }
    }

    // ---- time and the device -----------------------------------------------------------------------------------

    /// Time has passed.
    pub fn tick(&mut self, now: Millis) {
        self.step(now);
    }

    /// The page was shown or hidden.
    pub fn visible(&mut self, visible: bool, now: Millis) {
        self.visible = visible;
        if visible {
            self.leader_heard_at = now;
            self.send_now(now);
        }
    }

    /// The device believes that it has a network, or has none. A hint: it hurries or slows, and decides nothing.
    pub fn network(&mut self, network: bool, now: Millis) {
        self.network = network;
        if network {
            self.send_now(now);
        } else {
            self.not_reached(now);
            self.changed(vec![]);
        }
    }

    /// Try everything now, without waiting for the next turn.
    pub fn send_now(&mut self, now: Millis) {
        self.sender_hurry(now);
        self.link_hurry(now);
        self.step(now);
    }

    // ---- what the screen asks ----------------------------------------------------------------------------------

    /// Who is signed in, as last known.
    pub fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    /// This profile.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// The last history that this device heard of.
    pub fn epoch(&self) -> Option<Epoch> {
        self.epoch
    }

    /// Whether this tab sends and listens.
    pub fn leads(&self) -> bool {
        self.leads
    }

    /// The row `key` with pending acts re-run over it.
    pub fn row(&self, key: &Key) -> Option<&M::Row> {
        match self.overlays.get(key) {
            Some(overlay) => overlay.row.as_ref(),
            None => self.cache.row(key),
        }
    }

    /// All rows of a kind with pending acts re-run over them, by key.
    pub fn rows_of_kind(&self, kind: &str) -> Vec<(Key, &M::Row)> {
        let mut keys: Vec<&Key> = self.cache.of_kind(kind).map(|(key, _)| key).collect();
        keys.extend(self.overlays.keys().filter(|key| key.kind() == kind));
        keys.sort();
        keys.dedup();
        keys.into_iter().filter_map(|key| Some((key.clone(), self.row(key)?))).collect()
    }

    /// The pending acts on the row `key`.
    pub fn overlay(&self, key: &Key) -> Option<&Overlay<M>> {
        self.overlays.get(key)
    }

    /// The outbox.
    pub fn outbox(&self) -> &Outbox<M> {
        &self.outbox
    }

    /// The cache.
    pub fn cache(&self) -> &Cache<M> {
        &self.cache
    }

    /// An act that is not settled and settles the inbox item `id`: the choice is made and on its way.
    pub fn choice_made(&self, id: CommandId) -> Option<(&Envelope<M::Command>, Stage)> {
        let entries = self.outbox.entries().filter(|entry| entry.record.stage != Stage::Refused);
        let mut envelopes = entries.filter_map(|entry| Some((entry.envelope.as_ref()?, entry.record.stage)));
        envelopes.find(|(envelope, _)| envelope.resolves == Some(id))
    }

    // ---- inner ---------------------------------------------------------------------------------------------------

    fn step(&mut self, now: Millis) {
        self.mind_the_clock(now);
        if !self.leads {
            return self.follower_step(now);
        }
        if self.listens {
            self.link_step(now);
        }
        self.sender_step(now);
        self.watch(now);
        self.watch_words(now);
        let reach = self.reach(now);
        if self.shown != Some(reach) {
            self.shown = Some(reach);
            self.changed(vec![]);
        }
        self.tell_tabs(now);
    }

    /// Tells the operator, each thing once in this client's life.
    fn report(&mut self, kind: FaultKind, about: &str, detail: &str) {
        let (about, detail, release) = (about.to_owned(), detail.to_owned(), self.release.clone());
        let fault = Fault { kind, about, detail, release };
        if self.reported.len() < REPORTS_MAX && self.reported.insert(fault.clone()) {
            self.outputs.push_back(Output::Report(fault));
        }
    }

    /// What is kept and cannot be read: damaged rows are fetched again, acts wait for an update.
    fn look_for_damage(&mut self) {
        self.wanting.extend(self.cache.damaged());
        for key in self.cache.unreadable().cloned().collect::<Vec<_>>() {
            self.report(FaultKind::UnreadableRow, key.as_str(), "a kept row cannot be read");
        }
        for id in self.outbox.unreadable().collect::<Vec<_>>() {
            self.report(FaultKind::UnreadableAct, &id.to_string(), "a kept act cannot be read by this release");
        }
    }

    fn rebase(&mut self, now: Millis) {
        self.overlays = match &self.actor {
            Some(actor) => rebase::overlays(&self.cache, &self.outbox, None, actor, now, &*self.zones),
            None => BTreeMap::new(),
        };
    }

    fn changed(&mut self, keys: Vec<Key>) {
        self.outputs.push_back(Output::Changed(keys));
    }

    /// Stores new states of acts and shows them.
    fn keep(&mut self, records: Vec<Record<M>>, now: Millis) {
        if records.is_empty() {
            return;
        }
        let lanes = records.iter().map(|record| record.lane.clone()).collect();
        self.outputs.push_back(Output::StoreOutbox(records));
        self.sender_stores();
        self.rebase(now);
        self.changed(lanes);
    }

    fn wake(&mut self, at: Millis) {
        self.wake_at = Some(self.wake_at.map_or(at, |before| before.min(at)));
    }
}
