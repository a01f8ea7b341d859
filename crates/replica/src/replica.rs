//! The page's handle on its replica.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures::channel::mpsc;
use futures::lock::Mutex;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use sync::client::{ActError, Client, Kept, Status};
use sync::loss::Loss;
use sync::protocol::Fault;
use sync::{Act, Actor, CommandId, Key, Millis, Model, Scope};
use uuid::Uuid;

use crate::attachments::Attachments;
use crate::driver::{Job, Pause, Polling};
use crate::guest::Guest;
use crate::socket::Socket;
use crate::storage::Room;
use crate::store::StoreError;
use crate::store::cache::CacheStore;
use crate::store::outbox::OutboxStore;
use crate::tabs::{Channel, Lead, Notice};
use crate::window::Window;
use crate::{now, zone};

/// What a replica must be told once.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the names of its databases, its lock and its channel begin with.
    pub prefix: String,
    /// The scopes that stay on the device whoever is signed in.
    pub public_scopes: Vec<Scope>,
    /// The release that the page is of, for the operator.
    pub release: String,
}

/// Why there is no replica yet: something holds what is kept on this device.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OpenError(#[from] pub StoreError);

/// Why an act was not kept. Nothing was kept and nothing will be sent.
#[derive(Clone, Debug, PartialEq)]
pub enum ActFailure<M: Model> {
    /// It was not begun.
    Act(ActError<M>),
    /// The device could not keep it.
    Store(StoreError),
}

/// A person's world on this device. Cheap to clone; all clones are one.
pub struct Replica<M: Model>(pub(crate) Rc<Inner<M>>);

impl<M: Model> Clone for Replica<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

type Listener = Rc<dyn Fn(&[Key])>;

/// A half-written text by its name, as it is kept; none lets it go.
pub type KeptDraft = (String, Option<String>);

pub(crate) struct Inner<M: Model> {
    pub(crate) settings: Settings,
    /// What the lock and the channel of the tabs that share an outbox are called.
    pub(crate) family: String,
    pub(crate) client: RefCell<Client<M>>,
    pub(crate) outbox: OutboxStore,
    pub(crate) cache: CacheStore,
    /// What follows the acts.
    pub(crate) attachments: Attachments,
    pub(crate) jobs: mpsc::UnboundedSender<Job<M>>,
    /// The fence this tab writes under while it leads.
    pub(crate) generation: Cell<u64>,
    pub(crate) lead: RefCell<Option<Lead>>,
    pub(crate) socket: RefCell<Option<Socket>>,
    /// How many sockets this tab has opened: the number of the one that is heard.
    pub(crate) sockets_opened: Cell<u64>,
    pub(crate) channel: RefCell<Option<Channel>>,
    pub(crate) timer: RefCell<Option<Timeout>>,
    pub(crate) device_events: RefCell<Vec<EventListener>>,
    /// The request that carries the feed where no socket does.
    pub(crate) polling: RefCell<Option<Polling>>,
    /// How often this tab asked for the lead; only the last try counts.
    pub(crate) candidacy: Cell<u64>,
    pub(crate) pause: Pause<M>,
    /// The guest of this device, and whether this tab knows that the server has begun their session.
    pub(crate) guest: RefCell<Option<Guest>>,
    pub(crate) guest_is_in: Cell<bool>,
    pub(crate) window: RefCell<Option<Window>>,
    /// What could not be made sense of since the page was opened.
    pub(crate) faults: RefCell<Vec<Fault>>,
    /// A write of the cache failed, so what is on the disk has a hole until all of it is written.
    pub(crate) cache_has_hole: Cell<bool>,
    /// How many writes of the cache were asked for, and up to which of them all is in the last whole one.
    pub(crate) cache_writes: Cell<u64>,
    pub(crate) cache_whole_to: Cell<u64>,
    /// Up to which of them all was seen to.
    pub(crate) cache_written_to: Cell<u64>,
    /// Why acts, and why rows, cannot be kept at the moment.
    pub(crate) trouble: RefCell<Option<StoreError>>,
    pub(crate) cache_trouble: RefCell<Option<StoreError>>,
    /// An outbox of this browser profile that is gone, until its person has read of it.
    pub(crate) loss: RefCell<Option<Loss>>,
    /// Records that do not even say which act they are.
    pub(crate) unreadable: usize,
    pub(crate) room: RefCell<Room>,
    listeners: RefCell<BTreeMap<u64, Listener>>,
    listener_last: Cell<u64>,
    drafts: RefCell<BTreeMap<String, String>>,
    /// Acts are kept one after the other, in the order of the taps.
    pub(crate) appending: Mutex<()>,
}

