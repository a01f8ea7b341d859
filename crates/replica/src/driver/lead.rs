//! Who of the tabs sends and listens.
//!
//! The lock says who may, the fence in the storage who could: a tab that was frozen and lost the lock writes nothing more,
//! whether it has noticed or not.

use gloo_timers::future::TimeoutFuture;
use sync::Model;
use sync::client::Client;
use wasm_bindgen_futures::spawn_local;

use super::outside::is_hidden;
use super::{Job, Read, STORE_AGAIN_MS};
use crate::now;
use crate::replica::Replica;
use crate::store::StoreError;
use crate::tabs::{self, Channel, Notice};

impl<M: Model> Replica<M> {
    /// Queues for the lock, or takes it away from whoever has it. An earlier try of this tab that is granted later is
    /// passed on at once.
    pub(super) fn stand_for_lead(&self, steal: bool) {
        let candidacy = self.0.candidacy.get() + 1;
        self.0.candidacy.set(candidacy);
        let replica = self.clone();
        spawn_local(async move {
            let (lead, stolen) = tabs::lead(&replica.0.family, steal).await;
            replica.thawed().await;
            if !replica.stands(candidacy) {
                return;
            }
            *replica.0.lead.borrow_mut() = Some(lead);
            replica.later(Job::Lead(candidacy));
            if stolen.await.is_ok() {
                replica.thawed().await;
                if replica.stands(candidacy) {
                    replica.stand_down();
                }
            }
        });
    }

    fn stands(&self, candidacy: u64) -> bool {
        !self.is_closed() && self.0.candidacy.get() == candidacy
    }

    /// The tab that leads has gone silent. Where tabs cannot hear each other its silence says nothing.
    pub(super) fn steal_lead(&self) {
        let hears = self.0.channel.borrow().as_ref().is_some_and(Channel::is_open);
        if hears && self.0.lead.borrow().is_none() {
            self.stand_for_lead(true);
        }
    }

    pub(super) async fn take_lead(&self, candidacy: u64) {
        while self.stands(candidacy) && self.0.lead.borrow().is_some() {
            match self.read_all_to_lead().await {
                Ok(()) => {
                    self.note_trouble(None);
                    // Whoever led before may have died between its last write and its word of it.
                    self.tell(&Notice::CacheAnew);
                    self.told(Client::lead);
                    self.read_attachments();
                    if is_hidden() {
                        self.tell(&Notice::WhoIsLookedAt);
                    }
                    return;
                }
                // Without what is on the disk it would send less than there is, or what is long answered.
                Err(error) => self.note_trouble(Some(&error)),
            }
            TimeoutFuture::new(STORE_AGAIN_MS).await;
        }
    }

    async fn read_all_to_lead(&self) -> Result<(), StoreError> {
        self.0.generation.set(self.making_room(async || self.0.outbox.claim().await).await?);
        let actor = self.0.outbox.actor().await?;
        if actor != self.actor() {
            self.read_guest().await;
            self.identity(actor);
        }
        let (kept, epoch) = self.0.outbox.kept_and_epoch::<M>().await?;
        self.told(|client, now| client.outbox_replaced(kept, epoch, now));
        if let Ok((rows, mark)) = self.0.cache.claim(self.0.generation.get()).await {
            self.told(|client, now| client.cache_replaced(rows, mark, now));
        }
        Ok(())
    }

    /// Gives the lead back and queues for it again.
    pub(super) fn stand_down(&self) {
        self.told(Client::follow);
        self.0.lead.borrow_mut().take();
        self.stand_for_lead(false);
        self.later(Job::Read(Read::All));
    }

    pub(crate) fn refence(&self, generation: u64) {
        if self.read(Client::leads) {
            self.0.generation.set(generation);
        }
    }

    // ---- other tabs ---------------------------------------------------------------------------------------------

    pub(super) fn open_channel(&self) {
        let replica = self.clone();
        let channel = Channel::open(&self.0.family, move |notice| {
            replica.outside(move |replica| replica.heard_tab(notice));
        });
        channel.tell(&Notice::WhoLeads);
        if !is_hidden() {
            channel.tell(&Notice::WouldLead);
        }
        *self.0.channel.borrow_mut() = Some(channel);
    }

    fn heard_tab(&self, notice: Notice) {
        let leads = self.read(Client::leads);
        match notice {
            Notice::Outbox => self.later(Job::Read(Read::Outbox)),
            Notice::Cache { keys, mark } => self.later(Job::Read(Read::Rows(keys, mark))),
            Notice::CacheAnew => self.later(Job::Read(Read::All)),
            Notice::Forgot(accounts) => {
                self.told(|client, now| client.forgot(&accounts, now));
                self.later(Job::Read(Read::All));
            }
            Notice::Rows(write) => {
                self.told(|client, now| client.cache_reloaded(write.puts, &write.removes, write.mark, now))
            }
            Notice::NoRoom => self.0.cache.rest(),
            Notice::Loss => self.later(Job::Read(Read::Loss)),
            Notice::Identity => self.later(Job::Read(Read::Identity)),
            Notice::Standing(standing) => self.told(|client, now| client.mirror(standing, now)),
            Notice::WhoLeads if leads => self.tell(&Notice::Standing(self.read(|client| client.standing(now())))),
            Notice::Attachments => self.read_attachments(),
            Notice::SendNow if leads => {
                self.told(Client::send_now);
                self.hurry_attachments();
            }
            Notice::TryAgain(id) if leads => self.told(|client, now| client.try_again(id, now)),
            // What is still to be written goes first.
            Notice::WouldLead if leads && is_hidden() => self.later(Job::HandOver),
            Notice::WhoIsLookedAt if !leads && !is_hidden() => self.tell(&Notice::WouldLead),
            Notice::WhoIsLookedAt | Notice::WhoLeads | Notice::SendNow | Notice::TryAgain(_) | Notice::WouldLead => {}
            Notice::Draft { name, text } => self.take_draft(&name, text),
        }
    }
}
