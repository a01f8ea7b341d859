//! A guest: somebody who acts before they have an account. The device mints them, so that acting needs no server.
//!
//! The guest's acts are acts like any other, under the guest's name. Before anything of theirs leaves, the server is shown
//! the secret and begins their session; a session that is over is begun again, and nobody is bothered. When a person
//! signs in, they may take the guest over: [`Replica::sign_in`].

use std::fmt;

use gloo_timers::future::TimeoutFuture;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use sync::client::{Reach, SendError};
use sync::protocol::{Batch, BatchAnswer};
use sync::{AccountId, Actor, Model};
use uuid::Uuid;

use crate::http;
use crate::replica::Replica;
use crate::session;
use crate::store::StoreError;
use crate::store::outbox::OutboxStore;

/// A guest as the device keeps them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Whose acts theirs are.
    pub actor: Actor,
    /// What shows the server that this is the guest's device. It never leaves but to begin their session.
    pub secret: String,
}

// The secret is not written anywhere by accident.
impl fmt::Debug for Guest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guest").field("actor", &self.actor).finish_non_exhaustive()
    }
}

/// 244 random bits, for a secret.
pub fn chance() -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(Uuid::new_v4().as_bytes());
    bytes[16..].copy_from_slice(Uuid::new_v4().as_bytes());
    bytes
}

/// How long acts that wait are given to leave before somebody else signs in, in milliseconds: a little more than a
/// request may take.
const HAND_IN_MS_MAX: i64 = 6_000;

/// How often it is looked whether they have left, in milliseconds.
const LOOK_EVERY_MS: u32 = 100;

#[derive(Serialize)]
struct Credentials<'a> {
    account: &'a AccountId,
    secret: &'a str,
}

/// Begins the guest's session; one that has begun already goes on.
async fn begin_session(guest: &Guest) -> Result<(), SendError> {
    let credentials = Credentials { account: &guest.actor.account, secret: &guest.secret };
    http::send(Method::POST, "/api/guest", Some(&credentials)).await.map(drop).map_err(|failed| failed.error)
}

fn is_signed_out<T>(answer: &Result<T, SendError>) -> bool {
    matches!(answer, Err(SendError::Problem { status: 401, .. }))
}

/// Sends a batch from where there is no page, with a session if it is a guest's.
pub(crate) async fn post_batch<M: Model>(
    prefix: &str,
    store: &OutboxStore,
    batch: &Batch,
) -> Result<BatchAnswer<M>, SendError> {
    let answer = http::post_batch::<M>(batch).await;
    if !is_signed_out(&answer) {
        return answer;
    }
    let turn = session::turn(prefix).await;
    let (guest, acts) = (store.guest().await.ok().flatten(), store.actor().await.ok().flatten());
    // Somebody may have signed in meanwhile, whose session is not to be replaced.
    let Some(guest) = guest.filter(|guest| acts.as_ref() == Some(&guest.actor)) else { return answer };
    begin_session(&guest).await?;
    drop(turn);
    http::post_batch::<M>(batch).await
}

impl<M: Model> Replica<M> {
    /// The guest of this device, if one has begun and nobody took them over.
    pub fn guest(&self) -> Option<Guest> {
        self.0.guest.borrow().clone()
    }

    /// Lets a guest act on this device, where nobody is signed in. It needs no server. `mint` makes the guest, where the
    /// device has none.
    ///
    /// # Errors
    /// [`StoreError`]; nobody acts.
    pub async fn be_guest(&self, mint: impl FnOnce() -> Guest) -> Result<(), StoreError> {
        if self.actor().is_some() {
            return Ok(());
        }
        let begun = self.outbox_store().begin_guest(mint()).await;
        self.note_trouble(begun.as_ref().err());
        let (actor, guest) = begun?;
        self.know_guest(guest);
        self.somebody_else_acts(Some(actor));
        Ok(())
    }

    /// Sends all that waits and gives it time to leave; how much still waits then, because the server is away, or cannot
    /// take it.
    pub async fn hand_in(&self) -> usize {
        let Some(account) = self.actor().map(|actor| actor.account) else { return 0 };
        let give_up_at = crate::now() + HAND_IN_MS_MAX;
        self.send_now();
        loop {
            let status = self.status();
            let (waiting, may_leave) = self.read(|client| {
                let outbox = client.outbox();
                (outbox.waiting(&account), !outbox.has_left(&account))
            });
            let attached = self.attachments_waiting();
            let (waiting, may_leave) = (waiting + attached, may_leave || attached > 0);
            let is_away = matches!(status.reach, Reach::Offline | Reach::Unreachable) || status.paused.is_some();
            if !may_leave || is_away || crate::now() > give_up_at {
                return waiting;
            }
            TimeoutFuture::new(LOOK_EVERY_MS).await;
        }
    }

    pub(crate) fn know_guest(&self, guest: Option<Guest>) {
        if *self.0.guest.borrow() != guest {
            self.0.guest_is_in.set(false);
            *self.0.guest.borrow_mut() = guest;
        }
    }

    /// The guest, while it is they who act.
    fn acting_guest(&self) -> Option<Guest> {
        self.guest().filter(|guest| self.actor().as_ref() == Some(&guest.actor))
    }

    /// Whether the guest's session is still to be begun.
    pub(crate) fn wants_guest_session(&self) -> bool {
        !self.0.guest_is_in.get() && self.acting_guest().is_some()
    }

    /// The server says that nobody is signed in. Whether that can be mended here.
    pub(crate) fn lost_guest_session(&self) -> bool {
        let can_be_mended = self.acting_guest().is_some();
        self.0.guest_is_in.set(false);
        can_be_mended
    }

    /// Begins the guest's session, if it is a guest who acts and it has not begun.
    pub(crate) async fn begin_guest_session(&self) -> Result<(), SendError> {
        if !self.wants_guest_session() {
            return Ok(());
        }
        let _turn = session::turn(&self.settings().prefix).await;
        // Somebody may have signed in, here or in another tab, or a request before this one may have begun it.
        let acts = self.outbox_store().actor().await.ok().flatten();
        let Some(guest) = self.acting_guest().filter(|guest| acts.as_ref() == Some(&guest.actor)) else {
            return Ok(());
        };
        if self.0.guest_is_in.get() {
            return Ok(());
        }
        match begin_session(&guest).await {
            Ok(()) => {
                self.0.guest_is_in.set(true);
                Ok(())
            }
            // Somebody took the guest over, so there is nothing to begin any more: they are signed out, and told so.
            Err(SendError::Problem { status: 401 | 410, .. }) => {
                self.know_guest(None);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Sends a batch, with a session if it is a guest's.
    pub(crate) async fn post_batch(&self, batch: &Batch) -> Result<BatchAnswer<M>, SendError> {
        self.begin_guest_session().await?;
        let answer = http::post_batch::<M>(batch).await;
        if is_signed_out(&answer) && self.lost_guest_session() {
            self.begin_guest_session().await?;
            return http::post_batch::<M>(batch).await;
        }
        answer
    }
}