/// Dropping it stops the listener.
pub struct Subscription(Option<Box<dyn FnOnce()>>);

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(stop) = self.0.take() {
            stop();
        }
    }
}

/// A new act's name, minted at the tap.
pub fn new_command_id() -> CommandId {
    CommandId(Uuid::now_v7())
}

/// A new name that sorts by time.
pub fn new_uuid() -> Uuid {
    Uuid::now_v7()
}

impl<M: Model> Replica<M> {
    /// Opens what is kept on this device, and starts to send and listen as soon as this tab leads.
    ///
    /// # Errors
    /// [`OpenError`] while something holds what is kept on this device. A browser that keeps nothing is no error: then
    /// everything lasts as long as the page, and [`Replica::storage`] says so.
    pub async fn open(settings: Settings) -> Result<Self, OpenError> {
        let outbox = OutboxStore::new(&settings.prefix);
        let cache = CacheStore::new(&settings.prefix);
        let (kept, trouble) = Self::open_outbox(&outbox, &cache, &settings.prefix).await?;
        let guest = outbox.guest().await?;
        // The cache may be gone or broken; then it is filled again from the server.
        let loaded = if outbox.is_in_memory() { Ok(Default::default()) } else { cache.load().await };
        let cache_trouble = loaded.as_ref().err().cloned();
        let (rows, mark) = loaded.unwrap_or_default();
        let mut family = settings.prefix.clone();
        if outbox.is_in_memory() {
            cache.rest();
            // Nobody shares this outbox, so nobody else can send what is in it.
            family = format!("{family}-{}", kept.device);
        }
        let seed = kept.device.0.as_u64_pair().0 ^ now().unsigned_abs();
        let attachments = Attachments::new(&settings.prefix, seed.rotate_left(17));
        if outbox.is_in_memory() {
            attachments.stay_in_memory();
        }
        let (device, actor, epoch) = (kept.device, kept.actor, kept.epoch);
        let public = settings.public_scopes.clone();
        let kept_rows = Kept { device, actor, public, outbox: kept.kept, epoch, rows, mark };
        let client = Client::new(kept_rows, Box::new(zone::utc_offset_min), seed, now()).of_release(&settings.release);
        let (jobs, todo) = mpsc::unbounded();
        let replica = Self(Rc::new(Inner {
            settings,
            family,
            client: RefCell::new(client),
            outbox,
            cache,
            attachments,
            jobs,
            generation: Cell::new(0),
            cache_has_hole: Cell::new(false),
            cache_writes: Cell::new(0),
            cache_whole_to: Cell::new(0),
            cache_written_to: Cell::new(0),
            lead: RefCell::default(),
            socket: RefCell::default(),
            sockets_opened: Cell::new(0),
            channel: RefCell::default(),
            timer: RefCell::default(),
            device_events: RefCell::default(),
            polling: RefCell::default(),
            candidacy: Cell::new(0),
            pause: Pause::default(),
            guest: RefCell::new(guest),
            guest_is_in: Cell::new(false),
            faults: RefCell::default(),
            window: RefCell::default(),
            room: RefCell::default(),
            trouble: RefCell::new(trouble),
            cache_trouble: RefCell::new(cache_trouble),
            loss: RefCell::new(kept.loss),
            unreadable: kept.unreadable,
            listeners: RefCell::default(),
            listener_last: Cell::new(0),
            drafts: RefCell::new(kept.drafts.into_iter().collect()),
            appending: Mutex::new(()),
        }));
        replica.start(todo);
        Ok(replica)
    }

    /// Runs `read` on the replica's state.
    pub fn read<T>(&self, read: impl FnOnce(&Client<M>) -> T) -> T {
        read(&self.0.client.borrow())
    }

