//! The loop: tell the machine what happened, then do what it says, in its order.
//!
//! What must be durable is done by one task, one job after the other. Requests and the socket run beside it.

use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use sync::cache::CacheWrite;
use sync::client::{Client, Output};
use sync::outbox::Record;
use sync::protocol::{Batch, Hello, ServerMessage};
use sync::{Actor, CommandId, Key, Millis, Model};
use wasm_bindgen_futures::spawn_local;

use crate::replica::Replica;
use crate::session::Session;
use crate::socket::{Said, Socket};
use crate::store::StoreError;
use crate::tabs::{self, Channel, Notice};
use crate::{http, now};

/// Something to be made durable.
pub(crate) enum Job<M: Model> {
    Outbox(Vec<Record<M>>),
    Prune(Vec<CommandId>),
    Cache(CacheWrite),
    /// Another tab changed what is on the disk: read it.
    Read(Notice),
    /// This tab holds the lock: read all that other tabs may have left, and lead.
    Lead,
}

/// How long to wait before a failed write of the outbox is tried again, in milliseconds. The person is told meanwhile.
const STORE_AGAIN_MS: u32 = 1_000;

impl<M: Model> Replica<M> {
    pub(crate) fn start(&self, todo: mpsc::UnboundedReceiver<Job<M>>) {
        let replica = self.clone();
        spawn_local(async move { replica.work(todo).await });
        self.open_channel();
        self.watch_device();
        self.ask_who_is_signed_in();
        self.stand_for_lead();
    }

    /// Tells the machine what happened, and does what it says.
    pub(crate) fn told(&self, tell: impl FnOnce(&mut Client<M>, Millis)) {
        let outputs: Vec<Output<M>> = {
            let mut client = self.0.client.borrow_mut();
            tell(&mut client, now());
            std::iter::from_fn(|| client.poll()).collect()
        };
        let mut changed: Option<Vec<Key>> = None;
        for output in outputs {
            match output {
                Output::StoreOutbox(records) => self.later(Job::Outbox(records)),
                Output::PruneOutbox(ids) => self.later(Job::Prune(ids)),
                Output::StoreCache(write) => self.later(Job::Cache(write)),
                Output::Post(turn, batch) => self.post(turn, batch),
                Output::Probe => self.probe(),
                Output::OpenLink => self.open_link(),
                Output::SendHello(hello) => self.say_hello(&hello),
                Output::CloseLink => drop(self.0.socket.borrow_mut().take()),
                Output::WakeAt(at) => self.wake_at(at),
                Output::Changed(keys) => changed.get_or_insert_default().extend(keys),
            }
        }
        self.tell_standing();
        if let Some(mut keys) = changed {
            keys.sort();
            keys.dedup();
            self.notify(&keys);
        }
    }

    fn later(&self, job: Job<M>) {
        // The task that takes the jobs lives as long as the page.
        let _ = self.0.jobs.unbounded_send(job);
    }

    // ---- what must be durable ----------------------------------------------------------------------------------

    async fn work(&self, mut todo: mpsc::UnboundedReceiver<Job<M>>) {
        while let Some(job) = todo.next().await {
            match job {
                Job::Outbox(records) => self.store_outbox(&records).await,
                Job::Prune(ids) => {
                    // Forgetting what is long over may fail; it is tried again at the next start.
                    let _ = self.0.outbox.store::<M>(self.0.generation.get(), &[], &ids).await;
                }
                // A tab that has stopped leading leaves the disk to the one that leads.
                Job::Cache(write) if self.read(Client::leads) => self.store_cache(write).await,
                Job::Cache(_) => {}
                Job::Read(notice) => self.read_disk(notice).await,
                Job::Lead => self.take_lead().await,
            }
        }
    }

    async fn store_outbox(&self, records: &[Record<M>]) {
        loop {
            let stored = self.0.outbox.store(self.0.generation.get(), records, &[]).await;
            match stored {
                Ok(()) => {
                    self.note_trouble(None);
                    self.tell(&Notice::Outbox);
                    return self.told(|client, now| client.stored(true, now));
                }
                Err(StoreError::Fenced) => {
                    self.told(|client, now| client.stored(false, now));
                    return self.stand_down();
                }
                Err(error) => {
                    self.note_trouble(Some(&error));
                    TimeoutFuture::new(STORE_AGAIN_MS).await;
                }
            }
        }
    }

