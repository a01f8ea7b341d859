//! The names of the databases, as types: what may be thrown away cannot be mistaken for what may not.

use std::time::Duration;

use futures::future::{Either, select};
use gloo_timers::future::sleep;

use super::StoreError;
use super::idb::{done, factory};

/// A database that holds acts of a person, or what follows them. Nothing in this crate deletes one, and nothing can: [`evict`] takes no such
/// name, and only this module makes an [`Expendable`] one.
///
/// ```compile_fail,E0308
/// # async fn never() {
/// replica::evict(&replica::Precious::outbox("shopping")).await;
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Precious(String);

/// A database that may go at any time, because it holds nothing that the server does not.
#[derive(Clone, Debug)]
pub struct Expendable(String);

impl Precious {
    /// The outbox of the replica with this prefix.
    pub fn outbox(prefix: &str) -> Self {
        Self(format!("{prefix}-outbox"))
    }

    /// What follows the acts of the replica with this prefix.
    pub fn attachments(prefix: &str) -> Self {
        Self(format!("{prefix}-attachments"))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Expendable {
    /// The cache of the replica with this prefix.
    pub fn cache(prefix: &str) -> Self {
        Self(format!("{prefix}-cache"))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// How long a tab that does not let go of a database is waited for.
const LET_GO: Duration = Duration::from_secs(2);

/// Deletes a database that may go, so that there is room for what may not. Tabs that have it open let go of it, and fill
/// another one in time.
///
/// ```no_run
/// # async fn room() -> Result<(), replica::StoreError> {
/// replica::evict(&replica::Expendable::cache("shopping")).await
/// # }
/// ```
///
/// # Errors
/// [`StoreError`]; it may be gone a little later all the same.
pub async fn evict(database: &Expendable) -> Result<(), StoreError> {
    let deleting = factory()?.delete_database(&database.0).map_err(|error| StoreError::from_js(&error))?;
    match select(Box::pin(done(&deleting)), Box::pin(sleep(LET_GO))).await {
        Either::Left((deleted, _)) => deleted.map(drop),
        Either::Right(_) => Err(StoreError::Blocked),
    }
}