    /// Calls `listener` whenever rows or the status may look different, with the rows; none means the status only.
    #[must_use = "dropping the subscription stops it"]
    pub fn on_change(&self, listener: impl Fn(&[Key]) + 'static) -> Subscription {
        let id = self.0.listener_last.get() + 1;
        self.0.listener_last.set(id);
        self.0.listeners.borrow_mut().insert(id, Rc::new(listener));
        let inner = Rc::downgrade(&self.0);
        Subscription(Some(Box::new(move || {
            if let Some(inner) = inner.upgrade() {
                inner.listeners.borrow_mut().remove(&id);
            }
        })))
    }

    /// Keeps an act durably. When this returns it is **saved on this device**; before, it is not.
    ///
    /// # Errors
    /// [`ActFailure`]; nothing was kept.
    pub async fn act(&self, command: M::Command, resolves: Option<CommandId>) -> Result<CommandId, ActFailure<M>> {
        self.act_with(command, resolves, vec![]).await
    }

    /// Keeps an act like [`Replica::act`], and half-written texts as they are after it, in one step: a device that dies here
    /// finds both or neither, and no tab sees one without the other.
    ///
    /// # Errors
    /// [`ActFailure`]; nothing was kept.
    pub async fn act_with(
        &self,
        command: M::Command,
        resolves: Option<CommandId>,
        drafts: Vec<KeptDraft>,
    ) -> Result<CommandId, ActFailure<M>> {
        self.keep_act(Act::Do(command), resolves, None, drafts).await
    }

    /// Lets an inbox item go with nothing done.
    ///
    /// # Errors
    /// [`ActFailure`]; nothing was kept.
    pub async fn dismiss(&self, item: CommandId) -> Result<CommandId, ActFailure<M>> {
        self.keep_act(Act::Dismiss, Some(item), None, vec![]).await
    }

    /// Keeps an act in the place of one that has not left this device yet.
    ///
    /// # Errors
    /// [`ActFailure`]; the act that was there still is.
    pub async fn edit(&self, replaces: CommandId, command: M::Command) -> Result<CommandId, ActFailure<M>> {
        self.keep_act(Act::Do(command), None, Some(replaces), vec![]).await
    }

    /// Takes an act back that has not left this device yet, with those that rest on it; the acts that are gone.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was taken back.
    pub async fn withdraw(&self, id: CommandId) -> Result<Vec<CommandId>, StoreError> {
        let _turn = self.0.appending.lock().await;
        let gone = self.making_room(async || self.0.outbox.withdraw::<M>(id).await).await?;
        self.told(|client, now| client.withdrawn(&gone, now));
        self.tell(&Notice::Outbox);
        Ok(gone)
    }

    async fn keep_act(
        &self,
        act: Act<M::Command>,
        resolves: Option<CommandId>,
        replaces: Option<CommandId>,
        drafts: Vec<KeptDraft>,
    ) -> Result<CommandId, ActFailure<M>> {
        let (id, by, acted_at) = (new_command_id(), self.actor().map(|actor| actor.account), now());
        let _turn = self.0.appending.lock().await;
        let begun = self.read(|client| client.act(id, by.as_ref(), act, resolves, replaces, acted_at));
        let draft = begun.map_err(ActFailure::Act)?;
        let kept = self.making_room(async || self.0.outbox.append(&draft, &drafts).await).await;
        let append = kept.map_err(ActFailure::Store)?;
        self.told(|client, now| client.saved(append.record, append.delete, now));
        self.tell(&Notice::Outbox);
        self.show_drafts(drafts);
        self.ask_to_keep();
        Ok(id)
    }

    /// What the status line says. What follows an act waits, too.
    pub fn status(&self) -> Status {
        let status = self.read(|client| client.status(now()));
        Status { waiting: status.waiting + self.attachments_waiting(), ..status }
    }

    /// Tries everything now.
    pub fn send_now(&self) {
        if self.read(Client::leads) {
            self.told(Client::send_now);
            self.hurry_attachments();
        } else {
            self.tell(&Notice::SendNow);
        }
    }

