//! One person after another on the same device.

use super::Client;
use crate::outbox::Draft;
use crate::{Act, Actor, CommandId, Millis, Model};

impl<M: Model> Client<M> {
    /// Begins an act of somebody who is about to be signed in: what comes back is to be appended together with that they
    /// are, and given to [`Client::saved`] after [`Client::identity`]. Nothing of it rests on what this device shows,
    /// which is another's.
    pub fn act_as(&self, actor: &Actor, id: CommandId, command: M::Command, now: Millis) -> Draft<M> {
        Draft {
            id,
            device: self.device,
            account: actor.account.clone(),
            lane: M::lane(&command),
            saw: None,
            acted_at: now,
            valid_for_ms: M::valid_for_ms(&command),
            resolves: None,
            replaces: None,
            act: Act::Do(command),
        }
    }
}
