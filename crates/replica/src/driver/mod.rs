//! The loop: tell the machine what happened, then do what it says, in its order.
//!
//! What must be durable is done by one task, one job after the other. Requests and the socket run beside it.
//! [`lead`] is who of the tabs does it, [`outside`] what comes from the network and the device, [`pause`] how all of it
//! stands still.

mod lead;
mod outside;
mod pause;

use futures::StreamExt;
use futures::channel::mpsc;
use gloo_timers::future::TimeoutFuture;
use sync::cache::{CacheWrite, Claim, Mark};
use sync::client::{Client, Output, StoreEnd};
use sync::outbox::Record;
use sync::{AccountId, Actor, CommandId, Epoch, Key, Millis, Model};
use wasm_bindgen_futures::spawn_local;

use crate::now;
use crate::replica::Replica;
use crate::session::Session;
use crate::store::StoreError;
use crate::store::outbox::Forgot;
use crate::tabs::Notice;
use crate::window::Window;

pub(crate) use outside::Polling;
pub(crate) use outside::is_hidden;
pub(crate) use pause::Pause;

/// Something to be made durable, or read again.
pub(crate) enum Job<M: Model> {
    Outbox(Vec<Record<M>>),
    Prune(Vec<CommandId>),
    Epoch(Epoch),
    /// Nothing is to be left of this account, who was erased.
    Forget(AccountId),
    /// A frame's rows, and the number of this write.
    Cache(u64, CacheWrite),
    /// The cache is to be written whole, because a write of it failed.
    MendCache,
    Read(Read),
    /// This tab holds the lock since its candidacy of this number: read all that other tabs may have left, and lead.
    Lead(u64),
    /// Give the lead to a tab that is looked at.
    HandOver,
}

/// What is to be read again, because another tab changed it or may have.
pub(crate) enum Read {
    Outbox,
    /// What is known of an outbox that is gone.
    Loss,
    /// Who is signed in.
    Identity,
    /// These rows, which were read as far as this.
    Rows(Vec<Key>, Mark),
    /// Anything may have happened while this tab slept.
    All,
}

/// How long to wait before a failed write of the outbox is tried again, in milliseconds. The person is told meanwhile.
const STORE_AGAIN_MS: u32 = 1_000;

/// How long to wait before a cache that could not be written is written whole, in milliseconds: it is large, and nothing
/// is lost meanwhile.
const MEND_AGAIN_MS: u32 = 10_000;

impl<M: Model> Replica<M> {
    pub(crate) fn start(&self, todo: mpsc::UnboundedReceiver<Job<M>>) {
        let replica = self.clone();
        spawn_local(async move { replica.work(todo).await });
        // Queued for before the tab that leads is asked to hand over, so that this one is next.
        self.stand_for_lead(false);
        self.open_channel();
        self.watch_device();
        if !self.0.outbox.is_in_memory() {
            crate::drain::watch(self);
            self.leave_traces();
            self.watch_storage();
        }
        *self.0.window.borrow_mut() = Some(Window::open(self));
        self.ask_who_is_signed_in();
        self.open_attachments();
        self.weigh_soon();
    }

