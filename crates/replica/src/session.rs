//! Signing in and out.
//!
//! Whoever was sending is fenced off before the cookie changes, so that no act of one person leaves in another's session.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use sync::client::SendError;
use sync::{AccountId, Actor, Model, Role, Scope};

use crate::http;
use crate::replica::Replica;
use crate::tabs::Notice;

/// Why nobody was signed in or out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The server did not answer.
    #[error("the server cannot be reached, and signing in or out needs it; what you did is kept on this device")]
    Unreachable,
    /// The server said no, and why.
    #[error("{0}")]
    Refused(String),
    /// This device could not remember it.
    #[error("{0}")]
    Storage(String),
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
    restaurant: Option<String>,
}

impl From<Session> for Actor {
    fn from(session: Session) -> Self {
        Self { account: session.account, role: Role { name: session.role, of: session.restaurant } }
    }
}

impl<M: Model> Replica<M> {
    /// Signs in, here and in the other tabs.
    ///
    /// # Errors
    /// [`SignInError`]; whoever was signed in still is.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Actor, SignInError> {
        self.fence_off().await?;
        let credentials = Credentials { name, password };
        let session = http::request::<Session>(Method::POST, "/api/session", Some(&credentials)).await;
        let actor: Actor = session.map_err(refused)?.into();
        self.take_identity(Some(actor.clone())).await?;
        Ok(actor)
    }

    /// Signs out, here and in the other tabs. Acts that wait stay on this device, sealed under their account.
    ///
    /// # Errors
    /// [`SignInError`]; whoever was signed in still is.
    pub async fn sign_out(&self) -> Result<(), SignInError> {
        self.fence_off().await?;
        let ended = http::send(Method::DELETE, "/api/session", None::<&()>).await;
        match ended.map_err(|failed| (failed.error.clone(), failed)) {
            // A session that is over already is out as well.
            Ok(_) | Err((SendError::Problem { status: 401, .. }, _)) => self.take_identity(None).await,
            Err((_, failed)) => Err(refused(failed)),
        }
    }

    /// Raises the fence, so that a request of another tab's leader cannot be followed by one under another cookie.
    async fn fence_off(&self) -> Result<(), SignInError> {
        let generation = self.outbox_store().claim().await;
        let generation = generation.map_err(|error| SignInError::Storage(error.to_string()))?;
        self.refence(generation);
        Ok(())
    }

    async fn take_identity(&self, actor: Option<Actor>) -> Result<(), SignInError> {
        let kept = self.outbox_store().set_actor(actor.as_ref()).await;
        kept.map_err(|error| SignInError::Storage(error.to_string()))?;
        self.identity(actor);
        self.tell(&Notice::Identity);
        Ok(())
    }

    /// The scopes that stay on the device whoever is signed in.
    pub(crate) fn keep(&self) -> &[Scope] {
        &self.settings().public_scopes
    }
}

fn refused(failed: http::Failed) -> SignInError {
    match failed.error {
        SendError::Problem { status: 429, .. } => SignInError::Refused(
            failed.detail.unwrap_or_else(|| "too many tries; wait a minute and try again".to_owned()),
        ),
        SendError::Problem { status, .. } if status < 500 => {
            SignInError::Refused(failed.detail.unwrap_or_else(|| "the name or the password is not right".to_owned()))
        }
        _ => SignInError::Unreachable,
    }
}
