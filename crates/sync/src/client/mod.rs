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
mod sender;
mod status;

use std::collections::{BTreeMap, VecDeque};

use crate::cache::{Cache, CacheWrite, Mark, StoredRow};
use crate::outbox::{Draft, Outbox, Record, Stage, WAITING_MAX};
use crate::protocol::{BATCH_COMMANDS_MAX, Batch, Hello};
use crate::rebase::{self, Overlay, Zones};
use crate::retry::Dice;
use crate::{Act, Actor, CommandId, Context, DeviceId, Envelope, Key, Millis, Model, Saw, Scope};

pub use link::Link;
pub use sender::{Pause, REQUEST_MS_MAX, SendError, Sender};
pub use status::{Reach, Standing, Status};

/// What the driver is to do next, in order.
#[derive(Debug)]
pub enum Output<M: Model> {
    /// Store these states of acts in one strict transaction that checks the leader's fence, then call
    /// [`Client::stored`].
    StoreOutbox(Vec<Record<M>>),
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
    /// Close the socket.
    CloseLink,
    /// These rows may look different; an empty list means the status only.
    Changed(Vec<Key>),
    /// Call [`Client::tick`] at this time, unless something happens before.
    WakeAt(Millis),
}

/// Why an act was not begun.
#[derive(Clone, Debug, PartialEq)]
pub enum ActError<M: Model> {
    /// Nobody is signed in, so there is nobody whose act it would be.
    SignedOut,
    /// Too many acts wait already; this many.
    Full(usize),
    /// The rules say no whatever the server may know.
    Refused(M::Refusal),
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
    /// The outbox.
    pub records: Vec<Record<M>>,
    /// The cache's rows.
    pub rows: Vec<StoredRow>,
    /// How far they were read.
    pub mark: Mark,
}

/// The replica on one device.
pub struct Client<M: Model> {
    device: DeviceId,
    actor: Option<Actor>,
    zones: Box<Zones>,
    dice: Dice,
    outbox: Outbox<M>,
    cache: Cache<M>,
    overlays: BTreeMap<Key, Overlay<M>>,
    leads: bool,
    visible: bool,
    network: bool,
    link: Link,
    sender: Sender,
    /// How many requests have left.
    turn: u64,
    /// Until when the last probe's yes is believed.
    reached_until: Millis,
    /// Stores of the outbox that were asked for and not yet answered; a marked batch leaves when none is.
    stores_open: u32,
    /// How many acts the next batch may hold: halved while the server cannot take a batch, so that the one at fault is
    /// found.
    batch_max: usize,
    /// How the leading tab stands, while another one leads.
    mirrored: Option<Standing>,
    /// The reach that was last told.
    shown: Option<Reach>,
    outputs: VecDeque<Output<M>>,
    wake_at: Option<Millis>,
}

impl<M: Model> Client<M> {
    /// A replica of what is stored on a device. `seed` is its chance.
    pub fn new(kept: Kept<M>, zones: Box<Zones>, seed: u64, now: Millis) -> Self {
        let mut client = Self {
            device: kept.device,
            actor: kept.actor,
            zones,
            dice: Dice::new(seed),
            outbox: Outbox::load(kept.records),
            cache: Cache::load(kept.rows, kept.mark),
            overlays: BTreeMap::new(),
            leads: false,
            visible: true,
            network: true,
            link: Link::new(now),
            sender: Sender::default(),
            turn: 0,
            reached_until: now,
            stores_open: 0,
            batch_max: BATCH_COMMANDS_MAX,
            mirrored: None,
            shown: None,
            outputs: VecDeque::new(),
            wake_at: None,
        };
        client.rebase(now);
        client
    }

    /// What to do next, or nothing.
    pub fn poll(&mut self) -> Option<Output<M>> {
        self.outputs.pop_front().or_else(|| self.wake_at.take().map(Output::WakeAt))
    }

    // ---- acts -------------------------------------------------------------------------------------------------

    /// What the rules say to `command` as things stand here.
    pub fn forecast(&self, command: &M::Command, now: Millis) -> Forecast<M> {
        let Some(actor) = &self.actor else { return Forecast::Fair };
        let row = self.row(&M::lane(command));
        let rows = rebase::known(&self.cache);
        let context = Context { now, actor, rows: &rows, utc_offset_min: &*self.zones };
        match M::decide(row, command, &context) {
            Ok(_) => Forecast::Fair,
            Err(refusal) if M::rests_on_context(&refusal) => Forecast::Doubtful(refusal),
            Err(refusal) => Forecast::Impossible(refusal),
        }
    }

