//! Signing in and out.
//!
//! Whoever was sending is fenced off before the cookie changes, so that no act of one person leaves in another's session.
//! Whatever changes the cookie takes turns: an answer that comes late must not put an earlier one's back.

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use sync::client::SendError;
use sync::{AccountId, Actor, Model, Role};

use crate::ask::Refused;
use crate::guest::Guest;
use crate::replica::{KeptDraft, Replica, new_command_id};
use crate::store::StoreError;
use crate::store::outbox::{SteppedDown, TakenOver};
use crate::tabs::{Lead, Notice};
use crate::{http, now, tabs};

/// Why nobody was signed in or out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The server did not answer.
    #[error("the server cannot be reached, and signing in or out needs it; what you did is kept on this device")]
    Unreachable,
    /// The server said no, and why.
    #[error("{0}")]
    Refused(Refused),
    /// This device could not remember it.
    #[error("{0}")]
    Storage(#[from] StoreError),
    /// Something of the guest who was to be forgotten has not left yet.
    #[error("something that was done in another tab has not been sent yet; it is kept. Send it first")]
    StillWaiting,
}

/// Who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub actor: Actor,
    /// Whether they have what they were to take over. They have not where another tab did something as the guest meanwhile:
    /// then the guest stays on this device, and can be taken over later.
    pub took_over: bool,
}

#[derive(Serialize)]
struct Credentials<'a> {
    name: &'a str,
    password: &'a str,
}

/// The server's word on who is signed in.
#[derive(Deserialize)]
pub(crate) struct Session {
    account: AccountId,
    role: String,
    #[serde(default)]
    of: Option<String>,
}

impl From<Session> for Actor {
    fn from(session: Session) -> Self {
        Self { account: session.account, role: Role { name: session.role, of: session.of } }
    }
}

/// What a person takes over when they sign in.
#[derive(Clone, Debug)]
pub struct Takeover<M: Model> {
    /// The act by which the device's guest is theirs from here on; none leaves the guest as they are.
    pub claim: Option<M::Command>,
    /// Half-written texts as they are from here on.
    pub drafts: Vec<KeptDraft>,
}

impl<M: Model> Default for Takeover<M> {
    fn default() -> Self {
        Self { claim: None, drafts: vec![] }
    }
}

/// The longest that a turn is waited for, in milliseconds: a request of another tab that was frozen in its turn is not
/// waited for any longer than it may take.
const TURN_MS_MAX: u32 = 6_000;

/// Waits until no other tab changes who is signed in.
pub(crate) async fn turn(prefix: &str) -> Option<Lead> {
    let name = format!("{prefix}-session");
    match select(Box::pin(tabs::hold(&name, false)), TimeoutFuture::new(TURN_MS_MAX)).await {
        Either::Left(((turn, _), _)) => Some(turn),
        Either::Right(_) => None,
    }
}

impl<M: Model> Replica<M> {
    /// Signs in, here and in the other tabs. `takes` says what the person takes over from the device's guest; that they
    /// are signed in and that it is theirs is one step on this device.
    ///
    /// # Errors
    /// [`SignInError`]; whoever was signed in still is.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        takes: impl FnOnce(&Actor, Option<&Guest>) -> Takeover<M>,
    ) -> Result<SignedIn, SignInError> {
        let _turn = turn(&self.settings().prefix).await;
        self.fence_off().await?;
        let credentials = Credentials { name, password };
        let session = http::request::<Session>(Method::POST, "/api/session", Some(&credentials)).await;
        // Somebody of that name was erased: what may still lie here of them goes, too.
        if matches!(&session, Err(failed) if matches!(failed.error, SendError::Problem { status: 410, .. })) {
            self.forget(&AccountId(name.trim().to_lowercase())).await;
        }
        let actor: Actor = session.map_err(refused)?.into();
        self.0.guest_is_in.set(false);
        let takeover = takes(&actor, self.guest().as_ref());
        let took_over = self.take_over(&actor, takeover).await?;
        Ok(SignedIn { actor, took_over })
    }

    async fn take_over(&self, actor: &Actor, takeover: Takeover<M>) -> Result<bool, SignInError> {
        let Takeover { claim, drafts } = takeover;
        let _appending = self.0.appending.lock().await;
        let draft = claim.map(|command| self.read(|client| client.act_as(actor, new_command_id(), command, now())));
        let taken = self.outbox_store().take_over(actor, draft, &drafts).await?;
        self.somebody_else_acts(Some(actor.clone()));
        let TakenOver::All(append) = taken else { return Ok(false) };
        if let Some(append) = append {
            self.know_guest(None);
            self.told(|client, now| client.saved(append.record, append.delete, now));
            self.tell(&Notice::Outbox);
        }
        self.show_drafts(drafts);
        Ok(true)
    }

    /// Signs out, here and in the other tabs. Acts that wait stay on this device, sealed under their account. A guest whom
    /// nobody took over is who acts again. A guest who signs out is gone for good, and so is the way to what they did: see
    /// first that nothing of it waits. `forgets` are half-written texts as they are without who signed out, in the same step.
    ///
    /// # Errors
    /// [`SignInError`]; whoever was signed in still is.
    pub async fn sign_out(&self, forgets: Vec<KeptDraft>) -> Result<(), SignInError> {
        let _turn = turn(&self.settings().prefix).await;
        self.fence_off().await?;
        let ended = http::send(Method::DELETE, "/api/session", None::<&()>).await;
        match ended.map_err(|failed| (failed.error.clone(), failed)) {
            // A session that is over already is out as well.
            Ok(_) | Err((SendError::Problem { status: 401, .. }, _)) => self.step_down(forgets).await,
            Err((_, failed)) => Err(refused(failed)),
        }
    }

    /// Raises the fence, so that a request of another tab's leader cannot be followed by one under another cookie.
    async fn fence_off(&self) -> Result<(), SignInError> {
        let generation = self.outbox_store().claim().await;
        self.refence(generation?);
        Ok(())
    }

    async fn step_down(&self, drafts: Vec<KeptDraft>) -> Result<(), SignInError> {
        let stepped = self.outbox_store().step_down::<M>(&drafts).await;
        self.0.guest_is_in.set(false);
        match stepped? {
            SteppedDown::For(next) => {
                let actor = next.as_ref().map(|guest| guest.actor.clone());
                self.know_guest(next);
                self.somebody_else_acts(actor);
                self.show_drafts(drafts);
                Ok(())
            }
            SteppedDown::Waits => Err(SignInError::StillWaiting),
        }
    }
}

fn refused(failed: http::Failed) -> SignInError {
    Refused::of(failed).filter(|why| why.status < 500).map_or(SignInError::Unreachable, SignInError::Refused)
}
