//! Sending with all tabs closed: one round of the same machine that a tab runs, in a service worker.
//!
//! It reads the outbox, sends what may leave and stores what the server said. It never opens the cache: rows arrive
//! when a tab listens again. While a tab is there that tab sends, and this does nothing.

use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use sync::cache::Mark;
use sync::client::{Client, Kept, Output, Reach, Sender, StoreEnd};
use sync::outbox::Outbox;
use sync::{DeviceId, Model};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::replica::Replica;
use crate::store::StoreError;
use crate::store::idb::Mode;
use crate::store::outbox::OutboxStore;
use crate::tabs::{self, Channel, Notice};
use crate::{attachments, guest, http, now, zone};

/// How a round ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Nothing is left that could be sent.
    Empty,
    /// Something waits, and a tab that is open sends it.
    TabLeads,
    /// Something waits for its person: to sign in, to update, or to look at it.
    NeedsPerson,
    /// Something waits, and the server was not reached or could not take it.
    Later,
}

/// Why a round could not be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the outbox cannot be read or written: {0}")]
pub struct DrainError(#[from] StoreError);

/// Sends what waits on this device, if no tab is there to do it. `prefix` is what the page's replica was given.
///
/// # Errors
/// [`DrainError`]; nothing is lost, and whatever was sent is asked about again by its id.
pub async fn drain<M: Model>(prefix: &str) -> Result<Drained, DrainError> {
    let store = OutboxStore::new(prefix);
    let Some(_lead) = tabs::lead_if_free(prefix).await else {
        let Some(actor) = store.actor().await? else { return Ok(Drained::NeedsPerson) };
        let outbox = Outbox::load(store.kept::<M>().await?);
        let waits = outbox.waiting(&actor.account) > 0;
        return Ok(if waits { Drained::TabLeads } else { Drained::Empty });
    };
    match Round::<M>::open(prefix, store).await?.run().await {
        Err(StoreError::Fenced) => Ok(Drained::TabLeads),
        end => Ok(end?),
    }
}

/// Asks the browser for a `sync` event whenever something waits that cannot be sent now. A browser without Background
/// Sync is not asked, and loses nothing: every tab tries by itself.
pub(crate) fn watch<M: Model>(replica: &Replica<M>) {
    let asked = Rc::new(Cell::new(false));
    let weak = Rc::downgrade(&replica.0);
    let subscription = replica.on_change(move |_| {
        let Some(inner) = weak.upgrade() else { return };
        let replica = Replica(inner);
        let status = replica.status();
        let stuck = status.waiting > status.needs_you && status.paused.is_none();
        let cut_off = matches!(status.reach, Reach::Offline | Reach::Unreachable);
        if !stuck {
            asked.set(false);
        } else if cut_off && !asked.replace(true) {
            let tag = format!("{}-outbox", replica.settings().prefix);
            spawn_local(async move {
                // Refused by the person or unknown to the browser: the tabs do without.
                let _ = register(&tag).await;
            });
        }
    });
    // It is to last as long as the replica does.
    std::mem::forget(subscription);
}

async fn register(tag: &str) -> Result<(), JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let container = Reflect::get(&navigator, &"serviceWorker".into())?;
    let ready: Promise = Reflect::get(&container, &"ready".into())?.dyn_into()?;
    let registration = JsFuture::from(ready).await?;
    let manager = Reflect::get(&registration, &"sync".into())?;
    let register: Function = Reflect::get(&manager, &"register".into())?.dyn_into()?;
    let registered: Promise = register.call1(&manager, &tag.into())?.dyn_into()?;
    JsFuture::from(registered).await.map(drop)
}

struct Round<M: Model> {
    prefix: String,
    store: OutboxStore,
    generation: u64,
    client: Client<M>,
}

impl<M: Model> Round<M> {
    async fn open(prefix: &str, store: OutboxStore) -> Result<Self, StoreError> {
        let generation = store.claim().await?;
        let kept = store.open::<M>(DeviceId(Uuid::new_v4()), None, now(), Mode::Write).await?;
        let seed = kept.device.0.as_u64_pair().0 ^ now().unsigned_abs();
        let (device, actor, epoch) = (kept.device, kept.actor, kept.epoch);
        // No rows: what is sent was decided when it was saved, and rests on nothing that is shown now.
        let kept =
            Kept { device, actor, public: vec![], outbox: kept.kept, epoch, rows: vec![], mark: Mark::default() };
        let client = Client::new(kept, Box::new(zone::utc_offset_min), seed, now());
        Ok(Self { prefix: prefix.to_owned(), store, generation, client })
    }

    async fn run(mut self) -> Result<Drained, StoreError> {
        self.client.drain(now());
        let obeyed = self.obey().await;
        // What was done is told before what shows it.
        let mut is_left = false;
        if obeyed.is_ok() {
            is_left = attachments::drain(&self.prefix, &self.client, now().unsigned_abs()).await.unwrap_or(true);
        }
        // A tab that was opened meanwhile shows the new stages, also those before a failure.
        let tabs = Channel::open(&self.prefix, |_| {});
        tabs.tell(&Notice::Outbox);
        tabs.tell(&Notice::Attachments);
        obeyed.map(|()| match self.end() {
            Drained::Empty if is_left => Drained::Later,
            end => end,
        })
    }

    /// Does what the machine says until it says nothing more. It is not woken again: the browser is, by its own clock.
    async fn obey(&mut self) -> Result<(), StoreError> {
        let mut todo = VecDeque::new();
        loop {
            todo.extend(std::iter::from_fn(|| self.client.poll()));
            match todo.pop_front() {
                None => return Ok(()),
                Some(Output::StoreOutbox(records)) => {
                    // Somebody else leads, or the disk failed: nothing may leave that rests on this.
                    let gone = self.store.store(self.generation, records).await?;
                    self.client.stored(&StoreEnd::Durable { gone }, now());
                }
                Some(Output::Post(turn, batch)) => {
                    let answer = guest::post_batch::<M>(&self.prefix, &self.store, &batch).await;
                    self.client.answered(turn, answer, now());
                }
                Some(Output::Probe) => {
                    let reached = http::is_there().await;
                    self.client.probed(reached, now());
                }
                Some(_) => {}
            }
        }
    }

    /// How the round has ended.
    fn end(&self) -> Drained {
        let Some(actor) = self.client.actor() else { return Drained::NeedsPerson };
        let outbox = self.client.outbox();
        let next = outbox.next_batch(&actor.account, 1, |_| false);
        match self.client.sender() {
            _ if outbox.waiting(&actor.account) == 0 => Drained::Empty,
            Sender::Paused(_) => Drained::NeedsPerson,
            _ if next.is_empty() => Drained::NeedsPerson,
            _ => Drained::Later,
        }
    }
}