    /// Tells the machine what happened, and does what it says.
    pub(crate) fn told(&self, tell: impl FnOnce(&mut Client<M>, Millis)) {
        if self.is_closed() {
            return;
        }
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
                Output::StoreEpoch(epoch) => self.later(Job::Epoch(epoch)),
                Output::StoreCache(write) => {
                    let number = self.0.cache_writes.get() + 1;
                    self.0.cache_writes.set(number);
                    self.later(Job::Cache(number, write));
                }
                Output::Forget(account) => self.later(Job::Forget(account)),
                Output::Post(turn, batch) => self.post(turn, batch),
                Output::Probe => self.probe(),
                Output::OpenLink => self.open_link(),
                Output::SendHello(hello) => self.say_hello(&hello),
                Output::Poll(turn, hello) => self.poll_feed(turn, hello),
                Output::CloseLink => self.close_link(),
                Output::TellTabs(standing) => self.tell(&Notice::Standing(standing)),
                Output::StealLead => self.steal_lead(),
                Output::Report(fault) => self.report(fault),
                Output::WakeAt(at) => self.wake_at(at),
                Output::Changed(keys) => changed.get_or_insert_default().extend(keys),
            }
        }
        if let Some(mut keys) = changed {
            keys.sort();
            keys.dedup();
            self.notify(&keys);
            // An act may have come further, or the server be heard of again.
            self.carry();
        }
    }

    pub(crate) fn later(&self, job: Job<M>) {
        // The task that takes the jobs lives until the replica is closed, and then nothing is to be done.
        let _ = self.0.jobs.unbounded_send(job);
    }

    // ---- what must be durable ----------------------------------------------------------------------------------

    async fn work(&self, mut todo: mpsc::UnboundedReceiver<Job<M>>) {
        while let Some(job) = todo.next().await {
            self.thawed().await;
            match job {
                Job::Outbox(records) => self.store_outbox(records).await,
                Job::Prune(ids) => {
                    // Forgetting what is long over may fail; it is tried again at the next start.
                    let _ = self.0.outbox.prune(self.0.generation.get(), &ids).await;
                }
                // Where the acts that a new history opens again could not be stored, it must not be known either: who leads
                // next hears of it anew.
                Job::Epoch(_) if !self.read(Client::leads) => {}
                Job::Epoch(epoch) => self.store_epoch(epoch).await,
                Job::Forget(account) => self.forget(&account).await,
                // A tab that has stopped leading leaves the disk to the one that leads.
                Job::Cache(number, _) if !self.read(Client::leads) => self.0.cache_written_to.set(number),
                Job::MendCache if !self.read(Client::leads) => {}
                Job::Cache(..) | Job::MendCache if self.0.cache_has_hole.get() => {
                    // What was to be written before is in it, and must not be written over it.
                    self.0.cache_whole_to.set(self.0.cache_writes.get());
                    let whole = self.read(|client| client.cache().whole());
                    self.store_cache(whole).await;
                    self.0.cache_written_to.set(self.0.cache_whole_to.get());
                }
                Job::Cache(number, _) if number <= self.0.cache_whole_to.get() => {}
                Job::Cache(number, write) => {
                    self.store_cache(write).await;
                    self.0.cache_written_to.set(number);
                }
                Job::MendCache => {}
                Job::Read(what) => self.read_disk(what).await,
                Job::Lead(candidacy) => self.take_lead(candidacy).await,
                // A person who has come back meanwhile looks at this one.
                Job::HandOver if self.read(Client::leads) && is_hidden() => self.stand_down(),
                Job::HandOver => {}
            }
        }
        self.let_go();
    }

    async fn store_outbox(&self, records: Vec<Record<M>>) {
        while !self.is_closed() {
            let store = async || self.0.outbox.store(self.0.generation.get(), records.clone()).await;
            let stored = self.making_room(store).await;
            match stored {
                Ok(gone) => {
                    self.note_trouble(None);
                    self.tell(&Notice::Outbox);
                    return self.told(|client, now| client.stored(&StoreEnd::Durable { gone }, now));
                }
                Err(StoreError::Fenced) => {
                    self.told(|client, now| client.stored(&StoreEnd::Fenced, now));
                    return self.stand_down();
                }
                Err(error) => {
                    self.note_trouble(Some(&error));
                    TimeoutFuture::new(STORE_AGAIN_MS).await;
                }
            }
        }
    }

    /// A person was erased: nothing of theirs stays here, in any tab or on the disk.
    pub(crate) async fn forget(&self, account: &AccountId) {
        while !self.is_closed() {
            match self.0.outbox.forget::<M>(account).await {
                Ok(forgot) => match self.forget_attachments(&forgot.accounts).await {
                    Ok(()) => return self.forgotten(forgot).await,
                    Err(error) => self.note_trouble(Some(&error)),
                },
                Err(error) => self.note_trouble(Some(&error)),
            }
            TimeoutFuture::new(STORE_AGAIN_MS).await;
        }
    }

    async fn forgotten(&self, Forgot { accounts, drafts, acted }: Forgot) {
        self.note_trouble(None);
        self.read_guest().await;
        self.told(|client, now| client.forgot(&accounts, now));
        if self.read(Client::leads) {
            let whole = self.read(|client| client.cache().whole());
            self.store_cache(whole).await;
        }
        self.tell(&Notice::Forgot(accounts));
        self.show_drafts(drafts.into_iter().map(|name| (name, None)).collect());
        // The cookie is nobody's any more, unless somebody signs in just now; that it goes too is only tidy.
        if acted {
            let _turn = crate::session::turn(&self.settings().prefix).await;
            if matches!(self.0.outbox.actor().await, Ok(None)) {
                let _ = crate::http::send(reqwest::Method::DELETE, "/api/session", None::<&()>).await;
            }
        }
    }

    /// Without it a device whose cache goes as well would not know a restored server for another one.
    async fn store_epoch(&self, epoch: Epoch) {
        while !self.is_closed() {
            let generation = self.0.generation.get();
            match self.0.outbox.set_epoch(generation, epoch).await {
                Ok(()) => return,
                // A sign-in here raised the fence meanwhile, and this tab leads on.
                Err(StoreError::Fenced) if self.0.generation.get() != generation => continue,
                Err(StoreError::Fenced) => return self.stand_down(),
                Err(error) => self.note_trouble(Some(&error)),
            }
            TimeoutFuture::new(STORE_AGAIN_MS).await;
        }
    }

    /// After a write that failed the cache on the disk has a hole, so the next one is of all of it.
    async fn store_cache(&self, write: CacheWrite) {
        let stored = self.0.cache.store(self.0.generation.get(), &write).await;
        self.note_cache_trouble(stored.as_ref().err());
        match stored {
            // Nothing is kept of it, so it is handed on as it is.
            Ok(Claim::Holds) if self.0.cache.rests() => self.tell(&Notice::Rows(write)),
            Ok(Claim::Taken) => self.stand_down(),
            Ok(Claim::Holds) if write.anew => {
                self.0.cache_has_hole.set(false);
                self.tell(&Notice::CacheAnew);
            }
            Ok(Claim::Holds) => {
                let keys = write.puts.iter().map(|row| row.key.clone()).chain(write.removes.iter().cloned()).collect();
                self.tell(&Notice::Cache { keys, mark: write.mark });
            }
            Ok(Claim::Gone) | Err(StoreError::Lost) => {
                self.0.cache_has_hole.set(true);
                self.later(Job::MendCache);
            }
            Err(_) => {
                self.0.cache_has_hole.set(true);
                self.tell(&Notice::Rows(write));
                let replica = self.clone();
                spawn_local(async move {
                    TimeoutFuture::new(MEND_AGAIN_MS).await;
                    replica.later(Job::MendCache);
                });
            }
        }
    }

    async fn read_disk(&self, what: Read) {
        match what {
            Read::Outbox => self.read_outbox().await,
            Read::Loss => self.read_loss().await,
            Read::Rows(keys, mark) if !self.read(Client::leads) => {
                match self.0.cache.load_rows(&keys).await {
                    Ok(Some((rows, there)))
                        if there.account == mark.account && self.read(|client| client.goes_on_with(&mark)) =>
                    {
                        let gone = |key: &&Key| !rows.iter().any(|row| row.key == **key);
                        let removes: Vec<Key> = keys.iter().filter(gone).cloned().collect();
                        self.told(|client, now| client.cache_reloaded(rows, &removes, mark, now));
                    }
                    // It is another person's by now, or was: what is told of this one's names only what changed since.
                    Ok(Some(_)) => self.read_cache().await,
                    // A cache that was thrown away says nothing about what the leader has.
                    Ok(None) | Err(_) => {}
                }
            }
            Read::Rows(..) => {}
            Read::Identity => {
                if let Ok(actor) = self.0.outbox.actor().await {
                    self.read_guest().await;
                    self.identity(actor);
                }
                self.read_cache().await;
            }
            Read::All => {
                self.read_who().await;
                self.read_outbox().await;
                self.read_attachments();
                self.read_cache().await;
            }
        }
    }

    /// All rows, as the tab that leads has left them.
    async fn read_cache(&self) {
        if !self.read(Client::leads)
            && let Ok((rows, mark)) = self.0.cache.load().await
        {
            self.told(|client, now| client.cache_replaced(rows, mark, now));
        }
    }

    async fn read_outbox(&self) {
        if let Ok(kept) = self.0.outbox.kept::<M>().await {
            self.told(|client, now| client.outbox_reloaded(kept, now));
        }
    }

    /// Who is signed in, where nobody said that it changed: the machine is told only of a change.
    async fn read_who(&self) {
        if let Ok(actor) = self.0.outbox.actor().await
            && actor != self.actor()
        {
            self.read_guest().await;
            self.identity(actor);
        }
    }

    /// The guest as another tab may have left them.
    pub(crate) async fn read_guest(&self) {
        if let Ok(guest) = self.0.outbox.guest().await {
            self.know_guest(guest);
        }
    }

    // ---- who ----------------------------------------------------------------------------------------------------

    pub(crate) fn identity(&self, actor: Option<Actor>) {
        self.told(|client, now| client.identity(actor, now));
        self.hurry_attachments();
    }

    /// Somebody else acts here, by what was done in this tab: the other tabs are told, and a tab that follows reads what the
    /// disk has for them. The leader writes only what changes from here on.
    pub(crate) fn somebody_else_acts(&self, actor: Option<Actor>) {
        self.identity(actor);
        self.tell(&Notice::Identity);
        if !self.read(Client::leads) {
            self.later(Job::Read(Read::All));
        }
    }

    /// A device that has forgotten who is signed in (its storage was cleared) asks the server, whose cookie may know.
    fn ask_who_is_signed_in(&self) {
        if self.actor().is_some() {
            return;
        }
        let replica = self.clone();
        spawn_local(async move {
            let asked =
                crate::http::request::<Option<Session>>(reqwest::Method::GET, "/api/session", None::<&()>).await;
            let Some(actor) = asked.ok().flatten().map(Actor::from) else { return };
            if let Ok(actor) = replica.0.outbox.greet(&actor).await
                && replica.actor().is_none()
            {
                replica.somebody_else_acts(Some(actor));
            }
        });
    }
}
