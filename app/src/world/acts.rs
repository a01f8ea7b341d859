//! Second thoughts: an act that has not left this device is changed in one step, or taken back.

use domain::{Command, Trade};
use leptos::prelude::*;
use replica::{ActFailure, StoreError};
use sync::CommandId;
use sync::client::{ActError, Forecast};
use sync::outbox::StayError;

use super::World;
use crate::words;

/// Why an act stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stays {
    /// It has left, is gone, or others rest on it.
    For(StayError),
    /// The new act is refused, or could not be kept; a sentence for a person.
    Because(String),
}

impl Stays {
    /// A sentence for a person.
    pub fn sentence(&self) -> String {
        match self {
            Self::For(why) => words::stays(*why),
            Self::Because(why) => why.clone(),
        }
    }

    /// Whether it has left this device meanwhile, so that a change of mind is an act of its own now.
    pub fn has_left(&self) -> bool {
        matches!(self, Self::For(StayError::Left))
    }
}

impl World {
    /// Keeps `command` in the place of the act `replaces`: one step, so that there is never both or neither.
    ///
    /// # Errors
    /// Why the act that was there still is.
    pub async fn edit(self, replaces: CommandId, command: Command) -> Result<CommandId, Stays> {
        let replica = self.replica.get_value();
        replica.edit(replaces, command).await.map_err(|failure| match failure {
            ActFailure::Act(ActError::Stays(why)) | ActFailure::Store(StoreError::Stays(why)) => Stays::For(why),
            other => Stays::Because(words::act_failure(&other)),
        })
    }

    /// Takes an act back with those that rest on it; how many are gone.
    ///
    /// # Errors
    /// Why all of them are still there.
    pub async fn withdraw(self, id: CommandId) -> Result<usize, Stays> {
        let replica = self.replica.get_value();
        match replica.withdraw(id).await {
            Ok(gone) => Ok(gone.len()),
            Err(StoreError::Stays(why)) => Err(Stays::For(why)),
            Err(other) => Err(Stays::Because(words::store_failure(&other))),
        }
    }

    /// What speaks against `command` in the place of the act `replaces`.
    pub fn forecast_instead(self, command: &Command, replaces: CommandId) -> Forecast<Trade> {
        let now = self.now();
        self.read(|client| client.forecast_instead(command, replaces, now))
    }
}