    /// Lets a parked act try again.
    pub fn try_again(&self, id: CommandId) {
        if self.read(Client::leads) {
            self.told(|client, now| client.try_again(id, now));
        } else {
            self.tell(&Notice::TryAgain(id));
        }
    }

    /// Who is signed in, as last known.
    pub fn actor(&self) -> Option<Actor> {
        self.read(|client| client.actor().cloned())
    }

    /// The device's clock.
    pub fn now(&self) -> Millis {
        now()
    }

    /// Whether every row that this tab was sent is on the disk.
    pub(crate) fn rows_are_kept(&self) -> bool {
        self.0.cache_written_to == self.0.cache_writes && !self.0.cache_has_hole.get() && !self.0.cache.rests()
    }

    /// Why the device keeps things badly, in a sentence, while it does.
    pub fn storage_trouble(&self) -> Option<String> {
        self.0.trouble.borrow().as_ref().map(ToString::to_string)
    }

    /// What could not be made sense of since the page was opened.
    pub fn faults(&self) -> Vec<Fault> {
        self.0.faults.borrow().clone()
    }

    // ---- drafts ------------------------------------------------------------------------------------------------

    /// A half-written text that was kept under `name`.
    pub fn draft(&self, name: &str) -> Option<String> {
        self.0.drafts.borrow().get(name).cloned()
    }

    /// All kept texts whose names begin with `prefix`, by name.
    pub fn drafts_with_prefix(&self, prefix: &str) -> Vec<(String, String)> {
        let drafts = self.0.drafts.borrow();
        let matching = drafts.range(prefix.to_owned()..).take_while(|(name, _)| name.starts_with(prefix));
        matching.map(|(name, text)| (name.clone(), text.clone())).collect()
    }

    /// Keeps a half-written text, or lets it go; shows it in the other tabs.
    ///
    /// # Errors
    /// [`StoreError`]; it is shown here and lost at the next reload.
    pub async fn set_draft(&self, name: &str, text: Option<String>) -> Result<(), StoreError> {
        self.take_draft(name, text.clone());
        self.making_room(async || self.0.outbox.set_draft(name, text.as_deref()).await).await?;
        self.tell(&Notice::Draft { name: name.to_owned(), text });
        Ok(())
    }

    /// Keeps several half-written texts, or lets them go, in one step; shows them in the other tabs.
    ///
    /// # Errors
    /// [`StoreError`]; they are as they were.
    pub async fn set_drafts(&self, drafts: Vec<KeptDraft>) -> Result<(), StoreError> {
        let kept = self.0.outbox.set_drafts(&drafts).await;
        self.note_trouble(kept.as_ref().err());
        kept?;
        self.show_drafts(drafts);
        Ok(())
    }

    /// Shows texts that were kept, here and in the other tabs.
    pub(crate) fn show_drafts(&self, drafts: Vec<KeptDraft>) {
        for (name, text) in drafts {
            self.take_draft(&name, text.clone());
            self.tell(&Notice::Draft { name, text });
        }
    }

    pub(crate) fn take_draft(&self, name: &str, text: Option<String>) {
        match text {
            Some(text) => self.0.drafts.borrow_mut().insert(name.to_owned(), text),
            None => self.0.drafts.borrow_mut().remove(name),
        };
        self.notify(&[]);
    }

    // ---- for the rest of this crate ------------------------------------------------------------------------------

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn outbox_store(&self) -> &OutboxStore {
        &self.0.outbox
    }

    pub(crate) fn tell(&self, notice: &Notice) {
        if let Some(channel) = self.0.channel.borrow().as_ref() {
            channel.tell(notice);
        }
    }

    pub(crate) fn notify(&self, keys: &[Key]) {
        let listeners: Vec<Listener> = self.0.listeners.borrow().values().cloned().collect();
        listeners.iter().for_each(|listener| listener(keys));
    }

    /// Closes the connections as the browser does, behind the back of their owners.
    pub(crate) fn lose_connections(&self) {
        self.0.outbox.lose_connection();
    }

    pub(crate) fn forget_listeners(&self) {
        self.0.listeners.borrow_mut().clear();
    }
}
