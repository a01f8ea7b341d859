//! Keeping acts when there is hardly room, or the storage is lost: rows give way to acts, and what the page knows is
//! written again. Where nothing can be kept at all it lasts as long as the page, and that is said.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use sync::outbox::Outbox;
use sync::{DeviceId, Model};
use uuid::Uuid;

use crate::driver::{Job, Read};
use crate::replica::Replica;
use crate::store::cache::CacheStore;
use crate::store::idb::Mode;
use crate::store::outbox::{Opened, OutboxStore};
use crate::store::restore::Backup;
use crate::store::{StoreError, to_js};
use crate::tabs::Notice;
use crate::{now, traces};

/// How long a browser may take to count what was freed, in milliseconds: it is asked again after each of these.
const ROOM_IS_COUNTED_MS: [u32; 4] = [0, 100, 400, 1_000];

/// How long the storage may take before a person hears that nothing is saved yet, in milliseconds.
const SLOW_MS: u32 = 5_000;

/// Does `work`; when the disk is full the cache goes, and it is done once more.
pub(crate) async fn making_room<T>(
    cache: &CacheStore,
    work: impl AsyncFn() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut done = work().await;
    if done.as_ref().err() == Some(&StoreError::Full) && cache.give_way().await {
        for pause in ROOM_IS_COUNTED_MS {
            TimeoutFuture::new(pause).await;
            done = work().await;
            if done.as_ref().err() != Some(&StoreError::Full) {
                break;
            }
        }
    }
    done
}

impl<M: Model> Replica<M> {
    /// The outbox on the disk; where the browser keeps nothing, one that lasts as long as the page, and why. What a newer
    /// release or another tab holds is left alone.
    pub(crate) async fn open_outbox(
        outbox: &OutboxStore,
        cache: &CacheStore,
        prefix: &str,
    ) -> Result<(Opened<M>, Option<StoreError>), StoreError> {
        let (fresh, trace) = (DeviceId(Uuid::new_v4()), traces::read(prefix));
        let open = async |mode| outbox.open::<M>(fresh, trace, now(), mode).await;
        let error = match making_room(cache, async || open(Mode::Write).await).await {
            Ok(opened) => return Ok((opened, None)),
            Err(error @ (StoreError::Blocked | StoreError::Newer)) => return Err(error),
            Err(error) => error,
        };
        // A full disk can be read: what waits there is shown, and waits for room.
        let on_disk = if error == StoreError::Full { open(Mode::Read).await.ok() } else { None };
        match on_disk {
            Some(opened) if Outbox::load(opened.kept.clone()).all_waiting().0 > 0 => Ok((opened, Some(error))),
            on_disk => {
                outbox.stay_in_memory(on_disk.map(|opened| (opened.actor, opened.drafts))).await?;
                Ok((outbox.open(fresh, None, now(), Mode::Write).await?, Some(error)))
            }
        }
    }

    /// Does `work`, which keeps something of a person's. When the disk is full the cache goes, and it is done once more.
    pub(crate) async fn making_room<T>(&self, work: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let weak = Rc::downgrade(&self.0);
        let slow = Timeout::new(SLOW_MS, move || {
            if let Some(inner) = weak.upgrade() {
                Self(inner).note_trouble(Some(&StoreError::Slow));
            }
        });
        let rested = self.0.cache.rests();
        let done = making_room(&self.0.cache, work).await;
        drop(slow);
        if self.0.cache.rests() && !rested {
            self.tell(&Notice::NoRoom);
            self.note_cache_trouble(None);
        }
        match &done {
            // These say something of the act, and nothing of the storage.
            Err(StoreError::Stays(_) | StoreError::TooLarge(_) | StoreError::Fenced | StoreError::OtherPerson) => {}
            done => self.note_trouble(done.as_ref().err()),
        }
        done
    }

    /// What is known here is written again when the browser throws the outbox away under this page.
    pub(crate) fn watch_storage(&self) {
        let (known, closed) = (Rc::downgrade(&self.0), Rc::downgrade(&self.0));
        self.0.outbox.watch(
            move || known.upgrade().map(|inner| Self(inner).backup()),
            move || {
                if let Some(inner) = closed.upgrade() {
                    Self(inner).later(Job::Read(Read::Outbox));
                }
            },
        );
    }

    fn backup(&self) -> Backup {
        let drafts = self.drafts_with_prefix("");
        self.read(|client| Backup {
            device: client.device(),
            actor: client.actor().cloned(),
            epoch: client.epoch(),
            generation: self.0.generation.get(),
            counter: client.outbox().last(),
            records: client.outbox().entries().map(|entry| to_js(&entry.record)).collect(),
            drafts,
            loss: self.loss(),
            guest: self.guest(),
        })
    }

    pub(crate) fn note_trouble(&self, error: Option<&StoreError>) {
        // Where nothing is kept at all, what is said about that stays.
        if !self.0.outbox.is_in_memory() && self.0.trouble.borrow().as_ref() != error {
            *self.0.trouble.borrow_mut() = error.cloned();
            self.notify(&[]);
        }
    }

    pub(crate) fn note_cache_trouble(&self, error: Option<&StoreError>) {
        // A cache that gave way stays away.
        let error = error.cloned().or_else(|| self.0.cache.rests().then_some(StoreError::Full));
        if !self.0.outbox.is_in_memory() && *self.0.cache_trouble.borrow() != error {
            *self.0.cache_trouble.borrow_mut() = error;
            self.notify(&[]);
        }
    }

    /// Whether acts wait that are gone when this page is closed.
    pub fn would_lose(&self) -> bool {
        // Nothing else is looked at where all is on the disk: a page whose script was ended in the middle is left, too.
        let waits = || self.read(|client| client.outbox().all_waiting().0) + self.attachments_waiting();
        self.0.outbox.is_in_memory() && waits() > 0
    }
}
