//! Questions to the server whose answers nobody keeps: what is asked for now and then, and is of no use without a network.

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
    /// The server says why.
    #[error("{0}")]
    Refused(String),
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
    match failed.error {
        SendError::Problem { slug, .. } => AskError::Refused(failed.detail.unwrap_or(slug)),
        _ => AskError::Unreached,
    }
}