    /// A cache that cannot be written costs a whole catch-up at the next start, and nothing else: after a write that
    /// failed no cursor is stored, because what is before it is not all there.
    async fn store_cache(&self, mut write: CacheWrite) {
        if self.0.cache_has_hole.get() {
            write.mark.cursor = None;
        }
        let stored = match self.0.cache.store(&write).await {
            Err(StoreError::Lost) => self.0.cache.store(&write).await,
            stored => stored,
        };
        if stored.is_ok() {
            let keys = write.puts.iter().map(|row| row.key.clone()).chain(write.removes.iter().cloned()).collect();
            self.tell(&Notice::Cache { keys });
        } else {
            self.0.cache_has_hole.set(true);
        }
        self.note_trouble(stored.as_ref().err());
    }

    async fn read_disk(&self, notice: Notice) {
        match notice {
            Notice::Outbox => {
                if let Ok(records) = self.0.outbox.records::<M>().await {
                    self.told(|client, now| client.outbox_reloaded(records, now));
                }
            }
            Notice::Cache { keys } if !self.read(Client::leads) => {
                if let Ok((rows, mark)) = self.0.cache.load_rows(&keys).await {
                    let gone = |key: &&Key| !rows.iter().any(|row| row.key == **key);
                    let removes: Vec<Key> = keys.iter().filter(gone).cloned().collect();
                    self.told(|client, now| client.cache_reloaded(rows, &removes, mark, now));
                }
            }
            Notice::Identity => {
                if let Ok(actor) = self.0.outbox.actor().await {
                    self.identity(actor);
                }
            }
            _ => {}
        }
    }

    // ---- leading ------------------------------------------------------------------------------------------------

    fn stand_for_lead(&self) {
        let replica = self.clone();
        spawn_local(async move {
            let lead = tabs::lead(&replica.settings().prefix).await;
            *replica.0.lead.borrow_mut() = Some(lead);
            replica.later(Job::Lead);
        });
    }

    async fn take_lead(&self) {
        let generation = loop {
            match self.0.outbox.claim().await {
                Ok(generation) => break generation,
                Err(error) => {
                    self.note_trouble(Some(&error));
                    TimeoutFuture::new(STORE_AGAIN_MS).await;
                }
            }
        };
        self.0.generation.set(generation);
        if let Ok(records) = self.0.outbox.records::<M>().await {
            self.told(|client, now| client.outbox_reloaded(records, now));
        }
        if let Ok((rows, mark)) = self.0.cache.load().await {
            self.told(|client, now| client.cache_replaced(rows, mark, now));
        }
        self.told(Client::lead);
    }

    /// Gives the lead back and queues for it again.
    fn stand_down(&self) {
        self.told(Client::follow);
        if self.0.lead.borrow_mut().take().is_some() {
            self.stand_for_lead();
        }
    }

    pub(crate) fn refence(&self, generation: u64) {
        if self.read(Client::leads) {
            self.0.generation.set(generation);
        }
    }

    // ---- other tabs ---------------------------------------------------------------------------------------------

    fn open_channel(&self) {
        let replica = self.clone();
        let channel = Channel::open(&self.settings().prefix, move |notice| replica.heard_tab(notice));
        channel.tell(&Notice::WhoLeads);
        if !is_hidden() {
            channel.tell(&Notice::WouldLead);
        }
        *self.0.channel.borrow_mut() = Some(channel);
    }

    fn heard_tab(&self, notice: Notice) {
        match notice {
            Notice::Outbox | Notice::Cache { .. } | Notice::Identity => self.later(Job::Read(notice)),
            Notice::Standing(standing) => self.told(|client, _| client.mirror(standing)),
            Notice::WhoLeads => {
                self.0.told_standing.set(None);
                self.tell_standing();
            }
            Notice::SendNow if self.read(Client::leads) => self.told(Client::send_now),
            Notice::TryAgain(id) if self.read(Client::leads) => self.told(|client, now| client.try_again(id, now)),
            Notice::SendNow | Notice::TryAgain(_) => {}
            Notice::WouldLead if self.read(Client::leads) && is_hidden() => self.stand_down(),
            Notice::WouldLead => {}
            Notice::Draft { name, text } => self.take_draft(&name, text),
        }
    }

    fn tell_standing(&self) {
        if !self.read(Client::leads) {
            return;
        }
        let standing = self.read(|client| client.standing(now()));
        if self.0.told_standing.replace(Some(standing)) != Some(standing) {
            self.tell(&Notice::Standing(standing));
            // Time alone can change how far it reaches, and then nothing else says so.
            self.notify(&[]);
        }
    }

    // ---- who ----------------------------------------------------------------------------------------------------

