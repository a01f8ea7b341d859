//! The page's handle on its replica.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures::channel::mpsc;
use futures::lock::Mutex;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use sync::cache::Mark;
use sync::client::{ActError, Client, Kept, Standing, Status};
use sync::{Act, Actor, CommandId, DeviceId, Key, Millis, Model, Scope};
use uuid::Uuid;

use crate::driver::Job;
use crate::socket::Socket;
use crate::store::StoreError;
use crate::store::cache::CacheStore;
use crate::store::outbox::OutboxStore;
use crate::tabs::{Channel, Lead, Notice};
use crate::{now, zone};

/// What a replica must be told once.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the names of its databases, its lock and its channel begin with.
    pub prefix: String,
    /// The scopes that stay on the device whoever is signed in.
    pub public_scopes: Vec<Scope>,
}

/// Why there is no replica. Ordering needs one, because nothing is sent that was not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be kept on this device: {0}")]
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

pub(crate) struct Inner<M: Model> {
    pub(crate) settings: Settings,
    pub(crate) client: RefCell<Client<M>>,
    pub(crate) outbox: OutboxStore,
    pub(crate) cache: CacheStore,
    pub(crate) jobs: mpsc::UnboundedSender<Job<M>>,
    /// The fence this tab writes under while it leads.
    pub(crate) generation: Cell<u64>,
    pub(crate) lead: RefCell<Option<Lead>>,
    pub(crate) socket: RefCell<Option<Socket>>,
    pub(crate) channel: RefCell<Option<Channel>>,
    pub(crate) timer: RefCell<Option<Timeout>>,
    pub(crate) device_events: RefCell<Vec<EventListener>>,
    pub(crate) told_standing: Cell<Option<Standing>>,
    /// A write of the cache failed, so what is on the disk has a hole until the next start fills it again.
    pub(crate) cache_has_hole: Cell<bool>,
    pub(crate) trouble: RefCell<Option<String>>,
    listeners: RefCell<BTreeMap<u64, Listener>>,
    listener_last: Cell<u64>,
    drafts: RefCell<BTreeMap<String, String>>,
    /// Acts are kept one after the other, in the order of the taps.
    appending: Mutex<()>,
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
    /// [`OpenError`] if the browser keeps nothing for this page.
    pub async fn open(settings: Settings) -> Result<Self, OpenError> {
        let outbox = OutboxStore::new(&settings.prefix);
        let cache = CacheStore::new(&settings.prefix);
        let kept = outbox.open::<M>(DeviceId(Uuid::new_v4())).await?;
        // The cache may be gone or broken; then it is filled again from the server.
        let (rows, mark, trouble) = match cache.load().await {
            Ok((rows, mark)) => (rows, mark, None),
            Err(error) => (vec![], Mark::default(), Some(error.to_string())),
        };
        let seed = kept.device.0.as_u64_pair().0 ^ now().unsigned_abs();
        let (device, actor, records) = (kept.device, kept.actor, kept.records);
        let kept_rows = Kept { device, actor, records, rows, mark };
        let client = Client::new(kept_rows, Box::new(zone::utc_offset_min), seed, now());
        let (jobs, todo) = mpsc::unbounded();
        let replica = Self(Rc::new(Inner {
            settings,
            client: RefCell::new(client),
            outbox,
            cache,
            jobs,
            generation: Cell::new(0),
            lead: RefCell::default(),
            socket: RefCell::default(),
            channel: RefCell::default(),
            timer: RefCell::default(),
            device_events: RefCell::default(),
            told_standing: Cell::new(None),
            cache_has_hole: Cell::new(false),
            trouble: RefCell::new(trouble),
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
        self.keep_act(Act::Do(command), resolves).await
    }

    /// Lets an inbox item go with nothing done.
    ///
    /// # Errors
    /// [`ActFailure`]; nothing was kept.
    pub async fn dismiss(&self, item: CommandId) -> Result<CommandId, ActFailure<M>> {
        self.keep_act(Act::Dismiss, Some(item)).await
    }

    async fn keep_act(&self, act: Act<M::Command>, resolves: Option<CommandId>) -> Result<CommandId, ActFailure<M>> {
        let id = new_command_id();
        let acted_at = now();
        let _turn = self.0.appending.lock().await;
        let draft = self.read(|client| client.act(id, act, resolves, acted_at)).map_err(ActFailure::Act)?;
        let kept = self.0.outbox.append(draft).await;
        self.note_trouble(kept.as_ref().err());
        let record = kept.map_err(ActFailure::Store)?;
        self.told(|client, now| client.saved(record, now));
        self.tell(&Notice::Outbox);
        Ok(id)
    }

    /// What the status line says.
    pub fn status(&self) -> Status {
        self.read(|client| client.status(now()))
    }

    /// Tries everything now.
    pub fn send_now(&self) {
        if self.read(Client::leads) {
            self.told(Client::send_now);
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

    /// Why the device keeps things badly, in a sentence, while it does.
    pub fn storage_trouble(&self) -> Option<String> {
        self.0.trouble.borrow().clone()
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
        let kept = self.0.outbox.set_draft(name, text.as_deref()).await;
        self.note_trouble(kept.as_ref().err());
        kept?;
        self.tell(&Notice::Draft { name: name.to_owned(), text });
        Ok(())
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

    pub(crate) fn note_trouble(&self, error: Option<&StoreError>) {
        let trouble = error.map(ToString::to_string);
        if *self.0.trouble.borrow() != trouble {
            *self.0.trouble.borrow_mut() = trouble;
            self.notify(&[]);
        }
    }
}
