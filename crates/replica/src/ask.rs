//! Questions to the server whose answers nobody keeps: what is asked for now and then, and is of no use without a network.

use std::fmt;

use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use sync::Model;
use sync::client::SendError;

use crate::http;
use crate::replica::Replica;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The server was not reached.
    #[error("the server cannot be reached, and this is not kept on this device")]
    Unreached,
    /// The server says no, and why.
    #[error("{0}")]
    Refused(Refused),
}

/// A problem that our server answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The status of its answer.
    pub status: u16,
    /// Its name.
    pub slug: String,
    /// What happened, what was kept and what to do, in the server's words.
    pub detail: Option<String>,
    /// When asking again may help.
    pub retry_after_ms: Option<u64>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail.as_ref().unwrap_or(&self.slug))
    }
}

impl Refused {
    /// The problem that an answer is, where our server gave one.
    pub(crate) fn of(failed: http::Failed) -> Option<Self> {
        let SendError::Problem { status, slug, retry_after_ms } = failed.error else { return None };
        Some(Self { status, slug, detail: failed.detail, retry_after_ms })
    }
}

impl<M: Model> Replica<M> {
    /// Asks the server for what is at `path` of its own.
    ///
    /// # Errors
    /// [`AskError`]; nothing here depends on an answer.
    pub async fn ask<A: DeserializeOwned>(&self, path: &str) -> Result<A, AskError> {
        http::request(Method::GET, path, None::<&()>).await.map_err(refused)
    }

    /// Asks the server for the words at `path` of its own.
    ///
    /// # Errors
    /// [`AskError`]; nothing here depends on an answer.
    pub async fn ask_words(&self, path: &str) -> Result<String, AskError> {
        http::send(Method::GET, path, None::<&()>).await.map_err(refused)
    }

    /// Asks the server to do something at `path` of its own that is no act: it is done now or not at all.
    ///
    /// # Errors
    /// [`AskError`]; where the server was not reached, it may have been done.
    pub async fn ask_for<A: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<A, AskError> {
        http::request(Method::POST, path, Some(body)).await.map_err(refused)
    }
}

fn refused(failed: http::Failed) -> AskError {
    Refused::of(failed).map_or(AskError::Unreached, AskError::Refused)
}