    /// Begins an act: what comes back is to be appended durably, and then given to [`Client::saved`]. A refusal that
    /// rests on what this device last saw does not stop it.
    ///
    /// # Errors
    /// [`ActError`]; nothing was begun.
    pub fn act(
        &self,
        id: CommandId,
        act: Act<M::Command>,
        resolves: Option<CommandId>,
        now: Millis,
    ) -> Result<Draft<M>, ActError<M>> {
        let actor = self.actor.as_ref().ok_or(ActError::SignedOut)?;
        let waiting = self.outbox.waiting(&actor.account);
        if waiting >= WAITING_MAX {
            return Err(ActError::Full(waiting));
        }
        let (lane, valid_for_ms) = match &act {
            Act::Do(command) => {
                if let Forecast::Impossible(refusal) = self.forecast(command, now) {
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
        Ok(Draft { id, device, account, lane, saw, acted_at: now, valid_for_ms, resolves, act })
    }

    /// The act is durable on this device.
    pub fn saved(&mut self, record: Record<M>, now: Millis) {
        let lane = record.lane.clone();
        self.outbox.put(record);
        self.rebase(now);
        self.changed(vec![lane]);
        self.step(now);
    }

    /// Lets a parked act try again.
    pub fn try_again(&mut self, id: CommandId, now: Millis) {
        let records = self.outbox.unpark(id, now);
        self.keep(records, now);
        self.send_now(now);
    }

    // ---- what is stored, here and by other tabs ----------------------------------------------------------------

    /// The states asked for by the last [`Output::StoreOutbox`] are durable, or are not because another tab leads now.
    pub fn stored(&mut self, durable: bool, now: Millis) {
        if !durable {
            self.follow(now);
        }
        self.sender_stored(durable, now);
        self.step(now);
    }

    /// Another tab changed the outbox: this is all of it. A leading tab knows its own acts better than the disk does, and
    /// takes only those in that it has not seen.
    pub fn outbox_reloaded(&mut self, records: Vec<Record<M>>, now: Millis) {
        if self.leads {
            let fresh: Vec<_> = records.into_iter().filter(|record| self.outbox.get(record.id).is_none()).collect();
            fresh.into_iter().for_each(|record| self.outbox.put(record));
        } else {
            self.outbox = Outbox::load(records);
        }
        self.rebase(now);
        self.changed(self.overlays.keys().cloned().collect());
        self.step(now);
    }

    /// Another tab changed these rows of the cache.
    pub fn cache_reloaded(&mut self, puts: Vec<StoredRow>, removes: &[Key], mark: Mark, now: Millis) {
        let mut keys: Vec<Key> = puts.iter().map(|row| row.key.clone()).collect();
        keys.extend_from_slice(removes);
        self.cache.reload(puts, removes, mark);
        self.rebase(now);
        self.changed(keys);
    }

    /// What the disk holds, for a tab that is about to lead.
    pub fn cache_replaced(&mut self, rows: Vec<StoredRow>, mark: Mark, now: Millis) {
        self.cache = Cache::load(rows, mark);
        self.rebase(now);
        self.changed(vec![]);
    }

    // ---- who, and whether this tab leads -----------------------------------------------------------------------

    /// Somebody signed in, or out. What the person before could see is forgotten, except for `keep`; what they did stays
    /// sealed under their name.
    pub fn identity(&mut self, actor: Option<Actor>, keep: &[Scope], now: Millis) {
        let same = self.actor == actor;
        self.actor = actor;
        if !same {
            let write = self.cache.forget_all_but(keep);
            // The disk is the leading tab's to change; a tab that follows would undo what it writes.
            if self.leads {
                self.outputs.push_back(Output::StoreCache(write));
            }
        }
        self.sender_identity();
        self.rebase(now);
        self.changed(vec![]);
        if self.leads {
            self.link_restart(now);
        }
        self.step(now);
    }

    /// This tab sends and listens from now on.
    pub fn lead(&mut self, now: Millis) {
        self.leads = true;
        self.mirrored = None;
        let expired = self.outbox.expired(now);
        if !expired.is_empty() {
            expired.iter().for_each(|id| self.outbox.remove(*id));
            self.outputs.push_back(Output::PruneOutbox(expired));
        }
        self.link_restart(now);
        self.step(now);
    }

    /// Another tab leads.
    pub fn follow(&mut self, now: Millis) {
        if self.leads {
            self.leads = false;
            self.outputs.push_back(Output::CloseLink);
            self.link = Link::new(now);
            self.sender = Sender::default();
            self.changed(vec![]);
        }
    }

    /// The leading tab's standing, which is this device's.
    pub fn mirror(&mut self, standing: Standing) {
        if !self.leads && self.mirrored != Some(standing) {
            self.mirrored = Some(standing);
            self.changed(vec![]);
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
            self.send_now(now);
        }
    }

    /// The device believes that it has a network, or has none. A hint: it hurries or slows, and decides nothing.
    pub fn network(&mut self, network: bool, now: Millis) {
        self.network = network;
        if network {
            self.send_now(now);
        } else {
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
        if !self.leads {
            return;
        }
        self.link_step(now);
        self.sender_step(now);
        let reach = self.reach(now);
        if self.shown != Some(reach) {
            self.shown = Some(reach);
            self.changed(vec![]);
        }
    }

    fn rebase(&mut self, now: Millis) {
        self.overlays = match &self.actor {
            Some(actor) => rebase::overlays(&self.cache, &self.outbox, actor, now, &*self.zones),
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