    pub(crate) fn identity(&self, actor: Option<Actor>) {
        let keep = self.keep().to_vec();
        self.told(|client, now| client.identity(actor, &keep, now));
    }

    /// A device that has forgotten who is signed in (its storage was cleared) asks the server, whose cookie may know.
    fn ask_who_is_signed_in(&self) {
        if self.actor().is_some() {
            return;
        }
        let replica = self.clone();
        spawn_local(async move {
            let session = http::request::<Session>(reqwest::Method::GET, "/api/session", None::<&()>).await;
            let Ok(actor) = session.map(Actor::from) else { return };
            if replica.actor().is_none() && replica.0.outbox.set_actor(Some(&actor)).await.is_ok() {
                replica.identity(Some(actor));
                replica.tell(&Notice::Identity);
            }
        });
    }

    // ---- the outside --------------------------------------------------------------------------------------------

    fn post(&self, turn: u64, batch: Batch) {
        let replica = self.clone();
        spawn_local(async move {
            let answer = http::post_batch::<M>(&batch).await;
            replica.told(|client, now| client.answered(turn, answer, now));
        });
    }

    fn probe(&self) {
        let replica = self.clone();
        spawn_local(async move {
            let answer = http::send(reqwest::Method::GET, "/livez", None::<&()>).await;
            // A captive network answers anything with a page of its own.
            let ours = answer.is_ok_and(|text| text.trim() == "ok");
            replica.told(|client, now| client.probed(ours, now));
        });
    }

    fn open_link(&self) {
        let replica = Rc::downgrade(&self.0);
        // A socket must not be dropped while it speaks, so what it says is heard in a turn of its own; the executor keeps
        // the turns in order.
        let socket = Socket::open(move |said| {
            let Some(inner) = replica.upgrade() else { return };
            spawn_local(async move { Replica(inner).heard_socket(said) });
        });
        let opened = socket.is_some();
        *self.0.socket.borrow_mut() = socket;
        if !opened {
            let replica = self.clone();
            spawn_local(async move { replica.told(Client::link_closed) });
        }
    }

    fn heard_socket(&self, said: Said) {
        // What a closed socket had said before it was closed is not heard.
        if self.0.socket.borrow().is_none() {
            return;
        }
        match said {
            Said::Opened => self.told(Client::link_opened),
            Said::Closed => self.told(Client::link_closed),
            Said::Text(text) => match serde_json::from_str::<ServerMessage<M>>(&text) {
                Ok(message) => self.told(|client, now| client.heard(message, now)),
                Err(_) => self.told(Client::heard_noise),
            },
        }
    }

    fn say_hello(&self, hello: &Hello) {
        if let Some(socket) = self.0.socket.borrow().as_ref() {
            socket.say(&serde_json::to_string(hello).expect("a hello is plain data"));
        }
    }

    fn wake_at(&self, at: Millis) {
        let replica = self.clone();
        // One day is further than anything here plans, and fits the browser's timer.
        let delay = u32::try_from((at - now()).clamp(0, 86_400_000)).unwrap_or(0);
        let timer = Timeout::new(delay, move || {
            spawn_local(async move { replica.told(Client::tick) });
        });
        *self.0.timer.borrow_mut() = Some(timer);
    }

    fn watch_device(&self) {
        let Some(window) = web_sys::window() else { return };
        let Some(document) = window.document() else { return };
        let on = |target: &web_sys::EventTarget, event: &'static str, act: fn(&Self)| {
            let replica = self.clone();
            EventListener::new(target, event, move |_| act(&replica))
        };
        let events = vec![
            on(&window, "online", |replica| replica.told(|client, now| client.network(true, now))),
            on(&window, "offline", |replica| replica.told(|client, now| client.network(false, now))),
            on(&window, "pageshow", Self::shown),
            on(&document, "visibilitychange", |replica| {
                if is_hidden() { replica.told(|client, now| client.visible(false, now)) } else { replica.shown() }
            }),
        ];
        *self.0.device_events.borrow_mut() = events;
        let network = window.navigator().on_line();
        self.told(|client, now| {
            client.network(network, now);
            client.visible(!is_hidden(), now);
        });
    }

    /// The page is looked at: a frozen or following tab reads the disk again, and would like to lead.
    fn shown(&self) {
        if !self.read(Client::leads) {
            self.tell(&Notice::WouldLead);
            self.later(Job::Read(Notice::Outbox));
        }
        self.told(|client, now| client.visible(true, now));
    }
}

fn is_hidden() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Hidden)
}
